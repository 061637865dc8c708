#include "tests/queueing/steady.h"

#include <math.h>

#include "sim/variate.h"

/* Entities: customers as they arrive from 1 on, then those who are inside at first, and these. */
enum { FIRST_INSIDE = 1 << 30, THE_START = FIRST_INSIDE - 1 };
enum { LANE_GAP, LANE_SERVICE }; /* of block 0 */

enum kind { INSIDE_AT_FIRST, ARRIVED };

static void customer_body(struct process *self, void *shared)
{
    struct customer *customer = (struct customer *)(void *)self;
    struct steady *world = shared;

    PROCESS_BEGIN(self);
    resource_ask(&world->server, &customer->claim, self, world->calendar, 0);
    PROCESS_AWAIT(self, &customer->claim);
    if (customer->kind == ARRIVED)
        tally_add(&world->waits, customer->claim.granted_at - customer->claim.asked_at);
    PROCESS_HOLD(self, world->calendar, customer->service_min);
    resource_release(&world->server, &customer->claim, world->calendar);
    crowd_give(&world->crowd, customer);
    PROCESS_END(self);
}

static void start(struct steady *world, enum kind kind, double service_luck)
{
    struct customer *customer = crowd_take(&world->crowd);
    customer->kind = kind;
    customer->service_min = variate_exponential(service_luck, world->service_min);
    process_start(&customer->process, world->calendar, customer_body, calendar_now(world->calendar),
                  0);
}

/* A callback: the customer whose gap has passed comes in, and the gap of the next one begins. */
static void arrivals_body(struct process *self, void *shared)
{
    struct steady *world = shared;
    double luck[STREAM_LANES];
    if (world->arrived > 0)
        start(world, ARRIVED, world->service_luck);
    if (world->arrived == world->most)
        return;
    world->arrived++;
    stream_block(&world->stream, world->arrived, 0, luck);
    world->service_luck = luck[LANE_SERVICE];
    process_hold(self, world->calendar, variate_exponential(luck[LANE_GAP], 1.0 / world->rate));
}

/* n are inside with probability (1 - load) load^n. */
static uint64_t draw_inside(const struct steady *world)
{
    double luck[STREAM_LANES];
    stream_block(&world->stream, THE_START, 0, luck);
    return (uint64_t)(log1p(-luck[0]) / log(world->rate * world->service_min));
}

bool steady_run(struct steady *world, uint64_t replication, double until_min)
{
    double luck[STREAM_LANES];
    world->stream = (struct stream){.seed = 1, .replication = replication, .domain = 2};
    world->arrived = 0;
    world->waits = (struct tally){0};
    world->at_first = draw_inside(world);
    calendar_clear(world->calendar);
    crowd_init(&world->crowd);
    resource_init(&world->server, 1, 0.0);
    for (uint64_t i = 0; i < world->at_first; i++) {
        stream_block(&world->stream, FIRST_INSIDE + i, 0, luck);
        start(world, INSIDE_AT_FIRST, luck[LANE_SERVICE]);
    }
    process_start(&world->arrivals, world->calendar, arrivals_body, 0.0, 0);
    return process_run(world->calendar, world, until_min) && resource_check(&world->server);
}
