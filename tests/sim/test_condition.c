#include <criterion/criterion.h>
#include <math.h>
#include <signal.h>

#include "sim/condition.h"
#include "sim/resource.h"

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

/* Waits for either of two rooms or the bell, whichever is first, having been interrupted before. */
struct guest {
    struct process process;
    struct waiter waiter;
    struct claim first, second;
    double patience_min;
    double at;
};

struct inn {
    struct calendar *calendar;
    struct resource first, second;
    struct condition bell;
    bool rung;
};

static bool is_over(const struct guest *guest, const struct inn *inn)
{
    return claim_is_granted(&guest->first) || claim_is_granted(&guest->second) || inn->rung;
}

static void guest_body(struct process *self, void *world)
{
    struct guest *guest = (struct guest *)(void *)self;
    struct inn *inn = world;

    PROCESS_BEGIN(self);
    resource_ask(&inn->first, &guest->first, self, inn->calendar, 0);
    resource_ask(&inn->second, &guest->second, self, inn->calendar, 0);
    PROCESS_WAIT_UNTIL_FOR(self, inn->calendar, &inn->bell, &guest->waiter, guest->patience_min,
                           is_over(guest, inn));
    guest->at = calendar_now(inn->calendar);
    PROCESS_HOLD(self, inn->calendar, 100.0); /* which no grant ends */
    cr_assert(calendar_now(inn->calendar) == guest->at + 100.0);
    PROCESS_END(self);
}

static void inn_open(struct inn *inn, struct guest *guest, double patience_min)
{
    *inn = (struct inn){.calendar = calendar_new(MOST)};
    resource_init(&inn->first, 0, 0.0);
    resource_init(&inn->second, 0, 0.0);
    *guest = (struct guest){.patience_min = patience_min, .at = NAN};
    process_start(&guest->process, inn->calendar, guest_body, 0.0, 0);
    cr_assert(process_run(inn->calendar, inn, 3.0));
    cr_assert(isnan(guest->at));
}

Test(condition, the_grant_of_a_claim_of_its_own_is_a_change)
{
    for (int which = 0; which < 4; which++) {
        struct inn inn;
        struct guest guest;
        inn_open(&inn, &guest, which < 3 ? INFINITY : 4.0);
        if (which == 2)
            inn.rung = true;
        if (which == 2)
            condition_changed(&inn.bell, inn.calendar);
        else if (which < 2)
            resource_set_capacity(which == 0 ? &inn.first : &inn.second, 1, inn.calendar);
        cr_assert(process_run(inn.calendar, &inn, 5.0));
        cr_expect(guest.at == (which < 3 ? 3.0 : 4.0), "%d: at %g", which, guest.at);
        /* The wait is over, so the other claim is granted without waking anybody. */
        resource_set_capacity(which == 0 ? &inn.second : &inn.first, 1, inn.calendar);
        cr_assert(process_run(inn.calendar, &inn, INFINITY));
        cr_expect(process_is_done(&guest.process));
        calendar_free(inn.calendar);
    }
}

static void unhurried_body(struct process *self, void *world)
{
    struct guest *guest = (struct guest *)(void *)self;
    struct inn *inn = world;

    PROCESS_BEGIN(self);
    PROCESS_HOLD(self, inn->calendar, 10.0);
    cr_assert_eq(self->interrupted, 7);
    if (guest->patience_min > 0.0) {
        PROCESS_WAIT_UNTIL(self, &inn->bell, &guest->waiter, true);
    } else {
        PROCESS_WAIT_UNTIL_FOR(self, inn->calendar, &inn->bell, &guest->waiter, 1.0, true);
    }
    cr_assert_eq(self->interrupted, 0);
    PROCESS_END(self);
}

Test(condition, who_need_not_wait_was_not_interrupted)
{
    for (int patience_min = 0; patience_min < 2; patience_min++) {
        struct inn inn = {.calendar = calendar_new(MOST)};
        struct guest guest = {.patience_min = patience_min};
        process_start(&guest.process, inn.calendar, unhurried_body, 0.0, 0);
        cr_assert(process_run(inn.calendar, &inn, 3.0));
        process_interrupt(&guest.process, inn.calendar, 7);
        cr_assert(process_run(inn.calendar, &inn, INFINITY));
        cr_assert(process_is_done(&guest.process));
        calendar_free(inn.calendar);
    }
}
