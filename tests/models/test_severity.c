#include <criterion/criterion.h>
#include <math.h>

#include "models/parameters.h"
#include "models/severity.h"

static const double half_male[AGE_CLASSES] = {.5, .5, .5, .5, .5, .5, .5, .5, .5, .5, .5};

static struct severity severity_of(struct parameters *parameters)
{
    struct severity severity;
    cr_assert(severity_init(&severity, parameters->value, half_male));
    return severity;
}

/* evidence.md section 3.3: share of all strokes that are ischaemic with NIHSS of 11 or more,
 * and 3.2: per cent that are haemorrhages, both by age. */
Test(severity, published_shares_by_age)
{
    static const struct {
        size_t age_class;
        double of_all, haemorrhage;
    } published[] = {{1, .124, .106}, {3, .135, .101}, {5, .162, .119}, {6, .190, .125},
                     {7, .220, .127}, {8, .270, .123}, {9, .328, .107}, {10, .390, .087}};
    struct parameters parameters;
    parameters_default(&parameters);
    parameters.value[P_PATIENT_FEMALE_SEVERE_OR] = 1;
    struct severity severity = severity_of(&parameters);
    for (size_t i = 0; i < sizeof published / sizeof *published; i++)
        for (int male = 0; male < 2; male++) {
            double got = 1 - severity_ischaemic_below(&severity, published[i].age_class, male, 11);
            double want = published[i].of_all / (1 - published[i].haemorrhage);
            cr_expect(fabs(got - want) < 1e-4, "class %zu: %g, not %g", published[i].age_class, got,
                      want);
        }
}

/* The odds of women over those of men, and about the published share for the two together. */
Test(severity, women_have_severe_strokes_more_often)
{
    struct parameters parameters;
    parameters_default(&parameters);
    struct severity severity = severity_of(&parameters);
    for (size_t a = 0; a < AGE_CLASSES; a++) {
        double women = severity.severe[a][false], men = severity.severe[a][true];
        cr_expect(fabs(women / (1 - women) / (men / (1 - men)) - 1.4) < 1e-9);
        cr_expect(fabs((women + men) / 2 - parameters.value[P_PATIENT_SEVERE_18_49 + a]) < .003);
    }
}

/* Evenly over the uniforms: the share below every NIHSS is the one stated, on each side of 11 the
 * published distribution, and a higher uniform is never milder. */
Test(severity, drawn_as_stated)
{
    enum { STEPS = 200000 };
    struct parameters parameters;
    parameters_default(&parameters);
    struct severity severity = severity_of(&parameters);
    double n[NIHSS_CLASSES] = {0}, all[2] = {0};
    for (int k = 0; k < NIHSS_CLASSES; k++)
        all[k >= 11] += parameters.value[P_PATIENT_NIHSS_00 + k];
    uint8_t last = 0;
    for (int step = 0; step < STEPS; step++) {
        uint8_t nihss = severity_ischaemic(&severity, 7, true, (step + .5) / STEPS);
        cr_assert(nihss >= last && nihss < NIHSS_CLASSES);
        n[nihss]++;
        last = nihss;
    }
    double below = 0;
    for (int k = 0; k < NIHSS_CLASSES; k++) {
        cr_expect(fabs(severity_ischaemic_below(&severity, 7, true, k) - below) < 2e-5, "%d", k);
        double side = k >= 11 ? severity.severe[7][true] : 1 - severity.severe[7][true];
        double want = side * parameters.value[P_PATIENT_NIHSS_00 + k] / all[k >= 11];
        cr_expect(fabs(n[k] / STEPS - want) < 2e-5, "NIHSS %d: %g, not %g", k, n[k] / STEPS, want);
        below += n[k] / STEPS;
    }
    cr_expect_eq(severity_ischaemic(&severity, 0, true, 1 - 0x1p-53), 42);
    cr_expect_eq(severity_ischaemic(&severity, 0, true, 0x1p-53), 0);
}

/* Bands .40 .19 .16 .06 .19, evenly within. */
Test(severity, haemorrhages)
{
    static const struct {
        double nihss, below;
    } cases[] = {{0, 0}, {3, .2}, {6, .40}, {11, .59}, {16, .75}, {21, .81}, {32, .905}, {43, 1}};
    struct parameters parameters;
    parameters_default(&parameters);
    struct severity severity = severity_of(&parameters);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++)
        cr_expect(fabs(severity_haemorrhage_below(&severity, cases[c].nihss) - cases[c].below) <
                      1e-12,
                  "%g", cases[c].nihss);
}

Test(severity, weights_that_are_all_0)
{
    struct parameters parameters;
    struct severity severity;
    parameters_default(&parameters);
    for (int k = 0; k < NIHSS_CLASSES; k++)
        parameters.value[P_PATIENT_NIHSS_00 + k] = 0;
    cr_expect_not(severity_init(&severity, parameters.value, half_male));
}
