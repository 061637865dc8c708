/*
 * A bare list of future events: the floor under the calendar and what stands on it.
 *
 * A binary heap of (key, callback, subject) with the calendar's key, time and order in 128 bits, so
 * that both take events in the same order. It can do nothing else: no cancelling, no moving, no
 * handles. It is written as one would by hand for speed: the root is entry 1, so that two siblings
 * share a cache line; an entry with the greatest key stands behind the last, so that every entry
 * has a right sibling; which child is first is computed and not branched on.
 */
#ifndef BENCH_FLOOR_HEAP_H
#define BENCH_FLOOR_HEAP_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

__extension__ typedef unsigned __int128 floor_key;

typedef void floor_callback(void *world, void *subject);

struct floor_entry {
    floor_key key; /* time bits (64), priority (16), order of scheduling (48) */
    floor_callback *call;
    void *subject;
};

struct floor_heap {
    struct floor_entry *entry; /* children of i: 2i and 2i + 1 */
    size_t count;
    size_t room;
    uint64_t order;
    double now;
};

enum { FLOOR_LINE_BYTES = 64, FLOOR_ORDER_BITS = 48 };
#define FLOOR_LAST (~(floor_key)0)

/* Room for `room` entries and no more. */
static inline bool floor_heap_init(struct floor_heap *heap, size_t room)
{
    size_t bytes = (room + 3) * sizeof(struct floor_entry);
    bytes = (bytes + FLOOR_LINE_BYTES - 1) / FLOOR_LINE_BYTES * FLOOR_LINE_BYTES;
    *heap = (struct floor_heap){.entry = aligned_alloc(FLOOR_LINE_BYTES, bytes), .room = room};
    return heap->entry != NULL;
}

static inline void floor_heap_fini(struct floor_heap *heap)
{
    free(heap->entry);
}

static inline void floor_heap_clear(struct floor_heap *heap)
{
    heap->count = 0;
    heap->order = 0;
    heap->now = 0.0;
    heap->entry[1].key = FLOOR_LAST;
}

static inline void floor_heap_push(struct floor_heap *heap, double time, unsigned priority,
                                   floor_callback *call, void *subject)
{
    uint64_t bits;
    memcpy(&bits, &time, sizeof bits);
    floor_key key = (floor_key)bits << 64 | (uint64_t)priority << FLOOR_ORDER_BITS | heap->order++;
    assert(heap->count < heap->room);
    struct floor_entry *entry = heap->entry;
    size_t at = ++heap->count;
    entry[at + 1].key = FLOOR_LAST;
    for (; at > 1 && key < entry[at / 2].key; at /= 2)
        entry[at] = entry[at / 2];
    entry[at] = (struct floor_entry){key, call, subject};
}

/* Takes the first entry, of which there must be one, and moves the clock to it. */
static inline struct floor_entry floor_heap_pop(struct floor_heap *heap)
{
    struct floor_entry *entry = heap->entry;
    struct floor_entry first = entry[1];
    struct floor_entry last = entry[heap->count];
    size_t at = 1, count = heap->count - 1;
    entry[heap->count].key = FLOOR_LAST;
    heap->count = count;
    for (size_t child; (child = 2 * at) <= count; at = child) {
        child += entry[child + 1].key < entry[child].key;
        if (last.key < entry[child].key)
            break;
        entry[at] = entry[child];
    }
    if (count > 0)
        entry[at] = last;
    uint64_t bits = (uint64_t)(first.key >> 64);
    memcpy(&heap->now, &bits, sizeof heap->now);
    return first;
}

/* Everything that happens until nothing is left. */
static inline void floor_heap_run(struct floor_heap *heap, void *world)
{
    while (heap->count > 0) {
        struct floor_entry next = floor_heap_pop(heap);
        next.call(world, next.subject);
    }
}

#endif
