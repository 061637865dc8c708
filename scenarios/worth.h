/* Whether a configuration is worth its money: lifetime cost against lifetime QALYs.
 *
 * The incremental cost-effectiveness ratio is the difference of the costs over the difference of
 * the QALYs, both as means over replications; where one side has both more QALYs and less cost
 * there is no ratio, it dominates. The interval is a percentile bootstrap (Efron 1979): the
 * replications' pairs of differences are drawn again with replacement. It says how well the ratio
 * is computed, not how sure the evidence is.
 */
#ifndef SCENARIOS_WORTH_H
#define SCENARIOS_WORTH_H

#include "scenarios/experiment.h"

enum {
    WORTH_RESAMPLES = 2000,
    WORTH_FEWEST = 10, /* replications: of fewer, resampling says nothing */
};

enum worth_side {
    WORTH_SAME,         /* neither QALYs nor costs differ */
    WORTH_GAIN_AT_COST, /* more QALYs for more money */
    WORTH_DOMINATES,    /* at least as many QALYs for at most the money */
    WORTH_DOMINATED,    /* the other way round */
    WORTH_LOSS_SAVING,  /* fewer QALYs for less money */
};

struct worth {
    enum worth_side side;
    double qalys, gbp;      /* differences, a year */
    double ratio_gbp;       /* for a QALY; NAN where one side dominates */
    double low, high;       /* its 95% interval; NAN: too few replications, or resamples that differ
                               on whether there are more QALYs or fewer */
    double resampled_alike; /* share of resamples on the same side; NAN: too few replications */
};

enum worth_side worth_side_of(double qalys, double gbp);

/* The arm must be comparable, and not the baseline. seed: of the resampling. */
struct worth worth_of(const struct arm *arm, uint64_t seed);

#endif
