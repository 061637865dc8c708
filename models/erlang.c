#include "models/erlang.h"

#include <assert.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

double erlang_loss(double load, int beds)
{
    assert(load >= 0 && beds >= 0);
    double loss = 1;
    for (int n = 1; n <= beds; n++)
        loss = load * loss / (n + load * loss);
    return loss;
}

double erlang_wait(double load, int beds)
{
    if (load >= beds)
        return 1;
    double loss = erlang_loss(load, beds);
    return loss / (1 - load / beds * (1 - loss));
}

int erlang_beds_for_wait(double load, double share)
{
    assert(share > 0);
    int beds = (int)load + 1;
    while (erlang_wait(load, beds) > share)
        beds++;
    return beds;
}

/* P(N >= n), N Poisson. */
static double at_least(double load, int n)
{
    return n <= 0 ? 1 : gsl_cdf_poisson_Q((unsigned)n - 1, load);
}

double erlang_pool_tail(const struct erlang_pool *pool, int of)
{
    int other = 1 - of, full = pool->own[of] + pool->shared;
    double tail = at_least(pool->load[of], full);
    for (int k = 1; k <= pool->shared; k++)
        tail += gsl_ran_poisson_pdf((unsigned)(full - k), pool->load[of]) *
                at_least(pool->load[other], pool->own[other] + k);
    return tail;
}
