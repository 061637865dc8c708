#include <criterion/criterion.h>
#include <gsl/gsl_randist.h>
#include <math.h>

#include "models/erlang.h"

/* Offered loads of the published capacity model: arrivals a day times days (Monks et al. 2016). */
static const double acute = 8.145511, rehabilitation = 9.718199;

static bool near(double a, double b, double by)
{
    return fabs(a - b) <= by;
}

/* The exact values of the published rows, to the digits that are given. */
Test(erlang, losses_of_the_published_capacity_model)
{
    static const struct {
        double load;
        int beds;
        double loss;
    } row[] = {
        {acute, 9, .1806},
        {acute, 10, .1283},
        {acute, 11, .0867},
        {acute, 12, .0556},
        {acute, 14, .0192},
        {rehabilitation, 10, .2015},
        {rehabilitation, 12, .1091},
        {rehabilitation, 14, .0497},
        {rehabilitation, 16, .0186},
        {acute / .95, 10, .1481},
        {acute + rehabilitation, 22, .0629},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        cr_expect(near(erlang_loss(row[i].load, row[i].beds), row[i].loss, 5.1e-5), "%d beds: %g",
                  row[i].beds, erlang_loss(row[i].load, row[i].beds));
}

Test(erlang, share_that_waits)
{
    cr_expect(near(erlang_wait(acute, 10), .442, 5.1e-4));
    cr_expect(near(erlang_wait(acute, 14), .045, 5.1e-4));
    cr_expect(near(erlang_wait(.7, 1), .7, 1e-15)); /* M/M/1: the load itself */
    cr_expect_eq(erlang_wait(5, 5), 1);
    cr_expect_eq(erlang_wait(6, 5), 1);
    cr_expect_eq(erlang_wait(0, 3), 0);
}

Test(erlang, loss_by_its_definition)
{
    for (int beds = 0; beds <= 40; beds += 4) {
        double sum = 0;
        for (int n = 0; n <= beds; n++)
            sum += gsl_ran_poisson_pdf((unsigned)n, 12.5);
        double want = gsl_ran_poisson_pdf((unsigned)beds, 12.5) / sum;
        cr_expect(near(erlang_loss(12.5, beds), want, 1e-12 * want), "%d beds", beds);
    }
    cr_expect_eq(erlang_loss(0, 0), 1);
    cr_expect_eq(erlang_loss(0, 1), 0);
}

Test(erlang, fewest_beds)
{
    for (double share = .01; share < 1; share += .07) {
        int beds = erlang_beds_for_wait(acute, share);
        cr_expect_leq(erlang_wait(acute, beds), share);
        cr_expect_gt(erlang_wait(acute, beds - 1), share);
    }
    cr_expect_eq(erlang_beds_for_wait(0, .1), 1);
}

/* The partly pooled row that is published as tails, and the two ends of the formula. */
Test(erlang, tails_of_pools)
{
    struct erlang_pool pool = {{acute, rehabilitation}, {11, 11}, 4};
    cr_expect(near(erlang_pool_tail(&pool, 0), .0422, 5.1e-5), "%g", erlang_pool_tail(&pool, 0));
    cr_expect(near(erlang_pool_tail(&pool, 1), .0857, 5.1e-5), "%g", erlang_pool_tail(&pool, 1));
    struct erlang_pool apart = {{acute, rehabilitation}, {14, 12}, 0};
    double at_least = 1;
    for (unsigned n = 0; n < 14; n++)
        at_least -= gsl_ran_poisson_pdf(n, acute);
    cr_expect(near(erlang_pool_tail(&apart, 0), at_least, 1e-12));
    struct erlang_pool together = {{acute, rehabilitation}, {0, 0}, 22};
    at_least = 1;
    for (unsigned n = 0; n < 22; n++)
        at_least -= gsl_ran_poisson_pdf(n, acute + rehabilitation);
    for (int of = 0; of < 2; of++)
        cr_expect(near(erlang_pool_tail(&together, of), at_least, 1e-12));
}
