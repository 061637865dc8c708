/* Differences and their ranges, and the names of the figures by place. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/experiment.h"
#include "sim/estimate.h"

struct place_metric {
    const char *name, *unit;
};

static const struct place_metric of_area[AREA_METRICS] = {
    [AREA_STROKES] = {"strokes", "a year"},
    [AREA_TRAVEL_MIN] = {"travel_min", "min"},
    [AREA_WITHIN_30_MIN] = {"within_30_min", "share"},
    [AREA_IVT_RATE] = {"ivt_rate", "share"},
    [AREA_ORGANISED_CARE] = {"organised_care", "share"},
    [AREA_DEATHS_90D] = {"deaths_90d", "a year"},
    [AREA_MORTALITY_90D] = {"mortality_90d", "share"},
    [AREA_MRS_0_2_90D] = {"mrs_0_2_90d", "share"},
    [AREA_AMBULANCE_HOURS] = {"ambulance_hours", "hours a year"},
    [AREA_VISITOR_TRAVEL_MIN] = {"visitor_travel_min", "min"},
};

static const struct place_metric of_unit[UNIT_METRICS] = {
    [UNIT_METRIC_ADMISSIONS] = {"admissions", "a year"},
    [UNIT_METRIC_STROKES] = {"strokes", "a year"},
    [UNIT_METRIC_IVT_RATE] = {"ivt_rate", "share"},
    [UNIT_METRIC_DOOR_TO_NEEDLE_MIN] = {"door_to_needle_min", "min"},
    [UNIT_METRIC_TRAVEL_MIN] = {"travel_min", "min"},
    [UNIT_METRIC_ORGANISED_CARE] = {"organised_care", "share"},
    [UNIT_METRIC_DEATHS_90D] = {"deaths_90d", "a year"},
    [UNIT_METRIC_OUTLIERS] = {"outliers", "a year"},
    [UNIT_METRIC_DIVERTED] = {"diverted", "a year"},
    [UNIT_METRIC_BLOCKED_BED_DAYS] = {"blocked_bed_days", "days a year"},
    [UNIT_METRIC_NURSES_WTE] = {"nurses_wte", "WTE"},
    [UNIT_METRIC_HASU_BEDS_IN_USE] = {"hasu_beds_in_use", "beds"},
    [UNIT_METRIC_HASU_OCCUPANCY] = {"hasu_occupancy", "share of beds"},
    [UNIT_METRIC_HASU_WAIT_HOURS] = {"hasu_wait_hours", "hours"},
    [UNIT_METRIC_HASU_WAITED] = {"hasu_waited", "share"},
    [UNIT_METRIC_SU_BEDS_IN_USE] = {"su_beds_in_use", "beds"},
    [UNIT_METRIC_SU_OCCUPANCY] = {"su_occupancy", "share of beds"},
    [UNIT_METRIC_SU_WAIT_DAYS] = {"su_wait_days", "days"},
    [UNIT_METRIC_SU_WAITED] = {"su_waited", "share"},
    [UNIT_METRIC_REHAB_BEDS_IN_USE] = {"rehab_beds_in_use", "beds"},
    [UNIT_METRIC_REHAB_OCCUPANCY] = {"rehab_occupancy", "share of beds"},
    [UNIT_METRIC_REHAB_WAIT_DAYS] = {"rehab_wait_days", "days"},
    [UNIT_METRIC_REHAB_WAITED] = {"rehab_waited", "share"},
    [UNIT_METRIC_HASU_BEDS] = {"hasu_beds", "beds"},
    [UNIT_METRIC_SU_BEDS] = {"su_beds", "beds"},
    [UNIT_METRIC_REHAB_BEDS] = {"rehab_beds", "beds"},
};

const char *area_metric_name(enum area_metric metric)
{
    return of_area[metric].name;
}

const char *area_metric_unit(enum area_metric metric)
{
    return of_area[metric].unit;
}

const char *unit_metric_name(enum unit_metric metric)
{
    return of_unit[metric].name;
}

const char *unit_metric_unit(enum unit_metric metric)
{
    return of_unit[metric].unit;
}

int unit_metric_find(const char *name)
{
    for (enum unit_metric metric = 0; metric < UNIT_METRICS; metric++)
        if (strcmp(of_unit[metric].name, name) == 0)
            return (int)metric;
    return -1;
}

double experiment_difference(const struct ledger *baseline, const struct ledger *other,
                             enum metric metric, bool as_drawn)
{
    const double *before = as_drawn ? baseline->drawn : baseline->expected;
    const double *after = as_drawn ? other->drawn : other->expected;
    if (metric == METRIC_LIVES_SAVED)
        return before[METRIC_DEATHS_90D] - after[METRIC_DEATHS_90D];
    return after[metric] - before[metric];
}

bool experiment_is_comparable(const struct experiment *experiment, const struct arm *arm)
{
    return !arm->unstable && !experiment->arm[0].unstable;
}

static double prevented(const struct experiment *experiment, const struct arm *arm)
{
    const struct service *service = &experiment->model.service[arm->configuration];
    return service->parameters.value[P_DEMAND_PREVENTED_SHARE];
}

bool experiment_quotes(const struct experiment *experiment, const struct arm *arm,
                       enum metric metric)
{
    bool of_qalys = metric == METRIC_QALYS_90D || metric == METRIC_QALYS_LIFETIME ||
                    metric == METRIC_NET_MONETARY_BENEFIT_GBP;
    bool same_strokes = prevented(experiment, arm) == prevented(experiment, &experiment->arm[0]);
    return experiment_is_comparable(experiment, arm) && (same_strokes || !of_qalys);
}

static void quantiles(const double *value, size_t n, double p, double *low, double *high)
{
    *low = *high = NAN;
    double *known = malloc((n + 1) * sizeof *known);
    if (known == NULL)
        return;
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(value[i]))
            known[count++] = value[i];
    if (count > 0) {
        estimate_sort(known, count);
        *low = estimate_quantile_sorted(known, count, p);
        *high = estimate_quantile_sorted(known, count, 1 - p);
    }
    free(known);
}

void experiment_year_range(const struct arm *arm, enum metric metric, double *low, double *high)
{
    quantiles(arm->year[metric].value, arm->year[metric].n, 0.05, low, high);
}

void experiment_evidence_range(const struct experiment *experiment, const struct arm *arm,
                               enum metric metric, double *low, double *high)
{
    quantiles(arm->evidence[metric], experiment->draws, 0.025, low, high);
}

double experiment_evidence_middle(const struct experiment *experiment, const struct arm *arm,
                                  enum metric metric)
{
    double low, high;
    quantiles(arm->evidence[metric], experiment->draws, 0.5, &low, &high);
    return low;
}

double experiment_evidence_above_zero(const struct experiment *experiment, const struct arm *arm,
                                      enum metric metric)
{
    double above = 0, known = 0;
    for (uint64_t d = 0; d < experiment->draws; d++) {
        above += arm->evidence[metric][d] > 0;
        known += !isnan(arm->evidence[metric][d]);
    }
    return above / known;
}
