/* What trace says of a patient: who it is, the journeys side by side, and what differs. */
#ifndef SCENARIOS_CLI_TRACED_H
#define SCENARIOS_CLI_TRACED_H

#include "scenarios/experiment.h"
#include "scenarios/scenario.h"

/* One patient and the path under every configuration of the scenario, in their order. */
struct traced {
    const struct scenario *scenario;
    const struct experiment *experiment; /* its model and its window */
    uint64_t replication;
    const struct patient *patient;
    const struct path *path;
    const bool *stable; /* whether there is a path: the configuration is within its capacity */
};

/* Prints it. False: out of memory. */
bool traced_print(const struct traced *traced);

#endif
