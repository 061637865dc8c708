#include "models/patient.h"

#include <math.h>
#include <stdlib.h>

#include "sim/variate.h"

enum { AGE_CLASSES = 11, NIHSS_CLASSES = 43, ICH_CLASSES = 5, CURVE_POINTS = 16 };

static const double age_from[AGE_CLASSES + 1] = {18, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100};
static const size_t band_first[AGE_BANDS + 1] = {0, 4, 7, 11}; /* age classes of a band */
static const double ich_nihss_from[ICH_CLASSES + 1] = {0, 6, 11, 16, 21, 43};

/* An inverse distribution function by straight lines between points. */
struct curve {
    size_t points;
    double share[CURVE_POINTS], minutes[CURVE_POINTS];
    double last_min;
};

struct lognormal {
    double mu, sigma;
};

struct case_mix {
    size_t areas;
    double *area_cumulative; /* areas: share of strokes up to and with this area */
    uint32_t *area_guide;    /* for each of `areas` equal steps of share: where to start looking */
    double (*band_cumulative)[AGE_BANDS]; /* by area */
    double age_cumulative[AGE_CLASSES];   /* within its band */
    double nihss_cumulative[NIHSS_CLASSES];
    double ich_cumulative[ICH_CLASSES];
    struct curve onset_to_arrival[3]; /* mild, moderate, severe */
    double before[2][6];              /* mRS before the stroke, cumulative: nLVO, LVO */
    struct lognormal hasu, su, mimic;
    double haemorrhage, lvo_from_nihss, male, ambulance, onset_known, su_needed;
    double strokes_per_year;
};

const char *stroke_type_name(enum stroke_type type)
{
    static const char *const names[] = {"nlvo", "lvo", "haemorrhage", "mimic"};
    return names[type];
}

/* Running shares of weights; false when they are all 0. */
static bool cumulate(const double *weight, size_t n, double *cumulative)
{
    double total = 0, sum = 0;
    for (size_t i = 0; i < n; i++)
        total += weight[i];
    if (!(total > 0))
        return false;
    for (size_t i = 0; i < n; i++) {
        sum += weight[i];
        cumulative[i] = sum / total;
    }
    cumulative[n - 1] = 1;
    return true;
}

static double area_strokes(const struct area *area, const double *p, double band[AGE_BANDS])
{
    static const enum parameter_id rate[] = {P_DEMAND_RATE_0_64, P_DEMAND_RATE_65_79,
                                             P_DEMAND_RATE_80_PLUS};
    double expected = 0;
    for (size_t b = 0; b < AGE_BANDS; b++) {
        band[b] = area->population[b] * p[rate[b]] / 100000;
        expected += band[b];
    }
    return isnan(area->strokes_per_year) ? expected : area->strokes_per_year;
}

static bool spread_over_areas(struct case_mix *mix, const struct region *region, const double *p)
{
    double region_band[AGE_BANDS] = {0};
    for (size_t a = 0; a < mix->areas; a++) {
        double band[AGE_BANDS];
        mix->area_cumulative[a] = area_strokes(&region->area[a], p, band);
        mix->strokes_per_year += mix->area_cumulative[a];
        for (size_t b = 0; b < AGE_BANDS; b++)
            region_band[b] += band[b];
    }
    if (!cumulate(mix->area_cumulative, mix->areas, mix->area_cumulative))
        return false;
    /* An area without a population by age has the region's ages; a region without, the weights'. */
    double fallback[AGE_BANDS];
    if (!cumulate(region_band, AGE_BANDS, fallback)) {
        double weight[AGE_BANDS] = {0};
        for (size_t b = 0; b < AGE_BANDS; b++)
            for (size_t c = band_first[b]; c < band_first[b + 1]; c++)
                weight[b] += p[P_PATIENT_AGE_18_49 + c];
        if (!cumulate(weight, AGE_BANDS, fallback))
            return false;
    }
    for (size_t a = 0; a < mix->areas; a++) {
        double band[AGE_BANDS];
        area_strokes(&region->area[a], p, band);
        if (!cumulate(band, AGE_BANDS, mix->band_cumulative[a]))
            for (size_t b = 0; b < AGE_BANDS; b++)
                mix->band_cumulative[a][b] = fallback[b];
    }
    size_t at = 0;
    for (size_t step = 0; step < mix->areas; step++) {
        while (mix->area_cumulative[at] * (double)mix->areas < (double)step)
            at++;
        mix->area_guide[step] = (uint32_t)at;
    }
    return true;
}

static struct curve curve_make(const double *share, const double *minutes, size_t n,
                               double last_min)
{
    struct curve curve = {.points = n + 1, .last_min = last_min};
    double highest = 0;
    for (size_t i = 0; i < n; i++) {
        highest = fmax(highest, share[i]); /* a curve never falls, whatever was set */
        curve.share[i + 1] = fmin(1, highest);
        curve.minutes[i + 1] = minutes[i];
    }
    return curve;
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

static void make_curves(struct case_mix *mix, const double *p)
{
    static const double all_min[] = {30, 60, 90, 120, 150, 180, 240, 300, 360, 480, 600, 720};
    static const double few_min[] = {60, 120, 180, 240, 360, 720};
    double last_min = p[P_PATIENT_O2A_LAST_DAYS] * 1440;
    mix->onset_to_arrival[0] = curve_make(p + P_PATIENT_O2A_MILD_60, few_min, 6, last_min);
    mix->onset_to_arrival[1] = curve_make(p + P_PATIENT_O2A_ALL_30, all_min, 12, last_min);
    mix->onset_to_arrival[2] = curve_make(p + P_PATIENT_O2A_SEVERE_60, few_min, 6, last_min);
}

static bool make_tables(struct case_mix *mix, const double *p)
{
    for (size_t b = 0; b < AGE_BANDS; b++)
        if (!cumulate(p + P_PATIENT_AGE_18_49 + band_first[b], band_first[b + 1] - band_first[b],
                      mix->age_cumulative + band_first[b]))
            return false;
    if (!cumulate(p + P_PATIENT_NIHSS_00, NIHSS_CLASSES, mix->nihss_cumulative) ||
        !cumulate(p + P_PATIENT_NIHSS_ICH_00_05, ICH_CLASSES, mix->ich_cumulative))
        return false;
    for (size_t x = 0; x < 6; x++) {
        mix->before[0][x] = p[P_PRESTROKE_NLVO + x];
        mix->before[1][x] = p[P_PRESTROKE_LVO + x];
    }
    variate_lognormal_moments(p[P_STAY_HASU_MEAN_DAYS], p[P_STAY_HASU_SD_DAYS], &mix->hasu.mu,
                              &mix->hasu.sigma);
    variate_lognormal_moments(p[P_STAY_SU_MEAN_DAYS], p[P_STAY_SU_SD_DAYS], &mix->su.mu,
                              &mix->su.sigma);
    variate_lognormal_moments(p[P_STAY_MIMIC_MEAN_DAYS], p[P_STAY_MIMIC_SD_DAYS], &mix->mimic.mu,
                              &mix->mimic.sigma);
    mix->haemorrhage = p[P_DEMAND_HAEMORRHAGE_SHARE];
    mix->lvo_from_nihss = p[P_PATIENT_LVO_FROM_NIHSS];
    mix->male = p[P_PATIENT_MALE_SHARE];
    mix->ambulance = p[P_PATIENT_AMBULANCE_SHARE];
    mix->onset_known = p[P_PATIENT_ONSET_KNOWN_SHARE];
    mix->su_needed = p[P_STAY_SU_NEEDED_SHARE];
    make_curves(mix, p);
    return true;
}

struct case_mix *case_mix_new(const struct region *region, const struct parameters *parameters)
{
    struct case_mix *mix = calloc(1, sizeof *mix);
    if (mix == NULL)
        return NULL;
    mix->areas = region->areas;
    mix->area_cumulative = calloc(region->areas, sizeof *mix->area_cumulative);
    mix->area_guide = calloc(region->areas, sizeof *mix->area_guide);
    mix->band_cumulative = calloc(region->areas, sizeof *mix->band_cumulative);
    if (mix->area_cumulative == NULL || mix->area_guide == NULL || mix->band_cumulative == NULL ||
        !spread_over_areas(mix, region, parameters->value) ||
        !make_tables(mix, parameters->value)) {
        case_mix_free(mix);
        return NULL;
    }
    return mix;
}

void case_mix_free(struct case_mix *mix)
{
    if (mix == NULL)
        return;
    free(mix->area_cumulative);
    free(mix->area_guide);
    free(mix->band_cumulative);
    free(mix);
}

double case_mix_strokes_per_year(const struct case_mix *mix)
{
    return mix->strokes_per_year;
}

double case_mix_area_strokes(const struct case_mix *mix, size_t area)
{
    double below = area == 0 ? 0 : mix->area_cumulative[area - 1];
    return (mix->area_cumulative[area] - below) * mix->strokes_per_year;
}

double case_mix_type_share(const struct case_mix *mix, enum stroke_type type)
{
    double nlvo = 0; /* of ischaemic strokes: those below the NIHSS from which one counts as LVO */
    for (size_t nihss = 0; nihss < NIHSS_CLASSES && (double)nihss < mix->lvo_from_nihss; nihss++)
        nlvo = mix->nihss_cumulative[nihss];
    switch (type) {
    case TYPE_NLVO:
        return (1 - mix->haemorrhage) * nlvo;
    case TYPE_LVO:
        return (1 - mix->haemorrhage) * (1 - nlvo);
    case TYPE_HAEMORRHAGE:
        return mix->haemorrhage;
    default:
        return 0;
    }
}

static uint32_t draw_area(const struct case_mix *mix, double u)
{
    size_t at = mix->area_guide[(size_t)(u * (double)mix->areas)];
    while (mix->area_cumulative[at] <= u)
        at++;
    return (uint32_t)at;
}

/* One uniform gives the band and then, rescaled, the class and the age within it. */
static double draw_age(const struct case_mix *mix, uint32_t area, double u)
{
    const double *cumulative = mix->band_cumulative[area];
    size_t b = 0;
    while (u >= cumulative[b] && b < AGE_BANDS - 1)
        b++;
    double below = b == 0 ? 0 : cumulative[b - 1];
    u = (u - below) / (cumulative[b] - below);
    size_t c = band_first[b];
    while (u >= mix->age_cumulative[c] && c < band_first[b + 1] - 1)
        c++;
    below = c == band_first[b] ? 0 : mix->age_cumulative[c - 1];
    u = (u - below) / (mix->age_cumulative[c] - below);
    return age_from[c] + u * (age_from[c + 1] - age_from[c]);
}

static uint8_t draw_ich_nihss(const struct case_mix *mix, double u)
{
    size_t c = variate_discrete(u, mix->ich_cumulative, ICH_CLASSES);
    double below = c == 0 ? 0 : mix->ich_cumulative[c - 1];
    double within = (u - below) / (mix->ich_cumulative[c] - below);
    return (uint8_t)(ich_nihss_from[c] + within * (ich_nihss_from[c + 1] - ich_nihss_from[c]));
}

static double stay_days(struct lognormal stay, double u)
{
    return variate_lognormal(u, stay.mu, stay.sigma);
}

static void draw_mimic(const struct case_mix *mix, const double *uniform, struct patient *patient)
{
    patient->type = TYPE_MIMIC;
    patient->onset_to_arrival_min =
        curve_inverse(&mix->onset_to_arrival[0], uniform[DRAW_ONSET_TO_ARRIVAL]);
    patient->hasu_days = stay_days(mix->mimic, uniform[DRAW_STAY_HASU]);
}

static void draw_stroke(const struct case_mix *mix, const double *uniform, struct patient *patient)
{
    if (uniform[DRAW_TYPE] < mix->haemorrhage) {
        patient->type = TYPE_HAEMORRHAGE;
        patient->nihss = draw_ich_nihss(mix, uniform[DRAW_NIHSS]);
    } else {
        patient->nihss =
            (uint8_t)variate_discrete(uniform[DRAW_NIHSS], mix->nihss_cumulative, NIHSS_CLASSES);
        patient->type = patient->nihss >= mix->lvo_from_nihss ? TYPE_LVO : TYPE_NLVO;
    }
    const double *before = mix->before[patient->type == TYPE_LVO];
    while (patient->mrs_before < 5 && uniform[DRAW_MRS] >= before[patient->mrs_before])
        patient->mrs_before++;
    size_t severity = patient->nihss <= 5 ? 0 : patient->nihss <= 10 ? 1 : 2;
    patient->onset_known = uniform[DRAW_ONSET_KNOWN] < mix->onset_known;
    patient->onset_to_arrival_min =
        curve_inverse(&mix->onset_to_arrival[severity], uniform[DRAW_ONSET_TO_ARRIVAL]);
    patient->hasu_days = stay_days(mix->hasu, uniform[DRAW_STAY_HASU]);
    patient->su_needed = uniform[DRAW_SU_NEEDED] < mix->su_needed;
    patient->su_days = patient->su_needed ? stay_days(mix->su, uniform[DRAW_STAY_SU]) : 0;
}

void patient_draw(const struct case_mix *mix, const double uniform[], bool mimic,
                  struct patient *patient)
{
    uint32_t area = draw_area(mix, uniform[DRAW_AREA]);
    *patient = (struct patient){
        .area = area,
        .age = draw_age(mix, area, uniform[DRAW_AGE]),
        .male = uniform[DRAW_SEX] < mix->male,
        .by_ambulance = uniform[DRAW_AMBULANCE] < mix->ambulance,
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
    };
    if (mimic)
        draw_mimic(mix, uniform, patient);
    else
        draw_stroke(mix, uniform, patient);
}
