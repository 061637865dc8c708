#include "sim/sampler.h"

#include <Random123/philox.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdbool.h>

void sampler_init(struct sampler *sampler, const struct stream *stream, uint64_t entity)
{
    *sampler = (struct sampler){.stream = *stream, .entity = entity, .next = SAMPLER_WORDS};
}

void sampler_refill(struct sampler *sampler)
{
    const philox4x64_key_t key = {{sampler->stream.seed, sampler->stream.replication}};
    for (unsigned i = 0; i < SAMPLER_WORDS; i += STREAM_LANES) {
        philox4x64_ctr_t counter = {
            {sampler->entity, sampler->block++, sampler->stream.domain, STREAM_KIND_SEQUENCE}};
        philox4x64_ctr_t word = philox4x64(counter, key);
        for (unsigned lane = 0; lane < STREAM_LANES; lane++)
            sampler->words[i + lane] = word.v[lane];
    }
    sampler->next = 0;
}

const double sampler_edge[SAMPLER_LAYERS + 1] = {
#include "sim/ziggurat.def"
};

/* Whether a draw at x, between the edge of the layer above and that of its own, is under the curve.
 * Rare enough that exp() is cheaper than another table. */
static bool is_under_curve(struct sampler *sampler, unsigned layer, double x)
{
    double floor = exp(-sampler_edge[layer]);
    double ceiling = exp(-sampler_edge[layer + 1]);
    return floor + sampler_uniform(sampler) * (ceiling - floor) < exp(-x);
}

double sampler_exponential_rest(struct sampler *sampler, unsigned layer, double x)
{
    double passed = 0.0;
    for (;;) {
        if (layer == 0)
            passed += sampler_edge[1]; /* The tail has no memory: it begins anew from there. */
        else if (is_under_curve(sampler, layer, x))
            return passed + x;
        uint64_t bits = sampler_bits(sampler);
        layer = sampler_layer(bits);
        x = stream_uniform(bits) * sampler_edge[layer];
        if (x < sampler_edge[layer + 1])
            return passed + x;
    }
}

double sampler_normal(struct sampler *sampler)
{
    gsl_rng rng = sampler_gsl(sampler);
    return gsl_ran_gaussian_ziggurat(&rng, 1.0);
}

static_assert(sizeof(unsigned long) == sizeof(uint64_t), "a word of Philox is a word of gsl_rng");

static unsigned long gsl_get(void *state)
{
    return sampler_bits(state);
}

static double gsl_get_double(void *state)
{
    return sampler_uniform(state);
}

static void gsl_set(void *state, unsigned long seed)
{
    sampler_init(state, &(struct stream){.seed = seed}, 0);
}

static const gsl_rng_type gsl_type = {
    .name = "philox4x64",
    .max = UINT64_MAX,
    .min = 0,
    .size = sizeof(struct sampler),
    .set = gsl_set,
    .get = gsl_get,
    .get_double = gsl_get_double,
};

const gsl_rng_type *const sampler_gsl_type = &gsl_type;
