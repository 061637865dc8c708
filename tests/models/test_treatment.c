#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "models/treatment.h"
#include "tests/models/small_region.h"

struct ward {
    struct design design;
    struct service service;
    struct unit *unit; /* the HASU with thrombectomy */
};

static void open_ward(struct ward *ward)
{
    small_design(&ward->design);
    small_design_write(&ward->design, BOTH, P_MT_TREATED_IF_ELIGIBLE, .6);
    small_design_write(&ward->design, BOTH, P_MT_TRANSFER, 0);
    small_design_write(&ward->design, BOTH, P_HASU_DOOR_TO_SCAN_P50_MIN, 15);
    small_design_write(&ward->design, BOTH, P_HASU_SCAN_TO_NEEDLE_P50_MIN, 18);
    struct configuration *configuration = &ward->design.configuration[CENTRAL];
    cr_assert_eq(service_init(&ward->service, &ward->design.region, configuration->hospital,
                              configuration->hospitals, &configuration->parameters,
                              configuration->catchment),
                 SERVICE_OK);
    service_set_treated_if_eligible(&ward->service, TYPE_NLVO, .2, .5);
    service_set_treated_if_eligible(&ward->service, TYPE_LVO, .2, .5);
    ward->unit = &ward->service.unit[SITE_ASH];
}

static void close_ward(struct ward *ward)
{
    service_fini(&ward->service);
    design_fini(&ward->design);
}

static const struct patient lucky = {.type = TYPE_LVO,
                                     .onset_known = true,
                                     .scan = .5,
                                     .ivt = .1,
                                     .needle = .5,
                                     .mt = .1,
                                     .puncture = .5,
                                     .door_in_door_out = .5};

/* Who is in time, one condition at a time. */
Test(treatment, limits)
{
    struct ward ward;
    open_ward(&ward);
    static const struct {
        const char *what;
        enum stroke_type type;
        bool known;
        double door_min, scan_min;
        bool in_time;
    } cases[] = {
        {"in time", TYPE_NLVO, true, 100, 30, true},
        {"a large-vessel occlusion too", TYPE_LVO, true, 100, 30, true},
        {"haemorrhage", TYPE_HAEMORRHAGE, true, 100, 30, false},
        {"mimic", TYPE_MIMIC, true, 100, 30, false},
        {"onset not known", TYPE_NLVO, false, 100, 30, false},
        {"arrival at the limit", TYPE_NLVO, true, 240, 0, true},
        {"arrival past it", TYPE_NLVO, true, 240.01, 0, false},
        {"scan at the limit after onset", TYPE_NLVO, true, 200, 40, true},
        {"scan past it", TYPE_NLVO, true, 200, 40.01, false},
        {"scan at the limit after arrival", TYPE_NLVO, true, 0, 240, true},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct patient patient = lucky;
        patient.type = (uint8_t)cases[c].type;
        patient.onset_known = cases[c].known;
        cr_expect_eq(
            treatment_in_time(&ward.service, &patient, cases[c].door_min, cases[c].scan_min),
            cases[c].in_time, "%s", cases[c].what);
        double needle = treatment_needle(&ward.service, ward.unit, &patient, cases[c].door_min,
                                         cases[c].scan_min);
        cr_expect_eq(isfinite(needle), cases[c].in_time, "%s", cases[c].what);
    }
    close_ward(&ward);
}

Test(treatment, thrombectomy_limits)
{
    struct ward ward;
    open_ward(&ward);
    static const struct {
        const char *what;
        enum stroke_type type;
        bool known, centre;
        double luck, door_min, scan_min;
        bool treated;
    } cases[] = {
        {"treated", TYPE_LVO, true, true, .59, 100, 30, true},
        {"unlucky", TYPE_LVO, true, true, .6, 100, 30, false},
        {"no large vessel", TYPE_NLVO, true, true, .1, 100, 30, false},
        {"haemorrhage", TYPE_HAEMORRHAGE, true, true, .1, 100, 30, false},
        {"onset not known", TYPE_LVO, false, true, .1, 100, 30, false},
        {"no centre", TYPE_LVO, true, false, .1, 100, 30, false},
        {"scanned at the limit", TYPE_LVO, true, true, .1, 300, 60, true},
        {"scanned past it", TYPE_LVO, true, true, .1, 300, 60.01, false},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct patient patient = lucky;
        patient.type = (uint8_t)cases[c].type;
        patient.onset_known = cases[c].known;
        patient.mt = cases[c].luck;
        double got = treatment_puncture(&ward.service,
                                        &ward.service.unit[cases[c].centre ? SITE_ASH : SITE_CEDAR],
                                        &patient, cases[c].door_min, cases[c].scan_min, INFINITY);
        cr_expect_eq(isfinite(got), cases[c].treated, "%s", cases[c].what);
    }
    close_ward(&ward);
}

/* Why not: the first reason in the order of the decisions, and none but for those not treated. */
Test(treatment, refusals)
{
    struct ward ward;
    open_ward(&ward);
    static const struct {
        const char *what;
        enum stroke_type type;
        bool unknown, no_centre;
        double luck, door_min, scan_min;
        enum refusal needle, puncture;
    } cases[] = {
        {"mimic", TYPE_MIMIC, 1, 0, .9, 300, 9, REFUSAL_NO_STROKE, REFUSAL_NO_STROKE},
        {"bleed", TYPE_HAEMORRHAGE, 1, 0, .9, 300, 9, REFUSAL_HAEMORRHAGE, REFUSAL_HAEMORRHAGE},
        {"unknown", TYPE_LVO, 1, 1, .9, 300, 9, REFUSAL_ONSET_UNKNOWN, REFUSAL_ONSET_UNKNOWN},
        {"other", TYPE_NLVO, 1, 1, .9, 300, 9, REFUSAL_ONSET_UNKNOWN, REFUSAL_NO_LARGE_VESSEL},
        {"late", TYPE_LVO, 0, 1, .9, 240.1, 9, REFUSAL_ARRIVED_LATE, REFUSAL_NOT_DONE_HERE},
        {"scan", TYPE_LVO, 0, 0, .9, 200, 40.1, REFUSAL_SCANNED_LATE, REFUSAL_DECIDED_AGAINST},
        {"scans", TYPE_LVO, 0, 0, .9, 200, 161, REFUSAL_SCANNED_LATE, REFUSAL_SCANNED_LATE},
        {"luck", TYPE_LVO, 0, 0, .9, 200, 40, REFUSAL_DECIDED_AGAINST, REFUSAL_DECIDED_AGAINST},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct patient patient = lucky;
        const struct unit *unit = &ward.service.unit[cases[c].no_centre ? SITE_CEDAR : SITE_ASH];
        double door_min = cases[c].door_min, scan_min = cases[c].scan_min;
        patient.type = (uint8_t)cases[c].type;
        patient.onset_known = !cases[c].unknown;
        patient.ivt = patient.mt = cases[c].luck;
        cr_expect(!isfinite(treatment_needle(&ward.service, unit, &patient, door_min, scan_min)) &&
                      !isfinite(treatment_puncture(&ward.service, unit, &patient, door_min,
                                                   scan_min, INFINITY)),
                  "%s", cases[c].what);
        cr_expect_eq(treatment_no_needle(&ward.service, unit, &patient, door_min, scan_min),
                     cases[c].needle, "%s", cases[c].what);
        cr_expect_eq(treatment_no_puncture(&ward.service, unit, &patient, door_min + scan_min),
                     cases[c].puncture, "%s", cases[c].what);
    }
    /* Nobody thrombolysed at all, and a limit that leaves nothing after the scan. */
    struct unit idle = *ward.unit;
    idle.treated_if_eligible[TYPE_LVO] = 0;
    cr_expect_eq(treatment_no_needle(&ward.service, &idle, &lucky, 60, 20), REFUSAL_NOT_DONE_HERE);
    ward.service.parameters.value[P_IVT_NEEDLE_LIMIT_MIN] = 50;
    ward.service.parameters.value[P_IVT_NEEDLE_OVERRUN_MIN] = 0;
    ward.service.parameters.value[P_MT_PUNCTURE_LIMIT_MIN] = 50;
    ward.service.parameters.value[P_MT_PUNCTURE_OVERRUN_MIN] = 0;
    cr_expect(!isfinite(treatment_needle(&ward.service, ward.unit, &lucky, 60, 20)));
    cr_expect_eq(treatment_no_needle(&ward.service, ward.unit, &lucky, 60, 20),
                 REFUSAL_NO_TIME_LEFT);
    cr_expect_eq(treatment_no_puncture(&ward.service, ward.unit, &lucky, 80), REFUSAL_NO_TIME_LEFT);
    close_ward(&ward);
}

/* Times never pass their limits, however late and unlucky the patient. */
Test(treatment, nothing_happens_after_its_limit)
{
    struct ward ward;
    open_ward(&ward);
    int needles = 0, punctures = 0;
    for (double door = 1; door < 400; door += 7)
        for (double scan = .5; scan < 400; scan += 11)
            for (double u = .0005; u < 1; u += .0499) {
                struct patient patient = lucky;
                patient.needle = patient.puncture = u;
                double needle = treatment_needle(&ward.service, ward.unit, &patient, door, scan);
                double puncture =
                    treatment_puncture(&ward.service, ward.unit, &patient, door, scan, INFINITY);
                cr_assert(!isfinite(needle) || door + scan + needle <= 285 * (1 + 1e-15));
                cr_assert(!isfinite(puncture) || door + scan + puncture <= 495 * (1 + 1e-15));
                needles += isfinite(needle);
                punctures += isfinite(puncture);
            }
    cr_expect(needles > 1000 && punctures > 1000, "%d, %d", needles, punctures);
    close_ward(&ward);
}

/* The published share is scanned within the limit, by a lognormal cut there; the rest within a
 * day, evenly in the logarithm. */
Test(treatment, door_to_scan)
{
    struct ward ward;
    open_ward(&ward);
    double cut = gsl_cdf_ugaussian_P((log(240) - log(15)) / .941), before = 0;
    for (int i = 1; i < 4000; i++) {
        struct patient patient = lucky;
        patient.scan = i / 4000.0;
        double scan = treatment_door_to_scan(&ward.service, ward.unit, &patient);
        cr_assert(scan > before, "unluckier is later");
        before = scan;
        if (patient.scan < .9475) {
            double p = gsl_cdf_ugaussian_P((log(scan) - log(15)) / .941) / cut;
            cr_assert(scan <= 240 && fabs(p - patient.scan / .9475) < 1e-9, "%g: %g", patient.scan,
                      scan);
        } else {
            double want = 240 * pow(6, (patient.scan - .9475) / (1 - .9475));
            cr_assert(near(scan, want, 1e-9) && scan <= 1440);
        }
    }
    close_ward(&ward);
}

/* Unluckier is later, for needle and puncture, and the distribution is the cut lognormal. */
Test(treatment, needle_and_puncture)
{
    struct ward ward;
    open_ward(&ward);
    static const double doors[] = {30, 120, 200};
    for (size_t k = 0; k < 3; k++) {
        double before[2] = {0};
        double limit[2] = {285 - doors[k] - 20, 495 - doors[k] - 20};
        double mu[2] = {log(18), log(98)}, sigma[2] = {.690, .593};
        for (int i = 1; i < 1000; i++) {
            struct patient patient = lucky;
            patient.needle = patient.puncture = i / 1000.0;
            double got[2] = {
                treatment_needle(&ward.service, ward.unit, &patient, doors[k], 20),
                treatment_puncture(&ward.service, ward.unit, &patient, doors[k], 20, INFINITY)};
            for (int w = 0; w < 2; w++) {
                double p = gsl_cdf_ugaussian_P((log(got[w]) - mu[w]) / sigma[w]) /
                           gsl_cdf_ugaussian_P((log(limit[w]) - mu[w]) / sigma[w]);
                cr_assert(got[w] > before[w] && fabs(p - i / 1000.0) < 1e-9);
                before[w] = got[w];
            }
        }
    }
    close_ward(&ward);
}

/* A local unit follows the week, a HASU does not: the medians of scan and needle, and the share
 * treated, at every hour. */
Test(treatment, by_the_hour_of_the_week)
{
    struct ward ward;
    open_ward(&ward);
    const struct week_performance *week = &ward.service.week;
    double slowest = 0, quickest = 1e9;
    for (uint8_t hour = 0; hour < WEEK_HOURS; hour++)
        for (int hasu = 0; hasu < 2; hasu++) {
            struct patient patient = lucky;
            struct unit unit = *ward.unit;
            unit.hours_effect = hasu ? 0 : 1;
            patient.hour_of_week = hour;
            patient.scan = patient.needle = .5;
            struct patient any = patient;
            any.hour_of_week = 0;
            struct unit flat = unit;
            flat.hours_effect = 0;
            double shift = hasu ? 0 : week->ln_time[hour];
            flat.scan_mu[patient.type] += shift;
            flat.needle_mu[patient.type] += shift;
            double scan = treatment_door_to_scan(&ward.service, &unit, &patient);
            cr_expect(near(scan, treatment_door_to_scan(&ward.service, &flat, &any), 1e-12));
            patient.ivt = any.ivt = 0;
            cr_expect(near(treatment_needle(&ward.service, &unit, &patient, 60, 20),
                           treatment_needle(&ward.service, &flat, &any, 60, 20), 1e-12));
            double ratio = treatment_hour_ratio(&ward.service, &unit, &patient);
            cr_expect(near(ratio, hasu ? 1 : week->treated[hour], 1e-12));
            for (int side = -1; side <= 1; side += 2) {
                patient.ivt = unit.treated_if_eligible[patient.type] * ratio * (1 + side * 1e-9);
                cr_expect_eq(isfinite(treatment_needle(&ward.service, &unit, &patient, 60, 20)),
                             side < 0, "hour %d", hour);
            }
            slowest = hasu ? slowest : fmax(slowest, scan);
            quickest = hasu ? quickest : fmin(quickest, scan);
        }
    cr_expect(slowest > 1.2 * quickest, "%g, %g", slowest, quickest);
    close_ward(&ward);
}

/* Among those in time the share treated is the unit's, exactly. */
Test(treatment, share_treated)
{
    struct ward ward;
    open_ward(&ward);
    enum { N = 10000 };
    int treated[2] = {0}, punctured = 0;
    for (int i = 0; i < N; i++) {
        struct patient patient = lucky;
        patient.ivt = patient.mt = (i + .5) / N;
        for (int h = 0; h < 2; h++) {
            struct unit *unit = &ward.service.unit[h == 0 ? SITE_ASH : SITE_BIRCH];
            unit->hours_effect = 0;
            treated[h] += isfinite(treatment_needle(&ward.service, unit, &patient, 60, 20));
        }
        punctured +=
            isfinite(treatment_puncture(&ward.service, ward.unit, &patient, 60, 20, INFINITY));
    }
    cr_expect_eq(treated[0], .5 * N);
    cr_expect_eq(treated[1], .2 * N);
    cr_expect_eq(punctured, .6 * N);
    close_ward(&ward);
}

static bool treated(const struct ward *ward, const struct patient *patient, double door_min,
                    double *onset_to_needle)
{
    struct reperfusion got = treatment_decide(&ward->service, ward->unit, patient, door_min);
    *onset_to_needle = treatment_times(&got, door_min).ivt_min;
    cr_assert(same(*onset_to_needle, door_min + got.door_to_scan_min + got.scan_to_needle_min));
    return isfinite(*onset_to_needle);
}

/* Patient by patient: a longer journey or a slower unit never treats whom the other does not, and
 * fewer in all. */
Test(treatment, longer_and_slower_treat_fewer)
{
    struct ward ward;
    open_ward(&ward);
    int n[3] = {0};
    for (int i = 0; i < 60; i++)
        for (int j = 0; j < 60; j++)
            for (int k = 0; k < 20; k++) {
                struct patient patient = lucky;
                patient.scan = (i + .5) / 60;
                patient.ivt = patient.needle = (k + .5) / 20;
                double door = 5.0 * j, as_is, longer, slower;
                ward.unit->scan_mu[TYPE_LVO] = log(15);
                bool base = treated(&ward, &patient, door, &as_is);
                bool with_30 = treated(&ward, &patient, door + 30, &longer);
                ward.unit->scan_mu[TYPE_LVO] = log(31.4);
                bool slow = treated(&ward, &patient, door, &slower);
                cr_assert(base >= with_30 && base >= slow);
                n[0] += base;
                n[1] += with_30;
                n[2] += slow;
            }
    cr_expect(n[1] < n[0] && n[2] < n[0], "%d, longer %d, slower %d", n[0], n[1], n[2]);
    close_ward(&ward);
}

/* Everything that a dictionary's bounds allow is a number, not an abort. */
Test(treatment, bounds_of_the_limits)
{
    static const enum parameter_id id[] = {
        P_IVT_ARRIVAL_LIMIT_MIN,          P_IVT_SCAN_LIMIT_MIN,
        P_IVT_NEEDLE_LIMIT_MIN,           P_IVT_NEEDLE_OVERRUN_MIN,
        P_MT_ARRIVAL_LIMIT_MIN,           P_MT_PUNCTURE_LIMIT_MIN,
        P_MT_PUNCTURE_OVERRUN_MIN,        P_TREATMENT_DOOR_TO_SCAN_SIGMA,
        P_TREATMENT_SCAN_TO_NEEDLE_SIGMA, P_TREATMENT_SCANNED_IN_LIMIT_SHARE,
        P_MT_SCAN_TO_PUNCTURE_SIGMA,
    };
    struct ward ward;
    open_ward(&ward);
    struct parameters central = ward.service.parameters;
    for (size_t i = 0; i < sizeof id / sizeof *id; i++)
        for (int end = 0; end < 2; end++) {
            const struct parameter_info *info = parameter_info(id[i]);
            ward.service.parameters = central;
            ward.service.parameters.value[id[i]] = end ? info->largest : info->smallest;
            for (double u = .01; u < 1; u += .07)
                for (double door = 1; door < 600; door += 40) {
                    struct patient patient = lucky;
                    patient.scan = patient.needle = patient.puncture = u;
                    struct reperfusion got =
                        treatment_decide(&ward.service, ward.unit, &patient, door);
                    cr_assert(got.door_to_scan_min >= 0 && got.door_to_scan_min <= 1440 &&
                                  got.scan_to_needle_min >= 0 && got.scan_to_puncture_min >= 0,
                              "%s", info->key);
                }
        }
    close_ward(&ward);
}
