#include "models/fleet_plan.h"

#include <math.h>
#include <stdlib.h>

#include "sim/variate.h"

/* Lanes of an other call's only block. */
enum { OTHER_GAP, OTHER_AREA, OTHER_JOB };

void fleet_table_fini(struct fleet_table *table)
{
    for (size_t s = 0; s < table->stations; s++)
        free(table->station[s].name);
    free(table->station);
    *table = (struct fleet_table){0};
}

static int most_vehicles(const struct station *station)
{
    int most = 0;
    for (size_t hour = 0; hour < DAY_HOURS; hour++)
        if (station->vehicles[hour] > most)
            most = station->vehicles[hour];
    return most;
}

bool fleet_table_has_vehicles(const struct fleet_table *table)
{
    for (size_t s = 0; s < table->stations; s++)
        if (most_vehicles(&table->station[s]) > 0)
            return true;
    return false;
}

static void estimate_minutes(struct fleet_plan *plan, const struct fleet_plan_source *source)
{
    const struct region *region = source->region;
    for (size_t s = 0; s < plan->table->stations; s++) {
        const struct station *station = &plan->table->station[s];
        for (size_t a = 0; a < plan->areas; a++)
            plan->to_area[s * plan->areas + a] =
                region_estimate_min(source->roads, station->lat, station->lon, region->area[a].lat,
                                    region->area[a].lon);
        for (size_t h = 0; h < plan->hospitals; h++) {
            const struct site *site = &region->site[source->site[h]];
            plan->from_hospital[s * plan->hospitals + h] = region_estimate_min(
                source->roads, site->lat, site->lon, station->lat, station->lon);
        }
    }
}

static void find_nearest(struct fleet_plan *plan)
{
    for (size_t a = 0; a < plan->areas; a++) {
        plan->nearest_min[a] = INFINITY;
        for (size_t s = 0; s < plan->table->stations; s++)
            if (most_vehicles(&plan->table->station[s]) > 0)
                plan->nearest_min[a] =
                    fmin(plan->nearest_min[a], fleet_plan_to_area_min(plan, s, a));
    }
}

static void spread_others(struct fleet_plan *plan, const struct fleet_plan_source *source)
{
    const double *p = source->parameters->value;
    double before = 0;
    for (size_t a = 0; a < plan->areas; a++)
        plan->area_cumulative[a] = before += case_mix_area_strokes(source->mix, a);
    plan->others_a_week = WEEK_DAYS * p[P_FLEET_OTHER_CALLS];
    plan->other_mu = log(p[P_FLEET_OTHER_JOB_P50_MIN]);
    plan->other_sigma = p[P_FLEET_OTHER_JOB_SIGMA];
}

static bool allocate(struct fleet_plan *plan)
{
    size_t stations = plan->table->stations;
    plan->to_area = calloc(stations * plan->areas, sizeof *plan->to_area);
    plan->from_hospital = calloc(stations * plan->hospitals, sizeof *plan->from_hospital);
    plan->nearest_min = calloc(plan->areas, sizeof *plan->nearest_min);
    plan->area_cumulative = calloc(plan->areas, sizeof *plan->area_cumulative);
    return plan->to_area != NULL && plan->from_hospital != NULL && plan->nearest_min != NULL &&
           plan->area_cumulative != NULL;
}

struct fleet_plan *fleet_plan_new(const struct fleet_plan_source *source)
{
    struct fleet_plan *plan = calloc(1, sizeof *plan);
    if (plan == NULL)
        return NULL;
    plan->table = source->table;
    plan->areas = source->region->areas;
    plan->hospitals = source->hospitals;
    if (!allocate(plan) ||
        !week_init(&plan->week, source->parameters->value, source->start_weekday)) {
        fleet_plan_free(plan);
        return NULL;
    }
    estimate_minutes(plan, source);
    find_nearest(plan);
    spread_others(plan, source);
    for (size_t s = 0; s < plan->table->stations; s++)
        plan->vehicles += (size_t)most_vehicles(&plan->table->station[s]);
    return plan;
}

void fleet_plan_free(struct fleet_plan *plan)
{
    if (plan == NULL)
        return;
    free(plan->to_area);
    free(plan->from_hospital);
    free(plan->nearest_min);
    free(plan->area_cumulative);
    free(plan);
}

struct other_call fleet_plan_other(const struct fleet_plan *plan, const struct stream *stream,
                                   uint64_t number)
{
    double uniform[STREAM_LANES];
    stream_block(stream, number, 0, uniform);
    return (struct other_call){
        .gap = variate_exponential(uniform[OTHER_GAP], 1),
        .area = (uint32_t)variate_discrete(uniform[OTHER_AREA], plan->area_cumulative, plan->areas),
        .job_min = variate_lognormal(uniform[OTHER_JOB], plan->other_mu, plan->other_sigma)};
}
