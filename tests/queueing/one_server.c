#include "tests/queueing/one_server.h"

#include <math.h>

#include "sim/variate.h"

static const double lognormal_variation = 0.8; /* squared, as the other */
static const double mixed_variation = 3.0;

double service_squared_variation(const struct service *service)
{
    switch (service->kind) {
    case SERVICE_CONSTANT:
        return 0.0;
    case SERVICE_LOGNORMAL:
        return lognormal_variation;
    case SERVICE_MIXED:
        return mixed_variation;
    case SERVICE_EXPONENTIAL:
        break;
    }
    return 1.0;
}

/* The mixture with balanced means: an exponential of mean 1 / (2p) with probability p, else one of
 * mean 1 / (2 (1 - p)); the squared variation is 1 / (2 p (1 - p)) - 1. */
static double mixed_share(void)
{
    return (1.0 + sqrt((mixed_variation - 1.0) / (mixed_variation + 1.0))) / 2.0;
}

static double draw_mixed(struct sampler *sampler)
{
    double share = mixed_share();
    double of = sampler_uniform(sampler) < share ? share : 1.0 - share;
    return sampler_exponential(sampler, 1.0 / (2.0 * of));
}

static double draw_lognormal(struct sampler *sampler)
{
    double sigma = sqrt(log1p(lognormal_variation));
    return exp(sigma * sampler_normal(sampler) - sigma * sigma / 2.0);
}

double service_draw(const struct service *service, struct sampler *sampler)
{
    switch (service->kind) {
    case SERVICE_CONSTANT:
        return service->mean_min;
    case SERVICE_LOGNORMAL:
        return service->mean_min * draw_lognormal(sampler);
    case SERVICE_MIXED:
        return service->mean_min * draw_mixed(sampler);
    case SERVICE_EXPONENTIAL:
        break;
    }
    return sampler_exponential(sampler, service->mean_min);
}

static struct moments moments_of_unit(enum service_kind kind)
{
    double square = 1.0 + lognormal_variation;
    double share = mixed_share();
    switch (kind) {
    case SERVICE_CONSTANT:
        return (struct moments){1.0, 1.0, 1.0};
    case SERVICE_LOGNORMAL:
        return (struct moments){1.0, square, square * square * square};
    case SERVICE_MIXED:
        return (struct moments){
            1.0, 1.0 + mixed_variation,
            6.0 / 8.0 * (1.0 / (share * share) + 1.0 / ((1.0 - share) * (1.0 - share)))};
    case SERVICE_EXPONENTIAL:
        break;
    }
    return (struct moments){1.0, 2.0, 6.0};
}

struct moments service_moments(const struct service *service)
{
    double mean = service->mean_min;
    struct moments unit = moments_of_unit(service->kind);
    return (struct moments){mean, unit.second * mean * mean, unit.third * mean * mean * mean};
}

/* The server works until `time`. */
static void work_advance(struct work *work, double time)
{
    double left = fmax(0.0, work->now - (time - work->since));
    work->integral[0] += time - work->since;
    work->integral[1] += (work->now * work->now - left * left) / 2.0;
    work->integral[2] += (work->now * work->now * work->now - left * left * left) / 3.0;
    work->now = left;
    work->since = time;
}

static void work_add(struct work *work, double time, double service_min)
{
    work_advance(work, time);
    double found = 1.0;
    for (int i = 0; i < DEGREE; i++, found *= work->now) {
        double product = found;
        for (int j = 0; i + j <= DEGREE; j++, product *= service_min)
            work->sum[i][j] += product;
    }
    work->now += service_min;
}

static void work_init(struct work *work, const struct one_server *world, size_t last)
{
    *work = (struct work){0};
    for (size_t k = 0; k <= last; k++) {
        struct moments moments = service_moments(&world->service[k]);
        work->rate += world->rate[k];
        work->moment[1] += world->rate[k] * moments.first;
        work->moment[2] += world->rate[k] * moments.second;
        work->moment[3] += world->rate[k] * moments.third;
    }
    work->moment[0] = 1.0;
    for (int j = 1; j <= DEGREE; j++)
        work->moment[j] /= work->rate;
}

static void work_reset(struct work *work, double time)
{
    work_advance(work, time);
    work->at_reset = work->now;
    for (int i = 0; i < DEGREE; i++) {
        work->integral[i] = 0.0;
        for (int j = 0; j <= DEGREE; j++)
            work->sum[i][j] = 0.0;
    }
}

static size_t work_controls(const struct work *work, int degree, double control[])
{
    size_t n = 0;
    for (int i = 0; i < degree; i++)
        for (int j = 0; i + j <= degree; j++)
            control[n++] = work->sum[i][j] - work->rate * work->moment[j] * work->integral[i];
    for (int i = 2; i <= degree; i++)
        control[n++] = pow(work->now, i) - pow(work->at_reset, i);
    return n;
}

size_t one_server_controls(const struct one_server *world)
{
    double control[QUEUEING_CONTROLS];
    return world->classes * work_controls(&world->work[0], world->degree, control);
}

static void customer_body(struct process *self, void *shared)
{
    struct customer *customer = (struct customer *)(void *)self;
    struct one_server *world = shared;

    PROCESS_BEGIN(self);
    resource_ask(&world->server, &customer->claim, self, world->calendar, (int)customer->kind);
    PROCESS_AWAIT(self, &customer->claim);
    tally_add(&world->waits[customer->kind], customer->claim.granted_at - customer->claim.asked_at);
    PROCESS_HOLD(self, world->calendar, customer->service_min);
    resource_release(&world->server, &customer->claim, world->calendar);
    crowd_give(&world->crowd, customer);
    PROCESS_END(self);
}

static double rate_of_all(const struct one_server *world)
{
    return world->work[world->classes - 1].rate;
}

static size_t draw_class(struct one_server *world)
{
    size_t k = 0;
    if (world->classes > 1) {
        double u = sampler_uniform(&world->sampler) * rate_of_all(world);
        while (k + 1 < world->classes && u >= world->work[k].rate)
            k++;
    }
    return k;
}

static void arrive(struct one_server *world)
{
    struct customer *customer = crowd_take(&world->crowd);
    double now = calendar_now(world->calendar);
    customer->kind = draw_class(world);
    customer->service_min = service_draw(&world->service[customer->kind], &world->sampler);
    for (size_t k = customer->kind; k < world->classes; k++)
        work_add(&world->work[k], now, customer->service_min);
    process_start(&customer->process, world->calendar, customer_body, now, 0);
}

static void arrivals_body(struct process *self, void *shared)
{
    struct one_server *world = shared;

    PROCESS_BEGIN(self);
    for (;;) {
        PROCESS_HOLD(self, world->calendar,
                     sampler_exponential(&world->sampler, 1.0 / rate_of_all(world)));
        arrive(world);
    }
    PROCESS_END(self);
}

static void begin(struct one_server *world, uint64_t replication)
{
    calendar_clear(world->calendar);
    crowd_init(&world->crowd);
    queueing_sampler(&world->sampler, replication, 1);
    resource_init(&world->server, 1, 0.0);
    for (size_t k = 0; k < world->classes; k++)
        work_init(&world->work[k], world, k);
    process_start(&world->arrivals, world->calendar, arrivals_body, 0.0, 0);
}

static void reset(struct one_server *world, double now)
{
    resource_reset_statistics(&world->server, now);
    for (size_t k = 0; k < world->classes; k++) {
        world->waits[k] = (struct tally){0};
        work_reset(&world->work[k], now);
    }
}

static void report(struct one_server *world, double now, struct queueing_sample *sample)
{
    struct resource_summary summary = resource_summarise(&world->server, now);
    size_t n = 0;
    for (size_t k = 0; k < world->classes; k++) {
        sample->figure[k] = world->waits[k].mean;
        sample->customers[k] = (double)world->waits[k].n;
        work_advance(&world->work[k], now);
        n += work_controls(&world->work[k], world->degree, &sample->control[n]);
    }
    sample->figure[world->classes] = summary.waiting;
    sample->figure[world->classes + 1] = summary.in_use;
    sample->figure[world->classes + 2] =
        summary.waits.mean * summary.waits.mean + summary.waits.m2 / (double)summary.waits.n;
    sample->customers[world->classes + 2] = (double)summary.waits.n;
}

bool one_server_replicate(void *shared, uint64_t replication, struct queueing_sample *sample)
{
    struct one_server *world = shared;
    double from = world->window.warm_up_min;
    double until = from + world->window.length_min;

    begin(world, replication);
    bool ok = process_run(world->calendar, world, from);
    reset(world, from);
    ok = process_run(world->calendar, world, until) && ok;
    report(world, until, sample);
    return ok && resource_check(&world->server) && calendar_check(world->calendar);
}
