/* Inside of scenarios/sweep/information.h: what there is to gain by deciding draw by draw. */
#ifndef SCENARIOS_SWEEP_DECISION_H
#define SCENARIOS_SWEEP_DECISION_H

#include "scenarios/sweep/information.h"

/* The net benefits, a row a draw. To be freed; NULL: no memory. */
double *decision_net_benefit(const struct draws *draws, double threshold_gbp);

/* A rule that decides in every draw, and the net benefits of its draws. */
struct decision {
    size_t n, options;
    double *table; /* a row a draw: each option's net benefit, then that of the rule's choice */
    double *sum;   /* scratch, a row */
};

/* In each draw the rule takes the option that `guide`, arranged as `benefit` is, has most of; of
 * equals the first. False: no memory; to be ended all the same. */
bool decision_begin(struct decision *decision, const double benefit[], const double guide[],
                    size_t n, size_t options);
void decision_end(struct decision *decision);

/* The rule's mean less the highest mean of an option, over n draws: those of `place`, or if that is
 * NULL the first. NAN without draws. */
double decision_gain(struct decision *decision, const size_t place[], size_t n);

/* The same of RESAMPLES resamples of all draws. False: no memory. */
bool decision_resample(struct decision *decision, uint64_t seed, double resampled[]);

#endif
