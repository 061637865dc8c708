/* Demand: the patients of one replication, in the order in which they fall ill.
 *
 * Arrivals at the reference journey follow the published pattern of hour and weekday; the onset
 * lies the patient's own onset-to-arrival time before. Strokes and mimics are Poisson processes of
 * their own, so that more mimics leave every stroke patient as it was.
 *
 * A smaller demand is a subset of a larger one: patients come in layers of the areas' own demand,
 * each candidate with a number in [layer, layer + 1), and those below demand.multiplier, times the
 * growth until then of their age band, exist. Where a patient stands among those who might exist is
 * the patient's rank, by which a service that prevents strokes leaves out the last of them.
 * Patients are numbered from 1 in the order of reference arrival; those of further layers and the
 * mimics have numbers of their own (the constants below).
 */
#ifndef MODELS_DEMAND_H
#define MODELS_DEMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/case_mix.h"
#include "models/growth.h"
#include "models/patient.h"
#include "sim/stream.h"

#define DEMAND_LAYER_NUMBERS UINT64_C(100000000)    /* numbers of a layer */
#define DEMAND_MIMIC_NUMBERS UINT64_C(100000000000) /* where the mimics' begin */

/* Owns its arrays; all NULL and 0 is an empty cohort, which keeps its memory when redrawn. */
struct cohort {
    struct patient *patient;
    uint32_t *order; /* patients by onset */
    uint32_t *first; /* scratch for ordering them */
    size_t count, capacity;
};

struct demand;

/* What the cohort must cover. */
struct demand_span {
    double window_start_min, window_end_min; /* onsets that count */
    bool later_patients; /* whether patients after the window are wanted, for the beds they take */
    bool steady;         /* demand stays as at the window's beginning, for finding the warm-up */
};

/* Larger demands than so many times the areas' own are refused, as a slip. */
enum { DEMAND_MOST_LAYERS = 64 };

/* start_weekday: 0 is a Monday; the day on which simulated time begins. The mix and the table of
 * projections must outlive it. NULL: out of memory, or the week has no weight. */
struct demand *demand_new(const struct case_mix *mix, const struct parameters *parameters,
                          const struct growth_table *projections, int start_weekday);
void demand_free(struct demand *demand); /* legal with NULL */

/* A bound on how many times the areas' own demand comes at any time of so many years. */
double demand_most(const struct demand *demand, double years);

/* Whether demand changes over the years; its factors so many years after the window began. */
bool demand_grows(const struct demand *demand);
void demand_growth(const struct demand *demand, double years, double factor[AGE_BANDS]);

/* The cohort of a stream's replication. False: out of memory. */
bool cohort_draw(const struct demand *demand, const struct stream *stream,
                 const struct demand_span *span, struct cohort *cohort);
void cohort_fini(struct cohort *cohort);

#endif
