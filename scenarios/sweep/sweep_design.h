/* design.csv: the points of a sweep, a column a factor; of a psa a column an uncertain parameter,
 * of each configuration where they differ. */
#ifndef SCENARIOS_SWEEP_SWEEP_DESIGN_H
#define SCENARIOS_SWEEP_SWEEP_DESIGN_H

#include <stdbool.h>

#include "scenarios/sweep/sweep.h"
#include "scenarios/sweep/sweep_manifest.h"
#include "scenarios/write/fault.h"

/* Writes the points of the shard. */
bool sweep_design_write(const struct sweep *sweep, const struct sweep_about *about,
                        const char *path, struct write_fault *fault);

#endif
