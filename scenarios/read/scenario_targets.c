#include "scenarios/read/scenario_loader.h"

#include "scenarios/figure.h"
#include "scenarios/read/name.h"
#include "scenarios/read/number.h"
#include "scenarios/read/suggest.h"
#include "scenarios/target.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const keys[] = {"name",     "metric", "at_least", "at_most",
                                   "hospital", "sector", "against",  "configurations"};
enum { KEYS = sizeof keys / sizeof *keys };

enum { MOST_TARGETS = 500, TEXT = 512 };

/* --- the metric ------------------------------------------------------------------------------- */

static bool find_metric(struct target *target, const char *name)
{
    int found = target->of == TARGET_OF_ALL ? metric_find(name) : unit_metric_find(name);
    if (found < 0)
        return false;
    if (target->of == TARGET_OF_ALL)
        target->metric = (enum metric)found;
    else
        target->unit_metric = (enum unit_metric)found;
    return true;
}

/* Why there is no such metric here: it is one of the other kind of place, or of none. */
static void report_metric(struct loader *loader, const struct yaml_node *node, const char *name,
                          enum target_of of)
{
    const char *names[METRIC_COUNT + UNIT_METRICS];
    char buffer[TEXT];
    size_t count = 0;
    if (of == TARGET_OF_ALL && unit_metric_find(name) >= 0) {
        yaml_error(loader->diagnosis, node, "add 'hospital: ...' or 'sector: ...'",
                   "'%.60s' is a figure of hospitals alone", name);
        return;
    }
    if (of != TARGET_OF_ALL && metric_find(name) >= 0) {
        yaml_error(loader->diagnosis, node,
                   "leave the hospital or sector out, or choose a metric of units.csv",
                   "'%.60s' is a figure of all hospitals together alone", name);
        return;
    }
    for (enum metric metric = 0; of == TARGET_OF_ALL && metric < METRIC_COUNT; metric++)
        names[count++] = metric_info(metric)->name;
    for (enum unit_metric metric = 0; of != TARGET_OF_ALL && metric < UNIT_METRICS; metric++)
        names[count++] = unit_metric_name(metric);
    const char *remedy = suggest_remedy(name, names, count, buffer, sizeof buffer);
    yaml_error(loader->diagnosis, node, remedy ? remedy : "scenarios/README.md lists them",
               "there is no metric '%.60s'", name);
}

static bool read_metric(struct loader *loader, const struct yaml_node *mapping,
                        struct target *target)
{
    const struct yaml_node *node = yaml_find(mapping, "metric");
    const char *name = NULL;
    if (!node && !loader_is_misspelled(mapping, keys, KEYS, "metric"))
        yaml_error(loader->diagnosis, mapping, "metric: ...", "the target has no metric");
    if (!node || !yaml_read_text(node, loader->diagnosis, &name))
        return false;
    if (find_metric(target, name))
        return true;
    report_metric(loader, node, name, target->of);
    return false;
}

/* --- the place -------------------------------------------------------------------------------- */

/* A hospital by its name, or by a part that no other one's has. NULL: none, which is reported. */
static const char *find_hospital(struct loader *loader, const struct yaml_node *node,
                                 const char *name)
{
    const struct region *region = &loader->scenario->design.region;
    const char *names[MOST_SITES], *found = NULL;
    char buffer[TEXT];
    size_t like = 0;
    for (size_t s = 0; s < region->sites; s++) {
        names[s] = region->site[s].name;
        if (strcmp(names[s], name) == 0)
            return names[s];
        if (name_has_part(names[s], name)) {
            found = names[s];
            like++;
        }
    }
    if (like == 1)
        return found;
    if (like > 1)
        yaml_error(loader->diagnosis, node, "the whole name, or a part that no other one has",
                   "%zu hospitals have '%.60s' in their names", like, name);
    else if (loader->rosters_whole)
        yaml_error(loader->diagnosis, node,
                   suggest_remedy(name, names, region->sites, buffer, sizeof buffer),
                   "there is no hospital '%.60s'", name);
    return NULL;
}

/* The roster that a configuration's hospitals come from. */
static const struct roster *roster_of(const struct loader *loader, const struct draft *draft)
{
    while (draft && !draft->has_roster)
        draft = draft->from;
    return draft ? draft->roster : loader->base;
}

/* The sector of a name as a roster numbers them (scenario_hospitals.c), or NO_SECTOR. */
static int find_sector(const struct roster *roster, const char *name)
{
    int column = roster && roster->table ? table_column(roster->table, "sector") : -1;
    for (size_t row = 0; column >= 0 && row < table_row_count(roster->table); row++)
        if (strcmp(table_text(roster->table, row, (size_t)column), name) == 0)
            return (int)row;
    return NO_SECTOR;
}

static bool is_of_place(const struct loader *loader, const struct target *target, int sector,
                        const struct hospital *hospital)
{
    if (target->of == TARGET_OF_SECTOR)
        return sector != NO_SECTOR && hospital->sector == sector;
    return strcmp(loader->scenario->design.region.site[hospital->site].name, target->place) == 0;
}

/* The hospitals of the place in one configuration. False: out of memory. */
static bool find_units_of(struct loader *loader, const struct target *target, size_t c)
{
    const struct configuration *configuration = &loader->scenario->design.configuration[c];
    struct target_units *units = &target->units[c];
    int sector = find_sector(roster_of(loader, &loader->draft[c]), target->place);
    units->hospital = calloc(configuration->hospitals + 1, sizeof *units->hospital);
    if (!units->hospital)
        return false;
    for (size_t h = 0; h < configuration->hospitals; h++)
        if (is_of_place(loader, target, sector, &configuration->hospital[h]))
            units->hospital[units->hospitals++] = h;
    return true;
}

/* The same in each configuration. False: out of memory, reported. */
static bool find_units(struct loader *loader, struct target *target)
{
    target->units = calloc(target->configurations + 1, sizeof *target->units);
    bool found = target->units != NULL;
    for (size_t c = 0; found && c < target->configurations; c++)
        found = find_units_of(loader, target, c);
    if (!found)
        diagnosis_out_of_memory(loader->diagnosis);
    return found;
}

static void report_sector(struct loader *loader, const struct yaml_node *node, const char *name)
{
    const char *names[MOST_SITES];
    char buffer[TEXT];
    size_t count = 0;
    for (size_t r = 0; r < loader->rosters; r++) {
        const struct table *table = loader->roster[r].table;
        int column = table ? table_column(table, "sector") : -1;
        for (size_t row = 0; column >= 0 && row < table_row_count(table); row++)
            if (count < MOST_SITES)
                names[count++] = table_text(table, row, (size_t)column);
    }
    const char *remedy = suggest_remedy(name, names, count, buffer, sizeof buffer);
    yaml_error(loader->diagnosis, node,
               remedy ? remedy : "a name of the column 'sector' of a hospitals file",
               "there is no sector '%.60s'", name);
}

/* Whether the configurations that a target is for have hospitals of its place: each that is named,
 * or any if none is. */
static void check_units(struct loader *loader, const struct yaml_node *mapping,
                        const struct yaml_node *node, const struct target *target)
{
    const struct design *design = &loader->scenario->design;
    size_t any = 0;
    for (size_t c = 0; c < design->configurations; c++)
        any += target->units[c].hospitals > 0;
    if (any == 0 && target->of == TARGET_OF_SECTOR && loader->rosters_whole)
        report_sector(loader, node, target->place);
    for (size_t c = 0; any > 0 && yaml_find(mapping, "configurations") && loader->rosters_whole &&
                       c < design->configurations;
         c++)
        if (target->applies[c] && target->units[c].hospitals == 0)
            yaml_error(loader->diagnosis, node, "leave the configuration out of 'configurations'",
                       "'%.60s' has no hospital of '%.60s'", design->configuration[c].name,
                       target->place);
}

/* Of what a target is, before its metric is read. False: reported. */
static bool read_place(struct loader *loader, const struct yaml_node *mapping,
                       struct target *target)
{
    const struct yaml_node *hospital = yaml_find(mapping, "hospital");
    const struct yaml_node *sector = yaml_find(mapping, "sector");
    const struct yaml_node *node = hospital ? hospital : sector;
    const char *name = NULL;
    if (hospital && sector) {
        yaml_error(loader->diagnosis, sector, "remove one of them",
                   "a target is of a hospital or of a sector, not of both");
        return false;
    }
    target->of = hospital ? TARGET_OF_HOSPITAL : sector ? TARGET_OF_SECTOR : TARGET_OF_ALL;
    if (!node)
        return true;
    if (!yaml_read_text(node, loader->diagnosis, &name))
        return false;
    if (hospital)
        name = find_hospital(loader, node, name);
    target->place = name ? loader_copy(loader, name) : NULL;
    return target->place != NULL;
}

/* --- the rest --------------------------------------------------------------------------------- */

/* The difference from the baseline, which lives saved always are. False: reported. */
static bool read_against(struct loader *loader, const struct yaml_node *mapping,
                         struct target *target)
{
    const struct yaml_node *node = yaml_find(mapping, "against");
    const char *text = NULL;
    target->against_baseline = target->of == TARGET_OF_ALL && target->metric == METRIC_LIVES_SAVED;
    if (!node)
        return true;
    if (!yaml_read_text(node, loader->diagnosis, &text))
        return false;
    if (strcmp(text, "baseline") != 0) {
        yaml_error(loader->diagnosis, node, "against: baseline",
                   "'%.60s' is not what a target can be held against", text);
        return false;
    }
    target->against_baseline = true;
    if (target->of == TARGET_OF_ALL)
        return true;
    yaml_error(loader->diagnosis, node, "leave it out, or the hospital or sector",
               "only figures of all hospitals together are compared with the baseline's");
    return false;
}

/* What the limit stands in; NULL: none or two, which is reported. */
static const struct yaml_node *read_bound(struct loader *loader, const struct yaml_node *mapping,
                                          struct target *target)
{
    const struct yaml_node *least = yaml_find(mapping, "at_least");
    const struct yaml_node *most = yaml_find(mapping, "at_most");
    bool misspelled = loader_is_misspelled(mapping, keys, KEYS, "at_least") ||
                      loader_is_misspelled(mapping, keys, KEYS, "at_most");
    target->bound = least ? TARGET_AT_LEAST : TARGET_AT_MOST;
    if (least && most) {
        yaml_error(loader->diagnosis, most, "remove one of them, or make two targets",
                   "a target has one bound, not both");
        return NULL;
    }
    if (!least && !most && !misspelled)
        yaml_error(loader->diagnosis, mapping, "at_least: ... or at_most: ...",
                   "the target has no bound");
    return least ? least : most;
}

/* The limit, in the range of its metric. */
static bool read_limit(struct loader *loader, const struct yaml_node *node, struct target *target)
{
    bool benefit = target->of == TARGET_OF_ALL && target->metric == METRIC_NET_MONETARY_BENEFIT_GBP;
    double high = figure_is_share(target_metric_unit(target)) ? 1 : (double)INFINITY;
    double low = target->against_baseline || benefit ? -high : 0;
    return yaml_read_number(node, low, high, loader->diagnosis, &target->limit);
}

static void apply_to(struct loader *loader, const struct yaml_node *node, struct target *target)
{
    const struct design *design = &loader->scenario->design;
    const char *names[MOST_CONFIGURATIONS], *name = NULL;
    char buffer[TEXT];
    if (!yaml_read_text(node, loader->diagnosis, &name))
        return;
    bool nameless = false, found = false;
    for (size_t c = 0; c < design->configurations; c++) {
        names[c] = design->configuration[c].name;
        nameless = nameless || !loader->draft[c].name;
        found = found || strcmp(names[c], name) == 0;
        if (strcmp(names[c], name) == 0)
            target->applies[c] = true;
    }
    if (!found && !nameless && design->configurations > 0)
        yaml_error(loader->diagnosis, node,
                   suggest_remedy(name, names, design->configurations, buffer, sizeof buffer),
                   "there is no configuration '%.60s'", name);
}

/* False: out of memory, reported. */
static bool read_configurations(struct loader *loader, const struct yaml_node *mapping,
                                struct target *target)
{
    const struct yaml_node *list = yaml_find(mapping, "configurations");
    target->configurations = loader->scenario->design.configurations;
    target->applies = calloc(target->configurations + 1, sizeof *target->applies);
    if (!target->applies) {
        diagnosis_out_of_memory(loader->diagnosis);
        return false;
    }
    for (size_t c = 0; !list && c < target->configurations; c++)
        target->applies[c] = true;
    if (!list || !yaml_expect(list, YAML_KIND_SEQUENCE, loader->diagnosis))
        return true;
    if (yaml_count(list) == 0)
        yaml_error(loader->diagnosis, list, "name some, or leave the key out for all",
                   "the list is empty");
    for (size_t i = 0; i < yaml_count(list); i++)
        apply_to(loader, yaml_item(list, i), target);
    return true;
}

/* What a target without a name is called. */
static void describe(const struct target *target, char text[TEXT])
{
    char limit[NUMBER_TEXT_SIZE];
    number_format_shortest(target->limit, limit);
    snprintf(text, TEXT, "%s %s %s%s%s%s%s", target_metric_name(target),
             target->bound == TARGET_AT_LEAST ? "at least" : "at most", limit,
             target->against_baseline ? " against the baseline" : "", target->place ? " (" : "",
             target->place ? target->place : "", target->place ? ")" : "");
}

static void read_name(struct loader *loader, const struct yaml_node *mapping, struct target *target)
{
    const struct yaml_node *node = yaml_find(mapping, "name");
    const struct scenario *scenario = loader->scenario;
    char path[YAML_PATH_SIZE], text[TEXT];
    const char *name = text;
    describe(target, text);
    if (node && !yaml_read_text(node, loader->diagnosis, &name))
        return;
    struct place place = yaml_place(node ? node : mapping);
    place.key = yaml_path(node ? node : mapping, path, sizeof path);
    if (node)
        name_check(name, "target", &place, loader->diagnosis);
    for (size_t t = 0; t < scenario->targets; t++) {
        const char *other = scenario->target[t].name;
        if (other && strcmp(other, name) == 0) {
            diagnosis_error(loader->diagnosis, &place, "give each target a name of its own",
                            "there are two targets '%.100s'", name);
            return;
        }
    }
    target->name = loader_copy(loader, name);
    target->named = node != NULL;
}

/* A target joins the scenario's when all of it is right; what is wrong is reported. */
static void read_target(struct loader *loader, const struct yaml_node *mapping)
{
    struct scenario *scenario = loader->scenario;
    struct target target = {0};
    if (!yaml_expect(mapping, YAML_KIND_MAPPING, loader->diagnosis))
        return;
    yaml_check_keys(mapping, keys, KEYS, loader->diagnosis);
    bool placed = read_place(loader, mapping, &target);
    bool good = read_configurations(loader, mapping, &target);
    const struct yaml_node *limit = read_bound(loader, mapping, &target);
    bool measured = read_metric(loader, mapping, &target);
    measured = measured && read_against(loader, mapping, &target) && limit != NULL &&
               read_limit(loader, limit, &target);
    good = good && measured && placed;
    if (good)
        read_name(loader, mapping, &target);
    if (target.name && target.place && find_units(loader, &target))
        check_units(loader, mapping,
                    yaml_find(mapping, target.of == TARGET_OF_SECTOR ? "sector" : "hospital"),
                    &target);
    if (target.name)
        scenario->target[scenario->targets++] = target;
    else
        target_fini(&target);
}

void loader_read_targets(struct loader *loader)
{
    const struct yaml_node *list = yaml_find(loader->root, "targets");
    if (!list || !yaml_expect(list, YAML_KIND_SEQUENCE, loader->diagnosis))
        return;
    size_t count = yaml_count(list);
    if (count > MOST_TARGETS) {
        yaml_error(loader->diagnosis, list, "a list of at most 500", "there are %zu targets",
                   count);
        return;
    }
    loader->scenario->target = calloc(count + 1, sizeof *loader->scenario->target);
    if (!loader->scenario->target) {
        diagnosis_out_of_memory(loader->diagnosis);
        return;
    }
    for (size_t i = 0; i < count; i++)
        read_target(loader, yaml_item(list, i));
}
