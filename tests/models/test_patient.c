#include <criterion/criterion.h>
#include <gsl/gsl_qrng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/models/small_region.h"

/* Every purpose with what of a patient it may decide. */
enum field {
    AREA = 1,
    AGE = 1 << 1,
    TYPE = 1 << 2,
    SEVERITY = 1 << 3,
    BEFORE = 1 << 4,
    AMBULANCE = 1 << 5,
    KNOWN = 1 << 6,
    ARRIVAL = 1 << 7,
    RESPONSE = 1 << 8,
    SCENE = 1 << 9,
    ELSEWHERE = 1 << 10,
    SCAN = 1 << 11,
    IVT = 1 << 12,
    NEEDLE = 1 << 13,
    ORGANISED = 1 << 14,
    DEATH_TIME = 1 << 15,
    HASU_DAYS = 1 << 16,
    SU_DAYS = 1 << 17,
    SU_NEEDED = 1 << 18,
    CARE_HOME = 1 << 19,
    MT = 1 << 20,
    PUNCTURE = 1 << 21,
    MRS = 1 << 22,
    NUMBER_OR_ONSET = 1 << 23,
    LVO_SCORE = 1 << 24,
    DOOR_IN_DOOR_OUT = 1 << 25,
    SEX = 1 << 26,
    WAKING = 1 << 27,
    IN_HOSPITAL = 1 << 28,
    REHAB = 1 << 29,
    LEAVING = 1 << 30,
};

/* What depends on how severe it is, which depends on age and sex. */
enum { OF_SEVERITY = TYPE | SEVERITY | BEFORE | ARRIVAL | AMBULANCE | KNOWN | WAKING };

static const struct purpose {
    const char *name;
    enum draw draw;
    unsigned moves, may_move; /* fields that it decides, and that follow from those */
} purposes[] = {
    {"gap", DRAW_GAP, 0, 0},
    {"thinning", DRAW_THINNING, 0, 0},
    {"area", DRAW_AREA, AREA, AGE | SEX | OF_SEVERITY},
    {"age", DRAW_AGE, AGE, SEX | OF_SEVERITY},
    {"type", DRAW_TYPE, TYPE, OF_SEVERITY},
    {"NIHSS", DRAW_NIHSS, SEVERITY, OF_SEVERITY},
    {"mRS", DRAW_MRS, MRS | BEFORE, 0},
    {"ambulance", DRAW_AMBULANCE, AMBULANCE, 0},
    {"onset known", DRAW_ONSET_KNOWN, KNOWN | WAKING, 0},
    {"onset to arrival", DRAW_ONSET_TO_ARRIVAL, ARRIVAL, 0},
    {"response", DRAW_RESPONSE, RESPONSE, 0},
    {"scene", DRAW_SCENE, SCENE, 0},
    {"elsewhere", DRAW_ELSEWHERE, ELSEWHERE, 0},
    {"scan", DRAW_SCAN, SCAN, 0},
    {"thrombolysis", DRAW_IVT, IVT, 0},
    {"needle", DRAW_NEEDLE, NEEDLE, 0},
    {"organised care", DRAW_ORGANISED, ORGANISED, 0},
    {"time of death", DRAW_DEATH_TIME, DEATH_TIME, 0},
    {"hyper-acute stay", DRAW_STAY_HASU, HASU_DAYS, 0},
    {"stroke-unit stay", DRAW_STAY_SU, SU_DAYS, 0},
    {"stroke unit needed", DRAW_SU_NEEDED, SU_NEEDED, SU_DAYS},
    {"care home", DRAW_CARE_HOME, CARE_HOME, 0},
    {"thrombectomy", DRAW_MT, MT, 0},
    {"puncture", DRAW_PUNCTURE, PUNCTURE, 0},
    {"score before hospital", DRAW_LVO_SCORE, LVO_SCORE, 0},
    {"door in, door out", DRAW_DOOR_IN_DOOR_OUT, DOOR_IN_DOOR_OUT, 0},
    {"sex", DRAW_SEX, SEX, OF_SEVERITY},
    {"in hospital", DRAW_IN_HOSPITAL, IN_HOSPITAL, AMBULANCE},
    {"rehabilitation needed", DRAW_REHAB_NEEDED, REHAB, 0},
    {"rehabilitation stay", DRAW_STAY_REHAB, 0, REHAB},
    {"delay of discharge", DRAW_DISCHARGE_DELAY, LEAVING, 0},
    {"early supported discharge", DRAW_EARLY_SUPPORTED, LEAVING, 0},
};
enum { PURPOSES = sizeof purposes / sizeof *purposes };

static unsigned changed(const struct patient *a, const struct patient *b)
{
    return (a->area != b->area ? AREA : 0u) | (a->age != b->age ? AGE : 0u) |
           (a->type != b->type ? TYPE : 0u) | (a->nihss != b->nihss ? SEVERITY : 0u) |
           (a->mrs_before != b->mrs_before ? BEFORE : 0u) | (a->male != b->male ? SEX : 0u) |
           (a->by_ambulance != b->by_ambulance ? AMBULANCE : 0u) |
           (a->onset_known != b->onset_known ? KNOWN : 0u) |
           (a->on_waking != b->on_waking ? WAKING : 0u) |
           (a->in_hospital != b->in_hospital ? IN_HOSPITAL : 0u) |
           (a->rehab_needed != b->rehab_needed || a->rehab_days != b->rehab_days ? REHAB : 0u) |
           (a->discharge_delay != b->discharge_delay || a->early_supported != b->early_supported
                ? LEAVING
                : 0u) |
           (a->onset_to_arrival_min != b->onset_to_arrival_min ? ARRIVAL : 0u) |
           (a->response_z != b->response_z ? RESPONSE : 0u) |
           (a->scene_z != b->scene_z ? SCENE : 0u) |
           (a->elsewhere != b->elsewhere ? ELSEWHERE : 0u) | (a->scan != b->scan ? SCAN : 0u) |
           (a->ivt != b->ivt ? IVT : 0u) | (a->needle != b->needle ? NEEDLE : 0u) |
           (a->organised != b->organised ? ORGANISED : 0u) |
           (a->death_time != b->death_time ? DEATH_TIME : 0u) |
           (a->hasu_days != b->hasu_days ? HASU_DAYS : 0u) |
           (a->su_days != b->su_days ? SU_DAYS : 0u) |
           (a->su_needed != b->su_needed ? SU_NEEDED : 0u) |
           (a->care_home != b->care_home ? CARE_HOME : 0u) | (a->mt != b->mt ? MT : 0u) |
           (a->puncture != b->puncture ? PUNCTURE : 0u) | (a->mrs != b->mrs ? MRS : 0u) |
           (a->lvo_score != b->lvo_score ? LVO_SCORE : 0u) |
           (a->door_in_door_out != b->door_in_door_out ? DOOR_IN_DOOR_OUT : 0u) |
           (a->number != b->number || a->onset_min != b->onset_min ? NUMBER_OR_ONSET : 0u);
}

static struct case_mix *small_mix(struct design *design)
{
    small_design(design);
    struct case_mix *mix = case_mix_new(&design->region, &design->configuration[0].parameters);
    cr_assert_not_null(mix);
    return mix;
}

Test(patient, each_purpose_has_a_place_of_its_own)
{
    bool taken[DRAW_COUNT] = {false};
    cr_assert_eq(PURPOSES, DRAW_COUNT, "a purpose is missing from this test's table");
    for (size_t i = 0; i < PURPOSES; i++) {
        cr_assert_lt(purposes[i].draw, DRAW_COUNT);
        cr_assert_not(taken[purposes[i].draw], "%s shares its place", purposes[i].name);
        taken[purposes[i].draw] = true;
    }
}

/* Another number for one purpose changes what that purpose decides, and nothing else. */
Test(patient, each_number_moves_only_its_own_field)
{
    struct design design;
    struct case_mix *mix = small_mix(&design);
    for (size_t i = 0; i < PURPOSES; i++)
        for (int other = 0; other < 2; other++) {
            unsigned moved = 0;
            for (int step = 1; step < 40; step++) {
                double uniform[DRAW_COUNT];
                for (int d = 0; d < DRAW_COUNT; d++)
                    uniform[d] = other ? .8 : .4; /* needs a stroke unit at .4 */
                struct patient before, after;
                patient_draw(mix, uniform, false, &before);
                uniform[purposes[i].draw] = step / 40.0 + .001;
                patient_draw(mix, uniform, false, &after);
                moved |= changed(&before, &after);
            }
            unsigned must = other ? purposes[i].moves & ~(unsigned)SU_DAYS : purposes[i].moves;
            cr_expect_eq(moved & must, must, "%s leaves %x as it was", purposes[i].name,
                         must & ~moved);
            cr_expect_eq(moved & ~(purposes[i].moves | purposes[i].may_move), 0u, "%s moves %x too",
                         purposes[i].name, moved & ~(purposes[i].moves | purposes[i].may_move));
        }
    case_mix_free(mix);
    design_fini(&design);
}

/* --- published shares: an evenly spread sample of the uniforms, so there is no chance in it --- */

enum { SAMPLE = 1 << 17 };

/* Strokes or mimics from a Sobol sequence, as many as SAMPLE. Shares of one purpose are exact to
 * about 1e-4. */
static struct patient *sample_patients(const struct case_mix *mix, bool mimic)
{
    struct patient *patient = malloc(SAMPLE * sizeof *patient);
    gsl_qrng *sobol = gsl_qrng_alloc(gsl_qrng_sobol, DRAW_COUNT);
    cr_assert(patient != NULL && sobol != NULL);
    for (size_t i = 0; i < SAMPLE; i++) {
        double uniform[DRAW_COUNT];
        gsl_qrng_get(sobol, uniform);
        patient_draw(mix, uniform, mimic, &patient[i]);
    }
    gsl_qrng_free(sobol);
    return patient;
}

static double weight_sum(enum parameter_id first, int n)
{
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += parameter_info((enum parameter_id)((int)first + i))->value;
    return sum;
}

static double default_of(int id)
{
    return parameter_info((enum parameter_id)id)->value;
}

#define EXPECT_SHARE(count, of, want, ...)                                                         \
    cr_expect(fabs((double)(count) / (double)(of) - (want)) <= 3e-4 + .001 * (want), __VA_ARGS__)

Test(patient, areas_and_age_bands)
{
    struct design design;
    struct case_mix *mix = small_mix(&design);
    struct patient *patient = sample_patients(mix, false);
    static const double rate[AGE_BANDS] = {38.3, 379.5, 1149};
    double want[SMALL_AREAS][AGE_BANDS], total = 0;
    int got[SMALL_AREAS][AGE_BANDS] = {{0}};
    for (size_t a = 0; a < SMALL_AREAS; a++)
        for (size_t b = 0; b < AGE_BANDS; b++)
            total += want[a][b] = design.region.area[a].population[b] * rate[b] / 1e5;
    cr_expect(near(case_mix_strokes_per_year(mix), total, 1e-12));
    for (size_t i = 0; i < SAMPLE; i++)
        got[patient[i].area][patient[i].age < 65 ? 0 : patient[i].age < 80 ? 1 : 2]++;
    for (size_t a = 0; a < SMALL_AREAS; a++)
        for (size_t b = 0; b < AGE_BANDS; b++)
            cr_expect(fabs(got[a][b] / (double)SAMPLE - want[a][b] / total) < 5e-4,
                      "area %zu, band %zu: %d of %d, not %.4f", a, b, got[a][b], SAMPLE,
                      want[a][b] / total);
    free(patient);
    case_mix_free(mix);
    design_fini(&design);
}

/* An area's own strokes stand before the rates; ages follow its population, without one the
 * region's, and without any the weights. */
Test(patient, areas_with_strokes_of_their_own)
{
    struct design design;
    small_design(&design);
    static const double strokes[SMALL_AREAS] = {0, 10, 50, 0, 30, 10};
    for (size_t a = 0; a < SMALL_AREAS; a++) {
        design.region.area[a].strokes_per_year = strokes[a];
        for (size_t b = 0; b < AGE_BANDS; b++)
            design.region.area[a].population[b] = a == 1 ? (b == 1 ? 1000 : 0) : 0;
    }
    struct case_mix *mix = case_mix_new(&design.region, &design.configuration[0].parameters);
    struct patient *patient = sample_patients(mix, false);
    cr_expect_eq(case_mix_strokes_per_year(mix), 100);
    int got[SMALL_AREAS] = {0};
    for (size_t i = 0; i < SAMPLE; i++) {
        got[patient[i].area]++;
        cr_assert(patient[i].age >= 65 && patient[i].age < 80, "age %g", patient[i].age);
    }
    for (size_t a = 0; a < SMALL_AREAS; a++)
        EXPECT_SHARE(got[a], SAMPLE, strokes[a] / 100, "area %zu: %d", a, got[a]);
    free(patient);
    case_mix_free(mix);

    memset(design.region.area[1].population, 0, sizeof design.region.area[1].population);
    mix = case_mix_new(&design.region, &design.configuration[0].parameters);
    patient = sample_patients(mix, false);
    int below_65 = 0, over_80 = 0;
    for (size_t i = 0; i < SAMPLE; i++) {
        below_65 += patient[i].age < 65;
        over_80 += patient[i].age >= 80;
    }
    double all = weight_sum(P_PATIENT_AGE_18_49, 11);
    EXPECT_SHARE(below_65, SAMPLE, weight_sum(P_PATIENT_AGE_18_49, 4) / all, "%d", below_65);
    EXPECT_SHARE(over_80, SAMPLE, weight_sum(P_PATIENT_AGE_80_84, 4) / all, "%d", over_80);
    free(patient);
    case_mix_free(mix);
    for (size_t a = 0; a < SMALL_AREAS; a++)
        design.region.area[a].strokes_per_year = 0;
    cr_expect_null(case_mix_new(&design.region, &design.configuration[0].parameters));
    design_fini(&design);
}

Test(patient, ages_within_their_band)
{
    static const double from[] = {18, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100};
    static const int band_of[] = {0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2};
    static const int first[] = {0, 4, 7}, classes[] = {4, 3, 4};
    struct design design;
    struct case_mix *mix = small_mix(&design);
    struct patient *patient = sample_patients(mix, false);
    double n[11] = {0}, sum[11] = {0}, in_band[3] = {0};
    for (size_t i = 0; i < SAMPLE; i++) {
        int c = 10;
        while (patient[i].age < from[c])
            c--;
        n[c]++;
        sum[c] += patient[i].age;
        in_band[band_of[c]]++;
        cr_assert(patient[i].age >= 18 && patient[i].age < 100);
    }
    for (int c = 0; c < 11; c++) {
        int b = band_of[c];
        double want = default_of(P_PATIENT_AGE_18_49 + c) /
                      weight_sum((enum parameter_id)(P_PATIENT_AGE_18_49 + first[b]), classes[b]);
        cr_expect(near(n[c] / in_band[b], want, .005), "from %g: %.4f, not %.4f", from[c],
                  n[c] / in_band[b], want);
        cr_expect(near(sum[c] / n[c], (from[c] + from[c + 1]) / 2, .003), "evenly within it");
    }
    free(patient);
    case_mix_free(mix);
    design_fini(&design);
}

/* mRS before the stroke and onset known by type of stroke; the ambulance by severity. */
Test(patient, state_before_onset_and_ambulance)
{
    static const double before[2][5] = {{.583, .746, .850, .951, .993},
                                        {.408, .552, .672, .838, .956}};
    static const double onset_known[3] = {.654, .722, .679};
    struct design design;
    struct case_mix *mix = small_mix(&design);
    struct patient *patient = sample_patients(mix, false);
    double type[3] = {0}, mrs[2][6] = {{0}}, known[3] = {0}, waking = 0, su = 0, in_hospital = 0;
    double rehab = 0, rehab_days = 0;
    double severe[2] = {0}, ambulance[2] = {0};
    for (size_t i = 0; i < SAMPLE; i++) {
        bool ich = patient[i].type == TYPE_HAEMORRHAGE, lvo = patient[i].type == TYPE_LVO;
        cr_assert(patient[i].type < TYPE_MIMIC && patient[i].nihss <= 42);
        cr_assert(ich || lvo == (patient[i].nihss >= 11));
        cr_assert_not(patient[i].onset_known && patient[i].on_waking);
        type[patient[i].type]++;
        mrs[lvo][patient[i].mrs_before]++;
        known[patient[i].type] += patient[i].onset_known;
        waking += patient[i].on_waking;
        in_hospital += patient[i].in_hospital;
        cr_assert_not(patient[i].in_hospital && patient[i].by_ambulance);
        severe[patient[i].nihss >= 11] += !patient[i].in_hospital;
        ambulance[patient[i].nihss >= 11] += patient[i].by_ambulance;
        su += patient[i].su_needed;
        rehab += patient[i].rehab_needed;
        rehab_days += patient[i].rehab_days;
        cr_assert_eq(patient[i].rehab_needed, patient[i].rehab_days > 0);
    }
    EXPECT_SHARE(rehab, SAMPLE, .07, "rehabilitation needed %g", rehab);
    cr_expect(near(rehab_days / rehab, 37.37, .02), "%g days", rehab_days / rehab);
    for (int t = 0; t < 3; t++)
        cr_expect(near(known[t] / type[t], onset_known[t], .003), "type %d: %.4f", t,
                  known[t] / type[t]);
    EXPECT_SHARE(waking, SAMPLE, .137, "on waking %g", waking);
    EXPECT_SHARE(in_hospital, SAMPLE, .053, "in hospital %g", in_hospital);
    EXPECT_SHARE(su, SAMPLE, .556, "stroke unit needed %g", su);
    cr_expect(near(ambulance[0] / severe[0], .743, .002), "%.4f", ambulance[0] / severe[0]);
    cr_expect(near(ambulance[1] / severe[1], .943, .002), "%.4f", ambulance[1] / severe[1]);
    for (int lvo = 0; lvo < 2; lvo++) {
        double n = lvo ? type[TYPE_LVO] : type[0] + type[2], up_to = 0;
        for (int m = 0; m < 5; m++) {
            up_to += mrs[lvo][m] / n;
            cr_expect(fabs(up_to - before[lvo][m]) < 2e-3, "mRS before, %d: %.4f", m, up_to);
        }
    }
    free(patient);
    case_mix_free(mix);
    design_fini(&design);
}

/* By age: sex, haemorrhage and severity as published, around the region's own means. */
Test(patient, joint_with_age)
{
    static const double ich_weight[] = {10.6, 10.6, 9.4,  10.1, 10.6, 11.9,
                                        12.5, 12.7, 12.3, 10.7, 8.7};
    struct design design;
    struct case_mix *mix = small_mix(&design);
    struct patient *patient = sample_patients(mix, false);
    double n[11] = {0}, male[11] = {0}, ich[11] = {0}, severe[11] = {0}, ischaemic[11] = {0};
    double mean_weight = 0, mean_age = 0;
    for (size_t i = 0; i < SAMPLE; i++) {
        size_t c = patient[i].age < 50 ? 0 : (size_t)(patient[i].age / 5) - 9;
        bool haemorrhage = patient[i].type == TYPE_HAEMORRHAGE;
        n[c]++;
        male[c] += patient[i].male;
        ich[c] += haemorrhage;
        ischaemic[c] += !haemorrhage;
        severe[c] += !haemorrhage && patient[i].nihss >= 11;
        mean_weight += ich_weight[c] / SAMPLE;
        mean_age += patient[i].age / SAMPLE;
    }
    for (size_t c = 0; c < 11; c++) {
        double middle = c == 0 ? 34 : 47.5 + 5 * (double)c;
        double odds = .566 / .434 * pow(.972, middle - mean_age);
        cr_expect(fabs(male[c] / n[c] - odds / (1 + odds)) < .006, "men, class %zu: %.4f", c,
                  male[c] / n[c]);
        cr_expect(fabs(ich[c] / n[c] - .114 * ich_weight[c] / mean_weight) < .006,
                  "haemorrhages, class %zu: %.4f", c, ich[c] / n[c]);
        double share = default_of(P_PATIENT_SEVERE_18_49 + (int)c);
        cr_expect(fabs(severe[c] / ischaemic[c] - share) < .012, "severe, class %zu: %.4f", c,
                  severe[c] / ischaemic[c]);
    }
    free(patient);
    case_mix_free(mix);
    design_fini(&design);
}

/* evidence.md section 3.5, at every published point. */
Test(patient, onset_to_arrival)
{
    static const struct {
        int from, to; /* NIHSS */
        size_t points;
        double min[12], share[12];
    } curve[3] = {
        {0, 5, 6, {60, 120, 180, 240, 360, 720}, {.059, .268, .399, .480, .580, .723}},
        {6,
         10,
         12,
         {30, 60, 90, 120, 150, 180, 240, 300, 360, 480, 600, 720},
         {.012, .086, .242, .366, .447, .505, .585, .637, .676, .731, .768, .799}},
        {11, 42, 6, {60, 120, 180, 240, 360, 720}, {.136, .529, .679, .753, .828, .910}},
    };
    struct design design;
    struct case_mix *mix = small_mix(&design);
    struct patient *patient = sample_patients(mix, false);
    for (size_t c = 0; c < 3; c++) {
        double n = 0, by[12] = {0}, halfway = 0, latest = 0;
        for (size_t i = 0; i < SAMPLE; i++) {
            if (patient[i].nihss < curve[c].from || patient[i].nihss > curve[c].to)
                continue;
            n++;
            double min = patient[i].onset_to_arrival_min;
            cr_assert_gt(min, 0);
            latest = fmax(latest, min);
            for (size_t k = 0; k < curve[c].points; k++)
                by[k] += min <= curve[c].min[k];
            halfway += min <= sqrt(720 * 7 * 1440.0); /* evenly in the logarithm of time */
        }
        for (size_t k = 0; k < curve[c].points; k++)
            cr_expect(fabs(by[k] / n - curve[c].share[k]) < 4e-3, "NIHSS %d to %d, %g min: %.4f",
                      curve[c].from, curve[c].to, curve[c].min[k], by[k] / n);
        double last = curve[c].share[curve[c].points - 1];
        cr_expect(fabs(halfway / n - (1 + last) / 2) < 4e-3, "the tail: %.4f", halfway / n);
        cr_expect(latest <= 7 * 1440 && latest > 6.9 * 1440, "the latest after %g days",
                  latest / 1440);
    }
    free(patient);
    case_mix_free(mix);
    design_fini(&design);
}

Test(patient, stays)
{
    static const struct {
        bool mimic;
        double mean, sd;
    } hasu[2] = {{false, 4.10, 3.67}, {true, 2.8, 2.8}};
    struct design design;
    struct case_mix *mix = small_mix(&design);
    for (size_t k = 0; k < 2; k++) {
        struct patient *patient = sample_patients(mix, hasu[k].mimic);
        double sum[2] = {0}, squares[2] = {0}, su = 0;
        for (size_t i = 0; i < SAMPLE; i++) {
            sum[0] += patient[i].hasu_days;
            squares[0] += patient[i].hasu_days * patient[i].hasu_days;
            sum[1] += patient[i].su_days;
            squares[1] += patient[i].su_days * patient[i].su_days;
            su += patient[i].su_needed;
            cr_assert(patient[i].su_needed == (patient[i].su_days > 0));
        }
        double mean = sum[0] / SAMPLE, sd = sqrt(squares[0] / SAMPLE - mean * mean);
        cr_expect(near(mean, hasu[k].mean, .003), "mean %g days", mean);
        cr_expect(near(sd, hasu[k].sd, .01), "sd %g days", sd);
        if (hasu[k].mimic) {
            cr_expect_eq(su, 0, "a mimic needs no stroke unit");
        } else {
            mean = sum[1] / su;
            sd = sqrt(squares[1] / su - mean * mean);
            cr_expect(near(mean, 28, .002) && near(sd, 8.4, .01), "%g, %g days", mean, sd);
        }
        free(patient);
    }
    case_mix_free(mix);
    design_fini(&design);
}

/* A mimic is nobody's stroke: no severity, no state before that would matter, mild arrival. */
Test(patient, mimics)
{
    struct design design;
    struct case_mix *mix = small_mix(&design);
    struct patient *patient = sample_patients(mix, true);
    double by_240 = 0, tia = 0, ambulance = 0;
    for (size_t i = 0; i < SAMPLE; i++) {
        cr_assert(patient[i].type >= TYPE_MIMIC && !patient_is_stroke(&patient[i]) &&
                  !patient_is_ischaemic(&patient[i]));
        cr_assert_not(patient[i].in_hospital || patient[i].on_waking);
        tia += patient[i].type == TYPE_TIA;
        ambulance += patient[i].by_ambulance;
        cr_assert(patient[i].nihss == 0 && !patient[i].su_needed && !patient[i].onset_known);
        by_240 += patient[i].onset_to_arrival_min <= 240;
    }
    EXPECT_SHARE(by_240, SAMPLE, .480, "%g within 4 h", by_240);
    EXPECT_SHARE(tia, SAMPLE, .246, "%g TIA", tia);
    EXPECT_SHARE(ambulance, SAMPLE, .743, "%g by ambulance", ambulance);
    free(patient);
    case_mix_free(mix);
    design_fini(&design);
}

/* The most extreme numbers that can come out of a stream. */
Test(patient, extreme_numbers)
{
    struct design design;
    struct case_mix *mix = small_mix(&design);
    static const double extreme[] = {0x1p-53, 0.5, 1 - 0x1p-53};
    for (int lane = -1; lane < DRAW_COUNT; lane++)
        for (size_t e = 0; e < 3; e++)
            for (size_t rest = 0; rest < 3; rest++)
                for (int mimic = 0; mimic < 2; mimic++) {
                    double uniform[DRAW_COUNT];
                    struct patient patient;
                    for (int d = 0; d < DRAW_COUNT; d++)
                        uniform[d] = d == lane ? extreme[e] : extreme[rest];
                    patient_draw(mix, uniform, mimic, &patient);
                    cr_assert(patient.area < SMALL_AREAS && patient.age >= 18 &&
                              patient.age <= 100 && patient.nihss <= 42 && patient.mrs_before <= 5);
                    cr_assert(isfinite(patient.hasu_days) && isfinite(patient.su_days) &&
                              isfinite(patient.response_z) && patient.onset_to_arrival_min > 0 &&
                              patient.onset_to_arrival_min <= 7 * 1440 * (1 + 1e-12));
                }
    case_mix_free(mix);
    design_fini(&design);
}

/* The shares of types by the tables are those of the patients drawn, and so are those who come by
 * ambulance of each; wherever a large-vessel occlusion begins. */
Test(patient, shares_of_types)
{
    static const double lvo_from[] = {11, 6, 16, 0};
    for (size_t k = 0; k < sizeof lvo_from / sizeof *lvo_from; k++) {
        struct design design;
        small_design(&design);
        small_design_push(&design, BOTH, P_PATIENT_LVO_FROM_NIHSS, lvo_from[k]);
        struct case_mix *mix = case_mix_new(&design.region, &design.configuration[0].parameters);
        struct patient *patient = sample_patients(mix, false);
        double n[STROKE_TYPES] = {0}, ambulance[STROKE_TYPES] = {0}, sum = 0;
        for (size_t i = 0; i < SAMPLE; i++) {
            n[patient[i].type]++;
            ambulance[patient[i].type] += patient[i].by_ambulance;
        }
        for (enum stroke_type type = 0; type < STROKE_TYPES; type++) {
            double share = case_mix_type_share(mix, type);
            cr_expect(fabs(n[type] / SAMPLE - share) < .001, "%s: %g, not %g",
                      stroke_type_name(type), n[type] / SAMPLE, share);
            if (n[type] > 0)
                cr_expect(fabs(ambulance[type] / n[type] - case_mix_ambulance_share(mix, type)) <
                              .004,
                          "%s from %g: %g", stroke_type_name(type), lvo_from[k],
                          ambulance[type] / n[type]);
            sum += share;
        }
        cr_expect(near(sum, 1, 1e-12));
        free(patient);
        case_mix_free(mix);
        design_fini(&design);
    }
}
