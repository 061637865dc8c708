/*
 * What the engine costs: nanoseconds a customer, an event, a draw. Prints CSV rows without a
 * header: benchmark,variant,value,unit,floor,ratio, the last two empty. Each figure is the least of
 * several runs, since whatever disturbs a run only ever makes it longer.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "sim/calendar.h"
#include "sim/stream.h"
#include "sim/variate.h"
#include "tests/sim/mm1.h"

enum { ROUNDS = 5 };

static double now_ns(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static void print_row(const char *benchmark, const char *variant, double value, const char *unit)
{
    printf("%s,%s,%.4g,%s,,\n", benchmark, variant, value, unit);
}

/* Where results go, so that the compiler cannot leave the work out. */
static volatile double sink;

static bool bench_mm1(void)
{
    const uint64_t customers = 500000;
    struct calendar *calendar = calendar_new(16);
    struct mm1 *queue = malloc(sizeof *queue);
    bool ok = calendar && queue;
    double least = INFINITY;
    for (int round = 0; ok && round < ROUNDS; round++) {
        double start = now_ns();
        ok = mm1_run(queue, calendar, 1, 0.9, customers, 0);
        least = fmin(least, (now_ns() - start) / (double)customers);
    }
    if (ok)
        print_row("mm1", "process-per-customer", least, "ns/customer");
    free(queue);
    calendar_free(calendar);
    return ok;
}

/* The hold model: the first event is taken and put back an exponential time later. The times are
 * drawn beforehand, so that only the calendar is measured. */
static bool bench_hold(size_t pending)
{
    enum { DRAWS = 4096 };
    static double draw[DRAWS];
    const struct stream stream = {.seed = 1, .replication = 1};
    const size_t events = 500000;
    struct calendar *calendar = calendar_new(pending);
    struct event *event = calloc(pending, sizeof *event);
    bool ok = calendar && event;
    double least = INFINITY;

    for (size_t i = 0; i < DRAWS; i += STREAM_LANES) {
        stream_block(&stream, 1, i, &draw[i]);
        for (size_t lane = 0; lane < STREAM_LANES; lane++)
            draw[i + lane] = variate_exponential(draw[i + lane], 1.0);
    }
    for (size_t i = 0; ok && i < pending; i++)
        calendar_schedule(calendar, &event[i], draw[i % DRAWS] * (double)(1 + i / DRAWS % 7), 0);
    for (int round = 0; ok && round < ROUNDS; round++) {
        double start = now_ns();
        for (size_t i = 0; i < events; i++) {
            struct event *next = calendar_next(calendar);
            calendar_schedule(calendar, next, calendar_now(calendar) + draw[i % DRAWS], 0);
        }
        least = fmin(least, (now_ns() - start) / (double)events);
    }
    char variant[32];
    snprintf(variant, sizeof variant, "pending=%zu", pending);
    if (ok)
        print_row("calendar-hold", variant, least, "ns/event");
    free(event);
    calendar_free(calendar);
    return ok;
}

static void bench_draws(void)
{
    const struct stream stream = {.seed = 1, .replication = 1};
    const uint64_t draws = 500000;
    double uniform[STREAM_LANES];
    double block = INFINITY;
    double normal = INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
        double sum = 0.0;
        double start = now_ns();
        for (uint64_t i = 0; i < draws; i++) {
            stream_block(&stream, i, 1, uniform);
            sum += uniform[0] + uniform[3];
        }
        block = fmin(block, (now_ns() - start) / (double)draws);

        start = now_ns();
        for (uint64_t i = 0; i < draws; i++) {
            if (i % STREAM_LANES == 0)
                stream_block(&stream, i, 1, uniform);
            sum += variate_normal(uniform[i % STREAM_LANES]);
        }
        normal = fmin(normal, (now_ns() - start) / (double)draws);
        sink = sum;
    }
    print_row("stream", "block-of-four-uniforms", block, "ns/block");
    print_row("variate", "normal-by-inverse", normal, "ns/draw");
}

int main(void)
{
    bool ok = bench_mm1() && bench_hold(10) && bench_hold(1000) && bench_hold(100000);
    bench_draws();
    if (!ok)
        fputs("bench_sim: out of memory\n", stderr);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
