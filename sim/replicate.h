/*
 * Replications in parallel.
 *
 * A replication is a pure function of its number (and of what all share, read-only), so the pool
 * only decides when and where each runs. Numbers are handed out in rising order, one at a time, and
 * each writes its result to its own place: the results are the same bytes for any number of
 * threads, and whatever ends a run early leaves an unbroken stretch from the first.
 *
 * The caller is worker 0 and works too; with one thread everything runs in the caller. Threads wait
 * between runs, and take no signals, so a handler for an interrupt runs in the caller's threads.
 * One run at a time: a pool must not be shared by callers at once.
 */
#ifndef SIM_REPLICATE_H
#define SIM_REPLICATE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct replicate_pool;

/* One replication. `worker` is 0 to threads - 1: two calls at the same time never have the same, so
 * it finds per-worker memory (which must not carry anything from one replication to the next).
 * `result` is this replication's own. False: it failed. */
typedef bool replicate_fn(void *shared, unsigned worker, uint64_t replication, void *result);

/* NULL: out of memory, or the system gives no more threads. threads >= 1. */
struct replicate_pool *replicate_pool_new(unsigned threads);
void replicate_pool_free(struct replicate_pool *pool); /* legal with NULL */
unsigned replicate_pool_threads(const struct replicate_pool *pool);

/* What to run; describe it by designated initialisers. */
struct replicate_job {
    replicate_fn *run;
    void *shared;   /* handed to every call */
    uint64_t first; /* number of the first replication, from 1 */
    uint64_t count; /* how many */
    void *results;  /* count x size bytes; replication r writes to (r - first) x size */
    size_t size;    /* bytes of one result */
    /* Takes finished replications in rising order, one at a time, in whichever thread finished the
     * next one, before that thread begins another. False: start no more. With it there is room for
     * `window` results (1 to 64) only: replication r writes to (r - first) % window x size, and
     * nobody runs further ahead. Or NULL: results stay where they are. */
    bool (*deliver)(void *shared, uint64_t replication, void *result);
    unsigned window;
    const atomic_bool *stop; /* looked at before each replication; true: start no more. Or NULL.
                                Lock-free, so that a signal handler may set it. */
};

/* Runs it, and returns when nothing of it runs any more. Returns how many replications, from the
 * first and without a gap, are finished (and delivered): all, unless stopped or one failed.
 * `failed` (may be NULL) becomes the number of the first that failed, the same for any number of
 * threads, or 0; those before it are finished, those after it are void. */
uint64_t replicate_run(struct replicate_pool *pool, const struct replicate_job *job,
                       uint64_t *failed);

#endif
