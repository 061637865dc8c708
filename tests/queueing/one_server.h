/*
 * One server, Poisson arrivals of one or more classes, any service time: M/G/1, with or without
 * priorities. A process for every customer; class 0 goes first, and nobody is interrupted.
 */
#ifndef TESTS_QUEUEING_ONE_SERVER_H
#define TESTS_QUEUEING_ONE_SERVER_H

#include "tests/queueing/queueing.h"
#include "tests/queueing/theory.h"

enum service_kind { SERVICE_EXPONENTIAL, SERVICE_CONSTANT, SERVICE_LOGNORMAL, SERVICE_MIXED };

struct service {
    enum service_kind kind;
    double mean_min;
};

/* Squared coefficients of variation: 1, 0, 0.8 for the lognormal, and 3 for a mixture of a short
 * and a long exponential, together hyperexponential. */
double service_draw(const struct service *service, struct sampler *sampler);
struct moments service_moments(const struct service *service);
double service_squared_variation(const struct service *service);

enum { CLASSES = 3, DEGREE = 3 };

/*
 * The work of classes 0 to `last` as a server of their own would have it: a function of the draws
 * alone (Lindley, "The theory of queues with a single server", Mathematical Proceedings of the
 * Cambridge Philosophical Society 48, 1952, 277). sum[i][j] adds up V^i S^j over arrivals, where V
 * is the work that is found and S what comes with it; by how much it exceeds rate E S^j (integral
 * of V^i) has mean 0, since Poisson arrivals see time averages and S is independent of V. So has
 * what V^2 and V^3 gain over the window, in the steady state. Up to degree 2 those are all that
 * moves the integral of V, up to degree 3 that of V^2: it follows from the balance of V^2 and V^3.
 */
struct work {
    double rate;               /* arrivals a minute */
    double moment[DEGREE + 1]; /* E S^j, j from 0 */
    double now;                /* V */
    double at_reset;           /* V then */
    double since;              /* minutes */
    double integral[DEGREE];
    double sum[DEGREE][DEGREE + 1];
};

struct one_server {
    size_t classes;
    double rate[CLASSES]; /* arrivals a minute */
    struct service service[CLASSES];
    int degree; /* of the controls: 2, or 3 for the square of the wait */
    struct queueing_window window;

    struct process arrivals;
    struct calendar *calendar;
    struct resource server;
    struct sampler sampler;
    struct work work[CLASSES];
    struct tally waits[CLASSES]; /* minutes */
    struct crowd crowd;
};

/* Figures: the mean wait of each class, then queue, in use and the mean square of all waits. */
bool one_server_replicate(void *world, uint64_t replication, struct queueing_sample *sample);

/* How many controls that gives. */
size_t one_server_controls(const struct one_server *world);

#endif
