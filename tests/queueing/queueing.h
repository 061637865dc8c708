/*
 * Queues through the public API of sim/ against their closed forms, by one set of statistical
 * rules:
 *
 *   - seed 1 and no other;
 *   - Student's t intervals over replications, at 1 - 0.01 / QUEUEING_CELLS each, so that all cells
 *     of all tables hold at once with 99%;
 *   - half-widths of at most 1% of the truth;
 *   - a truth moved by 2% either way must be refused.
 *
 * At a load of 0.95 that would take hundreds of millions of customers a cell. Control variates make
 * it some millions: sums whose mean is exactly 0 whatever the queue does right or wrong, because
 * every term is something known before a draw times what the draw exceeds its mean by. The estimate
 * is where the regression on them crosses 0 (Lavenberg and Welch,
 * "A perspective on the use of control variables to increase the efficiency of Monte Carlo
 * simulations", Management Science 27, 1981, 322); its degrees of freedom are reduced by their
 * number. What is wrong with the draws themselves they would hide, so that their means are 0 is
 * asserted too. The best such sums solve Poisson's equation for the figure (theory_poisson()).
 *
 * Time goes by in minutes and a mean service takes one. What is measured lies between two fixed
 * times, after a warm-up of many relaxation times.
 */
#ifndef TESTS_QUEUEING_QUEUEING_H
#define TESTS_QUEUEING_QUEUEING_H

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/calendar.h"
#include "sim/process.h"
#include "sim/resource.h"
#include "sim/sampler.h"

/* From the heaviest, which takes longest: tests run side by side. */
enum { QUEUEING_LOADS = 6 };
extern const double queueing_loads[QUEUEING_LOADS];

/* Cells a load of each family. Each test says how many it has looked at, and it must be these. */
enum {
    CELLS_SINGLE_SERVER = 16, /* four service times; wait, its square, queue, in use */
    CELLS_MANY_SERVERS = 9,   /* 2, 5 and 20; wait, queue, in use */
    CELLS_LIMITED = 8,        /* 1 and 3 servers; the same and blocked */
    CELLS_PRIORITIES = 9,     /* two and three classes; wait of each, queue, in use */
    CELLS_TANDEM = 6,         /* two stations; wait, queue, in use */
    CELLS_REPAIR = 6,         /* one crew, three crews; wait, queue, in use */
    CELLS_TIES = 3,      /* blocked: arrivals first, in order of scheduling, departures first */
    CELLS_SHORT = 2,     /* queue, in use */
    CELLS_NETWORKS = 46, /* at loads of their own: test_networks.c */
    QUEUEING_CELLS = QUEUEING_LOADS * (CELLS_SINGLE_SERVER + CELLS_MANY_SERVERS + CELLS_LIMITED +
                                       CELLS_PRIORITIES + CELLS_TANDEM + CELLS_REPAIR + CELLS_TIES +
                                       CELLS_SHORT) +
                     CELLS_NETWORKS
};

enum { QUEUEING_FIGURES = 8, QUEUEING_CONTROLS = 24, QUEUEING_REPLICATIONS = 48 };

/* What one replication gives. */
struct queueing_sample {
    double figure[QUEUEING_FIGURES];
    /* A mean over customers is a ratio, whose mean is a little off. So such means weigh as much as
     * there were customers: the ratio is then one of sums over all replications. */
    double customers[QUEUEING_FIGURES]; /* or 0: an average over a fixed time */
    double control[QUEUEING_CONTROLS];  /* mean 0 */
};

struct queueing_cell {
    const char *figure;
    double truth;
};

/* One model at one load. */
struct queueing_table {
    const char *model;
    double load;
    size_t cells;
    size_t controls;
    struct queueing_cell cell[QUEUEING_FIGURES]; /* of figure[0], figure[1], ... */
    void *world;
    /* Fills in `sample`. False: memory ran out, or an invariant does not hold. */
    bool (*replicate)(void *world, uint64_t replication, struct queueing_sample *sample);
};

/* A test at every load: QUEUEING_TABLE(suite, test) { ... *load ... } */
#define QUEUEING_TABLE(suite, test)                                                                \
    ParameterizedTestParameters(suite, test)                                                       \
    {                                                                                              \
        return cr_make_param_array(const double, queueing_loads, QUEUEING_LOADS);                  \
    }                                                                                              \
    ParameterizedTest(const double *load, suite, test)

/* Runs the replications and asserts every cell. Returns how many those are. */
size_t queueing_assert(const struct queueing_table *table);

/* When measuring begins and how long it lasts. */
struct queueing_window {
    double warm_up_min;
    double length_min;
};

/* A number inside forgets where it began in about 1 / (1 - sqrt(load))^2 mean services of all
 * servers together, longer if services vary more (Cohen, "The Single Server Queue", 1982, III.7.3):
 * 12 of those for warming up. The window takes at least so many `customers`, and 150 times as long,
 * so that what happens at its ends is small beside a hundredth of the truth. */
struct queueing_window queueing_window(double load, int servers, double squared_variation,
                                       double customers);

/* Memory for customers, used again when they leave. */
struct customer {
    struct process process; /* first: the body casts */
    struct claim claim;
    size_t kind;
    double service_min;
    struct customer *next_free;
};

enum { CROWD = 16384 };
struct crowd {
    struct customer *free;
    size_t used; /* of those below, at one time or another */
    struct customer customer[CROWD];
};

void crowd_init(struct crowd *crowd);             /* all are free */
struct customer *crowd_take(struct crowd *crowd); /* asserts that there is one */
void crowd_give(struct crowd *crowd, struct customer *customer);

/* The sampler of an entity in a replication, of seed 1. */
void queueing_sampler(struct sampler *sampler, uint64_t replication, uint64_t entity);

#endif
