#include <criterion/criterion.h>
#include <math.h>

#include "models/growth.h"
#include "tests/models/small_region.h"

static struct growth growth_of(double all, double young, double old, double oldest,
                               const struct growth_table *table)
{
    struct parameters parameters;
    struct growth growth;
    parameters_default(&parameters);
    parameters.value[P_DEMAND_GROWTH] = all;
    parameters.value[P_DEMAND_GROWTH_0_64] = young;
    parameters.value[P_DEMAND_GROWTH_65_79] = old;
    parameters.value[P_DEMAND_GROWTH_80_PLUS] = oldest;
    growth_init(&growth, &parameters, table);
    return growth;
}

Test(growth, none_is_exactly_one)
{
    struct growth_table none = {0};
    struct growth growth = growth_of(0, 0, 0, 0, &none);
    cr_expect_not(growth_is_any(&growth));
    for (enum age_band band = 0; band < AGE_BANDS; band++)
        for (int years = 0; years <= 100; years += 7)
            cr_expect_eq(growth_factor(&growth, band, years), 1);
    cr_expect_eq(growth_most(&growth, 100), 1);
}

/* 2% everywhere and 3% on top for the oldest: compounded, without steps. */
Test(growth, so_much_a_year_is_compounded)
{
    struct growth_table none = {0};
    struct growth growth = growth_of(.02, 0, -.01, .03, &none);
    cr_expect(growth_is_any(&growth));
    cr_expect(near(growth_factor(&growth, BAND_0_64, 10), 1.218994420, 1e-9));
    cr_expect(near(growth_factor(&growth, BAND_65_79, 1), 1.0098, 1e-12));
    cr_expect(near(growth_factor(&growth, BAND_80_PLUS, 20), 1.485947396 * 1.806111235, 1e-9),
              "%.10g", growth_factor(&growth, BAND_80_PLUS, 20));
    cr_expect(near(growth_factor(&growth, BAND_0_64, .5), sqrt(1.02), 1e-12));
    cr_expect_eq(growth_factor(&growth, BAND_80_PLUS, 0), 1);
}

/* In straight lines between the rows; as at the first before it, as at the last after it. */
Test(growth, a_table_is_read_in_straight_lines)
{
    struct growth_row row[] = {{-1, {1, 1, 1}}, {3, {2, 1, .5}}, {5, {1, 4, .5}}};
    struct growth_table table = {3, row};
    struct growth growth = growth_of(0, 0, 0, 0, &table);
    static const struct {
        double years, want[AGE_BANDS];
    } known[] = {{0, {1.25, 1, .875}}, {1, {1.5, 1, .75}}, {3, {2, 1, .5}},
                 {4, {1.5, 2.5, .5}},  {5, {1, 4, .5}},    {9, {1, 4, .5}}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        for (enum age_band band = 0; band < AGE_BANDS; band++)
            cr_expect(
                near(growth_factor(&growth, band, known[i].years), known[i].want[band], 1e-12),
                "after %g: %g", known[i].years, growth_factor(&growth, band, known[i].years));
    growth = growth_of(.1, 0, 0, 0, &table);
    cr_expect(near(growth_factor(&growth, BAND_65_79, 4), 2.5 * 1.4641, 1e-12), "both act");
}

/* No factor of the run is above the bound, and the bound is not far away. */
Test(growth, has_a_bound)
{
    struct growth_row row[] = {{0, {1, 1, 1}}, {3, {2, 1, .5}}, {5, {1, 4, .5}}};
    struct growth_table table = {3, row};
    static const double per_year[] = {-.2, 0, .1};
    for (size_t g = 0; g < 3; g++)
        for (double years = 0; years < 8; years += .5) {
            struct growth growth = growth_of(per_year[g], 0, 0, .05, &table);
            double most = 0, bound = growth_most(&growth, years);
            for (double at = 0; at <= years; at += 1.0 / 64)
                for (enum age_band band = 0; band < AGE_BANDS; band++)
                    most = fmax(most, growth_factor(&growth, band, at));
            cr_expect(most <= bound * (1 + 1e-12), "%g after %g", most, years);
            cr_expect(per_year[g] < 0 || bound <= most * 1.6, "%g for %g", bound, most);
        }
}
