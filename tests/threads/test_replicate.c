/*
 * Replications on a pool of threads: the same bytes on 1, 2 and 8 threads, cancellation, failure.
 * A plain program, so that it runs under the thread sanitizer too.
 */
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sim/replicate.h"
#include "sim/stream.h"

enum { COUNT = 100, FIRST = 5 };

static int failures = 0;

static void check(bool holds, const char *what)
{
    printf("%s - %s\n", holds ? "ok" : "not ok", what);
    failures += !holds;
}

struct result {
    uint64_t replication;
    double sum;
};

struct shared {
    unsigned threads;
    _Atomic unsigned inside[8]; /* calls that a worker is in: never above 1 */
    atomic_bool collided;
    atomic_bool stop;
    uint64_t stop_at; /* the replication that sets stop; 0: none */
    uint64_t fail_at; /* this one and some after it fail; 0: none */
    _Atomic unsigned calls;
};

/* Work that takes longer for some than for others, so that they finish out of order. */
static bool replicate_sums(void *argument, unsigned worker, uint64_t replication, void *place)
{
    struct shared *shared = argument;
    struct result *result = place;
    struct stream stream = {.seed = 1, .replication = replication};
    double uniform[STREAM_LANES];

    if (worker >= shared->threads || atomic_fetch_add(&shared->inside[worker], 1) != 0)
        atomic_store(&shared->collided, true);
    atomic_fetch_add(&shared->calls, 1);
    double sum = 0.0;
    for (uint64_t i = 0; i < 500 * (1 + replication % 7); i++) {
        stream_block(&stream, i, 0, uniform);
        sum += uniform[0] - uniform[1] * uniform[2] / uniform[3];
    }
    *result = (struct result){.replication = replication, .sum = sum};
    if (replication == shared->stop_at)
        atomic_store(&shared->stop, true);
    atomic_fetch_sub(&shared->inside[worker], 1);
    return shared->fail_at == 0 || replication < shared->fail_at ||
           (replication - shared->fail_at) % 3 != 0;
}

static uint64_t run(struct replicate_pool *pool, struct shared *shared, struct result *results,
                    uint64_t count, uint64_t *failed)
{
    shared->threads = replicate_pool_threads(pool);
    struct replicate_job job = {.run = replicate_sums,
                                .shared = shared,
                                .first = FIRST,
                                .count = count,
                                .results = results,
                                .size = sizeof results[0],
                                .stop = &shared->stop};
    memset(results, 0, COUNT * sizeof results[0]);
    return replicate_run(pool, &job, failed);
}

static void check_all(struct replicate_pool *pool, const struct result *expected)
{
    struct shared shared = {0};
    struct result results[COUNT];
    uint64_t failed = 99;
    check(run(pool, &shared, results, COUNT, &failed) == COUNT && failed == 0, "all are finished");
    check(memcmp(results, expected, sizeof results) == 0, "the same bytes as in a plain loop");
    check(!shared.collided, "a worker is in one call at a time and numbered below threads");
    check(atomic_load(&shared.calls) == COUNT, "each ran once");
    check(run(pool, &shared, results, 0, &failed) == 0 && failed == 0, "none to run is legal");
    check(run(pool, &shared, results, 1, NULL) == 1 && results[0].replication == FIRST,
          "fewer than threads, and nobody asks which failed");
}

static void check_cancelling(struct replicate_pool *pool, const struct result *expected)
{
    struct shared shared = {.stop_at = FIRST + 40};
    struct result results[COUNT];
    uint64_t failed = 99;
    uint64_t done = run(pool, &shared, results, COUNT, &failed);
    /* How far the others get meanwhile is the scheduler's business. */
    check(done >= 41 && failed == 0, "goes on until it is told");
    check(done == atomic_load(&shared.calls), "nothing ran after it");
    check(shared.threads > 1 || done == 41, "one thread stops at once");
    check(memcmp(results, expected, done * sizeof results[0]) == 0, "what is finished has no gap");
    check(run(pool, &shared, results, COUNT, NULL) == 0, "stopped beforehand, nothing runs");
}

static void check_failing(struct replicate_pool *pool, const struct result *expected)
{
    struct shared shared = {.fail_at = FIRST + 23};
    struct result results[COUNT];
    uint64_t failed = 0;
    uint64_t done = run(pool, &shared, results, COUNT, &failed);
    check(failed == FIRST + 23, "the first that failed is named");
    check(done == 23, "those before it are finished");
    check(memcmp(results, expected, done * sizeof results[0]) == 0, "and are as they should be");
    check(shared.threads > 1 || atomic_load(&shared.calls) == 24, "one thread stops at once");
}

/* Two failures, the later replication's recorded last: each waits until the other is under way. */
static bool fail_in_order(void *argument, unsigned worker, uint64_t replication, void *place)
{
    _Atomic unsigned *begun = argument;
    (void)worker;
    (void)place;
    atomic_fetch_add(begun, 1);
    while (atomic_load(begun) < 2)
        ;
    if (replication == 2)
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    return false;
}

static void check_failing_twice(struct replicate_pool *pool)
{
    _Atomic unsigned begun = 0;
    struct replicate_job job = {.run = fail_in_order, .shared = &begun, .first = 1, .count = 2};
    uint64_t failed = 0;
    if (replicate_pool_threads(pool) < 2)
        return;
    check(replicate_run(pool, &job, &failed) == 0 && failed == 1, "of two failures the first");
}

/* What was delivered, in order, of a window too small to hold it all. */
struct delivered {
    struct shared base; /* first: the replications see it */
    struct result result[COUNT];
    uint64_t count;
    uint64_t refuse_at; /* the number after which it is enough; 0: never */
    _Atomic unsigned inside;
    bool collided;
};

static bool take(void *argument, uint64_t replication, void *place)
{
    struct delivered *delivered = argument;
    delivered->collided |= atomic_fetch_add(&delivered->inside, 1) != 0;
    struct result *result = place;
    delivered->collided |= result->replication != replication ||
                           replication != FIRST + delivered->count || delivered->count == COUNT;
    delivered->result[delivered->count++ % COUNT] = *result;
    *result = (struct result){0};
    atomic_fetch_sub(&delivered->inside, 1);
    return delivered->refuse_at == 0 || replication < delivered->refuse_at;
}

static uint64_t run_delivering(struct replicate_pool *pool, struct delivered *delivered,
                               unsigned window, uint64_t *failed)
{
    static struct result room[64];
    delivered->base.threads = replicate_pool_threads(pool);
    struct replicate_job job = {.run = replicate_sums,
                                .shared = delivered,
                                .first = FIRST,
                                .count = COUNT,
                                .results = room,
                                .size = sizeof room[0],
                                .stop = &delivered->base.stop,
                                .deliver = take,
                                .window = window};
    return replicate_run(pool, &job, failed);
}

static void check_delivering(struct replicate_pool *pool, const struct result *expected)
{
    static const unsigned windows[] = {1, 3, 64};
    for (size_t w = 0; w < sizeof windows / sizeof windows[0]; w++) {
        uint64_t failed = 99;
        struct delivered all = {0};
        check(run_delivering(pool, &all, windows[w], &failed) == COUNT && failed == 0 &&
                  all.count == COUNT,
              "all are delivered");
        check(!all.collided, "in their order, one at a time, each once");
        check(memcmp(all.result, expected, sizeof all.result) == 0, "as in a plain loop");

        struct delivered enough = {.refuse_at = FIRST + 30};
        check(run_delivering(pool, &enough, windows[w], &failed) == 30 && enough.count == 31,
              "nothing is delivered after a refusal, which does not count");
        check(atomic_load(&enough.base.calls) <= 31 + windows[w], "nor much begun");

        struct delivered failing = {.base.fail_at = FIRST + 23};
        check(run_delivering(pool, &failing, windows[w], &failed) == 23 && failed == FIRST + 23 &&
                  failing.count == 23,
              "all before the first that failed, and none after it");

        struct delivered stopped = {.base.stop_at = FIRST + 40};
        uint64_t done = run_delivering(pool, &stopped, windows[w], &failed);
        check(done >= 41 && done == stopped.count && done == atomic_load(&stopped.base.calls),
              "what was begun when it was stopped is delivered");
    }
}

int main(void)
{
    static struct result expected[COUNT];
    struct shared shared = {.threads = 1};
    for (uint64_t i = 0; i < COUNT; i++)
        replicate_sums(&shared, 0, FIRST + i, &expected[i]);

    static const unsigned threads[] = {1, 2, 8};
    for (size_t i = 0; i < sizeof threads / sizeof threads[0]; i++) {
        printf("# %u threads\n", threads[i]);
        struct replicate_pool *pool = replicate_pool_new(threads[i]);
        check(pool != NULL, "a pool");
        if (!pool)
            break;
        for (int again = 0; again < 3; again++) {
            check_all(pool, expected);
            check_cancelling(pool, expected);
            check_failing(pool, expected);
            check_failing_twice(pool);
            check_delivering(pool, expected);
        }
        replicate_pool_free(pool);
    }
    replicate_pool_free(NULL);
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
