#include <math.h>
#include <stdlib.h>

#include "models/network_inside.h"

static const double day_min = 1440, year_min = 365 * 1440.0;

struct metric_words {
    const char *name, *unit;
};

static const struct metric_words network_words[NETWORK_METRICS] = {
    [NETWORK_ARRIVALS] = {"arrivals", "a year"},
    [NETWORK_LEFT] = {"left", "a year"},
    [NETWORK_LOST] = {"lost", "a year"},
    [NETWORK_INSIDE] = {"patients_inside", "patients"},
    [NETWORK_BEDS_IN_USE] = {"beds_in_use", "beds"},
    [NETWORK_WAITING] = {"waiting", "patients"},
    [NETWORK_BLOCKED_BEDS] = {"blocked_beds", "beds"},
    [NETWORK_DELAYED_BEDS] = {"delayed_beds", "beds"},
    [NETWORK_TIME_DAYS] = {"time_inside_days", "days"},
    [NETWORK_WAIT_DAYS] = {"wait_days", "days"},
    [NETWORK_SHARE_WAITING] = {"share_waiting", "share"},
    [NETWORK_SHARE_LOST] = {"share_lost", "share"},
};

static const struct metric_words ward_words[WARD_METRICS] = {
    [WARD_ADMISSIONS] = {"admissions", "a year"},
    [WARD_LOST] = {"lost", "a year"},
    [WARD_WAIT_DAYS] = {"wait_days", "days"},
    [WARD_SHARE_WAITING] = {"share_waiting", "share"},
    [WARD_SHARE_LOST] = {"share_lost", "share"},
    [WARD_STAY_DAYS] = {"stay_days", "days"},
    [WARD_WAITING] = {"waiting", "patients"},
    [WARD_BEDS_IN_USE] = {"beds_in_use", "beds"},
    [WARD_OCCUPANCY] = {"occupancy", "share of beds"},
    [WARD_BLOCKED_BEDS] = {"blocked_beds", "beds"},
    [WARD_DELAYED_BEDS] = {"delayed_beds", "beds"},
};

const char *network_metric_name(enum network_metric metric)
{
    return network_words[metric].name;
}

const char *network_metric_unit(enum network_metric metric)
{
    return network_words[metric].unit;
}

const char *ward_metric_name(enum ward_metric metric)
{
    return ward_words[metric].name;
}

const char *ward_metric_unit(enum ward_metric metric)
{
    return ward_words[metric].unit;
}

struct network_result *network_result_new(const struct network *network)
{
    struct network_result *result = calloc(1, sizeof *result);
    if (result == NULL)
        return NULL;
    result->ward = calloc(network->wards + 1, sizeof *result->ward);
    result->of_class = calloc(network->classes * network->wards + 1, sizeof *result->of_class);
    result->pool = calloc(network->members + 1, sizeof *result->pool);
    if (result->ward != NULL && result->of_class != NULL && result->pool != NULL)
        return result;
    network_result_free(result);
    return NULL;
}

void network_result_free(struct network_result *result)
{
    if (result == NULL)
        return;
    free(result->ward);
    free(result->of_class);
    free(result->pool);
    free(result);
}

void network_begin_window(struct network_worker *worker)
{
    const struct network *network = worker->run->network;
    double now = calendar_now(worker->calendar);
    for (size_t w = 0; w < network->wards; w++) {
        resource_reset_statistics(&worker->ward[w].beds, now);
        level_reset(&worker->ward[w].blocked, now);
        level_reset(&worker->ward[w].delayed, now);
    }
    for (size_t i = 0; i < network->classes * network->wards; i++)
        worker->count[i] = (struct class_count){0};
    *worker->from_outside = (struct class_count){0};
    level_reset(&worker->inside, now);
    worker->left_in_window = 0;
    worker->time_inside_min = 0;
}

/* How a pool would stand if these were its patients: own beds first, then shared ones. */
static void audit_pool(struct network_worker *worker, const struct network_pool *pool)
{
    const struct network_pool_member *member = &worker->run->network->member[pool->first];
    int above = 0; /* those beyond the own beds of their wards */
    for (size_t m = 0; m < pool->members; m++) {
        int in_use = worker->ward[member[m].ward].beds.in_use;
        above += in_use > member[m].own ? in_use - member[m].own : 0;
    }
    for (size_t m = 0; m < pool->members; m++) {
        struct pool_result *result = &worker->result->pool[pool->first + m];
        bool none =
            worker->ward[member[m].ward].beds.in_use >= member[m].own && above >= pool->shared;
        result->holds += above <= pool->shared;
        result->full += above <= pool->shared && none;
        result->tail += none;
    }
}

void network_take_census(struct network_worker *worker)
{
    const struct network *network = worker->run->network;
    worker->result->days++;
    for (size_t w = 0; w < network->wards; w++) {
        int in_use = worker->ward[w].beds.in_use;
        worker->result->ward[w].days[in_use < NETWORK_LEVELS ? in_use : NETWORK_LEVELS - 1]++;
    }
    for (size_t p = 0; p < network->pools; p++)
        audit_pool(worker, &network->pool[p]);
}

static double ratio(double part, double whole)
{
    return whole > 0 ? part / whole : (double)NAN;
}

static void add_count(struct class_count *sum, const struct class_count *count)
{
    sum->asked += count->asked;
    sum->queued += count->queued;
    sum->turned_away += count->turned_away;
    sum->released += count->released;
    sum->stay_min += count->stay_min;
    tally_merge(&sum->wait_min, &count->wait_min);
}

static void figures_of_count(const struct class_count *count, double years, double figure[])
{
    double asked = (double)count->asked;
    figure[WARD_ADMISSIONS] = (double)count->wait_min.n / years;
    figure[WARD_LOST] = (double)count->turned_away / years;
    figure[WARD_WAIT_DAYS] = count->wait_min.n > 0 ? count->wait_min.mean / day_min : (double)NAN;
    figure[WARD_SHARE_WAITING] = ratio((double)count->queued, asked);
    figure[WARD_SHARE_LOST] = ratio((double)count->turned_away, asked);
    figure[WARD_STAY_DAYS] = ratio(count->stay_min / day_min, (double)count->released);
}

static void figures_of_ward(struct network_worker *worker, size_t w, double years)
{
    const struct network *network = worker->run->network;
    struct ward_state *ward = &worker->ward[w];
    struct ward_result *result = &worker->result->ward[w];
    struct class_count all = {0};
    double now = calendar_now(worker->calendar);
    for (size_t class = 0; class < network->classes; class ++) {
        const struct class_count *count = &worker->count[network_at(network, class, w)];
        add_count(&all, count);
        figures_of_count(count, years, worker->result->of_class[network_at(network, class, w)]);
    }
    figures_of_count(&all, years, result->figure);
    struct resource_summary summary = resource_summarise(&ward->beds, now);
    result->figure[WARD_WAITING] = summary.waiting;
    result->figure[WARD_BEDS_IN_USE] = summary.in_use;
    result->figure[WARD_OCCUPANCY] = summary.utilisation;
    result->figure[WARD_BLOCKED_BEDS] = level_average(&ward->blocked, now);
    result->figure[WARD_DELAYED_BEDS] = level_average(&ward->delayed, now);
    ward->balance.in_beds = (uint64_t)ward->beds.in_use;
    ward->balance.waiting = (uint64_t)ward->beds.waiting;
    result->balance = ward->balance;
}

static double sum_over_wards(const struct network_worker *worker, enum ward_metric metric)
{
    double sum = 0;
    for (size_t w = 0; w < worker->run->network->wards; w++)
        sum += worker->result->ward[w].figure[metric];
    return sum;
}

void network_end_window(struct network_worker *worker)
{
    struct network_result *result = worker->result;
    double now = calendar_now(worker->calendar);
    double years = fmax(now - worker->inside.start, 1) / year_min;
    for (size_t w = 0; w < worker->run->network->wards; w++)
        figures_of_ward(worker, w, years);
    double outside[WARD_CLASS_METRICS];
    figures_of_count(worker->from_outside, years, outside);
    double *figure = result->figure;
    figure[NETWORK_ARRIVALS] = (double)worker->from_outside->asked / years;
    figure[NETWORK_LEFT] = (double)worker->left_in_window / years;
    figure[NETWORK_LOST] = sum_over_wards(worker, WARD_LOST);
    figure[NETWORK_INSIDE] = level_average(&worker->inside, now);
    figure[NETWORK_BEDS_IN_USE] = sum_over_wards(worker, WARD_BEDS_IN_USE);
    figure[NETWORK_WAITING] = sum_over_wards(worker, WARD_WAITING);
    figure[NETWORK_BLOCKED_BEDS] = sum_over_wards(worker, WARD_BLOCKED_BEDS);
    figure[NETWORK_DELAYED_BEDS] = sum_over_wards(worker, WARD_DELAYED_BEDS);
    figure[NETWORK_TIME_DAYS] =
        ratio(worker->time_inside_min / day_min, (double)worker->left_in_window);
    figure[NETWORK_WAIT_DAYS] = outside[WARD_WAIT_DAYS];
    figure[NETWORK_SHARE_WAITING] = outside[WARD_SHARE_WAITING];
    figure[NETWORK_SHARE_LOST] = outside[WARD_SHARE_LOST];
    result->balance = worker->balance;
    result->events = worker->events;
}
