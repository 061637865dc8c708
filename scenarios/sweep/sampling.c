#include "scenarios/sweep/sampling.h"

#include <assert.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_qrng.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "models/model.h"
#include "sim/sampler.h"

/* GSL's Sobol points are multiples of 2^-30, and it has as many of them. */
enum { SOBOL_DIGITS = 30 };

/* Random numbers are told apart by the place of the replication. */
enum use { USE_STRATA, USE_WITHIN, USE_TRAJECTORY, USE_SHIFT };

struct sampling {
    struct sampling_plan plan;
    uint64_t points;
    size_t *levels;     /* grid */
    uint32_t *stratum;  /* lhs: factor by factor, that of each point */
    gsl_qrng *sequence; /* sobol, halton, sobol_indices */
    uint64_t at;        /* number of the sequence's point in coordinate; 0: the origin */
    double *coordinate;
    uint32_t *shift; /* sobol_indices: of each dimension */
    size_t *order;   /* morris: of the factors in a trajectory */
};

const char *sampling_kind_name(enum sampling_kind kind)
{
    static const char *const name[SAMPLING_KINDS] = {
        [SAMPLING_GRID] = "grid",     [SAMPLING_LIST] = "list",
        [SAMPLING_LHS] = "lhs",       [SAMPLING_SOBOL] = "sobol",
        [SAMPLING_HALTON] = "halton", [SAMPLING_OAT] = "oat",
        [SAMPLING_MORRIS] = "morris", [SAMPLING_SOBOL_INDICES] = "sobol_indices",
        [SAMPLING_PSA] = "psa",
    };
    return name[kind];
}

static struct stream stream_of(const struct sampling *sampling, enum use use)
{
    return (struct stream){sampling->plan.seed, (uint64_t)use, DOMAIN_DESIGN};
}

/* False: more than a uint64_t holds. */
static bool times(uint64_t *product, uint64_t factor)
{
    if (factor != 0 && *product > UINT64_MAX / factor)
        return false;
    *product *= factor;
    return true;
}

static bool grid_points(const struct sampling_plan *plan, uint64_t *points)
{
    *points = 1;
    /* A factor without a level leaves no point, however many the others have. */
    for (size_t f = 0; f < plan->factors; f++)
        if (plan->levels[f] == 0)
            *points = 0;
    for (size_t f = 0; f < plan->factors; f++)
        if (!times(points, plan->levels[f]))
            return false;
    return true;
}

/* Dimensions and points of the sequence that the plan goes through; 0: none. */
static size_t dimensions(const struct sampling_plan *plan)
{
    if (plan->kind == SAMPLING_SOBOL_INDICES)
        return 2 * plan->factors;
    return plan->kind == SAMPLING_SOBOL || plan->kind == SAMPLING_HALTON ? plan->factors : 0;
}

static size_t most_factors(enum sampling_kind kind)
{
    if (kind == SAMPLING_SOBOL_INDICES)
        return SAMPLING_SOBOL_FACTORS / 2;
    if (kind == SAMPLING_SOBOL)
        return SAMPLING_SOBOL_FACTORS;
    return kind == SAMPLING_HALTON ? SAMPLING_HALTON_FACTORS : SIZE_MAX;
}

static uint64_t greatest_size(enum sampling_kind kind)
{
    if (kind == SAMPLING_SOBOL || kind == SAMPLING_SOBOL_INDICES)
        return (UINT64_C(1) << SOBOL_DIGITS) - 1;
    return kind == SAMPLING_HALTON || kind == SAMPLING_LHS ? UINT32_MAX : UINT64_MAX;
}

enum sampling_status sampling_plan_points(const struct sampling_plan *plan, uint64_t *points)
{
    bool fits = true;
    *points = 0;
    if (plan->factors > most_factors(plan->kind))
        return SAMPLING_TOO_MANY_FACTORS;
    if (plan->kind == SAMPLING_GRID) {
        fits = grid_points(plan, points);
    } else if (plan->kind == SAMPLING_OAT) {
        *points = 1 + 2 * (uint64_t)plan->factors;
    } else {
        *points = plan->size;
        fits = plan->size <= greatest_size(plan->kind);
        if (plan->kind == SAMPLING_MORRIS)
            fits = fits && times(points, (uint64_t)plan->factors + 1);
        if (plan->kind == SAMPLING_SOBOL_INDICES)
            fits = fits && times(points, (uint64_t)plan->factors + 2);
    }
    return fits ? SAMPLING_OK : SAMPLING_TOO_MANY_POINTS;
}

static bool grid_begin(struct sampling *sampling)
{
    size_t factors = sampling->plan.factors;
    sampling->levels = calloc(factors + 1, sizeof *sampling->levels);
    if (sampling->levels == NULL)
        return false;
    for (size_t f = 0; f < factors; f++)
        sampling->levels[f] = sampling->plan.levels[f];
    return true;
}

static bool lhs_begin(struct sampling *sampling)
{
    size_t factors = sampling->plan.factors, n = (size_t)sampling->plan.size;
    if (factors == 0 || n == 0)
        return true;
    sampling->stratum = calloc(n, factors * sizeof *sampling->stratum);
    if (sampling->stratum == NULL)
        return false;
    struct stream stream = stream_of(sampling, USE_STRATA);
    for (size_t f = 0; f < factors; f++) {
        uint32_t *stratum = &sampling->stratum[f * n];
        for (size_t i = 0; i < n; i++)
            stratum[i] = (uint32_t)i;
        struct sampler sampler;
        sampler_init(&sampler, &stream, f);
        gsl_rng rng = sampler_gsl(&sampler);
        gsl_ran_shuffle(&rng, stratum, n, sizeof *stratum);
    }
    return true;
}

static bool morris_begin(struct sampling *sampling)
{
    if (sampling->plan.morris_levels == 0)
        sampling->plan.morris_levels = SAMPLING_MORRIS_LEVELS;
    assert(sampling->plan.morris_levels % 2 == 0);
    sampling->order = calloc(sampling->plan.factors + 1, sizeof *sampling->order);
    return sampling->order != NULL;
}

static bool sequence_begin(struct sampling *sampling, size_t n)
{
    const gsl_qrng_type *type =
        sampling->plan.kind == SAMPLING_HALTON ? gsl_qrng_halton : gsl_qrng_sobol;
    sampling->sequence = gsl_qrng_alloc(type, (unsigned)n);
    sampling->coordinate = calloc(n, sizeof *sampling->coordinate);
    sampling->shift = calloc(n, sizeof *sampling->shift);
    if (sampling->sequence == NULL || sampling->coordinate == NULL || sampling->shift == NULL)
        return false;
    struct stream stream = stream_of(sampling, USE_SHIFT);
    for (size_t d = 0; d < n; d++) {
        uint64_t bits[STREAM_LANES];
        stream_bits(&stream, d, 0, bits);
        sampling->shift[d] = (uint32_t)(bits[0] >> (64 - SOBOL_DIGITS));
    }
    return true;
}

static bool begin(struct sampling *sampling)
{
    size_t n = dimensions(&sampling->plan);
    if (sampling->plan.kind == SAMPLING_GRID)
        return grid_begin(sampling);
    if (sampling->plan.kind == SAMPLING_LHS)
        return lhs_begin(sampling);
    if (sampling->plan.kind == SAMPLING_MORRIS)
        return morris_begin(sampling);
    return n == 0 || sequence_begin(sampling, n);
}

enum sampling_status sampling_new(struct sampling **sampling, const struct sampling_plan *plan)
{
    *sampling = NULL;
    gsl_set_error_handler_off(); /* GSL's default aborts; its results are checked instead */
    uint64_t points;
    enum sampling_status status = sampling_plan_points(plan, &points);
    if (status != SAMPLING_OK)
        return status;
    struct sampling *made = calloc(1, sizeof *made);
    if (made == NULL)
        return SAMPLING_NO_MEMORY;
    made->plan = *plan;
    made->points = points;
    if (!begin(made)) {
        sampling_free(made);
        return SAMPLING_NO_MEMORY;
    }
    made->plan.levels = made->levels; /* the caller's may go */
    *sampling = made;
    return SAMPLING_OK;
}

void sampling_free(struct sampling *sampling)
{
    if (sampling == NULL)
        return;
    if (sampling->sequence != NULL)
        gsl_qrng_free(sampling->sequence);
    free(sampling->levels);
    free(sampling->stratum);
    free(sampling->coordinate);
    free(sampling->shift);
    free(sampling->order);
    free(sampling);
}

uint64_t sampling_points(const struct sampling *sampling)
{
    return sampling->points;
}

const struct sampling_plan *sampling_plan_of(const struct sampling *sampling)
{
    return &sampling->plan;
}

static void grid_point(const struct sampling *sampling, uint64_t number, double unit[])
{
    for (size_t f = sampling->plan.factors; f-- > 0;) {
        uint64_t levels = sampling->levels[f];
        unit[f] = ((double)(number % levels) + 0.5) / (double)levels;
        number /= levels;
    }
}

static void lhs_point(const struct sampling *sampling, uint64_t number, double unit[])
{
    struct stream stream = stream_of(sampling, USE_WITHIN);
    uint64_t n = sampling->plan.size;
    double uniform[STREAM_LANES];
    for (size_t f = 0; f < sampling->plan.factors; f++) {
        if (f % STREAM_LANES == 0)
            stream_block(&stream, number, f / STREAM_LANES, uniform);
        double place = sampling->stratum[f * n + number] + uniform[f % STREAM_LANES];
        /* The last place of the last stratum would round to 1. */
        unit[f] = fmin(place / (double)n, 1 - 0x1p-53);
    }
}

static void oat_point(const struct sampling *sampling, uint64_t number, double unit[])
{
    for (size_t f = 0; f < sampling->plan.factors; f++)
        unit[f] = NAN;
    if (number > 0)
        unit[(number - 1) / 2] = number % 2 == 1 ? 0 : 1;
}

/* A trajectory begins at a random place of the levels from which every factor can make one step of
 * half of them (the delta of Morris, p / (2 (p - 1)) of the range), and takes these in random
 * order, each up or down as likely. */
static void morris_point(struct sampling *sampling, uint64_t number, double unit[])
{
    size_t factors = sampling->plan.factors;
    unsigned levels = sampling->plan.morris_levels, half = levels / 2;
    struct stream stream = stream_of(sampling, USE_TRAJECTORY);
    struct sampler sampler;
    sampler_init(&sampler, &stream, number / (factors + 1));
    gsl_rng rng = sampler_gsl(&sampler);
    for (size_t f = 0; f < factors; f++)
        sampling->order[f] = f;
    gsl_ran_shuffle(&rng, sampling->order, factors, sizeof *sampling->order);
    for (size_t step = 0; step < factors; step++) {
        unsigned long low = gsl_rng_uniform_int(&rng, half);
        bool up = gsl_rng_uniform_int(&rng, 2) == 1;
        bool done = step < number % (factors + 1);
        unit[sampling->order[step]] =
            (double)(low + (up == done ? half : 0)) / (double)(levels - 1);
    }
}

/* Makes `coordinate` the point of this number, the origin being 0. */
static void seek(struct sampling *sampling, uint64_t number)
{
    if (sampling->sequence == NULL) /* no factors */
        return;
    if (number < sampling->at) {
        gsl_qrng_init(sampling->sequence);
        memset(sampling->coordinate, 0, dimensions(&sampling->plan) * sizeof *sampling->coordinate);
        sampling->at = 0;
    }
    for (; sampling->at < number; sampling->at++)
        gsl_qrng_get(sampling->sequence, sampling->coordinate);
}

static double shifted(const struct sampling *sampling, size_t dimension)
{
    uint32_t digits = (uint32_t)(sampling->coordinate[dimension] * 0x1p30);
    return ((double)(digits ^ sampling->shift[dimension]) + 0.5) * 0x1p-30;
}

static void indices_point(struct sampling *sampling, uint64_t number, double unit[])
{
    size_t factors = sampling->plan.factors;
    uint64_t which = number % (factors + 2); /* A, B, A with factor 0 of B, ... */
    seek(sampling, number / (factors + 2));
    for (size_t f = 0; f < factors; f++)
        unit[f] = shifted(sampling, which == 1 || which == f + 2 ? factors + f : f);
}

void sampling_point(struct sampling *sampling, uint64_t point, double unit[])
{
    assert(point >= 1 && point <= sampling->points);
    uint64_t number = point - 1;
    switch (sampling->plan.kind) {
    case SAMPLING_GRID:
        grid_point(sampling, number, unit);
        break;
    case SAMPLING_LHS:
        lhs_point(sampling, number, unit);
        break;
    case SAMPLING_OAT:
        oat_point(sampling, number, unit);
        break;
    case SAMPLING_MORRIS:
        morris_point(sampling, number, unit);
        break;
    case SAMPLING_SOBOL_INDICES:
        indices_point(sampling, number, unit);
        break;
    case SAMPLING_SOBOL:
    case SAMPLING_HALTON:
        seek(sampling, point);
        memcpy(unit, sampling->coordinate, sampling->plan.factors * sizeof *unit);
        break;
    case SAMPLING_LIST:
    case SAMPLING_PSA:
    case SAMPLING_KINDS:
        break;
    }
}
