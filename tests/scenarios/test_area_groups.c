#include <criterion/criterion.h>

#include "scenarios/area_groups.h"

static char north[] = "North", south[] = "South", none[] = "";

/* In the order of the file, however the areas of a group are scattered; none is no group. */
Test(area_groups, are_numbered_as_they_come)
{
    struct area areas[] = {{.group = south}, {.group = none}, {.group = north},
                           {.group = south}, {.group = NULL}, {.group = north}};
    static const size_t wanted[] = {0, 2, 1, 0, 2, 1};
    struct region region = {.areas = 6, .area = areas};
    struct area_groups groups;
    cr_assert(area_groups_open(&groups, &region));
    cr_assert_eq(groups.groups, 2);
    cr_expect_str_eq(groups.name[0], "South");
    cr_expect_str_eq(groups.name[1], "North");
    for (size_t a = 0; a < 6; a++)
        cr_expect_eq(groups.of_area[a], wanted[a], "area %zu", a);
    area_groups_close(&groups);
}

Test(area_groups, without_any_are_no_groups)
{
    struct area areas[] = {{.group = none}, {.group = NULL}};
    struct region region = {.areas = 2, .area = areas};
    struct area_groups groups;
    cr_assert(area_groups_open(&groups, &region));
    cr_expect_eq(groups.groups, 0);
    struct area_account account[2] = {{.strokes = 1}, {.strokes = 2}};
    area_groups_pool(&groups, account, NULL);
    area_groups_close(&groups);
}

/* Every sum of an account, once for each area of the group, and anew each time. */
Test(area_groups, pool_everything_of_their_areas)
{
    struct area areas[] = {{.group = south}, {.group = north}, {.group = none}, {.group = south}};
    struct region region = {.areas = 4, .area = areas};
    struct area_account account[4], pooled[2];
    for (size_t a = 0; a < 4; a++) {
        double x = (double)(a + 1);
        account[a] = (struct area_account){x,     10 * x, 2 * x, 3 * x, 4 * x,
                                           5 * x, 6 * x,  7 * x, 8 * x, 9 * x};
    }
    struct area_groups groups;
    cr_assert(area_groups_open(&groups, &region));
    for (int twice = 0; twice < 2; twice++)
        area_groups_pool(&groups, account, pooled);
    for (size_t g = 0; g < 2; g++) {
        double x = g == 0 ? 5 : 2; /* areas 1 and 4; area 2 */
        cr_expect_eq(pooled[g].strokes, x);
        cr_expect_eq(pooled[g].by_ambulance, 10 * x);
        cr_expect_eq(pooled[g].travel_min, 2 * x);
        cr_expect_eq(pooled[g].within_30, 3 * x);
        cr_expect_eq(pooled[g].thrombolysed, 4 * x);
        cr_expect_eq(pooled[g].organised, 5 * x);
        cr_expect_eq(pooled[g].deaths, 6 * x);
        cr_expect_eq(pooled[g].mrs_0_2, 7 * x);
        cr_expect_eq(pooled[g].ambulance_min, 8 * x);
        cr_expect_eq(pooled[g].visitor_min, 9 * x);
    }
    area_groups_close(&groups);
}
