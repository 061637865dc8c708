/* Full wards that send patients to each other stand still when every patient in them waits for a
 * bed that another of them holds. People change places; so do these. */
#include <assert.h>

#include "models/network_inside.h"

/* A ward without a free bed that still holds more patients than it has beds (a shift has ended)
 * gives none on. */
static bool gives_on(const struct resource *beds)
{
    return beds->in_use <= beds->capacity;
}

/* Wards from `from` to `to`, each with a patient who waits for the next one: writes into came_by
 * where each was come from. */
static bool find_circle(struct network_worker *worker, int from, int to)
{
    int wards = (int)worker->run->network->wards, next = 0, found = 0;
    int *queue = worker->came_by + wards; /* the second half */
    for (int w = 0; w < wards; w++)
        worker->came_by[w] = OUTSIDE;
    queue[found++] = from;
    worker->came_by[from] = from;
    while (next < found) {
        int at = queue[next++];
        if (!gives_on(&worker->ward[at].beds))
            continue;
        if (at == to)
            return true;
        for (int w = 0; w < wards; w++)
            if (worker->came_by[w] == OUTSIDE && worker->blocked_for[at * wards + w] > 0) {
                worker->came_by[w] = at;
                queue[found++] = w;
            }
    }
    return false;
}

/* The first in the queue of a ward who holds a bed of another comes to be first of all. There is
 * one. */
static struct visitor *take_forward(struct network_worker *worker, int in, int waits_for)
{
    struct resource *beds = &worker->ward[waits_for].beds;
    struct claim *claim = beds->head;
    assert(claim != NULL);
    struct visitor *visitor = network_visitor_of(claim);
    while (!visitor->blocks || visitor->ward != in) {
        claim = claim->next;
        assert(claim != NULL);
        visitor = network_visitor_of(claim);
    }
    resource_change_priority(beds, claim, CALENDAR_PRIORITY_MIN);
    return visitor;
}

void network_change_places(struct network_worker *worker, const struct visitor *visitor)
{
    int from = visitor->next, to = visitor->ward;
    if (!find_circle(worker, from, to))
        return;
    struct visitor *mover = NULL;
    take_forward(worker, to, from);
    for (int at = to; at != from; at = worker->came_by[at])
        mover = take_forward(worker, worker->came_by[at], at);
    /* One gets up first; the others follow at the same instant, each into the bed just left. */
    assert(mover != NULL);
    network_give_bed(worker, mover);
}
