/* Groups of areas and their figures pooled: boroughs, say, as the areas file names them, or fifths
 * by deprivation (scenarios/area_fifths.h).
 *
 * A figure of a group is that of its strokes taken together, not a mean of its areas' figures, so
 * an area counts by its strokes. Areas without a group belong to none.
 */
#ifndef SCENARIOS_AREA_GROUPS_H
#define SCENARIOS_AREA_GROUPS_H

#include <stdbool.h>
#include <stddef.h>

#include "models/ledger.h"
#include "models/region.h"

struct area_groups {
    size_t groups;
    const char **name; /* in the order of the areas file; "1" to "5" of fifths */
    size_t *of_area;   /* the group of each area; `groups` where it has none */
    size_t areas;
};

/* False: out of memory, and there is nothing to close. */
bool area_groups_open(struct area_groups *groups, const struct region *region);

/* Five groups in the order of the fifths, or none where no area has a score of deprivation.
 * strokes: expected of each area. False: as above. */
bool area_groups_open_fifths(struct area_groups *groups, const struct region *region,
                             const double strokes[]);
void area_groups_close(struct area_groups *groups);

/* Adds up one replication's accounts by area: pooled has one a group. */
void area_groups_pool(const struct area_groups *groups, const struct area_account area[],
                      struct area_account pooled[]);

#endif
