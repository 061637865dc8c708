/* Services that change over time: phases that begin on a day of the window, beds by weekday. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/models/small_region.h"

static const double day_min = 1440, rounding_min = 1e-6;

/* A phase of a configuration: its hospitals as before, to be changed by the test. */
static struct hospital *add_phase(struct design *design, size_t c, double from_day)
{
    struct configuration *configuration = &design->configuration[c];
    size_t size = configuration->hospitals * sizeof *configuration->hospital;
    configuration->later =
        realloc(configuration->later, (configuration->laters + 1) * sizeof *configuration->later);
    struct later_phase *phase = &configuration->later[configuration->laters];
    *phase = (struct later_phase){
        .from_day = from_day, .written_hospital = malloc(size), .hospital = malloc(size)};
    const struct hospital *before = configuration->laters == 0
                                        ? configuration->hospital
                                        : configuration->later[configuration->laters - 1].hospital;
    memcpy(phase->hospital, before, size);
    memcpy(phase->written_hospital, before, size);
    configuration->laters++;
    return phase->hospital;
}

static double phase_min(const struct small_run *run, double from_day)
{
    return (run->trial.warm_up_days + from_day) * day_min;
}

typedef void path_check(const struct small_run *run, const struct patient *patient,
                        const struct path path[2]);

/* Looks at every patient of the first replication under both configurations. */
static void check_paths(const struct design *design, path_check *check)
{
    struct small_run run;
    small_run_open(&run, design, 1);
    small_run_replication(&run, 1);
    for (size_t i = 0; i < run.results->cohort.count; i++) {
        const struct path path[2] = {run.results->service[LOCAL].path[i],
                                     run.results->service[CENTRAL].path[i]};
        if (path[0].done && path[1].done)
            check(&run, &run.results->cohort.patient[i], path);
    }
    small_run_close(&run);
}

/* --- who takes which phase -------------------------------------------------------------------- */

enum { OPENS = 181 };

static int before_opening, after_opening, to_dogwood;

static void expect_closed_then_open(const struct small_run *run, const struct patient *patient,
                                    const struct path path[2])
{
    (void)patient;
    if (path[LOCAL].call_min < phase_min(run, OPENS)) {
        cr_expect_neq(path[LOCAL].journey.treating, SITE_DOGWOOD);
        before_opening++;
        return;
    }
    cr_expect_eq(path[LOCAL].journey.treating, path[CENTRAL].journey.treating);
    cr_expect_eq(path[LOCAL].door_min, path[CENTRAL].door_min);
    cr_expect_eq(path[LOCAL].scan_min, path[CENTRAL].scan_min);
    cr_expect_eq(path[LOCAL].organised_care, path[CENTRAL].organised_care);
    to_dogwood += path[LOCAL].journey.treating == SITE_DOGWOOD;
    after_opening++;
}

/* The second configuration has it open all the time. */
Test(phases, a_hospital_that_opens_later_is_closed_before_and_as_if_always_open_after)
{
    struct design design;
    small_design(&design);
    small_design_copy(&design, LOCAL, CENTRAL);
    small_design_unlimited(&design);
    struct hospital *open = add_phase(&design, LOCAL, OPENS);
    design.configuration[LOCAL].hospital[SITE_DOGWOOD].roles = 0;
    design.configuration[LOCAL].written_hospital[SITE_DOGWOOD].roles = 0;
    open[SITE_DOGWOOD].own[UNIT_DOOR_TO_SCAN_P50_MIN] = 12;
    design.configuration[CENTRAL].hospital[SITE_DOGWOOD].own[UNIT_DOOR_TO_SCAN_P50_MIN] = 12;
    open[SITE_DOGWOOD].own[UNIT_ORGANISED_CARE_SHARE] = 1;
    design.configuration[CENTRAL].hospital[SITE_DOGWOOD].own[UNIT_ORGANISED_CARE_SHARE] = 1;
    before_opening = after_opening = to_dogwood = 0;
    check_paths(&design, expect_closed_then_open);
    cr_expect_gt(before_opening, 100);
    cr_expect_gt(after_opening, 100);
    cr_expect_gt(to_dogwood, 30);
    design_fini(&design);
}

static void expect_as_the_other(const struct small_run *run, const struct patient *patient,
                                const struct path path[2])
{
    (void)run;
    (void)patient;
    cr_expect_eq(path[LOCAL].journey.treating, path[CENTRAL].journey.treating);
    cr_expect_eq(path[LOCAL].bed_wait_min, path[CENTRAL].bed_wait_min);
    cr_expect_eq(path[LOCAL].discharge_min, path[CENTRAL].discharge_min);
    cr_expect_eq(path[LOCAL].cost_gbp, path[CENTRAL].cost_gbp);
}

Test(phases, one_in_which_nothing_changes_changes_nothing)
{
    struct design design;
    small_design_busy(&design);
    small_design_copy(&design, CENTRAL, LOCAL);
    small_design_push(&design, BOTH, P_BEDS_LIMITED, 1);
    small_design_push(&design, BOTH, P_POLICY_DIVERT_WHEN_FULL, 1);
    add_phase(&design, LOCAL, 31);
    add_phase(&design, LOCAL, 200);
    check_paths(&design, expect_as_the_other);
    design_fini(&design);
}

/* Levels, and the pilot that the warm-up is found by, are of the first phase. */
Test(phases, calibration_and_the_pilot_know_the_first_alone)
{
    struct design design[2];
    double series[2][120], level[2];
    for (size_t d = 0; d < 2; d++) {
        small_design(&design[d]);
        struct small_run run;
        if (d == 1)
            add_phase(&design[d], LOCAL, 30)[SITE_ASH].roles = 0;
        small_run_open(&run, &design[d], 1);
        run.trial.domain = DOMAIN_WARM_UP;
        run.trial.warm_up_days = 0;
        run.trial.window_days = 120;
        enum pathway_status status;
        cr_assert(trial_run_service(&run.trial, run.worker, LOCAL, 1, &status));
        trial_present_series(run.worker, 120, series[d]);
        level[d] = run.model.calibration.level.log_odds;
        small_run_close(&run);
        design_fini(&design[d]);
    }
    cr_expect_eq(level[0], level[1]);
    cr_expect_arr_eq(series[0], series[1], sizeof series[0]);
}

/* A rate that a unit publishes for its later phase is solved for there too. */
Test(phases, every_phase_is_calibrated)
{
    struct design design;
    small_design(&design);
    struct hospital *open = add_phase(&design, LOCAL, 30);
    open[SITE_ELM].roles = ROLE_HASU;
    open[SITE_ELM].beds[BED_HASU] = 5;
    open[SITE_ASH].own[UNIT_THROMBOLYSIS_RATE] = 0.1;
    design.configuration[LOCAL].later[0].written_hospital[SITE_ASH].own[UNIT_THROMBOLYSIS_RATE] =
        0.1;
    struct small_run run;
    small_run_open(&run, &design, 1);
    const struct service *later = run.model.service[LOCAL].next;
    for (size_t h = 0; h < SMALL_HOSPITALS; h++)
        for (enum stroke_type type = 0; type < ISCHAEMIC_TYPES; type++)
            cr_expect(later->unit[h].treated_if_eligible[type] > 0, "hospital %zu", h);
    cr_expect_neq(later->unit[SITE_ASH].treated_if_eligible[TYPE_LVO],
                  run.model.service[LOCAL].unit[SITE_ASH].treated_if_eligible[TYPE_LVO]);
    cr_expect_eq(later->lifetime, run.model.service[LOCAL].lifetime);
    small_run_close(&run);
    design_fini(&design);
}

/* All settings from the baseline are its deaths, and all from the configuration are those. */
Test(phases, causes_add_up_over_phases)
{
    struct design design;
    small_design_busy(&design);
    struct hospital *later = add_phase(&design, CENTRAL, 120);
    later[SITE_CEDAR].roles = ROLE_SU;
    later[SITE_BIRCH].roles = ROLE_HASU | ROLE_SU;
    later[SITE_BIRCH].beds[BED_HASU] = 4;
    later = add_phase(&design, LOCAL, 200);
    later[SITE_ASH].roles = 0;
    struct small_run run;
    small_run_open(&run, &design, 1);
    small_run_replication(&run, 1);
    const double *deaths = run.results->service[CENTRAL].driver_deaths;
    cr_expect(near(deaths[0], small_run_expected(&run, LOCAL, METRIC_DEATHS_90D), 1e-9));
    cr_expect(near(deaths[DRIVER_SETTINGS - 1],
                   small_run_expected(&run, CENTRAL, METRIC_DEATHS_90D), 1e-9));
    small_run_close(&run);
    design_fini(&design);
}

/* --- beds ------------------------------------------------------------------------------------- */

/* Whether a stay in a bed covers a moment. */
static bool covers(double from_min, double to_min, double at_min)
{
    return from_min <= at_min && at_min < to_min;
}

static double first_of(double a_min, double b_min, double otherwise_min)
{
    return !isnan(a_min) ? a_min : !isnan(b_min) ? b_min : otherwise_min;
}

/* Patients in a bed at a moment, as their own paths tell it. */
static unsigned inside(const struct small_run *run, size_t s, size_t hospital, enum bed_kind kind,
                       double at_min)
{
    unsigned count = 0;
    for (size_t i = 0; i < run->results->cohort.count; i++) {
        const struct path *path = &run->results->service[s].path[i];
        if (!path->done)
            continue;
        count +=
            path->ward == hospital && path_first_bed(path) == kind &&
            covers(path->bed_min,
                   first_of(path->su_bed_min, path->rehab_bed_min, path->discharge_min), at_min);
        count += path->su == hospital && kind == BED_SU &&
                 covers(path->su_bed_min, first_of(path->rehab_bed_min, NAN, path->discharge_min),
                        at_min);
        count += path->rehab == hospital && kind == BED_REHAB &&
                 covers(path->rehab_bed_min, path->discharge_min, at_min);
    }
    return count;
}

static unsigned census(const struct small_run *run, size_t s, size_t day, size_t h,
                       enum bed_kind kind)
{
    return run->results->service[s].census[day * SMALL_HOSPITALS + h][kind];
}

static void open_with_census(struct small_run *run, const struct design *design)
{
    small_run_open(run, design, 1);
    cr_assert(trial_results_want_census(run->results, design, 365, 1));
    small_run_replication(run, 1);
}

/* Patients in = patients out + inside, at every hospital and kind. */
static void expect_balance(const struct small_run *run, size_t s)
{
    for (size_t day = 0; day < 365; day += 5)
        for (size_t h = 0; h < SMALL_HOSPITALS; h++)
            for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
                cr_expect_eq(census(run, s, day, h, kind),
                             inside(run, s, h, kind, phase_min(run, (double)day)),
                             "service %zu, day %zu, hospital %zu, %s", s, day, h,
                             bed_kind_name(kind));
}

enum { CLOSES = 100 };

/* Too few beds anywhere, so that many wait when a unit closes. */
static void make_full(struct design *design, size_t c)
{
    for (size_t h = 0; h < SMALL_HOSPITALS; h++)
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++) {
            int *beds = &design->configuration[c].hospital[h].beds[kind];
            *beds = *beds > 2 ? *beds * 2 / 3 : *beds;
        }
    small_design_push(design, c, P_BEDS_LIMITED, 1);
}

Test(phases, a_unit_that_closes_serves_those_who_are_there_and_takes_nobody_new)
{
    struct design design;
    small_design(&design);
    small_design_rehab(&design, 3);
    make_full(&design, CENTRAL);
    make_full(&design, LOCAL);
    struct hospital *later = add_phase(&design, LOCAL, CLOSES);
    later[SITE_ASH].roles = 0;
    later[SITE_BIRCH].roles = ROLE_STROKE | ROLE_REHAB;
    later[SITE_BIRCH].beds[BED_SU] = 20;
    later[SITE_BIRCH].beds[BED_REHAB] = 4;
    later[SITE_ELM].roles = 0;
    struct small_run run;
    open_with_census(&run, &design);
    double closes_min = phase_min(&run, CLOSES);
    int waited = 0, rehabilitated = 0;
    for (size_t i = 0; i < run.results->cohort.count; i++) {
        const struct path *path = &run.results->service[LOCAL].path[i];
        if (!path->done) {
            cr_expect_not(small_run_counts(&run, &run.results->cohort.patient[i]));
            continue;
        }
        cr_expect(path->ward != SITE_ASH || path->call_min < closes_min);
        waited += path->ward == SITE_ASH && path->bed_min > closes_min;
        double asked_min = path->rehab_bed_min - path->rehab_wait_min;
        if (!isnan(asked_min))
            cr_expect_eq(path->rehab == SITE_ELM, asked_min < closes_min - rounding_min);
        rehabilitated += path->rehab == SITE_BIRCH && !isnan(asked_min);
    }
    cr_expect_gt(waited, 0, "somebody waited when it closed");
    cr_expect_gt(rehabilitated, 0);
    cr_expect_eq(census(&run, LOCAL, 364, SITE_ASH, BED_SU), 0);
    expect_balance(&run, LOCAL);
    expect_balance(&run, CENTRAL);
    small_run_close(&run);
    design_fini(&design);
}

Test(phases, a_bed_taken_away_goes_with_its_patient)
{
    struct design design;
    small_design(&design);
    small_design_push(&design, BOTH, P_BEDS_LIMITED, 1);
    add_phase(&design, LOCAL, CLOSES)[SITE_CEDAR].beds[BED_SU] = 2;
    struct small_run run;
    open_with_census(&run, &design);
    unsigned before = census(&run, LOCAL, CLOSES, SITE_CEDAR, BED_SU);
    cr_expect_gt(before, 2);
    for (size_t day = CLOSES + 1; day < 365; day++) {
        unsigned now = census(&run, LOCAL, day, SITE_CEDAR, BED_SU);
        cr_expect(now <= 2 || now <= before, "day %zu", day);
        before = now;
    }
    cr_expect_leq(before, 2);
    expect_balance(&run, LOCAL);
    small_run_close(&run);
    design_fini(&design);
}

/* A bed after the hyper-acute one is asked for as the service is then; where the last has closed,
 * the days are spent where the patient is. */
Test(phases, later_beds_are_those_of_the_moment)
{
    struct design design;
    small_design(&design);
    small_design_unlimited(&design);
    struct hospital *later = add_phase(&design, CENTRAL, CLOSES);
    for (size_t h = 0; h < SMALL_HOSPITALS; h++)
        later[h].roles &= ~(unsigned)ROLE_SU;
    struct small_run run;
    open_with_census(&run, &design);
    double closes_min = phase_min(&run, CLOSES);
    int stayed = 0;
    for (size_t i = 0; i < run.results->cohort.count; i++) {
        const struct patient *patient = &run.results->cohort.patient[i];
        const struct path *path = &run.results->service[CENTRAL].path[i];
        cr_expect(path->su == NO_HOSPITAL || path->su_bed_min < closes_min + rounding_min);
        if (!patient->su_needed || path->su != NO_HOSPITAL || path->bed_min > closes_min ||
            !isnan(path->death_min) || path_first_bed(path) != BED_HASU)
            continue;
        cr_expect_float_eq(path->discharge_min - path->bed_min,
                           day_min * (patient->hasu_days + patient->su_days), 1e-3);
        stayed++;
    }
    cr_expect_gt(stayed, 0, "somebody was to go on and could not");
    expect_balance(&run, CENTRAL);
    small_run_close(&run);
    design_fini(&design);
}

/* --- by weekday ------------------------------------------------------------------------------- */

static const int cedar_week[WEEKDAYS] = {7, 7, 6, 6, 5, 2, 3};

static void set_week(struct hospital *hospital, enum bed_kind kind, const int week[WEEKDAYS])
{
    hospital->by_weekday[kind] = true;
    memcpy(hospital->week_beds[kind], week, WEEKDAYS * sizeof *week);
    hospital->beds[kind] = 0;
    for (int day = 0; day < WEEKDAYS; day++)
        if (week[day] > hospital->beds[kind])
            hospital->beds[kind] = week[day];
}

/* Day 0 of the run is a Thursday, and the window's 60 days later. Midnight's census comes after the
 * day's beds. */
Test(phases, beds_follow_the_weekday)
{
    struct design design;
    small_design(&design);
    small_design_grow(&design, 2.4);
    design.start_weekday = 3;
    small_design_push(&design, BOTH, P_BEDS_LIMITED, 1);
    set_week(&design.configuration[LOCAL].hospital[SITE_CEDAR], BED_SU, cedar_week);
    struct small_run run;
    open_with_census(&run, &design);
    int at_full[WEEKDAYS] = {0}, over = 0;
    unsigned before = census(&run, LOCAL, 0, SITE_CEDAR, BED_SU);
    for (size_t day = 1; day < 365; day++) {
        size_t weekday = (3 + 60 + day) % 7, yesterday = (weekday + 6) % 7;
        unsigned now = census(&run, LOCAL, day, SITE_CEDAR, BED_SU);
        unsigned most = (unsigned)cedar_week[yesterday];
        /* Today's beds are given at midnight already, and those of yesterday may be drained. */
        if ((unsigned)cedar_week[weekday] > most)
            most = (unsigned)cedar_week[weekday];
        cr_expect(now <= (before > most ? before : most), "day %zu", day);
        at_full[weekday] += now == (unsigned)cedar_week[weekday];
        over += now > (unsigned)cedar_week[weekday];
        before = now;
    }
    cr_expect_gt(at_full[0], 5, "on Mondays all seven are in use now and then");
    cr_expect_gt(over, 20, "fewer beds drain");
    expect_balance(&run, LOCAL);
    small_run_close(&run);
    design_fini(&design);
}

/* A ward that is closed on some days of the week keeps its patients, and closes for good with
 * nobody left behind. */
Test(phases, nobody_waits_for_ever_for_a_unit_that_closed_on_a_day_without_beds)
{
    static const int mondays_only[WEEKDAYS] = {6, 0, 0, 0, 0, 0, 0};
    struct design design;
    small_design(&design);
    small_design_push(&design, BOTH, P_BEDS_LIMITED, 1);
    small_design_grow(&design, 20);
    struct hospital *cedar = &design.configuration[LOCAL].hospital[SITE_CEDAR];
    set_week(cedar, BED_SU, mondays_only);
    for (int day = 0; day < WEEKDAYS; day++) {
        struct hospital *later = add_phase(&design, LOCAL, 51 + 31 * day); /* a Sunday */
        later[SITE_CEDAR].roles = day % 2 == 0 ? 0 : ROLE_STROKE;
    }
    struct small_run run;
    open_with_census(&run, &design);
    for (size_t i = 0; i < run.results->cohort.count; i++)
        cr_expect(run.results->service[LOCAL].path[i].done ||
                  !small_run_counts(&run, &run.results->cohort.patient[i]));
    expect_balance(&run, LOCAL);
    small_run_close(&run);
    design_fini(&design);
}

Test(phases, a_week_alike_is_no_week)
{
    static const int seven[WEEKDAYS] = {7, 7, 7, 7, 7, 7, 7};
    struct design design;
    small_design(&design);
    small_design_copy(&design, LOCAL, CENTRAL);
    small_design_push(&design, BOTH, P_BEDS_LIMITED, 1);
    set_week(&design.configuration[LOCAL].hospital[SITE_CEDAR], BED_SU, seven);
    check_paths(&design, expect_as_the_other);
    design_fini(&design);
}

/* --- figures ---------------------------------------------------------------------------------- */

Test(phases, mean_beds_are_over_time)
{
    struct design design;
    small_design(&design);
    small_design_push(&design, BOTH, P_BEDS_LIMITED, 1);
    struct hospital *later = add_phase(&design, LOCAL, 100);
    later[SITE_ASH].roles = 0;           /* had 7 */
    later[SITE_BIRCH].beds[BED_SU] = 10; /* had 6 */
    later = add_phase(&design, LOCAL, 300);
    later[SITE_CEDAR].beds[BED_SU] = BEDS_UNLIMITED;
    struct small_run run;
    open_with_census(&run, &design);
    const struct service *service = &run.model.service[LOCAL];
    cr_expect_float_eq(service_mean_beds(service, SITE_ASH, BED_SU, false, 0, 365), 700 / 365.0,
                       1e-12);
    cr_expect_float_eq(service_mean_beds(service, SITE_BIRCH, BED_SU, false, 0, 365),
                       (600 + 2650) / 365.0, 1e-12);
    cr_expect_eq(service_mean_beds(service, SITE_BIRCH, BED_SU, false, 100, 200), 10);
    cr_expect_eq(service_mean_beds(service, SITE_CEDAR, BED_SU, false, 0, 365), BEDS_UNLIMITED);
    cr_expect_eq(service_mean_beds(service, SITE_CEDAR, BED_SU, true, 0, 300), 7);
    cr_expect_eq(service_mean_beds(service, SITE_DOGWOOD, BED_SU, true, 0, 365), 8);
    cr_expect(service_has_beds(service, SITE_ASH, BED_SU));
    cr_expect_not(service_has_beds(service, SITE_ASH, BED_HASU));
    cr_expect_eq(service_phase(service, 99.9), service);
    cr_expect_eq(service_phase(service, 100), service->next);
    cr_expect_eq(service_phase(service, 1e6), service->next->next);
    small_run_close(&run);
    design_fini(&design);
}

Test(phases, occupancy_is_beds_in_use_by_mean_beds)
{
    struct design design;
    small_design(&design);
    small_design_push(&design, BOTH, P_BEDS_LIMITED, 1);
    add_phase(&design, LOCAL, 100)[SITE_BIRCH].beds[BED_SU] = 10;
    struct small_run run;
    open_with_census(&run, &design);
    double beds = 7 + (6 * 100 + 10 * 265) / 365.0 + 7 + 8;
    cr_expect(near(small_run_drawn(&run, LOCAL, METRIC_SU_OCCUPANCY),
                   small_run_drawn(&run, LOCAL, METRIC_SU_BEDS_IN_USE) / beds, 1e-12));
    small_run_close(&run);
    design_fini(&design);
}

Test(phases, mean_beds_by_weekday)
{
    struct design design;
    small_design(&design);
    design.start_weekday = 5; /* a Saturday */
    small_design_push(&design, LOCAL, P_BEDS_LIMITED, 1);
    small_design_push(&design, CENTRAL, P_BEDS_LIMITED, 0);
    for (size_t c = 0; c < 2; c++)
        set_week(&design.configuration[c].hospital[SITE_CEDAR], BED_SU, cedar_week);
    add_phase(&design, LOCAL, 9)[SITE_CEDAR].beds[BED_SU] = 0;
    struct small_run run;
    small_run_open(&run, &design, 1);
    const struct service *local = &run.model.service[LOCAL];
    cr_expect_float_eq(service_mean_beds(local, SITE_CEDAR, BED_SU, false, 0, 7), 36 / 7.0, 1e-12);
    cr_expect_eq(service_mean_beds(local, SITE_CEDAR, BED_SU, false, 1, 3), 5, "Sunday, Monday");
    cr_expect_eq(service_mean_beds(local, SITE_CEDAR, BED_SU, false, 8, 10), 1.5, "then closed");
    cr_expect_eq(service_week_beds(local, SITE_CEDAR, BED_SU), 36 / 7.0);
    cr_expect_eq(service_beds_on(local, SITE_CEDAR, BED_SU, 5), 2);
    cr_expect_eq(service_beds_on(local, SITE_ASH, BED_SU, 5), 7);
    cr_expect_eq(service_beds_on(local->next, SITE_CEDAR, BED_SU, 5), 0);
    const struct service *unlimited = &run.model.service[CENTRAL];
    cr_expect_eq(service_mean_beds(unlimited, SITE_CEDAR, BED_SU, false, 0, 7), BEDS_UNLIMITED);
    cr_expect_float_eq(service_mean_beds(unlimited, SITE_CEDAR, BED_SU, true, 0, 7), 36 / 7.0,
                       1e-12);
    cr_expect_not(service_changes(unlimited), "nobody waits");
    cr_expect(service_changes(local));
    small_run_close(&run);
    design_fini(&design);
}
