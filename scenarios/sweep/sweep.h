/* A designed experiment: every point of a plan run over a scenario, all configurations against the
 * baseline on the same patients, and every point on the same ones too.
 *
 * Points run in parallel, a point a thread, and are delivered in their order, so the tables are the
 * same bytes for any number of threads. The warm-up is the scenario's as it stands, one number for
 * all points. A point that its values make impossible (a policy that finds no hospital, a rate that
 * cannot be reached) has no figures and says why; it does not stop the others.
 */
#ifndef SCENARIOS_SWEEP_SWEEP_H
#define SCENARIOS_SWEEP_SWEEP_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "scenarios/experiment.h"
#include "scenarios/sweep/plan.h"
#include "sim/estimate.h"

/* What was found at one point, with 95% intervals. Without figures: replications 0. */
struct sweep_point {
    uint64_t point;
    uint64_t replications;
    bool *unstable;              /* of each configuration */
    struct estimate *summary;    /* configurations x METRIC_COUNT; n 0: does not apply */
    struct estimate *difference; /* from the first of them */
    char why[300];               /* there are none */
};

struct sweep {
    const char *scenario_path;
    const struct scenario_options *scenario_options;
    const struct scenario *scenario; /* as it stands, prepared */
    const struct sweep_plan *plan;
    const size_t *configuration; /* places in the design; the baseline first */
    size_t configurations;
    double warm_up_days;
    uint64_t points; /* of the whole design */
};

/* Checks the factors' keys and all their values against the scenario, by reading it with them. */
bool sweep_check(const struct sweep_plan *plan, const char *scenario_path,
                 const struct scenario_options *options, struct diagnosis *diagnosis);

struct sweep_job {
    uint64_t shard, shards; /* 1 of 1: all points; otherwise those whose number less `shard` is a
                               multiple of `shards` */
    uint64_t done;          /* points of the shard that are there already */
    unsigned threads;
    const atomic_bool *stop; /* true: begin no more points. Or NULL. */
    /* Takes the points in order, in any thread, one at a time. False: begin no more. */
    bool (*deliver)(void *context, const struct sweep_point *point);
    void *context;
};

/* How many points a shard has. */
uint64_t sweep_shard_points(uint64_t points, uint64_t shard, uint64_t shards);

/* Runs the points. Returns how many were delivered, from the first that was not done; `no_memory`
 * says whether it ran out. */
uint64_t sweep_run(const struct sweep *sweep, const struct sweep_job *job, bool *no_memory);

/* The coordinates of points for their texts: one for each thread. NULL: out of memory. */
struct sampling *sweep_sampling(const struct sweep *sweep);

/* The uncertain parameters of a psa, the columns of its design.csv. */
struct sweep_column {
    enum parameter_id id;
    size_t configuration; /* whose value, by its place among the sweep's */
    bool shared;          /* that of all configurations */
};
size_t sweep_psa_columns(const struct sweep *sweep, struct sweep_column *column, size_t most);

#endif
