/*
 * The floor under a resource: a bare counter of units in use, and the clock. Nobody queues, nothing
 * else is counted, and nobody is told.
 */
#ifndef BENCH_FLOOR_COUNTER_H
#define BENCH_FLOOR_COUNTER_H

/* Volatile: it is in memory, as a model's would be, and a loop is not summed up beforehand. */
struct floor_counter {
    volatile int in_use;
    volatile double now;
};

static inline void floor_counter_tick(struct floor_counter *counter, double now)
{
    counter->now = now;
}

static inline void floor_counter_ask(struct floor_counter *counter)
{
    counter->in_use = counter->in_use + 1;
}

static inline void floor_counter_release(struct floor_counter *counter)
{
    counter->in_use = counter->in_use - 1;
}

#endif
