/* What the command line says in words. It is no library, so its files are taken in whole. */
#include <criterion/criterion.h>
#include <unistd.h>

#include "scenarios/cli/answer.c"
#include "scenarios/cli/full_years.c"
#include "scenarios/cli/journeys.c"
#include "scenarios/cli/targets.c"
#include "tests/models/small_region.h"
#include "tests/scenarios/folders.h"

/* --- who travels further ---------------------------------------------------------------------- */

/* Two areas of one group and one of another, with these strokes and minutes more. */
Test(journeys, are_weighted_by_strokes)
{
    char near[] = "Near", far[] = "Far";
    struct area areas[] = {{.group = near}, {.group = far}, {.group = near}, {.group = near}};
    struct design design = {.region = {.areas = 4, .area = areas}};
    struct area_tallies before[4] = {0}, after[4] = {0};
    static const double strokes[] = {30, 10, 10, 50}, more[] = {4, 3, -2, NAN};
    for (size_t a = 0; a < 4; a++) {
        tally_add(&after[a].of[AREA_STROKES], strokes[a]);
        if (isnan(more[a])) /* nobody came by ambulance */
            continue;
        tally_add(&before[a].of[AREA_TRAVEL_MIN], 10);
        tally_add(&after[a].of[AREA_TRAVEL_MIN], 10 + more[a]);
    }
    struct arm arms[] = {{.area = before}, {.area = after}};
    struct experiment experiment = {.design = &design, .arm = arms, .arms = 2};
    struct journeys journeys = journeys_compare(&experiment, &arms[1]);
    cr_expect_float_eq(journeys.longer_share, 40.0 / 50, 1e-12);
    cr_expect_str_eq(journeys.most_group, "Far");
    cr_expect_float_eq(journeys.most_min, 3, 1e-12); /* near: (4 x 30 - 2 x 10) / 40 */
}

/* --- the words -------------------------------------------------------------------------------- */

/* A finished comparison of the small design, whose headline figures are then set by hand. */
struct told {
    struct scenario scenario;
    struct experiment experiment;
    char title[8];
};

static void told_open(struct told *told)
{
    static const size_t both[] = {LOCAL, CENTRAL};
    *told = (struct told){.title = "Small"};
    small_design(&told->scenario.design);
    for (size_t a = 0; a < SMALL_AREAS; a++)
        told->scenario.design.region.area[a].group = strdup("All");
    told->scenario.title = told->title;
    struct experiment_options options = {
        .configurations = both, .count = 2, .replications = 3, .draws = 3, .threads = 1};
    enum model_status status;
    size_t configuration;
    enum parameter_id which;
    cr_assert(design_prepare(&told->scenario.design, &configuration, &which));
    cr_assert_eq(experiment_run(&told->experiment, &told->scenario.design, &options, &status),
                 EXPERIMENT_OK);
}

static void told_close(struct told *told)
{
    experiment_fini(&told->experiment);
    design_fini(&told->scenario.design);
}

/* Sets lives saved and its three draws. */
static void set_lives(struct told *told, double mean, double low, double middle, double high)
{
    struct arm *arm = &told->experiment.arm[1];
    arm->difference[METRIC_LIVES_SAVED].mean = mean;
    arm->evidence[METRIC_LIVES_SAVED][0] = low;
    arm->evidence[METRIC_LIVES_SAVED][1] = middle;
    arm->evidence[METRIC_LIVES_SAVED][2] = high;
}

/* What is printed, to be freed. */
static char *said_by(const struct told *told)
{
    char path[] = "/tmp/strokesim-answer-XXXXXX";
    int file = mkstemp(path), screen = dup(STDOUT_FILENO);
    cr_assert(file >= 0 && screen >= 0);
    fflush(stdout);
    dup2(file, STDOUT_FILENO);
    answer_compare(&told->scenario, &told->experiment);
    fflush(stdout);
    dup2(screen, STDOUT_FILENO);
    close(screen);
    close(file);
    char *text = slurp(path);
    remove(path);
    return text;
}

static void expect_told(const struct told *told, const char *wanted)
{
    char *text = said_by(told);
    cr_expect_not_null(strstr(text, wanted), "no '%s' in\n%s", wanted, text);
    free(text);
}

static void expect_untold(const struct told *told, const char *unwanted)
{
    char *text = said_by(told);
    cr_expect_null(strstr(text, unwanted), "'%s' in\n%s", unwanted, text);
    free(text);
}

Test(answer, says_lives_with_the_range_of_the_evidence)
{
    struct told told;
    told_open(&told);
    told.experiment.arm[1].difference[METRIC_MORTALITY_90D].mean = -0.0104;
    set_lives(&told, 98.2, 38.4, 97, 154.4);
    expect_told(&told, "central instead of local: about 98 lives a year saved\n"
                       "  (the evidence allows 41 to 152, its middle is 97), of ");
    expect_told(&told, "deaths within 90 days change by -1.04 percentage points.\n");
    expect_told(&told, "  100% of 3 draws of the uncertain evidence save lives.");
    /* It may also cost lives, */
    set_lives(&told, 5, -20, 5, 30);
    expect_told(&told, "about 5.0 lives a year saved\n"
                       "  (the evidence allows -19 to 29, its middle is 5.0), of ");
    expect_told(&told, "  67% of 3 draws of the uncertain evidence save lives.");
    /* or does: then the range is of lives lost, the smaller first. */
    set_lives(&told, -12, -20, -12, -4);
    expect_told(&told, "about 12 lives a year lost\n"
                       "  (the evidence allows 4.4 to 20, its middle is 12), of ");
    expect_told(&told, "  0% of 3 draws of the uncertain evidence save lives.");
    set_lives(&told, 0, 0, 0, 0);
    expect_told(&told, "central instead of local: no life saved or lost.\n");
    told_close(&told);
}

Test(answer, says_where_the_lives_come_from_the_largest_first)
{
    struct told told;
    told_open(&told);
    struct arm *arm = &told.experiment.arm[1];
    static const double lives[DRIVERS + 1] = {[DRIVER_JOURNEY] = -2.5,
                                              [DRIVER_THROMBOLYSIS] = 23.84,
                                              [DRIVER_ORGANISED_CARE] = 76.9,
                                              [DRIVER_BEDS] = 0.04};
    for (int driver = 0; driver <= DRIVERS; driver++)
        arm->driver[driver].mean = lives[driver];
    expect_told(&told, "  Of these organised care +76.9, thrombolysis +23.8, the journey -2.50 "
                       "lives a year.\n");
    told_close(&told);
}

Test(answer, marks_what_was_interrupted_or_is_unstable)
{
    struct told told;
    told_open(&told);
    expect_untold(&told, "INTERRUPTED");
    told.experiment.complete = false;
    expect_told(&told, "; INTERRUPTED, so this is partial.\n");
    told.experiment.arm[1].unstable = true;
    expect_told(&told, "central: unstable. More patients come than its beds can take, so no mean "
                       "is quoted.\n");
    expect_untold(&told, "instead of");
    told_close(&told);
}

/* Between years: of at least 20 replications, in the direction of the sentence. */
Test(answer, says_how_much_years_differ)
{
    struct told told;
    told_open(&told);
    set_lives(&told, 98, 38, 97, 154);
    struct kept_values *year = &told.experiment.arm[1].year[METRIC_LIVES_SAVED];
    year->n = 21;
    for (int i = 0; i <= 20; i++)
        year->value[i] = 50 + 5 * i; /* 5 to 95%: 55 to 145 */
    told.experiment.replications = 19;
    expect_untold(&told, "chance alone");
    told.experiment.replications = 20;
    expect_told(&told, "  Between single years, chance alone makes it 55 to 145 saved.\n");
    set_lives(&told, -98, -154, -97, -38);
    for (int i = 0; i <= 20; i++)
        year->value[i] = -50 - 5 * i;
    expect_told(&told, "  Between single years, chance alone makes it 55 to 145 lost.\n");
    told.scenario.design.years = 3;
    expect_told(&told, "  Between windows of 3 years, chance alone makes it 55 to 145 lost.\n");
    told_close(&told);
}

Test(answer, says_journeys_and_cost)
{
    struct told told;
    told_open(&told);
    struct arm *arm = told.experiment.arm;
    arm[0].summary[METRIC_TRAVEL_MIN].mean = 11.41;
    arm[1].summary[METRIC_TRAVEL_MIN].mean = 16.72;
    expect_told(&told, "  The ambulance journey is 16.7 min on average, not 11.4;");
    expect_told(&told, "\ntravel_min                      11.4        16.7 ");
    enum metric metric = METRIC_COST_PER_PATIENT_90D_GBP;
    arm[1].difference[metric].mean = -812;
    arm[1].difference[METRIC_COST_90D_GBP].mean = 12.3e6;
    for (int draw = 0; draw < 3; draw++)
        arm[1].evidence[metric][draw] = -1000 + 500 * draw;
    expect_told(&told,
                "  Cost of the first 90 days: GBP -812 a stroke (the evidence allows -975 to "
                "-25.0),\n  GBP +12.3 million a year.\n");
    told_close(&told);
}

/* Either configuration, either kind of bed; of those with enough nothing is said. */
Test(answer, warns_of_too_few_beds)
{
    static const struct {
        size_t configuration, hospital;
        bool hasu;
    } cases[] = {{LOCAL, SITE_BIRCH, false}, {CENTRAL, SITE_ASH, true}, {CENTRAL, SITE_DOGWOOD, 0}};
    struct told told;
    told_open(&told);
    for (size_t c = 0; c < 2; c++)
        for (size_t h = 0; h < SMALL_HOSPITALS; h++) {
            struct hospital *hospital = &told.scenario.design.configuration[c].hospital[h];
            hospital->beds[BED_HASU] = hospital->beds[BED_HASU] ? 90 : 0;
            hospital->beds[BED_SU] = hospital->beds[BED_SU] ? 90 : 0;
        }
    expect_untold(&told, "WARNING");
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct hospital *hospital =
            &told.scenario.design.configuration[cases[k].configuration].hospital[cases[k].hospital];
        int *beds = cases[k].hasu ? &hospital->beds[BED_HASU] : &hospital->beds[BED_SU];
        *beds = 1;
        char wanted[100];
        snprintf(wanted, sizeof wanted,
                 "  WARNING: in %s the patients of 1 hospital would fill over ",
                 cases[k].configuration == LOCAL ? "local" : "central");
        expect_told(&told, wanted);
        *beds = 90;
    }
    told_close(&told);
}

/* Of an unstable baseline nothing is quoted either, and nothing compared with it. */
Test(answer, compares_nothing_with_an_unstable_baseline)
{
    struct told told;
    told_open(&told);
    told.experiment.arm[0].unstable = true;
    expect_told(&told, "local: unstable. More patients come than its beds can take, so no mean is "
                       "quoted.\n");
    expect_untold(&told, "lives a year");
    expect_untold(&told, "no life saved or lost");
    expect_untold(&told, "Cost of the first 90 days");
    told_close(&told);
}

/* Lifetimes: a ratio or who dominates, how well that is computed, and the net benefit. */
Test(answer, says_what_lifetimes_are_worth)
{
    static const struct {
        double qalys, gbp;
        const char *said;
    } cases[] = {
        {1433, 12.2e6,
         "+1,433 QALYs and GBP +12.2 million a year,\n  GBP 8,514 for each QALY "
         "gained (bootstrap 8,514 to 8,514).\n"},
        {-2, -36000,
         "-2.00 QALYs and GBP -0.04 million a year,\n  GBP 18,000 saved for each QALY "
         "lost (bootstrap 18,000 to 18,000).\n"},
        {5, -2.5e6,
         "+5.00 QALYs and GBP -2.50 million a year,\n  so it dominates: no fewer QALYs "
         "for no more money (in 100% of bootstrap resamples).\n"},
        {-5, 2.5e6,
         "-5.00 QALYs and GBP +2.50 million a year,\n  so it is dominated: no more "
         "QALYs for no less money (in 100% of bootstrap resamples).\n"},
        {0, 0, "0.00 QALYs and GBP 0.00 million a year.\n"},
    };
    struct told told;
    told_open(&told);
    struct arm *arm = &told.experiment.arm[1];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arm->difference[METRIC_QALYS_LIFETIME].mean = cases[i].qalys;
        arm->difference[METRIC_COST_LIFETIME_GBP].mean = cases[i].gbp;
        arm->qalys.n = arm->lifetime_gbp.n = 12;
        for (int r = 0; r < 12; r++) {
            arm->qalys.value[r] = cases[i].qalys;
            arm->lifetime_gbp.value[r] = cases[i].gbp;
        }
        char wanted[300];
        snprintf(wanted, sizeof wanted, "  Over lifetimes: %s", cases[i].said);
        expect_told(&told, wanted);
    }
    /* Of three replications nothing is resampled. */
    arm->qalys.n = arm->lifetime_gbp.n = 3;
    expect_untold(&told, "bootstrap");
    told_close(&told);
}

Test(answer, says_the_net_benefit_at_the_threshold)
{
    struct told told;
    told_open(&told);
    struct arm *arm = &told.experiment.arm[1];
    enum metric metric = METRIC_NET_MONETARY_BENEFIT_GBP;
    arm->difference[metric].mean = 16.43e6;
    for (int draw = 0; draw < 3; draw++)
        arm->evidence[metric][draw] = (draw - .5) * 10e6; /* -5, 5 and 15 million */
    told.experiment.model.service[CENTRAL].parameters.value[P_LIFETIME_THRESHOLD_GBP] = 30000;
    expect_told(&told, "  At GBP 30,000 a QALY the net benefit is GBP +16.4 million a year\n"
                       "  (the evidence allows -4.50 to +14.5; above 0 in 67% of its draws).\n");
    told.experiment.arm[0].summary[metric].mean = 809.4e6;
    arm->summary[metric].mean = 825.8e6;
    expect_told(&told, "\nnet_monetary_benefit_gbp        809m        826m     +16.4m ");
    expect_told(&told, "   -4.50m to +14.5m\n");
    told_close(&told);
}
