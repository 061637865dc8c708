/* Pilot patients: strokes on which levels are solved for, before any replication.
 *
 * They come from a Sobol sequence instead of the random streams: a few thousand points do what a
 * hundred thousand random ones would, and what is solved depends on no seed.
 */
#ifndef MODELS_PILOT_H
#define MODELS_PILOT_H

#include <stdbool.h>
#include <stdint.h>

#include "models/patient.h"
#include "models/service.h"
#include "models/week.h"

enum { PILOT_PATIENTS = 16384 };

/* Who the pilot patients are, whatever strokes they have. */
struct pilot_people;

/* The week begins on a Monday; the case mix must outlive them. NULL: out of memory. */
struct pilot_people *pilot_people_new(const struct case_mix *mix, const struct week *week);
void pilot_people_free(struct pilot_people *people); /* legal with NULL */

/* Whether pilot_people_new() would make the same ones of these. */
bool pilot_people_are_of(const struct pilot_people *people, const struct case_mix *mix,
                         const struct week *week);

/* PILOT_PATIENTS strokes, to be freed; without stays, nor the mRS before. NULL: out of memory. */
struct patient *pilot_draw(const struct pilot_people *people, const struct case_mix *mix);

/* Minutes from onset to the call, given the scenario's first service. */
double pilot_delay_to_call(const struct service *reference, const struct patient *patient);

/* From there to the treating hospital's door; writes to *treating which it is. */
double pilot_call_to_door(const struct service *service, const struct patient *patient,
                          uint32_t *treating);

/* Their sum. */
double pilot_onset_to_door(const struct service *service, const struct service *reference,
                           const struct patient *patient, uint32_t *treating);

#endif
