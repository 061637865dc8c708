/* What a sweep's manifest.json says, and whether two of them are of one run. */
#ifndef SCENARIOS_SWEEP_SWEEP_MANIFEST_H
#define SCENARIOS_SWEEP_SWEEP_MANIFEST_H

#include <stdbool.h>
#include <time.h>

#include "scenarios/read/diagnosis.h"
#include "scenarios/sweep/sweep.h"
#include "scenarios/write/fault.h"

/* What it says besides the sweep itself. */
struct sweep_about {
    const char *version, *command;
    uint64_t shard, shards;
    time_t start;
};

/* Writes it under a name of its own and renames it, so that it is never there in part. */
bool sweep_manifest_write(const char *folder, const struct sweep *sweep,
                          const struct sweep_about *about, bool complete,
                          struct write_fault *fault);

/* Which differences matter: a run that is resumed is the same shard, shards to be merged are not;
 * both may have run on other machines, which is a warning. */
enum sweep_manifest_sameness { SWEEP_SAME_RUN, SWEEP_SAME_SWEEP };

/* Compares two manifests and reports every difference as an error, `was` and `is`. */
bool sweep_manifest_compare(const char *was_path, const char *is_path,
                            enum sweep_manifest_sameness sameness, struct diagnosis *diagnosis);

/* A whole number of a manifest that was read; 0 where it has none of that name. */
struct yaml_node;
uint64_t sweep_manifest_number(const struct yaml_node *of, const char *key);

/* Whether a manifest says so; false where it cannot be read. */
bool sweep_manifest_is_complete(const char *path);

#endif
