/* The way to the treating hospital: the ambulance's intervals or the patient's own way, which
 * hospital first, and a transfer where that is not the one that treats. Whose stroke begins in a
 * hospital is taken to be in the nearest, and comes to its stroke unit without a journey. The
 * treating hospital scans and thrombolyses; a later transfer for thrombectomy is treatment's to
 * decide (treatment.h).
 *
 * A pure function of patient and service. The reference is the same patient's way under the
 * scenario's first configuration: onset to arrival, as published, is what it was there, so the
 * actual arrival is later by the difference between the two ways. A patient whose published
 * onset-to-arrival is shorter than the reference way is taken to have called at onset.
 */
#ifndef MODELS_JOURNEY_H
#define MODELS_JOURNEY_H

#include "models/patient.h"
#include "models/service.h"

struct journey {
    enum way way;
    uint32_t first, treating;                  /* hospitals in the service's list */
    double response_min, scene_min;            /* 0 for those who make their own way */
    double travel_min;                         /* to the first hospital; 0 for who is in it */
    double door_in_door_out_min, transfer_min; /* 0 where first is treating */
};

/* added_min: journey.added_min, or 0 for the reference. */
struct journey journey_plan(const struct service *service, const struct patient *patient,
                            double added_min);

/* The same, and what of the ambulance's intervals is the same in a journey under another service
 * (that of `known`) is taken from there. */
struct journey journey_plan_like(const struct service *service, const struct patient *patient,
                                 double added_min, const struct service *other,
                                 const struct journey *known);

/* The same journey with the ambulance going to another hospital from the scene on. */
void journey_divert(const struct service *service, const struct patient *patient, uint32_t hospital,
                    struct journey *journey);

/* From the call (or from setting out) to the treating hospital's door. */
double journey_to_door_min(const struct journey *journey);

/* From onset to the call under every configuration, given the patient's reference. */
double journey_delay_to_call_min(const struct patient *patient, double reference_to_door_min);

#endif
