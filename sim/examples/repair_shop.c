/*
 * A repair shop: machines that break down in the middle of a job, and too few repairers.
 *
 * Eight machines do jobs of 45 minutes. A machine runs for 120 minutes on average, then breaks
 * down: its job is interrupted, it waits for one of two repairers, is repaired in 30 minutes on
 * average, and goes on with what is left of the job. Three of the machines are a bottleneck and go
 * first.
 *
 * With exponential times the number that are down is a birth-death process: from k to k + 1 at rate
 * (8 - k) / 120, from k to k - 1 at rate min(k, 2) / 30. That gives the machines running, the
 * repairers busy and, as no work is lost, the jobs done. Who is repaired first changes none of it,
 * since all repairs are alike; it only decides who waits, as the last two lines show.
 *
 * First comes the trace of the first hour of replication 1. The exit status is 1 if an interval
 * misses its theory. Usage: repair_shop [THREADS]; the output does not depend on them.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "sim/calendar.h"
#include "sim/estimate.h"
#include "sim/process.h"
#include "sim/replicate.h"
#include "sim/resource.h"
#include "sim/sampler.h"
#include "sim/trace.h"

#define UP_MIN 120.0
#define REPAIR_MIN 30.0
#define JOB_MIN 45.0
#define WARM_UP_MIN 5000.0
#define END_MIN 105000.0

enum { MACHINES = 8, BOTTLENECKS = 3, REPAIRERS = 2, REPLICATIONS = 20, BROKEN = 1 };

/* What breaks a machine down is a process beside the machine's own, which does not know when. */
struct fault {
    struct process process;
    struct machine *machine;
};

struct machine {
    struct process process;
    struct fault fault;
    struct claim repairer;
    struct sampler luck; /* its own sequence of random numbers */
    int number;
    int priority;    /* the smaller goes first */
    double left_min; /* of its job: what must outlive a hold stands here */
    double since;
};

struct shop {
    struct calendar *calendar;
    struct resource repairers;
    struct machine machine[MACHINES];
    struct level running;
    uint64_t jobs;
    struct tally wait[2]; /* for a repairer, by priority */
};

/* What a replication gives. */
enum figure { RUNNING, REPAIRING, JOBS, WAIT_FIRST, WAIT_SECOND, FIGURES };

static void fault_body(struct process *self, void *world)
{
    struct machine *machine = ((struct fault *)self)->machine;
    struct shop *shop = world;

    PROCESS_BEGIN(self);
    while (true) {
        PROCESS_HOLD(self, shop->calendar, sampler_exponential(&machine->luck, UP_MIN));
        process_interrupt(&machine->process, shop->calendar, BROKEN);
        PROCESS_SLEEP(self); /* until the machine runs again and wakes it */
    }
    PROCESS_END(self);
}

static void machine_body(struct process *self, void *world)
{
    struct machine *machine = (struct machine *)self;
    struct shop *shop = world;
    double now = calendar_now(shop->calendar);

    PROCESS_BEGIN(self);
    for (;; shop->jobs++) {
        for (machine->left_min = JOB_MIN; machine->left_min > 0.0;) {
            machine->since = now;
            PROCESS_HOLD(self, shop->calendar, machine->left_min);
            if (!self->interrupted)
                break; /* the job is done */
            machine->left_min -= now - machine->since;

            level_set(&shop->running, shop->running.value - 1.0, now);
            resource_ask(&shop->repairers, &machine->repairer, self, shop->calendar,
                         machine->priority);
            PROCESS_AWAIT(self, &machine->repairer);
            tally_add(&shop->wait[machine->priority], now - machine->repairer.asked_at);
            PROCESS_HOLD(self, shop->calendar, sampler_exponential(&machine->luck, REPAIR_MIN));
            resource_release(&shop->repairers, &machine->repairer, shop->calendar);
            level_set(&shop->running, shop->running.value + 1.0, now);
            process_wake(&machine->fault.process, shop->calendar);
        }
    }
    PROCESS_END(self);
}

/* Told every step by the trace: the process, where it went on from and what it does next. */
static void print_step(void *context, const struct trace_step *step)
{
    (void)context;
    if (step->process->body != machine_body)
        return;
    const struct machine *machine = (const struct machine *)step->process;
    printf("%6.2f  machine %d %s", step->time, machine->number,
           step->interrupted == BROKEN ? "breaks down and " : "");
    if (step->next == TRACE_AWAITS)
        puts("waits for a repairer");
    else if (claim_is_granted(&machine->repairer))
        printf("is repaired until %.2f\n", step->until);
    else
        printf("works until %.2f\n", step->until);
}

static bool shop_open(struct shop *shop, uint64_t replication)
{
    *shop = (struct shop){.calendar = calendar_new((size_t)2 * MACHINES)};
    if (!shop->calendar)
        return false;
    struct stream stream = {.seed = 1, .replication = replication};
    resource_init(&shop->repairers, REPAIRERS, 0.0);
    level_init(&shop->running, MACHINES, 0.0);
    for (int i = 0; i < MACHINES; i++) {
        struct machine *machine = &shop->machine[i];
        machine->number = i + 1;
        machine->priority = i < BOTTLENECKS ? 0 : 1;
        machine->fault.machine = machine;
        sampler_init(&machine->luck, &stream, (uint64_t)machine->number);
        process_start(&machine->process, shop->calendar, machine_body, 0.0, 0);
        process_start(&machine->fault.process, shop->calendar, fault_body, 0.0, 0);
    }
    return true;
}

static bool trace_first_hour(void)
{
    struct trace trace = {.step = print_step};
    struct shop shop;
    bool ok = shop_open(&shop, 1) && trace_run(shop.calendar, &shop, 60.0, &trace);
    calendar_free(shop.calendar);
    return ok;
}

static bool replicate(void *shared, unsigned worker, uint64_t replication, void *result)
{
    (void)shared;
    (void)worker;
    double *figure = result;
    struct shop shop;
    bool ok = shop_open(&shop, replication) && process_run(shop.calendar, &shop, WARM_UP_MIN);
    if (ok) {
        resource_reset_statistics(&shop.repairers, WARM_UP_MIN);
        level_reset(&shop.running, WARM_UP_MIN);
        shop.wait[0] = shop.wait[1] = (struct tally){0};
        shop.jobs = 0;
        ok = process_run(shop.calendar, &shop, END_MIN);
        figure[RUNNING] = level_average(&shop.running, END_MIN);
        figure[REPAIRING] = resource_summarise(&shop.repairers, END_MIN).in_use;
        figure[JOBS] = 60.0 * (double)shop.jobs / (END_MIN - WARM_UP_MIN);
        figure[WAIT_FIRST] = shop.wait[0].mean;
        figure[WAIT_SECOND] = shop.wait[1].mean;
    }
    calendar_free(shop.calendar);
    return ok;
}

/* The mean numbers running and in repair, from the shares of time that k machines are down. */
static void solve_theory(double *running, double *repairing)
{
    double share = 1.0;
    double sum = 1.0;
    *running = MACHINES;
    *repairing = 0.0;
    for (int k = 1; k <= MACHINES; k++) {
        int busy = k < REPAIRERS ? k : REPAIRERS;
        share *= (MACHINES - k + 1) / UP_MIN / (busy / REPAIR_MIN);
        sum += share;
        *running += share * (MACHINES - k);
        *repairing += share * busy;
    }
    *running /= sum;
    *repairing /= sum;
}

/* A line of the table. False: the interval misses the theory, if there is one (not NaN). */
static bool report(const char *name, double theory, double result[][FIGURES], enum figure figure)
{
    struct tally tally = {0};
    for (int i = 0; i < REPLICATIONS; i++)
        tally_add(&tally, result[i][figure]);
    struct estimate mean = estimate_from_tally(&tally, 0.99);
    printf("%-24s ", name);
    if (isnan(theory))
        printf("%8s", "");
    else
        printf("%8.3f", theory);
    printf(" %8.3f %8.3f to %6.3f\n", mean.mean, mean.low, mean.high);
    return !(theory < mean.low || theory > mean.high);
}

int main(int argc, char **argv)
{
    unsigned threads = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 2;
    double result[REPLICATIONS][FIGURES];
    struct replicate_pool *pool = threads > 0 ? replicate_pool_new(threads) : NULL;
    struct replicate_job job = {.run = replicate, .first = 1, .count = REPLICATIONS};
    job.results = result;
    job.size = sizeof result[0];
    bool ok = pool && trace_first_hour() && replicate_run(pool, &job, NULL) == REPLICATIONS;
    replicate_pool_free(pool);
    if (!ok) {
        fputs("repair_shop: no memory or no threads\n", stderr);
        return 2;
    }

    double running;
    double repairing;
    solve_theory(&running, &repairing);
    printf("\n%-24s %8s %8s %19s\n", "", "theory", "mean", "99% interval");
    ok &= report("machines running", running, result, RUNNING);
    ok &= report("repairers busy", repairing, result, REPAIRING);
    ok &= report("jobs an hour", running * 60.0 / JOB_MIN, result, JOBS);
    ok &= report("wait of bottlenecks, min", NAN, result, WAIT_FIRST);
    ok &= report("wait of the others, min", NAN, result, WAIT_SECOND);
    return ok ? 0 : 1;
}
