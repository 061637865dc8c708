#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "sim/condition.h"
#include "sim/resource.h"
#include "sim/trace.h"

struct ward {
    struct calendar *calendar;
    struct resource beds;
    double left_at; /* when the last patient left */
};

struct patient {
    struct process process;
    struct claim bed;
    int name;
    double patience_min;
};

static void patient_body(struct process *self, void *world)
{
    struct patient *patient = (struct patient *)(void *)self;
    struct ward *ward = world;

    PROCESS_BEGIN(self);
    resource_ask(&ward->beds, &patient->bed, self, ward->calendar, 0);
    PROCESS_AWAIT_FOR(self, ward->calendar, &patient->bed, patient->patience_min);
    if (!claim_is_granted(&patient->bed)) {
        resource_withdraw(&ward->beds, &patient->bed, ward->calendar);
        PROCESS_SLEEP(self);
        PROCESS_EXIT(self);
    }
    PROCESS_HOLD(self, ward->calendar, 10.0);
    resource_release(&ward->beds, &patient->bed, ward->calendar);
    ward->left_at = calendar_now(ward->calendar);
    PROCESS_END(self);
}

static void ward_open(struct ward *ward, struct patient patient[2])
{
    *ward = (struct ward){.calendar = calendar_new(4)};
    resource_init(&ward->beds, 1, 0.0);
    for (int i = 0; i < 2; i++) {
        patient[i] = (struct patient){.name = i + 1, .patience_min = 4.0};
        process_start(&patient[i].process, ward->calendar, patient_body, 1.0 + i, 0);
    }
}

struct story {
    int steps;
    struct trace_step step[16];
};

static void remember(void *context, const struct trace_step *step)
{
    struct story *story = context;
    cr_assert_lt(story->steps, 16);
    story->step[story->steps++] = *step;
}

Test(trace, tells_every_step)
{
    struct ward ward;
    struct patient patient[2];
    struct story story = {0};
    struct trace trace = {.step = remember, .context = &story};
    ward_open(&ward, patient);
    cr_assert(trace_run(ward.calendar, &ward, 8.0, &trace));
    process_interrupt(&patient[1].process, ward.calendar, 42);
    cr_assert(trace_run(ward.calendar, &ward, INFINITY, &trace));

    static const struct {
        double time, until;
        int who;
        enum trace_next next;
        bool from_the_top;
        int interrupted;
    } expected[] = {
        {1.0, 11.0, 0, TRACE_HOLDS, true, 0}, /* granted at once */
        {2.0, 6.0, 1, TRACE_AWAITS, true, 0}, /* no longer than 4 minutes */
        {6.0, INFINITY, 1, TRACE_SLEEPS, false, 0}, {8.0, INFINITY, 1, TRACE_ENDS, false, 42},
        {11.0, INFINITY, 0, TRACE_ENDS, false, 0},
    };
    cr_assert_eq(story.steps, 5);
    for (int i = 0; i < 5; i++) {
        const struct trace_step *step = &story.step[i];
        cr_assert(step->time == expected[i].time, "step %d: at %g", i, step->time);
        cr_assert_eq(step->process, &patient[expected[i].who].process, "step %d", i);
        cr_assert_eq(step->next, expected[i].next, "step %d", i);
        cr_assert(step->until == expected[i].until, "step %d: until %g", i, step->until);
        cr_assert_eq(step->from == 0, expected[i].from_the_top, "step %d", i);
        cr_assert_eq(step->interrupted, expected[i].interrupted, "step %d", i);
        cr_assert_eq(step->awaiting, i == 1 ? &patient[1].bed : NULL, "step %d", i);
    }
    cr_assert_eq(story.step[2].to, story.step[3].from);
    cr_assert_eq(story.step[4].to, PROCESS_DONE);
    calendar_free(ward.calendar);
}

static void bell_body(struct process *self, void *world)
{
    struct ward *ward = world;
    static struct waiter waiter;
    static struct condition bell;
    PROCESS_BEGIN(self);
    PROCESS_WAIT_UNTIL(self, &bell, &waiter, calendar_now(ward->calendar) > 2.0);
    PROCESS_END(self);
}

Test(trace, waiting_for_a_condition_awaits_no_claim)
{
    struct ward ward = {.calendar = calendar_new(4)};
    struct process listener;
    struct story story = {0};
    struct trace trace = {.step = remember, .context = &story};
    process_start(&listener, ward.calendar, bell_body, 1.0, 0);
    cr_assert(trace_run(ward.calendar, &ward, 5.0, &trace));
    cr_assert_eq(story.steps, 1);
    cr_expect_eq(story.step[0].next, TRACE_SLEEPS);
    cr_expect_null(story.step[0].awaiting);
    calendar_free(ward.calendar);
}

Test(trace, changes_nothing)
{
    struct ward plain, traced;
    struct patient patient[2];
    struct story story = {0};
    struct trace trace = {.step = remember, .context = &story};
    ward_open(&plain, patient);
    cr_assert(process_run(plain.calendar, &plain, 50.0));
    ward_open(&traced, patient);
    cr_assert(trace_run(traced.calendar, &traced, 50.0, &trace));
    cr_assert(plain.left_at == traced.left_at && plain.left_at == 11.0);
    cr_assert(calendar_now(plain.calendar) == calendar_now(traced.calendar));
    cr_assert_eq(plain.beds.waits.n, traced.beds.waits.n);
    cr_assert_eq(plain.beds.reneged, traced.beds.reneged);
    calendar_free(plain.calendar);
    calendar_free(traced.calendar);
}

Test(trace, names_what_comes_next)
{
    cr_assert_str_eq(trace_next_name(TRACE_HOLDS), "holds");
    cr_assert_str_eq(trace_next_name(TRACE_AWAITS), "awaits");
    cr_assert_str_eq(trace_next_name(TRACE_SLEEPS), "sleeps");
    cr_assert_str_eq(trace_next_name(TRACE_ENDS), "ends");
}
