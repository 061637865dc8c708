/* What strokesim beds says, and the folder that it writes, wherever the simulated figures come
 * from. */
#ifndef SCENARIOS_CLI_BEDS_ANSWER_H
#define SCENARIOS_CLI_BEDS_ANSWER_H

#include <time.h>

#include "scenarios/bed_figures.h"
#include "scenarios/cli/options.h"
#include "scenarios/write/output_folder.h"

/* The folder that --out and --force ask for. NULL: it cannot be made, which is printed. */
struct output_folder *beds_folder(const char *scenario, const struct options *options);

/* Writes the figures, gives the folder its name, and prints both unless --quiet. `notes`: what else
 * is to be said of the figures, up to a NULL. The exit status. */
int beds_answer(const struct bed_figures *figures, const char *const notes[], time_t start,
                struct output_folder *folder, const struct options *options);

#endif
