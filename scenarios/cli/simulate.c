#include "scenarios/cli/simulate.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "scenarios/cli/as_counted.h"
#include "scenarios/cli/command.h"
#include "scenarios/cli/interrupt.h"
#include "scenarios/cli/places_asked.h"
#include "scenarios/cli/progress.h"
#include "scenarios/cli/reporting.h"
#include "scenarios/write/results.h"

struct scenario *simulate_read(const char *path, const struct scenario_options *options)
{
    struct diagnosis *diagnosis = diagnosis_new();
    if (diagnosis == NULL) {
        fputs("strokesim: out of memory\n", stderr);
        return NULL;
    }
    struct scenario *scenario = scenario_read(path, options, diagnosis);
    diagnosis_print(diagnosis, stderr);
    diagnosis_free(diagnosis);
    size_t configuration;
    enum parameter_id which;
    if (scenario != NULL && !design_prepare(&scenario->design, &configuration, &which)) {
        fprintf(stderr, "%s: error: configuration '%s': no distribution has the range of %s\n",
                scenario->name, scenario->design.configuration[configuration].name,
                parameter_info(which)->key);
        scenario_free(scenario);
        scenario = NULL;
    }
    return scenario;
}

struct named simulate_names(const struct scenario *scenario)
{
    const struct design *design = &scenario->design;
    struct named named = {.scenario = scenario->name,
                          .name = calloc(design->configurations, sizeof *named.name),
                          .count = design->configurations};
    for (size_t c = 0; named.name != NULL && c < named.count; c++)
        named.name[c] = design->configuration[c].name;
    return named;
}

/* Everything a run holds, so that it can be let go in one place. */
struct simulation {
    const struct options *options;
    struct scenario *scenario;
    const size_t *chosen; /* configurations, the baseline first */
    size_t chosen_count;
    struct output_folder *folder;
    struct results *results;
    struct progress progress;
};

static bool open_folder(struct simulation *simulation, struct write_fault *fault)
{
    const struct options *options = simulation->options;
    simulation->folder = choice_open_folder(simulation->scenario->name, options, fault);
    if (simulation->folder == NULL)
        return false;
    simulation->results =
        results_open(simulation->folder, simulation->scenario, options->patients, fault);
    return simulation->results != NULL;
}

static bool replication_done(void *context, const struct experiment *experiment,
                             uint64_t replication, const struct trial_results *trial)
{
    struct simulation *simulation = context;
    return results_add(simulation->results, experiment, replication, trial);
}

static void show_progress(void *context, double share)
{
    struct simulation *simulation = context;
    progress_show(&simulation->progress, share);
}

void simulate_say_failure(const struct scenario *scenario, const struct experiment *experiment,
                          enum experiment_status status, enum model_status model_status)
{
    char model_why[MODEL_EXPLANATION];
    model_explain(&experiment->model, model_status, model_why);
    const char *why = status == EXPERIMENT_NO_MEMORY ? "out of memory"
                      : status == EXPERIMENT_DRAW
                          ? "a draw of the uncertain parameters gives no possible model"
                      : status == EXPERIMENT_MODEL ? model_why
                                                   : "stopped before a replication was finished";
    fprintf(stderr, "strokesim: the run failed: %s", why);
    if (experiment->failed != 0)
        fprintf(stderr, " (%s %" PRIu64 ", seed %" PRIu64 ")", experiment->failed_step,
                experiment->failed, scenario->design.seed);
    fputc('\n', stderr);
}

/* A run gives up when its tables cannot be written, or before it has anything to keep. */
static void say_failure(struct simulation *simulation, const struct experiment *experiment,
                        enum experiment_status status, enum model_status model_status)
{
    struct write_fault fault = {0};
    results_close(simulation->results, NULL, NULL, &fault);
    simulation->results = NULL;
    if (fault.text[0] != '\0')
        fprintf(stderr, "strokesim: %s\n", fault.text);
    else
        simulate_say_failure(simulation->scenario, experiment, status, model_status);
}

/* Closes the tables, adds the report, and gives the folder its name. Without a report the results
 * are as good. */
static bool keep_results(struct simulation *simulation, const struct experiment *experiment,
                         const struct experiment *counted, time_t start, bool *reported)
{
    struct write_fault fault = {0};
    struct results_about about = {.scenario = simulation->scenario,
                                  .version = STROKESIM_VERSION,
                                  .command = simulation->options->command_line,
                                  .variant = simulation->options->scenario.variant,
                                  .counted = counted,
                                  .start = start,
                                  .end = time(NULL)};
    const struct report_options asked = {.focus = simulation->options->focus,
                                         .boundaries = simulation->options->boundaries};
    bool kept = results_close(simulation->results, experiment, &about, &fault);
    simulation->results = NULL;
    *reported =
        kept && reporting_add(output_folder_partial(simulation->folder), &asked) == REPORT_WRITTEN;
    return choice_keep_folder(simulation->folder, simulation->options, kept, &fault);
}

static uint64_t draws_of(const struct simulation *simulation)
{
    const struct options *options = simulation->options;
    const struct configuration *first = &simulation->scenario->design.configuration[0];
    if (simulation->chosen_count < 2)
        return 0;
    return options_own_draws(options, first)
               ? options->draws
               : (uint64_t)first->parameters.value[P_RUN_EVIDENCE_DRAWS];
}

static struct experiment_options experiment_options_of(struct simulation *simulation)
{
    const struct options *options = simulation->options;
    return (struct experiment_options){
        .configurations = simulation->chosen,
        .count = simulation->chosen_count,
        .replications = options->replications,
        .precision_metric = options->precision_metric,
        .precision_half_width = options->precision_half_width,
        .threads = options->threads,
        .draws = draws_of(simulation),
        .patients = options->patients,
        .target = simulation->scenario->target,
        .targets = simulation->scenario->targets,
        .census = true,
        .stop = interrupt_watch(),
        .replication_done = replication_done,
        .progress = show_progress,
        .context = simulation,
    };
}

/* counted: NULL, if it was not run. */
static void say_results(const struct simulation *simulation, const struct experiment *experiment,
                        const struct experiment *counted, bool reported, simulate_answer *answer)
{
    const char *path = output_folder_path(simulation->folder);
    answer(simulation->scenario, experiment);
    if (counted != NULL)
        as_counted_say(counted);
    if (reported)
        printf("The report is %s/report.html\n", path);
    printf("The results are in %s\n", path);
}

/* What is made of an experiment that ran, to its end or until it was stopped. False: it could not
 * be kept. */
static bool finish(struct simulation *simulation, const struct experiment *experiment,
                   const struct experiment_options *like, time_t start, simulate_answer *answer)
{
    const struct options *options = simulation->options;
    struct experiment with_counted;
    const struct experiment *counted = NULL;
    bool reported;
    if (options->counts_beds && as_counted_applies(experiment) &&
        as_counted_run(&with_counted, &simulation->scenario->design, experiment, like))
        counted = &with_counted;
    bool kept = keep_results(simulation, experiment, counted, start, &reported);
    if (kept && !options->quiet)
        say_results(simulation, experiment, counted, reported, answer);
    if (counted != NULL)
        experiment_fini(&with_counted);
    return kept;
}

static int run_experiment(struct simulation *simulation, simulate_answer *answer)
{
    struct experiment_options options = experiment_options_of(simulation);
    time_t start = time(NULL);
    struct experiment experiment;
    enum model_status model_status;
    progress_begin(&simulation->progress, !simulation->options->quiet);
    enum experiment_status status =
        experiment_run(&experiment, &simulation->scenario->design, &options, &model_status);
    progress_end(&simulation->progress);
    if (status != EXPERIMENT_OK && status != EXPERIMENT_STOPPED) {
        bool interrupted = atomic_load(options.stop);
        say_failure(simulation, &experiment, status, model_status);
        return interrupted                  ? EXIT_INTERRUPTED
               : status == EXPERIMENT_MODEL ? EXIT_WRONG
                                            : EXIT_FAILED;
    }
    bool kept = finish(simulation, &experiment, &options, start, answer);
    experiment_fini(&experiment);
    return !kept ? EXIT_FAILED : status == EXPERIMENT_OK ? EXIT_DONE : EXIT_INTERRUPTED;
}

int simulate_chosen(const struct options *options, struct scenario *scenario,
                    const size_t *configurations, size_t count, simulate_answer *answer)
{
    struct simulation simulation = {
        .options = options, .scenario = scenario, .chosen = configurations, .chosen_count = count};
    struct write_fault fault = {0};
    int status = EXIT_FAILED;
    if (open_folder(&simulation, &fault))
        status = run_experiment(&simulation, answer);
    else
        fprintf(stderr, "strokesim: %s\n", fault.text);
    if (simulation.results != NULL)
        results_close(simulation.results, NULL, NULL, NULL);
    output_folder_free(simulation.folder);
    return status;
}

/* The baseline and those that the command names. False: out of memory, or a name is unknown, which
 * is printed. */
static bool choose(const struct options *options, const struct scenario *scenario, bool comparing,
                   size_t **chosen, size_t *count)
{
    struct named named = simulate_names(scenario);
    *chosen = calloc(named.count, sizeof **chosen);
    bool made = named.name != NULL && *chosen != NULL &&
                choice_make(&named, options, comparing, *chosen, count);
    free(named.name);
    return made;
}

int simulate(const struct options *options, bool comparing, simulate_answer *answer)
{
    size_t *chosen = NULL, count;
    int status = EXIT_WRONG;
    interrupt_watch(); /* before there is a folder to leave behind */
    struct scenario *scenario = simulate_read(options->scenario_path, &options->scenario);
    if (scenario != NULL && places_asked_check(options, scenario) &&
        choose(options, scenario, comparing, &chosen, &count))
        status = simulate_chosen(options, scenario, chosen, count, answer);
    scenario_free(scenario);
    free(chosen);
    return status;
}
