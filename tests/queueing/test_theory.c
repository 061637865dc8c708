/* The formulas that the tables are held against, by figures from textbooks or by hand. */
#include <criterion/criterion.h>
#include <math.h>

#include "tests/queueing/theory.h"

static void assert_near(double got, double want)
{
    cr_assert(fabs(got - want) <= 1e-12 * fabs(want), "%.17g, not %.17g", got, want);
}

Test(theory, erlang)
{
    assert_near(theory_erlang_c(1, 0.7), 0.7);
    assert_near(theory_erlang_c(2, 1.0), 1.0 / 3.0); /* 2 rho^2 / (1 + rho) */
    /* Gross and Harris, example 2.3: three ophthalmologists, 6 patients an hour, 20 minutes each.
     */
    struct theory clinic = theory_mmc(3, 2.0);
    assert_near(clinic.queue, 8.0 / 9.0);
    assert_near(clinic.wait_min, 4.0 / 9.0);
    assert_near(theory_mmc(1, 0.5).wait_min, 1.0);
}

/* Gross and Harris, example 2.4: three inspectors of 6 minutes, a car a minute, room for seven. */
Test(theory, limited_room)
{
    static struct birth_death station;
    theory_many_servers(&station, 3, 6.0, 7);
    struct theory theory = theory_from_states(&station, 3);
    assert_near(theory.queue, 3528.0 / 1141.0);
    assert_near(theory.blocked, 576.0 / 1141.0);
    assert_near(theory.in_use, 6.0 * 565.0 / 1141.0);
    assert_near(theory.wait_min, 3528.0 / (6.0 * 565.0));
}

/* Gross and Harris, example 2.7: five machines that run 30 hours and are repaired in 3, two crews.
 */
Test(theory, machine_repair)
{
    static struct birth_death shop;
    static double share[BIRTH_DEATH_STATES];
    theory_repair(&shop, 2, 5, 10.0);
    theory_distribution(&shop, share);
    assert_near(share[0], 1.0 / 1.616575);
    struct theory theory = theory_from_states(&shop, 2);
    assert_near(theory.queue + theory.in_use, 0.751375 / 1.616575);
}

Test(theory, states_agree_with_erlang)
{
    static struct birth_death ward;
    theory_many_servers(&ward, 20, 19.0, 0);
    struct theory states = theory_from_states(&ward, 20);
    struct theory formula = theory_mmc(20, 19.0);
    cr_assert(fabs(states.queue / formula.queue - 1.0) < 1e-9);
    cr_assert(fabs(states.wait_min / formula.wait_min - 1.0) < 1e-9);
    cr_assert(fabs(states.in_use - 19.0) < 1e-9);
}

/* M/M/1 at a load of 1/2: of the number inside, n + 1 more per minute of spare capacity. */
Test(theory, poisson_equation)
{
    static struct birth_death queue;
    static double inside[BIRTH_DEATH_STATES];
    static double rise_by[BIRTH_DEATH_STATES];
    theory_many_servers(&queue, 1, 0.5, 0);
    for (size_t n = 0; n < queue.states; n++)
        inside[n] = (double)n;
    assert_near(theory_mean(&queue, inside), 1.0);
    theory_poisson(&queue, inside, rise_by);
    for (size_t n = 0; n < 100; n++)
        assert_near(rise_by[n], 2.0 * (double)(n + 1));
}

Test(theory, pollaczek_and_khinchine)
{
    static const struct moments exponential = {1.0, 2.0, 6.0};
    static const struct moments constant = {1.0, 1.0, 1.0};
    assert_near(theory_mg1(0.8, exponential).wait_min, 4.0);
    assert_near(theory_mg1(0.8, exponential).queue, 3.2);
    assert_near(theory_mg1(0.8, constant).wait_min, 2.0);
    assert_near(theory_mg1_wait_squared(0.8, exponential),
                2.0 * 0.8 / 0.04); /* 2 rho / (1-rho)^2 */
    assert_near(theory_mg1_wait_squared(0.8, constant), 8.0 + 4.0 / 3.0);
}

Test(theory, cobham)
{
    static const double rates[] = {0.25, 0.25, 0.25};
    static const struct moments service[] = {{1, 2, 6}, {1, 2, 6}, {1, 2, 6}};
    assert_near(theory_cobham(rates, service, 3, 0), 0.75 / 0.75);
    assert_near(theory_cobham(rates, service, 3, 1), 0.75 / (0.75 * 0.5));
    assert_near(theory_cobham(rates, service, 3, 2), 0.75 / (0.5 * 0.25));
    /* One class is M/G/1; and what one class gains another loses (Kleinrock's conservation law). */
    assert_near(theory_cobham(rates, service, 1, 0), theory_mg1(0.25, service[0]).wait_min);
    double all = 0.0;
    for (size_t k = 0; k < 3; k++)
        all += 0.25 * theory_cobham(rates, service, 3, k);
    assert_near(all, 0.75 * theory_mg1(0.75, service[0]).wait_min);
}
