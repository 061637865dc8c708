/* strokesim beds for a stroke service: every hospital and kind of bed. */
#ifndef SCENARIOS_CLI_BEDS_OF_SERVICE_H
#define SCENARIOS_CLI_BEDS_OF_SERVICE_H

#include "scenarios/cli/options.h"

/* Returns the exit status; what is wrong is printed. */
int beds_of_service(const struct options *options);

#endif
