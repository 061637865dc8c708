/*
 * What a header says must not be done asserts: wrong numbers are not made from wrong input. Each
 * line is a misuse by itself, tried in a process of its own. (Events and claims in a wrong state
 * have tests beside those of what they do.)
 */
#include <criterion/criterion.h>
#include <math.h>

#include "sim/estimate.h"
#include "sim/replicate.h"
#include "sim/resource.h"
#include "sim/sampler.h"
#include "sim/variate.h"
#include "tests/sim/apart.h"

static const double values[] = {1.0, 2.0, 3.0};
static const double nothing[] = {0.0, 0.0};
static double room[3];

static struct calendar *calendar_at_ten(void)
{
    struct calendar *calendar = calendar_new(1);
    calendar_next_by(calendar, 10.0);
    return calendar;
}

static struct level level_at_ten(void)
{
    struct level level;
    level_init(&level, 1.0, 10.0);
    return level;
}

static struct resource resource_at_ten(void)
{
    struct resource resource;
    resource_init(&resource, 1, 10.0);
    return resource;
}

static bool run_nothing(void *shared, unsigned worker, uint64_t replication, void *result)
{
    (void)shared, (void)worker, (void)replication, (void)result;
    return true;
}

static bool take_nothing(void *shared, uint64_t replication, void *result)
{
    (void)shared, (void)replication, (void)result;
    return true;
}

static void deliver_through(unsigned window)
{
    const struct replicate_job job = {
        .run = run_nothing, .count = 1, .deliver = take_nothing, .window = window};
    replicate_run(replicate_pool_new(1), &job, NULL);
}

#define MISUSE(name, ...)                                                                          \
    static void name(void)                                                                         \
    {                                                                                              \
        __VA_ARGS__;                                                                               \
    }

MISUSE(next_by_the_past, calendar_next_by(calendar_at_ten(), 9.0))
MISUSE(time_of_nothing, calendar_time_of(calendar_at_ten(), &(struct event){0}))
MISUSE(too_small_a_priority,
       calendar_schedule(calendar_at_ten(), &(struct event){0}, 11.0, CALENDAR_PRIORITY_MIN - 1))

MISUSE(less_than_no_capacity, resource_init(&(struct resource){0}, -1, 0.0))
MISUSE(less_than_no_queue, resource_limit_queue(&(struct resource){0}, -1))
MISUSE(summary_of_the_past, struct resource resource = resource_at_ten();
       resource_summarise(&resource, 9.0))
MISUSE(asking_in_the_past, struct resource resource = resource_at_ten();
       resource_ask(&resource, &(struct claim){0}, NULL, calendar_new(1), 0))
MISUSE(withdrawing_what_does_not_wait, struct resource resource = resource_at_ten();
       resource_withdraw(&resource, &(struct claim){0}, calendar_at_ten()))

MISUSE(level_set_in_the_past, struct level level = level_at_ten(); level_set(&level, 1.0, 9.0))
MISUSE(level_reset_in_the_past, struct level level = level_at_ten(); level_reset(&level, 9.0))
MISUSE(level_of_the_past, struct level level = level_at_ten(); level_area(&level, 9.0))

MISUSE(interval_of_none, estimate_from_array(values, 3, 0.0))
MISUSE(interval_of_all, estimate_from_array(values, 3, 1.0))
MISUSE(quantile_below_all, estimate_quantile(values, 3, -0.01, room))
MISUSE(quantile_above_all, estimate_quantile(values, 3, 1.01, room))
MISUSE(sorted_quantile_below_all, estimate_quantile_sorted(values, 3, -0.01))
MISUSE(sorted_quantile_above_all, estimate_quantile_sorted(values, 3, 1.01))
MISUSE(lag_beyond_the_series, estimate_autocorrelation(values, 3, 3))
MISUSE(no_batches, estimate_batch_means(values, 3, 0, 0.95, room))

MISUSE(normal_of_0, variate_normal(0.0))
MISUSE(normal_of_1, variate_normal(1.0))
MISUSE(exponential_of_0, variate_exponential(0.0, 1.0))
MISUSE(exponential_of_1, variate_exponential(1.0, 1.0))
MISUSE(exponential_of_negative_mean, variate_exponential(0.5, -1.0))
MISUSE(lognormal_of_negative_spread, variate_lognormal(0.5, 0.0, -1.0))
MISUSE(cut_of_negative_spread, variate_lognormal_below(0.5, 0.0, -1.0, 1.0))
MISUSE(cut_at_0, variate_lognormal_below(0.5, 0.0, 1.0, 0.0))
MISUSE(cut_of_0, variate_lognormal_below(0.0, 0.0, 1.0, 1.0))
MISUSE(cut_of_1, variate_lognormal_below(1.0, 0.0, 1.0, 1.0))
MISUSE(moments_of_mean_0, variate_lognormal_moments(0.0, 1.0, &room[0], &room[1]))
MISUSE(moments_of_negative_spread, variate_lognormal_moments(1.0, -1.0, &room[0], &room[1]))
MISUSE(discrete_of_nothing, variate_discrete(0.5, values + 1, 0))
MISUSE(discrete_without_weight, variate_discrete(0.5, nothing, 2))
MISUSE(piecewise_of_one_point, variate_piecewise(0.5, values, values, 1))

MISUSE(no_threads, replicate_pool_new(0))
MISUSE(no_window, deliver_through(0))
MISUSE(too_wide_a_window, deliver_through(65))

#define NAMED(function)                                                                            \
    {                                                                                              \
#function, function                                                                        \
    }

struct misuse {
    const char *name;
    void (*function)(void);
};

static void commit(const void *context)
{
    ((const struct misuse *)context)->function();
}

Test(arguments, out_of_range_assert)
{
    static const struct misuse misuses[] = {NAMED(next_by_the_past),
                                            NAMED(time_of_nothing),
                                            NAMED(too_small_a_priority),
                                            NAMED(less_than_no_capacity),
                                            NAMED(less_than_no_queue),
                                            NAMED(summary_of_the_past),
                                            NAMED(asking_in_the_past),
                                            NAMED(withdrawing_what_does_not_wait),
                                            NAMED(level_set_in_the_past),
                                            NAMED(level_reset_in_the_past),
                                            NAMED(level_of_the_past),
                                            NAMED(interval_of_none),
                                            NAMED(interval_of_all),
                                            NAMED(quantile_below_all),
                                            NAMED(quantile_above_all),
                                            NAMED(sorted_quantile_below_all),
                                            NAMED(sorted_quantile_above_all),
                                            NAMED(lag_beyond_the_series),
                                            NAMED(no_batches),
                                            NAMED(normal_of_0),
                                            NAMED(normal_of_1),
                                            NAMED(exponential_of_0),
                                            NAMED(exponential_of_1),
                                            NAMED(exponential_of_negative_mean),
                                            NAMED(lognormal_of_negative_spread),
                                            NAMED(cut_of_negative_spread),
                                            NAMED(cut_at_0),
                                            NAMED(cut_of_0),
                                            NAMED(cut_of_1),
                                            NAMED(moments_of_mean_0),
                                            NAMED(moments_of_negative_spread),
                                            NAMED(discrete_of_nothing),
                                            NAMED(discrete_without_weight),
                                            NAMED(piecewise_of_one_point),
                                            NAMED(no_threads),
                                            NAMED(no_window),
                                            NAMED(too_wide_a_window)};
    char text[APART_TEXT];
    for (size_t i = 0; i < sizeof misuses / sizeof misuses[0]; i++)
        cr_expect(aborts_apart(commit, &misuses[i], text), "%s", misuses[i].name);
}

MISUSE(no_misuse, deliver_through(64); variate_normal(0.5))

Test(arguments, within_their_range_do_not_assert)
{
    char text[APART_TEXT];
    cr_assert_not(aborts_apart(commit, &(struct misuse){"none", no_misuse}, text), "%s", text);
}
