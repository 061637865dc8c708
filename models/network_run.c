#include "models/network_run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/invariant.h"
#include "models/model.h"
#include "models/network_inside.h"

static const double day_min = 1440, hour_min = 60;

/* Each source's patients are numbered by themselves, so one more source shifts nobody's luck. */
enum { ENTITY_BITS = 40 };

static void patient_body(struct process *self, void *world)
{
    struct network_worker *worker = world;
    struct visitor *visitor = (struct visitor *)self;
    worker->events++;

    PROCESS_BEGIN(self);
    while (visitor->next != NETWORK_LEAVES) {
        if (!network_ask(worker, visitor))
            PROCESS_EXIT(self);
        PROCESS_AWAIT(self, network_asked(visitor));
        PROCESS_HOLD(self, worker->calendar, network_settle(worker, visitor));
        if (visitor->route->delay_mean_min > 0) {
            network_delayed(worker, visitor, 1);
            PROCESS_HOLD(self, worker->calendar, network_delay_min(visitor));
            network_delayed(worker, visitor, -1);
        }
    }
    network_leave(worker, visitor);
    PROCESS_END(self);
}

/* Only the next arrival is on the calendar. */
static void source_body(struct process *self, void *world)
{
    struct network_worker *worker = world;
    struct source_clerk *clerk = (struct source_clerk *)self;
    worker->events++;

    PROCESS_BEGIN(self);
    for (;;) {
        clerk->entity++;
        stream_block(&worker->stream, clerk->entity, 0, clerk->uniform);
        PROCESS_HOLD(self, worker->calendar,
                     duration_draw(&clerk->source->between, clerk->uniform[LANE_GAP]));
        struct visitor *visitor = network_arrive(worker, clerk);
        if (visitor == NULL)
            PROCESS_EXIT(self);
        process_start(&visitor->process, worker->calendar, patient_body,
                      calendar_now(worker->calendar), 0);
    }
    PROCESS_END(self);
}

static void census_body(struct process *self, void *world)
{
    struct network_worker *worker = world;
    struct network_clerk *clerk = (struct network_clerk *)self;
    worker->events++;

    PROCESS_BEGIN(self);
    PROCESS_HOLD(self, worker->calendar, worker->run->warm_up_min);
    network_begin_window(worker);
    while (clerk->day < (uint32_t)(worker->run->window_min / day_min + 0.5)) {
        network_take_census(worker);
        clerk->day++;
        PROCESS_HOLD(self, worker->calendar, day_min);
    }
    calendar_stop(worker->calendar);
    PROCESS_END(self);
}

static void open_beds_of_hour(struct network_worker *worker, uint32_t hour)
{
    const struct network *network = worker->run->network;
    for (size_t w = 0; w < network->wards; w++) {
        const struct network_ward *ward = &network->ward[w];
        if (ward->by_hour && worker->ward[w].beds.capacity != ward->week_beds[hour])
            resource_set_capacity(&worker->ward[w].beds, ward->week_beds[hour], worker->calendar);
    }
}

/* Beds by the hour of the week. */
static void shifts_body(struct process *self, void *world)
{
    struct network_worker *worker = world;
    struct network_clerk *clerk = (struct network_clerk *)self;
    worker->events++;

    PROCESS_BEGIN(self);
    for (;;) {
        open_beds_of_hour(worker, clerk->hour++ % NETWORK_WEEK_HOURS);
        PROCESS_HOLD(self, worker->calendar, hour_min);
    }
    PROCESS_END(self);
}

struct network_worker *network_worker_new(void)
{
    struct network_worker *worker = calloc(1, sizeof *worker);
    if (worker == NULL)
        return NULL;
    worker->calendar = calendar_new(1024);
    worker->from_outside = calloc(1, sizeof *worker->from_outside);
    if (worker->calendar != NULL && worker->from_outside != NULL)
        return worker;
    network_worker_free(worker);
    return NULL;
}

static void free_arrays(struct network_worker *worker)
{
    free(worker->ward);
    free(worker->count);
    free(worker->source);
    free(worker->blocked_for);
    free(worker->came_by);
}

void network_worker_free(struct network_worker *worker)
{
    if (worker == NULL)
        return;
    for (size_t c = 0; c < worker->chunks; c++)
        free(worker->chunk[c]);
    calendar_free(worker->calendar);
    free(worker->from_outside);
    free_arrays(worker);
    free(worker);
}

/* Memory is kept from one replication to the next, and grows to the largest network. */
static bool make_room(struct network_worker *worker, const struct network *network)
{
    size_t counts = network->classes * network->wards;
    if (network->wards <= worker->wards && counts <= worker->counts &&
        network->sources <= worker->sources)
        return true;
    free_arrays(worker);
    worker->wards = network->wards;
    worker->counts = counts;
    worker->sources = network->sources;
    worker->ward = calloc(network->wards, sizeof *worker->ward);
    worker->count = calloc(counts, sizeof *worker->count);
    worker->source = calloc(network->sources, sizeof *worker->source);
    worker->blocked_for = calloc(network->wards * network->wards, sizeof *worker->blocked_for);
    worker->came_by = calloc(2 * network->wards, sizeof *worker->came_by);
    if (worker->ward && worker->count && worker->source && worker->blocked_for && worker->came_by)
        return true;
    worker->wards = worker->counts = worker->sources = 0;
    return false;
}

static void free_all_visitors(struct network_worker *worker)
{
    worker->free_visitor = NULL;
    for (size_t c = 0; c < worker->chunks; c++)
        for (size_t i = 0; i < VISITORS_A_CHUNK; i++) {
            worker->chunk[c][i].source = NULL;
            worker->chunk[c][i].next_free = worker->free_visitor;
            worker->free_visitor = &worker->chunk[c][i];
        }
}

static int beds_at(const struct network_ward *ward, int hour)
{
    return ward->by_hour                     ? ward->week_beds[hour]
           : ward->beds == NETWORK_UNLIMITED ? RESOURCE_UNLIMITED
                                             : ward->beds;
}

/* Empty wards at time 0. True: some ward's beds change by the hour. */
static bool open_wards(struct network_worker *worker)
{
    const struct network *network = worker->run->network;
    bool by_hour = false;
    for (size_t w = 0; w < network->wards; w++) {
        struct ward_state *ward = &worker->ward[w];
        *ward = (struct ward_state){0};
        resource_init(&ward->beds, beds_at(&network->ward[w], worker->run->start_weekday * 24), 0);
        by_hour = by_hour || network->ward[w].by_hour;
    }
    memset(worker->count, 0, network->classes * network->wards * sizeof *worker->count);
    memset(worker->blocked_for, 0, network->wards * network->wards * sizeof *worker->blocked_for);
    *worker->from_outside = (struct class_count){0};
    return by_hour;
}

/* At one instant: shifts change, then the census is taken, then patients move. */
static void start_clerks(struct network_worker *worker, bool by_hour)
{
    const struct network *network = worker->run->network;
    worker->shifts = (struct network_clerk){.hour = (uint32_t)worker->run->start_weekday * 24};
    worker->census = (struct network_clerk){0};
    if (by_hour)
        process_start(&worker->shifts.process, worker->calendar, shifts_body, 0, -2);
    process_start(&worker->census.process, worker->calendar, census_body, 0, -1);
    for (size_t s = 0; s < network->sources; s++) {
        worker->source[s] = (struct source_clerk){.source = &network->source[s],
                                                  .entity = (uint64_t)s << ENTITY_BITS};
        process_start(&worker->source[s].process, worker->calendar, source_body, 0, 0);
    }
}

enum network_status network_execute(struct network_worker *worker, const struct network_run *run,
                                    struct network_result *result)
{
    if (!make_room(worker, run->network))
        return result->status = NETWORK_NO_MEMORY;
    worker->run = run;
    worker->result = result;
    worker->status = NETWORK_OK;
    worker->stream = (struct stream){run->seed, run->replication, DOMAIN_PATIENTS};
    worker->balance = (struct network_balance){0};
    worker->events = worker->left_in_window = 0;
    worker->time_inside_min = 0;
    calendar_clear(worker->calendar);
    free_all_visitors(worker);
    level_init(&worker->inside, 0, 0);
    start_clerks(worker, open_wards(worker));
    for (size_t w = 0; w < run->network->wards; w++)
        memset(result->ward[w].days, 0, sizeof result->ward[w].days);
    memset(result->pool, 0, run->network->members * sizeof *result->pool);
    result->days = 0;
    if (!process_run(worker->calendar, worker, INFINITY))
        worker->status = NETWORK_NO_MEMORY;
    network_end_window(worker);
    INVARIANT(run, calendar_now(worker->calendar), network_balances(worker));
    return result->status = worker->status;
}
