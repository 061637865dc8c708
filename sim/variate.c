#include "sim/variate.h"

#include <assert.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

/* Below this the normal distribution function nears the smallest double. */
static const double far_tail = -30.0;

double variate_normal(double u)
{
    assert(u > 0.0 && u < 1.0);
    return gsl_cdf_ugaussian_Pinv(u);
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

double variate_lognormal_below(double u, double mu, double sigma, double limit)
{
    assert(u > 0.0 && u < 1.0 && sigma >= 0.0 && limit > 0.0);
    if (!(sigma > 0.0))
        return fmin(exp(mu), limit);
    double z = (log(limit) - mu) / sigma;
    double normal =
        z < far_tail ? normal_below_far(u, z) : gsl_cdf_ugaussian_Pinv(u * gsl_cdf_ugaussian_P(z));
    return fmin(exp(mu + sigma * normal), limit);
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
