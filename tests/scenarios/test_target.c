/* Targets: figures of places, and how often they are met, against the same counted by hand. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/target.h"
#include "scenarios/unit_figure.h"
#include "tests/models/small_region.h"

static const size_t both[] = {LOCAL, CENTRAL};
static bool everywhere[] = {true, true};

enum { REPLICATIONS = 12, DRAWS = 9, WARM_UP_DAYS = 28 };

static void open_design(struct design *design)
{
    size_t configuration;
    enum parameter_id which;
    small_design_busy(design);
    design->years = 0.25;
    small_design_write(design, BOTH, P_RUN_WARMUP_DAYS, WARM_UP_DAYS);
    for (size_t c = 0; c < 2; c++) {
        static const enum parameter_id uncertain[] = {P_OUTCOME_ORGANISED_CARE_OR,
                                                      P_UNIT_ORGANISED_CARE_SHARE};
        for (size_t i = 0; i < 2; i++)
            spread_default(uncertain[i], &design->configuration[c].spread[uncertain[i]]);
    }
    cr_assert(design_prepare(design, &configuration, &which));
}

static struct experiment_options options_of(const struct target *target, size_t targets)
{
    return (struct experiment_options){.configurations = both,
                                       .count = 2,
                                       .replications = REPLICATIONS,
                                       .threads = 2,
                                       .target = target,
                                       .targets = targets};
}

static void run(struct experiment *experiment, const struct design *design,
                const struct experiment_options *options)
{
    enum model_status status;
    cr_assert_eq(experiment_run(experiment, design, options, &status), EXPERIMENT_OK);
}

/* --- figures of hospitals together ------------------------------------------------------------ */

/* All patients of the hospitals together, and all their beds; not the mean of their figures. */
Test(target, hospitals_together_are_sums_over_sums)
{
    struct hospital hospital[3] = {
        {.roles = ROLE_HASU, .beds = {4, 0, 0}},
        {.roles = ROLE_HASU | ROLE_SU, .beds = {6, 9, 0}},
        {.roles = ROLE_SU, .beds = {0, 5, 0}},
    };
    struct service service = {.hospital = hospital, .hospitals = 3, .beds_limited = true};
    struct unit_account unit[3] = {
        {.admissions = 30,
         .strokes = 20,
         .thrombolysed = 4,
         .door_to_needle_min = 240,
         .travel_min = 100,
         .by_ambulance = 10,
         .organised = 18,
         .deaths = 3,
         .asked = {20},
         .waited = {5},
         .wait_min = {1200},
         .use = {{.in_use = 3}}},
        {.admissions = 90,
         .strokes = 80,
         .thrombolysed = 6,
         .door_to_needle_min = 210,
         .travel_min = 900,
         .by_ambulance = 30,
         .organised = 32,
         .deaths = 9,
         .asked = {60, 30},
         .waited = {35, 3},
         .wait_min = {6000, 14400},
         .use = {{.in_use = 5}, {.in_use = 6}}},
        {.asked = {0, 10}, .waited = {0, 1}, .wait_min = {0, 43200}, .use = {{0}, {.in_use = 4}}},
    };
    static const struct {
        enum unit_metric metric;
        double alone, together, all; /* the first; the first two; all three. By hand */
    } wanted[] = {
        {UNIT_METRIC_ADMISSIONS, 60, 240, 240},
        {UNIT_METRIC_STROKES, 40, 200, 200},
        {UNIT_METRIC_DEATHS_90D, 6, 24, 24},
        {UNIT_METRIC_IVT_RATE, 0.2, 0.1, 0.1},
        {UNIT_METRIC_DOOR_TO_NEEDLE_MIN, 60, 45, 45},
        {UNIT_METRIC_TRAVEL_MIN, 10, 25, 25},
        {UNIT_METRIC_ORGANISED_CARE, 0.9, 0.5, 0.5},
        {UNIT_METRIC_HASU_BEDS_IN_USE, 3, 8, 8},
        {UNIT_METRIC_HASU_OCCUPANCY, 0.75, 0.8, 0.8},
        {UNIT_METRIC_HASU_WAIT_HOURS, 1, 1.5, 1.5},
        {UNIT_METRIC_HASU_WAITED, 0.25, 0.5, 0.5},
        {UNIT_METRIC_SU_BEDS_IN_USE, NAN, 6, 10},
        {UNIT_METRIC_SU_OCCUPANCY, NAN, 6.0 / 9, 10.0 / 14},
        {UNIT_METRIC_SU_WAIT_DAYS, NAN, 10.0 / 30, 1},
        {UNIT_METRIC_SU_WAITED, NAN, 0.1, 0.1},
        {UNIT_METRIC_REHAB_OCCUPANCY, NAN, NAN, NAN},
        {UNIT_METRIC_HASU_BEDS, 4, 10, 10},
        {UNIT_METRIC_SU_BEDS, NAN, 9, 14},
        {UNIT_METRIC_REHAB_BEDS, NAN, NAN, NAN},
    };
    static const size_t places[] = {0, 1, 2};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const char *name = unit_metric_name(wanted[i].metric);
        const double want[] = {NAN, wanted[i].alone, wanted[i].together, wanted[i].all};
        for (size_t n = 0; n <= 3; n++) {
            double got = unit_figure(&service, unit, places, n, wanted[i].metric, 0.5);
            cr_expect(isnan(want[n]) ? isnan(got) : near(got, want[n], 1e-12), "%s of %zu: %g",
                      name, n, got);
        }
    }
    service.beds_limited = false; /* still counted, though nobody waits for them */
    cr_expect_eq(unit_figure(&service, unit, places, 2, UNIT_METRIC_HASU_BEDS, 0.5), 10);
    service.beds_limited = true;
    hospital[1].beds[BED_HASU] = BEDS_UNLIMITED;
    cr_expect(isnan(unit_figure(&service, unit, places, 2, UNIT_METRIC_HASU_BEDS, 0.5)));
    cr_expect(isnan(unit_figure(&service, unit, places, 2, UNIT_METRIC_HASU_OCCUPANCY, 0.5)));
    cr_expect_eq(unit_figure(&service, unit, places, 2, UNIT_METRIC_HASU_BEDS_IN_USE, 0.5), 8);
}

/* --- what is met ------------------------------------------------------------------------------ */

Test(target, at_the_limit_is_met_and_nothing_known_is_not)
{
    static const struct {
        enum target_bound bound;
        double value;
        bool met;
    } cases[] = {
        {TARGET_AT_LEAST, 0.9, true},        {TARGET_AT_LEAST, 0.91, true},
        {TARGET_AT_LEAST, 0.89, false},      {TARGET_AT_LEAST, NAN, false},
        {TARGET_AT_LEAST, -INFINITY, false}, {TARGET_AT_MOST, 0.9, true},
        {TARGET_AT_MOST, 0.89, true},        {TARGET_AT_MOST, 0.91, false},
        {TARGET_AT_MOST, NAN, false},        {TARGET_AT_MOST, INFINITY, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct target target = {.bound = cases[i].bound, .limit = 0.9};
        cr_expect_eq(target_is_met(&target, cases[i].value), cases[i].met, "%zu", i);
    }
}

/* Values of the metrics of each arm, replication by replication, as the model gave them. */
struct values {
    double drawn[2][REPLICATIONS], expected[2][REPLICATIONS], beds[2][REPLICATIONS];
    double saved[REPLICATIONS];
};

static bool keep(void *context, const struct experiment *experiment, uint64_t replication,
                 const struct trial_results *results)
{
    struct values *values = context;
    (void)experiment;
    size_t r = (size_t)replication - 1;
    for (size_t a = 0; a < 2; a++) {
        const struct ledger *ledger = &results->service[a].ledger;
        double in_use = 0;
        values->drawn[a][r] = ledger->drawn[METRIC_MORTALITY_90D];
        values->expected[a][r] = ledger->expected[METRIC_MORTALITY_90D];
        for (size_t h = 0; h < 2; h++)
            in_use += ledger->unit[h].use[BED_SU].in_use;
        values->beds[a][r] = in_use;
    }
    values->saved[r] = results->service[LOCAL].ledger.drawn[METRIC_DEATHS_90D] -
                       results->service[CENTRAL].ledger.drawn[METRIC_DEATHS_90D];
    return true;
}

static double mean_of(const double value[])
{
    double sum = 0;
    for (size_t r = 0; r < REPLICATIONS; r++)
        sum += value[r];
    return sum / REPLICATIONS;
}

static double share_over(const double value[], double limit)
{
    double over = 0;
    for (size_t r = 0; r < REPLICATIONS; r++)
        over += value[r] >= limit;
    return over / REPLICATIONS;
}

/* Limits that cut through the middle, so that some replications meet them and others do not. */
Test(target, years_are_counted_as_drawn_and_means_as_expected)
{
    struct design design;
    open_design(&design);
    static size_t first_two[] = {0, 1};
    struct target_units units[2] = {{first_two, 2}, {first_two, 2}};
    struct target target[3] = {
        {.metric = METRIC_MORTALITY_90D, .applies = everywhere, .bound = TARGET_AT_LEAST},
        {.of = TARGET_OF_SECTOR,
         .unit_metric = UNIT_METRIC_SU_BEDS_IN_USE,
         .units = units,
         .applies = everywhere,
         .bound = TARGET_AT_LEAST},
        {.metric = METRIC_LIVES_SAVED,
         .against_baseline = true,
         .applies = everywhere,
         .bound = TARGET_AT_LEAST},
    };
    struct values values;
    struct experiment_options options = options_of(target, 3);
    options.replication_done = keep;
    options.context = &values;
    struct experiment experiment;
    run(&experiment, &design, &options);
    target[0].limit = mean_of(values.drawn[1]);
    target[1].limit = mean_of(values.beds[1]);
    target[2].limit = mean_of(values.saved);
    experiment_fini(&experiment);
    run(&experiment, &design, &options);
    for (size_t a = 0; a < 2; a++) {
        struct target_verdict all = target_judge(&experiment, a, 0);
        struct target_verdict beds = target_judge(&experiment, a, 1);
        cr_expect(near(all.mean.mean, mean_of(values.expected[a]), 1e-12));
        cr_expect_eq(all.years_met, share_over(values.drawn[a], target[0].limit));
        cr_expect(near(beds.mean.mean, mean_of(values.beds[a]), 1e-12));
        cr_expect_eq(beds.years_met, share_over(values.beds[a], target[1].limit));
        cr_expect(isnan(all.evidence_met) && isnan(beds.evidence_met));
        cr_expect_eq(all.met, all.mean.mean >= target[0].limit);
        cr_expect_eq(all.surely, all.mean.low > target[0].limit || all.mean.high < target[0].limit);
    }
    double some = target_judge(&experiment, 1, 0).years_met;
    cr_expect(some > 0 && some < 1, "the test sees nothing at %g", some);
    cr_expect_neq(some, share_over(values.expected[1], target[0].limit)); /* else as expected */
    cr_expect_not(target_judge(&experiment, 0, 2).asked, "the baseline against itself");
    struct target_verdict saved = target_judge(&experiment, 1, 2);
    cr_expect_eq(saved.years_met, share_over(values.saved, target[2].limit));
    cr_expect_eq(saved.mean.mean, experiment.arm[1].difference[METRIC_LIVES_SAVED].mean);
    experiment_fini(&experiment);
    design_fini(&design);
}

/* The expected values of a metric and of a hospital in one replication, central or at a draw. */
static void run_one(const struct design *design, uint64_t replication, uint64_t draw,
                    double value[2][2])
{
    struct experiment_options options = options_of(NULL, 0);
    options.replications = 1;
    options.first = replication;
    options.draw = draw;
    struct experiment experiment;
    run(&experiment, design, &options);
    for (size_t a = 0; a < 2; a++) {
        value[a][0] = experiment.arm[a].summary[METRIC_MORTALITY_90D].mean;
        value[a][1] = experiment.arm[a].unit[SITE_BIRCH].of[UNIT_METRIC_DEATHS_90D].mean;
    }
    experiment_fini(&experiment);
}

/* The value at a draw is the central mean, moved by what the draw moves one replication. */
Test(target, draws_are_counted_by_what_they_move)
{
    struct design design;
    open_design(&design);
    static size_t birch[] = {SITE_BIRCH};
    struct target_units units[2] = {{birch, 1}, {birch, 1}};
    struct target target[2] = {
        {.metric = METRIC_MORTALITY_90D, .applies = everywhere, .bound = TARGET_AT_MOST},
        {.of = TARGET_OF_HOSPITAL,
         .unit_metric = UNIT_METRIC_DEATHS_90D,
         .units = units,
         .applies = everywhere,
         .bound = TARGET_AT_MOST},
    };
    struct experiment_options options = options_of(target, 2);
    options.replications = 4; /* fewer than draws, which go round them */
    options.draws = DRAWS;
    struct experiment experiment;
    run(&experiment, &design, &options);
    double mean[2][2], value[2][2][DRAWS], middle[2] = {0};
    for (size_t a = 0; a < 2; a++)
        for (size_t t = 0; t < 2; t++)
            mean[a][t] = experiment.arm[a].target[t].value.mean;
    experiment_fini(&experiment);
    for (uint64_t d = 0; d < DRAWS; d++) {
        double central[2][2], drawn[2][2];
        run_one(&design, d % 4 + 1, 0, central);
        run_one(&design, d % 4 + 1, d + 1, drawn);
        for (size_t a = 0; a < 2; a++)
            for (size_t t = 0; t < 2; t++)
                value[a][t][d] = mean[a][t] + drawn[a][t] - central[a][t];
        for (size_t t = 0; t < 2; t++)
            middle[t] += value[LOCAL][t][d] / DRAWS;
    }
    for (size_t t = 0; t < 2; t++)
        target[t].limit = middle[t];
    run(&experiment, &design, &options);
    for (size_t a = 0; a < 2; a++)
        for (size_t t = 0; t < 2; t++) {
            double met = 0;
            for (size_t d = 0; d < DRAWS; d++)
                met += value[a][t][d] <= target[t].limit;
            double got = target_judge(&experiment, a, t).evidence_met;
            cr_expect_eq(got, met / DRAWS, "arm %zu, target %zu: %g", a, t, got);
            cr_expect(a == CENTRAL || (met > 0 && met < DRAWS), "the test sees nothing");
        }
    experiment_fini(&experiment);
    design_fini(&design);
}

/* What is unstable meets nothing and quotes nothing; what does not apply is neither. */
Test(target, unstable_is_not_met_and_does_not_apply_is_neither)
{
    struct design design;
    open_design(&design);
    struct target_units units[2] = {{NULL, 0}, {NULL, 0}};
    bool central_alone[] = {false, true};
    struct target target[4] = {
        {.metric = METRIC_STROKES, .applies = everywhere, .bound = TARGET_AT_LEAST},
        {.metric = METRIC_LIVES_SAVED,
         .against_baseline = true,
         .applies = everywhere,
         .bound = TARGET_AT_LEAST,
         .limit = -1e9},
        {.of = TARGET_OF_HOSPITAL,
         .unit_metric = UNIT_METRIC_STROKES,
         .units = units,
         .applies = everywhere,
         .bound = TARGET_AT_LEAST},
        {.metric = METRIC_STROKES, .applies = central_alone, .bound = TARGET_AT_LEAST},
    };
    struct experiment_options options = options_of(target, 4);
    options.replications = 6;
    struct experiment experiment;
    run(&experiment, &design, &options);
    struct target_verdict verdict = target_judge(&experiment, 0, 0);
    cr_expect(verdict.asked && verdict.known && verdict.met && verdict.surely);
    verdict = target_judge(&experiment, 1, 2);
    cr_expect(verdict.asked && !verdict.known && !verdict.unstable && !verdict.met);
    cr_expect(isnan(verdict.mean.mean) && isnan(verdict.years_met));
    cr_expect(!target_judge(&experiment, 0, 3).asked && target_judge(&experiment, 1, 3).known);
    experiment.arm[0].unstable = true;
    verdict = target_judge(&experiment, 0, 0);
    cr_expect(verdict.asked && verdict.unstable && !verdict.known && !verdict.met);
    cr_expect(isnan(verdict.mean.mean) && isnan(verdict.years_met));
    verdict = target_judge(&experiment, 1, 1);
    cr_expect(verdict.unstable && !verdict.met && isnan(verdict.mean.low));
    cr_expect(target_judge(&experiment, 1, 0).met);
    experiment.arm[0].unstable = false;
    cr_expect(target_judge(&experiment, 1, 1).met);
    experiment_fini(&experiment);
    design_fini(&design);
}

/* By hand: 2, 4 and 6 have the mean 4 and, with Student's 4.3027 at two degrees of freedom, the
 * interval 4 +- 4.968. */
Test(target, surely_is_an_interval_on_one_side)
{
    static const struct {
        enum target_bound bound;
        double limit;
        bool met, surely;
    } cases[] = {
        {TARGET_AT_LEAST, -1, true, true},    {TARGET_AT_LEAST, 0, true, false},
        {TARGET_AT_LEAST, 4, true, false},    {TARGET_AT_LEAST, 8.9, false, false},
        {TARGET_AT_LEAST, 9, false, true},    {TARGET_AT_MOST, -1, false, true},
        {TARGET_AT_MOST, -0.9, false, false}, {TARGET_AT_MOST, 8.9, true, false},
        {TARGET_AT_MOST, 9, true, true},
    };
    struct configuration configuration = {.name = NULL};
    const struct design design = {.configuration = &configuration, .configurations = 1};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct target target = {.metric = METRIC_STROKES,
                                .applies = everywhere,
                                .bound = cases[i].bound,
                                .limit = cases[i].limit};
        struct target_tally tally = {0};
        struct arm arm = {.target = &tally};
        const struct experiment experiment = {
            .design = &design, .arm = &arm, .arms = 1, .target = &target, .targets = 1};
        tally_add(&tally.value, 4);
        cr_expect_not(target_judge(&experiment, 0, 0).surely, "one replication has no interval");
        tally_add(&tally.value, 2);
        tally_add(&tally.value, 6);
        struct target_verdict verdict = target_judge(&experiment, 0, 0);
        cr_expect_eq(verdict.met, cases[i].met, "%zu", i);
        cr_expect_eq(verdict.surely, cases[i].surely, "%zu", i);
    }
}
