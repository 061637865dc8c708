#include "tests/models/small_region.h"

#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    double lat, lon, population[AGE_BANDS];
} areas[SMALL_AREAS] = {
    {"North", 51.60, -0.10, {26000, 3600, 1300}}, {"East", 51.53, 0.06, {30000, 3200, 900}},
    {"South", 51.43, -0.10, {24000, 4200, 1500}}, {"West", 51.52, -0.28, {27000, 3900, 1400}},
    {"Middle", 51.51, -0.12, {31000, 2800, 800}}, {"Far", 51.95, -0.60, {9000, 2100, 900}},
};

static const struct {
    const char *name;
    double lat, lon;
} sites[SMALL_SITES] = {
    {"Ash", 51.52, -0.13},    {"Birch", 51.54, 0.03}, {"Cedar", 51.42, -0.17},
    {"Dogwood", 51.57, -0.3}, {"Elm", 51.60, -0.09},
};

static const struct {
    unsigned roles;
    int hasu_beds, su_beds;
} hospitals[2][SMALL_HOSPITALS] = {
    {{ROLE_STROKE, 0, 7}, {ROLE_STROKE, 0, 6}, {ROLE_STROKE, 0, 7}, {ROLE_STROKE, 0, 8}, {0, 0, 0}},
    {{ROLE_HASU | ROLE_MT | ROLE_SU, 5, 4},
     {ROLE_SU, 0, 2},
     {ROLE_HASU | ROLE_SU, 4, 4},
     {ROLE_SU, 0, 3},
     {0, 0, 0}},
};

static char *copy_text(const char *text)
{
    char *copy = malloc(strlen(text) + 1);
    cr_assert_not_null(copy);
    return strcpy(copy, text);
}

static void make_region(struct region *region)
{
    region->areas = SMALL_AREAS;
    region->area = calloc(SMALL_AREAS, sizeof *region->area);
    region->sites = SMALL_SITES;
    region->site = calloc(SMALL_SITES, sizeof *region->site);
    for (size_t a = 0; a < SMALL_AREAS; a++) {
        region->area[a] = (struct area){.name = copy_text(areas[a].name),
                                        .lat = areas[a].lat,
                                        .lon = areas[a].lon,
                                        .strokes_per_year = NAN,
                                        .deprivation_score = NAN};
        memcpy(region->area[a].population, areas[a].population, sizeof areas[a].population);
    }
    for (size_t s = 0; s < SMALL_SITES; s++)
        region->site[s] = (struct site){
            .name = copy_text(sites[s].name), .lat = sites[s].lat, .lon = sites[s].lon};
}

static void make_configuration(struct configuration *configuration, size_t c)
{
    configuration->name = copy_text(c == LOCAL ? "local" : "central");
    configuration->hospitals = SMALL_HOSPITALS;
    configuration->hospital = calloc(SMALL_HOSPITALS, sizeof *configuration->hospital);
    configuration->written_hospital = calloc(SMALL_HOSPITALS, sizeof *configuration->hospital);
    for (size_t h = 0; h < SMALL_HOSPITALS; h++) {
        configuration->hospital[h] = (struct hospital){
            .site = h,
            .roles = hospitals[c][h].roles,
            .beds = {[BED_HASU] = hospitals[c][h].hasu_beds, [BED_SU] = hospitals[c][h].su_beds},
            .sector = NO_SECTOR};
        for (int which = 0; which < UNIT_PARAMETERS; which++)
            configuration->hospital[h].own[which] = NAN;
        configuration->written_hospital[h] = configuration->hospital[h];
    }
    parameters_default(&configuration->written);
    parameters_default(&configuration->parameters);
}

void small_design(struct design *design)
{
    *design = (struct design){.configurations = 2, .years = 1, .seed = 1};
    make_region(&design->region);
    design->configuration = calloc(2, sizeof *design->configuration);
    for (size_t c = 0; c < 2; c++)
        make_configuration(&design->configuration[c], c);
    small_design_write(design, CENTRAL, P_POLICY_NAME, POLICY_NEAREST_HASU);
    small_design_estimate(design);
}

void small_design_unlimited(struct design *design)
{
    for (size_t c = 0; c < design->configurations; c++)
        for (size_t h = 0; h < design->configuration[c].hospitals; h++) {
            struct hospital *hospital = &design->configuration[c].hospital[h];
            hospital->beds[BED_HASU] = hospital->beds[BED_HASU] ? BEDS_UNLIMITED : 0;
            hospital->beds[BED_SU] = hospital->beds[BED_SU] ? BEDS_UNLIMITED : 0;
            design->configuration[c].written_hospital[h] = *hospital;
        }
}

void small_design_rehab(struct design *design, int beds)
{
    for (size_t c = 0; c < design->configurations; c++) {
        struct configuration *configuration = &design->configuration[c];
        configuration->hospital[SITE_ELM].roles |= ROLE_REHAB;
        configuration->hospital[SITE_ELM].beds[BED_REHAB] = beds;
        configuration->written_hospital[SITE_ELM] = configuration->hospital[SITE_ELM];
    }
}

void small_design_fleet(struct design *design, int vehicles)
{
    static const struct station stations[] = {{.lat = 51.58, .lon = -0.12},
                                              {.lat = 51.45, .lon = -0.15}};
    design->fleets = 1;
    design->fleet = calloc(1, sizeof *design->fleet);
    design->fleet->stations = 2;
    design->fleet->station = calloc(2, sizeof *design->fleet->station);
    for (size_t s = 0; s < 2; s++) {
        struct station *station = &design->fleet->station[s];
        *station = stations[s];
        station->name = copy_text(s == 0 ? "Upper" : "Lower");
        for (size_t hour = 0; hour < DAY_HOURS; hour++)
            station->vehicles[hour] = vehicles;
    }
    for (size_t c = 0; c < design->configurations; c++)
        design->configuration[c].fleet = design->fleet;
}

void small_design_busy(struct design *design)
{
    small_design(design);
    small_design_write(design, BOTH, P_MT_TREATED_IF_ELIGIBLE, 0.6);
    small_design_write(design, CENTRAL, P_POLICY_ELSEWHERE_SHARE, 0.15);
    small_design_write(design, CENTRAL, P_COST_SETUP_PER_PATIENT_GBP, 136);
    small_design_write(design, BOTH, P_COST_PRICE_YEAR, 2020);
}

void small_design_grow(struct design *design, double times)
{
    for (size_t a = 0; a < design->region.areas; a++)
        for (size_t b = 0; b < AGE_BANDS; b++)
            design->region.area[a].population[b] *= times;
}

void small_design_copy(struct design *design, size_t from, size_t to)
{
    struct configuration *source = &design->configuration[from];
    struct configuration *target = &design->configuration[to];
    memcpy(target->hospital, source->hospital, SMALL_HOSPITALS * sizeof *source->hospital);
    memcpy(target->written_hospital, source->written_hospital,
           SMALL_HOSPITALS * sizeof *source->hospital);
    target->written = source->written;
    target->parameters = source->parameters;
}

void small_design_push(struct design *design, size_t configuration, enum parameter_id id,
                       double value)
{
    for (size_t c = 0; c < design->configurations; c++)
        if (configuration == BOTH || configuration == c)
            design->configuration[c].parameters.value[id] = value;
}

void small_design_write(struct design *design, size_t configuration, enum parameter_id id,
                        double value)
{
    small_design_push(design, configuration, id, value);
    for (size_t c = 0; c < design->configurations; c++)
        if (configuration == BOTH || configuration == c)
            design->configuration[c].written.value[id] = value;
}

void small_design_estimate(struct design *design)
{
    const struct parameters *parameters = &design->configuration[0].parameters;
    free(design->region.minutes);
    free(design->region.transfer_minutes);
    cr_assert(region_estimate_journeys(&design->region, parameters));
    cr_assert(region_estimate_transfers(&design->region, parameters));
}

void small_run_open(struct small_run *run, const struct design *design, double years)
{
    static const size_t local_first[] = {LOCAL, CENTRAL};
    *run = (struct small_run){0};
    enum model_status status = model_init(&run->model, design, 0);
    cr_assert_eq(status, MODEL_OK, "%s", model_status_text(status));
    run->trial = (struct trial){.model = &run->model,
                                .run = local_first,
                                .runs = 2,
                                .domain = DOMAIN_PATIENTS,
                                .warm_up_days = 60,
                                .window_days = 365 * years,
                                .drivers = true};
    run->worker = trial_worker_new(design, run->trial.window_days);
    run->results = trial_results_new(design, true, true);
    cr_assert(run->worker != NULL && run->results != NULL);
}

void small_run_replication(struct small_run *run, uint64_t replication)
{
    cr_assert(trial_run(&run->trial, run->worker, replication, run->results));
    for (size_t s = 0; s < run->results->services; s++)
        cr_assert_eq(run->results->service[s].status, PATHWAY_OK);
}

void small_run_close(struct small_run *run)
{
    trial_results_free(run->results);
    trial_worker_free(run->worker);
    model_fini(&run->model);
}

double small_run_expected(const struct small_run *run, size_t service, enum metric metric)
{
    return run->results->service[service].ledger.expected[metric];
}

double small_run_drawn(const struct small_run *run, size_t service, enum metric metric)
{
    return run->results->service[service].ledger.drawn[metric];
}

bool small_run_counts(const struct small_run *run, const struct patient *patient)
{
    double start_min = run->trial.warm_up_days * 1440;
    return patient->onset_min >= start_min &&
           patient->onset_min < start_min + run->trial.window_days * 1440;
}

double family_score(size_t cells)
{
    return gsl_cdf_ugaussian_Qinv(0.005 / (double)cells);
}

bool near(double got, double want, double relative)
{
    return fabs(got - want) <= relative * fabs(want);
}

bool same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}
