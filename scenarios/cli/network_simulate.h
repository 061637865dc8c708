/* What the commands do with a network of wards instead of a stroke service. */
#ifndef SCENARIOS_CLI_NETWORK_SIMULATE_H
#define SCENARIOS_CLI_NETWORK_SIMULATE_H

#include "scenarios/cli/choice.h"
#include "scenarios/cli/options.h"
#include "scenarios/network_experiment.h"

/* Reads it and prints its problems. NULL: there were errors, or an option is not for networks. */
struct network_scenario *network_simulate_read(const struct options *options);

/* Runs the baseline (if comparing) and the configurations named, or all. Returns the exit status;
 * what is wrong is printed. */
int network_simulate(const struct options *options, bool comparing);

/* What strokesim check says. Returns the exit status. */
int network_check_print(const char *path, const struct scenario_options *options);

/* The configurations, in their order; name is NULL when memory ran out. */
struct named network_simulate_names(const struct network_scenario *scenario);

#endif
