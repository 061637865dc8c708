/* Outcome targets in words: which are met, and how surely. */
#ifndef SCENARIOS_CLI_TARGETS_H
#define SCENARIOS_CLI_TARGETS_H

#include "scenarios/experiment.h"
#include "scenarios/scenario.h"

/* Both print nothing if there are no targets (of the configurations that ran). */
void targets_say(const struct experiment *experiment);
void targets_list(const struct scenario *scenario); /* what they are, as read */

#endif
