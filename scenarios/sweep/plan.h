/* The file of a designed experiment: which points of which scenario's parameters.
 *
 *     kind: lhs                    # grid, list, lhs, sobol, halton, oat, morris, sobol_indices,
 * psa points: 200                  # of lhs, sobol, halton; trajectories of morris, base_points of
 *                                  # sobol_indices, draws of psa
 *     replications: 20             # of each point; or precision: {metric: lives_saved, half_width:
 * 2} configurations: [centralised] parameters: demand.multiplier: {low: 0.8, high: 1.4}
 *       hospital."St George's Hospital".hasu_beds: [12, 16, 20]
 *       outcome.organised_care_or: evidence
 *
 * scenarios/README.md has every key. A plan knows its scenario by names only; sweep.h runs it.
 */
#ifndef SCENARIOS_SWEEP_PLAN_H
#define SCENARIOS_SWEEP_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/metric.h"
#include "scenarios/read/diagnosis.h"
#include "scenarios/scenario.h"
#include "scenarios/sweep/factor.h"
#include "scenarios/sweep/sampling.h"

enum {
    PLAN_REPLICATIONS = 20, /* of each point, unless the design says otherwise, */
    PLAN_PSA_REPLICATIONS = 8,
    PLAN_MOST_FACTORS = 1000,
};

struct sweep_plan {
    char *path, *list_path; /* list_path: NULL unless the points are in a file */
    char *list_name;        /* as the design names it */
    enum sampling_kind kind;
    struct factor *factor;
    size_t factors;
    bool all_uncertain; /* the factors are all parameters that have a stated uncertainty */
    size_t *levels;     /* of each factor, of a grid */
    char **cell;        /* points x factors of a list; NULL: the factor keeps its own value */
    uint64_t size;
    unsigned morris_levels;
    bool seed_given;
    uint64_t seed;
    uint64_t replications; /* 0: until the precision is met */
    enum metric precision_metric;
    double precision_half_width;
    char *baseline;             /* NULL: the scenario's first */
    const char **configuration; /* none: all; owned */
    size_t configurations;
    char *of; /* which one's difference is analysed; NULL: the last */
    enum metric metric[METRIC_COUNT];
    size_t metrics; /* of sensitivity.csv */
    double *threshold_gbp;
    size_t thresholds; /* of ceac.csv and evpi.csv */
};

/* Reads and checks a design. NULL when the diagnosis has errors; keys of parameters and their
 * values are checked by sweep_check() (sweep.h), which knows the scenario. */
struct sweep_plan *plan_read(const char *path, struct diagnosis *diagnosis);
void plan_free(struct sweep_plan *plan); /* legal with NULL */

/* Reports a design with more factors or points than its kind can have. */
void plan_check_sampling(const struct sweep_plan *plan, struct diagnosis *diagnosis);

/* How the points lie. seed: the scenario's, unless the plan has its own. */
struct sampling_plan plan_sampling(const struct sweep_plan *plan, uint64_t seed);

/* Makes the factors that follow the evidence ready, from what the scenario says of them. With
 * all_uncertain they are only now known. */
void plan_fit_evidence(struct sweep_plan *plan, const struct scenario *scenario,
                       struct diagnosis *diagnosis);

/* Whether coordinates 0 and 1 are met, so that the evidence stops at its 95% range. */
bool plan_has_ends(const struct sweep_plan *plan);

/* The text of a factor at a point: NULL where the factor keeps its own value. */
const char *plan_text(const struct sweep_plan *plan, uint64_t point, size_t factor,
                      const double unit[], char buffer[NUMBER_TEXT_SIZE]);

#endif
