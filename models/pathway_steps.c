#include "models/pathway_steps.h"

#include <math.h>

#include "models/invariant.h"
#include "sim/variate.h"

static const double year_days = 365, follow_up_days = 90;
/* Of adding a hold to the clock, far above what doubles lose in a century of minutes. */
static const double rounding_min = 1e-6;

enum bed_kind path_first_bed(const struct path *path)
{
    return hospital_first_bed(&path->service->hospital[path->ward]);
}

double path_asked_min(const struct path *path)
{
    return isnan(path->centre_door_min) ? path->door_min : path->centre_door_min;
}

static bool has_free_bed(const struct resource *beds)
{
    return beds->in_use < beds->capacity && beds->waiting == 0;
}

/* Whether the first bed of who arrives now would be there at once. */
static bool has_first_bed(const struct pathway *pathway, const struct service *service, uint32_t h)
{
    enum bed_kind kind = hospital_first_bed(&service->hospital[h]);
    return has_free_bed(&pathway->beds[h][kind]);
}

/* The nearest hospital that may take the patient and has a free bed; the planned one if none has.
 */
static uint32_t find_free(const struct pathway *pathway, const struct visit *visit)
{
    const struct service *service = visit->path->service;
    uint32_t area = visit->patient->area, found = visit->path->journey.treating;
    double least_min = INFINITY;
    for (uint32_t h = 0; h < service->hospitals; h++) {
        double min = region_minutes(service->region, area, service->hospital[h].site);
        if (min < least_min && has_first_bed(pathway, service, h) &&
            service_takes(service, h, area, visit->path->journey.way)) {
            found = h;
            least_min = min;
        }
    }
    return found;
}

double step_delay_to_call_min(const struct pathway *pathway, const struct visit *visit)
{
    const struct pathway_run *run = pathway->run;
    bool is_reference =
        run->service == run->reference && run->service->parameters.value[P_JOURNEY_ADDED_MIN] == 0;
    const struct journey *own = &visit->path->journey;
    struct journey reference =
        is_reference ? *own
                     : journey_plan_like(run->reference, visit->patient, 0, run->service, own);
    return journey_delay_to_call_min(visit->patient, journey_to_door_min(&reference));
}

void step_take_phase(struct pathway *pathway, struct visit *visit)
{
    struct path *path = visit->path;
    path->service = pathway_phase_at(pathway, path->call_min);
    if (path->service != pathway->run->service)
        path->journey = journey_plan(path->service, visit->patient,
                                     path->service->parameters.value[P_JOURNEY_ADDED_MIN]);
}

void step_call_ambulance(struct pathway *pathway, struct visit *visit)
{
    fleet_call(&pathway->fleet, &visit->call, &visit->process, visit->patient->area);
}

void step_set_out(struct pathway *pathway, struct visit *visit)
{
    struct path *path = visit->path;
    path->set_out_min = calendar_now(pathway->calendar);
    path->station = visit->call.vehicle->station;
    path->journey.response_min =
        path->set_out_min - path->call_min +
        fleet_plan_to_area_min(pathway->run->service->fleet, path->station, visit->patient->area);
}

void step_send_ambulance_back(struct pathway *pathway, struct visit *visit)
{
    const struct service *service = pathway->run->service;
    struct path *path = visit->path;
    path->back_min = path->first_door_min + service->parameters.value[P_AMBULANCE_AT_HOSPITAL_MIN] +
                     fleet_plan_to_base_min(service->fleet, path->journey.first, path->station);
    fleet_send_back(&pathway->fleet, visit->call.vehicle, path->back_min);
}

void step_divert(struct pathway *pathway, struct visit *visit)
{
    struct path *path = visit->path;
    if (has_first_bed(pathway, path->service, path->journey.treating))
        return;
    uint32_t to = find_free(pathway, visit);
    path->diverted = to != path->journey.treating;
    if (path->diverted)
        journey_divert(path->service, visit->patient, to, &path->journey);
}

void step_travel(struct visit *visit)
{
    struct path *path = visit->path;
    const struct journey *journey = &path->journey;
    double from_min = visit->patient->by_ambulance ? path->leave_scene_min : path->call_min;
    path->first_door_min = path->door_min = from_min + journey->travel_min;
    if (journey->first != journey->treating)
        path->door_min =
            path->first_door_min + journey->door_in_door_out_min + journey->transfer_min;
}

/* Where the patient stands in the queue for a bed. */
static int priority(const struct pathway *pathway, enum parameter_id rank)
{
    return (int)pathway->run->service->parameters.value[rank];
}

static struct resource *first_beds(struct pathway *pathway, const struct path *path)
{
    return &pathway->beds[path->ward][path_first_bed(path)];
}

static void ask_first_bed(struct pathway *pathway, struct visit *visit, uint32_t ward)
{
    struct path *path = visit->path;
    path->ward = ward;
    bool direct = ward == path->journey.first;
    resource_ask(first_beds(pathway, path), &visit->bed, &visit->process, pathway->calendar,
                 priority(pathway, direct ? P_BEDS_PRIORITY_DIRECT : P_BEDS_PRIORITY_TRANSFER));
}

void step_arrive(struct pathway *pathway, struct visit *visit)
{
    struct path *path = visit->path;
    const struct service *service = path->service;
    uint32_t hospital = path->journey.treating;
    pathway->admitted++;
    visit->reperfusion = treatment_decide(service, &service->unit[hospital], visit->patient,
                                          path->door_min - visit->patient->onset_min);
    if (visit->reperfusion.centre == NO_HOSPITAL)
        ask_first_bed(pathway, visit, hospital);
}

void step_scan_and_treat(struct visit *visit)
{
    const struct reperfusion *reperfusion = &visit->reperfusion;
    struct path *path = visit->path;
    path->scan_min = path->door_min + reperfusion->door_to_scan_min;
    if (isfinite(reperfusion->scan_to_needle_min))
        path->needle_min = path->scan_min + reperfusion->scan_to_needle_min;
    if (isfinite(reperfusion->scan_to_puncture_min) && reperfusion->centre == NO_HOSPITAL)
        path->puncture_min = path->scan_min + reperfusion->scan_to_puncture_min;
}

double step_treated_min(const struct path *path)
{
    return fmax(path->scan_min, fmax(path->needle_min, path->puncture_min)); /* but for NANs */
}

void step_leave_for_centre(struct visit *visit)
{
    struct path *path = visit->path;
    path->leave_min =
        fmax(step_treated_min(path), path->door_min + visit->reperfusion.door_to_leave_min);
    path->centre_door_min =
        path->leave_min + path->service->unit[path->journey.treating].mt_transfer_min;
}

void step_arrive_at_centre(struct pathway *pathway, struct visit *visit)
{
    struct path *path = visit->path;
    path->puncture_min =
        fmax(path->centre_door_min, path->scan_min + visit->reperfusion.scan_to_puncture_min);
    ask_first_bed(pathway, visit, visit->reperfusion.centre);
}

/* Minutes for which a first bed is waited for at most. */
static double longest_wait_min(const struct pathway *pathway)
{
    double hours = pathway->run->service->parameters.value[P_BEDS_OUTLIER_AFTER_HOURS];
    return hours > 0 ? 60 * hours : INFINITY;
}

double step_until_limit_min(const struct pathway *pathway, const struct path *path)
{
    double limit_min = 60 * pathway->run->service->parameters.value[P_ORGANISED_CARE_LIMIT_HOURS];
    return fmax(0, path_asked_min(path) + fmin(limit_min, longest_wait_min(pathway)) -
                       calendar_now(pathway->calendar));
}

double step_until_death_min(const struct pathway *pathway, const struct path *path)
{
    return isnan(path->death_min) ? INFINITY
                                  : fmax(0, path->death_min - calendar_now(pathway->calendar));
}

double step_until_outlier_min(const struct pathway *pathway, const struct path *path)
{
    double outlier_min =
        path_asked_min(path) + longest_wait_min(pathway) - calendar_now(pathway->calendar);
    return fmin(step_until_death_min(pathway, path), fmax(0, outlier_min));
}

/* QALYs and the cost after day 90: of the drawn mRS, and of all of them by their probabilities. The
 * days of who dies within the 90 count at the utility of mRS 5. */
static void weigh_life(const struct service *service, const struct patient *patient,
                       struct path *path, const double cumulative[MRS_CUTS])
{
    const double *utility = lifetime_table_terms(service->lifetime)->utility;
    const struct lifetime_row *row =
        lifetime_table_row(service->lifetime, patient->age, patient->male);
    struct path_worth *expected = &path->expected_worth;
    for (int mrs = 0; mrs < MRS_DEAD; mrs++) {
        double p = cumulative[mrs] - (mrs == 0 ? 0 : cumulative[mrs - 1]);
        expected->qalys_90d += p * utility[mrs] * follow_up_days;
        expected->qalys_later += p * row->qalys[mrs];
        expected->gbp_later += p * row->gbp[mrs];
    }
    double days = outcome_mean_death_days(&service->outcome, (enum stroke_type)patient->type);
    expected->qalys_90d += path->death_probability * utility[MRS_DEAD - 1] * days;
    expected->qalys_90d /= year_days;
    if (path->mrs == MRS_DEAD) {
        days = fmin(follow_up_days, (path->death_min - path->first_door_min) / DAY_MIN);
        path->worth.qalys_90d = utility[MRS_DEAD - 1] * days / year_days;
    } else {
        path->worth = (struct path_worth){utility[path->mrs] * follow_up_days / year_days,
                                          row->qalys[path->mrs], row->gbp[path->mrs]};
    }
}

/* mRS at 90 days and the time of death, which is not before now, nor before the treatments: the
 * patient is alive. */
static void draw_outcome(const struct pathway *pathway, struct visit *visit)
{
    const struct outcome_model *outcome = &pathway->run->service->outcome;
    const struct patient *patient = visit->patient;
    struct path *path = visit->path;
    double cumulative[MRS_CUTS];
    outcome_cumulative(outcome, pathway->run->level, patient,
                       treatment_times(&visit->reperfusion, path->door_min - patient->onset_min),
                       path->organised_care, cumulative);
    path->death_probability = 1 - cumulative[5];
    path->mrs_0_2_probability = cumulative[2];
    path->expected_mrs = outcome_mean_mrs(cumulative);
    path->mrs = (int8_t)outcome_mrs(cumulative, patient->mrs);
    if (path->mrs == MRS_DEAD)
        path->death_min =
            fmax(fmax(calendar_now(pathway->calendar), step_treated_min(path)),
                 path->first_door_min +
                     DAY_MIN * outcome_death_days(outcome, patient->type, patient->death_time));
    weigh_life(pathway->run->service, patient, path, cumulative);
}

static bool goes_to_care_home(const struct service *service, const struct visit *visit)
{
    int mrs = visit->path->mrs;
    return mrs >= 0 && mrs != MRS_DEAD &&
           visit->patient->care_home < service->prices.care_home_share[mrs];
}

/* What comes after the first bed. */
static void plan_stay(struct pathway *pathway, struct visit *visit)
{
    const struct service *service = pathway->run->service;
    const struct patient *patient = visit->patient;
    const struct route *route = &pathway->phase->route[patient->area];
    struct path *path = visit->path;
    double early = service->parameters.value[P_DISCHARGE_EARLY_SUPPORTED_SHARE];
    visit->moves =
        patient->su_needed && path_first_bed(path) == BED_HASU && route->own_su != NO_HOSPITAL;
    visit->rehabilitates = patient->rehab_needed && route->own_rehab != NO_HOSPITAL;
    path->early_supported = patient->su_needed && path->mrs != MRS_DEAD && !visit->rehabilitates &&
                            !goes_to_care_home(service, visit) && patient->early_supported < early;
}

static void decide_stroke(struct pathway *pathway, struct visit *visit)
{
    struct path *path = visit->path;
    const struct service *service = path->service;
    path->care_offered = visit->patient->organised < service->unit[path->ward].organised_care_share;
    path->bed_in_time = claim_is_granted(&visit->bed) &&
                        visit->bed.granted_at - visit->bed.asked_at <=
                            60 * service->parameters.value[P_ORGANISED_CARE_LIMIT_HOURS];
    path->organised_care = path->care_offered && path->bed_in_time;
    draw_outcome(pathway, visit);
}

void step_decide_outcome(struct pathway *pathway, struct visit *visit)
{
    visit->path->mrs = -1;
    if (patient_is_stroke(visit->patient))
        decide_stroke(pathway, visit);
    plan_stay(pathway, visit);
}

/* Ends a wait: minutes waited; a claim that was not granted is given up. */
static double end_wait(struct pathway *pathway, struct resource *beds, struct claim *claim)
{
    double until_min = calendar_now(pathway->calendar), asked_min = claim->asked_at;
    if (claim_is_granted(claim))
        until_min = claim->granted_at;
    else
        resource_withdraw(beds, claim, pathway->calendar);
    return until_min - asked_min;
}

/* The patient is in this bed from now on. */
static void hold_bed(struct visit *visit, struct resource *beds, struct claim *claim)
{
    visit->held = claim;
    visit->held_of = beds;
}

void step_end_first_wait(struct pathway *pathway, struct visit *visit)
{
    struct path *path = visit->path;
    path->bed_wait_min = end_wait(pathway, first_beds(pathway, path), &visit->bed);
    if (claim_is_granted(&visit->bed)) {
        path->bed_min = visit->bed.granted_at;
        hold_bed(visit, first_beds(pathway, path), &visit->bed);
        return;
    }
    path->outlier = !step_is_dead(pathway, path);
    visit->moves = visit->rehabilitates = path->early_supported = false;
}

double step_change_bed(struct pathway *pathway, struct visit *visit, uint32_t hospital,
                       enum bed_kind kind, struct claim *claim)
{
    struct resource *beds = &pathway->beds[hospital][kind];
    double waited_min = end_wait(pathway, beds, claim);
    if (claim_is_granted(claim)) {
        resource_release(visit->held_of, visit->held, pathway->calendar);
        hold_bed(visit, beds, claim);
    }
    return waited_min;
}

double step_end_of_stay_min(const struct pathway *pathway, const struct path *path, double from_min,
                            double days)
{
    double until_min =
        fmin(from_min + DAY_MIN * days, isnan(path->death_min) ? INFINITY : path->death_min);
    return fmax(until_min, calendar_now(pathway->calendar));
}

/* Days in a stroke-unit bed, as far as the patient needs them. */
static double su_days(const struct pathway *pathway, const struct visit *visit)
{
    double saved = pathway->run->service->parameters.value[P_DISCHARGE_EARLY_SUPPORTED_SAVES];
    return fmax(0, visit->patient->su_days - (visit->path->early_supported ? saved : 0));
}

double step_end_of_first_stay_min(const struct pathway *pathway, const struct visit *visit)
{
    const struct path *path = visit->path;
    double from_min = path->outlier ? calendar_now(pathway->calendar) : path->bed_min;
    double days = visit->patient->hasu_days + (visit->moves ? 0 : su_days(pathway, visit));
    return step_end_of_stay_min(pathway, path, from_min, days);
}

/* Minutes of the way from one hospital to another; 0 within one. */
static double way_min(const struct pathway *pathway, uint32_t from, uint32_t to)
{
    const struct service *service = pathway->run->service;
    return from == to ? 0
                      : region_transfer_min(service->region, service->hospital[from].site,
                                            service->hospital[to].site);
}

double step_end_of_su_stay_min(const struct pathway *pathway, const struct visit *visit)
{
    const struct path *path = visit->path;
    return fmax(calendar_now(pathway->calendar) + way_min(pathway, path->ward, path->su),
                step_end_of_stay_min(pathway, path, path->su_bed_min, su_days(pathway, visit)));
}

/* Where the patient was before rehabilitation. */
static uint32_t before_rehabilitation(const struct path *path)
{
    return isnan(path->su_bed_min) ? path->ward : path->su;
}

double step_end_of_rehab_stay_min(const struct pathway *pathway, const struct visit *visit)
{
    const struct path *path = visit->path;
    return fmax(
        calendar_now(pathway->calendar) +
            way_min(pathway, before_rehabilitation(path), path->rehab),
        step_end_of_stay_min(pathway, path, path->rehab_bed_min, visit->patient->rehab_days));
}

bool step_is_dead(const struct pathway *pathway, const struct path *path)
{
    return path->death_min <= calendar_now(pathway->calendar) + rounding_min;
}

/* Where to ask for a bed after the first: the area's own hospital; if it is full, the nearest one
 * of its sector with a free bed, then the nearest anywhere; if there is none, the patient waits for
 * the own one. */
static uint32_t choose_next(const struct pathway *pathway, const struct patient *patient,
                            uint32_t own, unsigned role, enum bed_kind kind)
{
    const struct service *service = pathway->phase;
    uint32_t chosen = own;
    int own_sector = service->hospital[own].sector;
    double least_min = INFINITY;
    bool in_sector = false;
    if (has_free_bed(&pathway->beds[own][kind]))
        return own;
    for (uint32_t h = 0; h < service->hospitals; h++) {
        const struct hospital *hospital = &service->hospital[h];
        if ((hospital->roles & role) == 0 || hospital->beds[kind] == 0 ||
            !has_free_bed(&pathway->beds[h][kind]))
            continue;
        bool here = own_sector != NO_SECTOR && hospital->sector == own_sector;
        double min = region_minutes(service->region, patient->area, hospital->site);
        if (here > in_sector || (here == in_sector && min < least_min)) {
            chosen = h;
            least_min = min;
            in_sector = here;
        }
    }
    return chosen;
}

static void ask_next_bed(struct pathway *pathway, struct visit *visit, uint32_t hospital,
                         enum bed_kind kind, struct claim *claim)
{
    resource_ask(&pathway->beds[hospital][kind], claim, &visit->process, pathway->calendar,
                 priority(pathway, P_BEDS_PRIORITY_REPATRIATION));
}

bool step_has_stroke_unit(const struct pathway *pathway, const struct visit *visit)
{
    return pathway->phase->route[visit->patient->area].own_su != NO_HOSPITAL;
}

bool step_has_rehabilitation(const struct pathway *pathway, const struct visit *visit)
{
    return pathway->phase->route[visit->patient->area].own_rehab != NO_HOSPITAL;
}

void step_ask_stroke_unit_bed(struct pathway *pathway, struct visit *visit)
{
    uint32_t own = pathway->phase->route[visit->patient->area].own_su;
    visit->path->su = choose_next(pathway, visit->patient, own, ROLE_SU, BED_SU);
    visit->path->su_away = visit->path->su != own;
    ask_next_bed(pathway, visit, visit->path->su, BED_SU, &visit->su_bed);
}

void step_ask_rehabilitation_bed(struct pathway *pathway, struct visit *visit)
{
    uint32_t own = pathway->phase->route[visit->patient->area].own_rehab;
    visit->path->rehab = choose_next(pathway, visit->patient, own, ROLE_REHAB, BED_REHAB);
    ask_next_bed(pathway, visit, visit->path->rehab, BED_REHAB, &visit->rehab_bed);
}

double step_discharge_delay_days(const struct pathway *pathway, const struct visit *visit)
{
    const struct service *service = pathway->run->service;
    if (!patient_is_stroke(visit->patient) || step_is_dead(pathway, visit->path))
        return 0;
    double mean_days =
        service->parameters.value[goes_to_care_home(service, visit) ? P_DISCHARGE_CARE_HOME_DELAY
                                                                    : P_DISCHARGE_HOME_DELAY];
    return mean_days > 0 ? variate_exponential(visit->patient->discharge_delay, mean_days) : 0;
}

/* Days of a stretch that lie before day 90. */
static double billed_days(const struct path *path, double from_min, double to_min)
{
    double end_min = fmin(to_min, path->first_door_min + DAY_MIN * follow_up_days);
    return fmax(0, end_min - from_min) / DAY_MIN;
}

/* When the patient left the bed before this one, or what was first of the beds after. */
static double first_known_min(double a_min, double b_min, double otherwise_min)
{
    return !isnan(a_min) ? a_min : !isnan(b_min) ? b_min : otherwise_min;
}

static void bill_stay(struct visit *visit, const struct service *service)
{
    struct path *path = visit->path;
    struct bill *bill = &path->bill;
    double waited_min = path_asked_min(path) + path->bed_wait_min;
    double left_first_min =
        first_known_min(path->su_bed_min, path->rehab_bed_min, path->discharge_min);
    double left_su_min = first_known_min(path->rehab_bed_min, NAN, path->discharge_min);
    double days = billed_days(path, path->bed_min, left_first_min);
    if (path_first_bed(path) == BED_HASU)
        bill_add_hasu_days(bill, &service->prices, days);
    else
        bill_add_su_days(bill, days);
    if (!isnan(path->su_bed_min))
        bill_add_su_days(bill, billed_days(path, path->su_bed_min, left_su_min));
    bill->quantity[BILL_REHAB_BED_DAY] =
        billed_days(path, path->rehab_bed_min, path->discharge_min);
    bill->quantity[BILL_WARD_BED_DAY] =
        billed_days(path, path_asked_min(path), path->outlier ? path->discharge_min : waited_min);
}

static double count_transfers(const struct path *path)
{
    return (path->journey.first != path->journey.treating) +
           (path->ward != path->journey.treating) +
           (!isnan(path->su_bed_min) && path->su != path->ward) +
           (!isnan(path->rehab_bed_min) && path->rehab != before_rehabilitation(path));
}

static void make_bill(const struct pathway *pathway, struct visit *visit)
{
    const struct service *service = pathway->run->service;
    const struct patient *patient = visit->patient;
    struct path *path = visit->path;
    double *quantity = path->bill.quantity;
    quantity[BILL_AMBULANCE_JOURNEY] = patient->by_ambulance;
    quantity[BILL_EMERGENCY_DEPARTMENT] = !patient->in_hospital;
    quantity[BILL_SCAN] = 1;
    quantity[BILL_THROMBOLYSIS] = !isnan(path->needle_min);
    quantity[BILL_THROMBECTOMY] = !isnan(path->puncture_min);
    quantity[BILL_TRANSFER] = count_transfers(path);
    quantity[BILL_EARLY_SUPPORTED_DISCHARGE] = path->early_supported;
    quantity[BILL_SETUP] = patient_is_stroke(patient);
    bill_stay(visit, service);
    if (patient_is_stroke(patient) && path->mrs != MRS_DEAD)
        bill_add_after_discharge(&path->bill, &service->prices, path->mrs, patient->care_home,
                                 follow_up_days -
                                     (path->discharge_min - path->first_door_min) / DAY_MIN);
    path->cost_gbp = bill_total_gbp(&path->bill, &service->prices);
}

void step_discharge(struct pathway *pathway, struct visit *visit)
{
    struct path *path = visit->path;
    path->discharge_min = calendar_now(pathway->calendar);
    if (isnan(path->ready_min))
        path->ready_min = path->discharge_min;
    INVARIANT(pathway->run, path->discharge_min, !path->done && pathway->inside > 0);
    path->died_in_hospital = step_is_dead(pathway, path);
    make_bill(pathway, visit);
    path->done = true;
    pathway_give_visit(pathway, visit);
    pathway->admitted--;
    if (pathway_counts(pathway->run, visit->patient) && --pathway->waited_for == 0 &&
        process_is_done(&pathway->midnight.process))
        calendar_stop(pathway->calendar);
}
