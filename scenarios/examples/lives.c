/*
 * strokesim as a library: the experiment behind `strokesim compare`, and the sweep behind
 * `strokesim sweep`, from a program of one's own.
 *
 *     cc lives.c -o lives $(pkg-config --cflags --libs strokesim)
 *     ./lives SCENARIO DESIGN
 *
 * Prints the lives that each configuration saves against the first, with the 95% interval of the
 * computation, and then those of the last at every point of the design.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "scenarios/experiment.h"
#include "scenarios/scenario.h"
#include "scenarios/sweep/sweep.h"
#include "sim/estimate.h"

enum { THREADS = 2, REPLICATIONS = 8 };

/* Every configuration against the first. */
static bool compare(const struct scenario *scenario, const size_t *configuration)
{
    const struct design *design = &scenario->design;
    const struct experiment_options options = {.configurations = configuration,
                                               .count = design->configurations,
                                               .replications = REPLICATIONS,
                                               .threads = THREADS};
    struct experiment experiment;
    enum model_status model_status;
    if (experiment_run(&experiment, design, &options, &model_status) != EXPERIMENT_OK)
        return false;
    for (size_t a = 1; a < experiment.arms; a++) {
        const struct arm *arm = &experiment.arm[a];
        struct estimate lives = estimate_from_tally(&arm->difference[METRIC_LIVES_SAVED], 0.95);
        printf("%s saves %.2f lives a year (%.2f to %.2f)\n",
               design->configuration[arm->configuration].name, lives.mean, lives.low, lives.high);
    }
    experiment_fini(&experiment);
    return true;
}

static bool print_point(void *context, const struct sweep_point *point)
{
    const struct sweep *sweep = context;
    size_t last = (sweep->configurations - 1) * METRIC_COUNT + METRIC_LIVES_SAVED;
    printf("point %d: %.2f lives a year\n", (int)point->point, point->difference[last].mean);
    return true; /* false would end the sweep */
}

/* Every point of a design, in order, on the same patients. */
static bool run_design(const char *path, const struct scenario *scenario,
                       const struct scenario_options *options, const size_t *configuration,
                       const char *design_path, struct diagnosis *diagnosis)
{
    struct sweep_plan *plan = plan_read(design_path, diagnosis);
    struct sweep sweep = {.scenario_path = path,
                          .scenario_options = options,
                          .scenario = scenario,
                          .plan = plan,
                          .configuration = configuration,
                          .configurations = scenario->design.configurations};
    const struct sweep_job job = {
        .shard = 1, .shards = 1, .threads = THREADS, .deliver = print_point, .context = &sweep};
    bool good = plan != NULL, no_memory = true;
    enum model_status status;
    if (good) {
        plan_fit_evidence(plan, scenario, diagnosis);
        struct sampling_plan sampling = plan_sampling(plan, scenario->design.seed);
        good = sweep_check(plan, path, options, diagnosis) && diagnosis_errors(diagnosis) == 0 &&
               sampling_plan_points(&sampling, &sweep.points) == SAMPLING_OK &&
               experiment_warm_up(&scenario->design, THREADS, &sweep.warm_up_days, &status) ==
                   EXPERIMENT_OK;
    }
    if (good)
        good = sweep_run(&sweep, &job, &no_memory) == sweep.points;
    plan_free(plan);
    return good;
}

static bool run(const char *path, const char *design_path, struct diagnosis *diagnosis)
{
    const struct scenario_options options = {.years = NAN}; /* as the scenario says */
    struct scenario *scenario = scenario_read(path, &options, diagnosis);
    size_t which_configuration;
    enum parameter_id which;
    if (scenario == NULL)
        return false;
    size_t *all = calloc(scenario->design.configurations, sizeof *all);
    for (size_t c = 0; all != NULL && c < scenario->design.configurations; c++)
        all[c] = c;
    bool good = all != NULL && design_prepare(&scenario->design, &which_configuration, &which) &&
                compare(scenario, all) &&
                run_design(path, scenario, &options, all, design_path, diagnosis);
    free(all);
    scenario_free(scenario);
    return good;
}

int main(int argc, char *argv[])
{
    struct diagnosis *diagnosis = diagnosis_new();
    if (argc != 3 || diagnosis == NULL) {
        fputs("usage: lives SCENARIO DESIGN\n", stderr);
        return 2;
    }
    bool good = run(argv[1], argv[2], diagnosis);
    diagnosis_print(diagnosis, stderr); /* everything that is wrong with the files, with places */
    diagnosis_free(diagnosis);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
