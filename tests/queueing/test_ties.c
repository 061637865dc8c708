/*
 * In discrete time much happens at one instant, and its order decides the result. One server, no
 * room to wait; an arrival in each slot with probability p, services geometric with q. Who is
 * turned away when an arrival and a departure fall together is the calendar's contract:
 *
 *   - arrivals first, by priority: whoever finds the server busy in the slot before is blocked;
 *   - departures first, by priority: unless it becomes free in this very slot (Hunter,
 *     "Mathematical Techniques of Applied Probability", vol. 2, 1983, chapter 9: early and late
 *     arrivals);
 *   - in order of scheduling. The first arrival after a service has begun was scheduled before that
 *     service's end, later ones after it: of those that meet the end only the first is blocked. A
 *     customer served blocks p E[S - 1] later ones within his service S and one at its end with
 *     probability E[p (1 - p)^(S - 1)] = p q / (1 - (1 - p)(1 - q)).
 */
#include <criterion/criterion.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>

#include "tests/queueing/queueing.h"

static const double service_ends = 0.5; /* q: in each slot */

struct slots {
    double arrives; /* p: in each slot */
    int arrival_priority;
    struct process arrivals;
    struct calendar *calendar;
    struct resource server;
    struct sampler sampler;
    double asked;
    double blocked;
    struct crowd crowd;
};

static double draw_slots(struct slots *world, double probability)
{
    gsl_rng rng = sampler_gsl(&world->sampler);
    return (double)gsl_ran_geometric(&rng, probability);
}

static void departure_body(struct process *self, void *shared)
{
    struct customer *customer = (struct customer *)(void *)self;
    struct slots *world = shared;
    resource_release(&world->server, &customer->claim, world->calendar);
    crowd_give(&world->crowd, customer);
}

/* The next arrival is scheduled before this one's departure. */
static void arrival_body(struct process *self, void *shared)
{
    struct slots *world = shared;
    struct customer *customer = crowd_take(&world->crowd);
    process_hold(self, world->calendar, draw_slots(world, world->arrives));
    world->asked += 1.0;
    if (resource_ask(&world->server, &customer->claim, NULL, world->calendar, 0)) {
        double end = calendar_now(world->calendar) + draw_slots(world, service_ends);
        process_start(&customer->process, world->calendar, departure_body, end, 0);
    } else {
        world->blocked += 1.0;
        resource_drop(&world->server, &customer->claim, world->calendar);
        crowd_give(&world->crowd, customer);
    }
}

static bool replicate(void *shared, uint64_t replication, struct queueing_sample *sample)
{
    struct slots *world = shared;
    calendar_clear(world->calendar);
    crowd_init(&world->crowd);
    queueing_sampler(&world->sampler, replication, 1);
    resource_init(&world->server, 1, 0.0);
    process_start(&world->arrivals, world->calendar, arrival_body, 1.0, world->arrival_priority);
    bool ok = process_run(world->calendar, world, 100.0);
    world->asked = 0.0;
    world->blocked = 0.0;
    ok = process_run(world->calendar, world, 60000.0 / world->arrives) && ok;
    sample->figure[0] = world->blocked / world->asked;
    sample->customers[0] = world->asked;
    return ok && resource_check(&world->server);
}

static size_t assert_order(const char *model, double load, int arrival_priority, double truth)
{
    struct slots *world = calloc(1, sizeof *world);
    world->arrives = load * service_ends;
    world->arrival_priority = arrival_priority;
    world->calendar = calendar_new(16);
    struct queueing_table table = {.model = model,
                                   .load = load,
                                   .cells = 1,
                                   .cell = {{"blocked", truth}},
                                   .world = world,
                                   .replicate = replicate};
    size_t cells = queueing_assert(&table);
    calendar_free(world->calendar);
    free(world);
    return cells;
}

QUEUEING_TABLE(ties, one_server)
{
    double p = *load * service_ends;
    double q = service_ends;
    double arrivals_first = p / (p + q);
    double departures_first = p / (p + q * (1.0 - p)) * (1.0 - q);
    double by_one_served = p * (1.0 - q) / q + p * q / (1.0 - (1.0 - p) * (1.0 - q));
    double as_scheduled = by_one_served / (1.0 + by_one_served);
    size_t cells = assert_order("Geo/Geo/1/1, arrivals first", *load, -1, arrivals_first);
    cells += assert_order("Geo/Geo/1/1, as scheduled", *load, 0, as_scheduled);
    cells += assert_order("Geo/Geo/1/1, departures first", *load, 1, departures_first);
    cr_assert_eq(cells, CELLS_TIES);
}
