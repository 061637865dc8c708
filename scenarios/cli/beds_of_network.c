#include "scenarios/cli/beds_of_network.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "models/erlang.h"
#include "scenarios/cli/beds_answer.h"
#include "scenarios/cli/command.h"
#include "scenarios/cli/interrupt.h"
#include "scenarios/cli/network_simulate.h"
#include "scenarios/sizing.h"

enum { ROWS_EACH_WAY = 3 };

static_assert(2 * ROWS_EACH_WAY + 1 <= BED_ROWS, "there is room for the rows of a ward");

/* A configuration of a network whose beds are being looked for. */
struct bedding {
    const struct options *options;
    struct network_scenario *scenario;
    size_t configuration;
    uint64_t replications;
    double *load, *share;
    int *beds;
    bool unstable; /* the last that was simulated */
    struct bed_figures figures;
};

static const struct network *network_of(const struct bedding *bedding)
{
    return &bedding->scenario->configuration[bedding->configuration];
}

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
    struct network_experiment_options experiment_options = {
        .configurations = &bedding->configuration,
        .count = 1,
        .replications = bedding->replications,
        .threads = bedding->options->threads,
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
    const struct network *network = network_of(bedding);
    for (size_t w = 0; w < network->wards; w++) {
        const struct network_ward *ward = &network->ward[w];
        bool fixed = !ward->by_hour && ward->beds != NETWORK_UNLIMITED;
        bedding->beds[w] = fixed ? ward->beds
                           : bedding->load[w] > 0
                               ? erlang_beds_for_wait(bedding->load[w], usual_share)
                               : 1;
    }
}

static enum sizing_status choose_beds(struct bedding *bedding)
{
    double bound = bedding->options->delay;
    struct sizing sizing = {
        .units = network_of(bedding)->wards,
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

/* The rows of a ward, all others as they were chosen. False: the run failed. */
static bool simulate_ward(struct bedding *bedding, size_t w)
{
    struct bed_unit *unit = &bedding->figures.unit[bedding->figures.units++];
    *unit = (struct bed_unit){.hospital = network_of(bedding)->ward[w].name,
                              .load = bedding->load[w],
                              .chosen = bedding->beds[w]};
    int first = unit->chosen > ROWS_EACH_WAY ? unit->chosen - ROWS_EACH_WAY : 1;
    for (int beds = first; beds <= unit->chosen + ROWS_EACH_WAY; beds++) {
        bedding->beds[w] = beds;
        if (!simulate_beds(bedding, bedding->beds, bedding->share))
            return false;
        unit->row[unit->rows++] = (struct bed_row){beds, bedding->share[w], bedding->unstable};
    }
    bedding->beds[w] = unit->chosen;
    return true;
}

static enum sizing_status find_figures(struct bedding *bedding)
{
    const struct network *network = network_of(bedding);
    if (!network_loads(network, bedding->load))
        return SIZING_FAILED;
    enum sizing_status status = choose_beds(bedding);
    for (size_t w = 0; status == SIZING_OK && w < network->wards; w++)
        if (bedding->load[w] > 0 && !simulate_ward(bedding, w))
            status = SIZING_FAILED;
    return status;
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

static bool make_room(struct bedding *bedding)
{
    size_t wards = network_of(bedding)->wards;
    bedding->load = calloc(wards + 1, sizeof *bedding->load);
    bedding->share = calloc(wards + 1, sizeof *bedding->share);
    bedding->beds = calloc(wards + 1, sizeof *bedding->beds);
    bedding->figures.unit = calloc(wards + 1, sizeof *bedding->figures.unit);
    return bedding->load && bedding->share && bedding->beds && bedding->figures.unit;
}

static int size_beds(struct bedding *bedding, struct output_folder *folder)
{
    const struct scenario *about = bedding->scenario->about;
    static const char *const no_notes[] = {NULL};
    time_t start = time(NULL);
    bedding->figures = (struct bed_figures){
        .scenario = about,
        .configuration = network_of(bedding)->name,
        .multiplier = bedding->scenario->multiplier[bedding->configuration],
        .bound = bedding->options->delay,
        .replications = bedding->replications,
        .seed = about->design.seed,
        .years = about->design.years,
    };
    enum sizing_status status = make_room(bedding) ? find_figures(bedding) : SIZING_FAILED;
    return status == SIZING_OK
               ? beds_answer(&bedding->figures, no_notes, start, folder, bedding->options)
               : say_failure(bedding, status);
}

static int size_configuration(struct bedding *bedding)
{
    struct named named = network_simulate_names(bedding->scenario);
    int found = named.name == NULL ? -1 : choice_find(&named, bedding->options->name[0]);
    free(named.name);
    if (found < 0)
        return EXIT_WRONG;
    bedding->configuration = (size_t)found;
    bedding->replications = bedding->options->replications > 0 ? bedding->options->replications
                                                               : bedding->scenario->replications;
    struct output_folder *folder = beds_folder(bedding->scenario->about->name, bedding->options);
    int status = folder == NULL ? EXIT_FAILED : size_beds(bedding, folder);
    output_folder_free(folder);
    return status;
}

int beds_of_network(const struct options *options)
{
    struct bedding bedding = {.options = options, .scenario = network_simulate_read(options)};
    int status = bedding.scenario == NULL ? EXIT_WRONG : size_configuration(&bedding);
    free(bedding.load);
    free(bedding.share);
    free(bedding.beds);
    free(bedding.figures.unit);
    network_scenario_free(bedding.scenario);
    return status;
}
