#include "scenarios/sweep/plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/read/suggest.h"
#include "scenarios/read/table.h"
#include "scenarios/read/yaml_tree.h"
#include "scenarios/write/path.h"

static const char *const keys[] = {
    "kind",           "title",   "points",       "trajectories", "base_points",   "draws",
    "levels",         "seed",    "replications", "precision",    "baseline",      "file",
    "configurations", "analyse", "metrics",      "parameters",   "thresholds_gbp"};
enum { KEYS = sizeof keys / sizeof *keys, MOST_THRESHOLDS = 1000 };

struct reading {
    struct sweep_plan *plan;
    const struct yaml_node *root;
    struct diagnosis *diagnosis;
    bool no_memory;
};

static void *need(struct reading *reading, void *memory)
{
    if (memory == NULL && !reading->no_memory) {
        diagnosis_out_of_memory(reading->diagnosis);
        reading->no_memory = true;
    }
    return memory;
}

static char *copy(struct reading *reading, const char *text)
{
    return need(reading, strdup(text));
}

static void missing(struct reading *reading, const char *key, const char *remedy)
{
    struct place place = {.file = reading->plan->path, .key = key};
    diagnosis_error(reading->diagnosis, &place, remedy, "this key is missing");
}

/* A key that this kind of design has no use for. */
static void refuse(struct reading *reading, const char *key, const char *remedy)
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
        missing(reading, "kind", all);
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
            refuse(reading, all[i], wanted);
    if (wanted == NULL)
        return;
    const struct yaml_node *node = yaml_find(reading->root, wanted);
    int64_t size = 0;
    int64_t fewest = reading->plan->kind == SAMPLING_MORRIS ? 2 : 1;
    if (node == NULL)
        missing(reading, wanted, "how many");
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
        refuse(reading, "levels", NULL);
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
    const char *text, *names[METRIC_COUNT];
    char buffer[160];
    if (!yaml_read_text(node, reading->diagnosis, &text))
        return false;
    int found = metric_find(text);
    if (found >= 0) {
        *metric = (enum metric)found;
        return true;
    }
    for (enum metric m = 0; m < METRIC_COUNT; m++)
        names[m] = metric_info(m)->name;
    yaml_error(reading->diagnosis, node,
               suggest_remedy(text, names, METRIC_COUNT, buffer, sizeof buffer),
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
    return copy(reading, text);
}

static void read_configurations(struct reading *reading)
{
    struct sweep_plan *plan = reading->plan;
    const struct yaml_node *list = yaml_find(reading->root, "configurations");
    plan->baseline = read_name(reading, yaml_find(reading->root, "baseline"));
    plan->of = read_name(reading, yaml_find(reading->root, "analyse"));
    if (list == NULL || !yaml_expect(list, YAML_KIND_SEQUENCE, reading->diagnosis))
        return;
    plan->configuration = need(reading, calloc(yaml_count(list) + 1, sizeof(char *)));
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
        plan->threshold_gbp = need(reading, calloc(51, sizeof(double)));
        for (; plan->threshold_gbp != NULL && plan->thresholds < 51; plan->thresholds++)
            plan->threshold_gbp[plan->thresholds] = 1000.0 * (double)plan->thresholds;
        return;
    }
    if (plan->kind != SAMPLING_PSA)
        refuse(reading, "thresholds_gbp", NULL);
    if (!yaml_expect(list, YAML_KIND_SEQUENCE, reading->diagnosis))
        return;
    if (yaml_count(list) == 0 || yaml_count(list) > MOST_THRESHOLDS)
        yaml_error(reading->diagnosis, list, "from 1 to 1000 of them", "there are %zu thresholds",
                   yaml_count(list));
    plan->threshold_gbp = need(reading, calloc(yaml_count(list) + 1, sizeof(double)));
    for (size_t i = 0; plan->threshold_gbp != NULL && i < yaml_count(list); i++)
        if (yaml_read_number(yaml_item(list, i), 0, 1e9, reading->diagnosis,
                             &plan->threshold_gbp[plan->thresholds]))
            plan->thresholds++;
}

/* --- factors ---------------------------------------------------------------------------------- */

/* Beds are counted. */
static bool is_count(const char *key)
{
    size_t length = strlen(key);
    return strncmp(key, "hospital.", 9) == 0 && length > 5 &&
           strcmp(key + length - 5, "_beds") == 0;
}

static void read_values(struct reading *reading, const struct yaml_node *list,
                        struct factor *factor)
{
    if (yaml_count(list) == 0)
        yaml_error(reading->diagnosis, list, "at least one value", "the list is empty");
    factor->kind = FACTOR_VALUES;
    factor->value = need(reading, calloc(yaml_count(list) + 1, sizeof(char *)));
    for (size_t i = 0; factor->value != NULL && i < yaml_count(list); i++) {
        const struct yaml_node *item = yaml_item(list, i);
        if (!yaml_expect(item, YAML_KIND_SCALAR, reading->diagnosis))
            continue;
        char *text = copy(reading, yaml_text(item));
        if (text != NULL)
            factor->value[factor->values++] = text;
    }
}

/* The values of a range in equal steps, as a grid wants them. */
static void spread_out(struct reading *reading, struct factor *factor, int64_t steps)
{
    factor->value = need(reading, calloc((size_t)steps, sizeof(char *)));
    for (int64_t i = 0; factor->value != NULL && i < steps; i++) {
        char buffer[NUMBER_TEXT_SIZE];
        struct factor line = *factor;
        line.whole = false;
        double unit = steps == 1 ? 0.5 : (double)i / (double)(steps - 1);
        factor_text(&line, unit, true, buffer);
        if (factor->whole) {
            double number;
            if (number_parse(buffer, &number))
                number_format(round(number), buffer);
        }
        char *text = copy(reading, buffer);
        if (text != NULL)
            factor->value[factor->values++] = text;
    }
    factor->kind = FACTOR_VALUES;
}

static void read_range(struct reading *reading, const struct yaml_node *node, struct factor *factor)
{
    static const char *const known[] = {"low", "high", "steps", "scale"};
    static const char remedy[] = "{low: 0.8, high: 1.2}";
    const struct yaml_node *low = yaml_find(node, "low"), *high = yaml_find(node, "high");
    const struct yaml_node *steps = yaml_find(node, "steps"), *scale = yaml_find(node, "scale");
    struct diagnosis *diagnosis = reading->diagnosis;
    yaml_check_keys(node, known, sizeof known / sizeof *known, diagnosis);
    factor->kind = FACTOR_RANGE;
    if (low == NULL || high == NULL) {
        yaml_error(diagnosis, node, remedy, "a range has a low and a high end");
        return;
    }
    if (!yaml_read_number(low, -INFINITY, INFINITY, diagnosis, &factor->low) ||
        !yaml_read_number(high, -INFINITY, INFINITY, diagnosis, &factor->high))
        return;
    if (factor->low >= factor->high)
        yaml_error(diagnosis, node, remedy, "the range is empty: low is not below high");
    const char *word = "linear";
    if (scale != NULL && yaml_read_text(scale, diagnosis, &word) && strcmp(word, "log") != 0 &&
        strcmp(word, "linear") != 0)
        yaml_error(diagnosis, scale, "linear or log", "there is no scale '%.60s'", word);
    if (strcmp(word, "log") == 0) {
        factor->kind = FACTOR_LOG;
        if (factor->low <= 0)
            yaml_error(diagnosis, low, "a number above 0", "0 has no logarithm");
    }
    int64_t count = 0;
    bool is_grid = reading->plan->kind == SAMPLING_GRID;
    if (is_grid && steps == NULL)
        yaml_error(diagnosis, node, "{low: 0.8, high: 1.2, steps: 5}, or a list of values",
                   "a grid has steps");
    else if (!is_grid && steps != NULL)
        yaml_error(diagnosis, steps, "leave it out", "only a grid has steps");
    else if (is_grid && yaml_read_integer(steps, 1, 10000, diagnosis, &count))
        spread_out(reading, factor, count);
}

static void read_factor(struct reading *reading, const struct yaml_node *key,
                        const struct yaml_node *node, struct factor *factor)
{
    factor->key = copy(reading, yaml_text(key));
    factor->whole = factor->key != NULL && is_count(factor->key);
    bool evidence = yaml_is_scalar(node) && strcmp(yaml_text(node), "evidence") == 0;
    if (yaml_is_sequence(node))
        read_values(reading, node, factor);
    else if (yaml_is_mapping(node))
        read_range(reading, node, factor);
    else if (evidence && reading->plan->kind != SAMPLING_GRID)
        factor->kind = FACTOR_EVIDENCE;
    else
        yaml_error(reading->diagnosis, node,
                   reading->plan->kind == SAMPLING_GRID
                       ? "a list of values, or {low: ..., high: ..., steps: ...}"
                       : "a list of values, {low: ..., high: ...} or evidence",
                   "these are no values of a factor");
}

static void read_factors(struct reading *reading)
{
    struct sweep_plan *plan = reading->plan;
    const struct yaml_node *mapping = yaml_find(reading->root, "parameters");
    if (mapping == NULL) {
        missing(reading, "parameters", "each with its values");
        return;
    }
    if (!yaml_expect(mapping, YAML_KIND_MAPPING, reading->diagnosis))
        return;
    size_t count = yaml_count(mapping);
    if (count == 0 || count > PLAN_MOST_FACTORS) {
        yaml_error(reading->diagnosis, mapping, "from 1 to 1000 of them",
                   "there are %zu parameters", count);
        return;
    }
    plan->factor = need(reading, calloc(count, sizeof *plan->factor));
    plan->levels = need(reading, calloc(count, sizeof *plan->levels));
    if (plan->factor == NULL || plan->levels == NULL)
        return;
    for (size_t f = 0; f < count; f++) {
        plan->factors++;
        read_factor(reading, yaml_key(mapping, f), yaml_item(mapping, f), &plan->factor[f]);
        plan->levels[f] = plan->factor[f].values;
    }
}

/* --- lists ------------------------------------------------------------------------------------ */

static bool make_cells(struct reading *reading, size_t points, size_t factors)
{
    struct sweep_plan *plan = reading->plan;
    plan->factor = need(reading, calloc(factors + 1, sizeof *plan->factor));
    plan->cell = need(reading, calloc(points * factors + 1, sizeof *plan->cell));
    if (plan->factor == NULL || plan->cell == NULL)
        return false;
    plan->size = points;
    return true;
}

/* A column a factor; a column named point, as design.csv has it, is passed over. */
static void take_table(struct reading *reading, const struct table *table)
{
    struct sweep_plan *plan = reading->plan;
    size_t columns = table_column_count(table);
    int point = table_column(table, "point");
    size_t factors = columns - (point >= 0);
    if (factors == 0) {
        struct place place = {.file = plan->list_path};
        diagnosis_error(reading->diagnosis, &place, "name it as --set does",
                        "there is no column of a parameter");
        return;
    }
    if (!make_cells(reading, table_row_count(table), factors))
        return;
    for (size_t column = 0; column < columns; column++) {
        if ((int)column == point)
            continue;
        size_t f = plan->factors++;
        plan->factor[f].key = copy(reading, table_header(table, column));
        for (size_t row = 0; row < plan->size; row++)
            if (table_given(table, row, column))
                plan->cell[row * factors + f] = copy(reading, table_text(table, row, column));
    }
}

static void read_list_file(struct reading *reading, const struct yaml_node *node)
{
    struct sweep_plan *plan = reading->plan;
    const char *name;
    if (!yaml_read_text(node, reading->diagnosis, &name))
        return;
    char *folder = need(reading, path_parent(plan->path));
    plan->list_name = copy(reading, name);
    if (folder != NULL)
        plan->list_path =
            need(reading,
                 *name == '/' || strcmp(folder, ".") == 0 ? strdup(name) : path_join(folder, name));
    free(folder);
    if (plan->list_path == NULL)
        return;
    struct table *table =
        table_read_file(plan->list_path, NULL, TABLE_NEEDS_ROWS, reading->diagnosis);
    if (table != NULL)
        take_table(reading, table);
    table_free(table);
}

static size_t factor_named(struct reading *reading, const char *key)
{
    struct sweep_plan *plan = reading->plan;
    for (size_t f = 0; f < plan->factors; f++)
        if (plan->factor[f].key != NULL && strcmp(plan->factor[f].key, key) == 0)
            return f;
    plan->factor[plan->factors].key = copy(reading, key);
    return plan->factors++;
}

/* Points one under the other, each a mapping of keys to values. */
static void read_list_items(struct reading *reading, const struct yaml_node *list)
{
    size_t factors = 0, points = yaml_count(list);
    for (size_t p = 0; p < points; p++)
        factors += yaml_count(yaml_item(list, p)); /* at most */
    if (points == 0 || factors == 0) {
        yaml_error(reading->diagnosis, list, "a list of {KEY: VALUE}", "there are no points");
        return;
    }
    struct sweep_plan *plan = reading->plan;
    plan->factor = need(reading, calloc(factors, sizeof *plan->factor));
    if (plan->factor == NULL)
        return;
    for (size_t p = 0; p < points; p++) {
        const struct yaml_node *item = yaml_item(list, p);
        if (yaml_expect(item, YAML_KIND_MAPPING, reading->diagnosis))
            for (size_t i = 0; i < yaml_count(item); i++)
                factor_named(reading, yaml_text(yaml_key(item, i)));
    }
    plan->cell = need(reading, calloc(points * plan->factors + 1, sizeof *plan->cell));
    for (size_t p = 0; plan->cell != NULL && p < points; p++) {
        const struct yaml_node *item = yaml_item(list, p);
        for (size_t i = 0; yaml_is_mapping(item) && i < yaml_count(item); i++) {
            const struct yaml_node *value = yaml_item(item, i);
            size_t f = factor_named(reading, yaml_text(yaml_key(item, i)));
            if (yaml_expect(value, YAML_KIND_SCALAR, reading->diagnosis) &&
                plan->cell[p * plan->factors + f] == NULL)
                plan->cell[p * plan->factors + f] = copy(reading, yaml_text(value));
        }
    }
    plan->size = plan->cell != NULL ? points : 0;
}

static void read_list(struct reading *reading)
{
    const struct yaml_node *file = yaml_find(reading->root, "file");
    const struct yaml_node *points = yaml_find(reading->root, "points");
    refuse(reading, "parameters", "points: a list of {KEY: VALUE}, or file: FILE");
    if (file != NULL && points != NULL)
        yaml_error(reading->diagnosis, file, "give one of them", "the points are given too");
    else if (file != NULL)
        read_list_file(reading, file);
    else if (points == NULL)
        missing(reading, "points", "a list of {KEY: VALUE}, or file: FILE");
    else if (yaml_expect(points, YAML_KIND_SEQUENCE, reading->diagnosis))
        read_list_items(reading, points);
}

static void check_sampling(struct reading *reading)
{
    struct sweep_plan *plan = reading->plan;
    struct sampling_plan sampling = plan_sampling(plan, 1);
    uint64_t points;
    struct place place = {.file = plan->path, .key = "parameters"};
    switch (sampling_plan_points(&sampling, &points)) {
    case SAMPLING_OK:
        break;
    case SAMPLING_NO_MEMORY:
        diagnosis_out_of_memory(reading->diagnosis);
        break;
    case SAMPLING_TOO_MANY_FACTORS:
        diagnosis_error(reading->diagnosis, &place,
                        "sobol takes 40 of them, sobol_indices 20; morris or lhs take more",
                        "%zu are too many for a %s design", plan->factors,
                        sampling_kind_name(plan->kind));
        break;
    case SAMPLING_TOO_MANY_POINTS:
        diagnosis_error(reading->diagnosis, &place, "fewer, or a lhs design",
                        "a %s design of them has more points than can be counted",
                        sampling_kind_name(plan->kind));
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
        read_list(reading);
    else
        refuse(reading, "file", "kind: list");
    if (reading->plan->kind == SAMPLING_PSA)
        refuse(reading, "parameters", "all that are uncertain are drawn; lhs takes some of them");
    else if (reading->plan->kind != SAMPLING_LIST)
        read_factors(reading);
    if (diagnosis_errors(reading->diagnosis) == before)
        check_sampling(reading);
}

struct sweep_plan *plan_read(const char *path, struct diagnosis *diagnosis)
{
    size_t before = diagnosis_errors(diagnosis);
    struct reading reading = {.diagnosis = diagnosis};
    struct yaml_tree *tree = yaml_tree_read_file(path, NULL, diagnosis);
    reading.plan = tree == NULL ? NULL : need(&reading, calloc(1, sizeof *reading.plan));
    if (reading.plan != NULL) {
        reading.plan->path = copy(&reading, path);
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
