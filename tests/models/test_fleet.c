#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "models/fleet.h"
#include "sim/variate.h"
#include "tests/models/small_region.h"

/*
 * A fleet by itself, with callers made by hand: each calls at its time, and its vehicle is back a
 * given time after it set out. Two stations, Upper and Lower; minutes are set by hand where they
 * matter.
 */

enum { UPPER, LOWER, MOST_CALLERS = 8 };
enum { NORTH, SOUTH = 2 };

struct yard;

struct caller {
    struct process process; /* first */
    struct call call;
    uint32_t area;
    double call_min, away_min;
    double set_out_min;
    size_t station;
};

struct yard {
    struct design design;
    struct service service;
    struct calendar *calendar;
    struct fleet fleet;
    struct stream others;
    struct caller caller[MOST_CALLERS];
    size_t callers;
};

static void caller_body(struct process *self, void *world)
{
    struct yard *yard = world;
    struct caller *caller = (struct caller *)self;

    PROCESS_BEGIN(self);
    fleet_call(&yard->fleet, &caller->call, self, caller->area);
    if (caller->call.vehicle == NULL)
        PROCESS_SLEEP(self);
    caller->set_out_min = calendar_now(yard->calendar);
    caller->station = caller->call.vehicle->station;
    fleet_send_back(&yard->fleet, caller->call.vehicle, caller->set_out_min + caller->away_min);
    PROCESS_END(self);
}

static struct fleet_plan *make_plan(struct yard *yard)
{
    struct case_mix *mix =
        case_mix_new(&yard->design.region, &yard->design.configuration[0].parameters);
    static const size_t site[SMALL_SITES] = {0, 1, 2, 3, 4};
    const struct fleet_plan_source source = {
        .table = yard->design.fleet,
        .region = &yard->design.region,
        .mix = mix,
        .site = site,
        .hospitals = SMALL_SITES,
        .roads = &yard->design.configuration[0].parameters,
        .parameters = &yard->design.configuration[0].parameters,
    };
    struct fleet_plan *plan = fleet_plan_new(&source);
    cr_assert_not_null(plan);
    case_mix_free(mix);
    return plan;
}

static void yard_open(struct yard *yard, int vehicles)
{
    *yard = (struct yard){.others = {1, 1, DOMAIN_OTHER_CALLS}};
    small_design(&yard->design);
    small_design_fleet(&yard->design, vehicles);
    yard->calendar = calendar_new(16);
    cr_assert_not_null(yard->calendar);
}

static void yard_hours(struct yard *yard, size_t station, int from, int to, int vehicles)
{
    for (int hour = from; hour < to; hour++)
        yard->design.fleet->station[station].vehicles[hour] = vehicles;
}

static void yard_call(struct yard *yard, uint32_t area, double call_min, double away_min)
{
    cr_assert_lt(yard->callers, MOST_CALLERS);
    yard->caller[yard->callers++] =
        (struct caller){.area = area, .call_min = call_min, .away_min = away_min};
}

/* Begins; the plan is the caller's to free by yard_close(). */
static void yard_begin(struct yard *yard)
{
    yard->service.fleet = make_plan(yard);
    cr_assert(fleet_reserve(&yard->fleet, yard->service.fleet));
    fleet_begin(&yard->fleet, yard->service.fleet, yard->calendar, &yard->others, INFINITY);
    for (size_t i = 0; i < yard->callers; i++)
        process_start(&yard->caller[i].process, yard->calendar, caller_body,
                      yard->caller[i].call_min, 0);
}

static void yard_run(struct yard *yard, double until_min)
{
    yard_begin(yard);
    cr_assert(process_run(yard->calendar, yard, until_min));
    cr_expect(fleet_check(&yard->fleet));
}

static void yard_close(struct yard *yard)
{
    calendar_free(yard->calendar);
    fleet_fini(&yard->fleet);
    fleet_plan_free(yard->service.fleet);
    design_fini(&yard->design);
}

static void expect_answers(const struct yard *yard, const size_t *station, const double *set_out)
{
    for (size_t i = 0; i < yard->callers; i++) {
        cr_expect_eq(yard->caller[i].station, station[i], "call %zu: from station %zu, not %zu", i,
                     yard->caller[i].station, station[i]);
        cr_expect_eq(yard->caller[i].set_out_min, set_out[i], "call %zu: at %g, not %g", i,
                     yard->caller[i].set_out_min, set_out[i]);
    }
}

/* --- who answers ------------------------------------------------------------------------------ */

/* North lies nearer to Upper. The second call of the hour has Lower's vehicle; the third waits
 * until the first vehicle is back at its station, whichever that is, and the fourth for the next.
 */
Test(fleet, the_nearest_free_vehicle_and_else_the_first_that_is_back)
{
    struct yard yard;
    yard_open(&yard, 1);
    yard_call(&yard, NORTH, 0, 100);
    yard_call(&yard, NORTH, 10, 50);
    yard_call(&yard, NORTH, 20, 100);
    yard_call(&yard, SOUTH, 30, 100);
    yard_call(&yard, SOUTH, 500, 10);
    yard_call(&yard, NORTH, 505, 10);
    yard_run(&yard, 1000);
    expect_answers(&yard, (size_t[]){UPPER, LOWER, LOWER, UPPER, LOWER, UPPER},
                   (double[]){0, 10, 60, 100, 500, 505});
    cr_expect_eq(yard.fleet.sent, 6);
    cr_expect_eq(yard.fleet.returned, 6);
    yard_close(&yard);
}

/* Minutes are the region's estimate between the two points. */
Test(fleet, minutes_are_estimated_as_journeys_are)
{
    struct yard yard;
    yard_open(&yard, 1);
    yard_hours(&yard, LOWER, 0, DAY_HOURS, 0);
    yard_run(&yard, 1);
    const struct parameters *p = &yard.design.configuration[0].parameters;
    const struct fleet_plan *plan = yard.service.fleet;
    for (size_t s = 0; s < 2; s++) {
        const struct station *station = &yard.design.fleet->station[s];
        for (size_t a = 0; a < SMALL_AREAS; a++) {
            const struct area *area = &yard.design.region.area[a];
            double min = region_estimate_min(p, station->lat, station->lon, area->lat, area->lon);
            cr_expect_eq(fleet_plan_to_area_min(plan, s, a), min);
            /* a station that never has a vehicle is nobody's nearest */
            if (s == UPPER)
                cr_expect_eq(plan->nearest_min[a], min);
        }
        for (size_t h = 0; h < SMALL_SITES; h++) {
            const struct site *site = &yard.design.region.site[h];
            cr_expect_eq(fleet_plan_to_base_min(plan, h, s),
                         region_estimate_min(p, site->lat, site->lon, station->lat, station->lon));
        }
    }
    cr_expect_eq(plan->vehicles, 1);
    yard_close(&yard);
}

/* --- shifts ----------------------------------------------------------------------------------- */

/* One vehicle at Upper from 8 to 20 h. A call at 7 h waits for the shift; one at 19:30 keeps the
 * vehicle until 21:30, which is then off duty; one at 21 h waits for the next morning. */
Test(fleet, calls_wait_for_a_shift_and_a_shift_ends_on_the_way_back)
{
    struct yard yard;
    yard_open(&yard, 0);
    yard_hours(&yard, UPPER, 8, 20, 1);
    yard_call(&yard, SOUTH, 7 * 60, 30);
    yard_call(&yard, SOUTH, 19.5 * 60, 120);
    yard_call(&yard, SOUTH, 21 * 60, 60);
    yard_run(&yard, 48 * 60);
    expect_answers(&yard, (size_t[]){UPPER, UPPER, UPPER}, (double[]){8 * 60, 19.5 * 60, 32 * 60});
    /* 210 minutes out of two shifts and the 90 minutes after the first */
    cr_expect(near(fleet_utilisation(&yard.fleet), 210. / (2 * 720 + 90), 1e-12));
    yard_close(&yard);
}

/* Of the window alone, the last stretch included. */
Test(fleet, utilisation_is_of_the_window)
{
    struct yard yard;
    yard_open(&yard, 1);
    yard_call(&yard, NORTH, 0, 150);
    yard_call(&yard, NORTH, 350, 1000);
    yard_begin(&yard);
    cr_assert(process_run(yard.calendar, &yard, 100));
    fleet_reset_statistics(&yard.fleet);
    cr_assert(process_run(yard.calendar, &yard, 400));
    cr_expect(near(fleet_utilisation(&yard.fleet), (50 + 50) / 600., 1e-12));
    cr_expect(fleet_check(&yard.fleet));
    yard_close(&yard);
}

/* --- other work ------------------------------------------------------------------------------- */

/* More work than one vehicle can do: a stroke has the next vehicle that is back, past all that
 * waits. */
Test(fleet, a_stroke_goes_before_other_work)
{
    struct yard yard;
    yard_open(&yard, 0);
    yard_hours(&yard, UPPER, 0, DAY_HOURS, 1);
    small_design_push(&yard.design, BOTH, P_FLEET_OTHER_CALLS, 100);
    small_design_push(&yard.design, BOTH, P_FLEET_OTHER_JOB_SIGMA, 0);
    yard_call(&yard, NORTH, 3000, 45);
    yard_call(&yard, NORTH, 3001, 45);
    yard_begin(&yard);
    cr_assert(process_run(yard.calendar, &yard, 3001));
    uint64_t answered = yard.fleet.others_answered;
    cr_expect_gt(yard.fleet.others_come - answered, 50);
    cr_assert(process_run(yard.calendar, &yard, 5000));
    double first_min = yard.caller[0].set_out_min;
    cr_expect(first_min >= 3000 && first_min <= 3100);
    cr_expect_eq(yard.caller[1].set_out_min, first_min + 45);
    cr_expect_gt(yard.fleet.others_answered, answered);
    cr_expect(near(fleet_utilisation(&yard.fleet), 1, .02));
    yard_close(&yard);
}

/* The k-th other call comes at the same time and asks for the same whatever the fleet; their number
 * is what it should be, and their areas and hours are the strokes'. */
Test(fleet, other_calls_belong_to_the_stream)
{
    enum { WEEKS = 400 };
    uint64_t come[2];
    for (int fleet = 0; fleet < 2; fleet++) {
        struct yard yard;
        yard_open(&yard, fleet == 0 ? 2 : 9);
        small_design_push(&yard.design, BOTH, P_FLEET_OTHER_CALLS, 50);
        yard_run(&yard, WEEKS * WEEK_MIN);
        come[fleet] = yard.fleet.others_come;
        double north = 0, job = 0;
        for (uint64_t k = 1; k <= come[fleet]; k++) {
            struct other_call other = fleet_plan_other(yard.service.fleet, &yard.others, k);
            north += other.area == NORTH;
            job += other.job_min > 60;
        }
        double all = (double)come[fleet], want = WEEKS * 7 * 50;
        double share = yard.service.fleet->area_cumulative[NORTH] /
                       yard.service.fleet->area_cumulative[SMALL_AREAS - 1];
        cr_expect_lt(fabs(all - want), 3 * sqrt(want));
        cr_expect_lt(fabs(north / all - share), 3 * sqrt(share / all));
        cr_expect_lt(fabs(job / all - .5), 3 * .5 / sqrt(all));
        yard_close(&yard);
    }
    cr_expect_eq(come[0], come[1]);
}

/* --- theory ----------------------------------------------------------------------------------- */

/* One vehicle with work that comes evenly is an M/G/1 queue: its utilisation is the load, and a
 * call before all others waits for the job at hand alone, on average load x E[S^2] / (2 E[S])
 * (Pollaczek and Khinchine; Cobham 1954 for the first of several priorities). */
struct probe {
    struct process process; /* first */
    struct call call;
    double asked_min, waited_min, squares;
    size_t calls;
};

static void probe_body(struct process *self, void *world)
{
    enum { APART_MIN = 457 };
    struct yard *yard = world;
    struct probe *probe = (struct probe *)self;

    PROCESS_BEGIN(self);
    for (;;) {
        PROCESS_HOLD(self, yard->calendar, APART_MIN);
        probe->asked_min = calendar_now(yard->calendar);
        fleet_call(&yard->fleet, &probe->call, self, NORTH);
        if (probe->call.vehicle == NULL)
            PROCESS_SLEEP(self);
        double waited = calendar_now(yard->calendar) - probe->asked_min;
        fleet_send_back(&yard->fleet, probe->call.vehicle, calendar_now(yard->calendar));
        probe->waited_min += waited;
        probe->squares += waited * waited;
        probe->calls++;
    }
    PROCESS_END(self);
}

Test(fleet, one_vehicle_is_a_queue_of_the_books)
{
    static const double rate = 1 / 150., way_min = 12, until_min = 1e8;
    struct yard yard;
    yard_open(&yard, 0);
    yard_hours(&yard, LOWER, 0, DAY_HOURS, 1);
    small_design_push(&yard.design, BOTH, P_FLEET_OTHER_CALLS, 1440 * rate);
    for (int bin = 0; bin < WEEK_BINS_A_DAY; bin++)
        small_design_push(&yard.design, BOTH, (enum parameter_id)(P_DEMAND_HOUR_00 + bin), 1);
    for (int day = 0; day < WEEK_DAYS; day++)
        small_design_push(&yard.design, BOTH, (enum parameter_id)(P_DEMAND_DAY_mon + day), 1);
    yard_begin(&yard);
    for (size_t a = 0; a < SMALL_AREAS; a++)
        yard.service.fleet->to_area[LOWER * SMALL_AREAS + a] = way_min;
    struct probe probe = {0};
    process_start(&probe.process, yard.calendar, probe_body, 0, 0);
    cr_assert(process_run(yard.calendar, &yard, until_min));
    double mu = log(60), sigma = .5, job = exp(mu + sigma * sigma / 2);
    double mean = way_min + job;
    double square = mean * mean + job * job * (exp(sigma * sigma) - 1);
    double want = rate * square / 2, n = (double)probe.calls;
    double got = probe.waited_min / n;
    double half = family_score(2) * sqrt((probe.squares / n - got * got) / n);
    cr_expect_leq(half, .01 * want, "half-width %g of %g", half, want);
    cr_expect_leq(fabs(got - want), half, "waits %g, not %g", got, want);
    cr_expect_gt(fabs(got - 1.02 * want), half);
    cr_expect(near(fleet_utilisation(&yard.fleet), rate * mean, .01), "utilisation %g, not %g",
              fleet_utilisation(&yard.fleet), rate * mean);
    yard_close(&yard);
}

/* --- on the pathway --------------------------------------------------------------------------- */

static void open_small(struct design *design, int vehicles, double others)
{
    small_design_busy(design);
    small_design_fleet(design, vehicles);
    small_design_write(design, BOTH, P_FLEET_OTHER_CALLS, others);
    small_design_write(design, BOTH, P_JOURNEY_ADDED_MIN, 0);
}

/* Every patient's ambulance from the call until it is back, and what the metrics make of it. */
Test(fleet, an_ambulances_whole_way)
{
    struct design design;
    struct small_run run;
    open_small(&design, 2, 25);
    small_run_open(&run, &design, 1);
    small_run_replication(&run, 1);
    for (size_t c = 0; c < 2; c++) {
        const struct service *service = &run.model.service[c];
        double response = 0, strokes = 0, away = 0, waited = 0;
        for (size_t i = 0; i < run.results->cohort.count; i++) {
            const struct patient *patient = &run.results->cohort.patient[i];
            const struct path *path = &run.results->service[c].path[i];
            if (!small_run_counts(&run, patient))
                continue;
            cr_expect_eq(isnan(path->set_out_min), !patient->by_ambulance);
            if (!patient->by_ambulance)
                continue;
            double way = fleet_plan_to_area_min(service->fleet, path->station, patient->area);
            double to_base =
                fleet_plan_to_base_min(service->fleet, path->journey.first, path->station);
            cr_expect_geq(path->set_out_min, path->call_min);
            cr_expect(near(path->scene_min, path->set_out_min + way, 1e-9));
            cr_expect(near(path->back_min, path->first_door_min + 30 + to_base, 1e-9));
            away += path->back_min - path->set_out_min;
            waited += path->set_out_min > path->call_min;
            response += patient_is_stroke(patient) ? path->scene_min - path->call_min : 0;
            strokes += patient_is_stroke(patient);
        }
        cr_expect_gt(waited, 10);
        cr_expect(near(small_run_drawn(&run, c, METRIC_AMBULANCE_HOURS), away / 60, 1e-9));
        cr_expect(near(small_run_drawn(&run, c, METRIC_RESPONSE_MIN), response / strokes, 1e-9));
        double p95 = small_run_drawn(&run, c, METRIC_RESPONSE_P95_MIN);
        cr_expect_gt(p95, small_run_drawn(&run, c, METRIC_RESPONSE_MIN));
        double use = small_run_drawn(&run, c, METRIC_FLEET_UTILISATION);
        cr_expect(use > .2 && use < .9);
    }
    small_run_close(&run);
    design_fini(&design);
}

/* With a vehicle always free the response is the way from the nearest station, and the call comes
 * at the same time after the onset whether or not ambulances are short. */
Test(fleet, the_reference_is_without_waiting)
{
    struct design plenty, short_of;
    struct small_run free_run, busy_run;
    open_small(&plenty, 60, 25);
    open_small(&short_of, 2, 25);
    small_run_open(&free_run, &plenty, 1);
    small_run_open(&busy_run, &short_of, 1);
    small_run_replication(&free_run, 1);
    small_run_replication(&busy_run, 1);
    cr_assert_eq(free_run.results->cohort.count, busy_run.results->cohort.count);
    for (size_t i = 0; i < free_run.results->cohort.count; i++) {
        const struct patient *patient = &free_run.results->cohort.patient[i];
        const struct path *path = &free_run.results->service[CENTRAL].path[i];
        if (!small_run_counts(&free_run, patient) || !patient->by_ambulance)
            continue;
        cr_expect_eq(path->call_min, busy_run.results->service[CENTRAL].path[i].call_min);
        struct journey usual = journey_plan(&free_run.model.service[LOCAL], patient, 0);
        double delay = journey_delay_to_call_min(patient, journey_to_door_min(&usual));
        cr_expect_eq(usual.response_min,
                     free_run.model.service[LOCAL].fleet->nearest_min[patient->area]);
        cr_expect(near(path->call_min, patient->onset_min + delay, 1e-12));
        cr_expect_eq(path->journey.response_min,
                     free_run.model.service[CENTRAL].fleet->nearest_min[patient->area]);
    }
    small_run_close(&free_run);
    small_run_close(&busy_run);
    design_fini(&plenty);
    design_fini(&short_of);
}

/* The same patients and the same other calls: where journeys take half an hour more, ambulances are
 * away for longer, and the next patient waits for longer; where nothing differs, nothing does. */
Test(fleet, longer_journeys_slow_the_next_response)
{
    for (double added = 0; added <= 30; added += 30) {
        struct design design;
        struct small_run run;
        open_small(&design, 2, 25);
        small_design_copy(&design, LOCAL, CENTRAL);
        small_design_push(&design, CENTRAL, P_JOURNEY_ADDED_MIN, added);
        small_run_open(&run, &design, 2);
        double more[3] = {0};
        static const enum metric metrics[3] = {METRIC_RESPONSE_MIN, METRIC_AMBULANCE_HOURS,
                                               METRIC_FLEET_UTILISATION};
        for (uint64_t replication = 1; replication <= 4; replication++) {
            small_run_replication(&run, replication);
            for (size_t m = 0; m < 3; m++)
                more[m] += small_run_drawn(&run, CENTRAL, metrics[m]) -
                           small_run_drawn(&run, LOCAL, metrics[m]);
        }
        for (size_t m = 0; m < 3; m++)
            cr_expect(added > 0 ? more[m] > 0 : more[m] == 0, "%s by %g",
                      metric_info(metrics[m])->name, more[m]);
        small_run_close(&run);
        design_fini(&design);
    }
}

/* With beds unlimited too: an ambulance that a later patient has is not there for one of the
 * window.
 */
Test(fleet, later_patients_take_ambulances_too)
{
    struct design design;
    struct small_run run;
    open_small(&design, 2, 25);
    small_design_unlimited(&design);
    small_run_open(&run, &design, 1);
    small_run_replication(&run, 1);
    size_t later = 0;
    for (size_t i = 0; i < run.results->cohort.count; i++)
        later += run.results->cohort.patient[i].onset_min > (60 + 365) * 1440.;
    cr_expect_gt(later, 10);
    small_run_close(&run);
    design_fini(&design);
}

/* More work than the fleet can ever do is no result. */
Test(fleet, too_much_work_is_unstable)
{
    struct design design;
    struct small_run run;
    open_small(&design, 1, 500);
    small_design_write(&design, BOTH, P_RUN_MAX_INSIDE, 2000);
    small_run_open(&run, &design, 1);
    cr_assert(trial_run(&run.trial, run.worker, 1, run.results));
    cr_expect_eq(run.results->service[LOCAL].status, PATHWAY_UNSTABLE);
    small_run_close(&run);
    design_fini(&design);
}
