/* What compare and run say: first in words, then in a table, every range named for what it is. */
#ifndef SCENARIOS_CLI_ANSWER_H
#define SCENARIOS_CLI_ANSWER_H

#include "scenarios/experiment.h"
#include "scenarios/scenario.h"

void answer_compare(const struct scenario *scenario, const struct experiment *experiment);
void answer_run(const struct scenario *scenario, const struct experiment *experiment);

#endif
