#include "models/invariant.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

_Noreturn void invariant_broken(const struct pathway_run *run, double now_min,
                                const char *condition, const char *file, int line)
{
    fprintf(stderr,
            "%s:%d: broken invariant: %s (minute %.3f of replication %" PRIu64 ", seed %" PRIu64
            ")\n",
            file, line, condition, now_min, run->replication, run->seed);
    abort();
}
