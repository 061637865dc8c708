#include "scenarios/experiment.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "scenarios/account.h"
#include "scenarios/clock.h"
#include "scenarios/stopping.h"
#include "scenarios/target.h"
#include "sim/estimate.h"
#include "sim/replicate.h"

enum {
    PILOT_REPLICATIONS = 6,
    PILOT_DAYS = 365,
    WARM_UP_STEP = 28,        /* days */
    PAIRED_REPLICATIONS = 64, /* that draws of the evidence are compared with */
    BATCH = STOPPING_LOOK,    /* replications at once: as far as the next look */
    PATIENT_BATCH = 4,        /* replications at once when patients are kept */
};

/* One run of an experiment: what its steps share. */
struct running {
    struct experiment *experiment;
    const struct experiment_options *options;
    const struct design *design;
    struct replicate_pool *pool;
    struct trial_worker **worker; /* one a thread */
    struct trial_results *slot[BATCH];
    size_t batch;
    struct trial trial;
    uint64_t first; /* replication in slot 0 */
    double (
        *paired)[METRIC_COUNT]; /* central differences: arm by arm, replication by replication */
    double *paired_target;      /* central values of the targets, in the same order */
    struct model_basis *basis;  /* of the draws of the evidence */
    double work_done, work_expected;
    atomic_bool draw_failed;
};

static bool asked_to_stop(const struct running *running)
{
    return running->options->stop != NULL && atomic_load(running->options->stop);
}

static void work(struct running *running, double amount)
{
    running->work_done += amount;
    if (running->options->progress != NULL)
        running->options->progress(running->options->context,
                                   fmin(1, running->work_done / running->work_expected));
}

/* --- the warm-up ------------------------------------------------------------------------------ */

struct pilot_series {
    double present[PILOT_DAYS]; /* in beds, or waiting for one, at midnight */
};

/* One replication of every configuration of the scenario, over the same patients. */
static bool run_pilot(void *shared, unsigned worker, uint64_t replication, void *result)
{
    struct running *running = shared;
    struct trial trial = running->trial;
    trial.domain = DOMAIN_WARM_UP;
    trial.warm_up_days = 0;
    trial.window_days = PILOT_DAYS;
    struct pilot_series *series = result; /* one a configuration */
    if (!trial_draw(&trial, running->worker[worker], replication))
        return false;
    for (size_t s = 0; s < running->design->configurations; s++) {
        enum pathway_status status;
        if (!trial_run_drawn(&trial, running->worker[worker], s, replication, &status))
            return false;
        if (status == PATHWAY_OK)
            trial_present_series(running->worker[worker], PILOT_DAYS, series[s].present);
    }
    return true;
}

static void note_failure(struct running *running, const char *step, uint64_t number)
{
    if (number == 0)
        return;
    running->experiment->failed_step = step;
    running->experiment->failed = number;
}

/* Days to drop for one service: MSER-5 on the mean of the pilots. */
static double cut_of_service(struct running *running, const struct pilot_series *series, size_t s)
{
    double present[PILOT_DAYS] = {0};
    for (int day = 0; day < PILOT_DAYS; day++)
        for (size_t r = 0; r < PILOT_REPLICATIONS; r++)
            present[day] += series[r * running->design->configurations + s].present[day];
    size_t cut = estimate_mser5(present, PILOT_DAYS);
    if (cut != ESTIMATE_NO_CUT)
        return (double)cut;
    running->experiment->warm_up = WARM_UP_NO_CUT;
    return (double)PILOT_DAYS / 2;
}

/* Days to drop: the most of all configurations of the scenario, whatever is compared with what. */
static bool run_pilots(struct running *running, double *days)
{
    size_t services = running->design->configurations;
    struct pilot_series *series = calloc(PILOT_REPLICATIONS * services, sizeof *series);
    if (series == NULL)
        return false;
    struct replicate_job job = {.run = run_pilot,
                                .shared = running,
                                .first = 1,
                                .count = PILOT_REPLICATIONS,
                                .results = series,
                                .size = services * sizeof *series};
    uint64_t failed;
    replicate_run(running->pool, &job, &failed);
    note_failure(running, "pilot replication", failed);
    for (size_t s = 0; failed == 0 && s < services; s++)
        *days = fmax(*days, cut_of_service(running, series, s));
    free(series);
    return failed == 0;
}

static bool find_warm_up(struct running *running)
{
    struct experiment *experiment = running->experiment;
    double by_hand = experiment->model.service[0].parameters.value[P_RUN_WARMUP_DAYS];
    experiment->warm_up = by_hand < 0 ? WARM_UP_FOUND : WARM_UP_BY_HAND;
    if (running->options->warm_up_days != NULL) {
        experiment->warm_up_days = *running->options->warm_up_days;
        return true;
    }
    if (by_hand >= 0) {
        experiment->warm_up_days = floor(by_hand);
        return true;
    }
    if (!run_pilots(running, &experiment->warm_up_days))
        return false;
    work(running, 3 * (double)running->design->configurations);
    /* In steps of four weeks, so that what hardly differs has the same window. */
    experiment->warm_up_days = ceil(experiment->warm_up_days / WARM_UP_STEP) * WARM_UP_STEP;
    return true;
}

/* --- the replications ------------------------------------------------------------------------- */

static bool run_replication(void *shared, unsigned worker, uint64_t replication, void *result)
{
    (void)result; /* the slots are ours: results are too large to copy */
    struct running *running = shared;
    return trial_run(&running->trial, running->worker[worker], replication,
                     running->slot[replication - running->first]);
}

/* The values of an arm's targets in one replication. Of what is unstable the worst that can be, so
 * that it is not met; NAN: does not apply. */
static void target_values(const struct running *running, const struct model *model, size_t a,
                          const struct trial_results *results, double value[])
{
    const struct experiment *experiment = running->experiment;
    size_t c = experiment->arm[a].configuration;
    const struct trial_result *baseline = &results->service[experiment->arm[0].configuration];
    const struct trial_result *result = &results->service[c];
    const struct target_run run = {.service = &model->service[c],
                                   .configuration = c,
                                   .baseline = &baseline->ledger,
                                   .ledger = &result->ledger,
                                   .years = experiment->window_days / 365};
    for (size_t t = 0; t < experiment->targets; t++) {
        const struct target *target = &experiment->target[t];
        bool stable = result->status == PATHWAY_OK &&
                      (!target->against_baseline || baseline->status == PATHWAY_OK);
        double worst = target->bound == TARGET_AT_LEAST ? -(double)INFINITY : (double)INFINITY;
        value[t] = stable ? target_value(target, &run, false) : worst;
    }
}

static double *paired_targets(const struct running *running, size_t a, uint64_t replication)
{
    return &running->paired_target[(a * PAIRED_REPLICATIONS + replication - 1) *
                                   running->experiment->targets];
}

static void remember_paired(struct running *running, uint64_t replication,
                            const struct trial_results *results)
{
    if (replication > PAIRED_REPLICATIONS)
        return;
    struct experiment *experiment = running->experiment;
    const struct trial_result *baseline = &results->service[experiment->arm[0].configuration];
    for (size_t a = 0; a < experiment->arms; a++) {
        const struct trial_result *result = &results->service[experiment->arm[a].configuration];
        for (enum metric metric = 0; metric < METRIC_COUNT; metric++)
            running->paired[a * PAIRED_REPLICATIONS + replication - 1][metric] =
                result->status == PATHWAY_OK && baseline->status == PATHWAY_OK
                    ? experiment_difference(&baseline->ledger, &result->ledger, metric, false)
                    : NAN;
        target_values(running, &experiment->model, a, results,
                      paired_targets(running, a, replication));
    }
}

/* Runs `count` more replications and takes them in. */
static enum experiment_status run_batch(struct running *running, uint64_t count)
{
    struct experiment *experiment = running->experiment;
    const struct experiment_options *options = running->options;
    running->first = experiment->replications + (options->first > 0 ? options->first : 1);
    char nothing[BATCH];
    struct replicate_job job = {.run = run_replication,
                                .shared = running,
                                .first = running->first,
                                .count = count,
                                .results = nothing,
                                .size = 1,
                                .stop = options->stop};
    uint64_t failed;
    uint64_t finished = replicate_run(running->pool, &job, &failed);
    note_failure(running, "replication", failed);
    for (uint64_t r = 0; r < finished; r++) {
        account_add(experiment, running->slot[r]);
        remember_paired(running, running->first + r, running->slot[r]);
        experiment->replications++;
        if (options->replication_done != NULL &&
            !options->replication_done(options->context, experiment, running->first + r,
                                       running->slot[r]))
            return EXPERIMENT_GAVE_UP;
    }
    work(running, (double)finished);
    if (failed != 0)
        return EXPERIMENT_NO_MEMORY;
    return finished < count ? EXPERIMENT_STOPPED : EXPERIMENT_OK;
}

static bool precise_enough(const struct running *running)
{
    const struct experiment *experiment = running->experiment;
    bool in_differences = experiment->arms > 1;
    for (size_t a = in_differences; a < experiment->arms; a++) {
        const struct arm *arm = &experiment->arm[a];
        enum metric metric = running->options->precision_metric;
        const struct tally *tally =
            in_differences ? &arm->difference[metric] : &arm->summary[metric];
        if (!arm->unstable && !stopping_is_precise(tally, running->options->precision_half_width))
            return false;
    }
    return true;
}

static uint64_t next_look(const struct running *running)
{
    uint64_t done = running->experiment->replications;
    uint64_t asked = running->experiment->replications_asked;
    uint64_t look = (done / STOPPING_LOOK + 1) * STOPPING_LOOK;
    uint64_t most = asked > 0 ? asked : STOPPING_MOST;
    if (look > done + running->batch)
        look = done + running->batch;
    return look < most ? look : most;
}

static bool enough(const struct running *running)
{
    uint64_t done = running->experiment->replications;
    uint64_t asked = running->experiment->replications_asked;
    if (asked > 0)
        return done >= asked;
    return done >= STOPPING_MOST || (stopping_looks(done) && precise_enough(running));
}

static enum experiment_status run_replications(struct running *running)
{
    enum experiment_status status = EXPERIMENT_OK;
    while (status == EXPERIMENT_OK && !enough(running))
        status = run_batch(running, next_look(running) - running->experiment->replications);
    return status;
}

/* --- the evidence ----------------------------------------------------------------------------- */

/* What a draw says of an arm: differences of the metrics, then values of the targets, each less the
 * central model's in the same replication. */
static size_t draw_width(const struct experiment *experiment)
{
    return METRIC_COUNT + experiment->targets;
}

static void fill_draw(const struct running *running, const struct model *model, size_t a,
                      uint64_t replication, const struct trial_results *results, double moved[])
{
    const struct experiment *experiment = running->experiment;
    const struct trial_result *baseline = &results->service[experiment->arm[0].configuration];
    const struct trial_result *other = &results->service[experiment->arm[a].configuration];
    bool stable = baseline->status == PATHWAY_OK && other->status == PATHWAY_OK;
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++)
        moved[metric] =
            stable ? experiment_difference(&baseline->ledger, &other->ledger, metric, false) -
                         running->paired[a * PAIRED_REPLICATIONS + replication - 1][metric]
                   : NAN;
    target_values(running, model, a, results, moved + METRIC_COUNT);
    for (size_t t = 0; t < experiment->targets; t++)
        moved[METRIC_COUNT + t] -= paired_targets(running, a, replication)[t];
}

/* One draw: a model of its own, run over one replication that the central model ran too. */
static bool run_draw(void *shared, unsigned worker, uint64_t draw, void *result)
{
    struct running *running = shared;
    double *moved = result; /* arms x draw_width() */
    struct experiment *experiment = running->experiment;
    struct model model;
    if (model_init_on(&model, running->design, draw, running->basis) != MODEL_OK) {
        atomic_store(&running->draw_failed, true);
        return false;
    }
    struct trial_results *results = trial_results_new(
        running->design, target_any_of_units(experiment->target, experiment->targets), false);
    struct trial trial = running->trial;
    trial.model = &model;
    trial.drivers = false;
    uint64_t pairs = experiment->replications < PAIRED_REPLICATIONS ? experiment->replications
                                                                    : PAIRED_REPLICATIONS;
    uint64_t replication = (draw - 1) % pairs + 1;
    bool done = results != NULL && trial_run(&trial, running->worker[worker], replication, results);
    for (size_t a = 0; done && a < experiment->arms; a++)
        fill_draw(running, &model, a, replication, results, moved + a * draw_width(experiment));
    trial_results_free(results);
    model_fini(&model);
    return done;
}

/* Takes in what a draw moved in each arm. */
static void add_draw(struct experiment *experiment, const double moved[])
{
    for (size_t a = 0; a < experiment->arms; a++, moved += draw_width(experiment)) {
        struct arm *arm = &experiment->arm[a];
        for (size_t metric = 0; metric < METRIC_COUNT; metric++)
            arm->evidence[metric][experiment->draws] = arm->difference[metric].mean + moved[metric];
        for (size_t t = 0; t < experiment->targets; t++) {
            double value = arm->target[t].value.mean + moved[METRIC_COUNT + t];
            arm->target[t].draws += isnan(value) ? 0 : 1;
            arm->target[t].draws_met += target_is_met(&experiment->target[t], value) ? 1 : 0;
        }
    }
    experiment->draws++;
}

/* Draws come in their order, whoever ran them. */
static bool deliver_draw(void *shared, uint64_t draw, void *result)
{
    (void)draw;
    struct running *running = shared;
    add_draw(running->experiment, result);
    work(running, 1);
    return true;
}

/* One job of them all, so that no thread waits for another before the end. */
static enum experiment_status run_draws(struct running *running)
{
    enum { WINDOW = 64 };
    size_t width = running->experiment->arms * draw_width(running->experiment);
    double *moved = calloc(WINDOW * width, sizeof *moved);
    if (moved == NULL)
        return EXPERIMENT_NO_MEMORY;
    struct replicate_job job = {.run = run_draw,
                                .shared = running,
                                .first = 1,
                                .count = running->options->draws,
                                .results = moved,
                                .size = width * sizeof *moved,
                                .deliver = deliver_draw,
                                .window = WINDOW,
                                .stop = running->options->stop};
    uint64_t failed;
    uint64_t finished = replicate_run(running->pool, &job, &failed);
    note_failure(running, "draw of the evidence", failed);
    free(moved);
    if (failed != 0)
        return atomic_load(&running->draw_failed) ? EXPERIMENT_DRAW : EXPERIMENT_NO_MEMORY;
    return finished < job.count ? EXPERIMENT_STOPPED : EXPERIMENT_OK;
}

static enum experiment_status run_evidence(struct running *running)
{
    if (running->options->draws == 0)
        return EXPERIMENT_OK;
    running->basis = model_basis_new(&running->experiment->model);
    return running->basis == NULL ? EXPERIMENT_NO_MEMORY : run_draws(running);
}

/* --- a whole experiment ----------------------------------------------------------------------- */

static struct trial_results *open_slot(const struct running *running)
{
    size_t days = (size_t)running->experiment->window_days, years = running->experiment->years;
    const struct design *design = running->design;
    struct trial_results *slot =
        trial_results_new(design, !running->options->whole_only, running->options->patients);
    if (slot == NULL || ((years == 0 || trial_results_want_years(slot, design, years)) &&
                         (!running->options->census ||
                          trial_results_want_census(slot, design, kept_census_days(days),
                                                    kept_census_every(days)))))
        return slot;
    trial_results_free(slot);
    return NULL;
}

static bool open_workers(struct running *running, double most_days)
{
    unsigned threads = running->options->threads;
    running->pool = replicate_pool_new(threads);
    running->worker = calloc(threads, sizeof *running->worker);
    if (running->pool == NULL || running->worker == NULL)
        return false;
    for (unsigned w = 0; w < threads; w++) {
        running->worker[w] = trial_worker_new(running->design, most_days);
        if (running->worker[w] == NULL)
            return false;
    }
    return true;
}

static bool open_running(struct running *running)
{
    const struct experiment_options *options = running->options;
    if (!open_workers(running, fmax(running->experiment->window_days, PILOT_DAYS)))
        return false;
    running->paired = calloc(options->count * PAIRED_REPLICATIONS, sizeof *running->paired);
    running->paired_target =
        calloc(options->count * PAIRED_REPLICATIONS * options->targets + 1, sizeof(double));
    running->batch = options->patients ? PATIENT_BATCH : BATCH;
    if (running->paired == NULL || running->paired_target == NULL)
        return false;
    for (size_t i = 0; i < running->batch; i++) {
        running->slot[i] = open_slot(running);
        if (running->slot[i] == NULL)
            return false;
    }
    return true;
}

static void close_running(struct running *running)
{
    for (unsigned w = 0; running->worker != NULL && w < running->options->threads; w++)
        trial_worker_free(running->worker[w]);
    for (size_t i = 0; i < BATCH; i++)
        trial_results_free(running->slot[i]);
    free(running->worker);
    free(running->paired);
    free(running->paired_target);
    model_basis_free(running->basis);
    replicate_pool_free(running->pool);
}

static enum experiment_status run_steps(struct running *running)
{
    struct experiment *experiment = running->experiment;
    const struct experiment_options *options = running->options;
    if (!open_running(running) || !account_open(experiment, options))
        return EXPERIMENT_NO_MEMORY;
    running->trial = (struct trial){.model = &experiment->model,
                                    .run = options->configurations,
                                    .runs = options->count,
                                    .domain = DOMAIN_PATIENTS,
                                    .window_days = experiment->window_days,
                                    .drivers = options->count > 1 && !options->whole_only};
    if (!find_warm_up(running))
        return EXPERIMENT_NO_MEMORY;
    running->trial.warm_up_days = experiment->warm_up_days;
    double began = clock_seconds();
    enum experiment_status status = run_replications(running);
    experiment->seconds = clock_seconds() - began;
    if (status == EXPERIMENT_OK && options->count > 1)
        status = run_evidence(running);
    experiment->complete = status == EXPERIMENT_OK;
    if (status == EXPERIMENT_STOPPED && experiment->replications == 0)
        status = EXPERIMENT_GAVE_UP;
    return status;
}

enum experiment_status experiment_warm_up(const struct design *design, unsigned threads,
                                          double *days, enum model_status *model_status)
{
    struct experiment experiment = {.design = design};
    const struct experiment_options options = {.threads = threads};
    *model_status = model_init(&experiment.model, design, 0);
    if (*model_status != MODEL_OK)
        return EXPERIMENT_MODEL;
    struct running running = {.experiment = &experiment,
                              .options = &options,
                              .design = design,
                              .trial = {.model = &experiment.model},
                              .work_expected = 1};
    enum experiment_status status = EXPERIMENT_NO_MEMORY;
    if (open_workers(&running, PILOT_DAYS) && find_warm_up(&running))
        status = EXPERIMENT_OK;
    *days = experiment.warm_up_days;
    close_running(&running);
    model_fini(&experiment.model);
    return status;
}

enum experiment_status experiment_run(struct experiment *experiment, const struct design *design,
                                      const struct experiment_options *options,
                                      enum model_status *model_status)
{
    assert(options->count > 0 && options->threads > 0);
    assert(options->first <= 1 || options->draws == 0);
    assert(options->draw == 0 || options->draws == 0);
    assert(options->targets == 0 || !options->whole_only);
    *experiment = (struct experiment){.design = design,
                                      .window_days = floor(design->years * 365 + 0.5),
                                      .target = options->target,
                                      .targets = options->targets,
                                      .replications_asked = options->replications};
    if (yearly_years(experiment->window_days) > 1 && !options->whole_only)
        experiment->years = yearly_years(experiment->window_days);
    *model_status = model_init(&experiment->model, design, options->draw);
    if (*model_status != MODEL_OK)
        return EXPERIMENT_MODEL;
    double replications = (double)(options->replications > 0 ? options->replications : 32);
    struct running running = {
        .experiment = experiment,
        .options = options,
        .design = design,
        .work_expected = replications + (options->count > 1 ? (double)options->draws : 0) +
                         3 * (double)design->configurations,
    };
    enum experiment_status status =
        asked_to_stop(&running) ? EXPERIMENT_GAVE_UP : run_steps(&running);
    close_running(&running);
    if (status != EXPERIMENT_OK && status != EXPERIMENT_STOPPED)
        experiment_fini(experiment);
    return status;
}

void experiment_fini(struct experiment *experiment)
{
    for (size_t a = 0; a < experiment->arms; a++) {
        struct arm *arm = &experiment->arm[a];
        free(arm->area);
        free(arm->group);
        free(arm->fifth);
        free(arm->unit);
        free(arm->yearly);
        free(arm->target);
        kept_census_close(&arm->census);
        kept_close(&arm->qalys);
        kept_close(&arm->lifetime_gbp);
        for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
            kept_close(&arm->year[metric]);
            free(arm->evidence[metric]);
        }
    }
    free(experiment->arm);
    free(experiment->pooled);
    free(experiment->pooled_fifths);
    area_groups_close(&experiment->groups);
    area_groups_close(&experiment->fifths);
    experiment->arm = NULL;
    experiment->pooled = experiment->pooled_fifths = NULL;
    experiment->arms = 0;
    model_fini(&experiment->model);
}
