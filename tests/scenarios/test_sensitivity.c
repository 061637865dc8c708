#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

#include "scenarios/sweep/sensitivity.h"
#include "sim/stream.h"
#include "sim/tally.h"
#include "sim/variate.h"
#include "tests/models/small_region.h"

enum { MOST = 8 };

typedef double function(const double unit[], size_t factors);

/* Values of a function at every point, and normal noise on top; to be freed. */
static double *values(struct sampling *sampling, function *of, double noise_sd, uint64_t seed)
{
    uint64_t n = sampling_points(sampling);
    double *y = calloc(n, sizeof *y), unit[MOST], uniform[STREAM_LANES];
    struct stream stream = {.seed = seed, .domain = 77};
    for (uint64_t point = 1; point <= n; point++) {
        sampling_point(sampling, point, unit);
        stream_block(&stream, point, 0, uniform);
        y[point - 1] = of(unit, sampling_plan_of(sampling)->factors);
        if (noise_sd > 0)
            y[point - 1] += noise_sd * variate_normal(uniform[0]);
    }
    return y;
}

static double *constant(uint64_t n, double value)
{
    double *array = calloc(n, sizeof *array);
    for (uint64_t i = 0; i < n; i++)
        array[i] = value;
    return array;
}

static struct sampling *sampling_good(enum sampling_kind kind, size_t factors, uint64_t size,
                                      uint64_t seed)
{
    struct sampling_plan plan = {.kind = kind, .factors = factors, .size = size, .seed = seed};
    struct sampling *sampling;
    cr_assert_eq(sampling_new(&sampling, &plan), SAMPLING_OK);
    return sampling;
}

static bool covers(struct interval interval, double truth)
{
    return interval.low <= truth && truth <= interval.high;
}

static double linear(const double unit[], size_t factors)
{
    static const double coefficient[MOST] = {3, -2, 1, 0, .5, 0, 0, 0};
    double y = 10;
    for (size_t f = 0; f < factors; f++)
        y += coefficient[f] * unit[f];
    return y;
}

/* Ishigami and Homma (1990) with a = 7, b = 0.1. */
static double ishigami(const double unit[], size_t factors)
{
    double x[3];
    cr_assert_eq(factors, 3);
    for (size_t f = 0; f < 3; f++)
        x[f] = M_PI * (2 * unit[f] - 1);
    return sin(x[0]) + 7 * pow(sin(x[1]), 2) + .1 * pow(x[2], 4) * sin(x[0]);
}

static const double g_weight[6] = {0, .5, 3, 9, 99, 99};

/* Sobol's g-function. */
static double g(const double unit[], size_t factors)
{
    double y = 1;
    for (size_t f = 0; f < factors; f++)
        y *= (fabs(4 * unit[f] - 2) + g_weight[f]) / (1 + g_weight[f]);
    return y;
}

Test(sensitivity, share_of_noise)
{
    static const double y[] = {1, 2, NAN, 3, 9}, variance[] = {.1, .2, 50, .3, NAN};
    static const double flat[] = {4, 4}, some[] = {1, 1};
    cr_expect_float_eq(sensitivity_share_of_noise(y, variance, 5), .2 / 1, 1e-12);
    cr_expect(isnan(sensitivity_share_of_noise(flat, some, 2)));
    cr_expect(isnan(sensitivity_share_of_noise(y, variance, 1)));
}

Test(sensitivity, one_at_a_time)
{
    static const double y[] = {10, 7, 12, NAN, 11}, variance[] = {.09, .16, .25, 1, .04};
    struct sampling *oat = sampling_good(SAMPLING_OAT, 2, 0, 1);
    struct oat_effect effect[2], bare[2];
    sensitivity_oat(oat, y, variance, effect);
    sensitivity_oat(oat, y, NULL, bare);
    cr_expect_eq(effect[0].low.value, -3);
    cr_expect_eq(effect[0].high.value, 2);
    cr_expect_eq(effect[0].swing.value, 5);
    cr_expect_float_eq(effect[0].low.high - effect[0].low.value, 1.959964 * .5, 1e-6);
    cr_expect_float_eq(effect[0].high.value - effect[0].high.low, 1.959964 * sqrt(.34), 1e-6);
    cr_expect_float_eq(effect[0].swing.high - effect[0].swing.value, 1.959964 * sqrt(.41), 1e-6);
    cr_expect(isnan(effect[1].low.value) && isnan(effect[1].swing.high));
    cr_expect_eq(effect[1].high.value, 1);
    cr_expect(bare[0].swing.value == 5 && isnan(bare[0].swing.low) && isnan(bare[0].swing.high));
    sampling_free(oat);
}

Test(sensitivity, morris_of_a_straight_line_is_its_slopes)
{
    static const double coefficient[] = {3, -2, 1, 0, .5};
    struct sampling *morris = sampling_good(SAMPLING_MORRIS, 5, 10, 1);
    double *y = values(morris, linear, 0, 1);
    struct morris_effect effect[5];
    y[0] = NAN; /* of one step */
    cr_assert(sensitivity_morris(morris, y, NULL, 1, effect));
    uint64_t effects = 0;
    for (size_t f = 0; f < 5; f++) {
        cr_expect_float_eq(effect[f].mu.value, coefficient[f], 1e-12);
        cr_expect_float_eq(effect[f].mu_star.value, fabs(coefficient[f]), 1e-12);
        cr_expect_float_eq(effect[f].sigma.value, 0, 1e-12);
        cr_expect_float_eq(effect[f].mu.high - effect[f].mu.low, 0, 1e-12);
        cr_expect_float_eq(effect[f].mu_star.low, fabs(coefficient[f]), 1e-12);
        cr_expect_float_eq(effect[f].sigma.high, 0, 1e-12);
        cr_expect(isnan(effect[f].sigma_noise));
        effects += effect[f].n;
    }
    cr_expect_eq(effects, 49);
    free(y);
    sampling_free(morris);
}

/* 2 u0 + 4 u1 u2: the effect of u1 is 4 u2, on the levels 0, 1/3, 2/3 and 1, which has mean 2 and
 * standard deviation 4 sqrt(5) / 6. */
static double product(const double unit[], size_t factors)
{
    (void)factors;
    return 2 * unit[0] + 4 * unit[1] * unit[2];
}

Test(sensitivity, morris_sees_interactions)
{
    struct sampling *morris = sampling_good(SAMPLING_MORRIS, 3, 4000, 1);
    double *y = values(morris, product, 0, 1);
    struct morris_effect effect[3];
    cr_assert(sensitivity_morris(morris, y, NULL, 1, effect));
    cr_expect_float_eq(effect[0].sigma.value, 0, 1e-12);
    for (size_t f = 1; f < 3; f++) {
        double sd = 4 * sqrt(5) / 6;
        cr_expect_float_eq(effect[f].mu.value, 2, 4 * sd / sqrt(4000));
        cr_expect(near(effect[f].sigma.value, sd, .03));
        cr_expect(near(effect[f].mu.high - effect[f].mu.low, 3.92 * sd / sqrt(4000), .02));
        cr_expect(covers(effect[f].sigma, effect[f].sigma.value));
        cr_expect(near(effect[f].mu_star.high - effect[f].mu_star.low, 3.92 * sd / sqrt(4000), .1));
    }
    free(y);
    sampling_free(morris);
}

/* Of a straight line nothing but noise is in sigma; and intervals of mu hold what they promise. */
Test(sensitivity, morris_with_noise)
{
    enum { REPEATS = 200 };
    int covered = 0, sigma_covered = 0;
    for (uint64_t seed = 1; seed <= REPEATS; seed++) {
        struct sampling *morris = sampling_good(SAMPLING_MORRIS, 2, 40, seed);
        double *y = values(morris, linear, .2, seed);
        double *variance = constant(sampling_points(morris), .04);
        struct morris_effect effect[2];
        cr_assert(sensitivity_morris(morris, y, variance, seed, effect));
        cr_expect_float_eq(effect[0].sigma_noise, .2 * sqrt(2) / (2. / 3), 1e-12);
        covered += covers(effect[0].mu, 3);
        sigma_covered += covers(effect[0].sigma, .2 * sqrt(2) / (2. / 3));
        free(y);
        free(variance);
        sampling_free(morris);
    }
    cr_expect(covered >= 180 && covered <= 199, "%d of 200", covered);
    cr_expect(sigma_covered >= 172 && sigma_covered <= 199, "%d of 200", sigma_covered);
}

/* The indices of a function, within a tolerance. */
static void expect_indices(function *of, size_t factors, uint64_t size, const double first[],
                           const double total[], double mean, double variance)
{
    struct sampling *sampling = sampling_good(SAMPLING_SOBOL_INDICES, factors, size, 1);
    double *y = values(sampling, of, 0, 1);
    struct sobol_index index[MOST];
    struct sobol_indices summary;
    cr_assert(sensitivity_sobol(sampling, y, NULL, false, 1, index, &summary));
    for (size_t f = 0; f < factors; f++) {
        cr_expect_float_eq(index[f].first.value, first[f], .01, "first %zu: %g, not %g", f,
                           index[f].first.value, first[f]);
        cr_expect_float_eq(index[f].total.value, total[f], .01, "total %zu: %g, not %g", f,
                           index[f].total.value, total[f]);
        cr_expect(covers(index[f].first, first[f]) && covers(index[f].total, total[f]));
    }
    cr_expect_eq(summary.bases, size);
    cr_expect(near(summary.mean, mean, .01) && near(summary.variance, variance, .02));
    cr_expect(isnan(summary.share_of_noise));
    free(y);
    sampling_free(sampling);
}

/* Saltelli et al., "Global sensitivity analysis" (2008), for both functions. */
Test(sensitivity, indices_of_ishigami)
{
    static const double first[] = {.3139, .4424, 0}, total[] = {.5576, .4424, .2437};
    double variance = 49. / 8 + .1 * pow(M_PI, 4) / 5 + .01 * pow(M_PI, 8) / 18 + .5;
    expect_indices(ishigami, 3, 4096, first, total, 3.5, variance);
}

Test(sensitivity, indices_of_the_g_function)
{
    double part[6], first[6], total[6], all = 1;
    for (size_t f = 0; f < 6; f++) {
        part[f] = 1 / (3 * pow(1 + g_weight[f], 2));
        all *= 1 + part[f];
    }
    for (size_t f = 0; f < 6; f++) {
        first[f] = part[f] / (all - 1);
        total[f] = part[f] * all / (1 + part[f]) / (all - 1);
    }
    expect_indices(g, 6, 8192, first, total, 1, all - 1);
}

/* A base point without all its figures is left out, wherever the gap is. */
Test(sensitivity, indices_leave_out_what_is_not_whole)
{
    struct sampling *sampling = sampling_good(SAMPLING_SOBOL_INDICES, 3, 2048, 1);
    double *y = values(sampling, ishigami, 0, 1);
    double *variance = constant(sampling_points(sampling), 1.5);
    for (uint64_t base = 0; base < 300; base++)
        y[base * 5 + base % 5] = NAN;
    struct sobol_index index[3];
    struct sobol_indices summary;
    cr_assert(sensitivity_sobol(sampling, y, variance, false, 1, index, &summary));
    cr_expect_eq(summary.bases, 1748);
    cr_expect(near(summary.share_of_noise, 1.5 / 13.844, .03));
    cr_expect_float_eq(index[1].total.value, .4424, .03);
    for (uint64_t i = 0; i < sampling_points(sampling); i++)
        y[i] = 4;
    cr_assert(sensitivity_sobol(sampling, y, variance, false, 1, index, NULL));
    cr_expect(isnan(index[0].first.value) && isnan(index[0].total.low));
    free(y);
    free(variance);
    sampling_free(sampling);
}

/* Coverage of one way, over repeats with other shifts and other noise of a known variance. */
struct record {
    int covered;
    struct tally estimate, width;
};

static void record(struct record *record, struct interval interval, double truth)
{
    record->covered += covers(interval, truth);
    tally_add(&record->estimate, interval.value);
    tally_add(&record->width, interval.high - interval.low);
}

/* The variance of 3 u0 - 2 u1 + u2 is 14 / 12, a factor's share 9, 4 and 1 of 14. Noise has a
 * quarter of the whole. */
Test(sensitivity, intervals_of_indices_cover)
{
    enum { REPEATS = 200, N = 128 };
    static const double share[] = {9. / 14, 4. / 14, 1. / 14};
    static struct record records[2][3][2];
    double signal = 14. / 12, noise = signal / 3;
    for (uint64_t seed = 1; seed <= REPEATS; seed++) {
        struct sampling *sampling = sampling_good(SAMPLING_SOBOL_INDICES, 3, N, seed);
        double *y = values(sampling, linear, sqrt(noise), seed);
        double *variance = constant(sampling_points(sampling), noise);
        for (int corrected = 0; corrected < 2; corrected++) {
            double by_noise = corrected ? 0 : .25;
            struct sobol_index index[3];
            cr_assert(sensitivity_sobol(sampling, y, variance, corrected, seed, index, NULL));
            for (size_t f = 0; f < 3; f++) {
                record(&records[corrected][f][0], index[f].first, share[f] * (1 - by_noise));
                record(&records[corrected][f][1], index[f].total,
                       share[f] * (1 - by_noise) + by_noise);
            }
        }
        free(y);
        free(variance);
        sampling_free(sampling);
    }
    for (int corrected = 0; corrected < 2; corrected++)
        for (size_t f = 0; f < 3; f++)
            for (int total = 0; total < 2; total++) {
                const struct record *r = &records[corrected][f][total];
                double by_noise = corrected ? 0 : .25;
                double truth = share[f] * (1 - by_noise) + (total ? by_noise : 0);
                double sd = tally_sd(&r->estimate);
                cr_expect_geq(r->covered, 180, "%d %zu %d: %d", corrected, f, total, r->covered);
                cr_expect_float_eq(r->estimate.mean, truth, .03);
                /* Not by being far too wide. */
                cr_expect(r->width.mean > 3 * sd && r->width.mean < 9 * sd, "%d %zu %d: %g sd",
                          corrected, f, total, r->width.mean / sd);
            }
}
