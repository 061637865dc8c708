/*
 * The floors under draws and under a resource: bare loops that do what must be done and nothing
 * more. Each returns the seconds of processor time that it took.
 */
#ifndef BENCH_FLOOR_LOOPS_H
#define BENCH_FLOOR_LOOPS_H

#include <stdint.h>

/* So many blocks of Philox, four words each, looked at and made nothing of. */
double floor_philox(uint64_t blocks);

/* A counter that goes up and down again so often, at a time of its own: what remains of a resource
 * when nobody queues, nothing is counted and nobody is told. */
double floor_counter(uint64_t pairs);

#endif
