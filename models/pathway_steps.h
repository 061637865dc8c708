/* The steps of the pathway: what happens to a visit at each, told in pathway.c. Internal to
 * models/pathway*.c. */
#ifndef MODELS_PATHWAY_STEPS_H
#define MODELS_PATHWAY_STEPS_H

#include "models/pathway_inside.h"

/* Minutes from onset to the call, the same under every configuration. */
double step_delay_to_call_min(const struct pathway *pathway, const struct visit *visit);

/* On leaving the scene: where the unit is full, the ambulance goes to another. */
void step_divert(struct pathway *pathway, struct visit *visit);

/* The way to the treating door, over the first hospital's if that is another. */
void step_travel(struct visit *visit);

/* The bed is asked for at the door; scanning and treatment go on meanwhile. Who goes on to a
 * thrombectomy centre asks for one at its door, and takes none here. */
void step_arrive(struct pathway *pathway, struct visit *visit);

/* What is done at the treating hospital itself. */
void step_scan_and_treat(struct visit *visit);

void step_leave_for_centre(struct pathway *pathway, struct visit *visit);
void step_arrive_at_centre(struct pathway *pathway, struct visit *visit);

/* When the last of scan, needle and puncture is over: nobody leaves or dies before. */
double step_treated_min(const struct path *path);

/* Minutes until the bed comes too late for organised care. */
double step_until_limit_min(const struct pathway *pathway, const struct path *path);

/* Whether care was organised is settled once the bed is there or comes too late for it. */
void step_decide_outcome(struct pathway *pathway, struct visit *visit);

/* Ends a wait: minutes waited; a claim that was not granted is given up. */
double step_end_wait(struct pathway *pathway, struct resource *beds, struct claim *claim);

/* When a stay that began at `from_min` and lasts `days` ends, or the patient: not before now. */
double step_end_of_stay_min(const struct pathway *pathway, const struct path *path, double from_min,
                            double days);

bool step_is_dead(const struct pathway *pathway, const struct path *path);

/* Whether the stroke-unit part of the stay needs another bed than the one the patient is in. */
bool step_moves_to_stroke_unit(const struct pathway *pathway, const struct visit *visit);

void step_ask_stroke_unit_bed(struct pathway *pathway, struct visit *visit);

/* Minutes of the way to the stroke unit; 0 within one hospital. */
double step_way_to_stroke_unit_min(const struct pathway *pathway, const struct path *path);

void step_discharge(struct pathway *pathway, struct visit *visit);

#endif
