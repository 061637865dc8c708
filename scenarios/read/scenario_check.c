#include "scenarios/read/scenario_loader.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct setting *setting_of(const struct loader *loader, size_t c, enum parameter_id id)
{
    struct setting *hand = &loader->by_hand->of[id];
    return hand->given ? hand : &loader->draft[c].settings->of[id];
}

/* Two neighbours that must not fall, at the one whose setting made them. Configurations share
   settings, and what is wrong in one setting is said once: said[] has whom it was said of. */
static void check_pair(struct loader *loader, size_t c, enum parameter_id id,
                       const struct setting **said)
{
    const double *value = loader->scenario->design.configuration[c].parameters.value;
    enum parameter_id before = id - 1;
    if (value[id] >= value[before])
        return;
    enum parameter_id blamed = setting_of(loader, c, id)->given ? id : before;
    const struct setting *setting = setting_of(loader, c, blamed);
    if (said[id] && said[id]->node == setting->node && said[id]->by_hand == setting->by_hand)
        return;
    said[id] = setting;
    char path[YAML_PATH_SIZE];
    struct place place = loader_setting_place(loader, blamed, setting, path);
    diagnosis_error(loader->diagnosis, &place, "each share at least as large as the one before",
                    "the shares fall from %.10g at %s to %.10g at %s", value[before],
                    parameter_info(before)->key, value[id], parameter_info(id)->key);
}

static void check_curves(struct loader *loader, size_t c, const struct setting **said)
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
            check_pair(loader, c, id, said);
    for (enum parameter_id id = 1; id < PARAMETER_COUNT; id++) {
        enum parameter_id first;
        if (parameter_is_row(id, &first) && id != first)
            check_pair(loader, c, id, said);
    }
}

/* Whether a policy may send a stroke there. A HASU without beds is reported elsewhere. */
static bool takes_strokes(const struct hospital *hospital, bool hasu_only)
{
    if (hospital_is_hasu(hospital))
        return true;
    return !hasu_only && (hospital->roles & (ROLE_SU | ROLE_STROKE)) != 0 && hospital->su_beds != 0;
}

/* A configuration as its files say, or as it runs. */
struct version {
    const struct hospital *hospital;
    const struct parameters *parameters;
    bool hasu_only;
};

static struct version version_of(const struct configuration *configuration, bool written)
{
    struct version version = {
        written ? configuration->written_hospital : configuration->hospital,
        written ? &configuration->written : &configuration->parameters,
        false,
    };
    version.hasu_only = version.parameters->value[P_POLICY_NAME] == (double)POLICY_NEAREST_HASU;
    return version;
}

/* True when there is somewhere to go. */
static bool check_destinations(struct loader *loader, size_t c, bool written)
{
    const struct configuration *configuration = &loader->scenario->design.configuration[c];
    const struct version version = version_of(configuration, written);
    bool any = false, any_hasu = false;
    for (size_t h = 0; h < configuration->hospitals; h++) {
        any = any || takes_strokes(&version.hospital[h], false);
        any_hasu = any_hasu || hospital_is_hasu(&version.hospital[h]);
    }
    if (any && (any_hasu || !version.hasu_only))
        return true;
    const struct setting *policy = written ? &loader->draft[c].settings->of[P_POLICY_NAME]
                                           : setting_of(loader, c, P_POLICY_NAME);
    char path[YAML_PATH_SIZE];
    struct place place = loader_setting_place(loader, P_POLICY_NAME, policy, path);
    if (!any || !policy->given) {
        place = yaml_place(loader->draft[c].node);
        place.key = yaml_path(loader->draft[c].node, path, sizeof path);
    }
    if (any)
        diagnosis_error(loader->diagnosis, &place,
                        "give a hospital the role hasu, or take the policy nearest",
                        "the policy is nearest_hasu, and '%.60s' has no HASU", configuration->name);
    else
        diagnosis_error(loader->diagnosis, &place, "give a hospital the role stroke or hasu",
                        "no hospital of '%.60s' takes strokes", configuration->name);
    return false;
}

/* Areas from which no such hospital can be reached; each is reported once. */
static void check_reach(struct loader *loader, size_t c, bool written, bool *said)
{
    const struct region *region = &loader->scenario->design.region;
    const struct configuration *configuration = &loader->scenario->design.configuration[c];
    const struct version version = version_of(configuration, written);
    for (size_t area = 0; area < region->areas; area++) {
        bool reached = said[area];
        for (size_t h = 0; h < configuration->hospitals && !reached; h++)
            reached = takes_strokes(&version.hospital[h], version.hasu_only) &&
                      !isinf(region_minutes(region, area, version.hospital[h].site));
        if (reached)
            continue;
        said[area] = true;
        const struct place place = {
            .file = loader->travel_shown, .line = loader->travel_line[area], .key = "area"};
        diagnosis_error(loader->diagnosis, &place, "give the minutes to one of them",
                        "from '%.60s' no hospital that takes strokes in '%.60s' can be reached",
                        region->area[area].name, configuration->name);
    }
}

static void check_version(struct loader *loader, size_t c, bool written, bool *said)
{
    if (!loader->draft[c].whole || !check_destinations(loader, c, written))
        return;
    if (loader->travel_shown && loader->travel_line)
        check_reach(loader, c, written, said);
}

void loader_check(struct loader *loader)
{
    const struct design *design = &loader->scenario->design;
    const struct setting **said = calloc(PARAMETER_COUNT, sizeof *said);
    bool *unreached = calloc(design->region.areas + 1, sizeof *unreached);
    if (!said || !unreached)
        diagnosis_out_of_memory(loader->diagnosis);
    for (size_t c = 0; said && unreached && c < design->configurations; c++) {
        check_curves(loader, c, said);
        size_t before = diagnosis_errors(loader->diagnosis);
        check_version(loader, c, true, unreached);
        if (loader->hands > 0 && diagnosis_errors(loader->diagnosis) == before)
            check_version(loader, c, false, unreached);
    }
    free(unreached);
    free(said);
}
