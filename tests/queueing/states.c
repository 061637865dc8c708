#include "tests/queueing/states.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

/* The control that goes with the figure f: what comes of every change, by Poisson's equation. */
static void prepare_control(struct states *world, struct state_control *control, const double f[])
{
    theory_poisson(&world->model, f, control->rise);
    for (size_t n = 1; n < world->model.states; n++)
        control->fall[n] = -control->rise[n - 1];
}

void states_prepare(struct states *world)
{
    static double queue[BIRTH_DEATH_STATES];
    static double in_use[BIRTH_DEATH_STATES];
    if (world->machines > 0)
        theory_repair(&world->model, world->servers, world->machines, 1.0 / world->rate);
    else
        theory_many_servers(&world->model, world->servers, world->rate, world->most);
    size_t states = world->model.states;
    for (size_t n = 0; n < states; n++) {
        in_use[n] = fmin((double)n, (double)world->servers);
        queue[n] = (double)n - in_use[n];
        world->control[2].rise[n] = 1.0;
        world->control[3].fall[n] = 1.0;
    }
    world->control[4].rise[states - 1] = 1.0;
    prepare_control(world, &world->control[0], queue);
    prepare_control(world, &world->control[1], in_use);
}

static double arrival_rate(const struct states *world)
{
    if (world->machines > 0)
        return world->rate * (double)((size_t)world->machines - world->inside);
    return world->rate;
}

/* The number inside has been as it is until now. */
static void count_time(struct states *world, double now)
{
    double passed = now - world->since;
    double rises = passed * arrival_rate(world);
    double falls = passed * (double)world->served;
    for (size_t k = 0; k < STATE_CONTROLS; k++) {
        struct state_control *control = &world->control[k];
        control->total -=
            rises * control->rise[world->inside] + falls * control->fall[world->inside];
    }
    world->since = now;
}

static void count_arrival(struct states *world, bool enters)
{
    count_time(world, calendar_now(world->calendar));
    for (size_t k = 0; k < STATE_CONTROLS; k++)
        world->control[k].total += world->control[k].rise[world->inside];
    world->inside += enters;
    assert(world->inside < world->model.states);
}

static void count_start(struct states *world)
{
    count_time(world, calendar_now(world->calendar));
    world->served++;
}

static void count_departure(struct states *world)
{
    count_time(world, calendar_now(world->calendar));
    for (size_t k = 0; k < STATE_CONTROLS; k++)
        world->control[k].total += world->control[k].fall[world->inside];
    world->inside--;
    world->served--;
}

/* Whom the queue has no room for goes away. */
static bool ask(struct states *world, struct customer *customer)
{
    resource_ask(&world->server, &customer->claim, &customer->process, world->calendar, 0);
    bool enters = claim_is_granted(&customer->claim) || claim_is_waiting(&customer->claim);
    count_arrival(world, enters);
    return enters;
}

static void customer_body(struct process *self, void *shared)
{
    struct customer *customer = (struct customer *)(void *)self;
    struct states *world = shared;

    PROCESS_BEGIN(self);
    if (ask(world, customer)) {
        PROCESS_AWAIT(self, &customer->claim);
        count_start(world);
        PROCESS_HOLD(self, world->calendar, sampler_exponential(&world->sampler, 1.0));
        count_departure(world);
        resource_release(&world->server, &customer->claim, world->calendar);
    }
    crowd_give(&world->crowd, customer);
    PROCESS_END(self);
}

static void arrivals_body(struct process *self, void *shared)
{
    struct states *world = shared;

    PROCESS_BEGIN(self);
    for (;;) {
        PROCESS_HOLD(self, world->calendar,
                     sampler_exponential(&world->sampler, 1.0 / world->rate));
        process_start(&crowd_take(&world->crowd)->process, world->calendar, customer_body,
                      calendar_now(world->calendar), 0);
    }
    PROCESS_END(self);
}

static void machine_body(struct process *self, void *shared)
{
    struct customer *machine = (struct customer *)(void *)self;
    struct states *world = shared;

    PROCESS_BEGIN(self);
    for (;;) {
        PROCESS_HOLD(self, world->calendar,
                     sampler_exponential(&world->sampler, 1.0 / world->rate));
        ask(world, machine);
        PROCESS_AWAIT(self, &machine->claim);
        count_start(world);
        PROCESS_HOLD(self, world->calendar, sampler_exponential(&world->sampler, 1.0));
        count_departure(world);
        resource_release(&world->server, &machine->claim, world->calendar);
    }
    PROCESS_END(self);
}

static void begin(struct states *world, uint64_t replication)
{
    calendar_clear(world->calendar);
    crowd_init(&world->crowd);
    queueing_sampler(&world->sampler, replication, 1);
    resource_init(&world->server, world->servers, 0.0);
    if (world->most > 0)
        resource_limit_queue(&world->server, world->most - world->servers);
    world->inside = 0;
    world->served = 0;
    world->since = 0.0;
    if (world->machines == 0)
        process_start(&world->arrivals, world->calendar, arrivals_body, 0.0, 0);
    for (int i = 0; i < world->machines; i++)
        process_start(&crowd_take(&world->crowd)->process, world->calendar, machine_body, 0.0, 0);
}

static void reset(struct states *world, double now)
{
    resource_reset_statistics(&world->server, now);
    count_time(world, now);
    for (size_t k = 0; k < STATE_CONTROLS; k++)
        world->control[k].total = 0.0;
}

static void report(struct states *world, double now, struct queueing_sample *sample)
{
    struct resource_summary summary = resource_summarise(&world->server, now);
    count_time(world, now);
    sample->figure[0] = summary.waits.mean;
    sample->customers[0] = (double)summary.granted;
    sample->figure[1] = summary.waiting;
    sample->figure[2] = summary.in_use;
    sample->figure[3] = (double)summary.rejected / (double)summary.asked;
    sample->customers[3] = (double)summary.asked;
    for (size_t k = 0; k < STATE_CONTROLS; k++)
        sample->control[k] = world->control[k].total;
}

static bool replicate(void *shared, uint64_t replication, struct queueing_sample *sample)
{
    struct states *world = shared;
    double from = world->window.warm_up_min;
    double until = from + world->window.length_min;

    begin(world, replication);
    bool ok = process_run(world->calendar, world, from);
    reset(world, from);
    ok = process_run(world->calendar, world, until) && ok;
    report(world, until, sample);
    return ok && resource_check(&world->server) && calendar_check(world->calendar);
}

size_t states_assert(const char *model, double load, const struct states *like, struct theory truth)
{
    struct states *world = calloc(1, sizeof *world);
    *world = *like;
    world->window = queueing_window(load, world->servers, 1.0, 100000.0);
    world->calendar = calendar_new(256);
    struct queueing_table table = {.model = model,
                                   .load = load,
                                   .cells = like->most > 0 ? 4 : 3,
                                   .controls = STATE_CONTROLS,
                                   .cell = {{"wait", truth.wait_min},
                                            {"queue", truth.queue},
                                            {"in use", truth.in_use},
                                            {"blocked", truth.blocked}},
                                   .world = world,
                                   .replicate = replicate};
    size_t cells = queueing_assert(&table);
    calendar_free(world->calendar);
    free(world);
    return cells;
}
