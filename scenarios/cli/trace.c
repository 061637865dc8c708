/* strokesim trace: one patient's journey, step by step, side by side under every configuration. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "scenarios/cli/command.h"
#include "scenarios/cli/interrupt.h"
#include "scenarios/cli/progress.h"
#include "scenarios/cli/simulate.h"
#include "scenarios/cli/traced.h"
#include "scenarios/network_scenario.h"

/* The patient as found in the replication. */
struct trace {
    const struct options *options;
    const struct scenario *scenario;
    size_t count;   /* configurations */
    size_t *chosen; /* all of them, in order */
    struct patient patient;
    struct path *path; /* one a configuration */
    bool *stable;      /* whether it has one: not where it was stopped, or the stroke prevented */
    bool found;
    char *missing; /* why it was not */
    struct progress progress;
};

/* --- finding the patient ---------------------------------------------------------------------- */

/* Numbers of one process of arrivals that fell ill in the window. */
struct range {
    uint64_t process, first, last;
};

/* Adds a number to the range of its process; ranges stay in the order of the cohort. */
static size_t widen(struct range *range, size_t ranges, uint64_t number)
{
    uint64_t process = number / DEMAND_LAYER_NUMBERS;
    size_t r = 0;
    while (r < ranges && range[r].process != process)
        r++;
    if (r == ranges) {
        range[r] = (struct range){process, number, number};
        return ranges + 1;
    }
    range[r].first = number < range[r].first ? number : range[r].first;
    range[r].last = number > range[r].last ? number : range[r].last;
    return ranges;
}

static bool in_window(const struct experiment *experiment, const struct patient *patient)
{
    double start_min = experiment->warm_up_days * 1440;
    return patient->onset_min >= start_min &&
           patient->onset_min < start_min + experiment->window_days * 1440;
}

/* Which numbers there are instead. */
static void say_missing(const struct trace *trace, const struct experiment *experiment,
                        const struct cohort *cohort, FILE *out)
{
    enum { MOST = 256 }; /* processes: 64 layers of strokes at most, as many of mimics */
    struct range range[MOST];
    size_t ranges = 0;
    const char *outside = "";
    for (size_t i = 0; i < cohort->count; i++) {
        if (in_window(experiment, &cohort->patient[i])) {
            if (ranges < MOST)
                ranges = widen(range, ranges, cohort->patient[i].number);
        } else if (cohort->patient[i].number == trace->options->patient)
            outside = "; that one falls ill outside it";
    }
    fprintf(out, "replication %" PRIu64 " has no patient %" PRIu64 " in its window%s",
            trace->options->replication, trace->options->patient, outside);
    for (size_t r = 0; r < ranges; r++)
        fprintf(out, "%s %" PRIu64 " to %" PRIu64 "%s", r == 0 ? "; it has numbers from" : ",",
                range[r].first, range[r].last,
                range[r].first > DEMAND_MIMIC_NUMBERS ? " (mimics)" : "");
}

static bool note_missing(struct trace *trace, const struct experiment *experiment,
                         const struct cohort *cohort)
{
    size_t size;
    FILE *stream = open_memstream(&trace->missing, &size);
    if (stream == NULL)
        return false;
    say_missing(trace, experiment, cohort, stream);
    return fclose(stream) == 0;
}

static bool find_patient(void *context, const struct experiment *experiment, uint64_t replication,
                         const struct trial_results *results)
{
    (void)replication; /* the only one */
    struct trace *trace = context;
    const struct cohort *cohort = &results->cohort;
    size_t at = 0;
    while (at < cohort->count && !(cohort->patient[at].number == trace->options->patient &&
                                   in_window(experiment, &cohort->patient[at])))
        at++;
    if (at == cohort->count)
        return note_missing(trace, experiment, cohort);
    trace->found = true;
    trace->patient = cohort->patient[at];
    for (size_t c = 0; c < trace->count; c++) {
        const struct service *service = &experiment->model.service[c];
        double prevented = service->parameters.value[P_DEMAND_PREVENTED_SHARE];
        trace->stable[c] = results->service[c].status == PATHWAY_OK &&
                           !patient_is_prevented(&trace->patient, prevented);
        if (trace->stable[c])
            trace->path[c] = results->service[c].path[at];
    }
    return true;
}

/* --- the command ------------------------------------------------------------------------------ */

static int answer(const struct trace *trace, const struct experiment *experiment)
{
    if (!trace->found) {
        fprintf(stderr, "strokesim: %s\n", trace->missing);
        return EXIT_WRONG;
    }
    struct traced traced = {.scenario = trace->scenario,
                            .experiment = experiment,
                            .replication = trace->options->replication,
                            .patient = &trace->patient,
                            .path = trace->path,
                            .stable = trace->stable};
    if (traced_print(&traced))
        return EXIT_DONE;
    fputs("strokesim: out of memory\n", stderr);
    return EXIT_FAILED;
}

static void show_progress(void *context, double share)
{
    struct trace *trace = context;
    progress_show(&trace->progress, share);
}

/* The one replication, on the patients and after the warm-up that compare and run have too. */
static int run_replication(struct trace *trace)
{
    struct experiment_options options = {
        .configurations = trace->chosen,
        .count = trace->count,
        .replications = 1,
        .first = trace->options->replication,
        .precision_metric = trace->options->precision_metric,
        .threads = trace->options->threads,
        .patients = true,
        .stop = interrupt_watch(),
        .replication_done = find_patient,
        .progress = show_progress,
        .context = trace,
    };
    struct experiment experiment;
    enum model_status model_status;
    progress_begin(&trace->progress, true);
    enum experiment_status status =
        experiment_run(&experiment, &trace->scenario->design, &options, &model_status);
    progress_end(&trace->progress);
    if (status != EXPERIMENT_OK && status != EXPERIMENT_STOPPED) {
        bool interrupted = atomic_load(options.stop);
        simulate_say_failure(trace->scenario, &experiment, status, model_status);
        return interrupted                  ? EXIT_INTERRUPTED
               : status == EXPERIMENT_MODEL ? EXIT_WRONG
                                            : EXIT_FAILED;
    }
    int exit_status = answer(trace, &experiment);
    experiment_fini(&experiment);
    return exit_status;
}

static int trace_scenario(const struct options *options, const struct scenario *scenario)
{
    struct trace trace = {
        .options = options, .scenario = scenario, .count = scenario->design.configurations};
    trace.chosen = calloc(trace.count, sizeof *trace.chosen);
    trace.path = calloc(trace.count, sizeof *trace.path);
    trace.stable = calloc(trace.count, sizeof *trace.stable);
    int status = EXIT_FAILED;
    if (trace.chosen == NULL || trace.path == NULL || trace.stable == NULL) {
        fputs("strokesim: out of memory\n", stderr);
    } else {
        for (size_t c = 0; c < trace.count; c++)
            trace.chosen[c] = c;
        status = run_replication(&trace);
    }
    free(trace.chosen);
    free(trace.path);
    free(trace.stable);
    free(trace.missing);
    return status;
}

int command_trace(int argc, char **argv)
{
    static const struct options_command command = {
        .name = "trace",
        .arguments = "SCENARIO",
        .purpose = "Tells one patient's journey, step by step, side by side under every "
                   "configuration of a scenario.\v"
                   "Replications and patients are numbered from 1, mimics from 100000000001, as in "
                   "the patients.csv that compare --patients writes with the same seed.",
        .one_patient = true,
    };
    struct options options;
    if (!options_parse(&options, &command, argc, argv))
        return EXIT_FAILED;
    if (network_scenario_is(options.scenario_path)) {
        fputs("strokesim: trace tells of patients of a stroke service; this is a network of wards, "
              "which check, run, compare and beds work on\n",
              stderr);
        options_fini(&options);
        return EXIT_WRONG;
    }
    interrupt_watch();
    struct scenario *scenario = simulate_read(options.scenario_path, &options.scenario);
    int status = scenario == NULL ? EXIT_WRONG : trace_scenario(&options, scenario);
    scenario_free(scenario);
    options_fini(&options);
    return status;
}
