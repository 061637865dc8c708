/* The metrics: what a run says of a service, with unit, and how each is estimated. */
#ifndef MODELS_METRIC_H
#define MODELS_METRIC_H

#include <stdbool.h>

enum metric {
    METRIC_STROKES,
    METRIC_MIMICS,
    METRIC_TIAS,
    METRIC_ADMISSIONS,
    METRIC_DEATHS_7D,
    METRIC_DEATHS_30D,
    METRIC_DEATHS_90D,
    METRIC_DEATHS_IN_HOSPITAL,
    METRIC_MORTALITY_90D,
    METRIC_MRS_0_2_90D,
    METRIC_MEAN_MRS_90D,
    METRIC_ONSET_KNOWN,
    METRIC_ONSET_ON_WAKING,
    METRIC_IVT_RATE,
    METRIC_IVT_RATE_ISCHAEMIC,
    METRIC_MT_RATE,
    METRIC_TRAVEL_MIN,
    METRIC_TRAVEL_P95_MIN,
    METRIC_WITHIN_30_MIN,
    METRIC_WITHIN_60_MIN,
    METRIC_RESPONSE_MIN,
    METRIC_RESPONSE_P95_MIN,
    METRIC_CALL_TO_DOOR_MIN,
    METRIC_ONSET_TO_DOOR_MIN,
    METRIC_DOOR_TO_SCAN_MIN,
    METRIC_DOOR_TO_SCAN_P50_MIN,
    METRIC_DOOR_TO_NEEDLE_MIN,
    METRIC_DOOR_TO_NEEDLE_P50_MIN,
    METRIC_ONSET_TO_NEEDLE_MIN,
    METRIC_ONSET_TO_NEEDLE_P50_MIN,
    METRIC_ONSET_TO_PUNCTURE_MIN,
    METRIC_ONSET_TO_PUNCTURE_P50_MIN,
    METRIC_DIRECT_TO_HASU,
    METRIC_ORGANISED_CARE,
    METRIC_HASU_OCCUPANCY,
    METRIC_SU_OCCUPANCY,
    METRIC_REHAB_OCCUPANCY,
    METRIC_HASU_BEDS_IN_USE,
    METRIC_SU_BEDS_IN_USE,
    METRIC_REHAB_BEDS_IN_USE,
    METRIC_HASU_WAIT_HOURS,
    METRIC_SU_WAIT_DAYS,
    METRIC_REHAB_WAIT_DAYS,
    METRIC_OUTLIERS,
    METRIC_DIVERTED,
    METRIC_TRANSFERS,
    METRIC_REPATRIATED_AWAY,
    METRIC_BLOCKED_BED_DAYS,
    METRIC_DELAYED_DISCHARGE_DAYS,
    METRIC_NURSES_WTE,
    METRIC_VISITOR_TRAVEL_MIN,
    METRIC_AMBULANCE_HOURS,
    METRIC_FLEET_UTILISATION,
    METRIC_LOS_DAYS,
    METRIC_COST_90D_GBP,
    METRIC_COST_PER_PATIENT_90D_GBP,
    METRIC_COST_LIFETIME_GBP,
    METRIC_QALYS_90D,
    METRIC_QALYS_LIFETIME,
    METRIC_NET_MONETARY_BENEFIT_GBP,
    METRIC_LIVES_SAVED, /* in differences only */
    METRIC_COUNT
};

struct metric_info {
    const char *name, *unit, *meaning;
    bool by_probability; /* estimated from each patient's probabilities, not the drawn outcome */
};

const struct metric_info *metric_info(enum metric metric);

/* The metric of a name, or -1. */
int metric_find(const char *name);

/* What the metric of a name is measured in ("" if there is none), and its meaning (the name). */
const char *metric_unit(const char *name);
const char *metric_meaning(const char *name);

#endif
