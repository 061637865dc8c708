/* Designs as they are read, and sweeps as they run. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "scenarios/sweep/sweep.h"
#include "tests/scenarios/small.h"

/* --- factors ---------------------------------------------------------------------------------- */

static const char *text_at(const struct factor *factor, double unit)
{
    static char buffer[NUMBER_TEXT_SIZE];
    return factor_text(factor, unit, false, buffer);
}

Test(sweep_factor, a_coordinate_becomes_the_text_of_a_value)
{
    const struct factor line = {.kind = FACTOR_RANGE, .low = 2, .high = 4};
    const struct factor log_line = {.kind = FACTOR_LOG, .low = 1, .high = 100};
    char *words[] = {"nearest", "nearest_hasu", "catchment"};
    const struct factor list = {.kind = FACTOR_VALUES, .value = words, .values = 3};
    cr_expect_str_eq(text_at(&line, 0), "2");
    cr_expect_str_eq(text_at(&line, 0.25), "2.5");
    cr_expect_str_eq(text_at(&line, 1), "4");
    cr_expect_str_eq(text_at(&log_line, 0.5), "10");
    cr_expect_str_eq(text_at(&list, 0), "nearest");
    cr_expect_str_eq(text_at(&list, 0.34), "nearest_hasu");
    cr_expect_str_eq(text_at(&list, 0.66), "nearest_hasu");
    cr_expect_str_eq(text_at(&list, 0.67), "catchment");
    cr_expect_str_eq(text_at(&list, 1), "catchment");
}

/* Each number of beds has an equal share of the coordinates. */
Test(sweep_factor, counts_are_whole_and_even)
{
    const struct factor beds = {.kind = FACTOR_RANGE, .low = 8, .high = 12, .whole = true};
    int times[13] = {0};
    for (int i = 0; i < 1000; i++)
        times[strtol(text_at(&beds, (i + 0.5) / 1000), NULL, 10)]++;
    for (int count = 8; count <= 12; count++)
        cr_expect_eq(times[count], 200, "%d beds %d times", count, times[count]);
    cr_expect_str_eq(text_at(&beds, 1), "12");
}

/* odds ratio .81 (.72 to .90), lognormal: its median is the geometric mean of the two points. */
Test(sweep_factor, evidence_is_its_quantile_and_stops_at_95_percent_where_ends_are_met)
{
    const struct spread spread = {.family = FAMILY_LOGNORMAL, .low = 0.72, .high = 0.9};
    struct factor factor = {.kind = FACTOR_EVIDENCE};
    char buffer[NUMBER_TEXT_SIZE];
    cr_assert(spread_fit(&spread, &factor.fitted));
    static const struct {
        double unit;
        bool ends;
        double wanted;
    } cases[] = {{0.025, false, 0.72}, {0.975, false, 0.9}, {0, true, 0.72}, {1, true, 0.9}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double value = strtod(factor_text(&factor, cases[i].unit, cases[i].ends, buffer), NULL);
        cr_expect_float_eq(value, cases[i].wanted, 1e-6, "%zu: %g", i, value);
    }
    double middle = strtod(factor_text(&factor, 0.5, false, buffer), NULL);
    cr_expect_float_eq(middle, sqrt(0.72 * 0.9), 1e-6);
}

/* --- designs ---------------------------------------------------------------------------------- */

static struct sweep_plan *plan_of(const char *folder, const char *text, const char *said)
{
    char path[SCRATCH_SIZE];
    struct diagnosis *diagnosis = diagnosis_new();
    spill(in(path, folder, "d.yaml"), text);
    struct sweep_plan *plan = plan_read("d.yaml", diagnosis);
    cr_assert_eq(plan == NULL, diagnosis_errors(diagnosis) > 0);
    expect_said(diagnosis, said);
    return plan;
}

Test(sweep_plan, what_is_wrong_is_said_with_its_place)
{
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        {"points: 3\n", "d.yaml: error: kind: this key is missing; grid, list, lhs, sobol, halton, "
                        "oat, morris, sobol_indices or psa\n"},
        {"kind: latin\n", "d.yaml:1:7: error: kind: there is no kind of design 'latin'; grid, "
                          "list, lhs, sobol, halton, oat, morris, sobol_indices or psa\n"},
        {"kind: psa\n", "d.yaml: error: draws: this key is missing; how many\n"},
        {"kind: psa\ndraws: 2\nparameters: {demand.multiplier: [1]}\n",
         "d.yaml:3:13: error: parameters: a psa design has no 'parameters'; all that are uncertain "
         "are drawn; lhs takes some of them\n"},
        {"kind: grid\npoints: 3\nparameters: {demand.multiplier: [1]}\n",
         "d.yaml:2:9: error: points: a grid design has no 'points'\n"},
        {"kind: grid\nparameters: {demand.multiplier: {low: 1, high: 2}}\n",
         "d.yaml:2:33: error: parameters.demand.multiplier: a grid has steps; {low: 0.8, high: "
         "1.2, steps: 5}, or a list of values\n"},
        {"kind: grid\nparameters: {run.evidence_draws: [1, 2]}\n",
         "d.yaml: error: run.evidence_draws: the points of a sweep draw no evidence; draws: N, in "
         "a "
         "design of kind: psa\n"},
        {"kind: list\npoints: [{run.evidence_draws: 1}]\n",
         "d.yaml: error: run.evidence_draws: the points of a sweep draw no evidence; draws: N, in "
         "a "
         "design of kind: psa\n"},
        {"kind: oat\nparameters: {demand.multiplier: {low: 1, high: 2, steps: 3}}\n",
         "d.yaml:2:58: error: parameters.demand.multiplier.steps: only a grid has steps; leave it "
         "out\n"},
        {"kind: oat\nparameters: {demand.multiplier: {low: 0, high: 2, scale: log}}\n",
         "d.yaml:2:39: error: parameters.demand.multiplier.low: 0 has no logarithm; a number above "
         "0\n"},
        {"kind: oat\nparameters: {demand.multiplier: []}\n",
         "d.yaml:2:33: error: parameters.demand.multiplier: the list is empty; at least one "
         "value\n"},
        {"kind: morris\ntrajectories: 4\nlevels: 5\nparameters: {demand.multiplier: [1, 2]}\n",
         "d.yaml:3:9: error: levels: 5 is odd; an even number\n"},
        {"kind: oat\nreplications: 3\nprecision: {metric: strokes, half_width: 2}\n"
         "parameters: {demand.multiplier: [1, 2]}\n",
         "d.yaml:3:12: error: precision: the replications are given too; give one of them\n"},
        {"kind: list\nfile: a.csv\npoints: [{demand.multiplier: 1}]\n",
         "d.yaml:2:7: error: file: the points are given too; give one of them\n"},
        {"kind: list\npoints: []\n",
         "d.yaml:2:9: error: points: there are no points; a list of {KEY: VALUE}\n"},
    };
    char folder[SCRATCH_SIZE];
    enter(folder);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        plan_free(plan_of(folder, cases[i].text, cases[i].wanted));
    leave(folder);
}

Test(sweep_plan, sobol_indices_take_twenty_parameters)
{
    char folder[SCRATCH_SIZE], text[4096] = "kind: sobol_indices\nbase_points: 4\nparameters:\n";
    enter(folder);
    for (int f = 1; f <= 21; f++) {
        sprintf(text + strlen(text), "  a.b%d: [1, 2]\n", f);
        if (f == 20)
            plan_free(plan_of(folder, text, ""));
    }
    cr_expect_null(plan_of(folder, text,
                           "d.yaml: error: parameters: 21 are too many for a sobol_indices design; "
                           "sobol takes 40 of them, sobol_indices 20; morris or lhs take more\n"));
    leave(folder);
}

/* --- running ---------------------------------------------------------------------------------- */

enum { MOST = 16 };

struct taken {
    uint64_t points, number[MOST], refuse_at;
    double lives_saved[MOST], strokes[MOST];
};

static bool take(void *context, const struct sweep_point *point)
{
    struct taken *taken = context;
    cr_assert_lt(taken->points, MOST);
    taken->number[taken->points] = point->point;
    taken->lives_saved[taken->points] = point->difference[METRIC_COUNT + METRIC_LIVES_SAVED].mean;
    taken->strokes[taken->points++] = point->summary[METRIC_STROKES].mean;
    return point->point != taken->refuse_at;
}

struct bench {
    char folder[SCRATCH_SIZE];
    struct scenario_options options;
    struct sweep sweep;
    struct sweep_plan *plan;
    struct scenario *scenario;
};

static const size_t both[] = {0, 1};

static void open_bench(struct bench *bench, const char *design)
{
    enter(bench->folder);
    bench->options = (struct scenario_options){.years = 0.1};
    struct diagnosis *diagnosis = diagnosis_new();
    bench->scenario = scenario_read(small, &bench->options, diagnosis);
    diagnosis_free(diagnosis);
    bench->plan = plan_of(bench->folder, design, "");
    size_t configuration;
    enum parameter_id which;
    cr_assert(design_prepare(&bench->scenario->design, &configuration, &which));
    bench->sweep = (struct sweep){.scenario_path = small,
                                  .scenario_options = &bench->options,
                                  .scenario = bench->scenario,
                                  .plan = bench->plan,
                                  .configuration = both,
                                  .configurations = 2};
    struct sampling_plan sampling = plan_sampling(bench->plan, 1);
    cr_assert_eq(sampling_plan_points(&sampling, &bench->sweep.points), SAMPLING_OK);
}

static void close_bench(struct bench *bench)
{
    plan_free(bench->plan);
    scenario_free(bench->scenario);
    leave(bench->folder);
}

static struct taken run(const struct bench *bench, unsigned threads, uint64_t shard,
                        uint64_t shards, uint64_t done, uint64_t refuse_at)
{
    struct taken taken = {.refuse_at = refuse_at};
    const struct sweep_job job = {.shard = shard,
                                  .shards = shards,
                                  .done = done,
                                  .threads = threads,
                                  .deliver = take,
                                  .context = &taken};
    bool no_memory;
    uint64_t delivered = sweep_run(&bench->sweep, &job, &no_memory);
    cr_assert(!no_memory);
    cr_assert_eq(delivered, taken.points - (refuse_at > 0));
    return taken;
}

static const char grid[] = "kind: grid\nreplications: 2\nparameters:\n"
                           "  demand.multiplier: {low: 1, high: 2, steps: 2}\n"
                           "  outcome.organised_care_or: [0.7, 0.8, 1]\n";

Test(sweep, points_come_in_order_and_are_the_same_on_any_number_of_threads)
{
    struct bench bench;
    open_bench(&bench, grid);
    cr_assert_eq(bench.sweep.points, 6);
    struct taken one = run(&bench, 1, 1, 1, 0, 0), three = run(&bench, 3, 1, 1, 0, 0);
    cr_expect_eq(one.points, 6);
    cr_expect_eq(memcmp(&one, &three, sizeof one), 0);
    for (uint64_t p = 0; p < 6; p++)
        cr_expect_eq(one.number[p], p + 1);
    for (uint64_t p = 1; p < 3; p++) { /* the same patients at every point */
        cr_expect_eq(one.strokes[p], one.strokes[0]);
        cr_expect_eq(one.strokes[3 + p], one.strokes[3]);
        cr_expect_lt(one.lives_saved[p], one.lives_saved[p - 1]);
    }
    cr_expect_gt(one.strokes[3], 1.5 * one.strokes[0]);
    close_bench(&bench);
}

Test(sweep, shards_share_the_points_out_and_each_goes_on_where_it_stopped)
{
    struct bench bench;
    open_bench(&bench, grid);
    struct taken whole = run(&bench, 2, 1, 1, 0, 0);
    for (uint64_t shard = 1; shard <= 4; shard++) {
        uint64_t points = sweep_shard_points(6, shard, 4);
        cr_assert_eq(points, shard <= 2 ? 2 : 1);
        for (uint64_t done = 0; done <= points; done++) {
            struct taken part = run(&bench, 2, shard, 4, done, 0);
            cr_assert_eq(part.points, points - done);
            for (uint64_t p = 0; p < part.points; p++) {
                cr_expect_eq(part.number[p], shard + (done + p) * 4);
                cr_expect_eq(part.lives_saved[p], whole.lives_saved[part.number[p] - 1]);
            }
        }
    }
    struct taken refused = run(&bench, 3, 1, 1, 0, 4);
    cr_expect_eq(refused.points, 4, "nothing comes after a refusal");
    close_bench(&bench);
}

/* A draw of a psa is the draw that compare takes for the range of the evidence. */
Test(sweep, draws_of_a_psa_are_those_of_the_evidence)
{
    struct bench bench;
    struct parameters drawn;
    open_bench(&bench, "kind: psa\ndraws: 3\nreplications: 1\n");
    struct taken taken = run(&bench, 2, 1, 1, 0, 0);
    for (uint64_t draw = 1; draw <= 3; draw++) {
        struct model model;
        struct experiment experiment;
        enum model_status status;
        double warm_up_days = 0;
        struct experiment_options options = {.configurations = both,
                                             .count = 2,
                                             .replications = 1,
                                             .threads = 1,
                                             .draw = draw,
                                             .warm_up_days = &warm_up_days};
        cr_assert_eq(model_init(&model, &bench.scenario->design, draw), MODEL_OK);
        design_draw(&bench.scenario->design, 0, draw, &drawn);
        cr_expect_eq(drawn.value[P_OUTCOME_ORGANISED_CARE_OR],
                     model.service[0].parameters.value[P_OUTCOME_ORGANISED_CARE_OR]);
        model_fini(&model);
        cr_assert_eq(experiment_run(&experiment, &bench.scenario->design, &options, &status),
                     EXPERIMENT_OK);
        cr_expect_eq(taken.lives_saved[draw - 1],
                     experiment.arm[1].difference[METRIC_LIVES_SAVED].mean);
        experiment_fini(&experiment);
    }
    cr_expect_neq(taken.lives_saved[0], taken.lives_saved[1]);
    close_bench(&bench);
}
