/* The result files of an experiment, as the public contract names them.
 *
 * A table that grows with the replications (replications.csv, and patients.csv when wanted) is
 * written as they finish; the others at the end. All of it appears whole, under its name, or not
 * at all (output_folder.h).
 */
#ifndef SCENARIOS_WRITE_RESULTS_H
#define SCENARIOS_WRITE_RESULTS_H

#include <stdbool.h>
#include <time.h>

#include "scenarios/experiment.h"
#include "scenarios/scenario.h"
#include "scenarios/write/fault.h"
#include "scenarios/write/output_folder.h"

struct results;

/* What the manifest says of the run besides the experiment itself. */
struct results_about {
    const struct scenario *scenario;
    const char *version, *command;
    const char *variant;              /* NULL: none */
    const struct experiment *counted; /* the same with beds counted, where they were not; or NULL */
    time_t start, end;
};

/* Opens the growing tables in the folder, which stays the caller's. NULL and the fault. */
struct results *results_open(const struct output_folder *folder, const struct scenario *scenario,
                             bool patients, struct write_fault *fault);

/* Adds a replication. False: a write failed, and results_close() says why. */
bool results_add(struct results *results, const struct experiment *experiment, uint64_t replication,
                 const struct trial_results *trial);

/* Writes the rest, closes everything and frees. False and the fault: the folder is not to be
 * committed. experiment NULL: nothing more is written (the run failed), but what went wrong with
 * the growing tables is told. */
bool results_close(struct results *results, const struct experiment *experiment,
                   const struct results_about *about, struct write_fault *fault);

#endif
