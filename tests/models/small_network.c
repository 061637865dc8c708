#include "tests/models/small_network.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

static const char *const ward_names[SMALL_WARDS] = {"A", "B", "C", "D"};
static const char *const class_names[SMALL_CLASSES] = {"first", "second"};

void small_network(struct network *network, size_t wards)
{
    *network = (struct network){
        .name = "small",
        .title = "small",
        .ward = calloc(SMALL_WARDS, sizeof *network->ward),
        .source = calloc(SMALL_SOURCES, sizeof *network->source),
        .route = calloc(SMALL_ROUTES, sizeof *network->route),
        .pool = calloc(1, sizeof *network->pool),
        .member = calloc(2, sizeof *network->member),
        .class_name = class_names,
        .wards = wards,
        .classes = SMALL_CLASSES,
    };
    cr_assert(network->ward && network->source && network->route && network->pool);
    for (size_t w = 0; w < wards; w++)
        network->ward[w] = (struct network_ward){
            .name = ward_names[w], .beds = NETWORK_UNLIMITED, .queue_limit = NETWORK_UNLIMITED};
}

void small_source(struct network *network, size_t class, size_t ward, double per_day, int priority)
{
    network->source[network->sources++] =
        (struct network_source){.class = class,
                                .ward = ward,
                                .priority = priority,
                                .between = duration_of(DURATION_EXPONENTIAL, 1440 / per_day, NAN)};
}

void small_route(struct network *network, size_t class, size_t ward, int next, double share,
                 double mean_days)
{
    network->route[network->routes++] =
        (struct network_route){.class = class,
                               .ward = ward,
                               .next = next,
                               .share = share,
                               .stay = duration_of(DURATION_EXPONENTIAL, 1440 * mean_days, NAN)};
}

static void assert_nothing_lost(const struct network *network, const struct network_result *result)
{
    const struct network_balance *all = &result->balance;
    cr_assert_eq(all->came, all->left + all->lost + all->inside);
    for (size_t w = 0; w < network->wards; w++) {
        const struct ward_balance *ward = &result->ward[w].balance;
        cr_assert_eq(ward->came, ward->turned_away + ward->went_on + ward->in_beds + ward->waiting);
    }
}

struct network_result *small_run(struct network *network, unsigned replications, double years,
                                 enum network_status wanted)
{
    cr_assert(network_prepare(network));
    struct network_worker *worker = network_worker_new();
    struct network_result *result = network_result_new(network);
    cr_assert(worker && result);
    for (unsigned r = 1; r <= replications; r++) {
        struct network_run run = {.network = network,
                                  .seed = 1,
                                  .replication = r,
                                  .warm_up_min = 30 * 1440,
                                  .window_min = years * 365 * 1440,
                                  .max_inside = 5000};
        cr_assert_eq(network_execute(worker, &run, result), wanted);
        assert_nothing_lost(network, result);
    }
    network_worker_free(worker);
    return result;
}
