/* Where the lives come from: a difference between two services split among its causes.
 *
 * Each cause is a switch that takes a patient's figure from the baseline (off) or from the
 * configuration (on), for the same patient and the same luck: the journey (minutes from onset to
 * the treating door), thrombolysis and thrombectomy (how the treating unit performs; of
 * thrombectomy also whether it is done there or after a transfer, which moves the patient to the
 * centre's beds), organised care (whether the hospital gives it) and beds (whether one was reached
 * in time). The expected deaths under all 32 settings give each cause its Shapley value (Shapley
 * 1953): its marginal effect averaged over all orders in which the causes could be switched on.
 * They add up to the whole difference exactly.
 */
#ifndef MODELS_DRIVERS_H
#define MODELS_DRIVERS_H

#include <stdbool.h>
#include <stdint.h>

#include "models/outcome.h"
#include "models/pathway.h"

enum driver {
    DRIVER_JOURNEY,
    DRIVER_THROMBOLYSIS,
    DRIVER_THROMBECTOMY,
    DRIVER_ORGANISED_CARE,
    DRIVER_BEDS,
    DRIVERS,
    DRIVER_SETTINGS = 1 << DRIVERS
};

const char *driver_name(enum driver driver);

/* What of a path the switches turn. */
struct driver_side {
    const struct service *service; /* the phase that the patient took */
    double onset_to_door_min;
    uint32_t treating;
    bool bed_in_time;
};
struct driver_side driver_side_of(const struct patient *patient, const struct path *path);

/* Adds one stroke patient's probability of death under each setting: bit d of the place is set
 * where driver d is taken from the configuration. Both services share outcome parameters or the
 * split mixes them in with the rest: deaths are evaluated by the configuration's outcome model.
 * same_parameters: whether the services are known to have the same, which saves most of the work
 * for whom nothing differs. */
void drivers_add(const struct outcome_level *level, const struct patient *patient,
                 bool same_parameters, const struct driver_side *baseline,
                 const struct driver_side *configuration, double deaths[DRIVER_SETTINGS]);

/* Shapley values of deaths avoided, from the sums over patients. */
void drivers_split(const double deaths[DRIVER_SETTINGS], double saved[DRIVERS]);

#endif
