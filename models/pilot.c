#include "models/pilot.h"

#include <gsl/gsl_qrng.h>
#include <stdlib.h>

#include "models/journey.h"

/* Sobol points are the more even the lower the dimension, so what decides about treatment and
 * mortality has the first ones. */
static const enum draw dimension[] = {
    DRAW_ONSET_TO_ARRIVAL,
    DRAW_NIHSS,
    DRAW_SCAN,
    DRAW_ONSET_KNOWN,
    DRAW_AREA,
    DRAW_AMBULANCE,
    DRAW_TYPE,
    DRAW_AGE,
    DRAW_ELSEWHERE,
    DRAW_ORGANISED,
    DRAW_IVT,
    DRAW_NEEDLE,
    DRAW_RESPONSE,
    DRAW_SCENE,
    DRAW_MT,
    DRAW_PUNCTURE,
    DRAW_MRS,
    DRAW_STAY_HASU,
    DRAW_STAY_SU,
    DRAW_SU_NEEDED,
    DRAW_DEATH_TIME,
    DRAW_CARE_HOME,
    DRAW_GAP,
    DRAW_THINNING,
    DRAW_LVO_SCORE,
    DRAW_DOOR_IN_DOOR_OUT,
    DRAW_SEX,
    DRAW_IN_HOSPITAL,
    DRAW_REHAB_NEEDED,
    DRAW_STAY_REHAB,
    DRAW_DISCHARGE_DELAY,
    DRAW_EARLY_SUPPORTED,
};

_Static_assert(sizeof dimension / sizeof *dimension == DRAW_COUNT, "every purpose has a dimension");

struct patient *pilot_draw(const struct case_mix *mix, const struct week *week)
{
    struct patient *pilot = calloc(PILOT_PATIENTS, sizeof *pilot);
    gsl_qrng *sobol = gsl_qrng_alloc(gsl_qrng_sobol, DRAW_COUNT);
    if (pilot != NULL && sobol != NULL) {
        for (size_t i = 0; i < PILOT_PATIENTS; i++) {
            double point[DRAW_COUNT], uniform[DRAW_COUNT];
            gsl_qrng_get(sobol, point);
            for (size_t d = 0; d < DRAW_COUNT; d++)
                uniform[dimension[d]] = point[d];
            patient_draw(mix, uniform, false, &pilot[i]);
            pilot[i].hour_of_week = week_hour(week_minute(week, uniform[DRAW_GAP]), 0);
        }
    } else {
        free(pilot);
        pilot = NULL;
    }
    if (sobol != NULL)
        gsl_qrng_free(sobol);
    return pilot;
}

double pilot_onset_to_door(const struct service *service, const struct service *reference,
                           const struct patient *patient, uint32_t *treating)
{
    double added_min = service->parameters.value[P_JOURNEY_ADDED_MIN];
    struct journey way = journey_plan(service, patient, added_min);
    bool is_usual = service == reference && added_min == 0;
    struct journey usual = is_usual ? way : journey_plan(reference, patient, 0);
    *treating = way.treating;
    return journey_delay_to_call_min(patient, journey_to_door_min(&usual)) +
           journey_to_door_min(&way);
}
