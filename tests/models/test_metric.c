#include <criterion/criterion.h>

#include "models/metric.h"

Test(metric, names_are_unique_and_found)
{
    for (int m = 0; m < METRIC_COUNT; m++) {
        const struct metric_info *info = metric_info((enum metric)m);
        cr_assert(info->name != NULL && info->unit != NULL && info->meaning != NULL, "metric %d",
                  m);
        cr_expect(*info->name && *info->unit && *info->meaning, "%s", info->name);
        cr_expect_eq(metric_find(info->name), m, "%s", info->name);
    }
    cr_expect_eq(metric_find("deaths"), -1);
    cr_expect_str_eq(metric_unit("mortality_90d"), "share");
    cr_expect_str_eq(metric_unit("of another version"), "");
    cr_expect_str_eq(metric_meaning("strokes"), "strokes (I61, I63, I64)");
    cr_expect_str_eq(metric_meaning("of another version"), "of another version");
}

/* Only the outcome, and what hangs on it, is known as a probability. */
Test(metric, by_probability)
{
    static const enum metric outcome[] = {
        METRIC_DEATHS_7D,
        METRIC_DEATHS_30D,
        METRIC_DEATHS_90D,
        METRIC_MORTALITY_90D,
        METRIC_MRS_0_2_90D,
        METRIC_MEAN_MRS_90D,
        METRIC_LIVES_SAVED,
        METRIC_COST_LIFETIME_GBP,
        METRIC_QALYS_90D,
        METRIC_QALYS_LIFETIME,
        METRIC_NET_MONETARY_BENEFIT_GBP,
    };
    for (int m = 0; m < METRIC_COUNT; m++) {
        bool want = false;
        for (size_t i = 0; i < sizeof outcome / sizeof *outcome; i++)
            want |= m == (int)outcome[i];
        cr_expect_eq(metric_info((enum metric)m)->by_probability, want, "%s",
                     metric_info((enum metric)m)->name);
    }
}
