#include "scenarios/cli/sweep_answer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/metric.h"
#include "scenarios/figure.h"
#include "scenarios/read/table.h"
#include "scenarios/report/sweep_read.h"
#include "scenarios/write/path.h"

enum { MOST_SHOWN = 12 };

/* A table of the folder, or NULL. */
static struct table *table_of(const char *folder, const char *name)
{
    char *path = path_join(folder, name);
    struct diagnosis *diagnosis = diagnosis_new();
    struct table *table = NULL;
    FILE *there = path == NULL ? NULL : fopen(path, "rb");
    if (there != NULL) {
        fclose(there);
        if (diagnosis != NULL)
            table = table_read_file(path, NULL, TABLE_MAY_BE_EMPTY, diagnosis);
    }
    diagnosis_free(diagnosis);
    free(path);
    return table;
}

/* --- a psa ------------------------------------------------------------------------------------ */

static void say_evidence(const struct table *table)
{
    for (size_t row = 0; row < table_row_count(table); row++) {
        const char *metric = results_text(table, row, "metric"), *unit = metric_unit(metric);
        if (strcmp(results_text(table, row, "index"), "evidence") == 0)
            printf("  %-28s %12s  (95%% of draws %s to %s) %s\n", metric,
                   figure_change(results_number(table, row, "value"), unit).text,
                   figure_change(results_number(table, row, "ci_low"), unit).text,
                   figure_change(results_number(table, row, "ci_high"), unit).text,
                   figure_unit(unit));
        else if (strcmp(results_text(table, row, "index"), "share_of_noise") == 0)
            printf("  %-28s %11.1f%%  of that variance is simulation, which more replications "
                   "would settle\n",
                   "", 100 * results_number(table, row, "value"));
    }
}

/* The row of a column's value, or SIZE_MAX. */
static size_t row_at(const struct table *table, double threshold_gbp, const char *group)
{
    for (size_t row = 0; row < table_row_count(table); row++)
        if (results_number(table, row, "threshold_gbp") == threshold_gbp &&
            (group == NULL || strcmp(results_text(table, row, "parameter_group"), group) == 0))
            return row;
    return SIZE_MAX;
}

static void say_groups(const struct table *evpi, double threshold_gbp)
{
    for (size_t row = 0; row < table_row_count(evpi); row++) {
        const char *group = results_text(evpi, row, "parameter_group");
        double value = results_number(evpi, row, "value_gbp");
        if (results_number(evpi, row, "threshold_gbp") == threshold_gbp &&
            strncmp(group, "all", 3) != 0 && value >= 500)
            printf("    of %-25s GBP %s a year (95%% %s to %s)\n", group, figure_count(value).text,
                   figure_count(results_number(evpi, row, "ci_low")).text,
                   figure_count(results_number(evpi, row, "ci_high")).text);
    }
}

static void say_worth(const char *folder)
{
    struct table *ceac = table_of(folder, "ceac.csv"), *evpi = table_of(folder, "evpi.csv");
    size_t row = ceac == NULL ? SIZE_MAX : row_at(ceac, SWEEP_USUAL_GBP, NULL);
    if (row != SIZE_MAX)
        printf("\nAt GBP %s a QALY it is the better choice in %.0f%% of the draws (ceac.csv).\n",
               figure_count(SWEEP_USUAL_GBP).text, 100 * results_number(ceac, row, "probability"));
    row = evpi == NULL ? SIZE_MAX : row_at(evpi, SWEEP_USUAL_GBP, "all");
    if (row != SIZE_MAX) {
        printf("To know everything before deciding would be worth GBP %s a year (95%% %s to %s; "
               "evpi.csv).\n",
               figure_count(results_number(evpi, row, "value_gbp")).text,
               figure_count(results_number(evpi, row, "ci_low")).text,
               figure_count(results_number(evpi, row, "ci_high")).text);
        say_groups(evpi, SWEEP_USUAL_GBP);
    }
    table_free(ceac);
    table_free(evpi);
}

/* --- sensitivity ------------------------------------------------------------------------------ */

static int by_size(const void *a, const void *b)
{
    const double *one = a, *two = b; /* size, row */
    return (one[0] < two[0]) - (one[0] > two[0]);
}

/* The parameters that matter most to the first metric, by an index. */
static void say_most(const struct table *table, const char *index, const char *words)
{
    const char *metric = results_text(table, 0, "metric");
    double(*found)[2] = calloc(table_row_count(table), sizeof *found);
    size_t count = 0;
    for (size_t row = 0; found != NULL && row < table_row_count(table); row++) {
        double value = results_number(table, row, "value");
        if (strcmp(results_text(table, row, "metric"), metric) != 0 ||
            strcmp(results_text(table, row, "index"), index) != 0 || isnan(value))
            continue;
        found[count][0] = fabs(value);
        found[count++][1] = (double)row;
    }
    if (count > 0) {
        qsort(found, count, sizeof *found, by_size);
        printf("What moves %s most, %s:\n\n", metric, words);
    }
    for (size_t i = 0; i < count && i < MOST_SHOWN; i++) {
        size_t row = (size_t)found[i][1];
        printf("  %-44s %10.4g (95%% %.4g to %.4g)\n", results_text(table, row, "parameter"),
               results_number(table, row, "value"), results_number(table, row, "ci_low"),
               results_number(table, row, "ci_high"));
    }
    if (count > MOST_SHOWN)
        printf("  and %zu more in sensitivity.csv\n", count - MOST_SHOWN);
    free(found);
}

void sweep_answer(const char *folder, bool shard, bool reported)
{
    struct table *table = shard ? NULL : table_of(folder, "sensitivity.csv");
    if (table != NULL && table_row_count(table) > 0) {
        const char *index = results_text(table, 0, "index");
        if (strcmp(index, "evidence") == 0) {
            printf("How sure the evidence is, over its draws:\n\n");
            say_evidence(table);
            say_worth(folder);
        } else if (strcmp(index, "low") == 0) {
            say_most(table, "swing", "from the low end of its range to the high end");
        } else if (strcmp(index, "mu") == 0) {
            say_most(table, "mu_star", "by the mean size of its effects (Morris)");
        } else {
            say_most(table, "total",
                     "by the share of the variance it has a part in (Sobol, total)");
        }
        putchar('\n');
    }
    table_free(table);
    if (reported)
        printf("The report is %s/report.html\n", folder);
    printf("The results are in %s\n", folder);
}
