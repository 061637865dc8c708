/* Calibration: the few published levels that are solved for, once in a scenario, and then held.
 *
 * - The share thrombolysed among those in time, for local units and for HASUs, so that the
 *   published rate of all strokes comes out in the first configuration where such units treat
 *   anyone. Everywhere else the treatment rate is an output.
 * - The level of the outcome scale, so that the first configuration's 90-day mortality is the
 *   stated one, with beds unlimited. The change between configurations is never fitted.
 * - Where case mix is centred: mean age and NIHSS within each stroke type.
 *
 * Solved on pilot patients drawn from a Sobol sequence instead of the random streams: a few
 * thousand points do what a hundred thousand random ones would, and the result depends on no seed.
 */
#ifndef MODELS_CALIBRATION_H
#define MODELS_CALIBRATION_H

#include <stddef.h>

#include "models/outcome.h"
#include "models/patient.h"
#include "models/service.h"

enum unit_kind { KIND_LOCAL, KIND_HASU, UNIT_KINDS };

struct calibration {
    struct outcome_level level;
    double treated_if_eligible[UNIT_KINDS];
    double in_time_share[UNIT_KINDS]; /* the highest rate that could be reached */
};

enum calibration_status {
    CALIBRATION_OK,
    CALIBRATION_NO_MEMORY,
    CALIBRATION_RATE_TOO_HIGH, /* more to be thrombolysed than are in time */
    CALIBRATION_MORTALITY,     /* no level gives the stated mortality */
};

/* service[0] is the first configuration; units of the services are given their shares. */
enum calibration_status calibration_solve(struct calibration *calibration,
                                          const struct case_mix *mix, struct service *service,
                                          size_t services);

#endif
