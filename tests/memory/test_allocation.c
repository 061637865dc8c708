/*
 * Nothing is allocated once a simulation runs: every allocation of the process is counted, GSL's
 * and the C library's included. A plain program, because sanitizers count for themselves.
 */
#include <errno.h>
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include <gsl/gsl_randist.h>

#include "models/trial.h"
#include "sim/condition.h"
#include "sim/replicate.h"
#include "sim/resource.h"
#include "sim/sampler.h"
#include "sim/trace.h"
#include "tests/models/small_region.h"

static atomic_ulong allocations;

/* The C library's own, under the names by which it lets others stand in front of them. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

void *malloc(size_t size)
{
    atomic_fetch_add(&allocations, 1);
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    atomic_fetch_add(&allocations, 1);
    return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
    atomic_fetch_add(&allocations, 1);
    return __libc_realloc(memory, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    atomic_fetch_add(&allocations, 1);
    return __libc_memalign(alignment, size);
}

void *memalign(size_t alignment, size_t size)
{
    atomic_fetch_add(&allocations, 1);
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size)
{
    *memory = memalign(alignment, size);
    return *memory ? 0 : ENOMEM;
}

static int failures = 0;

static void check(bool holds, const char *what, unsigned long count)
{
    printf("%s - %s (%lu allocations)\n", holds ? "ok" : "not ok", what, count);
    failures += !holds;
}

/* A counter that does not count would pass everything else. */
static void check_the_counter(void)
{
    unsigned long before = atomic_load(&allocations);
    struct calendar *calendar = calendar_new(4);
    unsigned long count = atomic_load(&allocations) - before;
    check(calendar && count >= 2, "a calendar and its heap are counted", count);
    calendar_free(calendar);
}

/* M/M/1 at a load of 0.8, a process for every customer, their memory recycled. */
struct customer {
    struct process process;
    struct claim claim;
    struct customer *next_free;
};

struct queue {
    struct calendar *calendar;
    struct process arrivals;
    struct resource server;
    struct sampler sampler;
    uint64_t left; /* who are still to come */
    struct customer *free;
    struct customer pool[1024];
};

static void customer_body(struct process *self, void *world)
{
    struct customer *customer = (struct customer *)(void *)self;
    struct queue *queue = world;

    PROCESS_BEGIN(self);
    resource_ask(&queue->server, &customer->claim, self, queue->calendar, 0);
    PROCESS_AWAIT(self, &customer->claim);
    PROCESS_HOLD(self, queue->calendar, sampler_exponential(&queue->sampler, 0.8));
    resource_release(&queue->server, &customer->claim, queue->calendar);
    customer->next_free = queue->free;
    queue->free = customer;
    PROCESS_END(self);
}

static void arrivals_body(struct process *self, void *world)
{
    struct queue *queue = world;
    struct customer *customer = queue->free;

    PROCESS_BEGIN(self);
    for (; queue->left > 0 && customer; queue->left--) {
        queue->free = customer->next_free;
        process_start(&customer->process, queue->calendar, customer_body,
                      calendar_now(queue->calendar), 0);
        PROCESS_HOLD(self, queue->calendar, sampler_exponential(&queue->sampler, 1.0));
    }
    PROCESS_END(self);
}

/* To the last departure. False: memory ran out, or more than the pool were inside. */
static bool run_queue(struct queue *queue, uint64_t replication, uint64_t customers)
{
    const struct stream stream = {.seed = 1, .replication = replication};
    calendar_clear(queue->calendar);
    sampler_init(&queue->sampler, &stream, 1);
    resource_init(&queue->server, 1, 0.0);
    queue->left = customers;
    queue->free = NULL;
    for (size_t i = 0; i < sizeof queue->pool / sizeof queue->pool[0]; i++) {
        queue->pool[i] = (struct customer){.next_free = queue->free};
        queue->free = &queue->pool[i];
    }
    process_start(&queue->arrivals, queue->calendar, arrivals_body, 0.0, 0);
    return process_run(queue->calendar, queue, INFINITY) && queue->left == 0;
}

static void check_the_queue(void)
{
    static struct queue queue;
    queue.calendar = calendar_new(8);
    bool ok = queue.calendar && run_queue(&queue, 1, 1000);
    unsigned long before = atomic_load(&allocations);
    ok = ok && run_queue(&queue, 2, 100000);
    unsigned long count = atomic_load(&allocations) - before;
    check(ok && queue.server.waits.n == 100000 && count == 0,
          "a queue a hundred times as long as the one before allocates nothing", count);
    calendar_free(queue.calendar);
}

/* The same as replications on two threads, each with a queue of its own, delivered in order. */
static bool run_replication(void *shared, unsigned worker, uint64_t replication, void *result)
{
    struct queue *queue = shared;
    bool ok = run_queue(&queue[worker], replication, 10000);
    *(double *)result = resource_summarise(&queue[worker].server, 1e9).waits.mean;
    return ok;
}

static bool take_wait(void *shared, uint64_t replication, void *result)
{
    const double *wait_min = result;
    (void)shared;
    (void)replication;
    return *wait_min > 0.0;
}

static void check_the_replications(void)
{
    static struct queue queue[2];
    double room[4];
    const struct replicate_job job = {.run = run_replication,
                                      .shared = queue,
                                      .first = 1,
                                      .count = 40,
                                      .results = room,
                                      .size = sizeof room[0],
                                      .deliver = take_wait,
                                      .window = 4};
    struct replicate_pool *pool = replicate_pool_new(2);
    queue[0].calendar = calendar_new(8);
    queue[1].calendar = calendar_new(8);
    bool ok = pool && queue[0].calendar && queue[1].calendar;
    unsigned long before = atomic_load(&allocations);
    for (int again = 0; again < 2; again++)
        ok = ok && replicate_run(pool, &job, NULL) == 40;
    unsigned long count = atomic_load(&allocations) - before;
    check(ok && count == 0, "replications on two threads allocate nothing", count);
    replicate_pool_free(pool);
    calendar_free(queue[0].calendar);
    calendar_free(queue[1].calendar);
}

/* Everything a process can do, a hundred thousand minutes of it; then as long again, traced. */
struct shop {
    struct calendar *calendar;
    struct resource crew;
    struct condition change;
    struct worker {
        struct process process;
        struct claim claim;
        struct waiter waiter;
        int name;
        uint64_t rounds;
    } worker[20];
    struct sampler sampler;
    uint64_t parity;
    uint64_t steps; /* that the trace told */
};

/* By every sampler that there is. */
static double draw(struct shop *shop)
{
    gsl_rng rng = sampler_gsl(&shop->sampler);
    return 0.1 * fabs(sampler_normal(&shop->sampler)) + 0.1 * gsl_ran_gamma(&rng, 2.5, 1.0) +
           sampler_exponential(&shop->sampler, 0.1);
}

static void worker_body(struct process *self, void *world)
{
    struct worker *worker = (struct worker *)(void *)self;
    struct shop *shop = world;

    PROCESS_BEGIN(self);
    for (;;) {
        worker->rounds++;
        resource_ask(&shop->crew, &worker->claim, self, shop->calendar, worker->name % 3);
        PROCESS_AWAIT_FOR(self, shop->calendar, &worker->claim, 4.0 + worker->name % 7);
        if (claim_is_waiting(&worker->claim))
            resource_change_priority(&shop->crew, &worker->claim, -1);
        PROCESS_HOLD(self, shop->calendar, 1.0 + worker->name % 5);
        resource_drop(&shop->crew, &worker->claim, shop->calendar);
        shop->parity++;
        condition_changed(&shop->change, shop->calendar);
        PROCESS_WAIT_UNTIL_FOR(self, shop->calendar, &shop->change, &worker->waiter, 3.0,
                               shop->parity % 2 == (uint64_t)worker->name % 2);
        process_interrupt(&shop->worker[(worker->name + 1) % 20].process, shop->calendar, 1);
        if (worker->rounds % 10 == 0)
            resource_set_capacity(&shop->crew, 3 + worker->name % 3, shop->calendar);
        PROCESS_HOLD_UNTIL(self, shop->calendar, calendar_now(shop->calendar) + draw(shop));
        PROCESS_WAIT_UNTIL(self, &shop->change, &worker->waiter, shop->parity % 3 != 0);
        if (worker->name == 0) /* the last one interrupts it */
            PROCESS_SLEEP(self);
    }
    PROCESS_END(self);
}

static void count_step(void *context, const struct trace_step *step)
{
    struct shop *shop = context;
    shop->steps += step->process != NULL;
}

static void check_the_engine(void)
{
    static struct shop shop;
    shop.calendar = calendar_new(32);
    sampler_init(&shop.sampler, &(struct stream){.seed = 1}, 1);
    resource_init(&shop.crew, 4, 0.0);
    resource_limit_queue(&shop.crew, 12);
    for (int i = 0; i < 20; i++) {
        shop.worker[i].name = i;
        process_start(&shop.worker[i].process, shop.calendar, worker_body, i, 0);
    }
    bool ok = process_run(shop.calendar, &shop, 100.0);
    unsigned long before = atomic_load(&allocations);
    ok = ok && process_run(shop.calendar, &shop, 100000.0);
    unsigned long count = atomic_load(&allocations) - before;
    struct resource_summary summary = resource_summarise(&shop.crew, 100000.0);
    check(ok && summary.reneged > 1000 && summary.rejected > 1000 && summary.granted > 1000 &&
              resource_check(&shop.crew) && count == 0,
          "holding, queueing, reneging, rejection, interrupts and conditions allocate nothing",
          count);
    const struct trace trace = {.step = count_step, .context = &shop};
    before = atomic_load(&allocations);
    ok = ok && trace_run(shop.calendar, &shop, 200000.0, &trace);
    count = atomic_load(&allocations) - before;
    check(ok && shop.steps > 100000 && count == 0, "nor does any of it when it is traced", count);
    calendar_free(shop.calendar);
}

/* A replication of the whole model, with the memory of a worker who has done one. */
static void check_the_model(bool with_fleet, const char *what)
{
    struct design design;
    small_design(&design);
    if (with_fleet) {
        small_design_fleet(&design, 2);
        small_design_write(&design, BOTH, P_FLEET_OTHER_CALLS, 20);
    }
    size_t configuration;
    enum parameter_id which;
    struct model model;
    if (!design_prepare(&design, &configuration, &which) || model_init(&model, &design, 0))
        exit(EXIT_FAILURE);
    const size_t run[] = {0, 1};
    struct trial trial = {.model = &model,
                          .run = run,
                          .runs = 2,
                          .domain = DOMAIN_PATIENTS,
                          .window_days = 365,
                          .warm_up_days = 28,
                          .drivers = true};
    struct trial_worker *worker = trial_worker_new(&design, 365);
    struct trial_results *results = trial_results_new(&design, true, false);
    bool ok = worker && results && trial_run(&trial, worker, 1, results);
    unsigned long before = atomic_load(&allocations);
    ok = ok && trial_run(&trial, worker, 1, results);
    unsigned long count = atomic_load(&allocations) - before;
    check(ok && count == 0, what, count);
    trial_results_free(results);
    trial_worker_free(worker);
    model_fini(&model);
}

int main(void)
{
    check_the_counter();
    check_the_queue();
    check_the_replications();
    check_the_engine();
    check_the_model(false, "a replication of a stroke service allocates nothing");
    check_the_model(true, "a replication with a fleet of ambulances allocates nothing");
    printf("%d failed\n", failures);
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
