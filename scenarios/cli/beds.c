/* strokesim beds: how many beds, by two formulas and by simulation. Here for networks of wards. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/erlang.h"
#include "scenarios/cli/bed_table.h"
#include "scenarios/cli/beds_of_service.h"
#include "scenarios/cli/command.h"
#include "scenarios/cli/interrupt.h"
#include "scenarios/cli/network_simulate.h"
#include "scenarios/sizing.h"

enum { ROWS_EACH_WAY = 3, ROWS = 2 * ROWS_EACH_WAY + 1 };

/* A configuration of a network whose beds are being looked for. */
struct bedding {
    const struct options *options;
    struct network_scenario *scenario;
    size_t configuration;
    double *load, *share;
    int *beds;
    bool unstable; /* the last that was simulated */
};

/* Puts the beds into the configuration, of whose scenario this program has its own copy. */
static void set_beds(struct network *network, const int beds[])
{
    for (size_t w = 0; w < network->wards; w++) {
        network->ward[w].beds = beds[w];
        network->ward[w].by_hour = false;
    }
}

static bool simulate_beds(void *context, const int beds[], double share[])
{
    struct bedding *bedding = context;
    struct network *network = &bedding->scenario->configuration[bedding->configuration];
    const struct options *options = bedding->options;
    struct network_experiment_options experiment_options = {
        .configurations = &bedding->configuration,
        .count = 1,
        .replications =
            options->replications > 0 ? options->replications : bedding->scenario->replications,
        .threads = options->threads,
        .stop = interrupt_watch(),
    };
    struct network_experiment experiment;
    set_beds(network, beds);
    enum network_experiment_status status =
        network_experiment_run(&experiment, bedding->scenario, &experiment_options);
    if (status != NETWORK_EXPERIMENT_OK) {
        if (status == NETWORK_EXPERIMENT_STOPPED)
            network_experiment_fini(&experiment);
        return false;
    }
    for (size_t w = 0; w < network->wards; w++)
        share[w] = experiment.arm[0].ward[w].no_bed.mean;
    bedding->unstable = experiment.arm[0].unstable;
    network_experiment_fini(&experiment);
    return true;
}

/* The configuration's own beds; where these are unlimited or change, enough by the formula. */
static void own_beds(struct bedding *bedding)
{
    static const double usual_share = 0.1;
    const struct network *network = &bedding->scenario->configuration[bedding->configuration];
    for (size_t w = 0; w < network->wards; w++) {
        const struct network_ward *ward = &network->ward[w];
        bool fixed = !ward->by_hour && ward->beds != NETWORK_UNLIMITED;
        bedding->beds[w] = fixed ? ward->beds
                           : bedding->load[w] > 0
                               ? erlang_beds_for_wait(bedding->load[w], usual_share)
                               : 1;
    }
}

static bool print_ward(struct bedding *bedding, size_t w)
{
    const struct network *network = &bedding->scenario->configuration[bedding->configuration];
    struct bed_row row[ROWS];
    struct bed_unit unit = {.name = network->ward[w].name,
                            .load = bedding->load[w],
                            .chosen = bedding->beds[w],
                            .row = row};
    int first = bedding->beds[w] > ROWS_EACH_WAY ? bedding->beds[w] - ROWS_EACH_WAY : 1;
    for (int beds = first; beds <= unit.chosen + ROWS_EACH_WAY; beds++) {
        bedding->beds[w] = beds;
        bool simulated = simulate_beds(bedding, bedding->beds, bedding->share);
        bedding->beds[w] = unit.chosen;
        if (!simulated)
            return false;
        row[unit.rows++] = (struct bed_row){beds, bedding->share[w], bedding->unstable};
    }
    bed_table_unit(&unit);
    return true;
}

static enum sizing_status choose_beds(struct bedding *bedding)
{
    double bound = bedding->options->delay;
    struct sizing sizing = {
        .units = bedding->scenario->configuration[bedding->configuration].wards,
        .load = bedding->load,
        .bound = bound,
        .simulate = simulate_beds,
        .context = bedding,
    };
    if (!isnan(bound))
        return sizing_find(&sizing, bedding->beds, bedding->share);
    own_beds(bedding);
    return SIZING_OK;
}

static int say_failure(const struct bedding *bedding, enum sizing_status status)
{
    if (atomic_load(interrupt_watch()))
        return EXIT_INTERRUPTED;
    if (status == SIZING_NOT_FOUND)
        fprintf(stderr,
                "strokesim: not even %d beds in every ward keep the share that waits at %g\n",
                SIZING_MOST_BEDS, bedding->options->delay);
    else
        fputs("strokesim: the run failed: out of memory\n", stderr);
    return EXIT_FAILED;
}

static int print_beds(struct bedding *bedding)
{
    const struct network *network = &bedding->scenario->configuration[bedding->configuration];
    if (!network_loads(network, bedding->load))
        return say_failure(bedding, SIZING_FAILED);
    enum sizing_status status = choose_beds(bedding);
    if (status != SIZING_OK)
        return say_failure(bedding, status);
    printf("%s: %s\n\n", bedding->scenario->about->title, network->name);
    bed_table_begin("wards", "one ward's beds", bedding->options->delay);
    for (size_t w = 0; w < network->wards; w++)
        if (bedding->load[w] > 0 && !print_ward(bedding, w))
            return say_failure(bedding, SIZING_FAILED);
    printf("\n%llu replications of %g years each.\n",
           (unsigned long long)(bedding->options->replications > 0
                                    ? bedding->options->replications
                                    : bedding->scenario->replications),
           bedding->scenario->about->design.years);
    return EXIT_DONE;
}

static int beds_of(const struct options *options)
{
    struct bedding bedding = {.options = options, .scenario = network_simulate_read(options)};
    if (bedding.scenario == NULL)
        return EXIT_WRONG;
    struct named named = network_simulate_names(bedding.scenario);
    int found = named.name == NULL ? -1 : choice_find(&named, options->name[0]);
    int status = EXIT_WRONG;
    free(named.name);
    if (found >= 0) {
        size_t wards = bedding.scenario->configuration[found].wards;
        bedding.configuration = (size_t)found;
        bedding.load = calloc(wards + 1, sizeof *bedding.load);
        bedding.share = calloc(wards + 1, sizeof *bedding.share);
        bedding.beds = calloc(wards + 1, sizeof *bedding.beds);
        status = bedding.load && bedding.share && bedding.beds
                     ? print_beds(&bedding)
                     : say_failure(&bedding, SIZING_FAILED);
    }
    free(bedding.load);
    free(bedding.share);
    free(bedding.beds);
    network_scenario_free(bedding.scenario);
    return status;
}

int command_beds(int argc, char **argv)
{
    static const struct options_command command = {
        .name = "beds",
        .arguments = "SCENARIO NAME",
        .purpose = "Says for each hospital and kind of bed, or each ward of a network, over a few "
                   "numbers of beds, the published loss figure, the share that would wait, and "
                   "the share that waits in simulation.\v"
                   "With --delay P it first finds the beds of all of them together with which at "
                   "most P of those who ask for a bed find none free. It counts the beds of a "
                   "stroke service whatever beds.limited says. It writes no files.",
        .fewest_names = 1,
        .most_names = 1,
        .sizes_beds = true,
    };
    struct options options;
    if (!options_parse(&options, &command, argc, argv))
        return EXIT_FAILED;
    interrupt_watch();
    int status =
        network_scenario_is(options.scenario_path) ? beds_of(&options) : beds_of_service(&options);
    options_fini(&options);
    return status;
}
