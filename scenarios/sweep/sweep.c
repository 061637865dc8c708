#include "scenarios/sweep/sweep.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/write/table_parts.h"
#include "sim/replicate.h"

enum { WINDOW = 32 }; /* points that may wait for an earlier one */

/* --- what a point sets ------------------------------------------------------------------------ */

/* The scenario's own --set and the factors' over them. */
struct sets {
    const char **set;
    char **made; /* those to be freed */
    size_t count, made_count;
};

static void sets_fini(struct sets *sets)
{
    for (size_t i = 0; i < sets->made_count; i++)
        free(sets->made[i]);
    free(sets->made);
    free(sets->set);
}

static bool sets_init(struct sets *sets, const struct scenario_options *options, size_t most)
{
    *sets = (struct sets){.set = calloc(options->sets + most + 1, sizeof *sets->set),
                          .made = calloc(most + 1, sizeof *sets->made)};
    if (sets->set == NULL || sets->made == NULL)
        return false;
    for (size_t i = 0; i < options->sets; i++)
        sets->set[sets->count++] = options->set[i];
    return true;
}

static bool sets_add(struct sets *sets, const char *key, const char *value)
{
    size_t size = strlen(key) + strlen(value) + 2;
    char *text = malloc(size);
    if (text == NULL)
        return false;
    snprintf(text, size, "%s=%s", key, value);
    sets->made[sets->made_count++] = text;
    sets->set[sets->count++] = text;
    return true;
}

static struct scenario_options options_with(const struct scenario_options *options,
                                            const struct sets *sets, const char *from)
{
    struct scenario_options with = *options;
    with.set = sets->set;
    with.sets = sets->count;
    with.set_from = from;
    return with;
}

/* --- checking --------------------------------------------------------------------------------- */

static bool add_values(struct sets *sets, const struct sweep_plan *plan, size_t f)
{
    const struct factor *factor = &plan->factor[f];
    char buffer[NUMBER_TEXT_SIZE];
    bool good = true;
    bool known = parameter_find(factor->key) >= 0 || strncmp(factor->key, "hospital.", 9) == 0;
    if (!known) /* once will do */
        return sets_add(sets, factor->key, "0");
    if (plan->kind == SAMPLING_LIST) {
        for (uint64_t p = 0; good && p < plan->size; p++)
            if (plan->cell[p * plan->factors + f] != NULL)
                good = sets_add(sets, factor->key, plan->cell[p * plan->factors + f]);
    } else if (factor->kind == FACTOR_VALUES) {
        for (size_t v = 0; good && v < factor->values; v++)
            good = sets_add(sets, factor->key, factor->value[v]);
    } else if (factor->kind != FACTOR_EVIDENCE) {
        good = sets_add(sets, factor->key, factor_text(factor, 0, true, buffer)) &&
               sets_add(sets, factor->key, factor_text(factor, 1, true, buffer));
    }
    return good;
}

static size_t most_values(const struct sweep_plan *plan)
{
    size_t most = 2 * plan->factors;
    for (size_t f = 0; f < plan->factors; f++)
        most += plan->factor[f].values;
    return plan->kind == SAMPLING_LIST ? most + plan->size * plan->factors : most;
}

bool sweep_check(const struct sweep_plan *plan, const char *scenario_path,
                 const struct scenario_options *options, struct diagnosis *diagnosis)
{
    struct sets sets;
    size_t before = diagnosis_errors(diagnosis);
    bool good = sets_init(&sets, options, most_values(plan));
    for (size_t f = 0; good && f < plan->factors; f++)
        good = add_values(&sets, plan, f);
    if (good) {
        struct scenario_options with = options_with(options, &sets, plan->path);
        scenario_free(scenario_read(scenario_path, &with, diagnosis));
    } else {
        diagnosis_out_of_memory(diagnosis);
    }
    sets_fini(&sets);
    return diagnosis_errors(diagnosis) == before;
}

/* --- a point ---------------------------------------------------------------------------------- */

struct running {
    const struct sweep *sweep;
    const struct sweep_job *job;
    struct sampling **sampling; /* one a worker */
    double **unit;              /* likewise */
    struct sweep_point slot[WINDOW];
};

static uint64_t point_of(const struct sweep_job *job, uint64_t number)
{
    return job->shard + (number - 1) * job->shards;
}

static void say(struct sweep_point *point, const char *why)
{
    snprintf(point->why, sizeof point->why, "%s", why);
}

/* The scenario with the point's values. NULL: it cannot be, and the point says why. */
static struct scenario *read_point(const struct running *running, unsigned worker,
                                   struct sweep_point *point)
{
    const struct sweep *sweep = running->sweep;
    const struct sweep_plan *plan = sweep->plan;
    struct sets sets;
    struct scenario *scenario = NULL;
    struct diagnosis *diagnosis = diagnosis_new();
    double *unit = running->unit[worker];
    sampling_point(running->sampling[worker], point->point, unit);
    bool good = sets_init(&sets, sweep->scenario_options, plan->factors) && diagnosis != NULL;
    for (size_t f = 0; good && f < plan->factors; f++) {
        char buffer[NUMBER_TEXT_SIZE];
        const char *text = plan_text(plan, point->point, f, unit, buffer);
        good = text == NULL || sets_add(&sets, plan->factor[f].key, text);
    }
    if (good) {
        struct scenario_options with = options_with(sweep->scenario_options, &sets, plan->path);
        scenario = scenario_read(sweep->scenario_path, &with, diagnosis);
        for (size_t i = 0; scenario == NULL && i < diagnosis_count(diagnosis); i++) {
            const struct diagnosis_problem *problem = diagnosis_at(diagnosis, i);
            if (problem->severity == DIAGNOSIS_ERROR && point->why[0] == '\0')
                snprintf(point->why, sizeof point->why, "%.100s: %.180s", problem->key,
                         problem->message);
        }
    }
    size_t configuration;
    enum parameter_id which;
    if (scenario != NULL && !design_prepare(&scenario->design, &configuration, &which)) {
        snprintf(point->why, sizeof point->why, "no distribution has the range of %s",
                 parameter_info(which)->key);
        scenario_free(scenario);
        scenario = NULL;
    }
    diagnosis_free(diagnosis);
    sets_fini(&sets);
    return scenario;
}

static void take_figures(struct sweep_point *point, const struct experiment *experiment)
{
    point->replications = experiment->replications;
    for (size_t a = 0; a < experiment->arms; a++) {
        const struct arm *arm = &experiment->arm[a];
        bool comparable = experiment_is_comparable(experiment, arm);
        point->unstable[a] = arm->unstable;
        for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
            size_t at = a * METRIC_COUNT + metric;
            bool quoted = comparable && experiment_quotes(experiment, arm, metric);
            point->summary[at] = table_estimate(!arm->unstable, &arm->summary[metric]);
            point->difference[at] = table_estimate(quoted, &arm->difference[metric]);
        }
    }
}

/* False: out of memory. */
static bool simulate_point(const struct running *running, const struct design *design,
                           struct sweep_point *point)
{
    const struct sweep *sweep = running->sweep;
    const struct sweep_plan *plan = sweep->plan;
    const struct experiment_options options = {
        .configurations = sweep->configuration,
        .count = sweep->configurations,
        .replications = plan->replications,
        .precision_metric = plan->precision_metric,
        .precision_half_width = plan->precision_half_width,
        .threads = 1,
        .draw = plan->kind == SAMPLING_PSA ? point->point : 0,
        .whole_only = true,
        .warm_up_days = &sweep->warm_up_days,
    };
    struct experiment experiment;
    enum model_status model_status;
    enum experiment_status status = experiment_run(&experiment, design, &options, &model_status);
    if (status == EXPERIMENT_MODEL && model_status != MODEL_NO_MEMORY) {
        char why[MODEL_EXPLANATION];
        model_explain(&experiment.model, model_status, why);
        say(point, why);
        return true;
    }
    if (status != EXPERIMENT_OK)
        return false;
    take_figures(point, &experiment);
    experiment_fini(&experiment);
    return true;
}

static void clear(struct sweep_point *point, uint64_t number, size_t configurations)
{
    point->point = number;
    point->replications = 0;
    point->why[0] = '\0';
    const struct estimate none = {.mean = NAN, .sd = NAN, .low = NAN, .high = NAN};
    for (size_t a = 0; a < configurations; a++) {
        point->unstable[a] = false;
        for (size_t m = 0; m < METRIC_COUNT; m++)
            point->summary[a * METRIC_COUNT + m] = point->difference[a * METRIC_COUNT + m] = none;
    }
}

static bool run_point(void *shared, unsigned worker, uint64_t number, void *result)
{
    (void)result; /* the slots are ours */
    struct running *running = shared;
    const struct sweep *sweep = running->sweep;
    struct sweep_point *point = &running->slot[(number - running->job->done - 1) % WINDOW];
    clear(point, point_of(running->job, number), sweep->configurations);
    if (sweep->plan->kind == SAMPLING_PSA)
        return simulate_point(running, &sweep->scenario->design, point);
    struct scenario *scenario = read_point(running, worker, point);
    if (scenario == NULL)
        return point->why[0] != '\0';
    bool done = simulate_point(running, &scenario->design, point);
    scenario_free(scenario);
    return done;
}

static bool deliver(void *shared, uint64_t number, void *result)
{
    (void)result;
    struct running *running = shared;
    const struct sweep_point *point = &running->slot[(number - running->job->done - 1) % WINDOW];
    return running->job->deliver(running->job->context, point);
}

/* --- the whole -------------------------------------------------------------------------------- */

uint64_t sweep_shard_points(uint64_t points, uint64_t shard, uint64_t shards)
{
    return shard > points ? 0 : (points - shard) / shards + 1;
}

struct sampling *sweep_sampling(const struct sweep *sweep)
{
    struct sampling_plan plan = plan_sampling(sweep->plan, sweep->scenario->design.seed);
    struct sampling *sampling;
    return sampling_new(&sampling, &plan) == SAMPLING_OK ? sampling : NULL;
}

static bool open_running(struct running *running)
{
    size_t factors = running->sweep->plan->factors, threads = running->job->threads;
    size_t configurations = running->sweep->configurations;
    running->sampling = calloc(threads, sizeof *running->sampling);
    running->unit = calloc(threads, sizeof *running->unit);
    if (running->sampling == NULL || running->unit == NULL)
        return false;
    for (size_t t = 0; t < threads; t++) {
        running->sampling[t] = sweep_sampling(running->sweep);
        running->unit[t] = calloc(factors + 1, sizeof *running->unit[t]);
        if (running->sampling[t] == NULL || running->unit[t] == NULL)
            return false;
    }
    for (size_t w = 0; w < WINDOW; w++) {
        struct sweep_point *point = &running->slot[w];
        point->unstable = calloc(configurations, sizeof *point->unstable);
        point->summary = calloc(configurations * METRIC_COUNT, sizeof *point->summary);
        point->difference = calloc(configurations * METRIC_COUNT, sizeof *point->difference);
        if (point->unstable == NULL || point->summary == NULL || point->difference == NULL)
            return false;
    }
    return true;
}

static void close_running(struct running *running)
{
    for (size_t t = 0; t < running->job->threads; t++) {
        if (running->sampling != NULL)
            sampling_free(running->sampling[t]);
        if (running->unit != NULL)
            free(running->unit[t]);
    }
    free(running->sampling);
    free(running->unit);
    for (size_t w = 0; w < WINDOW; w++) {
        free(running->slot[w].unstable);
        free(running->slot[w].summary);
        free(running->slot[w].difference);
    }
}

uint64_t sweep_run(const struct sweep *sweep, const struct sweep_job *job, bool *no_memory)
{
    assert(job->threads >= 1 && job->shard >= 1 && job->shard <= job->shards);
    uint64_t count = sweep_shard_points(sweep->points, job->shard, job->shards);
    assert(job->done <= count);
    struct running running = {.sweep = sweep, .job = job};
    struct replicate_pool *pool = replicate_pool_new(job->threads);
    uint64_t delivered = 0, failed = 1;
    if (pool != NULL && open_running(&running)) {
        struct replicate_job points = {.run = run_point,
                                       .shared = &running,
                                       .first = job->done + 1,
                                       .count = count - job->done,
                                       .stop = job->stop,
                                       .deliver = deliver,
                                       .window = WINDOW};
        delivered = replicate_run(pool, &points, &failed);
    }
    *no_memory = failed != 0;
    close_running(&running);
    replicate_pool_free(pool);
    return delivered;
}

/* --- the columns of a psa --------------------------------------------------------------------- */

static bool is_uncertain(const struct configuration *configuration, enum parameter_id id)
{
    enum parameter_id first = id;
    bool row = parameter_is_row(id, &first);
    return configuration->spread[row ? first : id].family != FAMILY_FIXED &&
           !configuration->set_by_hand[id];
}

/* Whether a parameter is drawn alike in all configurations of the sweep. */
static bool is_alike(const struct sweep *sweep, enum parameter_id id)
{
    const struct design *design = &sweep->scenario->design;
    const struct configuration *first = &design->configuration[sweep->configuration[0]];
    for (size_t a = 1; a < sweep->configurations; a++) {
        const struct configuration *other = &design->configuration[sweep->configuration[a]];
        const struct spread *one = &first->spread[id], *two = &other->spread[id];
        if (is_uncertain(first, id) != is_uncertain(other, id) || one->family != two->family ||
            one->low != two->low || one->high != two->high ||
            first->parameters.value[id] != other->parameters.value[id])
            return false;
    }
    return true;
}

size_t sweep_psa_columns(const struct sweep *sweep, struct sweep_column *column, size_t most)
{
    const struct design *design = &sweep->scenario->design;
    size_t columns = 0;
    for (enum parameter_id id = 0; id < PARAMETER_COUNT; id++) {
        bool alike = is_alike(sweep, id);
        for (size_t a = 0; a < (alike ? 1 : sweep->configurations); a++)
            if (is_uncertain(&design->configuration[sweep->configuration[a]], id) && columns < most)
                column[columns++] = (struct sweep_column){id, a, alike};
    }
    return columns;
}
