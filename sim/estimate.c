#include "sim/estimate.h"

#include <assert.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

struct estimate estimate_from_tally(const struct tally *tally, double level)
{
    struct estimate_score none = {0, 0, 0};
    return estimate_from_tally_like(tally, level, &none);
}

struct estimate estimate_from_tally_like(const struct tally *tally, double level,
                                         struct estimate_score *known)
{
    assert(level > 0.0 && level < 1.0);
    struct estimate estimate = {.mean = tally->n > 0 ? tally->mean : NAN,
                                .sd = NAN,
                                .low = NAN,
                                .high = NAN,
                                .n = tally->n};
    if (tally->n < 2)
        return estimate;
    double n = (double)tally->n;
    estimate.sd = tally_sd(tally);
    if (known->n != n || known->level != level)
        *known = (struct estimate_score){n, level, gsl_cdf_tdist_Pinv(0.5 + level / 2.0, n - 1.0)};
    double half = known->score * estimate.sd / sqrt(n);
    estimate.low = estimate.mean - half;
    estimate.high = estimate.mean + half;
    return estimate;
}

struct estimate estimate_from_array(const double values[], size_t n, double level)
{
    struct tally tally = {0};
    for (size_t i = 0; i < n; i++)
        tally_add(&tally, values[i]);
    return estimate_from_tally(&tally, level);
}

struct estimate estimate_difference(const double a[], const double b[], size_t n, double level)
{
    struct tally tally = {0};
    for (size_t i = 0; i < n; i++)
        tally_add(&tally, a[i] - b[i]);
    return estimate_from_tally(&tally, level);
}

double estimate_half_width(const struct estimate *estimate)
{
    return (estimate->high - estimate->low) / 2.0;
}

double estimate_quantile(const double values[], size_t n, double p, double scratch[])
{
    if (n == 0)
        return NAN;
    memcpy(scratch, values, n * sizeof values[0]);
    return estimate_quantile_in_place(scratch, n, p);
}

double estimate_quantile_in_place(double values[], size_t n, double p)
{
    assert(p >= 0.0 && p <= 1.0);
    if (n == 0)
        return NAN;
    double position = p * (double)(n - 1);
    size_t below = (size_t)position;
    double share = position - (double)below;
    double low = gsl_stats_select(values, 1, n, below);
    if (below == n - 1)
        return low;
    /* Selecting leaves what is larger behind its place. */
    double high = values[below + 1];
    for (size_t i = below + 2; i < n; i++)
        high = fmin(high, values[i]);
    return (1 - share) * low + share * high;
}

double estimate_quantile_sorted(const double sorted[], size_t n, double p)
{
    assert(p >= 0.0 && p <= 1.0);
    return n > 0 ? gsl_stats_quantile_from_sorted_data(sorted, 1, n, p) : NAN;
}

void estimate_sort(double values[], size_t n)
{
    gsl_sort(values, 1, n);
}

double estimate_autocorrelation(const double series[], size_t n, size_t lag)
{
    assert(lag < n);
    double mean = gsl_stats_mean(series, 1, n);
    double products = 0.0;
    double squares = 0.0;
    for (size_t i = 0; i < n; i++) {
        squares += (series[i] - mean) * (series[i] - mean);
        if (i >= lag)
            products += (series[i] - mean) * (series[i - lag] - mean);
    }
    return squares > 0.0 ? products / squares : NAN;
}

struct estimate_batches estimate_batch_means(const double series[], size_t n, size_t batches,
                                             double level, double means[])
{
    assert(batches > 0);
    struct estimate_batches result = {.size = n / batches, .dropped = n % batches, .lag1 = NAN};
    size_t filled = result.size > 0 ? batches : 0;
    for (size_t i = 0; i < filled; i++)
        means[i] = gsl_stats_mean(&series[result.dropped + i * result.size], 1, result.size);
    result.mean = estimate_from_array(means, filled, level);
    if (filled > 1)
        result.lag1 = estimate_autocorrelation(means, filled, 1);
    return result;
}

enum { MSER_BATCH = 5, MSER_LEAST_LEFT = 5, MSER_LEAST = 10 };

size_t estimate_mser5(const double series[], size_t n)
{
    size_t batches = n / MSER_BATCH;
    if (batches < MSER_LEAST)
        return ESTIMATE_NO_CUT;

    /* From the back, so that one tally serves every d: what is left after dropping d batches. */
    struct tally left = {0};
    double least = INFINITY;
    size_t cut = batches;
    for (size_t d = batches; d-- > 0;) {
        tally_add(&left, gsl_stats_mean(&series[d * MSER_BATCH], 1, MSER_BATCH));
        double count = (double)left.n;
        double error = left.m2 / (count * count);
        /* Of equals the smallest d: nothing is dropped from a constant. */
        if (left.n > MSER_LEAST_LEFT && error <= least) {
            least = error;
            cut = d;
        }
    }
    return cut <= batches / 2 ? cut * MSER_BATCH : ESTIMATE_NO_CUT;
}
