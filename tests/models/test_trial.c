#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/models/small_region.h"

/* MODEL.md section 9: what no formula dressed as a simulation passes. */

static bool same_metrics(const struct trial_result *a, const struct trial_result *b)
{
    for (enum metric m = 0; m < METRIC_COUNT; m++)
        if (!same(a->ledger.drawn[m], b->ledger.drawn[m]) ||
            !same(a->ledger.expected[m], b->ledger.expected[m]))
            return false;
    return true;
}

static bool same_path(const struct path *a, const struct path *b)
{
    return same(a->call_min, b->call_min) && same(a->first_door_min, b->first_door_min) &&
           same(a->door_min, b->door_min) && same(a->scan_min, b->scan_min) &&
           same(a->needle_min, b->needle_min) && same(a->puncture_min, b->puncture_min) &&
           same(a->bed_min, b->bed_min) && same(a->su_bed_min, b->su_bed_min) &&
           same(a->discharge_min, b->discharge_min) && same(a->death_min, b->death_min) &&
           a->journey.first == b->journey.first && a->journey.treating == b->journey.treating &&
           same(a->leave_min, b->leave_min) && same(a->centre_door_min, b->centre_door_min) &&
           a->ward == b->ward && a->diverted == b->diverted && a->su == b->su && a->mrs == b->mrs &&
           a->organised_care == b->organised_care && a->death_probability == b->death_probability &&
           a->cost_gbp == b->cost_gbp;
}

static void expect_same_run(const struct trial_results *a, const struct trial_results *b)
{
    cr_assert(a->cohort.count == b->cohort.count && a->events == b->events);
    for (size_t s = 0; s < a->services; s++) {
        cr_expect(same_metrics(&a->service[s], &b->service[s]), "service %zu", s);
        for (size_t i = 0; i < a->cohort.count; i++) {
            const struct path *x = &a->service[s].path[i], *y = &b->service[s].path[i];
            /* Those not reached before the run ended have no path, nor another run's. */
            cr_assert_eq(x->done, y->done, "patient %zu", i);
            cr_assert(!x->done || same_path(x, y), "patient %zu", i);
        }
    }
}

Test(trial, identical_configurations_differ_by_nothing)
{
    for (size_t from = 0; from < 2; from++)
        for (int unlimited = 0; unlimited < 2; unlimited++) {
            struct design design;
            struct small_run run;
            small_design_busy(&design);
            if (unlimited)
                small_design_unlimited(&design);
            small_design_copy(&design, from, 1 - from);
            small_run_open(&run, &design, 1);
            for (uint64_t replication = 1; replication <= 5; replication++) {
                small_run_replication(&run, replication);
                cr_expect(same_metrics(&run.results->service[0], &run.results->service[1]));
            }
            small_run_close(&run);
            design_fini(&design);
        }
}

/* No thrombolysis, no thrombectomy, organised care worth nothing: whatever else the services do,
 * the same patients die, of the same number of days. */
Test(trial, without_effects_the_same_patients_die)
{
    struct design design;
    struct small_run run;
    small_design_busy(&design);
    small_design_write(&design, BOTH, P_UNIT_THROMBOLYSIS_RATE, 0);
    small_design_write(&design, BOTH, P_HASU_THROMBOLYSIS_RATE, 0);
    small_design_write(&design, BOTH, P_MT_TREATED_IF_ELIGIBLE, 0);
    small_design_write(&design, BOTH, P_OUTCOME_ORGANISED_CARE_OR, 1);
    small_run_open(&run, &design, 1);
    size_t dead = 0;
    for (uint64_t replication = 1; replication <= 5; replication++) {
        small_run_replication(&run, replication);
        for (size_t i = 0; i < run.results->cohort.count; i++) {
            if (!small_run_counts(&run, &run.results->cohort.patient[i]))
                continue;
            const struct path *a = &run.results->service[0].path[i];
            const struct path *b = &run.results->service[1].path[i];
            cr_assert(a->mrs == b->mrs && a->death_probability == b->death_probability);
            double days_a = a->death_min - a->first_door_min,
                   days_b = b->death_min - b->first_door_min;
            /* A death may have to wait for the end of treatment, which takes at most two days. */
            cr_assert(same(days_a, days_b) || fabs(days_a - days_b) < 1e-6 ||
                      fmax(days_a, days_b) < 2 * 1440);
            dead += a->mrs == MRS_DEAD;
        }
        cr_expect_eq(small_run_expected(&run, LOCAL, METRIC_DEATHS_90D),
                     small_run_expected(&run, CENTRAL, METRIC_DEATHS_90D));
        cr_expect(small_run_expected(&run, LOCAL, METRIC_ORGANISED_CARE) !=
                  small_run_expected(&run, CENTRAL, METRIC_ORGANISED_CARE));
    }
    cr_expect_gt(dead, 100);
    small_run_close(&run);
    design_fini(&design);
}

/* Which is the baseline decides nothing but the sign of a difference. */
Test(trial, baseline_and_configuration_swapped)
{
    static const size_t swapped[] = {CENTRAL, LOCAL};
    struct design design;
    struct small_run run, other;
    small_design_busy(&design);
    small_run_open(&run, &design, 1);
    small_run_open(&other, &design, 1);
    other.trial.run = swapped;
    for (uint64_t replication = 1; replication <= 5; replication++) {
        small_run_replication(&run, replication);
        small_run_replication(&other, replication);
        expect_same_run(run.results, other.results);
        for (enum metric m = 0; m < METRIC_COUNT; m++) {
            double there =
                small_run_expected(&run, CENTRAL, m) - small_run_expected(&run, LOCAL, m);
            double back =
                small_run_expected(&other, LOCAL, m) - small_run_expected(&other, CENTRAL, m);
            cr_expect(same(there, -back) || (isnan(there) && isnan(back)), "%s",
                      metric_info(m)->name);
        }
    }
    small_run_close(&run);
    small_run_close(&other);
    design_fini(&design);
}

/* Thirty minutes more on every journey: fewer are thrombolysed, and nobody who was not before. */
Test(trial, longer_journeys_treat_fewer)
{
    struct design design, longer;
    struct small_run run, other;
    small_design_busy(&design);
    small_design_busy(&longer);
    small_design_push(&longer, BOTH, P_JOURNEY_ADDED_MIN, 30);
    small_run_open(&run, &design, 1);
    small_run_open(&other, &longer, 1);
    double rate[2][2] = {{0}}, direct = 0;
    for (uint64_t replication = 1; replication <= 10; replication++) {
        small_run_replication(&run, replication);
        small_run_replication(&other, replication);
        for (size_t s = 0; s < 2; s++) {
            rate[s][0] += small_run_expected(&run, s, METRIC_IVT_RATE);
            rate[s][1] += small_run_expected(&other, s, METRIC_IVT_RATE);
            for (size_t i = 0; i < run.results->cohort.count; i++) {
                if (!small_run_counts(&run, &run.results->cohort.patient[i]))
                    continue;
                const struct path *as_is = &run.results->service[s].path[i];
                const struct path *late = &other.results->service[s].path[i];
                cr_assert(!isnan(as_is->needle_min) || isnan(late->needle_min));
                double more = late->first_door_min - as_is->first_door_min;
                bool in_hospital = run.results->cohort.patient[i].in_hospital;
                cr_assert(fabs(more - (in_hospital ? 0 : 30)) < 1e-6, "%g min more", more);
                direct += as_is->journey.first == as_is->journey.treating;
            }
        }
    }
    cr_expect_gt(direct, 0);
    for (size_t s = 0; s < 2; s++)
        cr_expect_lt(rate[s][1], rate[s][0] * .98, "service %zu: %g, with 30 min more %g", s,
                     rate[s][0], rate[s][1]);
    small_run_close(&run);
    small_run_close(&other);
    design_fini(&design);
    design_fini(&longer);
}

/* A replication is a function of its number: not of what the worker did before. */
Test(trial, runs_again_alike)
{
    struct design design;
    struct small_run used, fresh;
    small_design_busy(&design);
    small_run_open(&used, &design, 1);
    for (uint64_t replication = 5; replication > 0; replication--)
        small_run_replication(&used, replication);
    small_run_replication(&used, 1); /* the same memory, twice */
    small_run_open(&fresh, &design, 1);
    small_run_replication(&fresh, 1);
    expect_same_run(used.results, fresh.results);
    small_run_replication(&fresh, 2);
    cr_expect_not(same_metrics(&used.results->service[0], &fresh.results->service[0]),
                  "another replication is another year");
    small_run_close(&fresh);
    design.seed = 2;
    small_run_open(&fresh, &design, 1);
    small_run_replication(&fresh, 1);
    cr_expect_not(same_metrics(&used.results->service[0], &fresh.results->service[0]),
                  "another seed is another year");
    small_run_close(&fresh);
    design.seed = 1;
    small_run_open(&fresh, &design, 1);
    fresh.trial.domain = DOMAIN_WARM_UP;
    small_run_replication(&fresh, 1);
    cr_expect_not(same_metrics(&used.results->service[0], &fresh.results->service[0]),
                  "pilot runs have streams of their own");
    small_run_close(&fresh);
    small_run_close(&used);
    design_fini(&design);
}

/* Nothing is lost: everybody of the window is there, done, under every configuration. */
Test(trial, nobody_is_lost)
{
    struct design design;
    struct small_run run;
    small_design_busy(&design);
    small_run_open(&run, &design, 1);
    for (uint64_t replication = 1; replication <= 5; replication++) {
        small_run_replication(&run, replication);
        for (size_t s = 0; s < 2; s++) {
            double inside = 0;
            for (size_t i = 0; i < run.results->cohort.count; i++)
                if (small_run_counts(&run, &run.results->cohort.patient[i])) {
                    cr_assert(run.results->service[s].path[i].done);
                    inside++;
                }
            cr_expect_eq(small_run_drawn(&run, s, METRIC_ADMISSIONS), inside);
            double days = 0;
            for (size_t h = 0; h < SMALL_HOSPITALS; h++)
                for (int level = 0; level < CENSUS_LEVELS; level++)
                    days += run.results->service[s].day_counts[h].days[BED_SU][level];
            cr_expect_eq(days, 365 * SMALL_HOSPITALS, "each hospital is counted each day");
        }
    }
    small_run_close(&run);
    design_fini(&design);
}

/* More patients inside than allowed: a result, by status, and no crash afterwards. */
Test(trial, a_system_beyond_its_capacity_is_stopped)
{
    struct design design;
    struct model model;
    small_design_busy(&design);
    for (size_t h = 0; h < SMALL_HOSPITALS; h++)
        if (design.configuration[LOCAL].hospital[h].beds[BED_SU] > 1)
            design.configuration[LOCAL].hospital[h].beds[BED_SU] = 1;
    small_design_push(&design, BOTH, P_RUN_MAX_INSIDE, 80);
    cr_assert_eq(model_init(&model, &design, 0), MODEL_OK);
    static const size_t local_first[] = {LOCAL, CENTRAL};
    struct trial trial = {.model = &model,
                          .run = local_first,
                          .runs = 2,
                          .domain = DOMAIN_PATIENTS,
                          .warm_up_days = 60,
                          .window_days = 365,
                          .drivers = true};
    struct trial_worker *worker = trial_worker_new(&design, 365);
    struct trial_results *results = trial_results_new(&design, true, true);
    struct trial_results *again = trial_results_new(&design, true, true);
    cr_assert(worker != NULL && results != NULL && again != NULL);
    for (uint64_t replication = 1; replication <= 3; replication++) {
        cr_assert(trial_run(&trial, worker, replication, results));
        cr_expect_eq(results->service[LOCAL].status, PATHWAY_UNSTABLE);
        cr_expect_eq(results->service[CENTRAL].status, PATHWAY_OK);
    }
    cr_assert(trial_run(&trial, worker, 3, again));
    cr_expect(same_metrics(&results->service[CENTRAL], &again->service[CENTRAL]));
    trial_results_free(results);
    trial_results_free(again);
    trial_worker_free(worker);
    model_fini(&model);
    design_fini(&design);
}

/* Nobody falls ill where demand is 0, and that is no reason to fail. */
Test(trial, nobody_ill)
{
    struct design design;
    struct small_run run;
    small_design_busy(&design);
    small_design_push(&design, BOTH, P_DEMAND_MULTIPLIER, 0);
    small_run_open(&run, &design, 1);
    small_run_replication(&run, 1);
    for (size_t s = 0; s < 2; s++) {
        cr_expect_eq(small_run_drawn(&run, s, METRIC_ADMISSIONS), 0);
        cr_expect_eq(small_run_expected(&run, s, METRIC_DEATHS_90D), 0);
        cr_expect(isnan(small_run_drawn(&run, s, METRIC_IVT_RATE)));
        cr_expect_eq(small_run_drawn(&run, s, METRIC_SU_BEDS_IN_USE), 0);
    }
    small_run_close(&run);
    design_fini(&design);
}

/* A configuration that prevents strokes loses those of the highest rank; with beds unlimited
 * everybody else fares as before, to the last bit, and all lives come from the strokes prevented.
 */
Test(trial, prevented_strokes_are_missing_and_nothing_else)
{
    struct design design;
    struct small_run run;
    double saved[DRIVERS], deaths = 0, prevented = 0;
    small_design_busy(&design);
    small_design_unlimited(&design);
    small_design_copy(&design, CENTRAL, LOCAL);
    small_design_write(&design, CENTRAL, P_DEMAND_PREVENTED_SHARE, .3);
    small_run_open(&run, &design, 1);
    small_run_replication(&run, 1);
    const struct trial_result *local = &run.results->service[LOCAL];
    const struct trial_result *central = &run.results->service[CENTRAL];
    for (size_t i = 0; i < run.results->cohort.count; i++) {
        const struct patient *patient = &run.results->cohort.patient[i];
        if (patient_is_stroke(patient) && patient->rank >= 1 - .3) {
            cr_assert(local->path[i].done || !small_run_counts(&run, patient));
            cr_assert(!central->path[i].done && central->path[i].cost_gbp == 0);
            prevented += small_run_counts(&run, patient);
            deaths += small_run_counts(&run, patient) ? local->path[i].death_probability : 0;
            continue;
        }
        cr_assert(same(local->path[i].discharge_min, central->path[i].discharge_min));
        cr_assert(same(local->path[i].death_probability, central->path[i].death_probability));
    }
    cr_expect_gt(prevented, 50);
    cr_expect_eq(small_run_drawn(&run, LOCAL, METRIC_STROKES) -
                     small_run_drawn(&run, CENTRAL, METRIC_STROKES),
                 prevented);
    cr_expect_eq(small_run_drawn(&run, LOCAL, METRIC_MIMICS),
                 small_run_drawn(&run, CENTRAL, METRIC_MIMICS));
    cr_expect(near(small_run_expected(&run, LOCAL, METRIC_DEATHS_90D) -
                       small_run_expected(&run, CENTRAL, METRIC_DEATHS_90D),
                   deaths, 1e-9));
    drivers_split(central->driver_deaths, saved);
    for (enum driver driver = 0; driver < DRIVERS; driver++)
        cr_expect_float_eq(saved[driver], 0, 1e-9);
    /* And the other way round. */
    static const size_t central_first[] = {CENTRAL, LOCAL};
    run.trial.run = central_first;
    small_run_replication(&run, 1);
    drivers_split(local->driver_deaths, saved);
    for (enum driver driver = 0; driver < DRIVERS; driver++)
        cr_expect_float_eq(saved[driver], 0, 1e-9);
    small_run_close(&run);
    design_fini(&design);
}

/* More growth than there are layers of patients for is refused before anything runs. */
Test(trial, absurd_growth_is_refused)
{
    struct design design;
    struct model model;
    small_design(&design);
    small_design_push(&design, BOTH, P_DEMAND_GROWTH, 1);
    design.years = 6; /* 64 times */
    cr_assert_eq(model_init(&model, &design, 0), MODEL_OK);
    model_fini(&model);
    design.years = 6.1;
    cr_expect_eq(model_init(&model, &design, 0), MODEL_DEMAND);
    design_fini(&design);
}

/* Twenty years of growth run to their end, and memory is that of their patients. */
Test(trial, twenty_years)
{
    struct design design;
    struct small_run run;
    small_design_busy(&design);
    small_design_unlimited(&design);
    small_design_push(&design, BOTH, P_DEMAND_GROWTH, .03);
    design.years = 20;
    small_run_open(&run, &design, 20);
    small_run_replication(&run, 1);
    double mean = (pow(1.03, 20) - 1) / log(1.03) / 20;
    double want = mean * case_mix_strokes_per_year(run.model.mix);
    double error = 2.58 * sqrt(want / 20);
    cr_expect_lt(fabs(small_run_drawn(&run, LOCAL, METRIC_STROKES) - want), error, "%g of %g",
                 small_run_drawn(&run, LOCAL, METRIC_STROKES), want);
    small_run_close(&run);
    design_fini(&design);
}

/* Areas' strokes doubled: strokes doubled within 1%, through the whole model. */
Test(trial, twice_the_strokes)
{
    double strokes[2] = {0};
    for (int twice = 0; twice < 2; twice++) {
        struct design design;
        struct small_run run;
        small_design_busy(&design);
        small_design_unlimited(&design);
        for (size_t a = 0; a < SMALL_AREAS; a++)
            design.region.area[a].strokes_per_year = twice ? 20000 : 10000;
        small_run_open(&run, &design, 1);
        run.trial.drivers = false;
        for (uint64_t replication = 1; replication <= 3; replication++) {
            small_run_replication(&run, replication);
            strokes[twice] += small_run_drawn(&run, LOCAL, METRIC_STROKES);
        }
        small_run_close(&run);
        design_fini(&design);
    }
    cr_expect(near(strokes[1], 2 * strokes[0], .01), "%g and %g", strokes[0], strokes[1]);
    cr_expect(near(strokes[0], 3 * 60000, .01));
}

/* The series that the warm-up is found from is who is there at midnight, in a bed or waiting. */
Test(trial, present)
{
    struct design design;
    struct small_run run;
    small_design_busy(&design);
    small_run_open(&run, &design, 1);
    enum pathway_status status;
    static double series[365];
    cr_assert(trial_run_service(&run.trial, run.worker, CENTRAL, 1, &status));
    cr_assert_eq(status, PATHWAY_OK);
    trial_present_series(run.worker, 365, series);
    small_run_replication(&run, 1);
    for (int day = 0; day < 365; day++) {
        double midnight = (run.trial.warm_up_days + day) * 1440, inside = 0;
        for (size_t i = 0; i < run.results->cohort.count; i++) {
            const struct path *path = &run.results->service[CENTRAL].path[i];
            inside += path->done && path->door_min < midnight && path->discharge_min >= midnight;
        }
        cr_assert_eq(series[day], inside, "day %d: %g, not %g", day, series[day], inside);
    }
    small_run_close(&run);
    design_fini(&design);
}

/* Where beds are counted, those who fall ill after the window take beds that its last patients
 * wait for; where none is, nobody after it is drawn. */
Test(trial, patients_after_the_window_take_beds)
{
    for (int counted = 0; counted < 2; counted++) {
        struct design design;
        struct small_run run;
        small_design_busy(&design);
        if (!counted)
            small_design_unlimited(&design);
        small_run_open(&run, &design, 1);
        small_run_replication(&run, 1);
        double end_min = (run.trial.warm_up_days + run.trial.window_days) * 1440, last_min = 0;
        size_t later = 0, in_beds = 0;
        for (size_t i = 0; i < run.results->cohort.count; i++) {
            const struct patient *patient = &run.results->cohort.patient[i];
            const struct path *path = &run.results->service[LOCAL].path[i];
            bool is_later = patient->onset_min >= end_min;
            later += is_later;
            in_beds += is_later && path->bed_min > 0;
            if (!is_later && small_run_counts(&run, patient))
                last_min = fmax(last_min, path->discharge_min);
        }
        cr_assert_gt(last_min, end_min);
        if (counted)
            cr_expect(later > 20 && in_beds > 20, "%zu, %zu in beds", later, in_beds);
        else
            cr_expect_eq(later, 0);
        small_run_close(&run);
        design_fini(&design);
    }
}

/* Strokes and mimics in a local unit's beds at an instant, by their paths. */
static unsigned in_beds(const struct small_run *run, size_t hospital, double at_min)
{
    unsigned count = 0;
    for (size_t i = 0; i < run->results->cohort.count; i++) {
        const struct path *path = &run->results->service[LOCAL].path[i];
        count += path->done && path->ward == hospital && path->bed_min < at_min &&
                 path->discharge_min >= at_min;
    }
    return count;
}

/* Of a year every seventh midnight, as the paths have it. */
Test(trial, census_of_every_seventh_day)
{
    struct design design;
    struct small_run run;
    small_design(&design);
    small_run_open(&run, &design, 1);
    cr_assert(trial_results_want_census(run.results, &design, 40, 7));
    small_run_replication(&run, 3);
    unsigned most = 0;
    for (size_t day = 0; day < 40; day++)
        for (size_t h = 0; h < SMALL_HOSPITALS; h++) {
            const uint16_t *got = run.results->service[LOCAL].census[day * SMALL_HOSPITALS + h];
            unsigned want = in_beds(&run, h, 1440 * (run.trial.warm_up_days + 7. * (double)day));
            cr_expect_eq(got[BED_SU], want, "%zu, %zu: %u, not %u", day, h, got[BED_SU], want);
            cr_expect(got[BED_HASU] == 0 && got[BED_REHAB] == 0);
            most = want > most ? want : most;
        }
    cr_expect_gt(most, 3);
    small_run_close(&run);
    design_fini(&design);
}
