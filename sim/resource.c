#include "sim/resource.h"

#include <assert.h>
#include <math.h>
#include <stddef.h>

#include "sim/calendar_inside.h"

/* Brings the areas up to `now`; before every change of what is in use or waits. */
static inline void account(struct resource *resource, double now)
{
    assert(now >= resource->since);
    double minutes = now - resource->since;
    resource->in_use_area += (double)resource->in_use * minutes;
    resource->waiting_area += (double)resource->waiting * minutes;
    resource->since = now;
}

void resource_init(struct resource *resource, int capacity, double now)
{
    assert(capacity >= 0);
    *resource = (struct resource){
        .capacity = capacity, .allowed = capacity, .queue_limit = RESOURCE_UNLIMITED};
    resource_reset_statistics(resource, now);
}

void resource_limit_queue(struct resource *resource, int limit)
{
    assert(limit >= 0);
    resource->queue_limit = limit;
}

/* The order of the queue: priority, then who asked first. */
static inline bool goes_before(const struct claim *claim, const struct claim *other)
{
    return claim->priority < other->priority ||
           (claim->priority == other->priority && claim->asked_at < other->asked_at);
}

/* Links `claim` between two neighbours, either of which may be NULL: the end of the queue. */
static inline void link_between(struct resource *resource, struct claim *claim,
                                struct claim *previous, struct claim *next)
{
    claim->previous = previous;
    claim->next = next;
    if (previous)
        previous->next = claim;
    else
        resource->head = claim;
    if (next)
        next->previous = claim;
    else
        resource->tail = claim;
}

static inline void unlink(struct resource *resource, struct claim *claim)
{
    if (claim->previous)
        claim->previous->next = claim->next;
    else
        resource->head = claim->next;
    if (claim->next)
        claim->next->previous = claim->previous;
    else
        resource->tail = claim->previous;
}

/* The walk goes from both ends at once: with two priorities one of them is usually short, and it
 * decides what the step costs. */
static void link_in_order(struct resource *resource, struct claim *claim)
{
    struct claim *back = resource->tail;
    struct claim *front = resource->head;
    while (back && goes_before(claim, back) && !goes_before(claim, front)) {
        back = back->previous;
        front = front->next;
    }
    if (!back || !goes_before(claim, back))
        link_between(resource, claim, back, back ? back->next : NULL);
    else
        link_between(resource, claim, front->previous, front);
}

static inline void enqueue(struct resource *resource, struct claim *claim)
{
    claim->state = CLAIM_WAITING;
    /* Nobody asked later, so it is last unless a priority says otherwise. */
    if (!resource->tail || claim->priority >= resource->tail->priority)
        link_between(resource, claim, resource->tail, NULL);
    else
        link_in_order(resource, claim);
    resource->waiting++;
    resource->queued++;
    if (resource->waiting > resource->most_waiting)
        resource->most_waiting = resource->waiting;
}

static inline void dequeue(struct resource *resource, struct claim *claim)
{
    unlink(resource, claim);
    resource->waiting--;
}

static inline bool has_room(const struct resource *resource)
{
    return resource->in_use < resource->capacity;
}

static inline void grant(struct resource *resource, struct claim *claim, double now)
{
    claim->state = CLAIM_GRANTED;
    claim->granted_at = now;
    tally_add(&resource->waits, now - claim->asked_at);
    resource->in_use++;
    if (resource->in_use > resource->most_in_use)
        resource->most_in_use = resource->in_use;
}

/* A process that does not sleep on its claim is left alone: it finds the grant when it comes to
 * wait. */
static inline bool sleeps_on(const struct process *process, const struct claim *claim)
{
    return process->awaiting == claim || process->awaiting == PROCESS_ANY_CLAIM(process);
}

static void serve_queue(struct resource *resource, struct calendar *calendar)
{
    while (resource->head && has_room(resource)) {
        struct claim *claim = resource->head;
        dequeue(resource, claim);
        grant(resource, claim, calendar->now);
        if (claim->process && sleeps_on(claim->process, claim))
            process_wake(claim->process, calendar);
    }
}

/* Grants waiters while there are units. Apart, so that who finds no queue saves no registers. */
static inline void serve(struct resource *resource, struct calendar *calendar)
{
    if (resource->head)
        serve_queue(resource, calendar);
}

bool resource_ask(struct resource *resource, struct claim *claim, struct process *process,
                  struct calendar *calendar, int priority)
{
    assert(claim->state == CLAIM_IDLE);
    claim->resource = resource;
    claim->process = process;
    claim->priority = priority;
    claim->asked_at = calendar->now;
    account(resource, calendar->now);
    resource->asked++;
    /* Whenever a unit is free the queue is empty (resource_check), so nobody is overtaken. */
    if (has_room(resource))
        grant(resource, claim, calendar->now);
    else if (resource->waiting < resource->queue_limit)
        enqueue(resource, claim);
    else
        resource->rejected++;
    return claim->state == CLAIM_GRANTED;
}

void resource_release(struct resource *resource, struct claim *claim, struct calendar *calendar)
{
    assert(claim->state == CLAIM_GRANTED);
    assert(claim->resource == resource);
    account(resource, calendar->now);
    claim->state = CLAIM_IDLE;
    resource->released++;
    resource->in_use--;
    assert(resource->in_use >= 0);
    if (resource->allowed > resource->capacity)
        resource->allowed =
            resource->in_use > resource->capacity ? resource->in_use : resource->capacity;
    serve(resource, calendar);
}

void resource_withdraw(struct resource *resource, struct claim *claim, struct calendar *calendar)
{
    assert(claim->state == CLAIM_WAITING);
    assert(claim->resource == resource);
    account(resource, calendar->now);
    dequeue(resource, claim);
    claim->state = CLAIM_IDLE;
    resource->reneged++;
    tally_add(&resource->reneged_waits, calendar->now - claim->asked_at);
}

void resource_change_priority(struct resource *resource, struct claim *claim, int priority)
{
    assert(claim->state == CLAIM_WAITING);
    assert(claim->resource == resource);
    unlink(resource, claim);
    claim->priority = priority;
    link_in_order(resource, claim);
}

void resource_drop(struct resource *resource, struct claim *claim, struct calendar *calendar)
{
    if (claim->state == CLAIM_GRANTED)
        resource_release(resource, claim, calendar);
    else if (claim->state == CLAIM_WAITING)
        resource_withdraw(resource, claim, calendar);
}

void resource_set_capacity(struct resource *resource, int capacity, struct calendar *calendar)
{
    assert(capacity >= 0);
    double now = calendar->now;
    account(resource, now);
    resource->capacity_area += (double)resource->capacity * (now - resource->capacity_since);
    resource->capacity_since = now;
    resource->capacity = capacity;
    resource->allowed = resource->in_use > capacity ? resource->in_use : capacity;
    if (capacity > resource->most_capacity)
        resource->most_capacity = capacity;
    serve(resource, calendar);
}

void resource_reset_statistics(struct resource *resource, double now)
{
    assert(now >= resource->since);
    resource->in_use_at_reset = resource->in_use;
    resource->waiting_at_reset = resource->waiting;
    resource->most_in_use = resource->in_use;
    resource->most_waiting = resource->waiting;
    resource->most_capacity = resource->capacity;
    resource->asked = 0;
    resource->queued = 0;
    resource->released = 0;
    resource->reneged = 0;
    resource->rejected = 0;
    resource->start = now;
    resource->since = now;
    resource->capacity_since = now;
    resource->in_use_area = 0.0;
    resource->waiting_area = 0.0;
    resource->capacity_area = 0.0;
    resource->waits = (struct tally){0};
    resource->reneged_waits = (struct tally){0};
}

struct resource_summary resource_summarise(const struct resource *resource, double now)
{
    struct resource at_end = *resource;
    account(&at_end, now);
    double offered = at_end.capacity_area + (double)at_end.capacity * (now - at_end.capacity_since);
    double minutes = now - at_end.start;
    bool unlimited = at_end.most_capacity == RESOURCE_UNLIMITED;
    return (struct resource_summary){
        .asked = at_end.asked,
        .queued = at_end.queued,
        .granted = at_end.waits.n,
        .released = at_end.released,
        .reneged = at_end.reneged,
        .rejected = at_end.rejected,
        .in_use = minutes > 0.0 ? at_end.in_use_area / minutes : NAN,
        .waiting = minutes > 0.0 ? at_end.waiting_area / minutes : NAN,
        .utilisation = unlimited || !(offered > 0.0) ? NAN : at_end.in_use_area / offered,
        .most_in_use = (double)at_end.most_in_use,
        .most_waiting = (double)at_end.most_waiting,
        .waits = at_end.waits,
        .reneged_waits = at_end.reneged_waits,
    };
}

static bool queue_is_in_order(const struct resource *resource)
{
    int count = 0;
    const struct claim *previous = NULL;
    for (const struct claim *claim = resource->head; claim; claim = claim->next) {
        if (claim->state != CLAIM_WAITING || claim->previous != previous)
            return false;
        if (previous && goes_before(claim, previous))
            return false;
        previous = claim;
        count++;
    }
    return resource->tail == previous && count == resource->waiting;
}

bool resource_check(const struct resource *resource)
{
    uint64_t waiting = (uint64_t)resource->waiting;
    uint64_t in_use = (uint64_t)resource->in_use;
    uint64_t granted = resource->waits.n;
    return resource->in_use >= 0 && resource->in_use <= resource->allowed &&
           (uint64_t)resource->waiting_at_reset + resource->asked ==
               granted + resource->reneged + resource->rejected + waiting &&
           (uint64_t)resource->in_use_at_reset + granted == resource->released + in_use &&
           resource->reneged_waits.n == resource->reneged &&
           !(resource->head && has_room(resource)) && queue_is_in_order(resource);
}
