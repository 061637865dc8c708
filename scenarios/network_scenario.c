#include "scenarios/network_scenario.h"

#include "scenarios/read/network_loader.h"
#include "scenarios/write/path.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *const keys[] = {"kind",         "name",         "title",         "start",
                                   "years",        "seed",         "wards",         "patients",
                                   "routes",       "beds_by_hour", "pools",         "warmup_days",
                                   "replications", "parameters",   "configurations"};

enum { USUAL_REPLICATIONS = 100, MOST_REPLICATIONS = 1000000 };

bool network_scenario_is(const char *path)
{
    struct diagnosis *quiet = diagnosis_new();
    struct stat status;
    bool is_folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
    char *file = is_folder ? path_join(path, "scenario.yaml") : strdup(path);
    struct yaml_tree *tree = quiet && file ? yaml_tree_read_file(file, NULL, quiet) : NULL;
    const char *kind = tree ? yaml_text(yaml_find(yaml_tree_root(tree), "kind")) : NULL;
    bool is_network = kind && strcmp(kind, "network") == 0;
    yaml_tree_free(tree);
    free(file);
    diagnosis_free(quiet);
    return is_network;
}

static void read_run(struct network_loader *loader)
{
    struct network_scenario *scenario = loader->scenario;
    struct diagnosis *diagnosis = loader->base.diagnosis;
    int64_t replications = USUAL_REPLICATIONS;
    const struct yaml_node *warm_up =
        loader_need(&loader->base, "warmup_days",
                    "days from empty wards to the window, many times the longest stay; as in 365");
    if (warm_up)
        yaml_read_number(warm_up, 0, 365 * 100, diagnosis, &scenario->warm_up_days);
    const struct yaml_node *node = yaml_find(loader->base.root, "replications");
    if (node)
        yaml_read_integer(node, 1, MOST_REPLICATIONS, diagnosis, &replications);
    scenario->replications = (uint64_t)replications;
}

static void free_files(struct network_loader *loader)
{
    for (size_t i = 0; i < loader->patients_files; i++) {
        free(loader->patients[i].source);
        free(loader->patients[i].row);
    }
    for (size_t i = 0; i < loader->routes_files; i++) {
        free(loader->routes[i].route);
        free(loader->routes[i].row);
    }
    for (size_t i = 0; i < loader->hours_files; i++) {
        free(loader->hours[i].beds);
        free(loader->hours[i].given);
    }
    free(loader->patients);
    free(loader->routes);
    free(loader->hours);
}

static void loader_fini(struct network_loader *loader)
{
    free_files(loader);
    for (size_t d = 0; d < loader->drafts; d++)
        free(loader->draft[d].ward);
    free(loader->draft);
    free(loader->ward);
    free(loader->pool);
    free(loader->member);
    for (size_t i = 0; i < loader->base.hands; i++)
        free(loader->base.hand[i].text);
    free(loader->base.hand);
    free(loader->base.yaml_path);
}

static bool loader_init(struct network_loader *loader)
{
    enum { MOST = MOST_CONFIGURATIONS + 1 }; /* so that pointers to files stay */
    loader->scenario = calloc(1, sizeof *loader->scenario);
    loader->base.scenario = calloc(1, sizeof *loader->base.scenario);
    loader->patients = calloc(MOST, sizeof *loader->patients);
    loader->routes = calloc(MOST, sizeof *loader->routes);
    loader->hours = calloc(MOST, sizeof *loader->hours);
    if (loader->scenario)
        loader->scenario->about = loader->base.scenario;
    else
        free(loader->base.scenario);
    loader->classes_whole = true;
    if (loader->scenario && loader->base.scenario && loader->patients && loader->routes &&
        loader->hours)
        return true;
    diagnosis_out_of_memory(loader->base.diagnosis);
    return false;
}

static void load(struct network_loader *loader, const char *path)
{
    struct loader *base = &loader->base;
    if (!loader_init(loader) || !loader_locate(base, path) || !loader_part_hand(base))
        return;
    loader->scenario->tree = base->tree =
        yaml_tree_read_file(base->yaml_path, NULL, base->diagnosis);
    if (!base->tree)
        return;
    base->root = yaml_tree_root(base->tree);
    if (!yaml_expect(base->root, YAML_KIND_MAPPING, base->diagnosis))
        return;
    loader_read_head(base);
    read_run(loader);
    network_read_parameters(loader);
    network_read_wards(loader);
    network_read_pools(loader);
    network_read_drafts(loader);
    network_resolve(loader);
    network_check(loader);
}

struct network_scenario *network_scenario_read(const char *path,
                                               const struct scenario_options *options,
                                               struct diagnosis *diagnosis)
{
    struct network_loader loader = {.base = {.options = options,
                                             .diagnosis = diagnosis,
                                             .keys = keys,
                                             .key_count = sizeof keys / sizeof *keys}};
    size_t before = diagnosis_errors(diagnosis);
    load(&loader, path);
    struct network_scenario *scenario = loader.scenario;
    loader_fini(&loader);
    if (diagnosis_errors(diagnosis) == before)
        return scenario;
    network_scenario_free(scenario);
    return NULL;
}

void network_scenario_free(struct network_scenario *scenario)
{
    if (!scenario)
        return;
    for (size_t c = 0; c < scenario->configurations; c++)
        network_fini(&scenario->configuration[c]);
    free(scenario->configuration);
    free(scenario->multiplier);
    free(scenario->class_name);
    for (size_t t = 0; t < scenario->tables; t++)
        table_free(scenario->table[t]);
    free(scenario->table);
    yaml_tree_free(scenario->tree);
    scenario_free(scenario->about);
    free(scenario);
}

int network_scenario_find(const struct network_scenario *scenario, const char *name)
{
    for (size_t c = 0; c < scenario->configurations; c++)
        if (strcmp(scenario->configuration[c].name, name) == 0)
            return (int)c;
    return -1;
}
