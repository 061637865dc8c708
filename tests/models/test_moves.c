#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/models/small_region.h"

/*
 * MODEL.md section 9: each parameter of the dictionary pushed to its bounds moves the metric that
 * the dictionary says it moves.
 *
 * The scenario is solved for as written; the push is a change to what runs, in both configurations
 * (the calibrated levels in both). Expected figures of a few replications are compared, and since
 * every patient keeps its luck, a parameter that does nothing leaves every digit as it was.
 */

enum { REPLICATIONS = 4, YEARS = 2 };

struct outcome {
    double metric[2][METRIC_COUNT];
};

/* Where a bound is absurd or impossible, or has no effect for a good reason: what to set instead.
 * NAN: that side is left out. */
static const struct push {
    enum parameter_id id;
    double low, high;
    size_t configuration;
    const char *reason;
} instead[] = {
    {P_DEMAND_MULTIPLIER, .5, 2, BOTH, "none, or 20 times the demand"},
    {P_DEMAND_GROWTH, -.2, .2, BOTH, "beds full for ever"},
    {P_DEMAND_GROWTH_0_64, -.2, .2, BOTH, "beds full for ever"},
    {P_DEMAND_GROWTH_65_79, -.2, .2, BOTH, "beds full for ever"},
    {P_DEMAND_GROWTH_80_PLUS, -.2, .2, BOTH, "beds full for ever"},
    {P_DEMAND_PREVENTED_SHARE, NAN, .5, CENTRAL, "nobody is left to have a mean"},
    {P_DEMAND_RATE_0_64, 0, 60, BOTH, "enormous demand"},
    {P_DEMAND_RATE_65_79, 0, 600, BOTH, "enormous demand"},
    {P_DEMAND_RATE_80_PLUS, 0, 2000, BOTH, "enormous demand"},
    {P_DEMAND_MIMIC_SHARE, 0, .5, BOTH, "ten mimics a stroke"},
    {P_POLICY_NAME, 0, NAN, CENTRAL, "the local configuration has no HASU to go to"},
    {P_POLICY_DIVERT_WHEN_FULL, NAN, 1, BOTH, "0 is the default"},
    {P_POLICY_TREAT_ONLY_IF_BENEFIT, NAN, 1, BOTH, "0 is the default"},
    {P_POLICY_BYPASS_LIMIT_MIN, 0, 10, BOTH, "no way is 30 min longer in the small region"},
    {P_MT_TRANSFER, 0, NAN, BOTH, "1 is the default"},
    {P_POLICY_ELSEWHERE_SHARE, 0, 1, CENTRAL, "by policy, local units have no elsewhere"},
    {P_UNIT_THROMBOLYSIS_RATE, 0, .08, BOTH, "no more are in time"},
    {P_HASU_THROMBOLYSIS_RATE, 0, .2, BOTH, "no more are in time"},
    {P_BEDS_LIMITED, 0, NAN, BOTH, "1 is the default"},
    {P_OUTCOME_HAEMORRHAGE_SHARE_OF_EFFECT, 0, NAN, BOTH, "1 is the default"},
    {P_STAY_HASU_MEAN_DAYS, 1, 8, BOTH, "beds full for ever"},
    {P_STAY_HASU_SD_DAYS, 0, 8, BOTH, "stays of years"},
    {P_STAY_SU_MEAN_DAYS, 5, 40, BOTH, "beds full for ever"},
    {P_STAY_SU_SD_DAYS, 0, 30, BOTH, "stays of years"},
    {P_STAY_MIMIC_MEAN_DAYS, .01, 6, BOTH, "beds full for ever"},
    {P_STAY_MIMIC_SD_DAYS, 0, 6, BOTH, "stays of years"},
    {P_JOURNEY_ADDED_MIN, NAN, 30, BOTH, "0 is the default"},
    {P_JOURNEY_ROAD_FIT_KM, 10, 40, BOTH, "the fit means nothing far outside"},
    {P_COST_SETUP_PER_PATIENT_GBP, NAN, 500, BOTH, "0 is the default in one"},
    {P_COST_HASU_UPLIFT_REPLACES, NAN, 1, BOTH, "0 is the default"},
    {P_OUTCOME_UTILITY_SET, NAN, 1, BOTH, "0 is the default"},
    {P_BEDS_OUTLIER_AFTER_HOURS, NAN, 2, BOTH, "0 is the default, and nobody waits a year"},
    {P_STAY_REHAB_MEAN_DAYS, 5, 60, BOTH, "beds full for ever"},
    {P_STAY_REHAB_SD_DAYS, 0, 60, BOTH, "stays of years"},
    {P_STAY_REHAB_NEEDED_SHARE, 0, .2, BOTH, "beds full for ever"},
    {P_TREATMENT_VOLUME_EFFECT, 0, NAN, BOTH, "in company, 1 is the default"},
    {P_TREATMENT_VOLUME_25_SAVES_MIN, 0, 20, BOTH, "no unit is so slow"},
    {P_TREATMENT_VOLUME_50_SAVES_MIN, 0, 35, BOTH, "no unit is so slow"},
    {P_LIFETIME_METHOD, NAN, 1, BOTH, "0 is the default"},
    {P_AMBULANCE_AT_HOSPITAL_MIN, 0, 60, BOTH, "no vehicle would ever be free"},
    {P_FLEET_OTHER_CALLS, 0, 40, BOTH, "calls wait for ever"},
    {P_FLEET_OTHER_JOB_P50_MIN, 30, 90, BOTH, "calls wait for ever"},
    {P_FLEET_OTHER_JOB_SIGMA, 0, .8, BOTH, "calls wait for ever"},
};

/* Where one side is enough, and why. */
static const struct {
    const char *key; /* how it begins */
    const char *reason;
} one_side[] = {
    {"patient.onset_to_arrival.", "a curve never falls: below its neighbour a share does nothing"},
    {"ivt.arrival_limit_min", "the limit of the scan after onset is as short"},
    {"discharge.care_home_share_mrs_", "under 1% of a few hundred may be nobody"},
    {"outcome.mrs_prestroke_", "the cap binds for few, and then from one side"},
    {"outcome.mrs_ivt", "a handful treated late or at onset: only the sign of a contest turns"},
    {"outcome.deaths_by_day.", "beyond its neighbour a share does nothing"},
};

/* What acts only in company has it, in what it is compared with as well. */
enum company {
    COMPANY_NONE,
    COMPANY_MOTHERSHIP, /* what only that policy reads */
    COMPANY_WANG,       /* the utilities of that set */
    COMPANY_VOLUME,     /* the minutes that volume saves */
    COMPANY_FLEET,      /* ambulances with stations, and other calls */
    COMPANY_LATER,      /* rehabilitation beds, and early supported discharge */
    COMPANIES
};

static enum company company_of(enum parameter_id id)
{
    if (id >= P_UTILITY_WANG_0 && id <= P_UTILITY_WANG_5)
        return COMPANY_WANG;
    if (id >= P_AMBULANCE_AT_HOSPITAL_MIN && id <= P_FLEET_OTHER_JOB_SIGMA)
        return COMPANY_FLEET;
    if ((id >= P_STAY_REHAB_NEEDED_SHARE && id <= P_STAY_REHAB_SD_DAYS) ||
        id == P_DISCHARGE_EARLY_SUPPORTED_SAVES || id == P_STAFF_NURSES_REHAB ||
        id == P_COST_REHAB_BED_DAY_GBP || id == P_COST_EARLY_SUPPORTED_GBP)
        return COMPANY_LATER;
    if (id >= P_TREATMENT_VOLUME_EFFECT && id <= P_TREATMENT_VOLUME_50_SAVES_MIN)
        return COMPANY_VOLUME;
    bool score = id >= P_SCORE_SENSITIVITY && id <= P_SCORE_TIA_POSITIVE;
    return score || id == P_POLICY_BYPASS_LIMIT_MIN ? COMPANY_MOTHERSHIP : COMPANY_NONE;
}

static void open_design(struct design *design, enum company company)
{
    small_design_busy(design);
    if (company == COMPANY_WANG)
        small_design_push(design, BOTH, P_OUTCOME_UTILITY_SET, UTILITY_WANG);
    if (company == COMPANY_VOLUME) {
        small_design_unlimited(design);
        small_design_grow(design, 20);
        small_design_push(design, BOTH, P_TREATMENT_VOLUME_EFFECT, 1);
    }
    if (company == COMPANY_FLEET) {
        small_design_fleet(design, 3);
        small_design_push(design, BOTH, P_FLEET_OTHER_CALLS, 20);
    }
    if (company == COMPANY_LATER) {
        small_design_rehab(design, 6);
        small_design_push(design, BOTH, P_DISCHARGE_EARLY_SUPPORTED_SHARE, .5);
    }
    if (company != COMPANY_MOTHERSHIP)
        return;
    struct configuration *central = &design->configuration[CENTRAL];
    central->hospital[SITE_BIRCH].roles |= ROLE_STROKE;
    central->written_hospital[SITE_BIRCH].roles |= ROLE_STROKE;
    small_design_write(design, CENTRAL, P_POLICY_NAME, POLICY_MOTHERSHIP);
}

static int sides_needed(const char *key)
{
    for (size_t i = 0; i < sizeof one_side / sizeof *one_side; i++)
        if (strncmp(key, one_side[i].key, strlen(one_side[i].key)) == 0)
            return 1;
    return 2;
}

/* Never pushed: nobody is dead before the stroke, so the last cell is 1 whatever else. */
static bool is_left_out(enum parameter_id id)
{
    return id == P_PRESTROKE_NLVO_5 || id == P_PRESTROKE_LVO_5;
}

/* A cell of an mRS row goes halfway to its neighbours: rows never fall. */
static bool push_row_cell(const double *central, enum parameter_id id, double *low, double *high)
{
    enum parameter_id first;
    if (!parameter_is_row(id, &first))
        return false;
    double before = id == first ? 0 : central[id - 1];
    double after = id == first + 5 ? 1 : central[id + 1];
    *low = (before + central[id]) / 2;
    *high = (central[id] + after) / 2;
    return true;
}

static struct push push_of(const double *central, enum parameter_id id)
{
    for (size_t i = 0; i < sizeof instead / sizeof *instead; i++)
        if (instead[i].id == id)
            return instead[i];
    const struct parameter_info *info = parameter_info(id);
    struct push push = {id, info->smallest, info->largest, BOTH, NULL};
    if (!push_row_cell(central, id, &push.low, &push.high) && info->scope == SCOPE_CALIBRATED) {
        push.low = info->low;
        push.high = info->high;
    }
    return push;
}

static void run_design(const struct design *design, struct outcome *outcome)
{
    struct small_run run;
    *outcome = (struct outcome){0};
    small_run_open(&run, design, YEARS);
    run.trial.drivers = false;
    for (uint64_t replication = 1; replication <= REPLICATIONS; replication++) {
        small_run_replication(&run, replication);
        for (size_t s = 0; s < 2; s++)
            for (enum metric m = 0; m < METRIC_COUNT; m++) {
                double value = small_run_expected(&run, s, m);
                outcome->metric[s][m] += isnan(value) ? -1e6 : value; /* not applicable counts */
            }
    }
    double saved =
        outcome->metric[LOCAL][METRIC_DEATHS_90D] - outcome->metric[CENTRAL][METRIC_DEATHS_90D];
    outcome->metric[LOCAL][METRIC_LIVES_SAVED] = outcome->metric[CENTRAL][METRIC_LIVES_SAVED] =
        saved;
    small_run_close(&run);
}

static bool moves(const struct outcome *a, const struct outcome *b, enum metric metric)
{
    return a->metric[0][metric] != b->metric[0][metric] ||
           a->metric[1][metric] != b->metric[1][metric];
}

static bool pushed_moves(const struct push *push, double value, const struct outcome *as_is,
                         enum metric metric)
{
    struct design design;
    struct outcome pushed;
    open_design(&design, company_of(push->id));
    if (parameter_info(push->id)->scope == SCOPE_CALIBRATED)
        small_design_write(&design, push->configuration, push->id, value);
    else
        small_design_push(&design, push->configuration, push->id, value);
    small_design_estimate(&design);
    run_design(&design, &pushed);
    design_fini(&design);
    return moves(as_is, &pushed, metric);
}

static void test_parameter(const struct design *design, const struct outcome *as_is,
                           enum parameter_id id)
{
    const struct parameter_info *info = parameter_info(id);
    const double *central = design->configuration[CENTRAL].parameters.value;
    int metric = metric_find(info->moves);
    if (metric < 0)
        return; /* test_parameters.c says so */
    struct push push = push_of(central, id);
    double value[2] = {push.low, push.high};
    int moved = 0, pushed = 0;
    for (int side = 0; side < 2; side++) {
        bool already = same(value[side], design->configuration[LOCAL].parameters.value[id]) &&
                       same(value[side], central[id]);
        if (isnan(value[side]) || already)
            continue;
        pushed++;
        moved += pushed_moves(&push, value[side], as_is, (enum metric)metric);
    }
    int needed = sides_needed(info->key) < pushed ? sides_needed(info->key) : pushed;
    cr_expect(moved >= needed && needed > 0, "%s from %g to %g or %g moves %s %d times of %d",
              info->key, info->value, value[0], value[1], info->moves, moved, pushed);
}

/* Tests of a slice of the dictionary each, so that they run side by side. */
enum { SLICES = 4 };

static void test_slice(int slice)
{
    struct design design[COMPANIES];
    struct outcome as_is[COMPANIES];
    for (enum company company = 0; company < COMPANIES; company++) {
        open_design(&design[company], company);
        run_design(&design[company], &as_is[company]);
    }
    for (enum parameter_id id = 0; id < PARAMETER_COUNT; id++) {
        if ((int)id % SLICES != slice || parameter_info(id)->scope == SCOPE_RUN || is_left_out(id))
            continue;
        test_parameter(&design[company_of(id)], &as_is[company_of(id)], id);
    }
    for (enum company company = 0; company < COMPANIES; company++)
        design_fini(&design[company]);
}

Test(moves, first_quarter_of_the_dictionary)
{
    test_slice(0);
}

Test(moves, second_quarter_of_the_dictionary)
{
    test_slice(1);
}

Test(moves, third_quarter_of_the_dictionary)
{
    test_slice(2);
}

Test(moves, last_quarter_of_the_dictionary)
{
    test_slice(3);
}
