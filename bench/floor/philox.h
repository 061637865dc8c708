/*
 * The floor under a block of draws: the generator of sim/stream.h alone, four words of it, of which
 * nothing is made.
 */
#ifndef BENCH_FLOOR_PHILOX_H
#define BENCH_FLOOR_PHILOX_H

#include <Random123/philox.h>
#include <stdint.h>

static inline philox4x64_ctr_t floor_philox(uint64_t block)
{
    philox4x64_key_t key = {{1, 1}};
    philox4x64_ctr_t counter = {{1, block, 4, 0}};
    return philox4x64(counter, key);
}

#endif
