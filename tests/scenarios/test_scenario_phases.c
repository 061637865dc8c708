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
         "strokes from month 4 on; give a hospital the role stroke or hasu, and beds\n"},
    };
    char folder[SCRATCH_SIZE];
    enter(folder);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        write_small(faults[i].rows, faults[i].changes);
        expect_here(NULL, faults[i].wanted);
    }
    leave(folder);
}

/* --- beds by weekday -------------------------------------------------------------------------- */

static const char beds_header[] = "hospital,kind,days,from_month,beds\n";

static void write_beds(const char *rows, const char *head, const char *changes)
{
    char text[1000], to[600];
    snprintf(to, sizeof to, "%sconfigurations:\n  - name: local\n%s", head, changes);
    copy_small("scenario.yaml", "configurations:\n  - name: local\n", to);
    snprintf(text, sizeof text, "%s%s", beds_header, rows);
    spill("beds.csv", text);
}

static void expect_week(const struct hospital *hospital, enum bed_kind kind,
                        const int week[WEEKDAYS])
{
    cr_assert(hospital->by_weekday[kind]);
    for (int day = 0; day < WEEKDAYS; day++)
        cr_expect_eq(hospital->week_beds[kind][day], week[day], "day %d", day);
}

/* East has 20 beds by its file. 'central' has a file of its own, and 'tight' builds on that. */
Test(scenario_phases, a_scenario_s_beds_by_weekday)
{
    static const int week[WEEKDAYS] = {16, 15, 15, 15, 16, 9, 4};
    char folder[SCRATCH_SIZE];
    enter(folder);
    write_beds("East,su,mon+fri,,16\nEast,su,tue+wed+thu,,15\nEast,su,sun,,4\nEast,su,sat,,9\n"
               "East,su,,13,11\nWest,su,all,1,10\n",
               "beds: beds.csv\n", "");
    struct scenario *scenario = read_good(".", NULL, NULL, 0);
    const struct configuration *local = &scenario->design.configuration[0];
    const struct configuration *central = &scenario->design.configuration[2];
    expect_week(&local->hospital[0], BED_SU, week);
    cr_expect_eq(local->hospital[0].beds[BED_SU], 16, "the most");
    cr_expect_eq(local->hospital[1].beds[BED_SU], 10);
    cr_expect_not(local->hospital[1].by_weekday[BED_SU]);
    cr_assert_eq(local->laters, 1);
    cr_expect_eq(local->later[0].from_day, 365);
    cr_expect_not(local->later[0].hospital[0].by_weekday[BED_SU]);
    cr_expect_eq(local->later[0].hospital[0].beds[BED_SU], 11);
    cr_expect_eq(local->later[0].hospital[1].beds[BED_SU], 10);
    cr_expect_eq(central->laters, 0);
    cr_expect_not(central->hospital[0].by_weekday[BED_SU]);
    bool in_manifest = false;
    for (size_t i = 0; i < scenario->inputs; i++)
        in_manifest = in_manifest || strcmp(scenario->input[i].name, "beds.csv") == 0;
    cr_expect(in_manifest);
    scenario_free(scenario);
    static const char *const set[] = {"hospital.East.su_beds=8"};
    scenario = read_good(".", NULL, set, 1);
    cr_expect_not(scenario->design.configuration[0].hospital[0].by_weekday[BED_SU]);
    cr_expect_eq(scenario->design.configuration[0].later[0].hospital[0].beds[BED_SU], 8);
    scenario_free(scenario);
    leave(folder);
}

/* A configuration's own file comes last, a change by name before it. */
Test(scenario_phases, a_configuration_s_beds_by_weekday)
{
    static const int week[WEEKDAYS] = {5, 5, 5, 5, 5, 0, 0};
    char folder[SCRATCH_SIZE];
    enter(folder);
    write_beds("East,su,weekdays,,5\nEast,su,weekends,,0\n", "",
               "    beds: beds.csv\n    hospitals: {East: {su_beds: 30}, West: {su_beds: 31}}\n");
    struct scenario *scenario = read_good(".", NULL, NULL, 0);
    expect_week(&scenario->design.configuration[0].hospital[0], BED_SU, week);
    cr_expect_eq(scenario->design.configuration[0].hospital[1].beds[BED_SU], 31);
    scenario_free(scenario);
    write_beds("East,su,weekdays,,5\nEast,su,weekends,,0\n", "beds: beds.csv\n",
               "    hospitals: {East: {su_beds: 30}}\n");
    scenario = read_good(".", NULL, NULL, 0);
    cr_expect_not(scenario->design.configuration[0].hospital[0].by_weekday[BED_SU]);
    cr_expect_eq(scenario->design.configuration[0].hospital[0].beds[BED_SU], 30);
    scenario_free(scenario);
    leave(folder);
}

Test(scenario_phases, faults_of_beds_by_weekday)
{
    static const struct {
        const char *rows, *wanted;
    } faults[] = {
        {"East,su,weekdays,,5\nEast,su,sun,,5\n",
         "beds.csv:2:1: error: hospital: 'East' has no stroke-unit beds given for 1 day of the "
         "week, the first sat; give every day of the week a row, with 0 beds where it is closed\n"},
        {"East,su,mon,3,5\nEast,su,,,5\n",
         "beds.csv:2:1: error: hospital: 'East' has no stroke-unit beds given for 6 days of the "
         "week, the first tue; give every day of the week a row, with 0 beds where it is closed\n"},
        {"East,su,all,,5\nEast,su,fri,,6\n",
         "beds.csv:3:1: error: hospital: some of these days are given in a row above already; give "
         "each day of the week once\n"},
        {"East,su,mo,,5\n", "beds.csv:2:9: error: days: 'mo' is no day; did you mean 'mon'?\n"},
        {"East,hasus,,,5\n",
         "beds.csv:2:6: error: kind: there is no kind of bed 'hasus'; did you mean 'hasu'?\n"},
        {"Eats,su,,,5\n", "beds.csv:2:1: error: hospital: the scenario has no hospital of the name "
                          "'Eats'; did you mean 'East'?\n"},
        {"East,su,,0,5\n", "beds.csv:2:10: error: from_month: 0 is below 1; a whole number from 1 "
                           "to 1200\n"},
        {"East,su,,30,5\n",
         "beds.csv:2:10: warning: from_month: month 30 begins after the run of 2 "
         "years, so this never holds; run more years, or begin earlier\n"},
        {"East,su,,,\n", "beds.csv:2:11: error: beds: no value is given; a whole number from 0 to "
                         "10000\n"},
        {"East,rehab,,,5\n",
         "beds.csv:2:1: error: hospital: it has rehabilitation beds but not the role; add rehab to "
         "its role, or leave them out\n"},
    };
    char folder[SCRATCH_SIZE];
    enter(folder);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        write_beds(faults[i].rows, "beds: beds.csv\n", "");
        expect_here(NULL, faults[i].wanted);
    }
    leave(folder);
}
