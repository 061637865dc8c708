/* The table of stations and shifts: what it becomes, and what is said of its faults. */
#include "tests/scenarios/small.h"

#define HEADER "station,lat,lon,from_hour,to_hour,vehicles\n"

/* The small scenario with a fleet of these rows, in the current folder. */
static void write_fleet(const char *rows)
{
    copy_small("scenario.yaml", "seed: 7", "seed: 7\nfleet: fleet.csv");
    FILE *stream = fopen("fleet.csv", "w");
    cr_assert_not_null(stream);
    fprintf(stream, "%s", rows);
    cr_assert_eq(fclose(stream), 0);
}

Test(scenario_fleet, shifts_become_vehicles_by_hour)
{
    char folder[SCRATCH_SIZE];
    enter(folder);
    write_fleet(HEADER "Upper,52,-1,8,20,3\nLower,51.5,-1.5,0,24,1\nUpper,52,-1,20,24,2\n"
                       "Upper,52,-1,0,8,0\n");
    struct scenario *scenario = read_good(".", NULL, NULL, 0);
    const struct design *design = &scenario->design;
    cr_assert_eq(design->fleets, 1);
    const struct fleet_table *fleet = design->fleet;
    cr_assert_eq(fleet->stations, 2);
    cr_expect_str_eq(fleet->station[0].name, "Upper");
    cr_expect(fleet->station[1].lat == 51.5 && fleet->station[1].lon == -1.5);
    for (int hour = 0; hour < DAY_HOURS; hour++) {
        cr_expect_eq(fleet->station[0].vehicles[hour], hour < 8 ? 0 : hour < 20 ? 3 : 2);
        cr_expect_eq(fleet->station[1].vehicles[hour], 1);
    }
    for (size_t c = 0; c < design->configurations; c++)
        cr_expect_eq(design->configuration[c].fleet, fleet);
    bool in_manifest = false;
    for (size_t i = 0; i < scenario->inputs; i++)
        in_manifest = in_manifest || strcmp(scenario->input[i].name, "fleet.csv") == 0;
    cr_expect(in_manifest);
    scenario_free(scenario);
    leave(folder);
    struct scenario *without = read_good(small, NULL, NULL, 0);
    cr_expect_eq(without->design.fleets, 0);
    cr_expect_null(without->design.configuration[0].fleet);
    scenario_free(without);
}

Test(scenario_fleet, faults_have_their_place)
{
    static const struct {
        const char *rows, *wanted;
    } faults[] = {
        {HEADER "Upper,52,-1,0,8,2\nUpper,52,-1,9,24,3\n",
         "fleet.csv:2:15: error: to_hour: no row says what 'Upper' has from 8 to 9 h; add a row, "
         "of "
         "0 vehicles if there are none\n"},
        {HEADER "Upper,52,-1,8,24,2\n",
         "fleet.csv:2:13: error: from_hour: no row says what 'Upper' has from 0 to 8 h; add a row, "
         "of 0 vehicles if there are none\n"},
        {HEADER "Upper,52,-1,0,9,2\nUpper,52,-1,8,24,3\n",
         "fleet.csv:3:13: error: from_hour: line 2 says already what 'Upper' has at 8 h; each hour "
         "of a station in one row\n"},
        {HEADER "Upper,52,-1,0,20,2\nUpper,52,-1,20,8,3\n",
         "fleet.csv:3:16: error: to_hour: the shift from 20 to 8 ends before it begins; a row "
         "until "
         "24 and another one from 0\n"},
        {HEADER "Upper,52,-1,0,20,2\nUpper,52,-2,20,24,3\n",
         "fleet.csv:3:7: error: lat: 'Upper' lies elsewhere in line 2; the same place in every row "
         "of a station\n"},
        {HEADER "Upper,52,-1,0,24,0\n",
         "fleet.csv: error: vehicles: no station ever has a vehicle, and a call would wait for "
         "ever; give a station vehicles at some hour\n"},
        {HEADER "Upper,52,-1,0,25,2\n",
         "fleet.csv:2:15: error: to_hour: 25 is above 24; a whole number from 1 to 24\n"},
        {"station,lat,lon,from_hour,vehicles\nUpper,52,-1,0,2\n",
         "fleet.csv:1: error: to_hour: there is no column of this name; is it the one named "
         "'from_hour'?\n"},
    };
    char folder[SCRATCH_SIZE];
    enter(folder);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        write_fleet(faults[i].rows);
        expect_here(NULL, faults[i].wanted);
    }
    leave(folder);
}
