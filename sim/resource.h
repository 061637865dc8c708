/*
 * Resources: so many units (beds, crews, scanners) that processes ask for, hold and give back.
 *
 * Asking and waiting are two steps, because they are in life: a process asks, may do other things
 * while it queues, and sleeps only when it can do no more without the unit:
 *
 *     resource_ask(&ward->beds, &patient->bed, self, calendar, 0);
 *     ...
 *     PROCESS_AWAIT(self, &patient->bed);     // goes on at once if it has been granted meanwhile
 *
 * A unit goes to the smallest priority, then to whom asked first, and nobody overtakes a waiting
 * claim of the same priority, not even at the instant when a unit comes free: the unit belongs to
 * the waiter from the moment of release, and if its process sleeps on the claim its resume is put
 * on the calendar at the same time. So order stays the calendar's contract.
 *
 * A queue may have a limit: who finds it full is rejected, which the claim says by being idle after
 * it was asked for. A process waits as long as it likes (PROCESS_AWAIT), or no longer than so many
 * minutes (PROCESS_AWAIT_FOR) and then leaves the queue: it reneges.
 *
 * A claim asks for one unit and is embedded in what asks; nothing is allocated. Who needs two
 * units asks with two claims; who waits for whichever of several is first: sim/condition.h. Asking,
 * releasing and withdrawing take constant time, but for a claim that goes in the middle of a queue
 * of several priorities: it steps over the fewer of those before and those behind it.
 *
 * Statistics are always on: areas under the number in use and the number waiting, brought up to
 * date at each change, counts, and the waits. They run from resource_init() or the last
 * resource_reset_statistics(), which begins the measuring window; resource_summarise() reads them
 * at the window's end, the last stretch included, without disturbing them.
 */
#ifndef SIM_RESOURCE_H
#define SIM_RESOURCE_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#include "sim/calendar.h"
#include "sim/process.h"
#include "sim/tally.h"

#define RESOURCE_UNLIMITED INT_MAX /* a capacity: everybody is granted at once */

enum claim_state {
    CLAIM_IDLE,    /* neither asked nor held; what zeroed memory says */
    CLAIM_WAITING, /* in the queue */
    CLAIM_GRANTED  /* holds a unit */
};

/* Zero it before its first use; it can be used again when idle. Read it, do not write it. */
struct claim {
    struct resource *resource; /* that it was last asked of */
    struct process *process;
    struct claim *previous; /* neighbours in the queue */
    struct claim *next;
    double asked_at;   /* minutes */
    double granted_at; /* minutes; of the last grant */
    int priority;
    enum claim_state state;
};

struct resource {
    int capacity;    /* units, or RESOURCE_UNLIMITED */
    int in_use;      /* units held at present */
    int allowed;     /* in_use may be as high: capacity, or more while a shrunk one drains */
    int waiting;     /* claims in the queue */
    int queue_limit; /* who finds as many waiting is rejected; or RESOURCE_UNLIMITED */
    struct claim *head;
    struct claim *tail;

    /* Since the last reset. */
    int in_use_at_reset;
    int waiting_at_reset;
    int most_in_use;
    int most_waiting;
    int most_capacity;
    uint64_t asked;
    uint64_t queued;
    uint64_t released;
    uint64_t reneged;
    uint64_t rejected;
    double start;          /* minutes: when that was */
    double since;          /* the areas of use and queue are counted up to here */
    double capacity_since; /* that of the capacity up to here */
    double in_use_area;    /* unit minutes */
    double waiting_area;   /* claim minutes */
    double capacity_area;  /* unit minutes */
    struct tally waits;
    struct tally reneged_waits;
};

/* What a resource did over its window. */
struct resource_summary {
    uint64_t asked;   /* in all: granted, reneged and rejected, and what still waits */
    uint64_t queued;  /* of those asked, which were neither granted at once nor rejected */
    uint64_t granted; /* of whichever window's asking, as the next three */
    uint64_t released;
    uint64_t reneged;   /* withdrawn while waiting */
    uint64_t rejected;  /* found the queue full */
    double in_use;      /* average over time, units; NaN for a window without length */
    double waiting;     /* likewise, claims */
    double utilisation; /* in use by capacity, both over time; NaN if the capacity was ever
                           unlimited, or always 0 */
    double most_in_use;
    double most_waiting;
    struct tally waits;         /* minutes from asking to grant, of the granted; zeros included */
    struct tally reneged_waits; /* minutes from asking to leaving the queue, of the reneged */
};

/* `now` is where statistics begin, usually 0. Nothing is allocated, so there is no fini. Zeroed
 * memory is no resource: it would have no unit and reject everybody. */
void resource_init(struct resource *resource, int capacity, double now);

/* From now on a claim that would have to wait when `limit` (not negative) already do is rejected;
 * nobody who waits is sent away. At first there is no limit: RESOURCE_UNLIMITED. */
void resource_limit_queue(struct resource *resource, int limit);

/* Asks for one unit for `process` (NULL: nobody is to be woken). The claim must be idle, and is so
 * afterwards if it was rejected. True: granted at once. */
bool resource_ask(struct resource *resource, struct claim *claim, struct process *process,
                  struct calendar *calendar, int priority);

/* Gives back what a granted claim holds, to the resource that it was asked of; the next waiter has
 * it at the same time. */
void resource_release(struct resource *resource, struct claim *claim, struct calendar *calendar);

/* A waiting claim leaves the queue. A process that sleeps on it sleeps on: whoever withdraws
 * another's claim wakes it with process_wake(), and it then finds the claim idle. */
void resource_withdraw(struct resource *resource, struct claim *claim, struct calendar *calendar);

/* A waiting claim goes where it would stand had it asked with this priority when it did: behind
 * those of the priority that asked before it. */
void resource_change_priority(struct resource *resource, struct claim *claim, int priority);

/* Whatever the claim is: a granted one is released, a waiting one withdrawn, an idle one left. */
void resource_drop(struct resource *resource, struct claim *claim, struct calendar *calendar);

/* More units go to waiters at once; fewer never take one from a holder: it drains. */
void resource_set_capacity(struct resource *resource, int capacity, struct calendar *calendar);

void resource_reset_statistics(struct resource *resource, double now);
struct resource_summary resource_summarise(const struct resource *resource, double now);

/* The invariant: the counts balance, no unit idles while a claim waits, no more are held than
 * allowed, the queue is in order. O(queue), for tests and asserts. */
bool resource_check(const struct resource *resource);

static inline bool claim_is_granted(const struct claim *claim)
{
    return claim->state == CLAIM_GRANTED;
}

static inline bool claim_is_waiting(const struct claim *claim)
{
    return claim->state == CLAIM_WAITING;
}

/* Sleeps until the claim, asked for by this process, is granted (or somebody else wakes or
 * interrupts the process: then it need not be granted). Goes on at once, without an event, if it
 * already is, or was rejected. */
#define PROCESS_AWAIT(self, claim)                                                                 \
    do {                                                                                           \
        if (claim_is_waiting(claim)) {                                                             \
            (self)->awaiting = (claim);                                                            \
            PROCESS_YIELD(self);                                                                   \
            (self)->awaiting = NULL;                                                               \
        } else {                                                                                   \
            (self)->interrupted = 0;                                                               \
        }                                                                                          \
    } while (0)

/* The same, but no longer than `minutes` (INFINITY: as long as it takes). Afterwards
 * claim_is_granted() tells which it was; a claim that is not granted still waits, until it is
 * withdrawn or awaited again. */
#define PROCESS_AWAIT_FOR(self, calendar, claim, minutes)                                          \
    do {                                                                                           \
        if (claim_is_waiting(claim)) {                                                             \
            (self)->awaiting = (claim);                                                            \
            process_hold_at_most((self), (calendar), (minutes));                                   \
            PROCESS_YIELD(self);                                                                   \
            (self)->awaiting = NULL;                                                               \
        } else {                                                                                   \
            (self)->interrupted = 0;                                                               \
        }                                                                                          \
    } while (0)

#endif
