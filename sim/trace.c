#include "sim/trace.h"

#include <assert.h>
#include <math.h>
#include <stddef.h>

/* The claim that it sleeps on. One that waits for a condition is open to any of its claims, which
 * is none in particular. */
static const void *awaited(const struct process *process)
{
    return process->awaiting == PROCESS_ANY_CLAIM(process) ? NULL : process->awaiting;
}

static enum trace_next what_next(const struct process *process)
{
    if (process_is_done(process))
        return TRACE_ENDS;
    if (awaited(process))
        return TRACE_AWAITS;
    return event_is_scheduled(&process->event) ? TRACE_HOLDS : TRACE_SLEEPS;
}

bool trace_run(struct calendar *calendar, void *world, double until, const struct trace *trace)
{
    assert(trace->step);
    struct event *event;
    while ((event = calendar_next_by(calendar, until))) {
        struct process *process = (struct process *)(void *)event;
        struct trace_step step = {.time = calendar_now(calendar),
                                  .process = process,
                                  .from = process->resume,
                                  .interrupted = process->interrupted};
        process->body(process, world);
        bool due = event_is_scheduled(&process->event);
        step.to = process->resume;
        step.next = what_next(process);
        step.until = due ? calendar_time_of(calendar, &process->event) : INFINITY;
        step.awaiting = awaited(process);
        trace->step(trace->context, &step);
    }
    return !calendar_failed(calendar);
}

const char *trace_next_name(enum trace_next next)
{
    static const char *const name[] = {[TRACE_HOLDS] = "holds",
                                       [TRACE_AWAITS] = "awaits",
                                       [TRACE_SLEEPS] = "sleeps",
                                       [TRACE_ENDS] = "ends"};
    return name[next];
}
