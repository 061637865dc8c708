#include "models/fleet.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

static const size_t no_station = SIZE_MAX;

bool fleet_reserve(struct fleet *fleet, const struct fleet_plan *plan)
{
    if (plan->table->stations > fleet->most_stations) {
        struct duty *duty = realloc(fleet->duty, plan->table->stations * sizeof *duty);
        if (duty == NULL)
            return false;
        fleet->duty = duty;
        fleet->most_stations = plan->table->stations;
    }
    if (plan->vehicles > fleet->most_vehicles) {
        struct vehicle *vehicle = realloc(fleet->vehicle, plan->vehicles * sizeof *vehicle);
        if (vehicle == NULL)
            return false;
        fleet->vehicle = vehicle;
        fleet->most_vehicles = plan->vehicles;
    }
    return true;
}

void fleet_fini(struct fleet *fleet)
{
    free(fleet->duty);
    free(fleet->vehicle);
    *fleet = (struct fleet){0};
}

static int manned(const struct duty *duty)
{
    return duty->out > duty->vehicles ? duty->out : duty->vehicles;
}

/* Brings the areas up to date. */
static void settle(struct fleet *fleet)
{
    double now = calendar_now(fleet->calendar);
    fleet->out_area += fleet->out * (now - fleet->since_min);
    fleet->manned_area += fleet->manned * (now - fleet->since_min);
    fleet->since_min = now;
}

static void change(struct fleet *fleet, size_t station, int vehicles, int out)
{
    struct duty *duty = &fleet->duty[station];
    settle(fleet);
    fleet->manned -= manned(duty);
    fleet->out += out - duty->out;
    *duty = (struct duty){vehicles, out};
    fleet->manned += manned(duty);
}

static size_t nearest_free(const struct fleet *fleet, size_t area)
{
    const struct fleet_plan *plan = fleet->plan;
    size_t nearest = no_station;
    double least_min = INFINITY;
    for (size_t s = 0; s < plan->table->stations; s++) {
        double min = fleet_plan_to_area_min(plan, s, area);
        if (fleet->duty[s].out < fleet->duty[s].vehicles && min < least_min) {
            least_min = min;
            nearest = s;
        }
    }
    return nearest;
}

static struct vehicle *send_out(struct fleet *fleet, size_t station)
{
    struct vehicle *vehicle = fleet->free_vehicle;
    assert(vehicle != NULL);
    fleet->free_vehicle = vehicle->next_free;
    vehicle->station = (uint32_t)station;
    fleet->sent++;
    change(fleet, station, fleet->duty[station].vehicles, fleet->duty[station].out + 1);
    return vehicle;
}

/* To the stroke call that has waited longest. */
static bool answer_stroke(struct fleet *fleet)
{
    struct call *call = fleet->first;
    size_t station = nearest_free(fleet, call->area);
    if (station == no_station)
        return false;
    fleet->first = call->next;
    call->vehicle = send_out(fleet, station);
    if (call->process != NULL)
        process_wake(call->process, fleet->calendar);
    return true;
}

/* To the other call that has waited longest. */
static bool answer_other(struct fleet *fleet)
{
    uint64_t number = fleet->others_answered + 1;
    struct other_call other = fleet_plan_other(fleet->plan, &fleet->others, number);
    size_t station = nearest_free(fleet, other.area);
    if (station == no_station)
        return false;
    fleet->others_answered = number;
    fleet_send_back(fleet, send_out(fleet, station),
                    calendar_now(fleet->calendar) +
                        fleet_plan_to_area_min(fleet->plan, station, other.area) + other.job_min);
    return true;
}

/* Sends out free vehicles as long as there are both vehicles and calls. */
static void answer(struct fleet *fleet)
{
    while (fleet->first != NULL)
        if (!answer_stroke(fleet))
            return;
    while (fleet->others_answered < fleet->others_come)
        if (!answer_other(fleet))
            return;
}

/* No process of several steps: the vehicle may go out again before this is over. */
static void vehicle_comes_back(struct process *self, void *world)
{
    struct vehicle *vehicle = (struct vehicle *)self;
    struct fleet *fleet = vehicle->fleet;
    struct duty *duty = &fleet->duty[vehicle->station];
    (void)world;
    fleet->events++;
    change(fleet, vehicle->station, duty->vehicles, duty->out - 1);
    fleet->returned++;
    vehicle->next_free = fleet->free_vehicle;
    fleet->free_vehicle = vehicle;
    answer(fleet);
}

/* The hours after this one until some station's vehicles change, or 0: they never do. */
static int hours_to_change(const struct fleet *fleet, int hour)
{
    const struct fleet_table *table = fleet->plan->table;
    for (int hours = 1; hours <= DAY_HOURS; hours++)
        for (size_t s = 0; s < table->stations; s++)
            if (table->station[s].vehicles[(hour + hours) % DAY_HOURS] !=
                table->station[s].vehicles[hour % DAY_HOURS])
                return hours;
    return 0;
}

static int hour_of_day(const struct fleet *fleet)
{
    return (int)fmod(floor(calendar_now(fleet->calendar) / 60 + 0.5), DAY_HOURS);
}

static void change_shifts(struct fleet *fleet)
{
    const struct fleet_table *table = fleet->plan->table;
    for (size_t s = 0; s < table->stations; s++)
        change(fleet, s, table->station[s].vehicles[hour_of_day(fleet)], fleet->duty[s].out);
    answer(fleet);
}

static void shifts_body(struct process *self, void *world)
{
    struct fleet *fleet = ((struct fleet_clerk *)self)->fleet;
    (void)world;
    fleet->events++;

    PROCESS_BEGIN(self);
    change_shifts(fleet);
    while (hours_to_change(fleet, hour_of_day(fleet)) > 0) {
        PROCESS_HOLD(self, fleet->calendar, 60.0 * hours_to_change(fleet, hour_of_day(fleet)));
        change_shifts(fleet);
    }
    PROCESS_END(self);
}

/* When the next other call comes: the strokes' pattern of the week, as the share that has passed.
 */
static double next_other_min(struct fleet *fleet)
{
    const struct fleet_plan *plan = fleet->plan;
    struct other_call next = fleet_plan_other(plan, &fleet->others, fleet->others_come + 1);
    fleet->weeks += next.gap / plan->others_a_week;
    double whole = floor(fleet->weeks);
    return fmax(calendar_now(fleet->calendar),
                WEEK_MIN * whole + week_minute(&plan->week, fleet->weeks - whole));
}

static void other_calls_body(struct process *self, void *world)
{
    struct fleet *fleet = ((struct fleet_clerk *)self)->fleet;
    (void)world;
    fleet->events++;

    PROCESS_BEGIN(self);
    while (fleet->plan->others_a_week > 0) {
        PROCESS_HOLD_UNTIL(self, fleet->calendar, next_other_min(fleet));
        fleet->others_come++;
        answer(fleet);
        if ((double)(fleet->others_come - fleet->others_answered) > fleet->most_waiting) {
            fleet->unstable = true;
            calendar_stop(fleet->calendar);
        }
    }
    PROCESS_END(self);
}

static void fill_garage(struct fleet *fleet)
{
    fleet->free_vehicle = NULL;
    for (size_t v = fleet->plan->vehicles; v-- > 0;) {
        fleet->vehicle[v] = (struct vehicle){.fleet = fleet, .next_free = fleet->free_vehicle};
        fleet->free_vehicle = &fleet->vehicle[v];
    }
}

void fleet_begin(struct fleet *fleet, const struct fleet_plan *plan, struct calendar *calendar,
                 const struct stream *others, double most_waiting)
{
    *fleet = (struct fleet){.plan = plan,
                            .calendar = calendar,
                            .others = *others,
                            .shifts.fleet = fleet,
                            .other_calls.fleet = fleet,
                            .duty = fleet->duty,
                            .vehicle = fleet->vehicle,
                            .most_stations = fleet->most_stations,
                            .most_vehicles = fleet->most_vehicles,
                            .most_waiting = most_waiting,
                            .events = fleet->events};
    for (size_t s = 0; s < plan->table->stations; s++)
        fleet->duty[s] = (struct duty){0};
    fill_garage(fleet);
    /* A shift changes before what happens at the same instant. */
    process_start(&fleet->shifts.process, calendar, shifts_body, 0, -1);
    process_start(&fleet->other_calls.process, calendar, other_calls_body, 0, 0);
}

void fleet_call(struct fleet *fleet, struct call *call, struct process *process, uint32_t area)
{
    *call = (struct call){.area = area};
    if (fleet->first == NULL)
        fleet->first = call;
    else
        fleet->last->next = call;
    fleet->last = call;
    answer(fleet);
    call->process = process; /* who has a vehicle at once is not woken */
}

void fleet_send_back(struct fleet *fleet, struct vehicle *vehicle, double back_min)
{
    process_start(&vehicle->process, fleet->calendar, vehicle_comes_back, back_min, 0);
}

void fleet_reset_statistics(struct fleet *fleet)
{
    settle(fleet);
    fleet->out_area = fleet->manned_area = 0;
}

double fleet_utilisation(const struct fleet *fleet)
{
    double last_min = calendar_now(fleet->calendar) - fleet->since_min;
    double manned_area = fleet->manned_area + fleet->manned * last_min;
    return manned_area > 0 ? (fleet->out_area + fleet->out * last_min) / manned_area : (double)NAN;
}

bool fleet_check(const struct fleet *fleet)
{
    int out = 0;
    bool any_free = false;
    for (size_t s = 0; s < fleet->plan->table->stations; s++) {
        out += fleet->duty[s].out;
        any_free = any_free || fleet->duty[s].out < fleet->duty[s].vehicles;
        if (fleet->duty[s].out < 0)
            return false;
    }
    bool waits = fleet->first != NULL || fleet->others_answered < fleet->others_come;
    return out == fleet->out && fleet->sent - fleet->returned == (uint64_t)out &&
           !(any_free && waits);
}
