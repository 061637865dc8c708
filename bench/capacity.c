#include "bench/capacity.h"

#include <stdlib.h>

#include "sim/process.h"
#include "sim/resource.h"

struct patient {
    struct process process;
    struct claim bed;
    unsigned group;
    enum capacity_stop stop;
    struct patient *next_free;
};

struct arrivals {
    struct process process;
    unsigned group;
};

struct capacity_world {
    const struct capacity_model *model;
    struct calendar *calendar;
    struct capacity_draws draws;
    struct capacity_outcome *outcome;
    struct resource unit[UNITS];
    struct arrivals arrivals[GROUPS];
    struct process audit;
    unsigned audits;
    struct patient *free;
    struct patient patient[MOST_INSIDE];
};

/* Decides where the patient goes next, and returns how long the stay until then is. */
static double stay(struct capacity_world *world, struct patient *patient, enum capacity_unit unit)
{
    unsigned diagnosis = world->model->diagnosis[patient->group];
    patient->stop = capacity_stop(world->model, &world->draws, unit, diagnosis);
    return capacity_stay(world->model, &world->draws, unit, diagnosis, patient->stop);
}

static void patient_body(struct process *self, void *context)
{
    struct patient *patient = (struct patient *)(void *)self;
    struct capacity_world *world = context;
    struct resource *asu = &world->unit[UNIT_ASU], *rehab = &world->unit[UNIT_REHAB];

    PROCESS_BEGIN(self);
    patient->stop = STOP_REHAB;
    if (patient->group < ASU_GROUPS) {
        resource_ask(asu, &patient->bed, self, world->calendar, 0);
        PROCESS_AWAIT(self, &patient->bed);
        PROCESS_HOLD(self, world->calendar, stay(world, patient, UNIT_ASU));
        resource_release(asu, &patient->bed, world->calendar);
    }
    if (patient->stop == STOP_REHAB) {
        resource_ask(rehab, &patient->bed, self, world->calendar, 0);
        PROCESS_AWAIT(self, &patient->bed);
        PROCESS_HOLD(self, world->calendar, stay(world, patient, UNIT_REHAB));
        resource_release(rehab, &patient->bed, world->calendar);
    }
    patient->next_free = world->free;
    world->free = patient;
    PROCESS_END(self);
}

static void admit(struct capacity_world *world, unsigned group)
{
    struct patient *patient = world->free;
    if (!patient) {
        calendar_stop(world->calendar);
        return;
    }
    world->free = patient->next_free;
    world->outcome->patients++;
    patient->group = group;
    process_start(&patient->process, world->calendar, patient_body, calendar_now(world->calendar),
                  0);
}

static void arrivals_body(struct process *self, void *context)
{
    struct arrivals *arrivals = (struct arrivals *)(void *)self;
    struct capacity_world *world = context;

    PROCESS_BEGIN(self);
    for (;;) {
        PROCESS_HOLD(self, world->calendar,
                     capacity_gap(world->model, &world->draws, arrivals->group));
        admit(world, arrivals->group);
    }
    PROCESS_END(self);
}

static void audit_body(struct process *self, void *context)
{
    struct capacity_world *world = context;

    PROCESS_BEGIN(self);
    PROCESS_HOLD(self, world->calendar, WARM_UP_DAYS * capacity_day_min);
    for (unsigned unit = 0; unit < UNITS; unit++)
        resource_reset_statistics(&world->unit[unit], calendar_now(world->calendar));
    for (world->audits = 0; world->audits < AUDITS; world->audits++) {
        PROCESS_HOLD(self, world->calendar, capacity_day_min);
        for (unsigned unit = 0; unit < UNITS; unit++)
            world->outcome->days[unit][world->unit[unit].in_use]++;
    }
    calendar_stop(world->calendar);
    PROCESS_END(self);
}

struct capacity_world *capacity_new(const struct capacity_model *model)
{
    struct capacity_world *world = calloc(1, sizeof *world);
    if (!world)
        return NULL;
    world->model = model;
    world->calendar = calendar_new(MOST_INSIDE + GROUPS + 1);
    if (!world->calendar) {
        free(world);
        return NULL;
    }
    return world;
}

void capacity_free(struct capacity_world *world)
{
    if (!world)
        return;
    calendar_free(world->calendar);
    free(world);
}

bool capacity_run(struct capacity_world *world, uint64_t replication,
                  struct capacity_outcome *outcome)
{
    struct calendar *calendar = world->calendar;
    *outcome = (struct capacity_outcome){0};
    calendar_clear(calendar);
    capacity_draws_init(&world->draws, replication);
    world->outcome = outcome;
    world->audits = 0;
    world->free = NULL;
    for (unsigned i = 0; i < MOST_INSIDE; i++) {
        world->patient[i] = (struct patient){.next_free = world->free};
        world->free = &world->patient[i];
    }
    for (unsigned unit = 0; unit < UNITS; unit++)
        resource_init(&world->unit[unit], RESOURCE_UNLIMITED, 0.0);
    for (unsigned group = 0; group < GROUPS; group++) {
        world->arrivals[group].group = group;
        process_start(&world->arrivals[group].process, calendar, arrivals_body, 0.0, 0);
    }
    process_start(&world->audit, calendar, audit_body, 0.0, 0);
    return process_run(calendar, world, INFINITY) && world->audits == AUDITS;
}
