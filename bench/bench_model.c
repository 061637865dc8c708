/*
 * What London costs: nanoseconds a patient for the cohort and for each configuration, patient
 * journeys and events a second on one thread and on all, and the time of whole questions. Prints
 * CSV rows without a header: benchmark,variant,value,unit,floor,ratio, the last two empty. Each
 * figure but the whole questions is the least of several runs, since whatever disturbs a run only
 * ever makes it longer.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "bench/measure.h"
#include "models/ledger.h"
#include "scenarios/experiment.h"
#include "scenarios/scenario.h"

enum { ROUNDS = 5 };

static const double warm_up_min = 60 * 1440.0, year_min = 365 * 1440.0;

static void print_row(const char *benchmark, const char *variant, double value, const char *unit)
{
    measure_row(benchmark, variant, value, unit, NAN, NAN);
}

static bool bench_cohort(const struct model *model, struct cohort *cohort)
{
    const struct stream stream = {.seed = 1, .replication = 1, .domain = DOMAIN_PATIENTS};
    const struct demand_span span = {.window_start_min = warm_up_min,
                                     .window_end_min = warm_up_min + year_min};
    double least = INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
        double start = measure_wall_s();
        if (!cohort_draw(model->demand, &stream, &span, cohort))
            return false;
        least = fmin(least, (measure_wall_s() - start) / (double)cohort->count);
    }
    print_row("london cohort", "draw", 1e9 * least, "ns/patient");
    return true;
}

static bool bench_configuration(const struct model *model, const struct cohort *cohort, size_t c)
{
    const struct design *design = model->design;
    struct pathway_run run = {.service = &model->service[c],
                              .reference = &model->service[0],
                              .level = &model->calibration.level,
                              .cohort = cohort,
                              .window_start_min = warm_up_min,
                              .window_end_min = warm_up_min + year_min,
                              .max_inside = 50000,
                              .seed = 1,
                              .replication = 1};
    struct pathway *pathway = pathway_new(design->region.sites, 366);
    struct ledger_scratch scratch = {0};
    struct ledger ledger = {0};
    double events = INFINITY, accounts = INFINITY;
    bool ok = pathway != NULL;
    for (int round = 0; ok && round < ROUNDS; round++) {
        double start = measure_wall_s();
        ok = pathway_execute(pathway, &run) == PATHWAY_OK;
        double ran = measure_wall_s();
        ok = ok && ledger_fill(&ledger, pathway, &run, &scratch);
        events = fmin(events, (ran - start) / (double)cohort->count);
        accounts = fmin(accounts, (measure_wall_s() - ran) / (double)cohort->count);
    }
    if (ok) {
        print_row("london pathway", design->configuration[c].name, 1e9 * events, "ns/patient");
        print_row("london ledger", design->configuration[c].name, 1e9 * accounts, "ns/patient");
    }
    ledger_scratch_fini(&scratch);
    pathway_free(pathway);
    return ok;
}

static bool bench_experiment(const struct design *design, unsigned threads, uint64_t replications,
                             const char *variant)
{
    static const size_t both[] = {0, 1};
    struct experiment_options options = {.configurations = both,
                                         .count = 2,
                                         .replications = replications,
                                         .precision_metric = METRIC_LIVES_SAVED,
                                         .precision_half_width = 2,
                                         .threads = threads,
                                         .draws = replications == 0 ? 128 : 0};
    struct experiment experiment;
    enum model_status model_status;
    double start = measure_wall_s();
    if (experiment_run(&experiment, design, &options, &model_status) != EXPERIMENT_OK)
        return false;
    double whole_s = measure_wall_s() - start;
    if (replications == 0) {
        print_row("london compare", "default precision and evidence", whole_s, "s");
    } else {
        char name[64];
        snprintf(name, sizeof name, "%llu paired years %s", (unsigned long long)replications,
                 variant);
        print_row("london replications", name, experiment.seconds, "s");
        print_row("london journeys", variant, (double)experiment.patients / experiment.seconds,
                  "patient journeys/s");
        print_row("london events", variant, (double)experiment.events / experiment.seconds,
                  "events/s");
    }
    experiment_fini(&experiment);
    return true;
}

static bool bench_memory(const struct design *design, unsigned threads)
{
    static const uint64_t replications[] = {16, 320};
    for (size_t i = 0; i < 2; i++) {
        if (!bench_experiment(design, threads, replications[i], "memory run"))
            return false;
        struct rusage usage;
        getrusage(RUSAGE_SELF, &usage);
        char name[64];
        snprintf(name, sizeof name, "peak after %llu replications",
                 (unsigned long long)replications[i]);
        print_row("london memory", name, (double)usage.ru_maxrss / 1024, "MiB");
    }
    return true;
}

int main(void)
{
    const struct scenario_options options = {.years = NAN};
    struct diagnosis *diagnosis = diagnosis_new();
    if (diagnosis == NULL)
        return 1;
    struct scenario *scenario =
        scenario_read(STROKESIM_ROOT "/scenarios/london-2010", &options, diagnosis);
    diagnosis_print(diagnosis, stderr);
    diagnosis_free(diagnosis);
    size_t configuration;
    enum parameter_id which;
    struct model model;
    bool ok = scenario != NULL && design_prepare(&scenario->design, &configuration, &which) &&
              model_init(&model, &scenario->design, 0) == MODEL_OK;
    if (!ok)
        return 1;
    unsigned threads = (unsigned)sysconf(_SC_NPROCESSORS_ONLN);
    struct cohort cohort = {0};
    ok = bench_memory(&scenario->design, threads) && bench_cohort(&model, &cohort);
    for (size_t c = 0; ok && c < scenario->design.configurations; c++)
        ok = bench_configuration(&model, &cohort, c);
    ok = ok && bench_experiment(&scenario->design, 1, 100, "1 thread") &&
         bench_experiment(&scenario->design, threads, 100, "all threads") &&
         bench_experiment(&scenario->design, threads, 0, "");
    cohort_fini(&cohort);
    model_fini(&model);
    scenario_free(scenario);
    return ok ? 0 : 1;
}
