#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "models/lifetime.h"
#include "tests/models/small_region.h"

/*
 * The published lifetime model: its known answers as printed, and tables of further lives, worked
 * out from the same formulas by a separate program (survival integrated at 400 points a year).
 */

static struct lifetime_terms terms_of(enum utility_set set)
{
    struct parameters parameters;
    parameters_default(&parameters);
    parameters.value[P_OUTCOME_UTILITY_SET] = set;
    struct lifetime_terms terms;
    lifetime_terms_init(&terms, &parameters);
    return terms;
}

/* --- as printed ------------------------------------------------------------------------------- */

Test(lifetime, published_answers_to_the_digits_printed)
{
    /* clang-format off */
    static const struct {
        struct life life;
        double death_in_year_1, median_years, qalys, gbp;
    } printed[] = {
        /* age, male, mRS   dead in year 1    median     QALYs         GBP */
        {{75, true, 0},           .0312,   9.4886,   7.4926,   14607.59},
        {{75, true, 3},           .1706,   3.3464,   2.0650,   24910.85},
        {{75, true, 4},             NAN,      NAN,     .697,        NAN},
        {{75, true, 5},           .6439,    .6713,    .1097,   21038.70},
    };
    /* clang-format on */
    struct lifetime_terms terms = terms_of(UTILITY_DIJKLAND);
    for (size_t i = 0; i < sizeof printed / sizeof *printed; i++) {
        const struct life *life = &printed[i].life;
        struct lifetime_worth worth = lifetime_published(&terms, life);
        double qalys_digits = isnan(printed[i].gbp) ? .0005 : .00005;
        cr_expect_float_eq(worth.qalys, printed[i].qalys, qalys_digits, "mRS %d: %g", life->mrs,
                           worth.qalys);
        if (isnan(printed[i].gbp))
            continue;
        cr_expect_float_eq(lifetime_death_in_year_1(life), printed[i].death_in_year_1, .00005);
        cr_expect_float_eq(lifetime_years_until(life, .5), printed[i].median_years, .00005);
        cr_expect_float_eq(worth.gbp, printed[i].gbp, .005, "mRS %d: %g", life->mrs, worth.gbp);
        /* Net benefit at 20,000 GBP a QALY. */
        cr_expect_float_eq(20000 * worth.qalys - worth.gbp,
                           20000 * printed[i].qalys - printed[i].gbp, 1.01);
    }
}

/* --- further lives ---------------------------------------------------------------------------- */

/* clang-format off */
static const struct {
    struct life life;
    double death_in_year_1, median_years;
    double published_qalys, published_gbp, expected_qalys, expected_gbp;
    double published_wang, expected_wang; /* QALYs by the other utilities */
} lives[] = {
/*   age, male, mRS     dead in    median    published:          expected:           QALYs by Wang:
 *                       year 1     years    QALYs        GBP    QALYs        GBP  published  expected */
    {{75, true, 0},  0.031212,  9.488616,  7.492631, 14607.5940,  8.543171, 13728.0455,  7.657280,  8.735650},
    {{75, true, 3},  0.170649,  3.346427,  2.064951, 24910.8519,  3.203513, 31463.6537,  1.840101,  2.843505},
    {{75, true, 4},  0.387978,  1.539032,  0.697257, 36011.5225,  1.555460, 71049.6140,  0.362680,  0.774985},
    {{75, true, 5},  0.643889,  0.671320,  0.109680, 21038.7004,  0.211475, 39299.5796, -0.091716, -0.203481},
    {{75, false, 0}, 0.023870, 10.223791,  7.776626, 16025.0085,  8.691883, 14820.0726,  7.951953,  8.892911},
    {{75, false, 4}, 0.324850,  1.950297,  0.837371, 44856.3994,  1.659219, 80080.8669,  0.415375,  0.781612},
    {{45, false, 1}, 0.008118, 32.396562, 19.245139, 21221.7081, 18.244704, 19611.9717, 18.330496, 17.352755},
    {{60, true, 2},  0.027833, 14.559440, 10.287522, 17696.0636, 10.781674, 16392.4905,  9.239171,  9.658027},
    {{70, true, 3},  0.128688,  5.030740,  3.123373, 22222.9168,  4.345780, 24761.2995,  2.794445,  3.872758},
    {{71, true, 3},  0.136309,  4.641108,  2.879886, 30457.2800,  4.101506, 37342.6152,  2.574663,  3.652340},
    {{70, false, 5}, 0.496239,  1.005311,  0.168365, 16440.8944,  0.252546, 21800.2877, -0.133174, -0.226744},
    {{85, false, 2}, 0.102368,  3.312168,  2.406051, 12900.3206,  3.447170, 12030.8489,  2.119738,  3.026735},
    {{92, true, 4},  0.661848,  0.639282,  0.231185, 18808.6857,  0.371078, 24264.2417,  0.090543,  0.139479},
    {{20, true, 0},  0.000839, 58.391599, 25.488221, 18807.9175, 24.165189, 18007.1418, 25.541582, 24.222682},
    {{99, false, 5}, 0.870805,  0.338710, -0.000909, 13182.8748, -0.031103, 35101.2649, -0.102522, -0.396547},
    {{66, false, 0}, 0.013284, 16.616911, 11.844599, 17929.5514, 12.070394, 16453.5806, 12.102063, 12.338645},
    {{66, false, 1}, 0.031895, 14.616646, 10.616479, 18251.2978, 11.118573, 16848.0754, 10.032294, 10.492030},
    {{66, false, 2}, 0.031335, 11.391248,  8.049323, 17790.9826,  8.843259, 16369.0132,  7.186710,  7.871382},
    {{66, false, 3}, 0.079174,  7.709401,  4.524096, 28800.6015,  5.519411, 30309.3342,  4.042067,  4.911393},
    {{66, false, 4}, 0.209423,  4.418800,  1.981578, 58680.7420,  3.039252, 84827.1693,  1.064927,  1.559593},
    {{66, false, 5}, 0.430379,  1.086280,  0.201794, 17180.0179,  0.279723, 21414.8032, -0.123214, -0.190353},
    {{82, true, 0},  0.048752,  6.015410,  4.861726, 12878.3585,  6.121866, 12233.1566,  4.972278,  6.264630},
    {{82, true, 1},  0.111441,  4.886161,  3.964802, 12475.7727,  5.480801, 12118.9910,  3.736108,  5.155918},
    {{82, true, 2},  0.109644,  3.639818,  2.761467, 12105.9603,  3.968073, 11569.9681,  2.448557,  3.507175},
    {{82, true, 3},  0.246600,  1.940447,  1.160560, 18193.3897,  1.964751, 22771.1471,  1.026955,  1.732225},
    {{82, true, 4},  0.502097,  0.993973,  0.419444, 25783.8811,  0.877869, 45316.8597,  0.200770,  0.402445},
    {{82, true, 5},  0.742019,  0.511597,  0.063992, 16619.1348,  0.147308, 37476.2763, -0.089487, -0.247726},
};

/* What has happened by the end of a year. */
static const struct {
    struct life life;
    int year;
    double dead, attendances, non_elective_days, elective_days, care_home_days;
} by_year[] = {
/*   age, male, mRS  year  dead       A&E  non-elective elective  care home */
    {{75, true, 0},   1, 0.031212,  1.024307,  7.632602, 0.234849,    2.7520},
    {{75, true, 0},   2, 0.071074,  1.804218, 11.919592, 0.468372,    5.5040},
    {{75, true, 0},   3, 0.113691,  2.512507, 14.427593, 0.673799,    8.2560},
    {{75, true, 0},   5, 0.207972,  3.813263, 17.587309, 1.012320,   13.7599},
    {{75, true, 0},  10, 0.506993,  6.716697, 21.874777, 1.600136,   27.5198},
    {{75, true, 0},  15, 0.924732,  9.353498, 24.382785, 1.996691,   41.2798},
    {{75, true, 3},   1, 0.170649,  1.426063, 13.315875, 0.256551,   39.6286},
    {{75, true, 3},   2, 0.265633,  2.511873, 17.603341, 0.506822,   79.2571},
    {{75, true, 3},   3, 0.367185,  3.497969, 20.111349, 0.723907,  118.8857},
    {{75, true, 3},   5, 0.591843,  5.308912, 23.271065, 1.076917,  198.1428},
    {{75, true, 3},  10, 1.000000,  9.351138, 27.558533, 1.680477,  396.2857},
    {{75, true, 3},  15, 1.000000, 13.022152, 30.066541, 2.083404,  594.4285},
    {{75, true, 5},   1, 0.643889,  1.255541,  9.369658, 1.014961,  244.7647},
    {{75, true, 5},   2, 0.798509,  2.211515, 13.657041, 1.603447,  489.5294},
    {{75, true, 5},   3, 0.963822,  3.079699, 16.165048, 2.000276,  734.2941},
    {{75, true, 5},   5, 1.000000,  4.674098, 19.324764, 2.537124, 1223.8235},
    {{75, true, 5},  10, 1.000000,  8.232975, 23.612232, 3.305987, 2447.6470},
    {{75, true, 5},  15, 1.000000, 11.465026, 26.120240, 3.768107, 3671.4706},
    {{66, false, 2},  1, 0.031335,  1.128065, 10.228286, 0.462140,    3.1715},
    {{66, false, 2},  2, 0.061673,  1.986978, 14.515718, 0.844040,    6.3430},
    {{66, false, 2},  3, 0.094109,  2.767014, 17.023725, 1.142366,    9.5145},
    {{66, false, 2},  5, 0.165865,  4.199533, 20.183441, 1.586789,   15.8575},
    {{66, false, 2}, 10, 0.393446,  7.397074, 24.470909, 2.279741,   31.7149},
    {{66, false, 2}, 15, 0.711382, 10.300973, 26.978917, 2.716321,   47.5724},
    {{58, true, 4},   1, 0.170346,  1.243661, 11.290187, 0.148609,  106.1480},
    {{58, true, 4},   2, 0.200781,  2.190590, 15.577642, 0.308637,  212.2959},
    {{58, true, 4},   3, 0.233321,  3.050558, 18.085650, 0.458721,  318.4439},
    {{58, true, 4},   5, 0.305306,  4.629871, 21.245366, 0.722887,  530.7398},
    {{58, true, 4},  10, 0.533615,  8.155074, 25.532833, 1.221701, 1061.4796},
    {{58, true, 4},  15, 0.852567, 11.356544, 28.040841, 1.579425, 1592.2194},
    {{82, false, 1},  1, 0.086918,  0.988275, 10.694741, 0.503594,    3.4107},
    {{82, false, 1},  2, 0.155085,  1.740752, 14.982186, 0.907199,    6.8213},
    {{82, false, 1},  3, 0.227965,  2.424126, 17.490193, 1.217362,   10.2320},
    {{82, false, 1},  5, 0.389194,  3.679127, 20.649910, 1.673859,   17.0533},
    {{82, false, 1}, 10, 0.900548,  6.480429, 24.937377, 2.377476,   34.1066},
    {{82, false, 1}, 15, 1.000000,  9.024477, 27.445385, 2.817802,   51.1599},
};
/* clang-format on */

enum { LIVES = sizeof lives / sizeof *lives, YEARS = sizeof by_year / sizeof *by_year };

Test(lifetime, further_lives)
{
    struct lifetime_terms terms = terms_of(UTILITY_DIJKLAND), wang = terms_of(UTILITY_WANG);
    for (size_t i = 0; i < LIVES; i++) {
        const struct life *life = &lives[i].life;
        struct lifetime_worth published = lifetime_published(&terms, life);
        struct lifetime_worth expected = lifetime_expected(&terms, life);
        const struct {
            const char *what;
            double got, want, off;
        } figures[] = {
            {"death in year 1", lifetime_death_in_year_1(life), lives[i].death_in_year_1, 1e-6},
            {"median", lifetime_years_until(life, .5), lives[i].median_years, 1e-6},
            {"published QALYs", published.qalys, lives[i].published_qalys, 1e-6},
            {"published cost", published.gbp, lives[i].published_gbp, 1e-3},
            {"expected QALYs", expected.qalys, lives[i].expected_qalys, 1e-5},
            {"expected cost", expected.gbp, lives[i].expected_gbp, .5},
            {"published, Wang", lifetime_published(&wang, life).qalys, lives[i].published_wang,
             1e-6},
            {"expected, Wang", lifetime_expected(&wang, life).qalys, lives[i].expected_wang, 1e-5},
        };
        for (size_t f = 0; f < sizeof figures / sizeof *figures; f++)
            cr_expect(fabs(figures[f].got - figures[f].want) <= figures[f].off,
                      "%s at %g, %s, mRS %d: %.6f, not %.6f", figures[f].what, life->age,
                      life->male ? "male" : "female", life->mrs, figures[f].got, figures[f].want);
    }
}

Test(lifetime, tables_by_year)
{
    for (size_t i = 0; i < YEARS; i++) {
        const struct life *life = &by_year[i].life;
        int year = by_year[i].year;
        const double used[LIFETIME_USES] = {by_year[i].attendances, by_year[i].non_elective_days,
                                            by_year[i].elective_days, by_year[i].care_home_days};
        cr_expect_float_eq(lifetime_dead_by(life, year), by_year[i].dead, 1e-6,
                           "mRS %d, dead by year %d", life->mrs, year);
        for (enum lifetime_use use = 0; use < LIFETIME_USES; use++)
            cr_expect_float_eq(lifetime_used(life, use, year), used[use], 1e-4,
                               "mRS %d, use %d by year %d", life->mrs, (int)use, year);
    }
}

/* The median is where the published curve passes a half. */
Test(lifetime, half_are_dead_at_the_median)
{
    for (size_t i = 0; i < LIVES; i++) {
        double median = lifetime_years_until(&lives[i].life, .5);
        if (median <
            1) /* within year 1 exactly; later the source's own formula is not its curve's */
            cr_expect_float_eq(lifetime_dead_by(&lives[i].life, median), .5, 1e-9);
    }
}

/* --- expected, integrated once more ----------------------------------------------------------- */

/* By the midpoint rule from the survival curve, the utilities and the use of each year. */
static struct lifetime_worth integrate(const struct lifetime_terms *terms, const struct life *life)
{
    enum { STEPS = 200, YEARS_AHEAD = 110 };
    struct lifetime_worth worth = {0, 0};
    double start = terms->start_days / 365;
    for (int year = 0; year < YEARS_AHEAD; year++) {
        double from = year == 0 ? start : year, step = (year + 1 - from) / STEPS, lived = 0;
        for (int i = 0; i < STEPS; i++) {
            double years = from + (i + .5) * step;
            double counts =
                step * lifetime_alive(terms, life, years) / pow(1 + terms->discount_rate, years);
            lived += counts;
            worth.qalys += counts * lifetime_utility(terms, life, years);
        }
        for (enum lifetime_use use = 0; use < LIFETIME_USES; use++)
            worth.gbp += lived * terms->gbp[use] *
                         (lifetime_used(life, use, year + 1) - lifetime_used(life, use, year));
    }
    return worth;
}

/* On other terms as well, where no table stands: start, discounting, prices. */
Test(lifetime, expected_is_an_integral)
{
    static const double start_days[] = {90, 0, 364}, discount_rates[] = {.035, 0, .2};
    for (int t = 0; t < 3; t++) {
        struct lifetime_terms terms = terms_of(t == 1 ? UTILITY_WANG : UTILITY_DIJKLAND);
        terms.start_days = start_days[t];
        terms.discount_rate = discount_rates[t];
        terms.gbp[LIFETIME_ELECTIVE_DAYS] *= 1 + t;
        for (size_t i = 0; i < LIVES; i++) {
            struct lifetime_worth want = integrate(&terms, &lives[i].life);
            struct lifetime_worth got = lifetime_expected(&terms, &lives[i].life);
            cr_expect(fabs(got.qalys - want.qalys) <= 2e-5 && near(got.gbp, want.gbp, 2e-5),
                      "terms %d, life %zu: %.6f, not %.6f; %.2f, not %.2f", t, i, got.qalys,
                      want.qalys, got.gbp, want.gbp);
        }
    }
}

/* Everybody is alive at the start; year 1 takes 275 of 365 days of its risk; from then on the dead
 * are 1 - e^-H of who is left. */
Test(lifetime, survival_from_the_start)
{
    struct lifetime_terms terms = terms_of(UTILITY_DIJKLAND);
    for (size_t i = 0; i < LIVES; i++) {
        const struct life *life = &lives[i].life;
        double year_1 = lifetime_death_in_year_1(life);
        cr_expect_eq(lifetime_alive(&terms, life, 90.0 / 365), 1);
        cr_expect_float_eq(lifetime_alive(&terms, life, 1), pow(1 - year_1, 275.0 / 365), 1e-12);
        cr_expect_float_eq(lifetime_alive(&terms, life, 4),
                           pow(1 - year_1, 275.0 / 365) * exp(-lifetime_hazard(life, 4)), 1e-12);
        cr_expect_lt(lifetime_alive(&terms, life, 120), 1e-6);
    }
}

/* --- what must hold of any life --------------------------------------------------------------- */

/* Worse mRS and older age: less of it, by either method and either set. */
Test(lifetime, worse_and_older_is_less)
{
    for (enum utility_set set = UTILITY_DIJKLAND; set <= UTILITY_WANG; set++)
        for (int male = 0; male <= 1; male++) {
            struct lifetime_terms terms = terms_of(set);
            double expected[LIFETIME_STATES], published[LIFETIME_STATES];
            for (int age = 20; age <= 80; age++)
                for (int mrs = 0; mrs < LIFETIME_STATES; mrs++) {
                    const struct life life = {age, male, mrs};
                    double e = lifetime_expected(&terms, &life).qalys;
                    double p = lifetime_published(&terms, &life).qalys;
                    cr_expect(mrs == 0 || (e < expected[mrs - 1] && p < published[mrs - 1]),
                              "age %d, mRS %d", age, mrs);
                    /* Years at a utility below 0 are the worse the more they are (Wang's mRS 5).
                     * And by the source, mRS 5 is the deadlier the younger: below 50 more than age.
                     */
                    bool older_is_less = age > (mrs == 5 ? 50 : 20) && e >= 0;
                    cr_expect(!older_is_less || (e < expected[mrs] && p < published[mrs]),
                              "age %d, mRS %d", age, mrs);
                    expected[mrs] = e;
                    published[mrs] = p;
                }
        }
}

/* The median leaves out who lives longer: with a short one, most of the QALYs. */
Test(lifetime, expected_and_published_differ)
{
    struct lifetime_terms terms = terms_of(UTILITY_DIJKLAND);
    const struct life severe = {75, true, 4};
    cr_expect_float_eq(lifetime_published(&terms, &severe).qalys, .697, .0005);
    cr_expect_float_eq(lifetime_expected(&terms, &severe).qalys, 1.5, .1);
    terms.start_days = 0; /* with year 1 as a whole: a whole year's risk */
    cr_expect_float_eq(lifetime_expected(&terms, &severe).qalys, 1.484, .0005);
}

/* --- terms and table -------------------------------------------------------------------------- */

Test(lifetime, terms_come_from_the_dictionary)
{
    struct parameters parameters;
    struct lifetime_terms terms = terms_of(UTILITY_DIJKLAND);
    static const double dijkland[] = {.95, .93, .83, .62, .42, .11};
    static const double wang[] = {.97, .88, .74, .55, .20, -.19};
    static const double gbp[] = {170.46, 532.56, 443.80, 102.71};
    for (int mrs = 0; mrs < LIFETIME_STATES; mrs++) {
        cr_expect_eq(terms.utility[mrs], dijkland[mrs]);
        cr_expect_eq(terms_of(UTILITY_WANG).utility[mrs], wang[mrs]);
    }
    for (int use = 0; use < LIFETIME_USES; use++)
        cr_expect_eq(terms.gbp[use], gbp[use]);
    cr_expect(terms.method == LIFETIME_EXPECTED && terms.start_days == 90 &&
              terms.discount_rate == .035);
    parameters_default(&parameters);
    cr_expect_eq(parameters.value[P_LIFETIME_THRESHOLD_GBP], 20000);
    parameters.value[P_COST_PRICE_YEAR] = 2020; /* seven years at 2% */
    lifetime_terms_init(&terms, &parameters);
    for (int use = 0; use < LIFETIME_USES; use++)
        cr_expect(near(terms.gbp[use], gbp[use] * 1.148685667, 1e-8));
}

Test(lifetime, table_reads_off_completed_years)
{
    struct lifetime_terms terms = terms_of(UTILITY_DIJKLAND);
    for (enum lifetime_method method = LIFETIME_EXPECTED; method <= LIFETIME_PUBLISHED; method++) {
        terms.method = method;
        struct lifetime_table *table = lifetime_table_new(&terms);
        cr_assert_not_null(table);
        static const double ages[][2] = {{18, 18},     {18.99, 18}, {70, 70}, {70.999, 70},
                                         {71.001, 71}, {99.99, 99}, {17, 18}, {115, 100}};
        for (size_t a = 0; a < sizeof ages / sizeof *ages; a++)
            for (int male = 0; male <= 1; male++)
                for (int mrs = 0; mrs < LIFETIME_STATES; mrs++) {
                    const struct life life = {ages[a][1], male, mrs};
                    const struct lifetime_row *row = lifetime_table_row(table, ages[a][0], male);
                    struct lifetime_worth want = method == LIFETIME_EXPECTED
                                                     ? lifetime_expected(&terms, &life)
                                                     : lifetime_published(&terms, &life);
                    cr_expect(row->qalys[mrs] == want.qalys && row->gbp[mrs] == want.gbp,
                              "method %d, age %g, mRS %d", (int)method, ages[a][0], mrs);
                }
        cr_expect_eq(memcmp(lifetime_table_terms(table), &terms, sizeof terms), 0);
        lifetime_table_free(table);
    }
    lifetime_table_free(NULL);
}

/* Made of another, whatever the terms differ in, a table is what it would be on its own. */
Test(lifetime, table_like_another)
{
    struct lifetime_terms terms = terms_of(UTILITY_DIJKLAND);
    struct lifetime_table *other = lifetime_table_new(&terms);
    for (int what = 0; what < 5; what++) {
        struct lifetime_terms changed = terms;
        changed.gbp[what % LIFETIME_USES] *= 1.37;
        changed.utility[2] += what == 1 ? .01 : 0;
        changed.discount_rate += what == 2 ? .005 : 0;
        changed.start_days += what == 3 ? 10 : 0;
        changed.method = what == 4 ? LIFETIME_PUBLISHED : LIFETIME_EXPECTED;
        struct lifetime_table *like = lifetime_table_like(other, &changed);
        struct lifetime_table *anew = lifetime_table_new(&changed);
        cr_assert(like != NULL && anew != NULL);
        for (int age = 18; age <= 100; age++)
            for (int male = 0; male <= 1; male++)
                cr_expect_eq(memcmp(lifetime_table_row(like, age, male),
                                    lifetime_table_row(anew, age, male),
                                    sizeof(struct lifetime_row)),
                             0, "change %d, age %d", what, age);
        cr_expect_eq(memcmp(lifetime_table_terms(like), &changed, sizeof changed), 0);
        lifetime_table_free(like);
        lifetime_table_free(anew);
    }
    lifetime_table_free(other);
}

/* Configurations on the same terms share a table; with prices of its own one has its own. */
Test(lifetime, configurations_have_their_own_terms)
{
    for (int own = 0; own <= 1; own++) {
        struct design design;
        struct small_run run;
        small_design(&design);
        if (own)
            small_design_write(&design, CENTRAL, P_LIFETIME_CARE_HOME_DAY_GBP, 200);
        small_run_open(&run, &design, 1);
        const struct lifetime_table *local = run.model.service[LOCAL].lifetime;
        const struct lifetime_table *central = run.model.service[CENTRAL].lifetime;
        cr_expect_eq(local == central, !own);
        cr_expect_eq(lifetime_table_terms(local)->gbp[LIFETIME_CARE_HOME_DAYS], 102.71);
        cr_expect_eq(lifetime_table_terms(central)->gbp[LIFETIME_CARE_HOME_DAYS],
                     own ? 200 : 102.71);
        small_run_close(&run);
        design_fini(&design);
    }
}
