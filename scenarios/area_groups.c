#include "scenarios/area_groups.h"

#include <stdlib.h>

#include "scenarios/area_fifths.h"
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

/* Room for so many groups. False: out of memory, and there is nothing to close. */
static bool make_room(struct area_groups *groups, size_t most, size_t areas)
{
    *groups = (struct area_groups){
        .name = calloc(most + 1, sizeof *groups->name),
        .of_area = calloc(areas + 1, sizeof *groups->of_area),
        .areas = areas,
    };
    if (groups->name != NULL && groups->of_area != NULL)
        return true;
    area_groups_close(groups);
    return false;
}

bool area_groups_open(struct area_groups *groups, const struct region *region)
{
    struct name_index index = {0};
    if (!make_room(groups, region->areas, region->areas))
        return false;
    if (!name_index_init(&index, region->areas, name_of, region)) {
        area_groups_close(groups);
        return false;
    }
    number(groups, region, &index);
    name_index_fini(&index);
    return true;
}

static bool find_fifths(const struct region *region, const double strokes[], int fifth[])
{
    double *score = calloc(region->areas + 1, sizeof *score);
    for (size_t a = 0; score != NULL && a < region->areas; a++)
        score[a] = region->area[a].deprivation_score;
    bool found = score != NULL && area_fifths_find(score, strokes, region->areas, fifth);
    free(score);
    return found;
}

bool area_groups_open_fifths(struct area_groups *groups, const struct region *region,
                             const double strokes[])
{
    static const char *const names[AREA_FIFTHS] = {"1", "2", "3", "4", "5"};
    int *fifth = calloc(region->areas + 1, sizeof *fifth);
    bool found = fifth != NULL && find_fifths(region, strokes, fifth) &&
                 make_room(groups, AREA_FIFTHS, region->areas);
    for (size_t a = 0; found && a < region->areas; a++)
        if (fifth[a] > 0)
            groups->groups = AREA_FIFTHS;
    for (size_t f = 0; found && f < AREA_FIFTHS; f++)
        groups->name[f] = names[f];
    for (size_t a = 0; found && a < region->areas; a++)
        groups->of_area[a] = fifth[a] > 0 ? (size_t)fifth[a] - 1 : groups->groups;
    free(fifth);
    return found;
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
