#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "models/treatment.h"
#include "tests/models/small_region.h"

/*
 * Policies side by side on the same patients: "central" has two HASUs, one of them the only
 * thrombectomy centre (Ash), and two local units; beds are unlimited unless a test counts them.
 */

enum { A = SITE_ASH, B = SITE_BIRCH, C = SITE_CEDAR, D = SITE_DOGWOOD };

static uint32_t *a_catchment(void)
{
    static const uint32_t hospital[SMALL_AREAS] = {D, A, B, C, A, B};
    uint32_t *catchment = malloc(sizeof hospital);
    cr_assert_not_null(catchment);
    for (size_t a = 0; a < SMALL_AREAS; a++)
        catchment[a] = hospital[a];
    return catchment;
}

/* Both configurations the same but for their policies. */
static void open_policies(struct design *design, enum policy first, enum policy second)
{
    small_design(design);
    struct configuration *central = &design->configuration[CENTRAL];
    for (size_t h = B; h <= D; h += D - B) {
        central->hospital[h].roles = ROLE_STROKE;
        central->hospital[h].beds[BED_HASU] = 0;
        central->hospital[h].beds[BED_SU] = 6;
    }
    for (size_t h = 0; h < SMALL_HOSPITALS; h++)
        central->written_hospital[h] = central->hospital[h];
    small_design_write(design, BOTH, P_MT_TREATED_IF_ELIGIBLE, .9);
    small_design_write(design, BOTH, P_POLICY_NAME, second);
    small_design_copy(design, CENTRAL, LOCAL);
    small_design_write(design, LOCAL, P_POLICY_NAME, first);
    for (size_t c = 0; c < 2; c++)
        design->configuration[c].catchment = a_catchment();
}

static void open_unlimited(struct design *design, enum policy first, enum policy second)
{
    open_policies(design, first, second);
    small_design_unlimited(design);
}

/* --- the score before hospital ------------------------------------------------------------------
 */

/* Who is picked out, by type, against the rates: chi-square over the five types at 99%, seed 1.
 * Sensitivity and the rest far enough apart that no two could be confused. */
Test(policies, score_picks_out_each_type_at_its_rate)
{
    static const double rate[STROKE_TYPES] = {[TYPE_NLVO] = .207,
                                              [TYPE_LVO] = .712,
                                              [TYPE_HAEMORRHAGE] = .60,
                                              [TYPE_MIMIC] = .35,
                                              [TYPE_TIA] = .1};
    struct design design;
    struct small_run run;
    double n[STROKE_TYPES] = {0}, picked[STROKE_TYPES] = {0}, chi_square = 0;
    open_unlimited(&design, POLICY_NEAREST, POLICY_MOTHERSHIP);
    small_design_write(&design, BOTH, P_SCORE_MIMIC_POSITIVE, .35);
    small_design_write(&design, BOTH, P_SCORE_TIA_POSITIVE, .1);
    small_run_open(&run, &design, 1);
    for (uint64_t replication = 1; replication <= 60; replication++) {
        small_run_replication(&run, replication);
        for (size_t i = 0; i < run.results->cohort.count; i++) {
            const struct patient *patient = &run.results->cohort.patient[i];
            const struct path *path = &run.results->service[CENTRAL].path[i];
            bool centre = path->journey.way == WAY_CENTRE;
            cr_assert(run.results->service[LOCAL].path[i].journey.way == WAY_USUAL);
            cr_assert(patient->by_ambulance || !centre, "who comes on foot is not scored");
            if (!patient->by_ambulance)
                continue;
            n[patient->type]++;
            picked[patient->type] += centre;
        }
    }
    for (int type = 0; type < STROKE_TYPES; type++) {
        double want = n[type] * rate[type];
        chi_square += (picked[type] - want) * (picked[type] - want) / (want * (1 - rate[type]));
        cr_expect(n[type] > 800, "%g of type %d are too few", n[type], type);
    }
    cr_expect(gsl_cdf_chisq_Q(chi_square, STROKE_TYPES) > .01, "chi-square %g", chi_square);
    small_run_close(&run);
    design_fini(&design);
}

/* Where each patient goes, by the route of the way: who is picked out to the centre, all others as
 * under drip_and_ship. */
Test(policies, mothership_is_drip_and_ship_but_for_who_is_picked_out)
{
    struct design design;
    struct small_run run;
    size_t bypassed = 0, picked = 0;
    open_unlimited(&design, POLICY_DRIP_AND_SHIP, POLICY_MOTHERSHIP);
    small_design_write(&design, BOTH, P_POLICY_BYPASS_LIMIT_MIN, 12);
    small_run_open(&run, &design, 1);
    small_run_replication(&run, 1);
    const struct service *mothership = &run.model.service[CENTRAL];
    for (size_t i = 0; i < run.results->cohort.count; i++) {
        const struct patient *patient = &run.results->cohort.patient[i];
        const struct path *drip = &run.results->service[LOCAL].path[i];
        const struct path *path = &run.results->service[CENTRAL].path[i];
        double near = region_minutes(&design.region, patient->area, drip->journey.treating);
        double far = region_minutes(&design.region, patient->area, A);
        bool out = patient->by_ambulance &&
                   patient->lvo_score < (patient->type == TYPE_LVO           ? .712
                                         : patient->type == TYPE_NLVO        ? .207
                                         : patient->type == TYPE_HAEMORRHAGE ? .60
                                                                             : .207);
        uint32_t want = out && far - near <= 12 ? A : drip->journey.treating;
        cr_assert_eq(path->journey.treating, want, "patient %zu", i);
        cr_assert_eq(mothership->route[patient->area].ambulance, drip->journey.treating);
        picked += out;
        bypassed += want != drip->journey.treating;
    }
    cr_expect(bypassed > 20 && picked > bypassed + 20, "%zu of %zu", bypassed, picked);
    small_run_close(&run);
    design_fini(&design);
}

/* --- the same patients --------------------------------------------------------------------------
 */

/* What does not hang on where a patient is taken is the same under every policy; and where all of
 * the way is the same, so is all that follows. */
Test(policies, same_patient_same_luck)
{
    for (enum policy policy = POLICY_NEAREST_HASU; policy < POLICIES; policy++) {
        struct design design;
        struct small_run run;
        size_t same_way = 0, other_way = 0;
        open_unlimited(&design, POLICY_NEAREST, policy);
        small_run_open(&run, &design, 1);
        small_run_replication(&run, 1);
        for (size_t i = 0; i < run.results->cohort.count; i++) {
            const struct path *a = &run.results->service[LOCAL].path[i];
            const struct path *b = &run.results->service[CENTRAL].path[i];
            cr_assert(a->call_min == b->call_min && same(a->leave_scene_min, b->leave_scene_min));
            cr_assert(a->journey.response_min == b->journey.response_min &&
                      a->journey.scene_min == b->journey.scene_min);
            if (a->journey.first != b->journey.first ||
                a->journey.treating != b->journey.treating) {
                other_way++;
                continue;
            }
            same_way++;
            cr_assert(a->door_min == b->door_min && a->scan_min == b->scan_min &&
                      same(a->needle_min, b->needle_min) &&
                      same(a->puncture_min, b->puncture_min) && a->ward == b->ward &&
                      a->mrs == b->mrs && a->discharge_min == b->discharge_min &&
                      a->cost_gbp == b->cost_gbp);
        }
        /* nearest and drip_and_ship differ in nothing here: no unit is for later days only */
        bool alike = policy == POLICY_DRIP_AND_SHIP;
        cr_expect(same_way > 50 && (alike ? other_way == 0 : other_way > 10),
                  "policy %d: %zu the same way, %zu another", (int)policy, same_way, other_way);
        small_run_close(&run);
        design_fini(&design);
    }
}

/* Identical configurations differ by exactly 0 under every policy, with beds counted and ambulances
 * diverted; and the parts of a difference add up to it. */
Test(policies, identical_configurations_and_the_split_of_a_difference)
{
    for (enum policy policy = POLICY_NEAREST; policy < POLICIES; policy++)
        for (int apart = 0; apart < 2; apart++) {
            struct design design;
            struct small_run run;
            open_policies(&design, apart ? POLICY_DRIP_AND_SHIP : policy, policy);
            small_design_write(&design, BOTH, P_POLICY_DIVERT_WHEN_FULL, 1);
            small_run_open(&run, &design, 1);
            small_run_replication(&run, 1);
            for (enum metric m = 0; m < METRIC_COUNT && !apart; m++)
                cr_expect(
                    same(small_run_expected(&run, LOCAL, m), small_run_expected(&run, CENTRAL, m)),
                    "policy %d: %s", (int)policy, metric_info(m)->name);
            double saved[DRIVERS], sum = 0;
            drivers_split(run.results->service[CENTRAL].driver_deaths, saved);
            for (enum driver driver = 0; driver < DRIVERS; driver++)
                sum += saved[driver];
            double whole = small_run_expected(&run, LOCAL, METRIC_DEATHS_90D) -
                           small_run_expected(&run, CENTRAL, METRIC_DEATHS_90D);
            cr_expect(fabs(sum - whole) < 1e-9 && (apart || whole == 0), "policy %d: %g and %g",
                      (int)policy, sum, whole);
            small_run_close(&run);
            design_fini(&design);
        }
}

/* Who makes their own way comes to the nearest hospital, and is transferred to where the policy
 * treats. */
Test(policies, own_way)
{
    for (enum policy policy = POLICY_NEAREST; policy < POLICIES; policy++) {
        struct design design;
        struct small_run run;
        size_t transferred = 0;
        open_unlimited(&design, POLICY_NEAREST, policy);
        small_run_open(&run, &design, 1);
        small_run_replication(&run, 1);
        for (size_t i = 0; i < run.results->cohort.count; i++) {
            const struct patient *patient = &run.results->cohort.patient[i];
            const struct journey *journey = &run.results->service[CENTRAL].path[i].journey;
            if (patient->by_ambulance)
                continue;
            const struct route *route = &run.model.service[CENTRAL].route[patient->area];
            for (size_t h = 0; h < SMALL_HOSPITALS; h++)
                cr_assert(region_minutes(&design.region, patient->area, journey->first) <=
                          region_minutes(&design.region, patient->area, h));
            cr_assert_eq(journey->treating, route->ambulance);
            bool moved = journey->first != journey->treating;
            cr_assert(journey->door_in_door_out_min == (moved ? 60 : 0));
            transferred += moved;
        }
        cr_expect(transferred > 5, "policy %d: %zu", (int)policy, transferred);
        small_run_close(&run);
        design_fini(&design);
    }
}

/* --- transfers for thrombectomy -----------------------------------------------------------------
 */

/* The time line of everybody sent on, step by step; and nobody else is sent. */
Test(policies, transfers_step_by_step)
{
    struct design design;
    struct small_run run;
    size_t sent = 0, direct = 0, after_needle = 0, beyond = 0;
    open_unlimited(&design, POLICY_NEAREST_MT, POLICY_DRIP_AND_SHIP);
    small_run_open(&run, &design, 1);
    for (uint64_t replication = 1; replication <= 30; replication++) {
        small_run_replication(&run, replication);
        for (size_t i = 0; i < run.results->cohort.count; i++) {
            const struct patient *patient = &run.results->cohort.patient[i];
            const struct path *path = &run.results->service[CENTRAL].path[i];
            uint32_t at = path->journey.treating;
            double dido = 130 * exp(.467 * gsl_cdf_ugaussian_Pinv(patient->door_in_door_out));
            double way = region_transfer_min(&design.region, at, A);
            double leave = fmax(path->door_min + dido,
                                isnan(path->needle_min) ? path->scan_min : path->needle_min);
            bool wanted = patient->type == TYPE_LVO && patient->onset_known && patient->mt < .9 &&
                          path->scan_min - patient->onset_min <= 360;
            bool in_time = leave + way - patient->onset_min < 495;
            direct += at == A && wanted && !isnan(path->puncture_min);
            if (at == A || !wanted || !in_time) {
                cr_assert(isnan(path->leave_min) && isnan(path->centre_door_min) &&
                          path->ward == at);
                beyond += at != A && wanted;
                continue;
            }
            sent++;
            after_needle += path->needle_min > path->door_min + dido;
            cr_assert(path->ward == A && fabs(path->leave_min - leave) < 1e-6);
            cr_assert(fabs(path->centre_door_min - leave - way) < 1e-6);
            double p =
                gsl_cdf_ugaussian_P((log(path->puncture_min - path->centre_door_min) - log(45)) /
                                    .653) /
                gsl_cdf_ugaussian_P(
                    (log(495 - path->centre_door_min + patient->onset_min) - log(45)) / .653);
            cr_assert(fabs(p - patient->puncture) < 1e-6, "patient %zu: %g, not %g", i, p,
                      patient->puncture);
            cr_assert(path->puncture_min - patient->onset_min <= 495 + 1e-6);
            cr_assert(path->bed_min == path->centre_door_min, "a bed at the centre's door");
            cr_assert_geq(path->bill.quantity[BILL_TRANSFER], 1);
            cr_assert_eq(path->bill.quantity[BILL_THROMBECTOMY], 1);
            cr_assert_eq(path->care_offered, patient->organised < .95); /* the centre's, a HASU's */
        }
    }
    cr_expect(sent > 100 && direct > 100 && after_needle > 0 && beyond > 5,
              "%zu sent, %zu direct, %zu needles late, %zu too late", sent, direct, after_needle,
              beyond);
    small_run_close(&run);
    design_fini(&design);
}

/* Beds of a local unit are for those who stay: who is sent on takes none there. */
Test(policies, sent_on_without_a_bed)
{
    struct design design;
    struct small_run run;
    open_policies(&design, POLICY_DRIP_AND_SHIP, POLICY_DRIP_AND_SHIP);
    small_run_open(&run, &design, 1);
    small_run_replication(&run, 1);
    double asked[SMALL_HOSPITALS] = {0}, sent = 0;
    for (size_t i = 0; i < run.results->cohort.count; i++) {
        const struct path *path = &run.results->service[CENTRAL].path[i];
        if (!small_run_counts(&run, &run.results->cohort.patient[i]))
            continue;
        asked[path->ward]++;
        sent += path->ward != path->journey.treating;
    }
    for (size_t h = 0; h < SMALL_HOSPITALS; h++) {
        const struct unit_account *unit = &run.results->service[CENTRAL].ledger.unit[h];
        double first = h == A || h == C ? unit->asked[BED_HASU] : unit->asked[BED_SU];
        cr_expect_eq(first, asked[h], "hospital %zu: %g asked, not %g", h, first, asked[h]);
    }
    cr_expect(sent > 3, "%g", sent);
    small_run_close(&run);
    design_fini(&design);
}

/* Of two treatments the better as published: among those with both, the outcome's row is the one
 * with the lower mean mRS. */
Test(policies, the_better_of_two_treatments)
{
    struct parameters parameters;
    struct outcome_model outcome;
    parameters_default(&parameters);
    outcome_model_init(&outcome, &parameters);
    int better[2] = {0};
    for (int needle = 60; needle <= 280; needle += 20)
        for (int puncture = needle; puncture <= 495; puncture += 15) {
            double both[MRS_CUTS], one[2][MRS_CUTS], mean[2] = {0};
            const struct treatment ivt = {needle, INFINITY}, mt = {INFINITY, puncture};
            outcome_row(&outcome, TYPE_LVO, (struct treatment){needle, puncture}, both);
            outcome_row(&outcome, TYPE_LVO, ivt, one[0]);
            outcome_row(&outcome, TYPE_LVO, mt, one[1]);
            for (int w = 0; w < 2; w++)
                for (int x = 0; x < MRS_CUTS; x++)
                    mean[w] += 1 - 1 / (1 + exp(-one[w][x]));
            int best = mean[1] <= mean[0];
            for (int x = 0; x < MRS_CUTS; x++)
                cr_assert_eq(both[x], one[best][x]);
            better[best]++;
        }
    cr_expect(better[0] > 0 && better[1] > 0, "%d and %d", better[0], better[1]);
}

/* The levels are solved with the transfers of the first configuration, and the ward they lead to:
 * the stated mortality comes out of the random streams too, at 99% and half a per cent for the
 * pilot points. Local units without organised care make the ward matter. */
Test(policies, mortality_is_solved_for_with_transfers)
{
    struct design design;
    struct small_run run;
    double n = 0, deaths = 0, squares = 0, sent = 0;
    open_unlimited(&design, POLICY_DRIP_AND_SHIP, POLICY_DRIP_AND_SHIP);
    small_design_write(&design, BOTH, P_UNIT_ORGANISED_CARE_SHARE, 0);
    small_design_write(&design, BOTH, P_OUTCOME_ORGANISED_CARE_OR, .1);
    small_design_grow(&design, 200);
    small_run_open(&run, &design, 1);
    run.trial.drivers = false;
    for (uint64_t replication = 1; replication <= 4; replication++) {
        small_run_replication(&run, replication);
        for (size_t i = 0; i < run.results->cohort.count; i++) {
            const struct path *path = &run.results->service[LOCAL].path[i];
            if (!path->done || path->mrs < 0)
                continue;
            n++;
            sent += path->ward != path->journey.treating;
            deaths += path->death_probability;
            squares += path->death_probability * path->death_probability;
        }
    }
    double mortality = deaths / n;
    double half_width = family_score(1) * sqrt((squares / n - mortality * mortality) / n) / .20;
    cr_expect(sent / n > .02 && half_width < .01, "%g sent, %g", sent / n, half_width);
    cr_expect(near(mortality, .20, half_width + .005), "%.5f, not .2 +- %.2f%%", mortality,
              100 * half_width);
    small_run_close(&run);
    design_fini(&design);
}

/* Thirty minutes more on every journey: less thrombectomy, and later, under every policy. */
Test(policies, longer_journeys_mean_less_thrombectomy)
{
    for (enum policy policy = POLICY_NEAREST; policy < POLICIES; policy++) {
        struct design design;
        struct small_run run;
        open_unlimited(&design, policy, policy);
        small_design_push(&design, CENTRAL, P_JOURNEY_ADDED_MIN, 30);
        small_run_open(&run, &design, 2);
        double rate[2] = {0};
        for (uint64_t replication = 1; replication <= 4; replication++) {
            small_run_replication(&run, replication);
            for (size_t s = 0; s < 2; s++)
                rate[s] += small_run_expected(&run, s, METRIC_MT_RATE);
            for (size_t i = 0; i < run.results->cohort.count; i++)
                cr_assert(isnan(run.results->service[CENTRAL].path[i].puncture_min) ||
                              !isnan(run.results->service[LOCAL].path[i].puncture_min) ||
                              run.results->service[LOCAL].path[i].needle_min >
                                  run.results->service[LOCAL].path[i].scan_min,
                          "longer, and yet treated");
        }
        cr_expect(rate[1] < rate[0] && rate[1] > 0, "policy %d: %g and %g", (int)policy, rate[0],
                  rate[1]);
        small_run_close(&run);
        design_fini(&design);
    }
}

/* --- divert when full ---------------------------------------------------------------------------
 */

static void expect_same_paths(const struct small_run *run)
{
    for (size_t i = 0; i < run->results->cohort.count; i++) {
        const struct path *a = &run->results->service[LOCAL].path[i];
        const struct path *b = &run->results->service[CENTRAL].path[i];
        cr_assert(a->door_min == b->door_min && a->cost_gbp == b->cost_gbp &&
                  a->discharge_min == b->discharge_min && !a->diverted && !b->diverted);
    }
}

/* With beds unlimited nobody is diverted and nothing is changed by the switch; with beds counted
 * some are, all of them patients by ambulance, and they spend less time waiting. */
Test(policies, diversions)
{
    for (int limited = 0; limited < 2; limited++) {
        struct design design;
        struct small_run run;
        double diverted[2] = {0}, counted = 0;
        open_policies(&design, POLICY_NEAREST, POLICY_NEAREST);
        for (size_t c = 0; c < 2; c++)
            design.configuration[c].hospital[B].beds[BED_SU] =
                design.configuration[c].hospital[D].beds[BED_SU] = 4;
        if (!limited)
            small_design_unlimited(&design);
        small_design_write(&design, CENTRAL, P_POLICY_DIVERT_WHEN_FULL, 1);
        small_run_open(&run, &design, 1);
        for (uint64_t replication = 1; replication <= 3; replication++) {
            small_run_replication(&run, replication);
            for (size_t s = 0; s < 2; s++)
                diverted[s] += small_run_drawn(&run, s, METRIC_DIVERTED);
            if (!limited)
                expect_same_paths(&run);
            for (size_t i = 0; i < run.results->cohort.count; i++) {
                const struct patient *patient = &run.results->cohort.patient[i];
                const struct path *path = &run.results->service[CENTRAL].path[i];
                const struct journey *journey = &path->journey;
                if (!path->diverted)
                    continue;
                cr_assert(patient->by_ambulance && journey->first == journey->treating);
                cr_assert(journey->treating !=
                          run.model.service[CENTRAL].route[patient->area].ambulance);
                cr_assert_eq(journey->travel_min,
                             region_minutes(&design.region, patient->area, journey->first));
                cr_assert(fabs(path->first_door_min - path->leave_scene_min - journey->travel_min) <
                          1e-6);
                counted += small_run_counts(&run, patient);
            }
        }
        cr_expect_eq(diverted[LOCAL], 0);
        cr_expect_eq(diverted[CENTRAL], counted);
        cr_expect(limited ? counted > 30 : counted == 0, "%g diverted", counted);
        small_run_close(&run);
        design_fini(&design);
    }
}
