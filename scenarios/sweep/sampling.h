/* Points of a designed experiment, in the unit cube: a factor's 0 is the low end of its range, 1
 * the high end, and what lies between is for the caller to say (a straight line, or the quantile of
 * a distribution).
 *
 * A point is a pure function of the plan and its number. GSL's Sobol and Halton begin after the
 * origin, which would be the low end of every factor at once, an infinite quantile of many
 * distributions. For the indices the origin is used: shifted it is a point as any other, and a net
 * of 2^m points is no longer even without it (Owen 2022, doi 10.1007/978-3-030-98319-2_4). The
 * shift is there because A and B of the unshifted sequence agree in their first points.
 *
 * oat and morris reach 0 and 1; all others stay strictly between.
 */
#ifndef SCENARIOS_SWEEP_SAMPLING_H
#define SCENARIOS_SWEEP_SAMPLING_H

#include <stddef.h>
#include <stdint.h>

enum sampling_kind {
    /* All combinations of the factors' levels, the last factor fastest. Level j of n is at
     * (j + 0.5) / n, the middle of its share of the range. */
    SAMPLING_GRID,
    /* Points that come from a file: no coordinates here. */
    SAMPLING_LIST,
    /* Latin hypercube (McKay, Beckman and Conover 1979): of `size` equal strata of every factor
     * each is met once, at a random place within it. */
    SAMPLING_LHS,
    /* The sequences of GSL as they are; the seed does not change them. Of Halton's, factors beyond
     * the tenth or so march in step unless there are many points. */
    SAMPLING_SOBOL,
    SAMPLING_HALTON,
    /* One at a time: first the central point, then of each factor its low and its high end. */
    SAMPLING_OAT,
    /* Trajectories that change one factor a step (Morris 1991, doi
     * 10.1080/00401706.1991.10484804): factors + 1 points each. */
    SAMPLING_MORRIS,
    /* For first and total indices (Saltelli et al. 2010, doi 10.1016/j.cpc.2009.09.018): of each
     * base point A, B, and for each factor A with that coordinate of B. A and B are one Sobol point
     * of twice the dimension, shifted digit by digit by the seed. */
    SAMPLING_SOBOL_INDICES,
    /* Draws of the evidence: no coordinates here. */
    SAMPLING_PSA,
    SAMPLING_KINDS
};

/* As users write it: "sobol_indices". */
const char *sampling_kind_name(enum sampling_kind kind);

enum {
    SAMPLING_SOBOL_FACTORS = 40,    /* dimensions of GSL's Sobol sequence */
    SAMPLING_HALTON_FACTORS = 1229, /* and of its Halton sequence */
    SAMPLING_MORRIS_LEVELS = 4,     /* usual (Morris 1991) */
};

struct sampling_plan {
    enum sampling_kind kind;
    size_t factors;       /* list and psa: 0 */
    const size_t *levels; /* grid: of each factor; read by sampling_new() only */
    uint64_t size; /* points; trajectories of morris; base points of sobol_indices; grid and oat
                      have no use for it */
    unsigned morris_levels; /* even; 0: SAMPLING_MORRIS_LEVELS */
    uint64_t seed;
};

enum sampling_status {
    SAMPLING_OK,
    SAMPLING_NO_MEMORY,
    SAMPLING_TOO_MANY_FACTORS, /* sobol 40, sobol_indices 20, halton 1229 */
    SAMPLING_TOO_MANY_POINTS,  /* sobol and sobol_indices 2^30 - 1 of the sequence, halton and lhs
                                  2^32 - 1; of the others more than a uint64_t holds */
};

struct sampling;

/* How many points a plan has, without making it. */
enum sampling_status sampling_plan_points(const struct sampling_plan *plan, uint64_t *points);

/* To be freed by sampling_free(). If not SAMPLING_OK, *sampling is NULL. */
enum sampling_status sampling_new(struct sampling **sampling, const struct sampling_plan *plan);
void sampling_free(struct sampling *sampling); /* NULL: nothing happens */

uint64_t sampling_points(const struct sampling *sampling);
const struct sampling_plan *sampling_plan_of(const struct sampling *sampling);

/* The coordinates of a point, numbered from 1; NAN: the factor keeps its own value. In any order,
 * but sobol, halton and sobol_indices go through their sequence from its beginning when asked for
 * an earlier point than before. Moves that place, so one sampling a thread. */
void sampling_point(struct sampling *sampling, uint64_t point, double unit[]);

#endif
