/* Outcome at 90 days on one scale: the log-odds of P(mRS <= x).
 *
 * For stroke type, treatment and time a published row of cumulative probabilities gives the
 * log-odds; case mix, a level solved once for the scenario, and the lack of organised stroke-unit
 * care are added to all of them alike (a common odds ratio). Under thrombolysis or thrombectomy at
 * onset-to-treatment time t the log-odds run in a straight line from the row at onset to the row
 * with no effect left, reached at T; after T they stay there. Of thrombolysis and thrombectomy the
 * one with the lower mean mRS by the published rows counts; a tie goes to thrombectomy.
 * Source: the public package stroke-outcome (Emberson 2014, Lees 2010, Goyal 2016, Fransen 2016);
 * known answers in tests/models/test_outcome.c.
 *
 * Nobody ends better than before the stroke: P(mRS <= x) is capped at the pre-stroke one.
 */
#ifndef MODELS_OUTCOME_H
#define MODELS_OUTCOME_H

#include <stdbool.h>

#include "models/parameters.h"
#include "models/patient.h"

enum { MRS_STATES = 7, MRS_CUTS = 6, MRS_DEAD = 6 };

/* Made ready from the parameters: log-odds of the rows, prices of organised care and case mix. */
struct outcome_model {
    double untreated[3][MRS_CUTS]; /* log-odds by stroke type */
    double ivt_onset[2][MRS_CUTS], ivt_late[2][MRS_CUTS];
    double mt_onset[MRS_CUTS], mt_late[MRS_CUTS]; /* LVO; other types count as LVO */
    double before[2][MRS_CUTS];                   /* probabilities: nLVO and haemorrhage, LVO */
    double ivt_no_effect_min, mt_no_effect_min;
    double without_care[3];     /* log-odds by stroke type, for those without organised care */
    double per_year, per_point; /* log-odds of a year of age, of an NIHSS point */
    double death_share[2][4];   /* of 90-day deaths by day 3, 7, 30, 90: ischaemic, haemorrhage */
    double mean_death_days[2];
};

/* What the scenario's calibration fixed: the level, and where case mix is centred. */
struct outcome_level {
    double log_odds;
    double mean_age[3], mean_nihss[3]; /* by stroke type */
};

/* How a patient was treated; minutes from onset, INFINITY: not so treated. */
struct treatment {
    double ivt_min, mt_min;
};

void outcome_model_init(struct outcome_model *model, const struct parameters *parameters);

/* The published row alone: log-odds of P(mRS <= x) for the six cuts. type is not a mimic. */
void outcome_row(const struct outcome_model *model, enum stroke_type type,
                 struct treatment treatment, double row[MRS_CUTS]);

/* Whether the published row of a treatment so late is worse than the row of no treatment. */
struct outcome_harm {
    bool kills, disables; /* a higher chance of death; a worse mean mRS */
};

struct outcome_harm outcome_harm(const struct outcome_model *model, enum stroke_type type,
                                 struct treatment treatment);

/* What is added to each of them for this patient. */
double outcome_shift(const struct outcome_model *model, const struct outcome_level *level,
                     const struct patient *patient, bool organised_care);

/* Cumulative P(mRS <= 0..5) of a patient given the path; the rest to 1 is death. */
void outcome_cumulative(const struct outcome_model *model, const struct outcome_level *level,
                        const struct patient *patient, struct treatment treatment,
                        bool organised_care, double cumulative[MRS_CUTS]);

/* P(death by day 90) alone, for the same. */
double outcome_death(const struct outcome_model *model, const struct outcome_level *level,
                     const struct patient *patient, struct treatment treatment,
                     bool organised_care);

/* The mRS that a uniform gives: how many of the cumulative probabilities are at or below it. */
int outcome_mrs(const double cumulative[MRS_CUTS], double uniform);

double outcome_mean_mrs(const double cumulative[MRS_CUTS]);

/* Days from arrival to the death of a patient dead by day 90, from one uniform: log-linear between
 * the published shares by day 3, 7, 30 and 90, linear before. */
double outcome_death_days(const struct outcome_model *model, enum stroke_type type, double uniform);

/* Their mean. */
double outcome_mean_death_days(const struct outcome_model *model, enum stroke_type type);

/* Share of 90-day deaths that have happened by day 7 or 30. */
double outcome_death_share(const struct outcome_model *model, enum stroke_type type, int day);

#endif
