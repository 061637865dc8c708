/* What the commands that simulate have in common: read the scenario, run the experiment, write the
 * results, say what came out. */
#ifndef SCENARIOS_CLI_SIMULATE_H
#define SCENARIOS_CLI_SIMULATE_H

#include "scenarios/cli/choice.h"
#include "scenarios/cli/options.h"
#include "scenarios/experiment.h"

/* Prints what came out, in words and tables. */
typedef void simulate_answer(const struct scenario *scenario, const struct experiment *experiment);

/* Runs a command of configurations: the baseline (if comparing) and those named, or all. Returns
 * the exit status; what is wrong is printed. */
int simulate(const struct options *options, bool comparing, simulate_answer *answer);

/* The same with a scenario that is read already, and these of its configurations, the baseline
 * first; all stays the caller's. */
int simulate_chosen(const struct options *options, struct scenario *scenario,
                    const size_t *configurations, size_t count, simulate_answer *answer);

/* Says why a run has nothing to keep. */
void simulate_say_failure(const struct scenario *scenario, const struct experiment *experiment,
                          enum experiment_status status, enum model_status model_status);

/* Reads a scenario and prints its problems. NULL: there were errors. */
struct scenario *simulate_read(const char *path, const struct scenario_options *options);

/* The configurations, in their order; name is NULL when memory ran out. */
struct named simulate_names(const struct scenario *scenario);

#endif
