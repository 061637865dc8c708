#include <criterion/criterion.h>
#include <math.h>
#include <signal.h>
#include <string.h>

#include "sim/resource.h"

enum { MOST = 64 };

struct ward {
    struct calendar *calendar;
    struct resource beds;
    int lines;
    int who[MOST];
    double when[MOST];
};

struct patient {
    struct process process;
    struct claim bed;
    int name;
    int priority;
    double busy_min;     /* between asking and waiting */
    double stay_min;     /* 0: ten minutes */
    double patience_min; /* 0: waits for ever */
};

static void note(struct ward *ward, int who)
{
    cr_assert_lt(ward->lines, MOST);
    ward->who[ward->lines] = who;
    ward->when[ward->lines++] = calendar_now(ward->calendar);
    cr_assert(resource_check(&ward->beds));
    cr_assert(calendar_check(ward->calendar));
}

/* Notes the name on getting a bed, minus the name on giving up. */
static void patient_body(struct process *self, void *world)
{
    struct patient *patient = (struct patient *)(void *)self;
    struct ward *ward = world;

    PROCESS_BEGIN(self);
    resource_ask(&ward->beds, &patient->bed, self, ward->calendar, patient->priority);
    if (patient->busy_min > 0.0)
        PROCESS_HOLD(self, ward->calendar, patient->busy_min);
    if (patient->patience_min > 0.0)
        PROCESS_AWAIT_FOR(self, ward->calendar, &patient->bed, patient->patience_min);
    else
        PROCESS_AWAIT(self, &patient->bed);
    if (!claim_is_granted(&patient->bed)) {
        resource_withdraw(&ward->beds, &patient->bed, ward->calendar);
        note(ward, -patient->name);
        PROCESS_EXIT(self);
    }
    note(ward, patient->name);
    PROCESS_HOLD(self, ward->calendar, patient->stay_min > 0.0 ? patient->stay_min : 10.0);
    resource_release(&ward->beds, &patient->bed, ward->calendar);
    PROCESS_END(self);
}

static void ward_init(struct ward *ward, int capacity)
{
    *ward = (struct ward){.calendar = calendar_new(16)};
    resource_init(&ward->beds, capacity, 0.0);
}

static void admit(struct ward *ward, struct patient *patient, double time)
{
    process_start(&patient->process, ward->calendar, patient_body, time, 0);
}

static void assert_line(const struct ward *ward, int line, int who, double when)
{
    cr_assert_lt(line, ward->lines);
    cr_assert_eq(ward->who[line], who, "line %d: %d, not %d", line, ward->who[line], who);
    cr_assert(ward->when[line] == when, "line %d: at %g, not %g", line, ward->when[line], when);
}

Test(resource, no_more_are_held_than_there_are)
{
    struct ward ward;
    struct patient patient[] = {{.name = 1}, {.name = 2}, {.name = 3}, {.name = 4}};
    ward_init(&ward, 2);
    for (int i = 0; i < 4; i++)
        admit(&ward, &patient[i], i);
    cr_assert(process_run(ward.calendar, &ward, INFINITY));
    assert_line(&ward, 0, 1, 0.0);
    assert_line(&ward, 1, 2, 1.0);
    assert_line(&ward, 2, 3, 10.0);
    assert_line(&ward, 3, 4, 11.0);
    cr_assert(resource_summarise(&ward.beds, 21.0).most_in_use == 2.0);
    cr_assert(resource_summarise(&ward.beds, 21.0).most_waiting == 2.0);
    calendar_free(ward.calendar);
}

Test(resource, priority_then_first_come)
{
    static const int priority[] = {0, 5, 3, 5, -1, 3, 0, 5, 3, 9};
    static const int expected[] = {0, 4, 6, 2, 5, 8, 1, 3, 7, 9};
    struct ward ward;
    struct patient patient[10];
    ward_init(&ward, 1);
    for (int i = 0; i < 10; i++) {
        patient[i] = (struct patient){.name = i, .priority = priority[i]};
        admit(&ward, &patient[i], i / 4); /* several at one instant */
    }
    cr_assert(process_run(ward.calendar, &ward, INFINITY));
    cr_assert_eq(ward.lines, 10);
    for (int i = 0; i < 10; i++)
        assert_line(&ward, i, expected[i], 10.0 * i);
    calendar_free(ward.calendar);
}

Test(resource, a_grant_meanwhile_is_found_without_an_event)
{
    struct ward ward;
    struct patient first = {.name = 1};
    struct patient busy = {.name = 2, .busy_min = 30.0};
    struct patient third = {.name = 3};
    ward_init(&ward, 1);
    admit(&ward, &first, 0.0);
    admit(&ward, &busy, 1.0);
    admit(&ward, &third, 2.0);
    cr_assert(process_run(ward.calendar, &ward, INFINITY));
    assert_line(&ward, 1, 2, 31.0);
    cr_assert(busy.bed.granted_at == 10.0); /* held since then, though not yet used */
    assert_line(&ward, 2, 3, 41.0);
    calendar_free(ward.calendar);
}

Test(resource, nobody_takes_a_unit_from_the_waiter_at_the_instant_of_release)
{
    struct ward ward;
    struct patient holder = {.name = 1};
    struct patient waiter = {.name = 2};
    struct patient late = {.name = 3, .priority = -9};
    ward_init(&ward, 1);
    admit(&ward, &holder, 0.0);
    cr_assert(process_run(ward.calendar, &ward, 1.0));
    admit(&ward, &waiter, 2.0);
    cr_assert(process_run(ward.calendar, &ward, 3.0));
    admit(&ward, &late, 10.0); /* scheduled after the release at 10, so asks just after it */
    cr_assert(process_run(ward.calendar, &ward, INFINITY));
    assert_line(&ward, 1, 2, 10.0);
    assert_line(&ward, 2, 3, 20.0);
    calendar_free(ward.calendar);
}

Test(resource, patience_ends)
{
    struct ward ward;
    struct patient patient[] = {{.name = 1},
                                {.name = 2, .patience_min = 5.0},
                                {.name = 3, .patience_min = 9.0},
                                {.name = 4, .patience_min = 100.0}};
    ward_init(&ward, 1);
    for (int i = 0; i < 4; i++)
        admit(&ward, &patient[i], 1.0);
    cr_assert(process_run(ward.calendar, &ward, INFINITY));
    assert_line(&ward, 1, -2, 6.0);
    assert_line(&ward, 2, -3, 10.0);
    assert_line(&ward, 3, 4, 11.0);
    cr_assert_eq(ward.lines, 4);
    struct resource_summary summary = resource_summarise(&ward.beds, 30.0);
    cr_assert_eq(summary.reneged, 2);
    cr_assert_eq(summary.queued, 3);
    cr_assert(summary.reneged_waits.mean == 7.0); /* 5 and 9 minutes */
    cr_assert(summary.waits.mean == 5.0);         /* nothing and 10 minutes */
    cr_assert(summary.waiting == 24.0 / 30.0);    /* 5, 9 and 10 minutes */
    cr_assert_eq(calendar_pending(ward.calendar), 0);
    calendar_free(ward.calendar);
}

Test(resource, patience_may_have_no_end)
{
    struct ward ward;
    struct patient patient[] = {{.name = 1, .stay_min = 1e9},
                                {.name = 2, .patience_min = INFINITY}};
    ward_init(&ward, 1);
    for (int i = 0; i < 2; i++)
        admit(&ward, &patient[i], 0.0);
    cr_assert(process_run(ward.calendar, &ward, INFINITY));
    assert_line(&ward, 1, 2, 1e9);
    calendar_free(ward.calendar);
}

Test(resource, unlimited_never_queues)
{
    struct ward ward;
    struct claim claim[50] = {0};
    ward_init(&ward, RESOURCE_UNLIMITED);
    for (int i = 0; i < 50; i++)
        cr_assert(resource_ask(&ward.beds, &claim[i], NULL, ward.calendar, 0));
    cr_assert(resource_check(&ward.beds));
    cr_assert(isnan(resource_summarise(&ward.beds, 1.0).utilisation));
    cr_assert(resource_summarise(&ward.beds, 1.0).in_use == 50.0);
    calendar_free(ward.calendar);
}

Test(resource, capacity_grows_and_shrinks)
{
    struct ward ward;
    struct claim claim[6] = {0};
    ward_init(&ward, 0);
    for (int i = 0; i < 6; i++)
        cr_assert_not(resource_ask(&ward.beds, &claim[i], NULL, ward.calendar, 0));
    resource_set_capacity(&ward.beds, 4, ward.calendar);
    cr_assert_eq(ward.beds.in_use, 4);
    cr_assert(claim_is_granted(&claim[3]) && claim_is_waiting(&claim[4]));
    resource_set_capacity(&ward.beds, 2, ward.calendar);
    cr_assert_eq(ward.beds.in_use, 4);
    cr_assert(resource_check(&ward.beds));
    resource_release(&ward.beds, &claim[0], ward.calendar);
    resource_release(&ward.beds, &claim[1], ward.calendar);
    cr_assert(claim_is_waiting(&claim[4]));
    cr_assert_eq(ward.beds.allowed, 2);
    resource_release(&ward.beds, &claim[2], ward.calendar);
    cr_assert(claim_is_granted(&claim[4]) && claim_is_waiting(&claim[5]));
    resource_drop(&ward.beds, &claim[5], ward.calendar);
    resource_drop(&ward.beds, &claim[4], ward.calendar);
    resource_drop(&ward.beds, &claim[4], ward.calendar);
    cr_assert(resource_check(&ward.beds));
    cr_assert_eq(ward.beds.in_use, 1);
    calendar_free(ward.calendar);
}

Test(resource, statistics_of_a_window)
{
    struct ward ward;
    struct patient patient[] = {{.name = 1}, {.name = 2}, {.name = 3}};
    ward_init(&ward, 1);
    for (int i = 0; i < 3; i++)
        admit(&ward, &patient[i], 0.0);
    cr_assert(process_run(ward.calendar, &ward, 5.0));
    resource_reset_statistics(&ward.beds, 5.0);
    cr_assert(process_run(ward.calendar, &ward, 40.0));
    cr_assert(resource_check(&ward.beds));

    /* Held from 5 to 30; two wait from 5 to 10, one from 10 to 20. */
    struct resource_summary summary = resource_summarise(&ward.beds, 25.0 + 5.0);
    cr_assert(isfinite(summary.in_use));
    cr_assert(summary.in_use == 1.0, "%g", summary.in_use);
    cr_assert(summary.waiting == 20.0 / 25.0, "%g", summary.waiting);
    summary = resource_summarise(&ward.beds, 55.0);
    cr_assert(summary.in_use == 0.5 && summary.utilisation == 0.5);
    cr_assert_eq(summary.asked, 0);
    cr_assert_eq(summary.granted, 2);
    cr_assert_eq(summary.released, 3);
    cr_assert_eq(summary.waits.n, 2);
    cr_assert(summary.waits.mean == 15.0);
    calendar_free(ward.calendar);
}

Test(resource, the_last_stretch_is_counted)
{
    struct ward ward;
    struct patient patient = {.name = 1, .stay_min = 1000.0};
    ward_init(&ward, 2);
    admit(&ward, &patient, 10.0);
    cr_assert(process_run(ward.calendar, &ward, 40.0));
    struct resource_summary summary = resource_summarise(&ward.beds, 40.0);
    cr_assert(summary.in_use == 0.75);
    cr_assert(summary.utilisation == 0.375);
    calendar_free(ward.calendar);
}

Test(resource, a_window_has_nothing_from_before_it)
{
    struct ward ward;
    struct patient patient[] = {{.name = 1}, {.name = 2}, {.name = 3}};
    ward_init(&ward, 1);
    for (int i = 0; i < 3; i++)
        admit(&ward, &patient[i], 0.0);
    cr_assert(process_run(ward.calendar, &ward, 15.0));
    resource_reset_statistics(&ward.beds, 15.0);
    struct resource_summary summary = resource_summarise(&ward.beds, 15.0);
    cr_assert(isnan(summary.in_use) && summary.waits.n == 0);
    cr_assert(summary.most_in_use == 1.0 && summary.most_waiting == 1.0); /* who is there */
    cr_assert(process_run(ward.calendar, &ward, 25.0));
    /* The second holds until 20; the third waits until then. */
    summary = resource_summarise(&ward.beds, 25.0);
    cr_assert(summary.in_use == 1.0 && summary.waiting == 0.5, "%g", summary.waiting);
    cr_assert(summary.waits.n == 1 && summary.waits.mean == 20.0);
    calendar_free(ward.calendar);
}

Test(resource, a_wait_that_more_capacity_ends_is_counted)
{
    struct ward ward;
    struct claim claim = {0};
    ward_init(&ward, 0);
    resource_ask(&ward.beds, &claim, NULL, ward.calendar, 0);
    cr_assert(process_run(ward.calendar, &ward, 10.0));
    resource_set_capacity(&ward.beds, 1, ward.calendar);
    struct resource_summary summary = resource_summarise(&ward.beds, 20.0);
    cr_assert(summary.waiting == 0.5 && summary.in_use == 0.5, "%g", summary.waiting);
    cr_assert(summary.utilisation == 1.0 && summary.waits.mean == 10.0);
    calendar_free(ward.calendar);
}

Test(resource, utilisation_follows_the_capacity)
{
    struct ward ward;
    struct patient patient = {.name = 1, .stay_min = 100.0};
    ward_init(&ward, 1);
    admit(&ward, &patient, 0.0);
    cr_assert(process_run(ward.calendar, &ward, 10.0));
    resource_set_capacity(&ward.beds, 3, ward.calendar);
    cr_assert(process_run(ward.calendar, &ward, 20.0));
    cr_assert(resource_summarise(&ward.beds, 20.0).utilisation == 20.0 / 40.0);
    calendar_free(ward.calendar);
}

Test(resource, a_full_queue_rejects)
{
    struct ward ward;
    struct claim claim[6] = {0};
    ward_init(&ward, 2);
    resource_limit_queue(&ward.beds, 1);
    for (int i = 0; i < 6; i++)
        cr_assert_eq(resource_ask(&ward.beds, &claim[i], NULL, ward.calendar, -i), i < 2);
    cr_assert(claim_is_granted(&claim[1]) && claim_is_waiting(&claim[2]));
    for (int i = 3; i < 6; i++)
        cr_assert_eq(claim[i].state, CLAIM_IDLE);
    cr_assert(resource_check(&ward.beds));
    resource_release(&ward.beds, &claim[0], ward.calendar);
    cr_assert(claim_is_granted(&claim[2]));
    cr_assert_not(resource_ask(&ward.beds, &claim[3], NULL, ward.calendar, 0));
    cr_assert(claim_is_waiting(&claim[3]));
    resource_limit_queue(&ward.beds, 0); /* who waits, stays */
    cr_assert(claim_is_waiting(&claim[3]));
    cr_assert_not(resource_ask(&ward.beds, &claim[4], NULL, ward.calendar, 0));
    struct resource_summary summary = resource_summarise(&ward.beds, 1.0);
    cr_assert_eq(summary.rejected, 4);
    cr_assert_eq(summary.queued, 2);
    cr_assert_eq(summary.asked, 8);
    cr_assert(resource_check(&ward.beds));
    calendar_free(ward.calendar);
}

Test(resource, who_is_rejected_goes_on_at_once)
{
    struct ward ward;
    struct patient patient[] = {{.name = 1}, {.name = 2}};
    ward_init(&ward, 0);
    resource_limit_queue(&ward.beds, 0);
    for (int i = 0; i < 2; i++) {
        resource_ask(&ward.beds, &patient[i].bed, NULL, ward.calendar, 0);
        cr_assert_not(claim_is_waiting(&patient[i].bed));
        cr_assert_not(claim_is_granted(&patient[i].bed));
    }
    cr_assert_eq(ward.beds.waiting, 0);
    cr_assert_eq(ward.beds.rejected, 2);
    calendar_free(ward.calendar);
}

static void rejected_body(struct process *self, void *world)
{
    struct patient *patient = (struct patient *)(void *)self;
    struct ward *ward = world;

    PROCESS_BEGIN(self);
    resource_ask(&ward->beds, &patient->bed, self, ward->calendar, 0);
    PROCESS_AWAIT(self, &patient->bed);
    PROCESS_AWAIT_FOR(self, ward->calendar, &patient->bed, 5.0);
    note(ward, claim_is_granted(&patient->bed) ? patient->name : -patient->name);
    PROCESS_END(self);
}

Test(resource, awaiting_a_rejected_claim_does_not_sleep)
{
    struct ward ward;
    struct patient patient = {.name = 1};
    ward_init(&ward, 0);
    resource_limit_queue(&ward.beds, 0);
    process_start(&patient.process, ward.calendar, rejected_body, 3.0, 0);
    cr_assert(process_run(ward.calendar, &ward, INFINITY));
    assert_line(&ward, 0, -1, 3.0);
    cr_assert(process_is_done(&patient.process));
    calendar_free(ward.calendar);
}

/* Is interrupted while he waits, has something else to do for so long, and waits on. */
static void busy_body(struct process *self, void *world)
{
    struct patient *patient = (struct patient *)(void *)self;
    struct ward *ward = world;

    PROCESS_BEGIN(self);
    resource_ask(&ward->beds, &patient->bed, self, ward->calendar, 0);
    if (patient->patience_min > 0.0)
        PROCESS_AWAIT_FOR(self, ward->calendar, &patient->bed, patient->patience_min);
    else
        PROCESS_AWAIT(self, &patient->bed);
    note(ward, 100 * self->interrupted);
    PROCESS_HOLD(self, ward->calendar, patient->busy_min);
    note(ward, -patient->name);
    PROCESS_AWAIT(self, &patient->bed);
    note(ward, patient->name);
    PROCESS_HOLD(self, ward->calendar, 10.0);
    resource_release(&ward->beds, &patient->bed, ward->calendar);
    PROCESS_END(self);
}

/* The claim of whoever is interrupted still waits, and its grant at 10 disturbs nobody who does not
 * sleep on it at that time. */
Test(resource, an_interrupted_wait_goes_on)
{
    for (int i = 0; i < 4; i++) {
        struct ward ward;
        struct patient holder = {.name = 1};
        struct patient waiter = {
            .name = 2, .busy_min = i % 2 ? 20.0 : 2.0, .patience_min = i / 2 ? INFINITY : 0.0};
        ward_init(&ward, 1);
        admit(&ward, &holder, 0.0);
        process_start(&waiter.process, ward.calendar, busy_body, 1.0, 0);
        cr_assert(process_run(ward.calendar, &ward, 4.0));
        process_interrupt(&waiter.process, ward.calendar, 7);
        cr_assert(process_run(ward.calendar, &ward, INFINITY));
        assert_line(&ward, 1, 700, 4.0);
        assert_line(&ward, 2, -2, i % 2 ? 24.0 : 6.0);
        assert_line(&ward, 3, 2, i % 2 ? 24.0 : 10.0);
        cr_assert(waiter.bed.granted_at == 10.0);
        calendar_free(ward.calendar);
    }
}

static void interrupted_body(struct process *self, void *world)
{
    struct patient *patient = (struct patient *)(void *)self;
    struct ward *ward = world;

    PROCESS_BEGIN(self);
    PROCESS_HOLD(self, ward->calendar, 10.0);
    cr_assert_eq(self->interrupted, 7);
    resource_ask(&ward->beds, &patient->bed, self, ward->calendar, 0);
    if (patient->patience_min > 0.0)
        PROCESS_AWAIT_FOR(self, ward->calendar, &patient->bed, patient->patience_min);
    else
        PROCESS_AWAIT(self, &patient->bed);
    cr_assert(claim_is_granted(&patient->bed));
    cr_assert_eq(self->interrupted, 0);
    PROCESS_END(self);
}

Test(resource, who_need_not_wait_was_not_interrupted)
{
    for (int patience_min = 0; patience_min < 2; patience_min++) {
        struct ward ward;
        struct patient patient = {.name = 1, .patience_min = patience_min};
        ward_init(&ward, 1);
        process_start(&patient.process, ward.calendar, interrupted_body, 0.0, 0);
        cr_assert(process_run(ward.calendar, &ward, 3.0));
        process_interrupt(&patient.process, ward.calendar, 7);
        cr_assert(process_run(ward.calendar, &ward, INFINITY));
        cr_assert(process_is_done(&patient.process));
        calendar_free(ward.calendar);
    }
}

/* Claims 1 to 5 ask at 1 to 5 while claim 0 holds the only bed. */
static void ask_in_turn(struct ward *ward, struct claim claim[6], const int priority[6])
{
    ward_init(ward, 1);
    for (int i = 0; i < 6; i++) {
        cr_assert(process_run(ward->calendar, ward, i));
        resource_ask(&ward->beds, &claim[i], NULL, ward->calendar, priority[i]);
    }
}

static void assert_served(struct ward *ward, struct claim claim[6], const int order[5])
{
    int holder = 0;
    for (int i = 0; i < 5; i++) {
        cr_assert(resource_check(&ward->beds));
        resource_release(&ward->beds, &claim[holder], ward->calendar);
        holder = order[i];
        cr_assert(claim_is_granted(&claim[holder]), "step %d: not claim %d", i, holder);
    }
    calendar_free(ward->calendar);
}

Test(resource, a_changed_priority_takes_its_place_by_when_it_asked)
{
    static const int priority[6] = {0, 2, 1, 2, 1, 0};
    struct ward ward;
    struct claim claim[6] = {0};

    ask_in_turn(&ward, claim, priority); /* 5, 2, 4, 1, 3 */
    resource_change_priority(&ward.beds, &claim[3], 1);
    cr_assert_eq(ward.beds.waiting, 5);
    assert_served(&ward, claim, (const int[]){5, 2, 3, 4, 1});

    memset(claim, 0, sizeof claim);
    ask_in_turn(&ward, claim, priority);
    resource_change_priority(&ward.beds, &claim[5], 2); /* last of all */
    assert_served(&ward, claim, (const int[]){2, 4, 1, 3, 5});

    memset(claim, 0, sizeof claim);
    ask_in_turn(&ward, claim, priority);
    resource_change_priority(&ward.beds, &claim[1], -7);
    resource_change_priority(&ward.beds, &claim[2], 2);
    assert_served(&ward, claim, (const int[]){1, 5, 4, 2, 3});
}

Test(resource, changing_the_priority_of_who_does_not_wait_asserts, .signal = SIGABRT)
{
    struct ward ward;
    struct claim claim = {0};
    ward_init(&ward, 1);
    resource_ask(&ward.beds, &claim, NULL, ward.calendar, 0);
    resource_change_priority(&ward.beds, &claim, 1);
}

enum { DAMAGES = 18 };

static void damage(struct resource *beds, struct claim claim[], int which)
{
    uint64_t *const count[] = {&beds->asked,    &beds->reneged, &beds->rejected,
                               &beds->released, &beds->waits.n, &beds->reneged_waits.n};
    int *const level[] = {&beds->in_use_at_reset, &beds->waiting_at_reset, &beds->in_use,
                          &beds->waiting};
    if (which < 6)
        ++*count[which];
    else if (which < 10)
        ++*level[which - 6];
    switch (which) {
    case 10: /* in use, and balanced, but more than allowed */
        beds->allowed--;
        break;
    case 11: /* a unit idles */
        beds->capacity++;
        break;
    case 12:
        claim[2].state = CLAIM_GRANTED;
        break;
    case 13:
        claim[3].previous = NULL;
        break;
    case 14:
        claim[3].priority = -1;
        break;
    case 15:
        claim[3].asked_at = 0.5;
        break;
    case 16:
        beds->tail = &claim[3];
        break;
    case 17: /* one is missing, and missed only by the count */
        claim[3].next = NULL;
        beds->tail = &claim[3];
        break;
    default:
        break;
    }
}

/* Two hold a bed, three wait; one was sent away and one gave up, all within the window. */
Test(resource, the_check_sees_what_is_wrong)
{
    for (int which = 0; which < DAMAGES; which++) {
        struct ward ward;
        struct claim claim[7] = {0};
        ward_init(&ward, 2);
        resource_limit_queue(&ward.beds, 4);
        for (int i = 0; i < 7; i++) {
            cr_assert(process_run(ward.calendar, &ward, i));
            resource_ask(&ward.beds, &claim[i], NULL, ward.calendar, 0);
        }
        resource_drop(&ward.beds, &claim[5], ward.calendar);
        cr_assert(resource_check(&ward.beds) && ward.beds.waiting == 3 && ward.beds.rejected == 1);
        damage(&ward.beds, claim, which);
        cr_expect_not(resource_check(&ward.beds), "damage %d", which);
        calendar_free(ward.calendar);
    }
}

/* Many claims of several priorities coming, going and giving up, checked at every step. */
Test(resource, a_random_life_keeps_the_invariant)
{
    enum { N = 300, STEPS = 20000 };
    static struct claim claim[N];
    struct ward ward;
    uint64_t state = 1;
    ward_init(&ward, 20);
    for (int step = 0; step < STEPS; step++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        struct claim *one = &claim[(state >> 33) % N];
        if (one->state == CLAIM_IDLE)
            resource_ask(&ward.beds, one, NULL, ward.calendar, (int)(state >> 60));
        else if (one->state == CLAIM_GRANTED || state >> 62 == 0)
            resource_drop(&ward.beds, one, ward.calendar);
        else
            resource_change_priority(&ward.beds, one, (int)(state >> 59) - 16);
        if (step % 700 == 0)
            resource_limit_queue(&ward.beds, (int)(state >> 57));
        if (step % 1000 == 0)
            resource_set_capacity(&ward.beds, (int)(state >> 59), ward.calendar);
        if (step % 3000 == 0)
            resource_reset_statistics(&ward.beds, 0.0);
        cr_assert(resource_check(&ward.beds), "step %d", step);
    }
    calendar_free(ward.calendar);
}

Test(resource, asking_twice_asserts, .signal = SIGABRT)
{
    struct ward ward;
    struct claim claim = {0};
    ward_init(&ward, 2);
    resource_ask(&ward.beds, &claim, NULL, ward.calendar, 0);
    resource_ask(&ward.beds, &claim, NULL, ward.calendar, 0);
}

Test(resource, releasing_what_is_not_held_asserts, .signal = SIGABRT)
{
    struct ward ward;
    struct claim claim = {0};
    ward_init(&ward, 2);
    resource_release(&ward.beds, &claim, ward.calendar);
}
