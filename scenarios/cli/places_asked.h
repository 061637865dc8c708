/* --focus and --boundaries of a command that simulates: checked before it does, not after. */
#ifndef SCENARIOS_CLI_PLACES_ASKED_H
#define SCENARIOS_CLI_PLACES_ASKED_H

#include <stdbool.h>

#include "scenarios/cli/options.h"
#include "scenarios/scenario.h"

/* Whether the scenario has the place, and the boundaries can be drawn. False: printed. */
bool places_asked_check(const struct options *options, const struct scenario *scenario);

#endif
