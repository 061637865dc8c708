/* Finds the place that a reader names: a group of areas (a borough) or an area.
 *
 * In any letter case, and by a part of the name that no other has; of a group and an area of one
 * name the group is meant. What cannot be told is refused with what may have been meant.
 */
#ifndef SCENARIOS_PLACE_NAME_H
#define SCENARIOS_PLACE_NAME_H

#include <stdbool.h>
#include <stddef.h>

#include "scenarios/read/diagnosis.h"

struct place_names {
    const char *const *group, *const *area; /* borrowed; none is NULL */
    size_t groups, areas;
};

enum place_kind { PLACE_NONE, PLACE_GROUP, PLACE_AREA };

struct place_found {
    enum place_kind kind;
    size_t at; /* among the groups, or the areas */
};

/* False: there is none, or more than one, and the diagnosis says so at `asked`. */
bool place_find(const struct place_names *names, const char *wanted, const struct place *asked,
                struct diagnosis *diagnosis, struct place_found *found);

#endif
