/* Offered load: the beds that a service's patients would fill on average if nobody ever waited.
 *
 * Arithmetic, not simulation: patients a year by where they are treated and repatriated, times the
 * mean stay they need. Stays cut short by death are not taken off, so the load is a little high;
 * transfers for thrombectomy and diversions from full units are not moved; delayed and early
 * supported discharges are left out. */
#ifndef MODELS_LOAD_H
#define MODELS_LOAD_H

#include "models/pathway.h"
#include "models/service.h"

struct offered_load {
    double strokes;         /* treated there, a year */
    double beds[BED_KINDS]; /* filled on average */
};

/* Fills one entry a hospital. growth: how many times the demand of each age band at the start;
 * NULL: once. */
void load_offered(const struct service *service, const struct case_mix *mix,
                  const double growth[AGE_BANDS], struct offered_load load[]);

/* Likewise of a fleet, NULL excluded: vehicles away from their stations on average, strokes, mimics
 * and other calls together, if the nearest station always had one free; and vehicles on duty on
 * average over the day. Walk-ins and strokes in hospital call nobody, transfers take no vehicle. */
struct fleet_load {
    double out, on_duty;
};
struct fleet_load load_fleet(const struct service *service, const struct case_mix *mix,
                             const double growth[AGE_BANDS]);

/* Load beyond which queues grow long: the share of beds filled. */
#define LOAD_HIGH 0.95

/* Beds of a kind filled as a share of those counted; NAN where they are unlimited or there are
 * none. */
double load_share(const struct service *service, size_t hospital, enum bed_kind kind,
                  const struct offered_load *load);

#endif
