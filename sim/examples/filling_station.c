/*
 * A filling station for a day: what SimPy calls containers, stores, preemption and "this or that",
 * made of resources, conditions and interrupts.
 *
 *   - The tank is a number and a condition. Cars fill up in the order in which they stand at a
 *     pump, because only the one whose turn it is (a resource of one unit) may wait for the tank.
 *   - Orders for more are messages: an array that goes round, and a condition.
 *   - A car waits for a pump or for closing time, whichever comes first.
 *   - The keeper does the books, but whoever wants to pay interrupts that: the keeper's claim is
 *     given back, asked for again, and what is left of the page is done later.
 *   - Cars come and go, so their memory is a list of those that are free.
 *
 * What must hold whatever happens: no litre, car or minute of the keeper's is lost. The exit status
 * is 1 if one is.
 */
#include <math.h>
#include <stdio.h>

#include "sim/calendar.h"
#include "sim/condition.h"
#include "sim/process.h"
#include "sim/resource.h"
#include "sim/sampler.h"

#define CLOSING_MIN 720.0
#define GAP_MIN 2.4
#define LITRES_A_MIN 10.0
#define PAYING_MIN 1.0
#define PAGE_MIN 20.0
#define TANK_L 500.0
#define ENOUGH_L 400.0 /* in the tank and on order */
#define ORDER_L 200.0
#define DELIVERY_MIN 12.0

enum { PUMPS = 2, CARS = 64, ORDERS = 16, CUSTOMER = 1 };

struct car {
    struct process process; /* first, so that one can be cast to the other */
    struct claim pump, turn, keeper;
    struct waiter waiter; /* one is enough: it waits for one thing at a time */
    struct sampler luck;
    double litres;
    struct car *next_free;
};

struct books {
    struct process process;
    struct claim keeper;
    double left_min; /* of the page */
    double since;
    double done_min;
};

struct station {
    struct calendar *calendar;
    struct resource pumps, turn, keeper;
    struct condition closing, tank_changed, ordered;
    struct process gate, clock, buyer, tanker;
    struct waiter buyer_waits, tanker_waits;
    struct books books;
    struct sampler luck;
    struct car car[CARS], *free;
    bool closed;
    double tank, on_order, delivered, sold; /* litres */
    double order[ORDERS];                   /* litres: the messages, from `first` on */
    unsigned first, orders;
    uint64_t came, served, left;
};

static void car_body(struct process *self, void *world)
{
    struct car *car = (struct car *)self;
    struct station *station = world;
    struct calendar *calendar = station->calendar;

    PROCESS_BEGIN(self);
    car->litres = 20.0 + 30.0 * sampler_uniform(&car->luck);
    resource_ask(&station->pumps, &car->pump, self, calendar, 0);
    PROCESS_WAIT_UNTIL(self, &station->closing, &car->waiter,
                       claim_is_granted(&car->pump) || station->closed);
    if (claim_is_granted(&car->pump)) {
        resource_ask(&station->turn, &car->turn, self, calendar, 0);
        PROCESS_AWAIT(self, &car->turn);
        PROCESS_WAIT_UNTIL(self, &station->tank_changed, &car->waiter,
                           station->tank >= car->litres);
        station->tank -= car->litres;
        station->sold += car->litres;
        condition_changed(&station->tank_changed, calendar);
        resource_release(&station->turn, &car->turn, calendar);
        PROCESS_HOLD(self, calendar, car->litres / LITRES_A_MIN);

        if (!resource_ask(&station->keeper, &car->keeper, self, calendar, 0) &&
            claim_is_granted(&station->books.keeper))
            process_interrupt(&station->books.process, calendar, CUSTOMER);
        PROCESS_AWAIT(self, &car->keeper);
        PROCESS_HOLD(self, calendar, PAYING_MIN);
        resource_release(&station->keeper, &car->keeper, calendar);
        station->served++;
    } else {
        station->left++;
    }
    resource_drop(&station->pumps, &car->pump, calendar); /* given back, or no longer waited for */
    car->next_free = station->free; /* last of all: the next arrival may start it again */
    station->free = car;
    PROCESS_END(self);
}

static void books_body(struct process *self, void *world)
{
    struct books *books = (struct books *)self;
    struct station *station = world;
    double now = calendar_now(station->calendar);

    PROCESS_BEGIN(self);
    while (!station->closed) {
        for (books->left_min = PAGE_MIN; books->left_min > 0.0;) {
            resource_ask(&station->keeper, &books->keeper, self, station->calendar, 1);
            PROCESS_AWAIT(self, &books->keeper);
            books->since = now;
            /* A customer may come at the very minute in which the keeper is granted. */
            if (!self->interrupted)
                PROCESS_HOLD(self, station->calendar, books->left_min);
            books->done_min += now - books->since;
            books->left_min = self->interrupted ? books->left_min - (now - books->since) : 0.0;
            resource_release(&station->keeper, &books->keeper, station->calendar);
        }
    }
    PROCESS_END(self);
}

/* Orders as often as there is too little in the tank and on its way. */
static void buyer_body(struct process *self, void *world)
{
    struct station *station = world;

    PROCESS_BEGIN(self);
    while (station->orders < ORDERS) {
        PROCESS_WAIT_UNTIL(self, &station->tank_changed, &station->buyer_waits,
                           station->tank + station->on_order < ENOUGH_L);
        station->order[(station->first + station->orders++) % ORDERS] = ORDER_L;
        station->on_order += ORDER_L;
        condition_changed(&station->ordered, station->calendar);
    }
    PROCESS_END(self);
}

static void tanker_body(struct process *self, void *world)
{
    struct station *station = world;

    PROCESS_BEGIN(self);
    while (true) {
        PROCESS_WAIT_UNTIL(self, &station->ordered, &station->tanker_waits, station->orders > 0);
        PROCESS_HOLD(self, station->calendar, DELIVERY_MIN);
        station->tank += station->order[station->first];
        station->on_order -= station->order[station->first];
        station->delivered += station->order[station->first];
        station->first = (station->first + 1) % ORDERS;
        station->orders--;
        condition_changed(&station->tank_changed, station->calendar);
    }
    PROCESS_END(self);
}

static void clock_body(struct process *self, void *world)
{
    struct station *station = world;

    PROCESS_BEGIN(self);
    PROCESS_HOLD_UNTIL(self, station->calendar, CLOSING_MIN);
    station->closed = true;
    condition_changed(&station->closing, station->calendar);
    PROCESS_END(self);
}

static void let_in(struct station *station)
{
    struct car *car = station->free;
    if (!car) { /* more than CARS at once */
        calendar_stop(station->calendar);
        return;
    }
    station->free = car->next_free;
    sampler_init(&car->luck, &station->luck.stream, ++station->came);
    process_start(&car->process, station->calendar, car_body, calendar_now(station->calendar), 0);
}

static void gate_body(struct process *self, void *world)
{
    struct station *station = world;

    PROCESS_BEGIN(self);
    while (true) {
        PROCESS_HOLD(self, station->calendar, sampler_exponential(&station->luck, GAP_MIN));
        if (station->closed)
            PROCESS_EXIT(self);
        let_in(station);
    }
    PROCESS_END(self);
}

static void open_station(struct station *station)
{
    struct stream stream = {.seed = 1, .replication = 1};
    sampler_init(&station->luck, &stream, 0);
    resource_init(&station->pumps, PUMPS, 0.0);
    resource_init(&station->turn, 1, 0.0);
    resource_init(&station->keeper, 1, 0.0);
    station->tank = TANK_L;
    for (int i = 0; i < CARS; i++) {
        station->car[i].next_free = station->free;
        station->free = &station->car[i];
    }
    process_start(&station->gate, station->calendar, gate_body, 0.0, 0);
    process_start(&station->clock, station->calendar, clock_body, 0.0, 0);
    process_start(&station->buyer, station->calendar, buyer_body, 0.0, 0);
    process_start(&station->tanker, station->calendar, tanker_body, 0.0, 0);
    process_start(&station->books.process, station->calendar, books_body, 0.0, 0);
}

static bool is_all_there(const struct station *station, double end)
{
    double keeper_min = resource_summarise(&station->keeper, end).in_use * end;
    double paying_min = PAYING_MIN * (double)station->served;
    return fabs(TANK_L + station->delivered - station->sold - station->tank) < 1e-6 &&
           station->came == station->served + station->left &&
           fabs(keeper_min - paying_min - station->books.done_min) < 1e-6;
}

int main(void)
{
    static struct station station;
    station.calendar = calendar_new(CARS);
    if (!station.calendar)
        return 2;
    open_station(&station);
    bool ok =
        process_run(station.calendar, &station, INFINITY) && !calendar_stopped(station.calendar);
    double end = calendar_now(station.calendar);
    calendar_free(station.calendar);
    if (!ok) {
        fputs("filling_station: no memory, or more cars at once than there is room for\n", stderr);
        return 2;
    }

    struct resource_summary pumps = resource_summarise(&station.pumps, end);
    printf("%d cars: %d served, %d left at closing time\n", (int)station.came, (int)station.served,
           (int)station.left);
    printf("wait for a pump: %.1f min on average, %.1f at most\n", pumps.waits.mean,
           pumps.waits.max);
    printf("%.0f litres sold, %.0f delivered, %.0f in the tank\n", station.sold, station.delivered,
           station.tank);
    printf("books: %.1f pages in %.1f minutes\n", station.books.done_min / PAGE_MIN, end);
    return is_all_there(&station, end) ? 0 : 1;
}
