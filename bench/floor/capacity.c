#include "bench/capacity.h"

#include <stdlib.h>

#include "bench/floor/heap.h"

struct patient {
    unsigned diagnosis;
    struct patient *next_free;
};

struct capacity_floor {
    const struct capacity_model *model;
    struct floor_heap heap;
    struct capacity_draws draws;
    struct capacity_outcome *outcome;
    unsigned inside[UNITS];
    unsigned audits;
    unsigned group[GROUPS]; /* what the arrival callbacks are about */
    struct patient *free;
    struct patient patient[MOST_INSIDE];
};

static floor_callback arrive, leave_asu, leave_asu_for_rehab, leave_rehab, audit;

static void push(struct capacity_floor *floor, double minutes, floor_callback *call, void *subject)
{
    floor_heap_push(&floor->heap, floor->heap.now + minutes, 0, call, subject);
}

static void enter_asu(struct capacity_floor *floor, struct patient *patient)
{
    enum capacity_stop stop =
        capacity_stop(floor->model, &floor->draws, UNIT_ASU, patient->diagnosis);
    floor->inside[UNIT_ASU]++;
    push(floor, capacity_stay(floor->model, &floor->draws, UNIT_ASU, patient->diagnosis, stop),
         stop == STOP_REHAB ? leave_asu_for_rehab : leave_asu, patient);
}

static void enter_rehab(struct capacity_floor *floor, struct patient *patient)
{
    enum capacity_stop stop =
        capacity_stop(floor->model, &floor->draws, UNIT_REHAB, patient->diagnosis);
    floor->inside[UNIT_REHAB]++;
    push(floor, capacity_stay(floor->model, &floor->draws, UNIT_REHAB, patient->diagnosis, stop),
         leave_rehab, patient);
}

static void go(struct capacity_floor *floor, struct patient *patient)
{
    patient->next_free = floor->free;
    floor->free = patient;
}

static void leave_asu(void *world, void *subject)
{
    struct capacity_floor *floor = world;
    floor->inside[UNIT_ASU]--;
    go(floor, subject);
}

static void leave_asu_for_rehab(void *world, void *subject)
{
    struct capacity_floor *floor = world;
    floor->inside[UNIT_ASU]--;
    enter_rehab(floor, subject);
}

static void leave_rehab(void *world, void *subject)
{
    struct capacity_floor *floor = world;
    floor->inside[UNIT_REHAB]--;
    go(floor, subject);
}

static void expect(struct capacity_floor *floor, unsigned *group)
{
    push(floor, capacity_gap(floor->model, &floor->draws, *group), arrive, group);
}

static void arrive(void *world, void *subject)
{
    struct capacity_floor *floor = world;
    unsigned *group = subject;
    struct patient *patient = floor->free;
    expect(floor, group);
    assert(patient);
    floor->free = patient->next_free;
    floor->outcome->patients++;
    patient->diagnosis = floor->model->diagnosis[*group];
    if (*group < ASU_GROUPS)
        enter_asu(floor, patient);
    else
        enter_rehab(floor, patient);
}

static void audit(void *world, void *subject)
{
    struct capacity_floor *floor = world;
    (void)subject;
    for (unsigned unit = 0; unit < UNITS; unit++)
        floor->outcome->days[unit][floor->inside[unit]]++;
    if (++floor->audits < AUDITS)
        push(floor, capacity_day_min, audit, NULL);
    else
        floor->heap.count = 0; /* which ends the run */
}

struct capacity_floor *capacity_floor_new(const struct capacity_model *model)
{
    struct capacity_floor *floor = calloc(1, sizeof *floor);
    if (!floor)
        return NULL;
    floor->model = model;
    if (!floor_heap_init(&floor->heap, MOST_INSIDE + GROUPS + 1)) {
        free(floor);
        return NULL;
    }
    return floor;
}

void capacity_floor_free(struct capacity_floor *floor)
{
    if (!floor)
        return;
    floor_heap_fini(&floor->heap);
    free(floor);
}

bool capacity_floor_run(struct capacity_floor *floor, uint64_t replication,
                        struct capacity_outcome *outcome)
{
    *outcome = (struct capacity_outcome){0};
    floor_heap_clear(&floor->heap);
    capacity_draws_init(&floor->draws, replication);
    floor->outcome = outcome;
    floor->audits = 0;
    floor->free = NULL;
    for (unsigned unit = 0; unit < UNITS; unit++)
        floor->inside[unit] = 0;
    for (unsigned i = 0; i < MOST_INSIDE; i++) {
        floor->patient[i].next_free = floor->free;
        floor->free = &floor->patient[i];
    }
    for (unsigned group = 0; group < GROUPS; group++) {
        floor->group[group] = group;
        expect(floor, &floor->group[group]);
    }
    push(floor, (WARM_UP_DAYS + 1) * capacity_day_min, audit, NULL);
    floor_heap_run(&floor->heap, floor);
    return floor->audits == AUDITS;
}
