/*
 * Random numbers that belong to what they are about.
 *
 * An ordinary generator hands out numbers in the order in which they are asked for, so one draw
 * more in one configuration shifts the luck of every later patient, and two configurations are no
 * longer compared on the same patients. Here a number is a function of who it is for: Philox4x64-10
 * (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11) turns
 *
 *     key     = (seed, replication)
 *     counter = (entity, block, domain, kind)
 *
 * into four 64-bit words, four lanes. Nothing is stored, any number can be had in any order, and
 * adding a draw somewhere never shifts another. One block costs about as much as one exponential,
 * so purposes share blocks: the table that says which purpose has which block and lane belongs to
 * the model. A lane must serve one purpose only.
 *
 * `domain` tells apart uses that must never share a number, say patients, pilot runs and parameter
 * draws; `kind` is 0 for blocks and 1 for the sequences of sim/sampler.h, so they never meet.
 *
 * Everything here is a pure function or touches only the object it is given: safe from any thread.
 */
#ifndef SIM_STREAM_H
#define SIM_STREAM_H

#include <stdint.h>

enum { STREAM_LANES = 4 };

enum stream_kind { STREAM_KIND_BLOCK = 0, STREAM_KIND_SEQUENCE = 1 };

struct stream {
    uint64_t seed;
    uint64_t replication;
    uint64_t domain;
};

/* The four words of a block. */
void stream_bits(const struct stream *stream, uint64_t entity, uint64_t block,
                 uint64_t bits[STREAM_LANES]);

/* The same as four independent uniforms, each in the open interval (0, 1). */
void stream_block(const struct stream *stream, uint64_t entity, uint64_t block,
                  double uniform[STREAM_LANES]);

/* A word as a uniform in the open interval (0, 1): the midpoints of 2^52 equal cells, so that u and
 * 1 - u are equally likely and exact. (With 2^53 cells the last midpoint would round to 1.) */
static inline double stream_uniform(uint64_t bits)
{
    return ((double)(bits >> 12) + 0.5) * 0x1p-52;
}

#endif
