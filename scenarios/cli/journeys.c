#include "scenarios/cli/journeys.h"

#include <math.h>
#include <string.h>

/* Change in the journey of an area's strokes; NAN where nobody came by ambulance. */
static double area_change(const struct experiment *experiment, const struct arm *arm, size_t area)
{
    const struct tally *before = &experiment->arm[0].area[area].of[AREA_TRAVEL_MIN];
    const struct tally *after = &arm->area[area].of[AREA_TRAVEL_MIN];
    return before->n == 0 || after->n == 0 ? NAN : after->mean - before->mean;
}

static double area_strokes(const struct arm *arm, size_t area)
{
    return arm->area[area].of[AREA_STROKES].mean;
}

/* Change of a group's journeys, its areas weighted by strokes. */
static double group_change(const struct experiment *experiment, const struct arm *arm,
                           const char *group)
{
    const struct region *region = &experiment->design->region;
    double weighted = 0, strokes = 0;
    for (size_t a = 0; a < region->areas; a++) {
        double change = area_change(experiment, arm, a);
        if (isnan(change) || strcmp(region->area[a].group, group) != 0)
            continue;
        weighted += change * area_strokes(arm, a);
        strokes += area_strokes(arm, a);
    }
    return weighted / strokes;
}

struct journeys journeys_compare(const struct experiment *experiment, const struct arm *arm)
{
    const struct region *region = &experiment->design->region;
    struct journeys journeys = {.most_min = -INFINITY};
    double longer = 0, all = 0;
    for (size_t a = 0; a < region->areas; a++) {
        double change = area_change(experiment, arm, a);
        if (isnan(change))
            continue;
        all += area_strokes(arm, a);
        longer += change > 1 ? area_strokes(arm, a) : 0;
        bool first = a == 0 || strcmp(region->area[a].group, region->area[a - 1].group) != 0;
        if (!first || region->area[a].group[0] == '\0')
            continue;
        double of_group = group_change(experiment, arm, region->area[a].group);
        if (of_group > journeys.most_min) {
            journeys.most_min = of_group;
            journeys.most_group = region->area[a].group;
        }
    }
    journeys.longer_share = longer / all;
    return journeys;
}
