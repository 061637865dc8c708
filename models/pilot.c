#include "models/pilot.h"

#include <gsl/gsl_qrng.h>
#include <stdlib.h>
#include <string.h>

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

/* What a stroke is drawn from (patient_draw_attack). */
static const enum draw attack[] = {DRAW_TYPE,      DRAW_NIHSS,       DRAW_IN_HOSPITAL,
                                   DRAW_AMBULANCE, DRAW_ONSET_KNOWN, DRAW_ONSET_TO_ARRIVAL};

enum { ATTACK_DRAWS = sizeof attack / sizeof *attack };

struct person {
    struct patient patient; /* without a stroke yet */
    size_t age_class;
    double uniform[ATTACK_DRAWS];
};

struct pilot_people {
    const struct case_mix *mix;
    struct week week;
    struct person person[PILOT_PATIENTS];
};

static void draw_person(const struct case_mix *mix, const struct week *week, gsl_qrng *sobol,
                        struct person *person)
{
    double point[DRAW_COUNT], uniform[DRAW_COUNT];
    gsl_qrng_get(sobol, point);
    for (size_t d = 0; d < DRAW_COUNT; d++)
        uniform[dimension[d]] = point[d];
    patient_draw_person(mix, uniform, &person->patient, &person->age_class);
    person->patient.hour_of_week = week_hour(week_minute(week, uniform[DRAW_GAP]), 0);
    for (size_t d = 0; d < ATTACK_DRAWS; d++)
        person->uniform[d] = uniform[attack[d]];
}

struct pilot_people *pilot_people_new(const struct case_mix *mix, const struct week *week)
{
    struct pilot_people *people = malloc(sizeof *people);
    gsl_qrng *sobol = gsl_qrng_alloc(gsl_qrng_sobol, DRAW_COUNT);
    if (people != NULL && sobol != NULL) {
        people->mix = mix;
        people->week = *week;
        for (size_t i = 0; i < PILOT_PATIENTS; i++)
            draw_person(mix, week, sobol, &people->person[i]);
    } else {
        free(people);
        people = NULL;
    }
    if (sobol != NULL)
        gsl_qrng_free(sobol);
    return people;
}

void pilot_people_free(struct pilot_people *people)
{
    free(people);
}

bool pilot_people_are_of(const struct pilot_people *people, const struct case_mix *mix,
                         const struct week *week)
{
    return memcmp(&people->week, week, sizeof *week) == 0 &&
           case_mix_has_same_people(people->mix, mix);
}

struct patient *pilot_draw(const struct pilot_people *people, const struct case_mix *mix)
{
    struct patient *pilot = malloc(PILOT_PATIENTS * sizeof *pilot);
    for (size_t i = 0; pilot != NULL && i < PILOT_PATIENTS; i++) {
        const struct person *person = &people->person[i];
        double uniform[DRAW_COUNT] = {0};
        for (size_t d = 0; d < ATTACK_DRAWS; d++)
            uniform[attack[d]] = person->uniform[d];
        pilot[i] = person->patient;
        patient_draw_attack(mix, uniform, person->age_class, &pilot[i]);
    }
    return pilot;
}

double pilot_delay_to_call(const struct service *reference, const struct patient *patient)
{
    struct journey usual = journey_plan(reference, patient, 0);
    return journey_delay_to_call_min(patient, journey_to_door_min(&usual));
}

double pilot_call_to_door(const struct service *service, const struct patient *patient,
                          uint32_t *treating)
{
    struct journey way =
        journey_plan(service, patient, service->parameters.value[P_JOURNEY_ADDED_MIN]);
    *treating = way.treating;
    return journey_to_door_min(&way);
}

double pilot_onset_to_door(const struct service *service, const struct service *reference,
                           const struct patient *patient, uint32_t *treating)
{
    return pilot_delay_to_call(reference, patient) + pilot_call_to_door(service, patient, treating);
}
