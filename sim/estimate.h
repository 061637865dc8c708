/*
 * From replications to estimates with intervals.
 *
 * Replications are independent, observations within one are not; so intervals are made from one
 * figure a replication, by Student's t. Differences between configurations are paired, replication
 * by replication, because the same patients went through both: what they share cancels.
 *
 * An interval here says how well the mean over replications is computed, and nothing about how much
 * one replication differs from the next (estimate_quantile) or how sure the evidence is.
 */
#ifndef SIM_ESTIMATE_H
#define SIM_ESTIMATE_H

#include <stddef.h>
#include <stdint.h>

#include "sim/tally.h"

/* With n = 1 there is no spread: sd, low and high are NaN. With n = 0 mean is NaN too. */
struct estimate {
    double mean;
    double sd;  /* of one observation, divided by n - 1 */
    double low; /* the interval of the mean */
    double high;
    uint64_t n;
};

/* `level` in (0, 1), usually 0.95. */
struct estimate estimate_from_tally(const struct tally *tally, double level);

/* The same for many tallies, most of as many observations: what takes long hangs on their number
 * alone, and is kept from one to the next. Begin with {0}. */
struct estimate_score {
    double n, level, score; /* Student's t */
};
struct estimate estimate_from_tally_like(const struct tally *tally, double level,
                                         struct estimate_score *known);

struct estimate estimate_from_array(const double values[], size_t n, double level);

/* Of a[i] - b[i]. */
struct estimate estimate_difference(const double a[], const double b[], size_t n, double level);

double estimate_half_width(const struct estimate *estimate); /* NaN when n < 2 */

/* The p-quantile, p in [0, 1], by linear interpolation between order statistics (type 7 of Hyndman
 * and Fan, 1996). `values` is left alone; `scratch` has room for n. NaN when n = 0. */
double estimate_quantile(const double values[], size_t n, double p, double scratch[]);

/* The same in time linear in n, reordering the values. */
double estimate_quantile_in_place(double values[], size_t n, double p);

/* The same from values already in rising order, as estimate_sort() leaves them. */
double estimate_quantile_sorted(const double sorted[], size_t n, double p);
void estimate_sort(double values[], size_t n);

/* The autocorrelation of a series at `lag` < n: the conventional estimator, which divides by n at
 * every lag and so leans towards 0 by about lag / n (Box and Jenkins, "Time Series Analysis", 1976,
 * section 2.1.5). NaN for a constant series. */
double estimate_autocorrelation(const double series[], size_t n, size_t lag);

struct estimate_batches {
    struct estimate mean; /* of the series; its n and sd are those of the batch means */
    size_t size;          /* observations a batch */
    size_t dropped;       /* from the front, n % batches: the rest of a transient would be there */
    double lag1;          /* autocorrelation of the batch means; below */
};

/* An interval for the steady-state mean from one long series: the means of `batches` successive
 * batches of equal size are nearly independent if each is much longer than the series remembers
 * (Law and Kelton, "Simulation Modeling and Analysis", 1991, section 9.5.3); 10 to 30 batches are
 * usual. `means` has room for them, and has them afterwards. A transient is to be removed before.
 *
 * If lag1 is above 2 / sqrt(batches) the batches are too short and the interval is too narrow:
 * take fewer or a longer series. Below it they may still be, as so few means tell little.
 * With fewer than two batches, or fewer observations than batches, figures are NaN. */
struct estimate_batches estimate_batch_means(const double series[], size_t n, size_t batches,
                                             double level, double means[]);

/* MSER-5: how many observations to drop from the front of a series to be rid of its transient
 * (White, Cobb and Spratt, "A comparison of five steady-state truncation heuristics for
 * simulation", WSC 2000). The series is averaged in batches of five; dropped are the d batches that
 * minimise the variance of the remaining batch means divided by their number. The last five batches
 * are never candidates, since a variance of so few is small by chance.
 * ESTIMATE_NO_CUT: the minimum lies in the second half, or there are fewer than ten batches: the
 * series is too short to tell. */
#define ESTIMATE_NO_CUT SIZE_MAX
size_t estimate_mser5(const double series[], size_t n);

#endif
