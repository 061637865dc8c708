/*
 * M/M/1 that begins in its steady state: a number inside drawn from its distribution, and services
 * that have no memory. So what it averages, however short it runs, has exactly the mean of theory.
 *
 * Each customer has his own luck (stream.h), so that two of these that differ in a mean are paired.
 */
#ifndef TESTS_QUEUEING_STEADY_H
#define TESTS_QUEUEING_STEADY_H

#include "tests/queueing/queueing.h"

struct steady {
    double rate; /* arrivals a minute */
    double service_min;
    uint64_t most; /* arrivals in all */

    struct process arrivals;
    struct calendar *calendar;
    struct resource server;
    struct stream stream;
    uint64_t arrived;    /* and the one who is still to come */
    double service_luck; /* of that one */
    uint64_t at_first;   /* inside */
    struct tally waits;  /* minutes, of those who arrived */
    struct crowd crowd;
};

/* From time 0 until `until_min`, or the last departure for INFINITY. False: memory ran out. */
bool steady_run(struct steady *world, uint64_t replication, double until_min);

#endif
