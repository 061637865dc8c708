#include "scenarios/report/by_hospital.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/read/name_index.h"

static bool is_of(const struct table *table, size_t row, const char *configuration)
{
    return strcmp(results_text(table, row, "configuration"), configuration) == 0;
}

/* Every hospital has a row of each metric; one of them counts the hospitals. */
static bool names_hospital(const struct table *table, size_t row, const char *configuration)
{
    return strcmp(results_text(table, row, "metric"), "strokes") == 0 &&
           is_of(table, row, configuration);
}

static size_t count_hospitals(const struct table *table, const char *configuration)
{
    size_t count = 0;
    for (size_t row = 0; row < table_row_count(table); row++)
        count += names_hospital(table, row, configuration);
    return count;
}

static void take_names(struct by_hospital *by, const struct table *table, const char *configuration)
{
    size_t h = 0;
    for (size_t row = 0; row < table_row_count(table); row++) {
        if (!names_hospital(table, row, configuration))
            continue;
        by->name[h] = results_text(table, row, "hospital");
        by->role[h++] = results_text(table, row, "role");
    }
}

static struct hospital_figure figure_at(const struct table *table, size_t row)
{
    return (struct hospital_figure){
        .mean = results_number(table, row, "mean"),
        .ci_low = results_number(table, row, "ci_low"),
        .ci_high = results_number(table, row, "ci_high"),
        .p05 = results_number(table, row, "p05"),
        .p50 = results_number(table, row, "p50"),
        .p95 = results_number(table, row, "p95"),
    };
}

static size_t metric_at(const char *name, const char *const metric[], size_t metrics)
{
    size_t m = 0;
    while (m < metrics && strcmp(metric[m], name) != 0)
        m++;
    return m;
}

static void take_figures(struct by_hospital *by, const struct table *table,
                         const char *configuration, const char *const metric[],
                         const struct name_index *index)
{
    for (size_t i = 0; i < by->hospitals * by->metrics; i++)
        by->figure[i] = (struct hospital_figure){NAN, NAN, NAN, NAN, NAN, NAN};
    for (size_t row = 0; row < table_row_count(table); row++) {
        size_t m = metric_at(results_text(table, row, "metric"), metric, by->metrics);
        if (m == by->metrics || !is_of(table, row, configuration))
            continue;
        size_t h = name_index_find(index, results_text(table, row, "hospital"));
        if (h != NAME_NOT_FOUND)
            by->figure[h * by->metrics + m] = figure_at(table, row);
    }
}

static const char *name_at(const void *context, size_t at)
{
    const struct by_hospital *by = context;
    return by->name[at];
}

bool by_hospital_read(struct by_hospital *by, const struct results_read *results,
                      enum results_file file, size_t configuration, const char *const metric[],
                      size_t metrics)
{
    const struct table *table = results->table[file];
    const char *name = results->configuration[configuration].name;
    struct name_index index = {0};
    *by = (struct by_hospital){.metrics = metrics};
    if (table == NULL)
        return true;
    by->hospitals = count_hospitals(table, name);
    by->name = calloc(by->hospitals + 1, sizeof *by->name);
    by->role = calloc(by->hospitals + 1, sizeof *by->role);
    by->figure = calloc(by->hospitals * metrics + 1, sizeof *by->figure);
    if (by->name != NULL && by->role != NULL && by->figure != NULL) {
        take_names(by, table, name);
        if (name_index_init(&index, by->hospitals, name_at, by)) {
            take_figures(by, table, name, metric, &index);
            name_index_fini(&index);
            return true;
        }
    }
    by_hospital_free(by);
    return false;
}

void by_hospital_free(struct by_hospital *by)
{
    free(by->name);
    free(by->role);
    free(by->figure);
    *by = (struct by_hospital){0};
}

const struct hospital_figure *by_hospital_at(const struct by_hospital *by, size_t hospital,
                                             size_t metric)
{
    return &by->figure[hospital * by->metrics + metric];
}
