/* A network of wards: who comes, where they go, how long they stay, and how many beds there are.
 *
 * Patients of a class arrive at a ward, wait for a bed there, stay, and go on to another ward or
 * leave; how long they stay depends on where they go next. After the stay a discharge may be
 * delayed (an assessment, a place at home), which holds the bed. Whoever is to go on to a ward
 * without a free bed keeps the present one until there is: the patient blocks it.
 *
 * It knows nothing of stroke; every figure comes from a scenario's files.
 */
#ifndef MODELS_NETWORK_H
#define MODELS_NETWORK_H

#include <stdbool.h>
#include <stddef.h>

#include "models/duration.h"

enum {
    NETWORK_LEAVES = -1,    /* instead of a next ward: home, or out of sight */
    NETWORK_UNLIMITED = -1, /* beds, or places in a queue */
    NETWORK_WEEK_HOURS = 168
};

/* What becomes of patients from another ward for whom a ward has no free bed. */
enum network_transfer {
    TRANSFER_WAITS,         /* in the bed they have, which they block, however many wait */
    TRANSFER_WAITS_OUTSIDE, /* elsewhere, so that their bed is free; however many wait */
    TRANSFER_LEAVES         /* as those from outside: beyond the queue's limit they are lost */
};

struct network_ward {
    const char *name; /* borrowed, as all names here */
    int beds;         /* or NETWORK_UNLIMITED */
    int queue_limit;  /* so many wait at most, or NETWORK_UNLIMITED; who comes on top is lost */
    enum network_transfer transfer;
    bool by_hour;                      /* beds change over the week: week_beds instead of beds */
    int week_beds[NETWORK_WEEK_HOURS]; /* from Monday 00:00 */
};

/* A stream of arrivals. */
struct network_source {
    size_t class, ward;
    int priority;            /* of two who wait for a ward the smaller is taken first */
    struct duration between; /* minutes from one arrival to the next */
};

/* One way on from a ward, for a class. */
struct network_route {
    size_t class, ward;
    int next;              /* a ward, or NETWORK_LEAVES; the same ward: stays on in the same bed */
    double share;          /* of the class at the ward; all its routes add up to 1 */
    struct duration stay;  /* minutes in the bed */
    double delay_mean_min; /* and then in it for so long, exponential; 0: none */
};

/* Beds of several wards counted as if shared: own beds first, then those that are anybody's. */
struct network_pool {
    const char *name;
    int shared;
    size_t first, members; /* in `member` of the network */
};

struct network_pool_member {
    size_t ward;
    int own;
};

struct network {
    const char *name, *title; /* of the configuration */
    struct network_ward *ward;
    struct network_source *source;
    struct network_route *route; /* sorted by class and ward */
    struct network_pool *pool;
    struct network_pool_member *member;
    const char *const *class_name;
    size_t wards, sources, routes, pools, members, classes;
    size_t *first_route; /* of each class at each ward, and one past the last; network_prepare() */
    double *up_to;       /* shares added up, route by route */
    bool loops;          /* some way leads back to a ward */
};

/* Sorts the routes and makes the network ready. False: out of memory. */
bool network_prepare(struct network *network);

/* Frees the arrays; names are the caller's. Legal when all is zero. */
void network_fini(struct network *network);

static inline size_t network_at(const struct network *network, size_t class, size_t ward)
{
    return class * network->wards + ward;
}

/* Which wards each class can come to (network_at() gives the place), and from where it can leave.
 */
void network_reach(const struct network *network, bool reached[]);
void network_ways_out(const struct network *network, bool out[]);

/* Arrivals a minute of each class at each ward if beds were unlimited: the traffic equations.
 * False: out of memory, or some class goes round for ever. */
bool network_traffic(const struct network *network, double per_min[]);

/* Beds that would be in use on average if they were unlimited, discharge delays included, of each
 * ward. False as network_traffic(). */
bool network_loads(const struct network *network, double load[]);

#endif
