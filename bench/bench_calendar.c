/*
 * What the calendar costs by how many events are pending, nanoseconds an event. The hold model: the
 * first event is taken and put back an exponential time later, drawn beforehand so that only the
 * list is measured. The calendar (a heap of four children that can cancel) runs beside its floor, a
 * bare binary heap, and beside a calendar queue that is told the right width. Fails when their
 * clocks differ in the end: then they took events in different orders.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench/floor/heap.h"
#include "bench/measure.h"
#include "bench/rivals/calendar_queue.h"
#include "sim/calendar.h"
#include "sim/sampler.h"

enum { DRAWS = 1 << 14, PICKS = 1 << 17, HOLDS = 100000, CHANGES = 100000 };

struct bench {
    double draw[DRAWS];
    uint32_t
        which[PICKS]; /* of the pending events, for cancelling: many, lest they stay in cache */
    size_t pending;
    struct calendar *calendar;
    struct event *event;
    struct floor_heap heap;
    struct calendar_queue queue;
    struct calendar_queue_event *queued;
};

static double hold_calendar(void *context)
{
    struct bench *bench = context;
    double start = measure_cpu_s();
    for (size_t i = 0; i < HOLDS; i++) {
        struct event *next = calendar_next(bench->calendar);
        calendar_schedule(bench->calendar, next,
                          calendar_now(bench->calendar) + bench->draw[i % DRAWS], 0);
    }
    return measure_cpu_s() - start;
}

static double hold_floor(void *context)
{
    struct bench *bench = context;
    double start = measure_cpu_s();
    for (size_t i = 0; i < HOLDS; i++) {
        struct floor_entry next = floor_heap_pop(&bench->heap);
        floor_heap_push(&bench->heap, bench->heap.now + bench->draw[i % DRAWS], 0, next.call,
                        next.subject);
    }
    return measure_cpu_s() - start;
}

static double hold_queue(void *context)
{
    struct bench *bench = context;
    double start = measure_cpu_s();
    for (size_t i = 0; i < HOLDS; i++) {
        struct calendar_queue_event *next = calendar_queue_pop(&bench->queue);
        calendar_queue_push(&bench->queue, next, bench->queue.now + bench->draw[i % DRAWS]);
    }
    return measure_cpu_s() - start;
}

static double cancel(void *context)
{
    struct bench *bench = context;
    double start = measure_cpu_s();
    for (size_t i = 0; i < CHANGES; i++) {
        struct event *event = &bench->event[bench->which[i % PICKS]];
        calendar_cancel(bench->calendar, event);
        calendar_schedule(bench->calendar, event,
                          calendar_now(bench->calendar) + bench->draw[i % DRAWS], 0);
    }
    return measure_cpu_s() - start;
}

static double reschedule(void *context)
{
    struct bench *bench = context;
    double start = measure_cpu_s();
    for (size_t i = 0; i < CHANGES; i++)
        calendar_reschedule(bench->calendar, &bench->event[bench->which[i % PICKS]],
                            calendar_now(bench->calendar) + bench->draw[i % DRAWS], 0);
    return measure_cpu_s() - start;
}

static bool fill(struct bench *bench, size_t pending)
{
    struct sampler sampler;
    const struct stream stream = {.seed = 1, .replication = pending, .domain = 3};
    sampler_init(&sampler, &stream, 1);
    bench->pending = pending;
    bench->calendar = calendar_new(pending);
    bench->event = calloc(pending, sizeof *bench->event);
    bench->queued = calloc(pending, sizeof *bench->queued);
    bool heap = floor_heap_init(&bench->heap, pending);
    bool queue = calendar_queue_init(&bench->queue, pending, (double)pending);
    if (!bench->calendar || !bench->event || !bench->queued || !heap || !queue)
        return false;
    floor_heap_clear(&bench->heap);
    for (size_t i = 0; i < DRAWS; i++)
        bench->draw[i] = sampler_exponential(&sampler, 1.0);
    for (size_t i = 0; i < PICKS; i++)
        bench->which[i] = (uint32_t)(sampler_bits(&sampler) % pending);
    for (size_t i = 0; i < pending; i++) {
        double time = sampler_exponential(&sampler, 1.0);
        calendar_schedule(bench->calendar, &bench->event[i], time, 0);
        floor_heap_push(&bench->heap, time, 0, NULL, NULL);
        calendar_queue_push(&bench->queue, &bench->queued[i], time);
    }
    return true;
}

static void empty(struct bench *bench)
{
    calendar_free(bench->calendar);
    free(bench->event);
    free(bench->queued);
    floor_heap_fini(&bench->heap);
    calendar_queue_fini(&bench->queue);
}

static bool bench_hold(struct bench *bench)
{
    char benchmark[48];
    struct candidate candidate[] = {
        {.variant = "floor", .run = hold_floor, .context = bench, .items = HOLDS},
        {.variant = "calendar",
         .run = hold_calendar,
         .context = bench,
         .items = HOLDS,
         .floor = &candidate[0]},
        {.variant = "calendar-queue",
         .run = hold_queue,
         .context = bench,
         .items = HOLDS,
         .floor = &candidate[0]},
    };
    snprintf(benchmark, sizeof benchmark, "hold pending=%zu", bench->pending);
    struct contest contest = {.benchmark = benchmark,
                              .unit = "ns/event",
                              .a_second = 1e9,
                              .candidate = candidate,
                              .count = 3};
    if (!measure(&contest))
        return false;
    measure_print(&contest);
    return measure_agree("hold model, clock of the floor", calendar_now(bench->calendar),
                         bench->heap.now, 0.0) &&
           measure_agree("hold model, clock of the calendar queue", calendar_now(bench->calendar),
                         bench->queue.now, 0.0);
}

static bool bench_changes(struct bench *bench)
{
    char benchmark[48];
    struct candidate candidate[] = {
        {.variant = "cancel and schedule", .run = cancel, .context = bench, .items = CHANGES},
        {.variant = "reschedule", .run = reschedule, .context = bench, .items = CHANGES},
    };
    snprintf(benchmark, sizeof benchmark, "change pending=%zu", bench->pending);
    struct contest contest = {.benchmark = benchmark,
                              .unit = "ns/event",
                              .a_second = 1e9,
                              .candidate = candidate,
                              .count = 2};
    if (!measure(&contest))
        return false;
    measure_print(&contest);
    return true;
}

int main(void)
{
    static const size_t sizes[] = {10, 100, 1000, 10000, 100000, 1000000};
    static struct bench bench;
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof sizes / sizeof sizes[0]; i++) {
        ok = fill(&bench, sizes[i]);
        if (!ok)
            fputs("bench_calendar: out of memory\n", stderr);
        ok = ok && bench_hold(&bench) && bench_changes(&bench);
        empty(&bench);
    }
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
