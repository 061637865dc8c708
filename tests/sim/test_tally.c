#include <criterion/criterion.h>
#include <math.h>

#include "sim/tally.h"

static void assert_near(double got, double want)
{
    cr_assert(fabs(got - want) <= 1e-12 * fmax(1.0, fabs(want)), "%.17g, not %.17g", got, want);
}

Test(tally, known_answers)
{
    static const double values[] = {2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0};
    struct tally tally = {0};
    for (int i = 0; i < 8; i++)
        tally_add(&tally, values[i]);
    cr_assert_eq(tally.n, 8);
    assert_near(tally.mean, 5.0);
    assert_near(tally_variance(&tally), 32.0 / 7.0);
    assert_near(tally_sd(&tally), sqrt(32.0 / 7.0));
    assert_near(tally_sum(&tally), 40.0);
    cr_assert(tally.min == 2.0 && tally.max == 9.0);
}

Test(tally, few_observations)
{
    struct tally tally = {0};
    cr_assert(isnan(tally_variance(&tally)));
    tally_add(&tally, -3.0);
    cr_assert(isnan(tally_variance(&tally)));
    cr_assert(tally.min == -3.0 && tally.max == -3.0 && tally.mean == -3.0);
    tally_add(&tally, 1.0);
    assert_near(tally_variance(&tally), 8.0);
}

Test(tally, keeps_its_digits_far_from_zero)
{
    struct tally tally = {0};
    for (int i = 0; i < 1000; i++)
        tally_add(&tally, 1e9 + (i % 2 ? 0.5 : -0.5));
    assert_near(tally_variance(&tally), 250.0 / 999.0);
}

Test(tally, merge_is_adding)
{
    struct tally whole = {0};
    struct tally part[3] = {0};
    for (int i = 0; i < 100; i++) {
        double value = sin(i) * 10.0 + i;
        tally_add(&whole, value);
        tally_add(&part[i < 7 ? 0 : 1], value);
    }
    tally_merge(&part[2], &part[0]); /* into an empty one */
    tally_merge(&part[2], &part[1]);
    tally_merge(&part[2], &(struct tally){0});
    cr_assert_eq(part[2].n, whole.n);
    assert_near(part[2].mean, whole.mean);
    assert_near(part[2].m2, whole.m2);
    cr_assert(part[2].min == whole.min && part[2].max == whole.max);
}

Test(tally, merging_none_or_one)
{
    struct tally tally = {0};
    struct tally one = {0};
    tally_add(&tally, 5.0);
    tally_add(&tally, 7.0);
    tally_add(&one, 9.0);
    tally_merge(&tally, &(struct tally){0});
    cr_assert(tally.n == 2 && tally.min == 5.0 && tally.max == 7.0);
    tally_merge(&tally, &one);
    cr_assert(tally.n == 3 && tally.min == 5.0 && tally.max == 9.0);
    assert_near(tally.mean, 7.0);
    assert_near(tally.m2, 8.0);
}

Test(level, counts_the_last_stretch)
{
    struct level level;
    level_init(&level, 0.0, 0.0);
    level_set(&level, 2.0, 1.0);
    level_set(&level, 5.0, 3.0);
    level_set(&level, 1.0, 4.0);
    assert_near(level_area(&level, 10.0), 4.0 + 5.0 + 6.0);
    assert_near(level_average(&level, 10.0), 1.5);
    assert_near(level_average(&level, 4.0), 9.0 / 4.0);
    cr_assert(level.min == 0.0 && level.max == 5.0);
}

Test(level, reset_forgets_the_extremes)
{
    struct level level;
    level_init(&level, 3.0, 0.0);
    level_set(&level, -9.0, 1.0);
    level_set(&level, 9.0, 2.0);
    level_set(&level, 4.0, 3.0);
    cr_assert(level.min == -9.0 && level.max == 9.0);
    level_reset(&level, 5.0);
    cr_assert(level.min == 4.0 && level.max == 4.0);
}

Test(level, reset_begins_a_window)
{
    struct level level;
    level_init(&level, 3.0, 100.0);
    level_set(&level, 7.0, 110.0);
    level_reset(&level, 120.0);
    cr_assert(isnan(level_average(&level, 120.0)));
    assert_near(level_average(&level, 125.0), 7.0);
    level_set(&level, 1.0, 130.0);
    assert_near(level_average(&level, 140.0), 4.0);
    cr_assert(level.min == 1.0 && level.max == 7.0);
}
