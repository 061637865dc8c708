#include "scenarios/account.h"

#include <math.h>
#include <stdlib.h>

#include "scenarios/target.h"
#include "scenarios/unit_figure.h"

static bool open_arm(struct arm *arm, const struct experiment *experiment,
                     const struct experiment_options *options)
{
    const struct design *design = experiment->design;
    size_t hospitals = design->configuration[arm->configuration].hospitals;
    if (!options->whole_only) {
        arm->area = calloc(design->region.areas, sizeof *arm->area);
        arm->unit = calloc(hospitals, sizeof *arm->unit);
        arm->group = calloc(experiment->groups.groups + 1, sizeof *arm->group);
        arm->fifth = calloc(experiment->fifths.groups + 1, sizeof *arm->fifth);
        if (arm->area == NULL || arm->unit == NULL || arm->group == NULL || arm->fifth == NULL)
            return false;
    }
    arm->target = calloc(options->targets + 1, sizeof *arm->target);
    if (arm->target == NULL)
        return false;
    if (experiment->years > 0) {
        arm->yearly = calloc(experiment->years * (hospitals + 1), sizeof *arm->yearly);
        if (arm->yearly == NULL)
            return false;
    }
    if (options->census &&
        !kept_census_open(&arm->census, &experiment->model.service[arm->configuration],
                          kept_census_days((size_t)experiment->window_days)))
        return false;
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        arm->evidence[metric] = calloc(options->draws + 1, sizeof(double));
        if (!kept_open(&arm->year[metric]) || arm->evidence[metric] == NULL)
            return false;
    }
    return kept_open(&arm->qalys) && kept_open(&arm->lifetime_gbp);
}

static bool open_fifths(struct experiment *experiment)
{
    const struct region *region = &experiment->design->region;
    double *strokes = calloc(region->areas + 1, sizeof *strokes);
    for (size_t a = 0; strokes != NULL && a < region->areas; a++)
        strokes[a] = case_mix_area_strokes(experiment->model.mix, a);
    bool opened = strokes != NULL && area_groups_open_fifths(&experiment->fifths, region, strokes);
    free(strokes);
    return opened;
}

bool account_open(struct experiment *experiment, const struct experiment_options *options)
{
    experiment->arm = calloc(options->count, sizeof *experiment->arm);
    if (experiment->arm == NULL)
        return false;
    experiment->arms = options->count;
    bool opened = area_groups_open(&experiment->groups, &experiment->design->region) &&
                  open_fifths(experiment);
    experiment->pooled = calloc(2 * experiment->groups.groups + 1, sizeof *experiment->pooled);
    experiment->pooled_fifths =
        calloc(2 * experiment->fifths.groups + 1, sizeof *experiment->pooled_fifths);
    opened = opened && experiment->pooled != NULL && experiment->pooled_fifths != NULL;
    for (size_t a = 0; a < experiment->arms; a++) {
        experiment->arm[a].configuration = options->configurations[a];
        opened = opened && open_arm(&experiment->arm[a], experiment, options);
    }
    return opened;
}

static void add(struct tally *tally, double value)
{
    if (!isnan(value))
        tally_add(tally, value);
}

static void add_differences(struct arm *arm, const struct ledger *baseline,
                            const struct ledger *ledger)
{
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        add(&arm->difference[metric], experiment_difference(baseline, ledger, metric, false));
        kept_add(&arm->year[metric], experiment_difference(baseline, ledger, metric, true));
    }
    kept_add(&arm->qalys, experiment_difference(baseline, ledger, METRIC_QALYS_LIFETIME, false));
    kept_add(&arm->lifetime_gbp,
             experiment_difference(baseline, ledger, METRIC_COST_LIFETIME_GBP, false));
}

static void add_drivers(struct arm *arm, const struct ledger *baseline,
                        const struct trial_result *result)
{
    double saved[DRIVERS];
    double rest = experiment_difference(baseline, &result->ledger, METRIC_LIVES_SAVED, false);
    drivers_split(result->driver_deaths, saved);
    for (enum driver driver = 0; driver < DRIVERS; driver++) {
        tally_add(&arm->driver[driver], saved[driver]);
        rest -= saved[driver];
    }
    /* What is left is rounding, unless a configuration has effects of its own. */
    tally_add(&arm->driver[DRIVERS],
              fabs(rest) < 1e-9 * baseline->expected[METRIC_DEATHS_90D] ? 0 : rest);
}

/* The figures of an area's account, or of a group's; NAN where there is nobody. */
static void figures_of(const struct area_account *area, double years, double figure[AREA_METRICS])
{
    figure[AREA_STROKES] = area->strokes / years;
    figure[AREA_DEATHS_90D] = area->deaths / years;
    figure[AREA_TRAVEL_MIN] = area->travel_min / area->by_ambulance;
    figure[AREA_WITHIN_30_MIN] = area->within_30 / area->by_ambulance;
    figure[AREA_IVT_RATE] = area->thrombolysed / area->strokes;
    figure[AREA_ORGANISED_CARE] = area->organised / area->strokes;
    figure[AREA_MORTALITY_90D] = area->deaths / area->strokes;
    figure[AREA_MRS_0_2_90D] = area->mrs_0_2 / area->strokes;
    figure[AREA_AMBULANCE_HOURS] = area->ambulance_min / 60 / years;
    figure[AREA_VISITOR_TRAVEL_MIN] = area->visitor_min / area->strokes;
}

/* Accounts of areas or of groups of them. baseline: its accounts of the same, or NULL where it is
 * unstable; then there are no differences. */
static void add_areas(struct area_tallies tallies[], const struct area_account *baseline,
                      const struct area_account *account, size_t areas, double years)
{
    for (size_t a = 0; a < areas; a++) {
        double before[AREA_METRICS], after[AREA_METRICS];
        figures_of(&account[a], years, after);
        if (baseline != NULL)
            figures_of(&baseline[a], years, before);
        for (enum area_metric metric = 0; metric < AREA_METRICS; metric++) {
            add(&tallies[a].of[metric], after[metric]);
            if (baseline != NULL)
                add(&tallies[a].difference[metric], after[metric] - before[metric]);
        }
    }
}

enum unit_metric unit_metric_of_beds(enum bed_kind kind, unsigned which)
{
    return UNIT_METRIC_HASU_BEDS_IN_USE + METRICS_OF_BEDS * (unsigned)kind + which;
}

static void add_units(struct arm *arm, const struct service *service,
                      const struct trial_result *result, double years)
{
    for (size_t h = 0; h < service->hospitals; h++) {
        for (enum unit_metric metric = 0; metric < UNIT_METRICS; metric++)
            add(&arm->unit[h].of[metric],
                unit_figure(service, result->ledger.unit, &h, 1, metric, years));
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
            for (int level = 0; level < CENSUS_LEVELS; level++)
                arm->unit[h].days[kind][level] += result->day_counts[h].days[kind][level];
    }
}

static void add_years(struct arm *arm, size_t accounts, const struct year_account *account)
{
    for (size_t i = 0; i < accounts; i++) {
        struct year_tallies *of = &arm->yearly[i];
        tally_add(&of->strokes, account[i].strokes);
        tally_add(&of->deaths_90d, account[i].deaths);
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++) {
            tally_add(&of->in_use[kind], account[i].beds[kind].mean);
            tally_add(&of->in_use_p95[kind], account[i].beds[kind].p95);
        }
    }
}

static void add_places(const struct experiment *experiment, struct arm *arm,
                       const struct trial_result *result)
{
    double years = experiment->window_days / 365;
    const struct service *service = &experiment->model.service[arm->configuration];
    add_units(arm, service, result, years);
    add_years(arm, experiment->years * (service->hospitals + 1), result->year);
    if (arm->census.days > 0)
        kept_census_add(&arm->census, result->census);
}

/* Areas, and groups of them, beside those of the baseline. */
struct beside {
    struct experiment *experiment;
    size_t arm;
    const struct ledger *baseline; /* NULL: unstable */
    const struct ledger *ledger;
};

/* pooled: of the first arm, the baseline, whose stay in place, and then of another. */
static void add_pooled(const struct beside *beside, const struct area_groups *groups,
                       struct area_account pooled[], struct area_tallies tallies[])
{
    struct area_account *of_arm = pooled + (beside->arm > 0 ? groups->groups : 0);
    area_groups_pool(groups, beside->ledger->area, of_arm);
    add_areas(tallies, beside->baseline != NULL ? pooled : NULL, of_arm, groups->groups,
              beside->experiment->window_days / 365);
}

static void add_beside(const struct beside *beside)
{
    struct experiment *experiment = beside->experiment;
    struct arm *arm = &experiment->arm[beside->arm];
    add_areas(arm->area, beside->baseline != NULL ? beside->baseline->area : NULL,
              beside->ledger->area, experiment->design->region.areas,
              experiment->window_days / 365);
    add_pooled(beside, &experiment->groups, experiment->pooled, arm->group);
    add_pooled(beside, &experiment->fifths, experiment->pooled_fifths, arm->fifth);
}

static void add_targets(const struct experiment *experiment, struct arm *arm,
                        const struct trial_result *baseline, const struct trial_result *result)
{
    struct target_run run = {.service = &experiment->model.service[arm->configuration],
                             .configuration = arm->configuration,
                             .baseline = &baseline->ledger,
                             .ledger = &result->ledger,
                             .years = experiment->window_days / 365};
    for (size_t t = 0; t < experiment->targets; t++) {
        const struct target *target = &experiment->target[t];
        struct target_tally *tally = &arm->target[t];
        if (target->against_baseline && baseline->status != PATHWAY_OK)
            continue;
        add(&tally->value, target_value(target, &run, false));
        double drawn = target_value(target, &run, true);
        tally->years += isnan(drawn) ? 0 : 1;
        tally->years_met += target_is_met(target, drawn) ? 1 : 0;
    }
}

void account_add(struct experiment *experiment, const struct trial_results *results)
{
    const struct trial_result *baseline = &results->service[experiment->arm[0].configuration];
    double years = experiment->window_days / 365;
    bool baseline_stable = baseline->status == PATHWAY_OK;
    for (size_t a = 0; a < experiment->arms; a++) {
        struct arm *arm = &experiment->arm[a];
        const struct trial_result *result = &results->service[arm->configuration];
        arm->unstable |= result->status == PATHWAY_UNSTABLE;
        if (result->status != PATHWAY_OK)
            continue;
        for (enum metric metric = 0; metric < METRIC_COUNT; metric++)
            add(&arm->summary[metric], result->ledger.expected[metric]);
        if (baseline_stable) {
            add_differences(arm, &baseline->ledger, &result->ledger);
            if (a > 0 && arm->area != NULL)
                add_drivers(arm, &baseline->ledger, result);
        }
        for (enum bill_item item = 0; item < BILL_ITEMS; item++)
            tally_add(&arm->item[item], result->ledger.item_quantity[item]);
        add_targets(experiment, arm, baseline, result);
        if (arm->area != NULL) {
            add_places(experiment, arm, result);
            add_beside(&(struct beside){.experiment = experiment,
                                        .arm = a,
                                        .baseline = baseline_stable ? &baseline->ledger : NULL,
                                        .ledger = &result->ledger});
        }
        experiment->patients += (uint64_t)(result->ledger.drawn[METRIC_ADMISSIONS] * years + 0.5);
    }
    experiment->events += results->events;
}
