#include "sim/replicate.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

struct helper {
    struct replicate_pool *pool;
    pthread_t thread;
    unsigned worker;
};

struct replicate_pool {
    unsigned threads; /* the caller and threads - 1 helpers */
    unsigned started; /* helpers that exist */
    struct helper *helpers;

    /* All below is read and written under the lock only. A replication takes milliseconds, the
     * lock tens of nanoseconds. */
    pthread_mutex_t lock;
    pthread_cond_t work; /* there is a new job, or the pool is closing */
    pthread_cond_t idle; /* the last helper has left the job */
    uint64_t jobs;       /* how many there have been, so that a helper takes each once */
    bool closing;
    unsigned busy; /* helpers in the job */
    const struct replicate_job *job;
    uint64_t next;   /* offset of the next replication from the first */
    uint64_t failed; /* offset of the first that failed; job->count: none */

    /* Of a job that delivers. */
    pthread_cond_t room; /* something was delivered, or never will be */
    uint64_t delivered;  /* how many */
    uint64_t waiting;    /* bit by place in the window: finished, and not delivered */
    bool delivering;     /* a thread is about it */
    bool refused;        /* deliver() said that it is enough */
};

static bool is_stopped(const struct replicate_job *job)
{
    return job->stop && atomic_load(job->stop);
}

static bool is_over(const struct replicate_pool *pool, const struct replicate_job *job)
{
    return pool->next == job->count || pool->failed < job->count || pool->refused ||
           is_stopped(job);
}

/* Takes the next number, under the lock. Nothing new is begun after a failure, but as numbers go
 * out in order all before it have begun and will finish: which failed first is certain. */
static bool take_number(struct replicate_pool *pool, const struct replicate_job *job,
                        uint64_t *offset)
{
    while (!is_over(pool, job)) {
        if (!job->deliver || pool->next < pool->delivered + job->window) {
            *offset = pool->next++;
            return true;
        }
        pthread_cond_wait(&pool->room, &pool->lock);
    }
    return false;
}

static void *place_of(const struct replicate_job *job, uint64_t offset)
{
    if (!job->results)
        return NULL;
    return (char *)job->results + (job->deliver ? offset % job->window : offset) * job->size;
}

/* Delivers what can be, unless another thread is at it: that one will come to ours too. Called and
 * returns with the lock held. */
static void deliver(struct replicate_pool *pool, const struct replicate_job *job, uint64_t offset)
{
    pool->waiting |= (uint64_t)1 << offset % job->window;
    if (pool->delivering)
        return;
    pool->delivering = true;
    uint64_t bit;
    while (bit = (uint64_t)1 << pool->delivered % job->window, (pool->waiting & bit) != 0) {
        uint64_t at = pool->delivered;
        pthread_mutex_unlock(&pool->lock);
        bool more = job->deliver(job->shared, job->first + at, place_of(job, at));
        pthread_mutex_lock(&pool->lock);
        pool->waiting &= ~bit;
        pool->delivered += more; /* what was refused stays next, and is never waiting again */
        pool->refused = !more;
        pthread_cond_broadcast(&pool->room);
    }
    pool->delivering = false;
}

/* One worker's share of a job. Called and returns with the lock held. */
static void work_on(struct replicate_pool *pool, const struct replicate_job *job, unsigned worker)
{
    uint64_t offset;
    while (take_number(pool, job, &offset)) {
        pthread_mutex_unlock(&pool->lock);
        bool ok = job->run(job->shared, worker, job->first + offset, place_of(job, offset));
        pthread_mutex_lock(&pool->lock);
        if (!ok) {
            if (offset < pool->failed)
                pool->failed = offset;
            pthread_cond_broadcast(&pool->room);
        } else if (job->deliver) {
            deliver(pool, job, offset);
        }
    }
}

static void *helper_main(void *argument)
{
    struct helper *helper = argument;
    struct replicate_pool *pool = helper->pool;
    uint64_t seen = 0;

    pthread_mutex_lock(&pool->lock);
    while (true) {
        while (pool->jobs == seen && !pool->closing)
            pthread_cond_wait(&pool->work, &pool->lock);
        if (pool->closing)
            break;
        seen = pool->jobs;
        work_on(pool, pool->job, helper->worker);
        if (--pool->busy == 0)
            pthread_cond_signal(&pool->idle);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

/* Helpers inherit a mask that blocks every signal. */
static bool start_helpers(struct replicate_pool *pool)
{
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    if (pthread_sigmask(SIG_SETMASK, &all, &before) != 0)
        return false;
    bool ok = true;
    while (ok && pool->started + 1 < pool->threads) {
        struct helper *helper = &pool->helpers[pool->started];
        *helper = (struct helper){.pool = pool, .worker = pool->started + 1};
        ok = pthread_create(&helper->thread, NULL, helper_main, helper) == 0;
        pool->started += ok;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return ok;
}

static bool init_locks(struct replicate_pool *pool)
{
    if (pthread_mutex_init(&pool->lock, NULL) != 0)
        return false;
    if (pthread_cond_init(&pool->work, NULL) == 0) {
        if (pthread_cond_init(&pool->idle, NULL) == 0) {
            if (pthread_cond_init(&pool->room, NULL) == 0)
                return true;
            pthread_cond_destroy(&pool->idle);
        }
        pthread_cond_destroy(&pool->work);
    }
    pthread_mutex_destroy(&pool->lock);
    return false;
}

struct replicate_pool *replicate_pool_new(unsigned threads)
{
    assert(threads >= 1);
    struct replicate_pool *pool = calloc(1, sizeof *pool);
    if (!pool)
        return NULL;
    pool->threads = threads;
    pool->helpers = calloc(threads, sizeof *pool->helpers);
    if (!pool->helpers || !init_locks(pool)) {
        free(pool->helpers);
        free(pool);
        return NULL;
    }
    if (!start_helpers(pool)) {
        replicate_pool_free(pool);
        return NULL;
    }
    return pool;
}

void replicate_pool_free(struct replicate_pool *pool)
{
    if (!pool)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->closing = true;
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->lock);
    for (unsigned i = 0; i < pool->started; i++)
        pthread_join(pool->helpers[i].thread, NULL);
    pthread_cond_destroy(&pool->room);
    pthread_cond_destroy(&pool->idle);
    pthread_cond_destroy(&pool->work);
    pthread_mutex_destroy(&pool->lock);
    free(pool->helpers);
    free(pool);
}

unsigned replicate_pool_threads(const struct replicate_pool *pool)
{
    return pool->threads;
}

uint64_t replicate_run(struct replicate_pool *pool, const struct replicate_job *job,
                       uint64_t *failed)
{
    assert(job->run);
    assert(!job->results || job->size > 0); /* or every replication would write to one place */
    assert(!job->deliver || (job->window >= 1 && job->window <= 64));
    pthread_mutex_lock(&pool->lock);
    assert(pool->busy == 0);
    pool->job = job;
    pool->delivered = pool->waiting = 0;
    pool->refused = false;
    pool->next = 0;
    pool->failed = job->count;
    pool->busy = pool->started;
    pool->jobs++;
    pthread_cond_broadcast(&pool->work);
    work_on(pool, job, 0);
    while (pool->busy > 0)
        pthread_cond_wait(&pool->idle, &pool->lock);
    pool->job = NULL;
    uint64_t first_failed = pool->failed;
    bool has_failed = first_failed < job->count;
    uint64_t finished = job->deliver ? pool->delivered : has_failed ? pool->failed : pool->next;
    pthread_mutex_unlock(&pool->lock);

    if (failed)
        *failed = has_failed ? job->first + first_failed : 0;
    return finished;
}
