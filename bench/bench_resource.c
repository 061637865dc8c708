/*
 * What a resource costs, nanoseconds for asking and releasing once, with its statistics on and the
 * clock moving in between: beside a bare counter, which is what remains when nobody queues, nothing
 * is counted and nobody is told.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bench/floor/loops.h"
#include "bench/measure.h"
#include "sim/calendar.h"
#include "sim/resource.h"

enum { PAIRS = 200000, CLAIMS = 8 };

struct bench {
    struct calendar *calendar;
    struct resource resource;
    struct claim claim[CLAIMS];
};

static double bare_counter(void *context)
{
    (void)context;
    return floor_counter(PAIRS);
}

/* Moves the clock of an empty calendar: part of what the others take. */
static void tick(struct bench *bench)
{
    calendar_next_by(bench->calendar, calendar_now(bench->calendar) + 1.0);
}

static double clock_alone(void *context)
{
    struct bench *bench = context;
    double start = measure_cpu_s();
    for (int i = 0; i < PAIRS; i++)
        tick(bench);
    return measure_cpu_s() - start;
}

/* Puts `waiting` claims behind the one that holds the only unit. */
static void prepare(struct bench *bench, int waiting)
{
    calendar_clear(bench->calendar);
    resource_init(&bench->resource, 1, 0.0);
    for (int i = 0; i < CLAIMS; i++)
        bench->claim[i] = (struct claim){0};
    for (int i = 0; i <= waiting && waiting > 0; i++)
        resource_ask(&bench->resource, &bench->claim[i], NULL, bench->calendar, 0);
}

static bool all_released(const struct bench *bench)
{
    struct resource_summary summary =
        resource_summarise(&bench->resource, calendar_now(bench->calendar));
    return summary.released == PAIRS && resource_check(&bench->resource);
}

static double uncontended(void *context)
{
    struct bench *bench = context;
    prepare(bench, 0);
    double start = measure_cpu_s();
    for (int i = 0; i < PAIRS; i++) {
        tick(bench);
        resource_ask(&bench->resource, &bench->claim[0], NULL, bench->calendar, 0);
        resource_release(&bench->resource, &bench->claim[0], bench->calendar);
    }
    double spent = measure_cpu_s() - start;
    return all_released(bench) ? spent : -1.0;
}

/* All claims but the holder's queue: each release grants the next, and the released asks again. */
static double contended(void *context)
{
    struct bench *bench = context;
    prepare(bench, CLAIMS - 1);
    double start = measure_cpu_s();
    for (int i = 0; i < PAIRS; i++) {
        struct claim *claim = &bench->claim[i % CLAIMS];
        tick(bench);
        resource_release(&bench->resource, claim, bench->calendar);
        resource_ask(&bench->resource, claim, NULL, bench->calendar, 0);
    }
    double spent = measure_cpu_s() - start;
    return all_released(bench) ? spent : -1.0;
}

int main(void)
{
    static struct bench bench;
    bench.calendar = calendar_new(1);
    if (!bench.calendar)
        return EXIT_FAILURE;
    struct candidate candidate[] = {
        {"floor", bare_counter, NULL, PAIRS, NULL, {0}},
        {"clock alone", clock_alone, &bench, PAIRS, NULL, {0}},
        {"uncontended", uncontended, &bench, PAIRS, &candidate[0], {0}},
        {"contended", contended, &bench, PAIRS, &candidate[0], {0}},
    };
    struct contest contest = {.benchmark = "resource",
                              .unit = "ns/ask and release",
                              .a_second = 1e9,
                              .candidate = candidate,
                              .count = 4};
    bool ok = measure(&contest);
    if (ok)
        measure_print(&contest);
    calendar_free(bench.calendar);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
