/* Which factors of a designed experiment matter, and by how much.
 *
 * y is a figure a point, in the order of the sampling (y[0] is point 1); NAN: the point has none.
 * `variance` is that of each y's own simulation noise, its standard error squared. Effects are in
 * the units of y over the whole range of a factor, from 0 to 1 of the unit cube.
 *
 * Noise is taken as independent from point to point. Points that were simulated on the same
 * patients share much of theirs, which then cancels from every difference; so what is said of noise
 * here is its most.
 */
#ifndef SCENARIOS_SWEEP_SENSITIVITY_H
#define SCENARIOS_SWEEP_SENSITIVITY_H

#include <stdbool.h>

#include "scenarios/sweep/resample.h"
#include "scenarios/sweep/sampling.h"

/* The mean of the noise's variance over the variance of y, over the points that have both. Above 1
 * nothing but noise is to be seen; NAN: fewer than two points, or y does not vary. */
double sensitivity_share_of_noise(const double y[], const double variance[], uint64_t points);

struct oat_effect {
    struct interval low, high; /* y at the end of the range less y of the central point */
    struct interval swing;     /* y at the high end less y at the low one: has a sign */
};

/* effect: one a factor. Intervals are of the noise alone, normal; variance NULL: there are none.
 * The effects of all factors share the central point's noise, swings do not. */
void sensitivity_oat(struct sampling *oat, const double y[], const double variance[],
                     struct oat_effect effect[]);

/* Of a factor's elementary effects, one a trajectory: a step's difference over the step. */
struct morris_effect {
    uint64_t n;              /* effects with a figure at both ends of the step */
    struct interval mu;      /* their mean; by Student's t */
    struct interval mu_star; /* mean of the absolute ones (Campolongo, Cariboni and Saltelli 2007,
                                doi 10.1016/j.envsoft.2006.10.004) */
    struct interval sigma;   /* their standard deviation: interactions, a bent effect, or noise */
    double sigma_noise;      /* what sigma would be from noise alone; variance NULL: NAN */
};

/* effect: one a factor. mu_star and sigma have bootstrap intervals over trajectories, whose seed is
 * `seed`; with the usual ten of these they are too narrow. Noise lifts mu_star and sigma, and
 * leaves mu unbiased. False: no memory. */
bool sensitivity_morris(struct sampling *morris, const double y[], const double variance[],
                        uint64_t seed, struct morris_effect effect[]);

struct sobol_index {
    struct interval first; /* the share of the variance of y that this factor explains alone */
    struct interval total; /* and the share that would be left if all others were known */
};

struct sobol_indices {
    uint64_t bases; /* base points all of whose points have a figure; others are left out */
    double mean, variance;
    double share_of_noise; /* of that variance; variance NULL: NAN */
};

/* index: one a factor. First indices by Saltelli et al. (2010), total ones by Jansen (1999, doi
 * 10.1016/S0010-4655(98)00154-4); both may come out a little below 0 or above 1. Intervals are
 * bootstrapped over base points, as if these were independent; those of a Sobol sequence are more
 * even, so without noise they are too wide.
 *
 * As they are, the indices are those of y with its noise: first ones are too small by the share of
 * noise, total ones are drawn towards 1 by it. With `corrected` the noise's variance is taken out
 * of both (needs `variance`), which is right where points were simulated independently, and too
 * much where they shared their patients. `summary` may be NULL. False: no memory. */
bool sensitivity_sobol(struct sampling *sobol_indices, const double y[], const double variance[],
                       bool corrected, uint64_t seed, struct sobol_index index[],
                       struct sobol_indices *summary);

#endif
