#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "sim/stream.h"
#include "sim/tally.h"
#include "sim/variate.h"
#include "tests/sim/kolmogorov.h"

static void assert_near(double got, double want, double relative)
{
    cr_assert(fabs(got - want) <= relative * fabs(want), "%.17g, not %.17g", got, want);
}

static const double table_cumulative[] = {0.0, 0.2, 0.2, 0.9, 1.0};
static const double table_x[] = {10.0, 20.0, 25.0, 30.0, 100.0};

Test(variate, normal_known_answers)
{
    cr_assert(variate_normal(0.5) == 0.0);
    assert_near(variate_normal(0.975), 1.959963984540054, 1e-14);
    assert_near(variate_normal(0.3), -0.524400512708040784, 1e-14);
    assert_near(variate_normal(1e-10), -6.361340902404056, 1e-14);
    assert_near(variate_normal(1e-300), -37.0470962993611992, 1e-14);
    assert_near(variate_normal(0x1p-53), -variate_normal(1.0 - 0x1p-53), 1e-14);
}

/* The middle is our own; it must be GSL's there, and meet its tails. */
Test(variate, normal_is_that_of_gsl)
{
    for (int i = 1; i < 20000; i++) {
        double u = i / 20000.0;
        assert_near(variate_normal(u), gsl_cdf_ugaussian_Pinv(u), 1e-15);
    }
    for (double u = 0.075 - 1e-9; u < 0.075 + 1e-9; u += 1e-11) {
        assert_near(variate_normal(u), gsl_cdf_ugaussian_Pinv(u), 1e-15);
        assert_near(variate_normal(1 - u), gsl_cdf_ugaussian_Pinv(1 - u), 1e-15);
    }
}

Test(variate, exponential_and_lognormal_known_answers)
{
    assert_near(variate_exponential(0.5, 3.0), 3.0 * log(2.0), 1e-15);
    assert_near(variate_exponential(1e-18, 2.0), 2e-18, 1e-15);
    cr_assert(variate_exponential(0.7, 0.0) == 0.0);
    assert_near(variate_exponential(0.9, 2.0), 4.60517018598809137, 1e-15);
    assert_near(variate_lognormal(0.5, 2.0, 9.0), exp(2.0), 1e-15);
    assert_near(variate_lognormal(0.9, 2.0, 0.25), 10.1796221280985096, 1e-14);
    assert_near(variate_lognormal(0.975, 0.0, 1.0), exp(1.959963984540054), 1e-13);
    cr_assert(variate_lognormal(0.1, 1.0, 0.0) == exp(1.0));
}

Test(variate, lognormal_moments)
{
    double mu;
    double sigma;
    variate_lognormal_moments(10.0, 5.0, &mu, &sigma);
    assert_near(mu, 2.19101331733694081, 1e-15);
    assert_near(sigma, 0.472380727077438835, 1e-15);
    assert_near(exp(mu + sigma * sigma / 2.0), 10.0, 1e-14);
    assert_near(sqrt(expm1(sigma * sigma)) * 10.0, 5.0, 1e-14);
    variate_lognormal_moments(10.0, 0.0, &mu, &sigma);
    cr_assert(sigma == 0.0);
    assert_near(mu, log(10.0), 1e-15);
}

Test(variate, lognormal_below_is_the_cut_distribution)
{
    /* P(X <= x | X <= limit) must be u. */
    for (double z = -25.0; z < 6.0; z += 0.7) {
        double limit = exp(1.0 + 0.5 * z);
        for (double u = 0.05; u < 1.0; u += 0.1) {
            double x = variate_lognormal_below(u, 1.0, 0.5, limit);
            double p = gsl_cdf_ugaussian_P((log(x) - 1.0) / 0.5) / gsl_cdf_ugaussian_P(z);
            cr_assert(x <= limit && fabs(p - u) < 1e-9, "z = %g, u = %g: p = %g", z, u, p);
        }
    }
    cr_assert(variate_lognormal_below(0.3, 1.0, 0.5, INFINITY) == variate_lognormal(0.3, 1.0, 0.5));
    cr_assert(variate_lognormal_below(0.3, 1.0, 0.0, 2.0) == 2.0);
    cr_assert(variate_lognormal_below(0.3, 1.0, 0.0, 3.0) == exp(1.0));
}

/* By root finding with 50 digits. */
Test(variate, lognormal_below_known_answers)
{
    assert_near(variate_lognormal_below(0.3, 1.0, 0.5, 3.0), 1.69841372473086915, 1e-14);
    /* Where the distribution function is no longer a double. */
    assert_near(log(variate_lognormal_below(0.3, 0.0, 1.0, exp(-40.0))), -40.0300692552746113,
                1e-13);
    assert_near(log(variate_lognormal_below(1e-6, 0.0, 1.0, exp(-30.5))), -30.9491816208118285,
                1e-13);
}

Test(variate, lognormal_below_never_rounds_above_its_limit)
{
    for (double limit = 1e-3; limit < 1e3; limit *= 1.0037)
        for (double sigma = 0.1; sigma < 3.0; sigma += 0.3)
            cr_assert_leq(variate_lognormal_below(1.0 - 0x1p-53, 0.3, sigma, limit), limit);
}

/* Where the distribution function is no longer a double: against the ratio of tails on the
 * logarithmic scale, and without a step where the method changes. */
Test(variate, lognormal_below_far_in_the_tail)
{
    for (double z = -29.0; z > -400.0; z *= 1.3) {
        double limit = exp(z);
        double before = 0.0;
        for (double u = 0.001; u < 1.0; u += 0.037) {
            double x = variate_lognormal_below(u, 0.0, 1.0, limit);
            cr_assert(x > before && x <= limit, "z = %g, u = %g", z, u);
            /* y^2/2 grows by -ln u, but for the slow factor in 1/y. */
            double y = -log(x);
            double ln_ratio = (z * z - y * y) / 2.0 + log(-z / y) + 1.0 / (z * z) - 1.0 / (y * y);
            assert_near(ln_ratio, log(u), 1e-4);
            before = x;
        }
    }
    double above = log(variate_lognormal_below(0.4, 0.0, 1.0, exp(-30.0 + 1e-9)));
    double below = log(variate_lognormal_below(0.4, 0.0, 1.0, exp(-30.0 - 1e-9)));
    cr_assert(fabs(above - below) < 1e-8, "%.15g, %.15g", above, below);
}

/* Half of the square of a normal has shape 1/2; shape 1 is the exponential; of shape 2 the
 * distribution function is 1 - (1 + x) exp(-x). The least value of shape 1/25 that can be told from
 * 0 by hand: u = x^a / Gamma(a + 1). */
Test(variate, gamma_known_answers)
{
    for (double u = 0.001; u < 1.0; u += 0.0417) {
        double z = variate_normal((1.0 + u) / 2.0), x = variate_gamma(u, 2.0, 1.0);
        assert_near(variate_gamma(u, 0.5, 3.0), 3.0 * z * z / 2.0, 1e-10);
        assert_near(variate_gamma(u, 1.0, 3.0), variate_exponential(u, 3.0), 1e-12);
        assert_near(-expm1(-x) - x * exp(-x), u, 1e-12);
    }
    assert_near(variate_gamma(0.5, 0.04, 1.0), pow(0.5 * tgamma(1.04), 25.0), 1e-7);
}

/* Also where GSL's inverse finds nothing: a stay of a spread of a hundred times its mean, or of a
 * thousandth. */
Test(variate, gamma_of_every_shape)
{
    for (double shape = 1e-12; shape < 1e9; shape *= 3.1) {
        double before = 0.0;
        for (int i = 0; i < 2000; i++) {
            double u = (i + 0.5) / 2000.0, x = variate_gamma(u, shape, 1.0);
            cr_assert(isfinite(x) && x >= before, "shape %g at %g: %g", shape, u, x);
            before = x;
            if (x > 1e-300 && shape < 5e4) /* beyond which GSL's own function is off by more */
                cr_assert_float_eq(gsl_cdf_gamma_P(x, shape, 1.0), u, 1.1e-5, "shape %g at %g",
                                   shape, u);
        }
    }
    /* Where GSL's begins to fail, once in ten thousand. */
    for (double shape = 300.0; shape < 1100.0; shape += 33.0)
        for (double u = 0.95; u < 0.999; u += 5e-6)
            cr_assert(isfinite(variate_gamma(u, shape, 1.0)), "shape %g at %g", shape, u);
    for (double shape = 0.001; shape < 1e6; shape *= 10.0)
        cr_assert(isfinite(variate_gamma(0x1p-53, shape, 1.0)) &&
                      isfinite(variate_gamma(1.0 - 0x1p-53, shape, 1.0)),
                  "shape %g at the ends", shape);
}

/* The mean and spread that were asked for: over a grid of uniforms, which is a quadrature. */
Test(variate, gamma_moments)
{
    enum { POINTS = 100000 };
    for (double shape = 0.04; shape < 1e5; shape *= 5.0) {
        struct tally tally = {0};
        for (int i = 0; i < POINTS; i++)
            tally_add(&tally, variate_gamma((i + 0.5) / POINTS, shape, 2.0));
        cr_expect_float_eq(tally.mean / (2.0 * shape), 1.0, 0.002, "shape %g", shape);
        cr_expect_float_eq(tally_sd(&tally) / (2.0 * sqrt(shape)), 1.0, 0.01, "shape %g", shape);
    }
}

Test(variate, discrete)
{
    static const double weights[] = {0.0, 0.25, 0.25, 0.75, 1.0, 1.0};
    cr_assert_eq(variate_discrete(1e-17, weights, 6), 1); /* 0, 2 and 5 have no weight */
    cr_assert_eq(variate_discrete(0.2499999, weights, 6), 1);
    cr_assert_eq(variate_discrete(0.25, weights, 6), 3);
    cr_assert_eq(variate_discrete(0.75, weights, 6), 4);
    cr_assert_eq(variate_discrete(1.0 - 0x1p-53, weights, 6), 4);
    cr_assert_eq(variate_discrete(0.5, weights + 4, 1), 0);

    static const double thirds[] = {1.0, 2.0, 3.0}; /* in proportion to its last */
    cr_assert_eq(variate_discrete(0.3, thirds, 3), 0);
    cr_assert_eq(variate_discrete(0.34, thirds, 3), 1);
    for (double last = 0.01; last < 100.0; last *= 1.0173)
        cr_assert_eq(variate_discrete(1.0 - 0x1p-53, &last, 1), 0);
}

Test(variate, piecewise)
{
    assert_near(variate_piecewise(0.1, table_cumulative, table_x, 5), 15.0, 1e-14);
    assert_near(variate_piecewise(0.55, table_cumulative, table_x, 5), 27.5, 1e-14);
    assert_near(variate_piecewise(0.95, table_cumulative, table_x, 5), 65.0, 1e-14);
    cr_assert(variate_piecewise(0.2, table_cumulative, table_x, 5) == 25.0); /* over the jump */
    static const double inner[] = {0.1, 0.9};
    cr_assert(variate_piecewise(0.05, inner, table_x, 2) == 10.0);
    cr_assert(variate_piecewise(0.95, inner, table_x, 2) == 20.0);
}

static double draw(int which, double u)
{
    switch (which) {
    case 0:
        return variate_normal(u);
    case 1:
        return variate_exponential(u, 2.0);
    case 2:
        return variate_lognormal(u, 1.0, 0.5);
    case 3:
        return variate_lognormal_below(u, 1.0, 0.5, 3.0);
    case 4:
        return variate_lognormal_below(u, 1.0, 0.5, 1e-9);
    case 5:
        return variate_piecewise(u, table_cumulative, table_x, 5);
    case 6:
        return gsl_cdf_weibull_Pinv(u, 3.0, 1.7);
    case 7:
        return gsl_cdf_gamma_Pinv(u, 0.7, 2.0);
    case 8:
        return gsl_cdf_beta_Pinv(u, 2.5, 2.0);
    default:
        return (double)variate_discrete(u, table_cumulative, 5);
    }
}

Test(variate, all_rise_with_u)
{
    for (int which = 0; which < 10; which++) {
        double before = -INFINITY;
        for (int i = 0; i < 5000; i++) {
            double value = draw(which, (i + 0.5) / 5000);
            cr_assert(value >= before, "%d at %d", which, i);
            before = value;
        }
    }
}

static double normal_cdf(double x)
{
    return gsl_cdf_ugaussian_P(x);
}

static double exponential_cdf(double x)
{
    return gsl_cdf_exponential_P(x, 2.0);
}

static double lognormal_cdf(double x)
{
    return gsl_cdf_lognormal_P(x, 1.0, 0.5);
}

static double cut_cdf(double x)
{
    return gsl_cdf_lognormal_P(x, 1.0, 0.5) / gsl_cdf_lognormal_P(3.0, 1.0, 0.5);
}

/* Cut at z = -43.4, where only the logarithm of the normal's distribution function is a double:
 * Q(y) = phi(y) / y (1 - 1/y^2 + 3/y^4 - ...). */
static double ln_normal_tail(double y)
{
    return -y * y / 2.0 - log(y) + log1p(-1.0 / (y * y) + 3.0 / (y * y * y * y));
}

static double far_cdf(double x)
{
    return exp(ln_normal_tail((1.0 - log(x)) / 0.5) - ln_normal_tail((1.0 - log(1e-9)) / 0.5));
}

static double piecewise_cdf(double x)
{
    int i = 1;
    while (i < 4 && x > table_x[i])
        i++;
    double share = (x - table_x[i - 1]) / (table_x[i] - table_x[i - 1]);
    return table_cumulative[i - 1] + share * (table_cumulative[i] - table_cumulative[i - 1]);
}

/* Those that are GSL's inverses, by other ways than its own. */
static double weibull_cdf(double x)
{
    return -expm1(-pow(x / 3.0, 1.7));
}

/* x^a e^-x / Gamma(a + 1) times the sum of x^k / ((a + 1) ... (a + k)). */
static double gamma_cdf(double x)
{
    double y = x / 2.0;
    double term = exp(0.7 * log(y) - y - lgamma(1.7));
    double sum = 0.0;
    for (int k = 1; term > 1e-12 * sum; k++) {
        sum += term;
        term *= y / (0.7 + k);
    }
    return sum;
}

/* (a + 1) a times the integral of x^(a - 1) (1 - x). */
static double beta_cdf(double x)
{
    return pow(x, 2.5) * (3.5 - 2.5 * x);
}

/* Every continuous one, in the order of draw(). */
static double (*const cdf[])(double) = {normal_cdf,  exponential_cdf, lognormal_cdf,
                                        cut_cdf,     far_cdf,         piecewise_cdf,
                                        weibull_cdf, gamma_cdf,       beta_cdf};
enum { CONTINUOUS = sizeof cdf / sizeof cdf[0], SAMPLE = 50000 };

/* Each at one in 1,000, each in a block or lane of its own. */
static void assert_follows(int which)
{
    static double sample[SAMPLE];
    const struct stream stream = {.seed = 1, .replication = 1};
    for (uint64_t i = 0; i < SAMPLE; i++) {
        double uniform[STREAM_LANES];
        stream_block(&stream, i, (uint64_t)which / STREAM_LANES, uniform);
        sample[i] = draw(which, uniform[which % STREAM_LANES]);
    }
    double distance = kolmogorov(sample, SAMPLE, cdf[which]);
    cr_assert(distance < KOLMOGOROV_ONE_IN_1000, "%d: %g", which, distance);
    if (which != 1)
        return;
    /* And it would notice a mean that is 3% off. */
    for (int i = 0; i < SAMPLE; i++)
        sample[i] *= 1.03;
    cr_assert(kolmogorov(sample, SAMPLE, cdf[which]) > KOLMOGOROV_ONE_IN_1000);
}

Test(variate, kolmogorov_smirnov)
{
    for (int which = 0; which < (int)CONTINUOUS; which++)
        assert_follows(which);
}

/* At one in 1,000. */
Test(variate, discrete_by_chi_square)
{
    static const double cumulative[] = {0.5, 0.5, 3.0, 3.1, 7.0, 10.0};
    static const double weight[] = {0.5, 0.0, 2.5, 0.1, 3.9, 3.0};
    const struct stream stream = {.seed = 1, .replication = 1};
    double count[6] = {0.0};
    for (uint64_t i = 0; i < SAMPLE; i++) {
        double uniform[STREAM_LANES];
        stream_block(&stream, i, 2, uniform);
        count[variate_discrete(uniform[0], cumulative, 6)]++;
    }
    double chi = 0.0;
    for (int i = 0; i < 6; i++) {
        double expected = SAMPLE * weight[i] / 10.0;
        if (expected > 0.0)
            chi += (count[i] - expected) * (count[i] - expected) / expected;
    }
    cr_assert(count[1] == 0.0);
    cr_assert(gsl_cdf_chisq_Q(chi, 4) > 0.001, "chi square = %g", chi);
}
