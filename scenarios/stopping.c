#include "scenarios/stopping.h"

#include "sim/estimate.h"

bool stopping_looks(uint64_t replications)
{
    return replications >= STOPPING_FEWEST && replications % STOPPING_LOOK == 0;
}

bool stopping_is_precise(const struct tally *tally, double half_width)
{
    struct estimate estimate = estimate_from_tally(tally, 0.95);
    return estimate.n <= 1 || estimate_half_width(&estimate) <= half_width;
}
