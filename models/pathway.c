#include "models/pathway.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/invariant.h"
#include "models/treatment.h"
#include "sim/calendar.h"
#include "sim/process.h"

enum { VISITS_A_CHUNK = 512, MOST_CHUNKS = 32768 };

static const double day_min = 1440, follow_up_min = 90 * 1440.0;
/* Of adding a hold to the clock, far above what doubles lose in a century of minutes. */
static const double rounding_min = 1e-6;

/* A patient on the way through: what lives only while the process does. */
struct visit {
    struct process process; /* first, so that one can be cast to the other */
    struct claim bed, su_bed;
    const struct patient *patient;
    struct path *path;
    struct resource *bed_resource, *su_resource;
    struct reperfusion reperfusion;
    struct visit *next_free;
};

struct clerk { /* a process of the simulation itself: arrivals, midnight */
    struct process process;
    size_t next;
};

struct pathway {
    const struct pathway_run *run;
    struct calendar *calendar;
    struct clerk arrivals, midnight;
    size_t hospitals, days, census_days;
    struct resource (*beds)[BED_KINDS]; /* one pair a hospital */
    struct bed_use (*use)[BED_KINDS];
    uint16_t (*census)[BED_KINDS]; /* days x hospitals */
    double *present;               /* patients between door and discharge at each midnight */
    struct path *path;
    size_t paths;
    struct visit *chunk[MOST_CHUNKS];
    size_t chunks;
    struct visit *free_visit;
    size_t inside;     /* from onset to discharge */
    size_t admitted;   /* from the door to discharge */
    size_t waited_for; /* of the window's patients, those not yet done */
    enum pathway_status status;
    uint64_t events;
};

struct pathway *pathway_new(size_t hospitals, size_t days)
{
    struct pathway *pathway = calloc(1, sizeof *pathway);
    if (pathway == NULL)
        return NULL;
    pathway->hospitals = hospitals;
    pathway->days = days;
    pathway->calendar = calendar_new(1024);
    pathway->beds = calloc(hospitals, sizeof *pathway->beds);
    pathway->use = calloc(hospitals, sizeof *pathway->use);
    pathway->census = calloc(hospitals * days, sizeof *pathway->census);
    pathway->present = calloc(days, sizeof *pathway->present);
    if (pathway->calendar == NULL || pathway->beds == NULL || pathway->use == NULL ||
        pathway->census == NULL || pathway->present == NULL) {
        pathway_free(pathway);
        return NULL;
    }
    return pathway;
}

void pathway_free(struct pathway *pathway)
{
    if (pathway == NULL)
        return;
    for (size_t c = 0; c < pathway->chunks; c++)
        free(pathway->chunk[c]);
    calendar_free(pathway->calendar);
    free(pathway->beds);
    free(pathway->use);
    free(pathway->census);
    free(pathway->present);
    free(pathway->path);
    free(pathway);
}

static bool add_chunk(struct pathway *pathway)
{
    if (pathway->chunks == MOST_CHUNKS)
        return false;
    struct visit *chunk = calloc(VISITS_A_CHUNK, sizeof *chunk);
    if (chunk == NULL)
        return false;
    pathway->chunk[pathway->chunks++] = chunk;
    for (size_t i = 0; i < VISITS_A_CHUNK; i++) {
        chunk[i].next_free = pathway->free_visit;
        pathway->free_visit = &chunk[i];
    }
    return true;
}

/* All visits free again, in the order of their chunks. */
static void free_all_visits(struct pathway *pathway)
{
    pathway->free_visit = NULL;
    for (size_t c = 0; c < pathway->chunks; c++)
        for (size_t i = 0; i < VISITS_A_CHUNK; i++) {
            struct visit *visit = &pathway->chunk[c][i];
            *visit = (struct visit){.next_free = pathway->free_visit};
            pathway->free_visit = visit;
        }
}

static void stop(struct pathway *pathway, enum pathway_status status)
{
    pathway->status = status;
    calendar_stop(pathway->calendar);
}

static bool in_window(const struct pathway_run *run, const struct patient *patient)
{
    return patient->onset_min >= run->window_start_min && patient->onset_min < run->window_end_min;
}

enum bed_kind path_first_bed(const struct path *path, const struct service *service)
{
    return hospital_is_hasu(&service->hospital[path->journey.treating]) ? BED_HASU : BED_SU;
}

/* --- what each step of the pathway does ------------------------------------------------------ */

/* The bed is asked for at the door; scanning and treatment go on meanwhile. */
static void arrive(struct pathway *pathway, struct visit *visit)
{
    const struct service *service = pathway->run->service;
    struct path *path = visit->path;
    uint32_t hospital = path->journey.treating;
    path->door_min = calendar_now(pathway->calendar);
    pathway->admitted++;
    visit->reperfusion = treatment_decide(service, &service->unit[hospital], visit->patient,
                                          path->door_min - visit->patient->onset_min);
    visit->bed_resource = &pathway->beds[hospital][path_first_bed(path, service)];
    resource_ask(visit->bed_resource, &visit->bed, &visit->process, pathway->calendar, 0);
}

/* Time of the needle or the puncture, whichever is next; INFINITY: there is none to come. */
static double next_treatment_min(const struct visit *visit)
{
    const struct path *path = visit->path;
    const struct reperfusion *reperfusion = &visit->reperfusion;
    double needle_min = isnan(path->needle_min) ? reperfusion->scan_to_needle_min : INFINITY;
    double puncture_min = isnan(path->puncture_min) ? reperfusion->scan_to_puncture_min : INFINITY;
    return path->scan_min + fmin(needle_min, puncture_min);
}

static void treat(struct visit *visit, double now_min)
{
    struct path *path = visit->path;
    bool needle = isnan(path->needle_min) &&
                  (!isnan(path->puncture_min) || visit->reperfusion.scan_to_needle_min <=
                                                     visit->reperfusion.scan_to_puncture_min);
    if (needle)
        path->needle_min = now_min;
    else
        path->puncture_min = now_min;
}

/* Minutes until the bed comes too late for organised care. */
static double until_limit_min(const struct pathway *pathway, const struct path *path)
{
    double limit_min = 60 * pathway->run->service->parameters.value[P_ORGANISED_CARE_LIMIT_HOURS];
    return fmax(0, path->door_min + limit_min - calendar_now(pathway->calendar));
}

/* mRS at 90 days and the time of death, which is not before now: the patient is alive. */
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
            fmax(calendar_now(pathway->calendar),
                 path->first_door_min +
                     day_min * outcome_death_days(outcome, patient->type, patient->death_time));
}

/* Whether care was organised is settled once the bed is there or comes too late for it. */
static void decide_outcome(struct pathway *pathway, struct visit *visit)
{
    const struct service *service = pathway->run->service;
    struct path *path = visit->path;
    path->mrs = -1;
    if (!patient_is_stroke(visit->patient))
        return;
    path->care_offered =
        visit->patient->organised < service->unit[path->journey.treating].organised_care_share;
    path->bed_in_time = claim_is_granted(&visit->bed) &&
                        visit->bed.granted_at - visit->bed.asked_at <=
                            60 * service->parameters.value[P_ORGANISED_CARE_LIMIT_HOURS];
    path->organised_care = path->care_offered && path->bed_in_time;
    draw_outcome(pathway, visit);
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

/* Minutes from now until a stay that began at `from_min` and lasts `days` ends, or the patient. */
static double remaining_min(const struct pathway *pathway, const struct path *path, double from_min,
                            double days)
{
    double until_min =
        fmin(from_min + day_min * days, isnan(path->death_min) ? INFINITY : path->death_min);
    return fmax(0, until_min - calendar_now(pathway->calendar));
}

static bool is_dead(const struct pathway *pathway, const struct path *path)
{
    return path->death_min <= calendar_now(pathway->calendar) + rounding_min;
}

/* Whether the stroke-unit part of the stay needs another bed than the one the patient is in. */
static bool moves_to_stroke_unit(const struct pathway *pathway, const struct visit *visit)
{
    const struct service *service = pathway->run->service;
    return visit->patient->su_needed &&
           hospital_is_hasu(&service->hospital[visit->path->journey.treating]) &&
           service->route[visit->patient->area].own_su != NO_HOSPITAL;
}

static bool has_free_bed(const struct resource *beds)
{
    return beds->in_use < beds->capacity && beds->waiting == 0;
}

/* The own stroke unit; if it is full, the nearest one of its sector with a free bed, then the
 * nearest anywhere; if there is none, the patient waits for the own one. */
static uint32_t choose_stroke_unit(const struct pathway *pathway, const struct patient *patient)
{
    const struct service *service = pathway->run->service;
    uint32_t own = service->route[patient->area].own_su, chosen = own;
    int own_sector = service->hospital[own].sector;
    double least_min = INFINITY;
    bool in_sector = false;
    if (has_free_bed(&pathway->beds[own][BED_SU]))
        return own;
    for (uint32_t h = 0; h < service->hospitals; h++) {
        const struct hospital *hospital = &service->hospital[h];
        if ((hospital->roles & ROLE_SU) == 0 || !has_free_bed(&pathway->beds[h][BED_SU]))
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

static void ask_stroke_unit_bed(struct pathway *pathway, struct visit *visit)
{
    struct path *path = visit->path;
    path->su = choose_stroke_unit(pathway, visit->patient);
    visit->su_resource = &pathway->beds[path->su][BED_SU];
    resource_ask(visit->su_resource, &visit->su_bed, &visit->process, pathway->calendar, 0);
}

/* Minutes of the way to the stroke unit; 0 within one hospital. */
static double way_to_stroke_unit_min(const struct pathway *pathway, const struct path *path)
{
    const struct service *service = pathway->run->service;
    if (path->su == path->journey.treating)
        return 0;
    return region_transfer_min(service->region, service->hospital[path->journey.treating].site,
                               service->hospital[path->su].site);
}

/* Days of a stretch that lie before day 90. */
static double billed_days(const struct path *path, double from_min, double to_min)
{
    double end_min = fmin(to_min, path->first_door_min + follow_up_min);
    return fmax(0, end_min - from_min) / day_min;
}

static void bill_stay(struct visit *visit, const struct service *service)
{
    struct path *path = visit->path;
    struct bill *bill = &path->bill;
    bool hasu = hospital_is_hasu(&service->hospital[path->journey.treating]);
    double left_first_bed_min = isnan(path->su_bed_min) ? path->discharge_min : path->su_bed_min;
    double days = billed_days(path, path->bed_min, left_first_bed_min);
    if (hasu)
        bill_add_hasu_days(bill, &service->prices, days);
    else
        bill_add_su_days(bill, days);
    if (!isnan(path->su_bed_min))
        bill_add_su_days(bill, billed_days(path, path->su_bed_min, path->discharge_min));
    bill->quantity[BILL_WARD_BED_DAY] =
        billed_days(path, path->door_min, path->door_min + path->bed_wait_min);
}

static void make_bill(const struct pathway *pathway, struct visit *visit)
{
    const struct service *service = pathway->run->service;
    const struct patient *patient = visit->patient;
    struct path *path = visit->path;
    double *quantity = path->bill.quantity;
    quantity[BILL_AMBULANCE_JOURNEY] = patient->by_ambulance;
    quantity[BILL_EMERGENCY_DEPARTMENT] = 1;
    quantity[BILL_SCAN] = 1;
    quantity[BILL_THROMBOLYSIS] = !isnan(path->needle_min);
    quantity[BILL_THROMBECTOMY] = !isnan(path->puncture_min);
    quantity[BILL_TRANSFER] = (path->journey.first != path->journey.treating) +
                              (!isnan(path->su_bed_min) && path->su != path->journey.treating);
    quantity[BILL_SETUP] = patient_is_stroke(patient);
    bill_stay(visit, service);
    if (patient_is_stroke(patient) && path->mrs != MRS_DEAD)
        bill_add_after_discharge(&path->bill, &service->prices, path->mrs, patient->care_home,
                                 90 - (path->discharge_min - path->first_door_min) / day_min);
    path->cost_gbp = bill_total_gbp(&path->bill, &service->prices);
}

static void discharge(struct pathway *pathway, struct visit *visit)
{
    struct path *path = visit->path;
    path->discharge_min = calendar_now(pathway->calendar);
    INVARIANT(pathway->run, path->discharge_min, !path->done && pathway->inside > 0);
    path->died_in_hospital = is_dead(pathway, path);
    make_bill(pathway, visit);
    path->done = true;
    visit->next_free = pathway->free_visit;
    pathway->free_visit = visit;
    pathway->inside--;
    pathway->admitted--;
    if (in_window(pathway->run, visit->patient) && --pathway->waited_for == 0 &&
        process_is_done(&pathway->midnight.process))
        calendar_stop(pathway->calendar);
}

/* --- the pathway ------------------------------------------------------------------------------ */

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
        path->leave_scene_min = calendar_now(calendar);
    }
    PROCESS_HOLD(self, calendar, path->journey.travel_min);
    path->first_door_min = calendar_now(calendar);
    if (path->journey.first != path->journey.treating) {
        PROCESS_HOLD(self, calendar, path->journey.door_in_door_out_min);
        PROCESS_HOLD(self, calendar, path->journey.transfer_min);
    }

    /* The door, the scan, the needle, the puncture; a bed is being found meanwhile. */
    arrive(pathway, visit);
    PROCESS_HOLD(self, calendar, visit->reperfusion.door_to_scan_min);
    path->scan_min = calendar_now(calendar);
    while (isfinite(next_treatment_min(visit))) {
        PROCESS_HOLD(self, calendar, fmax(0, next_treatment_min(visit) - calendar_now(calendar)));
        treat(visit, calendar_now(calendar));
    }

    /* The hyper-acute bed, or the local unit's for the whole stay; who waits for one may die. */
    PROCESS_AWAIT_FOR(self, calendar, &visit->bed, until_limit_min(pathway, path));
    decide_outcome(pathway, visit);
    if (isnan(path->death_min))
        PROCESS_AWAIT(self, &visit->bed);
    else
        PROCESS_AWAIT_FOR(self, calendar, &visit->bed, path->death_min - calendar_now(calendar));
    if (claim_is_granted(&visit->bed))
        path->bed_min = visit->bed.granted_at;
    path->bed_wait_min = end_wait(pathway, visit->bed_resource, &visit->bed);
    if (isnan(path->bed_min)) {
        discharge(pathway, visit);
        PROCESS_EXIT(self);
    }
    PROCESS_HOLD(self, calendar,
                 remaining_min(pathway, path, path->bed_min,
                               patient->hasu_days +
                                   (moves_to_stroke_unit(pathway, visit) ? 0 : patient->su_days)));

    /* The stroke-unit bed near home; the hyper-acute one is held until it is free. */
    if (moves_to_stroke_unit(pathway, visit) && !is_dead(pathway, path)) {
        ask_stroke_unit_bed(pathway, visit);
        if (isnan(path->death_min))
            PROCESS_AWAIT(self, &visit->su_bed);
        else
            PROCESS_AWAIT_FOR(self, calendar, &visit->su_bed,
                              path->death_min - calendar_now(calendar));
        if (claim_is_granted(&visit->su_bed))
            path->su_bed_min = visit->su_bed.granted_at;
        path->su_wait_min = end_wait(pathway, visit->su_resource, &visit->su_bed);
    }
    resource_release(visit->bed_resource, &visit->bed, calendar);
    if (!isnan(path->su_bed_min)) {
        PROCESS_HOLD(self, calendar, way_to_stroke_unit_min(pathway, path));
        PROCESS_HOLD(self, calendar,
                     remaining_min(pathway, path, path->su_bed_min, patient->su_days));
        resource_release(visit->su_resource, &visit->su_bed, calendar);
    }
    discharge(pathway, visit);
    PROCESS_END(self);
}

/* --- arrivals, midnight, and a whole run ------------------------------------------------------ */

static void start_visit(struct pathway *pathway, uint32_t at)
{
    const struct pathway_run *run = pathway->run;
    if ((double)pathway->inside >= run->max_inside) {
        stop(pathway, PATHWAY_UNSTABLE);
        return;
    }
    if (pathway->free_visit == NULL && !add_chunk(pathway)) {
        stop(pathway, PATHWAY_NO_MEMORY);
        return;
    }
    struct visit *visit = pathway->free_visit;
    pathway->free_visit = visit->next_free;
    *visit = (struct visit){.patient = &run->cohort->patient[at], .path = &pathway->path[at]};
    pathway->inside++;
    *visit->path = (struct path){
        .journey = journey_plan(run->service, visit->patient,
                                run->service->parameters.value[P_JOURNEY_ADDED_MIN]),
        .scene_min = NAN,
        .leave_scene_min = NAN,
        .needle_min = NAN,
        .puncture_min = NAN,
        .bed_min = NAN,
        .su_bed_min = NAN,
        .death_min = NAN,
        .su = NO_HOSPITAL,
    };
    struct journey reference = journey_plan(run->reference, visit->patient, 0);
    double delay_min = journey_delay_to_call_min(visit->patient, journey_to_door_min(&reference));
    process_start(&visit->process, pathway->calendar, patient_pathway,
                  calendar_now(pathway->calendar) + delay_min, 0);
}

/* Patients fall ill one after the other; only the next onset is on the calendar. */
static void arrivals(struct process *self, void *world)
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
        start_visit(pathway, cohort->order[clerk->next++]);
    }
    PROCESS_END(self);
}

static void take_census(struct pathway *pathway, size_t day)
{
    pathway->present[day] = (double)pathway->admitted;
    for (size_t h = 0; h < pathway->run->service->hospitals; h++)
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++) {
            int in_use = pathway->beds[h][kind].in_use;
            pathway->census[day * pathway->hospitals + h][kind] =
                (uint16_t)(in_use > UINT16_MAX ? UINT16_MAX : in_use);
        }
}

static void begin_window(struct pathway *pathway)
{
    for (size_t h = 0; h < pathway->run->service->hospitals; h++)
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
            resource_reset_statistics(&pathway->beds[h][kind], calendar_now(pathway->calendar));
}

static void end_window(struct pathway *pathway)
{
    for (size_t h = 0; h < pathway->run->service->hospitals; h++)
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++) {
            struct resource_summary summary =
                resource_summarise(&pathway->beds[h][kind], calendar_now(pathway->calendar));
            pathway->use[h][kind] = (struct bed_use){.in_use = summary.in_use};
        }
}

/* Counts the beds at each midnight of the window, and opens and closes it. */
static void midnight(struct process *self, void *world)
{
    struct pathway *pathway = world;
    struct clerk *clerk = (struct clerk *)self;
    pathway->events++;

    PROCESS_BEGIN(self);
    PROCESS_HOLD(self, pathway->calendar, pathway->run->window_start_min);
    begin_window(pathway);
    while (clerk->next < pathway->census_days) {
        take_census(pathway, clerk->next++);
        PROCESS_HOLD(self, pathway->calendar, day_min);
    }
    end_window(pathway);
    PROCESS_END(self);
    if (pathway->waited_for == 0)
        calendar_stop(pathway->calendar);
}

static bool grow_paths(struct pathway *pathway, size_t count)
{
    if (count <= pathway->paths)
        return true;
    size_t wanted = count + count / 8;
    struct path *path = realloc(pathway->path, wanted * sizeof *path);
    if (path == NULL)
        return false;
    pathway->path = path;
    pathway->paths = wanted;
    return true;
}

static void open_beds(struct pathway *pathway)
{
    const struct service *service = pathway->run->service;
    for (size_t h = 0; h < service->hospitals; h++) {
        int beds[BED_KINDS] = {service_hasu_beds(service, h), service_su_beds(service, h)};
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
            resource_init(&pathway->beds[h][kind],
                          beds[kind] == BEDS_UNLIMITED ? RESOURCE_UNLIMITED : beds[kind], 0);
    }
}

/* Nothing is lost: what was asked for was granted and given back. */
static bool beds_balance(const struct pathway *pathway)
{
    for (size_t h = 0; h < pathway->run->service->hospitals; h++)
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
            if (!resource_check(&pathway->beds[h][kind]))
                return false;
    return true;
}

enum pathway_status pathway_execute(struct pathway *pathway, const struct pathway_run *run)
{
    const struct cohort *cohort = run->cohort;
    if (!grow_paths(pathway, cohort->count))
        return PATHWAY_NO_MEMORY;
    if (cohort->count > 0) /* who is never reached has no path, not an earlier run's */
        memset(pathway->path, 0, cohort->count * sizeof *pathway->path);
    pathway->run = run;
    pathway->status = PATHWAY_OK;
    pathway->inside = pathway->admitted = pathway->waited_for = 0;
    pathway->census_days = (size_t)((run->window_end_min - run->window_start_min) / day_min + 0.5);
    INVARIANT(run, 0, run->service->hospitals <= pathway->hospitals);
    INVARIANT(run, 0, pathway->census_days <= pathway->days);
    for (size_t i = 0; i < cohort->count; i++)
        pathway->waited_for += in_window(run, &cohort->patient[i]);
    calendar_clear(pathway->calendar);
    free_all_visits(pathway);
    open_beds(pathway);
    pathway->arrivals = pathway->midnight = (struct clerk){0};
    /* Midnight comes before what happens at the same instant. */
    process_start(&pathway->midnight.process, pathway->calendar, midnight, 0, -1);
    process_start(&pathway->arrivals.process, pathway->calendar, arrivals, 0, 0);
    if (!process_run(pathway->calendar, pathway, INFINITY))
        pathway->status = PATHWAY_NO_MEMORY;
    double now = calendar_now(pathway->calendar);
    INVARIANT(run, now, pathway->status != PATHWAY_OK || pathway->waited_for == 0);
    INVARIANT(run, now, pathway->status != PATHWAY_OK || beds_balance(pathway));
    return pathway->status;
}

const struct path *pathway_paths(const struct pathway *pathway)
{
    return pathway->path;
}

unsigned pathway_census(const struct pathway *pathway, size_t day, size_t hospital,
                        enum bed_kind kind)
{
    return pathway->census[day * pathway->hospitals + hospital][kind];
}

double pathway_present(const struct pathway *pathway, size_t day)
{
    return pathway->present[day];
}

struct bed_use pathway_bed_use(const struct pathway *pathway, size_t hospital, enum bed_kind kind)
{
    return pathway->use[hospital][kind];
}

uint64_t pathway_events(const struct pathway *pathway)
{
    return pathway->events;
}
