#include "sim/resource.h"

#include <assert.h>
#include <math.h>
#include <stddef.h>

void resource_init(struct resource *resource, int capacity, double now)
{
    assert(capacity >= 0);
    *resource = (struct resource){.capacity = capacity, .allowed = capacity};
    level_init(&resource->in_use_level, 0.0, now);
    level_init(&resource->waiting_level, 0.0, now);
    level_init(&resource->capacity_level, (double)capacity, now);
}

/* Links `claim` between two neighbours, either of which may be NULL: the end of the queue. */
static void link_between(struct resource *resource, struct claim *claim, struct claim *previous,
                         struct claim *next)
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

/* Behind all of its own priority. The walk goes from both ends at once: with two priorities one of
 * them is usually short, and it decides what the step costs. */
static void enqueue(struct resource *resource, struct claim *claim, double now)
{
    struct claim *back = resource->tail;
    struct claim *front = resource->head;
    while (back && back->priority > claim->priority && front->priority <= claim->priority) {
        back = back->previous;
        front = front->next;
    }
    if (!back || back->priority <= claim->priority)
        link_between(resource, claim, back, back ? back->next : NULL);
    else
        link_between(resource, claim, front->previous, front);
    claim->state = CLAIM_WAITING;
    resource->waiting++;
    level_set(&resource->waiting_level, (double)resource->waiting, now);
}

static void dequeue(struct resource *resource, struct claim *claim, double now)
{
    if (claim->previous)
        claim->previous->next = claim->next;
    else
        resource->head = claim->next;
    if (claim->next)
        claim->next->previous = claim->previous;
    else
        resource->tail = claim->previous;
    claim->previous = NULL;
    claim->next = NULL;
    resource->waiting--;
    level_set(&resource->waiting_level, (double)resource->waiting, now);
}

static bool has_room(const struct resource *resource)
{
    return resource->in_use < resource->capacity;
}

static void grant(struct resource *resource, struct claim *claim, double now)
{
    claim->state = CLAIM_GRANTED;
    claim->granted_at = now;
    resource->granted++;
    resource->in_use++;
    tally_add(&resource->waits, now - claim->asked_at);
    level_set(&resource->in_use_level, (double)resource->in_use, now);
}

/* Grants waiters while there are units. A process that does not sleep on its claim is left alone:
 * it finds the grant when it comes to wait. */
static void serve(struct resource *resource, struct calendar *calendar)
{
    double now = calendar_now(calendar);
    while (resource->head && has_room(resource)) {
        struct claim *claim = resource->head;
        dequeue(resource, claim, now);
        grant(resource, claim, now);
        if (claim->process && claim->process->awaiting == claim)
            process_wake(claim->process, calendar);
    }
}

bool resource_ask(struct resource *resource, struct claim *claim, struct process *process,
                  struct calendar *calendar, int priority)
{
    assert(claim->state == CLAIM_IDLE);
    double now = calendar_now(calendar);
    claim->process = process;
    claim->priority = priority;
    claim->asked_at = now;
    resource->asked++;
    /* Whenever a unit is free the queue is empty (resource_check), so nobody is overtaken. */
    if (has_room(resource))
        grant(resource, claim, now);
    else
        enqueue(resource, claim, now);
    return claim->state == CLAIM_GRANTED;
}

void resource_release(struct resource *resource, struct claim *claim, struct calendar *calendar)
{
    assert(claim->state == CLAIM_GRANTED);
    claim->state = CLAIM_IDLE;
    resource->released++;
    resource->in_use--;
    assert(resource->in_use >= 0);
    if (resource->allowed > resource->capacity)
        resource->allowed =
            resource->in_use > resource->capacity ? resource->in_use : resource->capacity;
    level_set(&resource->in_use_level, (double)resource->in_use, calendar_now(calendar));
    serve(resource, calendar);
}

void resource_withdraw(struct resource *resource, struct claim *claim, struct calendar *calendar)
{
    assert(claim->state == CLAIM_WAITING);
    dequeue(resource, claim, calendar_now(calendar));
    claim->state = CLAIM_IDLE;
    resource->withdrawn++;
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
    resource->capacity = capacity;
    resource->allowed = resource->in_use > capacity ? resource->in_use : capacity;
    level_set(&resource->capacity_level, (double)capacity, calendar_now(calendar));
    serve(resource, calendar);
}

void resource_reset_statistics(struct resource *resource, double now)
{
    resource->asked = 0;
    resource->granted = 0;
    resource->withdrawn = 0;
    resource->released = 0;
    resource->in_use_at_reset = resource->in_use;
    resource->waiting_at_reset = resource->waiting;
    level_reset(&resource->in_use_level, now);
    level_reset(&resource->waiting_level, now);
    level_reset(&resource->capacity_level, now);
    resource->waits = (struct tally){0};
}

struct resource_summary resource_summarise(const struct resource *resource, double now)
{
    double held = level_area(&resource->in_use_level, now);
    double offered = level_area(&resource->capacity_level, now);
    bool unlimited = resource->capacity_level.max >= (double)RESOURCE_UNLIMITED;
    return (struct resource_summary){
        .asked = resource->asked,
        .granted = resource->granted,
        .withdrawn = resource->withdrawn,
        .released = resource->released,
        .in_use = level_average(&resource->in_use_level, now),
        .waiting = level_average(&resource->waiting_level, now),
        .utilisation = unlimited || !(offered > 0.0) ? NAN : held / offered,
        .most_in_use = resource->in_use_level.max,
        .most_waiting = resource->waiting_level.max,
        .waits = resource->waits,
    };
}

static bool queue_is_in_order(const struct resource *resource)
{
    int count = 0;
    const struct claim *previous = NULL;
    for (const struct claim *claim = resource->head; claim; claim = claim->next) {
        if (claim->state != CLAIM_WAITING || claim->previous != previous)
            return false;
        if (previous && previous->priority > claim->priority)
            return false;
        if (previous && previous->priority == claim->priority &&
            previous->asked_at > claim->asked_at)
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
    return resource->in_use >= 0 && resource->in_use <= resource->allowed &&
           (uint64_t)resource->waiting_at_reset + resource->asked ==
               resource->granted + resource->withdrawn + waiting &&
           (uint64_t)resource->in_use_at_reset + resource->granted == resource->released + in_use &&
           !(resource->head && has_room(resource)) && queue_is_in_order(resource);
}

bool claim_is_granted(const struct claim *claim)
{
    return claim->state == CLAIM_GRANTED;
}

bool claim_is_waiting(const struct claim *claim)
{
    return claim->state == CLAIM_WAITING;
}
