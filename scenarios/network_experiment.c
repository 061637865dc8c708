#include "scenarios/network_experiment.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/replicate.h"

enum { BATCH = 16 }; /* replications at once, whatever the threads */

struct running {
    struct network_experiment *experiment;
    const struct network_experiment_options *options;
    struct replicate_pool *pool;
    struct network_worker **worker; /* one a thread */
    struct network_trial slot[BATCH];
    uint64_t first; /* replication in slot 0 */
};

/* --- taking in -------------------------------------------------------------------------------- */

static void add(struct tally *tally, double value)
{
    if (!isnan(value))
        tally_add(tally, value);
}

static void add_delays(struct ward_tallies *ward, const struct ward_result *result, uint32_t days)
{
    uint64_t below = 0;
    for (int n = 0; n < NETWORK_LEVELS; n++) {
        tally_add(&ward->delay[n].tail, (double)(days - below) / days);
        below += result->days[n];
        ward->days[n] += result->days[n];
        if (below > 0)
            tally_add(&ward->delay[n].loss, (double)result->days[n] / (double)below);
    }
}

static void add_wards(struct network_arm *arm, const struct network_result *result)
{
    const struct network *network = arm->network;
    for (size_t w = 0; w < network->wards; w++) {
        for (int m = 0; m < WARD_METRICS; m++)
            add(&arm->ward[w].of[m], result->ward[w].figure[m]);
        add_delays(&arm->ward[w], &result->ward[w], result->days);
    }
    for (size_t at = 0; at < network->classes * network->wards; at++)
        for (int m = 0; m < WARD_CLASS_METRICS; m++)
            add(&arm->of_class[at].of[m], result->of_class[at][m]);
    for (size_t m = 0; m < network->members; m++) {
        const struct pool_result *pool = &result->pool[m];
        tally_add(&arm->pool[m].tail, (double)pool->tail / result->days);
        if (pool->holds > 0)
            tally_add(&arm->pool[m].loss, (double)pool->full / pool->holds);
    }
}

static void add_no_bed(struct network_arm *arm, const struct network_result *result)
{
    for (size_t w = 0; w < arm->network->wards; w++)
        add(&arm->ward[w].no_bed,
            result->ward[w].figure[WARD_SHARE_WAITING] + result->ward[w].figure[WARD_SHARE_LOST]);
}

static void add_trial(struct network_experiment *experiment, const struct network_trial *trial)
{
    const struct network_result *baseline = trial->result[0];
    for (size_t a = 0; a < experiment->arms; a++) {
        struct network_arm *arm = &experiment->arm[a];
        const struct network_result *result = trial->result[a];
        add_no_bed(arm, result);
        if (result->status != NETWORK_OK) {
            arm->unstable = true;
            continue;
        }
        add_wards(arm, result);
        for (int m = 0; m < NETWORK_METRICS; m++) {
            add(&arm->summary[m], result->figure[m]);
            if (a == 0 || baseline->status != NETWORK_OK)
                continue;
            add(&arm->difference[m], result->figure[m] - baseline->figure[m]);
            kept_add(&arm->year[m], result->figure[m] - baseline->figure[m]);
        }
    }
}

/* --- running ---------------------------------------------------------------------------------- */

static bool run_replication(void *shared, unsigned worker, uint64_t replication, void *nothing)
{
    (void)nothing; /* the slots are ours */
    struct running *running = shared;
    const struct network_experiment *experiment = running->experiment;
    const struct network_scenario *scenario = experiment->scenario;
    struct network_trial *trial = &running->slot[replication - running->first];
    for (size_t a = 0; a < experiment->arms; a++) {
        struct network_run run = {.network = experiment->arm[a].network,
                                  .seed = experiment->seed,
                                  .replication = replication,
                                  .start_weekday = scenario->about->design.start_weekday,
                                  .warm_up_min = scenario->warm_up_days * 1440,
                                  .window_min = experiment->window_days * 1440,
                                  .max_inside = scenario->max_inside};
        if (network_execute(running->worker[worker], &run, trial->result[a]) == NETWORK_NO_MEMORY)
            return false;
    }
    return true;
}

static enum network_experiment_status run_batch(struct running *running, uint64_t count)
{
    struct network_experiment *experiment = running->experiment;
    const struct network_experiment_options *options = running->options;
    char nothing[BATCH];
    running->first = experiment->replications + 1;
    struct replicate_job job = {.run = run_replication,
                                .shared = running,
                                .first = running->first,
                                .count = count,
                                .results = nothing,
                                .size = 1,
                                .stop = options->stop};
    uint64_t finished = replicate_run(running->pool, &job, &experiment->failed);
    for (uint64_t r = 0; r < finished; r++) {
        add_trial(experiment, &running->slot[r]);
        experiment->replications++;
        if (options->replication_done != NULL &&
            !options->replication_done(options->context, experiment, running->first + r,
                                       &running->slot[r]))
            return NETWORK_EXPERIMENT_GAVE_UP;
    }
    if (experiment->failed != 0)
        return NETWORK_EXPERIMENT_NO_MEMORY;
    return finished < count ? NETWORK_EXPERIMENT_STOPPED : NETWORK_EXPERIMENT_OK;
}

static enum network_experiment_status run_all(struct running *running)
{
    struct network_experiment *experiment = running->experiment;
    const struct network_experiment_options *options = running->options;
    enum network_experiment_status status = NETWORK_EXPERIMENT_OK;
    while (status == NETWORK_EXPERIMENT_OK && experiment->replications < options->replications) {
        uint64_t left = options->replications - experiment->replications;
        status = run_batch(running, left < BATCH ? left : BATCH);
        if (options->progress != NULL)
            options->progress(options->context,
                              (double)experiment->replications / (double)options->replications);
    }
    experiment->complete = status == NETWORK_EXPERIMENT_OK;
    if (status == NETWORK_EXPERIMENT_STOPPED && experiment->replications == 0)
        return NETWORK_EXPERIMENT_GAVE_UP;
    return status;
}

/* --- memory ----------------------------------------------------------------------------------- */

static bool open_arm(struct network_arm *arm)
{
    const struct network *network = arm->network;
    arm->ward = calloc(network->wards + 1, sizeof *arm->ward);
    arm->of_class = calloc(network->classes * network->wards + 1, sizeof *arm->of_class);
    arm->pool = calloc(network->members + 1, sizeof *arm->pool);
    bool opened = arm->ward != NULL && arm->of_class != NULL && arm->pool != NULL;
    for (int m = 0; opened && m < NETWORK_METRICS; m++)
        opened = kept_open(&arm->year[m]);
    return opened;
}

static bool open_running(struct running *running)
{
    struct network_experiment *experiment = running->experiment;
    unsigned threads = running->options->threads;
    bool opened = true;
    running->pool = replicate_pool_new(threads);
    running->worker = calloc(threads, sizeof(struct network_worker *));
    if (running->pool == NULL || running->worker == NULL)
        return false;
    for (unsigned t = 0; t < threads; t++)
        opened = (running->worker[t] = network_worker_new()) != NULL && opened;
    for (size_t i = 0; opened && i < BATCH; i++) {
        struct network_trial *trial = &running->slot[i];
        trial->result = calloc(experiment->arms, sizeof(struct network_result *));
        opened = trial->result != NULL;
        for (size_t a = 0; opened && a < experiment->arms; a++)
            opened = (trial->result[a] = network_result_new(experiment->arm[a].network)) != NULL;
    }
    return opened;
}

static void close_running(struct running *running)
{
    for (size_t i = 0; i < BATCH; i++) {
        struct network_result **result = running->slot[i].result;
        for (size_t a = 0; result != NULL && a < running->experiment->arms; a++)
            network_result_free(result[a]);
        free(result);
    }
    for (unsigned t = 0; running->worker != NULL && t < running->options->threads; t++)
        network_worker_free(running->worker[t]);
    free(running->worker);
    replicate_pool_free(running->pool);
}

static bool open_arms(struct network_experiment *experiment,
                      const struct network_experiment_options *options)
{
    experiment->arm = calloc(options->count, sizeof *experiment->arm);
    if (experiment->arm == NULL)
        return false;
    experiment->arms = options->count;
    bool opened = true;
    for (size_t a = 0; a < experiment->arms; a++) {
        struct network_arm *arm = &experiment->arm[a];
        arm->configuration = options->configurations[a];
        arm->network = &experiment->scenario->configuration[arm->configuration];
        opened = opened && open_arm(arm);
    }
    return opened;
}

enum network_experiment_status
network_experiment_run(struct network_experiment *experiment,
                       const struct network_scenario *scenario,
                       const struct network_experiment_options *options)
{
    *experiment = (struct network_experiment){
        .scenario = scenario,
        .seed = scenario->about->design.seed,
        .window_days = fmax(1, floor(scenario->about->design.years * 365 + 0.5)),
        .replications_asked = options->replications};
    struct running running = {.experiment = experiment, .options = options};
    enum network_experiment_status status = NETWORK_EXPERIMENT_NO_MEMORY;
    if (open_arms(experiment, options) && open_running(&running))
        status = run_all(&running);
    close_running(&running);
    if (status != NETWORK_EXPERIMENT_OK && status != NETWORK_EXPERIMENT_STOPPED)
        network_experiment_fini(experiment);
    return status;
}

void network_experiment_fini(struct network_experiment *experiment)
{
    for (size_t a = 0; a < experiment->arms; a++) {
        struct network_arm *arm = &experiment->arm[a];
        free(arm->ward);
        free(arm->of_class);
        free(arm->pool);
        for (int m = 0; m < NETWORK_METRICS; m++)
            kept_close(&arm->year[m]);
    }
    free(experiment->arm);
    experiment->arm = NULL;
    experiment->arms = 0;
}

bool network_is_comparable(const struct network_experiment *experiment,
                           const struct network_arm *arm)
{
    return !arm->unstable && !experiment->arm[0].unstable;
}
