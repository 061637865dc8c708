#include <math.h>
#include <stdlib.h>

#include "models/network_inside.h"
#include "sim/variate.h"

static bool add_chunk(struct network_worker *worker)
{
    if (worker->chunks == MOST_CHUNKS)
        return false;
    struct visitor *chunk = calloc(VISITORS_A_CHUNK, sizeof *chunk);
    if (chunk == NULL)
        return false;
    worker->chunk[worker->chunks++] = chunk;
    for (size_t i = 0; i < VISITORS_A_CHUNK; i++) {
        chunk[i].next_free = worker->free_visitor;
        worker->free_visitor = &chunk[i];
    }
    return true;
}

static void stop(struct network_worker *worker, enum network_status status)
{
    worker->status = status;
    calendar_stop(worker->calendar);
}

struct visitor *network_arrive(struct network_worker *worker, struct source_clerk *clerk)
{
    if ((double)worker->balance.inside >= worker->run->max_inside) {
        stop(worker, NETWORK_UNSTABLE);
        return NULL;
    }
    if (worker->free_visitor == NULL && !add_chunk(worker)) {
        stop(worker, NETWORK_NO_MEMORY);
        return NULL;
    }
    struct visitor *visitor = worker->free_visitor;
    worker->free_visitor = visitor->next_free;
    double now = calendar_now(worker->calendar);
    *visitor = (struct visitor){.source = clerk->source,
                                .entity = clerk->entity,
                                .ward = OUTSIDE,
                                .next = (int)clerk->source->ward,
                                .came_min = now};
    for (size_t lane = 0; lane < STREAM_LANES; lane++)
        visitor->uniform[lane] = clerk->uniform[lane];
    worker->balance.came++;
    worker->balance.inside++;
    level_set(&worker->inside, (double)worker->balance.inside, now);
    return visitor;
}

struct visitor *network_visitor_of(const struct claim *claim)
{
    return (struct visitor *)(void *)claim->process;
}

static struct class_count *count_at(struct network_worker *worker, const struct visitor *visitor,
                                    int ward)
{
    return &worker->count[network_at(worker->run->network, visitor->source->class, (size_t)ward)];
}

static void gone(struct network_worker *worker, struct visitor *visitor)
{
    worker->balance.inside--;
    level_set(&worker->inside, (double)worker->balance.inside, calendar_now(worker->calendar));
    visitor->source = NULL;
    visitor->next_free = worker->free_visitor;
    worker->free_visitor = visitor;
}

void network_give_bed(struct network_worker *worker, struct visitor *visitor)
{
    struct claim *held = &visitor->claim[visitor->held];
    if (!claim_is_granted(held)) /* given back already, in a change of places */
        return;
    struct ward_state *ward = &worker->ward[visitor->ward];
    struct class_count *count = count_at(worker, visitor, visitor->ward);
    double now = calendar_now(worker->calendar);
    if (visitor->blocks) {
        level_set(&ward->blocked, ward->blocked.value - 1, now);
        worker->blocked_for[(size_t)visitor->ward * worker->run->network->wards +
                            (size_t)visitor->next]--;
        visitor->blocks = false;
    }
    count->released++;
    count->stay_min += now - visitor->bed_since_min;
    ward->balance.went_on++;
    resource_release(&ward->beds, held, worker->calendar);
}

static void count_ask(struct network_worker *worker, const struct visitor *visitor,
                      enum claim_state state)
{
    struct class_count *counts[] = {count_at(worker, visitor, visitor->next), worker->from_outside};
    for (size_t i = 0; i < (visitor->visit == 0 ? 2 : 1); i++) {
        counts[i]->asked++;
        counts[i]->queued += state == CLAIM_WAITING;
        counts[i]->turned_away += state == CLAIM_IDLE;
    }
    worker->ward[visitor->next].balance.came++;
    worker->ward[visitor->next].balance.turned_away += state == CLAIM_IDLE;
}

/* Keeps the bed until the next is granted. */
static void block(struct network_worker *worker, struct visitor *visitor)
{
    const struct network *network = worker->run->network;
    struct ward_state *ward = &worker->ward[visitor->ward];
    level_set(&ward->blocked, ward->blocked.value + 1, calendar_now(worker->calendar));
    worker->blocked_for[(size_t)visitor->ward * network->wards + (size_t)visitor->next]++;
    visitor->blocks = true;
    if (network->loops)
        network_change_places(worker, visitor);
}

/* Waits, who does not come from outside: in the bed or without it. */
static void wait_after_ward(struct network_worker *worker, struct visitor *visitor)
{
    if (worker->run->network->ward[visitor->next].transfer != TRANSFER_WAITS_OUTSIDE) {
        block(worker, visitor);
        return;
    }
    network_give_bed(worker, visitor);
    visitor->ward = OUTSIDE;
}

static int limit_for(const struct network_ward *ward, const struct visitor *visitor)
{
    bool limited = ward->queue_limit != NETWORK_UNLIMITED &&
                   (visitor->ward == OUTSIDE || ward->transfer == TRANSFER_LEAVES);
    return limited ? ward->queue_limit : RESOURCE_UNLIMITED;
}

bool network_ask(struct network_worker *worker, struct visitor *visitor)
{
    if (visitor->next == visitor->ward)
        return true;
    struct resource *beds = &worker->ward[visitor->next].beds;
    struct claim *asked = network_asked(visitor);
    resource_limit_queue(beds, limit_for(&worker->run->network->ward[visitor->next], visitor));
    resource_ask(beds, asked, &visitor->process, worker->calendar, visitor->source->priority);
    count_ask(worker, visitor, asked->state);
    if (claim_is_waiting(asked) && visitor->ward != OUTSIDE)
        wait_after_ward(worker, visitor);
    if (asked->state != CLAIM_IDLE)
        return true;
    network_give_bed(worker, visitor);
    worker->balance.lost++;
    gone(worker, visitor);
    return false;
}

/* The way on, by the patient's own number. */
static const struct network_route *choose_route(const struct network *network,
                                                const struct visitor *visitor)
{
    size_t at = network_at(network, visitor->source->class, (size_t)visitor->ward);
    size_t first = network->first_route[at], last = network->first_route[at + 1] - 1;
    double u = visitor->uniform[LANE_ROUTE] * network->up_to[last];
    while (first < last && u >= network->up_to[first])
        first++;
    return &network->route[first];
}

double network_settle(struct network_worker *worker, struct visitor *visitor)
{
    double now = calendar_now(worker->calendar);
    if (visitor->next != visitor->ward) {
        struct claim *asked = network_asked(visitor);
        double wait_min = asked->granted_at - asked->asked_at;
        tally_add(&count_at(worker, visitor, visitor->next)->wait_min, wait_min);
        if (visitor->visit == 0)
            tally_add(&worker->from_outside->wait_min, wait_min);
        network_give_bed(worker, visitor);
        visitor->held = 1 - visitor->held;
        visitor->ward = visitor->next;
        visitor->bed_since_min = now;
    }
    if (visitor->visit > 0)
        stream_block(&worker->stream, visitor->entity, visitor->visit, visitor->uniform);
    visitor->visit++;
    visitor->route = choose_route(worker->run->network, visitor);
    visitor->next = visitor->route->next;
    return duration_draw(&visitor->route->stay, visitor->uniform[LANE_STAY]);
}

double network_delay_min(const struct visitor *visitor)
{
    double mean_min = visitor->route->delay_mean_min;
    return mean_min > 0 ? variate_exponential(visitor->uniform[LANE_DELAY], mean_min) : 0;
}

void network_delayed(struct network_worker *worker, struct visitor *visitor, int by)
{
    struct level *delayed = &worker->ward[visitor->ward].delayed;
    level_set(delayed, delayed->value + by, calendar_now(worker->calendar));
}

void network_leave(struct network_worker *worker, struct visitor *visitor)
{
    network_give_bed(worker, visitor);
    worker->balance.left++;
    worker->left_in_window++;
    worker->time_inside_min += calendar_now(worker->calendar) - visitor->came_min;
    gone(worker, visitor);
}
