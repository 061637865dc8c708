/*
 * Two stations in a row, one server and then two: what leaves M/M/1 is a Poisson stream again, so
 * each station is as if it were alone (Burke, "The output of a queuing system", Operations Research
 * 4, 1956, 699; Jackson, 1957). A customer is one process through both.
 *
 * Controls: for h(n1, n2) a monomial of degree 1 to 3, by how much h has grown over the window,
 * less the rates of that growth over time; as in states.h the rates are those of the draws.
 */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

#include "tests/queueing/queueing.h"
#include "tests/queueing/theory.h"

enum { STATIONS = 2, MONOMIALS = 9 };

static const int servers[STATIONS] = {1, 2};
static const double mean_min[STATIONS] = {1.0, 2.0};

struct tandem {
    double rate; /* arrivals a minute */
    struct queueing_window window;
    struct process arrivals;
    struct calendar *calendar;
    struct resource station[STATIONS];
    struct sampler sampler;
    int inside[STATIONS];
    int served[STATIONS];
    double since;            /* minutes: the rates are counted up to here */
    double came;             /* arrivals, less their rate over time */
    double grown[MONOMIALS]; /* less the rates */
    struct crowd crowd;
};

static void monomials(double h[MONOMIALS], int first, int second)
{
    double x = (double)first;
    double y = (double)second;
    const double all[MONOMIALS] = {x,         y,         x * x,     x * y,    y * y,
                                   x * x * x, x * x * y, x * y * y, y * y * y};
    for (int k = 0; k < MONOMIALS; k++)
        h[k] = all[k];
}

/* The numbers inside have been as they are until now. */
static void count_time(struct tandem *world, double now)
{
    double h[MONOMIALS], arrival[MONOMIALS], move[MONOMIALS], departure[MONOMIALS];
    double passed = now - world->since;
    int x = world->inside[0];
    int y = world->inside[1];
    double move_rate = (double)world->served[0] / mean_min[0];
    double departure_rate = (double)world->served[1] / mean_min[1];
    monomials(h, x, y);
    monomials(arrival, x + 1, y);
    monomials(move, x - 1, y + 1);
    monomials(departure, x, y - 1);
    for (int k = 0; k < MONOMIALS; k++)
        world->grown[k] -=
            passed * (world->rate * (arrival[k] - h[k]) + move_rate * (move[k] - h[k]) +
                      departure_rate * (departure[k] - h[k]));
    world->came -= passed * world->rate;
    world->since = now;
}

static void count_change(struct tandem *world, int first_by, int second_by)
{
    double before[MONOMIALS], after[MONOMIALS];
    count_time(world, calendar_now(world->calendar));
    monomials(before, world->inside[0], world->inside[1]);
    world->inside[0] += first_by;
    world->inside[1] += second_by;
    monomials(after, world->inside[0], world->inside[1]);
    for (int k = 0; k < MONOMIALS; k++)
        world->grown[k] += after[k] - before[k];
}

static void begin_service(struct tandem *world, size_t station)
{
    count_time(world, calendar_now(world->calendar));
    world->served[station]++;
}

static void end_service(struct tandem *world, size_t station)
{
    if (station == 0)
        count_change(world, -1, 1);
    else
        count_change(world, 0, -1);
    world->served[station]--;
}

static void customer_body(struct process *self, void *shared)
{
    struct customer *customer = (struct customer *)(void *)self;
    struct tandem *world = shared;
    struct resource *station = &world->station[customer->kind];

    PROCESS_BEGIN(self);
    count_change(world, 1, 0);
    world->came += 1.0;
    for (customer->kind = 0; customer->kind < STATIONS; customer->kind++) {
        resource_ask(&world->station[customer->kind], &customer->claim, self, world->calendar, 0);
        PROCESS_AWAIT(self, &customer->claim);
        begin_service(world, customer->kind);
        PROCESS_HOLD(self, world->calendar,
                     sampler_exponential(&world->sampler, mean_min[customer->kind]));
        end_service(world, customer->kind);
        resource_release(station, &customer->claim, world->calendar);
    }
    crowd_give(&world->crowd, customer);
    PROCESS_END(self);
}

static void arrivals_body(struct process *self, void *shared)
{
    struct tandem *world = shared;
    struct customer *customer;

    PROCESS_BEGIN(self);
    for (;;) {
        PROCESS_HOLD(self, world->calendar,
                     sampler_exponential(&world->sampler, 1.0 / world->rate));
        customer = crowd_take(&world->crowd);
        customer->kind = 0;
        process_start(&customer->process, world->calendar, customer_body,
                      calendar_now(world->calendar), 0);
    }
    PROCESS_END(self);
}

static void begin(struct tandem *world, uint64_t replication)
{
    calendar_clear(world->calendar);
    crowd_init(&world->crowd);
    queueing_sampler(&world->sampler, replication, 1);
    for (size_t k = 0; k < STATIONS; k++) {
        resource_init(&world->station[k], servers[k], 0.0);
        world->inside[k] = 0;
        world->served[k] = 0;
    }
    world->since = 0.0;
    process_start(&world->arrivals, world->calendar, arrivals_body, 0.0, 0);
}

static void reset(struct tandem *world, double now)
{
    count_time(world, now);
    for (size_t k = 0; k < STATIONS; k++)
        resource_reset_statistics(&world->station[k], now);
    for (int k = 0; k < MONOMIALS; k++)
        world->grown[k] = 0.0;
    world->came = 0.0;
}

static bool report(struct tandem *world, double now, struct queueing_sample *sample)
{
    bool ok = true;
    count_time(world, now);
    for (size_t k = 0; k < STATIONS; k++) {
        struct resource_summary summary = resource_summarise(&world->station[k], now);
        sample->figure[3 * k] = summary.waits.mean;
        sample->customers[3 * k] = (double)summary.granted;
        sample->figure[3 * k + 1] = summary.waiting;
        sample->figure[3 * k + 2] = summary.in_use;
        ok = resource_check(&world->station[k]) && ok;
    }
    for (int k = 0; k < MONOMIALS; k++)
        sample->control[k] = world->grown[k];
    sample->control[MONOMIALS] = world->came;
    return ok && calendar_check(world->calendar);
}

static bool replicate(void *shared, uint64_t replication, struct queueing_sample *sample)
{
    struct tandem *world = shared;
    double from = world->window.warm_up_min;
    double until = from + world->window.length_min;

    begin(world, replication);
    bool ok = process_run(world->calendar, world, from);
    reset(world, from);
    ok = process_run(world->calendar, world, until) && ok;
    return report(world, until, sample) && ok;
}

QUEUEING_TABLE(tandem, two_stations)
{
    struct tandem *world = calloc(1, sizeof *world);
    world->rate = *load;
    world->window = queueing_window(*load, 1, 2.0, 30000.0);
    world->calendar = calendar_new(16);
    struct theory first = theory_mmc(1, *load);
    struct theory second = theory_mmc(2, 2.0 * *load); /* in units of its mean service */
    struct queueing_table table = {.model = "M/M/1 then /M/2",
                                   .load = *load,
                                   .cells = CELLS_TANDEM,
                                   .controls = MONOMIALS + 1,
                                   .cell = {{"wait 1", first.wait_min},
                                            {"queue 1", first.queue},
                                            {"in use 1", first.in_use},
                                            {"wait 2", second.wait_min * mean_min[1]},
                                            {"queue 2", second.queue},
                                            {"in use 2", second.in_use}},
                                   .world = world,
                                   .replicate = replicate};
    queueing_assert(&table);
    calendar_free(world->calendar);
    free(world);
}
