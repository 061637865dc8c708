#include "bench/capacity.h"
#include "sim/variate.h"

enum diagnosis { STROKE, TIA, NEUROLOGICAL, OTHER };

static const double gap_days[GROUPS] = {1.2, 9.3, 3.6, 3.2, 21.8, 31.7, 28.6};
static const unsigned diagnosis[GROUPS] = {STROKE, TIA,          NEUROLOGICAL, OTHER,
                                           STROKE, NEUROLOGICAL, OTHER};

/* To rehabilitation, ESD, other; nobody goes from rehabilitation to rehabilitation. */
static const double routes[UNITS][DIAGNOSES][STOPS] = {
    {{.24, .13, .63}, {.01, .01, .98}, {.11, .05, .84}, {.05, .10, .85}},
    {{0, .40, .60}, {0, 0, 1}, {0, .09, .91}, {0, .13, .88}},
};

/* Mean and standard deviation, days. Only a stroke's depends on the next stop: from the ASU to
 * rehabilitation it is as without ESD, and to other as for those who die. */
static const double stays[UNITS][DIAGNOSES][STOPS][2] = {
    {{{7.4, 8.61}, {4.6, 4.8}, {7.0, 8.7}},
     {{1.8, 2.3}, {1.8, 2.3}, {1.8, 2.3}},
     {{4.0, 5.0}, {4.0, 5.0}, {4.0, 5.0}},
     {{3.8, 5.2}, {3.8, 5.2}, {3.8, 5.2}}},
    {{{28.4, 27.2}, {30.3, 23.1}, {28.4, 27.2}},
     {{18.7, 23.5}, {18.7, 23.5}, {18.7, 23.5}},
     {{27.6, 28.4}, {27.6, 28.4}, {27.6, 28.4}},
     {{16.1, 14.1}, {16.1, 14.1}, {16.1, 14.1}}},
};

static void prepare(struct capacity_model *model, unsigned unit, unsigned which)
{
    const double *share = routes[unit][which];
    double whole = share[0] + share[1] + share[2];
    model->beyond[unit][which][0] = share[0] / whole;
    model->beyond[unit][which][1] = (share[0] + share[1]) / whole;
    for (unsigned stop = 0; stop < STOPS; stop++) {
        const double *days = stays[unit][which][stop];
        struct capacity_stay *stay = &model->stay[unit][which][stop];
        variate_lognormal_moments(days[0] * capacity_day_min, days[1] * capacity_day_min, &stay->mu,
                                  &stay->sigma);
    }
}

void capacity_model_init(struct capacity_model *model)
{
    for (unsigned group = 0; group < GROUPS; group++) {
        model->gap_min[group] = gap_days[group] * capacity_day_min;
        model->diagnosis[group] = diagnosis[group];
    }
    for (unsigned unit = 0; unit < UNITS; unit++)
        for (unsigned which = 0; which < DIAGNOSES; which++)
            prepare(model, unit, which);
}

double capacity_mean_inside(const struct capacity_outcome *outcome, enum capacity_unit unit)
{
    double sum = 0.0;
    for (unsigned inside = 0; inside < MOST_INSIDE; inside++)
        sum += (double)inside * outcome->days[unit][inside];
    return sum / AUDITS;
}
