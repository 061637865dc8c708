/* One replication of a network of wards: every patient's way as events, and what came of it.
 *
 * Each patient's numbers belong to the patient (sim/stream.h): those of the stream's k-th arrival
 * are the same in every configuration, visit by visit, so configurations are compared on the same
 * luck. More demand brings the same patients at shorter intervals.
 *
 * Nothing is lost: at every ward, who came is in bed, waits, went on or was turned away, and in the
 * network as a whole, who came is inside, left or was lost. That is asserted at the end of every
 * replication, in every build.
 *
 * Patients who wait for each other's beds, directly or in a circle of wards, change places at once:
 * otherwise full wards that send patients back could stand still for ever.
 */
#ifndef MODELS_NETWORK_RUN_H
#define MODELS_NETWORK_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/network.h"

/* Of the network as a whole. */
enum network_metric {
    NETWORK_ARRIVALS,
    NETWORK_LEFT,
    NETWORK_LOST,
    NETWORK_INSIDE,
    NETWORK_BEDS_IN_USE,
    NETWORK_WAITING,
    NETWORK_BLOCKED_BEDS,
    NETWORK_DELAYED_BEDS,
    NETWORK_TIME_DAYS,
    NETWORK_WAIT_DAYS,
    NETWORK_SHARE_WAITING,
    NETWORK_SHARE_LOST,
    NETWORK_METRICS
};

/* Of a ward; the first WARD_CLASS_METRICS also of each class at it. */
enum ward_metric {
    WARD_ADMISSIONS,
    WARD_LOST,
    WARD_WAIT_DAYS,
    WARD_SHARE_WAITING,
    WARD_SHARE_LOST,
    WARD_STAY_DAYS,
    WARD_CLASS_METRICS,
    WARD_WAITING = WARD_CLASS_METRICS,
    WARD_BEDS_IN_USE,
    WARD_OCCUPANCY,
    WARD_BLOCKED_BEDS,
    WARD_DELAYED_BEDS,
    WARD_METRICS
};

const char *network_metric_name(enum network_metric metric);
const char *network_metric_unit(enum network_metric metric);
const char *ward_metric_name(enum ward_metric metric);
const char *ward_metric_unit(enum ward_metric metric);

enum { NETWORK_LEVELS = 1024 }; /* the last: that many in beds, or more */

/* Counts over a whole replication, from an empty ward. came = turned_away + went_on + in_beds +
 * waiting. */
struct ward_balance {
    uint64_t came, turned_away, went_on;
    uint64_t in_beds, waiting; /* at the end */
};

/* The same of the network: came = left + lost + inside. */
struct network_balance {
    uint64_t came, left, lost, inside;
};

struct ward_result {
    double figure[WARD_METRICS]; /* NAN: does not apply, or nobody */
    struct ward_balance balance;
    uint32_t days[NETWORK_LEVELS]; /* midnights with so many in beds */
};

/* Midnights at which a pool, were its wards' beds unlimited, would ... */
struct pool_result {
    uint32_t holds; /* have room for all who are in bed */
    uint32_t full;  /* ... of those, have no bed left for one more of this member */
    uint32_t tail;  /* have none, whether it holds all or not */
};

enum network_status { NETWORK_OK, NETWORK_UNSTABLE, NETWORK_NO_MEMORY };

struct network_result {
    enum network_status status;
    double figure[NETWORK_METRICS];
    struct network_balance balance;
    struct ward_result *ward;
    double (*of_class)[WARD_CLASS_METRICS]; /* class by class, ward by ward: network_at() */
    struct pool_result *pool;               /* one a member */
    uint32_t days;                          /* midnights in the window */
    uint64_t events;
};

/* Room for the result of this network, or of one with as many wards, classes and members. NULL: out
 * of memory. */
struct network_result *network_result_new(const struct network *network);
void network_result_free(struct network_result *result); /* legal with NULL */

struct network_run {
    const struct network *network;
    uint64_t seed, replication;
    int start_weekday; /* of minute 0; 0: Monday */
    double warm_up_min, window_min;
    double max_inside; /* as many inside: unstable */
};

/* The memory of a thread: beds, patients, calendar. */
struct network_worker;
struct network_worker *network_worker_new(void);         /* NULL: out of memory */
void network_worker_free(struct network_worker *worker); /* legal with NULL */

/* Runs one. Figures of an unstable replication are of the time until it was stopped. */
enum network_status network_execute(struct network_worker *worker, const struct network_run *run,
                                    struct network_result *result);

#endif
