#include <criterion/criterion.h>
#include <math.h>

#include "models/volume.h"
#include "tests/models/small_region.h"

/* Bray 2013: 50 thrombolyses a year or more save 28 min of door to needle against fewer than 25,
 * and 22 against 25 to 49. */
Test(volume, minutes_saved)
{
    static const struct {
        double per_year, saves_min;
    } cases[] = {{0, 0}, {24.9, 0}, {25, 6}, {49.9, 6}, {50, 28}, {500, 28}};
    struct parameters parameters;
    parameters_default(&parameters);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++)
        cr_expect_eq(volume_saves_min(&parameters, cases[c].per_year), cases[c].saves_min, "%g",
                     cases[c].per_year);
}

static double needle_min(const struct unit *unit, enum stroke_type type)
{
    return exp(unit->scan_mu[type]) + exp(unit->needle_mu[type]);
}

/* A region where every local unit gives some 10 to 40 thrombolyses a year and each HASU well over
 * 50. The first configuration keeps its times; a HASU gains what its class is above the one that
 * the same hospital had; off, nothing moves. */
Test(volume, moves_times_against_the_first_configuration)
{
    struct design design[2];
    struct model model[2];
    for (int on = 0; on < 2; on++) {
        small_design(&design[on]);
        small_design_unlimited(&design[on]);
        small_design_grow(&design[on], 12);
        small_design_write(&design[on], BOTH, P_TREATMENT_VOLUME_EFFECT, on);
        cr_assert_eq(model_init(&model[on], &design[on], 0), MODEL_OK);
    }
    static const size_t hasus[] = {SITE_ASH, SITE_CEDAR};
    for (enum stroke_type type = 0; type < ISCHAEMIC_TYPES; type++) {
        for (size_t h = 0; h < SMALL_HOSPITALS; h++)
            cr_expect_eq(model[1].service[LOCAL].unit[h].scan_mu[type],
                         model[0].service[LOCAL].unit[h].scan_mu[type]);
        for (size_t k = 0; k < 2; k++) {
            const struct unit *before = &model[0].service[CENTRAL].unit[hasus[k]];
            const struct unit *after = &model[1].service[CENTRAL].unit[hasus[k]];
            double saved = needle_min(before, type) - needle_min(after, type);
            cr_expect(near(saved, 28, 1e-9) || near(saved, 22, 1e-9), "%g min saved", saved);
            cr_expect(near(after->scan_mu[type] - before->scan_mu[type],
                           after->needle_mu[type] - before->needle_mu[type], 1e-12),
                      "in proportion");
        }
    }
    for (int on = 0; on < 2; on++) {
        model_fini(&model[on]);
        design_fini(&design[on]);
    }
}

/* Whatever is saved, a tenth of the minutes is left. */
Test(volume, never_in_no_time)
{
    struct design design;
    struct model model;
    small_design(&design);
    small_design_unlimited(&design);
    small_design_grow(&design, 12);
    small_design_write(&design, BOTH, P_TREATMENT_VOLUME_EFFECT, 1);
    small_design_write(&design, BOTH, P_TREATMENT_VOLUME_50_SAVES_MIN, 120);
    cr_assert_eq(model_init(&model, &design, 0), MODEL_OK);
    const struct unit *unit = &model.service[CENTRAL].unit[SITE_ASH];
    cr_expect(near(needle_min(unit, TYPE_NLVO), (15.7 + 18.2) / 10, 1e-9), "%g",
              needle_min(unit, TYPE_NLVO));
    model_fini(&model);
    design_fini(&design);
}
