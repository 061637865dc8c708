#include "scenarios/area_groups.h"

#include <stdlib.h>

#include "scenarios/read/name_index.h"

/* NULL: the area has no group. */
static const char *name_of(const void *context, size_t at)
{
    const struct region *region = context;
    const char *group = region->area[at].group;
    return group == NULL || group[0] == '\0' ? NULL : group;
}

/* A group is numbered where its first area stands. */
static void number(struct area_groups *groups, const struct region *region,
                   const struct name_index *index)
{
    for (size_t a = 0; a < region->areas; a++) {
        const char *name = name_of(region, a);
        if (name == NULL) {
            groups->of_area[a] = region->areas; /* more than there can be */
            continue;
        }
        size_t first = name_index_find(index, name);
        if (first == a)
            groups->name[groups->groups++] = name;
        groups->of_area[a] = first == a ? groups->groups - 1 : groups->of_area[first];
    }
    for (size_t a = 0; a < region->areas; a++)
        if (groups->of_area[a] > groups->groups)
            groups->of_area[a] = groups->groups;
}

bool area_groups_open(struct area_groups *groups, const struct region *region)
{
    *groups = (struct area_groups){
        .name = calloc(region->areas + 1, sizeof *groups->name),
        .of_area = calloc(region->areas + 1, sizeof *groups->of_area),
        .areas = region->areas,
    };
    struct name_index index = {0};
    if (groups->name == NULL || groups->of_area == NULL ||
        !name_index_init(&index, region->areas, name_of, region)) {
        area_groups_close(groups);
        return false;
    }
    number(groups, region, &index);
    name_index_fini(&index);
    return true;
}

void area_groups_close(struct area_groups *groups)
{
    free(groups->name);
    free(groups->of_area);
    *groups = (struct area_groups){0};
}

static void add(struct area_account *sum, const struct area_account *area)
{
    sum->strokes += area->strokes;
    sum->by_ambulance += area->by_ambulance;
    sum->travel_min += area->travel_min;
    sum->within_30 += area->within_30;
    sum->thrombolysed += area->thrombolysed;
    sum->organised += area->organised;
    sum->deaths += area->deaths;
    sum->mrs_0_2 += area->mrs_0_2;
    sum->ambulance_min += area->ambulance_min;
    sum->visitor_min += area->visitor_min;
}

void area_groups_pool(const struct area_groups *groups, const struct area_account area[],
                      struct area_account pooled[])
{
    for (size_t g = 0; g < groups->groups; g++)
        pooled[g] = (struct area_account){0};
    for (size_t a = 0; a < groups->areas; a++)
        if (groups->of_area[a] < groups->groups)
            add(&pooled[groups->of_area[a]], &area[a]);
}
