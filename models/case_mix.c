#include "models/case_mix.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/case_mix_inside.h"
#include "sim/variate.h"

const double case_mix_age_from[AGE_CLASSES + 1] = {18, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100};
const size_t case_mix_band_first[AGE_BANDS + 1] = {0, 4, 7, 11};

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
            for (size_t c = case_mix_band_first[b]; c < case_mix_band_first[b + 1]; c++)
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

static void make_curves(struct case_mix *mix, const double *p)
{
    static const double all_min[] = {30, 60, 90, 120, 150, 180, 240, 300, 360, 480, 600, 720};
    static const double few_min[] = {60, 120, 180, 240, 360, 720};
    double last_min = p[P_PATIENT_O2A_LAST_DAYS] * 1440;
    mix->onset_to_arrival[0] = curve_make(p + P_PATIENT_O2A_MILD_60, few_min, 6, last_min);
    mix->onset_to_arrival[1] = curve_make(p + P_PATIENT_O2A_ALL_30, all_min, 12, last_min);
    mix->onset_to_arrival[2] = curve_make(p + P_PATIENT_O2A_SEVERE_60, few_min, 6, last_min);
}

/* How the region's strokes spread over the classes of age. */
static void share_ages(struct case_mix *mix)
{
    memset(mix->age_share, 0, sizeof mix->age_share);
    for (size_t area = 0; area < mix->areas; area++) {
        double strokes = case_mix_area_strokes(mix, area) / mix->strokes_per_year;
        for (size_t b = 0; b < AGE_BANDS; b++) {
            double *of = mix->band_cumulative[area];
            double band = of[b] - (b == 0 ? 0 : of[b - 1]), below = 0;
            for (size_t c = case_mix_band_first[b]; c < case_mix_band_first[b + 1]; c++) {
                mix->age_share[c] += strokes * band * (mix->age_cumulative[c] - below);
                below = mix->age_cumulative[c];
            }
        }
    }
}

static double middle_age(size_t age_class)
{
    return (case_mix_age_from[age_class] + case_mix_age_from[age_class + 1]) / 2;
}

/* Men and haemorrhages by age: the one around the region's mean age, the other around its share of
 * all strokes. */
static void make_shares_by_age(struct case_mix *mix, const double *p)
{
    double mean_age = 0, mean_weight = 0;
    for (size_t c = 0; c < AGE_CLASSES; c++) {
        mean_age += mix->age_share[c] * middle_age(c);
        mean_weight += mix->age_share[c] * p[P_PATIENT_HAEMORRHAGE_18_49 + c];
    }
    double male = p[P_PATIENT_MALE_SHARE];
    for (size_t c = 0; c < AGE_CLASSES; c++) {
        double odds_ratio = pow(p[P_PATIENT_MALE_OR_PER_YEAR], middle_age(c) - mean_age);
        mix->male[c] = male * odds_ratio / (male * odds_ratio + 1 - male);
        double relative = mean_weight > 0 ? p[P_PATIENT_HAEMORRHAGE_18_49 + c] / mean_weight : 1;
        mix->haemorrhage[c] = fmin(1, p[P_DEMAND_HAEMORRHAGE_SHARE] * relative);
    }
}

static void copy_shares(struct case_mix *mix, const double *p)
{
    mix->lvo_from_nihss = p[P_PATIENT_LVO_FROM_NIHSS];
    mix->tia = p[P_DEMAND_TIA_SHARE];
    mix->in_hospital = p[P_PATIENT_IN_HOSPITAL_SHARE];
    mix->on_waking = p[P_PATIENT_ON_WAKING_SHARE];
    mix->su_needed = p[P_STAY_SU_NEEDED_SHARE];
    mix->rehab_needed = p[P_STAY_REHAB_NEEDED_SHARE];
    mix->ambulance[0] = p[P_PATIENT_AMBULANCE_SHARE];
    mix->ambulance[1] = p[P_PATIENT_AMBULANCE_SHARE_SEVERE];
    for (enum stroke_type type = TYPE_NLVO; type <= TYPE_HAEMORRHAGE; type++)
        mix->onset_known[type] = p[P_PATIENT_ONSET_KNOWN_NLVO + type];
    for (size_t x = 0; x < 6; x++) {
        mix->before[0][x] = p[P_PRESTROKE_NLVO + x];
        mix->before[1][x] = p[P_PRESTROKE_LVO + x];
    }
}

static bool make_tables(struct case_mix *mix, const double *p)
{
    for (size_t b = 0; b < AGE_BANDS; b++) {
        size_t first = case_mix_band_first[b];
        if (!cumulate(p + P_PATIENT_AGE_18_49 + first, case_mix_band_first[b + 1] - first,
                      mix->age_cumulative + first))
            return false;
    }
    share_ages(mix);
    make_shares_by_age(mix, p);
    variate_lognormal_moments(p[P_STAY_HASU_MEAN_DAYS], p[P_STAY_HASU_SD_DAYS], &mix->hasu.mu,
                              &mix->hasu.sigma);
    variate_lognormal_moments(p[P_STAY_SU_MEAN_DAYS], p[P_STAY_SU_SD_DAYS], &mix->su.mu,
                              &mix->su.sigma);
    variate_lognormal_moments(p[P_STAY_REHAB_MEAN_DAYS], p[P_STAY_REHAB_SD_DAYS], &mix->rehab.mu,
                              &mix->rehab.sigma);
    variate_lognormal_moments(p[P_STAY_MIMIC_MEAN_DAYS], p[P_STAY_MIMIC_SD_DAYS], &mix->mimic.mu,
                              &mix->mimic.sigma);
    copy_shares(mix, p);
    make_curves(mix, p);
    return severity_init(&mix->severity, p, mix->male);
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

bool case_mix_has_same_people(const struct case_mix *mix, const struct case_mix *other)
{
    size_t areas = mix->areas;
    return areas == other->areas &&
           memcmp(mix->area_cumulative, other->area_cumulative,
                  areas * sizeof *mix->area_cumulative) == 0 &&
           memcmp(mix->band_cumulative, other->band_cumulative,
                  areas * sizeof *mix->band_cumulative) == 0 &&
           memcmp(mix->age_cumulative, other->age_cumulative, sizeof mix->age_cumulative) == 0 &&
           memcmp(mix->male, other->male, sizeof mix->male) == 0;
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

double case_mix_band_share(const struct case_mix *mix, size_t area, enum age_band band)
{
    const double *cumulative = mix->band_cumulative[area];
    return cumulative[band] - (band == 0 ? 0 : cumulative[band - 1]);
}

double case_mix_tia_share(const struct case_mix *mix)
{
    return mix->tia;
}

/* Share of the region's ischaemic strokes with an NIHSS below this, of all strokes. */
static double ischaemic_below(const struct case_mix *mix, double nihss)
{
    double below = 0;
    for (size_t c = 0; c < AGE_CLASSES; c++) {
        double women = severity_ischaemic_below(&mix->severity, c, false, nihss);
        double men = severity_ischaemic_below(&mix->severity, c, true, nihss);
        below +=
            mix->age_share[c] * (1 - mix->haemorrhage[c]) * (women + mix->male[c] * (men - women));
    }
    return below;
}

static double haemorrhage_share(const struct case_mix *mix)
{
    double share = 0;
    for (size_t c = 0; c < AGE_CLASSES; c++)
        share += mix->age_share[c] * mix->haemorrhage[c];
    return share;
}

double case_mix_type_share(const struct case_mix *mix, enum stroke_type type)
{
    switch (type) {
    case TYPE_NLVO:
        return ischaemic_below(mix, mix->lvo_from_nihss);
    case TYPE_LVO:
        return 1 - haemorrhage_share(mix) - ischaemic_below(mix, mix->lvo_from_nihss);
    case TYPE_HAEMORRHAGE:
        return haemorrhage_share(mix);
    default:
        return 0;
    }
}

/* Share of the strokes of a type that are below NIHSS_SEVERE. */
static double milder_share(const struct case_mix *mix, enum stroke_type type)
{
    double share = case_mix_type_share(mix, type), milder = ischaemic_below(mix, NIHSS_SEVERE);
    double milder_nlvo = fmin(milder, case_mix_type_share(mix, TYPE_NLVO));
    switch (type) {
    case TYPE_NLVO:
        return share > 0 ? milder_nlvo / share : 1;
    case TYPE_LVO:
        return share > 0 ? (milder - milder_nlvo) / share : 0;
    case TYPE_HAEMORRHAGE:
        return severity_haemorrhage_below(&mix->severity, NIHSS_SEVERE);
    default:
        return 1;
    }
}

double case_mix_ambulance_share(const struct case_mix *mix, enum stroke_type type)
{
    double milder = milder_share(mix, type);
    double outside = type < STROKES_END ? 1 - mix->in_hospital : 1;
    return outside * (milder * mix->ambulance[0] + (1 - milder) * mix->ambulance[1]);
}
