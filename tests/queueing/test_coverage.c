/*
 * Of 1,000 experiments, each an interval at 95% from 20 replications of M/M/1, 930 to 970 must hold
 * the truth: for a mean, and for the difference of two configurations that share their luck. All
 * replications have seed 1; experiment e has those from 20 e on. Each begins in the steady state,
 * so that its mean wait is unbiased and what is measured is the interval alone.
 */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

#include "sim/estimate.h"
#include "sim/replicate.h"
#include "tests/queueing/steady.h"
#include "tests/queueing/theory.h"

enum { EXPERIMENTS = 1000, REPLICATIONS = 20, CUSTOMERS = 1500 };

static const double arrivals_per_min = 0.5;
static const double service_min[2] = {1.0, 0.8}; /* of the two configurations */

struct waits {
    double min[2];
};

static bool run_one(void *shared, unsigned worker, uint64_t replication, void *place)
{
    struct steady *world = shared;
    struct waits *waits = place;
    bool ok = true;
    (void)worker;
    for (int i = 0; i < 2; i++) {
        world->service_min = service_min[i];
        ok = steady_run(world, replication, INFINITY) && ok;
        ok = world->waits.n == CUSTOMERS && ok;
        waits->min[i] = world->waits.mean;
    }
    return ok;
}

static void run_all(struct waits waits[])
{
    struct steady *world = calloc(1, sizeof *world);
    *world = (struct steady){.rate = arrivals_per_min, .most = CUSTOMERS};
    world->calendar = calendar_new(64);
    struct replicate_pool *pool = replicate_pool_new(1);
    struct replicate_job job = {.run = run_one,
                                .shared = world,
                                .first = 0,
                                .count = EXPERIMENTS * REPLICATIONS,
                                .results = waits,
                                .size = sizeof waits[0]};
    cr_assert_eq(replicate_run(pool, &job, NULL), EXPERIMENTS * REPLICATIONS);
    replicate_pool_free(pool);
    calendar_free(world->calendar);
    free(world);
}

/* In minutes: M/M/1 in units of its service. */
static double true_wait(int i)
{
    return service_min[i] * theory_mmc(1, arrivals_per_min * service_min[i]).wait_min;
}

static void assert_covered(int held, const char *what)
{
    cr_log_info("%s: %.1f%%", what, 100.0 * held / EXPERIMENTS);
    cr_expect(held >= 930 && held <= 970, "%s: %d of %d", what, held, EXPERIMENTS);
}

static bool holds(struct estimate estimate, double truth)
{
    return estimate.low <= truth && truth <= estimate.high;
}

Test(coverage, of_waits)
{
    static struct waits waits[EXPERIMENTS * REPLICATIONS];
    int held[3] = {0};
    run_all(waits);
    for (size_t experiment = 0; experiment < EXPERIMENTS; experiment++) {
        double min[2][REPLICATIONS];
        for (size_t r = 0; r < REPLICATIONS; r++)
            for (int i = 0; i < 2; i++)
                min[i][r] = waits[experiment * REPLICATIONS + r].min[i];
        held[0] += holds(estimate_from_array(min[0], REPLICATIONS, 0.95), true_wait(0));
        held[1] += holds(estimate_from_array(min[1], REPLICATIONS, 0.95), true_wait(1));
        held[2] += holds(estimate_difference(min[0], min[1], REPLICATIONS, 0.95),
                         true_wait(0) - true_wait(1));
    }
    assert_covered(held[0], "mean wait at a load of 0.5");
    assert_covered(held[1], "mean wait at a load of 0.4");
    assert_covered(held[2], "paired difference");
}
