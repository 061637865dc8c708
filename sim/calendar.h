/*
 * The calendar: the list of future events and the clock that it moves.
 *
 * A discrete-event simulation is a loop that takes the first event off this list, moves the clock
 * to it and lets it happen. Which event is first is a contract, because two runs that differ in it
 * give different results: the earlier time; at one time the smaller priority; at one time and
 * priority the one scheduled first. Rescheduling counts as scheduling anew.
 *
 * An event is embedded in what it is about, so scheduling allocates nothing, and it knows its place
 * in the heap, so cancelling and rescheduling cost O(log n), as scheduling and taking do. Time,
 * priority and order are packed into one 128-bit integer: comparing doubles costs a mispredicted
 * branch, which costs more than the rest of the heap.
 *
 * Times are minutes, finite and never negative. Scheduling before now is a broken invariant and
 * asserts. Memory may run out while the heap grows: the event is then not scheduled,
 * calendar_failed() becomes and stays true, and calendar_next() returns NULL, so that a replication
 * ends at once and can say why. calendar_reserve() asks for the memory beforehand.
 *
 * One calendar belongs to one thread at a time; different calendars share nothing.
 */
#ifndef SIM_CALENDAR_H
#define SIM_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>

/* Zero it before its first use. It must not move nor be freed while it is scheduled. */
struct event {
    size_t position; /* place in the heap + 1; 0: not scheduled */
};

struct calendar;

enum { CALENDAR_PRIORITY_MIN = -32768, CALENDAR_PRIORITY_MAX = 32767 };

/* A calendar at time 0 with room for `expected` pending events (it grows when there are more).
 * NULL: out of memory. The caller frees it. */
struct calendar *calendar_new(size_t expected);

/* Legal with NULL. Does not look at events that are still scheduled. */
void calendar_free(struct calendar *calendar);

/* Back to time 0, empty, neither stopped nor failed, memory kept: for the next replication. Events
 * that are still scheduled must still exist; afterwards none is scheduled. Resources and levels do
 * not know of it: they are to be set up anew. */
void calendar_clear(struct calendar *calendar);

/* Room for `events` pending events in all. False: out of memory, and nothing has changed. */
bool calendar_reserve(struct calendar *calendar, size_t events);

/* `event` must not be scheduled; `time` is at or after now. */
void calendar_schedule(struct calendar *calendar, struct event *event, double time, int priority);

/* Takes `event` off the calendar; legal when it is not scheduled. */
void calendar_cancel(struct calendar *calendar, struct event *event);

/* Moves `event` to another time; legal when it is not scheduled. It goes behind those of the same
 * time and priority, as if it were scheduled only now. */
void calendar_reschedule(struct calendar *calendar, struct event *event, double time, int priority);

/* Takes the first event and moves the clock to it. NULL: none is left, or stopped, or failed. */
struct event *calendar_next(struct calendar *calendar);

/* The same for events at or before `until`. When none of those is left the clock moves to `until`
 * if that is finite. Neither stopped nor failed calendars move. */
struct event *calendar_next_by(struct calendar *calendar, double until);

/* From now on calendar_next() returns NULL, whatever is pending, until calendar_clear(): how an
 * event ends a replication. */
void calendar_stop(struct calendar *calendar);

bool calendar_stopped(const struct calendar *calendar);
bool calendar_failed(const struct calendar *calendar); /* memory ran out: results are void */
double calendar_now(const struct calendar *calendar);  /* minutes */
size_t calendar_pending(const struct calendar *calendar);

static inline bool event_is_scheduled(const struct event *event)
{
    return event->position != 0;
}

/* When `event`, which must be scheduled, will happen. Minutes. */
double calendar_time_of(const struct calendar *calendar, const struct event *event);

/* The invariant: heap order, and every event knows its place. O(n), for tests and asserts. */
bool calendar_check(const struct calendar *calendar);

#endif
