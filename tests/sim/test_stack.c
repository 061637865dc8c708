/*
 * What a body knows lives in its struct: before each of its steps the stack below it is filled with
 * rubbish, for every macro that lets time pass. And a body that keeps a local is found out.
 */
#include <criterion/criterion.h>
#include <math.h>

#include "sim/condition.h"
#include "sim/resource.h"
#include "sim/trace.h"

enum { RUBBISH = 0xa5, LINES = 16 };

/* Fills the stack below the caller with rubbish: all of it, so without what a sanitizer puts around
 * an array. */
static __attribute__((noinline, no_sanitize("address"))) int poison_stack(void)
{
    volatile unsigned char rubbish[8192];
    for (size_t i = 0; i < sizeof rubbish; i++)
        rubbish[i] = RUBBISH;
    return rubbish[100];
}

struct ward {
    struct calendar *calendar;
    struct resource beds;
    struct condition change;
    int nurses;
};

struct patient {
    struct process process;
    process_body *body; /* what is run on a poisoned stack */
    struct claim bed;
    struct waiter waiter;
    int round;
    long sum;
    int lines;
    double when[LINES];
};

/* By a pointer from memory, so that no compiler takes the body's frame into this one. */
static void on_a_poisoned_stack(struct process *self, void *world)
{
    struct patient *patient = (struct patient *)(void *)self;
    cr_assert_eq(poison_stack(), RUBBISH);
    patient->body(self, world);
}

static void note(struct patient *patient, const struct ward *ward)
{
    cr_assert_lt(patient->lines, LINES);
    patient->when[patient->lines++] = calendar_now(ward->calendar);
}

static void everything_body(struct process *self, void *world)
{
    struct patient *patient = (struct patient *)(void *)self; /* set anew at each step */
    struct ward *ward = world;

    PROCESS_BEGIN(self);
    for (patient->round = 0; patient->round < 2; patient->round++) {
        resource_ask(&ward->beds, &patient->bed, self, ward->calendar, 0);
        PROCESS_AWAIT_FOR(self, ward->calendar, &patient->bed, 1.0 + patient->round);
        note(patient, ward);
        PROCESS_AWAIT(self, &patient->bed);
        note(patient, ward);
        PROCESS_HOLD(self, ward->calendar, 2.0);
        resource_release(&ward->beds, &patient->bed, ward->calendar);
        PROCESS_HOLD_UNTIL(self, ward->calendar, 20.0 * patient->round + 10.0);
        PROCESS_WAIT_UNTIL_FOR(self, ward->calendar, &ward->change, &patient->waiter,
                               3.0 + patient->round, ward->nurses > 0);
        note(patient, ward);
        PROCESS_WAIT_UNTIL(self, &ward->change, &patient->waiter, ward->nurses > 0);
        note(patient, ward);
        PROCESS_SLEEP(self);
        note(patient, ward);
    }
    PROCESS_EXIT(self);
    note(patient, ward);
    PROCESS_END(self);
}

/* Twice: another has the bed for four minutes; at 11 there is a change, and still no nurse; at 15
 * there is one; at 20 he is woken. */
static void run_ward(struct ward *ward, struct patient *patient, const struct trace *trace)
{
    static const double until[] = {4, 11, 15, 20, 24, 31, 35, 40, INFINITY};
    struct claim other = {0};
    for (int i = 0; i < 9; i++) {
        if (i % 4 == 0)
            resource_ask(&ward->beds, &other, NULL, ward->calendar, 0);
        cr_assert(trace ? trace_run(ward->calendar, ward, until[i], trace)
                        : process_run(ward->calendar, ward, until[i]));
        resource_drop(&ward->beds, &other, ward->calendar);
        ward->nurses = i % 4 == 2;
        condition_changed(&ward->change, ward->calendar);
        if (i % 4 == 3)
            process_wake(&patient->process, ward->calendar);
    }
}

static void run_body(process_body *body, struct patient *patient, const struct trace *trace)
{
    struct ward ward = {.calendar = calendar_new(4)};
    *patient = (struct patient){.body = body};
    resource_init(&ward.beds, 1, 0.0);
    process_start(&patient->process, ward.calendar, on_a_poisoned_stack, 0.0, 0);
    run_ward(&ward, patient, trace);
    cr_assert(process_is_done(&patient->process));
    calendar_free(ward.calendar);
}

static void ignore_step(void *context, const struct trace_step *step)
{
    (void)context;
    (void)step;
    poison_stack();
}

Test(stack, nothing_that_a_body_needs_is_on_it)
{
    static const double expected[] = {1, 4, 13, 15, 20, 22, 24, 34, 35, 40};
    static const struct trace trace = {.step = ignore_step};
    struct patient patient;
    for (int traced = 0; traced < 2; traced++) {
        run_body(everything_body, &patient, traced ? &trace : NULL);
        cr_assert_eq(patient.lines, 10, "%d", patient.lines);
        for (int i = 0; i < 10; i++)
            cr_expect(patient.when[i] == expected[i], "line %d: at %g", i, patient.when[i]);
    }
}

/* The local's address is handed on, or the compiler would say that it is lost. */
static __attribute__((noinline)) long add(long *sum, long more)
{
    return *sum += more;
}

static void forgetful_body(struct process *self, void *world)
{
    struct patient *patient = (struct patient *)(void *)self;
    struct ward *ward = world;
    long sum;

    PROCESS_BEGIN(self);
    sum = 0;
    for (patient->round = 1; patient->round <= 3; patient->round++) {
        PROCESS_HOLD(self, ward->calendar, 1.0);
        patient->sum = add(&sum, patient->round);
    }
    PROCESS_END(self);
}

Test(stack, a_local_that_is_kept_is_found_out)
{
    struct patient patient;
    run_body(forgetful_body, &patient, NULL);
    cr_assert_neq(patient.sum, 1 + 2 + 3);
}
