/*
 * How time grows as beds fill: nanoseconds a patient of a network of wards and of London with beds
 * counted, at loads up to 99% of the beds. Prints CSV rows without a header:
 * benchmark,variant,value,unit,floor,ratio. The floor of each is the same with beds unlimited,
 * where nobody waits; a load is that of the fullest ward, or of all of London's hyper-acute beds,
 * and beds stay as they are while demand is multiplied.
 *
 * And a question of some size: five years of London in 100 replications, on one thread.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/driver.h"
#include "bench/measure.h"
#include "models/load.h"
#include "models/network_run.h"
#include "scenarios/experiment.h"
#include "scenarios/network_scenario.h"
#include "scenarios/scenario.h"

static const double day_min = 1440, year_min = 365 * 1440.0;
static const double loads[] = {0.5, 0.8, 0.9, 0.95, 0.99};
enum { LOADS = sizeof loads / sizeof *loads, MOST_ROWS = LOADS + 1, ROUNDS = 5 };

/* One load; the last row is the floor, at the highest with beds unlimited. */
struct row {
    double load;
    char name[32];
    void *context;
};

static struct row row_of(size_t i, void *context)
{
    struct row row = {.load = loads[i < LOADS ? i : LOADS - 1], .context = context};
    if (i < LOADS)
        snprintf(row.name, sizeof row.name, "%g%% of beds", 100 * row.load);
    else
        snprintf(row.name, sizeof row.name, "beds unlimited");
    return row;
}

static bool race(const char *benchmark, const struct row row[MOST_ROWS], measure_fn *run)
{
    struct candidate candidate[MOST_ROWS] = {0};
    for (size_t i = 0; i < MOST_ROWS; i++)
        candidate[i] = (struct candidate){.variant = row[i].name,
                                          .run = run,
                                          .context = row[i].context,
                                          .items = 1,
                                          .floor = i < LOADS ? &candidate[LOADS] : NULL};
    struct contest contest = {.benchmark = benchmark,
                              .unit = "ns/patient",
                              .a_second = 1e9,
                              .rounds = ROUNDS,
                              .candidate = candidate,
                              .count = MOST_ROWS};
    bool ok = measure(&contest);
    if (ok)
        measure_print(&contest);
    return ok;
}

/* --- a network of wards ----------------------------------------------------------------------- */

static const char ward_network[] = STROKESIM_ROOT "/scenarios/ward-network";

struct wards {
    struct network_scenario *scenario;
    struct network_worker *worker;
    struct network_result *result;
};

static struct network_scenario *read_wards(double demand)
{
    char demand_text[64];
    snprintf(demand_text, sizeof demand_text, "demand.multiplier=%.10g", demand);
    const char *set[] = {demand_text};
    const struct scenario_options options = {.years = NAN, .set = set, .sets = 1};
    struct diagnosis *diagnosis = diagnosis_new();
    if (diagnosis == NULL)
        return NULL;
    struct network_scenario *scenario = network_scenario_read(ward_network, &options, diagnosis);
    diagnosis_print(diagnosis, stderr);
    diagnosis_free(diagnosis);
    return scenario;
}

static double fullest(const struct network *network)
{
    double load[64], most = 0;
    if (network->wards > 64 || !network_loads(network, load))
        return NAN;
    for (size_t w = 0; w < network->wards; w++)
        if (!network->ward[w].by_hour && network->ward[w].beds > 0)
            most = fmax(most, load[w] / network->ward[w].beds);
    return most;
}

static bool open_wards(struct wards *wards, double load, bool unlimited)
{
    struct network_scenario *scenario = read_wards(1);
    if (scenario == NULL)
        return false;
    double demand = load / fullest(&scenario->configuration[0]);
    network_scenario_free(scenario);
    wards->scenario = read_wards(demand);
    if (wards->scenario == NULL)
        return false;
    struct network *network = &wards->scenario->configuration[0];
    for (size_t w = 0; unlimited && w < network->wards; w++) {
        network->ward[w].beds = NETWORK_UNLIMITED;
        network->ward[w].by_hour = false;
    }
    wards->worker = network_worker_new();
    wards->result = network_result_new(network);
    return wards->worker != NULL && wards->result != NULL;
}

static void close_wards(struct wards *wards)
{
    network_result_free(wards->result);
    network_worker_free(wards->worker);
    network_scenario_free(wards->scenario);
}

/* Four replications of twenty years, a patient's share of them. */
static double run_wards(void *context)
{
    struct wards *wards = context;
    uint64_t came = 0;
    double start = measure_cpu_s();
    for (uint64_t r = 1; r <= 4; r++) {
        struct network_run run = {.network = &wards->scenario->configuration[0],
                                  .seed = 1,
                                  .replication = r,
                                  .warm_up_min = wards->scenario->warm_up_days * day_min,
                                  .window_min = 20 * year_min,
                                  .max_inside = wards->scenario->max_inside};
        if (network_execute(wards->worker, &run, wards->result) != NETWORK_OK)
            return -1;
        came += wards->result->balance.came;
    }
    return (measure_cpu_s() - start) / (double)came;
}

static bool bench_wards(void)
{
    struct wards wards[MOST_ROWS] = {0};
    struct row row[MOST_ROWS];
    bool ok = true;
    for (size_t i = 0; ok && i < MOST_ROWS; i++) {
        row[i] = row_of(i, &wards[i]);
        ok = open_wards(&wards[i], row[i].load, i == LOADS);
    }
    ok = ok && race("ward load", row, run_wards);
    for (size_t i = 0; i < MOST_ROWS; i++)
        close_wards(&wards[i]);
    return ok;
}

/* --- London ----------------------------------------------------------------------------------- */

struct london {
    struct scenario *scenario;
    struct model model;
    bool made;
};

static struct scenario *read_london(double demand, bool limited)
{
    char demand_text[64];
    snprintf(demand_text, sizeof demand_text, "demand.multiplier=%.10g", demand);
    const char *set[] = {demand_text, limited ? "beds.limited=1" : "beds.limited=0"};
    const struct scenario_options options = {.years = NAN, .set = set, .sets = 2};
    struct diagnosis *diagnosis = diagnosis_new();
    if (diagnosis == NULL)
        return NULL;
    struct scenario *scenario =
        scenario_read(STROKESIM_ROOT "/scenarios/london-2010", &options, diagnosis);
    diagnosis_print(diagnosis, stderr);
    diagnosis_free(diagnosis);
    return scenario;
}

enum { CENTRALISED = 1 };

/* Hyper-acute beds filled, of all that there are. */
static double london_load(const struct model *model)
{
    const struct service *service = &model->service[CENTRALISED];
    struct offered_load *load = calloc(service->hospitals, sizeof *load);
    double filled = 0, beds = 0;
    if (load == NULL)
        return NAN;
    load_offered(service, model->mix, NULL, load);
    for (size_t h = 0; h < service->hospitals; h++) {
        filled += load[h].beds[BED_HASU];
        beds += service_beds_counted(service, h, BED_HASU);
    }
    free(load);
    return filled / beds;
}

static bool open_london(struct london *london, double demand, bool limited)
{
    size_t configuration;
    enum parameter_id which;
    london->scenario = read_london(demand, limited);
    london->made = london->scenario != NULL &&
                   design_prepare(&london->scenario->design, &configuration, &which) &&
                   model_init(&london->model, &london->scenario->design, 0) == MODEL_OK;
    return london->made;
}

static void close_london(struct london *london)
{
    if (london->made)
        model_fini(&london->model);
    scenario_free(london->scenario);
}

/* A year after 120 days, the pathway alone, a patient's share of it. */
static double run_london(void *context)
{
    struct london *london = context;
    static const double warm_up_min = 120 * 1440.0;
    const struct stream stream = {.seed = 1, .replication = 1, .domain = DOMAIN_PATIENTS};
    const struct demand_span span = {.window_start_min = warm_up_min,
                                     .window_end_min = warm_up_min + year_min};
    struct cohort cohort = {0};
    struct pathway *pathway = pathway_new(london->scenario->design.region.sites, 366);
    struct pathway_run run = {.service = &london->model.service[CENTRALISED],
                              .reference = &london->model.service[0],
                              .level = &london->model.calibration.level,
                              .cohort = &cohort,
                              .window_start_min = warm_up_min,
                              .window_end_min = warm_up_min + year_min,
                              .max_inside = 50000,
                              .seed = 1,
                              .replication = 1};
    double spent_s = -1;
    if (pathway != NULL && cohort_draw(london->model.demand, &stream, &span, &cohort) &&
        pathway_execute(pathway, &run) == PATHWAY_OK) { /* the first touches the memory */
        double start = measure_cpu_s();
        pathway_execute(pathway, &run);
        spent_s = (measure_cpu_s() - start) / (double)cohort.count;
    }
    pathway_free(pathway);
    cohort_fini(&cohort);
    return spent_s;
}

static bool bench_london(void)
{
    struct london london[MOST_ROWS] = {0}, asked = {0};
    struct row row[MOST_ROWS];
    bool ok = open_london(&asked, 1, true);
    double at_one = ok ? london_load(&asked.model) : NAN;
    for (size_t i = 0; ok && i < MOST_ROWS; i++) {
        row[i] = row_of(i, &london[i]);
        ok = open_london(&london[i], row[i].load / at_one, i < LOADS);
    }
    ok = ok && race("london load", row, run_london);
    for (size_t i = 0; i < MOST_ROWS; i++)
        close_london(&london[i]);
    close_london(&asked);
    return ok;
}

/* --- five years ---------------------------------------------------------------------------------
 */

/* Both configurations on the same patients, on one thread, with everything that compare computes
 * but the range of the evidence. */
static bool bench_five_years(void)
{
    static const size_t both[] = {0, CENTRALISED};
    struct scenario *scenario = read_london(1, false);
    if (scenario == NULL)
        return false;
    scenario->design.years = 5;
    struct experiment_options options = {.configurations = both,
                                         .count = 2,
                                         .replications = 100,
                                         .precision_metric = METRIC_LIVES_SAVED,
                                         .precision_half_width = 2,
                                         .threads = 1};
    struct experiment experiment;
    enum model_status model_status;
    size_t configuration;
    enum parameter_id which;
    double start = measure_cpu_s();
    bool ok =
        design_prepare(&scenario->design, &configuration, &which) &&
        experiment_run(&experiment, &scenario->design, &options, &model_status) == EXPERIMENT_OK;
    if (ok) {
        measure_row("london five years", "100 paired replications", measure_cpu_s() - start, "s",
                    NAN, NAN);
        experiment_fini(&experiment);
    }
    scenario_free(scenario);
    return ok;
}

int main(int argc, char *argv[])
{
    struct selection driver;
    if (!driver_read(&driver, argc, argv))
        return EXIT_FAILURE;
    if (driver.only != NULL && strcmp(driver.only, "five-years") == 0)
        return bench_five_years() ? EXIT_SUCCESS : EXIT_FAILURE;
    if (driver.only != NULL) {
        fprintf(stderr, "load: no variant %s\n", driver.only);
        return EXIT_FAILURE;
    }
    return bench_wards() && bench_london() && bench_five_years() ? EXIT_SUCCESS : EXIT_FAILURE;
}
