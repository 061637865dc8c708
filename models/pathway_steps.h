/* The steps of the pathway: what happens to a visit at each, told in pathway.c. Internal to
 * models/pathway*.c. */
#ifndef MODELS_PATHWAY_STEPS_H
#define MODELS_PATHWAY_STEPS_H

#include "models/pathway_inside.h"

/* Where the unit is full, the ambulance may be diverted. */
void step_leave_scene(struct pathway *pathway, struct visit *visit);

/* The bed is asked for at the door; scanning and treatment go on meanwhile. Who goes on to a
 * thrombectomy centre asks for one at its door, and takes none here. */
void step_arrive(struct pathway *pathway, struct visit *visit);

/* Time of the needle or the puncture, whichever is next; INFINITY: there is none to come. */
double step_next_treatment_min(const struct visit *visit);

void step_treat(struct visit *visit, double now_min);

/* Minutes until a patient leaves for a thrombectomy centre, of the way, and from its door to the
 * puncture. */
double step_until_leaving_min(const struct pathway *pathway, const struct visit *visit);
double step_way_to_centre_min(const struct pathway *pathway, const struct path *path);
double step_until_puncture_min(const struct pathway *pathway, const struct visit *visit);

void step_arrive_at_centre(struct pathway *pathway, struct visit *visit);

/* Minutes until the bed comes too late for organised care. */
double step_until_limit_min(const struct pathway *pathway, const struct path *path);

/* Whether care was organised is settled once the bed is there or comes too late for it. */
void step_decide_outcome(struct pathway *pathway, struct visit *visit);

/* Ends a wait: minutes waited; a claim that was not granted is given up. */
double step_end_wait(struct pathway *pathway, struct resource *beds, struct claim *claim);

/* Minutes from now until a stay that began at `from_min` and lasts `days` ends, or the patient. */
double step_remaining_min(const struct pathway *pathway, const struct path *path, double from_min,
                          double days);

bool step_is_dead(const struct pathway *pathway, const struct path *path);

/* Whether the stroke-unit part of the stay needs another bed than the one the patient is in. */
bool step_moves_to_stroke_unit(const struct pathway *pathway, const struct visit *visit);

void step_ask_stroke_unit_bed(struct pathway *pathway, struct visit *visit);

/* Minutes of the way to the stroke unit; 0 within one hospital. */
double step_way_to_stroke_unit_min(const struct pathway *pathway, const struct path *path);

void step_discharge(struct pathway *pathway, struct visit *visit);

#endif
