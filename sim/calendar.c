#include "sim/calendar.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/calendar_inside.h"

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
    free(calendar->memory);
    free(calendar);
}

void calendar_clear(struct calendar *calendar)
{
    for (size_t i = calendar->vacant ? 1 : 0; i < calendar->count; i++)
        calendar->heap[i].event->position = 0;
    calendar->count = 0;
    calendar->order = 0;
    calendar->now = 0.0;
    calendar->vacant = false;
    calendar->stopped = false;
    calendar->failed = false;
}

/* The four children of an entry lie in two lines of the cache, not three: the heap begins where its
 * second entry is aligned to 128 bytes, the size of four. */
bool calendar_reserve(struct calendar *calendar, size_t events)
{
    enum { ALIGNMENT = 128, BEFORE = CALENDAR_ARITY - 1 };
    static_assert(CALENDAR_ARITY * sizeof(struct calendar_entry) == ALIGNMENT, "four entries");
    if (events <= calendar->room)
        return true;
    if (events > SIZE_MAX / sizeof *calendar->heap - 2 * CALENDAR_ARITY)
        return false;
    size_t bytes = (BEFORE + events) * sizeof *calendar->heap;
    void *memory = aligned_alloc(ALIGNMENT, (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    if (!memory)
        return false;
    struct calendar_entry *heap = (struct calendar_entry *)memory + BEFORE;
    if (calendar->count > 0)
        memcpy(heap, calendar->heap, calendar->count * sizeof *heap);
    free(calendar->memory);
    calendar->memory = memory;
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

/* Entries beyond what the nearest cache holds. */
enum { NEAR = 2048 };

/* In a large heap each step down waits for memory. The sixteen children of the four entries from
 * `child` lie side by side, so they can be sent for before it is known which four are wanted. */
static void fetch_children_of_four(const struct calendar_entry *heap, size_t child, size_t count)
{
    size_t first = CALENDAR_ARITY * child + 1;
    size_t last = first + CALENDAR_ARITY * CALENDAR_ARITY;
    for (size_t i = first; i < last && i < count; i += 2) /* two to a line of the cache */
        __builtin_prefetch(&heap[i], 1);
}

/* Puts an entry into the hole at `at` or below it. */
void calendar_sift_down(struct calendar *calendar, size_t at, calendar_key key, struct event *event)
{
    struct calendar_entry *heap = calendar->heap;
    size_t count = calendar->count;
    size_t child = CALENDAR_ARITY * at + 1;
    for (; child + CALENDAR_ARITY <= count; child = CALENDAR_ARITY * at + 1) {
        if (count > NEAR)
            fetch_children_of_four(heap, child, count);
        size_t first = calendar_first_of_four(heap, child);
        if (key < heap[first].key) {
            calendar_put(heap, at, key, event);
            return;
        }
        calendar_put(heap, at, heap[first].key, heap[first].event);
        at = first;
    }
    /* The last of all has fewer than four children, and they have none. */
    if (child < count) {
        size_t first = child;
        for (size_t i = child + 1; i < count; i++)
            first = heap[i].key < heap[first].key ? i : first;
        if (heap[first].key < key) {
            calendar_put(heap, at, heap[first].key, heap[first].event);
            at = first;
        }
    }
    calendar_put(heap, at, key, event);
}

void calendar_push(struct calendar *calendar, calendar_key key, struct event *event)
{
    if (calendar->count == calendar->room && !grow(calendar))
        return;
    calendar_sift_up(calendar, calendar->count++, key, event);
}

void calendar_close_top(struct calendar *calendar)
{
    calendar->vacant = false;
    struct calendar_entry last = calendar->heap[--calendar->count];
    if (calendar->count > 0)
        calendar_sift_down(calendar, 0, last.key, last.event);
}

/* Fills the hole at `at` with an entry that may belong above or below it. */
static void settle(struct calendar *calendar, size_t at, calendar_key key, struct event *event)
{
    if (at > 0 && key < calendar->heap[(at - 1) / CALENDAR_ARITY].key)
        calendar_sift_up(calendar, at, key, event);
    else
        calendar_sift_down(calendar, at, key, event);
}

/* Where a scheduled event is, in a heap without a vacancy. */
static size_t find(struct calendar *calendar, const struct event *event)
{
    if (calendar->vacant)
        calendar_close_top(calendar);
    assert(event->position <= calendar->count);
    assert(calendar->heap[event->position - 1].event == event);
    return event->position - 1;
}

void calendar_schedule(struct calendar *calendar, struct event *event, double time, int priority)
{
    calendar_insert(calendar, event, time, priority);
}

void calendar_cancel(struct calendar *calendar, struct event *event)
{
    if (!event_is_scheduled(event))
        return;
    size_t at = find(calendar, event);
    event->position = 0;
    struct calendar_entry last = calendar->heap[--calendar->count];
    if (at < calendar->count)
        settle(calendar, at, last.key, last.event);
}

void calendar_reschedule(struct calendar *calendar, struct event *event, double time, int priority)
{
    if (!event_is_scheduled(event)) {
        calendar_insert(calendar, event, time, priority);
        return;
    }
    size_t at = find(calendar, event);
    settle(calendar, at, calendar_make_key(calendar, time, priority), event);
}

struct event *calendar_next(struct calendar *calendar)
{
    return calendar_take_first(calendar, INFINITY);
}

struct event *calendar_next_by(struct calendar *calendar, double until)
{
    assert(until >= calendar->now);
    return calendar_take_first(calendar, until);
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
    return calendar->count - (calendar->vacant ? 1 : 0);
}

double calendar_time_of(const struct calendar *calendar, const struct event *event)
{
    assert(event_is_scheduled(event) && event->position <= calendar->count);
    return calendar_key_time(calendar->heap[event->position - 1].key);
}

bool calendar_check(const struct calendar *calendar)
{
    if (calendar->count > calendar->room || (calendar->vacant && calendar->count == 0))
        return false;
    size_t first = calendar->vacant ? 1 : 0;
    for (size_t i = first; i < calendar->count; i++) {
        const struct calendar_entry *entry = &calendar->heap[i];
        size_t parent = i > 0 ? (i - 1) / CALENDAR_ARITY : 0;
        if (entry->event->position != i + 1 || calendar_key_time(entry->key) < calendar->now)
            return false;
        if (i > 0 && parent >= first && entry->key < calendar->heap[parent].key)
            return false;
    }
    return true;
}
