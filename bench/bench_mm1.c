/*
 * The M/M/1 queue at a load of 0.9, nanoseconds a customer: through the public API, beside its
 * floor and Lindley's recursion, and in SimPy. Fails when they disagree on how long customers wait,
 * or when the floor takes more than five times as long as the recursion: then it is no floor.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/driver.h"
#include "bench/measure.h"
#include "bench/mm1.h"
#include "bench/peer.h"

static const double load = 0.9, most_floor_over_lindley = 5.0;
static const uint64_t customers = 1000000;

struct way {
    const char *variant;
    mm1_run *run;
    bool keeps_waits;
};

static const struct way ways[] = {{"floor", mm1_floor, false},
                                  {"lindley", mm1_lindley, true},
                                  {"process", mm1_process, true},
                                  {"process-per-customer", mm1_process_per_customer, true}};

enum { FLOOR, LINDLEY, PROCESS, PER_CUSTOMER, WAYS, PEERS = 3 };
enum { SIMPY_FASTEST = WAYS, SIMPY_RESOURCE };

static struct peer peers[PEERS] = {
    {"mm1_simpy3.py two-processes 20000 0.9", .items = 20000},
    {"mm1_simpy3.py per-customer 20000 0.9", .items = 20000},
    {"mm1_simpy2.py 20000 0.9", .items = 20000},
};

static const char *const peer_variants[PEERS] = {
    "simpy-two-processes", "simpy-process-per-customer", "simpy2-process-per-customer"};

struct turn {
    const struct way *way;
    struct mm1_task task;
    struct mm1_outcome expected;
};

static double take_turn(void *context)
{
    const struct turn *turn = context;
    struct mm1_outcome outcome;
    double start = measure_cpu_s();
    if (!turn->way->run(&turn->task, &outcome))
        return -1.0;
    double spent = measure_cpu_s() - start;
    bool agree = measure_agree("M/M/1, minute of the last departure", outcome.end_min,
                               turn->expected.end_min, 1e-9);
    if (turn->way->keeps_waits)
        agree =
            measure_agree("M/M/1, mean wait", outcome.wait_min, turn->expected.wait_min, 1e-9) &&
            agree;
    return agree ? spent : -1.0;
}

static void print_times(const struct contest *contest, const char *variant, size_t slow,
                        size_t fast)
{
    measure_row(contest->benchmark, variant,
                measure_ratio(contest, &contest->candidate[slow], &contest->candidate[fast]),
                "times", NAN, NAN);
}

static bool floor_is_low(const struct contest *contest)
{
    double times = measure_ratio(contest, &contest->candidate[FLOOR], &contest->candidate[LINDLEY]);
    if (times <= most_floor_over_lindley)
        return true;
    fprintf(stderr, "M/M/1: a floor of %.3g times the recursion is none: at most %g\n", times,
            most_floor_over_lindley);
    return false;
}

static bool run_all(void)
{
    struct candidate candidate[WAYS + PEERS];
    struct turn turn[WAYS];
    const struct mm1_task task = {load, customers, 1};
    struct mm1_outcome expected;
    if (!mm1_floor_checked(&task, &expected))
        return false;
    for (size_t i = 0; i < WAYS; i++) {
        turn[i] = (struct turn){&ways[i], task, expected};
        candidate[i] = (struct candidate){
            .variant = ways[i].variant,
            .run = take_turn,
            .context = &turn[i],
            .items = (double)customers,
            .floor = i == PROCESS || i == PER_CUSTOMER ? &candidate[FLOOR] : NULL};
    }
    for (size_t i = 0; i < PEERS; i++)
        candidate[WAYS + i] = (struct candidate){.variant = peer_variants[i],
                                                 .run = peer_run,
                                                 .context = &peers[i],
                                                 .items = peers[i].items,
                                                 .floor = &candidate[FLOOR]};
    bool with_peers = peer_is_here();
    struct contest contest = {.benchmark = "mm1",
                              .unit = "ns/customer",
                              .a_second = 1e9,
                              .candidate = candidate,
                              .count = with_peers ? WAYS + PEERS : WAYS};
    if (!measure(&contest))
        return false;
    measure_print(&contest);
    print_times(&contest, "floor-over-lindley", FLOOR, LINDLEY);
    if (with_peers) {
        print_times(&contest, "simpy-over-process", SIMPY_RESOURCE, PROCESS);
        print_times(&contest, "simpy-over-process-per-customer", SIMPY_RESOURCE, PER_CUSTOMER);
        print_times(&contest, "fastest-simpy-over-process", SIMPY_FASTEST, PROCESS);
    }
    return floor_is_low(&contest);
}

static bool run_one(const struct selection *driver)
{
    const struct mm1_task task = {load, driver->items, 1};
    struct mm1_outcome outcome;
    for (size_t i = 0; i < WAYS; i++)
        if (strcmp(driver->only, ways[i].variant) == 0)
            return ways[i].run(&task, &outcome);
    fprintf(stderr, "M/M/1: no variant %s\n", driver->only);
    return false;
}

int main(int argc, char *argv[])
{
    struct selection driver;
    if (!driver_read(&driver, argc, argv))
        return EXIT_FAILURE;
    return (driver.only ? run_one(&driver) : run_all()) ? EXIT_SUCCESS : EXIT_FAILURE;
}
