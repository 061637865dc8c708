/*
 * The M/M/1 queue in every way that is measured: through the public API in two ways, as bare
 * callbacks (bench/floor/), and by Lindley's recursion. All draw the same gaps from one sampler and
 * the same services from another, in the order of arrival, so all customers wait as long in each.
 * The mean service takes one minute.
 */
#ifndef BENCH_MM1_H
#define BENCH_MM1_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/sampler.h"

struct mm1_task {
    double load;
    uint64_t customers;
    uint64_t replication;
};

/* What must be the same whichever way it was found. */
struct mm1_outcome {
    double end_min;  /* when the last customer left */
    double wait_min; /* mean wait; NaN where it is not kept */
};

struct mm1_draws {
    struct sampler gap;
    struct sampler service;
    double mean_gap_min;
};

static inline struct mm1_draws mm1_draws(const struct mm1_task *task)
{
    const struct stream stream = {.seed = 1, .replication = task->replication, .domain = 1};
    struct mm1_draws draws = {.mean_gap_min = 1.0 / task->load};
    sampler_init(&draws.gap, &stream, 1);
    sampler_init(&draws.service, &stream, 2);
    return draws;
}

/* False: out of memory, or more inside than there was room for. */
typedef bool mm1_run(const struct mm1_task *task, struct mm1_outcome *outcome);

/* A process for arrivals, one for service, a resource with its statistics. */
mm1_run mm1_process;
/* A process for arrivals, one for every customer, a resource with its statistics. */
mm1_run mm1_process_per_customer;
/* Two callbacks on a bare heap and a counter; keeps no waits. */
mm1_run mm1_floor;
/* The same, and waits, to prove that it simulates the same queue. */
mm1_run mm1_floor_checked;
/* No events at all: W' = max(0, W + service - gap) (Lindley 1952). */
mm1_run mm1_lindley;

#endif
