#include "bench/mm1.h"

#include <math.h>
#include <stdlib.h>

#include "sim/process.h"
#include "sim/resource.h"

/* At a load of 0.9 as many are never inside at once (0.9 to the power of 1024 is 1e-47); were they,
 * the run would fail. Few enough to stay in the nearest cache, as a model's would. */
enum { ROOM = 1024 };

struct customer {
    struct process process;
    struct claim claim;
    struct customer *next_free;
};

struct queue {
    struct calendar *calendar;
    struct resource server;
    struct process arrivals;
    struct process service;
    struct mm1_draws draws;
    uint64_t customers;
    uint64_t arrived;
    uint64_t served;
    struct claim ring[ROOM]; /* for the one service process: of those inside, in order */
    struct customer *free;   /* for a process each */
    struct customer customer[ROOM];
};

static void service_body(struct process *self, void *world)
{
    struct queue *queue = world;
    struct claim *claim = &queue->ring[queue->served % ROOM];

    PROCESS_BEGIN(self);
    for (;; queue->served++, claim = &queue->ring[queue->served % ROOM]) {
        while (!claim_is_granted(claim))
            PROCESS_SLEEP(self);
        PROCESS_HOLD(self, queue->calendar, sampler_exponential(&queue->draws.service, 1.0));
        resource_release(&queue->server, claim, queue->calendar);
    }
    PROCESS_END(self);
}

static void arrive(struct queue *queue)
{
    struct claim *claim = &queue->ring[queue->arrived % ROOM];
    if (queue->arrived - queue->served == ROOM) {
        calendar_stop(queue->calendar);
        return;
    }
    if (resource_ask(&queue->server, claim, NULL, queue->calendar, 0))
        process_wake(&queue->service, queue->calendar);
}

static void arrivals_body(struct process *self, void *world)
{
    struct queue *queue = world;

    PROCESS_BEGIN(self);
    for (; queue->arrived < queue->customers; queue->arrived++) {
        PROCESS_HOLD(self, queue->calendar,
                     sampler_exponential(&queue->draws.gap, queue->draws.mean_gap_min));
        arrive(queue);
    }
    PROCESS_END(self);
}

static void customer_body(struct process *self, void *world)
{
    struct customer *customer = (struct customer *)(void *)self;
    struct queue *queue = world;

    PROCESS_BEGIN(self);
    resource_ask(&queue->server, &customer->claim, self, queue->calendar, 0);
    PROCESS_AWAIT(self, &customer->claim);
    PROCESS_HOLD(self, queue->calendar, sampler_exponential(&queue->draws.service, 1.0));
    resource_release(&queue->server, &customer->claim, queue->calendar);
    customer->next_free = queue->free;
    queue->free = customer;
    PROCESS_END(self);
}

static void send_customer(struct queue *queue)
{
    struct customer *customer = queue->free;
    if (!customer) {
        calendar_stop(queue->calendar);
        return;
    }
    queue->free = customer->next_free;
    process_start(&customer->process, queue->calendar, customer_body, calendar_now(queue->calendar),
                  0);
}

static void customers_body(struct process *self, void *world)
{
    struct queue *queue = world;

    PROCESS_BEGIN(self);
    for (; queue->arrived < queue->customers; queue->arrived++) {
        PROCESS_HOLD(self, queue->calendar,
                     sampler_exponential(&queue->draws.gap, queue->draws.mean_gap_min));
        send_customer(queue);
    }
    PROCESS_END(self);
}

static struct queue *queue_new(const struct mm1_task *task)
{
    struct queue *queue = calloc(1, sizeof *queue);
    if (!queue)
        return NULL;
    queue->calendar = calendar_new(ROOM);
    if (!queue->calendar) {
        free(queue);
        return NULL;
    }
    queue->draws = mm1_draws(task);
    queue->customers = task->customers;
    resource_init(&queue->server, 1, 0.0);
    for (size_t i = 0; i < ROOM; i++) {
        queue->customer[i].next_free = queue->free;
        queue->free = &queue->customer[i];
    }
    return queue;
}

static bool finish(struct queue *queue, struct mm1_outcome *outcome)
{
    bool ok = process_run(queue->calendar, queue, INFINITY) && !calendar_stopped(queue->calendar);
    double now = calendar_now(queue->calendar);
    struct resource_summary summary = resource_summarise(&queue->server, now);
    *outcome = (struct mm1_outcome){.end_min = now, .wait_min = summary.waits.mean};
    calendar_free(queue->calendar);
    free(queue);
    return ok;
}

bool mm1_process(const struct mm1_task *task, struct mm1_outcome *outcome)
{
    struct queue *queue = queue_new(task);
    if (!queue)
        return false;
    process_start(&queue->arrivals, queue->calendar, arrivals_body, 0.0, 0);
    process_start(&queue->service, queue->calendar, service_body, 0.0, 0);
    return finish(queue, outcome);
}

bool mm1_process_per_customer(const struct mm1_task *task, struct mm1_outcome *outcome)
{
    struct queue *queue = queue_new(task);
    if (!queue)
        return false;
    process_start(&queue->arrivals, queue->calendar, customers_body, 0.0, 0);
    return finish(queue, outcome);
}
