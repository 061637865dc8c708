/*
 * The M/M/1 queue through the public API, for the tests against theory and of allocations: a
 * process for arrivals, a process for every customer, a resource with one unit. Mean service takes
 * one minute; customers' memory is recycled, so a run of any length allocates only at the start.
 */
#ifndef TESTS_SIM_MM1_H
#define TESTS_SIM_MM1_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/process.h"
#include "sim/resource.h"
#include "sim/stream.h"
#include "sim/variate.h"

struct mm1_customer {
    struct process process;
    struct claim claim;
    double service_min;
    double gap_min; /* from this arrival to the next */
    struct mm1_customer *next_free;
};

struct mm1 {
    struct process arrivals;
    struct calendar *calendar;
    struct resource server;
    struct stream stream;
    double load;
    uint64_t customers; /* how many are to come */
    uint64_t warm_up;   /* of them, before statistics begin */
    uint64_t arrived;
    double control; /* see mm1_count */
    double uniform[STREAM_LANES];
    struct mm1_customer *last; /* who came last */
    struct mm1_customer *free;
    struct mm1_customer pool[4096];
};

/* A control variate: how long this one waited, times by how much its service exceeds the next gap
 * beyond what is usual. Both are drawn independently of the wait, so the mean is exactly 0 whatever
 * the queue does right or wrong; and as the square of the wait grows by about twice that, it
 * explains nearly all of the variance of the mean wait. */
static inline void mm1_count(struct mm1 *queue, const struct mm1_customer *customer)
{
    double wait = customer->claim.granted_at - customer->claim.asked_at;
    double usual = 1.0 - 1.0 / queue->load;
    queue->control += wait * (customer->service_min - customer->gap_min - usual);
}

static inline void mm1_customer_body(struct process *self, void *world)
{
    struct mm1_customer *customer = (struct mm1_customer *)(void *)self;
    struct mm1 *queue = world;

    PROCESS_BEGIN(self);
    resource_ask(&queue->server, &customer->claim, self, queue->calendar, 0);
    PROCESS_AWAIT(self, &customer->claim);
    mm1_count(queue, customer);
    PROCESS_HOLD(self, queue->calendar, customer->service_min);
    resource_release(&queue->server, &customer->claim, queue->calendar);
    customer->next_free = queue->free;
    queue->free = customer;
    PROCESS_END(self);
}

static inline void mm1_arrive(struct mm1 *queue, double service_min)
{
    struct mm1_customer *customer = queue->free;
    if (!customer) { /* 4096 inside at a load of 0.9: never; the caller sees it */
        calendar_stop(queue->calendar);
        return;
    }
    queue->free = customer->next_free;
    queue->last = customer;
    customer->service_min = service_min;
    customer->gap_min = 0.0;
    process_start(&customer->process, queue->calendar, mm1_customer_body,
                  calendar_now(queue->calendar), 0);
}

/* One block is the luck of two customers: gap, service, gap, service. */
static inline void mm1_arrivals_body(struct process *self, void *world)
{
    struct mm1 *queue = world;
    double draw;

    PROCESS_BEGIN(self);
    for (queue->arrived = 0; queue->arrived < queue->customers; queue->arrived++) {
        if (queue->arrived == queue->warm_up) {
            resource_reset_statistics(&queue->server, calendar_now(queue->calendar));
            queue->control = 0.0;
        }
        if (queue->arrived % 2 == 0)
            stream_block(&queue->stream, 1, queue->arrived / 2, queue->uniform);
        draw = variate_exponential(queue->uniform[2 * (queue->arrived % 2)], 1.0 / queue->load);
        if (queue->last)
            queue->last->gap_min = draw;
        PROCESS_HOLD(self, queue->calendar, draw);
        draw = variate_exponential(queue->uniform[2 * (queue->arrived % 2) + 1], 1.0);
        mm1_arrive(queue, draw);
    }
    PROCESS_END(self);
}

/* Runs it to the last departure. False: memory ran out, or more than the pool were inside. */
static inline bool mm1_run(struct mm1 *queue, struct calendar *calendar, uint64_t replication,
                           double load, uint64_t customers, uint64_t warm_up)
{
    calendar_clear(calendar);
    queue->calendar = calendar;
    queue->stream = (struct stream){.seed = 1, .replication = replication, .domain = 1};
    queue->load = load;
    queue->customers = customers;
    queue->warm_up = warm_up;
    queue->last = NULL;
    queue->free = NULL;
    for (size_t i = 0; i < sizeof queue->pool / sizeof queue->pool[0]; i++) {
        queue->pool[i] = (struct mm1_customer){.next_free = queue->free};
        queue->free = &queue->pool[i];
    }
    resource_init(&queue->server, 1, 0.0);
    process_start(&queue->arrivals, calendar, mm1_arrivals_body, 0.0, 0);
    return process_run(calendar, queue, INFINITY) && !calendar_stopped(calendar);
}

#endif
