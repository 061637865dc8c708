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
};

static bool is_stopped(const struct replicate_job *job)
{
    return job->stop && atomic_load(job->stop);
}

/* Takes the next number, under the lock. Nothing new is begun after a failure, but as numbers go
 * out in order all before it have begun and will finish: which failed first is certain. */
static bool take_number(struct replicate_pool *pool, const struct replicate_job *job,
                        uint64_t *offset)
{
    if (pool->next == job->count || pool->failed < job->count || is_stopped(job))
        return false;
    *offset = pool->next++;
    return true;
}

/* One worker's share of a job. Called and returns with the lock held. */
static void work_on(struct replicate_pool *pool, const struct replicate_job *job, unsigned worker)
{
    uint64_t offset;
    while (take_number(pool, job, &offset)) {
        pthread_mutex_unlock(&pool->lock);
        char *result = job->results ? (char *)job->results + offset * job->size : NULL;
        bool ok = job->run(job->shared, worker, job->first + offset, result);
        pthread_mutex_lock(&pool->lock);
        if (!ok && offset < pool->failed)
            pool->failed = offset;
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
        if (pthread_cond_init(&pool->idle, NULL) == 0)
            return true;
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
    pthread_mutex_lock(&pool->lock);
    assert(pool->busy == 0);
    pool->job = job;
    pool->next = 0;
    pool->failed = job->count;
    pool->busy = pool->started;
    pool->jobs++;
    pthread_cond_broadcast(&pool->work);
    work_on(pool, job, 0);
    while (pool->busy > 0)
        pthread_cond_wait(&pool->idle, &pool->lock);
    pool->job = NULL;
    bool has_failed = pool->failed < job->count;
    uint64_t finished = has_failed ? pool->failed : pool->next;
    pthread_mutex_unlock(&pool->lock);

    if (failed)
        *failed = has_failed ? job->first + finished : 0;
    return finished;
}
