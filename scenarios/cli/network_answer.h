/* What run and compare say of a network of wards. */
#ifndef SCENARIOS_CLI_NETWORK_ANSWER_H
#define SCENARIOS_CLI_NETWORK_ANSWER_H

#include "scenarios/network_experiment.h"

void network_answer(const struct network_experiment *experiment);

#endif
