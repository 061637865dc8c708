#include <criterion/criterion.h>
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scenarios/experiment.h"
#include "sim/estimate.h"
#include "tests/models/small_region.h"

/* A design whose replications are cheap: a week without warm-up. */
static void tiny_design(struct design *design)
{
    small_design(design);
    design->years = 7.0 / 365;
    small_design_write(design, BOTH, P_RUN_WARMUP_DAYS, 0);
}

static void prepare(struct design *design)
{
    size_t configuration;
    enum parameter_id which;
    cr_assert(design_prepare(design, &configuration, &which));
}

static const size_t both[] = {LOCAL, CENTRAL}, swapped[] = {CENTRAL, LOCAL};

static struct experiment_options options_of(const size_t *configurations, uint64_t replications)
{
    return (struct experiment_options){.configurations = configurations,
                                       .count = 2,
                                       .replications = replications,
                                       .precision_metric = METRIC_LIVES_SAVED,
                                       .precision_half_width = 2,
                                       .threads = 2};
}

static void run(struct experiment *experiment, const struct design *design,
                const struct experiment_options *options, enum experiment_status wanted)
{
    enum model_status status;
    cr_assert_eq(experiment_run(experiment, design, options, &status), wanted);
}

static double summary(const struct experiment *experiment, size_t arm, enum metric metric)
{
    return experiment->arm[arm].summary[metric].mean;
}

/* Every tally and range of two experiments the same to the last bit. */
static void expect_same(const struct experiment *a, const struct experiment *b)
{
    cr_assert_eq(a->replications, b->replications);
    cr_assert_eq(a->draws, b->draws);
    cr_assert_eq(a->warm_up_days, b->warm_up_days);
    cr_assert_eq(a->events, b->events);
    cr_assert_eq(a->patients, b->patients);
    for (size_t i = 0; i < 2; i++) {
        const struct arm *x = &a->arm[i], *y = &b->arm[i];
        cr_assert_eq(x->configuration, y->configuration);
        cr_expect_eq(memcmp(x->summary, y->summary, sizeof x->summary), 0);
        cr_expect_eq(memcmp(x->difference, y->difference, sizeof x->difference), 0);
        cr_expect_eq(memcmp(x->driver, y->driver, sizeof x->driver), 0);
        cr_expect_eq(memcmp(x->item, y->item, sizeof x->item), 0);
        for (enum metric m = 0; m < METRIC_COUNT; m++) {
            cr_assert_eq(x->year[m].n, y->year[m].n);
            cr_expect_eq(memcmp(x->year[m].value, y->year[m].value, x->year[m].n * sizeof(double)),
                         0);
            cr_expect_eq(memcmp(x->evidence[m], y->evidence[m], a->draws * sizeof(double)), 0);
        }
        cr_expect_eq(memcmp(x->area, y->area, SMALL_AREAS * sizeof *x->area), 0);
        cr_expect_eq(memcmp(x->unit, y->unit, SMALL_HOSPITALS * sizeof *x->unit), 0);
    }
}

/* --- differences ------------------------------------------------------------------------------ */

/* What the replications say, added up by hand. */
struct by_hand {
    struct tally difference[METRIC_COUNT], drawn[METRIC_COUNT];
    uint64_t last;
};

static bool add_by_hand(void *context, const struct experiment *experiment, uint64_t replication,
                        const struct trial_results *results)
{
    struct by_hand *sums = context;
    const struct ledger *before = &results->service[experiment->arm[0].configuration].ledger;
    const struct ledger *after = &results->service[experiment->arm[1].configuration].ledger;
    cr_assert_eq(replication, sums->last + 1);
    cr_assert_eq(experiment->replications, replication);
    sums->last = replication;
    for (enum metric m = 0; m < METRIC_COUNT; m++) {
        bool saved = m == METRIC_LIVES_SAVED;
        enum metric of = saved ? METRIC_DEATHS_90D : m;
        double difference = after->expected[of] - before->expected[of];
        if (!isnan(difference))
            tally_add(&sums->difference[m], saved ? -difference : difference);
        difference = after->drawn[of] - before->drawn[of];
        if (!isnan(difference))
            tally_add(&sums->drawn[m], saved ? -difference : difference);
    }
    return true;
}

static bool close_to(double got, double want, double size)
{
    return fabs(got - want) <= 1e-9 * (1 + fabs(size));
}

/* MODEL.md section 8: configuration less baseline, but lives saved are baseline deaths less the
 * configuration's; expected for the mean, drawn for the range over years. */
Test(experiment, differences_are_the_configuration_less_the_baseline)
{
    struct design design;
    small_design_busy(&design);
    design.years = 0.5;
    prepare(&design);
    struct by_hand sums = {0};
    struct experiment_options options = options_of(both, 20);
    options.replication_done = add_by_hand;
    options.context = &sums;
    struct experiment experiment;
    run(&experiment, &design, &options, EXPERIMENT_OK);
    cr_assert_eq(sums.last, 20);
    const struct arm *arm = &experiment.arm[1];
    for (enum metric m = 0; m < METRIC_COUNT; m++) {
        const char *name = metric_info(m)->name;
        const struct tally *got = &arm->difference[m], *want = &sums.difference[m];
        cr_expect_eq(got->n, want->n, "%s", name);
        cr_expect(close_to(got->mean, want->mean, want->mean), "%s", name);
        cr_expect(close_to(got->m2, want->m2, want->m2), "%s", name);
        cr_expect_eq(arm->year[m].n, sums.drawn[m].n, "%s", name);
        double low, high;
        experiment_year_range(arm, m, &low, &high);
        cr_expect(sums.drawn[m].n == 0 ? isnan(low) && isnan(high)
                                       : low >= sums.drawn[m].min && high <= sums.drawn[m].max,
                  "%s", name);
        if (m == METRIC_LIVES_SAVED || arm->summary[m].n < 20 ||
            experiment.arm[0].summary[m].n < 20)
            continue;
        double before = summary(&experiment, 0, m), after = summary(&experiment, 1, m);
        cr_expect(close_to(got->mean, after - before, before), "%s", name);
    }
    cr_expect_gt(arm->difference[METRIC_LIVES_SAVED].mean, 0);
    cr_expect_eq(arm->difference[METRIC_LIVES_SAVED].mean,
                 -arm->difference[METRIC_DEATHS_90D].mean);
    cr_expect_eq(arm->difference[METRIC_DIRECT_TO_HASU].n, 0); /* not applicable before */
    double whole = 0;
    for (int driver = 0; driver <= DRIVERS; driver++)
        whole += arm->driver[driver].mean;
    cr_expect(close_to(whole, arm->difference[METRIC_LIVES_SAVED].mean, 0));
    experiment_fini(&experiment);
    design_fini(&design);
}

/* The baseline compared with itself is 0 too. */
static void expect_nothing(const struct experiment *experiment)
{
    for (size_t a = 0; a < 2; a++) {
        const struct arm *arm = &experiment->arm[a];
        for (enum metric m = 0; m < METRIC_COUNT; m++) {
            const struct tally *difference = &arm->difference[m];
            const char *name = metric_info(m)->name;
            cr_expect(difference->min == 0 && difference->max == 0, "%s", name);
            double range[4] = {0};
            experiment_year_range(arm, m, &range[0], &range[1]);
            experiment_evidence_range(experiment, arm, m, &range[2], &range[3]);
            for (int i = 0; i < 4; i++)
                cr_expect(range[i] == 0 || (isnan(range[i]) && difference->n == 0), "%s %d: %g",
                          name, i, range[i]);
        }
        for (int driver = 0; driver <= DRIVERS; driver++)
            cr_expect(arm->driver[driver].min == 0 && arm->driver[driver].max == 0);
    }
}

Test(experiment, identical_configurations_differ_by_exactly_nothing)
{
    static const size_t copies[][2] = {{LOCAL, CENTRAL}, {CENTRAL, LOCAL}};
    for (size_t i = 0; i < 2; i++) {
        struct design design;
        small_design_busy(&design);
        design.years = 0.25;
        small_design_copy(&design, copies[i][0], copies[i][1]);
        for (size_t c = 0; c < 2; c++)
            spread_default(P_OUTCOME_ORGANISED_CARE_OR,
                           &design.configuration[c].spread[P_OUTCOME_ORGANISED_CARE_OR]);
        prepare(&design);
        struct experiment_options options = options_of(both, 6);
        options.draws = 5;
        struct experiment experiment;
        run(&experiment, &design, &options, EXPERIMENT_OK);
        expect_nothing(&experiment);
        cr_expect_gt(summary(&experiment, 1, METRIC_DEATHS_90D), 10);
        experiment_fini(&experiment);
        design_fini(&design);
    }
}

Test(experiment, swapping_the_baseline_flips_every_sign_exactly)
{
    struct design design;
    small_design_busy(&design);
    design.years = 0.25;
    for (size_t c = 0; c < 2; c++)
        spread_default(P_OUTCOME_ORGANISED_CARE_OR,
                       &design.configuration[c].spread[P_OUTCOME_ORGANISED_CARE_OR]);
    prepare(&design);
    struct experiment there, back;
    struct experiment_options options = options_of(both, 12);
    options.draws = 6;
    run(&there, &design, &options, EXPERIMENT_OK);
    options.configurations = swapped;
    run(&back, &design, &options, EXPERIMENT_OK);
    for (enum metric m = 0; m < METRIC_COUNT; m++) {
        const struct arm *a = &there.arm[1], *b = &back.arm[1];
        const char *name = metric_info(m)->name;
        cr_expect_eq(a->difference[m].mean, -b->difference[m].mean, "%s", name);
        cr_expect_eq(a->difference[m].m2, b->difference[m].m2, "%s", name);
        cr_expect_eq(a->difference[m].min, -b->difference[m].max, "%s", name);
        cr_assert_eq(a->year[m].n, b->year[m].n, "%s", name);
        for (size_t i = 0; i < a->year[m].n; i++)
            cr_expect_eq(a->year[m].value[i], -b->year[m].value[i], "%s", name);
        for (size_t d = 0; d < 6; d++)
            cr_expect(same(a->evidence[m][d], -b->evidence[m][d]), "%s", name);
        cr_expect(summary(&there, 0, m) == summary(&back, 1, m) &&
                      summary(&there, 1, m) == summary(&back, 0, m),
                  "%s", name);
    }
    experiment_fini(&there);
    experiment_fini(&back);
    design_fini(&design);
}

/* --- areas and hospitals ---------------------------------------------------------------------- */

enum { FIFTHS = 5 };

struct places {
    struct tally area[SMALL_AREAS][AREA_METRICS], unit[SMALL_HOSPITALS][UNIT_METRICS];
    struct tally difference[SMALL_AREAS][AREA_METRICS], fifth[FIFTHS][AREA_METRICS];
};

static void add_known(struct tally *tally, double value)
{
    if (!isnan(value))
        tally_add(tally, value);
}

/* The figures of so many areas together. */
static void area_figures(const struct area_account *area, size_t areas, double years,
                         double value[AREA_METRICS])
{
    double strokes = 0, by_ambulance = 0, travel = 0, within = 0, treated = 0, organised = 0;
    double deaths = 0, independent = 0, ambulance = 0, visitors = 0;
    for (size_t a = 0; a < areas; a++) {
        strokes += area[a].strokes;
        by_ambulance += area[a].by_ambulance;
        travel += area[a].travel_min;
        within += area[a].within_30;
        treated += area[a].thrombolysed;
        organised += area[a].organised;
        deaths += area[a].deaths;
        independent += area[a].mrs_0_2;
        ambulance += area[a].ambulance_min;
        visitors += area[a].visitor_min;
    }
    value[AREA_STROKES] = strokes / years;
    value[AREA_TRAVEL_MIN] = travel / by_ambulance;
    value[AREA_WITHIN_30_MIN] = within / by_ambulance;
    value[AREA_IVT_RATE] = treated / strokes;
    value[AREA_ORGANISED_CARE] = organised / strokes;
    value[AREA_DEATHS_90D] = deaths / years;
    value[AREA_MORTALITY_90D] = deaths / strokes;
    value[AREA_MRS_0_2_90D] = independent / strokes;
    value[AREA_AMBULANCE_HOURS] = ambulance / 60 / years;
    value[AREA_VISITOR_TRAVEL_MIN] = visitors / strokes;
}

/* The figures of "central", each from what it is a share or a mean of; the window is half a year.
 */
static bool add_places(void *context, const struct experiment *experiment, uint64_t replication,
                       const struct trial_results *results)
{
    struct places *places = context;
    static const int hasu_beds[] = {5, 0, 4, 0, 0}, su_beds[] = {4, 2, 4, 3, 0};
    (void)replication;
    const struct ledger *ledger = &results->service[CENTRAL].ledger;
    double years = experiment->window_days / 365;
    const struct area_account *before = results->service[LOCAL].ledger.area;
    for (size_t a = 0; a < SMALL_AREAS; a++) {
        double value[AREA_METRICS], was[AREA_METRICS];
        area_figures(&ledger->area[a], 1, years, value);
        area_figures(&before[a], 1, years, was);
        for (int m = 0; m < AREA_METRICS; m++) {
            add_known(&places->area[a][m], value[m]);
            add_known(&places->difference[a][m], value[m] - was[m]);
        }
    }
    for (size_t f = 0; f < FIFTHS; f++) { /* areas 4 and 5 are together in the last */
        double value[AREA_METRICS], was[AREA_METRICS];
        area_figures(&ledger->area[f], f == 4 ? 2 : 1, years, value);
        area_figures(&before[f], f == 4 ? 2 : 1, years, was);
        for (int m = 0; m < AREA_METRICS; m++)
            add_known(&places->fifth[f][m], value[m] - was[m]);
    }
    for (size_t h = 0; h < SMALL_HOSPITALS; h++) {
        const struct unit_account *of = &ledger->unit[h];
        bool hasu = hasu_beds[h] > 0, su = su_beds[h] > 0;
        const double value[UNIT_METRICS] = {
            [UNIT_METRIC_ADMISSIONS] = of->admissions / years,
            [UNIT_METRIC_STROKES] = of->strokes / years,
            [UNIT_METRIC_IVT_RATE] = of->thrombolysed / of->strokes,
            [UNIT_METRIC_DOOR_TO_NEEDLE_MIN] = of->door_to_needle_min / of->thrombolysed,
            [UNIT_METRIC_TRAVEL_MIN] = of->travel_min / of->by_ambulance,
            [UNIT_METRIC_ORGANISED_CARE] = of->organised / of->strokes,
            [UNIT_METRIC_DEATHS_90D] = of->deaths / years,
            [UNIT_METRIC_OUTLIERS] = of->outliers / years,
            [UNIT_METRIC_DIVERTED] = of->diverted / years,
            [UNIT_METRIC_BLOCKED_BED_DAYS] = of->blocked_min / 1440 / years,
            [UNIT_METRIC_NURSES_WTE] = of->nurses_wte,
            [UNIT_METRIC_HASU_BEDS_IN_USE] = hasu ? of->use[BED_HASU].in_use : NAN,
            [UNIT_METRIC_HASU_OCCUPANCY] = hasu ? of->use[BED_HASU].in_use / hasu_beds[h] : NAN,
            [UNIT_METRIC_HASU_WAIT_HOURS] = of->wait_min[BED_HASU] / of->asked[BED_HASU] / 60,
            [UNIT_METRIC_HASU_WAITED] = of->waited[BED_HASU] / of->asked[BED_HASU],
            [UNIT_METRIC_SU_BEDS_IN_USE] = su ? of->use[BED_SU].in_use : NAN,
            [UNIT_METRIC_SU_OCCUPANCY] = su ? of->use[BED_SU].in_use / su_beds[h] : NAN,
            [UNIT_METRIC_SU_WAIT_DAYS] = of->wait_min[BED_SU] / of->asked[BED_SU] / 1440,
            [UNIT_METRIC_SU_WAITED] = of->waited[BED_SU] / of->asked[BED_SU],
            [UNIT_METRIC_REHAB_BEDS_IN_USE] = NAN,
            [UNIT_METRIC_REHAB_OCCUPANCY] = NAN,
            [UNIT_METRIC_REHAB_WAIT_DAYS] = NAN,
            [UNIT_METRIC_REHAB_WAITED] = NAN,
            [UNIT_METRIC_HASU_BEDS] = hasu ? (double)hasu_beds[h] : NAN,
            [UNIT_METRIC_SU_BEDS] = su ? (double)su_beds[h] : NAN,
            [UNIT_METRIC_REHAB_BEDS] = NAN,
        };
        for (int m = 0; m < UNIT_METRICS; m++)
            add_known(&places->unit[h][m], value[m]);
    }
    return true;
}

static void expect_tally(const struct tally *got, const struct tally *want, const char *what)
{
    cr_expect_eq(got->n, want->n, "%s: %llu values", what, (unsigned long long)got->n);
    cr_expect(close_to(got->mean, want->mean, want->mean), "%s: %g, not %g", what, got->mean,
              want->mean);
    cr_expect(close_to(got->m2, want->m2, want->m2), "%s: the spread", what);
}

Test(experiment, figures_of_areas_and_hospitals)
{
    struct design design;
    small_design_busy(&design);
    design.years = 0.5;
    for (size_t a = 0; a < SMALL_AREAS; a++)
        design.region.area[a].deprivation_score = a < 4 ? 9 - (double)a : 1;
    prepare(&design);
    static struct places places;
    struct experiment_options options = options_of(both, 5);
    options.replication_done = add_places;
    options.context = &places;
    struct experiment experiment;
    run(&experiment, &design, &options, EXPERIMENT_OK);
    const struct arm *arm = &experiment.arm[1];
    for (size_t a = 0; a < SMALL_AREAS; a++)
        for (enum area_metric m = 0; m < AREA_METRICS; m++) {
            expect_tally(&arm->area[a].of[m], &places.area[a][m], area_metric_name(m));
            expect_tally(&arm->area[a].difference[m], &places.difference[a][m],
                         area_metric_name(m));
        }
    for (size_t f = 0; f < FIFTHS; f++)
        for (enum area_metric m = 0; m < AREA_METRICS; m++)
            expect_tally(&arm->fifth[f].difference[m], &places.fifth[f][m], area_metric_name(m));
    for (size_t h = 0; h < SMALL_HOSPITALS; h++)
        for (enum unit_metric m = 0; m < UNIT_METRICS; m++)
            expect_tally(&arm->unit[h].of[m], &places.unit[h][m], unit_metric_name(m));
    experiment_fini(&experiment);
    design_fini(&design);
}

/* --- how many replications -------------------------------------------------------------------- */

/* The half-width at each look that is allowed: after 32 and every 16. */
struct looks {
    double target;
    enum metric metric;
    uint64_t first_met;
};

static bool watch(void *context, const struct experiment *experiment, uint64_t replication,
                  const struct trial_results *results)
{
    struct looks *looks = context;
    (void)results;
    struct estimate estimate =
        estimate_from_tally(&experiment->arm[1].difference[looks->metric], 0.95);
    if (replication >= 32 && replication % 16 == 0 && looks->first_met == 0 &&
        (estimate.high - estimate.low) / 2 <= looks->target)
        looks->first_met = replication;
    return true;
}

Test(experiment, stops_at_the_first_look_that_is_precise_enough)
{
    struct design design;
    tiny_design(&design);
    prepare(&design);
    static const struct {
        double target;
        bool patients;
    } cases[] = {{1e9, false}, {0.9, false}, {0.9, true}, {0.7, false}};
    uint64_t before = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct looks looks = {.target = cases[i].target, .metric = METRIC_TRAVEL_MIN};
        struct experiment_options options = options_of(both, 0);
        options.precision_metric = METRIC_TRAVEL_MIN;
        options.precision_half_width = cases[i].target;
        options.patients = cases[i].patients; /* smaller batches: the looks are the same */
        options.replication_done = watch;
        options.context = &looks;
        struct experiment experiment;
        run(&experiment, &design, &options, EXPERIMENT_OK);
        cr_expect_eq(experiment.replications, looks.first_met, "%g: %llu, not %llu",
                     cases[i].target, (unsigned long long)experiment.replications,
                     (unsigned long long)looks.first_met);
        cr_expect(i == 0 ? experiment.replications == 32
                         : experiment.replications > 32 && experiment.replications < 1000);
        cr_expect(experiment.complete && experiment.replications_asked == 0);
        cr_expect_geq(experiment.replications, before);
        before = experiment.replications;
        experiment_fini(&experiment);
    }
    design_fini(&design);
}

static bool watch_summary(void *context, const struct experiment *experiment, uint64_t replication,
                          const struct trial_results *results)
{
    struct looks *looks = context;
    (void)results;
    struct estimate estimate =
        estimate_from_tally(&experiment->arm[0].summary[looks->metric], 0.95);
    if (replication >= 32 && replication % 16 == 0 && looks->first_met == 0 &&
        (estimate.high - estimate.low) / 2 <= looks->target)
        looks->first_met = replication;
    return true;
}

/* Of one configuration on its own it is the mean that is to be precise. */
Test(experiment, alone_stops_when_its_mean_is_precise_enough)
{
    struct design design;
    tiny_design(&design);
    prepare(&design);
    struct looks looks = {.target = 0.8, .metric = METRIC_TRAVEL_MIN};
    struct experiment_options options = options_of(both, 0);
    options.count = 1;
    options.precision_metric = METRIC_TRAVEL_MIN;
    options.precision_half_width = looks.target;
    options.replication_done = watch_summary;
    options.context = &looks;
    struct experiment experiment;
    run(&experiment, &design, &options, EXPERIMENT_OK);
    cr_expect(looks.first_met > 32 && looks.first_met < 1000, "%llu",
              (unsigned long long)looks.first_met);
    cr_expect_eq(experiment.replications, looks.first_met);
    experiment_fini(&experiment);
    design_fini(&design);
}

Test(experiment, stops_after_a_thousand_however_imprecise)
{
    struct design design;
    tiny_design(&design);
    design.years = 1.0 / 365;
    prepare(&design);
    struct experiment_options options = options_of(both, 0);
    options.precision_half_width = 1e-9;
    struct experiment experiment;
    run(&experiment, &design, &options, EXPERIMENT_OK);
    cr_expect_eq(experiment.replications, 1000);
    cr_expect(experiment.complete);
    experiment_fini(&experiment);
    /* Asked for, it may be more or fewer, and no multiple of anything. */
    static const uint64_t asked[] = {1, 2, 15, 16, 17, 33, 1001};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        options.replications = asked[i];
        run(&experiment, &design, &options, EXPERIMENT_OK);
        cr_expect_eq(experiment.replications, asked[i]);
        experiment_fini(&experiment);
    }
    design_fini(&design);
}

Test(experiment, by_precision_or_asked_for_is_the_same)
{
    struct design design;
    tiny_design(&design);
    for (size_t c = 0; c < 2; c++)
        spread_default(P_OUTCOME_ORGANISED_CARE_OR,
                       &design.configuration[c].spread[P_OUTCOME_ORGANISED_CARE_OR]);
    prepare(&design);
    struct experiment precise, asked;
    struct experiment_options options = options_of(both, 0);
    options.draws = 7;
    options.precision_half_width = 1e9;
    run(&precise, &design, &options, EXPERIMENT_OK);
    options.replications = 32;
    options.patients = true;
    options.threads = 1;
    run(&asked, &design, &options, EXPERIMENT_OK);
    expect_same(&precise, &asked);
    experiment_fini(&precise);
    experiment_fini(&asked);
    design_fini(&design);
}

/* --- the warm-up ------------------------------------------------------------------------------ */

/* MSER-5 on the sum of six pilot years, by hand; half a pilot if it finds no cut. */
static double cut_by_hand(const struct model *model, const struct design *design, size_t service)
{
    enum { DAYS = 365 };
    static double day[DAYS], sum[DAYS];
    memset(sum, 0, sizeof sum);
    struct trial trial = {
        .model = model, .run = both, .runs = 2, .domain = DOMAIN_WARM_UP, .window_days = DAYS};
    struct trial_worker *worker = trial_worker_new(design, DAYS);
    cr_assert_not_null(worker);
    for (uint64_t replication = 1; replication <= 6; replication++) {
        enum pathway_status status;
        cr_assert(trial_run_service(&trial, worker, service, replication, &status));
        cr_assert_eq(status, PATHWAY_OK);
        trial_present_series(worker, DAYS, day);
        for (int d = 0; d < DAYS; d++)
            sum[d] += day[d];
    }
    trial_worker_free(worker);
    size_t cut = estimate_mser5(sum, DAYS);
    return cut == ESTIMATE_NO_CUT ? DAYS / 2.0 : (double)cut;
}

/* As long as the slowest configuration of the scenario needs, wherever it stands and whatever is
 * run, in whole steps of four weeks. */
Test(experiment, the_warm_up_is_the_slowest_configurations)
{
    enum { NONE = 2 };
    for (size_t slow = 0; slow <= NONE; slow++) {
        struct design design;
        small_design(&design);
        design.years = 1.0 / 365;
        small_design_unlimited(&design);
        small_design_copy(&design, LOCAL, CENTRAL);
        for (size_t h = 0; slow != NONE && h < SITE_ELM; h++)
            design.configuration[slow].hospital[h].beds[BED_SU] = 5; /* queues that hardly settle */
        prepare(&design);
        struct experiment_options options = options_of(both, 1);
        for (options.count = 1; options.count <= 2; options.count++) {
            struct experiment experiment;
            run(&experiment, &design, &options, EXPERIMENT_OK);
            double cut[2];
            for (size_t c = 0; c < 2; c++)
                cut[c] = cut_by_hand(&experiment.model, &design, c);
            double most = fmax(cut[0], cut[1]);
            cr_assert(slow == NONE || most == cut[slow]);
            cr_assert(slow == NONE || most > cut[1 - slow] + 28);
            cr_expect_eq(experiment.warm_up, slow == NONE ? WARM_UP_FOUND : WARM_UP_NO_CUT);
            cr_assert_gt(fmod(most, 28), 0);
            cr_expect_eq(experiment.warm_up_days, 28 * ceil(most / 28), "%g, not from %g",
                         experiment.warm_up_days, most);
            experiment_fini(&experiment);
        }
        design_fini(&design);
    }
}

/* --- being stopped ---------------------------------------------------------------------------- */

struct stopping {
    atomic_bool stop;
    uint64_t at;
    bool give_up;
};

static bool stop_there(void *context, const struct experiment *experiment, uint64_t replication,
                       const struct trial_results *results)
{
    struct stopping *stopping = context;
    (void)experiment;
    (void)results;
    if (replication == stopping->at)
        atomic_store(&stopping->stop, true);
    return !(stopping->give_up && replication == stopping->at);
}

/* What was finished is the unbroken run from 1, the same as if so many had been asked for. */
Test(experiment, what_was_finished_before_a_stop_stands)
{
    struct design design;
    tiny_design(&design);
    prepare(&design);
    struct stopping stopping = {.at = 20};
    struct experiment_options options = options_of(both, 100000);
    options.draws = 3;
    options.stop = &stopping.stop;
    options.replication_done = stop_there;
    options.context = &stopping;
    struct experiment stopped, asked;
    run(&stopped, &design, &options, EXPERIMENT_STOPPED);
    cr_expect_not(stopped.complete);
    cr_expect_eq(stopped.draws, 0);
    cr_assert(stopped.replications >= 20 && stopped.replications <= 32);
    struct experiment_options again = options_of(both, stopped.replications);
    run(&asked, &design, &again, EXPERIMENT_OK);
    expect_same(&stopped, &asked);
    double low, high;
    experiment_evidence_range(&stopped, &stopped.arm[1], METRIC_LIVES_SAVED, &low, &high);
    cr_expect(isnan(low) && isnan(high));
    cr_expect(isnan(experiment_evidence_above_zero(&stopped, &stopped.arm[1], METRIC_STROKES)));
    experiment_fini(&stopped);
    experiment_fini(&asked);

    run(&stopped, &design, &options, EXPERIMENT_GAVE_UP); /* stopped before it began */
    stopping = (struct stopping){.at = 3, .give_up = true};
    run(&stopped, &design, &options, EXPERIMENT_GAVE_UP); /* the caller wants no more */
    design_fini(&design);
}

/* --- the range over years --------------------------------------------------------------------- */

enum { MANY = 2 * EXPERIMENT_KEPT + EXPERIMENT_KEPT / 2 + 3 };

struct all_values {
    double longer_min[MANY];
    uint64_t n;
};

static bool note_journey(void *context, const struct experiment *experiment, uint64_t replication,
                         const struct trial_results *results)
{
    struct all_values *all = context;
    (void)replication;
    all->longer_min[all->n++] = experiment_difference(
        &results->service[experiment->arm[0].configuration].ledger,
        &results->service[experiment->arm[1].configuration].ledger, METRIC_TRAVEL_MIN, true);
    return true;
}

/* Of more replications than are kept, every second (fourth, ...) stays, from first to last. */
Test(experiment, values_of_many_years_are_thinned_evenly)
{
    static struct all_values all;
    struct design design;
    tiny_design(&design);
    prepare(&design);
    struct experiment_options options = options_of(both, MANY);
    options.replication_done = note_journey;
    options.context = &all;
    struct experiment experiment;
    run(&experiment, &design, &options, EXPERIMENT_OK);
    cr_assert_eq(all.n, MANY);
    size_t known = 0; /* a replication without a stroke by ambulance has no journey */
    for (size_t i = 0; i < MANY; i++)
        if (!isnan(all.longer_min[i]))
            all.longer_min[known++] = all.longer_min[i];
    const struct kept_values *kept = &experiment.arm[1].year[METRIC_TRAVEL_MIN];
    cr_assert_gt(known, 2 * EXPERIMENT_KEPT);
    cr_assert_eq(kept->every, 4);
    cr_assert_eq(kept->seen, known);
    cr_assert_eq(kept->n, (known + 3) / 4);
    for (size_t i = 0; i < kept->n; i++)
        cr_assert_eq(kept->value[i], all.longer_min[4 * i], "%zu", i);
    double low, high;
    experiment_year_range(&experiment.arm[1], METRIC_TRAVEL_MIN, &low, &high);
    estimate_sort(all.longer_min, known);
    /* A 5% point of n values is itself between the 2.5 and 7.5% points. */
    cr_expect(low >= estimate_quantile_sorted(all.longer_min, known, 0.025) &&
              low <= estimate_quantile_sorted(all.longer_min, known, 0.075));
    cr_expect(high >= estimate_quantile_sorted(all.longer_min, known, 0.925) &&
              high <= estimate_quantile_sorted(all.longer_min, known, 0.975));
    experiment_fini(&experiment);
    design_fini(&design);
}

/* --- the evidence ----------------------------------------------------------------------------- */

static void uncertain(struct design *design, enum parameter_id id)
{
    for (size_t c = 0; c < design->configurations; c++)
        spread_default(id, &design->configuration[c].spread[id]);
}

Test(experiment, evidence_is_the_same_again_and_on_any_threads)
{
    struct design design;
    tiny_design(&design);
    uncertain(&design, P_OUTCOME_ORGANISED_CARE_OR);
    uncertain(&design, P_OUTCOME_MORTALITY_90D);
    uncertain(&design, P_HASU_THROMBOLYSIS_RATE);
    prepare(&design);
    struct experiment_options options = options_of(both, 9);
    options.draws = 35; /* more than the replications, and no multiple of a batch */
    struct experiment first, again;
    options.threads = 1;
    run(&first, &design, &options, EXPERIMENT_OK);
    cr_expect_eq(first.draws, 35);
    for (unsigned threads = 1; threads <= 4; threads += 3) {
        options.threads = threads;
        run(&again, &design, &options, EXPERIMENT_OK);
        expect_same(&first, &again);
        experiment_fini(&again);
    }
    /* More draws begin with the same ones. */
    options.draws = 40;
    run(&again, &design, &options, EXPERIMENT_OK);
    for (enum metric m = 0; m < METRIC_COUNT; m++)
        cr_expect_eq(
            memcmp(again.arm[1].evidence[m], first.arm[1].evidence[m], 35 * sizeof(double)), 0);
    experiment_fini(&again);
    double low, high;
    experiment_evidence_range(&first, &first.arm[1], METRIC_LIVES_SAVED, &low, &high);
    double mean = first.arm[1].difference[METRIC_LIVES_SAVED].mean;
    cr_expect(low < mean && mean < high, "%g not in %g to %g", mean, low, high);
    double above = experiment_evidence_above_zero(&first, &first.arm[1], METRIC_LIVES_SAVED);
    cr_expect(above > 0.8 && above <= 1);
    experiment_fini(&first);
    design_fini(&design);
}

struct central {
    struct ledger baseline[4], other[4];
};

static bool keep_ledgers(void *context, const struct experiment *experiment, uint64_t replication,
                         const struct trial_results *results)
{
    struct central *central = context;
    (void)experiment;
    central->baseline[replication - 1] = results->service[LOCAL].ledger;
    central->other[replication - 1] = results->service[CENTRAL].ledger;
    return true;
}

/* A draw runs the replications in turn, and moves the central mean by what it moves its own. */
Test(experiment, draws_go_through_the_replications)
{
    struct design design;
    tiny_design(&design);
    uncertain(&design, P_OUTCOME_ORGANISED_CARE_OR);
    prepare(&design);
    static struct central central;
    struct experiment_options options = options_of(both, 4);
    options.draws = 6;
    options.replication_done = keep_ledgers;
    options.context = &central;
    struct experiment experiment;
    run(&experiment, &design, &options, EXPERIMENT_OK);
    size_t moves = 0;
    for (uint64_t draw = 1; draw <= 6; draw++) {
        struct model model;
        cr_assert_eq(model_init(&model, &design, draw), MODEL_OK);
        uint64_t replication = draw <= 4 ? draw : draw - 4;
        struct trial trial = {
            .model = &model, .run = both, .runs = 2, .domain = DOMAIN_PATIENTS, .window_days = 7};
        struct trial_worker *worker = trial_worker_new(&design, 7);
        struct trial_results *results = trial_results_new(&design, false, false);
        cr_assert(worker && results && trial_run(&trial, worker, replication, results));
        static const enum metric looked_at[] = {METRIC_LIVES_SAVED, METRIC_MORTALITY_90D};
        for (size_t i = 0; i < 2; i++) {
            enum metric m = looked_at[i];
            double moved = experiment_difference(&results->service[LOCAL].ledger,
                                                 &results->service[CENTRAL].ledger, m, false) -
                           experiment_difference(&central.baseline[replication - 1],
                                                 &central.other[replication - 1], m, false);
            double mean = experiment.arm[1].difference[m].mean;
            cr_expect(close_to(experiment.arm[1].evidence[m][draw - 1], mean + moved, mean),
                      "draw %llu: %s", (unsigned long long)draw, metric_info(m)->name);
            moves += fabs(moved) > 1e-6;
        }
        trial_results_free(results);
        trial_worker_free(worker);
        model_fini(&model);
    }
    cr_expect_geq(moves, 8);
    experiment_fini(&experiment);
    design_fini(&design);
}

/* Nothing uncertain, or all that is uncertain set by hand: every draw gives the central value. */
Test(experiment, what_is_certain_or_set_by_hand_has_no_range)
{
    for (int by_hand = 0; by_hand < 2; by_hand++) {
        struct design design;
        tiny_design(&design);
        if (by_hand) {
            uncertain(&design, P_OUTCOME_ORGANISED_CARE_OR);
            for (size_t c = 0; c < 2; c++)
                design.configuration[c].set_by_hand[P_OUTCOME_ORGANISED_CARE_OR] = true;
            small_design_push(&design, BOTH, P_OUTCOME_ORGANISED_CARE_OR, 0.7);
        }
        prepare(&design);
        struct experiment_options options = options_of(both, 4);
        options.draws = 9;
        struct experiment experiment;
        run(&experiment, &design, &options, EXPERIMENT_OK);
        const struct arm *arm = &experiment.arm[1];
        size_t moved = 0;
        for (enum metric m = 0; m < METRIC_COUNT; m++)
            for (size_t d = 0; d < 9; d++)
                moved +=
                    arm->difference[m].n == 4 && arm->evidence[m][d] != arm->difference[m].mean;
        cr_expect_eq(moved, 0, "by hand %d: %zu figures of draws moved", by_hand, moved);
        experiment_fini(&experiment);
        design_fini(&design);
    }
}

/* --- beyond capacity -------------------------------------------------------------------------- */

/* The configuration that cannot cope is called unstable, wherever it stands; the other's own
 * figures are those it has alone. */
Test(experiment, only_what_cannot_cope_is_unstable)
{
    struct design design;
    small_design(&design);
    design.years = 0.5;
    small_design_write(&design, BOTH, P_RUN_MAX_INSIDE, 60);
    small_design_write(&design, BOTH, P_BEDS_LIMITED, 1);
    for (size_t h = 0; h < SMALL_HOSPITALS; h++)
        if (hospital_is_hasu(&design.configuration[CENTRAL].hospital[h]))
            design.configuration[CENTRAL].hospital[h].beds[BED_HASU] = 1;
    prepare(&design);
    static const size_t alone[] = {LOCAL};
    struct experiment_options options = options_of(alone, 5);
    options.count = 1;
    struct experiment own, experiment;
    run(&own, &design, &options, EXPERIMENT_OK);
    for (int i = 0; i < 2; i++) {
        options = options_of(i == 0 ? both : swapped, 5);
        options.draws = 2;
        run(&experiment, &design, &options, EXPERIMENT_OK);
        const struct arm *local = &experiment.arm[i], *central = &experiment.arm[1 - i];
        cr_expect(central->unstable && !local->unstable);
        size_t quoted = 0, lost = 0;
        for (enum metric m = 0; m < METRIC_COUNT; m++) {
            const struct tally *want = &own.arm[0].summary[m];
            quoted += central->summary[m].n > 0 || experiment.arm[1].difference[m].n > 0;
            lost += local->summary[m].n != want->n || local->summary[m].mean != want->mean;
        }
        cr_expect_eq(quoted, 0, "baseline %d: %zu figures of what is unstable", i, quoted);
        cr_expect_eq(lost, 0, "baseline %d: %zu figures of what is stable are not its own", i,
                     lost);
        experiment_fini(&experiment);
    }
    experiment_fini(&own);
    design_fini(&design);
}

/* --- memory ----------------------------------------------------------------------------------- */

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { MEASURES_MEMORY = 0 };
#else
enum { MEASURES_MEMORY = 1 };
#endif

/* The most memory (kB) that a process of its own has needed for an experiment so far. */
static long peak_kb(uint64_t replications)
{
    pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) {
        struct design design;
        tiny_design(&design);
        design.years = 1.0 / 365;
        struct experiment_options options = options_of(both, replications);
        struct experiment experiment;
        enum model_status status;
        bool good = experiment_run(&experiment, &design, &options, &status) == EXPERIMENT_OK &&
                    experiment.replications == replications;
        _exit(good ? 0 : 1);
    }
    struct rusage use;
    int status;
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    cr_assert_eq(getrusage(RUSAGE_CHILDREN, &use), 0);
    return use.ru_maxrss;
}

Test(experiment, memory_does_not_grow_with_the_replications)
{
    if (!MEASURES_MEMORY)
        cr_skip_test("a sanitizer keeps what is freed");
    long few = peak_kb(200), many = peak_kb(2000);
    cr_expect(many <= few + few / 10 || many <= few + 4096, "%ld kB for 200, %ld for 2,000", few,
              many);
}

/* --- one replication by itself ---------------------------------------------------------------- */

/* The paths of one replication. */
struct kept {
    uint64_t replication;
    struct path *path;
    size_t count;
    double warm_up_days;
};

static bool keep_replication(void *context, const struct experiment *experiment,
                             uint64_t replication, const struct trial_results *results)
{
    struct kept *kept = context;
    if (replication != kept->replication)
        return true;
    kept->count = results->cohort.count;
    kept->warm_up_days = experiment->warm_up_days;
    kept->path = malloc(kept->count * sizeof *kept->path);
    memcpy(kept->path, results->service[CENTRAL].path, kept->count * sizeof *kept->path);
    return true;
}

/* Replication 3 alone is what it is among the others, after the same warm-up. */
Test(experiment, a_replication_can_be_run_by_itself)
{
    struct design design;
    small_design_busy(&design);
    design.years = 0.1;
    prepare(&design);
    struct kept kept[2] = {{.replication = 3}, {.replication = 3}};
    for (int alone = 0; alone < 2; alone++) {
        struct experiment_options options = options_of(both, alone ? 1 : 4);
        options.first = alone ? 3 : 0;
        options.patients = true;
        options.replication_done = keep_replication;
        options.context = &kept[alone];
        struct experiment experiment;
        run(&experiment, &design, &options, EXPERIMENT_OK);
        cr_expect_eq(experiment.replications, alone ? 1 : 4);
        experiment_fini(&experiment);
    }
    cr_assert_gt(kept[0].count, 30);
    cr_assert_eq(kept[0].count, kept[1].count);
    cr_expect_gt(kept[0].warm_up_days, 0);
    cr_expect_eq(kept[0].warm_up_days, kept[1].warm_up_days);
    for (size_t i = 0; i < kept[0].count; i++) {
        cr_assert(same(kept[0].path[i].discharge_min, kept[1].path[i].discharge_min));
        cr_assert(same(kept[0].path[i].cost_gbp, kept[1].path[i].cost_gbp));
    }
    free(kept[0].path);
    free(kept[1].path);
    design_fini(&design);
}
