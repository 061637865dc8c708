#include "sim/process.h"

#include <assert.h>
#include <stddef.h>

#include "sim/calendar_inside.h"

static_assert(offsetof(struct process, event) == 0, "process_run casts events to processes");

void process_start(struct process *process, struct calendar *calendar, process_body *body,
                   double time, int priority)
{
    *process = (struct process){.body = body, .priority = priority};
    calendar_insert(calendar, &process->event, time, priority);
}

void process_enter(struct process *process, process_body *body, int priority, void *world)
{
    *process = (struct process){.body = body, .priority = priority};
    body(process, world);
}

void process_hold(struct process *process, struct calendar *calendar, double minutes)
{
    calendar_insert(calendar, &process->event, calendar->now + minutes, process->priority);
}

void process_hold_until(struct process *process, struct calendar *calendar, double time)
{
    calendar_insert(calendar, &process->event, time, process->priority);
}

void process_wake(struct process *process, struct calendar *calendar)
{
    assert(process->body); /* it was started */
    if (process_is_done(process))
        return;
    double now = calendar->now;
    if (!event_is_scheduled(&process->event))
        calendar_insert(calendar, &process->event, now, process->priority);
    /* One that is due now keeps its place: waking it twice must not send it back in the order. */
    else if (calendar_time_of(calendar, &process->event) > now)
        calendar_reschedule(calendar, &process->event, now, process->priority);
}

void process_interrupt(struct process *process, struct calendar *calendar, int cause)
{
    assert(cause != 0);
    if (process_is_done(process))
        return;
    process->interrupted = cause;
    process_wake(process, calendar);
}

bool process_run(struct calendar *calendar, void *world, double until)
{
    assert(until >= calendar->now);
    struct event *event;
    while ((event = calendar_take_first(calendar, until))) {
        struct process *process = (struct process *)(void *)event;
        process->body(process, world);
    }
    return !calendar_failed(calendar);
}

void process_lost(const struct process *process)
{
    bool had_ended_and_was_scheduled_again = process_is_done(process);
    bool macro_inside_a_switch_of_the_body = !had_ended_and_was_scheduled_again;
    (void)had_ended_and_was_scheduled_again;
    (void)macro_inside_a_switch_of_the_body;
    assert(!had_ended_and_was_scheduled_again); /* by process_hold(), or started while scheduled */
    assert(!macro_inside_a_switch_of_the_body); /* so its line belongs to that switch */
}
