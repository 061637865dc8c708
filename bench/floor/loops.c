#include "bench/floor/loops.h"

#include <Random123/philox.h>

#include "bench/measure.h"

/* Where results go, so that the compiler cannot leave the work out. */
static volatile uint64_t sink;

double floor_philox(uint64_t blocks)
{
    philox4x64_key_t key = {{1, 1}};
    uint64_t sum = 0;
    double start = measure_cpu_s();
    for (uint64_t i = 0; i < blocks; i++) {
        philox4x64_ctr_t counter = {{1, i, 4, 0}};
        philox4x64_ctr_t word = philox4x64(counter, key);
        sum += word.v[0] ^ word.v[1] ^ word.v[2] ^ word.v[3];
    }
    sink = sum;
    return measure_cpu_s() - start;
}

/* Volatile: it is in memory, as a model's would be, and the loop is not summed up beforehand. */
static volatile struct {
    int in_use;
    double now;
} counter;

double floor_counter(uint64_t pairs)
{
    double start = measure_cpu_s();
    for (uint64_t i = 0; i < pairs; i++) {
        counter.now = (double)(int64_t)i;
        counter.in_use = counter.in_use + 1;
        counter.in_use = counter.in_use - 1;
    }
    return measure_cpu_s() - start;
}
