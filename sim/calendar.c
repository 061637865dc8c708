#include "sim/calendar.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Time bits (64), priority made unsigned (16), order of scheduling (48), most significant first.
 * The bits of doubles that are not negative rise with their value (IEEE 754). */
__extension__ typedef unsigned __int128 calendar_key;

struct entry {
    calendar_key key;
    struct event *event;
};

struct calendar {
    struct entry *heap; /* children of i: 4i + 1 to 4i + 4 */
    size_t count;
    size_t room;
    uint64_t order; /* the next one */
    double now;
    bool stopped;
    bool failed;
};

enum { ARITY = 4, ORDER_BITS = 48 };

static uint64_t time_to_bits(double time)
{
    uint64_t bits;
    time += 0.0; /* -0.0 becomes 0.0; its bits would be the greatest of all */
    memcpy(&bits, &time, sizeof bits);
    return bits;
}

static double key_time(calendar_key key)
{
    uint64_t bits = (uint64_t)(key >> 64);
    double time;
    memcpy(&time, &bits, sizeof time);
    return time;
}

static calendar_key make_key(struct calendar *calendar, double time, int priority)
{
    assert(time >= calendar->now && time < INFINITY);
    assert(priority >= CALENDAR_PRIORITY_MIN && priority <= CALENDAR_PRIORITY_MAX);
    assert(calendar->order >> ORDER_BITS == 0);
    uint64_t biased = (uint64_t)(priority - CALENDAR_PRIORITY_MIN);
    return (calendar_key)time_to_bits(time) << 64 | biased << ORDER_BITS | calendar->order++;
}

static void put(struct calendar *calendar, size_t at, struct entry entry)
{
    calendar->heap[at] = entry;
    entry.event->position = at + 1;
}

/* Puts `entry` into the hole at `at` or above it. */
static void sift_up(struct calendar *calendar, size_t at, struct entry entry)
{
    while (at > 0) {
        size_t parent = (at - 1) / ARITY;
        if (calendar->heap[parent].key < entry.key)
            break;
        put(calendar, at, calendar->heap[parent]);
        at = parent;
    }
    put(calendar, at, entry);
}

/* The first in order of the four children from `child`: two rounds without a branch to guess. */
static size_t first_of_four(const struct entry *heap, size_t child)
{
    size_t a = child + (heap[child + 1].key < heap[child].key);
    size_t b = child + 2 + (heap[child + 3].key < heap[child + 2].key);
    return heap[b].key < heap[a].key ? b : a;
}

static size_t first_of_some(const struct entry *heap, size_t child, size_t count)
{
    size_t first = child;
    for (size_t i = child + 1; i < count; i++)
        if (heap[i].key < heap[first].key)
            first = i;
    return first;
}

/* Puts `entry` into the hole at `at` or below it. */
static void sift_down(struct calendar *calendar, size_t at, struct entry entry)
{
    const struct entry *heap = calendar->heap;
    size_t count = calendar->count;

    for (size_t child; (child = ARITY * at + 1) < count; at = child) {
        child =
            child + ARITY <= count ? first_of_four(heap, child) : first_of_some(heap, child, count);
        if (entry.key < heap[child].key)
            break;
        put(calendar, at, heap[child]);
    }
    put(calendar, at, entry);
}

/* Fills the hole at `at` with an entry that may belong above or below it. */
static void settle(struct calendar *calendar, size_t at, struct entry entry)
{
    if (at > 0 && entry.key < calendar->heap[(at - 1) / ARITY].key)
        sift_up(calendar, at, entry);
    else
        sift_down(calendar, at, entry);
}

struct calendar *calendar_new(size_t expected)
{
    struct calendar *calendar = calloc(1, sizeof *calendar);
    if (calendar && !calendar_reserve(calendar, expected > 0 ? expected : 1)) {
        free(calendar);
        return NULL;
    }
    return calendar;
}

void calendar_free(struct calendar *calendar)
{
    if (!calendar)
        return;
    free(calendar->heap);
    free(calendar);
}

void calendar_clear(struct calendar *calendar)
{
    for (size_t i = 0; i < calendar->count; i++)
        calendar->heap[i].event->position = 0;
    calendar->count = 0;
    calendar->order = 0;
    calendar->now = 0.0;
    calendar->stopped = false;
    calendar->failed = false;
}

bool calendar_reserve(struct calendar *calendar, size_t events)
{
    if (events <= calendar->room)
        return true;
    if (events > SIZE_MAX / sizeof *calendar->heap)
        return false;
    struct entry *heap = realloc(calendar->heap, events * sizeof *heap);
    if (!heap)
        return false;
    calendar->heap = heap;
    calendar->room = events;
    return true;
}

/* Doubles the heap; false, and failed for good, when there is no memory. */
static bool grow(struct calendar *calendar)
{
    if (!calendar_reserve(calendar, 2 * calendar->room))
        calendar->failed = true;
    return !calendar->failed;
}

void calendar_schedule(struct calendar *calendar, struct event *event, double time, int priority)
{
    assert(!event_is_scheduled(event));
    if (calendar->count == calendar->room && !grow(calendar))
        return;
    struct entry entry = {.key = make_key(calendar, time, priority), .event = event};
    sift_up(calendar, calendar->count++, entry);
}

/* Takes the entry at `at` out of the heap. */
static void take(struct calendar *calendar, size_t at)
{
    calendar->heap[at].event->position = 0;
    struct entry last = calendar->heap[--calendar->count];
    if (at < calendar->count)
        settle(calendar, at, last);
}

void calendar_cancel(struct calendar *calendar, struct event *event)
{
    if (!event_is_scheduled(event))
        return;
    assert(event->position <= calendar->count);
    assert(calendar->heap[event->position - 1].event == event);
    take(calendar, event->position - 1);
}

void calendar_reschedule(struct calendar *calendar, struct event *event, double time, int priority)
{
    if (!event_is_scheduled(event)) {
        calendar_schedule(calendar, event, time, priority);
        return;
    }
    assert(event->position <= calendar->count);
    assert(calendar->heap[event->position - 1].event == event);
    struct entry entry = {.key = make_key(calendar, time, priority), .event = event};
    settle(calendar, event->position - 1, entry);
}

struct event *calendar_next(struct calendar *calendar)
{
    return calendar_next_by(calendar, INFINITY);
}

struct event *calendar_next_by(struct calendar *calendar, double until)
{
    assert(until >= calendar->now);
    if (calendar->stopped || calendar->failed)
        return NULL;
    if (calendar->count == 0 || key_time(calendar->heap[0].key) > until) {
        if (until < INFINITY)
            calendar->now = until;
        return NULL;
    }
    struct event *event = calendar->heap[0].event;
    calendar->now = key_time(calendar->heap[0].key);
    take(calendar, 0);
    return event;
}

void calendar_stop(struct calendar *calendar)
{
    calendar->stopped = true;
}

bool calendar_stopped(const struct calendar *calendar)
{
    return calendar->stopped;
}

bool calendar_failed(const struct calendar *calendar)
{
    return calendar->failed;
}

double calendar_now(const struct calendar *calendar)
{
    return calendar->now;
}

size_t calendar_pending(const struct calendar *calendar)
{
    return calendar->count;
}

bool event_is_scheduled(const struct event *event)
{
    return event->position != 0;
}

double calendar_time_of(const struct calendar *calendar, const struct event *event)
{
    assert(event_is_scheduled(event) && event->position <= calendar->count);
    return key_time(calendar->heap[event->position - 1].key);
}

bool calendar_check(const struct calendar *calendar)
{
    if (calendar->count > calendar->room)
        return false;
    for (size_t i = 0; i < calendar->count; i++) {
        const struct entry *entry = &calendar->heap[i];
        if (entry->event->position != i + 1 || key_time(entry->key) < calendar->now)
            return false;
        if (i > 0 && entry->key < calendar->heap[(i - 1) / ARITY].key)
            return false;
    }
    return true;
}
