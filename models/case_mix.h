/* A case mix: what patients are drawn from, made ready from the region and the parameters.
 *
 * Joint as far as figures were published: where decides about age; age about sex, haemorrhage and
 * severity; sex about severity; severity about the type of ischaemic stroke, the ambulance and the
 * time to arrival; type about what was known of the onset and the mRS before.
 */
#ifndef MODELS_CASE_MIX_H
#define MODELS_CASE_MIX_H

#include <stdbool.h>
#include <stddef.h>

#include "models/parameters.h"
#include "models/patient.h"
#include "models/region.h"

struct case_mix;

/* NULL: out of memory, or nobody falls ill (no strokes, no weights). */
struct case_mix *case_mix_new(const struct region *region, const struct parameters *parameters);
void case_mix_free(struct case_mix *mix); /* legal with NULL */

/* Whether two draw the same people from the same uniforms: where, how old and of which sex. */
bool case_mix_has_same_people(const struct case_mix *mix, const struct case_mix *other);

/* Share of strokes of a type; 0 of what is no stroke. */
double case_mix_type_share(const struct case_mix *mix, enum stroke_type type);

/* Share of the patients of a type who come by ambulance. */
double case_mix_ambulance_share(const struct case_mix *mix, enum stroke_type type);

/* Strokes a year at demand.multiplier 1: of all areas, and of one. */
double case_mix_strokes_per_year(const struct case_mix *mix);
double case_mix_area_strokes(const struct case_mix *mix, size_t area);

/* Share of an area's strokes in an age band. */
double case_mix_band_share(const struct case_mix *mix, size_t area, enum age_band band);

/* Share of the mimics and TIA that are TIA. */
double case_mix_tia_share(const struct case_mix *mix);

#endif
