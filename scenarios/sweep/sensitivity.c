#include "scenarios/sweep/sensitivity.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "sim/estimate.h"
#include "sim/tally.h"

static const double level = 0.95, normal_975 = 1.959963984540054;

double sensitivity_share_of_noise(const double y[], const double variance[], uint64_t points)
{
    struct tally figure = {0}, noise = {0};
    for (uint64_t i = 0; i < points; i++) {
        if (isnan(y[i]) || isnan(variance[i]))
            continue;
        tally_add(&figure, y[i]);
        tally_add(&noise, variance[i]);
    }
    double all = tally_variance(&figure);
    return all > 0 ? noise.mean / all : NAN;
}

/* y[a] - y[b]. */
static struct interval difference(const double y[], const double variance[], size_t a, size_t b)
{
    if (variance == NULL)
        return interval_none(y[a] - y[b]);
    double half = normal_975 * sqrt(variance[a] + variance[b]);
    double value = y[a] - y[b];
    return (struct interval){value, value - half, value + half};
}

void sensitivity_oat(struct sampling *oat, const double y[], const double variance[],
                     struct oat_effect effect[])
{
    const struct sampling_plan *plan = sampling_plan_of(oat);
    assert(plan->kind == SAMPLING_OAT);
    for (size_t f = 0; f < plan->factors; f++) {
        size_t low = 1 + 2 * f, high = low + 1;
        effect[f].low = difference(y, variance, low, 0);
        effect[f].high = difference(y, variance, high, 0);
        effect[f].swing = difference(y, variance, high, low);
    }
}

/* Of Morris's design: factor by factor, the effect of each trajectory, and the mean variance that
 * noise gives it. */
struct effects {
    size_t factors, trajectories;
    double *effect;
    struct tally *noise;
    double *before, *after; /* two points of a trajectory */
};

static bool effects_begin(struct effects *effects, const struct sampling_plan *plan)
{
    size_t k = plan->factors, r = (size_t)plan->size;
    *effects = (struct effects){.factors = k, .trajectories = r};
    effects->effect = calloc(r + 1, (k + 1) * sizeof *effects->effect);
    effects->noise = calloc(k + 1, sizeof *effects->noise);
    effects->before = calloc(k + 1, sizeof *effects->before);
    effects->after = calloc(k + 1, sizeof *effects->after);
    return effects->effect != NULL && effects->noise != NULL && effects->before != NULL &&
           effects->after != NULL;
}

static void effects_end(struct effects *effects)
{
    free(effects->effect);
    free(effects->noise);
    free(effects->before);
    free(effects->after);
}

/* The step from one point to the next, `point` from 1: which factor moved says the points. */
static void effects_step(struct effects *effects, struct sampling *morris, uint64_t point,
                         const double y[], const double variance[])
{
    sampling_point(morris, point, effects->before);
    sampling_point(morris, point + 1, effects->after);
    size_t factor = 0;
    while (effects->after[factor] == effects->before[factor])
        factor++;
    double step = effects->after[factor] - effects->before[factor];
    uint64_t trajectory = (point - 1) / (effects->factors + 1);
    double effect = (y[point] - y[point - 1]) / step;
    effects->effect[factor * effects->trajectories + trajectory] = effect;
    if (variance != NULL && !isnan(effect))
        tally_add(&effects->noise[factor], (variance[point] + variance[point - 1]) / (step * step));
}

struct elementary {
    struct tally plain, absolute;
};

/* place NULL: each trajectory once. */
static struct elementary elementary_of(const double effect[], const size_t place[], size_t n)
{
    struct elementary of = {0};
    for (size_t t = 0; t < n; t++) {
        double value = effect[place != NULL ? place[t] : t];
        if (isnan(value))
            continue;
        tally_add(&of.plain, value);
        tally_add(&of.absolute, fabs(value));
    }
    return of;
}

static void morris_of(const struct effects *effects, size_t factor, const size_t place[],
                      double resampled[2][RESAMPLES], struct morris_effect *result)
{
    size_t n = effects->trajectories;
    const double *effect = &effects->effect[factor * n];
    struct elementary all = elementary_of(effect, NULL, n);
    struct estimate mu = estimate_from_tally(&all.plain, level);
    for (size_t r = 0; r < RESAMPLES; r++) {
        struct elementary drawn = elementary_of(effect, &place[r * n], n);
        resampled[0][r] = drawn.absolute.n > 0 ? drawn.absolute.mean : NAN;
        resampled[1][r] = tally_sd(&drawn.plain);
    }
    result->n = all.plain.n;
    result->mu = (struct interval){mu.mean, mu.low, mu.high};
    result->mu_star = resample_interval(all.absolute.n > 0 ? all.absolute.mean : NAN, resampled[0]);
    result->sigma = resample_interval(tally_sd(&all.plain), resampled[1]);
    if (all.plain.n < 2) {
        result->mu_star = interval_none(result->mu_star.value);
        result->sigma = interval_none(result->sigma.value);
    }
    const struct tally *noise = &effects->noise[factor];
    result->sigma_noise = noise->n > 0 ? sqrt(noise->mean) : NAN;
}

/* The trajectories of every resample. NULL: no memory. */
static size_t *all_places(uint64_t seed, size_t n)
{
    size_t *place = calloc(RESAMPLES, (n + 1) * sizeof *place);
    for (size_t r = 0; place != NULL && r < RESAMPLES; r++)
        resample_places(seed, r, n, &place[r * n]);
    return place;
}

bool sensitivity_morris(struct sampling *morris, const double y[], const double variance[],
                        uint64_t seed, struct morris_effect effect[])
{
    const struct sampling_plan *plan = sampling_plan_of(morris);
    assert(plan->kind == SAMPLING_MORRIS);
    struct effects effects;
    double(*resampled)[RESAMPLES] = calloc(2, sizeof *resampled);
    size_t *place = all_places(seed, (size_t)plan->size);
    bool made = effects_begin(&effects, plan) && resampled != NULL && place != NULL;
    if (made) {
        for (uint64_t point = 1; point < sampling_points(morris); point++)
            if (point % (plan->factors + 1) != 0) /* not from one trajectory to the next */
                effects_step(&effects, morris, point, y, variance);
        for (size_t f = 0; f < plan->factors; f++)
            morris_of(&effects, f, place, resampled, &effect[f]);
    }
    effects_end(&effects);
    free(resampled);
    free(place);
    return made;
}

/* Of the design for Sobol indices: the figures of whole base points, A, B, A with factor 0 of B,
 * ..., less the mean of all A and B. */
struct bases {
    size_t n, factors;
    double *y;
    double mean;
    double noise; /* mean variance; NAN: not known */
    double taken; /* of it, out of the indices */
};

static bool is_whole(const double y[], size_t points)
{
    for (size_t i = 0; i < points; i++)
        if (isnan(y[i]))
            return false;
    return true;
}

static bool bases_begin(struct bases *bases, const struct sampling_plan *plan, const double y[],
                        const double variance[])
{
    size_t row = plan->factors + 2;
    struct tally figure = {0}, noise = {0};
    *bases = (struct bases){.factors = plan->factors};
    bases->y = calloc((size_t)plan->size + 1, row * sizeof *bases->y);
    if (bases->y == NULL)
        return false;
    for (size_t b = 0; b < plan->size; b++) {
        if (!is_whole(&y[b * row], row))
            continue;
        for (size_t i = 0; i < row; i++) {
            bases->y[bases->n * row + i] = y[b * row + i];
            tally_add(&noise, variance != NULL ? variance[b * row + i] : NAN);
            if (i < 2)
                tally_add(&figure, y[b * row + i]);
        }
        bases->n++;
    }
    bases->mean = bases->n > 0 ? figure.mean : NAN;
    bases->noise = bases->n > 0 ? noise.mean : NAN;
    /* The estimator of the first index multiplies figures: less so when they lie around 0. */
    for (size_t i = 0; i < bases->n * row; i++)
        bases->y[i] -= bases->mean;
    return true;
}

static double total_variance(const struct bases *bases, const size_t place[])
{
    struct tally tally = {0};
    for (size_t b = 0; b < bases->n; b++) {
        const double *y = &bases->y[(place != NULL ? place[b] : b) * (bases->factors + 2)];
        tally_add(&tally, y[0]);
        tally_add(&tally, y[1]);
    }
    return tally_variance(&tally);
}

struct shares {
    double first, total;
};

/* place NULL: each base point once. */
static struct shares shares_of(const struct bases *bases, const size_t place[], size_t factor,
                               double variance)
{
    struct shares sum = {0, 0};
    for (size_t b = 0; b < bases->n; b++) {
        const double *y = &bases->y[(place != NULL ? place[b] : b) * (bases->factors + 2)];
        double mixed = y[2 + factor];
        sum.first += y[1] * (mixed - y[0]);
        sum.total += (y[0] - mixed) * (y[0] - mixed) / 2;
    }
    double n = (double)bases->n, left = variance - bases->taken;
    if (!(left > 0))
        return (struct shares){NAN, NAN};
    return (struct shares){sum.first / n / left, (sum.total / n - bases->taken) / left};
}

/* resampled: first and total of each factor in turn, RESAMPLES each. */
static void resample_shares(const struct bases *bases, uint64_t seed, size_t place[],
                            double resampled[])
{
    for (size_t r = 0; r < RESAMPLES; r++) {
        resample_places(seed, r, bases->n, place);
        double variance = total_variance(bases, place);
        for (size_t f = 0; f < bases->factors; f++) {
            struct shares shares = shares_of(bases, place, f, variance);
            resampled[2 * f * RESAMPLES + r] = shares.first;
            resampled[(2 * f + 1) * RESAMPLES + r] = shares.total;
        }
    }
}

static void indices(const struct bases *bases, double variance, double resampled[],
                    struct sobol_index index[])
{
    for (size_t f = 0; f < bases->factors; f++) {
        struct shares shares = shares_of(bases, NULL, f, variance);
        index[f].first = resample_interval(shares.first, &resampled[2 * f * RESAMPLES]);
        index[f].total = resample_interval(shares.total, &resampled[(2 * f + 1) * RESAMPLES]);
    }
}

bool sensitivity_sobol(struct sampling *sobol_indices, const double y[], const double variance[],
                       bool corrected, uint64_t seed, struct sobol_index index[],
                       struct sobol_indices *summary)
{
    const struct sampling_plan *plan = sampling_plan_of(sobol_indices);
    assert(plan->kind == SAMPLING_SOBOL_INDICES && (variance != NULL || !corrected));
    struct bases bases;
    bool made = bases_begin(&bases, plan, y, variance);
    size_t *place = calloc((size_t)plan->size + 1, sizeof *place);
    double *resampled = calloc(2 * plan->factors + 1, sizeof *resampled * RESAMPLES);
    made = made && place != NULL && resampled != NULL;
    if (made) {
        double all = total_variance(&bases, NULL);
        bases.taken = corrected ? bases.noise : 0;
        resample_shares(&bases, seed, place, resampled);
        indices(&bases, all, resampled, index);
        if (summary != NULL)
            *summary =
                (struct sobol_indices){bases.n, bases.mean, all, all > 0 ? bases.noise / all : NAN};
    }
    free(bases.y);
    free(place);
    free(resampled);
    return made;
}
