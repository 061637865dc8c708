/* strokesim sweep: a designed experiment. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "scenarios/cli/command.h"
#include "scenarios/cli/interrupt.h"
#include "scenarios/cli/progress.h"
#include "scenarios/cli/reporting.h"
#include "scenarios/cli/simulate.h"
#include "scenarios/cli/sweep_answer.h"
#include "scenarios/clock.h"
#include "scenarios/figure.h"
#include "scenarios/network_scenario.h"
#include "scenarios/sweep/sweep_folder.h"
#include "scenarios/write/path.h"

/* More ask for --yes: at some hundred points a minute they take more than an afternoon. */
enum { MOST_POINTS_UNASKED = 20000 };

struct sweeping {
    const struct options *options;
    struct sweep sweep;
    struct scenario *scenario;
    struct sweep_plan *plan;
    size_t *configuration;
    struct sweep_about about;
    char *path;
    struct sweep_folder *folder;
    struct progress progress;
    uint64_t own_points, done, impossible;
    struct sweep_point first_impossible;
};

/* --- what is swept ---------------------------------------------------------------------------- */

static bool read_plan(struct sweeping *sweeping)
{
    const struct options *options = sweeping->options;
    struct diagnosis *diagnosis = diagnosis_new();
    if (diagnosis == NULL)
        return false;
    sweeping->plan = plan_read(options->name[0], diagnosis);
    if (sweeping->plan != NULL && sweeping->scenario != NULL) {
        plan_fit_evidence(sweeping->plan, sweeping->scenario, diagnosis);
        sweep_check(sweeping->plan, options->scenario_path, &options->scenario, diagnosis);
    }
    bool good = diagnosis_errors(diagnosis) == 0;
    if (!good)
        diagnosis_print(diagnosis, stderr);
    diagnosis_free(diagnosis);
    return good;
}

/* The command line over the design. */
static void apply_options(struct sweeping *sweeping)
{
    const struct options *options = sweeping->options;
    struct sweep_plan *plan = sweeping->plan;
    if (options->replications > 0)
        plan->replications = options->replications;
    if (options->precision_given) {
        plan->replications = 0;
        plan->precision_metric = options->precision_metric;
        plan->precision_half_width = options->precision_half_width;
    }
}

static bool choose(struct sweeping *sweeping)
{
    const struct sweep_plan *plan = sweeping->plan;
    struct named named = simulate_names(sweeping->scenario);
    struct options by_design = {
        .baseline = plan->baseline, .name = plan->configuration, .names = plan->configurations};
    sweeping->configuration = calloc(named.count + 1, sizeof *sweeping->configuration);
    bool good = named.name != NULL && sweeping->configuration != NULL &&
                choice_make(&named, &by_design, true, sweeping->configuration,
                            &sweeping->sweep.configurations);
    bool found = plan->of == NULL;
    for (size_t a = 0; good && !found && a < sweeping->sweep.configurations; a++)
        found = strcmp(named.name[sweeping->configuration[a]], plan->of) == 0;
    if (good && !found)
        fprintf(stderr, "%s: error: analyse: '%s' is not among the configurations\n", plan->path,
                plan->of);
    free(named.name);
    return good && found;
}

static bool count_points(struct sweeping *sweeping)
{
    const struct options *options = sweeping->options;
    struct sampling_plan sampling = plan_sampling(sweeping->plan, sweeping->scenario->design.seed);
    if (sampling_plan_points(&sampling, &sweeping->sweep.points) != SAMPLING_OK)
        return false;
    if (options->shards > sweeping->sweep.points) {
        fprintf(stderr, "strokesim: --shard: %" PRIu64 " shards of %" PRIu64 " points\n",
                options->shards, sweeping->sweep.points);
        return false;
    }
    sweeping->own_points =
        sweep_shard_points(sweeping->sweep.points, options->shard, options->shards);
    return true;
}

/* --- how long it takes ------------------------------------------------------------------------ */

static void print_duration(FILE *stream, double seconds)
{
    static const struct {
        double seconds;
        const char *unit;
    } units[] = {{86400, "days"}, {3600, "hours"}, {60, "minutes"}, {0, "seconds"}};
    size_t u = 0;
    while (seconds < 2 * units[u].seconds)
        u++;
    double size = units[u].seconds > 0 ? units[u].seconds : 1;
    fprintf(stream, "%.0f %s", fmax(1, seconds / size), units[u].unit);
}

/* Of the whole, from two replications of the scenario as it stands. */
static double expected_seconds(const struct sweeping *sweeping)
{
    const struct sweep *sweep = &sweeping->sweep;
    enum { TRIED = 2 };
    const struct experiment_options options = {.configurations = sweep->configuration,
                                               .count = sweep->configurations,
                                               .replications = TRIED,
                                               .threads = 1,
                                               .whole_only = true,
                                               .warm_up_days = &sweep->warm_up_days};
    struct experiment experiment;
    enum model_status status;
    double began = clock_seconds();
    if (experiment_run(&experiment, &sweep->scenario->design, &options, &status) != EXPERIMENT_OK)
        return NAN;
    double once = (clock_seconds() - began) / TRIED;
    experiment_fini(&experiment);
    uint64_t replications = sweep->plan->replications > 0 ? sweep->plan->replications : 32;
    return once * (double)replications * (double)sweeping->own_points / sweeping->options->threads;
}

/* Nobody runs a million points by accident. */
static bool is_wanted(const struct sweeping *sweeping)
{
    if (sweeping->options->yes || sweeping->own_points <= MOST_POINTS_UNASKED)
        return true;
    fprintf(stderr, "strokesim: these are %s points, about ",
            figure_count((double)sweeping->own_points).text);
    print_duration(stderr, expected_seconds(sweeping));
    fprintf(stderr, " on %u threads; --yes runs them all the same\n", sweeping->options->threads);
    return false;
}

/* --- where it goes ---------------------------------------------------------------------------- */

static bool is_there(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0;
}

/* The next free name, or to resume, the last that is taken. NULL: out of memory. */
static char *usual_path(const struct sweeping *sweeping)
{
    const struct options *options = sweeping->options;
    char usual[400];
    snprintf(usual, sizeof usual, "results/%.200s-sweep", sweeping->scenario->name);
    if (options->shards > 1)
        snprintf(usual, sizeof usual, "results/%.200s-sweep-shard-%" PRIu64 "-of-%" PRIu64,
                 sweeping->scenario->name, options->shard, options->shards);
    char *path = output_numbered(usual, 1);
    for (unsigned number = 2; path != NULL && is_there(path) && !options->force; number++) {
        char *next = output_numbered(usual, number);
        if (options->resume && next != NULL && !is_there(next)) {
            free(next);
            break;
        }
        free(path);
        path = next;
    }
    return path;
}

static bool open_folder(struct sweeping *sweeping)
{
    const struct options *options = sweeping->options;
    struct write_fault fault = {0};
    struct diagnosis *diagnosis = diagnosis_new();
    enum sweep_folder_way way = options->resume  ? SWEEP_FOLDER_RESUME
                                : options->force ? SWEEP_FOLDER_REPLACE
                                                 : SWEEP_FOLDER_NEW;
    sweeping->path = options->out != NULL ? strdup(options->out) : usual_path(sweeping);
    if (diagnosis != NULL && sweeping->path != NULL)
        sweeping->folder = sweep_folder_open(sweeping->path, way, &sweeping->sweep,
                                             &sweeping->about, diagnosis, &fault);
    if (diagnosis != NULL)
        diagnosis_print(diagnosis, stderr);
    diagnosis_free(diagnosis);
    if (sweeping->folder == NULL)
        fprintf(stderr, "strokesim: %s\n", fault.text[0] != '\0' ? fault.text : "out of memory");
    return sweeping->folder != NULL;
}

/* --- running ---------------------------------------------------------------------------------- */

static bool take_point(void *context, const struct sweep_point *point)
{
    struct sweeping *sweeping = context;
    if (!sweep_folder_add(sweeping->folder, point))
        return false;
    sweeping->done++;
    progress_show(&sweeping->progress, (double)sweeping->done / (double)sweeping->own_points);
    if (point->replications == 0 && sweeping->impossible++ == 0) {
        sweeping->first_impossible.point = point->point;
        memcpy(sweeping->first_impossible.why, point->why, sizeof point->why);
    }
    return true;
}

/* A shard is no whole yet, and has no report. */
static void end_with_report(const struct sweeping *sweeping)
{
    const struct options *options = sweeping->options;
    const struct report_options usual = {0};
    bool shard = options->shards > 1;
    bool reported = !shard && reporting_add(sweeping->path, &usual) == REPORT_WRITTEN;
    if (!options->quiet)
        sweep_answer(sweeping->path, shard, reported);
}

static int finish(struct sweeping *sweeping, bool no_memory)
{
    const struct options *options = sweeping->options;
    struct write_fault fault = {0};
    bool complete = sweeping->done == sweeping->own_points;
    bool interrupted = !complete && atomic_load(interrupt_watch());
    bool kept = sweep_folder_close(sweeping->folder, complete, &fault);
    if (kept && options->out == NULL)
        output_link_latest(sweeping->path, &fault);
    if (fault.text[0] != '\0')
        fprintf(stderr, "strokesim: %s\n", fault.text);
    if (no_memory)
        fprintf(stderr, "strokesim: the run failed: out of memory\n");
    if (sweeping->impossible > 0)
        fprintf(stderr,
                "strokesim: %" PRIu64 " of the points could not be run, and their figures are "
                "empty; the first is point %" PRIu64 ": %s\n",
                sweeping->impossible, sweeping->first_impossible.point,
                sweeping->first_impossible.why);
    if (!kept || no_memory)
        return EXIT_FAILED;
    if (!complete)
        fprintf(stderr,
                "strokesim: %" PRIu64 " of %" PRIu64 " points are in %s; --resume goes on\n",
                sweeping->done, sweeping->own_points, sweeping->path);
    else
        end_with_report(sweeping);
    return interrupted ? EXIT_INTERRUPTED : complete ? EXIT_DONE : EXIT_FAILED;
}

static int run(struct sweeping *sweeping)
{
    const struct options *options = sweeping->options;
    sweeping->done = sweep_folder_done(sweeping->folder);
    struct sweep_job job = {.shard = options->shard,
                            .shards = options->shards,
                            .done = sweeping->done,
                            .threads = options->threads,
                            .stop = interrupt_watch(),
                            .deliver = take_point,
                            .context = sweeping};
    bool no_memory = false;
    progress_begin(&sweeping->progress, !options->quiet);
    sweep_run(&sweeping->sweep, &job, &no_memory);
    progress_end(&sweeping->progress);
    return finish(sweeping, no_memory);
}

static bool find_warm_up(struct sweeping *sweeping)
{
    enum model_status model_status;
    enum experiment_status status =
        experiment_warm_up(&sweeping->scenario->design, sweeping->options->threads,
                           &sweeping->sweep.warm_up_days, &model_status);
    if (status == EXPERIMENT_OK)
        return true;
    const char *why =
        status == EXPERIMENT_MODEL ? model_status_text(model_status) : "out of memory";
    fprintf(stderr, "strokesim: the scenario as it stands cannot be run: %s\n", why);
    return false;
}

static int prepare_and_run(struct sweeping *sweeping)
{
    const struct options *options = sweeping->options;
    sweeping->scenario = simulate_read(options->scenario_path, &options->scenario);
    if (!read_plan(sweeping) || sweeping->scenario == NULL)
        return EXIT_WRONG;
    apply_options(sweeping);
    sweeping->sweep.scenario_path = options->scenario_path;
    sweeping->sweep.scenario_options = &options->scenario;
    sweeping->sweep.scenario = sweeping->scenario;
    sweeping->sweep.plan = sweeping->plan;
    sweeping->about = (struct sweep_about){.version = STROKESIM_VERSION,
                                           .command = options->command_line,
                                           .shard = options->shard,
                                           .shards = options->shards,
                                           .start = time(NULL)};
    if (!choose(sweeping) || !count_points(sweeping))
        return EXIT_WRONG;
    sweeping->sweep.configuration = sweeping->configuration;
    if (!find_warm_up(sweeping) || !is_wanted(sweeping) || !open_folder(sweeping))
        return EXIT_WRONG;
    if (!options->quiet && sweeping->scenario->targets > 0)
        puts("The scenario has targets; a sweep judges none: compare does.");
    return run(sweeping);
}

int command_sweep(int argc, char **argv)
{
    static const struct options_command command = {
        .name = "sweep",
        .arguments = "SCENARIO DESIGN",
        .purpose =
            "Runs a designed experiment: every point of DESIGN, all configurations against the "
            "baseline, on the same patients.\v"
            "Each finished point is on the disk before the next is begun; --resume goes on with a "
            "run that was stopped or killed, and ends with the same bytes. scenarios/README.md "
            "says what stands in a design.",
        .fewest_names = 1,
        .most_names = 1,
        .sweeps = true,
    };
    struct options options;
    if (!options_parse(&options, &command, argc, argv))
        return EXIT_FAILED;
    int status = EXIT_WRONG;
    if (network_scenario_is(options.scenario_path)) {
        fprintf(stderr,
                "strokesim: %s is a network of wards, which check, run, compare and beds work on; "
                "a sweep is of a stroke service\n",
                options.scenario_path);
    } else {
        struct sweeping sweeping = {.options = &options};
        interrupt_watch();
        status = prepare_and_run(&sweeping);
        free(sweeping.path);
        free(sweeping.configuration);
        plan_free(sweeping.plan);
        scenario_free(sweeping.scenario);
    }
    options_fini(&options);
    return status;
}
