#include "scenarios/sweep/plan_reading.h"

#include <stdlib.h>
#include <string.h>

#include "scenarios/read/table.h"
#include "scenarios/write/path.h"

static bool make_cells(struct reading *reading, size_t points, size_t factors)
{
    struct sweep_plan *plan = reading->plan;
    plan->factor = reading_need(reading, calloc(factors + 1, sizeof *plan->factor));
    plan->cell = reading_need(reading, calloc(points * factors + 1, sizeof *plan->cell));
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
        plan->factor[f].key = reading_copy(reading, table_header(table, column));
        for (size_t row = 0; row < plan->size; row++)
            if (table_given(table, row, column))
                plan->cell[row * factors + f] =
                    reading_copy(reading, table_text(table, row, column));
    }
}

static void read_list_file(struct reading *reading, const struct yaml_node *node)
{
    struct sweep_plan *plan = reading->plan;
    const char *name;
    if (!yaml_read_text(node, reading->diagnosis, &name))
        return;
    char *folder = reading_need(reading, path_parent(plan->path));
    plan->list_name = reading_copy(reading, name);
    if (folder != NULL)
        plan->list_path = reading_need(reading, *name == '/' || strcmp(folder, ".") == 0
                                                    ? strdup(name)
                                                    : path_join(folder, name));
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
    plan->factor[plan->factors].key = reading_copy(reading, key);
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
    plan->factor = reading_need(reading, calloc(factors, sizeof *plan->factor));
    if (plan->factor == NULL)
        return;
    for (size_t p = 0; p < points; p++) {
        const struct yaml_node *item = yaml_item(list, p);
        if (yaml_expect(item, YAML_KIND_MAPPING, reading->diagnosis))
            for (size_t i = 0; i < yaml_count(item); i++)
                factor_named(reading, yaml_text(yaml_key(item, i)));
    }
    plan->cell = reading_need(reading, calloc(points * plan->factors + 1, sizeof *plan->cell));
    for (size_t p = 0; plan->cell != NULL && p < points; p++) {
        const struct yaml_node *item = yaml_item(list, p);
        for (size_t i = 0; yaml_is_mapping(item) && i < yaml_count(item); i++) {
            const struct yaml_node *value = yaml_item(item, i);
            size_t f = factor_named(reading, yaml_text(yaml_key(item, i)));
            if (yaml_expect(value, YAML_KIND_SCALAR, reading->diagnosis) &&
                plan->cell[p * plan->factors + f] == NULL)
                plan->cell[p * plan->factors + f] = reading_copy(reading, yaml_text(value));
        }
    }
    plan->size = plan->cell != NULL ? points : 0;
}

void reading_list(struct reading *reading)
{
    const struct yaml_node *file = yaml_find(reading->root, "file");
    const struct yaml_node *points = yaml_find(reading->root, "points");
    reading_refuse(reading, "parameters", "points: a list of {KEY: VALUE}, or file: FILE");
    if (file != NULL && points != NULL)
        yaml_error(reading->diagnosis, file, "give one of them", "the points are given too");
    else if (file != NULL)
        read_list_file(reading, file);
    else if (points == NULL)
        reading_missing(reading, "points", "a list of {KEY: VALUE}, or file: FILE");
    else if (yaml_expect(points, YAML_KIND_SEQUENCE, reading->diagnosis))
        read_list_items(reading, points);
}
