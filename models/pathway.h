/* The pathway: from onset to discharge, in simulated time.
 *
 * One function, top to bottom, in a clinician's order (pathway.c). It alone knows all the others:
 * journey, treatment, beds, outcome, bill. Running a service over a cohort writes one path a
 * patient and a daily census; models/ledger.h adds them up.
 *
 * Where the service has phases, a patient takes that of the time of the call, or of setting out,
 * to the treating hospital and its first bed; later beds are asked for as the service is at that
 * moment. Beds change at midnight. One taken away from its patient goes when the patient does, and
 * where a kind of bed closes, who is there or on the way is still served, in what there was.
 */
#ifndef MODELS_PATHWAY_H
#define MODELS_PATHWAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/demand.h"
#include "models/journey.h"
#include "models/outcome.h"
#include "models/service.h"
#include "sim/resource.h"
#include "sim/stream.h"

/* What the life of a stroke patient is worth: none of a mimic's. */
struct path_worth {
    double qalys_90d, qalys_later; /* later: after day 90 */
    double gbp_later;
};

/* What happened to one patient under one service. Times are minutes of simulated time; NAN where
 * it did not happen. */
struct path {
    const struct service *service; /* the phase taken; the model's */
    struct journey journey;
    double call_min, scene_min, leave_scene_min, first_door_min, door_min;
    double set_out_min, back_min; /* the ambulance, of a fleet: from its station, and at it again */
    double scan_min, needle_min, puncture_min;
    double leave_min, centre_door_min;         /* for thrombectomy at another hospital */
    double bed_min, su_bed_min, rehab_bed_min; /* bed: the first stroke bed */
    double ready_min, discharge_min;           /* to leave; left */
    double death_min;                          /* NAN: alive at day 90 */
    double bed_wait_min, su_wait_min, rehab_wait_min;
    double death_probability, mrs_0_2_probability, expected_mrs; /* given the path; strokes */
    double cost_gbp;
    struct path_worth worth, expected_worth; /* as drawn; given the path */
    struct bill bill;
    uint32_t ward;    /* where the first bed is: the treating hospital or the thrombectomy centre */
    uint32_t su;      /* the stroke unit that a bed was asked of after the HASU, or NO_HOSPITAL */
    uint32_t rehab;   /* likewise for rehabilitation */
    uint32_t station; /* the ambulance's, where it has set out */
    int8_t mrs;       /* -1: a mimic */
    bool organised_care;
    bool care_offered; /* the hospital gives it */
    bool bed_in_time;
    bool diverted;        /* on leaving the scene, from a full unit */
    bool su_away;         /* the bed after the HASU was asked of another than the area's own */
    bool outlier;         /* stayed on a general ward for want of a stroke bed */
    bool early_supported; /* left the stroke unit early, with a team that treats at home */
    bool died_in_hospital;
    bool done;
};

/* What became of the beds of one kind at one hospital in the window. */
struct bed_use {
    double in_use; /* beds, on average over time */
};

/* The kind of a patient's first bed. */
enum bed_kind path_first_bed(const struct path *path);

/* When the first bed was asked for: at the treating door, or at the thrombectomy centre's. */
double path_asked_min(const struct path *path);

/* One worker's memory for running services; nothing in it outlives a replication but capacity. */
struct pathway;

/* hospitals: the largest number in any service; days: the longest window. NULL: out of memory. */
struct pathway *pathway_new(size_t hospitals, size_t days);
void pathway_free(struct pathway *pathway); /* legal with NULL */

enum pathway_status { PATHWAY_OK, PATHWAY_NO_MEMORY, PATHWAY_UNSTABLE };

struct pathway_run {
    const struct service *service;
    const struct service *reference; /* the scenario's first */
    const struct outcome_level *level;
    const struct cohort *cohort;
    double window_start_min, window_end_min;
    bool first_phase_only; /* however the service goes on */
    double max_inside;
    struct stream other_calls;  /* that a fleet answers */
    uint64_t seed, replication; /* named by assertions */
};

/* Whether a patient falls ill under this service: the stroke is not prevented. */
bool pathway_takes(const struct pathway_run *run, const struct patient *patient);

/* Whether a patient belongs to the results: falls ill, and in the window. */
bool pathway_counts(const struct pathway_run *run, const struct patient *patient);

/* Runs everybody in the cohort to discharge. PATHWAY_UNSTABLE: more than max_inside patients were
 * inside at once, and the run was stopped. */
enum pathway_status pathway_execute(struct pathway *pathway, const struct pathway_run *run);

/* After a run: a path a patient, by place in the cohort. */
const struct path *pathway_paths(const struct pathway *pathway);

/* After a run: beds in use at midnight of a day of the window (0 is its first day). */
unsigned pathway_census(const struct pathway *pathway, size_t day, size_t hospital,
                        enum bed_kind kind);

/* Likewise, patients between the treating door and discharge, in a bed or waiting. */
double pathway_present(const struct pathway *pathway, size_t day);

struct bed_use pathway_bed_use(const struct pathway *pathway, size_t hospital, enum bed_kind kind);

/* Likewise, the share of the fleet's vehicle hours in which a vehicle was out; NAN without one. */
double pathway_fleet_utilisation(const struct pathway *pathway);

/* Events handled since the worker began. */
uint64_t pathway_events(const struct pathway *pathway);

#endif
