/* Taking replications into an experiment's accounts, one after the other in their order. Internal
 * to the experiment. */
#ifndef SCENARIOS_ACCOUNT_H
#define SCENARIOS_ACCOUNT_H

#include <stdbool.h>

#include "scenarios/experiment.h"

/* Makes the arms' memory. False: out of memory (experiment_fini() frees what was made). */
bool account_open(struct experiment *experiment, const struct experiment_options *options);

/* Adds a replication of every arm. */
void account_add(struct experiment *experiment, const struct trial_results *results);

#endif
