#include "scenarios/worth.h"

#include <assert.h>
#include <math.h>

#include "sim/estimate.h"
#include "sim/stream.h"

enum worth_side worth_side_of(double qalys, double gbp)
{
    if (qalys == 0 && gbp == 0)
        return WORTH_SAME;
    if (qalys >= 0 && gbp <= 0)
        return WORTH_DOMINATES;
    if (qalys <= 0 && gbp >= 0)
        return WORTH_DOMINATED;
    return qalys > 0 ? WORTH_GAIN_AT_COST : WORTH_LOSS_SAVING;
}

struct pair {
    double qalys, gbp;
};

/* The mean of as many pairs, drawn with replacement. */
static struct pair resample(const struct arm *arm, const struct stream *stream, uint64_t number)
{
    struct pair sum = {0, 0};
    size_t n = arm->qalys.n;
    double uniform[STREAM_LANES];
    for (size_t i = 0; i < n; i++) {
        if (i % STREAM_LANES == 0)
            stream_block(stream, number, i / STREAM_LANES, uniform);
        size_t drawn = (size_t)(uniform[i % STREAM_LANES] * (double)n);
        sum.qalys += arm->qalys.value[drawn];
        sum.gbp += arm->lifetime_gbp.value[drawn];
    }
    return (struct pair){sum.qalys / (double)n, sum.gbp / (double)n};
}

static void bootstrap(struct worth *worth, const struct arm *arm, uint64_t seed)
{
    struct stream stream = {.seed = seed, .replication = 0, .domain = DOMAIN_BOOTSTRAP};
    double ratio[WORTH_RESAMPLES];
    int alike = 0;
    bool one_sign = true;
    for (int r = 0; r < WORTH_RESAMPLES; r++) {
        struct pair mean = resample(arm, &stream, (uint64_t)r);
        alike += worth_side_of(mean.qalys, mean.gbp) == worth->side;
        one_sign = one_sign && mean.qalys * worth->qalys > 0;
        ratio[r] = mean.gbp / mean.qalys;
    }
    worth->resampled_alike = (double)alike / WORTH_RESAMPLES;
    if (!one_sign || isnan(worth->ratio_gbp))
        return;
    estimate_sort(ratio, WORTH_RESAMPLES);
    worth->low = estimate_quantile_sorted(ratio, WORTH_RESAMPLES, 0.025);
    worth->high = estimate_quantile_sorted(ratio, WORTH_RESAMPLES, 0.975);
}

struct worth worth_of(const struct arm *arm, uint64_t seed)
{
    struct worth worth = {
        .qalys = arm->difference[METRIC_QALYS_LIFETIME].mean,
        .gbp = arm->difference[METRIC_COST_LIFETIME_GBP].mean,
        .ratio_gbp = NAN,
        .low = NAN,
        .high = NAN,
        .resampled_alike = NAN,
    };
    assert(arm->qalys.n == arm->lifetime_gbp.n); /* kept and thinned together */
    worth.side = worth_side_of(worth.qalys, worth.gbp);
    if (worth.side == WORTH_GAIN_AT_COST || worth.side == WORTH_LOSS_SAVING)
        worth.ratio_gbp = worth.gbp / worth.qalys;
    if (arm->qalys.n >= WORTH_FEWEST)
        bootstrap(&worth, arm, seed);
    return worth;
}
