#include "models/pathway.h"

#include <math.h>

#include "models/pathway_inside.h"
#include "models/pathway_steps.h"

static void patient_pathway(struct process *self, void *world)
{
    struct pathway *pathway = world;
    struct calendar *calendar = pathway->calendar;
    struct visit *visit = (struct visit *)self;
    const struct patient *patient = visit->patient;
    struct path *path = visit->path;
    pathway->events++;

    PROCESS_BEGIN(self);
    /* The call, or setting out. */
    path->call_min = calendar_now(calendar);
    if (patient->by_ambulance) {
        PROCESS_HOLD(self, calendar, path->journey.response_min);
        path->scene_min = calendar_now(calendar);
        PROCESS_HOLD(self, calendar, path->journey.scene_min);
        step_leave_scene(pathway, visit);
    }
    PROCESS_HOLD(self, calendar, path->journey.travel_min);
    path->first_door_min = calendar_now(calendar);
    if (path->journey.first != path->journey.treating) {
        PROCESS_HOLD(self, calendar, path->journey.door_in_door_out_min);
        PROCESS_HOLD(self, calendar, path->journey.transfer_min);
    }

    /* The door, the scan, the needle, the puncture; a bed is being found meanwhile. */
    step_arrive(pathway, visit);
    PROCESS_HOLD(self, calendar, visit->reperfusion.door_to_scan_min);
    path->scan_min = calendar_now(calendar);
    while (isfinite(step_next_treatment_min(visit))) {
        PROCESS_HOLD(self, calendar,
                     fmax(0, step_next_treatment_min(visit) - calendar_now(calendar)));
        step_treat(visit, calendar_now(calendar));
    }

    /* On to a thrombectomy centre: the bed is asked for there, and the puncture follows. */
    if (visit->reperfusion.centre != NO_HOSPITAL) {
        PROCESS_HOLD(self, calendar, step_until_leaving_min(pathway, visit));
        path->leave_min = calendar_now(calendar);
        PROCESS_HOLD(self, calendar, step_way_to_centre_min(pathway, path));
        step_arrive_at_centre(pathway, visit);
        PROCESS_HOLD(self, calendar, step_until_puncture_min(pathway, visit));
        path->puncture_min = calendar_now(calendar);
    }

    /* The hyper-acute bed, or the local unit's for the whole stay; who waits for one may die. */
    PROCESS_AWAIT_FOR(self, calendar, &visit->bed, step_until_limit_min(pathway, path));
    step_decide_outcome(pathway, visit);
    if (isnan(path->death_min))
        PROCESS_AWAIT(self, &visit->bed);
    else
        PROCESS_AWAIT_FOR(self, calendar, &visit->bed, path->death_min - calendar_now(calendar));
    if (claim_is_granted(&visit->bed))
        path->bed_min = visit->bed.granted_at;
    path->bed_wait_min = step_end_wait(pathway, visit->bed_resource, &visit->bed);
    if (isnan(path->bed_min)) {
        step_discharge(pathway, visit);
        PROCESS_EXIT(self);
    }
    PROCESS_HOLD(
        self, calendar,
        step_remaining_min(pathway, path, path->bed_min,
                           patient->hasu_days +
                               (step_moves_to_stroke_unit(pathway, visit) ? 0 : patient->su_days)));

    /* The stroke-unit bed near home; the hyper-acute one is held until it is free. */
    if (step_moves_to_stroke_unit(pathway, visit) && !step_is_dead(pathway, path)) {
        step_ask_stroke_unit_bed(pathway, visit);
        if (isnan(path->death_min))
            PROCESS_AWAIT(self, &visit->su_bed);
        else
            PROCESS_AWAIT_FOR(self, calendar, &visit->su_bed,
                              path->death_min - calendar_now(calendar));
        if (claim_is_granted(&visit->su_bed))
            path->su_bed_min = visit->su_bed.granted_at;
        path->su_wait_min = step_end_wait(pathway, visit->su_resource, &visit->su_bed);
    }
    resource_release(visit->bed_resource, &visit->bed, calendar);
    if (!isnan(path->su_bed_min)) {
        PROCESS_HOLD(self, calendar, step_way_to_stroke_unit_min(pathway, path));
        PROCESS_HOLD(self, calendar,
                     step_remaining_min(pathway, path, path->su_bed_min, patient->su_days));
        resource_release(visit->su_resource, &visit->su_bed, calendar);
    }
    step_discharge(pathway, visit);
    PROCESS_END(self);
}

static void start_visit(struct pathway *pathway, uint32_t at)
{
    const struct pathway_run *run = pathway->run;
    if ((double)pathway->inside >= run->max_inside) {
        pathway_stop(pathway, PATHWAY_UNSTABLE);
        return;
    }
    struct visit *visit = pathway_take_visit(pathway);
    if (visit == NULL) {
        pathway_stop(pathway, PATHWAY_NO_MEMORY);
        return;
    }
    *visit = (struct visit){.patient = &run->cohort->patient[at], .path = &pathway->path[at]};
    double added_min = run->service->parameters.value[P_JOURNEY_ADDED_MIN];
    *visit->path = (struct path){
        .journey = journey_plan(run->service, visit->patient, added_min),
        .scene_min = NAN,
        .leave_scene_min = NAN,
        .needle_min = NAN,
        .puncture_min = NAN,
        .leave_min = NAN,
        .centre_door_min = NAN,
        .bed_min = NAN,
        .su_bed_min = NAN,
        .death_min = NAN,
        .ward = NO_HOSPITAL,
        .su = NO_HOSPITAL,
    };
    bool is_reference = run->service == run->reference && added_min == 0;
    struct journey reference =
        is_reference ? visit->path->journey : journey_plan(run->reference, visit->patient, 0);
    double delay_min = journey_delay_to_call_min(visit->patient, journey_to_door_min(&reference));
    process_start(&visit->process, pathway->calendar, patient_pathway,
                  calendar_now(pathway->calendar) + delay_min, 0);
}

/* Patients fall ill one after the other; only the next onset is on the calendar. */
void pathway_arrivals(struct process *self, void *world)
{
    struct pathway *pathway = world;
    struct clerk *clerk = (struct clerk *)self;
    const struct cohort *cohort = pathway->run->cohort;
    pathway->events++;

    PROCESS_BEGIN(self);
    while (clerk->next < cohort->count) {
        PROCESS_HOLD(self, pathway->calendar,
                     cohort->patient[cohort->order[clerk->next]].onset_min -
                         calendar_now(pathway->calendar));
        if (pathway_takes(pathway->run, &cohort->patient[cohort->order[clerk->next]]))
            start_visit(pathway, cohort->order[clerk->next]);
        clerk->next++;
    }
    PROCESS_END(self);
}

/* Counts the beds at each midnight of the window, and opens and closes it. */
void pathway_midnight(struct process *self, void *world)
{
    struct pathway *pathway = world;
    struct clerk *clerk = (struct clerk *)self;
    pathway->events++;

    PROCESS_BEGIN(self);
    PROCESS_HOLD(self, pathway->calendar, pathway->run->window_start_min);
    pathway_begin_window(pathway);
    while (clerk->next < pathway->census_days) {
        pathway_take_census(pathway, clerk->next++);
        PROCESS_HOLD(self, pathway->calendar, DAY_MIN);
    }
    pathway_end_window(pathway);
    PROCESS_END(self);
    if (pathway->waited_for == 0)
        calendar_stop(pathway->calendar);
}
