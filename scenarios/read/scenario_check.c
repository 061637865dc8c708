#include "scenarios/read/scenario_loader.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What holds for a parameter: as the files say (`written`), or as it runs. */
static const struct setting *setting_of(const struct loader *loader, size_t c, bool written,
                                        enum parameter_id id)
{
    const struct setting *hand = &loader->by_hand->of[id];
    return hand->given && (!written || loader_is_level(id)) ? hand
                                                            : &loader->draft[c].settings->of[id];
}

/* Two neighbours that must not fall, at the one whose setting made them. Configurations share
   settings, and what is wrong in one setting is said once: said[] has whom it was said of. */
static void check_pair(struct loader *loader, size_t c, bool written, enum parameter_id id,
                       const struct setting **said)
{
    const struct configuration *configuration = &loader->scenario->design.configuration[c];
    const double *value = written ? configuration->written.value : configuration->parameters.value;
    enum parameter_id before = id - 1;
    if (value[id] >= value[before])
        return;
    enum parameter_id blamed = setting_of(loader, c, written, id)->given ? id : before;
    const struct setting *setting = setting_of(loader, c, written, blamed);
    if (said[id] && said[id]->node == setting->node && said[id]->by_hand == setting->by_hand)
        return;
    said[id] = setting;
    char path[YAML_PATH_SIZE];
    struct place place = loader_setting_place(loader, blamed, setting, path);
    diagnosis_error(loader->diagnosis, &place, "each share at least as large as the one before",
                    "the shares fall from %.10g at %s to %.10g at %s", value[before],
                    parameter_info(before)->key, value[id], parameter_info(id)->key);
}

static void check_curves(struct loader *loader, size_t c, bool written, const struct setting **said)
{
    static const struct {
        enum parameter_id first, last;
    } curves[] = {
        {P_DEATH_ISCHAEMIC_3, P_DEATH_ISCHAEMIC_30},
        {P_DEATH_HAEMORRHAGE_3, P_DEATH_HAEMORRHAGE_30},
        {P_PATIENT_O2A_ALL_30, P_PATIENT_O2A_ALL_720},
        {P_PATIENT_O2A_SEVERE_60, P_PATIENT_O2A_SEVERE_720},
        {P_PATIENT_O2A_MILD_60, P_PATIENT_O2A_MILD_720},
    };
    for (size_t i = 0; i < sizeof curves / sizeof *curves; i++)
        for (enum parameter_id id = curves[i].first + 1; id <= curves[i].last; id++)
            check_pair(loader, c, written, id, said);
    for (enum parameter_id id = 1; id < PARAMETER_COUNT; id++) {
        enum parameter_id first;
        if (parameter_is_row(id, &first) && id != first)
            check_pair(loader, c, written, id, said);
    }
}

bool hospital_takes_strokes(const struct hospital *hospital, enum policy policy)
{
    struct hospital with_beds = *hospital;
    if (hospital_is_hasu(hospital) && hospital->beds[BED_HASU] == 0)
        with_beds.beds[BED_HASU] = BEDS_UNLIMITED;
    return hospital_suits(&with_beds, policy);
}

/* A configuration as its files say, or as it runs, in one of its phases. */
struct version {
    const struct hospital *hospital;
    size_t hospitals;
    enum policy policy;
    char when[40]; /* for messages: from which month on, if not the first */
};

static struct version version_of(const struct configuration *configuration, bool written,
                                 size_t phase)
{
    const struct parameters *parameters =
        written ? &configuration->written : &configuration->parameters;
    struct version version = {
        written ? configuration->written_hospital : configuration->hospital,
        configuration->hospitals,
        (enum policy)parameters->value[P_POLICY_NAME],
        "",
    };
    if (phase > 0) {
        const struct later_phase *later = &configuration->later[phase - 1];
        version.hospital = written ? later->written_hospital : later->hospital;
        snprintf(version.when, sizeof version.when, " from month %d on", later->month);
    }
    return version;
}

static bool takes_any(const struct version *version, enum policy policy)
{
    for (size_t h = 0; h < version->hospitals; h++)
        if (hospital_takes_strokes(&version->hospital[h], policy))
            return true;
    return false;
}

static bool lacks_centre(const struct version *version)
{
    bool needs = version->policy == POLICY_NEAREST_MT || version->policy == POLICY_DRIP_AND_SHIP ||
                 version->policy == POLICY_MOTHERSHIP;
    return needs && !takes_any(version, POLICY_NEAREST_MT);
}

static bool has_destinations(const struct version *version)
{
    return takes_any(version, version->policy) && !lacks_centre(version);
}

/* What to blame when there is nowhere to go: the policy where another would do, the command line
   where only it leads there, or the configuration. */
static struct place destinations_place(const struct loader *loader, size_t c, bool written,
                                       bool another_would, char path[YAML_PATH_SIZE])
{
    const struct setting *policy = setting_of(loader, c, written, P_POLICY_NAME);
    if (another_would && policy->given && (written || policy->by_hand))
        return loader_setting_place(loader, P_POLICY_NAME, policy, path);
    if (!written)
        return (struct place){.file = loader_set_from(loader)};
    struct place place = yaml_place(loader->draft[c].node);
    place.key = yaml_path(loader->draft[c].node, path, YAML_PATH_SIZE);
    return place;
}

static void report_destinations(struct diagnosis *diagnosis, const struct place *place,
                                const struct version *version, const char *name)
{
    const char *policy = policy_word(version->policy);
    if (!takes_any(version, POLICY_NEAREST))
        diagnosis_error(diagnosis, place, "give a hospital the role stroke or hasu, and beds",
                        "no hospital of '%.60s' takes strokes%s", name, version->when);
    else if (version->policy == POLICY_NEAREST_HASU)
        diagnosis_error(diagnosis, place,
                        "give a hospital the role hasu, or take the policy nearest",
                        "the policy is %s, and '%.60s' has no HASU%s", policy, name, version->when);
    else if (lacks_centre(version))
        diagnosis_error(
            diagnosis, place,
            "give a hospital that takes strokes the role mt, or take the policy nearest",
            "the policy is %s, and '%.60s' has no thrombectomy centre%s", policy, name,
            version->when);
    else
        diagnosis_error(
            diagnosis, place, "give a hospital the role stroke or hasu, or take the policy nearest",
            "the policy is %s, and no hospital of '%.60s' has a unit for the first days%s", policy,
            name, version->when);
}

static bool always_has_destinations(const struct configuration *configuration, bool written)
{
    for (size_t phase = 0; phase <= configuration->laters; phase++) {
        const struct version version = version_of(configuration, written, phase);
        if (!has_destinations(&version))
            return false;
    }
    return true;
}

bool configuration_check_destinations(const struct configuration *configuration,
                                      const struct place *place, struct diagnosis *diagnosis)
{
    for (size_t phase = 0; phase <= configuration->laters; phase++) {
        const struct version version = version_of(configuration, false, phase);
        if (has_destinations(&version))
            continue;
        report_destinations(diagnosis, place, &version, configuration->name);
        return false;
    }
    return true;
}

/* True when there is somewhere to go. Where there is not in what a configuration builds on either,
   it is said there. */
static bool check_destinations(struct loader *loader, size_t c, bool written, size_t phase)
{
    const struct configuration *configuration = &loader->scenario->design.configuration[c];
    const struct draft *from = loader->draft[c].from;
    const struct version version = version_of(configuration, written, phase);
    if (has_destinations(&version))
        return true;
    if (from && from->whole &&
        !always_has_destinations(&loader->scenario->design.configuration[from - loader->draft],
                                 written))
        return false;
    char path[YAML_PATH_SIZE];
    struct place place =
        destinations_place(loader, c, written, takes_any(&version, POLICY_NEAREST), path);
    report_destinations(loader->diagnosis, &place, &version, configuration->name);
    return false;
}

/* The hospitals of a catchment that take no strokes there, or cannot be reached; each once. */
static void check_catchment_rows(struct loader *loader, size_t c, bool written, size_t phase,
                                 const struct catchment *catchment)
{
    const struct region *region = &loader->scenario->design.region;
    const struct configuration *configuration = &loader->scenario->design.configuration[c];
    const struct version version = version_of(configuration, written, phase);
    for (size_t area = 0; area < region->areas; area++) {
        size_t site = catchment->site[area];
        if (site == NAME_NOT_FOUND || catchment->said[site])
            continue;
        const struct place place = {
            .file = catchment->shown, .line = catchment->line[area], .key = "hospital"};
        uint32_t h = configuration->catchment[area];
        if (h == NO_HOSPITAL || !hospital_takes_strokes(&version.hospital[h], POLICY_CATCHMENT)) {
            catchment->said[site] = true;
            diagnosis_error(loader->diagnosis, &place, "a hospital that takes strokes there",
                            "'%.60s' takes no strokes in '%.60s'%s", region->site[site].name,
                            configuration->name, version.when);
        } else if (isinf(region_minutes(region, area, site))) {
            diagnosis_error(loader->diagnosis, &place, "a hospital that can be reached",
                            "'%.60s' cannot be reached from '%.60s'", region->site[site].name,
                            region->area[area].name);
        }
    }
}

/* Whether the same setting lacks a file in an earlier configuration, where it is said. */
static bool is_said_before(const struct loader *loader, size_t c, bool written)
{
    const struct setting *policy = setting_of(loader, c, written, P_POLICY_NAME);
    for (size_t before = 0; before < c; before++) {
        const struct setting *other = setting_of(loader, before, written, P_POLICY_NAME);
        if (other->node == policy->node && other->by_hand == policy->by_hand &&
            !loader_catchment_of(loader, before))
            return true;
    }
    return false;
}

static void check_catchment(struct loader *loader, size_t c, bool written, size_t phase)
{
    const struct configuration *configuration = &loader->scenario->design.configuration[c];
    const struct draft *draft = loader_catchment_of(loader, c);
    if (version_of(configuration, written, phase).policy != POLICY_CATCHMENT)
        return;
    if (draft && draft->catchment.said && configuration->catchment)
        check_catchment_rows(loader, c, written, phase, &draft->catchment);
    if (draft || phase > 0 || is_said_before(loader, c, written))
        return;
    char path[YAML_PATH_SIZE];
    struct place place = destinations_place(loader, c, written, true, path);
    diagnosis_error(loader->diagnosis, &place, "catchment: a file with the columns area, hospital",
                    "the policy is catchment, and '%.60s' has no file of catchments",
                    configuration->name);
}

/* Areas from which no such hospital can be reached; each is reported once. */
static void check_reach(struct loader *loader, size_t c, bool written, size_t phase, bool *said)
{
    const struct region *region = &loader->scenario->design.region;
    const struct configuration *configuration = &loader->scenario->design.configuration[c];
    const struct version version = version_of(configuration, written, phase);
    for (size_t area = 0; area < region->areas; area++) {
        bool reached = said[area];
        for (size_t h = 0; h < configuration->hospitals && !reached; h++)
            reached = hospital_takes_strokes(&version.hospital[h], version.policy) &&
                      !isinf(region_minutes(region, area, version.hospital[h].site));
        if (reached)
            continue;
        said[area] = true;
        const struct place place = {
            .file = loader->travel_shown, .line = loader->travel_line[area], .key = "area"};
        diagnosis_error(loader->diagnosis, &place, "give the minutes to one of them",
                        "from '%.60s' no hospital that takes strokes in '%.60s' can be reached%s",
                        region->area[area].name, configuration->name, version.when);
    }
}

static void check_version(struct loader *loader, size_t c, bool written, bool *said)
{
    const struct configuration *configuration = &loader->scenario->design.configuration[c];
    for (size_t phase = 0; phase <= configuration->laters; phase++) {
        if (!loader->draft[c].whole || !check_destinations(loader, c, written, phase))
            return;
        check_catchment(loader, c, written, phase);
        if (loader->travel_shown && loader->travel_line)
            check_reach(loader, c, written, phase, said);
    }
}

void loader_check(struct loader *loader)
{
    const struct design *design = &loader->scenario->design;
    const struct setting **said = calloc(PARAMETER_COUNT, sizeof *said);
    bool *unreached = calloc(design->region.areas + 1, sizeof *unreached);
    if (!said || !unreached)
        diagnosis_out_of_memory(loader->diagnosis);
    for (size_t c = 0; said && unreached && c < design->configurations; c++) {
        check_curves(loader, c, true, said);
        check_curves(loader, c, false, said);
        size_t before = diagnosis_errors(loader->diagnosis);
        check_version(loader, c, true, unreached);
        if (loader->hands > 0 && diagnosis_errors(loader->diagnosis) == before)
            check_version(loader, c, false, unreached);
    }
    free(unreached);
    free(said);
}
