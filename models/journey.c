#include "models/journey.h"

#include <math.h>

static void ambulance_intervals(const struct service *service, const struct patient *patient,
                                struct journey *journey)
{
    const double *p = service->parameters.value;
    journey->response_min =
        service->fleet != NULL
            ? service->fleet->nearest_min[patient->area]
            : exp(service->ln_response_p50 + p[P_AMBULANCE_RESPONSE_SIGMA] * patient->response_z);
    journey->scene_min = exp(service->ln_scene_p50 + p[P_AMBULANCE_SCENE_SIGMA] * patient->scene_z);
}

/* The ambulance's score picks out some for a thrombectomy centre; who makes their own way is not
 * scored. */
static enum way way_of(const struct service *service, const struct patient *patient)
{
    if (patient->elsewhere < service->parameters.value[P_POLICY_ELSEWHERE_SHARE])
        return WAY_ELSEWHERE;
    bool picked_out =
        patient->by_ambulance && patient->lvo_score < service->picked_out[patient->type];
    return picked_out ? WAY_CENTRE : WAY_USUAL;
}

static uint32_t destination(const struct route *route, enum way way)
{
    switch (way) {
    case WAY_ELSEWHERE:
        return route->elsewhere;
    case WAY_CENTRE:
        return route->centre;
    default:
        return route->ambulance;
    }
}

/* But for the ambulance's intervals. */
static struct journey plan_way(const struct service *service, const struct patient *patient,
                               double added_min)
{
    const double *p = service->parameters.value;
    const struct region *region = service->region;
    const struct route *route = &service->route[patient->area];
    struct journey journey = {.way = way_of(service, patient)};
    journey.treating = destination(route, journey.way);
    journey.first = patient->by_ambulance ? journey.treating : route->nearest;
    size_t first_site = service->hospital[journey.first].site;
    if (!patient->in_hospital)
        journey.travel_min = region_minutes(region, patient->area, first_site) + added_min;
    if (journey.first != journey.treating) {
        size_t treating_site = service->hospital[journey.treating].site;
        journey.door_in_door_out_min = p[P_TRANSFER_DOOR_IN_DOOR_OUT_MIN];
        journey.transfer_min = region_transfer_min(region, first_site, treating_site) + added_min;
    }
    return journey;
}

struct journey journey_plan(const struct service *service, const struct patient *patient,
                            double added_min)
{
    struct journey journey = plan_way(service, patient, added_min);
    if (patient->by_ambulance)
        ambulance_intervals(service, patient, &journey);
    return journey;
}

/* Whether ambulances take as long to come and at the scene. */
static bool has_same_intervals(const struct service *service, const struct service *other)
{
    const double *p = service->parameters.value, *q = other->parameters.value;
    return service->fleet == NULL && other->fleet == NULL &&
           service->ln_response_p50 == other->ln_response_p50 &&
           service->ln_scene_p50 == other->ln_scene_p50 &&
           p[P_AMBULANCE_RESPONSE_SIGMA] == q[P_AMBULANCE_RESPONSE_SIGMA] &&
           p[P_AMBULANCE_SCENE_SIGMA] == q[P_AMBULANCE_SCENE_SIGMA];
}

struct journey journey_plan_like(const struct service *service, const struct patient *patient,
                                 double added_min, const struct service *other,
                                 const struct journey *known)
{
    struct journey journey = plan_way(service, patient, added_min);
    if (patient->by_ambulance && has_same_intervals(service, other)) {
        journey.response_min = known->response_min;
        journey.scene_min = known->scene_min;
    } else if (patient->by_ambulance) {
        ambulance_intervals(service, patient, &journey);
    }
    return journey;
}

void journey_divert(const struct service *service, const struct patient *patient, uint32_t hospital,
                    struct journey *journey)
{
    const struct region *region = service->region;
    journey->first = journey->treating = hospital;
    journey->travel_min = region_minutes(region, patient->area, service->hospital[hospital].site) +
                          service->parameters.value[P_JOURNEY_ADDED_MIN];
}

double journey_to_door_min(const struct journey *journey)
{
    return journey->response_min + journey->scene_min + journey->travel_min +
           journey->door_in_door_out_min + journey->transfer_min;
}

double journey_delay_to_call_min(const struct patient *patient, double reference_to_door_min)
{
    return fmax(0, patient->onset_to_arrival_min - reference_to_door_min);
}
