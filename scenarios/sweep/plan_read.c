#include "scenarios/sweep/plan_reading.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/read/suggest.h"

static const char *const keys[] = {
    "kind",           "title",   "points",       "trajectories", "base_points",   "draws",
    "levels",         "seed",    "replications", "precision",    "baseline",      "file",
    "configurations", "analyse", "metrics",      "parameters",   "thresholds_gbp"};
enum { KEYS = sizeof keys / sizeof *keys, MOST_THRESHOLDS = 1000 };

void *reading_need(struct reading *reading, void *memory)
{
    if (memory == NULL && !reading->no_memory) {
        diagnosis_out_of_memory(reading->diagnosis);
        reading->no_memory = true;
    }
    return memory;
}

char *reading_copy(struct reading *reading, const char *text)
{
    return reading_need(reading, strdup(text));
}

void reading_missing(struct reading *reading, const char *key, const char *remedy)
{
    struct place place = {.file = reading->plan->path, .key = key};
    diagnosis_error(reading->diagnosis, &place, remedy, "this key is missing");
}

void reading_refuse(struct reading *reading, const char *key, const char *remedy)
{
    const struct yaml_node *node = yaml_find(reading->root, key);
    if (node != NULL)
        yaml_error(reading->diagnosis, node, remedy, "a %s design has no '%s'",
                   sampling_kind_name(reading->plan->kind), key);
}

static bool read_kind(struct reading *reading)
{
    const struct yaml_node *node = yaml_find(reading->root, "kind");
    static const char all[] = "grid, list, lhs, sobol, halton, oat, morris, sobol_indices or psa";
    const char *names[SAMPLING_KINDS], *text;
    char buffer[96];
    if (node == NULL) {
        reading_missing(reading, "kind", all);
        return false;
    }
    if (!yaml_read_text(node, reading->diagnosis, &text))
        return false;
    for (enum sampling_kind kind = 0; kind < SAMPLING_KINDS; kind++) {
        names[kind] = sampling_kind_name(kind);
        reading->plan->kind = kind;
        if (strcmp(text, names[kind]) == 0)
            return true;
    }
    const char *near = suggest_remedy(text, names, SAMPLING_KINDS, buffer, sizeof buffer);
    yaml_error(reading->diagnosis, node, near != NULL ? near : all,
               "there is no kind of design '%.60s'", text);
    return false;
}

static void read_size(struct reading *reading)
{
    static const char *const size_key[SAMPLING_KINDS] = {
        [SAMPLING_LHS] = "points",    [SAMPLING_SOBOL] = "points",
        [SAMPLING_HALTON] = "points", [SAMPLING_MORRIS] = "trajectories",
        [SAMPLING_PSA] = "draws",     [SAMPLING_SOBOL_INDICES] = "base_points",
    };
    static const char *const all[] = {"points", "trajectories", "base_points", "draws"};
    const char *wanted = size_key[reading->plan->kind];
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if ((wanted == NULL || strcmp(all[i], wanted) != 0) &&
            !(reading->plan->kind == SAMPLING_LIST && i == 0))
            reading_refuse(reading, all[i], wanted);
    if (wanted == NULL)
        return;
    const struct yaml_node *node = yaml_find(reading->root, wanted);
    int64_t size = 0;
    int64_t fewest = reading->plan->kind == SAMPLING_MORRIS ? 2 : 1;
    if (node == NULL)
        reading_missing(reading, wanted, "how many");
    else if (yaml_read_integer(node, fewest, INT64_MAX / 4, reading->diagnosis, &size))
        reading->plan->size = (uint64_t)size;
}

static void read_levels(struct reading *reading)
{
    const struct yaml_node *node = yaml_find(reading->root, "levels");
    int64_t levels = SAMPLING_MORRIS_LEVELS;
    if (node == NULL)
        return;
    if (reading->plan->kind != SAMPLING_MORRIS)
        reading_refuse(reading, "levels", NULL);
    else if (yaml_read_integer(node, 2, 1000, reading->diagnosis, &levels) && levels % 2 != 0)
        yaml_error(reading->diagnosis, node, "an even number", "%d is odd", (int)levels);
    reading->plan->morris_levels = (unsigned)levels;
}

static void read_seed(struct reading *reading)
{
    const struct yaml_node *node = yaml_find(reading->root, "seed");
    int64_t seed;
    if (node != NULL && yaml_read_integer(node, 0, INT64_MAX, reading->diagnosis, &seed)) {
        reading->plan->seed = (uint64_t)seed;
        reading->plan->seed_given = true;
    }
}

static bool read_metric(struct reading *reading, const struct yaml_node *node, enum metric *metric)
{
    const char *text;
    char buffer[160];
    if (!yaml_read_text(node, reading->diagnosis, &text))
        return false;
    int found = metric_find(text);
    if (found >= 0) {
        *metric = (enum metric)found;
        return true;
    }
    yaml_error(reading->diagnosis, node, suggest_metric(text, buffer, sizeof buffer),
               "there is no metric '%.60s'", text);
    return false;
}

static void read_precision(struct reading *reading, const struct yaml_node *node)
{
    static const char *const known[] = {"metric", "half_width"};
    struct sweep_plan *plan = reading->plan;
    if (!yaml_expect(node, YAML_KIND_MAPPING, reading->diagnosis))
        return;
    yaml_check_keys(node, known, 2, reading->diagnosis);
    const struct yaml_node *metric = yaml_find(node, "metric");
    const struct yaml_node *half_width = yaml_find(node, "half_width");
    if (metric == NULL || half_width == NULL)
        yaml_error(reading->diagnosis, node, "{metric: lives_saved, half_width: 2}",
                   "a metric and a half-width are wanted");
    if (metric != NULL)
        read_metric(reading, metric, &plan->precision_metric);
    if (half_width != NULL &&
        yaml_read_number(half_width, 0, INFINITY, reading->diagnosis,
                         &plan->precision_half_width) &&
        plan->precision_half_width <= 0)
        yaml_error(reading->diagnosis, half_width, "a number above 0", "0 is never reached");
    plan->replications = 0;
}

static void read_replications(struct reading *reading)
{
    struct sweep_plan *plan = reading->plan;
    const struct yaml_node *number = yaml_find(reading->root, "replications");
    const struct yaml_node *precision = yaml_find(reading->root, "precision");
    int64_t replications;
    plan->replications = plan->kind == SAMPLING_PSA ? PLAN_PSA_REPLICATIONS : PLAN_REPLICATIONS;
    if (number != NULL && precision != NULL)
        yaml_error(reading->diagnosis, precision, "give one of them",
                   "the replications are given too");
    if (number != NULL && yaml_read_integer(number, 1, 1000000, reading->diagnosis, &replications))
        plan->replications = (uint64_t)replications;
    if (precision != NULL)
        read_precision(reading, precision);
}

static char *read_name(struct reading *reading, const struct yaml_node *node)
{
    const char *text;
    if (node == NULL || !yaml_read_text(node, reading->diagnosis, &text))
        return NULL;
    return reading_copy(reading, text);
}

static void read_configurations(struct reading *reading)
{
    struct sweep_plan *plan = reading->plan;
    const struct yaml_node *list = yaml_find(reading->root, "configurations");
    plan->baseline = read_name(reading, yaml_find(reading->root, "baseline"));
    plan->of = read_name(reading, yaml_find(reading->root, "analyse"));
    if (list == NULL || !yaml_expect(list, YAML_KIND_SEQUENCE, reading->diagnosis))
        return;
    plan->configuration = reading_need(reading, calloc(yaml_count(list) + 1, sizeof(char *)));
    for (size_t i = 0; plan->configuration != NULL && i < yaml_count(list); i++) {
        char *name = read_name(reading, yaml_item(list, i));
        if (name != NULL)
            plan->configuration[plan->configurations++] = name;
    }
}

static void read_metrics(struct reading *reading)
{
    static const enum metric usual[] = {METRIC_LIVES_SAVED,
                                        METRIC_MORTALITY_90D,
                                        METRIC_MRS_0_2_90D,
                                        METRIC_TRAVEL_MIN,
                                        METRIC_COST_90D_GBP,
                                        METRIC_QALYS_LIFETIME,
                                        METRIC_NET_MONETARY_BENEFIT_GBP};
    struct sweep_plan *plan = reading->plan;
    const struct yaml_node *list = yaml_find(reading->root, "metrics");
    if (list == NULL) {
        memcpy(plan->metric, usual, sizeof usual);
        plan->metrics = sizeof usual / sizeof *usual;
        return;
    }
    if (!yaml_expect(list, YAML_KIND_SEQUENCE, reading->diagnosis))
        return;
    for (size_t i = 0; i < yaml_count(list) && plan->metrics < METRIC_COUNT; i++)
        if (read_metric(reading, yaml_item(list, i), &plan->metric[plan->metrics]))
            plan->metrics++;
}

static void read_thresholds(struct reading *reading)
{
    struct sweep_plan *plan = reading->plan;
    const struct yaml_node *list = yaml_find(reading->root, "thresholds_gbp");
    if (list == NULL) { /* 0 to 50,000 in steps of 1,000 */
        plan->threshold_gbp = reading_need(reading, calloc(51, sizeof(double)));
        for (; plan->threshold_gbp != NULL && plan->thresholds < 51; plan->thresholds++)
            plan->threshold_gbp[plan->thresholds] = 1000.0 * (double)plan->thresholds;
        return;
    }
    if (plan->kind != SAMPLING_PSA)
        reading_refuse(reading, "thresholds_gbp", NULL);
    if (!yaml_expect(list, YAML_KIND_SEQUENCE, reading->diagnosis))
        return;
    if (yaml_count(list) == 0 || yaml_count(list) > MOST_THRESHOLDS)
        yaml_error(reading->diagnosis, list, "from 1 to 1000 of them", "there are %zu thresholds",
                   yaml_count(list));
    plan->threshold_gbp = reading_need(reading, calloc(yaml_count(list) + 1, sizeof(double)));
    for (size_t i = 0; plan->threshold_gbp != NULL && i < yaml_count(list); i++)
        if (yaml_read_number(yaml_item(list, i), 0, 1e9, reading->diagnosis,
                             &plan->threshold_gbp[plan->thresholds]))
            plan->thresholds++;
}

/* What changes nothing in a sweep. */
static void refuse_idle_factors(struct reading *reading)
{
    const char *draws = parameter_info(P_RUN_EVIDENCE_DRAWS)->key;
    const struct sweep_plan *plan = reading->plan;
    for (size_t f = 0; f < plan->factors; f++) {
        struct place place = {.file = plan->path, .key = draws};
        if (plan->factor[f].key != NULL && strcmp(plan->factor[f].key, draws) == 0)
            diagnosis_error(reading->diagnosis, &place, "draws: N, in a design of kind: psa",
                            "the points of a sweep draw no evidence");
    }
}

static void read_all(struct reading *reading)
{
    size_t before = diagnosis_errors(reading->diagnosis);
    yaml_check_keys(reading->root, keys, KEYS, reading->diagnosis);
    if (!read_kind(reading))
        return;
    read_size(reading);
    read_levels(reading);
    read_seed(reading);
    read_replications(reading);
    read_configurations(reading);
    read_metrics(reading);
    read_thresholds(reading);
    if (reading->plan->kind == SAMPLING_LIST)
        reading_list(reading);
    else
        reading_refuse(reading, "file", "kind: list");
    if (reading->plan->kind == SAMPLING_PSA)
        reading_refuse(reading, "parameters",
                       "all that are uncertain are drawn; lhs takes some of them");
    else if (reading->plan->kind != SAMPLING_LIST)
        reading_factors(reading);
    refuse_idle_factors(reading);
    if (diagnosis_errors(reading->diagnosis) == before && !reading->plan->all_uncertain)
        plan_check_sampling(reading->plan, reading->diagnosis);
}

struct sweep_plan *plan_read(const char *path, struct diagnosis *diagnosis)
{
    size_t before = diagnosis_errors(diagnosis);
    struct reading reading = {.diagnosis = diagnosis};
    struct yaml_tree *tree = yaml_tree_read_file(path, NULL, diagnosis);
    reading.plan = tree == NULL ? NULL : reading_need(&reading, calloc(1, sizeof *reading.plan));
    if (reading.plan != NULL) {
        reading.plan->path = reading_copy(&reading, path);
        reading.root = yaml_tree_root(tree);
        if (yaml_expect(reading.root, YAML_KIND_MAPPING, diagnosis))
            read_all(&reading);
    }
    yaml_tree_free(tree);
    if (diagnosis_errors(diagnosis) == before)
        return reading.plan;
    plan_free(reading.plan);
    return NULL;
}
