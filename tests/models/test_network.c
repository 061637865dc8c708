#include <criterion/criterion.h>
#include <math.h>

#include "models/erlang.h"
#include "tests/models/small_network.h"

enum { A, B, C, D };

/* By hand: 2 a day, of whom a quarter go on to B, a third of those from B back to A. */
Test(network, traffic_and_loads_by_hand)
{
    struct network network;
    double load[SMALL_WARDS];
    small_network(&network, 3);
    small_source(&network, 0, A, 2, 1);
    small_route(&network, 0, A, B, .25, 3);
    small_route(&network, 0, B, A, 1. / 3, 5);
    small_route(&network, 0, A, NETWORK_LEAVES, .75, 1);
    small_route(&network, 0, B, NETWORK_LEAVES, 2. / 3, 8);
    network.route[3].delay_mean_min = 2 * 1440;
    cr_assert(network_prepare(&network));
    cr_assert(network_loads(&network, load));
    double at_a = 2 / (1 - .25 / 3), at_b = at_a / 4;
    cr_expect_float_eq(load[A], at_a * (.25 * 3 + .75 * 1), 1e-12);
    cr_expect_float_eq(load[B], at_b * (5. / 3 + 10 * 2. / 3), 1e-12);
    cr_expect_eq(load[C], 0);
    bool reached[SMALL_WARDS * SMALL_CLASSES], out[SMALL_WARDS * SMALL_CLASSES];
    network_reach(&network, reached);
    network_ways_out(&network, out);
    cr_expect(reached[network_at(&network, 0, B)] && !reached[network_at(&network, 0, C)]);
    cr_expect(!reached[network_at(&network, 1, A)]);
    cr_expect(out[network_at(&network, 0, A)] && !out[network_at(&network, 0, C)]);
    cr_expect(network.loops);
    network_fini(&network);
}

/* Who can never leave has no traffic to be solved for. */
Test(network, a_loop_without_an_exit_has_no_load)
{
    struct network network;
    double load[SMALL_WARDS];
    small_network(&network, 2);
    small_source(&network, 0, A, 1, 1);
    small_route(&network, 0, A, B, 1, 1);
    small_route(&network, 0, B, A, 1, 1);
    cr_assert(network_prepare(&network));
    cr_expect_not(network_loads(&network, load));
    network_fini(&network);
}

/* Three wards in a row, all of them full most of the time, the first with a short queue: the books
 * balance (asserted by small_run and by the run itself), and patients block and are lost. */
Test(network, nothing_is_lost_when_everything_is_full)
{
    struct network network;
    small_network(&network, 3);
    small_source(&network, 0, A, 4, 1);
    small_source(&network, 1, B, 1, 2);
    for (size_t class = 0; class < 2; class ++) {
        small_route(&network, class, A, B, 1, 1);
        small_route(&network, class, B, C, 1, 1);
        small_route(&network, class, C, NETWORK_LEAVES, 1, 1);
    }
    network.route[2].delay_mean_min = 720;
    for (size_t w = 0; w < 3; w++) {
        network.ward[w].beds = 2;
        network.ward[w].queue_limit = w == C ? 1 : 3;
    }
    struct network_result *result = small_run(&network, 20, 2, NETWORK_OK);
    for (size_t w = 0; w < 3; w++)
        cr_expect_gt(result->ward[w].figure[WARD_OCCUPANCY], .75, "%zu", w);
    cr_expect_gt(result->ward[A].figure[WARD_BLOCKED_BEDS], .2);
    cr_expect_gt(result->ward[C].figure[WARD_DELAYED_BEDS], .2);
    cr_expect_gt(result->ward[A].figure[WARD_SHARE_LOST], .2);
    cr_expect_eq(result->ward[C].figure[WARD_LOST], 0); /* from other wards they wait */
    network_result_free(result);
    network_fini(&network);
}

/* Where transfers may leave too they do, and then nobody blocks a ward whose next has no queue. */
Test(network, transfers_leave_where_they_may)
{
    struct network network;
    small_network(&network, 2);
    small_source(&network, 0, A, 2, 1);
    small_route(&network, 0, A, B, 1, 1);
    small_route(&network, 0, B, NETWORK_LEAVES, 1, 1);
    network.ward[B] = (struct network_ward){
        .name = "B", .beds = 2, .queue_limit = 0, .transfer = TRANSFER_LEAVES};
    struct network_result *result = small_run(&network, 1, 40, NETWORK_OK);
    /* What leaves M/M/inf is Poisson. */
    cr_expect_float_eq(result->ward[B].figure[WARD_SHARE_LOST], erlang_loss(2, 2), .01);
    cr_expect_eq(result->ward[A].figure[WARD_BLOCKED_BEDS], 0);
    cr_expect_eq(result->figure[NETWORK_SHARE_LOST], 0); /* of those from outside */
    cr_expect_eq(result->balance.lost, result->ward[B].balance.turned_away);
    network_result_free(result);
    network_fini(&network);
}

/* Who waits outside blocks nothing, and beds stay as busy as the stays there alone make them. */
Test(network, transfers_wait_outside_where_they_may)
{
    struct network network;
    small_network(&network, 2);
    small_source(&network, 0, A, .5, 1);
    small_route(&network, 0, A, B, 1, 1);
    small_route(&network, 0, B, NETWORK_LEAVES, 1, 1.4);
    network.ward[A].beds = network.ward[B].beds = 1;
    network.ward[B].transfer = TRANSFER_WAITS_OUTSIDE;
    struct network_result *result = small_run(&network, 1, 100, NETWORK_OK);
    cr_expect_float_eq(result->ward[A].figure[WARD_BEDS_IN_USE], .5, .02);
    cr_expect_float_eq(result->ward[B].figure[WARD_BEDS_IN_USE], .7, .02);
    cr_expect_eq(result->ward[A].figure[WARD_BLOCKED_BEDS], 0);
    /* Only the first wait is one from outside. */
    cr_expect_float_eq(result->figure[NETWORK_SHARE_WAITING], .5, .02);
    network_result_free(result);
    network_fini(&network);
}

/* Two full wards that send everybody to each other would stand still; so would three in a circle.
 * Patients change places, and as many leave as can. */
Test(network, circles_of_full_wards_do_not_stand_still)
{
    for (size_t wards = 2; wards <= 3; wards++) {
        struct network network;
        small_network(&network, wards);
        for (size_t w = 0; w < wards; w++) {
            small_source(&network, 0, w, 1, 1);
            small_route(&network, 0, w, (int)((w + 1) % wards), .5, .5);
            small_route(&network, 0, w, NETWORK_LEAVES, .5, .5);
            network.ward[w].beds = 1;
            network.ward[w].queue_limit = 2;
        }
        struct network_result *result = small_run(&network, 10, 3, NETWORK_OK);
        /* Beds are never all blocked for good, so they go on treating. */
        for (size_t w = 0; w < wards; w++)
            cr_expect_gt(result->ward[w].figure[WARD_ADMISSIONS], 365, "%zu of %zu", w, wards);
        network_result_free(result);
        network_fini(&network);
    }
}

/* A circle with unlimited queues at a load that it can bear is stable. */
Test(network, circles_bear_their_load)
{
    struct network network;
    small_network(&network, 2);
    small_source(&network, 0, A, 1, 1);
    small_route(&network, 0, A, B, 1, .25);
    small_route(&network, 0, B, A, .5, .25);
    small_route(&network, 0, B, NETWORK_LEAVES, .5, .25);
    network.ward[A].beds = network.ward[B].beds = 1;
    struct network_result *result = small_run(&network, 5, 5, NETWORK_OK);
    cr_expect_float_eq(result->figure[NETWORK_LEFT], 365, 40);
    network_result_free(result);
    network_fini(&network);
}

/* Whoever is routed to the ward where they are keeps the bed: one bed is enough. */
Test(network, staying_on_keeps_the_bed)
{
    struct network network;
    small_network(&network, 1);
    small_source(&network, 0, A, .5, 1);
    small_route(&network, 0, A, A, .5, .5);
    small_route(&network, 0, A, NETWORK_LEAVES, .5, .5);
    network.ward[A].beds = 1;
    struct network_result *result = small_run(&network, 5, 20, NETWORK_OK);
    cr_expect_float_eq(result->ward[A].figure[WARD_STAY_DAYS], 1, .1); /* two halves on average */
    cr_expect_float_eq(result->ward[A].figure[WARD_OCCUPANCY], .5, .05);
    network_result_free(result);
    network_fini(&network);
}

/* More come than can be treated: stopped at max_inside, with figures of the time until then. */
Test(network, overload_is_unstable)
{
    struct network network;
    small_network(&network, 1);
    small_source(&network, 0, A, 20, 1);
    small_route(&network, 0, A, NETWORK_LEAVES, 1, 1);
    network.ward[A].beds = 10;
    struct network_result *result = small_run(&network, 3, 10, NETWORK_UNSTABLE);
    cr_expect_eq(result->balance.inside, 5000);
    cr_expect_gt(result->ward[A].figure[WARD_SHARE_WAITING], .99);
    network_result_free(result);
    network_fini(&network);
}

/* Ten beds by day and two at night: in use at night are never more than were in the evening, and
 * the beds of a week are what occupancy is a share of. */
Test(network, beds_by_the_hour)
{
    struct network network;
    small_network(&network, 1);
    small_source(&network, 0, A, 200, 1);
    small_route(&network, 0, A, NETWORK_LEAVES, 1, .02);
    network.ward[A].by_hour = true;
    for (int hour = 0; hour < NETWORK_WEEK_HOURS; hour++)
        network.ward[A].week_beds[hour] = hour % 24 >= 8 && hour % 24 < 20 ? 10 : 2;
    struct network_result *result = small_run(&network, 1, 20, NETWORK_OK);
    cr_expect_float_eq(result->ward[A].figure[WARD_BEDS_IN_USE], 4, .1); /* the load */
    cr_expect_float_eq(result->ward[A].figure[WARD_OCCUPANCY], 4. / 6, .02);
    /* At midnight, four hours after the shift has ended, with hardly more than two beds. */
    uint32_t above = 0;
    for (int level = 3; level < NETWORK_LEVELS; level++)
        above += result->ward[A].days[level];
    cr_expect_leq(above, 40);
    cr_expect_gt(result->ward[A].figure[WARD_WAIT_DAYS], 0);
    network_result_free(result);
    network_fini(&network);
}

/* The pool's counts against its formula, by eye: the statistics are in the queueing tests. */
Test(network, pools_are_audited)
{
    struct network network;
    small_network(&network, 2);
    small_source(&network, 0, A, 3, 1);
    small_source(&network, 1, B, 2, 1);
    small_route(&network, 0, A, NETWORK_LEAVES, 1, 1);
    small_route(&network, 1, B, NETWORK_LEAVES, 1, 2);
    network.pool[0] = (struct network_pool){.name = "both", .shared = 2, .members = 2};
    network.member[0] = (struct network_pool_member){.ward = A, .own = 3};
    network.member[1] = (struct network_pool_member){.ward = B, .own = 4};
    network.pools = 1;
    network.members = 2;
    struct network_result *result = small_run(&network, 1, 100, NETWORK_OK);
    struct erlang_pool pool = {{3, 4}, {3, 4}, 2};
    for (int m = 0; m < 2; m++) {
        cr_expect_float_eq((double)result->pool[m].tail / result->days, erlang_pool_tail(&pool, m),
                           .02, "%d: %g, not %g", m, (double)result->pool[m].tail / result->days,
                           erlang_pool_tail(&pool, m));
        cr_expect_lt(result->pool[m].full, result->pool[m].holds);
        cr_expect_lt(result->pool[m].holds, result->days);
    }
    network_result_free(result);
    network_fini(&network);
}

/* Two networks that differ in beds alone get the same patients at the same times. */
Test(network, configurations_share_their_luck)
{
    struct network_balance balance[2];
    for (int i = 0; i < 2; i++) {
        struct network network;
        small_network(&network, 1);
        small_source(&network, 0, A, 3, 1);
        small_route(&network, 0, A, NETWORK_LEAVES, 1, 1);
        network.ward[A].beds = i == 0 ? 4 : 9;
        struct network_result *result = small_run(&network, 1, 5, NETWORK_OK);
        balance[i] = result->balance;
        network_result_free(result);
        network_fini(&network);
    }
    cr_expect_eq(balance[0].came, balance[1].came);
    cr_expect_neq(balance[0].came, 0);
}

/* Priorities: of two classes at one bed the smaller waits less. */
Test(network, smaller_priorities_are_taken_first)
{
    struct network network;
    small_network(&network, 1);
    small_source(&network, 0, A, .4, 2);
    small_source(&network, 1, A, .4, 1);
    small_route(&network, 0, A, NETWORK_LEAVES, 1, 1);
    small_route(&network, 1, A, NETWORK_LEAVES, 1, 1);
    network.ward[A].beds = 1;
    struct network_result *result = small_run(&network, 1, 100, NETWORK_OK);
    cr_expect_gt(result->of_class[0][WARD_WAIT_DAYS], 2 * result->of_class[1][WARD_WAIT_DAYS]);
    network_result_free(result);
    network_fini(&network);
}
