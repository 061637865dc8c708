/* What was observed, to be held beside the results: one file that a scenario may name.
 *
 * Nothing that is computed knows of it; only the results' own observed.csv reads it, so that no
 * result can be fitted to it by accident. A figure is of one configuration: its value, its
 * difference from the scenario's first configuration (itself less the first; lives_saved as
 * everywhere), or that difference as a share of the first's value.
 */
#ifndef SCENARIOS_OBSERVED_H
#define SCENARIOS_OBSERVED_H

#include <stdbool.h>
#include <stddef.h>

#include "scenarios/experiment.h"

enum observed_comparison {
    OBSERVED_VALUE,
    OBSERVED_DIFFERENCE,
    OBSERVED_RELATIVE,
    OBSERVED_COMPARISONS
};

struct observed {
    char *measure, *source;
    enum observed_comparison comparison;
    size_t configuration;         /* of the design */
    unsigned roles;               /* not 0: of each hospital that has these; then a value */
    enum metric metric;           /* of all, ... */
    enum unit_metric unit_metric; /* ... or of hospitals */
    double estimate, low, high;   /* NAN: not given */
};

/* The words of a comparison; and back, or -1. */
const char *observed_comparison_name(enum observed_comparison comparison);
int observed_comparison_find(const char *name);

const char *observed_metric_name(const struct observed *observed);
const char *observed_unit(const struct observed *observed); /* "share" of a relative difference */

void observed_fini(struct observed *observed);

/* Whether an experiment has what the figure is of: its configuration, and for a difference the
 * scenario's first as the baseline. */
bool observed_applies(const struct observed *observed, const struct experiment *experiment);

struct prediction {
    double mean, low, high; /* NAN: not known */
};

/* The same figure of an experiment to which it applies. low and high: of a value the 95% interval
 * of its mean; of a difference the range of the evidence, as a share of the central value of the
 * first if relative; of hospitals the lowest and the highest of them. */
struct prediction observed_predict(const struct observed *observed,
                                   const struct experiment *experiment);

#endif
