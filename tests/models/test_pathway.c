#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "models/treatment.h"
#include "tests/models/small_region.h"

static const double day_min = 1440, rounding_min = 1e-6;

/* Every patient's path under a service, checked by `check`, over a few replications. */
typedef void path_check(const struct small_run *run, size_t service, const struct patient *patient,
                        const struct path *path);

static size_t check_paths(const struct design *design, uint64_t replications, path_check *check)
{
    struct small_run run;
    small_run_open(&run, design, 1);
    size_t checked = 0;
    for (uint64_t replication = 1; replication <= replications; replication++) {
        small_run_replication(&run, replication);
        for (size_t s = 0; s < 2; s++)
            for (size_t i = 0; i < run.results->cohort.count; i++) {
                const struct patient *patient = &run.results->cohort.patient[i];
                if (!small_run_counts(&run, patient))
                    continue;
                check(&run, s, patient, &run.results->service[s].path[i]);
                checked++;
            }
    }
    small_run_close(&run);
    return checked;
}

/* --- one patient ------------------------------------------------------------------------------ */

static bool in_order(double earlier, double later)
{
    return isnan(earlier) || isnan(later) || earlier <= later + rounding_min;
}

static void expect_times_in_order(const struct small_run *run, size_t s,
                                  const struct patient *patient, const struct path *path)
{
    (void)run;
    unsigned long long number = patient->number;
    cr_assert(path->done, "patient %llu is lost", number);
    const double on_the_way[] = {patient->onset_min,    path->call_min,       path->scene_min,
                                 path->leave_scene_min, path->first_door_min, path->door_min,
                                 path->scan_min};
    double before = -INFINITY;
    for (size_t i = 0; i < sizeof on_the_way / sizeof *on_the_way; i++)
        if (!isnan(on_the_way[i])) {
            cr_assert(before <= on_the_way[i] + rounding_min, "service %zu, patient %llu, step %zu",
                      s, number, i);
            before = on_the_way[i];
        }
    cr_assert_eq(!isnan(path->scene_min), patient->by_ambulance);
    cr_assert(in_order(path->scan_min, path->needle_min));
    cr_assert(in_order(path->scan_min, path->puncture_min));
    cr_assert(in_order(path->scan_min, path->leave_min));
    cr_assert(in_order(path->needle_min, path->leave_min) || isnan(path->leave_min));
    cr_assert(in_order(path->leave_min, path->centre_door_min));
    cr_assert(in_order(path->centre_door_min, path->puncture_min));
    cr_assert(in_order(path_asked_min(path), path->bed_min));
    cr_assert(in_order(path->bed_min, path->su_bed_min));
    cr_assert(in_order(path->scan_min, path->discharge_min));
    cr_assert(in_order(path->needle_min, path->discharge_min));
    cr_assert(in_order(path->puncture_min, path->discharge_min));
    cr_assert(in_order(path->bed_min, path->discharge_min));
    cr_assert(in_order(path->su_bed_min, path->discharge_min));
    cr_assert(in_order(path->first_door_min, path->death_min));
    double wait_until_min = isnan(path->bed_min) ? path->discharge_min : path->bed_min;
    cr_assert(fabs(wait_until_min - path_asked_min(path) - path->bed_wait_min) < rounding_min);
    cr_assert(!isnan(path->bed_min) || path->died_in_hospital, "no bed, and alive");
    cr_assert(path->bed_wait_min >= 0 && path->su_wait_min >= 0);
    /* su names where a bed was asked for; who died waiting never had it. */
    cr_assert(isnan(path->su_bed_min) || path->su != NO_HOSPITAL);
    cr_assert(!isnan(path->su_bed_min) || path->su == NO_HOSPITAL || path->died_in_hospital);
}

static void expect_outcome(const struct small_run *run, size_t s, const struct patient *patient,
                           const struct path *path)
{
    const struct service *service = &run->model.service[s];
    const struct unit *unit = &service->unit[path->journey.treating];
    const struct unit *ward = &service->unit[path->ward];
    if (!patient_is_stroke(patient)) {
        cr_assert(path->mrs == -1 && isnan(path->death_min) && !path->organised_care &&
                  !path->died_in_hospital && isnan(path->needle_min) && isnan(path->puncture_min));
        return;
    }
    /* Organised care exactly when offered and a bed was reached within 4 hours. */
    cr_assert_eq(path->care_offered, patient->organised < ward->organised_care_share);
    cr_assert_eq(path->bed_in_time, path->bed_wait_min <= 240 && !isnan(path->bed_min));
    cr_assert_eq(path->organised_care, path->care_offered && path->bed_in_time);
    /* The treatment that the unit would decide on at that time. */
    double door_min = path->door_min - patient->onset_min;
    struct reperfusion reperfusion = treatment_decide(service, unit, patient, door_min);
    cr_assert_eq(isfinite(reperfusion.scan_to_needle_min), !isnan(path->needle_min));
    cr_assert_eq(isfinite(reperfusion.scan_to_puncture_min), !isnan(path->puncture_min));
    if (!isnan(path->needle_min))
        cr_assert(fabs(path->needle_min - path->scan_min - reperfusion.scan_to_needle_min) <
                  rounding_min);
    /* The outcome that follows, drawn and expected. */
    double p[MRS_CUTS];
    outcome_cumulative(&service->outcome, &run->model.calibration.level, patient,
                       treatment_times(&reperfusion, door_min), path->organised_care, p);
    cr_assert(path->mrs == outcome_mrs(p, patient->mrs) && path->mrs >= patient->mrs_before,
              "mRS %d, before %d", path->mrs, patient->mrs_before);
    cr_assert(path->death_probability == 1 - p[5] && path->mrs_0_2_probability == p[2] &&
              path->expected_mrs == outcome_mean_mrs(p));
    cr_assert_eq(!isnan(path->death_min), path->mrs == MRS_DEAD);
    double days = (path->death_min - path->first_door_min) / day_min;
    cr_assert(isnan(days) || (days >= 0 && days <= 90 + 1e-9));
    cr_assert_eq(path->died_in_hospital,
                 !isnan(days) && path->death_min <= path->discharge_min + rounding_min);
    cr_assert((days <= 7) <= (days <= 30) && (days <= 30) <= (path->mrs == MRS_DEAD));
}

/* How long a bed is kept: as long as is needed, and no longer than the patient lives. */
static void expect_stay(const struct small_run *run, size_t s, const struct patient *patient,
                        const struct path *path)
{
    const struct service *service = &run->model.service[s];
    bool hasu = hospital_is_hasu(&service->hospital[path->ward]);
    double ready_min = fmax(path->bed_min, path->scan_min); /* treatment ends no earlier */
    ready_min = fmax(ready_min, isnan(path->needle_min) ? 0 : path->needle_min);
    ready_min = fmax(ready_min, isnan(path->puncture_min) ? 0 : path->puncture_min);
    bool moved = path->su != NO_HOSPITAL;
    double until_min =
        path->bed_min +
        day_min * (patient->hasu_days + (hasu && patient->su_needed ? 0 : patient->su_days));
    if (!moved) {
        double want = fmin(until_min, isnan(path->death_min) ? INFINITY : path->death_min);
        cr_assert(fabs(path->discharge_min - fmax(want, ready_min)) < 1e-3,
                  "service %zu: leaves at %g, not %g", s, path->discharge_min, want);
        cr_assert(!(hasu && patient->su_needed) || path->died_in_hospital);
        return;
    }
    cr_assert(hasu && patient->su_needed);
    cr_assert(path->su == service->route[patient->area].own_su);
    cr_assert(path->su_bed_min - path->su_wait_min >= until_min - 1e-3, "leaves too early");
    cr_assert(fabs(path->su_bed_min - path->su_wait_min - fmax(until_min, ready_min)) < 1e-3);
    double way_min =
        path->su == path->ward
            ? 0
            : region_transfer_min(service->region, (size_t)path->ward, (size_t)path->su);
    until_min = fmin(path->su_bed_min + day_min * patient->su_days,
                     isnan(path->death_min) ? INFINITY : path->death_min);
    cr_assert(fabs(path->discharge_min - fmax(until_min, path->su_bed_min + way_min)) < 1e-3);
}

/* Death frees the bed: nobody dead is moved, and nobody stays on. */
static void expect_death_to_free_the_bed(const struct small_run *run, size_t s,
                                         const struct patient *patient, const struct path *path)
{
    (void)run;
    if (isnan(path->death_min))
        return;
    cr_assert(isnan(path->su_bed_min) || path->su_bed_min <= path->death_min + rounding_min,
              "service %zu: patient %llu is given a stroke-unit bed %g days after death", s,
              (unsigned long long)patient->number, (path->su_bed_min - path->death_min) / day_min);
}

static void expect_no_bed_for_the_dead(const struct small_run *run, size_t s,
                                       const struct patient *patient, const struct path *path)
{
    (void)run;
    cr_assert(isnan(path->death_min) || isnan(path->bed_min) ||
                  path->bed_min <= path->death_min + rounding_min,
              "service %zu: patient %llu is given a bed %g days after death", s,
              (unsigned long long)patient->number, (path->bed_min - path->death_min) / day_min);
}

/* Nobody treated after death (a death within minutes of the door is one after the treatment). */
static void expect_nothing_after_death(const struct small_run *run, size_t s,
                                       const struct patient *patient, const struct path *path)
{
    (void)run;
    cr_assert(
        in_order(path->scan_min, path->death_min) && in_order(path->needle_min, path->death_min) &&
            in_order(path->puncture_min, path->death_min),
        "service %zu, patient %llu: treated after death", s, (unsigned long long)patient->number);
}

static void expect_bill(const struct small_run *run, size_t s, const struct patient *patient,
                        const struct path *path)
{
    const struct service *service = &run->model.service[s];
    const double *quantity = path->bill.quantity;
    bool moved = !isnan(path->su_bed_min) && path->su != path->ward;
    cr_assert_eq(quantity[BILL_AMBULANCE_JOURNEY], patient->by_ambulance);
    cr_assert_eq(quantity[BILL_EMERGENCY_DEPARTMENT], !patient->in_hospital);
    cr_assert_eq(quantity[BILL_SCAN], 1);
    cr_assert_eq(quantity[BILL_THROMBOLYSIS], !isnan(path->needle_min));
    cr_assert_eq(quantity[BILL_THROMBECTOMY], !isnan(path->puncture_min));
    cr_assert_eq(quantity[BILL_SETUP], patient_is_stroke(patient));
    cr_assert_eq(quantity[BILL_TRANSFER], (path->journey.first != path->journey.treating) +
                                              (path->ward != path->journey.treating) + moved);
    double end_min = fmin(path->discharge_min, path->first_door_min + 90 * day_min);
    double bed_days = isnan(path->bed_min) ? 0 : fmax(0, end_min - path->bed_min) / day_min;
    cr_assert(fabs(quantity[BILL_STROKE_BED_DAY] - bed_days) < 1e-9, "%g bed-days, not %g",
              quantity[BILL_STROKE_BED_DAY], bed_days);
    bool hasu = hospital_is_hasu(&service->hospital[path->ward]);
    cr_assert(hasu ||
              (quantity[BILL_HASU_UPLIFT_DAY_1] == 0 && quantity[BILL_HASU_UPLIFT_DAY_2_3] == 0));
    bool alive = patient_is_stroke(patient) && path->mrs != MRS_DEAD;
    double after = quantity[BILL_FOLLOW_UP_INDEPENDENT] + quantity[BILL_FOLLOW_UP_DEPENDENT] +
                   quantity[BILL_CARE_HOME_DAY];
    cr_assert(alive || after == 0, "neither the dead nor mimics are followed up");
    cr_assert(quantity[BILL_WARD_BED_DAY] <= 90 + 1e-9);
    double total = 0;
    for (int item = 0; item < BILL_ITEMS; item++) {
        cr_assert(quantity[item] >= 0);
        total += quantity[item] * service->prices.gbp[item];
    }
    cr_assert(near(path->cost_gbp, total, 1e-12));
}

static void check_busy(path_check *check, uint64_t replications)
{
    struct design design;
    small_design_busy(&design);
    cr_assert_gt(check_paths(&design, replications, check), 1000);
    design_fini(&design);
}

Test(pathway, nobody_is_lost_and_times_are_in_order)
{
    check_busy(expect_times_in_order, 8);
}

Test(pathway, outcome_follows_from_the_path)
{
    check_busy(expect_outcome, 8);
}

Test(pathway, stays)
{
    struct design design;
    small_design_busy(&design);
    small_design_unlimited(&design);
    check_paths(&design, 4, expect_stay);
    design_fini(&design);
}

Test(pathway, death_frees_the_bed)
{
    check_busy(expect_death_to_free_the_bed, 8);
}

Test(pathway, the_dead_get_no_bed)
{
    check_busy(expect_no_bed_for_the_dead, 8);
}

Test(pathway, nothing_is_done_after_death)
{
    check_busy(expect_nothing_after_death, 20);
}

Test(pathway, bills)
{
    check_busy(expect_bill, 8);
}

static void expect_a_bed_at_once(const struct small_run *run, size_t s,
                                 const struct patient *patient, const struct path *path)
{
    (void)run, (void)s;
    cr_assert(path->bed_wait_min == 0 && path->su_wait_min == 0);
    cr_assert(!patient_is_stroke(patient) || path->bed_in_time);
}

Test(pathway, unlimited_beds_are_always_in_time)
{
    struct design design;
    small_design_busy(&design);
    small_design_unlimited(&design);
    check_paths(&design, 2, expect_a_bed_at_once);
    design_fini(&design);
    small_design_busy(&design);
    small_design_write(&design, BOTH, P_BEDS_LIMITED, 0);
    check_paths(&design, 2, expect_a_bed_at_once);
    design_fini(&design);
}

/* --- everything full -------------------------------------------------------------------------- */

/* Beds of every kind far below their load, and every way out of a queue: deaths, outliers,
 * diversion, rehabilitation, delayed discharge, early supported discharge. */
static void design_full(struct design *design, double outlier_after_hours, double divert)
{
    small_design_busy(design);
    small_design_rehab(design, 1);
    for (size_t c = 0; c < 2; c++)
        for (size_t h = 0; h < SMALL_HOSPITALS; h++) {
            struct hospital *hospital = &design->configuration[c].hospital[h];
            for (enum bed_kind kind = 0; kind < BED_REHAB; kind++)
                hospital->beds[kind] = hospital->beds[kind] > 0 ? 1 : 0;
            design->configuration[c].written_hospital[h] = *hospital;
        }
    small_design_push(design, BOTH, P_BEDS_OUTLIER_AFTER_HOURS, outlier_after_hours);
    small_design_push(design, BOTH, P_POLICY_DIVERT_WHEN_FULL, divert);
    small_design_push(design, BOTH, P_STAY_REHAB_NEEDED_SHARE, .4);
    small_design_push(design, BOTH, P_DISCHARGE_HOME_DELAY, 1);
    small_design_push(design, BOTH, P_DISCHARGE_CARE_HOME_DELAY, 5);
    small_design_push(design, BOTH, P_DISCHARGE_EARLY_SUPPORTED_SHARE, .3);
}

struct exits { /* from queues, and delays */
    size_t died_waiting, died_after, outliers, diverted, rehabilitated, delayed, early;
};

static void add_exits(struct exits *exits, const struct path *path)
{
    bool asked_again = path->su != NO_HOSPITAL && isnan(path->su_bed_min);
    exits->died_waiting += isnan(path->bed_min) && path->died_in_hospital && !path->outlier;
    exits->died_after += asked_again && path->died_in_hospital;
    exits->outliers += path->outlier;
    exits->diverted += path->diverted;
    exits->rehabilitated += isnan(path->rehab_bed_min) ? 0 : 1;
    exits->delayed += path->discharge_min > path->ready_min + 1;
    exits->early += path->early_supported;
}

/* Patients in are patients out and patients inside, at every hospital and kind of bed: the run
 * itself asserts it when it ends, and stops the program if it is not so. Here it ends with all beds
 * full and queues for them, and every way out of a queue has been taken. */
Test(pathway, nothing_is_lost_when_everything_is_full)
{
    struct exits exits = {0};
    for (int k = 0; k < 3; k++) {
        struct design design;
        struct small_run run;
        design_full(&design, k == 0 ? 0 : 30, k == 2);
        small_run_open(&run, &design, 1);
        for (uint64_t replication = 1; replication <= 4; replication++) {
            small_run_replication(&run, replication);
            for (size_t s = 0; s < 2; s++) {
                double filled =
                    small_run_drawn(&run, s, s == 0 ? METRIC_SU_OCCUPANCY : METRIC_HASU_OCCUPANCY);
                cr_expect_gt(filled, .7, "%d: %g of service %zu's first beds", k, filled, s);
                cr_expect_gt(small_run_drawn(&run, s, METRIC_REHAB_OCCUPANCY), .9);
                for (size_t i = 0; i < run.results->cohort.count; i++)
                    if (run.results->service[s].path[i].done)
                        add_exits(&exits, &run.results->service[s].path[i]);
            }
        }
        small_run_close(&run);
        design_fini(&design);
    }
    cr_expect(exits.died_waiting > 100 && exits.died_after > 0 && exits.outliers > 100 &&
                  exits.diverted > 100 && exits.rehabilitated > 50 && exits.delayed > 100 &&
                  exits.early > 50,
              "died waiting %zu and %zu, outliers %zu, diverted %zu, rehabilitated %zu, delayed "
              "%zu, early %zu",
              exits.died_waiting, exits.died_after, exits.outliers, exits.diverted,
              exits.rehabilitated, exits.delayed, exits.early);
}
