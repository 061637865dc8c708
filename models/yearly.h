/* Year by year: what a run of several years says of each of them.
 *
 * A year is 365 days of the window; what is left over at its end belongs to none. Beds are those in
 * use at midnight, strokes and deaths those of the year's onsets. A place is a hospital, or after
 * the last hospital all of them together.
 */
#ifndef MODELS_YEARLY_H
#define MODELS_YEARLY_H

#include <stddef.h>

#include "models/pathway.h"

enum { YEAR_DAYS = 365 };

/* Beds of a kind in use over the days of a year. */
struct year_beds {
    double mean, p95;
};

struct year_account {
    double strokes; /* by where they are treated first */
    double deaths;  /* by day 90, as expected from their probabilities */
    struct year_beds beds[BED_KINDS];
};

/* Whole years of a window. */
size_t yearly_years(double window_days);

/* Fills years x (hospitals + 1) accounts after pathway_execute(), year by year. */
void yearly_fill(struct year_account *account, const struct pathway *pathway,
                 const struct pathway_run *run);

/* Beds of a kind that a hospital has by its table, or all have (the place after the last), on
 * average over a year of the window (0 is its first); counted whether or not patients wait for
 * them. NAN: none are, or somebody's have no number. */
double yearly_beds_counted(const struct service *service, size_t place, enum bed_kind kind,
                           size_t year);

#endif
