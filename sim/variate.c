#include "sim/variate.h"

#include <assert.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

/* Below this the normal distribution function nears the smallest double. */
static const double far_tail = -30.0;

/* The middle 85% of AS 241 (Wichura 1988, PPND16), in the order of operations of GSL's, which has
 * the tails: the same double as gsl_cdf_ugaussian_Pinv() in a third of its instructions. A patient
 * takes half a dozen. */
static double normal_in_the_middle(double from_half)
{
    double r = 0.180625 - from_half * from_half;
    double above = 2509.0809287301226727;
    above = r * above + 33430.575583588128105;
    above = r * above + 67265.770927008700853;
    above = r * above + 45921.953931549871457;
    above = r * above + 13731.693765509461125;
    above = r * above + 1971.5909503065514427;
    above = r * above + 133.14166789178437745;
    above = r * above + 3.387132872796366608;
    double below = 5226.495278852854561;
    below = r * below + 28729.085735721942674;
    below = r * below + 39307.89580009271061;
    below = r * below + 21213.794301586595867;
    below = r * below + 5394.1960214247511077;
    below = r * below + 687.1870074920579083;
    below = r * below + 42.313330701600911252;
    below = r * below + 1.0;
    return from_half * (above / below);
}

static double inverse_normal(double u)
{
    double from_half = u - 0.5;
    return fabs(from_half) <= 0.425 ? normal_in_the_middle(from_half) : gsl_cdf_ugaussian_Pinv(u);
}

double variate_normal(double u)
{
    assert(u > 0.0 && u < 1.0);
    return inverse_normal(u);
}

double variate_exponential(double u, double mean)
{
    assert(u > 0.0 && u < 1.0 && mean >= 0.0);
    return -mean * log1p(-u);
}

double variate_lognormal(double u, double mu, double sigma)
{
    assert(sigma >= 0.0);
    return exp(mu + sigma * variate_normal(u));
}

/* (1 - 1/(9 a) + z / (3 sqrt(a)))^3 of the mean a. */
static double gamma_wilson_hilferty(double u, double shape)
{
    double root = 1.0 - 1.0 / (9.0 * shape) + inverse_normal(u) / (3.0 * sqrt(shape));
    return shape * root * root * root;
}

double variate_gamma(double u, double shape, double scale)
{
    static const double great_shape = 500.0, small_shape = 10.0, near_zero = 1e-5;
    assert(u > 0.0 && u < 1.0 && shape > 0.0 && scale > 0.0);
    if (shape >= great_shape)
        return scale * gamma_wilson_hilferty(u, shape);
    if (shape < small_shape) { /* of a greater one nothing is near 0 */
        /* P(x) = x^a / Gamma(a + 1) (1 - a x / (a + 1) + ...), turned around. */
        double first = pow(u * tgamma(shape + 1.0), 1.0 / shape);
        if (first < near_zero)
            return scale * (first + first * first / (shape + 1.0));
    }
    return gsl_cdf_gamma_Pinv(u, shape, scale);
}

/* ln Q(y) + y^2 / 2 + ln(2 pi) / 2 for y >= 30, where Q is the normal upper tail: the asymptotic
 * series (Abramowitz and Stegun 26.2.12); what is left out is at most 105 w^4, 1.6e-10, and cancels
 * where two are compared. */
static double tail_correction(double y)
{
    double w = 1.0 / (y * y);
    return log1p(-w * (1.0 - w * (3.0 - w * 15.0))) - log(y);
}

/* A standard normal given that it is at most z, z far in the lower tail: solves
 * Q(y) = u Q(-z) on the logarithmic scale. The start is right but for the slow factor 1/y; each
 * Newton step (the derivative of ln Q is nearly -(y + 1/y)) gains over three digits. */
static double normal_below_far(double u, double z)
{
    double target = tail_correction(-z) - z * z / 2.0 + log(u);
    double y = sqrt(z * z - 2.0 * log(u));
    for (int step = 0; step < 4; step++)
        y += (tail_correction(y) - y * y / 2.0 - target) / (y + 1.0 / y);
    return -y;
}

struct lognormal_cut variate_lognormal_cut(double mu, double sigma, double limit)
{
    assert(sigma >= 0.0 && limit > 0.0);
    struct lognormal_cut cut = {.mu = mu, .sigma = sigma, .limit = limit};
    if (sigma > 0.0) {
        cut.z = (log(limit) - mu) / sigma;
        cut.share = cut.z < far_tail ? 0.0 : gsl_cdf_ugaussian_P(cut.z);
    }
    return cut;
}

double variate_lognormal_in_cut(double u, const struct lognormal_cut *cut)
{
    assert(u > 0.0 && u < 1.0);
    if (!(cut->sigma > 0.0))
        return fmin(exp(cut->mu), cut->limit);
    double normal =
        cut->z < far_tail ? normal_below_far(u, cut->z) : inverse_normal(u * cut->share);
    return fmin(exp(cut->mu + cut->sigma * normal), cut->limit);
}

double variate_lognormal_below(double u, double mu, double sigma, double limit)
{
    struct lognormal_cut cut = variate_lognormal_cut(mu, sigma, limit);
    return variate_lognormal_in_cut(u, &cut);
}

/* The first i with target < cumulative[i]; n if there is none. */
static size_t first_above(double target, const double cumulative[], size_t n)
{
    size_t low = 0;
    size_t high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (target < cumulative[middle])
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

size_t variate_discrete(double u, const double cumulative[], size_t n)
{
    assert(n >= 1 && cumulative[n - 1] > 0.0);
    size_t i = first_above(u * cumulative[n - 1], cumulative, n);
    assert(i < n); /* u < 1, and rounding cannot lift the product to the last entry */
    return i;
}

double variate_piecewise(double u, const double cumulative[], const double x[], size_t n)
{
    assert(n >= 2);
    size_t i = first_above(u, cumulative, n);
    if (i == 0)
        return x[0];
    if (i == n)
        return x[n - 1];
    double share = (u - cumulative[i - 1]) / (cumulative[i] - cumulative[i - 1]);
    /* Clamped, so that rounding cannot make it step back at a joint. */
    return fmin(x[i - 1] + share * (x[i] - x[i - 1]), x[i]);
}

void variate_lognormal_moments(double mean, double sd, double *mu, double *sigma)
{
    assert(mean > 0.0 && sd >= 0.0);
    double variance = log1p((sd / mean) * (sd / mean));
    *mu = log(mean) - variance / 2.0;
    *sigma = sqrt(variance);
}
