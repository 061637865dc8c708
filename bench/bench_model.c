/*
 * What London costs: nanoseconds a full journey and its parts, patient journeys and events a second
 * on one thread and on all, and the time of whole questions. Prints CSV rows without a header:
 * benchmark,variant,value,unit,floor,ratio, the last two empty. Each figure but the whole questions
 * is the least of several runs, since whatever disturbs a run only ever makes it longer.
 *
 * A full journey is one patient under one configuration: everything from drawing the cohort to the
 * ledger, the cohort drawn once for all configurations. The parts are the cohort a patient, and the
 * pathway and the ledger a patient by configuration.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "bench/driver.h"
#include "bench/measure.h"
#include "models/ledger.h"
#include "scenarios/change.h"
#include "scenarios/experiment.h"
#include "scenarios/scenario.h"

enum { YEARS = 20 };

static const double warm_up_min = 60 * 1440.0, year_min = 365 * 1440.0;

static void print_row(const char *benchmark, const char *variant, double value, const char *unit)
{
    measure_row(benchmark, variant, value, unit, NAN, NAN);
}

struct journeys {
    const struct model *model;
    struct cohort cohort;
    struct pathway *pathway;
    struct ledger_scratch scratch;
    struct ledger ledger;
    double cohort_s, *pathway_s, *ledger_s; /* the least of all years; two of a configuration */
    double year_s;
};

static bool draw_year(struct journeys *journeys)
{
    const struct stream stream = {.seed = 1, .replication = 1, .domain = DOMAIN_PATIENTS};
    const struct demand_span span = {.window_start_min = warm_up_min,
                                     .window_end_min = warm_up_min + year_min};
    double start = measure_cpu_s();
    bool ok = cohort_draw(journeys->model->demand, &stream, &span, &journeys->cohort);
    journeys->cohort_s = fmin(journeys->cohort_s, measure_cpu_s() - start);
    return ok;
}

static bool run_configuration(struct journeys *journeys, size_t c)
{
    const struct model *model = journeys->model;
    struct pathway_run run = {.service = &model->service[c],
                              .reference = &model->service[0],
                              .level = &model->calibration.level,
                              .cohort = &journeys->cohort,
                              .window_start_min = warm_up_min,
                              .window_end_min = warm_up_min + year_min,
                              .max_inside = 50000,
                              .seed = 1,
                              .replication = 1};
    double start = measure_cpu_s();
    bool ok = pathway_execute(journeys->pathway, &run) == PATHWAY_OK;
    double ran = measure_cpu_s();
    ok = ok && ledger_fill(&journeys->ledger, journeys->pathway, &run, &journeys->scratch);
    journeys->pathway_s[c] = fmin(journeys->pathway_s[c], ran - start);
    journeys->ledger_s[c] = fmin(journeys->ledger_s[c], measure_cpu_s() - ran);
    return ok;
}

/* The same year, again and again, under every configuration. */
static bool run_years(struct journeys *journeys, uint64_t years)
{
    bool ok = true;
    for (uint64_t year = 0; ok && year < years; year++) {
        double start = measure_cpu_s();
        ok = draw_year(journeys);
        for (size_t c = 0; ok && c < journeys->model->design->configurations; c++)
            ok = run_configuration(journeys, c);
        journeys->year_s = fmin(journeys->year_s, measure_cpu_s() - start);
    }
    return ok;
}

static void print_journeys(const struct journeys *journeys)
{
    const struct design *design = journeys->model->design;
    double ns_a_patient = 1e9 / (double)journeys->cohort.count;
    print_row("london journey", "whole",
              ns_a_patient * journeys->year_s / (double)design->configurations, "ns/journey");
    print_row("london cohort", "draw", ns_a_patient * journeys->cohort_s, "ns/patient");
    for (size_t c = 0; c < design->configurations; c++) {
        const char *name = design->configuration[c].name;
        print_row("london pathway", name, ns_a_patient * journeys->pathway_s[c], "ns/patient");
        print_row("london ledger", name, ns_a_patient * journeys->ledger_s[c], "ns/patient");
    }
}

static bool bench_journeys(const struct model *model, uint64_t years, bool print)
{
    const struct design *design = model->design;
    size_t count = design->configurations;
    struct journeys journeys = {.model = model, .cohort_s = INFINITY, .year_s = INFINITY};
    journeys.pathway = pathway_new(design->region.sites, 366);
    journeys.pathway_s = calloc(2 * count, sizeof *journeys.pathway_s);
    bool ok = journeys.pathway != NULL && journeys.pathway_s != NULL;
    if (ok) {
        journeys.ledger_s = journeys.pathway_s + count;
        for (size_t i = 0; i < 2 * count; i++)
            journeys.pathway_s[i] = INFINITY;
        ok = run_years(&journeys, years);
    }
    if (ok && print)
        print_journeys(&journeys);
    free(journeys.pathway_s);
    ledger_scratch_fini(&journeys.scratch);
    pathway_free(journeys.pathway);
    cohort_fini(&journeys.cohort);
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

/* One of the eight HASUs closed, at the precision and with the draws of strokesim whatif. */
static bool bench_whatif(unsigned threads)
{
    enum { DRAWS = 40 };
    const struct change_request close = {.kind = CHANGE_CLOSE, .text = "Charing Cross"};
    const struct change_options options = {.from = "centralised", .request = &close, .requests = 1};
    const struct scenario_options as_written = {.years = NAN};
    struct diagnosis *diagnosis = diagnosis_new();
    struct change change;
    enum model_status model_status;
    size_t which_configuration;
    enum parameter_id which;
    double start = measure_wall_s();
    struct scenario *scenario =
        diagnosis == NULL
            ? NULL
            : scenario_read(STROKESIM_ROOT "/scenarios/london-2010", &as_written, diagnosis);
    bool ok = scenario != NULL && design_prepare(&scenario->design, &which_configuration, &which) &&
              change_make(&change, scenario, &options, diagnosis);
    if (ok) {
        const size_t both[] = {change.from, change.to};
        const struct experiment_options experiment_options = {.configurations = both,
                                                              .count = 2,
                                                              .precision_metric =
                                                                  METRIC_LIVES_SAVED,
                                                              .precision_half_width = 2,
                                                              .threads = threads,
                                                              .draws = DRAWS,
                                                              .census = true};
        struct experiment experiment;
        ok = experiment_run(&experiment, &scenario->design, &experiment_options, &model_status) ==
             EXPERIMENT_OK;
        if (ok)
            experiment_fini(&experiment);
        change_fini(&change);
    }
    print_row("london whatif", "one of eight closes", measure_wall_s() - start, "s");
    scenario_free(scenario);
    diagnosis_free(diagnosis);
    return ok;
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

static bool bench_all(const struct model *model)
{
    const struct design *design = model->design;
    unsigned threads = (unsigned)sysconf(_SC_NPROCESSORS_ONLN);
    return bench_memory(design, threads) && bench_journeys(model, YEARS, true) &&
           bench_experiment(design, 1, 100, "1 thread") &&
           bench_experiment(design, threads, 100, "all threads") &&
           bench_experiment(design, threads, 0, "") && bench_whatif(threads);
}

static bool bench_one(const struct model *model, const struct selection *driver)
{
    if (strcmp(driver->only, "journeys") == 0)
        return bench_journeys(model, driver->items, false);
    fprintf(stderr, "model: no variant %s\n", driver->only);
    return false;
}

int main(int argc, char *argv[])
{
    const struct scenario_options options = {.years = NAN};
    struct selection driver;
    if (!driver_read(&driver, argc, argv))
        return EXIT_FAILURE;
    struct diagnosis *diagnosis = diagnosis_new();
    if (diagnosis == NULL)
        return EXIT_FAILURE;
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
        return EXIT_FAILURE;
    ok = driver.only ? bench_one(&model, &driver) : bench_all(&model);
    model_fini(&model);
    scenario_free(scenario);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
