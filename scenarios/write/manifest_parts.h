/* What every manifest says, whatever was simulated: which inputs, on which machine, when. */
#ifndef SCENARIOS_WRITE_MANIFEST_PARTS_H
#define SCENARIOS_WRITE_MANIFEST_PARTS_H

#include <stdbool.h>
#include <time.h>

#include "scenarios/network_scenario.h"
#include "scenarios/scenario.h"
#include "scenarios/write/fault.h"
#include "scenarios/write/json_writer.h"

/* The files that were read, with their digests. False and the fault: one cannot be read any more.
 */
bool manifest_put_inputs(struct json_writer *json, const struct scenario *scenario,
                         struct write_fault *fault);

/* The values of a configuration that differ from the dictionary's; of a network, from 1. */
void manifest_put_parameters(struct json_writer *json, const struct parameters *parameters);
void manifest_put_multipliers(struct json_writer *json,
                              const double multiplier[NETWORK_MULTIPLIERS]);

/* Architecture, C library, host, start and end. */
void manifest_put_origin(struct json_writer *json, time_t start, time_t end);

#endif
