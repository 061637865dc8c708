/* What the commands do with a network of wards instead of a stroke service. */
#ifndef SCENARIOS_CLI_NETWORK_SIMULATE_H
#define SCENARIOS_CLI_NETWORK_SIMULATE_H

#include "scenarios/cli/options.h"
#include "scenarios/network_experiment.h"

/* Reads it and prints its problems. NULL: there were errors, or an option is not for networks. */
struct network_scenario *network_simulate_read(const struct options *options);

/* Runs the baseline (if comparing) and the configurations named, or all. Returns the exit status;
 * what is wrong is printed. */
int network_simulate(const struct options *options, bool comparing);

/* What strokesim check says. Returns the exit status. */
int network_check_print(const char *path, const struct scenario_options *options);

/* The place of the configuration, or -1, which is printed with the nearest name. */
int network_find_named(const struct network_scenario *scenario, const char *name);

#endif
