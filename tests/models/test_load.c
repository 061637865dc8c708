#include <criterion/criterion.h>

#include "models/load.h"
#include "tests/models/small_region.h"

/* By hand: 100 strokes a year each in North and South, 24.2% of all patients mimics, 4.10 days in
 * the first bed (mimics 2.8), and 55.6% for 28 days more; 15% treated elsewhere in "central". */
Test(load, by_hand)
{
    struct design design;
    struct model model;
    small_design_busy(&design);
    for (size_t a = 0; a < SMALL_AREAS; a++)
        design.region.area[a].strokes_per_year = a == 0 || a == 2 ? 100 : 0;
    small_design_write(&design, BOTH, P_DEMAND_MULTIPLIER, 2);
    design.configuration[CENTRAL].hospital[SITE_ELM].roles = ROLE_REHAB;
    design.configuration[CENTRAL].hospital[SITE_ELM].beds[BED_REHAB] = 4;
    cr_assert_eq(model_init(&model, &design, 0), MODEL_OK);
    double first = (4.10 + .242 / .758 * 2.8) / 365, later = .556 * 28 / 365;
    for (size_t s = 0; s < 2; s++) {
        struct offered_load load[SMALL_HOSPITALS], want[SMALL_HOSPITALS] = {{0}};
        for (size_t a = 0; a <= 2; a += 2) {
            const struct route *route = &model.service[s].route[a];
            if (s == LOCAL) {
                want[route->ambulance].strokes += 200;
                want[route->ambulance].beds[BED_SU] += 200 * (first + later);
                continue;
            }
            want[route->ambulance].strokes += 170;
            want[route->ambulance].beds[BED_HASU] += 170 * first;
            want[route->own_su].beds[BED_SU] += 170 * later;
            want[route->elsewhere].strokes += 30;
            want[route->elsewhere].beds[BED_SU] += 30 * (first + later);
        }
        if (s == CENTRAL)
            want[SITE_ELM].beds[BED_REHAB] += 400 * .07 * 37.37 / 365;
        load_offered(&model.service[s], model.mix, NULL, load);
        for (size_t h = 0; h < SMALL_HOSPITALS; h++) {
            cr_expect(near(load[h].strokes, want[h].strokes, 1e-12), "%zu, %zu: %g", s, h,
                      load[h].strokes);
            for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
                cr_expect(near(load[h].beds[kind], want[h].beds[kind], 1e-12), "%zu, %zu: %g", s, h,
                          load[h].beds[kind]);
        }
    }
    model_fini(&model);
    design_fini(&design);
}

/* Each area's load follows the growth of its ages; prevention leaves mimics as they are. */
Test(load, grows_with_the_ages)
{
    struct design design;
    struct model model;
    small_design(&design);
    for (size_t a = 0; a < SMALL_AREAS; a++)
        design.region.area[a].strokes_per_year = a == 0 ? 100 : 0;
    small_design_write(&design, LOCAL, P_DEMAND_PREVENTED_SHARE, .25);
    cr_assert_eq(model_init(&model, &design, 0), MODEL_OK);
    const double growth[AGE_BANDS] = {1.1, 1.5, 2};
    /* North: 26,000, 3,600 and 1,300 people at 38.3, 379.5 and 1149 strokes a 100,000. */
    double band[AGE_BANDS] = {260 * 38.3, 36 * 379.5, 13 * 1149};
    double times = (1.1 * band[0] + 1.5 * band[1] + 2 * band[2]) / (band[0] + band[1] + band[2]);
    for (size_t s = 0; s < 2; s++) {
        struct offered_load load[SMALL_HOSPITALS], before[SMALL_HOSPITALS];
        double strokes = 0, beds[2] = {0};
        load_offered(&model.service[s], model.mix, growth, load);
        load_offered(&model.service[s], model.mix, NULL, before);
        for (size_t h = 0; h < SMALL_HOSPITALS; h++) {
            strokes += load[h].strokes;
            beds[0] += before[h].beds[BED_HASU] + before[h].beds[BED_SU];
            beds[1] += load[h].beds[BED_HASU] + load[h].beds[BED_SU];
        }
        double left = s == LOCAL ? .75 : 1;
        cr_expect(near(strokes, 100 * times * left, 1e-12), "%g", strokes);
        double want = 100 * (left * (4.10 + .556 * 28) + .242 / .758 * 2.8) / 365;
        cr_expect(near(beds[0], want, 1e-9) && near(beds[1], want * times, 1e-9), "%g", beds[1]);
    }
    model_fini(&model);
    design_fini(&design);
}

/* Under mothership those picked out are the centre's: of those who come by ambulance (74.3% up to
 * NIHSS 10 and of mimics, 94.3% above, but for the 5.3% in hospital already) the score's share of
 * each type, of mimics and of TIA. South's centre (Ash) is within the limit, East's is not. */
Test(load, of_those_picked_out)
{
    struct design design;
    struct model model;
    small_design(&design);
    for (size_t a = 0; a < SMALL_AREAS; a++)
        design.region.area[a].strokes_per_year = a == 2 ? 100 : 0;
    small_design_write(&design, CENTRAL, P_POLICY_NAME, POLICY_MOTHERSHIP);
    small_design_write(&design, BOTH, P_DEMAND_MULTIPLIER, 1);
    cr_assert_eq(model_init(&model, &design, 0), MODEL_OK);
    const struct route *route = &model.service[CENTRAL].route[2];
    cr_assert(route->ambulance == SITE_CEDAR && route->centre == SITE_ASH);
    double lvo = case_mix_type_share(model.mix, TYPE_LVO), haemorrhage = .114;
    double by_ambulance[] = {.947 * .743, .947 * .943, .947 * (.59 * .743 + .41 * .943)};
    double strokes = .712 * lvo * by_ambulance[1] + .60 * haemorrhage * by_ambulance[2] +
                     .207 * (1 - lvo - haemorrhage) * by_ambulance[0];
    double mimics = .743 * .207 * .242 / .758;
    struct offered_load load[SMALL_HOSPITALS];
    load_offered(&model.service[CENTRAL], model.mix, NULL, load);
    cr_expect(near(load[SITE_ASH].strokes, 100 * strokes, 1e-9), "%g", load[SITE_ASH].strokes);
    cr_expect(near(load[SITE_CEDAR].strokes, 100 * (1 - strokes), 1e-9));
    cr_expect(
        near(load[SITE_ASH].beds[BED_HASU], 100 * (strokes * 4.10 + mimics * 2.8) / 365, 1e-9),
        "%g beds", load[SITE_ASH].beds[BED_HASU]);
    model_fini(&model);
    design_fini(&design);
}

/* A fleet so large that the nearest station always has a vehicle is out for as much as the load
 * says, whatever the policy; with other calls and without. */
Test(load, of_a_large_fleet_is_what_is_out)
{
    enum { VEHICLES = 15, REPLICATIONS = 6 };
    static const struct {
        double others;
        enum policy policy;
    } cases[] = {{0, POLICY_NEAREST_HASU}, {0, POLICY_MOTHERSHIP}, {30, POLICY_NEAREST_HASU}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct design design;
        struct small_run run;
        small_design_busy(&design);
        small_design_unlimited(&design);
        small_design_grow(&design, 2);
        small_design_fleet(&design, VEHICLES);
        small_design_write(&design, BOTH, P_FLEET_OTHER_CALLS, cases[k].others);
        small_design_write(&design, CENTRAL, P_POLICY_NAME, cases[k].policy);
        small_design_write(&design, CENTRAL, P_POLICY_BYPASS_LIMIT_MIN, 1440);
        small_design_push(&design, CENTRAL, P_JOURNEY_ADDED_MIN, 7);
        small_run_open(&run, &design, 1);
        double out[2] = {0, 0}, want[2];
        for (uint64_t replication = 1; replication <= REPLICATIONS; replication++) {
            small_run_replication(&run, replication);
            for (size_t s = 0; s < 2; s++)
                out[s] += 2 * VEHICLES * small_run_drawn(&run, s, METRIC_FLEET_UTILISATION) /
                          REPLICATIONS;
        }
        for (size_t s = 0; s < 2; s++) {
            struct fleet_load load = load_fleet(&run.model.service[s], run.model.mix, NULL);
            cr_expect_eq(load.on_duty, 2 * VEHICLES);
            want[s] = load.out;
            cr_expect(near(want[s], out[s], .04), "case %zu, service %zu: %g, simulated %g", k, s,
                      want[s], out[s]);
        }
        /* On the same patients. */
        cr_expect(near(want[1] / want[0], out[1] / out[0], .01), "case %zu: %g, simulated %g", k,
                  want[1] / want[0], out[1] / out[0]);
        small_run_close(&run);
        design_fini(&design);
    }
}
