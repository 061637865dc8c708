#include "scenarios/sweep/plan_reading.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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
    factor->value = reading_need(reading, calloc(yaml_count(list) + 1, sizeof(char *)));
    for (size_t i = 0; factor->value != NULL && i < yaml_count(list); i++) {
        const struct yaml_node *item = yaml_item(list, i);
        if (!yaml_expect(item, YAML_KIND_SCALAR, reading->diagnosis))
            continue;
        char *text = reading_copy(reading, yaml_text(item));
        if (text != NULL)
            factor->value[factor->values++] = text;
    }
}

/* The values of a range in equal steps, as a grid wants them. */
static void spread_out(struct reading *reading, struct factor *factor, int64_t steps)
{
    factor->value = reading_need(reading, calloc((size_t)steps, sizeof(char *)));
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
        char *text = reading_copy(reading, buffer);
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
    factor->key = reading_copy(reading, yaml_text(key));
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

void reading_factors(struct reading *reading)
{
    struct sweep_plan *plan = reading->plan;
    const struct yaml_node *mapping = yaml_find(reading->root, "parameters");
    if (mapping == NULL) {
        reading_missing(reading, "parameters", "each with its values");
        return;
    }
    plan->all_uncertain = yaml_is_scalar(mapping) && plan->kind != SAMPLING_GRID &&
                          strcmp(yaml_text(mapping), "evidence") == 0;
    if (plan->all_uncertain || !yaml_expect(mapping, YAML_KIND_MAPPING, reading->diagnosis))
        return;
    size_t count = yaml_count(mapping);
    if (count == 0 || count > PLAN_MOST_FACTORS) {
        yaml_error(reading->diagnosis, mapping, "from 1 to 1000 of them",
                   "there are %zu parameters", count);
        return;
    }
    plan->factor = reading_need(reading, calloc(count, sizeof *plan->factor));
    plan->levels = reading_need(reading, calloc(count, sizeof *plan->levels));
    if (plan->factor == NULL || plan->levels == NULL)
        return;
    for (size_t f = 0; f < count; f++) {
        plan->factors++;
        read_factor(reading, yaml_key(mapping, f), yaml_item(mapping, f), &plan->factor[f]);
        plan->levels[f] = plan->factor[f].values;
    }
}
