/* A comparison with unlimited beds, once more with the beds that are counted.
 *
 * Lives are often reported with beds unlimited, which says what a service can do, not what it does
 * with the beds it has. So a comparison runs a few more replications in which patients wait for a
 * bed, the same patients, as --set beds.limited=1 would, and keeps them beside the others.
 */
#ifndef SCENARIOS_CLI_AS_COUNTED_H
#define SCENARIOS_CLI_AS_COUNTED_H

#include <stdbool.h>

#include "scenarios/experiment.h"
#include "scenarios/scenario.h"

enum { AS_COUNTED_REPLICATIONS = 16 }; /* at most, and no more than the comparison has */

/* Whether the comparison has beds that it does not count. */
bool as_counted_applies(const struct experiment *comparison);

/* Runs it, as `like` ran but without draws of the evidence. The design is changed meanwhile and as
 * it was afterwards. False: it failed or was stopped, and there is nothing to free. */
bool as_counted_run(struct experiment *counted, struct design *design,
                    const struct experiment *comparison, const struct experiment_options *like);

/* Says what becomes of the answer. */
void as_counted_say(const struct experiment *counted);

#endif
