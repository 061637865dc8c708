#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/observed.h"
#include "tests/models/small_region.h"
#include "tests/scenarios/small.h"

enum { DRAWS = 9 };

static void run(struct experiment *experiment, struct design *design, const size_t arms[])
{
    small_design_busy(design);
    for (size_t c = 0; c < 2; c++)
        for (enum parameter_id id = 0; id < PARAMETER_COUNT; id++)
            spread_default(id, &design->configuration[c].spread[id]);
    size_t configuration;
    enum parameter_id which;
    cr_assert(design_prepare(design, &configuration, &which));
    design->years = 0.1;
    const struct experiment_options options = {
        .configurations = arms, .count = 2, .replications = 4, .threads = 2, .draws = DRAWS};
    enum model_status status;
    cr_assert_eq(experiment_run(experiment, design, &options, &status), EXPERIMENT_OK);
}

static bool agrees(double x, double y)
{
    return fabs(x - y) <= 1e-12 * (fabs(x) + fabs(y));
}

/* A value with its interval, a difference with the range of the evidence, that as a share of the
 * first's value, and hospitals of a role as their mean between the lowest and the highest. */
Test(observed, predictions_are_the_tables_own_figures)
{
    static const size_t both[] = {LOCAL, CENTRAL};
    struct design design;
    struct experiment experiment;
    run(&experiment, &design, both);
    const struct arm *local = &experiment.arm[0], *central = &experiment.arm[1];

    struct observed of = {.configuration = LOCAL, .metric = METRIC_DEATHS_90D};
    struct prediction value = observed_predict(&of, &experiment);
    cr_expect_eq(value.mean, local->summary[METRIC_DEATHS_90D].mean);
    cr_expect(value.low < value.mean && value.mean < value.high);
    cr_expect(agrees(value.high - value.mean, value.mean - value.low), "an interval of the mean");

    double low, high;
    of = (struct observed){
        .comparison = OBSERVED_DIFFERENCE, .configuration = CENTRAL, .metric = METRIC_DEATHS_90D};
    struct prediction difference = observed_predict(&of, &experiment);
    experiment_evidence_range(&experiment, central, METRIC_DEATHS_90D, &low, &high);
    cr_expect_eq(difference.mean, central->difference[METRIC_DEATHS_90D].mean);
    cr_expect(difference.low == low && difference.high == high && low < high);

    of.comparison = OBSERVED_RELATIVE;
    struct prediction relative = observed_predict(&of, &experiment);
    cr_expect(agrees(relative.mean * value.mean, difference.mean));
    cr_expect(agrees(relative.low * value.mean, low) && agrees(relative.high * value.mean, high));
    cr_expect_str_eq(observed_unit(&of), "share");

    of = (struct observed){
        .configuration = CENTRAL, .roles = ROLE_HASU, .unit_metric = UNIT_METRIC_STROKES};
    struct prediction hospitals = observed_predict(&of, &experiment);
    double ash = central->unit[SITE_ASH].of[UNIT_METRIC_STROKES].mean;
    double cedar = central->unit[SITE_CEDAR].of[UNIT_METRIC_STROKES].mean;
    cr_expect(agrees(hospitals.mean, (ash + cedar) / 2));
    cr_expect_eq(hospitals.low, fmin(ash, cedar));
    cr_expect_eq(hospitals.high, fmax(ash, cedar));
    of.roles = ROLE_HASU | ROLE_MT; /* both of them: Ash alone */
    cr_expect_eq(observed_predict(&of, &experiment).mean, ash);
    of.configuration = LOCAL; /* there is no HASU */
    cr_expect(isnan(observed_predict(&of, &experiment).mean));

    experiment.arm[1].unstable = true;
    for (int comparison = 0; comparison < OBSERVED_COMPARISONS; comparison++)
        for (unsigned roles = 0; roles <= ROLE_HASU; roles += ROLE_HASU) {
            of = (struct observed){.comparison = (enum observed_comparison)comparison,
                                   .configuration = CENTRAL,
                                   .roles = roles};
            struct prediction of_it = observed_predict(&of, &experiment);
            cr_expect(isnan(of_it.mean) && isnan(of_it.low) && isnan(of_it.high));
        }
    experiment_fini(&experiment);
    design_fini(&design);
}

/* A figure of a configuration that did not run says nothing, nor a difference from the scenario's
 * first where another is the baseline. */
Test(observed, applies_to_what_ran)
{
    static const size_t swapped[] = {CENTRAL, LOCAL};
    struct design design;
    struct experiment experiment;
    run(&experiment, &design, swapped);
    struct observed of = {.configuration = CENTRAL};
    cr_expect(observed_applies(&of, &experiment));
    of.comparison = OBSERVED_DIFFERENCE;
    cr_expect_not(observed_applies(&of, &experiment));
    of.comparison = OBSERVED_VALUE;
    of.configuration = 2;
    cr_expect_not(observed_applies(&of, &experiment));
    experiment_fini(&experiment);
    design_fini(&design);
}

#define HEADER "measure,comparison,configuration,metric,role,unit,estimate,low,high,source\n"

/* The small scenario with observed figures, in the current folder. */
static void copy_observed(const char *rows)
{
    char text[2000];
    copy_small("scenario.yaml", "areas: areas.csv", "observed: seen.csv\nareas: areas.csv");
    snprintf(text, sizeof text, "%s", rows);
    spill("seen.csv", text);
}

Test(observed, is_read_as_it_stands)
{
    char folder[SCRATCH_SIZE];
    enter(folder);
    copy_observed(HEADER
                  "deaths avoided,difference,central,lives_saved,,a year,96,11,181,\"A, b\"\n"
                  "fewer,relative,central,deaths_90d,,share,-.12,,,\n"
                  "strokes at one,value,tight,strokes,hasu+su,a year,,775,1288,C\n");
    struct scenario *scenario = read_good(".", NULL, NULL, 0);
    cr_assert_eq(scenario->observations, 3);
    const struct observed *of = scenario->observed;
    cr_expect_str_eq(of[0].measure, "deaths avoided");
    cr_expect_str_eq(of[0].source, "A, b");
    cr_expect(of[0].comparison == OBSERVED_DIFFERENCE && of[0].metric == METRIC_LIVES_SAVED);
    cr_expect_eq((int)of[0].configuration, scenario_find_configuration(scenario, "central"));
    cr_expect(of[0].estimate == 96 && of[0].low == 11 && of[0].high == 181);
    cr_expect(of[1].comparison == OBSERVED_RELATIVE && of[1].estimate == -.12);
    cr_expect(isnan(of[1].low) && isnan(of[1].high));
    cr_expect_eq(of[2].roles, (unsigned)(ROLE_HASU | ROLE_SU));
    cr_expect(of[2].unit_metric == UNIT_METRIC_STROKES && isnan(of[2].estimate));
    cr_expect_eq((int)of[2].configuration, scenario_find_configuration(scenario, "tight"));
    for (size_t i = 0; i < scenario->inputs; i++)
        cr_expect_eq(scenario->input[i].observed, strcmp(scenario->input[i].name, "seen.csv") == 0);
    scenario_free(scenario);
    leave(folder);
}

/* Everything that is wrong, with its line and what would be right. */
Test(observed, what_is_wrong_is_said)
{
    static const struct {
        const char *row, *said;
    } faults[] = {
        {"m,valeu,central,strokes,,a year,1,,,",
         "3: error: comparison: there is no comparison 'valeu'; did you mean 'value'?"},
        {"m,,central,strokes,,a year,1,,,",
         "3: error: comparison: no comparison is given; value, difference or relative"},
        {"m,value,centrla,strokes,,a year,1,,,",
         "9: error: configuration: there is no configuration 'centrla'; did you mean 'central'?"},
        {"m,value,central,stroks,,a year,1,,,",
         "17: error: metric: there is no metric 'stroks'; did you mean 'strokes'?"},
        {"m,value,central,qalys_lifetime,hasu,a year,1,,,",
         "17: error: metric: there is no metric 'qalys_lifetime'; a metric of units.csv"},
        {"m,value,central,strokes,hsau,a year,1,,,",
         "25: error: role: there is no role 'hsau'; did you mean 'hasu'?"},
        {"m,value,central,strokes,none,a year,1,,,",
         "25: error: role: hospitals without a role have no figures; a role, or nothing for all "
         "together"},
        {"m,difference,central,strokes,su,a year,1,,,",
         "3: error: comparison: figures of hospitals are values; value, or no role"},
        {"m,value,central,lives_saved,,a year,1,,,",
         "3: error: comparison: lives saved are a difference; difference"},
        {"m,relative,local,strokes,,share,1,,,",
         "3: error: comparison: the first configuration does not differ from itself; value, or "
         "another configuration"},
        {"m,value,central,mortality_90d,,percent,1,,,",
         "32: error: unit: 'percent' is not the unit of 'mortality_90d'; share"},
        {"m,relative,central,strokes,,a year,1,,,",
         "29: error: unit: 'a year' is not the unit of 'strokes'; share"},
        {"m,value,central,strokes,,a year,few,,,",
         "33: error: estimate: 'few' is not a number; a number"},
        {"m,value,central,strokes,,a year,,,,",
         "33: error: estimate: nothing was observed; an estimate, or low and high"},
        {"=1,value,central,strokes,,a year,1,,,",
         "1: error: measure: the name '=1' of the measure begins with '=', which a spreadsheet "
         "would run; choose another name"},
        {"m,value,central,strokes,,a year,1,,,@A", "37: error: source: the name '@A' of the source "
                                                   "begins with '@', which a spreadsheet would "
                                                   "run; choose another name"},
        {"m,value,central,strokes,,a year,,3,2,",
         "34: error: low: low, 3, is above high, 2; the lower one first"},
    };
    char folder[SCRATCH_SIZE];
    enter(folder);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        char rows[1000], wanted[1000];
        snprintf(rows, sizeof rows, HEADER "%s\n", faults[i].row);
        snprintf(wanted, sizeof wanted, "seen.csv:2:%s\n", faults[i].said);
        copy_observed(rows);
        expect_here(NULL, wanted);
    }
    copy_observed("measure,comparison,configuration,metrics,role,unit,estimate,low,high,source\n"
                  "m,value,central,strokes,,a year,1,,,\n");
    expect_here(NULL, "seen.csv:1:34: error: metrics: no column of this name is known; did you "
                      "mean 'metric'?\n");
    leave(folder);
}
