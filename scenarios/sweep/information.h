/* What a decision on the present evidence is worth, and what better evidence would be worth
 * (probabilistic sensitivity analysis).
 *
 * Each draw of the uncertain parameters has, for every option, the difference in QALYs and in cost
 * to the first option, whose own are 0. The net benefit of an option is threshold x QALYs - cost;
 * with a draw known one would take the option with the highest, with none known the one with the
 * highest mean. Of equals it is the first.
 *
 * All figures must be finite: leave out draws that have none. What the draws are of, a year or a
 * patient, the results are of.
 *
 * Simulation noise within a draw looks like uncertainty that could be resolved, so it inflates the
 * value of perfect information, and of that about parameters it widens the interval. What is said
 * of noise takes it as independent from draw to draw; draws simulated on the same patients share
 * most of it, and so it is the most that noise can do.
 */
#ifndef SCENARIOS_SWEEP_INFORMATION_H
#define SCENARIOS_SWEEP_INFORMATION_H

#include <stdbool.h>

#include "scenarios/sweep/resample.h"

/* A row a draw, an option a column, the first option's 0 too. Borrowed. */
struct draws {
    size_t n, options;
    const double *qalys, *cost_gbp;
};

/* The cost-effectiveness acceptability curve at one threshold: probability[option], the share of
 * draws in which the option has the highest net benefit. With two options that of the second is
 * P(threshold x QALYs - cost > 0). NAN without draws. */
void information_ceac(const struct draws *draws, double threshold_gbp, double probability[]);

/* Expected value of perfect information: the mean of the highest net benefit less the highest mean.
 * With few draws it is a little too small, because the highest of several means is too high by
 * chance. */
struct evpi {
    struct interval gbp;   /* bootstrap over draws */
    double first_half_gbp; /* the same of the first half of the draws: is it steady? */
    double noise_gbp;      /* of noise alone, around the mean net benefits */
    double twice_gbp;      /* with the draws' noise once more on top: about as much as this is above
                              the value, the value is too high */
};

/* noise_se: the standard error of each net benefit at this threshold, as QALYs are arranged (that
 * of the first option counts as 0, noise as independent from option to option); NULL: not known,
 * and both figures of noise are NAN. Without draws all is NAN. False: no memory. */
bool information_evpi(const struct draws *draws, double threshold_gbp, const double noise_se[],
                      uint64_t seed, struct evpi *evpi);

enum {
    GROUP_FOLDS = 5,
    GROUP_DRAWS_A_TERM = 20,       /* at least, for squares and products; assumed */
    GROUP_DRAWS_A_LINEAR_TERM = 5, /* and for a regression at all; assumed */
    GROUP_MOST_TERMS = 100,        /* with products: of more, a regression takes minutes */
};

/*
 * Expected value of partial perfect information about a group of parameters, by regression (Strong,
 * Oakley and Brennan 2014, doi 10.1177/0272989X13505910): QALYs and cost of each option, regressed
 * on the group's parameters, are what one would expect if these alone were known.
 *
 * The regression is least squares on the standardised parameters, their squares and their products
 * of two, the last two as far as there are GROUP_DRAWS_A_TERM draws for every term, and products
 * only up to GROUP_MOST_TERMS terms in all. What goes beyond is not seen, and the value then too
 * small. Net benefit is a sum of QALYs and cost, so one regression serves all thresholds.
 *
 * Fitted values vary too much, by what of the rest they fit by chance. So their spread around the
 * mean is scaled to that of the adjusted R^2, the share explained beyond chance. A check without
 * that assumption is to decide in each fifth of the draws by the regression on the other four: the
 * value of doing so is that of a real, if imperfect, rule, and so too small rather than too large.
 */
struct group;

/* parameter: a row a draw, `parameters` columns. The draws' arrays must live as long. NULL: no
 * memory. */
struct group *group_new(const struct draws *draws, const double parameter[], size_t parameters);
void group_free(struct group *group);
size_t group_terms(const struct group *group); /* with the constant; 0: too few draws */

struct evppi {
    struct interval gbp; /* scaled as above */
    double fitted_gbp;   /* the published estimator, fitted values as they are: the upper side */
    double cross_fitted_gbp; /* the check: the lower side; may be below 0 */
};

/* The interval is bootstrapped over draws with the decisions of the fitted values, which are not
 * fitted again: near the best decision a slightly different one changes nothing to first order. It
 * does not go below 0. All NAN with too few draws. False: no memory. */
bool information_evppi(const struct group *group, double threshold_gbp, uint64_t seed,
                       struct evppi *evppi);

#endif
