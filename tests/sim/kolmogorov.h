/*
 * The Kolmogorov-Smirnov statistic for tests of distributions.
 *
 * Returns sqrt(n) D, with D the greatest distance between the sample's distribution function and
 * the given one. For a continuous distribution known beforehand it is above 1.95 with probability
 * 0.001 (Kolmogorov's limit: 2 exp(-2 x^2)). Sorts the sample.
 */
#ifndef TESTS_SIM_KOLMOGOROV_H
#define TESTS_SIM_KOLMOGOROV_H

#include <math.h>
#include <stddef.h>

#include "sim/estimate.h"

#define KOLMOGOROV_ONE_IN_1000 1.95

static inline double kolmogorov(double sample[], size_t n, double (*cdf)(double))
{
    double distance = 0.0;
    estimate_sort(sample, n);
    for (size_t i = 0; i < n; i++) {
        double p = cdf(sample[i]);
        distance = fmax(distance, fmax(p - (double)i / (double)n, (double)(i + 1) / (double)n - p));
    }
    return distance * sqrt((double)n);
}

#endif
