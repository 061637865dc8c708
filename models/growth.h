/* Growth: how demand changes over the years of a run, by age band.
 *
 * A factor on the strokes and mimics of an age band, 1 at the start: so much a year, compounded
 * without steps, times what a table of projections says, in straight lines between its rows. Before
 * the window and after it demand is as at its beginning and at its end, so a warm-up is as without
 * growth, and the largest factor of a run is known before anybody is drawn.
 */
#ifndef MODELS_GROWTH_H
#define MODELS_GROWTH_H

#include <stdbool.h>
#include <stddef.h>

#include "models/parameters.h"
#include "models/region.h"

struct growth_row {
    double year;              /* since the window began; rising from row to row */
    double factor[AGE_BANDS]; /* of the demand at the start */
};

/* A table of projections; no rows: none. It owns its rows. */
struct growth_table {
    size_t rows;
    struct growth_row *row;
};

struct growth {
    double per_year[AGE_BANDS];       /* 0.02: 2% more every year */
    const struct growth_table *table; /* the caller's */
};

/* From demand.growth_*; the table must outlive the growth. */
void growth_init(struct growth *growth, const struct parameters *parameters,
                 const struct growth_table *table);

/* Whether demand ever changes. */
bool growth_is_any(const struct growth *growth);

/* The factor so many years after the window began; not below 0. */
double growth_factor(const struct growth *growth, enum age_band band, double years);

/* A bound on every factor of the years from 0 to this; 1 without growth. */
double growth_most(const struct growth *growth, double years);

#endif
