/*
 * A published capacity model, an acute stroke unit (ASU) and a rehabilitation unit with as many
 * beds as are wanted: Monks et al., "A modelling tool for capacity planning in acute and community
 * stroke services", BMC Health Services Research 16:530 (2016). Three years of warm-up and five of
 * collection, in which occupancy is audited daily; about 4,800 patients a replication.
 *
 * Here is what its two tellings share: the published figures, and the draws, so that both draw the
 * same numbers for the same patients and must find the same occupancy on every day.
 */
#ifndef BENCH_CAPACITY_H
#define BENCH_CAPACITY_H

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "sim/sampler.h"

enum {
    ASU_GROUPS = 4, /* stroke, TIA, neurological, other, to the ASU */
    GROUPS = 7,     /* then stroke, neurological, other, straight to rehabilitation */
    DIAGNOSES = 4,
    STOPS = 3, /* rehabilitation, early supported discharge (ESD), other */
    WARM_UP_DAYS = 3 * 365,
    AUDITS = 5 * 365,
    MOST_INSIDE = 256, /* with a mean of 18 there are never as many */
};

static const double capacity_day_min = 1440.0;

enum capacity_unit { UNIT_ASU, UNIT_REHAB, UNITS };
enum capacity_stop { STOP_REHAB, STOP_ESD, STOP_OTHER };

struct capacity_stay {
    double mu; /* of the logarithm of minutes */
    double sigma;
};

/* Made once from the published figures. */
struct capacity_model {
    double gap_min[GROUPS]; /* mean */
    unsigned diagnosis[GROUPS];
    double beyond[UNITS][DIAGNOSES][2]; /* a uniform at or beyond 0, 1, 2 of these: which stop */
    struct capacity_stay stay[UNITS][DIAGNOSES][STOPS];
};

void capacity_model_init(struct capacity_model *model);

struct capacity_draws {
    struct sampler gap;
    struct sampler patient;
    gsl_rng normal; /* the patients' sampler as GSL sees it */
};

/* `draws` must stay where it is. */
static inline void capacity_draws_init(struct capacity_draws *draws, uint64_t replication)
{
    const struct stream stream = {.seed = 1, .replication = replication, .domain = 2};
    sampler_init(&draws->gap, &stream, 1);
    sampler_init(&draws->patient, &stream, 2);
    draws->normal = sampler_gsl(&draws->patient);
}

static inline double capacity_gap(const struct capacity_model *model, struct capacity_draws *draws,
                                  unsigned group)
{
    return sampler_exponential(&draws->gap, model->gap_min[group]);
}

/* Where a patient goes from `unit`: it decides how long the stay there is. */
static inline enum capacity_stop capacity_stop(const struct capacity_model *model,
                                               struct capacity_draws *draws,
                                               enum capacity_unit unit, unsigned diagnosis)
{
    const double *beyond = model->beyond[unit][diagnosis];
    double uniform = sampler_uniform(&draws->patient);
    return (enum capacity_stop)((uniform >= beyond[0]) + (uniform >= beyond[1]));
}

static inline double capacity_stay(const struct capacity_model *model, struct capacity_draws *draws,
                                   enum capacity_unit unit, unsigned diagnosis,
                                   enum capacity_stop stop)
{
    const struct capacity_stay *stay = &model->stay[unit][diagnosis][stop];
    return exp(stay->mu + gsl_ran_gaussian_ziggurat(&draws->normal, stay->sigma));
}

/* On how many days so many patients were in the unit. */
struct capacity_outcome {
    uint32_t days[UNITS][MOST_INSIDE];
    uint64_t patients;
};

/* Memory for one replication at a time. NULL: out of memory. */
struct capacity_world;
struct capacity_world *capacity_new(const struct capacity_model *model);
void capacity_free(struct capacity_world *world);

/* One replication through the public API: a process for the arrivals of each group, one for every
 * patient, one for the audit, two resources with their statistics. False: out of memory, or too
 * many inside. */
bool capacity_run(struct capacity_world *world, uint64_t replication,
                  struct capacity_outcome *outcome);

/* The same as bare callbacks, with nothing but the audit. */
struct capacity_floor;
struct capacity_floor *capacity_floor_new(const struct capacity_model *model);
void capacity_floor_free(struct capacity_floor *floor);
bool capacity_floor_run(struct capacity_floor *floor, uint64_t replication,
                        struct capacity_outcome *outcome);

double capacity_mean_inside(const struct capacity_outcome *outcome, enum capacity_unit unit);

#endif
