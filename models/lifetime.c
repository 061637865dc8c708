#include "models/lifetime.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/bill.h"

static const double year_days = 365;

struct regression {
    double shape, constant, age, age_squared, male;
    double mrs[LIFETIME_STATES], age_by_mrs[LIFETIME_STATES];
};

#define REGRESSION(id, what, shape, constant, age, age_squared, male, m0, m1, m2, m3, m4, m5, a0,  \
                   a1, a2, a3, a4, a5)                                                             \
    static const struct regression id = {shape,                                                    \
                                         constant,                                                 \
                                         age,                                                      \
                                         age_squared,                                              \
                                         male,                                                     \
                                         {m0, m1, m2, m3, m4, m5},                                 \
                                         {a0, a1, a2, a3, a4, a5}};
#define BY_MRS(id, what, m0, m1, m2, m3, m4, m5)                                                   \
    static const double id[LIFETIME_STATES] = {m0, m1, m2, m3, m4, m5};
#define NUMBER(id, what, value) static const double id = value;
#include "models/lifetime_coefficients.def"
#undef REGRESSION
#undef BY_MRS
#undef NUMBER

void lifetime_terms_init(struct lifetime_terms *terms, const struct parameters *parameters)
{
    static const enum parameter_id price[LIFETIME_USES] = {
        [LIFETIME_EMERGENCY_ATTENDANCES] = P_COST_EMERGENCY_DEPARTMENT_GBP,
        [LIFETIME_NON_ELECTIVE_DAYS] = P_LIFETIME_NON_ELECTIVE_BED_DAY_GBP,
        [LIFETIME_ELECTIVE_DAYS] = P_LIFETIME_ELECTIVE_BED_DAY_GBP,
        [LIFETIME_CARE_HOME_DAYS] = P_LIFETIME_CARE_HOME_DAY_GBP,
    };
    const double *p = parameters->value;
    bool wang = p[P_OUTCOME_UTILITY_SET] == UTILITY_WANG;
    *terms = (struct lifetime_terms){.method = p[P_LIFETIME_METHOD],
                                     .discount_rate = p[P_LIFETIME_DISCOUNT_RATE],
                                     .start_days = p[P_LIFETIME_START_DAY]};
    memcpy(terms->utility, p + (wang ? P_UTILITY_WANG_0 : P_UTILITY_DIJKLAND_0),
           sizeof terms->utility);
    for (enum lifetime_use use = 0; use < LIFETIME_USES; use++)
        terms->gbp[use] = p[price[use]] * price_inflation(parameters);
}

/* --- the published formulas ------------------------------------------------------------------- */

static double predict(const struct regression *regression, const struct life *life, double centre)
{
    double age = life->age - centre;
    return regression->constant + regression->age * age +
           regression->age_squared * (life->age * life->age - centre * centre) +
           (life->male ? regression->male : 0) + regression->mrs[life->mrs] +
           regression->age_by_mrs[life->mrs] * age;
}

static double predict_own(const struct regression *regression, const struct life *life)
{
    return predict(regression, life, MEAN_AGE[life->mrs]);
}

double lifetime_death_in_year_1(const struct life *life)
{
    return 1 / (1 + exp(-predict_own(&DEATH_YEAR_1, life)));
}

/* Of death a day, as year 1 ends. */
static double first_hazard(const struct life *life)
{
    return exp(predict(&DEATH_LATER, life, MEAN_AGE_OF_ALL));
}

/* The cumulative hazard where the first is 1 a day. */
static double gompertz(double years)
{
    return years <= 1 ? 0 : expm1(DEATH_LATER.shape * year_days * (years - 1)) / DEATH_LATER.shape;
}

double lifetime_hazard(const struct life *life, double years)
{
    return first_hazard(life) * gompertz(years);
}

double lifetime_dead_by(const struct life *life, double years)
{
    double lived = pow(1 - lifetime_death_in_year_1(life), fmin(years, 1));
    return fmin(1, 1 - (1 - lifetime_hazard(life, years)) * lived);
}

double lifetime_years_until(const struct life *life, double share)
{
    double year_1 = lifetime_death_in_year_1(life);
    double later = (1 + share) / (1 + year_1) - 1;
    if (later > 0) {
        double gamma = DEATH_LATER.shape;
        double years = 1 + log1p(later * gamma / first_hazard(life)) / (year_days * gamma);
        if (years > 1)
            return years;
    }
    return log(1 - share) / log(1 - year_1);
}

double lifetime_utility(const struct lifetime_terms *terms, const struct life *life, double years)
{
    double age = life->age + years, centre = MEAN_AGE[life->mrs];
    return fmin(1, terms->utility[life->mrs] + UTILITY_PER_YEAR * (age - centre) +
                       UTILITY_PER_YEAR_SQUARED * (age * age - centre * centre) +
                       (life->male ? UTILITY_MALE : 0));
}

static double care_home_days_a_year(const struct life *life)
{
    const double *share = life->age > CARE_HOME_AGE ? CARE_HOME_OLDER : CARE_HOME_YOUNGER;
    return CARE_HOME_OCCUPIED * share[life->mrs] * year_days;
}

/* What is used by year t is made of t to a power, which is the same for every life, and a rate. */
struct use_curve {
    double exponent, rate;
    bool logarithm; /* ln(1 + rate t^exponent), otherwise rate t^exponent */
};

static struct use_curve curve_of(const struct life *life, enum lifetime_use use)
{
    static const struct regression *const of[] = {&EMERGENCY_ATTENDANCES, &NON_ELECTIVE_DAYS,
                                                  &ELECTIVE_DAYS};
    if (use == LIFETIME_CARE_HOME_DAYS)
        return (struct use_curve){1, care_home_days_a_year(life), false};
    double shape = of[use]->shape, predicted = predict_own(of[use], life);
    if (use == LIFETIME_EMERGENCY_ATTENDANCES)
        return (struct use_curve){shape, exp(-shape * predicted), false};
    return (struct use_curve){1 / shape, exp(-predicted / shape), true};
}

static double used_at_power(const struct use_curve *curve, double power)
{
    return curve->logarithm ? log1p(curve->rate * power) : curve->rate * power;
}

double lifetime_used(const struct life *life, enum lifetime_use use, double years)
{
    struct use_curve curve = curve_of(life, use);
    return used_at_power(&curve, pow(years, curve.exponent));
}

/* --- as published: to the median -------------------------------------------------------------- */

static double gbp_by(const struct lifetime_terms *terms, const struct life *life, double years)
{
    double gbp = 0;
    for (enum lifetime_use use = 0; use < LIFETIME_USES; use++)
        gbp += terms->gbp[use] * lifetime_used(life, use, years);
    return gbp;
}

struct lifetime_worth lifetime_published(const struct lifetime_terms *terms,
                                         const struct life *life)
{
    struct lifetime_worth worth = {0, 0};
    double median = lifetime_years_until(life, 0.5), before_gbp = 0;
    for (int year = 0; year < median; year++) {
        double discount = pow(1 + terms->discount_rate, -year);
        double by_gbp = gbp_by(terms, life, fmin(year + 1, median));
        worth.qalys += lifetime_utility(terms, life, year) * discount * fmin(1, median - year);
        worth.gbp += (by_gbp - before_gbp) * discount;
        before_gbp = by_gbp;
    }
    return worth;
}

/* --- expected: over the survival curve -------------------------------------------------------- */

double lifetime_alive(const struct lifetime_terms *terms, const struct life *life, double years)
{
    double first = fmax(0, fmin(years, 1) - terms->start_days / year_days);
    return pow(1 - lifetime_death_in_year_1(life), first) * exp(-lifetime_hazard(life, years));
}

/* Years are integrated one by one at three points each (Gauss and Legendre), which is good to 1e-4
 * of the worst life and to far more of the others. What belongs to a point and not to a life is
 * worked out once. */
enum { POINTS = 3, MOST_YEARS = 130 };
static const double nobody = 1e-7; /* a share alive that adds nothing any more */

struct grid {
    double start; /* years from the stroke */
    struct {
        double years[POINTS], weight[POINTS]; /* the weight is discounted */
        double gompertz[POINTS];
        double power[LIFETIME_USES]; /* of the year's end, for what is used by then */
    } year[MOST_YEARS];
};

static void grid_init(struct grid *grid, const struct lifetime_terms *terms)
{
    static const double at[POINTS] = {0.1127016653792583, 0.5, 0.8872983346207417};
    static const double weight[POINTS] = {5.0 / 18, 8.0 / 18, 5.0 / 18};
    const struct life anybody = {.age = 0};
    double from = grid->start = terms->start_days / year_days;
    for (int y = 0; y < MOST_YEARS; y++) {
        double to = y + 1;
        for (int i = 0; i < POINTS; i++) {
            double years = from + at[i] * (to - from);
            grid->year[y].years[i] = years;
            grid->year[y].weight[i] =
                weight[i] * (to - from) * pow(1 + terms->discount_rate, -years);
            grid->year[y].gompertz[i] = gompertz(years);
        }
        for (enum lifetime_use use = 0; use < LIFETIME_USES; use++)
            grid->year[y].power[use] = pow(to, curve_of(&anybody, use).exponent);
        from = to;
    }
}

/* What the three points of a year add: years lived, and lived well. */
struct lived {
    double years, qalys, alive; /* alive: at the last point */
};

static struct lived live_year(const struct grid *grid, int y, const struct lifetime_terms *terms,
                              const struct life *life, double year_1_hazard, double later_hazard)
{
    struct lived lived = {0, 0, 0};
    for (int i = 0; i < POINTS; i++) {
        double years = grid->year[y].years[i];
        lived.alive = exp(-year_1_hazard * (fmin(years, 1) - grid->start) -
                          later_hazard * grid->year[y].gompertz[i]);
        lived.years += lived.alive * grid->year[y].weight[i];
        lived.qalys += lived.alive * grid->year[y].weight[i] * lifetime_utility(terms, life, years);
    }
    return lived;
}

/* What is used in a year of life by one who lives through it, and the years lived in it: what its
 * cost hangs on beside prices. */
struct year_used {
    double used[LIFETIME_USES], lived;
};

static double year_gbp(const struct lifetime_terms *terms, const struct year_used *year, double gbp)
{
    for (enum lifetime_use use = 0; use < LIFETIME_USES; use++)
        gbp += terms->gbp[use] * year->used[use] * year->lived;
    return gbp;
}

/* Writes the years, at most MOST_YEARS, and how many there were. */
static struct lifetime_worth integrate(const struct grid *grid, const struct lifetime_terms *terms,
                                       const struct life *life, struct year_used *year,
                                       size_t *years)
{
    struct lifetime_worth worth = {0, 0};
    struct use_curve curve[LIFETIME_USES];
    double before[LIFETIME_USES] = {0};
    double year_1_hazard = -log1p(-lifetime_death_in_year_1(life));
    double later_hazard = first_hazard(life);
    for (enum lifetime_use use = 0; use < LIFETIME_USES; use++)
        curve[use] = curve_of(life, use);
    *years = 0;
    for (int y = 0; y < MOST_YEARS; y++) {
        struct lived lived = live_year(grid, y, terms, life, year_1_hazard, later_hazard);
        worth.qalys += lived.qalys;
        year[y].lived = lived.years;
        for (enum lifetime_use use = 0; use < LIFETIME_USES; use++) {
            double by = used_at_power(&curve[use], grid->year[y].power[use]);
            year[y].used[use] = by - before[use];
            before[use] = by;
        }
        worth.gbp = year_gbp(terms, &year[y], worth.gbp);
        ++*years;
        if (lived.alive < nobody)
            break;
    }
    return worth;
}

struct lifetime_worth lifetime_expected(const struct lifetime_terms *terms, const struct life *life)
{
    struct grid grid;
    struct year_used year[MOST_YEARS];
    size_t years;
    grid_init(&grid, terms);
    return integrate(&grid, terms, life, year, &years);
}

/* --- the table -------------------------------------------------------------------------------- */

enum { YOUNGEST = 18, OLDEST = 100, AGES = OLDEST - YOUNGEST + 1 };

enum { LIVES = 2 * AGES * LIFETIME_STATES };

struct lifetime_table {
    struct lifetime_terms terms;
    struct lifetime_row row[2][AGES]; /* women, men */
    /* Of an expected life, one after the other: for prices to be changed. */
    size_t end[LIVES]; /* where the years of each end */
    struct year_used *year;
};

static struct life life_at(size_t at)
{
    return (struct life){.age = (double)(YOUNGEST + at / LIFETIME_STATES % AGES),
                         .male = at >= LIVES / 2,
                         .mrs = (int)(at % LIFETIME_STATES)};
}

static void set_worth(struct lifetime_table *table, size_t at, struct lifetime_worth worth)
{
    struct lifetime_row *row = &table->row[at >= LIVES / 2][at / LIFETIME_STATES % AGES];
    row->qalys[at % LIFETIME_STATES] = worth.qalys;
    row->gbp[at % LIFETIME_STATES] = worth.gbp;
}

static bool fill_expected(struct lifetime_table *table)
{
    struct grid grid;
    size_t end = 0, room = 0;
    grid_init(&grid, &table->terms);
    for (size_t at = 0; at < LIVES; at++) {
        const struct life life = life_at(at);
        size_t years;
        if (room < end + MOST_YEARS) {
            room = end + AGES * (size_t)MOST_YEARS;
            struct year_used *more = realloc(table->year, room * sizeof *more);
            if (more == NULL)
                return false;
            table->year = more;
        }
        set_worth(table, at, integrate(&grid, &table->terms, &life, table->year + end, &years));
        table->end[at] = end += years;
    }
    return true;
}

static void fill_published(struct lifetime_table *table)
{
    for (size_t at = 0; at < LIVES; at++) {
        const struct life life = life_at(at);
        set_worth(table, at, lifetime_published(&table->terms, &life));
    }
}

struct lifetime_table *lifetime_table_new(const struct lifetime_terms *terms)
{
    struct lifetime_table *table = calloc(1, sizeof *table);
    if (table == NULL)
        return NULL;
    table->terms = *terms;
    if (terms->method == LIFETIME_PUBLISHED) {
        fill_published(table);
    } else if (!fill_expected(table)) {
        lifetime_table_free(table);
        return NULL;
    }
    return table;
}

static bool differs_in_prices_alone(const struct lifetime_terms *terms,
                                    const struct lifetime_terms *other)
{
    struct lifetime_terms priced = *other;
    memcpy(priced.gbp, terms->gbp, sizeof priced.gbp);
    return terms->method != LIFETIME_PUBLISHED && memcmp(&priced, terms, sizeof priced) == 0;
}

struct lifetime_table *lifetime_table_like(const struct lifetime_table *other,
                                           const struct lifetime_terms *terms)
{
    if (other == NULL || other->year == NULL || !differs_in_prices_alone(terms, &other->terms))
        return lifetime_table_new(terms);
    struct lifetime_table *table = malloc(sizeof *table);
    if (table == NULL)
        return NULL;
    *table = *other;
    table->terms = *terms;
    table->year = NULL;
    const struct year_used *year = other->year;
    for (size_t at = 0; at < LIVES; at++) {
        double gbp = 0;
        for (; year < other->year + other->end[at]; year++)
            gbp = year_gbp(terms, year, gbp);
        table->row[at >= LIVES / 2][at / LIFETIME_STATES % AGES].gbp[at % LIFETIME_STATES] = gbp;
    }
    return table;
}

void lifetime_table_free(struct lifetime_table *table)
{
    if (table == NULL)
        return;
    free(table->year);
    free(table);
}

const struct lifetime_terms *lifetime_table_terms(const struct lifetime_table *table)
{
    return &table->terms;
}

const struct lifetime_row *lifetime_table_row(const struct lifetime_table *table, double age,
                                              bool male)
{
    int completed = (int)fmin(fmax(age, YOUNGEST), OLDEST);
    assert(completed >= YOUNGEST && completed <= OLDEST);
    return &table->row[male][completed - YOUNGEST];
}
