/*
 * A calendar queue (Brown, "Calendar queues: a fast O(1) priority queue implementation for the
 * simulation event set problem", Communications of the ACM 31(10), 1988): the rival that the
 * calendar is measured against. Days of a fixed width in a year of a fixed number of days, each a
 * list in order of time. It is told the right width and year beforehand and never finds them out
 * nor changes them, so it is faster here than it would be in use.
 */
#ifndef BENCH_RIVALS_CALENDAR_QUEUE_H
#define BENCH_RIVALS_CALENDAR_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

struct calendar_queue_event {
    struct calendar_queue_event *next;
    double time;
};

struct calendar_queue {
    struct calendar_queue_event **day; /* the first event of each */
    uint64_t days;                     /* in a year: a power of two */
    double per_width;                  /* 1 / width of a day */
    uint64_t today;                    /* counted from time 0, not from the year's beginning */
    double now;
};

/* `rate`: events per unit of time; `pending`: at once. */
static inline bool calendar_queue_init(struct calendar_queue *queue, size_t pending, double rate)
{
    uint64_t days = 2;
    while (days < pending)
        days *= 2;
    *queue = (struct calendar_queue){
        .day = calloc(days, sizeof *queue->day), .days = days, .per_width = rate / 2.0};
    return queue->day != NULL;
}

static inline void calendar_queue_fini(struct calendar_queue *queue)
{
    free(queue->day);
}

/* Behind those of the same time. */
static inline void calendar_queue_push(struct calendar_queue *queue,
                                       struct calendar_queue_event *event, double time)
{
    uint64_t day = (uint64_t)(time * queue->per_width);
    struct calendar_queue_event **link = &queue->day[day & (queue->days - 1)];
    while (*link && (*link)->time <= time)
        link = &(*link)->next;
    event->time = time;
    event->next = *link;
    *link = event;
}

/* There must be one. */
static inline struct calendar_queue_event *calendar_queue_pop(struct calendar_queue *queue)
{
    for (;; queue->today++) {
        struct calendar_queue_event **link = &queue->day[queue->today & (queue->days - 1)];
        struct calendar_queue_event *event = *link;
        if (event && (uint64_t)(event->time * queue->per_width) == queue->today) {
            *link = event->next;
            queue->now = event->time;
            return event;
        }
    }
}

#endif
