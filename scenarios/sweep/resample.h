/* Bootstrap intervals (Efron 1979): what an estimate would be from as many observations drawn again
 * with replacement. Percentile intervals: from few observations they are too narrow. */
#ifndef SCENARIOS_SWEEP_RESAMPLE_H
#define SCENARIOS_SWEEP_RESAMPLE_H

#include <stddef.h>
#include <stdint.h>

enum { RESAMPLES = 1000 };

/* A figure with its 95% interval, NAN where there is none. */
struct interval {
    double value, low, high;
};

/* The figure without an interval. */
struct interval interval_none(double value);

/* The observations of a resample: n places below n. A function of seed, number and n, so that
 * figures resampled with the same seed stay together. */
void resample_places(uint64_t seed, uint64_t number, size_t n, size_t place[]);

/* The interval of `value` from the same figure of RESAMPLES resamples, which it sorts. A resample
 * without the figure (NAN) leaves no interval. */
struct interval resample_interval(double value, double resampled[]);

#endif
