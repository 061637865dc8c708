/* The volume effect: units that thrombolyse more often are faster, where treatment.volume_effect
 * says so. Off by default, since the evidence disagrees (the dictionary row cites both sides).
 *
 * Volume is the expected number of thrombolyses a year. What counts is the class of volume (under
 * 25, 25 to 49, 50 and more) against the one that the same hospital has in the scenario's first
 * configuration as written, for its times are taken to be of that volume; a hospital that treats
 * nobody there is in the lowest. The minutes saved or lost are spread over scan and needle in
 * proportion.
 */
#ifndef MODELS_VOLUME_H
#define MODELS_VOLUME_H

#include <stdbool.h>

#include "models/case_mix.h"
#include "models/patient.h"
#include "models/service.h"

/* pilot: PILOT_PATIENTS of the mix; the services with their shares treated. False: out of memory.
 */
bool volume_apply(const struct patient *pilot, const struct case_mix *mix, struct service *written,
                  struct service *running, size_t services);

/* Minutes of door to needle that such a volume saves, against the lowest class. */
double volume_saves_min(const struct parameters *parameters, double thrombolyses_per_year);

#endif
