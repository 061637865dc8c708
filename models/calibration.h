/* Calibration: the few published levels that are solved for, once in a scenario, and then held.
 *
 * - The share thrombolysed among those in time, for local units and for HASUs, so that the
 *   published rate of all strokes (or of a type of stroke) comes out in the first configuration
 *   where such units treat anyone. Everywhere else the treatment rate is an output.
 * - The same for a hospital that has a published rate of its own: at the reference journey, that is
 *   for strokes of the region's mix who arrive when they would in the first configuration.
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
#include <stdint.h>

#include "models/outcome.h"
#include "models/patient.h"
#include "models/pilot.h"
#include "models/service.h"

enum unit_kind { KIND_LOCAL, KIND_HASU, UNIT_KINDS };

/* A published rate that cannot be: more are to be thrombolysed than are in time. */
struct impossible_rate {
    double rate, most;
    enum unit_kind kind;
    size_t site;           /* of the hospital in the region; SIZE_MAX: of the kind of unit */
    enum stroke_type type; /* STROKE_TYPES: of all */
};

struct calibration {
    struct impossible_rate impossible; /* after CALIBRATION_RATE_TOO_HIGH */
    struct outcome_level level;
    double treated_if_eligible[UNIT_KINDS];
    double in_time_share[UNIT_KINDS]; /* the highest rate that could be reached */
    /* Where a rate by type of stroke is given; else NAN. */
    double treated_by_type[UNIT_KINDS][ISCHAEMIC_TYPES];
};

/* Of a kind of unit, for a type of stroke: by its own rate or by that of all strokes. */
double calibration_treated(const struct calibration *calibration, enum unit_kind kind,
                           enum stroke_type type);

enum calibration_status {
    CALIBRATION_OK,
    CALIBRATION_NO_MEMORY,
    CALIBRATION_NO_WEEK,       /* no hour at which anybody comes */
    CALIBRATION_RATE_TOO_HIGH, /* `impossible` says which */
    CALIBRATION_MORTALITY,     /* no level gives the stated mortality */
};

/* written: the services as the scenario's files say, written[0] the first configuration; running:
 * as they run, with the same hospitals. The units of both are given their shares. known: pilot
 * patients of such a case mix, to spare drawing them; or NULL. */
enum calibration_status calibration_solve(struct calibration *calibration,
                                          const struct pilot_people *known,
                                          const struct case_mix *mix, struct service *written,
                                          struct service *running, size_t services);

#endif
