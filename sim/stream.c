#include "sim/stream.h"

#include <Random123/philox.h>
#include <assert.h>

/* The fourth word of the counter keeps the two ways of reading apart. */
enum stream_kind { KIND_BLOCK = 0, KIND_SEQUENCE = 1 };

static philox4x64_ctr_t philox(const struct stream *stream, uint64_t entity, uint64_t block,
                               enum stream_kind kind)
{
    philox4x64_ctr_t counter = {{entity, block, stream->domain, (uint64_t)kind}};
    philox4x64_key_t key = {{stream->seed, stream->replication}};
    return philox4x64(counter, key);
}

void stream_bits(const struct stream *stream, uint64_t entity, uint64_t block,
                 uint64_t bits[STREAM_LANES])
{
    philox4x64_ctr_t word = philox(stream, entity, block, KIND_BLOCK);
    for (int lane = 0; lane < STREAM_LANES; lane++)
        bits[lane] = word.v[lane];
}

void stream_block(const struct stream *stream, uint64_t entity, uint64_t block,
                  double uniform[STREAM_LANES])
{
    philox4x64_ctr_t word = philox(stream, entity, block, KIND_BLOCK);
    for (int lane = 0; lane < STREAM_LANES; lane++)
        uniform[lane] = stream_uniform(word.v[lane]);
}

double stream_uniform(uint64_t bits)
{
    return ((double)(bits >> 12) + 0.5) * 0x1p-52;
}

/* What gsl_rng carries around: plain data, so that gsl_rng_clone() and friends work. */
struct sequence {
    struct stream stream;
    uint64_t entity;
    uint64_t block; /* the next one */
    uint64_t bits[STREAM_LANES];
    unsigned lane; /* the next one; STREAM_LANES: none is left */
};

static unsigned long sequence_get(void *state)
{
    struct sequence *sequence = state;
    if (sequence->lane == STREAM_LANES) {
        philox4x64_ctr_t word =
            philox(&sequence->stream, sequence->entity, sequence->block++, KIND_SEQUENCE);
        for (int lane = 0; lane < STREAM_LANES; lane++)
            sequence->bits[lane] = word.v[lane];
        sequence->lane = 0;
    }
    return (unsigned long)sequence->bits[sequence->lane++];
}

static double sequence_get_double(void *state)
{
    return stream_uniform(sequence_get(state));
}

static void sequence_set(void *state, unsigned long seed)
{
    *(struct sequence *)state = (struct sequence){.stream.seed = seed, .lane = STREAM_LANES};
}

static_assert(sizeof(unsigned long) == sizeof(uint64_t), "a word of Philox is a word of gsl_rng");

static const gsl_rng_type philox_type = {
    .name = "philox4x64",
    .max = UINT64_MAX,
    .min = 0,
    .size = sizeof(struct sequence),
    .set = sequence_set,
    .get = sequence_get,
    .get_double = sequence_get_double,
};

const gsl_rng_type *const stream_gsl_type = &philox_type;

void stream_seed(gsl_rng *rng, const struct stream *stream, uint64_t entity)
{
    assert(rng->type == stream_gsl_type);
    *(struct sequence *)rng->state =
        (struct sequence){.stream = *stream, .entity = entity, .lane = STREAM_LANES};
}
