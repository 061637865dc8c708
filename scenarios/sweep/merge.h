/* Joins the shards of a sweep into what one machine would have written: the same bytes, but for the
 * command, the times and the host in manifest.json. */
#ifndef SCENARIOS_SWEEP_MERGE_H
#define SCENARIOS_SWEEP_MERGE_H

#include <stdbool.h>
#include <stddef.h>

#include "scenarios/read/diagnosis.h"
#include "scenarios/write/fault.h"

/* Checks that the folders are all shards of one sweep, each once and complete; reports everything
 * that is wrong. Shards from different machines give a warning. */
bool merge_check(const char *const folder[], size_t folders, struct diagnosis *diagnosis);

/* Writes the joined tables, what is made of all points, and a manifest with this command into the
 * folder `to`, which is there. The folders passed merge_check(). */
bool merge_write(const char *const folder[], size_t folders, const char *to, const char *command,
                 struct write_fault *fault);

#endif
