/* What a beginner does wrong, and that each is refused in words that say what it was. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "sim/condition.h"
#include "sim/replicate.h"
#include "sim/resource.h"
#include "sim/trace.h"
#include "tests/sim/apart.h"

/* What a process of these tests waits for, and how long. */
struct room {
    struct calendar *calendar;
    struct resource chairs, tables;
    struct condition bell;
    double minutes;
};

struct guest {
    struct process process;
    struct claim claim;
    struct waiter waiter;
};

static struct guest *guest_of(struct process *process)
{
    return (struct guest *)(void *)process;
}

static void hold_body(struct process *self, void *world)
{
    struct room *room = world;
    PROCESS_BEGIN(self);
    PROCESS_HOLD(self, room->calendar, room->minutes);
    PROCESS_END(self);
}

static void claim_body(struct process *self, void *world)
{
    struct room *room = world;
    struct claim *claim = &guest_of(self)->claim;
    PROCESS_BEGIN(self);
    resource_ask(&room->chairs, claim, self, room->calendar, 0);
    PROCESS_AWAIT_FOR(self, room->calendar, claim, room->minutes);
    PROCESS_END(self);
}

static void bell_body(struct process *self, void *world)
{
    struct room *room = world;
    PROCESS_BEGIN(self);
    PROCESS_WAIT_UNTIL_FOR(self, room->calendar, &room->bell, &guest_of(self)->waiter,
                           room->minutes, false);
    PROCESS_END(self);
}

static void switch_body(struct process *self, void *world)
{
    struct room *room = world;
    PROCESS_BEGIN(self);
    switch ((int)calendar_now(room->calendar)) {
    case 0:
        PROCESS_HOLD(self, room->calendar, 1.0);
        break;
    default:
        break;
    }
    PROCESS_END(self);
}

static void self_body(struct process *self, void *world)
{
    struct room *room = world;
    PROCESS_BEGIN(self);
    process_interrupt(self, room->calendar, 1);
    PROCESS_HOLD(self, room->calendar, 1.0);
    PROCESS_END(self);
}

static void run(struct room *room, process_body *body, double minutes)
{
    struct guest guest = {0};
    room->minutes = minutes;
    process_start(&guest.process, room->calendar, body, 0.0, 0);
    process_run(room->calendar, room, INFINITY);
}

static void hold_nan(struct room *room)
{
    run(room, hold_body, NAN);
}

static void hold_for_ever(struct room *room)
{
    run(room, hold_body, INFINITY);
}

static void await_nan(struct room *room)
{
    run(room, claim_body, NAN);
}

static void await_less_than_nothing(struct room *room)
{
    run(room, claim_body, -1.0);
}

static void wait_until_nan(struct room *room)
{
    run(room, bell_body, NAN);
}

static void macro_in_switch(struct room *room)
{
    run(room, switch_body, 0.0);
}

static void interrupt_itself(struct room *room)
{
    run(room, self_body, 0.0);
}

static void hold_when_done(struct room *room)
{
    struct guest guest = {0};
    process_start(&guest.process, room->calendar, hold_body, 0.0, 0);
    process_run(room->calendar, room, INFINITY);
    process_hold(&guest.process, room->calendar, 1.0);
    process_run(room->calendar, room, INFINITY);
}

static void interrupt_before_start(struct room *room)
{
    struct guest guest = {0};
    process_interrupt(&guest.process, room->calendar, 1);
}

static void run_backwards(struct room *room)
{
    process_run(room->calendar, room, 5.0);
    process_run(room->calendar, room, 4.0);
}

static void release_idle(struct room *room)
{
    struct claim claim = {0};
    resource_release(&room->chairs, &claim, room->calendar);
}

/* Both resources have a unit out, so that no count goes below 0. */
static void release_elsewhere(struct room *room)
{
    struct claim chair = {0}, table = {0};
    resource_set_capacity(&room->chairs, 1, room->calendar);
    resource_ask(&room->chairs, &chair, NULL, room->calendar, 0);
    resource_ask(&room->tables, &table, NULL, room->calendar, 0);
    resource_release(&room->tables, &chair, room->calendar);
}

static void withdraw_elsewhere(struct room *room)
{
    struct claim claim = {0};
    resource_ask(&room->chairs, &claim, NULL, room->calendar, 0);
    resource_withdraw(&room->tables, &claim, room->calendar);
}

static void change_priority_elsewhere(struct room *room)
{
    struct claim claim = {0};
    resource_ask(&room->chairs, &claim, NULL, room->calendar, 0);
    resource_change_priority(&room->tables, &claim, 1);
}

static void fewer_than_none(struct room *room)
{
    resource_set_capacity(&room->chairs, -1, room->calendar);
}

static void begin_at_nan(struct room *room)
{
    resource_init(&room->chairs, 1, NAN);
}

static void reset_backwards(struct room *room)
{
    process_run(room->calendar, room, 5.0);
    resource_set_capacity(&room->chairs, 1, room->calendar);
    struct claim claim = {0};
    resource_ask(&room->chairs, &claim, NULL, room->calendar, 0);
    resource_reset_statistics(&room->chairs, 4.0);
}

static void trace_to_nobody(struct room *room)
{
    trace_run(room->calendar, room, 1.0, &(struct trace){0});
}

static bool succeed(void *shared, unsigned worker, uint64_t replication, void *result)
{
    (void)shared;
    (void)worker;
    (void)replication;
    (void)result;
    return true;
}

static void replicate_nothing(struct room *room)
{
    (void)room;
    struct replicate_job job = {.first = 1, .count = 1};
    replicate_run(replicate_pool_new(1), &job, NULL);
}

static void replicate_into_one_place(struct room *room)
{
    (void)room;
    double result[2];
    struct replicate_job job = {.run = succeed, .first = 1, .count = 2, .results = result};
    replicate_run(replicate_pool_new(1), &job, NULL);
}

static const struct misuse {
    const char *name;
    void (*commit)(struct room *room);
    const char *says;
} misuses[] = {
    {"a hold of NaN", hold_nan, "time >= calendar->now"},
    {"a hold that never ends", hold_for_ever, "bits < infinite"},
    {"a patience of NaN", await_nan, "time >= calendar->now"},
    {"a patience below 0", await_less_than_nothing, "time >= calendar->now"},
    {"a wait for a condition until NaN", wait_until_nan, "time >= calendar->now"},
    {"a PROCESS_ macro in a switch", macro_in_switch, "!macro_inside_a_switch_of_the_body"},
    {"interrupting itself", interrupt_itself, "!event_is_scheduled(event)"},
    {"holding what is done", hold_when_done, "!had_ended_and_was_scheduled_again"},
    {"interrupting what was never started", interrupt_before_start, "process->body"},
    {"a run to before now", run_backwards, "until >= calendar->now"},
    {"releasing an idle claim", release_idle, "claim->state == CLAIM_GRANTED"},
    {"releasing another's claim", release_elsewhere, "claim->resource == resource"},
    {"withdrawing another's claim", withdraw_elsewhere, "claim->resource == resource"},
    {"another's claim's priority", change_priority_elsewhere, "claim->resource == resource"},
    {"a capacity below 0", fewer_than_none, "capacity >= 0"},
    {"statistics from NaN", begin_at_nan, "now >= resource->since"},
    {"statistics from before now", reset_backwards, "now >= resource->since"},
    {"a trace told to nobody", trace_to_nobody, "trace->step"},
    {"replicating nothing", replicate_nothing, "job->run"},
    {"all results in one place", replicate_into_one_place, "job->size > 0"},
};

static void commit(const void *context)
{
    const struct misuse *misuse = context;
    struct room room = {.calendar = calendar_new(4)};
    resource_init(&room.chairs, 0, 0.0);
    resource_init(&room.tables, 1, 0.0);
    misuse->commit(&room);
}

Test(misuse, each_is_refused_in_words)
{
    for (size_t i = 0; i < sizeof misuses / sizeof misuses[0]; i++) {
        char text[APART_TEXT];
        cr_expect(aborts_apart(commit, &misuses[i], text), "%s passes", misuses[i].name);
        cr_expect(strstr(text, misuses[i].says), "%s: %s", misuses[i].name, text);
    }
}
