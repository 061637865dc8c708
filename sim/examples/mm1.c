/*
 * M/M/1: one clerk, customers who come at random, services of random length.
 *
 * The simplest queue there is, and the place to begin: a customer is a process, the clerk is a
 * resource, a replication is a function of its number, and many of them make an interval. What
 * should come out is known. With an offered load r = service / gap below 1, in steady state
 *
 *     share of time that the clerk is busy     r
 *     customers waiting, on average            r^2 / (1 - r)
 *     wait of a customer                       service r / (1 - r)
 *
 * Look at how wide the intervals are after 600,000 customers: queues are noisy. The exit status is
 * 1 if an interval misses its theory. Usage: mm1 [THREADS]; the output does not depend on them.
 */
#include <stdio.h>
#include <stdlib.h>

#include "sim/calendar.h"
#include "sim/estimate.h"
#include "sim/process.h"
#include "sim/replicate.h"
#include "sim/resource.h"
#include "sim/stream.h"
#include "sim/variate.h"

/* Times are minutes everywhere. What happens before WARM_UP_MIN is not counted: the desk opens with
 * nobody there, which is not its usual state. */
#define GAP_MIN 5.0
#define SERVICE_MIN 4.0
#define WARM_UP_MIN 10000.0
#define END_MIN 160000.0

enum { REPLICATIONS = 20, ROOM = 1000 };

/* What a customer's four random numbers are for. They belong to the customer, so a model with one
 * clerk more would be tried on the very same customers. */
enum luck { LUCK_GAP, LUCK_SERVICE };

struct customer {
    struct process process; /* first, so that one can be cast to the other */
    struct claim claim;
    double service_min;
};

/* All that a replication knows: no globals, so that replications can run side by side. */
struct desk {
    struct calendar *calendar;
    struct stream stream;
    struct resource clerk;
    struct process arrivals;
    uint64_t arrived;
    uint64_t left;
    struct customer customer[ROOM]; /* a ring: who comes first leaves first */
};

/* What a replication gives. */
enum figure { BUSY, WAITING, WAIT, FIGURES };

static void customer_body(struct process *self, void *world)
{
    struct customer *customer = (struct customer *)self;
    struct desk *desk = world;

    PROCESS_BEGIN(self);
    resource_ask(&desk->clerk, &customer->claim, self, desk->calendar, 0);
    PROCESS_AWAIT(self, &customer->claim);
    PROCESS_HOLD(self, desk->calendar, customer->service_min);
    resource_release(&desk->clerk, &customer->claim, desk->calendar);
    desk->left++;
    PROCESS_END(self);
}

static void arrivals_body(struct process *self, void *world)
{
    struct desk *desk = world;
    /* Locals do not live through a hold; set up here they are set again whenever it is over. */
    struct customer *next = &desk->customer[desk->arrived % ROOM];
    double luck[STREAM_LANES];

    PROCESS_BEGIN(self);
    while (desk->arrived - desk->left < ROOM) {
        stream_block(&desk->stream, desk->arrived, 0, luck);
        next->service_min = variate_exponential(luck[LUCK_SERVICE], SERVICE_MIN);
        PROCESS_HOLD(self, desk->calendar, variate_exponential(luck[LUCK_GAP], GAP_MIN));
        process_start(&next->process, desk->calendar, customer_body, calendar_now(desk->calendar),
                      0);
        desk->arrived++;
        next = &desk->customer[desk->arrived % ROOM];
    }
    calendar_stop(desk->calendar); /* the ring is full, which a load well below 1 never does */
    PROCESS_END(self);
}

/* One replication. Only the number decides what happens in it. */
static bool replicate(void *shared, unsigned worker, uint64_t replication, void *result)
{
    (void)shared;
    (void)worker;
    double *figure = result;
    struct desk *desk = calloc(1, sizeof *desk);
    struct calendar *calendar = calendar_new(ROOM);
    bool ok = desk && calendar;
    if (ok) {
        desk->calendar = calendar;
        desk->stream = (struct stream){.seed = 1, .replication = replication};
        resource_init(&desk->clerk, 1, 0.0);
        process_start(&desk->arrivals, calendar, arrivals_body, 0.0, 0);
        ok = process_run(calendar, desk, WARM_UP_MIN);
        resource_reset_statistics(&desk->clerk, WARM_UP_MIN);
        ok = ok && process_run(calendar, desk, END_MIN) && !calendar_stopped(calendar);
        struct resource_summary clerk = resource_summarise(&desk->clerk, END_MIN);
        figure[BUSY] = clerk.utilisation;
        figure[WAITING] = clerk.waiting;
        figure[WAIT] = clerk.waits.mean;
    }
    calendar_free(calendar);
    free(desk);
    return ok;
}

/* A line of the table. False: the interval misses the theory. */
static bool report(const char *name, double theory, double result[][FIGURES], enum figure figure)
{
    struct tally tally = {0};
    for (int i = 0; i < REPLICATIONS; i++)
        tally_add(&tally, result[i][figure]);
    struct estimate mean = estimate_from_tally(&tally, 0.99);
    printf("%-20s %8.3f %8.3f %8.3f to %6.3f\n", name, theory, mean.mean, mean.low, mean.high);
    return mean.low <= theory && theory <= mean.high;
}

int main(int argc, char **argv)
{
    unsigned threads = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 2;
    double result[REPLICATIONS][FIGURES];
    struct replicate_pool *pool = threads > 0 ? replicate_pool_new(threads) : NULL;
    struct replicate_job job = {.run = replicate, .first = 1, .count = REPLICATIONS};
    job.results = result;
    job.size = sizeof result[0];
    bool ok = pool && replicate_run(pool, &job, NULL) == REPLICATIONS;
    replicate_pool_free(pool);
    if (!ok) {
        fprintf(stderr, "mm1: no memory, no threads, or the queue grew beyond %d\n", ROOM);
        return 2;
    }

    double load = SERVICE_MIN / GAP_MIN;
    printf("M/M/1 at a load of %g\n", load);
    printf("%-20s %8s %8s %19s\n", "", "theory", "mean", "99% interval");
    ok &= report("clerk busy", load, result, BUSY);
    ok &= report("customers waiting", load * load / (1.0 - load), result, WAITING);
    ok &= report("wait, min", SERVICE_MIN * load / (1.0 - load), result, WAIT);
    return ok ? 0 : 1;
}
