/* Priorities that interrupt nobody: classes of different service times against Cobham's formula. */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "tests/queueing/one_server.h"

/* Each class has the same share of the load. */
struct classes {
    const char *model;
    size_t count;
    struct service service[CLASSES];
};

static size_t assert_classes(const struct classes *classes, double load)
{
    static const char *const wait[CLASSES] = {"wait 1", "wait 2", "wait 3"};
    struct one_server *world = calloc(1, sizeof *world);
    struct moments moments[CLASSES];
    double queue = 0.0;
    size_t n = classes->count;
    world->classes = n;
    for (size_t k = 0; k < n; k++) {
        world->service[k] = classes->service[k];
        world->rate[k] = load / (double)n / classes->service[k].mean_min;
        moments[k] = service_moments(&classes->service[k]);
    }
    struct queueing_table table = {.model = classes->model,
                                   .load = load,
                                   .cells = n + 2,
                                   .world = world,
                                   .replicate = one_server_replicate};
    for (size_t k = 0; k < n; k++) {
        double wait_min = theory_cobham(world->rate, moments, n, k);
        table.cell[k] = (struct queueing_cell){wait[k], wait_min};
        queue += world->rate[k] * wait_min;
    }
    table.cell[n] = (struct queueing_cell){"queue", queue};
    table.cell[n + 1] = (struct queueing_cell){"in use", load};
    world->degree = 2;
    world->window = queueing_window(load, 1, 2.0, 80000.0 / load);
    world->calendar = calendar_new(16);
    table.controls = one_server_controls(world);
    size_t cells = queueing_assert(&table);
    calendar_free(world->calendar);
    free(world);
    return cells;
}

QUEUEING_TABLE(priorities, two_classes)
{
    static const struct classes two = {
        "2 priorities", 2, {{SERVICE_EXPONENTIAL, 0.5}, {SERVICE_EXPONENTIAL, 1.5}}};
    cr_assert_eq(assert_classes(&two, *load), 4);
}

QUEUEING_TABLE(priorities, three_classes)
{
    static const struct classes three = {
        "3 priorities",
        3,
        {{SERVICE_EXPONENTIAL, 1.0}, {SERVICE_CONSTANT, 1.5}, {SERVICE_LOGNORMAL, 0.5}}};
    cr_assert_eq(assert_classes(&three, *load), CELLS_PRIORITIES - 4);
}
