#include "models/patient.h"

#include <math.h>

#include "models/case_mix_inside.h"
#include "sim/variate.h"

const char *stroke_type_name(enum stroke_type type)
{
    static const char *const names[] = {"nlvo", "lvo", "haemorrhage", "mimic", "tia"};
    return names[type];
}

static double curve_inverse(const struct curve *curve, double u)
{
    size_t end = curve->points - 1;
    if (u < curve->share[end])
        return variate_piecewise(u, curve->share, curve->minutes, curve->points);
    /* Beyond the last published point, evenly in the logarithm of time. */
    double beyond = (u - curve->share[end]) / (1 - curve->share[end]);
    double from = curve->minutes[end];
    return from * pow(fmax(1, curve->last_min / from), beyond);
}

static uint32_t draw_area(const struct case_mix *mix, double u)
{
    size_t at = mix->area_guide[(size_t)(u * (double)mix->areas)];
    while (mix->area_cumulative[at] <= u)
        at++;
    return (uint32_t)at;
}

static enum age_band draw_band(const struct case_mix *mix, uint32_t area, double u)
{
    const double *cumulative = mix->band_cumulative[area];
    enum age_band band = BAND_0_64;
    while (u >= cumulative[band] && band < AGE_BANDS - 1)
        band++;
    return band;
}

enum age_band patient_draw_band(const struct case_mix *mix, const double uniform[])
{
    return draw_band(mix, draw_area(mix, uniform[DRAW_AREA]), uniform[DRAW_AGE]);
}

/* One uniform gives the band and then, rescaled, the class and the age within it. */
static double draw_age(const struct case_mix *mix, uint32_t area, double u, size_t *age_class)
{
    const double *cumulative = mix->band_cumulative[area];
    size_t b = draw_band(mix, area, u);
    double below = b == 0 ? 0 : cumulative[b - 1];
    u = (u - below) / (cumulative[b] - below);
    size_t c = case_mix_band_first[b];
    while (u >= mix->age_cumulative[c] && c < case_mix_band_first[b + 1] - 1)
        c++;
    below = c == case_mix_band_first[b] ? 0 : mix->age_cumulative[c - 1];
    u = (u - below) / (mix->age_cumulative[c] - below);
    *age_class = c;
    return case_mix_age_from[c] + u * (case_mix_age_from[c + 1] - case_mix_age_from[c]);
}

static double stay_days(struct lognormal stay, double u)
{
    return variate_lognormal(u, stay.mu, stay.sigma);
}

static void draw_mimic(const struct case_mix *mix, const double *uniform, struct patient *patient)
{
    patient->type = uniform[DRAW_TYPE] < mix->tia ? TYPE_TIA : TYPE_MIMIC;
    patient->by_ambulance = uniform[DRAW_AMBULANCE] < mix->ambulance[0];
    patient->onset_to_arrival_min =
        curve_inverse(&mix->onset_to_arrival[0], uniform[DRAW_ONSET_TO_ARRIVAL]);
    patient->hasu_days = stay_days(mix->mimic, uniform[DRAW_STAY_HASU]);
}

static void draw_type(const struct case_mix *mix, const double *uniform, size_t age_class,
                      struct patient *patient)
{
    if (uniform[DRAW_TYPE] < mix->haemorrhage[age_class]) {
        patient->type = TYPE_HAEMORRHAGE;
        patient->nihss = severity_haemorrhage(&mix->severity, uniform[DRAW_NIHSS]);
    } else {
        patient->nihss =
            severity_ischaemic(&mix->severity, age_class, patient->male, uniform[DRAW_NIHSS]);
        patient->type = patient->nihss >= mix->lvo_from_nihss ? TYPE_LVO : TYPE_NLVO;
    }
}

/* Where and how it began, and how long until they arrive. */
static void draw_onset(const struct case_mix *mix, const double *uniform, struct patient *patient)
{
    size_t severity = patient->nihss <= 5 ? 0 : patient->nihss < NIHSS_SEVERE ? 1 : 2;
    patient->in_hospital = uniform[DRAW_IN_HOSPITAL] < mix->in_hospital;
    patient->by_ambulance =
        !patient->in_hospital && uniform[DRAW_AMBULANCE] < mix->ambulance[severity == 2];
    patient->onset_known = uniform[DRAW_ONSET_KNOWN] < mix->onset_known[patient->type];
    patient->on_waking = !patient->onset_known && uniform[DRAW_ONSET_KNOWN] >= 1 - mix->on_waking;
    patient->onset_to_arrival_min =
        curve_inverse(&mix->onset_to_arrival[severity], uniform[DRAW_ONSET_TO_ARRIVAL]);
}

void patient_draw_attack(const struct case_mix *mix, const double uniform[], size_t age_class,
                         struct patient *patient)
{
    draw_type(mix, uniform, age_class, patient);
    draw_onset(mix, uniform, patient);
}

static void draw_stroke(const struct case_mix *mix, const double *uniform, size_t age_class,
                        struct patient *patient)
{
    patient_draw_attack(mix, uniform, age_class, patient);
    const double *before = mix->before[patient->type == TYPE_LVO];
    while (patient->mrs_before < 5 && uniform[DRAW_MRS] >= before[patient->mrs_before])
        patient->mrs_before++;
    patient->hasu_days = stay_days(mix->hasu, uniform[DRAW_STAY_HASU]);
    patient->su_needed = uniform[DRAW_SU_NEEDED] < mix->su_needed;
    patient->su_days = patient->su_needed ? stay_days(mix->su, uniform[DRAW_STAY_SU]) : 0;
    patient->rehab_needed = uniform[DRAW_REHAB_NEEDED] < mix->rehab_needed;
    patient->rehab_days =
        patient->rehab_needed ? stay_days(mix->rehab, uniform[DRAW_STAY_REHAB]) : 0;
}

void patient_draw_person(const struct case_mix *mix, const double uniform[],
                         struct patient *patient, size_t *age_class)
{
    uint32_t area = draw_area(mix, uniform[DRAW_AREA]);
    double age = draw_age(mix, area, uniform[DRAW_AGE], age_class);
    *patient = (struct patient){
        .area = area,
        .age = age,
        .male = uniform[DRAW_SEX] < mix->male[*age_class],
        .response_z = variate_normal(uniform[DRAW_RESPONSE]),
        .scene_z = variate_normal(uniform[DRAW_SCENE]),
        .elsewhere = uniform[DRAW_ELSEWHERE],
        .scan = uniform[DRAW_SCAN],
        .ivt = uniform[DRAW_IVT],
        .needle = uniform[DRAW_NEEDLE],
        .organised = uniform[DRAW_ORGANISED],
        .death_time = uniform[DRAW_DEATH_TIME],
        .care_home = uniform[DRAW_CARE_HOME],
        .mt = uniform[DRAW_MT],
        .puncture = uniform[DRAW_PUNCTURE],
        .mrs = uniform[DRAW_MRS],
        .lvo_score = uniform[DRAW_LVO_SCORE],
        .door_in_door_out = uniform[DRAW_DOOR_IN_DOOR_OUT],
        .discharge_delay = uniform[DRAW_DISCHARGE_DELAY],
        .early_supported = uniform[DRAW_EARLY_SUPPORTED],
    };
}

void patient_draw(const struct case_mix *mix, const double uniform[], bool mimic,
                  struct patient *patient)
{
    size_t age_class;
    patient_draw_person(mix, uniform, patient, &age_class);
    if (mimic)
        draw_mimic(mix, uniform, patient);
    else
        draw_stroke(mix, uniform, age_class, patient);
}
