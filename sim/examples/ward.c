/*
 * A small ward: urgent and planned patients, fewer beds by night, nurses, people who give up.
 *
 * What no formula covers: twelve beds are staffed from 8 to 20 o'clock and ten by night; whoever is
 * then in one stays (a shrunk resource drains). Urgent patients go first. Who finds four waiting is
 * sent elsewhere; who has waited too long for him goes. Settling a patient in takes a nurse, seeing
 * him off takes two at once, of three: a condition that somebody has to wait for.
 *
 * The same patients go through the ward with and without one bed more. Each brings along his own
 * random numbers, so what differs is the bed and not the luck: see how much narrower the interval
 * of the difference is than those of the two means.
 *
 * What must hold anyway is Little's law: the area under the queue, as the resource counts it, is
 * the sum of the waits, as the patients do. The exit status is 1 if it fails in a replication.
 * Usage: ward [THREADS]; the output does not depend on them.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "sim/calendar.h"
#include "sim/condition.h"
#include "sim/estimate.h"
#include "sim/process.h"
#include "sim/replicate.h"
#include "sim/resource.h"
#include "sim/stream.h"
#include "sim/variate.h"

#define HOUR_MIN 60.0
#define GAP_MIN (2.4 * HOUR_MIN)
#define URGENT_SHARE 0.4

enum { BEDS_DAY = 12, BEDS_NIGHT = 10, QUEUE = 4, NURSES = 3, PATIENTS = 2000, REPLICATIONS = 20 };
enum kind { URGENT, PLANNED }; /* also the priority */
static const double patience_min[] = {[URGENT] = 4 * HOUR_MIN, [PLANNED] = 12 * HOUR_MIN};

/* What a patient's four random numbers are for. */
enum luck { LUCK_GAP, LUCK_KIND, LUCK_STAY, LUCK_PATIENCE };

struct patient {
    struct process process;
    struct claim bed;
    struct waiter nurse;
    double ready_at;
    double luck[STREAM_LANES];
    enum kind kind;
};

enum figure { SENT_AWAY, GAVE_UP, WAIT_URGENT, WAIT_PLANNED, OCCUPANCY, NURSE_WAIT, FIGURES };
struct result { /* of a replication */
    double now[FIGURES];
    double then[FIGURES]; /* with one bed more */
};

struct ward {
    struct calendar *calendar;
    struct resource beds;
    struct condition nurse_free;
    struct process arrivals;
    struct process rhythm;
    int nurses; /* free */
    int more_beds;
    size_t came;
    size_t gone;
    double mu; /* of the lognormal stay: a day on average, give or take 18 hours */
    double sigma;
    double waited_min; /* for a bed, by all, as they tell it */
    struct tally wait[2];
    struct tally nurse_wait;
    struct patient patient[PATIENTS];
};

static void patient_body(struct process *self, void *world)
{
    struct patient *patient = (struct patient *)self;
    struct ward *ward = world;
    double now = calendar_now(ward->calendar);

    PROCESS_BEGIN(self);
    resource_ask(&ward->beds, &patient->bed, self, ward->calendar, (int)patient->kind);
    PROCESS_AWAIT_FOR(
        self, ward->calendar, &patient->bed,
        variate_exponential(patient->luck[LUCK_PATIENCE], patience_min[patient->kind]));
    ward->waited_min += now - patient->bed.asked_at;
    if (!claim_is_granted(&patient->bed)) { /* sent away, or out of patience */
        resource_drop(&ward->beds, &patient->bed, ward->calendar);
        ward->gone++;
        PROCESS_EXIT(self);
    }
    tally_add(&ward->wait[patient->kind], now - patient->bed.asked_at);

    /* Whoever changes the number says so. A condition is no queue: one nurse may be taken by a
     * patient who needs no more while another waits on for two. */
    PROCESS_WAIT_UNTIL(self, &ward->nurse_free, &patient->nurse, ward->nurses >= 1);
    ward->nurses -= 1;
    PROCESS_HOLD(self, ward->calendar, 40.0);
    ward->nurses += 1;
    condition_changed(&ward->nurse_free, ward->calendar);

    PROCESS_HOLD(self, ward->calendar,
                 variate_lognormal(patient->luck[LUCK_STAY], ward->mu, ward->sigma));
    patient->ready_at = now;
    PROCESS_WAIT_UNTIL(self, &ward->nurse_free, &patient->nurse, ward->nurses >= 2);
    ward->nurses -= 2;
    tally_add(&ward->nurse_wait, now - patient->ready_at);
    PROCESS_HOLD(self, ward->calendar, 30.0);
    ward->nurses += 2;
    condition_changed(&ward->nurse_free, ward->calendar);
    resource_release(&ward->beds, &patient->bed, ward->calendar);
    ward->gone++;
    PROCESS_END(self);
}

/* Two thousand patients, and then the ward closes. */
static void arrivals_body(struct process *self, void *world)
{
    struct ward *ward = world;
    struct patient *next = &ward->patient[ward->came % PATIENTS];

    PROCESS_BEGIN(self);
    while (ward->came < PATIENTS) {
        PROCESS_HOLD(self, ward->calendar, variate_exponential(next->luck[LUCK_GAP], GAP_MIN));
        process_start(&next->process, ward->calendar, patient_body, calendar_now(ward->calendar),
                      0);
        ward->came++;
        next = &ward->patient[ward->came % PATIENTS];
    }
    PROCESS_END(self);
}

static void rhythm_body(struct process *self, void *world)
{
    struct ward *ward = world;

    PROCESS_BEGIN(self);
    while (ward->gone < PATIENTS) {
        PROCESS_HOLD(self, ward->calendar, 8 * HOUR_MIN);
        resource_set_capacity(&ward->beds, BEDS_DAY + ward->more_beds, ward->calendar);
        PROCESS_HOLD(self, ward->calendar, 12 * HOUR_MIN);
        resource_set_capacity(&ward->beds, BEDS_NIGHT + ward->more_beds, ward->calendar);
        PROCESS_HOLD(self, ward->calendar, 4 * HOUR_MIN);
    }
    PROCESS_END(self);
}

/* One ward from its first patient to its last. False: memory ran out, or Little's law fails. */
static bool ward_run(struct ward *ward, uint64_t replication, int more_beds, double figure[FIGURES])
{
    struct stream stream = {.seed = 1, .replication = replication};
    struct calendar *calendar = calendar_new(64);
    if (!calendar)
        return false;
    *ward = (struct ward){.calendar = calendar, .nurses = NURSES, .more_beds = more_beds};
    variate_lognormal_moments(24 * HOUR_MIN, 18 * HOUR_MIN, &ward->mu, &ward->sigma);
    for (size_t i = 0; i < PATIENTS; i++) {
        struct patient *patient = &ward->patient[i];
        stream_block(&stream, i, 0, patient->luck);
        patient->kind = patient->luck[LUCK_KIND] < URGENT_SHARE ? URGENT : PLANNED;
    }
    resource_init(&ward->beds, BEDS_NIGHT + more_beds, 0.0);
    resource_limit_queue(&ward->beds, QUEUE);
    process_start(&ward->arrivals, calendar, arrivals_body, 0.0, 0);
    /* Priority -1: beds open before whoever comes at that very time. */
    process_start(&ward->rhythm, calendar, rhythm_body, 0.0, -1);
    bool ok = process_run(calendar, ward, INFINITY);

    double end = calendar_now(calendar);
    struct resource_summary beds = resource_summarise(&ward->beds, end);
    figure[SENT_AWAY] = 100.0 * (double)beds.rejected / (double)beds.asked;
    figure[GAVE_UP] = 100.0 * (double)beds.reneged / (double)beds.asked;
    figure[WAIT_URGENT] = ward->wait[URGENT].mean;
    figure[WAIT_PLANNED] = ward->wait[PLANNED].mean;
    figure[OCCUPANCY] = 100.0 * beds.utilisation;
    figure[NURSE_WAIT] = ward->nurse_wait.mean;
    ok = ok && fabs(beds.waiting * end - ward->waited_min) <= 1e-9 * ward->waited_min;
    calendar_free(calendar);
    return ok;
}

static bool replicate(void *shared, unsigned worker, uint64_t replication, void *result)
{
    (void)shared;
    (void)worker;
    struct result *both = result;
    struct ward *ward = malloc(sizeof *ward);
    bool ok = ward && ward_run(ward, replication, 0, both->now) &&
              ward_run(ward, replication, 1, both->then);
    free(ward);
    return ok;
}

static void report(const char *name, const struct result result[], enum figure figure)
{
    double a[REPLICATIONS];
    double b[REPLICATIONS];
    for (int i = 0; i < REPLICATIONS; i++) {
        a[i] = result[i].now[figure];
        b[i] = result[i].then[figure];
    }
    struct estimate column[] = {estimate_from_array(a, REPLICATIONS, 0.95),
                                estimate_from_array(b, REPLICATIONS, 0.95),
                                estimate_difference(b, a, REPLICATIONS, 0.95)};
    printf("%-26s", name);
    for (int i = 0; i < 3; i++)
        printf("  %8.2f +-%6.2f", column[i].mean, estimate_half_width(&column[i]));
    putchar('\n');
}

int main(int argc, char **argv)
{
    unsigned threads = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 2;
    struct result result[REPLICATIONS];
    struct replicate_pool *pool = threads > 0 ? replicate_pool_new(threads) : NULL;
    struct replicate_job job = {.run = replicate, .first = 1, .count = REPLICATIONS};
    job.results = result;
    job.size = sizeof result[0];
    uint64_t failed = 0;
    bool ok = pool && replicate_run(pool, &job, &failed) == REPLICATIONS;
    replicate_pool_free(pool);
    if (!ok) {
        fprintf(stderr, "ward: replication %d failed (0: no threads)\n", (int)failed);
        return 1;
    }
    printf("%d patients, %d times; mean and 95%% half-width\n", PATIENTS, REPLICATIONS);
    printf("%-26s  %18s  %18s  %18s\n", "", "as it is", "one bed more", "difference");
    report("sent elsewhere, %", result, SENT_AWAY);
    report("gave up waiting, %", result, GAVE_UP);
    report("wait of the urgent, min", result, WAIT_URGENT);
    report("wait of the planned, min", result, WAIT_PLANNED);
    report("beds occupied, %", result, OCCUPANCY);
    report("wait for two nurses, min", result, NURSE_WAIT);
    return 0;
}
