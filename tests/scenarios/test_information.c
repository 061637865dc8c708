#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>

#include "scenarios/sweep/information.h"
#include "sim/stream.h"
#include "sim/variate.h"
#include "tests/models/small_region.h"

enum { PARAMETERS = 4, MOST_OPTIONS = 3 };

/* Draws of normal parameters x0 to x3, and of options whose net benefit is made from them. */
struct made {
    struct draws draws;
    double *x, *qalys, *cost_gbp;
};

static const double threshold = 20000;

static void made_begin(struct made *made, size_t n, size_t options, uint64_t seed)
{
    struct stream stream = {.seed = seed, .domain = 77};
    made->x = calloc(n, PARAMETERS * sizeof *made->x);
    made->qalys = calloc(n, options * sizeof *made->qalys);
    made->cost_gbp = calloc(n, options * sizeof *made->cost_gbp);
    for (size_t d = 0; d < n; d++) {
        double uniform[STREAM_LANES];
        stream_block(&stream, d, 0, uniform);
        for (size_t p = 0; p < PARAMETERS; p++)
            made->x[d * PARAMETERS + p] = variate_normal(uniform[p]);
    }
    made->draws = (struct draws){n, options, made->qalys, made->cost_gbp};
}

static void made_end(struct made *made)
{
    free(made->x);
    free(made->qalys);
    free(made->cost_gbp);
}

/* QALYs (mean + a x0) / threshold and cost - b x1: a net benefit of mean + a x0 + b x1. */
static void made_linear(struct made *made, size_t n, double mean, double a, double b, uint64_t seed)
{
    made_begin(made, n, 2, seed);
    for (size_t d = 0; d < n; d++) {
        made->qalys[2 * d + 1] = (mean + a * made->x[d * PARAMETERS]) / threshold;
        made->cost_gbp[2 * d + 1] = -b * made->x[d * PARAMETERS + 1];
    }
}

/* The expected loss by deciding on a mean, of a normal net benefit: sd times the unit normal loss
 * (Raiffa and Schlaifer 1961). */
static double loss(double mean, double sd)
{
    double z = fabs(mean) / sd;
    return sd * (gsl_ran_ugaussian_pdf(z) - z * gsl_cdf_ugaussian_Q(z));
}

static bool covers(struct interval interval, double truth)
{
    return interval.low <= truth && truth <= interval.high;
}

/* Some of the parameters as a table of their own; to be freed. */
static double *group_of(const struct made *made, size_t first, size_t count)
{
    double *table = calloc(made->draws.n + 1, count * sizeof *table);
    for (size_t d = 0; d < made->draws.n; d++)
        for (size_t p = 0; p < count; p++)
            table[d * count + p] = made->x[d * PARAMETERS + first + p];
    return table;
}

static struct evppi evppi_of(const struct made *made, size_t first, size_t count, uint64_t seed)
{
    double *table = group_of(made, first, count);
    struct group *group = group_new(&made->draws, table, count);
    struct evppi evppi;
    cr_assert_not_null(group);
    cr_assert(information_evppi(group, threshold, seed, &evppi));
    group_free(group);
    free(table);
    return evppi;
}

Test(information, acceptability)
{
    static const double qalys[] = {0, 1, 2, 0, -1, 1, 0, 2, 2, 0, 0, 0};
    static const double cost_gbp[] = {0, 10, 30, 0, 10, 5, 0, 10, 10, 0, 0, 0};
    const struct draws three = {4, 3, qalys, cost_gbp}, none = {0, 3, NULL, NULL};
    static const struct {
        double threshold_gbp, probability[3];
    } cases[] = {
        {0, {1, 0, 0}},
        {7, {.5, .25, .25}},
        {16, {.25, .5, .25}},
        {25, {.25, .25, .5}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double probability[3];
        information_ceac(&three, cases[i].threshold_gbp, probability);
        for (size_t o = 0; o < 3; o++)
            cr_expect_float_eq(probability[o], cases[i].probability[o], 1e-12,
                               "case %zu, option %zu: %g", i, o, probability[o]);
    }
    double probability[3];
    information_ceac(&none, 1, probability);
    cr_expect(isnan(probability[0]) && isnan(probability[2]));
}

/* With two options: P(net benefit > 0). */
Test(information, acceptability_of_two)
{
    struct made made;
    made_linear(&made, 10000, 1, 3, 4, 1);
    double probability[2];
    information_ceac(&made.draws, threshold, probability);
    cr_expect_float_eq(probability[1], gsl_cdf_ugaussian_P(1. / 5), .015);
    cr_expect_float_eq(probability[0] + probability[1], 1, 1e-9);
    /* At no threshold QALYs count for nothing, and the saving is as likely as not. */
    information_ceac(&made.draws, 0, probability);
    cr_expect_float_eq(probability[1], .5, .015);
    made_end(&made);
}

Test(information, perfect_information_is_the_normal_loss)
{
    static const double means[] = {0, 2, -5};
    for (size_t i = 0; i < 3; i++) {
        struct made made;
        struct evpi evpi;
        made_linear(&made, 20000, means[i], 3, 4, 1);
        cr_assert(information_evpi(&made.draws, threshold, NULL, 1, &evpi));
        double truth = loss(means[i], 5);
        cr_expect(near(evpi.gbp.value, truth, .05), "%g, not %g", evpi.gbp.value, truth);
        cr_expect(near(evpi.first_half_gbp, truth, .12));
        cr_expect_neq(evpi.first_half_gbp, evpi.gbp.value);
        cr_expect(isnan(evpi.noise_gbp) && isnan(evpi.twice_gbp));
        made_end(&made);
    }
}

/* Three options as good as each other: E max of three standard normals is 3 / (2 sqrt(pi)). */
Test(information, perfect_information_of_three)
{
    struct made made;
    struct evpi evpi;
    made_begin(&made, 20000, 3, 1);
    for (size_t d = 0; d < 20000; d++)
        for (size_t o = 1; o < 3; o++)
            made.cost_gbp[3 * d + o] = made.x[d * PARAMETERS + 2] - made.x[d * PARAMETERS + o - 1];
    cr_assert(information_evpi(&made.draws, threshold, NULL, 1, &evpi));
    cr_expect(near(evpi.gbp.value, 3 / (2 * sqrt(M_PI)), .02));
    double probability[3];
    information_ceac(&made.draws, threshold, probability);
    for (size_t o = 0; o < 3; o++)
        cr_expect_float_eq(probability[o], 1. / 3, .015);
    /* Knowing the second option's parameter alone: max of 0 and a normal. The two that are not
     * known matter no longer. */
    struct evppi evppi = evppi_of(&made, 0, 1, 1);
    cr_expect(near(evppi.gbp.value, loss(0, 1), .04), "%g", evppi.gbp.value);
    made_end(&made);
}

Test(information, noise_alone_and_once_more)
{
    struct made made;
    struct evpi evpi;
    made_linear(&made, 20000, 2, 3, 4, 1);
    double *se = calloc(20000, 2 * sizeof *se);
    for (size_t d = 0; d < 20000; d++) {
        se[2 * d] = 1000; /* of the first option, which is 0: does not count */
        se[2 * d + 1] = 12;
    }
    cr_assert(information_evpi(&made.draws, threshold, se, 1, &evpi));
    cr_expect(near(evpi.noise_gbp, loss(2, 12), .03), "%g", evpi.noise_gbp);
    cr_expect(near(evpi.twice_gbp, loss(2, 13), .03), "%g", evpi.twice_gbp);
    free(se);
    made_end(&made);
}

Test(information, a_groups_value_is_its_own_loss)
{
    static const struct {
        size_t first, count, terms;
        double sd;
    } groups[] = {{0, 1, 3, 3}, {1, 1, 3, 4}, {0, 2, 6, 5}, {2, 2, 6, 0}, {0, 4, 15, 5}};
    struct made made;
    made_linear(&made, 20000, 2, 3, 4, 1);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        struct evppi evppi = evppi_of(&made, groups[i].first, groups[i].count, 1);
        double truth = groups[i].sd > 0 ? loss(2, groups[i].sd) : 0;
        cr_expect_float_eq(evppi.gbp.value, truth, .05, "group %zu: %g, not %g", i, evppi.gbp.value,
                           truth);
        cr_expect_float_eq(evppi.cross_fitted_gbp, truth, .1);
        cr_expect_geq(evppi.fitted_gbp, evppi.gbp.value - 1e-9);
        cr_expect(covers(evppi.gbp, evppi.gbp.value));
        double *table = group_of(&made, groups[i].first, groups[i].count);
        struct group *group = group_new(&made.draws, table, groups[i].count);
        cr_expect_eq(group_terms(group), groups[i].terms);
        group_free(group);
        free(table);
    }
    made_end(&made);
}

/* A square is worth what it is worth: net benefit x0^2 - 1 has E max(0, .) = 2 phi(1). And so is a
 * product: x0 x1 has E max(0, .) = 1 / pi, while x0 alone is worth nothing. */
Test(information, bent_and_joint_effects)
{
    struct made made;
    made_begin(&made, 20000, 2, 1);
    for (size_t d = 0; d < 20000; d++)
        made.cost_gbp[2 * d + 1] = 1 - pow(made.x[d * PARAMETERS], 2);
    struct evppi square = evppi_of(&made, 0, 1, 1);
    cr_expect_float_eq(square.gbp.value, 2 * gsl_ran_ugaussian_pdf(1), .02);
    for (size_t d = 0; d < 20000; d++)
        made.cost_gbp[2 * d + 1] = -made.x[d * PARAMETERS] * made.x[d * PARAMETERS + 1];
    struct evppi product = evppi_of(&made, 0, 2, 1), alone = evppi_of(&made, 0, 1, 1);
    cr_expect_float_eq(product.gbp.value, 1 / M_PI, .02);
    cr_expect_float_eq(alone.gbp.value, 0, .02);
    made_end(&made);
}

/* What the same draws would say of x1 if its slope were known instead of fitted. */
static double with_known_slope(const struct made *made, double slope)
{
    double best = 0, all = 0, x = 0, n = (double)made->draws.n;
    for (size_t d = 0; d < made->draws.n; d++) {
        x += made->x[d * PARAMETERS + 1] / n;
        all += (threshold * made->qalys[2 * d + 1] - made->cost_gbp[2 * d + 1]) / n;
    }
    for (size_t d = 0; d < made->draws.n; d++)
        best += fmax(all + slope * (made->x[d * PARAMETERS + 1] - x), 0) / n;
    return best - fmax(all, 0);
}

/* Over repeats: intervals cover, and either side of the bias is where it is said to be. 400 draws,
 * a group of one parameter that matters and two that do not, and one of two that do not. */
Test(information, intervals_cover)
{
    enum { REPEATS = 100, N = 400 };
    int evpi_covered = 0, covered = 0, nothing_covered = 0;
    double known = 0, nothing = 0, nothing_fitted = 0;
    struct evppi mean = {0};
    for (uint64_t seed = 1; seed <= REPEATS; seed++) {
        struct made made;
        struct evpi evpi;
        made_linear(&made, N, 1, 3, 4, seed);
        cr_assert(information_evpi(&made.draws, threshold, NULL, seed, &evpi));
        struct evppi evppi = evppi_of(&made, 1, 3, seed), none = evppi_of(&made, 2, 2, seed);
        evpi_covered += covers(evpi.gbp, loss(1, 5));
        covered += covers(evppi.gbp, loss(1, 4));
        nothing_covered += none.gbp.low <= .02;
        mean.gbp.value += evppi.gbp.value / REPEATS;
        mean.fitted_gbp += evppi.fitted_gbp / REPEATS;
        mean.cross_fitted_gbp += evppi.cross_fitted_gbp / REPEATS;
        known += with_known_slope(&made, 4) / REPEATS;
        nothing += none.gbp.value / REPEATS;
        nothing_fitted += none.fitted_gbp / REPEATS;
        made_end(&made);
    }
    cr_expect(evpi_covered >= 88 && evpi_covered <= 99, "%d", evpi_covered);
    cr_expect(covered >= 88, "%d", covered);
    cr_expect_geq(nothing_covered, 92, "%d", nothing_covered);
    cr_expect_float_eq(mean.gbp.value, loss(1, 4), .05);
    cr_expect_float_eq(mean.gbp.value, known, .01, "%g, not %g", mean.gbp.value, known);
    cr_expect(mean.cross_fitted_gbp < known && known < mean.fitted_gbp, "%g %g %g",
              mean.cross_fitted_gbp, known, mean.fitted_gbp);
    cr_expect_gt(mean.cross_fitted_gbp, known - .03);
    cr_expect_lt(nothing, .4 * nothing_fitted, "%g %g", nothing, nothing_fitted);
}

/* Too few draws give no figure; a few more a straight line; a parameter that does not vary, or
 * another one twice, changes nothing. */
Test(information, few_draws_and_idle_parameters)
{
    static const struct {
        size_t n, terms;
    } cases[] = {{0, 0}, {14, 0}, {15, 3}, {99, 3}, {100, 5}, {119, 5}, {120, 6}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct made made;
        struct evppi evppi;
        struct evpi evpi;
        made_linear(&made, cases[i].n, 1, 3, 4, 1);
        double *table = group_of(&made, 0, 2);
        struct group *group = group_new(&made.draws, table, 2);
        cr_expect(cases[i].n == 0 || group_terms(group) == cases[i].terms, "case %zu: %zu", i,
                  group_terms(group));
        cr_assert(information_evppi(group, threshold, 1, &evppi));
        cr_expect_eq(isnan(evppi.gbp.value) && isnan(evppi.gbp.low), cases[i].terms == 0);
        cr_assert(information_evpi(&made.draws, threshold, NULL, 1, &evpi));
        cr_expect_eq(isnan(evpi.gbp.value), cases[i].n == 0);
        group_free(group);
        free(table);
        made_end(&made);
    }
    struct made made;
    made_linear(&made, 500, 1, 3, 4, 1);
    struct evppi plain = evppi_of(&made, 0, 1, 1);
    for (size_t d = 0; d < 500; d++) {
        made.x[d * PARAMETERS + 1] = made.x[d * PARAMETERS] * 5 - 3;
        made.x[d * PARAMETERS + 2] = 7;
    }
    struct evppi idle = evppi_of(&made, 0, 3, 1);
    cr_expect(near(idle.gbp.value, plain.gbp.value, 1e-9), "%g %g", idle.gbp.value,
              plain.gbp.value);
    cr_expect(near(idle.cross_fitted_gbp, plain.cross_fitted_gbp, 1e-9));
    made_end(&made);
}

/* Products of many parameters would be too many. */
Test(information, products_have_a_limit)
{
    enum { N = 2500, MANY = 14 };
    static const struct {
        size_t parameters, terms;
    } cases[] = {{12, 91}, {MANY, 29}};
    struct made made;
    made_linear(&made, N, 1, 3, 4, 1);
    double *table = calloc(N, MANY * sizeof *table);
    struct stream stream = {.seed = 1, .domain = 78};
    for (size_t i = 0; i < N * MANY; i++) {
        double uniform[STREAM_LANES];
        stream_block(&stream, i, 0, uniform);
        table[i] = uniform[0];
    }
    for (size_t i = 0; i < 2; i++) {
        struct group *group = group_new(&made.draws, table, cases[i].parameters);
        cr_assert_not_null(group);
        cr_expect_eq(group_terms(group), cases[i].terms);
        group_free(group);
    }
    free(table);
    made_end(&made);
}
