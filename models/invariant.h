/* Assertions inside a replication: a broken invariant names where in the run it broke, so that the
 * replication can be run again by itself. On in every build, like assert() here. */
#ifndef MODELS_INVARIANT_H
#define MODELS_INVARIANT_H

#include <stdint.h>

/* Says what broke, at which simulated time of which seed and replication, and aborts. */
_Noreturn void invariant_broken(uint64_t seed, uint64_t replication, double now_min,
                                const char *condition, const char *file, int line);

/* `run` is anything that has a seed and a replication. */
#define INVARIANT(run, now_min, condition)                                                         \
    ((condition) ? (void)0                                                                         \
                 : invariant_broken((run)->seed, (run)->replication, now_min, #condition,          \
                                    __FILE__, __LINE__))

#endif
