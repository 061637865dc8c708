#include "scenarios/report/scores.h"

static const struct score quality[] = {
    {"deaths_90d", "Deaths within 90 days, a year", "", false},
    {"mortality_90d", "Dead within 90 days, % of strokes", "share", false},
    {"mrs_0_2_90d", "Alive and independent at 90 days, % of strokes", "share", false},
    {"qalys_lifetime", "Years of life in full health (QALYs) of a year's patients", "", false},
    {"ivt_rate", "Given clot-busting treatment, % of strokes", "share", false},
    {"mt_rate", "Clot removed through an artery, % of strokes", "share", false},
    {"onset_to_needle_min", "From first symptoms to clot-busting treatment, minutes", "", false},
    {"door_to_scan_p50_min", "From the hospital's door to the scan, typical minutes", "", false},
    {"organised_care", "Safety: cared for on a stroke unit, % of strokes", "share", false},
    {"outliers", "Safety: on a general ward for want of a stroke bed, a year", "", false},
    {"diverted", "Safety: ambulances sent on from a full unit, a year", "", false},
    {"within_60_min", "Safety: ambulance journey within 60 minutes, % of strokes", "share", false},
};

static const struct score productivity[] = {
    {"cost_per_patient_90d_gbp", "Cost of the first 90 days, GBP a stroke", "", false},
    {"cost_lifetime_gbp", "Cost over the lives of a year's patients, GBP million", "", true},
    {"net_monetary_benefit_gbp", "Health at its threshold price less cost, GBP million a year", "",
     true},
    {"los_days", "Days in hospital, a patient", "", false},
    {"hasu_beds_in_use", "Hyper-acute beds in use", "", false},
    {"su_beds_in_use", "Stroke-unit beds in use", "", false},
    {"rehab_beds_in_use", "Rehabilitation beds in use", "", false},
    {"hasu_occupancy", "Hyper-acute beds occupied, %", "share", false},
    {"su_occupancy", "Stroke-unit beds occupied, %", "share", false},
    {"blocked_bed_days", "Hyper-acute bed-days blocked, a year", "", false},
    {"transfers", "Moves between hospitals, a year", "", false},
    {"ambulance_hours", "Ambulance hours, a year", "", false},
    {"nurses_wte", "Nurses for the counted beds, full-time", "", false},
};

struct scores scores_of_quality(void)
{
    return (struct scores){quality, sizeof quality / sizeof *quality};
}

struct scores scores_of_productivity(void)
{
    return (struct scores){productivity, sizeof productivity / sizeof *productivity};
}
