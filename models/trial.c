#include "models/trial.h"

#include <stdlib.h>
#include <string.h>

static const double day_min = 1440;

struct trial_worker {
    struct cohort cohort;
    struct pathway *pathway;
    struct ledger_scratch scratch;
    struct driver_side *baseline; /* one a patient of the cohort */
    size_t baseline_capacity;
};

static size_t most_hospitals(const struct design *design)
{
    size_t most = 0;
    for (size_t c = 0; c < design->configurations; c++)
        if (design->configuration[c].hospitals > most)
            most = design->configuration[c].hospitals;
    return most;
}

struct trial_worker *trial_worker_new(const struct design *design, double most_days)
{
    struct trial_worker *worker = calloc(1, sizeof *worker);
    if (worker == NULL)
        return NULL;
    worker->pathway = pathway_new(most_hospitals(design), (size_t)most_days + 1);
    if (worker->pathway == NULL) {
        trial_worker_free(worker);
        return NULL;
    }
    return worker;
}

void trial_worker_free(struct trial_worker *worker)
{
    if (worker == NULL)
        return;
    cohort_fini(&worker->cohort);
    pathway_free(worker->pathway);
    ledger_scratch_fini(&worker->scratch);
    free(worker->baseline);
    free(worker);
}

static bool make_places(struct trial_result *result, const struct design *design, size_t hospitals)
{
    result->ledger.area = calloc(design->region.areas, sizeof *result->ledger.area);
    result->ledger.unit = calloc(hospitals, sizeof *result->ledger.unit);
    result->day_counts = calloc(hospitals, sizeof *result->day_counts);
    return result->ledger.area != NULL && result->ledger.unit != NULL && result->day_counts != NULL;
}

struct trial_results *trial_results_new(const struct design *design, bool places, bool patients)
{
    struct trial_results *results = calloc(1, sizeof *results);
    if (results == NULL)
        return NULL;
    results->services = design->configurations;
    results->places = places;
    results->patients = patients;
    results->service = calloc(results->services, sizeof *results->service);
    bool made = results->service != NULL;
    for (size_t s = 0; made && places && s < results->services; s++)
        made = make_places(&results->service[s], design, design->configuration[s].hospitals);
    if (!made) {
        trial_results_free(results);
        return NULL;
    }
    return results;
}

bool trial_results_want_years(struct trial_results *results, const struct design *design,
                              size_t years)
{
    results->years = true;
    for (size_t s = 0; s < results->services; s++) {
        size_t places = design->configuration[s].hospitals + 1;
        struct trial_result *result = &results->service[s];
        result->year = calloc(years * places, sizeof *result->year);
        if (result->year == NULL)
            return false;
    }
    return true;
}

bool trial_results_want_census(struct trial_results *results, const struct design *design,
                               size_t days, size_t every)
{
    results->census_days = days;
    results->census_every = every;
    for (size_t s = 0; s < results->services; s++) {
        struct trial_result *result = &results->service[s];
        result->census = calloc(days * design->configuration[s].hospitals, sizeof *result->census);
        if (result->census == NULL)
            return false;
    }
    return true;
}

void trial_results_free(struct trial_results *results)
{
    if (results == NULL)
        return;
    for (size_t s = 0; results->service != NULL && s < results->services; s++) {
        free(results->service[s].ledger.area);
        free(results->service[s].ledger.unit);
        free(results->service[s].day_counts);
        free(results->service[s].year);
        free(results->service[s].census);
        free(results->service[s].path);
    }
    free(results->service);
    cohort_fini(&results->cohort);
    free(results);
}

static bool draw_cohort(const struct trial *trial, struct trial_worker *worker,
                        uint64_t replication)
{
    struct stream stream = {trial->model->design->seed, replication, trial->domain};
    struct demand_span span = {
        .window_start_min = trial->warm_up_days * day_min,
        .window_end_min = (trial->warm_up_days + trial->window_days) * day_min,
        .steady = trial->domain == DOMAIN_WARM_UP,
    };
    for (size_t r = 0; r < trial->runs; r++)
        span.later_patients |= service_is_shared(&trial->model->service[trial->run[r]]);
    return cohort_draw(trial->model->demand, &stream, &span, &worker->cohort);
}

static struct pathway_run describe_run(const struct trial *trial, const struct trial_worker *worker,
                                       size_t service, uint64_t replication)
{
    const struct model *model = trial->model;
    return (struct pathway_run){
        .service = &model->service[service],
        .reference = &model->service[0],
        .level = &model->calibration.level,
        .cohort = &worker->cohort,
        .window_start_min = trial->warm_up_days * day_min,
        .window_end_min = (trial->warm_up_days + trial->window_days) * day_min,
        .first_phase_only = trial->domain == DOMAIN_WARM_UP,
        .max_inside = model->service[0].parameters.value[P_RUN_MAX_INSIDE],
        .other_calls = {model->design->seed, replication,
                        trial->domain == DOMAIN_WARM_UP ? DOMAIN_OTHER_CALLS_WARM_UP
                                                        : DOMAIN_OTHER_CALLS},
        .seed = model->design->seed,
        .replication = replication,
    };
}

static bool remember_baseline(struct trial_worker *worker)
{
    size_t count = worker->cohort.count;
    if (worker->baseline_capacity < count) {
        struct driver_side *side = realloc(worker->baseline, count * sizeof *side);
        if (side == NULL)
            return false;
        worker->baseline = side;
        worker->baseline_capacity = count;
    }
    const struct path *path = pathway_paths(worker->pathway);
    for (size_t i = 0; i < count; i++)
        worker->baseline[i] = driver_side_of(&worker->cohort.patient[i], &path[i]);
    return true;
}

static void split_difference(const struct trial *trial, const struct trial_worker *worker,
                             const struct pathway_run *run, double deaths[DRIVER_SETTINGS])
{
    const struct service *baseline = &trial->model->service[trial->run[0]];
    double prevented_before = baseline->parameters.value[P_DEMAND_PREVENTED_SHARE];
    bool same_parameters =
        memcmp(&baseline->parameters, &run->service->parameters, sizeof baseline->parameters) == 0;
    const struct path *path = pathway_paths(worker->pathway);
    memset(deaths, 0, DRIVER_SETTINGS * sizeof *deaths);
    for (size_t i = 0; i < worker->cohort.count; i++) {
        const struct patient *patient = &worker->cohort.patient[i];
        if (!patient_is_stroke(patient) || !pathway_counts(run, patient) ||
            patient_is_prevented(patient, prevented_before))
            continue; /* what prevention saves is no driver of treatment: it is what is left */
        struct driver_side side = driver_side_of(patient, &path[i]);
        drivers_add(run->level, patient, same_parameters, &worker->baseline[i], &side, deaths);
    }
    for (int setting = 0; setting < DRIVER_SETTINGS; setting++)
        deaths[setting] /= trial->window_days / 365;
}

static void count_days(const struct trial *trial, const struct trial_worker *worker,
                       size_t hospitals, struct day_counts *day_counts)
{
    memset(day_counts, 0, hospitals * sizeof *day_counts);
    for (size_t day = 0; day < (size_t)trial->window_days; day++)
        for (size_t h = 0; h < hospitals; h++)
            for (enum bed_kind kind = 0; kind < BED_KINDS; kind++) {
                unsigned beds = pathway_census(worker->pathway, day, h, (enum bed_kind)kind);
                unsigned level = beds < CENSUS_LEVELS ? beds : CENSUS_LEVELS - 1;
                day_counts[h].days[kind][level]++;
            }
}

static void copy_census(const struct trial_worker *worker, size_t hospitals,
                        const struct trial_results *results, struct trial_result *result)
{
    for (size_t day = 0; day < results->census_days; day++)
        for (size_t h = 0; h < hospitals; h++)
            for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
                result->census[day * hospitals + h][kind] = (uint16_t)pathway_census(
                    worker->pathway, day * results->census_every, h, (enum bed_kind)kind);
}

static bool keep_paths(const struct trial_worker *worker, struct trial_result *result)
{
    size_t count = worker->cohort.count;
    free(result->path);
    result->path = malloc((count + 1) * sizeof *result->path);
    if (result->path == NULL)
        return false;
    if (count > 0)
        memcpy(result->path, pathway_paths(worker->pathway), count * sizeof *result->path);
    return true;
}

static bool keep_cohort(const struct trial_worker *worker, struct cohort *cohort)
{
    size_t count = worker->cohort.count;
    cohort_fini(cohort);
    cohort->patient = malloc(count * sizeof *cohort->patient + 1);
    if (cohort->patient == NULL)
        return false;
    if (count > 0)
        memcpy(cohort->patient, worker->cohort.patient, count * sizeof *cohort->patient);
    cohort->count = cohort->capacity = count;
    return true;
}

static bool run_service(const struct trial *trial, struct trial_worker *worker, size_t s,
                        uint64_t replication, struct trial_results *results)
{
    struct pathway_run run = describe_run(trial, worker, s, replication);
    struct trial_result *result = &results->service[s];
    result->status = pathway_execute(worker->pathway, &run);
    if (result->status != PATHWAY_OK)
        return result->status == PATHWAY_UNSTABLE;
    if (!ledger_fill(&result->ledger, worker->pathway, &run, &worker->scratch))
        return false;
    if (results->places)
        count_days(trial, worker, run.service->hospitals, result->day_counts);
    if (results->years)
        yearly_fill(result->year, worker->pathway, &run);
    copy_census(worker, run.service->hospitals, results, result);
    if (results->patients && !keep_paths(worker, result))
        return false;
    if (trial->drivers && s == trial->run[0])
        return remember_baseline(worker);
    if (trial->drivers && results->service[trial->run[0]].status == PATHWAY_OK)
        split_difference(trial, worker, &run, result->driver_deaths);
    return true;
}

bool trial_run(const struct trial *trial, struct trial_worker *worker, uint64_t replication,
               struct trial_results *results)
{
    if (!draw_cohort(trial, worker, replication))
        return false;
    uint64_t before = pathway_events(worker->pathway);
    for (size_t r = 0; r < trial->runs; r++)
        if (!run_service(trial, worker, trial->run[r], replication, results))
            return false;
    results->events = pathway_events(worker->pathway) - before;
    return !results->patients || keep_cohort(worker, &results->cohort);
}

bool trial_draw(const struct trial *trial, struct trial_worker *worker, uint64_t replication)
{
    return draw_cohort(trial, worker, replication);
}

bool trial_run_drawn(const struct trial *trial, struct trial_worker *worker, size_t service,
                     uint64_t replication, enum pathway_status *status)
{
    struct pathway_run run = describe_run(trial, worker, service, replication);
    *status = pathway_execute(worker->pathway, &run);
    return *status != PATHWAY_NO_MEMORY;
}

bool trial_run_service(const struct trial *trial, struct trial_worker *worker, size_t service,
                       uint64_t replication, enum pathway_status *status)
{
    return trial_draw(trial, worker, replication) &&
           trial_run_drawn(trial, worker, service, replication, status);
}

void trial_present_series(const struct trial_worker *worker, size_t days, double series[])
{
    for (size_t day = 0; day < days; day++)
        series[day] = pathway_present(worker->pathway, day);
}
