/* A patient: everything that is not the service's doing.
 *
 * Where, when, what kind of stroke, how severe, and the luck behind every later decision, drawn
 * before any configuration is looked at. Each number has a purpose, and each purpose a place (block
 * and lane) in the patient's own random numbers, so adding a purpose never shifts another:
 * the enumeration below is that table. A purpose that a configuration reads later is kept in the
 * patient as drawn, and turned by inverse or location-scale, so whoever is lucky in one
 * configuration is as lucky in another.
 */
#ifndef MODELS_PATIENT_H
#define MODELS_PATIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/region.h"

/* The table of purposes: place = 4 x block + lane. */
enum draw {
    DRAW_GAP = 0,         /* block 0: when */
    DRAW_THINNING,        /* whether at a smaller demand */
    DRAW_AREA,            /* where */
    DRAW_AGE,             /* age band and age within it */
    DRAW_TYPE = 4,        /* block 1: haemorrhage or not */
    DRAW_NIHSS,           /* severity */
    DRAW_MRS,             /* before the stroke and at 90 days */
    DRAW_AMBULANCE,       /* by ambulance or not */
    DRAW_ONSET_KNOWN = 8, /* block 2 */
    DRAW_ONSET_TO_ARRIVAL,
    DRAW_RESPONSE,
    DRAW_SCENE,
    DRAW_ELSEWHERE = 12, /* block 3: treated outside a HASU */
    DRAW_SCAN,
    DRAW_IVT, /* treated if eligible */
    DRAW_NEEDLE,
    DRAW_ORGANISED = 16, /* block 4 */
    DRAW_DEATH_TIME,
    DRAW_STAY_HASU,
    DRAW_STAY_SU,
    DRAW_SU_NEEDED = 20, /* block 5 */
    DRAW_CARE_HOME,
    DRAW_MT,
    DRAW_PUNCTURE,
    DRAW_LVO_SCORE = 24, /* block 6: the score before hospital */
    DRAW_DOOR_IN_DOOR_OUT,
    DRAW_SEX,
    DRAW_IN_HOSPITAL,
    DRAW_REHAB_NEEDED = 28, /* block 7: after the stroke unit */
    DRAW_STAY_REHAB,
    DRAW_DISCHARGE_DELAY,
    DRAW_EARLY_SUPPORTED,
    DRAW_COUNT
};

enum stroke_type {
    TYPE_NLVO,
    TYPE_LVO,
    TYPE_HAEMORRHAGE,
    TYPE_MIMIC,
    TYPE_TIA,
    STROKE_TYPES,
    STROKES_END = TYPE_MIMIC,          /* the first that is no stroke */
    ISCHAEMIC_TYPES = TYPE_HAEMORRHAGE /* the first of them; they alone are thrombolysed */
};

struct patient {
    uint64_t number; /* the entity of its random numbers */
    uint32_t area;
    uint8_t type; /* enum stroke_type */
    uint8_t nihss;
    uint8_t mrs_before;
    uint8_t hour_of_week; /* of arrival at the reference journey, from Monday 0 h; by the caller */
    bool onset_known;
    bool on_waking;   /* noticed then: one of those whose onset is not known */
    bool in_hospital; /* when it began */
    bool by_ambulance;
    bool male;
    bool su_needed, rehab_needed;
    double age;                            /* years */
    double onset_min;                      /* simulated time */
    double onset_to_arrival_min;           /* at the reference journey */
    double hasu_days, su_days, rehab_days; /* what the patient needs, cut short by death */
    double response_z, scene_z;            /* standard normals */
    double elsewhere, scan, ivt, needle, organised, death_time, care_home, mt, puncture, mrs;
    double lvo_score, door_in_door_out, discharge_delay, early_supported;
    double rank; /* in [0, 1) of the demand of the moment: the last are prevented first; by the
                    caller */
};

/* What patients are drawn from (models/case_mix.h). */
struct case_mix;

/* The age band of the patient with these uniforms. */
enum age_band patient_draw_band(const struct case_mix *mix, const double uniform[]);

/* Draws a patient from its uniforms (DRAW_COUNT of them; DRAW_GAP and DRAW_THINNING unused).
 * onset_min, hour_of_week, rank and number are left to the caller. */
void patient_draw(const struct case_mix *mix, const double uniform[], bool mimic,
                  struct patient *patient);

/* A stroke in two steps, for case mixes that have the same people but not the same strokes: who and
 * where, with the luck of all that follows and the class of age; then the kind of stroke, how
 * severe and how it began. Stays and the mRS before the stroke are drawn by patient_draw() alone.
 */
void patient_draw_person(const struct case_mix *mix, const double uniform[],
                         struct patient *patient, size_t *age_class);
void patient_draw_attack(const struct case_mix *mix, const double uniform[], size_t age_class,
                         struct patient *patient);

static inline bool patient_is_stroke(const struct patient *patient)
{
    return patient->type < STROKES_END;
}

/* Whether the stroke is among those that do not happen when this share is prevented. */
static inline bool patient_is_prevented(const struct patient *patient, double share)
{
    return share > 0 && patient_is_stroke(patient) && patient->rank >= 1 - share;
}

static inline bool patient_is_ischaemic(const struct patient *patient)
{
    return patient->type == TYPE_NLVO || patient->type == TYPE_LVO;
}

const char *stroke_type_name(enum stroke_type type);

#endif
