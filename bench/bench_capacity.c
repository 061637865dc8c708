/*
 * The published capacity model of bench/capacity.h, milliseconds a replication of eight years:
 * through the public API, beside its floor and SimPy. Fails when the two do not find the same
 * occupancy on every audited day, or when its mean is not what theory says.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/capacity.h"
#include "bench/driver.h"
#include "bench/measure.h"
#include "bench/peer.h"

enum { REPLICATIONS = 100 };

struct bench {
    struct capacity_world *world;
    struct capacity_floor *floor;
    struct capacity_outcome outcome[REPLICATIONS];
    struct capacity_outcome floor_outcome[REPLICATIONS];
};

static double run_process(void *context)
{
    struct bench *bench = context;
    double start = measure_cpu_s();
    for (uint64_t i = 0; i < REPLICATIONS; i++)
        if (!capacity_run(bench->world, i + 1, &bench->outcome[i]))
            return -1.0;
    return measure_cpu_s() - start;
}

static double run_floor(void *context)
{
    struct bench *bench = context;
    double start = measure_cpu_s();
    for (uint64_t i = 0; i < REPLICATIONS; i++)
        if (!capacity_floor_run(bench->floor, i + 1, &bench->floor_outcome[i]))
            return -1.0;
    return measure_cpu_s() - start;
}

static bool same_outcome(const struct bench *bench)
{
    bool same = true;
    for (unsigned i = 0; i < REPLICATIONS; i++)
        same = same && bench->outcome[i].patients == bench->floor_outcome[i].patients &&
               memcmp(bench->outcome[i].days, bench->floor_outcome[i].days,
                      sizeof bench->outcome[i].days) == 0;
    if (!same)
        fputs("capacity: the floor finds another occupancy\n", stderr);
    return same;
}

/* With unlimited beds the mean is what arrives times how long it stays (Little). */
static bool as_theory_says(const struct bench *bench)
{
    static const double theory[UNITS] = {8.145511, 9.718199};
    bool ok = true;
    for (unsigned unit = 0; unit < UNITS; unit++) {
        double sum = 0.0;
        for (unsigned i = 0; i < REPLICATIONS; i++)
            sum += capacity_mean_inside(&bench->outcome[i], unit);
        ok = measure_agree("capacity, mean beds occupied and theory", sum / REPLICATIONS,
                           theory[unit], 0.03) &&
             ok;
    }
    return ok;
}

static bool run_all(struct bench *bench)
{
    struct peer peer = {"capacity_simpy3.py 1", .items = 1};
    struct candidate candidate[] = {
        {.variant = "floor", .run = run_floor, .context = bench, .items = REPLICATIONS},
        {.variant = "process-per-patient",
         .run = run_process,
         .context = bench,
         .items = REPLICATIONS,
         .floor = &candidate[0]},
        {.variant = "simpy-process-per-patient",
         .run = peer_run,
         .context = &peer,
         .items = peer.items,
         .floor = &candidate[0]},
    };
    bool with_peer = peer_is_here();
    struct contest contest = {.benchmark = "capacity",
                              .unit = "ms/replication",
                              .a_second = 1e3,
                              .candidate = candidate,
                              .count = with_peer ? 3 : 2};
    if (!measure(&contest) || !same_outcome(bench) || !as_theory_says(bench))
        return false;
    measure_print(&contest);
    if (with_peer)
        measure_row("capacity", "simpy-over-process-per-patient",
                    measure_ratio(&contest, &candidate[2], &candidate[1]), "times", NAN, NAN);
    return true;
}

static bool run_one(struct bench *bench, const struct selection *driver)
{
    bool ok = true;
    bool floor = strcmp(driver->only, "floor") == 0;
    if (!floor && strcmp(driver->only, "process-per-patient") != 0) {
        fprintf(stderr, "capacity: no variant %s\n", driver->only);
        return false;
    }
    for (uint64_t i = 1; ok && i <= driver->items; i++)
        ok = floor ? capacity_floor_run(bench->floor, i, &bench->floor_outcome[0])
                   : capacity_run(bench->world, i, &bench->outcome[0]);
    return ok;
}

int main(int argc, char *argv[])
{
    static struct bench bench;
    struct capacity_model model;
    struct selection driver;
    if (!driver_read(&driver, argc, argv))
        return EXIT_FAILURE;
    capacity_model_init(&model);
    bench.world = capacity_new(&model);
    bench.floor = capacity_floor_new(&model);
    bool ok =
        bench.world && bench.floor && (driver.only ? run_one(&bench, &driver) : run_all(&bench));
    capacity_free(bench.world);
    capacity_floor_free(bench.floor);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
