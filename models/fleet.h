/* The fleet while it runs: vehicles out, off duty or free at their stations, and calls that wait.
 *
 * A call is answered by the nearest station with a free vehicle. If there is none it waits: calls
 * of the stroke pathway before other work, and first come first served. A vehicle is free again
 * when it is back at its station; the call that has waited longest then has it at once. A crew that
 * is out when its shift ends brings its vehicle back first.
 *
 * Other calls are a Poisson stream of their own, the same for every configuration, with the
 * strokes' hours and areas. One takes a vehicle for the way to it and a time on the job. Since they
 * wait in the order in which they came, those that wait are two numbers: nothing is allocated for
 * them.
 *
 * Knows nothing of patients: who calls is a process that sleeps until its call has a vehicle.
 */
#ifndef MODELS_FLEET_H
#define MODELS_FLEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/fleet_plan.h"
#include "sim/calendar.h"
#include "sim/process.h"
#include "sim/stream.h"

struct fleet;

/* An ambulance; as a process, one that is on its way back. */
struct vehicle {
    struct process process; /* first, so that one can be cast to the other */
    struct fleet *fleet;
    uint32_t station;
    struct vehicle *next_free;
};

/* A call of the stroke pathway. Zero it before its use. */
struct call {
    struct process *process;
    struct vehicle *vehicle; /* NULL: waits */
    struct call *next;
    uint32_t area;
};

/* Of one station. */
struct duty {
    int vehicles; /* on duty */
    int out;      /* may be more, when a shift has ended meanwhile */
};

struct fleet_clerk { /* a process of the fleet itself: shifts, other calls */
    struct process process;
    struct fleet *fleet;
};

/* All zero is a fleet without memory. It must not move while it runs. */
struct fleet {
    const struct fleet_plan *plan;
    struct calendar *calendar;
    struct stream others;
    struct fleet_clerk shifts, other_calls;
    struct duty *duty;       /* one a station */
    struct vehicle *vehicle; /* as many as the plan has */
    size_t most_stations, most_vehicles;
    struct vehicle *free_vehicle;
    struct call *first, *last;               /* those of the stroke pathway that wait */
    uint64_t others_come, others_answered;   /* numbers of the last ones */
    double weeks;                            /* until the last other call came, as shares */
    uint64_t sent, returned;                 /* vehicles */
    int out, manned;                         /* vehicles: out; on duty or out */
    double since_min, out_area, manned_area; /* vehicle minutes up to then */
    double most_waiting; /* other calls, beyond which a fleet is called unstable */
    uint64_t events;     /* since it had memory */
    bool unstable;
};

/* Memory for a plan. False: out of memory. */
bool fleet_reserve(struct fleet *fleet, const struct fleet_plan *plan);
void fleet_fini(struct fleet *fleet);

/* At time 0 of an empty calendar. When more than most_waiting other calls wait, the calendar is
 * stopped, and the fleet is unstable. */
void fleet_begin(struct fleet *fleet, const struct fleet_plan *plan, struct calendar *calendar,
                 const struct stream *others, double most_waiting);

/* Calls from an area for a process, which sleeps then if the call has no vehicle yet. */
void fleet_call(struct fleet *fleet, struct call *call, struct process *process, uint32_t area);

/* The vehicle will be back at its station at a time, and is then free. */
void fleet_send_back(struct fleet *fleet, struct vehicle *vehicle, double back_min);

void fleet_reset_statistics(struct fleet *fleet);

/* The share of vehicle hours since then, on duty or beyond, that are out; NAN: there were none. */
double fleet_utilisation(const struct fleet *fleet);

/* The invariant: what went out is back or out, and nobody waits while a vehicle is free. */
bool fleet_check(const struct fleet *fleet);

#endif
