/* manifest.json: what made a results folder, so that it can be made again.
 *
 * Everything but `command`, `start`, `end` and `host` is the same for the same run. */
#ifndef SCENARIOS_WRITE_MANIFEST_H
#define SCENARIOS_WRITE_MANIFEST_H

#include "scenarios/write/results.h"

bool manifest_write(const char *path, const struct experiment *experiment,
                    const struct results_about *about, struct write_fault *fault);

#endif
