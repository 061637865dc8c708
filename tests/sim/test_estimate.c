#include <criterion/criterion.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

#include "sim/estimate.h"
#include "sim/stream.h"
#include "sim/variate.h"

static void assert_near(double got, double want, double relative)
{
    cr_assert(fabs(got - want) <= relative * fabs(want), "%.17g, not %.17g", got, want);
}

Test(estimate, known_answer)
{
    /* Mean 5, variance 32/7; t(7) at 0.975 is 2.364624251592784. */
    static const double values[] = {2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0};
    struct estimate estimate = estimate_from_array(values, 8, 0.95);
    double half = 2.364624251592784 * sqrt(32.0 / 7.0 / 8.0);
    assert_near(estimate.mean, 5.0, 1e-14);
    assert_near(estimate.sd, sqrt(32.0 / 7.0), 1e-14);
    assert_near(estimate.low, 5.0 - half, 1e-12);
    assert_near(estimate.high, 5.0 + half, 1e-12);
    assert_near(estimate_half_width(&estimate), half, 1e-12);
    cr_assert_eq(estimate.n, 8);
}

/* What is kept from one tally to the next serves those of as many values and the same level only.
 */
Test(estimate, what_is_kept_does_not_leak_into_the_next)
{
    static const double levels[] = {0.95, 0.95, 0.9, 0.95, 0.99};
    struct estimate_score known = {0};
    struct tally tally = {0};
    for (int i = 0; i < 40; i++) {
        tally_add(&tally, sin(i));
        for (int repeat = 0; repeat < 1 + i % 3; repeat++) {
            struct estimate kept = estimate_from_tally_like(&tally, levels[i % 5], &known);
            struct estimate alone = estimate_from_tally(&tally, levels[i % 5]);
            cr_assert(i == 0 || (kept.low == alone.low && kept.high == alone.high), "%d", i);
        }
    }
    double low = estimate_from_tally_like(&tally, 0.95, &known).low;
    cr_assert(estimate_from_tally_like(&tally, 0.9, &known).low > low);
}

Test(estimate, too_few)
{
    double value = 3.0;
    struct estimate one = estimate_from_array(&value, 1, 0.95);
    cr_assert(one.mean == 3.0 && one.n == 1);
    cr_assert(isnan(one.sd) && isnan(one.low) && isnan(one.high));
    cr_assert(isnan(estimate_half_width(&one)));
    struct estimate none = estimate_from_array(&value, 0, 0.95);
    cr_assert(isnan(none.mean) && isnan(none.low));
}

Test(estimate, pairing_cancels_what_is_shared)
{
    double a[10];
    double b[10];
    for (int i = 0; i < 10; i++) {
        b[i] = 1000.0 * sin(i);
        a[i] = b[i] + 2.0 + (i % 2 ? 0.25 : -0.25);
    }
    struct estimate difference = estimate_difference(a, b, 10, 0.95);
    struct estimate reverse = estimate_difference(b, a, 10, 0.95);
    assert_near(difference.mean, 2.0, 1e-12);
    cr_assert(estimate_half_width(&difference) < 0.2);
    cr_assert(reverse.mean == -difference.mean && reverse.low == -difference.high);
    struct estimate same = estimate_difference(a, a, 10, 0.95);
    cr_assert(same.mean == 0.0 && same.low == 0.0 && same.high == 0.0);
}

Test(estimate, quantiles_of_type_7)
{
    const double values[] = {40.0, 10.0, 30.0, 20.0};
    double scratch[4];
    cr_assert(estimate_quantile(values, 4, 0.0, scratch) == 10.0);
    cr_assert(estimate_quantile(values, 4, 1.0, scratch) == 40.0);
    assert_near(estimate_quantile(values, 4, 0.5, scratch), 25.0, 1e-14);
    assert_near(estimate_quantile(values, 4, 0.1, scratch), 13.0, 1e-14);
    cr_assert(values[0] == 40.0 && scratch[0] == 10.0);
    cr_assert(isnan(estimate_quantile(values, 0, 0.5, scratch)));
    cr_assert(isnan(estimate_quantile_in_place(scratch, 0, 0.5)));
    cr_assert(isnan(estimate_quantile_sorted(values, 0, 0.5)));
    cr_assert(estimate_quantile(values, 1, 0.3, scratch) == 40.0);
}

/* However the values lie: by searching for the two neighbours as by sorting all. */
Test(estimate, quantiles_are_those_of_the_sorted)
{
    enum { MOST = 60 };
    double values[MOST], scratch[MOST], sorted[MOST];
    for (size_t n = 1; n <= MOST; n++) {
        for (size_t i = 0; i < n; i++) {
            double uniform[STREAM_LANES];
            stream_block(&(struct stream){.seed = 1, .replication = n}, i, 0, uniform);
            sorted[i] = values[i] = floor(1000.0 * uniform[0]);
        }
        estimate_sort(sorted, n);
        for (int percent = 0; percent <= 100; percent += 4) {
            double got = estimate_quantile(values, n, percent / 100.0, scratch);
            double want = estimate_quantile_sorted(sorted, n, percent / 100.0);
            cr_assert(got == want, "%d%% of %zu: %g, not %g", percent, n, got, want);
        }
    }
}

/* Of 1,000 intervals at 95%, each from 20 observations, 930 to 970 should hold the truth. */
Test(estimate, coverage)
{
    int normal = 0;
    int difference = 0;
    for (uint64_t experiment = 0; experiment < 1000; experiment++) {
        const struct stream stream = {.seed = 1, .replication = experiment};
        double a[20];
        double b[20];
        for (uint64_t i = 0; i < 20; i++) {
            double uniform[STREAM_LANES];
            stream_block(&stream, i, 0, uniform);
            double shared = 100.0 * variate_normal(uniform[0]);
            a[i] = 7.0 + variate_normal(uniform[1]) + shared;
            b[i] = 4.0 + 2.0 * variate_normal(uniform[2]) + shared;
        }
        struct estimate one = estimate_from_array(a, 20, 0.95);
        struct estimate both = estimate_difference(a, b, 20, 0.95);
        normal += one.low <= 7.0 && 7.0 <= one.high;
        difference += both.low <= 3.0 && 3.0 <= both.high;
    }
    cr_assert(normal >= 930 && normal <= 970, "%d", normal);
    cr_assert(difference >= 930 && difference <= 970, "%d", difference);
}

enum { SERIES = 2000 };

static void make_series(double series[], double transient, double lasts)
{
    const struct stream stream = {.seed = 1, .replication = 1};
    for (uint64_t i = 0; i < SERIES; i++) {
        double uniform[STREAM_LANES];
        stream_block(&stream, i, 0, uniform);
        series[i] = 10.0 + variate_normal(uniform[0]) + transient * exp(-(double)i / lasts);
    }
}

Test(estimate, mser5_finds_a_transient)
{
    static double series[SERIES];
    make_series(series, -20.0, 50.0);
    size_t cut = estimate_mser5(series, SERIES);
    /* After 150 observations the transient is 1 standard deviation, after 300 0.05 of one. */
    cr_assert(cut >= 150 && cut <= 350, "%zu", cut);
    cr_assert_eq(cut % 5, 0);
}

Test(estimate, mser5_by_hand)
{
    /* Four batches of 100, then batches 0 and 1 in turn: dropping exactly the four is best. */
    double series[200];
    for (int i = 0; i < 200; i++)
        series[i] = i < 20 ? 100.0 : i / 5 % 2;
    cr_assert_eq(estimate_mser5(series, 200), 20);
    cr_assert_eq(estimate_mser5(series, 204), 20); /* an incomplete batch is not looked at */
}

Test(estimate, mser5_leaves_a_flat_series)
{
    static double series[SERIES];
    make_series(series, 0.0, 1.0);
    size_t cut = estimate_mser5(series, SERIES);
    cr_assert(cut <= SERIES / 10, "%zu", cut);
    for (int i = 0; i < SERIES; i++)
        series[i] = 3.0;
    cr_assert_eq(estimate_mser5(series, SERIES), 0);
}

Test(estimate, mser5_says_when_it_cannot_tell)
{
    static double series[SERIES];
    cr_assert_eq(estimate_mser5(series, 49), ESTIMATE_NO_CUT);
    for (int i = 0; i < SERIES; i++) /* a level that is reached at three quarters only */
        series[i] = i < SERIES * 3 / 4 ? -i : -SERIES * 3 / 4 + i % 10;
    cr_assert_eq(estimate_mser5(series, SERIES), ESTIMATE_NO_CUT);
}

Test(estimate, autocorrelation_by_hand)
{
    /* Mean 2, deviations -1 0 2 -1: squares 6; lag 1: 0 + 0 - 2; lag 2: -2 + 0; lag 3: 1. */
    static const double series[] = {1.0, 2.0, 4.0, 1.0};
    cr_assert(estimate_autocorrelation(series, 4, 0) == 1.0);
    assert_near(estimate_autocorrelation(series, 4, 1), -2.0 / 6.0, 1e-14);
    assert_near(estimate_autocorrelation(series, 4, 2), -2.0 / 6.0, 1e-14);
    assert_near(estimate_autocorrelation(series, 4, 3), 1.0 / 6.0, 1e-14);
    static const double constant[] = {3.0, 3.0, 3.0};
    cr_assert(isnan(estimate_autocorrelation(constant, 3, 1)));
}

enum { LONG = 100000 };

/* Each value is `phi` times the last, plus a standard normal; mean 0, from the stationary
 * distribution. Its autocorrelation at a lag is phi to the power of the lag. */
static void make_autoregression(double series[], size_t n, double phi, uint64_t replication)
{
    const struct stream stream = {.seed = 1, .replication = replication};
    double uniform[STREAM_LANES];
    for (size_t i = 0; i < n; i++) {
        if (i % STREAM_LANES == 0)
            stream_block(&stream, i, 0, uniform);
        double normal = variate_normal(uniform[i % STREAM_LANES]);
        series[i] = i == 0 ? normal / sqrt(1.0 - phi * phi) : phi * series[i - 1] + normal;
    }
}

Test(estimate, autocorrelation_of_an_autoregression)
{
    static double series[LONG];
    make_autoregression(series, LONG, 0.8, 1);
    for (size_t lag = 0; lag <= 10; lag++) {
        double got = estimate_autocorrelation(series, LONG, lag);
        /* Bartlett's standard error is at most 0.0067 here. */
        cr_assert(fabs(got - pow(0.8, (double)lag)) < 0.02, "%zu: %g", lag, got);
    }
    assert_near(estimate_autocorrelation(series, LONG, 1),
                gsl_stats_lag1_autocorrelation(series, 1, LONG), 1e-9);
}

Test(estimate, batch_means_by_hand)
{
    /* 99 is dropped; means 2, 4, 9: mean 5, variance 13; deviations -3 -1 4: lag 1 (3 - 4) / 26;
     * t(2) at 0.975 is 0.95 sqrt(2 / 0.0975). */
    static const double series[] = {99.0, 1.0, 3.0, 5.0, 3.0, 10.0, 8.0};
    double means[3];
    struct estimate_batches batches = estimate_batch_means(series, 7, 3, 0.95, means);
    cr_assert(means[0] == 2.0 && means[1] == 4.0 && means[2] == 9.0);
    cr_assert(batches.size == 2 && batches.dropped == 1 && batches.mean.n == 3);
    assert_near(batches.mean.mean, 5.0, 1e-14);
    double half = 0.95 * sqrt(2.0 / 0.0975) * sqrt(13.0 / 3.0);
    assert_near(estimate_half_width(&batches.mean), half, 1e-12);
    assert_near(batches.lag1, -1.0 / 26.0, 1e-14);
    batches = estimate_batch_means(series, 7, 2, 0.95, means); /* 3 and 7: the least there can be */
    assert_near(batches.lag1, -0.5, 1e-14);
}

Test(estimate, batch_means_of_too_few)
{
    static const double series[] = {1.0, 2.0};
    double means[3];
    struct estimate_batches none = estimate_batch_means(series, 2, 3, 0.95, means);
    cr_assert(none.size == 0 && none.dropped == 2 && isnan(none.mean.mean) && isnan(none.lag1));
    struct estimate_batches one = estimate_batch_means(series, 2, 1, 0.95, means);
    cr_assert(one.mean.mean == 1.5 && isnan(one.mean.low) && isnan(one.lag1));
}

struct covered {
    int experiments; /* of 1,000, whose interval held the truth */
    double lag1;     /* average */
};

/* Intervals at 95% for the mean 0 of an autoregression at 0.7 of 2,000 values. */
static struct covered batch_coverage(size_t batches)
{
    static double series[SERIES];
    static double means[SERIES];
    struct covered covered = {0};
    for (uint64_t experiment = 0; experiment < 1000; experiment++) {
        make_autoregression(series, SERIES, 0.7, experiment);
        struct estimate_batches found = estimate_batch_means(series, SERIES, batches, 0.95, means);
        covered.experiments += found.mean.low <= 0.0 && 0.0 <= found.mean.high;
        covered.lag1 += found.lag1 / 1000.0;
    }
    return covered;
}

Test(estimate, coverage_of_batch_means)
{
    struct covered long_enough = batch_coverage(20);
    cr_assert(long_enough.experiments >= 930 && long_enough.experiments <= 970, "%d",
              long_enough.experiments);
    cr_assert(fabs(long_enough.lag1) < 0.1, "%g", long_enough.lag1);
    /* Batches of two: the interval is far too narrow, and lag1 says so. */
    struct covered too_short = batch_coverage(SERIES / 2);
    cr_assert(too_short.experiments < 800, "%d", too_short.experiments);
    cr_assert(too_short.lag1 > 2.0 / sqrt(SERIES / 2.0), "%g", too_short.lag1);
}
