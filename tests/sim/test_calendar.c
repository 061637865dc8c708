#include <criterion/criterion.h>
#include <math.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "sim/calendar.h"
#include "sim/calendar_inside.h" /* to damage it */

/* A small generator of our own: these tests must not lean on sim/stream. */
static uint64_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

Test(calendar, empty)
{
    struct calendar *calendar = calendar_new(0);
    cr_assert_null(calendar_next(calendar));
    cr_assert_eq(calendar_pending(calendar), 0);
    cr_assert(calendar_now(calendar) == 0.0);
    cr_assert(calendar_check(calendar));
    calendar_free(calendar);
    calendar_free(NULL);
}

Test(calendar, order_is_time_then_priority_then_first_come)
{
    static const struct {
        double time;
        int priority;
        int place;
    } table[] = {
        {5.0, 0, 5},  {1.0, 0, 1},          {5.0, 0, 6}, {5.0, -32768, 3}, {5.0, 32767, 8},
        {0.0, 99, 0}, {1.0 + 1e-12, -5, 2}, {5.0, 0, 7}, {5.0, -1, 4},     {1e9, -9, 9},
    };
    enum { N = sizeof table / sizeof table[0] };
    struct event event[N] = {0};
    struct calendar *calendar = calendar_new(1);
    for (int i = 0; i < N; i++)
        calendar_schedule(calendar, &event[i], table[i].time, table[i].priority);
    cr_assert(calendar_check(calendar));
    for (int place = 0; place < N; place++) {
        struct event *next = calendar_next(calendar);
        int i = (int)(next - event);
        cr_assert_eq(table[i].place, place, "event %d came as number %d", i, place);
        cr_assert(calendar_now(calendar) == table[i].time);
        cr_assert_not(event_is_scheduled(next));
    }
    cr_assert_null(calendar_next(calendar));
    calendar_free(calendar);
}

Test(calendar, minus_zero_is_zero)
{
    struct event event[2] = {0};
    struct calendar *calendar = calendar_new(2);
    calendar_schedule(calendar, &event[0], -0.0, 0);
    calendar_schedule(calendar, &event[1], 0.0, 0);
    cr_assert_eq(calendar_next(calendar), &event[0]);
    cr_assert_eq(calendar_next(calendar), &event[1]);
    calendar_free(calendar);
}

Test(calendar, rescheduling_goes_behind_its_equals)
{
    struct event event[3] = {0};
    struct calendar *calendar = calendar_new(3);
    for (int i = 0; i < 3; i++)
        calendar_schedule(calendar, &event[i], 1.0, 0);
    calendar_reschedule(calendar, &event[0], 1.0, 0);
    cr_assert_eq(calendar_next(calendar), &event[1]);
    cr_assert_eq(calendar_next(calendar), &event[2]);
    cr_assert_eq(calendar_next(calendar), &event[0]);
    calendar_reschedule(calendar, &event[0], 2.0, 0);
    cr_assert(calendar_time_of(calendar, &event[0]) == 2.0);
    calendar_cancel(calendar, &event[0]);
    calendar_cancel(calendar, &event[0]);
    cr_assert_null(calendar_next(calendar));
    calendar_free(calendar);
}

/* Against the plainest calendar there is: a list that is searched for its first. */
struct reference {
    bool scheduled;
    double time;
    int priority;
    uint64_t order;
};

static int reference_first(const struct reference *list, int n)
{
    int first = -1;
    for (int i = 0; i < n; i++) {
        if (!list[i].scheduled)
            continue;
        const struct reference *a = &list[i];
        const struct reference *b = first < 0 ? NULL : &list[first];
        if (!b || a->time < b->time ||
            (a->time == b->time &&
             (a->priority < b->priority || (a->priority == b->priority && a->order < b->order))))
            first = i;
    }
    return first;
}

Test(calendar, a_random_life_agrees_with_a_searched_list)
{
    enum { N = 200, STEPS = 40000 };
    static struct event event[N];
    static struct reference list[N];
    struct calendar *calendar = calendar_new(4);
    uint64_t random = 1;
    uint64_t order = 0;
    for (int step = 0; step < STEPS; step++) {
        int i = (int)(next_random(&random) % N);
        uint64_t what = next_random(&random) % 8;
        double time = calendar_now(calendar) + (double)(next_random(&random) % 16);
        int priority = (int)(next_random(&random) % 3) - 1;
        if (what < 5) {
            calendar_reschedule(calendar, &event[i], time, priority);
            list[i] = (struct reference){true, time, priority, order++};
        } else if (what == 5) {
            calendar_cancel(calendar, &event[i]);
            list[i].scheduled = false;
        } else {
            int first = reference_first(list, N);
            struct event *next = calendar_next(calendar);
            cr_assert_eq(next, first < 0 ? NULL : &event[first]);
            if (first >= 0)
                list[first].scheduled = false;
        }
        cr_assert_eq(event_is_scheduled(&event[i]), list[i].scheduled);
        if (step % 64 == 0)
            cr_assert(calendar_check(calendar));
    }
    calendar_free(calendar);
}

/* Scheduled while the first event happens: into the vacancy that it left at the top. */
Test(calendar, a_new_event_finds_its_place_in_any_small_heap)
{
    enum { MOST = 24 };
    for (int n = 1; n <= MOST; n++)
        for (int before = 0; before <= n; before++) {
            struct event event[MOST + 1] = {0};
            struct calendar *calendar = calendar_new(1);
            for (int i = 0; i <= n; i++)
                calendar_schedule(calendar, &event[i], i, 0);
            cr_assert_eq(calendar_next(calendar), &event[0]);
            calendar_schedule(calendar, &event[0], before + 0.5, 0);
            cr_assert(calendar_check(calendar), "behind %d of %d", before, n);
            for (int place = 0; place <= n; place++) {
                int i = place < before ? place + 1 : place == before ? 0 : place;
                cr_assert_eq(calendar_next(calendar), &event[i], "behind %d of %d", before, n);
            }
            calendar_free(calendar);
        }
}

Test(calendar, next_by_stops_at_until_and_moves_the_clock)
{
    struct event event[2] = {0};
    struct calendar *calendar = calendar_new(2);
    calendar_schedule(calendar, &event[0], 10.0, 0);
    calendar_schedule(calendar, &event[1], 20.0, 0);
    cr_assert_eq(calendar_next_by(calendar, 10.0), &event[0]);
    cr_assert_null(calendar_next_by(calendar, 19.5));
    cr_assert(calendar_now(calendar) == 19.5);
    cr_assert_eq(calendar_next_by(calendar, INFINITY), &event[1]);
    cr_assert_null(calendar_next_by(calendar, INFINITY));
    cr_assert(calendar_now(calendar) == 20.0);
    calendar_free(calendar);
}

Test(calendar, stop_and_clear)
{
    struct event event[3] = {0};
    struct calendar *calendar = calendar_new(2);
    for (int i = 0; i < 3; i++)
        calendar_schedule(calendar, &event[i], 1.0 + i, 0);
    cr_assert_eq(calendar_next(calendar), &event[0]);
    calendar_stop(calendar);
    cr_assert_null(calendar_next(calendar));
    cr_assert_null(calendar_next_by(calendar, 100.0));
    cr_assert(calendar_now(calendar) == 1.0);
    cr_assert_eq(calendar_pending(calendar), 2);
    calendar_clear(calendar);
    cr_assert_not(calendar_stopped(calendar));
    cr_assert_eq(calendar_pending(calendar), 0);
    cr_assert_not(event_is_scheduled(&event[2]));
    calendar_schedule(calendar, &event[2], 0.5, 0);
    cr_assert_eq(calendar_next(calendar), &event[2]);
    calendar_free(calendar);
}

Test(calendar, clearing_before_anything_has_happened)
{
    struct event event[3] = {0};
    struct calendar *calendar = calendar_new(2);
    for (int i = 0; i < 3; i++)
        calendar_schedule(calendar, &event[i], 1.0 + i, 0);
    calendar_clear(calendar);
    for (int i = 0; i < 3; i++)
        cr_assert_not(event_is_scheduled(&event[i]), "event %d", i);
    cr_assert_null(calendar_next(calendar));
    calendar_free(calendar);
}

enum { DAMAGES = 6 };

static void damage(struct calendar *calendar, struct event event[], int which)
{
    struct calendar_entry *heap = calendar->heap;
    calendar_key key = heap[1].key;
    switch (which) {
    case 0:
        event[2].position++;
        break;
    case 1:
        calendar->now = 6.0;
        break;
    case 2: /* a child of the first, and one further down, before its parent */
        heap[1].key = heap[0].key;
        heap[0].key = key;
        break;
    case 3:
        heap[1].key = heap[5].key;
        heap[5].key = key;
        break;
    case 4:
        calendar->room = calendar->count - 1;
        break;
    default: /* nothing is there to happen */
        calendar->count = 0;
        calendar->vacant = true;
    }
}

Test(calendar, the_check_sees_what_is_wrong)
{
    for (int which = 0; which < DAMAGES; which++)
        for (int vacant = 0; vacant < 2; vacant++) {
            struct event event[8] = {0};
            struct calendar *calendar = calendar_new(8);
            for (int i = 0; i < 8; i++)
                calendar_schedule(calendar, &event[i], 1.0 + i, 0);
            if (vacant)
                calendar_next(calendar);
            cr_assert(calendar_check(calendar));
            damage(calendar, event, which);
            bool is_of_the_vacancy = vacant && which == 2; /* which has no order */
            cr_expect_eq(calendar_check(calendar), is_of_the_vacancy, "damage %d", which);
            calendar_free(calendar);
        }
}

/* What happens now may free its own event, and end the replication. */
Test(calendar, an_event_that_happens_is_no_longer_looked_at)
{
    struct event other = {0};
    struct event *event = calloc(1, sizeof *event);
    struct calendar *calendar = calendar_new(2);
    calendar_schedule(calendar, event, 1.0, 0);
    calendar_schedule(calendar, &other, 2.0, 0);
    cr_assert_eq(calendar_next(calendar), event);
    free(event);
    cr_assert_eq(calendar_pending(calendar), 1);
    cr_assert(calendar_check(calendar));
    calendar_clear(calendar);
    cr_assert_eq(calendar_pending(calendar), 0);
    cr_assert_not(event_is_scheduled(&other));

    event = calloc(1, sizeof *event);
    calendar_schedule(calendar, event, 1.0, 0);
    cr_assert_eq(calendar_next(calendar), event);
    free(event);
    calendar_schedule(calendar, &other, 1.0, 0); /* takes its place */
    cr_assert(calendar_check(calendar));
    cr_assert_eq(calendar_next(calendar), &other);
    cr_assert_null(calendar_next(calendar));
    cr_assert_eq(calendar_pending(calendar), 0);
    calendar_free(calendar);
}

Test(calendar, reserve_refuses_the_impossible_and_stays_whole)
{
    struct event event = {0};
    struct calendar *calendar = calendar_new(1);
    cr_assert_null(calendar_new(SIZE_MAX / 2));
    cr_assert_not(calendar_reserve(calendar, SIZE_MAX / 2));
    cr_assert_not(calendar_failed(calendar));
    cr_assert(calendar_reserve(calendar, 1000));
    calendar_schedule(calendar, &event, 1.0, 0);
    cr_assert_eq(calendar_next(calendar), &event);
    calendar_free(calendar);
}

/* A sanitizer's allocator would end the program where the system's returns NULL. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HAS_SANITIZER 1
#elif defined(__has_feature)
#define HAS_SANITIZER (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#else
#define HAS_SANITIZER 0
#endif

Test(calendar, out_of_memory_fails_and_stays_failed, .disabled = HAS_SANITIZER)
{
    enum { MANY = 20000000 };
    struct event *event = calloc(MANY, sizeof *event);
    struct calendar *calendar = calendar_new(1);
    struct rlimit limit = {.rlim_cur = 256 << 20, .rlim_max = 256 << 20};
    cr_assert(event && calendar && setrlimit(RLIMIT_AS, &limit) == 0);
    size_t i = 0;
    while (i < MANY && !calendar_failed(calendar))
        calendar_schedule(calendar, &event[i++], 1.0, 0);
    cr_assert(calendar_failed(calendar));
    cr_assert_not(event_is_scheduled(&event[i - 1]));
    cr_assert_eq(calendar_pending(calendar), i - 1);
    cr_assert_null(calendar_next(calendar));
    calendar_schedule(calendar, &event[i], 1.0, 0);
    cr_assert_not(event_is_scheduled(&event[i]));
    calendar_clear(calendar);
    cr_assert_not(calendar_failed(calendar));
    calendar_schedule(calendar, &event[i], 1.0, 0);
    cr_assert_eq(calendar_next(calendar), &event[i]);
}

static struct calendar *calendar_at_ten(struct event *event)
{
    struct calendar *calendar = calendar_new(2);
    calendar_schedule(calendar, event, 10.0, 0);
    calendar_next(calendar);
    return calendar;
}

Test(calendar, the_past_asserts, .signal = SIGABRT)
{
    struct event event = {0};
    calendar_schedule(calendar_at_ten(&event), &event, 9.999, 0);
}

Test(calendar, nan_asserts, .signal = SIGABRT)
{
    struct event event = {0};
    calendar_schedule(calendar_at_ten(&event), &event, NAN, 0);
}

Test(calendar, never_asserts, .signal = SIGABRT)
{
    struct event event = {0};
    calendar_schedule(calendar_at_ten(&event), &event, INFINITY, 0);
}

Test(calendar, scheduling_twice_asserts, .signal = SIGABRT)
{
    struct event event = {0};
    struct calendar *calendar = calendar_at_ten(&event);
    calendar_schedule(calendar, &event, 11.0, 0);
    calendar_schedule(calendar, &event, 12.0, 0);
}

Test(calendar, a_priority_out_of_range_asserts, .signal = SIGABRT)
{
    struct event event = {0};
    calendar_schedule(calendar_at_ten(&event), &event, 11.0, CALENDAR_PRIORITY_MAX + 1);
}
