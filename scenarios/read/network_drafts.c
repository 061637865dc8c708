#include "scenarios/read/network_loader.h"

#include "scenarios/read/name.h"
#include "scenarios/read/suggest.h"
#include "scenarios/read/value.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *key;
    double usual, min, max;
} parameters[NETWORK_PARAMETERS] = {
    [NP_DEMAND_MULTIPLIER] = {"demand.multiplier", 1, 0.001, 1000},
    [NP_STAY_MULTIPLIER] = {"stay.multiplier", 1, 0, 1000},
    [NP_DELAY_MULTIPLIER] = {"delay.multiplier", 1, 0, 1000},
    [NP_MAX_INSIDE] = {"run.max_inside", 50000, 1, 10000000},
};

static const char *const keys[] = {"name",     "title",  "from",         "wards",
                                   "patients", "routes", "beds_by_hour", "parameters"};
enum { KEYS = sizeof keys / sizeof *keys };

/* --- parameters ------------------------------------------------------------------------------- */

/* The parameter of a key among the first `count`, or -1, which is reported. */
static int find_parameter(struct network_loader *loader, const char *key, size_t count,
                          const struct place *place)
{
    const char *names[NETWORK_PARAMETERS];
    char buffer[128];
    for (size_t p = 0; p < count; p++) {
        names[p] = parameters[p].key;
        if (strcmp(names[p], key) == 0)
            return (int)p;
    }
    diagnosis_error(loader->base.diagnosis, place,
                    suggest_remedy(key, names, count, buffer, sizeof buffer),
                    "a network has no such parameter%s",
                    count < NETWORK_PARAMETERS ? " in a configuration" : "");
    return -1;
}

static void read_mapping(struct network_loader *loader, const struct yaml_node *mapping,
                         size_t count, double value[NETWORK_PARAMETERS])
{
    struct diagnosis *diagnosis = loader->base.diagnosis;
    if (!mapping || yaml_is_empty(mapping) || !yaml_expect(mapping, YAML_KIND_MAPPING, diagnosis))
        return;
    for (size_t i = 0; i < yaml_count(mapping); i++) {
        const struct yaml_node *node = yaml_item(mapping, i);
        struct place place = yaml_place(yaml_key(mapping, i));
        int p = find_parameter(loader, yaml_text(yaml_key(mapping, i)), count, &place);
        if (p >= 0)
            yaml_read_number(node, parameters[p].min, parameters[p].max, diagnosis, &value[p]);
    }
}

void network_read_parameters(struct network_loader *loader)
{
    for (size_t p = 0; p < NETWORK_PARAMETERS; p++)
        loader->parameter[p] = parameters[p].usual;
    read_mapping(loader, yaml_find(loader->base.root, "parameters"), NETWORK_PARAMETERS,
                 loader->parameter);
}

/* --- configurations as written ---------------------------------------------------------------- */

static void read_name(struct network_loader *loader, struct network_draft *draft)
{
    struct diagnosis *diagnosis = loader->base.diagnosis;
    const struct yaml_node *node = yaml_find(draft->node, "name");
    if (!node && !loader_is_misspelled(draft->node, keys, KEYS, "name"))
        yaml_error(diagnosis, draft->node, "name: ...", "the configuration has no name");
    if (!node || !yaml_read_text(node, diagnosis, &draft->name))
        return;
    struct place place = yaml_place(node);
    name_check(draft->name, "configuration", &place, diagnosis);
    for (const struct network_draft *other = loader->draft; other < draft; other++)
        if (other->name && strcmp(other->name, draft->name) == 0)
            yaml_error(diagnosis, node, "give each configuration a name of its own",
                       "there are two configurations of the name '%.60s'", draft->name);
}

static void read_draft(struct network_loader *loader, const struct yaml_node *node)
{
    struct network_draft *draft = &loader->draft[loader->drafts++];
    struct loader *base = &loader->base;
    *draft = (struct network_draft){.node = node};
    for (size_t p = 0; p < NETWORK_PARAMETERS; p++)
        draft->parameter[p] = NAN;
    if (!yaml_expect(node, YAML_KIND_MAPPING, base->diagnosis))
        return;
    yaml_check_keys(node, keys, KEYS, base->diagnosis);
    read_name(loader, draft);
    read_mapping(loader, yaml_find(node, "parameters"), NP_MAX_INSIDE, draft->parameter);
    const char *patients = loader_file_of(base, node, "patients");
    const char *hours = loader_file_of(base, node, "beds_by_hour");
    draft->patients = patients ? network_read_patients(loader, patients) : NULL;
    draft->hours = hours ? network_read_hours(loader, hours) : NULL;
}

/* After the patients of all: routes are of classes that any of them may have. */
static void read_routes_of(struct network_loader *loader, struct network_draft *draft)
{
    const char *routes = loader_file_of(&loader->base, draft->node, "routes");
    draft->routes = routes ? network_read_routes(loader, routes) : NULL;
}

static void link_draft(struct network_loader *loader, struct network_draft *draft)
{
    const char *names[MOST_CONFIGURATIONS], *from = NULL;
    char buffer[256];
    const struct yaml_node *node = yaml_find(draft->node, "from");
    if (!node || !yaml_read_text(node, loader->base.diagnosis, &from))
        return;
    for (size_t d = 0; d < loader->drafts; d++) {
        names[d] = &loader->draft[d] == draft ? NULL : loader->draft[d].name;
        if (names[d] && strcmp(names[d], from) == 0)
            draft->from = &loader->draft[d];
    }
    if (!draft->from)
        yaml_error(loader->base.diagnosis, node,
                   suggest_remedy(from, names, loader->drafts, buffer, sizeof buffer),
                   "there is no other configuration '%.60s'", from);
}

static const char *need_file(struct network_loader *loader, const char *key)
{
    loader_need(&loader->base, key, "the name of a file in the scenario's folder");
    return loader_file_of(&loader->base, loader->base.root, key);
}

void network_read_drafts(struct network_loader *loader)
{
    struct loader *base = &loader->base;
    const char *patients = need_file(loader, "patients");
    const char *routes = need_file(loader, "routes");
    const struct yaml_node *list =
        loader_need(base, "configurations", "a list of at least one configuration");
    const struct patients_file *usual_patients =
        patients ? network_read_patients(loader, patients) : NULL;
    size_t count =
        list && yaml_expect(list, YAML_KIND_SEQUENCE, base->diagnosis) ? yaml_count(list) : 0;
    if (count == 0 || count > MOST_CONFIGURATIONS) {
        if (list && yaml_is_sequence(list))
            yaml_error(base->diagnosis, list, "a list of 1 to 500", "there are %zu configurations",
                       count);
        count = 0;
    }
    loader->draft = calloc(count + 1, sizeof *loader->draft);
    if (!loader->draft) {
        diagnosis_out_of_memory(base->diagnosis);
        return;
    }
    for (size_t i = 0; i < count; i++)
        read_draft(loader, yaml_item(list, i));
    const struct routes_file *usual_routes = routes ? network_read_routes(loader, routes) : NULL;
    const char *hours = loader_file_of(base, base->root, "beds_by_hour");
    const struct hours_file *usual_hours = hours ? network_read_hours(loader, hours) : NULL;
    for (size_t d = 0; d < loader->drafts; d++) {
        struct network_draft *draft = &loader->draft[d];
        read_routes_of(loader, draft);
        link_draft(loader, draft);
        if (draft->from)
            continue;
        draft->patients = draft->patients ? draft->patients : usual_patients;
        draft->routes = draft->routes ? draft->routes : usual_routes;
        draft->hours = draft->hours ? draft->hours : usual_hours;
    }
}

/* --- what holds in each ----------------------------------------------------------------------- */

static void apply_hours(struct network_loader *loader, struct network_draft *draft)
{
    const struct hours_file *hours = draft->hours;
    for (size_t w = 0; hours && hours->given && hours->beds && w < loader->ward_count; w++) {
        if (!hours->given[w])
            continue;
        draft->ward[w].by_hour = true;
        memcpy(draft->ward[w].week_beds, hours->beds[w], sizeof draft->ward[w].week_beds);
    }
}

static void apply_change(struct network_loader *loader, struct network_ward *ward,
                         const struct yaml_node *change)
{
    struct diagnosis *diagnosis = loader->base.diagnosis;
    if (!yaml_expect(change, YAML_KIND_MAPPING, diagnosis))
        return;
    for (size_t i = 0; i < yaml_count(change); i++) {
        const struct yaml_node *value = yaml_item(change, i);
        struct place place = yaml_place(value);
        const char *text = yaml_is_empty(value) ? "" : yaml_text(value);
        if (!text)
            yaml_expect(value, YAML_KIND_SCALAR, diagnosis);
        else
            network_set_ward(loader, ward, yaml_text(yaml_key(change, i)), text, &place);
    }
}

static void apply_changes(struct network_loader *loader, struct network_draft *draft)
{
    const struct yaml_node *changes = yaml_find(draft->node, "wards");
    if (!changes || !yaml_expect(changes, YAML_KIND_MAPPING, loader->base.diagnosis))
        return;
    for (size_t i = 0; i < yaml_count(changes); i++) {
        struct place place = yaml_place(yaml_key(changes, i));
        int ward = network_find_ward(loader, yaml_text(yaml_key(changes, i)), &place);
        if (ward >= 0)
            apply_change(loader, &draft->ward[ward], yaml_item(changes, i));
    }
}

static void resolve_draft(struct network_loader *loader, struct network_draft *draft)
{
    if (draft->ward)
        return;
    if (draft->resolving) {
        yaml_error(loader->base.diagnosis, yaml_find(draft->node, "from"),
                   "begin with one that builds on no other", "the configuration builds on itself");
        draft->from = NULL;
    }
    draft->resolving = true;
    struct network_draft *from = draft->from;
    if (from)
        resolve_draft(loader, from);
    if (draft->ward) /* in a circle, by way of the others */
        return;
    draft->ward = calloc(loader->ward_count + 1, sizeof *draft->ward);
    if (!draft->ward) {
        diagnosis_out_of_memory(loader->base.diagnosis);
        return;
    }
    bool has_from = from && from->ward && draft->from;
    if (loader->ward_count > 0)
        memcpy(draft->ward, has_from ? from->ward : loader->ward,
               loader->ward_count * sizeof *draft->ward);
    apply_hours(loader, draft);
    apply_changes(loader, draft);
    for (size_t p = 0; p < NETWORK_PARAMETERS; p++)
        if (isnan(draft->parameter[p]))
            draft->parameter[p] = has_from ? from->parameter[p] : loader->parameter[p];
    if (!has_from)
        return;
    draft->patients = draft->patients ? draft->patients : from->patients;
    draft->routes = draft->routes ? draft->routes : from->routes;
}

/* --- the command line ------------------------------------------------------------------------- */

static void set_ward_by_hand(struct network_loader *loader, const struct hand *hand)
{
    struct place place = {.file = "--set", .key = hand->key};
    const char *field = NULL;
    char *name = NULL;
    if (!loader_part_key(hand->key, "ward.", &name, &field) || !name) {
        diagnosis_error(loader->base.diagnosis, &place, "ward.\"NAME\".beds=12",
                        "a ward's name and column are wanted");
        return;
    }
    int ward = network_find_ward(loader, name, &place);
    for (size_t d = 0; ward >= 0 && d < loader->drafts; d++)
        if (loader->draft[d].ward &&
            !network_set_ward(loader, &loader->draft[d].ward[ward], field, hand->value, &place))
            break;
    free(name);
}

static void set_by_hand(struct network_loader *loader, const struct hand *hand)
{
    struct place place = {.file = "--set", .key = hand->key};
    double value;
    if (!loader_check_hand(&loader->base, hand))
        return;
    if (strncmp(hand->key, "ward.", strlen("ward.")) == 0) {
        set_ward_by_hand(loader, hand);
        return;
    }
    int p = find_parameter(loader, hand->key, NETWORK_PARAMETERS, &place);
    if (p < 0 || !value_number(hand->value, parameters[p].min, parameters[p].max, &place,
                               loader->base.diagnosis, &value))
        return;
    loader->parameter[p] = value;
    for (size_t d = 0; d < loader->drafts; d++)
        loader->draft[d].parameter[p] = value;
}

void network_resolve(struct network_loader *loader)
{
    for (size_t d = 0; d < loader->drafts; d++)
        resolve_draft(loader, &loader->draft[d]);
    for (size_t i = 0; i < loader->base.hands; i++)
        set_by_hand(loader, &loader->base.hand[i]);
    loader->scenario->max_inside = loader->parameter[NP_MAX_INSIDE];
}
