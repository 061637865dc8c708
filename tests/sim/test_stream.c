#include <Random123/philox.h>
#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <string.h>

#include "sim/stream.h"

static const struct stream base = {.seed = 1, .replication = 1, .domain = 1};

/* Random123's kat_vectors for philox4x64-10: counter, key, answer. */
static const struct {
    philox4x64_ctr_t counter;
    philox4x64_key_t key;
    philox4x64_ctr_t answer;
} known[] = {
    {{{0, 0, 0, 0}},
     {{0, 0}},
     {{0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b, 0x7e68b68aec7ba23b}}},
    {{{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}},
     {{UINT64_MAX, UINT64_MAX}},
     {{0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0}}},
    {{{0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x082efa98ec4e6c89}},
     {{0x452821e638d01377, 0xbe5466cf34e90c6c}},
     {{0xa528f45403e61d95, 0x38c72dbd566e9788, 0xa5a1610e72fd18b5, 0x57bd43b5e52b7fe6}}},
};

Test(stream, published_known_answers)
{
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        philox4x64_ctr_t got = philox4x64(known[i].counter, known[i].key);
        cr_assert_arr_eq(got.v, known[i].answer.v, sizeof got.v, "vector %zu", i);
    }
    uint64_t bits[STREAM_LANES];
    stream_bits(&(struct stream){0}, 0, 0, bits);
    cr_assert_arr_eq(bits, known[0].answer.v, sizeof bits);
}

static philox4x64_ctr_t philox(uint64_t c0, uint64_t c1, uint64_t c2, uint64_t c3, uint64_t k0,
                               uint64_t k1)
{
    philox4x64_ctr_t counter = {{c0, c1, c2, c3}};
    philox4x64_key_t key = {{k0, k1}};
    return philox4x64(counter, key);
}

/* Results must not change from one release to the next: which word goes where is fixed. */
Test(stream, every_coordinate_has_its_place)
{
    const struct stream stream = {.seed = 11, .replication = 22, .domain = 33};
    philox4x64_ctr_t expected = philox(44, 55, 33, 0, 11, 22);
    uint64_t bits[STREAM_LANES];
    double uniform[STREAM_LANES];
    stream_bits(&stream, 44, 55, bits);
    stream_block(&stream, 44, 55, uniform);
    cr_assert_arr_eq(bits, expected.v, sizeof bits);
    for (int lane = 0; lane < STREAM_LANES; lane++)
        cr_assert(uniform[lane] == stream_uniform(bits[lane]));
}

Test(stream, uniforms_stay_inside_the_open_interval)
{
    double least = stream_uniform(0);
    double greatest = stream_uniform(UINT64_MAX);
    cr_assert(least == 0x1p-53);
    cr_assert(greatest < 1.0);
    cr_assert(1.0 - greatest == least);
}

Test(stream, reading_order_does_not_matter)
{
    static double forward[100][STREAM_LANES];
    double again[STREAM_LANES];
    for (uint64_t i = 0; i < 100; i++)
        stream_block(&base, i, i % 3, forward[i]);
    for (uint64_t i = 100; i-- > 0;) {
        stream_block(&base, i, 7, again);
        stream_block(&base, i, i % 3, again);
        cr_assert_arr_eq(again, forward[i], sizeof again);
    }
}

/* Each at one in 1,000. */
Test(stream, uniform_by_chi_square_in_every_lane)
{
    enum { CELLS = 256, N = 100000 };
    static double count[STREAM_LANES][CELLS];
    double uniform[STREAM_LANES];
    for (uint64_t i = 0; i < N; i++) {
        stream_block(&base, i, 0, uniform);
        for (int lane = 0; lane < STREAM_LANES; lane++)
            count[lane][(int)(uniform[lane] * CELLS)]++;
    }
    for (int lane = 0; lane < STREAM_LANES; lane++) {
        double chi = 0.0;
        for (int cell = 0; cell < CELLS; cell++)
            chi += pow(count[lane][cell] - N / (double)CELLS, 2.0) / (N / (double)CELLS);
        double p = gsl_cdf_chisq_Q(chi, CELLS - 1);
        cr_assert(p > 0.0005 && p < 0.9995, "lane %d: p = %g", lane, p);
    }
}

/* Where a number of the second series of a pair is read, given where that of the first is. */
struct place {
    struct stream stream;
    uint64_t entity;
    uint64_t block;
    int lane;
};

static double read_at(struct place place)
{
    double uniform[STREAM_LANES];
    stream_block(&place.stream, place.entity, place.block, uniform);
    return uniform[place.lane];
}

enum { PAIRS = 20000, GRID = 16, NEIGHBOURS = 15 };

/* A right program fails one of the tests of neighbours with probability below 0.001. */
static const double each_level = 0.001 / (2 * NEIGHBOURS);

/* Two-sided: cells may also be too even to be chance. */
static double grid(const double x[PAIRS], const double y[PAIRS])
{
    double count[GRID * GRID] = {0.0};
    const double expected = PAIRS / (double)(GRID * GRID);
    double chi = 0.0;
    for (int i = 0; i < PAIRS; i++)
        count[(int)(x[i] * GRID) * GRID + (int)(y[i] * GRID)]++;
    for (int cell = 0; cell < GRID * GRID; cell++)
        chi += pow(count[cell] - expected, 2.0) / expected;
    return 2.0 * fmin(gsl_cdf_chisq_P(chi, GRID * GRID - 1), gsl_cdf_chisq_Q(chi, GRID * GRID - 1));
}

/* The lesser p of two tests of two series: of their correlation, and of the pairs over equal cells,
 * which sees what a correlation does not. */
static double independence(struct place a, struct place b)
{
    static double x[PAIRS];
    static double y[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
        x[i] = read_at(a);
        y[i] = read_at(b);
        a.entity += 2;
        b.entity += 2;
    }
    double z = gsl_stats_correlation(x, 1, y, 1, PAIRS) * sqrt(PAIRS);
    return fmin(2.0 * gsl_cdf_ugaussian_Q(fabs(z)), grid(x, y));
}

/* A purpose is a lane of a block. */
Test(stream, neighbours_are_independent)
{
    const struct place here = {.stream = base, .entity = 1};
    struct place pairs[NEIGHBOURS];
    int n = 0;
    for (int lane = 1; lane < STREAM_LANES; lane++) {
        pairs[n] = here;
        pairs[n++].lane = lane;
    }
    for (int bit = 0; bit < 2; bit++) { /* the next one, and one that differs in a high bit */
        uint64_t step = bit ? (uint64_t)1 << 40 : 1;
        pairs[n] = here;
        pairs[n++].entity += step;
        pairs[n] = here;
        pairs[n++].block += step;
        pairs[n] = here;
        pairs[n++].stream.replication += step;
        pairs[n] = here;
        pairs[n++].stream.domain += step;
        pairs[n] = here;
        pairs[n++].stream.seed += step;
    }
    pairs[n++] = (struct place){.stream = base, .entity = 1, .block = 1, .lane = 1};
    pairs[n++] = (struct place){.stream = base, .entity = 2, .block = 1, .lane = 3};
    cr_assert_eq(n, NEIGHBOURS);
    for (int i = 0; i < n; i++) {
        double p = independence(here, pairs[i]);
        cr_assert(p > each_level, "pair %d: p = %g", i, p);
    }
}

/* The tests can see what they look for: the same numbers, and numbers that are uncorrelated and
 * depend on each other all the same. */
Test(stream, dependence_would_be_noticed)
{
    static double x[PAIRS];
    static double y[PAIRS];
    const struct place here = {.stream = base, .entity = 1};
    cr_assert(independence(here, here) < each_level);
    for (int i = 0; i < PAIRS; i++) {
        x[i] = read_at((struct place){.stream = base, .entity = (uint64_t)i});
        y[i] = fabs(2.0 * x[i] - 1.0);
    }
    cr_assert(fabs(gsl_stats_correlation(x, 1, y, 1, PAIRS)) < 0.05);
    cr_assert(grid(x, y) < each_level);
}

/* Seed and replication, or entity and block, must not be exchangeable. */
Test(stream, coordinates_are_not_interchangeable)
{
    uint64_t bits[6][STREAM_LANES];
    stream_bits(&(struct stream){1, 2, 3}, 4, 5, bits[0]);
    stream_bits(&(struct stream){2, 1, 3}, 4, 5, bits[1]);
    stream_bits(&(struct stream){1, 2, 3}, 5, 4, bits[2]);
    stream_bits(&(struct stream){1, 2, 4}, 3, 5, bits[3]);
    stream_bits(&(struct stream){1, 2, 5}, 4, 3, bits[4]);
    stream_bits(&(struct stream){1, 3, 3}, 4, 5, bits[5]);
    for (int i = 0; i < 6; i++)
        for (int j = 0; j < i; j++)
            for (int lane = 0; lane < STREAM_LANES; lane++)
                cr_assert_neq(bits[i][lane], bits[j][lane]);
}
