#include "models/invariant.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

_Noreturn void invariant_broken(uint64_t seed, uint64_t replication, double now_min,
                                const char *condition, const char *file, int line)
{
    fprintf(stderr,
            "%s:%d: broken invariant: %s (minute %.3f of replication %" PRIu64 ", seed %" PRIu64
            ")\n",
            file, line, condition, now_min, replication, seed);
    abort();
}
