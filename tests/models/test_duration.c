#include <criterion/criterion.h>
#include <math.h>

#include "models/duration.h"

/* Means and standard deviations, by the midpoint rule over the uniforms. */
Test(duration, has_its_mean_and_spread)
{
    static const struct {
        enum duration_family family;
        double mean, sd;
    } row[] = {{DURATION_CONSTANT, 3, 0},  {DURATION_EXPONENTIAL, 2, 2}, {DURATION_GAMMA, 7.4, 3},
               {DURATION_GAMMA, 2, 3},     {DURATION_LOGNORMAL, 18, 7},  {DURATION_UNIFORM, 5, 2},
               {DURATION_UNIFORM, 1, 0.57}};
    enum { POINTS = 200000 };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct duration duration = duration_of(row[i].family, row[i].mean, row[i].sd);
        double sum = 0, squares = 0, before = -1;
        for (int k = 0; k < POINTS; k++) {
            double value = duration_draw(&duration, (k + .5) / POINTS);
            cr_assert(value >= before, "row %zu falls", i);
            before = value;
            sum += value;
            squares += (value - row[i].mean) * (value - row[i].mean);
        }
        cr_expect_float_eq(sum / POINTS, row[i].mean, 1e-3 * row[i].mean, "mean of row %zu", i);
        cr_expect_float_eq(sqrt(squares / POINTS), row[i].sd, 3e-3 * row[i].mean, "sd of row %zu",
                           i);
        struct duration longer = duration_scaled(&duration, 2);
        cr_expect_float_eq(duration_draw(&longer, .3), 2 * duration_draw(&duration, .3), 1e-9);
        struct duration none = duration_scaled(&duration, 0);
        cr_expect_eq(duration_draw(&none, .3), 0);
    }
}

Test(duration, refuses_what_cannot_be)
{
    static const struct {
        enum duration_family family;
        double mean, sd;
        bool can_be;
    } row[] = {
        {DURATION_CONSTANT, 3, NAN, true},      {DURATION_CONSTANT, 0, 0, true},
        {DURATION_CONSTANT, 3, 1, false},       {DURATION_EXPONENTIAL, 2, NAN, true},
        {DURATION_EXPONENTIAL, 2, 2, true},     {DURATION_EXPONENTIAL, 2, 1, false},
        {DURATION_EXPONENTIAL, -2, NAN, false}, {DURATION_LOGNORMAL, 2, NAN, false},
        {DURATION_LOGNORMAL, 2, 1, true},       {DURATION_LOGNORMAL, 0, 1, false},
        {DURATION_LOGNORMAL, 2, 0, false},      {DURATION_GAMMA, 2, -1, false},
        {DURATION_UNIFORM, 2, 1.1547, true},    {DURATION_UNIFORM, 2, 1.2, false},
        {DURATION_GAMMA, 2, 2000, true},        {DURATION_GAMMA, 2, 2002, false},
        {DURATION_LOGNORMAL, 2, 1e-5, true},    {DURATION_LOGNORMAL, 2, 1e-6, false},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        const char *remedy;
        const char *fault = duration_fault(row[i].family, row[i].mean, row[i].sd, &remedy);
        cr_expect_eq(fault == NULL, row[i].can_be, "row %zu: %s", i, fault ? fault : "no fault");
    }
}

/* Whatever is not refused can be drawn from, at the ends of the uniforms too, and a longer one is
 * never shorter. */
Test(duration, that_can_be_has_times)
{
    static const double spread[] = {1e-6, 1e-3, 0.02, 0.5, 1, 3, 10, 100, 1000};
    for (double mean = 1e-300; mean < 1e8; mean *= 1e14)
        for (int family = 0; family < DURATION_FAMILIES; family++)
            for (size_t s = 0; s < sizeof spread / sizeof *spread; s++) {
                const char *remedy;
                double before = 0;
                if (duration_fault((enum duration_family)family, mean, spread[s] * mean, &remedy))
                    continue;
                struct duration duration =
                    duration_of((enum duration_family)family, mean, spread[s] * mean);
                for (double u = 0x1p-53; u < 1; u = u < 0.5 ? 2 * u : (1 + u) / 2) {
                    double time = duration_draw(&duration, u);
                    cr_assert(isfinite(time) && time >= before, "%s %g %g at %g: %g",
                              duration_name((enum duration_family)family), mean, spread[s], u,
                              time);
                    before = time;
                }
            }
}

Test(duration, is_found_by_name)
{
    for (int family = 0; family < DURATION_FAMILIES; family++)
        cr_expect_eq(duration_find(duration_name((enum duration_family)family)), family);
    cr_expect_eq(duration_find("normal"), -1);
}
