#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "tests/models/small_region.h"

/*
 * A few patients made by hand, run to discharge under one configuration of the small region.
 * Minutes are those below, everybody falls ill in the second area (East) unless a test says
 * otherwise, and calls at once; a mimic neither dies nor is treated, so its times are plain sums.
 */

enum { A = SITE_ASH, B = SITE_BIRCH, C = SITE_CEDAR, D = SITE_DOGWOOD, E = SITE_ELM };
enum { NORTH, EAST, MOST_PATIENTS = 8 };

static const double day_min = 1440;

static const double minutes[SMALL_AREAS][SMALL_SITES] = {
    /* Ash Birch Cedar Dogwood Elm */
    {14, 20, 30, 18, 7},  /* North */
    {16, 6, 25, 40, 12},  /* East */
    {15, 28, 8, 33, 22},  /* South */
    {17, 35, 16, 9, 26},  /* West */
    {5, 13, 12, 21, 11},  /* Middle */
    {61, 70, 66, 52, 55}, /* Far */
};

struct few {
    struct design design;
    struct hospital *hospital; /* of the configuration that runs */
    struct model model;
    struct pathway *pathway;
    struct patient patient[MOST_PATIENTS];
    uint32_t order[MOST_PATIENTS];
    struct cohort cohort;
};

static void few_open(struct few *few, size_t configuration)
{
    *few = (struct few){0};
    small_design(&few->design);
    memcpy(few->design.region.minutes, minutes, sizeof minutes);
    few->hospital = few->design.configuration[configuration].hospital;
    few->cohort = (struct cohort){.patient = few->patient, .order = few->order};
}

/* Falls ill an hour after the one before. */
static struct patient *few_add(struct few *few, enum stroke_type type, double first_days)
{
    size_t at = few->cohort.count++;
    cr_assert_lt(at, MOST_PATIENTS);
    few->order[at] = (uint32_t)at;
    few->patient[at] = (struct patient){.number = at + 1,
                                        .area = EAST,
                                        .type = (uint8_t)type,
                                        .by_ambulance = true,
                                        .onset_min = 60 * (double)at,
                                        .elsewhere = .99,
                                        .scan = .5,
                                        .ivt = .99,
                                        .door_in_door_out = .5,
                                        .mt = .99,
                                        .organised = .5,
                                        .hasu_days = first_days};
    return &few->patient[at];
}

static const struct path *few_run_again(struct few *few, size_t configuration, double days)
{
    struct pathway_run run = {.service = &few->model.service[configuration],
                              .reference = &few->model.service[configuration],
                              .level = &few->model.calibration.level,
                              .cohort = &few->cohort,
                              .window_end_min = days * day_min,
                              .max_inside = 1000};
    cr_assert_eq(pathway_execute(few->pathway, &run), PATHWAY_OK);
    return pathway_paths(few->pathway);
}

static const struct path *few_run(struct few *few, size_t configuration)
{
    enum { DAYS = 200 };
    cr_assert_eq(model_init(&few->model, &few->design, 0), MODEL_OK);
    few->pathway = pathway_new(SMALL_HOSPITALS, DAYS);
    cr_assert_not_null(few->pathway);
    return few_run_again(few, configuration, DAYS);
}

static void few_close(struct few *few)
{
    pathway_free(few->pathway);
    model_fini(&few->model);
    design_fini(&few->design);
}

static bool close_to(double got, double want)
{
    return fabs(got - want) < 1e-6;
}

/* --- the stroke unit after the hyper-acute days ----------------------------------------------- */

/* Each stroke unit has one bed, and patients of North come for them one after the other: the own
 * unit (Ash), then the nearest of its sector, then the nearest anywhere, and when none is left
 * they wait for the own one. Elm gives stroke care too, but takes nobody over. */
Test(pathway_steps, the_stroke_unit_that_takes_a_patient_over)
{
    enum { PATIENTS = 5 };
    static const struct {
        const char *what;
        int sector[SMALL_HOSPITALS];
        uint32_t want[PATIENTS];
    } cases[] = {
        {"no sectors", {-1, -1, -1, -1, -1}, {A, D, B, C, A}},
        {"others have sectors", {-1, 1, -1, 1, -1}, {A, D, B, C, A}},
        {"alone in its sector", {1, 0, 0, 0, 1}, {A, D, B, C, A}},
        {"the furthest helps first", {1, 0, 1, 0, 0}, {A, C, D, B, A}},
        {"the nearer of two helps first", {1, 1, 1, 0, 0}, {A, B, C, D, A}},
        {"all in one sector", {2, 2, 2, 2, 2}, {A, D, B, C, A}},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct few few;
        few_open(&few, CENTRAL);
        for (size_t h = 0; h < SMALL_HOSPITALS; h++) {
            few.hospital[h].sector = cases[k].sector[h];
            few.hospital[h].beds[BED_SU] = h == E ? 9 : 1;
        }
        few.hospital[A].beds[BED_HASU] = PATIENTS;
        few.hospital[E].roles = ROLE_STROKE;
        for (int i = 0; i < PATIENTS; i++) {
            struct patient *patient = few_add(&few, TYPE_MIMIC, 1);
            patient->area = NORTH;
            patient->su_needed = true;
            patient->su_days = 30;
        }
        const struct path *path = few_run(&few, CENTRAL);
        for (int i = 0; i < PATIENTS; i++) {
            cr_expect_eq(path[i].journey.treating, A);
            cr_expect_eq(path[i].su, cases[k].want[i], "%s: patient %d goes to %u, not %u",
                         cases[k].what, i, path[i].su, cases[k].want[i]);
            cr_expect_eq(path[i].bill.quantity[BILL_TRANSFER], cases[k].want[i] != A);
        }
        /* The last one's wait, in a hyper-acute bed. */
        cr_expect(close_to(path[4].su_bed_min, path[0].discharge_min), "%s", cases[k].what);
        cr_expect(close_to(path[4].su_wait_min, path[0].discharge_min - path[4].bed_min - day_min),
                  "%s", cases[k].what);
        cr_expect(close_to(path[3].su_wait_min, 0), "%s", cases[k].what);
        few_close(&few);
    }
}

/* --- waits ------------------------------------------------------------------------------------ */

/* One bed at Birch, taken for 100 days. Who waits for it is on a ward, for at most the 90 days
 * that are billed; who dies waiting takes no bed and lets the next one through. */
Test(pathway_steps, waiting_for_the_first_bed)
{
    struct few few;
    few_open(&few, LOCAL);
    few.hospital[B].beds[BED_SU] = 1;
    few_add(&few, TYPE_MIMIC, 100);
    struct patient *dies = few_add(&few, TYPE_NLVO, 5);
    dies->nihss = 10;
    dies->age = 75;
    dies->mrs = .999999;
    dies->death_time = .1;
    few_add(&few, TYPE_MIMIC, 2);
    const struct path *path = few_run(&few, LOCAL);
    cr_expect_eq(path[0].bill.quantity[BILL_WARD_BED_DAY], 0);
    cr_expect(close_to(path[0].bill.quantity[BILL_STROKE_BED_DAY], 90));
    /* .1 of deaths: 3 days x .1 / (the share dead by then). */
    double days = 3 * .1 / few.model.service[LOCAL].outcome.death_share[0][0];
    cr_assert_lt(days, 3);
    cr_expect_eq(path[1].mrs, 6);
    cr_expect(path[1].died_in_hospital && isnan(path[1].bed_min) && !path[1].bed_in_time);
    cr_expect(close_to(path[1].discharge_min, path[1].door_min + days * day_min));
    cr_expect(close_to(path[1].bed_wait_min, days * day_min));
    cr_expect(close_to(path[1].bill.quantity[BILL_WARD_BED_DAY], days));
    cr_expect_eq(path[1].bill.quantity[BILL_STROKE_BED_DAY], 0);
    cr_expect(close_to(path[2].bed_min, path[0].discharge_min));
    cr_expect(close_to(path[2].discharge_min, path[2].bed_min + 2 * day_min));
    cr_expect(close_to(path[2].bill.quantity[BILL_WARD_BED_DAY], 90), "%g ward days",
              path[2].bill.quantity[BILL_WARD_BED_DAY]);
    cr_expect_eq(path[2].bill.quantity[BILL_STROKE_BED_DAY], 0);
    few_close(&few);
}

/* Whether a bed comes in time is known 4 hours after the door, and nobody who waits for one dies of
 * the stroke before it is known what follows. */
Test(pathway_steps, no_death_before_the_outcome_is_decided)
{
    struct few few;
    few_open(&few, LOCAL);
    few.hospital[B].beds[BED_SU] = 1;
    few_add(&few, TYPE_MIMIC, 10);
    struct patient *patient = few_add(&few, TYPE_NLVO, 5);
    patient->nihss = 10;
    patient->age = 75;
    patient->mrs = .999999;
    patient->death_time = 1e-6;
    const struct path *path = few_run(&few, LOCAL);
    cr_assert_gt(path[1].scan_min, path[1].door_min + 1);
    cr_expect(close_to(path[1].death_min, path[1].door_min + 240), "%g minutes after the door",
              path[1].death_min - path[1].door_min);
    cr_expect(path[1].died_in_hospital && isnan(path[1].bed_min));
    few_close(&few);
}

/* Organised care if the bed is free within 4 hours of the door, whatever happens meanwhile. */
Test(pathway_steps, a_bed_in_time_for_organised_care)
{
    static const double hours[] = {0, 2, 3.99, 4.01, 30};
    for (size_t k = 0; k < sizeof hours / sizeof *hours; k++) {
        struct few few;
        few_open(&few, LOCAL);
        few.hospital[B].beds[BED_SU] = 1;
        few_add(&few, TYPE_MIMIC, 0)->hasu_days = (1 + hours[k]) / 24; /* came an hour before */
        struct patient *patient = few_add(&few, TYPE_NLVO, 5);
        patient->nihss = 5;
        patient->age = 70;
        patient->scan = .3;
        const struct path *path = few_run(&few, LOCAL);
        cr_expect(fabs(path[1].bed_wait_min - 60 * hours[k]) < 1e-3, "%g", path[1].bed_wait_min);
        cr_expect_eq(path[1].organised_care, hours[k] < 4, "%g hours", hours[k]);
        few_close(&few);
    }
}

/* --- after the stroke unit, and without one --------------------------------------------------- */

/* One rehabilitation bed at Elm: the first has it after the days at the stroke unit, the second
 * waits and holds the stroke-unit bed meanwhile, the third dies waiting. */
Test(pathway_steps, rehabilitation)
{
    struct few few;
    few_open(&few, LOCAL);
    small_design_rehab(&few.design, 1);
    few.hospital[B].beds[BED_SU] = 3;
    for (int i = 0; i < 2; i++) {
        struct patient *patient = few_add(&few, TYPE_MIMIC, 4);
        patient->rehab_needed = true;
        patient->rehab_days = 10;
    }
    struct patient *patient = few_add(&few, TYPE_HAEMORRHAGE, 4);
    patient->nihss = 10;
    patient->age = 75;
    patient->mrs = .999999;
    patient->death_time = .5;
    patient->rehab_needed = true;
    patient->rehab_days = 10;
    const struct path *path = few_run(&few, LOCAL);
    for (int i = 0; i < 2; i++) {
        cr_assert_eq(path[i].rehab, E);
        double came = path[i].bed_min + 4 * day_min + path[i].rehab_wait_min;
        cr_expect(close_to(path[i].rehab_bed_min, came));
        cr_expect(close_to(path[i].discharge_min, path[i].rehab_bed_min + 10 * day_min));
        cr_expect(close_to(path[i].bill.quantity[BILL_REHAB_BED_DAY], 10));
        cr_expect(close_to(path[i].bill.quantity[BILL_STROKE_BED_DAY],
                           (path[i].rehab_bed_min - path[i].bed_min) / day_min));
        cr_expect_eq(path[i].bill.quantity[BILL_TRANSFER], 1);
    }
    cr_expect_eq(path[0].rehab_wait_min, 0);
    cr_expect(close_to(path[1].rehab_bed_min, path[0].discharge_min));
    cr_expect(isnan(path[2].rehab_bed_min) && path[2].died_in_hospital);
    cr_expect_eq(path[2].bill.quantity[BILL_REHAB_BED_DAY], 0);
    few_close(&few);
}

/* Who waits too long stays on a general ward for the whole stay, without organised care; who has a
 * bed before, or dies, is no outlier. */
Test(pathway_steps, outliers)
{
    static const double after_hours[] = {0, 2, 10, 100};
    for (size_t k = 0; k < sizeof after_hours / sizeof *after_hours; k++) {
        struct few few;
        few_open(&few, LOCAL);
        small_design_push(&few.design, BOTH, P_BEDS_OUTLIER_AFTER_HOURS, after_hours[k]);
        few.hospital[B].beds[BED_SU] = 1;
        few_add(&few, TYPE_MIMIC, 2);
        struct patient *patient = few_add(&few, TYPE_NLVO, 5);
        patient->nihss = 5;
        patient->age = 70;
        patient->scan = .3;
        patient->organised = 0;
        patient->su_needed = true;
        patient->su_days = 3;
        const struct path *path = few_run(&few, LOCAL);
        bool outlier = after_hours[k] > 0 && after_hours[k] < 47;
        cr_expect_eq(path[1].outlier, outlier, "after %g hours", after_hours[k]);
        cr_expect_eq(isnan(path[1].bed_min), outlier);
        cr_expect_not(path[1].organised_care);
        double waited = outlier ? after_hours[k] * 60 : 47 * 60;
        cr_expect(close_to(path[1].bed_wait_min, waited), "%g", path[1].bed_wait_min);
        cr_expect(close_to(path[1].discharge_min, path[1].door_min + waited + 8 * day_min));
        cr_expect(close_to(path[1].bill.quantity[BILL_WARD_BED_DAY],
                           waited / day_min + (outlier ? 8 : 0)));
        cr_expect(close_to(path[1].bill.quantity[BILL_STROKE_BED_DAY], outlier ? 0 : 8));
        few_close(&few);
    }
}

/* Ready to leave, and nowhere to go: the bed is held for the patient's own delay, which an
 * exponential with the mean of where the patient goes turns the uniform into. */
Test(pathway_steps, delayed_discharge)
{
    for (int care_home = 0; care_home < 2; care_home++) {
        struct few few;
        few_open(&few, LOCAL);
        small_design_push(&few.design, BOTH, P_DISCHARGE_HOME_DELAY, 2);
        small_design_push(&few.design, BOTH, P_DISCHARGE_CARE_HOME_DELAY, 6);
        few.hospital[B].beds[BED_SU] = 1;
        struct patient *patient = few_add(&few, TYPE_NLVO, 5);
        patient->nihss = 5;
        patient->age = 70;
        patient->care_home = care_home ? 0 : .99;
        patient->discharge_delay = .75;
        few_add(&few, TYPE_MIMIC, 1);
        const struct path *path = few_run(&few, LOCAL);
        double delay_days = (care_home ? 6 : 2) * log(4);
        cr_expect(close_to(path->ready_min, path->bed_min + 5 * day_min));
        cr_expect(close_to(path->discharge_min, path->ready_min + delay_days * day_min), "%g days",
                  (path->discharge_min - path->ready_min) / day_min);
        cr_expect(close_to(path[1].bed_min, path->discharge_min), "the next waits as long");
        cr_expect(close_to(path[1].ready_min, path[1].discharge_min), "not of a mimic");
        few_close(&few);
    }
}

/* The stroke-unit part of the stay is shorter, by at most all of it, for those going home. */
Test(pathway_steps, early_supported_discharge)
{
    static const struct {
        double su_days, care_home, uniform, days;
        bool early;
    } cases[] = {{20, .99, .3, 19.5, true},
                 {20, .99, .5, 25, false},
                 {20, 0, .3, 25, false},
                 {4, .99, .3, 5, true},
                 {0, .99, .3, 5, false}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        for (size_t configuration = 0; configuration < 2; configuration++) {
            struct few few;
            few_open(&few, configuration);
            small_design_push(&few.design, BOTH, P_DISCHARGE_EARLY_SUPPORTED_SHARE, .4);
            struct patient *patient = few_add(&few, TYPE_NLVO, 5);
            patient->nihss = 5;
            patient->age = 70;
            patient->su_needed = cases[k].su_days > 0;
            patient->su_days = cases[k].su_days;
            patient->care_home = cases[k].care_home;
            patient->early_supported = cases[k].uniform;
            const struct path *path = few_run(&few, configuration);
            cr_expect_eq(path->early_supported, cases[k].early, "%zu", k);
            cr_expect_eq(path->bill.quantity[BILL_EARLY_SUPPORTED_DISCHARGE], cases[k].early);
            double way_days = (path->discharge_min - path->bed_min) / day_min - cases[k].days;
            cr_expect(way_days >= -1e-9 && way_days < .05, "%zu: %g days", k, way_days);
            few_close(&few);
        }
}

/* A bed that comes free goes to the smallest rank: here to who came by transfer, or straight. */
Test(pathway_steps, who_has_a_bed_first)
{
    for (int transfer_first = 0; transfer_first < 2; transfer_first++) {
        struct few few;
        few_open(&few, CENTRAL);
        small_design_push(&few.design, BOTH, P_BEDS_PRIORITY_DIRECT, transfer_first ? 2 : 1);
        small_design_push(&few.design, BOTH, P_BEDS_PRIORITY_TRANSFER, transfer_first ? 1 : 2);
        few.hospital[A].beds[BED_HASU] = 1;
        few_add(&few, TYPE_MIMIC, 3)->area = NORTH;
        for (int i = 0; i < 2; i++) {
            struct patient *patient = few_add(&few, TYPE_MIMIC, 1);
            patient->area = NORTH;
            /* By own means: to Elm, and transferred. Who is to be first comes last. */
            patient->by_ambulance = (i == 0) == transfer_first;
        }
        const struct path *path = few_run(&few, CENTRAL);
        const struct path *by_transfer = &path[transfer_first ? 2 : 1];
        const struct path *direct = &path[transfer_first ? 1 : 2];
        cr_assert(direct->journey.first == A && by_transfer->journey.first == E);
        cr_assert_eq(by_transfer->door_min > direct->door_min, transfer_first);
        cr_expect_eq(by_transfer->bed_min < direct->bed_min, transfer_first);
        few_close(&few);
    }
}

/* --- the bill --------------------------------------------------------------------------------- */

/* North: by own means to Elm, on to the HASU at Ash, later to the own stroke unit, also Ash. All
 * 90 days count from the first door. */
Test(pathway_steps, the_bill_of_one_stay)
{
    static const struct {
        double hasu_days, su_days, day_1, day_2_3, bed_days, home_days;
    } cases[] = {
        {.5, 0, .5, 0, .5, 89.5}, {1.5, 0, 1, .5, 1.5, 88.5},   {2.5, 10, 1, 1.5, 12.5, 77.5},
        {5, 40, 1, 2, 45, 45},    {4, 85.99, 1, 2, 89.99, .01}, {4, 100, 1, 2, 90, 0},
        {100, 20, 1, 2, 90, 0},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct few few;
        few_open(&few, CENTRAL);
        struct patient *patient = few_add(&few, TYPE_NLVO, cases[k].hasu_days);
        patient->area = NORTH;
        patient->by_ambulance = false;
        patient->nihss = 5;
        patient->age = 70;
        patient->su_needed = cases[k].su_days > 0;
        patient->su_days = cases[k].su_days;
        const struct path *path = few_run(&few, CENTRAL);
        const double *quantity = path->bill.quantity;
        /* The hour at Elm and the way to Ash come before the bed. */
        double on_the_way = (path->door_min - path->first_door_min) / day_min;
        cr_assert(path->journey.first == E && path->journey.treating == A && on_the_way > .04);
        cr_assert_eq(path->mrs, 0);
        double bed_days = fmin(cases[k].bed_days, 90 - on_the_way);
        double home_days = fmax(0, cases[k].home_days - on_the_way);
        cr_expect(close_to(quantity[BILL_HASU_UPLIFT_DAY_1], cases[k].day_1), "%zu", k);
        cr_expect(close_to(quantity[BILL_HASU_UPLIFT_DAY_2_3], cases[k].day_2_3), "%zu", k);
        cr_expect(close_to(quantity[BILL_STROKE_BED_DAY], bed_days), "%zu: %g, not %g", k,
                  quantity[BILL_STROKE_BED_DAY], bed_days);
        cr_expect(close_to(quantity[BILL_CARE_HOME_DAY], home_days), "%zu: %g, not %g", k,
                  quantity[BILL_CARE_HOME_DAY], home_days);
        cr_expect_eq(quantity[BILL_TRANSFER], 1);
        cr_expect_eq(quantity[BILL_AMBULANCE_JOURNEY], 0);
        few_close(&few);
    }
}

/* --- transfers for thrombectomy -----------------------------------------------------------------
 */

/* East's ambulance brings a large-vessel occlusion to Birch, which has no thrombectomy: every time
 * by hand, with all of the patient's luck in the middle (8 min response, 25 on scene, 6 on the way,
 * 130 from door to door) but for the scan, and with the needle first. A second one is slow to be
 * scanned and treated, and leaves when that is done. */
Test(pathway_steps, sent_on_for_thrombectomy)
{
    struct few few;
    few_open(&few, CENTRAL);
    few.hospital[B].roles = ROLE_STROKE;
    few.hospital[B].beds[BED_SU] = 1;
    small_design_write(&few.design, CENTRAL, P_POLICY_NAME, POLICY_DRIP_AND_SHIP);
    small_design_write(&few.design, BOTH, P_MT_TREATED_IF_ELIGIBLE, .5);
    few.design.region.transfer_minutes[B * SMALL_SITES + A] = 33;
    for (int i = 0; i < 2; i++) {
        struct patient *patient = few_add(&few, TYPE_LVO, 3);
        patient->onset_known = true;
        patient->nihss = 15;
        patient->age = 75;
        patient->ivt = .001;
        patient->mt = .1;
        patient->needle = i == 0 ? .5 : .99;
        patient->scan = i == 0 ? .5 : .8;
        patient->puncture = .5;
    }
    const struct path *path = few_run(&few, CENTRAL);
    for (int i = 0; i < 2; i++) {
        double onset = 60 * i, door = onset + 8 + 25 + 6;
        cr_expect(close_to(path[i].leave_scene_min, onset + 33), "patient %d", i);
        cr_expect(close_to(path[i].door_min, door) && path[i].journey.treating == B);
        cr_assert(path[i].needle_min > path[i].scan_min && path[i].scan_min > door);
        double leave = i == 0 ? door + 130 : path[i].needle_min;
        cr_expect(close_to(path[i].leave_min, leave), "patient %d leaves at %g, not %g", i,
                  path[i].leave_min, leave);
        cr_expect(close_to(path[i].centre_door_min, leave + 33));
        cr_expect_eq(path[i].ward, A);
        cr_expect(close_to(path[i].bed_min, leave + 33) && path[i].bed_wait_min == 0);
        /* The median of 45 min, a little less for the cut at 495 min after onset. */
        double puncture = path[i].puncture_min - path[i].centre_door_min;
        cr_expect(puncture > 30 && puncture <= 45 + 1e-9, "%g min", puncture);
        cr_expect_eq(path[i].bill.quantity[BILL_TRANSFER], 1);
        cr_expect(path[i].bill.quantity[BILL_HASU_UPLIFT_DAY_1] > 0, "a bed at the HASU");
    }
    cr_expect(path[1].needle_min > path[1].door_min + 130);
    few_close(&few);
}

/* The 4 hours to an organised bed count from the door where it is asked for. */
Test(pathway_steps, organised_care_after_a_transfer)
{
    struct few few;
    few_open(&few, CENTRAL);
    few.hospital[B].roles = ROLE_STROKE;
    few.hospital[A].beds[BED_HASU] = 1;
    small_design_write(&few.design, CENTRAL, P_POLICY_NAME, POLICY_DRIP_AND_SHIP);
    small_design_write(&few.design, BOTH, P_MT_TREATED_IF_ELIGIBLE, .5);
    few_add(&few, TYPE_MIMIC, 7. / 24)->area = NORTH; /* has the bed at Ash until minute 467 */
    struct patient *patient = few_add(&few, TYPE_LVO, 3);
    patient->onset_known = true;
    patient->nihss = 15;
    patient->age = 75;
    patient->mt = .1;
    patient->puncture = .5;
    const struct path *path = few_run(&few, CENTRAL);
    cr_assert(path[1].ward == A && path[1].bed_wait_min > 30);
    cr_expect(path[1].bed_min > path[1].door_min + 240 &&
              path[1].bed_min < path[1].centre_door_min + 240);
    cr_expect(path[1].bed_in_time && path[1].organised_care);
    few_close(&few);
}

/* --- full units ---------------------------------------------------------------------------------
 */

/* Five of East, an hour after each other, and one bed at each unit: to Birch (6 min), then Ash
 * (16), Cedar (25), Dogwood (40), and when all are full to the nearest after all. Elm takes no
 * strokes. */
Test(pathway_steps, an_ambulance_goes_on_from_a_full_unit)
{
    enum { PATIENTS = 5 };
    static const uint32_t nearest[PATIENTS] = {B, A, C, D, B}, without[PATIENTS] = {B, B, B, B, B};
    static const uint32_t hasu[PATIENTS] = {A, C, A, A, A}, centre[PATIENTS] = {A, A, A, A, A};
    static const struct {
        const char *what;
        size_t configuration;
        enum policy policy;
        double divert, limited;
        const uint32_t *want;
    } cases[] = {
        {"to the next nearest", LOCAL, POLICY_NEAREST, 1, 1, nearest},
        {"not unless it is switched on", LOCAL, POLICY_NEAREST, 0, 1, without},
        {"not while beds are unlimited", LOCAL, POLICY_NEAREST, 1, 0, without},
        {"to a HASU only, under nearest_hasu", CENTRAL, POLICY_NEAREST_HASU, 1, 1, hasu},
        {"to a centre only, under nearest_mt", CENTRAL, POLICY_NEAREST_MT, 1, 1, centre},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct few few;
        few_open(&few, cases[k].configuration);
        for (size_t h = 0; h < SMALL_HOSPITALS; h++) {
            few.hospital[h].beds[BED_SU] = few.hospital[h].beds[BED_SU] != 0;
            few.hospital[h].beds[BED_HASU] = few.hospital[h].beds[BED_HASU] != 0;
        }
        small_design_write(&few.design, cases[k].configuration, P_POLICY_NAME, cases[k].policy);
        small_design_write(&few.design, BOTH, P_POLICY_DIVERT_WHEN_FULL, cases[k].divert);
        small_design_write(&few.design, BOTH, P_BEDS_LIMITED, cases[k].limited);
        for (int i = 0; i < PATIENTS; i++)
            few_add(&few, TYPE_MIMIC, 5);
        const struct path *path = few_run(&few, cases[k].configuration);
        for (int i = 0; i < PATIENTS; i++) {
            uint32_t want = cases[k].want[i];
            cr_expect_eq(path[i].journey.treating, want, "%s: patient %d goes to %u, not %u",
                         cases[k].what, i, path[i].journey.treating, want);
            cr_expect_eq(path[i].diverted, want != cases[k].want[0]);
            cr_expect(close_to(path[i].door_min, 60 * i + 8 + 25 + minutes[EAST][want]),
                      "%s: patient %d", cases[k].what, i);
        }
        few_close(&few);
    }
}

/* It is the moment of leaving the scene that counts: a bed that becomes free while the crew is
 * there is free; and who makes their own way goes where they go. */
Test(pathway_steps, full_on_leaving_the_scene)
{
    static const struct {
        const char *what;
        double first_days;
        bool by_ambulance, diverted;
    } cases[] = {
        {"full on leaving", 1, true, true},
        {"full while the crew is on scene, free on leaving", 50. / 1440, true, false},
        {"by their own way", 1, false, false},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct few few;
        few_open(&few, LOCAL);
        few.hospital[B].beds[BED_SU] = 1;
        small_design_write(&few.design, BOTH, P_POLICY_DIVERT_WHEN_FULL, 1);
        few_add(&few, TYPE_MIMIC, cases[k].first_days)->scan = .05;
        few_add(&few, TYPE_MIMIC, 1)->by_ambulance = cases[k].by_ambulance;
        const struct path *path = few_run(&few, LOCAL);
        cr_expect_eq(path[0].diverted, false);
        cr_expect_eq(path[1].diverted, cases[k].diverted, "%s", cases[k].what);
        cr_expect_eq(path[1].journey.treating, cases[k].diverted ? A : B, "%s", cases[k].what);
        if (k ==
            1) /* gone 89 min after the first onset: the second crew came at 68, leaves at 93 */
            cr_expect(path[0].discharge_min > path[1].scene_min &&
                      path[0].discharge_min < path[1].leave_scene_min);
        few_close(&few);
    }
}

/* --- one run after another -------------------------------------------------------------------- */

Test(pathway_steps, who_is_never_reached_has_no_path)
{
    struct few few;
    few_open(&few, CENTRAL);
    few_add(&few, TYPE_MIMIC, 1);
    few_add(&few, TYPE_MIMIC, 1)->onset_min = 100 * day_min;
    const struct path *path = few_run(&few, CENTRAL);
    cr_expect(path[0].done && path[1].done);
    path = few_run_again(&few, CENTRAL, 10);
    cr_expect(path[0].done);
    cr_expect_not(path[1].done, "the path of the earlier run is still there");
    cr_expect_eq(path[1].door_min, 0);
    few_close(&few);
}
