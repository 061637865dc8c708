#include <criterion/criterion.h>
#include <math.h>
#include <signal.h>
#include <string.h>

#include "sim/process.h"

/* What happened, in order: who, and when. */
struct diary {
    struct calendar *calendar;
    int lines;
    int who[64];
    double when[64];
};

struct walker {
    struct process process;
    int name;
    double step_min;
    int steps;
    int done;
};

static void note(struct diary *diary, int who)
{
    cr_assert_lt(diary->lines, 64);
    diary->who[diary->lines] = who;
    diary->when[diary->lines++] = calendar_now(diary->calendar);
}

static void walker_body(struct process *self, void *world)
{
    struct walker *walker = (struct walker *)(void *)self;
    struct diary *diary = world;

    PROCESS_BEGIN(self);
    for (walker->done = 0; walker->done < walker->steps; walker->done++) {
        note(diary, walker->name);
        PROCESS_HOLD(self, diary->calendar, walker->step_min);
    }
    note(diary, -walker->name);
    PROCESS_END(self);
}

Test(process, reads_top_to_bottom)
{
    struct diary diary = {.calendar = calendar_new(4)};
    struct walker a = {.name = 1, .step_min = 3.0, .steps = 2};
    struct walker b = {.name = 2, .step_min = 2.0, .steps = 3};
    process_start(&a.process, diary.calendar, walker_body, 1.0, 0);
    process_start(&b.process, diary.calendar, walker_body, 1.0, 0);
    cr_assert(process_run(diary.calendar, &diary, INFINITY));

    /* At 7 both are due; 2 was scheduled at 5 and 1 at 4, so 1 is first. */
    static const int who[] = {1, 2, 2, 1, 2, -1, -2};
    static const double when[] = {1.0, 1.0, 3.0, 4.0, 5.0, 7.0, 7.0};
    cr_assert_eq(diary.lines, 7);
    for (int i = 0; i < 7; i++) {
        cr_assert_eq(diary.who[i], who[i], "line %d", i);
        cr_assert(diary.when[i] == when[i], "line %d", i);
    }
    cr_assert(process_is_done(&a.process));
    cr_assert(process_is_done(&b.process));
    calendar_free(diary.calendar);
}

Test(process, a_hold_of_nothing_lets_others_go_first)
{
    struct diary diary = {.calendar = calendar_new(4)};
    struct walker a = {.name = 1, .step_min = 0.0, .steps = 2};
    struct walker b = {.name = 2, .step_min = 0.0, .steps = 1};
    struct walker urgent = {.name = 3, .step_min = 0.0, .steps = 1};
    process_start(&a.process, diary.calendar, walker_body, 0.0, 0);
    process_start(&b.process, diary.calendar, walker_body, 0.0, 0);
    process_start(&urgent.process, diary.calendar, walker_body, 0.0, -1);
    cr_assert(process_run(diary.calendar, &diary, INFINITY));
    static const int who[] = {3, -3, 1, 2, 1, -2, -1};
    cr_assert_eq(diary.lines, 7);
    cr_assert_arr_eq(diary.who, who, sizeof who);
    calendar_free(diary.calendar);
}

Test(process, runs_until)
{
    struct diary diary = {.calendar = calendar_new(4)};
    struct walker a = {.name = 1, .step_min = 1.0, .steps = 10};
    process_start(&a.process, diary.calendar, walker_body, 0.0, 0);
    cr_assert(process_run(diary.calendar, &diary, 3.0));
    cr_assert_eq(diary.lines, 4);
    cr_assert(process_run(diary.calendar, &diary, 3.5));
    cr_assert_eq(diary.lines, 4);
    cr_assert(calendar_now(diary.calendar) == 3.5);
    cr_assert_not(process_is_done(&a.process));
    calendar_free(diary.calendar);
}

/* One that is let in between two runs begins at once, and goes on among the others. */
Test(process, is_entered_between_runs)
{
    struct diary diary = {.calendar = calendar_new(4)};
    struct walker a = {.name = 1, .step_min = 2.0, .steps = 3};
    struct walker b = {.name = 2, .step_min = 2.0, .steps = 2};
    process_start(&a.process, diary.calendar, walker_body, 0.0, 0);
    cr_assert(process_run(diary.calendar, &diary, 2.5));
    process_enter(&b.process, walker_body, 0, &diary);
    cr_assert(diary.lines == 3 && diary.who[2] == 2 && diary.when[2] == 2.5);
    cr_assert(process_run(diary.calendar, &diary, INFINITY));
    static const int who[] = {1, 1, 2, 1, 2, -1, -2};
    static const double when[] = {0, 2, 2.5, 4, 4.5, 6, 6.5};
    cr_assert_eq(diary.lines, 7);
    for (int i = 0; i < 7; i++)
        cr_expect(diary.who[i] == who[i] && diary.when[i] == when[i], "line %d", i);
    cr_expect(process_is_done(&a.process) && process_is_done(&b.process));
    calendar_free(diary.calendar);
}

static void sleeper_body(struct process *self, void *world)
{
    struct diary *diary = world;
    PROCESS_BEGIN(self);
    note(diary, 10);
    PROCESS_SLEEP(self);
    note(diary, 11);
    PROCESS_HOLD(self, diary->calendar, 100.0);
    note(diary, 12);
    PROCESS_EXIT(self);
    note(diary, 13);
    PROCESS_END(self);
}

Test(process, sleep_wake_and_exit)
{
    struct diary diary = {.calendar = calendar_new(2)};
    struct process sleeper = {0};
    process_start(&sleeper, diary.calendar, sleeper_body, 0.0, 0);
    cr_assert(process_run(diary.calendar, &diary, 5.0));
    cr_assert_eq(diary.lines, 1);
    process_wake(&sleeper, diary.calendar);
    process_wake(&sleeper, diary.calendar);
    cr_assert(process_run(diary.calendar, &diary, 6.0));
    cr_assert_eq(diary.lines, 2);
    cr_assert(diary.when[1] == 5.0);
    process_wake(&sleeper, diary.calendar); /* cuts the hold short */
    cr_assert(process_run(diary.calendar, &diary, INFINITY));
    cr_assert_eq(diary.lines, 3);
    cr_assert(diary.when[2] == 6.0);
    cr_assert(process_is_done(&sleeper));
    process_wake(&sleeper, diary.calendar);
    cr_assert_eq(calendar_pending(diary.calendar), 0);
    calendar_free(diary.calendar);
}

Test(process, waking_again_keeps_the_place)
{
    struct diary diary = {.calendar = calendar_new(2)};
    struct process sleeper = {0};
    struct walker walker = {.name = 1};
    process_start(&sleeper, diary.calendar, sleeper_body, 0.0, 0);
    cr_assert(process_run(diary.calendar, &diary, 5.0));
    process_wake(&sleeper, diary.calendar);
    process_start(&walker.process, diary.calendar, walker_body, 5.0, 0);
    process_wake(&sleeper, diary.calendar);
    cr_assert(process_run(diary.calendar, &diary, 5.0));
    static const int who[] = {10, 11, -1};
    cr_assert_eq(diary.lines, 3);
    cr_assert_arr_eq(diary.who, who, sizeof who);
    calendar_free(diary.calendar);
}

static void urgent_body(struct process *self, void *world)
{
    struct diary *diary = world;
    PROCESS_BEGIN(self);
    PROCESS_SLEEP(self);
    note(diary, 20);
    process_hold_until(self, diary->calendar, 8.0);
    PROCESS_YIELD(self);
    note(diary, 21);
    PROCESS_HOLD(self, diary->calendar, 100.0);
    note(diary, 22);
    PROCESS_END(self);
}

Test(process, waking_and_holding_until_keep_the_priority)
{
    struct diary diary = {.calendar = calendar_new(2)};
    struct process urgent = {0};
    struct walker walker = {.name = 1, .step_min = 3.0, .steps = 1};
    process_start(&urgent, diary.calendar, urgent_body, 0.0, -1);
    cr_assert(process_run(diary.calendar, &diary, 5.0));
    process_start(&walker.process, diary.calendar, walker_body, 5.0, 0);
    process_wake(&urgent, diary.calendar); /* after the walker, and before it all the same */
    cr_assert(process_run(diary.calendar, &diary, 9.0));
    walker.steps = 0;
    process_start(&walker.process, diary.calendar, walker_body, 9.0, 0);
    process_wake(&urgent, diary.calendar); /* likewise, from a hold */
    cr_assert(process_run(diary.calendar, &diary, INFINITY));
    static const int who[] = {20, 1, 21, -1, 22, -1};
    static const double when[] = {5.0, 5.0, 8.0, 8.0, 9.0, 9.0};
    cr_assert_eq(diary.lines, 6);
    cr_assert_arr_eq(diary.who, who, sizeof who);
    cr_assert_arr_eq(diary.when, when, sizeof when);
    calendar_free(diary.calendar);
}

static void sleeper_until_body(struct process *self, void *world)
{
    struct diary *diary = world;
    PROCESS_BEGIN(self);
    PROCESS_HOLD_UNTIL(self, diary->calendar, 0.1 + 0.2);
    note(diary, 1);
    PROCESS_HOLD_UNTIL(self, diary->calendar, 7.0);
    note(diary, 2);
    PROCESS_END(self);
}

/* The clock then shows that very time, however long the hold was. */
Test(process, holds_until_a_time)
{
    static const int who[] = {1, 2};
    static const double when[] = {0.1 + 0.2, 7.0};
    struct diary diary = {.calendar = calendar_new(4)};
    struct process sleeper;
    process_start(&sleeper, diary.calendar, sleeper_until_body, 0.0, 0);
    cr_assert(process_run(diary.calendar, &diary, INFINITY));
    cr_assert_eq(diary.lines, 2);
    cr_assert_arr_eq(diary.who, who, sizeof who);
    cr_assert_arr_eq(diary.when, when, sizeof when);
    cr_assert(process_is_done(&sleeper));
    calendar_free(diary.calendar);
}

struct machine {
    struct process process;
    double left_min;
    double since;
    int breakdowns;
};

/* Works ten minutes in all; each breakdown costs three more before it goes on. */
static void machine_body(struct process *self, void *world)
{
    struct machine *machine = (struct machine *)(void *)self;
    struct diary *diary = world;

    PROCESS_BEGIN(self);
    machine->left_min = 10.0;
    while (machine->left_min > 0.0) {
        machine->since = calendar_now(diary->calendar);
        PROCESS_HOLD(self, diary->calendar, machine->left_min);
        machine->left_min -= calendar_now(diary->calendar) - machine->since;
        if (self->interrupted) {
            note(diary, self->interrupted);
            PROCESS_HOLD(self, diary->calendar, 3.0);
            cr_assert_eq(self->interrupted, 0);
        }
    }
    note(diary, 99);
    PROCESS_END(self);
}

Test(process, an_interrupt_tells_its_cause)
{
    struct diary diary = {.calendar = calendar_new(2)};
    struct machine machine = {0};
    process_start(&machine.process, diary.calendar, machine_body, 0.0, 0);
    cr_assert(process_run(diary.calendar, &diary, 4.0));
    process_interrupt(&machine.process, diary.calendar, 5);
    process_interrupt(&machine.process, diary.calendar, 6); /* before it goes on: the last stands */
    cr_assert(process_run(diary.calendar, &diary, 9.0));
    process_interrupt(&machine.process, diary.calendar, 7);
    cr_assert(process_run(diary.calendar, &diary, INFINITY));
    process_interrupt(&machine.process, diary.calendar, 8); /* done: nothing happens */
    cr_assert_eq(calendar_pending(diary.calendar), 0);

    /* Works 0 to 4 and 7 to 9; broken 4 to 7 and 9 to 12; four minutes are left at 12. */
    static const int who[] = {6, 7, 99};
    static const double when[] = {4.0, 9.0, 16.0};
    cr_assert_eq(diary.lines, 3);
    for (int i = 0; i < 3; i++) {
        cr_assert_eq(diary.who[i], who[i], "line %d", i);
        cr_assert(diary.when[i] == when[i], "line %d: %g", i, diary.when[i]);
    }
    calendar_free(diary.calendar);
}

Test(process, an_interrupt_without_a_cause_asserts, .signal = SIGABRT)
{
    struct calendar *calendar = calendar_new(1);
    struct machine machine = {0};
    process_start(&machine.process, calendar, machine_body, 0.0, 0);
    process_interrupt(&machine.process, calendar, 0);
}

/* Without the macros: a callback. */
static void tick_body(struct process *self, void *world)
{
    struct diary *diary = world;
    note(diary, 7);
    if (diary->lines < 5)
        process_hold(self, diary->calendar, 2.0);
    else
        calendar_stop(diary->calendar);
}

Test(process, a_plain_callback_that_stops_the_run)
{
    struct diary diary = {.calendar = calendar_new(2)};
    struct process tick = {0};
    struct process never = {0};
    process_start(&tick, diary.calendar, tick_body, 0.0, 0);
    process_start(&never, diary.calendar, tick_body, 1000.0, 0);
    cr_assert(process_run(diary.calendar, &diary, INFINITY));
    cr_assert_eq(diary.lines, 5);
    cr_assert(calendar_now(diary.calendar) == 8.0);
    cr_assert(calendar_stopped(diary.calendar));
    calendar_free(diary.calendar);
}

Test(process, resuming_what_is_done_asserts, .signal = SIGABRT)
{
    struct diary diary = {.calendar = calendar_new(2)};
    struct walker a = {.name = 1};
    process_start(&a.process, diary.calendar, walker_body, 0.0, 0);
    process_run(diary.calendar, &diary, INFINITY);
    process_hold(&a.process, diary.calendar, 1.0);
    process_run(diary.calendar, &diary, INFINITY);
}

Test(process, a_negative_hold_asserts, .signal = SIGABRT)
{
    struct diary diary = {.calendar = calendar_new(2)};
    struct walker a = {.name = 1, .step_min = -1.0, .steps = 1};
    process_start(&a.process, diary.calendar, walker_body, 5.0, 0);
    process_run(diary.calendar, &diary, INFINITY);
}
