#include "sim/stream.h"

#include <Random123/philox.h>

static philox4x64_ctr_t philox(const struct stream *stream, uint64_t entity, uint64_t block)
{
    philox4x64_ctr_t counter = {{entity, block, stream->domain, STREAM_KIND_BLOCK}};
    philox4x64_key_t key = {{stream->seed, stream->replication}};
    return philox4x64(counter, key);
}

void stream_bits(const struct stream *stream, uint64_t entity, uint64_t block,
                 uint64_t bits[STREAM_LANES])
{
    philox4x64_ctr_t word = philox(stream, entity, block);
    for (int lane = 0; lane < STREAM_LANES; lane++)
        bits[lane] = word.v[lane];
}

void stream_block(const struct stream *stream, uint64_t entity, uint64_t block,
                  double uniform[STREAM_LANES])
{
    philox4x64_ctr_t word = philox(stream, entity, block);
    for (int lane = 0; lane < STREAM_LANES; lane++)
        uniform[lane] = stream_uniform(word.v[lane]);
}
