/*
 * Waiting until something is true: two crews on the scene, a bed on either ward, a shift that ends.
 *
 *     PROCESS_WAIT_UNTIL(self, &ward->change, &patient->waiter, ward->nurses >= 2);
 *
 * Nobody watches the expression. Whoever changes what it depends on says so with
 * condition_changed(): every process that waits on that condition then goes on at the same time, in
 * the order in which they began to wait, looks again for itself, and waits on in the same order if
 * it must. So when one of them makes the expression false again, those behind it wait on. It is no
 * queue: who needs little may go on past who needs much, for ever; where units are to be handed out
 * in order, use a resource.
 *
 * A claim of the process's own (sim/resource.h) that is granted counts as a change too, so it may
 * wait for either of two units, or for a unit or something else, whichever is first:
 *
 *     PROCESS_WAIT_UNTIL(self, &shop->closing, &buyer->waiter,
 *                        claim_is_granted(&buyer->turn) || shop->sold_out);
 *
 * A waiter is embedded in what waits; nothing is allocated. Waiting and leaving take constant time,
 * a change as long as there are waiters.
 */
#ifndef SIM_CONDITION_H
#define SIM_CONDITION_H

#include <stdbool.h>

#include "sim/calendar.h"
#include "sim/process.h"

/* All zero is a condition that nobody waits on. It belongs to one calendar. */
struct condition {
    struct waiter *head;
    struct waiter *tail;
};

/* Zero it before its first use. It waits on one condition at a time. */
struct waiter {
    struct condition *condition; /* NULL: it does not wait */
    struct process *process;
    struct waiter *previous;
    struct waiter *next;
    double until; /* minutes: how long at most, for PROCESS_WAIT_UNTIL_FOR */
};

/* Every process that waits on `condition` goes on now, behind what is already due. */
void condition_changed(struct condition *condition, struct calendar *calendar);

/* How many wait. O(n). */
int condition_waiting(const struct condition *condition);

/* For the macros. Joining twice and leaving twice are legal; the first place in the queue stands.
 */
void condition_join(struct condition *condition, struct waiter *waiter, struct process *process);
void condition_join_for(struct condition *condition, struct waiter *waiter, struct process *process,
                        struct calendar *calendar);
void condition_leave(struct waiter *waiter);

/* Sleeps until `expression` is true, and not at all if it is already. An interrupt ends the waiting
 * too: then self->interrupted is not 0, and the expression may be false. The expression is
 * evaluated each time that the condition has changed, so it should have no side effects. */
#define PROCESS_WAIT_UNTIL(self, condition, waiter, expression)                                    \
    do {                                                                                           \
        (self)->interrupted = 0;                                                                   \
        while (!(expression)) {                                                                    \
            condition_join((condition), (waiter), (self));                                         \
            PROCESS_YIELD(self);                                                                   \
            if ((self)->interrupted)                                                               \
                break;                                                                             \
        }                                                                                          \
        condition_leave(waiter);                                                                   \
    } while (0)

/* The same, but no longer than `minutes` (INFINITY: as long as it takes). Afterwards the expression
 * itself tells which it was. */
#define PROCESS_WAIT_UNTIL_FOR(self, calendar, condition, waiter, minutes, expression)             \
    do {                                                                                           \
        (self)->interrupted = 0;                                                                   \
        (waiter)->until = calendar_now(calendar) + (minutes);                                      \
        while (!(expression) && !(calendar_now(calendar) >= (waiter)->until)) {                    \
            condition_join_for((condition), (waiter), (self), (calendar));                         \
            PROCESS_YIELD(self);                                                                   \
            if ((self)->interrupted)                                                               \
                break;                                                                             \
        }                                                                                          \
        condition_leave(waiter);                                                                   \
    } while (0)

#endif
