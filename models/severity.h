/* How severe a stroke is: NIHSS on arrival by type, age and sex.
 *
 * Ischaemic strokes: the share of NIHSS 11 or more is that of the age, tilted by sex so that the
 * two sexes together keep it; within and below, NIHSS follows one published distribution.
 * Haemorrhages: bands of NIHSS, evenly within.
 */
#ifndef MODELS_SEVERITY_H
#define MODELS_SEVERITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { AGE_CLASSES = 11, NIHSS_CLASSES = 43, ICH_CLASSES = 5, NIHSS_SEVERE = 11, SEXES = 2 };

struct severity {
    double nihss_cumulative[NIHSS_CLASSES]; /* of ischaemic strokes of all ages */
    double ich_cumulative[ICH_CLASSES];
    double severe[AGE_CLASSES][SEXES]; /* share of NIHSS_SEVERE or more; women, men */
};

/* value: parameters by id; male: share of each age class that is male. False: a table of weights is
 * all 0. */
bool severity_init(struct severity *severity, const double *value, const double male[AGE_CLASSES]);

/* From a uniform; a higher one is never milder. */
uint8_t severity_ischaemic(const struct severity *severity, size_t age_class, bool male, double u);
uint8_t severity_haemorrhage(const struct severity *severity, double u);

/* Share of ischaemic strokes, or of haemorrhages, with an NIHSS below this. */
double severity_ischaemic_below(const struct severity *severity, size_t age_class, bool male,
                                double nihss);
double severity_haemorrhage_below(const struct severity *severity, double nihss);

/* Running shares of weights, 1 at the end; false when they are all 0. May work in place. */
bool cumulate(const double *weight, size_t n, double *cumulative);

#endif
