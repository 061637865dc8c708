/*
 * M/M/1 through the public API, replications on a pool, against theory.
 *
 * The rules (seed 1; 99% over the family of cells; half-widths of at most 1% of the truth; a truth
 * moved by 2% is refused) would take 40 million customers at a load of 0.9. With the control
 * variate of tests/sim/mm1.h a fraction of that does: the estimate is where the regression on the
 * control crosses 0, its mean.
 */
#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_fit.h>
#include <math.h>
#include <stdlib.h>

#include "sim/replicate.h"
#include "tests/sim/mm1.h"

enum { CELLS = 6, THREADS = 2, MOST_REPLICATIONS = 64, WARM_UP = 10000 };

struct result {
    double control; /* a customer; its mean is 0 */
    double wait_min;
    double in_queue;
    double in_use;
};

struct experiment {
    double load;
    uint64_t customers;
    struct mm1 *queue[THREADS];
    struct calendar *calendar[THREADS];
};

static bool run_one(void *shared, unsigned worker, uint64_t replication, void *place)
{
    struct experiment *experiment = shared;
    struct mm1 *queue = experiment->queue[worker];
    struct result *result = place;

    if (!mm1_run(queue, experiment->calendar[worker], replication, experiment->load,
                 experiment->customers, WARM_UP))
        return false;
    double n = (double)(experiment->customers - WARM_UP);
    struct resource_summary summary =
        resource_summarise(&queue->server, calendar_now(queue->calendar));
    result->control = queue->control / n;
    result->wait_min = summary.waits.mean;
    result->in_queue = summary.waiting;
    result->in_use = summary.in_use;
    return resource_check(&queue->server) && summary.granted >= experiment->customers - WARM_UP;
}

struct interval {
    double middle;
    double half_width;
};

/* By regression on the control; at 1 - 0.01 / CELLS, so that the family holds at 99%. */
static struct interval controlled(const double y[], const double control[], size_t n)
{
    double intercept, slope, var_intercept, covariance, var_slope, residual;
    gsl_fit_linear(control, 1, y, 1, n, &intercept, &slope, &var_intercept, &covariance, &var_slope,
                   &residual);
    double t = gsl_cdf_tdist_Pinv(1.0 - 0.005 / CELLS, (double)n - 2.0);
    return (struct interval){.middle = intercept, .half_width = t * sqrt(var_intercept)};
}

static bool holds(struct interval interval, double truth)
{
    return fabs(interval.middle - truth) <= interval.half_width;
}

static void assert_cell(struct interval interval, double truth, const char *what, double load)
{
    cr_assert(holds(interval, truth), "%s at %g: %g +- %g, not %g", what, load, interval.middle,
              interval.half_width, truth);
    cr_assert(interval.half_width <= 0.01 * truth, "%s at %g: half-width %g of %g", what, load,
              interval.half_width, truth);
    cr_assert_not(holds(interval, 1.02 * truth), "%s at %g: blind", what, load);
    cr_assert_not(holds(interval, 0.98 * truth), "%s at %g: blind", what, load);
}

static void assert_theory(double load, uint64_t customers, size_t replications)
{
    static struct result results[MOST_REPLICATIONS];
    static double column[4][MOST_REPLICATIONS];
    struct experiment experiment = {.load = load, .customers = customers};
    struct replicate_pool *pool = replicate_pool_new(THREADS);
    for (int worker = 0; worker < THREADS; worker++) {
        experiment.queue[worker] = malloc(sizeof *experiment.queue[worker]);
        experiment.calendar[worker] = calendar_new(16);
    }
    struct replicate_job job = {.run = run_one,
                                .shared = &experiment,
                                .first = 1,
                                .count = replications,
                                .results = results,
                                .size = sizeof results[0]};
    cr_assert_eq(replicate_run(pool, &job, NULL), replications);
    for (int worker = 0; worker < THREADS; worker++) {
        free(experiment.queue[worker]);
        calendar_free(experiment.calendar[worker]);
    }
    replicate_pool_free(pool);

    for (size_t i = 0; i < replications; i++) {
        column[0][i] = results[i].control;
        column[1][i] = results[i].wait_min;
        column[2][i] = results[i].in_queue;
        column[3][i] = results[i].in_use;
    }
    double wait = load / (1.0 - load);
    assert_cell(controlled(column[1], column[0], replications), wait, "wait", load);
    assert_cell(controlled(column[2], column[0], replications), load * wait, "queue", load);
    assert_cell(controlled(column[3], column[0], replications), load, "utilisation", load);
}

Test(mm1, half_loaded, .timeout = 300)
{
    assert_theory(0.5, 60000, 60);
}

Test(mm1, heavily_loaded, .timeout = 300)
{
    assert_theory(0.9, 60000, 60);
}
