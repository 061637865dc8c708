#include <criterion/criterion.h>
#include <math.h>

#include "scenarios/kept_census.h"
#include "tests/models/small_region.h"

enum { DAYS = 3 };

/* Opens it for the central configuration: hyper-acute beds at Ash and Cedar, stroke-unit beds at
 * Ash, Birch, Cedar and Dogwood. */
static void open_central(struct kept_census *census, struct design *design, struct model *model)
{
    small_design(design);
    cr_assert_eq(model_init(model, design, 0), MODEL_OK);
    cr_assert(kept_census_open(census, &model->service[CENTRAL], DAYS));
    cr_assert_eq(census->places, 6);
}

/* Beds in use that name their replication, day, hospital and kind. */
static void number(uint16_t in_use[DAYS * SMALL_HOSPITALS][BED_KINDS], unsigned replication)
{
    for (unsigned day = 0; day < DAYS; day++)
        for (unsigned h = 0; h < SMALL_HOSPITALS; h++)
            for (unsigned kind = 0; kind < BED_KINDS; kind++)
                in_use[day * SMALL_HOSPITALS + h][kind] =
                    (uint16_t)(60 * replication + 20 * day + 3 * h + kind);
}

/* Of few replications all are kept, of many every second, fourth, ...; the mean is of all. */
Test(kept_census, keeps_every_second_of_many)
{
    static const struct {
        unsigned replications;
        size_t kept, every;
    } cases[] = {{1, 1, 1},     {128, 128, 1}, {129, 65, 2},
                 {256, 128, 2}, {257, 65, 4},  {1000, 125, 8}};
    struct design design;
    struct model model;
    struct kept_census census;
    uint16_t in_use[DAYS * SMALL_HOSPITALS][BED_KINDS];
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        open_central(&census, &design, &model);
        for (unsigned r = 0; r < cases[c].replications; r++) {
            number(in_use, r);
            kept_census_add(&census, in_use);
        }
        cr_expect_eq(census.n, cases[c].kept, "%u: %zu", cases[c].replications, census.n);
        for (size_t day = 0; day < DAYS; day++)
            for (size_t p = 0; p < census.places; p++) {
                const struct census_place *place = &census.place[p];
                double first = 20. * (double)day + 3. * (double)place->hospital + (int)place->kind;
                double last = (double)((cases[c].kept - 1) * cases[c].every);
                double low = kept_census_quantile(&census, day, p, 0);
                double high = kept_census_quantile(&census, day, p, 1);
                double mean = first + 60 * (cases[c].replications - 1) / 2.;
                cr_expect_eq(low, first, "%zu, %zu: %g", day, p, low);
                cr_expect_eq(high, first + 60 * last, "%zu, %zu: %g", day, p, high);
                cr_expect_float_eq(kept_census_mean(&census, day, p), mean, 1e-9);
                cr_expect_float_eq(kept_census_quantile(&census, day, p, .5), (low + high) / 2,
                                   1e-9);
            }
        kept_census_close(&census);
        model_fini(&model);
        design_fini(&design);
    }
}

Test(kept_census, nothing_of_no_replication)
{
    struct design design;
    struct model model;
    struct kept_census census;
    open_central(&census, &design, &model);
    cr_expect(isnan(kept_census_mean(&census, 0, 0)));
    cr_expect(isnan(kept_census_quantile(&census, 0, 0, .5)));
    kept_census_close(&census);
    kept_census_close(&census);
    model_fini(&model);
    design_fini(&design);
}

/* Every day of two years, every seventh of longer windows. */
Test(kept_census, days_of_windows)
{
    cr_expect_eq(kept_census_every(730), 1);
    cr_expect_eq(kept_census_days(730), 730);
    cr_expect_eq(kept_census_every(731), 7);
    cr_expect_eq(kept_census_days(731), 105); /* days 1, 8, ... 729 */
    cr_expect_eq(kept_census_days(735), 105);
    cr_expect_eq(kept_census_days(736), 106);
    cr_expect_eq(kept_census_days(1), 1);
}
