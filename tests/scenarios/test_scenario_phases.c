#include "tests/scenarios/small.h"

#include <string.h>

static const char header[] = "hospital,lat,lon,role,su_beds,from_month,treated_if_eligible\n";
static const char others[] = "West,51.49,-0.20,hasu+su,12,,\nSouth,51.41,-0.11,stroke,,,\n";

/* In the current folder: hospitals.csv of these rows before West and South; `changes` are of
 * 'local', which is the first configuration. */
static void write_small(const char *rows, const char *changes)
{
    char text[2000], to[600];
    snprintf(to, sizeof to, "    title: Every hospital on its own\n%s", changes);
    copy_small("scenario.yaml", "    title: Every hospital on its own\n", to);
    snprintf(text, sizeof text, "%s%s%s", header, rows, others);
    spill("hospitals.csv", text);
}

static void enter(char *folder)
{
    scratch_make(folder);
    cr_assert_eq(chdir(folder), 0);
}

static void leave(char *folder)
{
    cr_assert_eq(chdir("/"), 0);
    scratch_remove(folder);
}

Test(scenario_phases, rows_of_one_hospital_hold_one_after_the_other)
{
    char folder[SCRATCH_SIZE];
    enter(folder);
    write_small("East,,,stroke,25,13,0.7\nEast,51.52,-0.05,stroke,20,,0.6\nEast,,,hasu,,3,\n", "");
    expect_here(NULL, "hospitals.csv:2:6: error: lat: no value is given; a number from -90 to 90\n"
                      "hospitals.csv:2:7: error: lon: no value is given; a number from -180 to "
                      "180\n");
    write_small("East,51.52,-0.05,stroke,25,13,0.7\nEast,51.52,-0.05,stroke,20,,0.6\nEast,,,none,,"
                "3,\n",
                "");
    struct scenario *scenario = read_good(".", NULL, NULL, 0);
    const struct configuration *local = &scenario->design.configuration[0];
    cr_assert_eq(local->hospitals, 3);
    cr_assert_eq(local->laters, 2);
    cr_expect_eq(local->hospital[0].beds[BED_SU], 20);
    cr_expect_eq(local->hospital[0].own[UNIT_TREATED_IF_ELIGIBLE], 0.6);
    cr_expect_eq(local->later[0].month, 3);
    cr_expect_eq(local->later[0].from_day, 59, "from 6 January to 6 March 2010");
    cr_expect_eq(local->later[0].hospital[0].roles, 0);
    cr_expect(isnan(local->later[0].hospital[0].own[UNIT_TREATED_IF_ELIGIBLE]));
    cr_expect_eq(local->later[1].month, 13);
    cr_expect_eq(local->later[1].from_day, 365);
    cr_expect_eq(local->later[1].date[0], 2011);
    cr_expect_eq(local->later[1].hospital[0].beds[BED_SU], 25);
    for (size_t p = 0; p < 2; p++)
        for (size_t h = 1; h < 3; h++)
            cr_expect_eq(local->later[p].hospital[h].roles, local->hospital[h].roles);
    scenario_free(scenario);
    leave(folder);
}

Test(scenario_phases, a_hospital_with_a_later_row_alone_is_closed_before)
{
    char folder[SCRATCH_SIZE];
    enter(folder);
    write_small("East,51.52,-0.05,stroke,20,7,0.6\n", "");
    struct scenario *scenario = read_good(".", NULL, NULL, 0);
    const struct configuration *local = &scenario->design.configuration[0];
    cr_assert_eq(local->laters, 1);
    cr_expect_eq(local->hospital[0].roles, 0);
    cr_expect_eq(local->later[0].hospital[0].roles, ROLE_STROKE);
    cr_expect_eq(local->later[0].from_day, 181);
    scenario_free(scenario);
    leave(folder);
}

/* Months are as long as they are, and one that has no such day begins with its last. */
Test(scenario_phases, months_are_of_the_calendar)
{
    static const struct {
        const char *start;
        int month, day;
    } months[] = {{"2012-01-31", 2, 29},   {"2011-01-31", 2, 28}, {"2012-02-29", 13, 365},
                  {"2012-01-01", 13, 366}, {"2000-02-01", 2, 29}, {"1999-12-15", 2, 31},
                  {"2010-06-30", 9, 243}};
    char folder[SCRATCH_SIZE], row[80], start[40];
    enter(folder);
    for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
        copy_small("scenario.yaml", "start: 2010-01-06", "start: 2010-01-06");
        snprintf(start, sizeof start, "start: %s", months[i].start);
        copy_small("scenario.yaml", "start: 2010-01-06", start);
        char text[1000];
        snprintf(row, sizeof row, "East,51.52,-0.05,stroke,20,%d,\n", months[i].month);
        snprintf(text, sizeof text, "%s%s%s", header, row, others);
        spill("hospitals.csv", text);
        struct scenario *scenario = read_good(".", NULL, NULL, 0);
        cr_expect_eq(scenario->design.configuration[0].later[0].from_day, months[i].day, "%s",
                     months[i].start);
        scenario_free(scenario);
    }
    leave(folder);
}

Test(scenario_phases, a_change_holds_from_its_month_on)
{
    char folder[SCRATCH_SIZE];
    enter(folder);
    write_small("East,51.52,-0.05,stroke,20,,0.6\nEast,,,stroke,30,10,0.5\n",
                "    hospitals:\n"
                "      East: {treated_if_eligible: 0.4, from_month: 7}\n"
                "      West: {su_beds: 9}\n"
                "      South: {role: su, from_month: 7}\n");
    struct scenario *scenario = read_good(".", NULL, NULL, 0);
    const struct configuration *local = &scenario->design.configuration[0];
    cr_assert_eq(local->laters, 2);
    cr_expect_eq(local->later[0].month, 7);
    cr_expect_eq(local->hospital[0].own[UNIT_TREATED_IF_ELIGIBLE], 0.6);
    cr_expect_eq(local->later[0].hospital[0].own[UNIT_TREATED_IF_ELIGIBLE], 0.4);
    cr_expect_eq(local->later[0].hospital[0].beds[BED_SU], 20);
    cr_expect_eq(local->later[1].hospital[0].own[UNIT_TREATED_IF_ELIGIBLE], 0.4, "and later");
    cr_expect_eq(local->later[1].hospital[0].beds[BED_SU], 30);
    cr_expect_eq(local->hospital[2].roles, ROLE_STROKE);
    cr_expect_eq(local->later[0].hospital[2].roles, ROLE_SU);
    cr_expect_eq(local->later[1].hospital[2].roles, ROLE_SU);
    for (size_t p = 0; p < 2; p++)
        cr_expect_eq(local->later[p].hospital[1].beds[BED_SU], 9);
    scenario_free(scenario);
    leave(folder);
}

/* What the command line says holds throughout; the files' own stays beside it for calibration. */
Test(scenario_phases, the_command_line_changes_all_phases)
{
    static const char *const set[] = {"hospital.East.su_beds=11"};
    char folder[SCRATCH_SIZE];
    enter(folder);
    write_small("East,51.52,-0.05,stroke,20,,\nEast,,,stroke,30,10,\n", "");
    struct scenario *scenario = read_good(".", NULL, set, 1);
    const struct configuration *local = &scenario->design.configuration[0];
    cr_expect_eq(local->hospital[0].beds[BED_SU], 11);
    cr_expect_eq(local->later[0].hospital[0].beds[BED_SU], 11);
    cr_expect_eq(local->later[0].written_hospital[0].beds[BED_SU], 30);
    scenario_free(scenario);

    static const char *const month[] = {"hospital.East.from_month=3"};
    const struct scenario_options options = {.set = month, .sets = 1, .years = NAN};
    expect_here(&options,
                "--set: error: hospital.East.from_month: the month from which a hospital changes "
                "cannot be set by itself; give it in the hospitals file, or in a configuration's "
                "'hospitals:' with what holds from then on\n");
    leave(folder);
}

Test(scenario_phases, faults_have_their_place)
{
    static const struct {
        const char *rows, *changes, *wanted;
    } faults[] = {
        {"East,51.52,-0.05,stroke,20,0,\n", "",
         "hospitals.csv:2:28: error: from_month: 0 is below 1; a whole number from 1 to 1200\n"},
        {"East,51.52,-0.05,stroke,20,x,\n", "",
         "hospitals.csv:2:28: error: from_month: 'x' is not a whole number; a whole number from 1 "
         "to 1200\n"},
        {"East,51.52,-0.05,stroke,20,5,\nEast,,,none,,5,\n", "",
         "hospitals.csv:3:1: error: hospital: there are two rows of 'East' from month 5 on; each "
         "month once\n"},
        {"East,51.52,-0.05,stroke,20,1,\nEast,,,none,,,\n", "",
         "hospitals.csv:3:1: error: hospital: there are two hospitals of the name 'East'; give "
         "each hospital a name of its own\n"},
        {"East,51.52,-0.05,stroke,20,,\nEast,51.53,-0.05,none,,5,\n", "",
         "hospitals.csv:3:1: error: hospital: 'East' stands at 51.52, -0.05 in another row; the "
         "same coordinates in every row\n"},
        {"East,51.52,-0.05,stroke,20,,\nEast,,,none,,25,\n", "",
         "hospitals.csv:3:14: warning: from_month: month 25 begins after the run of 2 years, so "
         "this never holds; run more years, or begin earlier\n"},
        {"East,51.52,-0.05,stroke,20,,\n", "    hospitals: {East: {from_month: 7}}\n",
         "scenario.yaml:25:36: error: configurations[1].hospitals.East.from_month: nothing is said "
         "of the hospital but a month; add what holds from then on, as in {role: none, from_month: "
         "7}\n"},
        {"East,51.52,-0.05,stroke,20,,\n", "    hospitals: {East: {role: none, from_month: 30}}\n",
         "scenario.yaml:25:48: warning: configurations[1].hospitals.East.from_month: month 30 "
         "begins after the run of 2 years, so this never holds; run more years, or begin "
         "earlier\n"},
        {"East,51.52,-0.05,stroke,20,,\nEast,,,none,,5,\n",
         "    hospitals: {East: {su_beds: -1}}\n",
         "scenario.yaml:25:33: error: configurations[1].hospitals.East.su_beds: -1 is below 0; a "
         "whole number from 0 to 10000\n"},
        {"East,51.52,-0.05,stroke,20,,\n",
         "    hospitals:\n      East: {role: none, from_month: 4}\n      West: {role: none, "
         "from_month: 4}\n      South: {role: none, from_month: 4}\n",
         "scenario.yaml:23:5: error: configurations[1]: no hospital of 'local' takes "
         "strokes from month 4 on; give a hospital the role stroke or hasu\n"},
    };
    char folder[SCRATCH_SIZE];
    enter(folder);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        write_small(faults[i].rows, faults[i].changes);
        expect_here(NULL, faults[i].wanted);
    }
    leave(folder);
}
