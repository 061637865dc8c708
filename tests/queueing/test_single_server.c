/*
 * M/M/1, M/D/1 and M/G/1 with lognormal and hyperexponential service against Pollaczek and
 * Khinchine and, for the order of service, Takacs: the mean square of the wait tells first come,
 * first served from any other order, which the mean does not.
 */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "tests/queueing/one_server.h"

static void assert_service(const char *model, enum service_kind kind, double load)
{
    const struct service service = {.kind = kind, .mean_min = 1.0};
    struct moments moments = service_moments(&service);
    struct theory truth = theory_mg1(load, moments);
    struct one_server *world = calloc(1, sizeof *world);
    world->classes = 1;
    world->rate[0] = load;
    world->service[0] = service;
    world->degree = 3;
    world->window = queueing_window(load, 1, service_squared_variation(&service), 60000.0);
    world->calendar = calendar_new(16);
    struct queueing_table table = {
        .model = model,
        .load = load,
        .cells = 4,
        .controls = one_server_controls(world),
        .cell = {{"wait", truth.wait_min},
                 {"queue", truth.queue},
                 {"in use", truth.in_use},
                 {"square of the wait", theory_mg1_wait_squared(load, moments)}},
        .world = world,
        .replicate = one_server_replicate};
    cr_assert_eq(queueing_assert(&table), CELLS_SINGLE_SERVER / 4);
    calendar_free(world->calendar);
    free(world);
}

QUEUEING_TABLE(single_server, mm1)
{
    assert_service("M/M/1", SERVICE_EXPONENTIAL, *load);
}

QUEUEING_TABLE(single_server, md1)
{
    assert_service("M/D/1", SERVICE_CONSTANT, *load);
}

QUEUEING_TABLE(single_server, mg1_lognormal)
{
    assert_service("M/G/1 lognormal", SERVICE_LOGNORMAL, *load);
}

QUEUEING_TABLE(single_server, mg1_hyperexponential)
{
    assert_service("M/G/1 hyperexponential", SERVICE_MIXED, *load);
}
