/* A fleet of ambulances as a configuration has it, made ready to run: its stations with their
 * vehicles by hour of the day, the minutes between stations, areas and hospitals (estimated from
 * coordinates, as journeys are), and the other calls that the same vehicles answer.
 */
#ifndef MODELS_FLEET_PLAN_H
#define MODELS_FLEET_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/case_mix.h"
#include "models/parameters.h"
#include "models/region.h"
#include "models/week.h"
#include "sim/stream.h"

enum { DAY_HOURS = 24 };

struct station {
    char *name;
    double lat, lon;         /* degrees */
    int vehicles[DAY_HOURS]; /* on duty from each hour to the next */
};

/* What a scenario says of a fleet; owns its array and names. */
struct fleet_table {
    struct station *station;
    size_t stations;
};

void fleet_table_fini(struct fleet_table *table);

/* Whether some station has a vehicle at some hour: without one a call waits for ever. */
bool fleet_table_has_vehicles(const struct fleet_table *table);

struct fleet_plan {
    const struct fleet_table *table; /* the caller's */
    size_t areas, hospitals;
    double *to_area;         /* minutes, stations x areas */
    double *from_hospital;   /* minutes to base, stations x hospitals */
    double *nearest_min;     /* by area: from the nearest station that ever has a vehicle */
    double *area_cumulative; /* where other calls come from: as strokes do */
    struct week week;        /* and when */
    double others_a_week, other_mu, other_sigma; /* the lognormal of minutes on another job */
    size_t vehicles;                             /* the most there can be at once */
};

/* Of other calls everything but when: a function of the stream and the call's number. */
struct other_call {
    double gap; /* to the one before; exponential with mean 1 */
    uint32_t area;
    double job_min;
};

struct fleet_plan_source {
    const struct fleet_table *table; /* has vehicles */
    const struct region *region;
    const struct case_mix *mix;
    const size_t *site; /* of each hospital */
    size_t hospitals;
    const struct parameters *roads;      /* of the estimate */
    const struct parameters *parameters; /* of other calls */
    int start_weekday;
};

/* NULL: out of memory, or the week has no weight. table must outlive the plan. */
struct fleet_plan *fleet_plan_new(const struct fleet_plan_source *source);
void fleet_plan_free(struct fleet_plan *plan); /* legal with NULL */

struct other_call fleet_plan_other(const struct fleet_plan *plan, const struct stream *stream,
                                   uint64_t number);

static inline double fleet_plan_to_area_min(const struct fleet_plan *plan, size_t station,
                                            size_t area)
{
    return plan->to_area[station * plan->areas + area];
}

static inline double fleet_plan_to_base_min(const struct fleet_plan *plan, size_t hospital,
                                            size_t station)
{
    return plan->from_hospital[station * plan->hospitals + hospital];
}

#endif
