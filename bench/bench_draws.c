/*
 * What a draw costs, nanoseconds, beside the words of bare Philox that it is made of: four a block,
 * and one a draw at the least.
 */
#include <gsl/gsl_randist.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench/floor/loops.h"
#include "bench/measure.h"
#include "sim/sampler.h"
#include "sim/stream.h"
#include "sim/variate.h"

enum { BLOCKS = 200000, DRAWS = STREAM_LANES * BLOCKS, OUTCOMES = 12 };

static const struct stream stream = {.seed = 1, .replication = 1, .domain = 4};

/* Where results go, so that the compiler cannot leave the work out. */
static volatile double sink;

static double bare_philox(void *context)
{
    (void)context;
    return floor_philox(BLOCKS);
}

static double block_of_four(void *context)
{
    (void)context;
    double uniform[STREAM_LANES], sum = 0.0;
    double start = measure_cpu_s();
    for (uint64_t i = 0; i < BLOCKS; i++) {
        stream_block(&stream, 1, i, uniform);
        sum += uniform[0] + uniform[1] + uniform[2] + uniform[3];
    }
    sink = sum;
    return measure_cpu_s() - start;
}

/* A loop for each, so that what can be inlined is. */
#define BY_INVERSE(name, expression)                                                               \
    static double name(void *context)                                                              \
    {                                                                                              \
        (void)context;                                                                             \
        double uniform[STREAM_LANES], sum = 0.0;                                                   \
        double start = measure_cpu_s();                                                            \
        for (uint64_t i = 0; i < BLOCKS; i++) {                                                    \
            stream_block(&stream, 1, i, uniform);                                                  \
            for (int lane = 0; lane < STREAM_LANES; lane++) {                                      \
                double u = uniform[lane];                                                          \
                sum += (expression);                                                               \
            }                                                                                      \
        }                                                                                          \
        sink = sum;                                                                                \
        return measure_cpu_s() - start;                                                            \
    }

#define IN_SEQUENCE(name, expression)                                                              \
    static double name(void *context)                                                              \
    {                                                                                              \
        const gsl_ran_discrete_t *alias = context;                                                 \
        struct sampler sampler;                                                                    \
        sampler_init(&sampler, &stream, 1);                                                        \
        gsl_rng rng = sampler_gsl(&sampler);                                                       \
        double sum = 0.0;                                                                          \
        double start = measure_cpu_s();                                                            \
        for (uint64_t i = 0; i < DRAWS; i++)                                                       \
            sum += (double)(expression);                                                           \
        sink = sum;                                                                                \
        (void)rng;                                                                                 \
        (void)alias;                                                                               \
        return measure_cpu_s() - start;                                                            \
    }

BY_INVERSE(inverse_uniform, u)
BY_INVERSE(inverse_exponential, variate_exponential(u, 2.0))
BY_INVERSE(inverse_normal, variate_normal(u))
BY_INVERSE(inverse_lognormal, variate_lognormal(u, 1.0, 0.5))
/* Shortened because making a double of all 64 bits takes longer than the word. */
IN_SEQUENCE(sequence_bits, sampler_bits(&sampler) >> 12)
IN_SEQUENCE(sequence_uniform, sampler_uniform(&sampler))
IN_SEQUENCE(sequence_exponential, sampler_exponential(&sampler, 2.0))
IN_SEQUENCE(sequence_normal, sampler_normal(&sampler))
IN_SEQUENCE(gsl_uniform, gsl_rng_uniform_pos(&rng))
IN_SEQUENCE(gsl_exponential, gsl_ran_exponential(&rng, 2.0))
IN_SEQUENCE(gsl_normal, gsl_ran_gaussian_ziggurat(&rng, 1.0))
IN_SEQUENCE(gsl_discrete, gsl_ran_discrete(&rng, alias))

static bool run(const char *benchmark, const char *unit, struct candidate candidate[], size_t count)
{
    struct contest contest = {.benchmark = benchmark,
                              .unit = unit,
                              .a_second = 1e9,
                              .candidate = candidate,
                              .count = count};
    bool ok = measure(&contest);
    if (ok)
        measure_print(&contest);
    return ok;
}

static bool bench_blocks(void)
{
    struct candidate candidate[] = {
        {"bare Philox", bare_philox, NULL, BLOCKS, NULL, {0}},
        {"block of four uniforms", block_of_four, NULL, BLOCKS, &candidate[0], {0}},
    };
    return run("blocks", "ns/block", candidate, 2);
}

static bool bench_inverse(void)
{
    struct candidate candidate[] = {
        {"bare Philox", bare_philox, NULL, DRAWS, NULL, {0}},
        {"uniform of a block", inverse_uniform, NULL, DRAWS, &candidate[0], {0}},
        {"exponential", inverse_exponential, NULL, DRAWS, &candidate[0], {0}},
        {"normal", inverse_normal, NULL, DRAWS, &candidate[0], {0}},
        {"lognormal", inverse_lognormal, NULL, DRAWS, &candidate[0], {0}},
    };
    return run("draws by inverse", "ns/draw", candidate, 5);
}

static bool bench_sequence(gsl_ran_discrete_t *alias)
{
    struct candidate candidate[] = {
        {"bare Philox", bare_philox, NULL, DRAWS, NULL, {0}},
        {"sampler word", sequence_bits, NULL, DRAWS, &candidate[0], {0}},
        {"sampler uniform", sequence_uniform, NULL, DRAWS, &candidate[0], {0}},
        {"sampler exponential", sequence_exponential, NULL, DRAWS, &candidate[0], {0}},
        {"sampler normal", sequence_normal, NULL, DRAWS, &candidate[0], {0}},
        {"GSL uniform", gsl_uniform, NULL, DRAWS, &candidate[0], {0}},
        {"GSL exponential", gsl_exponential, NULL, DRAWS, &candidate[0], {0}},
        {"GSL normal ziggurat", gsl_normal, NULL, DRAWS, &candidate[0], {0}},
        {"GSL discrete alias", gsl_discrete, alias, DRAWS, &candidate[0], {0}},
    };
    return run("draws in sequence", "ns/draw", candidate, 9);
}

int main(void)
{
    double weight[OUTCOMES];
    for (int i = 0; i < OUTCOMES; i++)
        weight[i] = 1.0 + i;
    gsl_ran_discrete_t *alias = gsl_ran_discrete_preproc(OUTCOMES, weight);
    bool ok = alias && bench_blocks() && bench_inverse() && bench_sequence(alias);
    gsl_ran_discrete_free(alias);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
