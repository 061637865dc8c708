/* Of several configurations: which saves most lives, and at which share of organised care the
 * verdict between two of them would turn. */
#ifndef SCENARIOS_CLI_VERDICT_H
#define SCENARIOS_CLI_VERDICT_H

#include <stdbool.h>

#include "scenarios/experiment.h"

/* Prints nothing when there are fewer than two to be compared with the baseline. */
void verdict_say(const struct experiment *experiment);

/* Two arms that are alike but for the share of patients whose local unit gives organised care. */
bool verdict_only_care_differs(const struct experiment *experiment, const struct arm *a,
                               const struct arm *b);

/* The share at which an arm between a and b would have as many deaths as `other`: deaths rise and
 * fall in a straight line with the share, exactly so with beds unlimited. NAN: not between them. */
double verdict_turning_share(const struct experiment *experiment, const struct arm *a,
                             const struct arm *b, const struct arm *other);

#endif
