/* Outcome targets: what somebody wants a service to reach, and how surely a configuration does.
 *
 * A target is a metric with a bound, of a hospital, of a sector's hospitals together or of all. It
 * is met if the mean over replications is. How surely has three sides, as every figure has: whether
 * the 95% interval of the mean lies on one side of the bound (how well computed), in how many
 * replications the figure as drawn meets it (one year and the next), and in how many draws of the
 * uncertain parameters (the evidence). Targets change nothing of what is simulated.
 */
#ifndef SCENARIOS_TARGET_H
#define SCENARIOS_TARGET_H

#include <stdbool.h>
#include <stddef.h>

#include "scenarios/experiment.h"
#include "sim/estimate.h"

enum target_bound { TARGET_AT_LEAST, TARGET_AT_MOST };
enum target_of { TARGET_OF_ALL, TARGET_OF_HOSPITAL, TARGET_OF_SECTOR };

/* The hospitals of a place, as one configuration numbers them; none: it has no such hospital. */
struct target_units {
    size_t *hospital;
    size_t hospitals;
};

/* Owns its texts and arrays. */
struct target {
    char *name; /* the scenario's, if it is `named`; else made from what it asks */
    bool named;
    char *place; /* the hospital's or sector's name; NULL: all */
    enum target_of of;
    enum metric metric;           /* of all */
    enum unit_metric unit_metric; /* of a hospital or a sector */
    bool against_baseline;        /* of all: the difference from the baseline */
    enum target_bound bound;
    double limit;               /* in the metric's unit */
    bool *applies;              /* to each configuration of the design */
    struct target_units *units; /* one a configuration; NULL: of all */
    size_t configurations;
};

void target_fini(struct target *target);
const char *target_metric_name(const struct target *target);
const char *target_metric_unit(const struct target *target);
const char *target_bound_name(enum target_bound bound); /* at_least, at_most */

/* Whether a figure meets it; at the limit it does. */
bool target_is_met(const struct target *target, double value);

/* Whether a target asks for figures of hospitals, so that draws of the evidence must keep them. */
bool target_any_of_units(const struct target target[], size_t targets);

/* One replication of a configuration. */
struct target_run {
    const struct service *service;
    size_t configuration;
    const struct ledger *baseline, *ledger;
    double years; /* of the window */
};

/* The figure that is held against the bound. Of a hospital or sector: all patients of its hospitals
 * together. as_drawn matters to metrics by probability alone, and units have those only as expected
 * (deaths_90d). NAN: does not apply. */
double target_value(const struct target *target, const struct target_run *run, bool as_drawn);

/* What an experiment says of a target in one of its arms. */
struct target_verdict {
    bool asked;           /* else: not of this configuration, or its difference from itself */
    bool unstable;        /* it, or the baseline of a difference: not met, and no figure quoted */
    bool known;           /* else: the figure does not apply */
    struct estimate mean; /* at 95%; all NAN unless known */
    bool met;             /* by the mean */
    bool surely;          /* computed: the interval lies on one side of the limit */
    double years_met;     /* share of replications that have the figure; NAN: none */
    double evidence_met;  /* share of draws; NAN without draws */
};

struct target_verdict target_judge(const struct experiment *experiment, size_t arm, size_t target);

#endif
