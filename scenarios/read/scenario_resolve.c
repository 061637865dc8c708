#include "scenarios/read/scenario_loader.h"

#include "scenarios/read/suggest.h"

#include <stdlib.h>
#include <string.h>

static const char from_month[] = "from_month";

/* What is said later holds over what was said before. */
static void settings_over(struct settings *under, const struct settings *over)
{
    for (size_t id = 0; id < PARAMETER_COUNT; id++)
        if (over->of[id].given)
            under->of[id] = over->of[id];
}

static bool resolve_settings(struct loader *loader, struct draft *draft)
{
    struct settings *all = malloc(sizeof *all);
    if (!all) {
        diagnosis_out_of_memory(loader->diagnosis);
        return false;
    }
    *all = draft->from ? *draft->from->settings : *loader->common;
    settings_over(all, draft->settings);
    free(draft->settings);
    draft->settings = all;
    return true;
}

/* The place of the hospital that a change names, or that after the last. */
static size_t place_of_change(const struct loader *loader, const struct draft *draft, size_t at)
{
    size_t site = loader_find_site(loader, yaml_text(yaml_key(draft->changes, at)));
    size_t h = 0;
    while (h < draft->hospitals && (site == NAME_NOT_FOUND || draft->hospital[h].site != site))
        h++;
    return h;
}

static void report_stranger(struct loader *loader, const struct draft *draft, size_t at)
{
    const struct yaml_node *key = yaml_key(draft->changes, at);
    const char *names[MOST_SITES];
    char buffer[512];
    for (size_t h = 0; h < draft->hospitals; h++)
        names[h] = loader->scenario->design.region.site[draft->hospital[h].site].name;
    const char *remedy =
        at < DIAGNOSIS_REPEATS
            ? suggest_remedy(yaml_text(key), names, draft->hospitals, buffer, sizeof buffer)
            : NULL;
    yaml_error(loader->diagnosis, key, remedy, "the configuration has no hospital of this name");
}

static void change_field(struct loader *loader, struct hospital *hospital,
                         const struct yaml_node *node, const char *field)
{
    char path[YAML_PATH_SIZE];
    struct place place = yaml_place(node);
    place.key = yaml_path(node, path, sizeof path);
    bool empty = yaml_is_empty(node);
    if (empty || yaml_expect(node, YAML_KIND_SCALAR, loader->diagnosis))
        hospital_set(hospital, field, empty ? "" : yaml_text(node), &place, loader->diagnosis);
}

/* later: it has other rows, so that beds of a kind that it has only there are no fault. */
static void change_row(struct loader *loader, struct hospital *hospital,
                       const struct yaml_node *node, bool later)
{
    const char *const *fields = hospital_fields();
    for (size_t f = 0; f < HOSPITAL_FIELDS; f++) {
        const struct yaml_node *value = yaml_find(node, fields[f]);
        if (value && strcmp(fields[f], from_month) != 0)
            change_field(loader, hospital, value, fields[f]);
    }
    const struct yaml_node *role = yaml_find(node, "role");
    bool beds = yaml_find(node, "hasu_beds") || role;
    char path[YAML_PATH_SIZE];
    struct place place = yaml_place(node);
    place.key = yaml_path(node, path, sizeof path);
    if (beds)
        hospital_check(hospital, &place, loader->diagnosis);
    if (role || (yaml_find(node, "rehab_beds") && !later))
        hospital_check_rehabilitation(hospital, &place, loader->diagnosis);
    if (role)
        hospital_check_role(hospital, &place, loader->diagnosis);
}

/* The month from which a change holds. False: it says of nothing what it is to be. */
static bool month_of_change(struct loader *loader, const struct yaml_node *node, int *month)
{
    int64_t from = 1;
    const struct yaml_node *value = yaml_find(node, from_month);
    *month = 1;
    if (!value || yaml_is_empty(value))
        return true;
    if (!yaml_read_integer(value, 1, MOST_MONTHS, loader->diagnosis, &from))
        return false;
    *month = (int)from;
    char path[YAML_PATH_SIZE];
    struct place place = yaml_place(value);
    place.key = yaml_path(value, path, sizeof path);
    loader_check_month(loader, *month, &place);
    if (yaml_count(node) > 1)
        return true;
    yaml_error(loader->diagnosis, value,
               "add what holds from then on, as in {role: none, from_month: 7}",
               "nothing is said of the hospital but a month");
    return false;
}

/* From its month on, in whatever months it changes again; without one, throughout. */
static void change_hospital(struct loader *loader, struct draft *draft, size_t h,
                            const struct yaml_node *node)
{
    int month;
    if (!yaml_expect(node, YAML_KIND_MAPPING, loader->diagnosis))
        return;
    yaml_check_keys(node, hospital_fields(), HOSPITAL_FIELDS, loader->diagnosis);
    if (!month_of_change(loader, node, &month) ||
        !loader_begin_month(loader, &draft->later, draft->hospital, h, month))
        return;
    bool later = timetable_has(&draft->later, h, 0);
    size_t step = 0, before = diagnosis_errors(loader->diagnosis);
    struct hospital *hospital;
    while (diagnosis_errors(loader->diagnosis) == before &&
           (hospital = timetable_next(&draft->later, draft->hospital, h, month, &step)))
        change_row(loader, hospital, node, later);
}

/* The hospitals of its own file, or of what it builds on; then its changes. */
static bool resolve_hospitals(struct loader *loader, struct draft *draft)
{
    const struct roster *roster = draft->has_roster ? draft->roster : loader->base;
    bool inherits = !draft->has_roster && draft->from;
    const struct hospital *first = inherits ? draft->from->hospital
                                   : roster ? roster->hospital
                                            : NULL;
    draft->hospitals = inherits ? draft->from->hospitals : roster ? roster->hospitals : 0;
    draft->whole = inherits ? draft->from->whole : roster && roster->whole;
    draft->hospital = calloc(draft->hospitals + 1, sizeof *draft->hospital);
    if (!draft->hospital) {
        diagnosis_out_of_memory(loader->diagnosis);
        return false;
    }
    if (draft->hospitals > 0)
        memcpy(draft->hospital, first, draft->hospitals * sizeof *first);
    const struct timetable none = {0};
    if (!loader_copy_timetable(loader,
                               inherits ? &draft->from->later
                               : roster ? &roster->later
                                        : &none,
                               &draft->later))
        return false;
    bool of_scenario = !inherits && !draft->has_roster && loader->beds_named;
    if (of_scenario && !loader_apply_beds(loader, draft, loader->beds_named))
        return false;
    for (size_t i = 0; i < yaml_count(draft->changes); i++) {
        size_t h = place_of_change(loader, draft, i);
        if (h < draft->hospitals)
            change_hospital(loader, draft, h, yaml_item(draft->changes, i));
        else if (draft->whole)
            report_stranger(loader, draft, i);
    }
    return !draft->beds_named || loader_apply_beds(loader, draft, draft->beds_named);
}

/* After what it builds on. There are no circles, and at most MOST_CONFIGURATIONS in a chain. */
static bool resolve_draft(struct loader *loader, struct draft *draft)
{
    if (draft->resolved)
        return true;
    if (draft->from && !resolve_draft(loader, draft->from))
        return false;
    draft->resolved = resolve_settings(loader, draft) && resolve_hospitals(loader, draft);
    return draft->resolved;
}

bool loader_is_level(enum parameter_id id)
{
    enum parameter_scope scope = parameter_info(id)->scope;
    return scope == SCOPE_CALIBRATED || scope == SCOPE_EFFECT;
}

/* Keeps a source in one line, once for all values that have it; NULL: out of memory, reported. */
static const char *keep_source(struct loader *loader, const char *text)
{
    struct scenario *scenario = loader->scenario;
    char *copy = loader_copy(loader, text);
    for (char *at = copy; at && *at != '\0'; at++)
        if ((unsigned char)*at < ' ')
            *at = ' ';
    for (size_t i = 0; copy && i < scenario->sources; i++)
        if (strcmp(scenario->source[i], copy) == 0) {
            free(copy);
            return scenario->source[i];
        }
    char **grown = realloc(scenario->source, (scenario->sources + 1) * sizeof *grown);
    if (!copy || !grown) {
        diagnosis_out_of_memory(loader->diagnosis);
        scenario->source = grown ? grown : scenario->source;
        free(copy);
        return NULL;
    }
    scenario->source = grown;
    return grown[scenario->sources++] = copy;
}

/* The source that an entry gives; NULL: none. */
static const char *source_of(struct loader *loader, const struct setting *setting)
{
    const struct yaml_node *node =
        yaml_is_mapping(setting->node) ? yaml_find(setting->node, "source") : NULL;
    bool given = node && yaml_is_scalar(node) && !yaml_is_empty(node);
    return given ? keep_source(loader, yaml_text(node)) : NULL;
}

static void set_values(struct loader *loader, const struct settings *settings,
                       struct configuration *configuration)
{
    parameters_default(&configuration->written);
    for (int i = 0; i < PARAMETER_COUNT; i++) {
        enum parameter_id id = (enum parameter_id)i;
        const struct setting *written = &settings->of[id], *hand = &loader->by_hand->of[id];
        spread_default(id, &configuration->spread[id]);
        if (written->given) {
            configuration->written.value[id] = written->value;
            configuration->spread[id] = written->spread;
            configuration->source[id] = source_of(loader, written);
        }
        if (hand->given && loader_is_level(id)) {
            configuration->written.value[id] = hand->value;
            configuration->spread[id] = hand->spread;
        }
        configuration->parameters.value[id] =
            hand->given ? hand->value : configuration->written.value[id];
        configuration->set_by_hand[id] = hand->given;
    }
}

static bool make_configuration(struct loader *loader, const struct draft *draft,
                               struct configuration *configuration)
{
    const char *name = draft->name ? draft->name : "";
    configuration->name = loader_copy(loader, name);
    configuration->title = loader_read_title(loader, draft->node, name);
    size_t size = (draft->hospitals + 1) * sizeof *draft->hospital;
    configuration->written_hospital = malloc(size);
    configuration->hospital = malloc(size);
    if (!configuration->written_hospital || !configuration->hospital) {
        diagnosis_out_of_memory(loader->diagnosis);
        return false;
    }
    memcpy(configuration->written_hospital, draft->hospital, size);
    memcpy(configuration->hospital, draft->hospital, size);
    configuration->hospitals = draft->hospitals;
    set_values(loader, draft->settings, configuration);
    return loader_make_phases(loader, draft, configuration);
}

void loader_resolve(struct loader *loader)
{
    struct design *design = &loader->scenario->design;
    design->configuration = calloc(loader->drafts + 1, sizeof *design->configuration);
    if (!design->configuration) {
        diagnosis_out_of_memory(loader->diagnosis);
        return;
    }
    for (size_t d = 0; d < loader->drafts; d++) {
        if (!resolve_draft(loader, &loader->draft[d]))
            return;
        design->configurations = d + 1;
        if (!make_configuration(loader, &loader->draft[d], &design->configuration[d]))
            return;
    }
}
