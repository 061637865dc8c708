#include "scenarios/read/scenario_loader.h"

#include "scenarios/read/suggest.h"

#include <stdlib.h>
#include <string.h>

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

static const struct yaml_node *change_of(const struct draft *draft, size_t at,
                                         struct hospital **hospital, const struct loader *loader)
{
    size_t site = loader_find_site(loader, yaml_text(yaml_key(draft->changes, at)));
    *hospital = NULL;
    for (size_t h = 0; site != NAME_NOT_FOUND && h < draft->hospitals; h++)
        if (draft->hospital[h].site == site)
            *hospital = &draft->hospital[h];
    return yaml_item(draft->changes, at);
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

static void change_hospital(struct loader *loader, struct hospital *hospital,
                            const struct yaml_node *node)
{
    const char *const *fields = hospital_fields();
    if (!yaml_expect(node, YAML_KIND_MAPPING, loader->diagnosis))
        return;
    yaml_check_keys(node, fields, HOSPITAL_FIELDS, loader->diagnosis);
    for (size_t f = 0; f < HOSPITAL_FIELDS; f++) {
        const struct yaml_node *value = yaml_find(node, fields[f]);
        if (value)
            change_field(loader, hospital, value, fields[f]);
    }
    const struct yaml_node *role = yaml_find(node, "role");
    bool beds = yaml_find(node, "hasu_beds") || role;
    char path[YAML_PATH_SIZE];
    struct place place = yaml_place(node);
    place.key = yaml_path(node, path, sizeof path);
    if (beds)
        hospital_check(hospital, &place, loader->diagnosis);
    if (role || yaml_find(node, "rehab_beds"))
        hospital_check_rehabilitation(hospital, &place, loader->diagnosis);
    if (role)
        hospital_check_role(hospital, &place, loader->diagnosis);
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
    for (size_t i = 0; i < yaml_count(draft->changes); i++) {
        struct hospital *hospital;
        const struct yaml_node *change = change_of(draft, i, &hospital, loader);
        if (hospital)
            change_hospital(loader, hospital, change);
        else if (draft->whole)
            report_stranger(loader, draft, i);
    }
    return true;
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

static void set_values(const struct loader *loader, const struct settings *settings,
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
    return true;
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
