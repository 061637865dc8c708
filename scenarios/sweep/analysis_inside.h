/* What the parts of the analysis share; for analysis*.c alone. */
#ifndef SCENARIOS_SWEEP_ANALYSIS_INSIDE_H
#define SCENARIOS_SWEEP_ANALYSIS_INSIDE_H

#include "models/metric.h"
#include "scenarios/sweep/information.h"
#include "scenarios/sweep/sensitivity.h"
#include "scenarios/write/csv_writer.h"
#include "scenarios/write/fault.h"
#include "sim/estimate.h"

struct yaml_tree;

struct analysis {
    const char *folder;
    struct yaml_tree *manifest; /* owns the texts below */
    enum sampling_kind kind;
    bool wanted; /* the kind has an analysis */
    uint64_t points, seed;
    const char **factor;
    size_t factors;
    enum metric metric[METRIC_COUNT];
    size_t metrics;
    double *threshold_gbp;
    size_t thresholds;
    const char **option; /* configurations, the baseline first */
    size_t options;
    size_t of; /* which option's difference */
    struct sampling *sampling;
    double *y[METRIC_COUNT], *variance[METRIC_COUNT]; /* a figure a point; NAN: none */
    /* Of a psa: a row a draw, an option a column; the standard errors of net benefits are made of
     * those of both, as if they were independent. */
    double *qalys, *cost_gbp, *qalys_se, *cost_se;
};

/* analysis_read.c */
bool analysis_read(struct analysis *analysis, struct write_fault *fault);
bool analysis_read_figures(struct analysis *analysis, struct write_fault *fault);
void analysis_fini(struct analysis *analysis);

/* analysis.c */
struct csv_writer *analysis_table(const struct analysis *analysis, const char *name,
                                  struct write_fault *fault);

/* analysis_information.c: ce_plane.csv, ceac.csv and evpi.csv. */
bool analysis_write_information(const struct analysis *analysis, struct write_fault *fault);

#endif
