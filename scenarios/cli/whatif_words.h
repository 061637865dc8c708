/* What whatif says besides the usual answer: the question with its beds, who gains and who loses
 * by group of areas, and how to ask again. */
#ifndef SCENARIOS_CLI_WHATIF_WORDS_H
#define SCENARIOS_CLI_WHATIF_WORDS_H

#include "scenarios/change.h"
#include "scenarios/cli/options.h"
#include "scenarios/experiment.h"

/* The question: what changes, where the beds go, and what holds on both sides (options->scenario
 * has those --set). */
void whatif_say_question(const struct scenario *scenario, const struct change *change,
                         const struct options *options);

/* A table of the groups of areas that change most. */
void whatif_say_groups(const struct experiment *experiment);

/* Where the changed scenario is, and the command that gives the same answer. */
void whatif_say_saved(const struct scenario *scenario, const struct change *change,
                      const struct options *options);

#endif
