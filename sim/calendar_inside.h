/*
 * The inside of the calendar, for the files of sim/ that run on the path of every event; everybody
 * else uses sim/calendar.h. Inline, because a call and its spilled registers cost as much as what
 * is done here for a small heap.
 *
 * A 4-ary heap of (key, event). While an event happens, the entry that it left at the top stays
 * vacant: most events schedule one other, which then sinks from the top at once, in place of the
 * last entry sinking first and the new one rising afterwards.
 */
#ifndef SIM_CALENDAR_INSIDE_H
#define SIM_CALENDAR_INSIDE_H

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "sim/calendar.h"

/* Time bits (64), priority made unsigned (16), order of scheduling (48), most significant first.
 * The bits of doubles that are not negative rise with their value (IEEE 754). */
__extension__ typedef unsigned __int128 calendar_key;

struct calendar_entry {
    calendar_key key;
    struct event *event;
};

struct calendar {
    struct calendar_entry *heap; /* children of i: 4i + 1 to 4i + 4 */
    size_t count;                /* entries, that at the top included when it is vacant */
    uint64_t order;              /* the next one */
    double now;                  /* minutes */
    bool vacant;                 /* the event of the top entry is what happens now */
    bool stopped;
    bool failed;
    size_t room;
    void *memory; /* what the heap stands in */
};

enum { CALENDAR_ARITY = 4, CALENDAR_ORDER_BITS = 48 };

static inline uint64_t calendar_time_to_bits(double time)
{
    uint64_t bits;
    time += 0.0; /* -0.0 becomes 0.0; its bits would be the greatest of all */
    memcpy(&bits, &time, sizeof bits);
    return bits;
}

static inline double calendar_key_time(calendar_key key)
{
    uint64_t bits = (uint64_t)(key >> 64);
    double time;
    memcpy(&time, &bits, sizeof time);
    return time;
}

static inline calendar_key calendar_make_key(struct calendar *calendar, double time, int priority)
{
    const uint64_t infinite = UINT64_C(0x7ff0000000000000);
    uint64_t bits = calendar_time_to_bits(time);
    assert(time >= calendar->now && bits < infinite);
    assert(priority >= CALENDAR_PRIORITY_MIN && priority <= CALENDAR_PRIORITY_MAX);
    assert(calendar->order >> CALENDAR_ORDER_BITS == 0);
    uint64_t biased = (uint64_t)(priority - CALENDAR_PRIORITY_MIN);
    return (calendar_key)bits << 64 | (biased << CALENDAR_ORDER_BITS | calendar->order++);
}

static inline void calendar_put(struct calendar_entry *heap, size_t at, calendar_key key,
                                struct event *event)
{
    heap[at].key = key;
    heap[at].event = event;
    event->position = at + 1;
}

/* Puts an entry into the hole at `at` or above it. */
static inline void calendar_sift_up(struct calendar *calendar, size_t at, calendar_key key,
                                    struct event *event)
{
    struct calendar_entry *heap = calendar->heap;
    while (at > 0) {
        size_t parent = (at - 1) / CALENDAR_ARITY;
        if (heap[parent].key < key)
            break;
        calendar_put(heap, at, heap[parent].key, heap[parent].event);
        at = parent;
    }
    calendar_put(heap, at, key, event);
}

/* The first in order of four children: two rounds without a branch to guess. */
static inline size_t calendar_first_of_four(const struct calendar_entry *heap, size_t child)
{
    size_t a = child + (heap[child + 1].key < heap[child].key);
    size_t b = child + 2 + (heap[child + 3].key < heap[child + 2].key);
    return heap[b].key < heap[a].key ? b : a;
}

/* Puts an entry into the hole at `at` or below it. */
void calendar_sift_down(struct calendar *calendar, size_t at, calendar_key key,
                        struct event *event);

/* The same from the top, inline as far as a handful of entries goes: the registers that the whole
 * needs are not saved for them. */
static inline void calendar_sift_down_top(struct calendar *calendar, calendar_key key,
                                          struct event *event)
{
    struct calendar_entry *heap = calendar->heap;
    if (calendar->count > 2) {
        calendar_sift_down(calendar, 0, key, event);
    } else if (calendar->count == 2 && heap[1].key < key) {
        calendar_put(heap, 0, heap[1].key, heap[1].event);
        calendar_put(heap, 1, key, event);
    } else {
        calendar_put(heap, 0, key, event);
    }
}

/* Adds an entry at the end of the heap and lets it rise; grows the heap first if it is full. */
void calendar_push(struct calendar *calendar, calendar_key key, struct event *event);

/* The last entry takes the vacant place at the top and sinks. */
void calendar_close_top(struct calendar *calendar);

/* calendar_schedule(), inline. */
static inline void calendar_insert(struct calendar *calendar, struct event *event, double time,
                                   int priority)
{
    assert(!event_is_scheduled(event));
    calendar_key key = calendar_make_key(calendar, time, priority);
    if (calendar->vacant) {
        calendar->vacant = false;
        calendar_sift_down_top(calendar, key, event);
    } else {
        calendar_push(calendar, key, event);
    }
}

/* calendar_next_by(), inline. */
static inline struct event *calendar_take_first(struct calendar *calendar, double until)
{
    if (calendar->stopped || calendar->failed)
        return NULL;
    if (calendar->vacant)
        calendar_close_top(calendar);
    const struct calendar_entry *top = calendar->heap;
    double time = calendar->count > 0 ? calendar_key_time(top->key) : INFINITY;
    if (calendar->count == 0 || time > until) {
        if (until < INFINITY)
            calendar->now = until;
        return NULL;
    }
    calendar->now = time;
    calendar->vacant = true;
    top->event->position = 0;
    return top->event;
}

#endif
