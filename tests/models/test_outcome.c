#include <criterion/criterion.h>
#include <math.h>

#include "tests/models/small_region.h"

static const double wang_2020[MRS_STATES] = {.97, .88, .74, .55, .20, -.19, 0};
static const double never = INFINITY;

static struct outcome_model default_model(void)
{
    struct parameters parameters;
    struct outcome_model model;
    parameters_default(&parameters);
    outcome_model_init(&model, &parameters);
    return model;
}

/* The published row as probabilities. */
static void row_of(const struct outcome_model *model, enum stroke_type type, double ivt_min,
                   double mt_min, double cumulative[MRS_CUTS])
{
    outcome_row(model, type, (struct treatment){ivt_min, mt_min}, cumulative);
    for (int x = 0; x < MRS_CUTS; x++)
        cumulative[x] = 1 / (1 + exp(-cumulative[x]));
}

static double mean_utility(const double cumulative[MRS_CUTS])
{
    double sum = 0, below = 0;
    for (int x = 0; x < MRS_STATES; x++) {
        double up_to = x < MRS_CUTS ? cumulative[x] : 1;
        sum += wang_2020[x] * (up_to - below);
        below = up_to;
    }
    return sum;
}

/* outcome-and-lifetime.md section 1; of rows that win a contest only the means are published. */
static const struct known {
    enum stroke_type type;
    double ivt_min, mt_min, cumulative[MRS_CUTS], mean_mrs, utility;
} known[] = {
    {TYPE_NLVO, INFINITY, INFINITY, {.198, .460, .580, .708, .856, .918}, 2.280000, .599640},
    {TYPE_NLVO,
     90,
     INFINITY,
     {.376515, .599173, .714264, .831834, .925357, .957653},
     1.595204,
     .723558},
    {TYPE_NLVO, 378, INFINITY, {.196, .455, .574, .701, .847, .908}, 2.319000, .593560},
    {TYPE_NLVO, 900, INFINITY, {.196, .455, .574, .701, .847, .908}, 2.319000, .593560},
    {TYPE_NLVO, 0, INFINITY, {.445, .642, .752, .862, .941, .967}, 1.391, NAN},
    {TYPE_LVO, INFINITY, INFINITY, {.050, .129, .265, .429, .676, .811}, 3.640000, .332610},
    {TYPE_LVO,
     90,
     INFINITY,
     {.109647, .202093, .333959, .496091, .712661, .826018},
     3.319532,
     .396240},
    {TYPE_LVO, 378, INFINITY, {.048, .124, .255, .414, .653, .783}, 3.723, NAN},
    {TYPE_LVO, 0, INFINITY, {.140, .233, .361, .522, .730, .838}, 3.176, NAN},
    {TYPE_LVO,
     INFINITY,
     120,
     {.204077, .331099, .469143, .639159, .811611, .890627},
     2.654284,
     .524873},
    {TYPE_LVO, INFINITY, 480, {.048, .124, .255, .412, .649, .779}, 3.733000, .319430},
    {TYPE_LVO, INFINITY, 4800, {.048, .124, .255, .412, .649, .779}, 3.733000, .319430},
    {TYPE_LVO, INFINITY, 0, {.306, .429, .548, .707, .851, .915}, 2.244, NAN},
    {TYPE_LVO, 60, 460, {NAN}, 3.272699, .404705},
    {TYPE_NLVO, INFINITY, 120, {.204077, .331099, .469143, .639159, .811611, .890627}, NAN, NAN},
    {TYPE_HAEMORRHAGE, INFINITY, INFINITY, {.054, .183, .319, .427, .549, .601}, NAN, NAN},
    {TYPE_HAEMORRHAGE, 90, 120, {.054, .183, .319, .427, .549, .601}, NAN, NAN},
};

Test(outcome, known_answers)
{
    struct outcome_model model = default_model();
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        const struct known *want = &known[k];
        double got[MRS_CUTS];
        row_of(&model, want->type, want->ivt_min, want->mt_min, got);
        for (int x = 0; x < MRS_CUTS && !isnan(want->cumulative[0]); x++)
            cr_expect(fabs(got[x] - want->cumulative[x]) < 1e-6, "case %zu: P(mRS <= %d) %.7f", k,
                      x, got[x]);
        double mean_mrs = outcome_mean_mrs(got), utility = mean_utility(got);
        cr_expect(isnan(want->mean_mrs) || fabs(mean_mrs - want->mean_mrs) < 1e-6,
                  "case %zu: mean mRS %.7f", k, mean_mrs);
        cr_expect(isnan(want->utility) || fabs(utility - want->utility) < 1e-6,
                  "case %zu: utility %.7f", k, utility);
    }
}

/* The treatment with the lower mean mRS counts, whichever that is; a tie goes to thrombectomy. */
Test(outcome, the_better_treatment_counts_and_a_tie_goes_to_thrombectomy)
{
    struct outcome_model model = default_model();
    for (double ivt_min = 10; ivt_min < 400; ivt_min += 30)
        for (double mt_min = 20; mt_min < 500; mt_min += 30) {
            double ivt[MRS_CUTS], mt[MRS_CUTS], both[MRS_CUTS];
            row_of(&model, TYPE_LVO, ivt_min, never, ivt);
            row_of(&model, TYPE_LVO, never, mt_min, mt);
            row_of(&model, TYPE_LVO, ivt_min, mt_min, both);
            const double *better = outcome_mean_mrs(mt) <= outcome_mean_mrs(ivt) ? mt : ivt;
            for (int x = 0; x < MRS_CUTS; x++)
                cr_assert_eq(both[x], better[x], "IVT at %g, MT at %g", ivt_min, mt_min);
        }
    /* Different rows of one mean: 1/4 and 3/4 against 1/2 twice. */
    for (int x = 0; x < MRS_CUTS; x++)
        model.ivt_late[TYPE_LVO][x] = model.mt_late[x] = 0;
    model.mt_late[0] = -log(3);
    model.mt_late[MRS_CUTS - 1] = log(3);
    double ivt[MRS_CUTS], mt[MRS_CUTS], both[MRS_CUTS];
    row_of(&model, TYPE_LVO, 1000, never, ivt);
    row_of(&model, TYPE_LVO, never, 1000, mt);
    row_of(&model, TYPE_LVO, 1000, 1000, both);
    cr_assert_eq(outcome_mean_mrs(ivt), outcome_mean_mrs(mt), "the tie must be exact");
    cr_assert(both[0] == mt[0] && both[0] != ivt[0]);
}

/* MODEL.md section 4: from when the published rows do harm. */
Test(outcome, late_treatment_harms)
{
    static const struct {
        const char *what;
        bool mt, deaths;
        double from_min; /* better at one minute less, worse at one more */
    } harm[] = {
        {"thrombolysis kills more than none", false, true, 196},
        {"thrombectomy kills more than none", true, true, 395},
        {"mean mRS after thrombectomy is worse than untreated", true, false, 446},
    };
    struct outcome_model model = default_model();
    double none[MRS_CUTS];
    row_of(&model, TYPE_LVO, never, never, none);
    for (size_t h = 0; h < sizeof harm / sizeof *harm; h++)
        for (int side = -1; side <= 1; side += 2) {
            double t = harm[h].from_min + side, row[MRS_CUTS];
            row_of(&model, TYPE_LVO, harm[h].mt ? never : t, harm[h].mt ? t : never, row);
            double worse =
                harm[h].deaths ? none[5] - row[5] : outcome_mean_mrs(row) - outcome_mean_mrs(none);
            cr_expect(worse * side > 0, "%s: %g at %g min", harm[h].what, worse, t);
            struct treatment late = {harm[h].mt ? never : t, harm[h].mt ? t : never};
            struct outcome_harm said = outcome_harm(&model, TYPE_LVO, late);
            cr_expect_eq(harm[h].deaths ? said.kills : said.disables, side > 0, "%s at %g min",
                         harm[h].what, t);
        }
}

/* No treatment at all does no harm, nor does one in good time. */
Test(outcome, harm_is_of_late_treatment_only)
{
    static const struct treatment good[] = {{INFINITY, INFINITY}, {90, INFINITY}, {90, 120}};
    struct outcome_model model = default_model();
    for (enum stroke_type type = 0; type <= TYPE_HAEMORRHAGE; type++)
        for (size_t t = 0; t < sizeof good / sizeof *good; t++) {
            if (type == TYPE_NLVO && isfinite(good[t].mt_min))
                continue; /* not what is done */
            struct outcome_harm harm = outcome_harm(&model, type, good[t]);
            cr_expect(!harm.kills && !harm.disables, "%d, %zu", (int)type, t);
        }
}

/* While treatment does good, a minute more never helps, and the earlier it is the better the mean
 * utility; until 315 min to the needle and 446 to the groin treating is better than not. */
Test(outcome, a_minute_more_never_helps)
{
    static const struct {
        enum stroke_type type;
        bool mt;
        double good_until_min;
    } treatment[] = {{TYPE_NLVO, false, 315}, {TYPE_LVO, false, 315}, {TYPE_LVO, true, 446}};
    struct outcome_model model = default_model();
    for (size_t i = 0; i < 3; i++) {
        double none[MRS_CUTS], before = 2;
        row_of(&model, treatment[i].type, never, never, none);
        for (double t = 0; t <= 500; t++) {
            double row[MRS_CUTS];
            row_of(&model, treatment[i].type, treatment[i].mt ? never : t,
                   treatment[i].mt ? t : never, row);
            double utility = mean_utility(row);
            cr_assert_leq(utility, before, "%zu at %g", i, t);
            cr_assert(t >= treatment[i].good_until_min || utility > mean_utility(none),
                      "%zu at %g: worse than untreated", i, t);
            before = utility;
        }
    }
}

static const struct outcome_level plain = {0, .mean_age = {70, 75, 72}, .mean_nihss = {4, 18, 12}};

static struct patient average_patient(enum stroke_type type)
{
    return (struct patient){.type = (uint8_t)type,
                            .age = plain.mean_age[type],
                            .nihss = (uint8_t)plain.mean_nihss[type]};
}

static double odds(double p)
{
    return p / (1 - p);
}

/* At the centre of the case mix, level 0, with organised care: the published row, but for the cap
 * at the state before the stroke. */
Test(outcome, organised_care_is_one_odds_ratio_on_every_cut)
{
    struct parameters parameters;
    parameters_default(&parameters);
    for (int x = 0; x < MRS_CUTS; x++) /* nobody was ill before: no cap */
        parameters.value[P_PRESTROKE_NLVO + x] = parameters.value[P_PRESTROKE_LVO + x] = 1;
    static const struct {
        enum stroke_type type;
        double share_of_effect, ratio;
    } cases[] = {{TYPE_NLVO, 1, .81},       {TYPE_LVO, 1, .81},         {TYPE_NLVO, 0, .81},
                 {TYPE_LVO, 0, .81},        {TYPE_HAEMORRHAGE, 1, .81}, {TYPE_HAEMORRHAGE, 0, 1},
                 {TYPE_HAEMORRHAGE, .5, .9}};
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct outcome_model model;
        parameters.value[P_OUTCOME_HAEMORRHAGE_SHARE_OF_EFFECT] = cases[c].share_of_effect;
        outcome_model_init(&model, &parameters);
        struct patient patient = average_patient(cases[c].type);
        struct treatment none = {INFINITY, INFINITY};
        double with[MRS_CUTS], without[MRS_CUTS], published[MRS_CUTS];
        row_of(&model, cases[c].type, never, never, published);
        outcome_cumulative(&model, &plain, &patient, none, true, with);
        outcome_cumulative(&model, &plain, &patient, none, false, without);
        for (int x = 0; x < MRS_CUTS; x++) {
            cr_expect(near(with[x], published[x], 1e-12), "with care: the row itself");
            cr_expect(near(odds(without[x]) / odds(with[x]), cases[c].ratio, 1e-10),
                      "case %zu, cut %d: %.12g", c, x, odds(without[x]) / odds(with[x]));
        }
    }
}

Test(outcome, case_mix_and_level_are_odds_on_every_cut)
{
    struct parameters parameters;
    struct outcome_model model;
    parameters_default(&parameters);
    for (int x = 0; x < MRS_CUTS; x++)
        parameters.value[P_PRESTROKE_NLVO + x] = parameters.value[P_PRESTROKE_LVO + x] = 1;
    outcome_model_init(&model, &parameters);
    static const struct {
        double years, level, ratio; /* ratio: of the odds of a good outcome */
        int points;
    } cases[] = {{1, 0, 1 / 1.05, 0},           {-10, 0, 1.628894626777442, 0}, /* 1.05^10 */
                 {0, 0, 1 / 1.13, 1},           {0, 0, 1.2769, -2},             /* 1.13^2 */
                 {0, 0.6931471805599453, 2, 0}, {2, 0, 1 / (1.05 * 1.05 * 1.13), 1}};
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++)
        for (int type = 0; type < 3; type++) {
            struct patient centre = average_patient((enum stroke_type)type), patient = centre;
            patient.age += cases[c].years;
            patient.nihss = (uint8_t)(patient.nihss + cases[c].points);
            struct outcome_level level = plain;
            level.log_odds = cases[c].level;
            struct treatment none = {INFINITY, INFINITY};
            double a[MRS_CUTS], b[MRS_CUTS];
            outcome_cumulative(&model, &plain, &centre, none, true, a);
            outcome_cumulative(&model, &level, &patient, none, true, b);
            for (int x = 0; x < MRS_CUTS; x++)
                cr_expect(near(odds(b[x]) / odds(a[x]), cases[c].ratio, 1e-10), "%zu, %d: %.12g", c,
                          x, odds(b[x]) / odds(a[x]));
        }
}

/* Nobody ends better than before, and death alone is the same figure as in the whole row. */
Test(outcome, cap_and_death)
{
    static const double before[2][MRS_CUTS] = {{.583, .746, .850, .951, .993, 1},
                                               {.408, .552, .672, .838, .956, 1}};
    struct outcome_model model = default_model();
    int capped = 0;
    for (int type = 0; type < 3; type++)
        for (double age = 20; age < 100; age += 7)
            for (int nihss = 0; nihss < 43; nihss += 3)
                for (int how = 0; how < 8; how++) {
                    struct patient patient = average_patient((enum stroke_type)type);
                    patient.age = age;
                    patient.nihss = (uint8_t)nihss;
                    struct treatment treatment = {how & 1 ? 80 : INFINITY,
                                                  how & 2 ? 200 : INFINITY};
                    double p[MRS_CUTS];
                    outcome_cumulative(&model, &plain, &patient, treatment, how & 4, p);
                    for (int x = 0; x < MRS_CUTS; x++) {
                        cr_assert(p[x] >= (x ? p[x - 1] : 0) && p[x] <= before[type == 1][x]);
                        capped += x < 5 && p[x] == before[type == 1][x];
                    }
                    double death = outcome_death(&model, &plain, &patient, treatment, how & 4);
                    cr_assert_eq(death, 1 - p[5]);
                }
    cr_assert_gt(capped, 100, "the young and mild would do better than before: %d", capped);
}

Test(outcome, mrs_counts_the_cuts_at_or_below_the_uniform)
{
    static const double row[MRS_CUTS] = {.125, .25, .25, .5, .75, .875};
    static const struct {
        double uniform;
        int mrs;
    } cases[] = {{1e-300, 0},   {.1249999, 0}, {.125, 1}, {.2499999, 1},
                 {.25, 3},      {.4999, 3},    {.5, 4},   {.75, 5},
                 {.8749999, 5}, {.875, 6},     {.9, 6},   {1 - 0x1p-53, 6}};
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++)
        cr_expect_eq(outcome_mrs(row, cases[c].uniform), cases[c].mrs, "%g: %d", cases[c].uniform,
                     outcome_mrs(row, cases[c].uniform));
    static const double sure[MRS_CUTS] = {1, 1, 1, 1, 1, 1}, dead[MRS_CUTS] = {0};
    cr_expect_eq(outcome_mrs(sure, 1 - 0x1p-53), 0);
    cr_expect_eq(outcome_mrs(dead, 0x1p-53), MRS_DEAD);
    cr_expect(near(outcome_mean_mrs(row), 6 - (.125 + .25 + .25 + .5 + .75 + .875), 1e-15));
}

/* evidence-2.md section 3. */
static const struct {
    enum stroke_type type;
    double share[4]; /* by day 3, 7, 30, 90 */
} deaths_by_day[] = {{TYPE_NLVO, {.15, .28, .67, 1}},
                     {TYPE_LVO, {.15, .28, .67, 1}},
                     {TYPE_HAEMORRHAGE, {.42, .60, .88, 1}}};

Test(outcome, death_days)
{
    static const double days[4] = {3, 7, 30, 90};
    struct outcome_model model = default_model();
    for (size_t t = 0; t < 3; t++) {
        enum stroke_type type = deaths_by_day[t].type;
        const double *share = deaths_by_day[t].share;
        double before = 0;
        double sum = 0;
        int by_day[4] = {0};
        enum { N = 100000 };
        for (int i = 0; i < N; i++) {
            double day = outcome_death_days(&model, type, (i + .5) / N);
            cr_assert(day >= before && day - before < .01, "continuous and rising: %g, %g", before,
                      day);
            for (int k = 0; k < 4; k++)
                by_day[k] += day <= days[k];
            before = day;
            sum += day;
        }
        cr_expect(near(outcome_mean_death_days(&model, type), sum / N, 1e-6), "type %d: %g", type,
                  sum / N);
        for (int k = 0; k < 4; k++)
            cr_expect(fabs((double)by_day[k] / N - share[k]) < 2.0 / N, "type %d, day %g: %d", type,
                      days[k], by_day[k]);
        /* Halfway between two shares the day is the geometric mean. */
        cr_expect(
            near(outcome_death_days(&model, type, (share[1] + share[2]) / 2), sqrt(7 * 30), 1e-12));
        cr_expect(near(outcome_death_days(&model, type, share[0] / 2), 1.5, 1e-12));
        cr_expect(near(outcome_death_days(&model, type, 1 - 0x1p-53), 90, 1e-12));
        cr_expect_eq(outcome_death_share(&model, type, 7), share[1]);
        cr_expect_eq(outcome_death_share(&model, type, 30), share[2]);
    }
}

/* Shares set against their order: a death by day 7 is one by day 30 all the same. */
Test(outcome, death_shares_never_fall)
{
    static const double set[][3] = {{.9, .28, .67}, {.15, .9, .67}, {.5, .1, .3}, {1, 0, 0},
                                    {0, 0, 0},      {.2, .2, .2},   {1, 1, 1},    {0, 1, 1}};
    for (size_t c = 0; c < sizeof set / sizeof *set; c++) {
        struct parameters parameters;
        struct outcome_model model;
        parameters_default(&parameters);
        for (int k = 0; k < 3; k++)
            parameters.value[P_DEATH_ISCHAEMIC_3 + k] = set[c][k];
        outcome_model_init(&model, &parameters);
        double share_7 = outcome_death_share(&model, TYPE_NLVO, 7);
        double share_30 = outcome_death_share(&model, TYPE_NLVO, 30);
        cr_expect_leq(share_7, share_30, "case %zu", c);
        enum { N = 1000 };
        double before = 0;
        int by_7 = 0, by_30 = 0;
        for (int i = 0; i < N; i++) {
            double day = outcome_death_days(&model, TYPE_NLVO, (i + .5) / N);
            cr_expect(day >= before && day <= 90 * (1 + 1e-12), "case %zu at %d: %g", c, i, day);
            by_7 += day <= 7;
            by_30 += day <= 30;
            before = day;
        }
        cr_expect(fabs(by_7 / (double)N - share_7) < 2.0 / N, "case %zu: day 7", c);
        cr_expect(fabs(by_30 / (double)N - share_30) < 2.0 / N, "case %zu: day 30", c);
    }
}
