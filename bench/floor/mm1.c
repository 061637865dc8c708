#include "bench/mm1.h"

#include <math.h>
#include <stdlib.h>

#include "bench/floor/heap.h"

enum { FIFO = 1 << 12 };

struct queue {
    struct floor_heap heap;
    struct mm1_draws draws;
    uint64_t to_come;
    uint64_t inside;
    /* Only when checking: */
    uint64_t arrived, served;
    double wait_min;
    double arrived_min[FIFO];
};

static floor_callback arrive, depart, arrive_checked, depart_checked;

static inline void serve(struct queue *queue, bool check)
{
    double service_min = sampler_exponential(&queue->draws.service, 1.0);
    if (check)
        queue->wait_min += queue->heap.now - queue->arrived_min[queue->served++ % FIFO];
    floor_heap_push(&queue->heap, queue->heap.now + service_min, 0, check ? depart_checked : depart,
                    NULL);
}

static inline void expect(struct queue *queue, bool check)
{
    double gap_min = sampler_exponential(&queue->draws.gap, queue->draws.mean_gap_min);
    queue->to_come--;
    floor_heap_push(&queue->heap, queue->heap.now + gap_min, 0, check ? arrive_checked : arrive,
                    NULL);
}

static inline void on_arrival(struct queue *queue, bool check)
{
    if (check) {
        assert(queue->inside < FIFO);
        queue->arrived_min[queue->arrived++ % FIFO] = queue->heap.now;
    }
    if (queue->inside++ == 0)
        serve(queue, check);
    if (queue->to_come > 0)
        expect(queue, check);
}

static inline void on_departure(struct queue *queue, bool check)
{
    if (--queue->inside > 0)
        serve(queue, check);
}

static void arrive(void *world, void *subject)
{
    (void)subject;
    on_arrival(world, false);
}

static void depart(void *world, void *subject)
{
    (void)subject;
    on_departure(world, false);
}

static void arrive_checked(void *world, void *subject)
{
    (void)subject;
    on_arrival(world, true);
}

static void depart_checked(void *world, void *subject)
{
    (void)subject;
    on_departure(world, true);
}

static bool run(const struct mm1_task *task, struct mm1_outcome *outcome, bool check)
{
    struct queue *queue = calloc(1, sizeof *queue);
    bool ok = queue && floor_heap_init(&queue->heap, 8);
    if (ok) {
        floor_heap_clear(&queue->heap);
        queue->draws = mm1_draws(task);
        queue->to_come = task->customers;
        expect(queue, check);
        floor_heap_run(&queue->heap, queue);
        *outcome = (struct mm1_outcome){
            .end_min = queue->heap.now,
            .wait_min = check ? queue->wait_min / (double)task->customers : NAN};
        floor_heap_fini(&queue->heap);
    }
    free(queue);
    return ok;
}

bool mm1_floor(const struct mm1_task *task, struct mm1_outcome *outcome)
{
    return run(task, outcome, false);
}

bool mm1_floor_checked(const struct mm1_task *task, struct mm1_outcome *outcome)
{
    return run(task, outcome, true);
}
