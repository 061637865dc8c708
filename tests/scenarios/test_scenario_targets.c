/* Outcome targets as a scenario names them: what they become, and what is said of their faults. */
#include "scenarios/target.h"
#include "tests/scenarios/small.h"

#include <string.h>

/* The small scenario with these targets, one an item, in the current folder. */
static void write_targets(const char *items)
{
    char text[4096];
    snprintf(text, sizeof text, "targets:\n%svariants:", items);
    copy_small("scenario.yaml", "variants:", text);
}

/* The configurations are local, tight and central. Sector B is West's under local, and East's in
 * the file of the other two. */
static const char with_sectors[] = "hospital,lat,lon,sector,role,hasu_beds,su_beds,rehab_beds\n"
                                   "East,51.52,-0.05,B,hasu+su+mt,12,20,\n"
                                   "West,51.49,-0.20,A,su,,12,\n";

static void expect_first(const struct scenario *scenario, size_t target, size_t c, const char *name)
{
    const struct configuration *configuration = &scenario->design.configuration[c];
    size_t h = scenario->target[target].units[c].hospital[0];
    cr_expect_str_eq(scenario->design.region.site[configuration->hospital[h].site].name, name);
}

Test(scenario_targets, become_metrics_places_and_bounds)
{
    static const struct {
        const char *item, *name, *metric, *place;
        enum target_of of;
        enum target_bound bound;
        double limit;
        bool against;
        bool applies[3];
        size_t units[3];
    } wanted[] = {
        {"{metric: mortality_90d, at_most: 0.15}",
         "mortality_90d at most 0.15",
         "mortality_90d",
         NULL,
         TARGET_OF_ALL,
         TARGET_AT_MOST,
         0.15,
         false,
         {true, true, true},
         {0, 0, 0}},
        {"{name: Fast, metric: hasu_waited, at_most: 0, hospital: East, configurations: [tight]}",
         "Fast",
         "hasu_waited",
         "East",
         TARGET_OF_HOSPITAL,
         TARGET_AT_MOST,
         0,
         false,
         {false, true, false},
         {1, 1, 1}},
        {"{metric: ivt_rate, at_least: 1, hospital: sou}",
         "ivt_rate at least 1 (South)",
         "ivt_rate",
         "South",
         TARGET_OF_HOSPITAL,
         TARGET_AT_LEAST,
         1,
         false,
         {true, true, true},
         {1, 0, 0}},
        {"{metric: strokes, at_least: 600, sector: B}",
         "strokes at least 600 (B)",
         "strokes",
         "B",
         TARGET_OF_SECTOR,
         TARGET_AT_LEAST,
         600,
         false,
         {true, true, true},
         {1, 1, 1}},
        {"{metric: lives_saved, at_least: -2.5}",
         "lives_saved at least -2.5 against the baseline",
         "lives_saved",
         NULL,
         TARGET_OF_ALL,
         TARGET_AT_LEAST,
         -2.5,
         true,
         {true, true, true},
         {0, 0, 0}},
        {"{metric: mortality_90d, at_most: -0.01, against: baseline}",
         "mortality_90d at most -0.01 against the baseline",
         "mortality_90d",
         NULL,
         TARGET_OF_ALL,
         TARGET_AT_MOST,
         -0.01,
         true,
         {true, true, true},
         {0, 0, 0}},
        {"{metric: net_monetary_benefit_gbp, at_least: -1e6}",
         "net_monetary_benefit_gbp at least -1000000",
         "net_monetary_benefit_gbp",
         NULL,
         TARGET_OF_ALL,
         TARGET_AT_LEAST,
         -1e6,
         false,
         {true, true, true},
         {0, 0, 0}},
    };
    enum { WANTED = sizeof wanted / sizeof *wanted };
    char folder[SCRATCH_SIZE], items[2048] = "";
    for (size_t i = 0; i < WANTED; i++)
        snprintf(items + strlen(items), sizeof items - strlen(items), "  - %s\n", wanted[i].item);
    enter(folder);
    write_targets(items);
    spill("hospitals-central.csv", with_sectors);
    struct scenario *scenario = read_good(".", NULL, NULL, 0);
    cr_assert_eq(scenario->targets, WANTED);
    for (size_t i = 0; i < WANTED; i++) {
        const struct target *got = &scenario->target[i];
        cr_expect_str_eq(got->name, wanted[i].name);
        cr_expect_str_eq(target_metric_name(got), wanted[i].metric);
        cr_expect_eq(got->of, wanted[i].of, "%zu", i);
        cr_expect_eq(got->bound, wanted[i].bound, "%zu", i);
        cr_expect_eq(got->limit, wanted[i].limit, "%zu", i);
        cr_expect_eq(got->against_baseline, wanted[i].against, "%zu", i);
        cr_expect_eq(got->place == NULL, wanted[i].place == NULL, "%zu", i);
        cr_expect(got->place == NULL || strcmp(got->place, wanted[i].place) == 0, "%zu", i);
        for (size_t c = 0; c < 3; c++) {
            cr_expect_eq(got->applies[c], wanted[i].applies[c], "%zu", i);
            cr_expect_eq(got->units ? got->units[c].hospitals : 0, wanted[i].units[c], "%zu", i);
        }
    }
    expect_first(scenario, 1, 1, "East");
    expect_first(scenario, 3, 0, "West");
    expect_first(scenario, 3, 1, "East");
    expect_first(scenario, 3, 2, "East");
    scenario_free(scenario);
    leave(folder);
    scenario = read_good(small, NULL, NULL, 0);
    cr_expect_eq(scenario->targets, 0);
    scenario_free(scenario);
}

#define AT(column) "scenario.yaml:18:" column ": error: targets[1]"

Test(scenario_targets, faults_have_their_place)
{
    static const struct {
        const char *item, *wanted;
    } faults[] = {
        {"  - {metric: mortalty_90d, at_most: 0.15}\n",
         AT("14") ".metric: there is no metric 'mortalty_90d'; did you mean "
                  "'mortality_90d'?\n"},
        {"  - {metric: colour, at_most: 0.15}\n",
         AT("14") ".metric: there is no metric 'colour'; scenarios/README.md lists them\n"},
        {"  - {metric: hasu_waited, at_most: 0.15}\n",
         AT("14") ".metric: 'hasu_waited' is a figure of hospitals alone; add 'hospital: "
                  "...' or "
                  "'sector: ...'\n"},
        {"  - {metric: mt_rate, at_least: 0.1, hospital: East}\n",
         AT("14") ".metric: 'mt_rate' is a figure of all hospitals together alone; leave "
                  "the "
                  "hospital or sector out, or choose a metric of units.csv\n"},
        {"  - {metric: su_wait_day, at_most: 1, sector: A}\n",
         AT("14") ".metric: there is no metric 'su_wait_day'; did you mean "
                  "'su_wait_days'?\n"},
        {"  - {at_most: 0.15}\n", AT("5") ": the target has no metric; metric: ...\n"},
        {"  - {metrc: strokes, at_most: 0.15}\n",
         AT("6") ".metrc: there is no such key; did you mean 'metric'?\n"},
        {"  - {metric: colour}\n",
         AT("5") ": the target has no bound; at_least: ... or at_most: ...\n" AT(
             "14") ".metric: there is no metric 'colour'; scenarios/README.md lists them\n"},
        {"  - {metric: strokes}\n",
         AT("5") ": the target has no bound; at_least: ... or at_most: ...\n"},
        {"  - {metric: strokes, atleast: 3}\n",
         AT("23") ".atleast: there is no such key; did you mean 'at_least'?\n"},
        {"  - {metric: strokes, at_least: 3, at_most: 4}\n",
         AT("45") ".at_most: a target has one bound, not both; remove one of them, or make "
                  "two "
                  "targets\n"},
        {"  - {metric: mortality_90d, at_most: 15}\n",
         AT("38") ".at_most: 15 is above 1; a number from 0 to 1\n"},
        {"  - {metric: hasu_occupancy, at_most: 85, hospital: East}\n",
         AT("39") ".at_most: 85 is above 1; a number from 0 to 1\n"},
        {"  - {metric: strokes, at_least: -3}\n",
         AT("33") ".at_least: -3 is below 0; a number of at least 0\n"},
        {"  - {metric: strokes, at_least: many}\n",
         AT("33") ".at_least: 'many' is not a number; a number of at least 0\n"},
        {"  - {metric: mortality_90d, at_most: -2, against: baseline}\n",
         AT("38") ".at_most: -2 is below -1; a number from -1 to 1\n"},
        {"  - {metric: strokes, at_least: 3, against: central}\n",
         AT("45") ".against: 'central' is not what a target can be held against; against: "
                  "baseline\n"},
        {"  - {metric: strokes, at_least: 3, against: baseline, hospital: East}\n",
         AT("45") ".against: only figures of all hospitals together are compared with the "
                  "baseline's; leave it out, or the hospital or sector\n"},
        {"  - {metric: strokes, at_least: 3, hospital: Eats}\n",
         AT("46") ".hospital: there is no hospital 'Eats'; did you mean 'East'?\n"},
        {"  - {metric: strokes, at_least: 3, hospital: st}\n",
         AT("46") ".hospital: 2 hospitals have 'st' in their names; the whole name, or a "
                  "part that "
                  "no other one has\n"},
        {"  - {metric: strokes, at_least: 3, sector: C}\n",
         AT("44") ".sector: there is no sector 'C'; a name of the column 'sector' of a "
                  "hospitals "
                  "file\n"},
        {"  - {metric: strokes, at_least: 3, hospital: East, sector: A}\n",
         AT("60") ".sector: a target is of a hospital or of a sector, not of both; remove "
                  "one of "
                  "them\n"},
        {"  - {metric: strokes, at_least: 3, configurations: [centrl]}\n",
         AT("53") ".configurations[1]: there is no configuration 'centrl'; did you mean "
                  "'central'?\n"},
        {"  - {metric: strokes, at_least: 3, configurations: []}\n",
         AT("52") ".configurations: the list is empty; name some, or leave the key out for "
                  "all\n"},
        {"  - {metric: strokes, at_least: 3, sector: B, configurations: [local, "
         "central]}\n",
         AT("44") ".sector: 'central' has no hospital of 'B'; leave the configuration out "
                  "of "
                  "'configurations'\n"},
        {"  - {name: =1, metric: strokes, at_least: 3}\n",
         AT("12") ".name: the name '=1' of the target begins with '=', which a spreadsheet would "
                  "run; "
                  "choose another name\n"},
        {"  - {metric: strokes, at_least: 3}\n  - {metric: strokes, at_least: 3.0}\n",
         "scenario.yaml:19:5: error: targets[2]: there are two targets 'strokes at least "
         "3'; give "
         "each target a name of its own\n"},
        {"  - strokes\n",
         AT("5") ": a single value stands here; lines of 'key: value', indented below it\n"},
        {"  - {metric: colour, at_most: 1, hospital: Eats, configurations: [centrl]}\n",
         AT("14") ".metric: there is no metric 'colour'; scenarios/README.md lists "
                  "them\n" AT("44") ".hospital: there is no hospital 'Eats'; did you mean "
                                    "'East'?\n" AT("67") ".configurations[1]: there is no "
                                                         "configuration 'centrl'; did you mean "
                                                         "'central'?\n"},
    };
    char folder[SCRATCH_SIZE];
    enter(folder);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        write_targets(faults[i].item);
        expect_here(NULL, faults[i].wanted);
    }
    leave(folder);
}
