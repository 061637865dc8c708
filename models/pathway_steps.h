/* The steps of the pathway: what happens to a visit at each, told in pathway.c. Internal to
 * models/pathway*.c. */
#ifndef MODELS_PATHWAY_STEPS_H
#define MODELS_PATHWAY_STEPS_H

#include "models/pathway_inside.h"

/* Minutes from onset to the call, the same under every configuration. */
double step_delay_to_call_min(const struct pathway *pathway, const struct visit *visit);

/* Where the service has phases: the one of the time of the call, and the journey by it. */
void step_take_phase(struct pathway *pathway, struct visit *visit);

/* With a fleet: the call, for which an ambulance may have to be waited; and its setting out, from
 * which the response follows. */
void step_call_ambulance(struct pathway *pathway, struct visit *visit);
void step_set_out(struct pathway *pathway, struct visit *visit);

/* The ambulance goes back to its station after its time at the hospital. */
void step_send_ambulance_back(struct pathway *pathway, struct visit *visit);

/* On leaving the scene: where the unit is full, the ambulance goes to another. */
void step_divert(struct pathway *pathway, struct visit *visit);

/* The way to the treating door, over the first hospital's if that is another. */
void step_travel(struct visit *visit);

/* The bed is asked for at the door; scanning and treatment go on meanwhile. Who goes on to a
 * thrombectomy centre asks for one at its door, and takes none here. */
void step_arrive(struct pathway *pathway, struct visit *visit);

/* What is done at the treating hospital itself. */
void step_scan_and_treat(struct visit *visit);

void step_leave_for_centre(struct visit *visit);
void step_arrive_at_centre(struct pathway *pathway, struct visit *visit);

/* When the last of scan, needle and puncture is over: nobody leaves or dies before. */
double step_treated_min(const struct path *path);

/* Minutes until the bed comes too late for organised care, or the wait is given up. */
double step_until_limit_min(const struct pathway *pathway, const struct path *path);

/* Whether care was organised is settled once the bed is there or comes too late for it. */
void step_decide_outcome(struct pathway *pathway, struct visit *visit);

/* Minutes until death, or also until the wait for the first bed is given up; INFINITY: never. */
double step_until_death_min(const struct pathway *pathway, const struct path *path);
double step_until_outlier_min(const struct pathway *pathway, const struct path *path);

/* The first bed is there; or the patient has died, or becomes an outlier. */
void step_end_first_wait(struct pathway *pathway, struct visit *visit);

/* When a stay that began at `from_min` and lasts `days` ends, or the patient: not before now. */
double step_end_of_stay_min(const struct pathway *pathway, const struct path *path, double from_min,
                            double days);
double step_end_of_first_stay_min(const struct pathway *pathway, const struct visit *visit);
double step_end_of_su_stay_min(const struct pathway *pathway, const struct visit *visit);
double step_end_of_rehab_stay_min(const struct pathway *pathway, const struct visit *visit);

bool step_is_dead(const struct pathway *pathway, const struct path *path);

/* Whether there is such a unit for the patient's area by now. */
bool step_has_stroke_unit(const struct pathway *pathway, const struct visit *visit);
bool step_has_rehabilitation(const struct pathway *pathway, const struct visit *visit);

void step_ask_stroke_unit_bed(struct pathway *pathway, struct visit *visit);
void step_ask_rehabilitation_bed(struct pathway *pathway, struct visit *visit);

/* Ends the wait for the next bed: minutes waited. If it was granted, the one before is free; if
 * not, the patient has died in that one. */
double step_change_bed(struct pathway *pathway, struct visit *visit, uint32_t hospital,
                       enum bed_kind kind, struct claim *claim);

/* Days for which a patient who is ready has nowhere to go; 0 of the dead and of mimics. */
double step_discharge_delay_days(const struct pathway *pathway, const struct visit *visit);

void step_discharge(struct pathway *pathway, struct visit *visit);

#endif
