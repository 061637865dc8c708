#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "tests/models/small_region.h"

/* The split of the difference of two configurations, summed over replications. */
struct split {
    double saved[DRIVERS], whole; /* a year */
};

static struct split split_of(const struct design *design, uint64_t replications, bool swap)
{
    static const size_t swapped[] = {CENTRAL, LOCAL};
    struct small_run run;
    struct split split = {{0}, 0};
    small_run_open(&run, design, 1);
    if (swap)
        run.trial.run = swapped;
    size_t baseline = swap ? CENTRAL : LOCAL, configuration = swap ? LOCAL : CENTRAL;
    for (uint64_t replication = 1; replication <= replications; replication++) {
        small_run_replication(&run, replication);
        double saved[DRIVERS], sum = 0;
        drivers_split(run.results->service[configuration].driver_deaths, saved);
        for (enum driver driver = 0; driver < DRIVERS; driver++) {
            split.saved[driver] += saved[driver];
            sum += saved[driver];
        }
        double whole = small_run_expected(&run, baseline, METRIC_DEATHS_90D) -
                       small_run_expected(&run, configuration, METRIC_DEATHS_90D);
        cr_expect(fabs(sum - whole) < 1e-9, "%.12g in parts, %.12g in all", sum, whole);
        split.whole += whole;
    }
    small_run_close(&run);
    return split;
}

Test(drivers, parts_add_up_and_a_swap_turns_every_sign)
{
    struct design design;
    small_design_busy(&design);
    struct split there = split_of(&design, 6, false), back = split_of(&design, 6, true);
    cr_expect(there.whole > 0);
    for (enum driver driver = 0; driver < DRIVERS; driver++) {
        cr_expect(fabs(there.saved[driver] + back.saved[driver]) < 1e-9, "%s: %g and %g",
                  driver_name(driver), there.saved[driver], back.saved[driver]);
        cr_expect(there.saved[driver] != 0, "%s plays no part in the busy region",
                  driver_name(driver));
    }
    cr_expect_eq(there.whole, -back.whole);
    /* By direction: longer journeys cost lives; better units and organised care save them. */
    cr_expect(there.saved[DRIVER_JOURNEY] < 0 && there.saved[DRIVER_THROMBOLYSIS] > 0 &&
              there.saved[DRIVER_ORGANISED_CARE] > 0);
    design_fini(&design);
}

Test(drivers, identical_services_have_none)
{
    struct design design;
    small_design_busy(&design);
    small_design_copy(&design, CENTRAL, LOCAL);
    struct split split = split_of(&design, 3, false);
    for (enum driver driver = 0; driver < DRIVERS; driver++)
        cr_expect_eq(split.saved[driver], 0, "%s: %g", driver_name(driver), split.saved[driver]);
    design_fini(&design);
}

/* Hospitals that differ in something of their own are others, though the parameters are the same.
 */
Test(drivers, a_hospital_of_its_own_is_seen)
{
    struct design design;
    small_design_busy(&design);
    small_design_unlimited(&design);
    small_design_copy(&design, CENTRAL, LOCAL);
    for (size_t h = 0; h < SMALL_HOSPITALS; h++)
        design.configuration[LOCAL].hospital[h].own[UNIT_ORGANISED_CARE_SHARE] = .05;
    struct split split = split_of(&design, 3, false);
    cr_expect(split.whole > 0 && fabs(split.saved[DRIVER_ORGANISED_CARE] - split.whole) < 1e-9);
    design_fini(&design);
}

/* With one thing different, all of the difference goes to that cause, and none elsewhere. */
Test(drivers, one_cause_has_it_all)
{
    static const struct {
        enum driver driver;
        enum parameter_id id;
        double value;
        bool beds_short;
    } causes[] = {
        {DRIVER_JOURNEY, P_JOURNEY_ADDED_MIN, 20, false},
        {DRIVER_THROMBOLYSIS, P_HASU_TREATED_IF_ELIGIBLE, .9, false},
        {DRIVER_THROMBOLYSIS, P_HASU_SCAN_TO_NEEDLE_P50_MIN, 60, false},
        {DRIVER_THROMBECTOMY, P_MT_TREATED_IF_ELIGIBLE, 0, false},
        {DRIVER_THROMBECTOMY, P_MT_SCAN_TO_PUNCTURE_P50_MIN, 60, false},
        {DRIVER_THROMBECTOMY, P_MT_TRANSFER, 0, false},
        {DRIVER_THROMBECTOMY, P_MT_DOOR_IN_DOOR_OUT_P50_MIN, 60, false},
        {DRIVER_THROMBECTOMY, P_MT_ARRIVAL_TO_PUNCTURE_P50_MIN, 90, false},
        {DRIVER_ORGANISED_CARE, P_UNIT_ORGANISED_CARE_SHARE, .9, false},
        {DRIVER_ORGANISED_CARE, P_HASU_ORGANISED_CARE_SHARE, .5, false},
        {DRIVER_BEDS, P_BEDS_LIMITED, 0, true},
        {DRIVER_BEDS, P_ORGANISED_CARE_LIMIT_HOURS, 0.0001, true},
    };
    for (size_t c = 0; c < sizeof causes / sizeof *causes; c++) {
        struct design design;
        small_design_busy(&design);
        if (!causes[c].beds_short)
            small_design_unlimited(&design);
        small_design_copy(&design, CENTRAL, LOCAL);
        small_design_push(&design, CENTRAL, causes[c].id, causes[c].value);
        struct split split = split_of(&design, 6, false);
        cr_expect(fabs(split.whole) > 1e-6, "case %zu makes no difference", c);
        for (enum driver driver = 0; driver < DRIVERS; driver++) {
            double want = driver == causes[c].driver ? split.whole : 0;
            cr_expect(fabs(split.saved[driver] - want) < 1e-9, "case %zu: %s has %g of %g", c,
                      driver_name(driver), split.saved[driver], split.whole);
        }
        design_fini(&design);
    }
}

/* Shapley values by their definition: the mean over all 120 orders of switching on. */
Test(drivers, shapley_by_all_orders)
{
    double deaths[DRIVER_SETTINGS], saved[DRIVERS], want[DRIVERS] = {0};
    for (int setting = 0; setting < DRIVER_SETTINGS; setting++)
        deaths[setting] = 100 + sin(7.3 * setting) * (1 + setting % 3);
    int orders = 0;
    for (int code = 0; code < 5 * 5 * 5 * 5 * 5; code++) {
        int order[5], seen = 0;
        for (int i = 0, rest = code; i < 5; i++, rest /= 5)
            seen |= 1 << (order[i] = rest % 5);
        if (seen != DRIVER_SETTINGS - 1)
            continue;
        orders++;
        for (int i = 0, on = 0; i < 5; i++) {
            want[order[i]] += deaths[on] - deaths[on | 1 << order[i]];
            on |= 1 << order[i];
        }
    }
    cr_assert_eq(orders, 120);
    drivers_split(deaths, saved);
    for (enum driver driver = 0; driver < DRIVERS; driver++)
        cr_expect(near(saved[driver], want[driver] / orders, 1e-12), "%s", driver_name(driver));
}

Test(drivers, names)
{
    static const char *const names[DRIVERS] = {"journey", "thrombolysis", "thrombectomy",
                                               "organised_care", "beds"};
    for (enum driver driver = 0; driver < DRIVERS; driver++)
        cr_expect_str_eq(driver_name(driver), names[driver]);
}
