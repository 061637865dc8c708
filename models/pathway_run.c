#include <math.h>
#include <stdlib.h>

#include "models/invariant.h"
#include "models/pathway_inside.h"

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
    pathway->counted = calloc(hospitals, sizeof *pathway->counted);
    pathway->present = calloc(days, sizeof *pathway->present);
    if (pathway->calendar == NULL || pathway->beds == NULL || pathway->use == NULL ||
        pathway->census == NULL || pathway->counted == NULL || pathway->present == NULL) {
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
    fleet_fini(&pathway->fleet);
    free(pathway->beds);
    free(pathway->use);
    free(pathway->census);
    free(pathway->counted);
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

void pathway_stop(struct pathway *pathway, enum pathway_status status)
{
    pathway->status = status;
    calendar_stop(pathway->calendar);
}

struct visit *pathway_take_visit(struct pathway *pathway)
{
    if (pathway->free_visit == NULL && !add_chunk(pathway))
        return NULL;
    struct visit *visit = pathway->free_visit;
    pathway->free_visit = visit->next_free;
    pathway->inside++;
    return visit;
}

void pathway_give_visit(struct pathway *pathway, struct visit *visit)
{
    visit->next_free = pathway->free_visit;
    pathway->free_visit = visit;
    pathway->inside--;
}

bool pathway_counts(const struct pathway_run *run, const struct patient *patient)
{
    if (!pathway_takes(run, patient))
        return false;
    return patient->onset_min >= run->window_start_min && patient->onset_min < run->window_end_min;
}

bool pathway_takes(const struct pathway_run *run, const struct patient *patient)
{
    return !patient_is_prevented(patient, run->service->parameters.value[P_DEMAND_PREVENTED_SHARE]);
}

void pathway_take_census(struct pathway *pathway, size_t day)
{
    pathway->present[day] = (double)pathway->admitted;
    for (size_t h = 0; h < pathway->run->service->hospitals; h++)
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++) {
            int in_use = pathway->beds[h][kind].in_use;
            pathway->census[day * pathway->hospitals + h][kind] =
                (uint16_t)(in_use > UINT16_MAX ? UINT16_MAX : in_use);
        }
}

void pathway_begin_window(struct pathway *pathway)
{
    for (size_t h = 0; h < pathway->run->service->hospitals; h++)
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
            resource_reset_statistics(&pathway->beds[h][kind], calendar_now(pathway->calendar));
    if (pathway->run->service->fleet != NULL)
        fleet_reset_statistics(&pathway->fleet);
}

void pathway_end_window(struct pathway *pathway)
{
    for (size_t h = 0; h < pathway->run->service->hospitals; h++)
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++) {
            struct resource_summary summary =
                resource_summarise(&pathway->beds[h][kind], calendar_now(pathway->calendar));
            pathway->use[h][kind] = (struct bed_use){.in_use = summary.in_use};
        }
    if (pathway->run->service->fleet != NULL)
        pathway->fleet_utilisation = fleet_utilisation(&pathway->fleet);
}

const struct service *pathway_phase_at(const struct pathway *pathway, double min)
{
    const struct pathway_run *run = pathway->run;
    return run->first_phase_only
               ? run->service
               : service_phase(run->service, (min - run->window_start_min) / DAY_MIN);
}

static int capacity_of(int beds)
{
    return beds == BEDS_UNLIMITED ? RESOURCE_UNLIMITED : beds;
}

/* Where a kind of bed closes, what there was stays for those who are there or on the way: nobody
 * else is sent there. That is all of it, even on a day of the week on which it was closed. */
static void close_beds(struct pathway *pathway, const struct service *before)
{
    for (size_t h = 0; h < before->hospitals; h++)
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++) {
            int beds = service_beds(before, h, kind);
            if (beds != 0 && service_beds(pathway->phase, h, kind) == 0)
                resource_set_capacity(&pathway->beds[h][kind], capacity_of(beds),
                                      pathway->calendar);
        }
}

void pathway_begin_day(struct pathway *pathway, size_t day)
{
    const struct service *before = pathway->phase;
    int weekday = (int)((day + (size_t)before->start_weekday) % WEEKDAYS);
    pathway->phase = pathway_phase_at(pathway, (double)day * DAY_MIN);
    if (pathway->phase != before)
        close_beds(pathway, before);
    for (size_t h = 0; h < before->hospitals; h++)
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++) {
            struct resource *beds = &pathway->beds[h][kind];
            int capacity = capacity_of(service_beds_on(pathway->phase, h, kind, weekday));
            if (service_beds(pathway->phase, h, kind) != 0 && capacity != beds->capacity)
                resource_set_capacity(beds, capacity, pathway->calendar);
        }
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
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++) {
            int beds = service_beds(service, h, kind);
            resource_init(&pathway->beds[h][kind], capacity_of(beds), 0);
        }
    }
}

static bool begin_fleet(struct pathway *pathway)
{
    const struct pathway_run *run = pathway->run;
    pathway->fleet_utilisation = NAN;
    if (run->service->fleet == NULL)
        return true;
    if (!fleet_reserve(&pathway->fleet, run->service->fleet))
        return false;
    fleet_begin(&pathway->fleet, run->service->fleet, pathway->calendar, &run->other_calls,
                run->max_inside);
    return true;
}

static bool fleet_balances(const struct pathway *pathway)
{
    return pathway->run->service->fleet == NULL || fleet_check(&pathway->fleet);
}

/* Who was never reached has no path, not an earlier run's. */
static void clear_unreached(struct pathway *pathway)
{
    const struct cohort *cohort = pathway->run->cohort;
    for (size_t i = pathway->next; i < cohort->count; i++)
        pathway->path[cohort->order[i]] = (struct path){.done = false};
}

enum pathway_status pathway_execute(struct pathway *pathway, const struct pathway_run *run)
{
    const struct cohort *cohort = run->cohort;
    if (!grow_paths(pathway, cohort->count))
        return PATHWAY_NO_MEMORY;
    pathway->run = run;
    pathway->phase = run->service;
    pathway->status = PATHWAY_OK;
    pathway->inside = pathway->admitted = pathway->waited_for = pathway->idle_days = 0;
    pathway->census_days = (size_t)((run->window_end_min - run->window_start_min) / DAY_MIN + 0.5);
    INVARIANT(run, 0, run->service->hospitals <= pathway->hospitals);
    INVARIANT(run, 0, pathway->census_days <= pathway->days);
    for (size_t i = 0; i < cohort->count; i++)
        pathway->waited_for += pathway_counts(run, &cohort->patient[i]);
    calendar_clear(pathway->calendar);
    free_all_visits(pathway);
    open_beds(pathway);
    pathway->midnight = pathway->beds_clerk = (struct clerk){0};
    pathway->next = 0;
    if (service_changes(run->service))
        process_start(&pathway->beds_clerk.process, pathway->calendar, pathway_change_beds, 0, -2);
    /* Midnight comes before what happens at the same instant. */
    process_start(&pathway->midnight.process, pathway->calendar, pathway_midnight, 0, -1);
    if (!begin_fleet(pathway) || !pathway_let_pass(pathway))
        pathway->status = PATHWAY_NO_MEMORY;
    else if (run->service->fleet != NULL && pathway->fleet.unstable)
        pathway->status = PATHWAY_UNSTABLE;
    clear_unreached(pathway);
    double now = calendar_now(pathway->calendar);
    INVARIANT(run, now, pathway->status != PATHWAY_OK || pathway->waited_for == 0);
    INVARIANT(run, now, pathway->status == PATHWAY_NO_MEMORY || pathway_balances(pathway));
    INVARIANT(run, now, pathway->status != PATHWAY_OK || fleet_balances(pathway));
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

double pathway_fleet_utilisation(const struct pathway *pathway)
{
    return pathway->fleet_utilisation;
}

uint64_t pathway_events(const struct pathway *pathway)
{
    return pathway->events + pathway->fleet.events;
}
