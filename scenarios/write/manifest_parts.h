/* What every manifest says, whatever was simulated: by which program, from which inputs, on which
 * machine, when. */
#ifndef SCENARIOS_WRITE_MANIFEST_PARTS_H
#define SCENARIOS_WRITE_MANIFEST_PARTS_H

#include <stdbool.h>
#include <time.h>

#include "scenarios/network_scenario.h"
#include "scenarios/scenario.h"
#include "scenarios/write/fault.h"
#include "scenarios/write/json_writer.h"

/* Begins the manifest's object, with what wrote it: the program, its version, the command. */
void manifest_begin(struct json_writer *json, const char *version, const char *command);

/* The values of a configuration that differ from the dictionary's; of a network, from 1. */
void manifest_put_parameters(struct json_writer *json, const struct parameters *parameters);
void manifest_put_multipliers(struct json_writer *json,
                              const double multiplier[NETWORK_MULTIPLIERS]);

/* Ends it with the files that were read and their digests, the machine, start and end. False and
 * the fault: a file cannot be read any more. */
bool manifest_end(struct json_writer *json, const struct scenario *scenario, time_t start,
                  time_t end, struct write_fault *fault);

/* Closes a manifest that is whole, lets go of one that is not, and frees. False and the fault: it
 * is not on disk; what made it less than whole has said why. */
bool manifest_close(struct json_writer *json, bool whole, struct write_fault *fault);

#endif
