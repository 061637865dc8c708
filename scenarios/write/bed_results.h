/* The result files of `strokesim beds`: beds.csv and manifest.json. */
#ifndef SCENARIOS_WRITE_BED_RESULTS_H
#define SCENARIOS_WRITE_BED_RESULTS_H

#include <stdbool.h>
#include <time.h>

#include "scenarios/bed_figures.h"
#include "scenarios/write/fault.h"
#include "scenarios/write/output_folder.h"

/* What the manifest says of the run besides the figures. */
struct bed_results_about {
    const char *version, *command;
    time_t start, end;
};

/* Writes both into the folder, which stays the caller's. False and the fault: it is not to be
 * committed. */
bool bed_results_write(const struct output_folder *folder, const struct bed_figures *figures,
                       const struct bed_results_about *about, struct write_fault *fault);

#endif
