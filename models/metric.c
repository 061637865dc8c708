#include "models/metric.h"

#include <string.h>

static const struct metric_info info[METRIC_COUNT] = {
    [METRIC_STROKES] = {"strokes", "a year", "strokes (I61, I63, I64)", false},
    [METRIC_MIMICS] = {"mimics", "a year", "mimics and TIA on the stroke pathway", false},
    [METRIC_TIAS] = {"tias", "a year", "TIA on the stroke pathway", false},
    [METRIC_ADMISSIONS] = {"admissions", "a year", "everyone on the stroke pathway", false},
    [METRIC_DEATHS_7D] = {"deaths_7d", "a year", "deaths by day 7", true},
    [METRIC_DEATHS_30D] = {"deaths_30d", "a year", "deaths by day 30", true},
    [METRIC_DEATHS_90D] = {"deaths_90d", "a year", "deaths by day 90", true},
    [METRIC_DEATHS_IN_HOSPITAL] = {"deaths_in_hospital", "a year", "deaths before discharge",
                                   false},
    [METRIC_MORTALITY_90D] = {"mortality_90d", "share", "dead by day 90", true},
    [METRIC_MRS_0_2_90D] = {"mrs_0_2_90d", "share", "alive and independent (mRS 0-2) at day 90",
                            true},
    [METRIC_MEAN_MRS_90D] = {"mean_mrs_90d", "mRS", "mean mRS at day 90, death counted as 6", true},
    [METRIC_ONSET_KNOWN] = {"onset_known", "share", "strokes whose onset time is known", false},
    [METRIC_ONSET_ON_WAKING] = {"onset_on_waking", "share", "strokes noticed on waking", false},
    [METRIC_IVT_RATE] = {"ivt_rate", "share", "thrombolysed, of all strokes", false},
    [METRIC_IVT_RATE_ISCHAEMIC] = {"ivt_rate_ischaemic", "share",
                                   "thrombolysed, of ischaemic strokes", false},
    [METRIC_MT_RATE] = {"mt_rate", "share", "thrombectomy, of all strokes", false},
    [METRIC_TRAVEL_MIN] = {"travel_min", "min", "ambulance journey, mean", false},
    [METRIC_TRAVEL_P95_MIN] = {"travel_p95_min", "min", "ambulance journey, 95th centile", false},
    [METRIC_WITHIN_30_MIN] = {"within_30_min", "share", "ambulance journey of at most 30 min",
                              false},
    [METRIC_WITHIN_60_MIN] = {"within_60_min", "share", "ambulance journey of at most 60 min",
                              false},
    [METRIC_RESPONSE_MIN] = {"response_min", "min", "call to the crew's arrival, mean", false},
    [METRIC_RESPONSE_P95_MIN] = {"response_p95_min", "min",
                                 "call to the crew's arrival, 95th centile", false},
    [METRIC_CALL_TO_DOOR_MIN] = {"call_to_door_min", "min",
                                 "call to the first hospital's door, by ambulance", false},
    [METRIC_ONSET_TO_DOOR_MIN] = {"onset_to_door_min", "min",
                                  "onset to the treating hospital's door", false},
    [METRIC_DOOR_TO_SCAN_MIN] = {"door_to_scan_min", "min", "arrival to scan, mean", false},
    [METRIC_DOOR_TO_SCAN_P50_MIN] = {"door_to_scan_p50_min", "min", "arrival to scan, median",
                                     false},
    [METRIC_DOOR_TO_NEEDLE_MIN] = {"door_to_needle_min", "min", "arrival to thrombolysis, mean",
                                   false},
    [METRIC_DOOR_TO_NEEDLE_P50_MIN] = {"door_to_needle_p50_min", "min",
                                       "arrival to thrombolysis, median", false},
    [METRIC_ONSET_TO_NEEDLE_MIN] = {"onset_to_needle_min", "min", "onset to thrombolysis, mean",
                                    false},
    [METRIC_ONSET_TO_NEEDLE_P50_MIN] = {"onset_to_needle_p50_min", "min",
                                        "onset to thrombolysis, median", false},
    [METRIC_ONSET_TO_PUNCTURE_MIN] = {"onset_to_puncture_min", "min", "onset to thrombectomy, mean",
                                      false},
    [METRIC_ONSET_TO_PUNCTURE_P50_MIN] = {"onset_to_puncture_p50_min", "min",
                                          "onset to thrombectomy, median", false},
    [METRIC_DIRECT_TO_HASU] = {"direct_to_hasu", "share",
                               "strokes whose first hospital is a HASU that treats them", false},
    [METRIC_ORGANISED_CARE] = {"organised_care", "share", "strokes with organised stroke-unit care",
                               false},
    [METRIC_HASU_OCCUPANCY] = {"hasu_occupancy", "share of beds", "hyper-acute beds in use", false},
    [METRIC_SU_OCCUPANCY] = {"su_occupancy", "share of beds", "stroke-unit beds in use", false},
    [METRIC_REHAB_OCCUPANCY] = {"rehab_occupancy", "share of beds", "rehabilitation beds in use",
                                false},
    [METRIC_HASU_BEDS_IN_USE] = {"hasu_beds_in_use", "beds", "hyper-acute beds in use, on average",
                                 false},
    [METRIC_SU_BEDS_IN_USE] = {"su_beds_in_use", "beds", "stroke-unit beds in use, on average",
                               false},
    [METRIC_REHAB_BEDS_IN_USE] = {"rehab_beds_in_use", "beds",
                                  "rehabilitation beds in use, on average", false},
    [METRIC_HASU_WAIT_HOURS] = {"hasu_wait_hours", "hours", "wait for a hyper-acute bed, mean",
                                false},
    [METRIC_SU_WAIT_DAYS] = {"su_wait_days", "days", "wait for a stroke-unit bed, mean", false},
    [METRIC_REHAB_WAIT_DAYS] = {"rehab_wait_days", "days", "wait for a rehabilitation bed, mean",
                                false},
    [METRIC_OUTLIERS] = {"outliers", "a year",
                         "patients who stay on a general ward for want of a stroke bed", false},
    [METRIC_DIVERTED] = {"diverted", "a year", "ambulances sent on from a full unit", false},
    [METRIC_TRANSFERS] = {"transfers", "a year", "moves between hospitals", false},
    [METRIC_REPATRIATED_AWAY] = {"repatriated_away", "a year",
                                 "moves to a stroke unit that is not the area's own", false},
    [METRIC_BLOCKED_BED_DAYS] = {"blocked_bed_days", "days a year",
                                 "hyper-acute bed-days spent waiting for a stroke-unit bed", false},
    [METRIC_DELAYED_DISCHARGE_DAYS] = {"delayed_discharge_days", "days a year",
                                       "bed-days of patients ready to leave for home, a care home "
                                       "or rehabilitation",
                                       false},
    [METRIC_NURSES_WTE] = {"nurses_wte", "WTE", "nurses for the counted stroke beds", false},
    [METRIC_VISITOR_TRAVEL_MIN] = {"visitor_travel_min", "min",
                                   "from home to the hospital of the longest stay, strokes, mean",
                                   false},
    [METRIC_AMBULANCE_HOURS] = {"ambulance_hours", "hours a year",
                                "ambulance time, from the call to the door or, with a fleet, from "
                                "setting out until back",
                                false},
    [METRIC_FLEET_UTILISATION] = {"fleet_utilisation", "share of vehicle hours",
                                  "ambulances away from their stations", false},
    [METRIC_LOS_DAYS] = {"los_days", "days a patient", "whole inpatient stay, strokes", false},
    [METRIC_COST_90D_GBP] = {"cost_90d_gbp", "GBP a year", "cost of the first 90 days, everyone's",
                             false},
    [METRIC_COST_PER_PATIENT_90D_GBP] = {"cost_per_patient_90d_gbp", "GBP a stroke",
                                         "cost of the first 90 days, everyone's, for each stroke",
                                         false},
    [METRIC_COST_LIFETIME_GBP] = {"cost_lifetime_gbp", "GBP a year",
                                  "cost of a year's patients over their lives, 90 days included",
                                  true},
    [METRIC_QALYS_90D] = {"qalys_90d", "a year", "QALYs of the first 90 days, strokes", true},
    [METRIC_QALYS_LIFETIME] = {"qalys_lifetime", "a year",
                               "QALYs of a year's strokes over their lives, 90 days included",
                               true},
    [METRIC_NET_MONETARY_BENEFIT_GBP] = {"net_monetary_benefit_gbp", "GBP a year",
                                         "lifetime QALYs at their threshold less lifetime cost",
                                         true},
    [METRIC_LIVES_SAVED] = {"lives_saved", "a year", "fewer deaths by day 90 than the baseline",
                            true},
};

const struct metric_info *metric_info(enum metric metric)
{
    return &info[metric];
}

int metric_find(const char *name)
{
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++)
        if (strcmp(info[metric].name, name) == 0)
            return (int)metric;
    return -1;
}

const char *metric_unit(const char *name)
{
    int found = metric_find(name);
    return found < 0 ? "" : info[found].unit;
}

const char *metric_meaning(const char *name)
{
    int found = metric_find(name);
    return found < 0 ? name : info[found].meaning;
}
