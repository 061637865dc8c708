#include <criterion/criterion.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/sweep/sampling.h"

enum { MOST = 20 };

static struct sampling *sampling_good(struct sampling_plan plan)
{
    struct sampling *sampling;
    cr_assert_eq(sampling_new(&sampling, &plan), SAMPLING_OK);
    return sampling;
}

Test(sampling, names)
{
    static const char *const name[] = {"grid", "list",   "lhs",           "sobol", "halton",
                                       "oat",  "morris", "sobol_indices", "psa"};
    for (enum sampling_kind kind = SAMPLING_GRID; kind < SAMPLING_KINDS; kind++)
        cr_expect_str_eq(sampling_kind_name(kind), name[kind]);
}

Test(sampling, points_and_limits)
{
    static const size_t few[] = {3, 1, 4}, none[] = {3, 0, 4};
    static const size_t many[] = {1000000, 1000000}, most[] = {4294967296, 4294967296};
    static const size_t overflow_but_none[] = {4294967296, 4294967296, 0};
    static const struct {
        struct sampling_plan plan;
        enum sampling_status status;
        uint64_t points;
    } cases[] = {
        {{SAMPLING_GRID, 3, few, 7, 0, 1}, SAMPLING_OK, 12},
        {{SAMPLING_GRID, 3, none, 7, 0, 1}, SAMPLING_OK, 0},
        {{SAMPLING_GRID, 0, NULL, 7, 0, 1}, SAMPLING_OK, 1},
        {{SAMPLING_GRID, 2, many, 7, 0, 1}, SAMPLING_OK, 1000000000000},
        {{SAMPLING_GRID, 2, most, 7, 0, 1}, SAMPLING_TOO_MANY_POINTS, 0},
        {{SAMPLING_GRID, 3, overflow_but_none, 7, 0, 1}, SAMPLING_OK, 0},
        {{SAMPLING_LIST, 0, NULL, 7, 0, 1}, SAMPLING_OK, 7},
        {{SAMPLING_PSA, 0, NULL, 128, 0, 1}, SAMPLING_OK, 128},
        {{SAMPLING_LHS, 5, NULL, 7, 0, 1}, SAMPLING_OK, 7},
        {{SAMPLING_LHS, 5, NULL, 4294967296, 0, 1}, SAMPLING_TOO_MANY_POINTS, 0},
        {{SAMPLING_SOBOL, 40, NULL, 1073741823, 0, 1}, SAMPLING_OK, 1073741823},
        {{SAMPLING_SOBOL, 40, NULL, 1073741824, 0, 1}, SAMPLING_TOO_MANY_POINTS, 0},
        {{SAMPLING_SOBOL, 41, NULL, 7, 0, 1}, SAMPLING_TOO_MANY_FACTORS, 0},
        {{SAMPLING_HALTON, 1229, NULL, 7, 0, 1}, SAMPLING_OK, 7},
        {{SAMPLING_HALTON, 1230, NULL, 7, 0, 1}, SAMPLING_TOO_MANY_FACTORS, 0},
        {{SAMPLING_OAT, 6, NULL, 7, 0, 1}, SAMPLING_OK, 13},
        {{SAMPLING_MORRIS, 6, NULL, 10, 0, 1}, SAMPLING_OK, 70},
        {{SAMPLING_MORRIS, 6, NULL, UINT64_MAX / 6, 0, 1}, SAMPLING_TOO_MANY_POINTS, 0},
        {{SAMPLING_SOBOL_INDICES, 20, NULL, 100, 0, 1}, SAMPLING_OK, 2200},
        {{SAMPLING_SOBOL_INDICES, 21, NULL, 100, 0, 1}, SAMPLING_TOO_MANY_FACTORS, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t points;
        enum sampling_status status = sampling_plan_points(&cases[i].plan, &points);
        cr_expect_eq(status, cases[i].status, "case %zu", i);
        if (status == SAMPLING_OK)
            cr_expect_eq(points, cases[i].points, "case %zu: %ju", i, (uintmax_t)points);
        struct sampling *sampling;
        cr_expect_eq(sampling_new(&sampling, &cases[i].plan), cases[i].status, "case %zu", i);
        cr_expect_eq(sampling == NULL, status != SAMPLING_OK, "case %zu", i);
        if (sampling != NULL)
            cr_expect_eq(sampling_points(sampling), points, "case %zu", i);
        sampling_free(sampling);
    }
}

Test(sampling, grid_has_every_combination_the_last_factor_fastest)
{
    size_t levels[] = {2, 3};
    struct sampling *grid =
        sampling_good((struct sampling_plan){SAMPLING_GRID, 2, levels, 0, 0, 1});
    levels[0] = levels[1] = 7; /* it has its own */
    for (uint64_t point = 1; point <= 6; point++) {
        double unit[2];
        sampling_point(grid, point, unit);
        cr_expect_eq(unit[0], point <= 3 ? .25 : .75);
        cr_expect_float_eq(unit[1], (1 + 2 * (double)((point - 1) % 3)) / 6, 1e-15);
    }
    sampling_free(grid);
}

/* Of each factor every n-th of the range has one point. */
static bool is_stratified(struct sampling *sampling, uint64_t first, uint64_t step, uint64_t n,
                          size_t factors, const double also[])
{
    bool whole = true;
    for (size_t f = 0; f < factors; f++) {
        int *met = calloc(n, sizeof *met);
        double unit[MOST];
        for (uint64_t i = 0; i < n; i++) {
            if (also != NULL && i == n - 1)
                memcpy(unit, also, factors * sizeof *unit);
            else
                sampling_point(sampling, first + i * step, unit);
            met[(uint64_t)(unit[f] * (double)n)]++;
        }
        for (uint64_t i = 0; i < n; i++)
            whole = whole && met[i] == 1;
        free(met);
    }
    return whole;
}

Test(sampling, latin_hypercube)
{
    enum { N = 1000, FACTORS = 6 };
    struct sampling_plan plan = {SAMPLING_LHS, FACTORS, NULL, N, 0, 1};
    struct sampling *lhs = sampling_good(plan), *again = sampling_good(plan);
    plan.seed = 2;
    struct sampling *other = sampling_good(plan);
    cr_expect(is_stratified(lhs, 1, 1, N, FACTORS, NULL));
    cr_expect(is_stratified(other, 1, 1, N, FACTORS, NULL));
    double product[FACTORS][FACTORS] = {0}, within[FACTORS] = {0}, cross = 0;
    for (uint64_t point = 1; point <= N; point++) {
        double unit[FACTORS], same[FACTORS], else_[FACTORS];
        sampling_point(lhs, point, unit);
        sampling_point(again, point, same);
        sampling_point(other, point, else_);
        cr_expect_arr_eq(unit, same, sizeof unit);
        cross += (unit[0] - .5) * (else_[0] - .5);
        for (size_t f = 0; f < FACTORS; f++) {
            within[f] += unit[f] * N - floor(unit[f] * N);
            for (size_t g = 0; g < f; g++)
                product[f][g] += (unit[f] - .5) * (unit[g] - .5);
        }
    }
    /* Orders are independent of each other and of another seed's: correlations of 1000 points have
     * a standard deviation of 0.032. Places within strata are even. */
    cr_expect_lt(fabs(cross * 12 / N), .13);
    for (size_t f = 0; f < FACTORS; f++) {
        cr_expect_float_eq(within[f] / N, .5, 4 * .29 / sqrt(N));
        for (size_t g = 0; g < f; g++)
            cr_expect_lt(fabs(product[f][g] * 12 / N), .13, "%zu and %zu", f, g);
    }
    sampling_free(lhs);
    sampling_free(again);
    sampling_free(other);
}

/* The first points of both as the books have them, the origin left out, whatever the seed. */
Test(sampling, sequences_begin_after_the_origin)
{
    static const double sobol[4][2] = {{.5, .5}, {.75, .25}, {.25, .75}, {.375, .375}};
    static const double halton[4][2] = {
        {1. / 2, 1. / 3}, {1. / 4, 2. / 3}, {3. / 4, 1. / 9}, {1. / 8, 4. / 9}};
    for (uint64_t seed = 1; seed <= 2; seed++) {
        struct sampling *s =
            sampling_good((struct sampling_plan){SAMPLING_SOBOL, 2, NULL, 4, 0, seed});
        struct sampling *h =
            sampling_good((struct sampling_plan){SAMPLING_HALTON, 2, NULL, 4, 0, seed});
        for (uint64_t point = 1; point <= 4; point++) {
            double unit[2];
            sampling_point(s, point, unit);
            cr_expect(unit[0] == sobol[point - 1][0] && unit[1] == sobol[point - 1][1]);
            sampling_point(h, point, unit);
            cr_expect_float_eq(unit[0], halton[point - 1][0], 1e-15);
            cr_expect_float_eq(unit[1], halton[point - 1][1], 1e-15);
        }
        sampling_free(s);
        sampling_free(h);
    }
}

Test(sampling, sobol_is_even_with_the_origin)
{
    static const double origin[MOST];
    struct sampling *sobol =
        sampling_good((struct sampling_plan){SAMPLING_SOBOL, MOST, NULL, 1023, 0, 1});
    cr_expect(is_stratified(sobol, 1, 1, 1024, MOST, origin));
    sampling_free(sobol);
}

/* In any order a point is the same, and strictly inside the cube where the kind says so. */
Test(sampling, points_do_not_depend_on_the_order)
{
    static const size_t levels[] = {3, 4, 5};
    enum { N = 60, FACTORS = 3 };
    for (enum sampling_kind kind = SAMPLING_GRID; kind < SAMPLING_KINDS; kind++) {
        if (kind == SAMPLING_LIST || kind == SAMPLING_PSA)
            continue;
        struct sampling_plan plan = {kind, FACTORS, levels, N, 0, 1};
        struct sampling *rising = sampling_good(plan), *any = sampling_good(plan);
        uint64_t points = sampling_points(rising);
        for (uint64_t point = 1; point <= points; point++) {
            double in_order[FACTORS], again[FACTORS];
            sampling_point(rising, point, in_order);
            sampling_point(any, (point * 53) % points + 1, again);
            sampling_point(any, point, again);
            for (size_t f = 0; f < FACTORS; f++) {
                cr_expect(in_order[f] == again[f] || (isnan(in_order[f]) && isnan(again[f])));
                if (kind != SAMPLING_OAT && kind != SAMPLING_MORRIS)
                    cr_expect(in_order[f] > 0 && in_order[f] < 1);
            }
        }
        sampling_free(rising);
        sampling_free(any);
    }
}

Test(sampling, one_at_a_time)
{
    struct sampling *oat = sampling_good((struct sampling_plan){SAMPLING_OAT, 3, NULL, 0, 0, 1});
    for (uint64_t point = 1; point <= 7; point++) {
        double unit[3];
        sampling_point(oat, point, unit);
        for (size_t f = 0; f < 3; f++) {
            if (point >= 2 && (point - 2) / 2 == f)
                cr_expect_eq(unit[f], (double)(point % 2)); /* even: the low end */
            else
                cr_expect(isnan(unit[f]));
        }
    }
    sampling_free(oat);
}

/* Every trajectory moves every factor once, by half of the levels, on the levels. Starting levels,
 * directions and orders are as likely as each other. */
static void expect_morris(unsigned levels)
{
    enum { N = 2000, FACTORS = 5 };
    struct sampling *morris =
        sampling_good((struct sampling_plan){SAMPLING_MORRIS, FACTORS, NULL, N, levels, 1});
    unsigned p = levels > 0 ? levels : 4;
    double step_size = p / (2. * (p - 1)), up = 0, first[FACTORS] = {0}, start = 0, square = 0;
    for (uint64_t t = 0; t < N; t++) {
        double before[FACTORS], after[FACTORS];
        bool moved[FACTORS] = {false};
        sampling_point(morris, t * (FACTORS + 1) + 1, before);
        start += before[0] / N;
        square += before[0] * before[0] / N;
        for (uint64_t step = 1; step <= FACTORS; step++) {
            sampling_point(morris, t * (FACTORS + 1) + step + 1, after);
            size_t moves = 0;
            for (size_t f = 0; f < FACTORS; f++) {
                double level = after[f] * (p - 1);
                cr_expect_float_eq(level, round(level), 1e-12);
                cr_expect(after[f] >= 0 && after[f] <= 1);
                if (after[f] == before[f])
                    continue;
                moves++;
                cr_expect_not(moved[f]);
                moved[f] = true;
                cr_expect_float_eq(fabs(after[f] - before[f]), step_size, 1e-12);
                up += after[f] > before[f];
                first[f] += step == 1;
            }
            cr_expect_eq(moves, 1);
            memcpy(before, after, sizeof before);
        }
    }
    sampling_free(morris);
    cr_expect_float_eq(up / (N * FACTORS), .5, .02);
    for (size_t f = 0; f < FACTORS; f++)
        cr_expect_float_eq(first[f] / N, 1. / FACTORS, .04);
    /* Of p even levels from 0 to 1: variance (p + 1) / (12 (p - 1)). */
    cr_expect_float_eq(start, .5, .04);
    cr_expect_float_eq(square - start * start, (p + 1) / (12. * (p - 1)), .02);
}

Test(sampling, morris_trajectories)
{
    static const unsigned levels[] = {0, 2, 4, 8};
    for (size_t i = 0; i < 4; i++)
        expect_morris(levels[i]);
}

Test(sampling, indices_take_one_coordinate_at_a_time_from_the_other_half)
{
    enum { N = 256, FACTORS = 10 };
    struct sampling_plan plan = {SAMPLING_SOBOL_INDICES, FACTORS, NULL, N, 0, 1};
    struct sampling *first = sampling_good(plan);
    plan.seed = 2;
    struct sampling *other = sampling_good(plan);
    for (uint64_t base = 0; base < N; base++) {
        double a[FACTORS], b[FACTORS], mixed[FACTORS], shifted[FACTORS];
        sampling_point(first, base * (FACTORS + 2) + 1, a);
        sampling_point(other, base * (FACTORS + 2) + 1, shifted);
        sampling_point(first, base * (FACTORS + 2) + 2, b);
        for (size_t g = 0; g < FACTORS; g++) {
            sampling_point(first, base * (FACTORS + 2) + 3 + g, mixed);
            for (size_t f = 0; f < FACTORS; f++)
                cr_expect_eq(mixed[f], f == g ? b[f] : a[f]);
            cr_expect_neq(a[g], b[g]);
            cr_expect_neq(a[g], shifted[g]);
        }
    }
    /* A and B are nets as they are, the shifted origin with them. */
    cr_expect(is_stratified(first, 1, FACTORS + 2, N, FACTORS, NULL));
    cr_expect(is_stratified(first, 2, FACTORS + 2, N, FACTORS, NULL));
    sampling_free(first);
    sampling_free(other);
}
