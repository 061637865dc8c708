/* One patient's journey in words. The command line is no library, so its files are taken in whole
 * here (figure.c by test_figure.c). */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "scenarios/cli/journey_difference.c"
#include "scenarios/cli/journey_words.c"
#include "tests/models/small_region.h"

/* A patient treated in good time under both, whom each test changes. */
struct story {
    struct design design;
    struct small_run run;
    struct patient patient;
    struct path path[2];
    struct told told[2];
};

static const double tuesday_min = 1440 + 14 * 60 + 32.9;

static struct path plain_path(uint32_t hospital)
{
    return (struct path){.journey = {.first = hospital, .treating = hospital, .travel_min = 11.9},
                         .call_min = tuesday_min + 20,
                         .scene_min = tuesday_min + 30,
                         .leave_scene_min = tuesday_min + 45,
                         .first_door_min = tuesday_min + 60,
                         .door_min = tuesday_min + 60,
                         .scan_min = tuesday_min + 90,
                         .needle_min = tuesday_min + 120,
                         .puncture_min = NAN,
                         .bed_min = tuesday_min + 60,
                         .su_bed_min = NAN,
                         .leave_min = NAN,
                         .centre_door_min = NAN,
                         .ward = hospital,
                         .discharge_min = tuesday_min + 5 * 1440,
                         .death_min = NAN,
                         .death_probability = .2,
                         .mrs_0_2_probability = .4,
                         .expected_mrs = 3,
                         .cost_gbp = 5000,
                         .su = NO_HOSPITAL,
                         .rehab = NO_HOSPITAL,
                         .rehab_bed_min = NAN,
                         .ready_min = INFINITY,
                         .mrs = 2,
                         .organised_care = true,
                         .care_offered = true,
                         .bed_in_time = true};
}

static void story_open(struct story *story)
{
    static const char *const names[] = {"local", "central"};
    small_design(&story->design);
    small_run_open(&story->run, &story->design, .1);
    story->patient = (struct patient){.type = TYPE_LVO,
                                      .nihss = 16,
                                      .mrs_before = 2,
                                      .onset_known = true,
                                      .by_ambulance = true,
                                      .age = 78.9,
                                      .onset_min = tuesday_min,
                                      .scan = .5};
    for (size_t c = 0; c < 2; c++) {
        story->path[c] = plain_path(SITE_ASH);
        story->path[c].service = &story->run.model.service[c];
        story->told[c] = (struct told){.configuration = names[c],
                                       .service = &story->run.model.service[c],
                                       .level = &story->run.model.calibration.level,
                                       .patient = &story->patient,
                                       .path = &story->path[c]};
    }
}

static void story_close(struct story *story)
{
    small_run_close(&story->run);
    design_fini(&story->design);
}

static void expect_text(FILE *stream, char *const *text, const char *wanted)
{
    cr_assert_eq(fclose(stream), 0);
    cr_expect_str_eq(*text, wanted, "told:\n%s\nwanted:\n%s", *text, wanted);
    free(*text);
}

static void expect_step(const struct told *told, const char *label, const char *wanted)
{
    for (size_t s = 0; s < journey_steps(); s++) {
        char *text = NULL;
        size_t size;
        if (strcmp(journey_step(s)->label, label) != 0)
            continue;
        FILE *stream = open_memstream(&text, &size);
        journey_tell_step(journey_step(s), told, stream);
        expect_text(stream, &text, wanted);
        return;
    }
    cr_assert_fail("there is no step '%s'", label);
}

static void expect_difference(const struct story *story, const char *wanted)
{
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    cr_assert(journey_tell_difference(&story->told[0], &story->told[1], stream));
    expect_text(stream, &text, wanted);
}

static void expect_patient(const struct told *told, const char *wanted)
{
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    journey_tell_patient(told, stream);
    cr_assert_eq(fclose(stream), 0);
    cr_expect_not_null(strstr(text, wanted), "no '%s' in '%s'", wanted, text);
    free(text);
}

Test(journey_words, say_who_it_is)
{
    struct story story;
    story_open(&story);
    expect_patient(&story.told[0], "a woman of 78, from ");
    expect_patient(&story.told[0],
                   "; a large-vessel occlusion, NIHSS 16; before the stroke slight disability (mRS "
                   "2); onset known, Tuesday 14:32 on day 2 of the window; calls an ambulance.");
    story.told[0].start_weekday = 6; /* simulated time begins on a Sunday */
    story.told[0].window_start_min = 1440;
    expect_patient(&story.told[0], "onset known, Monday 14:32 on day 1 of the window");
    story.patient.onset_known = story.patient.by_ambulance = false;
    expect_patient(&story.told[0], "; onset not known to anybody, in truth Monday 14:32 ");
    expect_patient(&story.told[0], "; comes without an ambulance.");
    story.patient.type = TYPE_MIMIC;
    expect_patient(&story.told[0], "; no stroke, but what looks like one (a mimic); onset known, ");
    story_close(&story);
}

/* Clock and minutes since onset agree: both are cut. */
Test(journey_words, times)
{
    struct story story;
    story_open(&story);
    expect_step(&story.told[0], "onset", "Tue 14:32  +0");
    expect_step(&story.told[0], "calls an ambulance", "Tue 14:52  +20");
    story.path[0].scan_min = floor(tuesday_min) + 90;
    expect_step(&story.told[0], "scan", "Tue 16:02  +90");
    story.path[0].scan_min = tuesday_min + 2879;
    expect_step(&story.told[0], "scan", "Thu 14:31  +2,879");
    story.path[0].scan_min = tuesday_min + 8640;
    expect_step(&story.told[0], "scan", "Mon 14:32  +8,640 (6.0 days)");
    expect_step(&story.told[0], "sets out", "");
    story.patient.by_ambulance = false;
    expect_step(&story.told[0], "calls an ambulance", "");
    expect_step(&story.told[0], "sets out", "Tue 14:52  +20");
    story_close(&story);
}

Test(journey_words, the_way)
{
    struct story story;
    story_open(&story);
    struct path *path = &story.path[CENTRAL];
    const struct told *told = &story.told[CENTRAL];
    expect_step(told, "arrives",
                "Tue 15:32  +60\nAsh (hyper-acute stroke unit), 11 min on the way");
    expect_step(&story.told[LOCAL], "arrives",
                "Tue 15:32  +60\nAsh (stroke unit), 11 min on the "
                "way");
    expect_step(told, "leaves for transfer", "");
    expect_step(told, "arrives there", "");
    path->journey = (struct journey){.first = SITE_ELM,
                                     .treating = SITE_BIRCH,
                                     .travel_min = 5,
                                     .door_in_door_out_min = 60,
                                     .transfer_min = 150};
    path->door_min = path->first_door_min + 210;
    expect_step(told, "arrives", "Tue 15:32  +60\nElm (no stroke unit), 5 min on the way");
    expect_step(told, "leaves for transfer", "Tue 16:32  +120");
    expect_step(told, "arrives there",
                "Tue 19:02  +270\nBirch (stroke unit), 2 h 30 min on the way");
    story_close(&story);
}

Test(journey_words, treatment_or_why_not)
{
    struct story story;
    story_open(&story);
    struct path *path = &story.path[LOCAL];
    const struct told *told = &story.told[LOCAL];
    expect_step(told, "thrombolysis", "Tue 16:32  +120\nin time, given");
    expect_step(told, "thrombectomy", "no: not done at this hospital");
    expect_step(told, "treated late", "");
    path->puncture_min = tuesday_min + 420;
    path->needle_min = NAN;
    expect_step(told, "thrombectomy", "Tue 21:32  +420\ndone");
    path->puncture_min = NAN;
    path->door_min = tuesday_min + 241;
    expect_step(told, "thrombolysis", "no: arrived later after onset than 4 h");
    path->door_min = tuesday_min + 239;
    expect_step(told, "thrombolysis", "no: scanned later after onset than 4 h");
    path->door_min = tuesday_min + 30;
    story.patient.ivt = 1;
    expect_step(told, "thrombolysis", "no: in time, but decided against");
    story.patient.onset_known = false;
    expect_step(told, "thrombolysis", "no: onset not known");
    story.patient.type = TYPE_HAEMORRHAGE;
    expect_step(told, "thrombolysis", "no: haemorrhage");
    story.patient.type = TYPE_NLVO;
    expect_step(told, "thrombectomy", "no: no large vessel is occluded");
    story.patient.type = TYPE_MIMIC;
    expect_step(told, "thrombolysis", "no: not a stroke");
    expect_step(told, "organised care", "");
    expect_step(told, "chance of death", "");
    story_close(&story);
}

Test(journey_words, after_the_stroke_unit)
{
    struct story story;
    story_open(&story);
    const struct told *told = &story.told[LOCAL];
    struct path *path = &story.path[LOCAL];
    expect_step(told, "rehabilitation", "");
    path->rehab = SITE_ELM;
    path->rehab_bed_min = path->discharge_min - 3000;
    path->rehab_wait_min = 90;
    expect_step(told, "rehabilitation", "Fri 12:32  +4,200 (2.9 days)\nElm after a wait of 90 min");
    path->ready_min = path->discharge_min - 2880;
    path->early_supported = true;
    expect_step(told, "leaves hospital",
                "Sun 14:32  +7,200 (5.0 days)\nhome, early, with a team that treats there, ready "
                "2.0 days before");
    path->rehab_bed_min = NAN;
    expect_step(told, "rehabilitation", "no: died while waiting for a bed at Elm");
    path->outlier = true;
    path->bed_min = NAN;
    path->bed_wait_min = 300;
    expect_step(told, "first stroke bed",
                "no: an outlier on a general ward, no stroke-unit bed after 5 h");
    story_close(&story);
}

Test(journey_words, a_stroke_in_hospital_and_one_on_waking)
{
    struct story story;
    story_open(&story);
    struct told *told = &story.told[LOCAL];
    expect_step(told, "alarm on the ward", "");
    story.patient.by_ambulance = false;
    story.patient.in_hospital = true;
    expect_step(told, "calls an ambulance", "");
    expect_step(told, "sets out", "");
    expect_step(told, "alarm on the ward", "Tue 14:52  +20");
    expect_step(told, "arrives", "Tue 15:32  +60\nAsh (stroke unit), where the stroke began");
    story.patient.onset_known = false;
    story.patient.on_waking = true;
    expect_patient(told, "; noticed on waking, the onset in truth Tuesday 14:32 on day 2 of the "
                         "window; in hospital already.");
    story.patient.type = TYPE_TIA;
    story.patient.on_waking = false;
    expect_patient(told, "no stroke, but a transient ischaemic attack (TIA); onset known, ");
    story_close(&story);
}

/* MODEL.md section 4: from which minute late treatment harms, and only then is it called so. */
Test(journey_words, harm_of_late_treatment)
{
    static const struct {
        double needle_min, puncture_min;
        bool kills, disables;
    } cases[] = {
        {195, NAN, false, false}, {197, NAN, true, false}, {NAN, 394, false, false},
        {NAN, 396, true, false},  {NAN, 447, true, true},  {NAN, NAN, false, false},
    };
    struct story story;
    story_open(&story);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        char *text = NULL;
        size_t size;
        FILE *stream = open_memstream(&text, &size);
        story.path[0].needle_min = tuesday_min + cases[c].needle_min;
        story.path[0].puncture_min = tuesday_min + cases[c].puncture_min;
        tell_harm(&story.told[0], stream);
        cr_assert_eq(fclose(stream), 0);
        cr_expect_eq(strstr(text, "kills more than none (chance of death 20.0%, untreated ") !=
                         NULL,
                     cases[c].kills, "%zu: %s", c, text);
        cr_expect_eq(strstr(text, "disables more than none (mean mRS 3.00, untreated ") != NULL,
                     cases[c].disables, "%zu: %s", c, text);
        free(text);
    }
    story_close(&story);
}

Test(journey_words, beds_and_care)
{
    struct story story;
    story_open(&story);
    struct path *path = &story.path[CENTRAL];
    const struct told *told = &story.told[CENTRAL];
    expect_step(&story.told[LOCAL], "first stroke bed", "Tue 15:32  +60\nstroke-unit bed at once");
    expect_step(told, "first stroke bed", "Tue 15:32  +60\nhyper-acute bed at once");
    expect_step(told, "organised care", "yes");
    expect_step(told, "stroke-unit bed", "");
    path->bed_wait_min = 300;
    path->bed_min += 300;
    path->organised_care = path->bed_in_time = false;
    expect_step(told, "first stroke bed", "Tue 20:32  +360\nhyper-acute bed after a wait of 5 h");
    expect_step(told, "organised care", "no: no stroke bed within 4 h of arrival");
    path->care_offered = false;
    expect_step(
        told, "organised care",
        "no: given to 95.0% of patients here, not to this one, and no stroke bed within 4 h "
        "of arrival");
    path->su = SITE_DOGWOOD;
    path->su_bed_min = tuesday_min + 3 * 1440;
    path->su_wait_min = 2880;
    expect_step(told, "stroke-unit bed",
                "Fri 14:32  +4,320 (3.0 days)\nDogwood after a wait of 2.0 days");
    path->su_bed_min = path->bed_min = NAN;
    expect_step(told, "stroke-unit bed", "no: died while waiting for a bed at Dogwood");
    expect_step(told, "first stroke bed", "no: died while waiting for a hyper-acute bed, 5 h");
    story_close(&story);
}

Test(journey_words, the_end)
{
    struct story story;
    story_open(&story);
    struct path *path = &story.path[LOCAL];
    const struct told *told = &story.told[LOCAL];
    expect_step(told, "leaves hospital", "Sun 14:32  +7,200 (5.0 days)\nhome");
    path->bill.quantity[BILL_CARE_HOME_DAY] = 80;
    expect_step(told, "leaves hospital", "Sun 14:32  +7,200 (5.0 days)\nto a care home");
    expect_step(told, "dies", "");
    expect_step(told, "at 90 days", "mRS 2: slight disability");
    path->death_min = tuesday_min + 20 * 1440;
    path->mrs = MRS_DEAD;
    expect_step(told, "dies", "Mon 14:32  +28,800 (20.0 days)\nafter leaving hospital");
    path->died_in_hospital = true;
    expect_step(told, "dies", "Mon 14:32  +28,800 (20.0 days)\nin hospital");
    expect_step(told, "leaves hospital", "");
    expect_step(told, "at 90 days", "mRS 6: dead");
    expect_step(told, "chance of death", "20.0%");
    expect_step(told, "chance of mRS 0-2", "40.0%");
    expect_step(told, "cost of 90 days", "GBP 5,000");
    story_close(&story);
}

Test(journey_difference, nothing)
{
    struct story story;
    story_open(&story);
    expect_difference(&story, "central instead of local: the patient has the same journey and the "
                              "same care. The chance of death by day 90 stays at 20.0%, that of "
                              "independence (mRS 0-2) stays at 40.0%; as luck has it here, the "
                              "outcome is slight disability (mRS 2) in both.");
    story.patient.type = TYPE_MIMIC;
    expect_difference(&story, "central instead of local: the patient has the same journey and the "
                              "same care.");
    story_close(&story);
}

Test(journey_difference, what_and_why)
{
    struct story story;
    story_open(&story);
    struct path *after = &story.path[1];
    after->journey.first = after->journey.treating = SITE_CEDAR;
    after->journey.travel_min = 23.2;
    after->first_door_min += 12;
    after->scan_min -= 40;
    after->needle_min = NAN;
    story.patient.ivt = 1;
    after->organised_care = after->care_offered = false;
    after->death_probability = .18;
    after->mrs_0_2_probability = .37;
    after->mrs = MRS_DEAD;
    after->cost_gbp = 3766;
    expect_difference(
        &story,
        "central instead of local: the patient goes to Cedar and not to Ash, a journey of 23 min "
        "and not 11; arrives 12 min later; is scanned 40 min earlier; is thrombolysed under local "
        "only (under central: in time, but decided against); has organised stroke-unit care under "
        "local only (under central: given to 95.0% of patients here, not to this one). The chance "
        "of death by day 90 falls from 20.0% to 18.0%, that of independence (mRS 0-2) falls from "
        "40.0% to 37.0%; as luck has it here, the outcome is dead (mRS 6) and not slight "
        "disability (mRS 2). The first 90 days cost GBP 1,234 less.");
    story_close(&story);
}

/* Transfers and waits, either way round. */
Test(journey_difference, transfers_and_waits)
{
    struct story story;
    story_open(&story);
    story.patient.type = TYPE_MIMIC;
    story.path[1].journey.treating = SITE_CEDAR;
    story.path[1].bed_wait_min = 200;
    expect_difference(&story,
                      "central instead of local: the patient is transferred to Cedar; has a "
                      "stroke bed after 3 h 20 min (under local: at once).");
    story.path[0].bed_min = NAN;
    story.path[0].bed_wait_min = 400;
    story.path[0].journey = story.path[1].journey;
    story.path[1].journey.treating = SITE_ASH;
    expect_difference(&story, "central instead of local: the patient needs no transfer; has a "
                              "stroke bed after 3 h 20 min (under local: dies while waiting for "
                              "one, after 6 h 40 min).");
    story.path[0] = plain_path(SITE_ASH);
    story.path[1].bed_min = NAN;
    expect_difference(&story, "central instead of local: the patient dies while waiting for a "
                              "stroke bed, after 3 h 20 min (under local: at once).");
    story_close(&story);
}
