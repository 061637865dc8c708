#include "scenarios/cli/network_simulate.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "scenarios/cli/command.h"
#include "scenarios/cli/interrupt.h"
#include "scenarios/cli/network_answer.h"
#include "scenarios/cli/progress.h"
#include "scenarios/write/network_results.h"

/* Options that mean something for a stroke service alone. False: one was given, which is said. */
static bool refuse_others(const struct options *options)
{
    const char *wrong = options->patients           ? "--patients"
                        : options->precision_given  ? "--precision (give --replications)"
                        : options->scenario.variant ? "--variant"
                        : options->focus            ? "--focus"
                        : options->boundaries       ? "--boundaries"
                                                    : NULL;
    if (wrong != NULL)
        fprintf(stderr, "strokesim: a network of wards has no %s\n", wrong);
    return wrong == NULL;
}

static struct network_scenario *read_scenario(const char *path,
                                              const struct scenario_options *options)
{
    struct diagnosis *diagnosis = diagnosis_new();
    if (diagnosis == NULL) {
        fputs("strokesim: out of memory\n", stderr);
        return NULL;
    }
    struct network_scenario *scenario = network_scenario_read(path, options, diagnosis);
    diagnosis_print(diagnosis, stderr);
    diagnosis_free(diagnosis);
    return scenario;
}

struct network_scenario *network_simulate_read(const struct options *options)
{
    return refuse_others(options) ? read_scenario(options->scenario_path, &options->scenario)
                                  : NULL;
}

struct named network_simulate_names(const struct network_scenario *scenario)
{
    struct named named = {.scenario = scenario->about->name,
                          .name = calloc(scenario->configurations, sizeof *named.name),
                          .count = scenario->configurations};
    for (size_t c = 0; named.name != NULL && c < named.count; c++)
        named.name[c] = scenario->configuration[c].name;
    return named;
}

/* Everything a run holds, so that it can be let go in one place. */
struct simulation {
    const struct options *options;
    struct network_scenario *scenario;
    size_t *chosen; /* configurations, the baseline first */
    size_t chosen_count;
    struct output_folder *folder;
    struct network_results *results;
    struct progress progress;
};

/* False: out of memory, or a name is unknown, which is printed. */
static bool choose(struct simulation *simulation, bool comparing)
{
    struct named named = network_simulate_names(simulation->scenario);
    simulation->chosen = calloc(named.count, sizeof *simulation->chosen);
    bool chosen = named.name != NULL && simulation->chosen != NULL &&
                  choice_make(&named, simulation->options, comparing, simulation->chosen,
                              &simulation->chosen_count);
    free(named.name);
    return chosen;
}

static bool open_folder(struct simulation *simulation, struct write_fault *fault)
{
    simulation->folder =
        choice_open_folder(simulation->scenario->about->name, simulation->options, fault);
    if (simulation->folder != NULL)
        simulation->results = network_results_open(simulation->folder, fault);
    return simulation->results != NULL;
}

static bool replication_done(void *context, const struct network_experiment *experiment,
                             uint64_t replication, const struct network_trial *trial)
{
    struct simulation *simulation = context;
    return network_results_add(simulation->results, experiment, replication, trial);
}

static void show_progress(void *context, double share)
{
    struct simulation *simulation = context;
    progress_show(&simulation->progress, share);
}

static void say_failure(struct simulation *simulation, const struct network_experiment *experiment,
                        enum network_experiment_status status)
{
    struct write_fault fault = {0};
    network_results_close(simulation->results, NULL, NULL, &fault);
    simulation->results = NULL;
    if (fault.text[0] != '\0')
        fprintf(stderr, "strokesim: %s\n", fault.text);
    else
        fprintf(
            stderr, "strokesim: the run failed: %s (replication %" PRIu64 ", seed %" PRIu64 ")\n",
            status == NETWORK_EXPERIMENT_NO_MEMORY ? "out of memory"
                                                   : "stopped before a replication was finished",
            experiment->failed, experiment->seed);
}

static bool keep_results(struct simulation *simulation, const struct network_experiment *experiment,
                         time_t start)
{
    struct write_fault fault = {0};
    struct network_results_about about = {.version = STROKESIM_VERSION,
                                          .command = simulation->options->command_line,
                                          .start = start,
                                          .end = time(NULL)};
    bool kept = network_results_close(simulation->results, experiment, &about, &fault);
    simulation->results = NULL;
    return choice_keep_folder(simulation->folder, simulation->options, kept, &fault);
}

static int run_experiment(struct simulation *simulation)
{
    const struct options *options = simulation->options;
    const atomic_bool *stop = interrupt_watch();
    struct network_experiment_options experiment_options = {
        .configurations = simulation->chosen,
        .count = simulation->chosen_count,
        .replications =
            options->replications > 0 ? options->replications : simulation->scenario->replications,
        .threads = options->threads,
        .stop = stop,
        .replication_done = replication_done,
        .progress = show_progress,
        .context = simulation,
    };
    time_t start = time(NULL);
    struct network_experiment experiment;
    progress_begin(&simulation->progress, !options->quiet);
    enum network_experiment_status status =
        network_experiment_run(&experiment, simulation->scenario, &experiment_options);
    progress_end(&simulation->progress);
    if (status != NETWORK_EXPERIMENT_OK && status != NETWORK_EXPERIMENT_STOPPED) {
        say_failure(simulation, &experiment, status);
        return atomic_load(stop) ? EXIT_INTERRUPTED : EXIT_FAILED;
    }
    int exit_status = status == NETWORK_EXPERIMENT_OK ? EXIT_DONE : EXIT_INTERRUPTED;
    if (!keep_results(simulation, &experiment, start)) {
        exit_status = EXIT_FAILED;
    } else if (!options->quiet) {
        network_answer(&experiment);
        printf("The results are in %s\n", output_folder_path(simulation->folder));
    }
    network_experiment_fini(&experiment);
    return exit_status;
}

int network_simulate(const struct options *options, bool comparing)
{
    struct simulation simulation = {.options = options};
    struct write_fault fault = {0};
    int status = EXIT_WRONG;
    interrupt_watch(); /* before there is a folder to leave behind */
    simulation.scenario = network_simulate_read(options);
    if (simulation.scenario != NULL && choose(&simulation, comparing)) {
        if (open_folder(&simulation, &fault)) {
            status = run_experiment(&simulation);
        } else {
            fprintf(stderr, "strokesim: %s\n", fault.text);
            status = EXIT_FAILED;
        }
    }
    if (simulation.results != NULL)
        network_results_close(simulation.results, NULL, NULL, NULL);
    output_folder_free(simulation.folder);
    network_scenario_free(simulation.scenario);
    free(simulation.chosen);
    return status;
}

/* --- check ------------------------------------------------------------------------------------ */

static double beds_on_average(const struct network_ward *ward)
{
    double sum = 0;
    if (!ward->by_hour)
        return ward->beds == NETWORK_UNLIMITED ? (double)INFINITY : ward->beds;
    for (int hour = 0; hour < NETWORK_WEEK_HOURS; hour++)
        sum += ward->week_beds[hour];
    return sum / NETWORK_WEEK_HOURS;
}

/* Beyond what beds can bear, unless those who come on top are lost. */
static void print_overload(const struct network_ward *ward, double load)
{
    if (load >= beds_on_average(ward) && ward->queue_limit == NETWORK_UNLIMITED)
        printf("warning: %s: its patients would fill %.0f%% of its beds; unless fewer come through "
               "to it, they wait ever longer\n",
               ward->name, 100 * load / beds_on_average(ward));
}

static void print_loads(const struct network *network, const double load[])
{
    printf("\n%s: %s\n%-34s %9s %8s %7s\n", network->name, network->title, "ward", "load", "beds",
           "filled");
    for (size_t w = 0; w < network->wards; w++) {
        double beds = beds_on_average(&network->ward[w]);
        if (isinf(beds))
            printf("%-34s %9.4g %8s %7s\n", network->ward[w].name, load[w], "any", "-");
        else
            printf("%-34s %9.4g %8.4g %6.0f%%\n", network->ward[w].name, load[w], beds,
                   100 * load[w] / beds);
    }
    for (size_t w = 0; w < network->wards; w++)
        print_overload(&network->ward[w], load[w]);
}

int network_check_print(const char *path, const struct scenario_options *options)
{
    if (options->variant != NULL) {
        fputs("strokesim: a network of wards has no --variant\n", stderr);
        return EXIT_WRONG;
    }
    struct network_scenario *scenario = read_scenario(path, options);
    if (scenario == NULL)
        return EXIT_WRONG;
    const struct network *first = &scenario->configuration[0];
    double *load = calloc(first->wards + 1, sizeof *load);
    int status = load == NULL ? EXIT_FAILED : EXIT_DONE;
    printf("%s: %s. A network of %zu wards, %zu kinds of patients, %zu configurations. No errors.\n"
           "\nOffered load: beds filled on average if nobody waits and nobody is lost.\n",
           scenario->about->name, scenario->about->title, first->wards, first->classes,
           scenario->configurations);
    for (size_t c = 0; load != NULL && c < scenario->configurations; c++)
        if (network_loads(&scenario->configuration[c], load))
            print_loads(&scenario->configuration[c], load);
    free(load);
    network_scenario_free(scenario);
    return status;
}
