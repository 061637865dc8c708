/* Configurations of a network of wards, replicated on the same patients.
 *
 * As with a stroke service (scenarios/experiment.h): replications run in parallel and are taken in
 * their order, so figures are the same for any number of threads; differences are paired. There is
 * no evidence to draw from, since the files give their figures without ranges.
 */
#ifndef SCENARIOS_NETWORK_EXPERIMENT_H
#define SCENARIOS_NETWORK_EXPERIMENT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/network_run.h"
#include "scenarios/kept.h"
#include "scenarios/network_scenario.h"
#include "sim/tally.h"

/* By the audited census of beds that never run out (models/erlang.h). */
struct delay_tallies {
    struct tally loss; /* P(N = n) / P(N <= n) */
    struct tally tail; /* P(N >= n) */
};

struct ward_tallies {
    struct tally of[WARD_METRICS];
    struct tally no_bed; /* share that waits or is lost; of unstable replications too */
    uint64_t days[NETWORK_LEVELS];
    struct delay_tallies delay[NETWORK_LEVELS]; /* with so many beds */
};

struct class_tallies {
    struct tally of[WARD_CLASS_METRICS];
};

struct network_arm {
    const struct network *network;
    size_t configuration;
    bool unstable; /* loaded beyond its capacity: no mean is quoted */
    struct tally summary[NETWORK_METRICS];
    struct tally difference[NETWORK_METRICS]; /* from the baseline */
    struct kept_values year[NETWORK_METRICS]; /* the same differences */
    struct ward_tallies *ward;
    struct class_tallies *of_class; /* network_at() */
    struct delay_tallies *pool;     /* one a member */
};

struct network_experiment {
    const struct network_scenario *scenario;
    struct network_arm *arm; /* the baseline first */
    size_t arms;
    uint64_t seed;
    double window_days;
    uint64_t replications, replications_asked;
    bool complete;
    uint64_t failed; /* the number of the replication that failed; 0: none */
};

/* What a replication gave, arm by arm. */
struct network_trial {
    struct network_result **result;
};

struct network_experiment_options {
    const size_t *configurations; /* the baseline first */
    size_t count;
    uint64_t replications;
    unsigned threads;
    const atomic_bool *stop; /* or NULL */
    /* In turn, in the caller's thread. False: give up. Or NULL. */
    bool (*replication_done)(void *context, const struct network_experiment *experiment,
                             uint64_t replication, const struct network_trial *trial);
    void (*progress)(void *context, double share); /* or NULL */
    void *context;
};

enum network_experiment_status {
    NETWORK_EXPERIMENT_OK,
    NETWORK_EXPERIMENT_STOPPED, /* what was finished stands */
    NETWORK_EXPERIMENT_NO_MEMORY,
    NETWORK_EXPERIMENT_GAVE_UP,
};

/* After any status but OK and STOPPED there is nothing to free. */
enum network_experiment_status
network_experiment_run(struct network_experiment *experiment,
                       const struct network_scenario *scenario,
                       const struct network_experiment_options *options);
void network_experiment_fini(struct network_experiment *experiment);

/* Neither it nor the baseline is unstable. */
bool network_is_comparable(const struct network_experiment *experiment,
                           const struct network_arm *arm);

#endif
