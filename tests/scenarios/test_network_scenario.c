#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "scenarios/network_experiment.h"
#include "scenarios/network_scenario.h"

static struct network_scenario *read(const char *folder, const char *const set[], size_t sets)
{
    struct diagnosis *diagnosis = diagnosis_new();
    struct scenario_options options = {.set = set, .sets = sets, .years = NAN};
    struct network_scenario *scenario = network_scenario_read(folder, &options, diagnosis);
    diagnosis_print(diagnosis, stderr);
    diagnosis_free(diagnosis);
    cr_assert(scenario);
    return scenario;
}

static const char ward_network[] = STROKESIM_ROOT "/scenarios/ward-network";
static const char monks[] = STROKESIM_ROOT "/scenarios/monks-2016";

Test(network_scenario, tells_its_kind)
{
    cr_expect(network_scenario_is(ward_network));
    cr_expect(network_scenario_is(STROKESIM_ROOT "/scenarios/monks-2016/scenario.yaml"));
    cr_expect_not(network_scenario_is(STROKESIM_ROOT "/scenarios/london-2010"));
    cr_expect_not(network_scenario_is(STROKESIM_ROOT "/nowhere"));
}

/* The offered loads of the published model, to what its parameters are rounded. */
Test(network_scenario, published_loads)
{
    struct network_scenario *scenario = read(monks, NULL, 0);
    double load[2];
    cr_assert_eq(scenario->configurations, 3);
    cr_assert(network_loads(&scenario->configuration[0], load));
    cr_expect_float_eq(load[0], 8.145511, 3e-5);
    cr_expect_float_eq(load[1], 9.718199, 3e-5);
    cr_assert(network_loads(&scenario->configuration[1], load));
    cr_expect_float_eq(load[0], 8.145511 / .95, 3e-5);
    cr_expect_eq(scenario->warm_up_days, 3 * 365);
    cr_expect_eq(scenario->replications, 150);
    cr_expect_eq(scenario->configuration[0].pools, 3);
    network_scenario_free(scenario);
}

/* What a configuration does not say is as in the one that it is from, and the command line wins. */
Test(network_scenario, values_come_in_their_order)
{
    const char *const set[] = {"ward.\"Acute\".beds=unlimited", "stay.multiplier=2"};
    struct network_scenario *scenario = read(ward_network, set, 2);
    const struct network *today = &scenario->configuration[0];
    const struct network *more = &scenario->configuration[1];
    const struct network *ageing = &scenario->configuration[3];
    cr_expect_str_eq(more->name, "two-more-rehab");
    cr_expect_eq(today->ward[3].beds, 14);
    cr_expect_eq(more->ward[3].beds, 16);
    cr_expect_eq(ageing->ward[3].beds, 14);
    cr_expect_eq(more->ward[2].beds, NETWORK_UNLIMITED);
    cr_expect_float_eq(ageing->source[0].between.mean * 1.2, today->source[0].between.mean, 1e-9);
    cr_expect_float_eq(today->route[0].stay.mean, 2 * 2.8 * 1440, 1e-9);
    cr_expect_float_eq(scenario->configuration[2].route[4].delay_mean_min * 2,
                       today->route[4].delay_mean_min, 1e-9);
    cr_expect_eq(today->ward[0].transfer, TRANSFER_LEAVES);
    cr_expect(today->ward[0].by_hour);
    cr_expect_eq(today->ward[0].week_beds[7], 1);
    cr_expect_eq(today->ward[0].week_beds[8], 4);
    cr_expect_eq(today->ward[0].week_beds[5 * 24 + 8], 2);
    network_scenario_free(scenario);
}

/* Whatever the threads, and whatever it is compared with. */
Test(network_scenario, an_experiment_hangs_on_nothing_else)
{
    const size_t all[] = {0, 1, 3}, alone[] = {3};
    struct network_experiment many, one;
    struct network_scenario *scenario = read(ward_network, NULL, 0);
    scenario->warm_up_days = 60;
    struct network_experiment_options options = {
        .configurations = all, .count = 3, .replications = 20, .threads = 2};
    cr_assert_eq(network_experiment_run(&many, scenario, &options), NETWORK_EXPERIMENT_OK);
    options.configurations = alone;
    options.count = options.threads = 1;
    cr_assert_eq(network_experiment_run(&one, scenario, &options), NETWORK_EXPERIMENT_OK);
    cr_expect_eq(many.replications, 20);
    for (int m = 0; m < NETWORK_METRICS; m++) {
        cr_expect_eq(memcmp(&many.arm[2].summary[m], &one.arm[0].summary[m], sizeof(struct tally)),
                     0);
        cr_expect_float_eq(many.arm[1].difference[m].mean,
                           many.arm[1].summary[m].mean - many.arm[0].summary[m].mean, 1e-9);
    }
    cr_expect_eq(many.arm[1].difference[NETWORK_ARRIVALS].mean, 0);
    cr_expect_lt(many.arm[1].difference[NETWORK_BLOCKED_BEDS].mean, 0);
    network_experiment_fini(&many);
    network_experiment_fini(&one);
    network_scenario_free(scenario);
}

/* Loss, tail and the formulas agree, roughly, in as many replications as a test can afford; the
 * queueing tests hold them tightly. */
Test(network_scenario, delays_are_of_the_census)
{
    struct network_experiment experiment;
    struct network_scenario *scenario = read(monks, NULL, 0);
    const size_t chosen[] = {0};
    struct network_experiment_options options = {
        .configurations = chosen, .count = 1, .replications = 60, .threads = 1};
    cr_assert_eq(network_experiment_run(&experiment, scenario, &options), NETWORK_EXPERIMENT_OK);
    const struct delay_tallies *delay = experiment.arm[0].ward[0].delay;
    cr_expect_float_eq(delay[10].loss.mean, .1283, .01);
    cr_expect_float_eq(delay[14].loss.mean, .0192, .004);
    cr_expect_float_eq(delay[0].tail.mean, 1, 1e-12);
    cr_expect_float_eq(experiment.arm[0].pool[0].loss.mean, .0629, .01);
    cr_expect_float_eq(experiment.arm[0].pool[4].tail.mean, .0422, .01);
    cr_expect_float_eq(experiment.arm[0].pool[5].tail.mean, .0857, .02);
    network_experiment_fini(&experiment);
    network_scenario_free(scenario);
}

/* Overloaded: called unstable, no figure taken but the share that found no bed. */
Test(network_scenario, overload_quotes_nothing)
{
    const char *const set[] = {"demand.multiplier=4", "run.max_inside=4000"};
    const size_t chosen[] = {0};
    struct network_experiment experiment;
    struct network_scenario *scenario = read(ward_network, set, 2);
    struct network_experiment_options options = {
        .configurations = chosen, .count = 1, .replications = 3, .threads = 1};
    cr_assert_eq(network_experiment_run(&experiment, scenario, &options), NETWORK_EXPERIMENT_OK);
    cr_expect(experiment.arm[0].unstable);
    cr_expect_not(network_is_comparable(&experiment, &experiment.arm[0]));
    cr_expect_eq(experiment.arm[0].summary[NETWORK_INSIDE].n, 0);
    cr_expect_gt(experiment.arm[0].ward[1].no_bed.mean, .9);
    network_experiment_fini(&experiment);
    network_scenario_free(scenario);
}
