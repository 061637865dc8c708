/*
 * Queues whose times are all exponential: customers from outside (M/M/c, M/M/c/K) or machines that
 * fail and are repaired (M/M/r//N), a process for each.
 */
#ifndef TESTS_QUEUEING_STATES_H
#define TESTS_QUEUEING_STATES_H

#include "tests/queueing/queueing.h"
#include "tests/queueing/theory.h"

/*
 * A control: rise[n] for everyone who comes when n are inside, fall[n] for everyone who leaves n
 * behind and himself, less the rates at which they do so. The rates are those of the draws, outside
 * the queue and in the service that goes on, whoever the queue has let into it.
 */
struct state_control {
    double rise[BIRTH_DEATH_STATES];
    double fall[BIRTH_DEATH_STATES];
    double total;
};

enum { STATE_CONTROLS = 5 };

struct states {
    int servers;
    int most;     /* inside; 0: any number */
    int machines; /* or 0: customers come from outside */
    double rate;  /* arrivals a minute; of machines, failures of one that runs */
    struct queueing_window window;
    struct birth_death model;
    struct state_control control[STATE_CONTROLS];

    struct process arrivals;
    struct calendar *calendar;
    struct resource server;
    struct sampler sampler;
    size_t inside; /* in all, by what customers do */
    size_t served; /* of them, by whose service has begun */
    double since;  /* minutes: the rates are counted up to here */
    struct crowd crowd;
};

/* Fills in `model` and the controls for a world whose first five members are. */
void states_prepare(struct states *world);

/* Asserts the cells of a world like this: wait, queue, in use and, if room is limited, blocked.
 * Returns how many those are. */
size_t states_assert(const char *model, double load, const struct states *like,
                     struct theory truth);

#endif
