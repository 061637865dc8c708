/*
 * What two threads of one process reach of two processes of one thread each, run at once: those
 * share nothing but the machine, so they are the most that it can give. Replications of the
 * capacity model; the clock is the one on the wall, and the two ways take turns.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "bench/capacity.h"
#include "bench/measure.h"
#include "sim/replicate.h"

enum { THREADS = 2, REPLICATIONS = 400 };

struct bench {
    struct capacity_world *world[THREADS]; /* one a worker */
    struct replicate_pool *alone;
    struct replicate_pool *pair;
    struct capacity_outcome outcome[REPLICATIONS];
};

static bool run_replication(void *shared, unsigned worker, uint64_t replication, void *result)
{
    struct bench *bench = shared;
    return capacity_run(bench->world[worker], replication, result);
}

static bool run_share(struct bench *bench, struct replicate_pool *pool, uint64_t first,
                      uint64_t count)
{
    const struct replicate_job job = {.run = run_replication,
                                      .shared = bench,
                                      .first = first,
                                      .count = count,
                                      .results = &bench->outcome[first - 1],
                                      .size = sizeof bench->outcome[0]};
    return replicate_run(pool, &job, NULL) == count;
}

static double two_threads(void *context)
{
    struct bench *bench = context;
    double start = measure_wall_s();
    if (!run_share(bench, bench->pair, 1, REPLICATIONS))
        return -1.0;
    return measure_wall_s() - start;
}

static bool run_half(void *context, unsigned share)
{
    struct bench *bench = context;
    const uint64_t count = REPLICATIONS / THREADS;
    return run_share(bench, bench->alone, 1 + share * count, count);
}

static double two_processes(void *context)
{
    return measure_processes(THREADS, run_half, context);
}

static bool run_all(struct bench *bench)
{
    struct candidate candidate[] = {
        {"two-processes", two_processes, bench, REPLICATIONS, NULL, {0}},
        {"two-threads", two_threads, bench, REPLICATIONS, &candidate[0], {0}},
    };
    struct contest contest = {.benchmark = "threads",
                              .unit = "ms/replication",
                              .a_second = 1e3,
                              .candidate = candidate,
                              .count = 2};
    if (!measure(&contest))
        return false;
    measure_print(&contest);
    measure_row("threads", "share-of-two-processes",
                measure_ratio(&contest, &candidate[0], &candidate[1]), "times", NAN, NAN);
    return true;
}

int main(void)
{
    static struct bench bench;
    struct capacity_model model;
    if (sysconf(_SC_NPROCESSORS_ONLN) < THREADS) {
        fputs("threads: one processor is not enough to tell\n", stderr);
        return EXIT_SUCCESS;
    }
    capacity_model_init(&model);
    bool ok = true;
    for (unsigned i = 0; i < THREADS; i++) {
        bench.world[i] = capacity_new(&model);
        ok = ok && bench.world[i];
    }
    bench.alone = replicate_pool_new(1);
    bench.pair = replicate_pool_new(THREADS);
    ok = ok && bench.alone && bench.pair && run_all(&bench);
    replicate_pool_free(bench.pair);
    replicate_pool_free(bench.alone);
    for (unsigned i = 0; i < THREADS; i++)
        capacity_free(bench.world[i]);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
