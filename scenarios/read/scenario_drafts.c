#include "scenarios/read/scenario_loader.h"

#include "scenarios/read/name.h"
#include "scenarios/read/suggest.h"

#include <stdlib.h>
#include <string.h>

static const char *const keys[] = {"name",       "title",     "from",  "policy", "hospitals",
                                   "parameters", "catchment", "fleet", "beds"};
enum { KEYS = sizeof keys / sizeof *keys };

static void read_name(struct loader *loader, struct draft *draft)
{
    const struct yaml_node *node = yaml_find(draft->node, "name");
    if (!node && !loader_is_misspelled(draft->node, keys, KEYS, "name"))
        yaml_error(loader->diagnosis, draft->node, "name: ...", "the configuration has no name");
    if (!node || !yaml_read_text(node, loader->diagnosis, &draft->name))
        return;
    char path[YAML_PATH_SIZE];
    struct place place = yaml_place(node);
    place.key = yaml_path(node, path, sizeof path);
    name_check(draft->name, "configuration", &place, loader->diagnosis);
    for (const struct draft *other = loader->draft; other < draft; other++)
        if (other->name && strcmp(other->name, draft->name) == 0) {
            diagnosis_error(loader->diagnosis, &place, "give each configuration a name of its own",
                            "there are two configurations of the name '%.60s'", draft->name);
            return;
        }
}

/* A file of its own, or changes to the hospitals it begins with. */
static void read_hospitals(struct loader *loader, struct draft *draft)
{
    const struct yaml_node *node = yaml_find(draft->node, "hospitals");
    if (!node)
        return;
    if (yaml_is_mapping(node)) {
        draft->changes = node;
        return;
    }
    draft->has_roster = true;
    if (yaml_is_sequence(node)) {
        yaml_error(loader->diagnosis, node,
                   "the name of a file, or lines of 'hospital: {key: value}'",
                   "a list stands here");
        return;
    }
    const char *named = loader_file_of(loader, draft->node, "hospitals");
    if (named)
        draft->roster = loader_read_roster(loader, named);
}

static void read_policy(struct loader *loader, struct draft *draft)
{
    const struct yaml_node *policy = yaml_find(draft->node, "policy");
    const struct yaml_node *again =
        yaml_find(yaml_find(draft->node, "parameters"), parameter_info(P_POLICY_NAME)->key);
    if (!policy)
        return;
    if (again)
        yaml_error(loader->diagnosis, again, "remove one of them",
                   "the policy stands in line %zu already", yaml_place(policy).line);
    loader_read_setting(loader, P_POLICY_NAME, policy, draft->settings);
}

static void read_draft(struct loader *loader, const struct yaml_node *node)
{
    struct draft *draft = &loader->draft[loader->drafts];
    *draft = (struct draft){.node = node, .settings = calloc(1, sizeof *draft->settings)};
    if (!draft->settings) {
        diagnosis_out_of_memory(loader->diagnosis);
        return;
    }
    loader->drafts++;
    if (!yaml_expect(node, YAML_KIND_MAPPING, loader->diagnosis))
        return;
    yaml_check_keys(node, keys, KEYS, loader->diagnosis);
    read_name(loader, draft);
    read_hospitals(loader, draft);
    loader_read_settings(loader, yaml_find(node, "parameters"), SETTINGS_CONFIGURATION,
                         draft->settings);
    read_policy(loader, draft);
    draft->catchment_named = loader_file_of(loader, node, "catchment");
    draft->fleet_named = loader_file_of(loader, node, "fleet");
    draft->beds_named = loader_file_of(loader, node, "beds");
}

static struct draft *find_draft(const struct loader *loader, const char *name)
{
    for (size_t d = 0; d < loader->drafts; d++)
        if (loader->draft[d].name && strcmp(loader->draft[d].name, name) == 0)
            return &loader->draft[d];
    return NULL;
}

/* After all are read, since one may build on a later one. */
static void link_draft(struct loader *loader, struct draft *draft)
{
    const char *names[MOST_CONFIGURATIONS];
    char buffer[256];
    const char *from = NULL;
    const struct yaml_node *node = yaml_find(draft->node, "from");
    if (!node || !yaml_read_text(node, loader->diagnosis, &from))
        return;
    draft->from = find_draft(loader, from);
    bool nameless = false; /* then it may be the one, and is reported already */
    for (size_t d = 0; d < loader->drafts; d++)
        nameless = nameless || !loader->draft[d].name;
    if (draft->from || nameless)
        return;
    for (size_t d = 0; d < loader->drafts; d++)
        names[d] = &loader->draft[d] == draft ? NULL : loader->draft[d].name;
    yaml_error(loader->diagnosis, node,
               suggest_remedy(from, names, loader->drafts, buffer, sizeof buffer),
               "there is no configuration '%.60s'", from);
}

/* Cuts a chain that leads back to where it began. */
static void check_circle(struct loader *loader, struct draft *draft)
{
    const struct draft *at = draft->from;
    for (size_t steps = 0; at && at != draft && steps <= loader->drafts; steps++)
        at = at->from;
    if (at != draft)
        return;
    yaml_error(loader->diagnosis, yaml_find(draft->node, "from"),
               "begin with one that builds on no other",
               "the configuration builds on itself, by way of '%.60s'", draft->from->name);
    draft->from = NULL;
}

void loader_read_drafts(struct loader *loader)
{
    loader_need(loader, "hospitals", "the name of a file in the scenario's folder");
    const char *named = loader_file_of(loader, loader->root, "hospitals");
    loader->beds_named = loader_file_of(loader, loader->root, "beds");
    const struct yaml_node *list =
        loader_need(loader, "configurations", "a list of at least one configuration");
    if (named)
        loader->base = loader_read_roster(loader, named);
    loader->rosters_whole = loader->rosters_whole && named;
    if (!list || !yaml_expect(list, YAML_KIND_SEQUENCE, loader->diagnosis))
        return;
    size_t count = yaml_count(list);
    if (count == 0 || count > MOST_CONFIGURATIONS) {
        yaml_error(loader->diagnosis, list, "a list of 1 to 500", "there are %zu configurations",
                   count);
        return;
    }
    loader->draft = calloc(count, sizeof *loader->draft);
    if (!loader->draft) {
        diagnosis_out_of_memory(loader->diagnosis);
        return;
    }
    for (size_t i = 0; i < count; i++)
        read_draft(loader, yaml_item(list, i));
    for (size_t d = 0; d < loader->drafts; d++)
        link_draft(loader, &loader->draft[d]);
    for (size_t d = 0; d < loader->drafts; d++)
        check_circle(loader, &loader->draft[d]);
}
