#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "scenarios/worth.h"
#include "sim/variate.h"
#include "tests/models/small_region.h"

/* An arm that knows nothing but pairs of differences of QALYs and cost. */
struct pairs {
    struct arm arm;
    double qalys[1000], gbp[1000];
};

static void pairs_begin(struct pairs *pairs)
{
    memset(pairs, 0, sizeof *pairs);
    pairs->arm.qalys.value = pairs->qalys;
    pairs->arm.lifetime_gbp.value = pairs->gbp;
}

static void pairs_add(struct pairs *pairs, double qalys, double gbp)
{
    pairs->qalys[pairs->arm.qalys.n++] = qalys;
    pairs->gbp[pairs->arm.lifetime_gbp.n++] = gbp;
    tally_add(&pairs->arm.difference[METRIC_QALYS_LIFETIME], qalys);
    tally_add(&pairs->arm.difference[METRIC_COST_LIFETIME_GBP], gbp);
}

/* QALYs around 100 and costs around 2,000,000, with these standard deviations and correlation:
 * evenly spread normal scores, those of the costs shuffled by a step that is prime to n. */
static void pairs_normal(struct pairs *pairs, size_t n, double qalys_sd, double gbp_sd,
                         double correlation)
{
    pairs_begin(pairs);
    for (size_t i = 0; i < n; i++) {
        double a = variate_normal(((double)i + .5) / (double)n);
        double b = variate_normal(((double)(i * 367 % n) + .5) / (double)n);
        double mixed = correlation * a + sqrt(1 - correlation * correlation) * b;
        pairs_add(pairs, 100 + qalys_sd * a, 2e6 + gbp_sd * mixed);
    }
}

Test(worth, sides)
{
    static const struct {
        double qalys, gbp;
        enum worth_side side;
        double ratio_gbp;
    } cases[] = {
        {10, 50000, WORTH_GAIN_AT_COST, 5000},
        {-10, -50000, WORTH_LOSS_SAVING, 5000},
        {10, -50000, WORTH_DOMINATES, NAN},
        {-10, 50000, WORTH_DOMINATED, NAN},
        {0, 0, WORTH_SAME, NAN},
        {0, -1, WORTH_DOMINATES, NAN},
        {0, 1, WORTH_DOMINATED, NAN},
        {1, 0, WORTH_DOMINATES, NAN},
        {-1, 0, WORTH_DOMINATED, NAN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        static struct pairs pairs;
        pairs_begin(&pairs);
        for (int r = 0; r < 12; r++)
            pairs_add(&pairs, cases[i].qalys, cases[i].gbp);
        struct worth worth = worth_of(&pairs.arm, 1);
        cr_expect_eq(worth.side, cases[i].side, "case %zu", i);
        cr_expect(same(worth.ratio_gbp, cases[i].ratio_gbp), "case %zu", i);
        cr_expect(worth.qalys == cases[i].qalys && worth.gbp == cases[i].gbp, "case %zu", i);
        /* Replications that all say the same leave no doubt. */
        cr_expect_eq(worth.resampled_alike, 1, "case %zu", i);
        cr_expect(same(worth.low, cases[i].ratio_gbp) && same(worth.high, cases[i].ratio_gbp),
                  "case %zu: %g to %g", i, worth.low, worth.high);
    }
}

/* Against the delta method: the ratio of two means is nearly normal while the QALYs are far from
 * 0, with relative variance (cv_q^2 + cv_c^2 - 2 r cv_q cv_c) / n. */
Test(worth, interval_agrees_with_the_delta_method)
{
    static const double correlations[] = {0, .9, -.9};
    enum { N = 400 };
    for (size_t c = 0; c < 3; c++) {
        static struct pairs pairs;
        double r = correlations[c], q = .3, g = .2;
        pairs_normal(&pairs, N, 100 * q, 2e6 * g, r);
        struct worth worth = worth_of(&pairs.arm, 1);
        double half_width = 1.96 * 20000 * sqrt((q * q + g * g - 2 * r * q * g) / N);
        cr_expect(near(worth.ratio_gbp, 20000, 1e-3));
        cr_expect(near(worth.high - worth.low, 2 * half_width, .05), "correlation %g: %g, not %g",
                  r, worth.high - worth.low, 2 * half_width);
        cr_expect(fabs((worth.high + worth.low) / 2 - 20000) < .2 * half_width);
    }
}

/* Cost that follows the QALYs exactly leaves the ratio without any doubt: pairs stay together. */
Test(worth, pairs_stay_together)
{
    static struct pairs pairs;
    pairs_begin(&pairs);
    for (int i = 0; i < 50; i++)
        pairs_add(&pairs, 1 + i, 700.0 * (1 + i));
    struct worth worth = worth_of(&pairs.arm, 1);
    cr_expect(near(worth.low, 700, 1e-9) && near(worth.high, 700, 1e-9));
}

/* No interval where resamples do not agree whether there are more QALYs, or of too few. */
Test(worth, no_interval_without_grounds)
{
    static struct pairs pairs;
    pairs_normal(&pairs, 20, 1000, 1, 0);
    struct worth worth = worth_of(&pairs.arm, 1);
    cr_expect(isnan(worth.low) && isnan(worth.high));
    cr_expect(worth.resampled_alike > .5 && worth.resampled_alike < .85);
    for (size_t n = WORTH_FEWEST - 1; n <= WORTH_FEWEST; n++) {
        pairs_normal(&pairs, n, 1, 1, 0);
        worth = worth_of(&pairs.arm, 1);
        cr_expect_eq(isnan(worth.low), n < WORTH_FEWEST);
        cr_expect_eq(isnan(worth.resampled_alike), n < WORTH_FEWEST);
    }
}

/* The same for the same seed, a little else for another. */
Test(worth, resampling_belongs_to_the_seed)
{
    static struct pairs pairs;
    pairs_normal(&pairs, 100, 20, 4e5, 0);
    struct worth first = worth_of(&pairs.arm, 1), again = worth_of(&pairs.arm, 1);
    struct worth other = worth_of(&pairs.arm, 2);
    cr_expect(first.low == again.low && first.high == again.high);
    cr_expect(first.low != other.low && near(first.low, other.low, .02));
}

/* What an experiment keeps are its replications' differences, as expected. */
Test(worth, an_experiment_keeps_its_pairs)
{
    static const size_t both[] = {LOCAL, CENTRAL};
    struct design design;
    struct experiment experiment;
    enum model_status status;
    size_t configuration;
    enum parameter_id which;
    small_design(&design);
    struct experiment_options options = {
        .configurations = both, .count = 2, .replications = 5, .threads = 1};
    cr_assert(design_prepare(&design, &configuration, &which));
    cr_assert_eq(experiment_run(&experiment, &design, &options, &status), EXPERIMENT_OK);
    const struct arm *arm = &experiment.arm[1];
    const struct kept_values *kept[] = {&arm->qalys, &arm->lifetime_gbp};
    static const enum metric of[] = {METRIC_QALYS_LIFETIME, METRIC_COST_LIFETIME_GBP};
    for (int k = 0; k < 2; k++) {
        double sum = 0;
        cr_assert_eq(kept[k]->n, 5);
        for (size_t i = 0; i < 5; i++)
            sum += kept[k]->value[i];
        cr_expect(near(sum / 5, arm->difference[of[k]].mean, 1e-12));
    }
    struct worth worth = worth_of(arm, 1);
    cr_expect_eq(worth.qalys, arm->difference[METRIC_QALYS_LIFETIME].mean);
    experiment_fini(&experiment);
    design_fini(&design);
}
