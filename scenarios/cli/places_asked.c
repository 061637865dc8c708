#include "scenarios/cli/places_asked.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "scenarios/area_groups.h"
#include "scenarios/place_name.h"
#include "scenarios/report/boundaries.h"

static void check_focus(const char *focus, const struct region *region, struct diagnosis *diagnosis)
{
    struct area_groups groups;
    struct place_found found;
    const char **area = calloc(region->areas + 1, sizeof *area);
    if (area == NULL || !area_groups_open(&groups, region)) {
        diagnosis_out_of_memory(diagnosis);
        free(area);
        return;
    }
    for (size_t a = 0; a < region->areas; a++)
        area[a] = region->area[a].name;
    const struct place_names names = {
        .group = groups.name, .groups = groups.groups, .area = area, .areas = region->areas};
    place_find(&names, focus, &(struct place){.file = "--focus"}, diagnosis, &found);
    area_groups_close(&groups);
    free(area);
}

static void check_boundaries(const char *path, const struct region *region,
                             struct diagnosis *diagnosis)
{
    struct boundaries_box box = boundaries_no_box();
    for (size_t a = 0; a < region->areas; a++)
        boundaries_box_add(&box, region->area[a].lat, region->area[a].lon);
    if (isnan(box.west))
        diagnosis_error(diagnosis, &(struct place){.file = "--boundaries"},
                        "columns lat and lon in the areas file",
                        "the scenario's areas have no coordinates, so there is no map");
    else
        boundaries_free(boundaries_read(path, &box, diagnosis));
}

bool places_asked_check(const struct options *options, const struct scenario *scenario)
{
    const struct region *region = &scenario->design.region;
    struct diagnosis *diagnosis = diagnosis_new();
    if (diagnosis == NULL) {
        fputs("strokesim: out of memory\n", stderr);
        return false;
    }
    if (options->focus != NULL)
        check_focus(options->focus, region, diagnosis);
    if (options->boundaries != NULL)
        check_boundaries(options->boundaries, region, diagnosis);
    bool fine = diagnosis_errors(diagnosis) == 0;
    diagnosis_print(diagnosis, stderr);
    diagnosis_free(diagnosis);
    return fine;
}
