/* Reperfusion at the treating hospital: scan, then thrombolysis and thrombectomy or not.
 *
 * A pure function of the patient, the unit and the minutes from onset to its door, so the pathway,
 * the calibration and the split of an effect among its causes all decide alike. Order and limits
 * are those of the published pathway model (SAMueL): onset known; arrived in time; scanned in time
 * after arrival and after onset; then treated or not; then minutes to needle, cut at what is left.
 * Who is treated is one uniform against the share treated among those in time, which is solved for
 * once and then held, so a longer journey or a slower scan treats fewer.
 *
 * Thrombectomy is done at the hospital itself, or at the centre that it transfers to: then the
 * patient leaves once door in, door out is over and scan and needle are behind, and what is left
 * after the way is cut at the same limit. Nobody is sent who would arrive after it.
 */
#ifndef MODELS_TREATMENT_H
#define MODELS_TREATMENT_H

#include <stdbool.h>

#include "models/outcome.h"
#include "models/patient.h"
#include "models/service.h"

/* Minutes; INFINITY where it does not happen. */
struct reperfusion {
    double door_to_scan_min;
    double scan_to_needle_min;
    double scan_to_puncture_min;
    double door_to_leave_min; /* for a centre; INFINITY too where no other hospital is needed */
    uint32_t centre;          /* where the puncture is if not here; else NO_HOSPITAL */
};

/* Minutes from the door to the scan, by the patient's hour of the week. Everybody is scanned. */
double treatment_door_to_scan(const struct service *service, const struct unit *unit,
                              const struct patient *patient);

/* Share of those in time whom the unit thrombolyses at that hour, relative to its share at all. */
double treatment_hour_ratio(const struct service *service, const struct unit *unit,
                            const struct patient *patient);

/* Whether a patient can be in time for thrombolysis, however soon the scan is. */
bool treatment_may_be_in_time(const struct service *service, const struct patient *patient,
                              double onset_to_door_min);

/* Whether a patient is in time for thrombolysis. */
bool treatment_in_time(const struct service *service, const struct patient *patient,
                       double onset_to_door_min, double door_to_scan_min);

/* Minutes from scan to needle, or to puncture, here or at the centre; INFINITY: not so treated.
 * scan_to_needle_min: as decided, since who is transferred has the needle first. */
double treatment_needle(const struct service *service, const struct unit *unit,
                        const struct patient *patient, double onset_to_door_min,
                        double door_to_scan_min);
double treatment_puncture(const struct service *service, const struct unit *unit,
                          const struct patient *patient, double onset_to_door_min,
                          double door_to_scan_min, double scan_to_needle_min);

struct reperfusion treatment_decide(const struct service *service, const struct unit *unit,
                                    const struct patient *patient, double onset_to_door_min);

/* The hospital in whose bed the patient lies, given the one that treats first. */
uint32_t treatment_ward(const struct reperfusion *reperfusion, uint32_t treating);

/* Why a patient is not so treated: the first reason, in the order in which things are decided. */
enum refusal {
    REFUSAL_NO_STROKE,
    REFUSAL_HAEMORRHAGE,
    REFUSAL_NO_LARGE_VESSEL, /* is occluded */
    REFUSAL_ONSET_UNKNOWN,
    REFUSAL_NOT_DONE_HERE,
    REFUSAL_ARRIVED_LATE,
    REFUSAL_SCANNED_LATE,
    REFUSAL_DECIDED_AGAINST, /* although in time */
    REFUSAL_NO_TIME_LEFT     /* it would come too late, by the limits or to do good */
};

/* Of a patient to whom treatment_needle(), or treatment_puncture(), gives none. */
enum refusal treatment_no_needle(const struct service *service, const struct unit *unit,
                                 const struct patient *patient, double onset_to_door_min,
                                 double door_to_scan_min);
enum refusal treatment_no_puncture(const struct service *service, const struct unit *unit,
                                   const struct patient *patient, double onset_to_scan_min);

/* The same as minutes from onset. */
struct treatment treatment_times(const struct reperfusion *reperfusion, double onset_to_door_min);

#endif
