/* Assertions inside a replication: a broken invariant names where in the run it broke, so that the
 * replication can be run again by itself. On in every build, like assert() here. */
#ifndef MODELS_INVARIANT_H
#define MODELS_INVARIANT_H

#include "models/pathway.h"

/* Says what broke, at which simulated time of which seed and replication, and aborts. */
_Noreturn void invariant_broken(const struct pathway_run *run, double now_min,
                                const char *condition, const char *file, int line);

#define INVARIANT(run, now_min, condition)                                                         \
    ((condition) ? (void)0 : invariant_broken(run, now_min, #condition, __FILE__, __LINE__))

#endif
