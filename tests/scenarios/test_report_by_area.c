/* The results by place, read back for the report. */
#include <math.h>
#include <string.h>

#include "scenarios/report/by_area.h"
#include "scenarios/report/destinations.h"
#include "tests/scenarios/folders.h"

#define MANIFEST                                                                                   \
    "{\"program\": \"strokesim\", \"version\": \"" STROKESIM_VERSION "\", \"command\": \"c\", "    \
    "\"scenario\": \"s\", \"status\": \"complete\", \"configurations\": [{\"name\": \"a\"}, "      \
    "{\"name\": \"b\"}]}"
#define SUMMARY "configuration,metric,unit,mean\na,strokes,a year,70\nb,strokes,a year,70\n"
#define DIFFERENCES                                                                                \
    "baseline,configuration,metric,unit,mean,sd,ci_low,ci_high,year_low,year_high,evidence_low,"   \
    "evidence_high,replications\na,b,lives_saved,a year,7,1,6,8,5,9,-1,,4\n"

/* Hill and Dale are of one group, Moor of none; Dale has three times Hill's strokes. */
#define AREAS                                                                                      \
    "configuration,area,group,metric,unit,mean,ci_low,ci_high\n"                                   \
    "a,Hill,Uplands,strokes,a year,10,9,11\na,Hill,Uplands,travel_min,min,20,19,21\n"              \
    "a,Hill,Uplands,mortality_90d,share,0.2,0.1,0.3\na,Hill,Uplands,other,share,9,9,9\n"           \
    "a,Dale,Uplands,strokes,a year,30,29,31\na,Dale,Uplands,travel_min,min,8,7,9\n"                \
    "a,Dale,Uplands,mortality_90d,share,,,\na,Moor,,strokes,a year,40,39,41\n"                     \
    "a,Moor,,travel_min,min,50,49,51\na,Moor,,mortality_90d,share,0.4,0.3,0.5\n"                   \
    "b,Hill,Uplands,strokes,a year,10,9,11\nb,Hill,Uplands,travel_min,min,40,39,41\n"              \
    "b,Dale,Uplands,strokes,a year,30,29,31\nb,Dale,Uplands,travel_min,min,8,7,9\n"                \
    "b,Moor,,strokes,a year,40,39,41\nb,Moor,,travel_min,min,15,14,16\n"
#define CHANGES                                                                                    \
    "baseline,configuration,area,group,metric,unit,mean,ci_low,ci_high\n"                          \
    "a,b,Moor,,travel_min,min,-34,-36,-33\na,b,Hill,Uplands,travel_min,min,21,-1,43\n"             \
    "a,b,Nowhere,,travel_min,min,5,5,5\na,c,Dale,Uplands,travel_min,min,5,5,5\n"
#define GROUPS                                                                                     \
    "baseline,configuration,group,metric,unit,mean,ci_low,ci_high\n"                               \
    "a,b,Uplands,travel_min,min,5.5,5,6\n"
#define FIFTHS                                                                                     \
    "baseline,configuration,fifth,metric,unit,mean,ci_low,ci_high\n"                               \
    "a,b,1,travel_min,min,3,2,4\na,b,5,mortality_90d,share,-0.01,-0.02,-0.005\n"
#define PLACES                                                                                     \
    "place,kind,group,lat,lon,strokes_per_year,deprivation_fifth\n"                                \
    "Hill,area,Uplands,50,1,10,1\nDale,area,Uplands,54,5,30,5\nMoor,area,,,,40,\n"                 \
    "Hill,hospital,,51,2,,\nInfirmary,hospital,,52,3,,\n"
#define UNITS                                                                                      \
    "configuration,hospital,role,metric,unit,mean\n"                                               \
    "a,Hill,stroke,admissions,a year,99\na,Hill,stroke,strokes,a year,60\n"                        \
    "b,Hill,stroke>none,strokes,a year,5\nb,Infirmary,hasu+su,strokes,a year,55\n"

/* Dale's ambulances go to the Infirmary from day 90 on. */
#define DESTINATIONS_TABLE                                                                         \
    "configuration,area,group,from_day,hospital,minutes\n"                                         \
    "a,Hill,Uplands,0,Hill,2\na,Dale,Uplands,0,Infirmary,9\na,Moor,,0,Hill,50\n"                   \
    "b,Hill,Uplands,0,Infirmary,20\nb,Dale,Uplands,0,Hill,10\nb,Dale,Uplands,90,Infirmary,12\n"

struct folder {
    char path[SCRATCH_SIZE];
    struct diagnosis *diagnosis;
    struct results_read *results;
    struct by_area *by;
};

/* A folder with all its files, but for those that are NULL. */
static struct folder make(const char *areas, const char *changes)
{
    static const char *const name[] = {
        "manifest.json", "summary.csv",     "differences.csv", "areas.csv", "area_differences.csv",
        "groups.csv",    "deprivation.csv", "places.csv",      "units.csv", "destinations.csv"};
    const char *const text[] = {MANIFEST, SUMMARY, DIFFERENCES, areas, changes,
                                GROUPS,   FIFTHS,  PLACES,      UNITS, DESTINATIONS_TABLE};
    struct folder folder = {.diagnosis = diagnosis_new()};
    char path[SCRATCH_SIZE];
    bool failed;
    scratch_make(folder.path);
    for (size_t i = 0; i < sizeof name / sizeof *name; i++)
        if (text[i] != NULL)
            spill(in(path, folder.path, name[i]), text[i]);
    folder.results = results_read(folder.path, folder.diagnosis);
    cr_assert_not_null(folder.results);
    folder.by = by_area_read(folder.results, &failed);
    cr_assert_not(failed);
    return folder;
}

static void done(struct folder *folder)
{
    by_area_free(folder->by);
    results_read_free(folder->results);
    diagnosis_free(folder->diagnosis);
    scratch_remove(folder->path);
}

static void expect(struct by_figure figure, double mean, double low, double high)
{
    const double is[] = {figure.mean, figure.low, figure.high}, wanted[] = {mean, low, high};
    for (size_t i = 0; i < 3; i++)
        cr_expect(isnan(wanted[i]) ? isnan(is[i]) : fabs(is[i] - wanted[i]) < 1e-12,
                  "%.15g is no %.15g", is[i], wanted[i]);
}

Test(by_area, has_areas_and_groups_in_their_order)
{
    struct folder folder = make(AREAS, CHANGES);
    const struct by_area *by = folder.by;
    cr_assert_eq(by->areas, 3);
    cr_assert_eq(by->groups, 1);
    cr_expect_str_eq(by->area[1].name, "Dale");
    cr_expect_eq(by->area[0].group, 0);
    cr_expect_eq(by->area[1].group, 0);
    cr_expect_eq(by->area[2].group, by->groups, "Moor has none");
    expect(by_area_value(by, 0, 2, BY_TRAVEL), 50, 49, 51);
    expect(by_area_value(by, 1, 2, BY_TRAVEL), 15, 14, 16);
    expect(by_area_value(by, 1, 2, BY_DEATHS), NAN, NAN, NAN);
    expect(by_area_value(by, 0, 0, BY_IVT), NAN, NAN, NAN);
    done(&folder);
}

Test(destinations, of_an_area_and_of_a_group_by_strokes)
{
    struct folder folder = make(AREAS, CHANGES);
    struct destination found[DESTINATIONS];
    const struct place_found uplands = {PLACE_GROUP, 0}, dale = {PLACE_AREA, 1},
                             moor = {PLACE_AREA, 2};
    cr_assert_eq(destinations_of(folder.results, folder.by, &uplands, 0, found), 2);
    cr_expect_str_eq(found[0].hospital, "Infirmary");
    cr_expect_float_eq(found[0].share, 0.75, 1e-12, "Dale has three of four strokes");
    cr_expect_float_eq(found[0].minutes, 9, 1e-12);
    cr_expect_str_eq(found[1].hospital, "Hill");
    cr_expect_float_eq(found[1].share, 0.25, 1e-12);
    cr_expect_float_eq(found[1].minutes, 2, 1e-12);
    cr_assert_eq(destinations_of(folder.results, folder.by, &uplands, 1, found), 1);
    cr_expect_str_eq(found[0].hospital, "Infirmary", "where they go in the end");
    cr_expect_float_eq(found[0].minutes, (10 * 20.0 + 30 * 12.0) / 40, 1e-12);
    cr_assert_eq(destinations_of(folder.results, folder.by, &dale, 1, found), 1);
    cr_expect_float_eq(found[0].minutes, 12, 1e-12);
    cr_expect_eq(destinations_of(folder.results, folder.by, &moor, 1, found), 0, "not said");
    table_free(folder.results->table[RESULTS_DESTINATIONS]);
    folder.results->table[RESULTS_DESTINATIONS] = NULL;
    cr_expect_eq(destinations_of(folder.results, folder.by, &dale, 0, found), 0);
    done(&folder);
}

Test(by_area, groups_count_areas_by_their_strokes)
{
    struct folder folder = make(AREAS, CHANGES);
    const struct by_area *by = folder.by;
    expect(by_group_value(by, 0, 0, BY_STROKES), 40, NAN, NAN);
    expect(by_group_value(by, 0, 0, BY_TRAVEL), (10 * 20 + 30 * 8) / 40.0, NAN, NAN);
    expect(by_group_value(by, 1, 0, BY_TRAVEL), (10 * 40 + 30 * 8) / 40.0, NAN, NAN);
    expect(by_group_value(by, 0, 0, BY_DEATHS), 0.2, NAN, NAN); /* of the one that has it */
    cr_expect_float_eq(by->group[0].lat, 53, 1e-12);
    cr_expect_float_eq(by->group[0].lon, 4, 1e-12);
    done(&folder);
}

Test(by_area, changes_are_as_the_tables_say)
{
    struct folder folder = make(AREAS, CHANGES);
    const struct by_area *by = folder.by;
    expect(by_area_change(by, 1, 2, BY_TRAVEL), -34, -36, -33);
    expect(by_area_change(by, 1, 0, BY_TRAVEL), 21, -1, 43);
    expect(by_area_change(by, 1, 1, BY_TRAVEL), 0, NAN, NAN); /* not in the table: 8 less 8 */
    expect(by_group_change(by, 1, 0, BY_TRAVEL), 5.5, 5, 6);
    expect(by_group_change(by, 1, 0, BY_DEATHS), NAN, NAN, NAN);
    expect(by_fifth_change(by, 1, 0, BY_TRAVEL), 3, 2, 4);
    expect(by_times(by_fifth_change(by, 1, 4, BY_DEATHS), 1000), -10, -20, -5);
    cr_expect(by_surely_below(by_area_change(by, 1, 2, BY_TRAVEL)));
    cr_expect_not(by_surely_above(by_area_change(by, 1, 0, BY_TRAVEL)), "its interval has 0 in it");
    cr_expect_not(by_surely_above(by_area_change(by, 1, 1, BY_TRAVEL)), "it has no interval");
    cr_expect(by_changes(by, 1, BY_TRAVEL));
    cr_expect_not(by_changes(by, 1, BY_STROKES));
    done(&folder);
}

Test(by_area, without_a_table_of_changes_takes_the_difference)
{
    struct folder folder = make(AREAS, NULL);
    expect(by_area_change(folder.by, 1, 2, BY_TRAVEL), -35, NAN, NAN);
    done(&folder);
}

Test(by_area, places_have_coordinates_and_hospitals_roles)
{
    struct folder folder = make(AREAS, CHANGES);
    const struct by_area *by = folder.by;
    cr_expect(by->located);
    cr_expect_eq(by->area[1].lat, 54);
    cr_expect_eq(by->area[1].lon, 5);
    cr_expect(isnan(by->area[2].lat));
    cr_assert_eq(by->hospitals, 2, "one has an area's name, and is none");
    cr_expect_eq(by->hospital[0].lat, 51);
    cr_expect_str_eq(by->role[0], "stroke");
    cr_expect_null(by->role[1], "not in the first configuration");
    cr_expect_str_eq(by->role[2], "stroke>none");
    cr_expect_str_eq(by->role[3], "hasu+su");
    cr_expect_eq(by->treated[0], 60);
    cr_expect_eq(by->treated[3], 55);
    done(&folder);
}

Test(by_area, shares_count_strokes_not_areas)
{
    struct folder folder = make(AREAS, CHANGES);
    cr_expect_float_eq(by_share_within(folder.by, 0, 8), 30.0 / 80, 1e-12);
    cr_expect_float_eq(by_share_within(folder.by, 0, 30), 40.0 / 80, 1e-12);
    cr_expect_float_eq(by_share_within(folder.by, 1, 30), 70.0 / 80, 1e-12);
    done(&folder);
}

Test(by_area, without_areas_there_is_nothing)
{
    struct folder folder = make(NULL, NULL);
    cr_expect_null(folder.by);
    done(&folder);
}
