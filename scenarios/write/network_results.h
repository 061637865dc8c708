/* The result files of a network of wards; as scenarios/write/results.h. */
#ifndef SCENARIOS_WRITE_NETWORK_RESULTS_H
#define SCENARIOS_WRITE_NETWORK_RESULTS_H

#include <stdbool.h>
#include <time.h>

#include "scenarios/network_experiment.h"
#include "scenarios/write/fault.h"
#include "scenarios/write/output_folder.h"

struct network_results;

/* What the manifest says of the run besides the experiment itself. */
struct network_results_about {
    const char *version, *command;
    time_t start, end;
};

/* Opens the growing tables in the folder, which stays the caller's. NULL and the fault. */
struct network_results *network_results_open(const struct output_folder *folder,
                                             struct write_fault *fault);

/* Adds a replication. False: a write failed, and network_results_close() says why. */
bool network_results_add(struct network_results *results,
                         const struct network_experiment *experiment, uint64_t replication,
                         const struct network_trial *trial);

/* Writes the rest, closes everything and frees. False and the fault: the folder is not to be
 * committed. experiment NULL: nothing more is written. */
bool network_results_close(struct network_results *results,
                           const struct network_experiment *experiment,
                           const struct network_results_about *about, struct write_fault *fault);

#endif
