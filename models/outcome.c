#include "models/outcome.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* A row may say 0 or 1; log-odds must stay finite for a line to be drawn between rows. */
static double log_odds(double p)
{
    p = fmin(fmax(p, 1e-9), 1 - 1e-9);
    return log(p / (1 - p));
}

static double probability(double odds_log)
{
    return 1 / (1 + exp(-odds_log));
}

static void read_row(const double *p, double *row)
{
    for (int x = 0; x < MRS_CUTS; x++)
        row[x] = log_odds(p[x]);
}

/* The days by which the shares of deaths are known; between them deaths are log-linear. */
static const double death_day[4] = {3, 7, 30, 90};

static double mean_days(const double share[4])
{
    double mean = share[0] * death_day[0] / 2;
    for (int after = 1; after < 4; after++)
        mean += (share[after] - share[after - 1]) * (death_day[after] - death_day[after - 1]) /
                log(death_day[after] / death_day[after - 1]);
    return mean;
}

void outcome_model_init(struct outcome_model *model, const struct parameters *parameters)
{
    const double *p = parameters->value;
    read_row(p + P_UNTREATED_NLVO, model->untreated[TYPE_NLVO]);
    read_row(p + P_UNTREATED_LVO, model->untreated[TYPE_LVO]);
    read_row(p + P_UNTREATED_ICH, model->untreated[TYPE_HAEMORRHAGE]);
    read_row(p + P_IVT_ONSET_NLVO, model->ivt_onset[TYPE_NLVO]);
    read_row(p + P_IVT_ONSET_LVO, model->ivt_onset[TYPE_LVO]);
    read_row(p + P_IVT_LATE_NLVO, model->ivt_late[TYPE_NLVO]);
    read_row(p + P_IVT_LATE_LVO, model->ivt_late[TYPE_LVO]);
    read_row(p + P_MT_ONSET_LVO, model->mt_onset);
    read_row(p + P_MT_LATE_LVO, model->mt_late);
    memcpy(model->before[0], p + P_PRESTROKE_NLVO, sizeof model->before[0]);
    memcpy(model->before[1], p + P_PRESTROKE_LVO, sizeof model->before[1]);
    model->ivt_no_effect_min = p[P_OUTCOME_IVT_NO_EFFECT_MIN];
    model->mt_no_effect_min = p[P_OUTCOME_MT_NO_EFFECT_MIN];
    double care = log(p[P_OUTCOME_ORGANISED_CARE_OR]);
    model->without_care[TYPE_NLVO] = care;
    model->without_care[TYPE_LVO] = care;
    model->without_care[TYPE_HAEMORRHAGE] = care * p[P_OUTCOME_HAEMORRHAGE_SHARE_OF_EFFECT];
    model->per_year = log(p[P_OUTCOME_AGE_OR]);
    model->per_point = log(p[P_OUTCOME_NIHSS_OR]);
    for (int day = 0; day < 3; day++) {
        /* Whatever was set, who is dead by one day is dead by the next. */
        double before[2] = {day == 0 ? 0 : model->death_share[0][day - 1],
                            day == 0 ? 0 : model->death_share[1][day - 1]};
        model->death_share[0][day] = fmax(before[0], p[P_DEATH_ISCHAEMIC_3 + day]);
        model->death_share[1][day] = fmax(before[1], p[P_DEATH_HAEMORRHAGE_3 + day]);
    }
    model->death_share[0][3] = model->death_share[1][3] = 1;
    for (int haemorrhage = 0; haemorrhage < 2; haemorrhage++)
        model->mean_death_days[haemorrhage] = mean_days(model->death_share[haemorrhage]);
}

static void between_rows(const double *onset, const double *late, double min, double no_effect_min,
                         double *row)
{
    double t = min >= no_effect_min ? 1 : min / no_effect_min;
    for (int x = 0; x < MRS_CUTS; x++)
        row[x] = onset[x] + (late[x] - onset[x]) * t;
}

static double row_mean_mrs(const double *row)
{
    double mean = 0;
    for (int x = 0; x < MRS_CUTS; x++)
        mean += 1 - probability(row[x]);
    return mean;
}

void outcome_row(const struct outcome_model *model, enum stroke_type type,
                 struct treatment treatment, double row[MRS_CUTS])
{
    assert(type < STROKES_END);
    bool ivt = isfinite(treatment.ivt_min) && type != TYPE_HAEMORRHAGE;
    bool mt = isfinite(treatment.mt_min) && type != TYPE_HAEMORRHAGE;
    if (ivt)
        between_rows(model->ivt_onset[type], model->ivt_late[type], treatment.ivt_min,
                     model->ivt_no_effect_min, row);
    if (mt) {
        double mt_row[MRS_CUTS];
        between_rows(model->mt_onset, model->mt_late, treatment.mt_min, model->mt_no_effect_min,
                     mt_row);
        if (!ivt || row_mean_mrs(mt_row) <= row_mean_mrs(row))
            memcpy(row, mt_row, sizeof mt_row);
    }
    if (!ivt && !mt)
        memcpy(row, model->untreated[type], sizeof model->untreated[type]);
}

struct outcome_harm outcome_harm(const struct outcome_model *model, enum stroke_type type,
                                 struct treatment treatment)
{
    double row[MRS_CUTS];
    const double *untreated = model->untreated[type];
    outcome_row(model, type, treatment, row);
    bool kills = row[MRS_CUTS - 1] < untreated[MRS_CUTS - 1];
    bool disables = row_mean_mrs(row) > row_mean_mrs(untreated);
    return (struct outcome_harm){kills, disables};
}

double outcome_shift(const struct outcome_model *model, const struct outcome_level *level,
                     const struct patient *patient, bool organised_care)
{
    double shift = level->log_odds;
    shift -= model->per_year * (patient->age - level->mean_age[patient->type]);
    shift -= model->per_point * (patient->nihss - level->mean_nihss[patient->type]);
    return organised_care ? shift : shift + model->without_care[patient->type];
}

void outcome_cumulative(const struct outcome_model *model, const struct outcome_level *level,
                        const struct patient *patient, struct treatment treatment,
                        bool organised_care, double cumulative[MRS_CUTS])
{
    double row[MRS_CUTS];
    outcome_row(model, patient->type, treatment, row);
    double shift = outcome_shift(model, level, patient, organised_care);
    const double *before = model->before[patient->type == TYPE_LVO];
    for (int x = 0; x < MRS_CUTS; x++)
        cumulative[x] = fmin(probability(row[x] + shift), before[x]);
}

double outcome_death(const struct outcome_model *model, const struct outcome_level *level,
                     const struct patient *patient, struct treatment treatment, bool organised_care)
{
    double row[MRS_CUTS];
    outcome_row(model, patient->type, treatment, row);
    return 1 - fmin(probability(row[5] + outcome_shift(model, level, patient, organised_care)),
                    model->before[patient->type == TYPE_LVO][5]);
}

int outcome_mrs(const double cumulative[MRS_CUTS], double uniform)
{
    int mrs = 0;
    while (mrs < MRS_CUTS && cumulative[mrs] <= uniform)
        mrs++;
    return mrs;
}

double outcome_mean_mrs(const double cumulative[MRS_CUTS])
{
    double mean = 0;
    for (int x = 0; x < MRS_CUTS; x++)
        mean += 1 - cumulative[x];
    return mean;
}

double outcome_death_days(const struct outcome_model *model, enum stroke_type type, double uniform)
{
    const double *share = model->death_share[type == TYPE_HAEMORRHAGE], *days = death_day;
    if (uniform < share[0])
        return days[0] * uniform / share[0];
    int after = 1;
    while (after < 3 && uniform >= share[after])
        after++;
    double t = (uniform - share[after - 1]) / (share[after] - share[after - 1]);
    return days[after - 1] * pow(days[after] / days[after - 1], fmin(1, t));
}

double outcome_mean_death_days(const struct outcome_model *model, enum stroke_type type)
{
    return model->mean_death_days[type == TYPE_HAEMORRHAGE];
}

double outcome_death_share(const struct outcome_model *model, enum stroke_type type, int day)
{
    assert(day == 7 || day == 30);
    return model->death_share[type == TYPE_HAEMORRHAGE][day == 7 ? 1 : 2];
}
