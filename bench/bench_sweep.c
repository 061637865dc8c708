/*
 * What a sweep costs: points a minute of a London year (two configurations, 20 replications a
 * point), what two threads reach of two processes that each run half of the points, and the memory
 * of 10 points beside that of 1,000. Prints CSV rows without a header:
 * benchmark,variant,value,unit,floor,ratio.
 *
 * A point is everything from reading the scenario with its values to its figures; bench/ writes no
 * results, which take three calls of fsync a point more.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/measure.h"
#include "scenarios/sweep/sweep.h"

enum { THREADS = 2, POINTS = 12, ROUNDS = 5, FEW = 10, MANY = 1000 };

static const char london_design[] = "kind: lhs\npoints: 12\nreplications: 20\nparameters:\n"
                                    "  demand.multiplier: {low: 0.9, high: 1.1}\n"
                                    "  outcome.organised_care_or: evidence\n";
static const char small_design[] = "kind: lhs\npoints: 1000\nreplications: 1\nparameters:\n"
                                   "  demand.multiplier: {low: 0.9, high: 1.1}\n";

/* A sweep and all that it borrows. */
struct bench {
    struct sweep sweep;
    struct scenario_options options;
    struct scenario *scenario;
    struct sweep_plan *plan;
    size_t configuration[2];
};

static struct sweep_plan *read_design(const char *text, struct diagnosis *diagnosis)
{
    char path[] = "/tmp/strokesim-bench-XXXXXX";
    int file = mkstemp(path);
    FILE *stream = file < 0 ? NULL : fdopen(file, "w");
    if (stream == NULL)
        return NULL;
    fputs(text, stream);
    fclose(stream);
    struct sweep_plan *plan = plan_read(path, diagnosis);
    remove(path);
    return plan;
}

static bool bench_open(struct bench *bench, const char *scenario, double years, const char *design)
{
    size_t configuration;
    enum parameter_id which;
    enum model_status status;
    struct diagnosis *diagnosis = diagnosis_new();
    if (diagnosis == NULL)
        return false;
    *bench = (struct bench){.options = {.years = years}, .configuration = {0, 1}};
    bench->scenario = scenario_read(scenario, &bench->options, diagnosis);
    bench->plan = read_design(design, diagnosis);
    bool good = bench->scenario != NULL && bench->plan != NULL &&
                design_prepare(&bench->scenario->design, &configuration, &which);
    if (good)
        plan_fit_evidence(bench->plan, bench->scenario, diagnosis);
    good = good && diagnosis_errors(diagnosis) == 0;
    diagnosis_print(diagnosis, stderr);
    diagnosis_free(diagnosis);
    bench->sweep = (struct sweep){.scenario_path = scenario,
                                  .scenario_options = &bench->options,
                                  .scenario = bench->scenario,
                                  .plan = bench->plan,
                                  .configuration = bench->configuration,
                                  .configurations = 2,
                                  .points = good ? bench->plan->size : 0};
    return good && experiment_warm_up(&bench->scenario->design, THREADS, &bench->sweep.warm_up_days,
                                      &status) == EXPERIMENT_OK;
}

static void bench_close(struct bench *bench)
{
    plan_free(bench->plan);
    scenario_free(bench->scenario);
}

static bool count_point(void *context, const struct sweep_point *point)
{
    uint64_t *most = context;
    return point->replications > 0 && (*most == 0 || point->point < *most);
}

/* Runs a shard, or its first points up to `most` (0: all). */
static bool run(const struct bench *bench, unsigned threads, uint64_t shard, uint64_t shards,
                uint64_t most)
{
    bool no_memory;
    const struct sweep_job job = {.shard = shard,
                                  .shards = shards,
                                  .threads = threads,
                                  .deliver = count_point,
                                  .context = &most};
    uint64_t points = sweep_shard_points(bench->sweep.points, shard, shards);
    return sweep_run(&bench->sweep, &job, &no_memory) == (most > 0 ? most - 1 : points);
}

static double two_threads(void *context)
{
    double start = measure_wall_s();
    return run(context, THREADS, 1, 1, 0) ? measure_wall_s() - start : -1;
}

static bool run_half(void *context, unsigned share)
{
    return run(context, 1, share + 1, THREADS, 0);
}

static double two_processes(void *context)
{
    return measure_processes(THREADS, run_half, context);
}

static bool bench_speed(void)
{
    struct bench bench;
    if (!bench_open(&bench, STROKESIM_ROOT "/scenarios/london-2010", NAN, london_design))
        return false;
    struct candidate candidate[] = {
        {"london-two-processes", two_processes, &bench, POINTS, NULL, {0}},
        {"london-two-threads", two_threads, &bench, POINTS, &candidate[0], {0}},
    };
    struct contest contest = {.benchmark = "sweep",
                              .unit = "s/point",
                              .a_second = 1,
                              .rounds = ROUNDS,
                              .candidate = candidate,
                              .count = 2};
    bool ok = measure(&contest);
    if (ok) {
        measure_print(&contest);
        measure_row("sweep", "london-two-threads", 60 / measure_median(&contest, &candidate[1]),
                    "points/minute", NAN, NAN);
        measure_row("sweep", "share-of-two-processes",
                    measure_ratio(&contest, &candidate[0], &candidate[1]), "times", NAN, NAN);
    }
    bench_close(&bench);
    return ok;
}

/* The peak of a process of its own, which is also that of reading the scenario. */
static double peak_mib(const struct bench *bench, uint64_t most)
{
    int channel[2];
    double peak = NAN;
    if (pipe(channel) != 0)
        return NAN;
    pid_t child = fork();
    if (child == 0) {
        struct rusage usage;
        bool ok = run(bench, THREADS, 1, 1, most);
        getrusage(RUSAGE_SELF, &usage);
        peak = ok ? (double)usage.ru_maxrss / 1024 : NAN;
        _exit(write(channel[1], &peak, sizeof peak) == sizeof peak ? 0 : 1);
    }
    close(channel[1]);
    if (child < 0 || read(channel[0], &peak, sizeof peak) != sizeof peak)
        peak = NAN;
    close(channel[0]);
    if (child > 0)
        waitpid(child, NULL, 0);
    return peak;
}

static bool bench_memory(void)
{
    static const double a_week = 7.0 / 365;
    struct bench bench;
    if (!bench_open(&bench, STROKESIM_ROOT "/tests/scenarios/fixtures/small", a_week, small_design))
        return false;
    double few = peak_mib(&bench, FEW + 1), many = peak_mib(&bench, 0);
    measure_row("sweep memory", "peak after 10 points", few, "MiB", NAN, NAN);
    measure_row("sweep memory", "peak after 1000 points", many, "MiB", NAN, NAN);
    bench_close(&bench);
    return isfinite(few) && isfinite(many);
}

int main(void)
{
    return bench_speed() && bench_memory() ? EXIT_SUCCESS : EXIT_FAILURE;
}
