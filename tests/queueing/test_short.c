/*
 * M/M/1 from its steady state over three minutes only, which begin after half a minute. Averages
 * over time have the mean of the steady state whatever their length. What happens at the ends of
 * the window, which a long one hides, is most of this one: who is there when it begins, and the
 * stretch after the last event.
 */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

#include "tests/queueing/steady.h"
#include "tests/queueing/theory.h"

static const double from_min = 0.5;
static const double until_min = 3.5;

enum { CONTROLS = 4 };

/* How many short runs are averaged to one observation: the rarer a queue is, the more. */
static uint64_t runs_of(double load)
{
    return (uint64_t)(4000.0 / (load * load));
}

static bool run_once(struct steady *world, uint64_t number, struct resource_summary *summary)
{
    bool ok = steady_run(world, number, from_min);
    resource_reset_statistics(&world->server, from_min);
    ok = process_run(world->calendar, world, until_min) && ok;
    *summary = resource_summarise(&world->server, until_min);
    return ok && resource_check(&world->server);
}

static bool replicate(void *shared, uint64_t replication, struct queueing_sample *sample)
{
    struct steady *world = shared;
    double load = world->rate * world->service_min;
    uint64_t runs = runs_of(load);
    bool ok = true;
    for (uint64_t run = 0; run < runs; run++) {
        struct resource_summary summary;
        ok = run_once(world, replication * runs + run, &summary) && ok;
        double inside = (double)world->at_first;
        sample->figure[0] += summary.waiting / (double)runs;
        sample->figure[1] += summary.in_use / (double)runs;
        /* The number at first by its distribution, and Poisson arrivals: world->arrived is one
         * ahead, who is still to come. */
        sample->control[0] += inside - load / (1.0 - load);
        sample->control[1] += (inside > 0.0) - load;
        sample->control[2] += (inside > 1.0) - load * load;
        sample->control[3] += (double)world->arrived - 1.0 - world->rate * until_min;
    }
    return ok;
}

QUEUEING_TABLE(short_windows, mm1)
{
    struct steady *world = calloc(1, sizeof *world);
    *world = (struct steady){.rate = *load, .service_min = 1.0, .most = UINT64_MAX};
    world->calendar = calendar_new(256);
    struct theory truth = theory_mmc(1, *load);
    struct queueing_table table = {.model = "M/M/1, three minutes",
                                   .load = *load,
                                   .cells = CELLS_SHORT,
                                   .controls = CONTROLS,
                                   .cell = {{"queue", truth.queue}, {"in use", truth.in_use}},
                                   .world = world,
                                   .replicate = replicate};
    queueing_assert(&table);
    calendar_free(world->calendar);
    free(world);
}
