/*
 * What any clinician would expect of the whole, patient by patient: later is worse, sooner is not.
 */
#include <criterion/criterion.h>
#include <math.h>

#include "models/treatment.h"
#include "tests/models/small_region.h"

/* Thrombolysis, thrombectomy and direct ways to both; no queues, so that nothing else moves. */
static void open_design(struct design *design)
{
    small_design_busy(design);
    small_design_unlimited(design);
    small_design_grow(design, 10);
}

struct side {
    struct design design;
    struct small_run run;
};

static void run_side(struct side *side)
{
    small_run_open(&side->run, &side->design, 1);
    side->run.trial.drivers = false;
    small_run_replication(&side->run, 1);
}

static void close_side(struct side *side)
{
    small_run_close(&side->run);
    design_fini(&side->design);
}

Test(clinical, thirty_minutes_more_on_every_journey)
{
    struct side usual, longer;
    open_design(&usual.design);
    open_design(&longer.design);
    small_design_push(&longer.design, BOTH, P_JOURNEY_ADDED_MIN, 30);
    small_design_estimate(&longer.design);
    run_side(&usual);
    run_side(&longer);
    for (size_t s = 0; s < 2; s++) {
        static const enum metric falls[] = {METRIC_IVT_RATE, METRIC_QALYS_90D,
                                            METRIC_QALYS_LIFETIME};
        for (size_t m = 0; m < sizeof falls / sizeof *falls; m++)
            cr_expect_lt(small_run_expected(&longer.run, s, falls[m]),
                         small_run_expected(&usual.run, s, falls[m]), "%s",
                         metric_info(falls[m])->name);
        cr_expect_leq(small_run_expected(&longer.run, s, METRIC_MT_RATE),
                      small_run_expected(&usual.run, s, METRIC_MT_RATE));
    }
    close_side(&usual);
    close_side(&longer);
}

/* Of each patient thrombolysed either way, and of all. */
Test(clinical, a_better_door_to_needle_never_lowers_mean_utility)
{
    struct side usual, faster;
    open_design(&usual.design);
    open_design(&faster.design);
    for (size_t c = 0; c < 2; c++) {
        const double *p = usual.design.configuration[c].parameters.value;
        small_design_push(&faster.design, c, P_UNIT_SCAN_TO_NEEDLE_P50_MIN,
                          p[P_UNIT_SCAN_TO_NEEDLE_P50_MIN] / 2);
        small_design_push(&faster.design, c, P_HASU_SCAN_TO_NEEDLE_P50_MIN,
                          p[P_HASU_SCAN_TO_NEEDLE_P50_MIN] / 2);
    }
    run_side(&usual);
    run_side(&faster);
    size_t treated = 0, better = 0, fewer = 0;
    for (size_t s = 0; s < 2; s++) {
        for (size_t i = 0; i < usual.run.results->cohort.count; i++) {
            const struct path *slow = &usual.run.results->service[s].path[i];
            const struct path *fast = &faster.run.results->service[s].path[i];
            fewer += !isnan(slow->needle_min) && isnan(fast->needle_min);
            if (isnan(slow->needle_min) || isnan(fast->needle_min))
                continue;
            treated++;
            better += fast->needle_min < slow->needle_min;
            cr_expect_leq(fast->needle_min, slow->needle_min);
            /* Of two treatments the one with the better published mean counts, which for somebody
             * disabled before need not be the one with the better utility. */
            if (isnan(slow->puncture_min))
                cr_expect_geq(fast->expected_worth.qalys_90d,
                              slow->expected_worth.qalys_90d - 1e-12, "patient %zu", i);
        }
        cr_expect_gt(small_run_expected(&faster.run, s, METRIC_QALYS_90D),
                     small_run_expected(&usual.run, s, METRIC_QALYS_90D));
    }
    cr_expect(treated > 20 && better > treated / 2 && fewer == 0);
    close_side(&usual);
    close_side(&faster);
}

/* Withheld where it would do harm, and nowhere else; off, the limits alone decide. */
Test(clinical, treatment_that_would_harm_can_be_withheld)
{
    struct design design;
    open_design(&design);
    small_design_write(&design, BOTH, P_MT_TREATED_IF_ELIGIBLE, 1);
    struct small_run off, on;
    small_run_open(&off, &design, 1);
    small_design_push(&design, BOTH, P_POLICY_TREAT_ONLY_IF_BENEFIT, 1);
    small_run_open(&on, &design, 1);
    const struct service *as_is = &off.model.service[CENTRAL],
                         *careful = &on.model.service[CENTRAL];
    int withheld = 0, given = 0;
    for (double door = 5; door < 480; door += 2.5)
        for (double luck = .02; luck < 1; luck += .07) {
            struct patient patient = {.type = TYPE_LVO,
                                      .onset_known = true,
                                      .scan = .3,
                                      .needle = luck,
                                      .puncture = luck};
            const struct unit *unit = &as_is->unit[SITE_ASH];
            struct reperfusion one = treatment_decide(as_is, unit, &patient, door);
            struct reperfusion other =
                treatment_decide(careful, &careful->unit[SITE_ASH], &patient, door);
            /* Break-even after onset: thrombectomy 446 min, thrombolysis beyond its limit. */
            double puncture = door + one.door_to_scan_min + one.scan_to_puncture_min;
            cr_expect_eq(one.scan_to_needle_min, other.scan_to_needle_min);
            if (!isfinite(puncture) || fabs(puncture - 445.5) < .5)
                continue;
            cr_expect_eq(isfinite(other.scan_to_puncture_min), puncture < 446, "at %g min",
                         puncture);
            withheld += !isfinite(other.scan_to_puncture_min);
            given += isfinite(other.scan_to_puncture_min);
        }
    cr_expect(withheld > 20 && given > 200, "%d withheld, %d given", withheld, given);
    small_run_close(&off);
    small_run_close(&on);
    design_fini(&design);
}
