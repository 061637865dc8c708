/* Which configuration wins, and where that turns. The command line is no library, so its file is
 * taken in whole. */
#include <criterion/criterion.h>
#include <string.h>

#include "scenarios/cli/verdict.c"
#include "tests/models/small_region.h"

/* Two arms of the small design's first configuration, and a third, of its second. */
struct told {
    struct design design;
    struct arm arm[3];
    struct experiment experiment;
};

static void prepare(struct told *told)
{
    memset(told, 0, sizeof *told);
    small_design(&told->design);
    small_design_copy(&told->design, CENTRAL, LOCAL);
    small_design_write(&told->design, LOCAL, P_UNIT_ORGANISED_CARE_SHARE, .5);
    small_design_write(&told->design, CENTRAL, P_UNIT_ORGANISED_CARE_SHARE, .9);
    told->arm[0].configuration = told->arm[2].configuration = LOCAL;
    told->arm[1].configuration = CENTRAL;
    told->experiment = (struct experiment){.design = &told->design, .arm = told->arm, .arms = 3};
}

Test(verdict, alike_but_for_care)
{
    struct told told;
    prepare(&told);
    const struct arm *a = &told.arm[0], *b = &told.arm[1];
    cr_expect(verdict_only_care_differs(&told.experiment, a, b));
    cr_expect_not(verdict_only_care_differs(&told.experiment, a, a));
    small_design_write(&told.design, CENTRAL, P_UNIT_DOOR_TO_SCAN_P50_MIN, 12);
    cr_expect_not(verdict_only_care_differs(&told.experiment, a, b));
    small_design_copy(&told.design, CENTRAL, LOCAL);
    cr_expect_not(verdict_only_care_differs(&told.experiment, a, b)); /* now nothing differs */
    small_design_write(&told.design, CENTRAL, P_UNIT_ORGANISED_CARE_SHARE, .7);
    cr_expect(verdict_only_care_differs(&told.experiment, a, b));
    struct hospital *hospital = told.design.configuration[CENTRAL].hospital;
    hospital[SITE_BIRCH].beds[BED_SU]++;
    cr_expect_not(verdict_only_care_differs(&told.experiment, a, b));
    hospital[SITE_BIRCH].beds[BED_SU]--;
    hospital[SITE_BIRCH].own[UNIT_TREATED_IF_ELIGIBLE_LVO] = .5;
    cr_expect_not(verdict_only_care_differs(&told.experiment, a, b));
    design_fini(&told.design);
}

Test(verdict, turns_in_a_straight_line)
{
    struct told told;
    prepare(&told);
    static const double deaths[] = {200, 100};
    for (int a = 0; a < 2; a++)
        tally_add(&told.arm[a].summary[METRIC_DEATHS_90D], deaths[a]);
    static const struct {
        double deaths, share; /* 0: on neither side */
    } cases[] = {{200, .5}, {175, .6}, {100, .9}, {201, 0}, {99, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tally *other = &told.arm[2].summary[METRIC_DEATHS_90D];
        *other = (struct tally){0};
        tally_add(other, cases[i].deaths);
        for (int swapped = 0; swapped < 2; swapped++) {
            double share = verdict_turning_share(&told.experiment, &told.arm[swapped],
                                                 &told.arm[!swapped], &told.arm[2]);
            if (cases[i].share > 0)
                cr_expect_float_eq(share, cases[i].share, 1e-12, "%g deaths", cases[i].deaths);
            else
                cr_expect(isnan(share), "%g deaths", cases[i].deaths);
        }
    }
    design_fini(&told.design);
}
