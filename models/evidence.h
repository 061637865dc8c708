/* How sure the evidence is: parameters drawn jointly from their stated uncertainty.
 *
 * A spread is a family and its 2.5 and 97.5% points. Beta and gamma distributions are fitted to the
 * two points when the evidence is made ready, odds ratios and times are lognormal, and a row of the
 * modified Rankin Scale is a Dirichlet distribution with an effective size. A draw is one uniform a
 * parameter turned by inverse, keyed by (seed, draw, parameter): two configurations that hold the
 * same parameter uncertain draw the same luck. Rows of one stroke type share their uniforms and are
 * kept in order (thrombolysis at onset is never worse than none, at no effect never better).
 * A parameter without a range is fixed.
 */
#ifndef MODELS_EVIDENCE_H
#define MODELS_EVIDENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "models/parameters.h"
#include "sim/stream.h"

/* The uncertainty of one parameter in one configuration; family fixed: certain. */
struct spread {
    enum parameter_family family;
    double low, high; /* 2.5 and 97.5% points */
    double size;      /* effective size of a Dirichlet row */
};

/* The dictionary's own uncertainty. */
void spread_default(enum parameter_id id, struct spread *spread);

/* Whether a fitted distribution can have these points (0 <= low < high, within the family). */
bool spread_is_possible(const struct spread *spread);

/* A distribution ready to be inverted. */
struct fitted {
    enum parameter_family family;
    double a, b; /* beta: shapes; gamma: shape and scale; lognormal: mu and sigma */
};

/* Fits the family to the two points. False: the fit was not found (family becomes fixed). */
bool spread_fit(const struct spread *spread, struct fitted *fitted);

/* The value at a uniform. */
double fitted_inverse(const struct fitted *fitted, double uniform);

struct evidence {
    struct fitted fitted[PARAMETER_COUNT];
    double row_size[PARAMETER_COUNT]; /* of the first cell of an uncertain row, otherwise 0 */
};

/* False: a spread could not be fitted; *which is its parameter. */
bool evidence_init(struct evidence *evidence, const struct spread spread[PARAMETER_COUNT],
                   enum parameter_id *which);

/* Draw `stream->replication` of the uncertain parameters around `central`. */
void evidence_draw(const struct evidence *evidence, const struct stream *stream,
                   const struct parameters *central, struct parameters *drawn);

/* The same, and what was drawn already from the same stream for another configuration is taken from
 * there: every parameter that both hold equally uncertain, and the rows if they are all alike. */
struct evidence_drawn {
    const struct evidence *evidence;
    const struct parameters *central, *drawn;
};
void evidence_draw_like(const struct evidence *evidence, const struct stream *stream,
                        const struct parameters *central, const struct evidence_drawn *other,
                        struct parameters *drawn);

#endif
