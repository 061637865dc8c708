/*
 * Processes: what happens to one thing (a patient, an ambulance), written as it happens.
 *
 * A process is a function that reads top to bottom and may let simulated time pass in between:
 *
 *     struct patient {
 *         struct process process;        // first, so that one can be cast to the other
 *         double stay_min;
 *     };
 *
 *     static void patient_body(struct process *self, void *world)
 *     {
 *         struct patient *patient = (struct patient *)self;
 *         struct ward *ward = world;
 *
 *         PROCESS_BEGIN(self);
 *         resource_ask(&ward->beds, &patient->bed, self, ward->calendar, 0);
 *         PROCESS_AWAIT(self, &patient->bed);              // resource.h
 *         PROCESS_HOLD(self, ward->calendar, patient->stay_min);
 *         resource_release(&ward->beds, &patient->bed, ward->calendar);
 *         PROCESS_END(self);
 *     }
 *
 * There is no stack behind it: at a hold the function returns, and at its next event it is called
 * again and jumps to where it was (a switch over line numbers, after Duff and Tatham). That makes a
 * switch of processes as cheap as a call, and it has a price:
 *
 *   - Local variables die at every PROCESS_ macro, the counter of a loop around one too. What must
 *     live goes into the struct. What is set before PROCESS_BEGIN is set again at each resume,
 *     which suits pointers like those above. gcc's -Wjump-misses-init finds locals that are set up
 *     further down and missed by a resume.
 *   - The macros stand in the body itself, not in a function that it calls; not inside a switch of
 *     the body's own (asserts), and not two on one line ("duplicate case value"). Loops and ifs are
 *     fine.
 *   - To end early: PROCESS_EXIT(self). A bare `return` would leave the process asleep where it
 *     last slept.
 *   - What it holds or queues for when it ends stays so: resource_drop() on every way out.
 *
 * A process that holds or sleeps may be interrupted: it goes on at once, where it was, and finds
 * the cause in self->interrupted, which is 0 whenever it goes on for any other reason:
 *
 *         PROCESS_HOLD(self, calendar, repair->left_min);
 *         if (self->interrupted)
 *             repair->left_min = ...;
 *
 * The next macro forgets it, so look right after each one at which an interrupt may come.
 *
 * A body without the macros is a callback: it is called at each of its events, and may schedule
 * itself again with process_hold().
 *
 * A process may be started again when it is done. Its memory is the caller's, and must stay where
 * it is while the process is scheduled, or asleep on something that will wake it. The body must not
 * free it, for PROCESS_END writes to it; but as its last statement it may put it on a list from
 * which others are started later.
 */
#ifndef SIM_PROCESS_H
#define SIM_PROCESS_H

#include <math.h>
#include <stdbool.h>

#include "sim/calendar.h"

struct process;

/* `world` is what process_run() was given: what all processes of a replication share. */
typedef void process_body(struct process *self, void *world);

struct process {
    struct event event; /* its next resume; must stay first */
    process_body *body;
    const void *awaiting; /* the claim that it sleeps on, PROCESS_ANY_CLAIM, or NULL */
    int resume;           /* the line to go on from; 0: the top; PROCESS_DONE */
    int interrupted;      /* the cause of the interrupt that ended its last sleep; 0: none did */
    int priority;         /* of its events */
};

enum { PROCESS_DONE = -1 };

/* It sleeps until any of its claims is granted, or something else wakes it (sim/condition.h). */
#define PROCESS_ANY_CLAIM(self) ((const void *)(self))

/* First and last statement of a body, in the same block. */
#define PROCESS_BEGIN(self)                                                                        \
    switch ((self)->resume) {                                                                      \
    case 0:
#define PROCESS_END(self)                                                                          \
    break;                                                                                         \
    default:                                                                                       \
        process_lost(self);                                                                        \
        }                                                                                          \
        (self)->resume = PROCESS_DONE

/* Lets `minutes` (not negative) pass. Zero minutes go through the calendar too, behind what is
 * already due at this time and priority, so that order stays the calendar's alone. */
#define PROCESS_HOLD(self, calendar, minutes)                                                      \
    do {                                                                                           \
        process_hold((self), (calendar), (minutes));                                               \
        PROCESS_YIELD(self);                                                                       \
    } while (0)

/* The same until a time, at or after now. */
#define PROCESS_HOLD_UNTIL(self, calendar, time)                                                   \
    do {                                                                                           \
        process_hold_until((self), (calendar), (time));                                            \
        PROCESS_YIELD(self);                                                                       \
    } while (0)

/* Sleeps until process_wake() or process_interrupt(). To wait for a condition: sim/condition.h. */
#define PROCESS_SLEEP(self) PROCESS_YIELD(self)

/* Ends the process here. */
#define PROCESS_EXIT(self)                                                                         \
    do {                                                                                           \
        (self)->resume = PROCESS_DONE;                                                             \
        return;                                                                                    \
    } while (0)

/* What the others are made of: returns now, goes on here at the process's next event. */
#define PROCESS_YIELD(self)                                                                        \
    do {                                                                                           \
        (self)->resume = __LINE__;                                                                 \
        (self)->interrupted = 0;                                                                   \
        return;                                                                                    \
    case __LINE__:;                                                                                \
    } while (0)

/* Starts `body` at `time` (minutes, at or after now); all its events have `priority`. The process
 * may be fresh memory, but must not be scheduled or asleep: it would forget where it was. */
void process_start(struct process *process, struct calendar *calendar, process_body *body,
                   double time, int priority);

/* Starts `body` at the present time and runs it at once as far as its first hold, without an event
 * of its own: for whoever lets things begin between two calls of process_run(), and in no body. */
void process_enter(struct process *process, process_body *body, int priority, void *world);

/* Schedules the next resume of a process that has none, `minutes` from now. */
void process_hold(struct process *process, struct calendar *calendar, double minutes);

/* The same for a time (minutes, at or after now) instead of a duration. */
void process_hold_until(struct process *process, struct calendar *calendar, double time);

/* The same for a wait that something else may end before; with INFINITY nothing is scheduled. */
static inline void process_hold_at_most(struct process *process, struct calendar *calendar,
                                        double minutes)
{
    if (!(minutes >= INFINITY)) /* NaN is one for process_hold() to refuse */
        process_hold(process, calendar, minutes);
}

/* Lets a process that is asleep, or whose next resume is later (its start too), go on at the
 * present time, behind what is already due. Nothing happens to one that is done. */
void process_wake(struct process *process, struct calendar *calendar);

/* Wakes a process as process_wake() does and tells it why: `cause`, not 0, is the caller's own. Of
 * several interrupts before it goes on, the last one's cause stands. A claim that it waited on
 * still waits. Nothing happens to a process that is done; none may interrupt itself. */
void process_interrupt(struct process *process, struct calendar *calendar, int cause);

static inline bool process_is_done(const struct process *process)
{
    return process->resume == PROCESS_DONE;
}

/* Runs events, every one of which must belong to a process, until none is left at or before
 * `until` (INFINITY: none at all) or the calendar was stopped. True: so it went; false: memory ran
 * out (calendar_failed). In no body. */
bool process_run(struct calendar *calendar, void *world, double until);

/* For PROCESS_END: a process was resumed at a line that is not one of its own. Asserts, and says
 * whether it had ended or has a macro inside a switch. */
void process_lost(const struct process *process);

#endif
