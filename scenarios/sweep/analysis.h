/* What is made of all points of a sweep together, from its finished tables: sensitivity.csv of an
 * oat, morris, sobol_indices or psa design; ce_plane.csv, ceac.csv and evpi.csv of a psa.
 *
 * Everything is read from the folder, manifest.json included, so a run that was resumed and shards
 * that were merged give the same bytes as a run in one piece. It is about the difference of one
 * configuration (the design's `analyse`, or the last), or about the figures of the only one.
 */
#ifndef SCENARIOS_SWEEP_ANALYSIS_H
#define SCENARIOS_SWEEP_ANALYSIS_H

#include <stdbool.h>
#include <stdint.h>

#include "scenarios/write/fault.h"

/* Writes the tables that the design's kind has into the folder; none for the other kinds. */
bool analysis_write(const char *folder, struct write_fault *fault);

#endif
