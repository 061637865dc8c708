#include "scenarios/scenario.h"

#include "scenarios/observed.h"
#include "scenarios/read/scenario_loader.h"
#include "scenarios/target.h"

#include <stdlib.h>
#include <string.h>

static void loader_fini(struct loader *loader)
{
    for (size_t i = 0; i < loader->hands; i++)
        free(loader->hand[i].text);
    for (size_t d = 0; d < loader->drafts; d++) {
        free(loader->draft[d].settings);
        free(loader->draft[d].hospital);
        timetable_fini(&loader->draft[d].later);
        free(loader->draft[d].catchment.shown);
        free(loader->draft[d].catchment.site);
        free(loader->draft[d].catchment.line);
        free(loader->draft[d].catchment.said);
    }
    for (size_t r = 0; r < loader->rosters; r++) {
        table_free(loader->roster[r].table);
        free(loader->roster[r].hospital);
        timetable_fini(&loader->roster[r].later);
    }
    for (size_t b = 0; b < loader->beds_files; b++)
        beds_file_fini(&loader->beds_file[b]);
    name_index_fini(&loader->area_index);
    table_free(loader->areas);
    free(loader->travel_line);
    free(loader->travel_shown);
    free(loader->fleet_named);
    free(loader->hand);
    free(loader->draft);
    free(loader->roster);
    free(loader->beds_file);
    free(loader->common);
    free(loader->by_hand);
    yaml_tree_free(loader->tree);
    free(loader->yaml_path);
}

static bool loader_init(struct loader *loader)
{
    loader->scenario = calloc(1, sizeof *loader->scenario);
    loader->common = calloc(1, sizeof *loader->common);
    loader->by_hand = calloc(1, sizeof *loader->by_hand);
    loader->roster = calloc(MOST_CONFIGURATIONS + 1, sizeof *loader->roster);
    loader->beds_file = calloc(MOST_CONFIGURATIONS + 1, sizeof *loader->beds_file);
    loader->rosters_whole = true;
    if (loader->scenario && loader->common && loader->by_hand && loader->roster &&
        loader->beds_file)
        return true;
    diagnosis_out_of_memory(loader->diagnosis);
    return false;
}

static void load(struct loader *loader, const char *path)
{
    if (!loader_init(loader) || !loader_locate(loader, path))
        return;
    loader_read_hand(loader);
    loader->tree = yaml_tree_read_file(loader->yaml_path, NULL, loader->diagnosis);
    if (!loader->tree)
        return;
    loader->root = yaml_tree_root(loader->tree);
    if (!yaml_expect(loader->root, YAML_KIND_MAPPING, loader->diagnosis))
        return;
    loader_read_head(loader);
    loader_read_common(loader);
    loader_read_areas(loader);
    loader_read_growth(loader);
    loader_read_drafts(loader);
    loader_resolve(loader);
    loader_apply_hand(loader);
    loader_read_minutes(loader);
    loader_read_catchments(loader);
    loader_read_fleets(loader);
    loader_read_targets(loader);
    loader_read_observed(loader);
    loader_check(loader);
}

struct scenario *scenario_read(const char *path, const struct scenario_options *options,
                               struct diagnosis *diagnosis)
{
    struct loader loader = {.options = options,
                            .diagnosis = diagnosis,
                            .keys = loader_service_keys,
                            .key_count = loader_service_key_count};
    size_t before = diagnosis_errors(diagnosis);
    load(&loader, path);
    struct scenario *scenario = loader.scenario;
    loader_fini(&loader);
    if (diagnosis_errors(diagnosis) == before)
        return scenario;
    scenario_free(scenario);
    return NULL;
}

void scenario_free(struct scenario *scenario)
{
    if (!scenario)
        return;
    for (size_t i = 0; i < scenario->inputs; i++) {
        free(scenario->input[i].name);
        free(scenario->input[i].path);
    }
    for (size_t i = 0; i < scenario->sources; i++)
        free(scenario->source[i]);
    free(scenario->source);
    for (size_t t = 0; t < scenario->targets; t++)
        target_fini(&scenario->target[t]);
    free(scenario->target);
    for (size_t i = 0; i < scenario->observations; i++)
        observed_fini(&scenario->observed[i]);
    free(scenario->observed);
    free(scenario->input);
    free(scenario->name);
    free(scenario->title);
    free(scenario->folder);
    free(scenario->start);
    design_fini(&scenario->design);
    free(scenario);
}

int scenario_find_configuration(const struct scenario *scenario, const char *name)
{
    for (size_t c = 0; c < scenario->design.configurations; c++)
        if (strcmp(scenario->design.configuration[c].name, name) == 0)
            return (int)c;
    return -1;
}
