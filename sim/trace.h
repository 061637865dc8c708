/*
 * A trace: every step of every process, as it happens, told to a function of the caller's.
 *
 *     struct trace trace = {.step = print_step, .context = stderr};
 *     replication == 7 ? trace_run(calendar, world, until, &trace)
 *                      : process_run(calendar, world, until);
 *
 * It is a loop of its own beside process_run(): the same events in the same order, so the same
 * results, and a run that is not traced has nothing to test and costs nothing more.
 */
#ifndef SIM_TRACE_H
#define SIM_TRACE_H

#include <stdbool.h>

#include "sim/calendar.h"
#include "sim/process.h"

/* What a process does once a step of it is over. */
enum trace_next {
    TRACE_HOLDS,  /* until `until` */
    TRACE_AWAITS, /* a claim, and no longer than `until` */
    TRACE_SLEEPS, /* until somebody wakes it */
    TRACE_ENDS
};

struct trace_step {
    double time;                   /* minutes */
    const struct process *process; /* its body and what it is embedded in say who it is */
    int from;                      /* the line of the body that it went on from; 0: the top */
    int to;                        /* the line where it now is; PROCESS_DONE */
    int interrupted;               /* the cause of the interrupt that made it go on; 0: none */
    enum trace_next next;
    double until;         /* minutes; INFINITY: nothing ends it but somebody else */
    const void *awaiting; /* the claim; or NULL */
};

struct trace {
    void (*step)(void *context, const struct trace_step *step);
    void *context; /* handed to every call */
};

/* process_run(), with a call of trace->step after each step. It looks at the process after its body
 * has returned, so a body must not free its own memory. The function must change nothing. */
bool trace_run(struct calendar *calendar, void *world, double until, const struct trace *trace);

/* "holds", "awaits", "sleeps", "ends". */
const char *trace_next_name(enum trace_next next);

#endif
