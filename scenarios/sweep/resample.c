#include "scenarios/sweep/resample.h"

#include <math.h>

#include "models/model.h"
#include "sim/estimate.h"
#include "sim/stream.h"

struct interval interval_none(double value)
{
    return (struct interval){value, NAN, NAN};
}

void resample_places(uint64_t seed, uint64_t number, size_t n, size_t place[])
{
    struct stream stream = {.seed = seed, .replication = 0, .domain = DOMAIN_RESAMPLE};
    double uniform[STREAM_LANES];
    for (size_t i = 0; i < n; i++) {
        if (i % STREAM_LANES == 0)
            stream_block(&stream, number, i / STREAM_LANES, uniform);
        place[i] = (size_t)(uniform[i % STREAM_LANES] * (double)n);
    }
}

struct interval resample_interval(double value, double resampled[])
{
    for (int r = 0; r < RESAMPLES; r++)
        if (isnan(resampled[r]))
            return interval_none(value);
    estimate_sort(resampled, RESAMPLES);
    return (struct interval){value, estimate_quantile_sorted(resampled, RESAMPLES, 0.025),
                             estimate_quantile_sorted(resampled, RESAMPLES, 0.975)};
}
