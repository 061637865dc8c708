/*
 * M/M/c, with room for all against Erlang's formula, and M/M/c/K against the distribution over
 * states.
 *
 * With 20 servers at a load of 0.3 five customers in a million wait. What tells them apart from six
 * in a million are the controls: they hold all that made it likely that somebody would wait.
 */
#include <criterion/criterion.h>

#include "tests/queueing/states.h"

static void assert_servers(const char *model, int servers, double load)
{
    static struct states like;
    like.servers = servers;
    like.rate = load * (double)servers;
    states_prepare(&like);
    struct theory truth = theory_mmc(servers, like.rate);
    cr_assert_eq(states_assert(model, load, &like, truth), CELLS_MANY_SERVERS / 3);
}

QUEUEING_TABLE(many_servers, c2)
{
    assert_servers("M/M/2", 2, *load);
}

QUEUEING_TABLE(many_servers, c5)
{
    assert_servers("M/M/5", 5, *load);
}

QUEUEING_TABLE(many_servers, c20)
{
    assert_servers("M/M/20", 20, *load);
}

static void assert_limited(const char *model, int servers, int most, double load)
{
    static struct states like;
    like.servers = servers;
    like.most = most;
    like.rate = load * (double)servers;
    states_prepare(&like);
    struct theory truth = theory_from_states(&like.model, servers);
    cr_assert_eq(states_assert(model, load, &like, truth), CELLS_LIMITED / 2);
}

QUEUEING_TABLE(limited, c1_k4)
{
    assert_limited("M/M/1/4", 1, 4, *load);
}

QUEUEING_TABLE(limited, c3_k8)
{
    assert_limited("M/M/3/8", 3, 8, *load);
}
