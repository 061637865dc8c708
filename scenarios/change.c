#include "scenarios/change.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/change_inside.h"
#include "scenarios/read/suggest.h"

/* --- who may have a value alone --------------------------------------------------------------- */

/* Of a configuration's scope, but no change of a service: whether beds count in the run, what is
 * believed of volumes, and in whose prices the bill is. One side alone would be no comparison. */
static bool is_of_the_run(enum parameter_id id)
{
    return id == P_BEDS_LIMITED || id == P_TREATMENT_VOLUME_EFFECT || id == P_COST_PRICE_YEAR ||
           id == P_COST_UNIT_COST_YEAR || id == P_COST_INFLATION_PER_YEAR;
}

bool change_is_of_one(const char *set)
{
    char key[128];
    size_t length = strcspn(set, "=");
    if (hand_is_of_hospital(set))
        return true;
    if (set[length] == '\0' || length >= sizeof key)
        return false;
    memcpy(key, set, length);
    key[length] = '\0';
    int id = parameter_find(key);
    if (id < 0)
        return true;
    if (is_of_the_run((enum parameter_id)id))
        return false;
    enum parameter_scope scope = parameter_info((enum parameter_id)id)->scope;
    return scope == SCOPE_SERVICE || scope == SCOPE_UNIT;
}

/* --- the values that are set ------------------------------------------------------------------ */

static void set_value(struct changing *changing, enum parameter_id id, const char *text,
                      const struct place *place)
{
    struct configuration *to = changing->to;
    if (settings_value(id, text, place, changing->diagnosis, &to->parameters.value[id]))
        to->set_by_hand[id] = true;
}

static void set_policy(struct changing *changing)
{
    const struct place place = {.file = "--policy"};
    if (changing->options->policy != NULL)
        set_value(changing, P_POLICY_NAME, changing->options->policy, &place);
}

/* In every phase; what is wrong is said of the first. */
static void set_in_phases(struct changing *changing, size_t h, const char *field, const char *value,
                          const struct place *place)
{
    bool good = true;
    for (size_t p = 0; good && p <= changing->to->laters; p++)
        good = hospital_set(&configuration_phase(changing->to, p)[h], field, value, place,
                            changing->diagnosis);
}

static void set_column(struct changing *changing, const struct hand *hand)
{
    struct place place = {.file = "--set", .key = hand->key};
    char *name = NULL;
    const char *field = NULL;
    if (!hand_part_hospital(hand, &place, changing->diagnosis, &name, &field))
        return;
    size_t h = change_find(changing, name, &place);
    if (hospital_check_field(field, &place, changing->diagnosis) && h != NAME_NOT_FOUND)
        set_in_phases(changing, h, field, hand->value, &place);
    free(name);
}

/* Parameters before the beds move, because routes hang on them; columns after it, because they
 * are the last word. */
static void apply_sets(struct changing *changing, struct loader *loader, bool columns)
{
    for (size_t i = 0; i < loader->hands; i++) {
        const struct hand *hand = &loader->hand[i];
        const struct place place = {.file = "--set", .key = hand->key};
        if (hand_is_of_hospital(hand->key) != columns)
            continue;
        int id = parameter_find(hand->key);
        if (columns && loader_check_hand(loader, hand))
            set_column(changing, hand);
        else if (!columns && id < 0)
            loader_report_key(loader, hand->key);
        else if (!columns)
            set_value(changing, (enum parameter_id)id, hand->value, &place);
    }
}

/* --- the configuration ------------------------------------------------------------------------ */

static void *copy(const void *from, size_t size)
{
    void *to = malloc(size + 1);
    if (to != NULL && size > 0)
        memcpy(to, from, size);
    return to;
}

static void configuration_free(struct configuration *configuration)
{
    if (configuration == NULL)
        return;
    configuration_fini(configuration);
    free(configuration);
}

/* A copy to be changed; NULL: out of memory. */
static struct configuration *configuration_copy(const struct configuration *from,
                                                const struct region *region, const char *name)
{
    struct configuration *to = copy(from, sizeof *from);
    if (to == NULL)
        return NULL;
    size_t size = from->hospitals * sizeof *from->hospital;
    to->name = strdup(name);
    to->title = NULL; /* when the change has words */
    to->later = NULL;
    to->laters = 0;
    to->written_hospital = copy(from->written_hospital, size);
    to->hospital = copy(from->hospital, size);
    to->catchment =
        from->catchment ? copy(from->catchment, region->areas * sizeof *from->catchment) : NULL;
    if (to->name != NULL && to->written_hospital != NULL && to->hospital != NULL &&
        (from->catchment == NULL || to->catchment != NULL))
        return to;
    configuration_free(to);
    return NULL;
}

/* what-if, or the first of what-if-2, ... that the scenario has not. */
static void find_name(const struct scenario *scenario, char name[32])
{
    snprintf(name, 32, "what-if");
    for (unsigned n = 2; scenario_find_configuration(scenario, name) >= 0; n++)
        snprintf(name, 32, "what-if-%u", n);
}

/* The configuration to start from, or -1, which is reported. */
static int find_start(const struct scenario *scenario, const char *from,
                      struct diagnosis *diagnosis)
{
    const char *names[MOST_CONFIGURATIONS];
    char buffer[256];
    int found = from == NULL ? 0 : scenario_find_configuration(scenario, from);
    if (found >= 0)
        return found;
    const struct place place = {.file = "--from"};
    for (size_t c = 0; c < scenario->design.configurations; c++)
        names[c] = scenario->design.configuration[c].name;
    diagnosis_error(
        diagnosis, &place,
        suggest_remedy(from, names, scenario->design.configurations, buffer, sizeof buffer),
        "there is no configuration '%.60s'", from);
    return -1;
}

/* --- what only the whole shows ---------------------------------------------------------------- */

static const char whole[] = "whatif";

/* " from month 7 on"; "" in the first phase. */
struct when {
    char text[32];
};

static struct when when_of(const struct changing *changing, size_t phase)
{
    struct when when = {""};
    if (phase > 0)
        snprintf(when.text, sizeof when.text, " from month %d on",
                 changing->to->later[phase - 1].month);
    return when;
}

/* Each as it first becomes. A unit that is closed in a month may have beds in another. */
static void check_hospitals(const struct changing *changing, size_t phase)
{
    const struct configuration *to = changing->to;
    const struct hospital *before =
        phase == 0 ? changing->from->hospital : configuration_phase(to, phase - 1);
    for (size_t h = 0; h < to->hospitals; h++) {
        const struct hospital *hospital = &configuration_phase(to, phase)[h];
        const struct place place = {.file = whole, .key = changing_name(changing, h)};
        if (memcmp(hospital, &before[h], sizeof *hospital) == 0)
            continue;
        hospital_check(hospital, &place, changing->diagnosis);
        hospital_check_role(hospital, &place, changing->diagnosis);
        if (to->laters == 0 || hospital->roles != 0)
            hospital_check_rehabilitation(hospital, &place, changing->diagnosis);
    }
}

static bool by_catchment(const struct changing *changing)
{
    double policy = changing->to->parameters.value[P_POLICY_NAME];
    return (enum policy)policy == POLICY_CATCHMENT;
}

/* Areas that a file of catchments sends to a hospital which takes no strokes any more. */
static void check_catchment(const struct changing *changing, size_t phase)
{
    const struct configuration *to = changing->to;
    size_t areas = changing->scenario->design.region.areas;
    if (!by_catchment(changing) || to->catchment == NULL)
        return;
    for (uint32_t h = 0; h < to->hospitals; h++) {
        size_t sent = 0;
        for (size_t a = 0; a < areas; a++)
            sent += to->catchment[a] == h;
        const struct place place = {.file = whole, .key = changing_name(changing, h)};
        if (sent > 0 &&
            !hospital_takes_strokes(&configuration_phase(to, phase)[h], POLICY_CATCHMENT))
            diagnosis_error(
                changing->diagnosis, &place, "another policy: --policy nearest",
                "it takes no strokes%s, and the file of catchments sends %zu area%s to it",
                when_of(changing, phase).text, sent, sent == 1 ? "" : "s");
    }
}

/* With a table of journeys there may be areas from which no open hospital can be reached. */
static void check_reach(const struct changing *changing, size_t phase)
{
    const struct region *region = &changing->scenario->design.region;
    const struct configuration *to = changing->to;
    const struct hospital *hospital = configuration_phase(to, phase);
    enum policy policy = (enum policy)to->parameters.value[P_POLICY_NAME];
    for (size_t a = 0; a < region->areas; a++) {
        bool reached = false;
        for (size_t h = 0; h < to->hospitals && !reached; h++)
            reached = hospital_takes_strokes(&hospital[h], policy) &&
                      !isinf(region_minutes(region, a, hospital[h].site));
        const struct place place = {.file = whole, .key = region->area[a].name};
        if (!reached)
            diagnosis_error(changing->diagnosis, &place, "give the minutes to one of them",
                            "no hospital that takes strokes can be reached from there%s",
                            when_of(changing, phase).text);
    }
}

/* Requests of a month may undo each other, or --set may. */
static void check_months(const struct changing *changing)
{
    const struct configuration *to = changing->to;
    for (size_t phase = 1; phase <= to->laters; phase++) {
        const struct place place = {.file = whole};
        if (memcmp(configuration_phase(to, phase - 1), configuration_phase(to, phase),
                   to->hospitals * sizeof *to->hospital) == 0)
            diagnosis_error(changing->diagnosis, &place, "another change, or leave the month out",
                            "nothing changes%s", when_of(changing, phase).text);
    }
}

static bool differs(const struct configuration *from, const struct configuration *to)
{
    for (enum parameter_id id = 0; id < PARAMETER_COUNT; id++)
        if (from->parameters.value[id] != to->parameters.value[id] &&
            !(isnan(from->parameters.value[id]) && isnan(to->parameters.value[id])))
            return true;
    return to->laters > 0 ||
           memcmp(from->hospital, to->hospital, from->hospitals * sizeof *from->hospital) != 0;
}

static void check_policy(const struct changing *changing)
{
    const struct place place = {.file = "--policy"};
    if (by_catchment(changing) && changing->to->catchment == NULL)
        diagnosis_error(changing->diagnosis, &place, "another policy",
                        "the policy is catchment, and '%.60s' has no file of catchments",
                        changing->from->name);
}

static void check_whole(const struct changing *changing)
{
    const struct place place = {.file = whole};
    size_t laters = changing->to->laters;
    for (size_t phase = 0; phase <= laters; phase++)
        check_hospitals(changing, phase);
    if (!differs(changing->from, changing->to)) {
        diagnosis_error(changing->diagnosis, &place,
                        "close, open or change something; compare --set shows what holds in "
                        "every configuration",
                        "nothing would differ from '%.60s'", changing->from->name);
        return;
    }
    check_months(changing);
    if (!configuration_check_destinations(changing->to, &place, changing->diagnosis))
        return;
    check_policy(changing);
    for (size_t phase = 0; phase <= laters; phase++) {
        size_t before = diagnosis_errors(changing->diagnosis);
        check_catchment(changing, phase);
        check_reach(changing, phase);
        if (diagnosis_errors(changing->diagnosis) > before)
            return; /* what follows would say the same again */
    }
}

/* --- all of it -------------------------------------------------------------------------------- */

static void apply_changes(struct changing *changing)
{
    size_t before = diagnosis_errors(changing->diagnosis);
    if (!loader_part_hand(changing->loader))
        return;
    apply_sets(changing, changing->loader, false);
    set_policy(changing);
    change_part(changing);
    if (changing->parted != NULL)
        change_stages(changing);
    apply_sets(changing, changing->loader, true);
    if (diagnosis_errors(changing->diagnosis) == before)
        check_whole(changing);
    if (diagnosis_errors(changing->diagnosis) == before && !change_describe(changing))
        diagnosis_out_of_memory(changing->diagnosis);
    change_unpart(changing);
}

static void make_changes(struct changing *changing)
{
    const struct scenario_options sets = {.set = changing->options->set,
                                          .sets = changing->options->sets};
    struct loader loader = {
        .scenario = changing->scenario, .options = &sets, .diagnosis = changing->diagnosis};
    int weekday;
    if (changing->scenario->start != NULL)
        loader_read_date(changing->scenario->start, &weekday, loader.start_date);
    changing->loader = &loader;
    apply_changes(changing);
    for (size_t i = 0; i < loader.hands; i++)
        free(loader.hand[i].text);
    free(loader.hand);
    changing->loader = NULL;
}

/* Gives the finished configuration to the design. False: out of memory. */
static bool append(struct changing *changing)
{
    struct design *design = &changing->scenario->design;
    struct configuration *grown =
        realloc(design->configuration, (design->configurations + 1) * sizeof *grown);
    if (grown == NULL)
        return false;
    design->configuration = grown;
    changing->change->to = design->configurations;
    grown[design->configurations++] = *changing->to;
    free(changing->to);
    changing->to = NULL;
    return true;
}

bool change_make(struct change *change, struct scenario *scenario,
                 const struct change_options *options, struct diagnosis *diagnosis)
{
    *change = (struct change){0};
    int from = find_start(scenario, options->from, diagnosis);
    if (from < 0)
        return false;
    if (scenario->design.configuration[from].laters > 0) {
        const struct place place = {.file = "--from"};
        diagnosis_error(diagnosis, &place, "a configuration that stays as it is",
                        "the hospitals of '%.60s' change in a later month",
                        scenario->design.configuration[from].name);
        return false;
    }
    char name[32];
    find_name(scenario, name);
    struct changing changing = {
        .change = change,
        .scenario = scenario,
        .options = options,
        .diagnosis = diagnosis,
        .from = &scenario->design.configuration[from],
    };
    change->from = (size_t)from;
    changing.to = configuration_copy(changing.from, &scenario->design.region, name);
    size_t before = diagnosis_errors(diagnosis);
    if (changing.to != NULL)
        make_changes(&changing);
    if (changing.to == NULL || (diagnosis_errors(diagnosis) == before && !append(&changing)))
        diagnosis_out_of_memory(diagnosis);
    configuration_free(changing.to);
    if (diagnosis_errors(diagnosis) == before)
        return true;
    change_fini(change);
    return false;
}

void change_fini(struct change *change)
{
    free(change->words);
    free(change->slug);
    for (size_t s = 0; s < change->stages; s++)
        free(change->stage[s].beds);
    free(change->stage);
    *change = (struct change){0};
}
