#include "scenarios/sweep/information.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "models/model.h"
#include "scenarios/sweep/decision.h"
#include "sim/stream.h"
#include "sim/variate.h"

void information_ceac(const struct draws *draws, double threshold_gbp, double probability[])
{
    for (size_t o = 0; o < draws->options; o++)
        probability[o] = draws->n > 0 ? 0 : NAN;
    for (size_t d = 0; d < draws->n; d++) {
        const double *qalys = &draws->qalys[d * draws->options];
        const double *cost_gbp = &draws->cost_gbp[d * draws->options];
        size_t best = 0;
        double highest = -INFINITY;
        for (size_t o = 0; o < draws->options; o++) {
            double benefit = threshold_gbp * qalys[o] - cost_gbp[o];
            assert(isfinite(benefit));
            if (benefit > highest) {
                highest = benefit;
                best = o;
            }
        }
        probability[best] += 1.0 / (double)draws->n;
    }
}

/* The net benefits with noise on top; `keep` 0 leaves of each no more than its option's mean. */
static void add_noise(const double benefit[], const double noise_se[], size_t n, size_t options,
                      double keep, uint64_t seed, double noisy[])
{
    struct stream stream = {.seed = seed, .replication = 1, .domain = DOMAIN_RESAMPLE};
    for (size_t o = 0; o < options; o++) {
        double mean = 0;
        for (size_t d = 0; d < n; d++)
            mean += benefit[d * options + o] / (double)n;
        for (size_t d = 0; d < n; d++) {
            double uniform[STREAM_LANES];
            stream_block(&stream, d, o, uniform);
            double noise = o > 0 ? noise_se[d * options + o] * variate_normal(uniform[0]) : 0;
            noisy[d * options + o] = mean + keep * (benefit[d * options + o] - mean) + noise;
        }
    }
}

/* The value of perfect information, all draws of which are in `benefit`. */
static bool perfect(const struct draws *draws, const double benefit[], double *gbp)
{
    struct decision decision;
    bool made = decision_begin(&decision, benefit, benefit, draws->n, draws->options);
    if (made)
        *gbp = decision_gain(&decision, NULL, draws->n);
    decision_end(&decision);
    return made;
}

static bool of_noise(const struct draws *draws, const double benefit[], const double noise_se[],
                     uint64_t seed, struct evpi *evpi)
{
    size_t n = draws->n, options = draws->options;
    if (noise_se == NULL)
        return true;
    double *noisy = calloc(n * options + 1, sizeof *noisy);
    bool made = noisy != NULL;
    if (made) {
        add_noise(benefit, noise_se, n, options, 0, seed, noisy);
        made = perfect(draws, noisy, &evpi->noise_gbp);
    }
    if (made) {
        add_noise(benefit, noise_se, n, options, 1, seed, noisy);
        made = perfect(draws, noisy, &evpi->twice_gbp);
    }
    free(noisy);
    return made;
}

static bool of_draws(const struct draws *draws, const double benefit[], uint64_t seed,
                     struct evpi *evpi)
{
    double resampled[RESAMPLES];
    struct decision decision;
    bool made = decision_begin(&decision, benefit, benefit, draws->n, draws->options) &&
                decision_resample(&decision, seed, resampled);
    if (made) {
        evpi->gbp = resample_interval(decision_gain(&decision, NULL, draws->n), resampled);
        evpi->first_half_gbp = decision_gain(&decision, NULL, draws->n / 2);
    }
    decision_end(&decision);
    return made;
}

bool information_evpi(const struct draws *draws, double threshold_gbp, const double noise_se[],
                      uint64_t seed, struct evpi *evpi)
{
    *evpi = (struct evpi){interval_none(NAN), NAN, NAN, NAN};
    double *benefit = decision_net_benefit(draws, threshold_gbp);
    bool made = benefit != NULL && of_draws(draws, benefit, seed, evpi) &&
                of_noise(draws, benefit, noise_se, seed, evpi);
    free(benefit);
    return made;
}
