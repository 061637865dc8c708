#include <criterion/criterion.h>
#include <math.h>
#include <signal.h>

#include "sim/condition.h"

enum { MOST = 8 };

/* Nurses come and go; a patient needs some of them for ten minutes. */
struct ward {
    struct calendar *calendar;
    struct condition change;
    int nurses;
    int lines;
    int who[2 * MOST];
    double when[2 * MOST];
};

struct patient {
    struct process process;
    struct waiter waiter;
    int name;
    int needs;
    double patience_min; /* 0: waits for ever */
};

static void note(struct ward *ward, int who)
{
    cr_assert_lt(ward->lines, 2 * MOST);
    ward->who[ward->lines] = who;
    ward->when[ward->lines++] = calendar_now(ward->calendar);
}

static void set_nurses(struct ward *ward, int nurses)
{
    ward->nurses = nurses;
    condition_changed(&ward->change, ward->calendar);
}

/* Notes the name when there are nurses enough, minus the name otherwise. */
static void patient_body(struct process *self, void *world)
{
    struct patient *patient = (struct patient *)(void *)self;
    struct ward *ward = world;

    PROCESS_BEGIN(self);
    if (patient->patience_min > 0.0)
        PROCESS_WAIT_UNTIL_FOR(self, ward->calendar, &ward->change, &patient->waiter,
                               patient->patience_min, ward->nurses >= patient->needs);
    else
        PROCESS_WAIT_UNTIL(self, &ward->change, &patient->waiter, ward->nurses >= patient->needs);
    if (ward->nurses < patient->needs) {
        note(ward, -patient->name);
        PROCESS_EXIT(self);
    }
    note(ward, patient->name);
    ward->nurses -= patient->needs;
    PROCESS_HOLD(self, ward->calendar, 10.0);
    set_nurses(ward, ward->nurses + patient->needs);
    PROCESS_END(self);
}

static void ward_open(struct ward *ward, struct patient patient[], int n, int nurses)
{
    *ward = (struct ward){.calendar = calendar_new(MOST), .nurses = nurses};
    for (int i = 0; i < n; i++) {
        patient[i].name = i + 1;
        process_start(&patient[i].process, ward->calendar, patient_body, 0.0, 0);
    }
}

static void assert_line(const struct ward *ward, int line, int who, double when)
{
    cr_assert_lt(line, ward->lines);
    cr_assert_eq(ward->who[line], who, "line %d: %d, not %d", line, ward->who[line], who);
    cr_assert(ward->when[line] == when, "line %d: at %g, not %g", line, ward->when[line], when);
}

Test(condition, what_is_true_is_not_waited_for)
{
    struct ward ward;
    struct patient patient[] = {{.needs = 1}};
    ward_open(&ward, patient, 1, 1);
    cr_assert(process_run(ward.calendar, &ward, 0.0));
    assert_line(&ward, 0, 1, 0.0);
    cr_assert_eq(condition_waiting(&ward.change), 0);
    calendar_free(ward.calendar);
}

Test(condition, those_behind_wait_on_when_the_first_takes_all)
{
    struct ward ward;
    struct patient patient[] = {{.needs = 2}, {.needs = 3}, {.needs = 2}, {.needs = 2}};
    ward_open(&ward, patient, 4, 1);
    cr_assert(process_run(ward.calendar, &ward, 5.0));
    cr_assert_eq(ward.lines, 0);
    cr_assert_eq(condition_waiting(&ward.change), 4);
    set_nurses(&ward, 2);
    set_nurses(&ward, 2); /* saying it twice changes nothing */
    cr_assert(process_run(ward.calendar, &ward, INFINITY));
    assert_line(&ward, 0, 1, 5.0);
    assert_line(&ward, 1, 3, 15.0); /* the second needs more than there ever are */
    assert_line(&ward, 2, 4, 25.0);
    cr_assert_eq(ward.lines, 3);
    cr_assert_eq(condition_waiting(&ward.change), 1);
    calendar_free(ward.calendar);
}

Test(condition, a_change_of_something_else_keeps_the_order)
{
    struct ward ward;
    struct patient patient[] = {{.needs = 1}, {.needs = 1}, {.needs = 1}};
    ward_open(&ward, patient, 3, 0);
    cr_assert(process_run(ward.calendar, &ward, 1.0));
    set_nurses(&ward, 0);
    cr_assert(process_run(ward.calendar, &ward, 2.0));
    set_nurses(&ward, 1);
    cr_assert(process_run(ward.calendar, &ward, INFINITY));
    for (int i = 0; i < 3; i++)
        assert_line(&ward, i, i + 1, 2.0 + 10.0 * i);
    calendar_free(ward.calendar);
}

Test(condition, patience_ends)
{
    struct ward ward;
    struct patient patient[] = {{.needs = 1, .patience_min = 5.0},
                                {.needs = 1, .patience_min = 7.3},
                                {.needs = 1, .patience_min = 7.5}};
    ward_open(&ward, patient, 3, 0);
    cr_assert(process_run(ward.calendar, &ward, 6.0));
    assert_line(&ward, 0, -1, 5.0);
    set_nurses(&ward, 0); /* looked at in vain; the deadline stays */
    cr_assert(process_run(ward.calendar, &ward, 7.4));
    assert_line(&ward, 1, -2, 7.3);
    set_nurses(&ward, 1);
    cr_assert(process_run(ward.calendar, &ward, INFINITY));
    assert_line(&ward, 2, 3, 7.4);
    cr_assert_eq(condition_waiting(&ward.change), 0);
    cr_assert_eq(calendar_pending(ward.calendar), 0);
    calendar_free(ward.calendar);
}

Test(condition, who_is_woken_by_somebody_else_keeps_the_place)
{
    struct ward ward;
    struct patient patient[] = {{.needs = 1}, {.needs = 1}};
    ward_open(&ward, patient, 2, 0);
    cr_assert(process_run(ward.calendar, &ward, 1.0));
    process_wake(&patient[0].process, ward.calendar); /* looks in vain, alone */
    cr_assert(process_run(ward.calendar, &ward, 2.0));
    set_nurses(&ward, 1);
    cr_assert(process_run(ward.calendar, &ward, INFINITY));
    assert_line(&ward, 0, 1, 2.0);
    assert_line(&ward, 1, 2, 12.0);
    calendar_free(ward.calendar);
}

/* Two leave the queue, from its middle and its end, and one joins it. */
Test(condition, the_queue_stays_whole_when_some_give_up)
{
    struct ward ward;
    struct patient late = {.name = 4, .needs = 1};
    struct patient patient[] = {
        {.needs = 1}, {.needs = 1, .patience_min = 5.0}, {.needs = 1, .patience_min = 6.0}};
    ward_open(&ward, patient, 3, 0);
    cr_assert(process_run(ward.calendar, &ward, 7.0));
    assert_line(&ward, 1, -3, 6.0);
    process_start(&late.process, ward.calendar, patient_body, 8.0, 0);
    cr_assert(process_run(ward.calendar, &ward, 9.0));
    cr_assert_eq(condition_waiting(&ward.change), 2);
    set_nurses(&ward, 1);
    cr_assert(process_run(ward.calendar, &ward, INFINITY));
    assert_line(&ward, 2, 1, 9.0);
    assert_line(&ward, 3, 4, 19.0);
    calendar_free(ward.calendar);
}

Test(condition, an_interrupt_ends_the_waiting)
{
    struct ward ward;
    struct patient patient[] = {{.needs = 1}, {.needs = 1, .patience_min = 50.0}, {.needs = 1}};
    ward_open(&ward, patient, 3, 0);
    cr_assert(process_run(ward.calendar, &ward, 4.0));
    process_interrupt(&patient[0].process, ward.calendar, 1);
    process_interrupt(&patient[1].process, ward.calendar, 1);
    cr_assert(process_run(ward.calendar, &ward, 4.0));
    assert_line(&ward, 0, -1, 4.0);
    assert_line(&ward, 1, -2, 4.0);
    cr_assert_eq(condition_waiting(&ward.change), 1);
    cr_assert_eq(calendar_pending(ward.calendar), 0);
    calendar_free(ward.calendar);
}

/* From either end and from the middle, and back again at the end. */
Test(condition, leaving_twice_and_joining_again)
{
    for (int who = 0; who < 3; who++) {
        struct condition condition = {0};
        struct waiter waiter[3] = {0};
        struct process process[3] = {0};
        for (int i = 0; i < 3; i++)
            condition_join(&condition, &waiter[i], &process[i]);
        condition_leave(&waiter[who]);
        condition_leave(&waiter[who]);
        cr_assert_eq(condition_waiting(&condition), 2, "%d", who);
        condition_join(&condition, &waiter[who], &process[who]);
        condition_join(&condition, &waiter[who], &process[who]);
        cr_assert_eq(condition_waiting(&condition), 3, "%d", who);
        cr_assert(condition.tail == &waiter[who] && !waiter[who].next);
        for (int i = 0; i < 3; i++)
            condition_leave(&waiter[i]);
        cr_assert(!condition.head && !condition.tail);
    }
}

Test(condition, waiting_on_two_at_once_asserts, .signal = SIGABRT)
{
    struct condition one = {0}, other = {0};
    struct waiter waiter = {0};
    struct process process = {0};
    condition_join(&one, &waiter, &process);
    condition_join(&other, &waiter, &process);
}
