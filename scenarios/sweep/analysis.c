#include "scenarios/sweep/analysis.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/sweep/analysis_inside.h"
#include "scenarios/write/path.h"
#include "scenarios/write/table_parts.h"

struct csv_writer *analysis_table(const struct analysis *analysis, const char *name,
                                  struct write_fault *fault)
{
    char *path = path_join(analysis->folder, name);
    struct csv_writer *table = path == NULL ? NULL : csv_writer_open(path, fault);
    if (path == NULL)
        write_fault_set(fault, 0, "out of memory");
    free(path);
    return table;
}

static void put(struct csv_writer *table, const char *parameter, enum metric metric,
                const char *index, struct interval interval)
{
    csv_writer_text(table, parameter);
    csv_writer_text(table, metric_info(metric)->name);
    csv_writer_text(table, index);
    csv_writer_number(table, interval.value);
    csv_writer_number(table, interval.low);
    csv_writer_number(table, interval.high);
    csv_writer_end_row(table);
}

static bool put_oat(const struct analysis *analysis, struct csv_writer *table, size_t m)
{
    struct oat_effect *effect = calloc(analysis->factors + 1, sizeof *effect);
    if (effect == NULL)
        return false;
    sensitivity_oat(analysis->sampling, analysis->y[m], analysis->variance[m], effect);
    for (size_t f = 0; f < analysis->factors; f++) {
        put(table, analysis->factor[f], analysis->metric[m], "low", effect[f].low);
        put(table, analysis->factor[f], analysis->metric[m], "high", effect[f].high);
        put(table, analysis->factor[f], analysis->metric[m], "swing", effect[f].swing);
    }
    free(effect);
    return true;
}

static bool put_morris(const struct analysis *analysis, struct csv_writer *table, size_t m)
{
    struct morris_effect *effect = calloc(analysis->factors + 1, sizeof *effect);
    bool good = effect != NULL && sensitivity_morris(analysis->sampling, analysis->y[m],
                                                     analysis->variance[m], analysis->seed, effect);
    for (size_t f = 0; good && f < analysis->factors; f++) {
        put(table, analysis->factor[f], analysis->metric[m], "mu", effect[f].mu);
        put(table, analysis->factor[f], analysis->metric[m], "mu_star", effect[f].mu_star);
        put(table, analysis->factor[f], analysis->metric[m], "sigma", effect[f].sigma);
        put(table, analysis->factor[f], analysis->metric[m], "sigma_noise",
            interval_none(effect[f].sigma_noise));
    }
    free(effect);
    return good;
}

static bool put_sobol(const struct analysis *analysis, struct csv_writer *table, size_t m)
{
    struct sobol_index *index = calloc(analysis->factors + 1, sizeof *index);
    bool good = index != NULL &&
                sensitivity_sobol(analysis->sampling, analysis->y[m], analysis->variance[m], false,
                                  analysis->seed, index, NULL);
    for (size_t f = 0; good && f < analysis->factors; f++) {
        put(table, analysis->factor[f], analysis->metric[m], "first", index[f].first);
        put(table, analysis->factor[f], analysis->metric[m], "total", index[f].total);
    }
    free(index);
    return good;
}

/* The mean of the draws and the range of 95% of them, which is how sure the evidence is. */
static bool put_range(const struct analysis *analysis, struct csv_writer *table, size_t m)
{
    double *sorted = calloc(analysis->points + 1, sizeof *sorted);
    if (sorted == NULL)
        return false;
    size_t n = 0;
    double sum = 0;
    for (uint64_t p = 0; p < analysis->points; p++)
        if (!isnan(analysis->y[m][p])) {
            sorted[n++] = analysis->y[m][p];
            sum += analysis->y[m][p];
        }
    estimate_sort(sorted, n);
    struct interval range = {n == 0 ? NAN : sum / (double)n,
                             estimate_quantile_sorted(sorted, n, 0.025),
                             estimate_quantile_sorted(sorted, n, 0.975)};
    put(table, NULL, analysis->metric[m], "evidence", range);
    free(sorted);
    return true;
}

/* Whether a metric has a figure at any point; one that has not says nothing. */
static bool applies(const struct analysis *analysis, size_t m)
{
    for (uint64_t p = 0; p < analysis->points; p++)
        if (!isnan(analysis->y[m][p]))
            return true;
    return false;
}

static bool write_sensitivity(const struct analysis *analysis, struct write_fault *fault)
{
    static bool (*const put_of[SAMPLING_KINDS])(const struct analysis *, struct csv_writer *,
                                                size_t) = {[SAMPLING_OAT] = put_oat,
                                                           [SAMPLING_MORRIS] = put_morris,
                                                           [SAMPLING_SOBOL_INDICES] = put_sobol,
                                                           [SAMPLING_PSA] = put_range};
    struct csv_writer *table = analysis_table(analysis, "sensitivity.csv", fault);
    if (table == NULL)
        return false;
    TABLE_COLUMNS(table, "parameter", "metric", "index", "value", "ci_low", "ci_high");
    bool good = true;
    for (size_t m = 0; good && m < analysis->metrics; m++) {
        if (!applies(analysis, m))
            continue;
        good = put_of[analysis->kind](analysis, table, m);
        double share =
            sensitivity_share_of_noise(analysis->y[m], analysis->variance[m], analysis->points);
        put(table, NULL, analysis->metric[m], "share_of_noise", interval_none(share));
    }
    if (!good)
        write_fault_set(fault, 0, "out of memory");
    return csv_writer_close(table, good ? fault : NULL) && good;
}

bool analysis_write(const char *folder, struct write_fault *fault)
{
    struct analysis analysis = {.folder = folder};
    bool good = analysis_read(&analysis, fault);
    if (good && analysis.wanted)
        good = analysis_read_figures(&analysis, fault) && write_sensitivity(&analysis, fault);
    if (good && analysis.kind == SAMPLING_PSA && analysis.options > 1)
        good = analysis_write_information(&analysis, fault);
    analysis_fini(&analysis);
    return good;
}
