#include "models/pathway.h"

#include <math.h>

#include "models/pathway_inside.h"
#include "models/pathway_steps.h"

/* Simulated time passes where patients meet, at beds, at ambulances and where one may be diverted;
 * between two such moments nobody can change what comes, so its times are only written down. */
static void patient_pathway(struct process *self, void *world)
{
    struct pathway *pathway = world;
    struct calendar *calendar = pathway->calendar;
    struct visit *visit = (struct visit *)self;
    const struct patient *patient = visit->patient;
    struct path *path = visit->path;
    pathway->events++;

    PROCESS_BEGIN(self);
    /* Onset; then the call, or setting out, and the ambulance. */
    path->call_min = calendar_now(calendar) + step_delay_to_call_min(pathway, visit);
    if (pathway->run->service->next != NULL)
        step_take_phase(pathway, visit);
    if (patient->by_ambulance) {
        if (pathway->run->service->fleet != NULL) {
            PROCESS_HOLD_UNTIL(self, calendar, path->call_min);
            step_call_ambulance(pathway, visit);
            if (visit->call.vehicle == NULL)
                PROCESS_SLEEP(self);
            step_set_out(pathway, visit);
        }
        path->scene_min = path->call_min + path->journey.response_min;
        path->leave_scene_min = path->scene_min + path->journey.scene_min;
        if (pathway->run->service->diverts) {
            PROCESS_HOLD_UNTIL(self, calendar, path->leave_scene_min);
            step_divert(pathway, visit);
        }
    }
    step_travel(visit);
    if (visit->call.vehicle != NULL)
        step_send_ambulance_back(pathway, visit);
    PROCESS_HOLD_UNTIL(self, calendar, path->door_min);

    /* The door, the scan, the needle, the puncture; a bed is being found meanwhile. */
    step_arrive(pathway, visit);
    step_scan_and_treat(visit);

    /* On to a thrombectomy centre: the bed is asked for there, and the puncture follows. */
    if (visit->reperfusion.centre != NO_HOSPITAL) {
        step_leave_for_centre(visit);
        PROCESS_HOLD_UNTIL(self, calendar, path->centre_door_min);
        step_arrive_at_centre(pathway, visit);
    }

    /* The hyper-acute bed, or the local unit's for the whole stay; who waits for one may die, or
     * stay on a general ward in the end. */
    PROCESS_AWAIT_FOR(self, calendar, &visit->bed, step_until_limit_min(pathway, path));
    step_decide_outcome(pathway, visit);
    PROCESS_AWAIT_FOR(self, calendar, &visit->bed, step_until_outlier_min(pathway, path));
    step_end_first_wait(pathway, visit);
    if (isnan(path->bed_min) && !path->outlier) {
        step_discharge(pathway, visit);
        PROCESS_EXIT(self);
    }
    PROCESS_HOLD_UNTIL(self, calendar,
                       fmax(step_treated_min(path), step_end_of_first_stay_min(pathway, visit)));

    /* Who was to go on, and finds that the last stroke unit has closed, stays. */
    if (visit->moves && !step_has_stroke_unit(pathway, visit)) {
        visit->moves = false;
        PROCESS_HOLD_UNTIL(self, calendar, step_end_of_first_stay_min(pathway, visit));
    }

    /* The stroke-unit bed near home; the hyper-acute one is held until it is free. */
    if (visit->moves && !step_is_dead(pathway, path)) {
        step_ask_stroke_unit_bed(pathway, visit);
        PROCESS_AWAIT_FOR(self, calendar, &visit->su_bed, step_until_death_min(pathway, path));
        path->su_wait_min = step_change_bed(pathway, visit, path->su, BED_SU, &visit->su_bed);
        if (claim_is_granted(&visit->su_bed)) {
            path->su_bed_min = visit->su_bed.granted_at;
            PROCESS_HOLD_UNTIL(self, calendar, step_end_of_su_stay_min(pathway, visit));
        }
    }

    /* Rehabilitation, likewise. */
    if (visit->rehabilitates && !step_is_dead(pathway, path) &&
        step_has_rehabilitation(pathway, visit)) {
        step_ask_rehabilitation_bed(pathway, visit);
        PROCESS_AWAIT_FOR(self, calendar, &visit->rehab_bed, step_until_death_min(pathway, path));
        path->rehab_wait_min =
            step_change_bed(pathway, visit, path->rehab, BED_REHAB, &visit->rehab_bed);
        if (claim_is_granted(&visit->rehab_bed)) {
            path->rehab_bed_min = visit->rehab_bed.granted_at;
            PROCESS_HOLD_UNTIL(self, calendar, step_end_of_rehab_stay_min(pathway, visit));
        }
    }

    /* Ready to leave; the last bed is held until there is somewhere to go. */
    path->ready_min = calendar_now(calendar);
    if (step_discharge_delay_days(pathway, visit) > 0)
        PROCESS_HOLD_UNTIL(self, calendar,
                           step_end_of_stay_min(pathway, path, path->ready_min,
                                                step_discharge_delay_days(pathway, visit)));
    if (visit->held != NULL)
        resource_release(visit->held_of, visit->held, calendar);
    step_discharge(pathway, visit);
    PROCESS_END(self);
}

/* Whose stroke is prevented here has no visit. False: the run was stopped instead. */
static bool start_visit(struct pathway *pathway, uint32_t at)
{
    const struct pathway_run *run = pathway->run;
    if (!pathway_takes(run, &run->cohort->patient[at])) {
        pathway->path[at] = (struct path){.done = false};
        return true;
    }
    if ((double)pathway->inside >= run->max_inside) {
        pathway_stop(pathway, PATHWAY_UNSTABLE);
        return false;
    }
    struct visit *visit = pathway_take_visit(pathway);
    if (visit == NULL) {
        pathway_stop(pathway, PATHWAY_NO_MEMORY);
        return false;
    }
    *visit = (struct visit){.patient = &run->cohort->patient[at], .path = &pathway->path[at]};
    *visit->path = (struct path){
        .service = run->service,
        .journey = journey_plan(run->service, visit->patient,
                                run->service->parameters.value[P_JOURNEY_ADDED_MIN]),
        .scene_min = NAN,
        .leave_scene_min = NAN,
        .set_out_min = NAN,
        .back_min = NAN,
        .needle_min = NAN,
        .puncture_min = NAN,
        .leave_min = NAN,
        .centre_door_min = NAN,
        .bed_min = NAN,
        .su_bed_min = NAN,
        .rehab_bed_min = NAN,
        .ready_min = NAN,
        .death_min = NAN,
        .ward = NO_HOSPITAL,
        .su = NO_HOSPITAL,
        .rehab = NO_HOSPITAL,
    };
    process_enter(&visit->process, patient_pathway, 0, pathway);
    return true;
}

/* Patients fall ill one after the other, each before anything else that is due later: an onset
 * needs no event, because all of them are known. False: out of memory. */
static bool let_everybody_fall_ill(struct pathway *pathway)
{
    const struct cohort *cohort = pathway->run->cohort;
    struct calendar *calendar = pathway->calendar;
    for (; pathway->next < cohort->count; pathway->next++) {
        uint32_t at = cohort->order[pathway->next];
        if (!process_run(calendar, pathway, cohort->patient[at].onset_min))
            return false;
        if (calendar_stopped(calendar) || !start_visit(pathway, at))
            break;
    }
    return true;
}

bool pathway_let_pass(struct pathway *pathway)
{
    return let_everybody_fall_ill(pathway) && process_run(pathway->calendar, pathway, INFINITY);
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

static bool is_idle(const struct pathway *pathway)
{
    return calendar_pending(pathway->calendar) == 0 && pathway->next == pathway->run->cohort->count;
}

/* Each midnight of a service that changes, before the census and whatever happens at that instant.
 */
void pathway_change_beds(struct process *self, void *world)
{
    struct pathway *pathway = world;
    struct clerk *clerk = (struct clerk *)self;
    pathway->events++;

    PROCESS_BEGIN(self);
    for (;;) {
        pathway_begin_day(pathway, clerk->next++);
        /* A bed may come on another day of the week; who waits longer with nobody else about would
         * wait for ever, and the run is to end and say so. */
        pathway->idle_days = is_idle(pathway) ? pathway->idle_days + 1 : 0;
        if (pathway->idle_days > WEEKDAYS)
            PROCESS_EXIT(self);
        PROCESS_HOLD_UNTIL(self, pathway->calendar, (double)clerk->next * DAY_MIN);
    }
    PROCESS_END(self);
}
