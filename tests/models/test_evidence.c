#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/models/small_region.h"

/* As the program does: GSL's default handler aborts. */
static void gsl_returns(void)
{
    gsl_set_error_handler_off();
}

TestSuite(evidence, .init = gsl_returns);

static double below(const struct fitted *fitted, double x)
{
    switch (fitted->family) {
    case FAMILY_BETA:
        return gsl_cdf_beta_P(x, fitted->a, fitted->b);
    case FAMILY_GAMMA:
        return gsl_cdf_gamma_P(x, fitted->a, fitted->b);
    case FAMILY_LOGNORMAL:
        return gsl_cdf_lognormal_P(x, fitted->a, fitted->b);
    default:
        return NAN;
    }
}

static void expect_fit(const struct spread *spread, const char *what)
{
    struct fitted fitted;
    cr_assert(spread_fit(spread, &fitted), "%s: no fit", what);
    cr_assert_eq(fitted.family, spread->family, "%s", what);
    double low = below(&fitted, spread->low), high = below(&fitted, spread->high);
    cr_expect(fabs(low - .025) < 1e-7 && fabs(high - .975) < 1e-7, "%s: %.9f and %.9f", what, low,
              high);
    cr_expect(near(fitted_inverse(&fitted, .025), spread->low, 1e-6) &&
                  near(fitted_inverse(&fitted, .975), spread->high, 1e-6),
              "%s: %g to %g", what, fitted_inverse(&fitted, .025), fitted_inverse(&fitted, .975));
    double before = -INFINITY;
    for (double u = .001; u < 1; u += .013) {
        double value = fitted_inverse(&fitted, u);
        cr_assert(value > before, "%s rises with luck", what);
        before = value;
    }
}

/* Every uncertain row of the dictionary has its 2.5 and 97.5% points where it says. */
Test(evidence, the_dictionary_fits_both_points)
{
    for (int id = 0; id < PARAMETER_COUNT; id++) {
        struct spread spread;
        spread_default((enum parameter_id)id, &spread);
        if (spread.family != FAMILY_FIXED && spread.family != FAMILY_DIRICHLET)
            expect_fit(&spread, parameter_info((enum parameter_id)id)->key);
    }
}

/* And what a scenario may say: wide, narrow, near an end, skewed. */
Test(evidence, other_ranges_fit_too)
{
    static const struct {
        const char *what;
        struct spread spread;
    } others[] = {
        {"a wide probability", {FAMILY_BETA, .01, .99, 0}},
        {"a narrow probability", {FAMILY_BETA, .499, .501, 0}},
        {"a rare one", {FAMILY_BETA, .0001, .002, 0}},
        {"a likely one", {FAMILY_BETA, .97, .9999, 0}},
        {"a skewed one", {FAMILY_BETA, .01, .6, 0}},
        {"a wide cost", {FAMILY_GAMMA, 1, 1000, 0}},
        {"a narrow cost", {FAMILY_GAMMA, 9990, 10010, 0}},
        {"a small cost", {FAMILY_GAMMA, .001, .003, 0}},
        {"a wide ratio", {FAMILY_LOGNORMAL, .01, 100, 0}},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        expect_fit(&others[i].spread, others[i].what);
}

Test(evidence, possible_ranges)
{
    static const struct {
        struct spread spread;
        bool possible;
    } cases[] = {
        {{FAMILY_FIXED, 0, 0, 0}, true},         {{FAMILY_DIRICHLET, 0, 0, 600}, true},
        {{FAMILY_BETA, .1, .2, 0}, true},        {{FAMILY_BETA, .2, .2, 0}, false},
        {{FAMILY_BETA, .3, .2, 0}, false},       {{FAMILY_BETA, 0, .2, 0}, false},
        {{FAMILY_BETA, .1, 1, 0}, false},        {{FAMILY_GAMMA, 1, 2, 0}, true},
        {{FAMILY_GAMMA, 0, 2, 0}, false},        {{FAMILY_GAMMA, -1, 2, 0}, false},
        {{FAMILY_GAMMA, 1, INFINITY, 0}, false}, {{FAMILY_LOGNORMAL, .5, 2, 0}, true},
        {{FAMILY_LOGNORMAL, 2, .5, 0}, false},   {{FAMILY_LOGNORMAL, NAN, 2, 0}, false},
        {{FAMILY_LOGNORMAL, .5, NAN, 0}, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_eq(spread_is_possible(&cases[i].spread), cases[i].possible, "case %zu", i);
}

static void all_uncertain(struct spread spread[PARAMETER_COUNT], struct evidence *evidence)
{
    enum parameter_id which;
    for (int id = 0; id < PARAMETER_COUNT; id++)
        spread_default((enum parameter_id)id, &spread[id]);
    cr_assert(evidence_init(evidence, spread, &which));
}

enum { DRAWS = 4000 };

/* The draws' own distribution: each parameter's is the fitted one (Kolmogorov-Smirnov, 99% over
 * all of them), and a parameter without a range stays. */
Test(evidence, draws_have_the_stated_distribution)
{
    static struct spread spread[PARAMETER_COUNT];
    static struct evidence evidence;
    static double value[PARAMETER_COUNT][DRAWS];
    all_uncertain(spread, &evidence);
    struct parameters central, drawn;
    parameters_default(&central);
    for (uint64_t draw = 1; draw <= DRAWS; draw++) {
        struct stream stream = {1, draw, DOMAIN_EVIDENCE};
        evidence_draw(&evidence, &stream, &central, &drawn);
        for (int id = 0; id < PARAMETER_COUNT; id++)
            value[id][draw - 1] = drawn.value[id];
    }
    size_t uncertain = 0;
    for (int id = 0; id < PARAMETER_COUNT; id++)
        uncertain += evidence.fitted[id].family != FAMILY_FIXED &&
                     evidence.fitted[id].family != FAMILY_DIRICHLET;
    double limit = sqrt(log(2 * (double)uncertain / .01) / 2);
    for (int id = 0; id < PARAMETER_COUNT; id++) {
        const struct fitted *fitted = &evidence.fitted[id];
        const char *key = parameter_info((enum parameter_id)id)->key;
        if (fitted->family == FAMILY_DIRICHLET)
            continue;
        if (fitted->family == FAMILY_FIXED) {
            for (int d = 0; d < DRAWS; d++)
                cr_assert(same(value[id][d], central.value[id]), "%s is certain", key);
            continue;
        }
        gsl_sort(value[id], 1, DRAWS);
        double distance = 0;
        for (int d = 0; d < DRAWS; d++)
            distance = fmax(distance, fabs(below(fitted, value[id][d]) - (d + .5) / DRAWS));
        cr_expect_lt(distance * sqrt(DRAWS), limit, "%s", key);
    }
}

/* A cell of an untreated row is beta: sums of a Dirichlet's parts are. */
Test(evidence, untreated_rows_are_dirichlet)
{
    static const struct {
        enum parameter_id first;
        double size;
    } rows[] = {{P_UNTREATED_NLVO, 1000}, {P_UNTREATED_LVO, 600}, {P_UNTREATED_ICH, 263}};
    static struct spread spread[PARAMETER_COUNT];
    static struct evidence evidence;
    static double value[3][6][DRAWS];
    all_uncertain(spread, &evidence);
    struct parameters central, drawn;
    parameters_default(&central);
    for (uint64_t draw = 1; draw <= DRAWS; draw++) {
        struct stream stream = {1, draw, DOMAIN_EVIDENCE};
        evidence_draw(&evidence, &stream, &central, &drawn);
        for (int r = 0; r < 3; r++)
            for (int x = 0; x < 6; x++)
                value[r][x][draw - 1] = drawn.value[(int)rows[r].first + x];
    }
    double limit = sqrt(log(2 * 18 / .01) / 2);
    for (int r = 0; r < 3; r++)
        for (int x = 0; x < 6; x++) {
            double p = central.value[(int)rows[r].first + x], distance = 0;
            gsl_sort(value[r][x], 1, DRAWS);
            for (int d = 0; d < DRAWS; d++) {
                double q = gsl_cdf_beta_P(value[r][x][d], rows[r].size * p, rows[r].size * (1 - p));
                distance = fmax(distance, fabs(q - (d + .5) / DRAWS));
            }
            cr_expect_lt(distance * sqrt(DRAWS), limit, "row %d, mRS %d", r, x);
        }
}

static void expect_rows_in_order(const double *p, uint64_t draw)
{
    static const enum parameter_id rows[] = {P_UNTREATED_NLVO, P_UNTREATED_LVO, P_UNTREATED_ICH,
                                             P_IVT_LATE_NLVO,  P_IVT_LATE_LVO,  P_IVT_ONSET_NLVO,
                                             P_IVT_ONSET_LVO,  P_MT_LATE_LVO,   P_MT_ONSET_LVO};
    static const enum parameter_id better[][2] = {
        {P_IVT_ONSET_NLVO, P_UNTREATED_NLVO}, {P_UNTREATED_NLVO, P_IVT_LATE_NLVO},
        {P_IVT_ONSET_LVO, P_UNTREATED_LVO},   {P_UNTREATED_LVO, P_IVT_LATE_LVO},
        {P_MT_ONSET_LVO, P_UNTREATED_LVO},    {P_UNTREATED_LVO, P_MT_LATE_LVO}};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
        for (int x = 0; x < 6; x++) {
            double cell = p[(int)rows[r] + x], left = x == 0 ? 0 : p[(int)rows[r] + x - 1];
            cr_assert(cell >= left && cell <= 1, "draw %llu: %s falls to %g",
                      (unsigned long long)draw,
                      parameter_info((enum parameter_id)((int)rows[r] + x))->key, cell);
        }
    for (size_t b = 0; b < sizeof better / sizeof *better; b++)
        for (int x = 0; x < 6; x++)
            cr_assert(p[(int)better[b][0] + x] >= p[(int)better[b][1] + x], "draw %llu, %zu, %d",
                      (unsigned long long)draw, b, x);
}

Test(evidence, rows_stay_rising_and_in_order)
{
    static struct spread spread[PARAMETER_COUNT];
    static struct evidence evidence;
    all_uncertain(spread, &evidence);
    struct parameters central, drawn;
    parameters_default(&central);
    for (uint64_t draw = 1; draw <= 2000; draw++) {
        struct stream stream = {1, draw, DOMAIN_EVIDENCE};
        evidence_draw(&evidence, &stream, &central, &drawn);
        expect_rows_in_order(drawn.value, draw);
    }
    /* Even where one row is known far better than the other, and luck alone would not do it. */
    for (int x = 0; x < 6; x++)
        spread[P_UNTREATED_NLVO + x].size = spread[P_IVT_ONSET_LVO + x].size = 12;
    enum parameter_id which;
    cr_assert(evidence_init(&evidence, spread, &which));
    for (uint64_t draw = 1; draw <= 500; draw++) {
        struct stream stream = {1, draw, DOMAIN_EVIDENCE};
        evidence_draw(&evidence, &stream, &central, &drawn);
        expect_rows_in_order(drawn.value, draw);
    }
}

/* Two configurations draw the same luck for the same parameter, whatever else is uncertain in
 * them, and different parameters draw different luck. */
Test(evidence, same_draw_same_luck)
{
    static struct spread spread[2][PARAMETER_COUNT];
    static struct evidence evidence[2];
    enum parameter_id which;
    all_uncertain(spread[0], &evidence[0]);
    for (int id = 0; id < PARAMETER_COUNT; id++)
        spread[1][id] = (struct spread){.family = FAMILY_FIXED};
    spread_default(P_OUTCOME_ORGANISED_CARE_OR, &spread[1][P_OUTCOME_ORGANISED_CARE_OR]);
    cr_assert(evidence_init(&evidence[1], spread[1], &which));
    struct parameters central, drawn[2], other;
    parameters_default(&central);
    for (uint64_t draw = 1; draw <= 200; draw++) {
        struct stream stream = {1, draw, DOMAIN_EVIDENCE}, seed_2 = {2, draw, DOMAIN_EVIDENCE};
        evidence_draw(&evidence[0], &stream, &central, &drawn[0]);
        evidence_draw(&evidence[1], &stream, &central, &drawn[1]);
        cr_assert_eq(drawn[0].value[P_OUTCOME_ORGANISED_CARE_OR],
                     drawn[1].value[P_OUTCOME_ORGANISED_CARE_OR]);
        evidence_draw(&evidence[0], &seed_2, &central, &other);
        cr_assert(other.value[P_OUTCOME_ORGANISED_CARE_OR] !=
                  drawn[0].value[P_OUTCOME_ORGANISED_CARE_OR]);
        const struct fitted *fitted = evidence[0].fitted;
        double a = below(&fitted[P_OUTCOME_ORGANISED_CARE_OR],
                         drawn[0].value[P_OUTCOME_ORGANISED_CARE_OR]);
        double b = below(&fitted[P_OUTCOME_AGE_OR], drawn[0].value[P_OUTCOME_AGE_OR]);
        cr_assert(fabs(a - b) > 1e-9);
    }
}

/* What is taken from another configuration's draw is what would be drawn anew: where nothing
 * differs, where a range does, where a cell of a row does, and where a row is surer. */
Test(evidence, drawn_like_another)
{
    static struct spread spread[PARAMETER_COUNT];
    static struct evidence first;
    all_uncertain(spread, &first);
    struct parameters central, known_drawn;
    parameters_default(&central);
    const struct evidence_drawn known = {&first, &central, &known_drawn};
    for (int what = 0; what < 4; what++) {
        static struct evidence evidence;
        enum parameter_id which;
        struct parameters own = central, like, anew;
        struct spread changed[PARAMETER_COUNT];
        memcpy(changed, spread, sizeof changed);
        if (what == 1)
            changed[P_OUTCOME_AGE_OR] = (struct spread){FAMILY_LOGNORMAL, 1.02, 1.09, 0};
        if (what == 2)
            own.value[P_UNTREATED_NLVO + 3] += .01;
        for (unsigned x = 0; what == 3 && x < 6; x++)
            changed[P_IVT_LATE_LVO + x].size *= 3;
        cr_assert(evidence_init(&evidence, changed, &which));
        for (uint64_t draw = 1; draw <= 5; draw++) {
            struct stream stream = {1, draw, DOMAIN_EVIDENCE};
            evidence_draw(&first, &stream, &central, &known_drawn);
            evidence_draw_like(&evidence, &stream, &own, &known, &like);
            evidence_draw(&evidence, &stream, &own, &anew);
            cr_expect_eq(memcmp(&like, &anew, sizeof anew), 0, "case %d, draw %d", what, (int)draw);
        }
    }
}

/* Rows of one stroke type rise and fall together, those of different types do not. */
Test(evidence, rows_of_one_type_share_their_luck)
{
    static const struct {
        enum parameter_id a, b;
        double least, most; /* correlation */
    } pairs[] = {{P_UNTREATED_LVO_5, P_MT_ONSET_LVO_5, .9, 1},
                 {P_UNTREATED_LVO_3, P_IVT_LATE_LVO_3, .9, 1},
                 {P_UNTREATED_NLVO_5, P_IVT_ONSET_NLVO_5, .9, 1},
                 {P_UNTREATED_NLVO_5, P_UNTREATED_LVO_5, -.1, .1},
                 {P_UNTREATED_ICH_5, P_UNTREATED_LVO_5, -.1, .1}};
    static struct spread spread[PARAMETER_COUNT];
    static struct evidence evidence;
    static double a[5][DRAWS], b[5][DRAWS];
    all_uncertain(spread, &evidence);
    struct parameters central, drawn;
    parameters_default(&central);
    for (uint64_t draw = 1; draw <= DRAWS; draw++) {
        struct stream stream = {1, draw, DOMAIN_EVIDENCE};
        evidence_draw(&evidence, &stream, &central, &drawn);
        for (int k = 0; k < 5; k++) {
            a[k][draw - 1] = drawn.value[pairs[k].a];
            b[k][draw - 1] = drawn.value[pairs[k].b];
        }
    }
    for (int k = 0; k < 5; k++) {
        double r = gsl_stats_correlation(a[k], 1, b[k], 1, DRAWS);
        cr_expect(r >= pairs[k].least && r <= pairs[k].most, "pair %d: %.3f", k, r);
    }
}

/* A row with one cell set by hand is certain as a whole. */
Test(evidence, a_row_set_by_hand_is_certain)
{
    static struct spread spread[PARAMETER_COUNT];
    static struct evidence evidence;
    enum parameter_id which;
    for (int id = 0; id < PARAMETER_COUNT; id++)
        spread_default((enum parameter_id)id, &spread[id]);
    spread[P_UNTREATED_LVO_3] = (struct spread){.family = FAMILY_FIXED};
    cr_assert(evidence_init(&evidence, spread, &which));
    struct parameters central, drawn;
    parameters_default(&central);
    struct stream stream = {1, 1, DOMAIN_EVIDENCE};
    evidence_draw(&evidence, &stream, &central, &drawn);
    for (int x = 0; x < 6; x++)
        cr_expect_eq(drawn.value[P_UNTREATED_LVO + x], central.value[P_UNTREATED_LVO + x]);
    cr_expect(drawn.value[P_UNTREATED_NLVO] != central.value[P_UNTREATED_NLVO]);
}

Test(evidence, an_impossible_spread_is_named)
{
    struct design design;
    small_design(&design);
    design.configuration[CENTRAL].spread[P_COST_SCAN_GBP] =
        (struct spread){FAMILY_BETA, 1.5, 2.5, 0};
    size_t configuration = 9;
    enum parameter_id which = P_RUN_MAX_INSIDE;
    cr_expect_not(design_prepare(&design, &configuration, &which));
    cr_expect(configuration == CENTRAL && which == P_COST_SCAN_GBP);
    design_fini(&design);
}
