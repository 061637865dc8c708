/*
 * Fast draws in sequence, where nothing is paired.
 *
 * A sampler is the sequence of one entity: the words of the blocks 0, 1, 2, ... of its stream, of
 * kind 1 (see sim/stream.h), so it never meets a number that stream_block() gives. Within the
 * sequence a draw takes as many words as it needs, so one draw more does shift the later ones of
 * the same entity, and of nobody else. Where two configurations are to be compared on the same luck
 * use stream_block() and sim/variate.h instead.
 *
 *     struct sampler sampler;
 *     sampler_init(&sampler, &stream, entity);
 *     double gap_min = sampler_exponential(&sampler, 12.0);
 *     gsl_rng rng = sampler_gsl(&sampler);
 *     double stay_days = gsl_ran_gamma(&rng, 2.0, 4.5);
 *
 * Everything that GSL can draw can be drawn through the view that sampler_gsl() gives, and shares
 * the sequence with the functions here. For tables of discrete outcomes that is Walker's alias
 * method, whose cost does not grow with the table: gsl_ran_discrete_preproc() once, then
 * gsl_ran_discrete(). A lognormal is exp(mu + sigma * sampler_normal(&sampler)).
 *
 * Words are always 64 bits and each is used for one thing only; reading halves of them would make
 * results depend on who reads what, and is how distributions go wrong.
 *
 * A sampler is plain data: a copy goes on from the same place by itself. The functions touch only
 * the sampler they are given: safe from any thread, one sampler a thread.
 */
#ifndef SIM_SAMPLER_H
#define SIM_SAMPLER_H

#include <assert.h>
#include <gsl/gsl_rng.h>
#include <stdint.h>

#include "sim/stream.h"

enum {
    /* Made at once. One block of Philox mostly waits for its own multiplications, and four overlap;
     * more gain nothing measurable, and cost an entity that draws little. */
    SAMPLER_WORDS = 4 * STREAM_LANES,
    SAMPLER_LAYERS = 256, /* of the ziggurat */
};

struct sampler {
    struct stream stream;
    uint64_t entity;
    uint64_t block; /* the next to be made */
    unsigned next;  /* of the words; SAMPLER_WORDS: none is left */
    uint64_t words[SAMPLER_WORDS];
};

/* To the beginning of the entity's sequence. Zeroed memory is no sampler: it would draw zeros. */
void sampler_init(struct sampler *sampler, const struct stream *stream, uint64_t entity);

/* For sampler_bits(). */
void sampler_refill(struct sampler *sampler);

/* The next word. */
static inline uint64_t sampler_bits(struct sampler *sampler)
{
    if (sampler->next == SAMPLER_WORDS)
        sampler_refill(sampler);
    return sampler->words[sampler->next++];
}

/* In the open interval (0, 1), as stream_uniform() makes it. */
static inline double sampler_uniform(struct sampler *sampler)
{
    return stream_uniform(sampler_bits(sampler));
}

/*
 * The exponential by the ziggurat of Marsaglia and Tsang ("The ziggurat method for generating
 * random variables", Journal of Statistical Software 5(8), 2000): exp(-x) is covered by layers of
 * equal area. A layer is chosen, and in it a place between 0 and its right edge; where the layer
 * above reaches as far, that is under the curve for certain. It is so 98.9 times in 100; the rest
 * is for sampler_exponential_rest().
 *
 * Layer i lies between 0 and edge[i], and the one above it between 0 and edge[i + 1]. Layer 0 is
 * the base with the tail beyond edge[1], as wide as a rectangle of its height would be.
 */
extern const double sampler_edge[SAMPLER_LAYERS + 1];
double sampler_exponential_rest(struct sampler *sampler, unsigned layer, double x);

/* The layer is bits 0 to 7 of the word, and the place bits 12 to 63 (stream_uniform()): no bit
 * serves twice, which in the original makes the two dependent. */
static inline unsigned sampler_layer(uint64_t bits)
{
    return (unsigned)(bits % SAMPLER_LAYERS);
}

/* mean >= 0. */
static inline double sampler_exponential(struct sampler *sampler, double mean)
{
    assert(mean >= 0.0);
    uint64_t bits = sampler_bits(sampler);
    unsigned layer = sampler_layer(bits);
    double x = stream_uniform(bits) * sampler_edge[layer];
    if (x < sampler_edge[layer + 1])
        return mean * x;
    return mean * sampler_exponential_rest(sampler, layer, x);
}

/* Standard normal: GSL's ziggurat. It places a draw in its layer by 24 bits, which shows only in
 * what needs very many distinct values; variate_normal(sampler_uniform(&sampler)) has 52, and
 * takes twice as long. */
double sampler_normal(struct sampler *sampler);

/* A generator of GSL whose state is a struct sampler. gsl_rng_set(rng, s) is sampler_init() with
 * seed s, all else 0; gsl_rng_clone() and the like work too. */
extern const gsl_rng_type *const sampler_gsl_type;

/* The sampler as GSL sees it: nothing is allocated or to be freed, and it is good for as long as
 * the sampler stays where it is. */
static inline gsl_rng sampler_gsl(struct sampler *sampler)
{
    return (gsl_rng){.type = sampler_gsl_type, .state = sampler};
}

#endif
