#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/read/number.h"
#include "scenarios/read/row_reader.h"
#include "scenarios/sweep/analysis_inside.h"
#include "scenarios/write/path.h"
#include "scenarios/write/table_parts.h"

/* Draws with figures for every option, and their parameters. */
struct usable {
    const struct analysis *analysis;
    uint64_t *draw;
    size_t n;
    double *qalys, *cost_gbp, *noise_se;
    size_t *row; /* of each draw among the usable; n: not usable */
    char **column;
    size_t columns;
    double *parameter; /* a row a usable draw */
    double *evpi_gbp;  /* of everything, at each threshold */
};

static void usable_fini(struct usable *usable)
{
    for (size_t c = 0; usable->column != NULL && c < usable->columns; c++)
        free(usable->column[c]);
    free(usable->column);
    free(usable->parameter);
    free(usable->draw);
    free(usable->qalys);
    free(usable->cost_gbp);
    free(usable->noise_se);
    free(usable->evpi_gbp);
    free(usable->row);
}

static bool usable_init(struct usable *usable, const struct analysis *analysis)
{
    size_t options = analysis->options, cells = analysis->points * options;
    *usable = (struct usable){.analysis = analysis,
                              .draw = calloc(analysis->points + 1, sizeof(uint64_t)),
                              .qalys = calloc(cells + 1, sizeof(double)),
                              .cost_gbp = calloc(cells + 1, sizeof(double)),
                              .noise_se = calloc(cells + 1, sizeof(double)),
                              .row = calloc(analysis->points + 1, sizeof(size_t)),
                              .evpi_gbp = calloc(analysis->thresholds + 1, sizeof(double))};
    if (usable->draw == NULL || usable->qalys == NULL || usable->cost_gbp == NULL ||
        usable->noise_se == NULL || usable->row == NULL || usable->evpi_gbp == NULL)
        return false;
    for (uint64_t p = 0; p < analysis->points; p++) {
        bool good = true;
        for (size_t o = 0; o < options; o++)
            good = good && isfinite(analysis->qalys[p * options + o]) &&
                   isfinite(analysis->cost_gbp[p * options + o]);
        usable->row[p] = SIZE_MAX;
        if (!good)
            continue;
        memcpy(&usable->qalys[usable->n * options], &analysis->qalys[p * options],
               options * sizeof(double));
        memcpy(&usable->cost_gbp[usable->n * options], &analysis->cost_gbp[p * options],
               options * sizeof(double));
        usable->row[p] = usable->n;
        usable->draw[usable->n++] = p + 1;
    }
    return true;
}

/* --- parameters by group ---------------------------------------------------------------------- */

static bool take_names(struct usable *usable, const char *const field[], size_t fields)
{
    usable->column = calloc(fields, sizeof *usable->column);
    usable->parameter = calloc(usable->n * fields + 1, sizeof(double));
    if (usable->column == NULL || usable->parameter == NULL)
        return false;
    for (size_t f = 1; f < fields; f++) { /* the first is the point */
        usable->column[usable->columns] = strdup(field[f]);
        if (usable->column[usable->columns] == NULL)
            return false;
        usable->columns++;
    }
    return true;
}

static bool take_parameters(void *context, const char *const field[], size_t fields)
{
    struct usable *usable = context;
    if (usable->column == NULL)
        return take_names(usable, field, fields);
    uint64_t point = strtoull(field[0], NULL, 10);
    if (point == 0 || point > usable->analysis->points || fields != usable->columns + 1)
        return false;
    size_t row = usable->row[point - 1];
    for (size_t c = 0; row != SIZE_MAX && c < usable->columns; c++) {
        double value;
        usable->parameter[row * usable->columns + c] =
            number_parse(field[c + 1], &value) ? value : 0;
    }
    return true;
}

/* "outcome" of "outcome.organised_care_or": how long it is. */
static size_t group_length(const char *column)
{
    return strcspn(column, ".");
}

static bool is_of_group(const char *column, const char *group)
{
    size_t length = group_length(group);
    return group_length(column) == length && strncmp(column, group, length) == 0;
}

static bool is_first_of_group(const struct usable *usable, size_t c)
{
    for (size_t before = 0; before < c; before++)
        if (is_of_group(usable->column[before], usable->column[c]))
            return false;
    return true;
}

/* The regression on the columns of a group. NULL: no memory. */
static struct group *regress(const struct usable *usable, const struct draws *draws, size_t first)
{
    size_t columns = 0;
    double *parameter = calloc(usable->n * usable->columns + 1, sizeof *parameter);
    if (parameter == NULL)
        return NULL;
    for (size_t c = first; c < usable->columns; c++)
        columns += is_of_group(usable->column[c], usable->column[first]);
    for (size_t d = 0; d < usable->n; d++)
        for (size_t c = first, at = 0; c < usable->columns; c++)
            if (is_of_group(usable->column[c], usable->column[first]))
                parameter[d * columns + at++] = usable->parameter[d * usable->columns + c];
    struct group *group = group_new(draws, parameter, columns);
    free(parameter);
    return group;
}

/* --- the tables ------------------------------------------------------------------------------- */

static bool write_plane(const struct usable *usable, struct write_fault *fault)
{
    const struct analysis *analysis = usable->analysis;
    struct csv_writer *table = analysis_table(analysis, "ce_plane.csv", fault);
    if (table == NULL)
        return false;
    TABLE_COLUMNS(table, "draw", "qalys", "cost_gbp");
    for (size_t d = 0; d < usable->n; d++) {
        csv_writer_integer(table, (int64_t)usable->draw[d]);
        csv_writer_number(table, usable->qalys[d * analysis->options + analysis->of]);
        csv_writer_number(table, usable->cost_gbp[d * analysis->options + analysis->of]);
        csv_writer_end_row(table);
    }
    return csv_writer_close(table, fault);
}

static bool write_ceac(const struct usable *usable, const struct draws *draws,
                       struct write_fault *fault)
{
    const struct analysis *analysis = usable->analysis;
    double *probability = calloc(analysis->options, sizeof *probability);
    struct csv_writer *table = analysis_table(analysis, "ceac.csv", fault);
    if (table == NULL || probability == NULL) {
        csv_writer_abandon(table);
        free(probability);
        return false;
    }
    TABLE_COLUMNS(table, "threshold_gbp", "probability");
    for (size_t t = 0; t < analysis->thresholds; t++) {
        information_ceac(draws, analysis->threshold_gbp[t], probability);
        csv_writer_number(table, analysis->threshold_gbp[t]);
        csv_writer_number(table, probability[analysis->of]);
        csv_writer_end_row(table);
    }
    free(probability);
    return csv_writer_close(table, fault);
}

static void put_value(struct csv_writer *table, double threshold_gbp, const char *group,
                      size_t length, struct interval value)
{
    char name[200];
    snprintf(name, sizeof name, "%.*s", (int)length, group);
    csv_writer_number(table, threshold_gbp);
    csv_writer_text(table, name);
    csv_writer_number(table, value.value);
    csv_writer_number(table, value.low);
    csv_writer_number(table, value.high);
    csv_writer_end_row(table);
}

/* Of everything, with what shows its bias: half the draws, and simulation noise alone. */
static bool put_all(struct usable *usable, const struct draws *draws, struct csv_writer *table)
{
    static const char all[] = "all", half[] = "all: first half of the draws",
                      noise[] = "all: simulation noise alone";
    const struct analysis *analysis = usable->analysis;
    size_t options = analysis->options;
    for (size_t t = 0; t < analysis->thresholds; t++) {
        double threshold = analysis->threshold_gbp[t];
        for (size_t d = 0; d < usable->n; d++)
            for (size_t o = 0; o < options; o++) {
                size_t from = (size_t)(usable->draw[d] - 1) * options + o;
                usable->noise_se[d * options + o] =
                    hypot(threshold * analysis->qalys_se[from], analysis->cost_se[from]);
            }
        struct evpi evpi;
        bool known = usable->n > 0 && isfinite(usable->noise_se[options - 1]);
        if (!information_evpi(draws, threshold, known ? usable->noise_se : NULL, analysis->seed,
                              &evpi))
            return false;
        usable->evpi_gbp[t] = evpi.gbp.value;
        put_value(table, threshold, all, sizeof all - 1, evpi.gbp);
        put_value(table, threshold, half, sizeof half - 1, interval_none(evpi.first_half_gbp));
        put_value(table, threshold, noise, sizeof noise - 1, interval_none(evpi.noise_gbp));
    }
    return true;
}

static bool put_groups(const struct usable *usable, const struct draws *draws,
                       struct csv_writer *table)
{
    const struct analysis *analysis = usable->analysis;
    bool good = true;
    for (size_t c = 0; good && c < usable->columns; c++) {
        if (!is_first_of_group(usable, c))
            continue;
        struct group *group = regress(usable, draws, c);
        good = group != NULL;
        for (size_t t = 0; good && t < analysis->thresholds; t++) {
            struct evppi evppi;
            good = information_evppi(group, analysis->threshold_gbp[t], analysis->seed, &evppi);
            /* To know a part is worth no more than to know all; the regression may say so by
             * chance, where hardly a draw decides otherwise. */
            struct interval value = {fmin(evppi.gbp.value, usable->evpi_gbp[t]), evppi.gbp.low,
                                     evppi.gbp.high};
            if (isnan(evppi.gbp.value))
                value = evppi.gbp;
            value.low = fmin(value.low, value.value);
            if (good)
                put_value(table, analysis->threshold_gbp[t], usable->column[c],
                          group_length(usable->column[c]), value);
        }
        group_free(group);
    }
    return good;
}

static bool write_evpi(struct usable *usable, const struct draws *draws, struct write_fault *fault)
{
    struct csv_writer *table = analysis_table(usable->analysis, "evpi.csv", fault);
    if (table == NULL)
        return false;
    TABLE_COLUMNS(table, "threshold_gbp", "parameter_group", "value_gbp", "ci_low", "ci_high");
    bool good = put_all(usable, draws, table) && put_groups(usable, draws, table);
    if (!good)
        write_fault_set(fault, 0, "out of memory");
    return csv_writer_close(table, good ? fault : NULL) && good;
}

static bool read_parameters(struct usable *usable, struct write_fault *fault)
{
    char *path = path_join(usable->analysis->folder, "design.csv");
    bool good = path != NULL && row_reader_file(path, take_parameters, usable, fault);
    free(path);
    return good;
}

bool analysis_write_information(const struct analysis *analysis, struct write_fault *fault)
{
    struct usable usable;
    bool good = usable_init(&usable, analysis);
    if (!good)
        write_fault_set(fault, 0, "out of memory");
    struct draws draws = {.n = usable.n,
                          .options = analysis->options,
                          .qalys = usable.qalys,
                          .cost_gbp = usable.cost_gbp};
    good = good && read_parameters(&usable, fault) && write_plane(&usable, fault) &&
           write_ceac(&usable, &draws, fault) && write_evpi(&usable, &draws, fault);
    usable_fini(&usable);
    return good;
}
