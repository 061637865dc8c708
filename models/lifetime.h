/* Lifetime: survival, quality-adjusted life years and cost after day 90, by mRS, age and sex.
 *
 * Death in year 1 is a logistic regression, later hazards are Gompertz's, and both hang on age, sex
 * and mRS; so do utility, attendances at A&E, days in hospital and in a care home. Source: NHCT
 * spreadsheet 7.4, public package stroke-lifetime; coefficients in lifetime_coefficients.def, known
 * answers in tests/models/test_lifetime.c. Years are counted from the start, which is day 90.
 *
 * Two methods. LIFETIME_PUBLISHED is the source as it stands: everybody lives to the median
 * survival, and the probability of death later on is the cumulative hazard H itself. It makes the
 * known answers again. LIFETIME_EXPECTED integrates what is lived over the survival curve, with
 * 1 - e^-H, continuously discounted from the stroke; its first year is the 365 days of the stroke
 * less those before the start, with as much of the year's risk, use and cost. Use of services is
 * even within a year. The two differ much where the median is short: a man of 75 with mRS 4 has .70
 * published and about 1.5 expected QALYs.
 *
 * Age is in completed years, as in the data behind the regressions.
 */
#ifndef MODELS_LIFETIME_H
#define MODELS_LIFETIME_H

#include <stdbool.h>

#include "models/parameters.h"

enum { LIFETIME_STATES = 6 }; /* mRS 0 to 5 */

enum lifetime_method { LIFETIME_EXPECTED, LIFETIME_PUBLISHED };
enum utility_set { UTILITY_DIJKLAND, UTILITY_WANG };

/* What is used over a lifetime. */
enum lifetime_use {
    LIFETIME_EMERGENCY_ATTENDANCES,
    LIFETIME_NON_ELECTIVE_DAYS,
    LIFETIME_ELECTIVE_DAYS,
    LIFETIME_CARE_HOME_DAYS,
    LIFETIME_USES
};

/* A survivor of day 90. */
struct life {
    double age; /* in completed years */
    bool male;
    int mrs; /* 0 to 5 */
};

/* What an evaluation chooses. Doubles only, so that two can be compared byte by byte. */
struct lifetime_terms {
    double method;                   /* enum lifetime_method */
    double utility[LIFETIME_STATES]; /* of one set */
    double discount_rate;            /* a year */
    double start_days;               /* after the stroke; below 365 */
    double gbp[LIFETIME_USES];       /* for one unit of each */
};

struct lifetime_worth {
    double qalys, gbp; /* both discounted */
};

void lifetime_terms_init(struct lifetime_terms *terms, const struct parameters *parameters);

/* --- the published formulas ------------------------------------------------------------------- */

double lifetime_death_in_year_1(const struct life *life);

/* The cumulative hazard H from the end of year 1; 0 before. */
double lifetime_hazard(const struct life *life, double years);

/* Probability of death by then as published, with H for 1 - e^-H, at most 1. */
double lifetime_dead_by(const struct life *life, double years);

/* Years until a share has died, as published; the median is that of 0.5. */
double lifetime_years_until(const struct life *life, double share);

/* Utility so many years on, by the utilities of the terms; at most 1. */
double lifetime_utility(const struct lifetime_terms *terms, const struct life *life, double years);

/* Attendances or days by then, for one who lives. */
double lifetime_used(const struct life *life, enum lifetime_use use, double years);

/* --- both methods ----------------------------------------------------------------------------- */

/* Probability of being alive so many years after the stroke, alive at the start: what `expected`
 * integrates. */
double lifetime_alive(const struct lifetime_terms *terms, const struct life *life, double years);

/* QALYs and cost from the start on by one method or the other, whatever terms->method says. */
struct lifetime_worth lifetime_published(const struct lifetime_terms *terms,
                                         const struct life *life);
struct lifetime_worth lifetime_expected(const struct lifetime_terms *terms,
                                        const struct life *life);

/* --- a table of every life, for reading off by patient ---------------------------------------- */

struct lifetime_row {
    double qalys[LIFETIME_STATES], gbp[LIFETIME_STATES];
};

struct lifetime_table;

/* By the terms' own method; takes a few milliseconds. NULL: out of memory. */
struct lifetime_table *lifetime_table_new(const struct lifetime_terms *terms);

/* The same table as lifetime_table_new() makes, to the last digit, made of another of terms that
 * differ in prices alone in a twentieth of the time; else made anew. other may be NULL. */
struct lifetime_table *lifetime_table_like(const struct lifetime_table *other,
                                           const struct lifetime_terms *terms);
void lifetime_table_free(struct lifetime_table *table); /* legal with NULL */

/* What it was made with. */
const struct lifetime_terms *lifetime_table_terms(const struct lifetime_table *table);

/* The row of a person of this exact age; the youngest and the oldest row stand for everybody
 * beyond 18 to 100. */
const struct lifetime_row *lifetime_table_row(const struct lifetime_table *table, double age,
                                              bool male);

#endif
