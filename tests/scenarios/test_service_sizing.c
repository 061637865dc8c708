#include <criterion/criterion.h>
#include <math.h>
#include <stdatomic.h>

#include "models/erlang.h"
#include "scenarios/service_sizing.h"
#include "tests/models/small_region.h"

static void prepare(struct design *design)
{
    size_t configuration;
    enum parameter_id which;
    cr_assert(design_prepare(design, &configuration, &which));
}

static struct service_sizing open_sizing(struct design *design, size_t configuration,
                                         uint64_t replications)
{
    struct service_sizing sizing = {.design = design,
                                    .configuration = configuration,
                                    .replications = replications,
                                    .threads = 2};
    cr_assert(service_sizing_open(&sizing));
    return sizing;
}

/* The mean of beds in use when there are more than enough. */
static double load_of(struct service_sizing *sizing, size_t u, const int plenty[], double share[])
{
    struct experiment_options options = {.configurations = &sizing->configuration,
                                         .count = 1,
                                         .replications = sizing->replications,
                                         .threads = sizing->threads};
    cr_assert(service_sizing_simulate(sizing, plenty, share));
    enum model_status status;
    struct experiment experiment;
    cr_assert_eq(experiment_run(&experiment, sizing->design, &options, &status), EXPERIMENT_OK);
    const struct service_unit *unit = &sizing->unit[u];
    double load =
        experiment.arm[0].unit[unit->hospital].of[unit_metric_of_beds(unit->kind, 0)].mean;
    experiment_fini(&experiment);
    return load;
}

/* Local units neither help nor block each other, so each is a queue of its own: with plenty of beds
 * nobody waits, with few all do, and in between about as many as Erlang C says. About, because
 * stays are not exponential and arrivals follow the hour; at these loads both together move the
 * share by less than a fifth of it (the bound is that, and four standard errors of some 2,600
 * arrivals in clusters). */
Test(service_sizing, a_unit_on_its_own_waits_as_erlang_says)
{
    struct design design;
    small_design(&design);
    prepare(&design);
    struct service_sizing sizing = open_sizing(&design, LOCAL, 32);
    int beds[SMALL_HOSPITALS * BED_KINDS];
    double share[SMALL_HOSPITALS * BED_KINDS];
    cr_assert_eq(sizing.units, 4);
    for (size_t u = 0; u < sizing.units; u++)
        beds[u] = 100;
    double load = load_of(&sizing, 0, beds, share);
    for (size_t u = 0; u < sizing.units; u++)
        cr_expect_eq(share[u], 0, "%zu: %g", u, share[u]);
    for (beds[0] = (int)load + 2; beds[0] <= load + 3 * sqrt(load); beds[0] += 2) {
        cr_assert(service_sizing_simulate(&sizing, beds, share));
        double theory = erlang_wait(load, beds[0]);
        cr_expect(fabs(share[0] - theory) < .2 * theory + .02, "load %g, %d beds: %g, not %g", load,
                  beds[0], share[0], theory);
        cr_expect_gt(share[0], erlang_loss(load, beds[0]) - .02);
        cr_expect_eq(share[1], 0);
    }
    service_sizing_close(&sizing);
    design_fini(&design);
}

/* A full stroke unit keeps patients in hyper-acute beds, so more wait there: the reason to size
 * them together. */
Test(service_sizing, units_block_each_other)
{
    struct design design;
    small_design_busy(&design);
    prepare(&design);
    struct service_sizing sizing = open_sizing(&design, CENTRAL, 8);
    int beds[SMALL_HOSPITALS * BED_KINDS];
    double plenty[SMALL_HOSPITALS * BED_KINDS], few[SMALL_HOSPITALS * BED_KINDS];
    for (size_t u = 0; u < sizing.units; u++)
        beds[u] = sizing.unit[u].kind == BED_HASU ? sizing.own[u] : 50;
    cr_assert(service_sizing_simulate(&sizing, beds, plenty));
    for (size_t u = 0; u < sizing.units; u++)
        beds[u] = sizing.unit[u].kind == BED_HASU ? sizing.own[u] : sizing.fewest[u];
    cr_assert(service_sizing_simulate(&sizing, beds, few));
    double most = 0;
    for (size_t u = 0; u < sizing.units; u++) {
        cr_expect_geq(few[u], plenty[u], "%zu: %g, not %g", u, few[u], plenty[u]);
        if (sizing.unit[u].kind == BED_HASU)
            most = fmax(most, few[u] - plenty[u]);
    }
    cr_expect_gt(most, .02, "%g", most);
    service_sizing_close(&sizing);
    design_fini(&design);
}

Test(service_sizing, keeps_the_bound_everywhere)
{
    struct design design;
    small_design_busy(&design);
    small_design_rehab(&design, 3);
    prepare(&design);
    struct service_sizing service = open_sizing(&design, CENTRAL, 4);
    struct sizing sizing = {.units = service.units,
                            .load = service.load,
                            .bound = .15,
                            .fewest = service.fewest,
                            .simulate = service_sizing_simulate,
                            .context = &service};
    int beds[SMALL_HOSPITALS * BED_KINDS];
    double share[SMALL_HOSPITALS * BED_KINDS], again[SMALL_HOSPITALS * BED_KINDS];
    bool rehab = false;
    cr_assert_eq(sizing_find(&sizing, beds, share), SIZING_OK);
    cr_assert(service_sizing_simulate(&service, beds, again));
    for (size_t u = 0; u < service.units; u++) {
        cr_expect_leq(share[u], .15);
        cr_expect_eq(share[u], again[u]);
        cr_expect_gt(beds[u], service.load[u]);
        rehab = rehab || service.unit[u].kind == BED_REHAB;
    }
    cr_expect(rehab);
    service_sizing_close(&service);
    design_fini(&design);
}

/* A candidate that cannot bear its patients is no failure; a run that is stopped is one. */
Test(service_sizing, unstable_and_stopped)
{
    struct design design;
    small_design(&design);
    small_design_write(&design, BOTH, P_RUN_MAX_INSIDE, 100);
    small_design_write(&design, BOTH, P_RUN_WARMUP_DAYS, 28);
    prepare(&design);
    struct service_sizing sizing = open_sizing(&design, LOCAL, 2);
    int beds[SMALL_HOSPITALS * BED_KINDS] = {1, 1, 1, 1};
    double share[SMALL_HOSPITALS * BED_KINDS];
    cr_assert(service_sizing_simulate(&sizing, beds, share));
    cr_expect(sizing.unstable);
    cr_expect_eq(share[0], 1);
    atomic_bool stop = true;
    sizing.stop = &stop;
    cr_expect_not(service_sizing_simulate(&sizing, beds, share));
    service_sizing_close(&sizing);
    design_fini(&design);
}
