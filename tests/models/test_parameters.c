#include <criterion/criterion.h>
#include <string.h>

#include "models/metric.h"
#include "tests/models/small_region.h"

static const struct parameter_info *info_of(int id)
{
    return parameter_info((enum parameter_id)id);
}

Test(parameters, every_row_is_complete_and_its_key_unique)
{
    for (int id = 0; id < PARAMETER_COUNT; id++) {
        const struct parameter_info *info = info_of(id);
        cr_assert(info->key != NULL && info->meaning != NULL && info->unit != NULL &&
                      info->moves != NULL && info->source != NULL,
                  "row %d", id);
        cr_expect(*info->key && *info->meaning && *info->unit && *info->source, "%s", info->key);
        cr_expect_eq(parameter_find(info->key), id, "%s stands twice", info->key);
        cr_expect_eq(strspn(info->key, "abcdefghijklmnopqrstuvwxyz0123456789_."), strlen(info->key),
                     "%s", info->key);
        cr_expect(strchr(info->key, '.') != NULL, "%s has no section", info->key);
    }
    cr_expect_eq(parameter_find("demand.multiplier"), P_DEMAND_MULTIPLIER);
    cr_expect_eq(parameter_find("demand.multiplie"), -1);
    cr_expect_eq(parameter_find(""), -1);
}

/* Only what is solved for, or stands aside when it is not given, has no default. */
static bool has_no_default(int id)
{
    static const enum parameter_id without[] = {
        P_UNIT_TREATED_IF_ELIGIBLE,   P_HASU_TREATED_IF_ELIGIBLE,    P_UNIT_THROMBOLYSIS_RATE_NLVO,
        P_UNIT_THROMBOLYSIS_RATE_LVO, P_HASU_THROMBOLYSIS_RATE_NLVO, P_HASU_THROMBOLYSIS_RATE_LVO};
    for (size_t i = 0; i < sizeof without / sizeof *without; i++)
        if (id == (int)without[i])
            return true;
    return false;
}

Test(parameters, defaults_lie_within_their_bounds)
{
    struct parameters parameters;
    parameters_default(&parameters);
    for (int id = 0; id < PARAMETER_COUNT; id++) {
        const struct parameter_info *info = info_of(id);
        /* Nobody is dead before the stroke: the last share of those rows can be nothing but 1. */
        bool before_stroke = id == P_PRESTROKE_NLVO_5 || id == P_PRESTROKE_LVO_5;
        cr_expect(info->smallest < info->largest || before_stroke, "%s", info->key);
        cr_expect(same(parameters.value[id], info->value), "%s", info->key);
        if (has_no_default(id))
            cr_expect(isnan(info->value), "%s", info->key);
        else
            cr_expect(info->value >= info->smallest && info->value <= info->largest, "%s: %g",
                      info->key, info->value);
    }
}

/* The 2.5 and 97.5% points enclose the default and lie within the bounds. A published central
 * figure may stand at an end of its published range; those that do are listed. */
Test(parameters, ranges_enclose_the_default)
{
    static const enum parameter_id at_an_end[] = {P_HASU_ORGANISED_CARE_SHARE};
    size_t uncertain = 0;
    for (int id = 0; id < PARAMETER_COUNT; id++) {
        const struct parameter_info *info = info_of(id);
        bool ranged = info->family != FAMILY_FIXED && info->family != FAMILY_DIRICHLET;
        uncertain += ranged;
        if (!ranged) {
            cr_expect(info->low == 0 && info->high == 0, "%s", info->key);
            continue;
        }
        cr_expect(info->smallest <= info->low && info->low < info->high &&
                      info->high <= info->largest,
                  "%s: %g to %g", info->key, info->low, info->high);
        bool listed = false;
        for (size_t i = 0; i < sizeof at_an_end / sizeof *at_an_end; i++)
            listed |= id == (int)at_an_end[i];
        bool inside = info->low < info->value && info->value < info->high;
        bool end = info->value == info->low || info->value == info->high;
        cr_expect(listed ? end : inside, "%s: %g in %g to %g", info->key, info->value, info->low,
                  info->high);
        struct spread spread;
        spread_default((enum parameter_id)id, &spread);
        cr_expect(spread_is_possible(&spread), "%s", info->key);
    }
    cr_expect_geq(uncertain, 15);
}

Test(parameters, what_a_row_moves_is_a_metric)
{
    for (int id = 0; id < PARAMETER_COUNT; id++) {
        const struct parameter_info *info = info_of(id);
        if (*info->moves == '\0')
            cr_expect_eq(info->scope, SCOPE_RUN, "%s moves nothing", info->key);
        else
            cr_expect_geq(metric_find(info->moves), 0, "%s moves %s, which is no metric", info->key,
                          info->moves);
    }
}

Test(parameters, mrs_rows)
{
    static const struct {
        enum parameter_id first;
        double size;
    } rows[] = {{P_PRESTROKE_NLVO, 0},  {P_PRESTROKE_LVO, 0},     {P_UNTREATED_NLVO, 1000},
                {P_UNTREATED_LVO, 600}, {P_UNTREATED_ICH, 263},   {P_IVT_LATE_NLVO, 1000},
                {P_IVT_LATE_LVO, 600},  {P_IVT_ONSET_NLVO, 1000}, {P_IVT_ONSET_LVO, 600},
                {P_MT_LATE_LVO, 600},   {P_MT_ONSET_LVO, 600}};
    enum parameter_id first;
    size_t cells = 0;
    for (int id = 0; id < PARAMETER_COUNT; id++)
        cells += parameter_is_row((enum parameter_id)id, &first);
    cr_expect_eq(cells, 6 * sizeof rows / sizeof *rows);
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
        for (int x = 0; x < 6; x++) {
            int id = (int)rows[r].first + x;
            const struct parameter_info *info = info_of(id);
            size_t length = strlen(info->key);
            cr_expect(parameter_is_row((enum parameter_id)id, &first) && first == rows[r].first);
            cr_expect(info->key[length - 2] == '.' && info->key[length - 1] == '0' + x, "%s",
                      info->key);
            cr_expect(x == 0 || info->value >= info_of(id - 1)->value, "%s falls", info->key);
            cr_expect_eq(info->effective_size, rows[r].size, "%s", info->key);
            cr_expect_eq(info->family, rows[r].size > 0 ? FAMILY_DIRICHLET : FAMILY_FIXED);
        }
    cr_expect_not(parameter_is_row(P_OUTCOME_MT_NO_EFFECT_MIN, &first));
    cr_expect_not(parameter_is_row(P_DEATH_ISCHAEMIC_3, &first));
}

/* The figures a reader would look for first, with the words printed beside them. */
Test(parameters, published_values)
{
    static const struct {
        const char *key;
        double value;
        const char *family, *scope, *standing;
    } published[] = {
        {"outcome.organised_care_or", .81, "lognormal", "effect", "verified"},
        {"organised_care.limit_hours", 4, "fixed", "configuration", "verified"},
        {"unit.organised_care_share", .59, "beta", "hospital", "derived"},
        {"hasu.organised_care_share", .95, "beta", "hospital", "verified"},
        {"unit.thrombolysis_rate", .04, "beta", "calibrated", "verified"},
        {"hasu.thrombolysis_rate", .12, "beta", "calibrated", "verified"},
        {"outcome.mortality_90d", .20, "beta", "calibrated", "derived"},
        {"outcome.ivt_no_effect_min", 378, "fixed", "effect", "verified"},
        {"outcome.mt_no_effect_min", 480, "fixed", "effect", "verified"},
        {"mt.treated_if_eligible", 0, "fixed", "hospital", "assumed"},
        {"outcome.mrs_haemorrhage.5", .601, "dirichlet", "effect", "derived"},
        {"cost.hasu_uplift_day_1_gbp", 665, "fixed", "configuration", "verified"},
        {"cost.hasu_uplift_day_2_3_gbp", 399, "fixed", "configuration", "verified"},
        {"cost.su_bed_day_gbp", 238, "fixed", "configuration", "verified"},
        {"journey.fixed_min", 5.8, "fixed", "cohort", "verified"},
        {"journey.per_freeflow_min", 1.0741, "fixed", "cohort", "verified"},
        {"transfer.door_in_door_out_min", 60, "gamma", "configuration", "verified"},
        {"run.max_inside", 50000, "fixed", "run", "assumed"},
    };
    for (size_t i = 0; i < sizeof published / sizeof *published; i++) {
        int id = parameter_find(published[i].key);
        cr_assert_geq(id, 0, "%s", published[i].key);
        const struct parameter_info *info = info_of(id);
        cr_expect_eq(info->value, published[i].value, "%s: %g", info->key, info->value);
        cr_expect_str_eq(parameter_family_name(info->family), published[i].family, "%s", info->key);
        cr_expect_str_eq(parameter_scope_name(info->scope), published[i].scope, "%s", info->key);
        cr_expect_str_eq(parameter_standing_name(info->standing), published[i].standing, "%s",
                         info->key);
    }
}
