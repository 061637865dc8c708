/* Where ambulances usually take the people of a place: destinations.csv, for one configuration.
 *
 * Of a service that changes during the run it is where they go in the end. */
#ifndef SCENARIOS_REPORT_DESTINATIONS_H
#define SCENARIOS_REPORT_DESTINATIONS_H

#include <stddef.h>

#include "scenarios/place_name.h"
#include "scenarios/report/by_area.h"
#include "scenarios/report/results_read.h"

struct destination {
    const char *hospital; /* the results' */
    double share;         /* of the strokes of the place */
    double minutes;       /* from its areas, each counted by its strokes */
};

enum { DESTINATIONS = 4 };

/* The hospitals of an area, or of all areas of a group, most used first, and how many: at most
 * DESTINATIONS, the least used left out. 0: the results do not say. */
size_t destinations_of(const struct results_read *results, const struct by_area *by,
                       const struct place_found *place, size_t configuration,
                       struct destination found[DESTINATIONS]);

#endif
