/* strokesim beds for a network of wards: every ward to which patients come. */
#ifndef SCENARIOS_CLI_BEDS_OF_NETWORK_H
#define SCENARIOS_CLI_BEDS_OF_NETWORK_H

#include "scenarios/cli/options.h"

/* Returns the exit status; what is wrong is printed. */
int beds_of_network(const struct options *options);

#endif
