/* Who travels further: ambulance journeys by group of areas, under two configurations. */
#ifndef SCENARIOS_CLI_JOURNEYS_H
#define SCENARIOS_CLI_JOURNEYS_H

#include "scenarios/experiment.h"

struct journeys {
    double longer_share;    /* of strokes, who live where the journey is longer by over a minute */
    const char *most_group; /* where it grows most, or NULL: there are no groups */
    double most_min;        /* by how much there, weighted by strokes */
};

struct journeys journeys_compare(const struct experiment *experiment, const struct arm *arm);

#endif
