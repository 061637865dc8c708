/* Pilot patients: strokes on which levels are solved for, before any replication.
 *
 * They come from a Sobol sequence instead of the random streams: a few thousand points do what a
 * hundred thousand random ones would, and what is solved depends on no seed.
 */
#ifndef MODELS_PILOT_H
#define MODELS_PILOT_H

#include <stdint.h>

#include "models/patient.h"
#include "models/service.h"
#include "models/week.h"

enum { PILOT_PATIENTS = 16384 };

/* PILOT_PATIENTS strokes, to be freed; or NULL. The week begins on a Monday. */
struct patient *pilot_draw(const struct case_mix *mix, const struct week *week);

/* Minutes from onset to the treating hospital's door, which is written to *treating, given the
 * scenario's first service. */
double pilot_onset_to_door(const struct service *service, const struct service *reference,
                           const struct patient *patient, uint32_t *treating);

#endif
