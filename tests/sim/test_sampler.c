#include <Random123/philox.h>
#include <criterion/criterion.h>
#include <float.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <signal.h>
#include <stdbool.h>

#include "sim/sampler.h"
#include "sim/stream.h"
#include "sim/variate.h"
#include "tests/sim/kolmogorov.h"

static const struct stream base = {.seed = 1, .replication = 1, .domain = 1};

/* A right program fails any of the statistical tests of this file with probability below 0.001:
 * there are fewer than STATISTICS of them, and each is held to 0.001 / STATISTICS. */
enum { STATISTICS = 100 };
static const double each_level = 0.001 / STATISTICS;

static bool is_rare(double p)
{
    return !(p >= each_level);
}

/* Two-sided: counts may also be too even to be chance. */
static double chi_square(const double count[], const double expected[], int n)
{
    double chi = 0.0;
    for (int i = 0; i < n; i++)
        chi += (count[i] - expected[i]) * (count[i] - expected[i]) / expected[i];
    return 2.0 * fmin(gsl_cdf_chisq_P(chi, n - 1), gsl_cdf_chisq_Q(chi, n - 1));
}

static double two_sided(double z)
{
    return 2.0 * gsl_cdf_ugaussian_Q(fabs(z));
}

/* By the first term of Kolmogorov's series, exact where it matters. */
static double smirnov(double sample[], size_t n, double (*cdf)(double))
{
    double distance = kolmogorov(sample, n, cdf);
    return fmin(1.0, 2.0 * exp(-2.0 * distance * distance));
}

static void assert_near(double got, double want, double relative)
{
    cr_assert(fabs(got - want) <= relative * fabs(want), "%.17g, not %.17g", got, want);
}

/* ---- the words ---- */

/* Which word comes when is fixed, however many are made at once. */
Test(sampler, words_are_those_of_the_blocks_in_order)
{
    const struct stream stream = {.seed = 11, .replication = 22, .domain = 33};
    struct sampler sampler;
    sampler_init(&sampler, &stream, 44);
    for (uint64_t block = 0; block < 5 * SAMPLER_WORDS; block++) {
        philox4x64_ctr_t counter = {{44, block, 33, 1}};
        philox4x64_key_t key = {{11, 22}};
        philox4x64_ctr_t expected = philox4x64(counter, key);
        for (int lane = 0; lane < STREAM_LANES; lane++)
            cr_assert_eq(sampler_bits(&sampler), expected.v[lane]);
    }
}

/* From another implementation of Philox, which gave the published vectors of Random123 too. */
Test(sampler, words_known_answers)
{
    static const uint64_t known[] = {0x750e73680866824a, 0x19925b88f811499d, 0xeb06863f8c1ec105,
                                     0xd1d12dd6162736a7, 0xc9294384923892b4};
    const struct stream stream = {.seed = 11, .replication = 22, .domain = 33};
    struct sampler sampler;
    struct sampler uniforms;
    sampler_init(&sampler, &stream, 44);
    sampler_init(&uniforms, &stream, 44);
    for (int i = 0; i < 5; i++) {
        cr_assert_eq(sampler_bits(&sampler), known[i]);
        cr_assert(sampler_uniform(&uniforms) == stream_uniform(known[i]));
    }
    for (int i = 5; i < 15; i++)
        sampler_bits(&sampler);
    cr_assert_eq(sampler_bits(&sampler), 0x9aea3ee9a00ba2fb);
    cr_assert_eq(sampler_bits(&sampler), 0xc954cd5ce1913c91);
    cr_assert_eq(sampler_bits(&sampler), 0xc110efdfa874f4ba);
}

Test(sampler, samplers_in_turn_give_what_each_gives_alone)
{
    enum { N = 1000 };
    static double alone[2][3 * N];
    struct sampler sampler[2];
    for (uint64_t who = 0; who < 2; who++) {
        sampler_init(&sampler[who], &base, who);
        for (int i = 0; i < N; i++) {
            alone[who][3 * i] = sampler_uniform(&sampler[who]);
            alone[who][3 * i + 1] = sampler_exponential(&sampler[who], 2.0);
            alone[who][3 * i + 2] = sampler_normal(&sampler[who]);
        }
        sampler_init(&sampler[who], &base, who);
    }
    for (int i = 0; i < N; i++)
        for (int who = 0; who < 2; who++) {
            cr_assert(sampler_uniform(&sampler[who]) == alone[who][3 * i]);
            cr_assert(sampler_exponential(&sampler[who], 2.0) == alone[who][3 * i + 1]);
            cr_assert(sampler_normal(&sampler[who]) == alone[who][3 * i + 2]);
        }
}

Test(sampler, a_copy_goes_on_by_itself)
{
    struct sampler sampler;
    sampler_init(&sampler, &base, 1);
    for (int i = 0; i < SAMPLER_WORDS / 2; i++)
        sampler_bits(&sampler);
    struct sampler copy = sampler;
    for (int i = 0; i < 2 * SAMPLER_WORDS; i++) {
        uint64_t bits = sampler_bits(&sampler);
        cr_assert_eq(sampler_bits(&copy), bits);
    }
}

/* ---- the view for GSL ---- */

Test(sampler, gsl_and_direct_reads_share_one_sequence)
{
    struct sampler sampler;
    struct sampler expected;
    sampler_init(&sampler, &base, 9);
    sampler_init(&expected, &base, 9);
    gsl_rng rng = sampler_gsl(&sampler);
    for (int i = 0; i < 2 * SAMPLER_WORDS; i++) {
        cr_assert_eq(gsl_rng_get(&rng), sampler_bits(&expected));
        cr_assert_eq(sampler_bits(&sampler), sampler_bits(&expected));
        cr_assert(gsl_rng_uniform(&rng) == sampler_uniform(&expected));
    }
    gsl_rng same = sampler_gsl(&expected);
    for (int i = 0; i < 1000; i++)
        cr_assert(sampler_normal(&sampler) == gsl_ran_gaussian_ziggurat(&same, 1.0));
}

Test(sampler, gsl_can_clone_it_and_begin_again)
{
    gsl_rng *rng = gsl_rng_alloc(sampler_gsl_type);
    gsl_rng_set(rng, 1);
    double first = gsl_rng_uniform(rng);
    gsl_rng *copy = gsl_rng_clone(rng);
    double second = gsl_rng_uniform(rng);
    cr_assert(gsl_rng_uniform(copy) == second);

    struct sampler sampler;
    sampler_init(&sampler, &(struct stream){.seed = 1}, 0);
    cr_assert(sampler_uniform(&sampler) == first);
    cr_assert(sampler_uniform(&sampler) == second);
    gsl_rng_free(copy);
    gsl_rng_free(rng);
}

Test(sampler, discrete_by_aliases)
{
    enum { OUTCOMES = 12, N = 500000 };
    static const double weights[OUTCOMES] = {1, 20, 3, 0, 50, 2, 2, 100, 0.1, 7, 1, 13.9};
    double expected[OUTCOMES];
    double count[OUTCOMES] = {0.0};
    struct sampler sampler;
    sampler_init(&sampler, &base, 1);
    gsl_rng rng = sampler_gsl(&sampler);
    gsl_ran_discrete_t *table = gsl_ran_discrete_preproc(OUTCOMES, weights);
    for (int i = 0; i < N; i++)
        count[gsl_ran_discrete(&rng, table)]++;
    for (size_t i = 0; i < OUTCOMES; i++) {
        assert_near(gsl_ran_discrete_pdf(i, table), weights[i] / 200.0, 1e-13);
        expected[i] = N * weights[i] / 200.0;
    }
    gsl_ran_discrete_free(table);
    cr_assert(count[3] == 0.0);
    count[3] = count[OUTCOMES - 1]; /* which has no weight: out of the way */
    expected[3] = expected[OUTCOMES - 1];
    double p = chi_square(count, expected, OUTCOMES - 1);
    cr_assert_not(is_rare(p), "p = %g", p);
}

/* ---- the ziggurat ---- */

/* The edges from the base up; how far the last is above (or below) the top of the curve. */
static long double solve_edges(long double r, long double edge[SAMPLER_LAYERS + 1])
{
    long double area = (r + 1.0L) * expl(-r);
    edge[0] = r + 1.0L;
    edge[1] = r;
    for (int i = 1; i < SAMPLER_LAYERS - 1; i++)
        edge[i + 1] = -logl(area / edge[i] + expl(-edge[i]));
    edge[SAMPLER_LAYERS] = 0.0L;
    return area / edge[SAMPLER_LAYERS - 1] + expl(-edge[SAMPLER_LAYERS - 1]) - 1.0L;
}

/* Solved anew in long double, whose own error is up to half a unit of the last place. */
Test(sampler, edges_make_layers_of_equal_area)
{
    static long double edge[SAMPLER_LAYERS + 1];
    long double low = 7.6971L;
    long double high = 7.6972L;
    cr_assert(solve_edges(low, edge) > 0.0L && solve_edges(high, edge) < 0.0L);
    for (int step = 0; step < 80; step++) {
        long double middle = (low + high) / 2.0L;
        if (solve_edges(middle, edge) > 0.0L)
            low = middle;
        else
            high = middle;
    }
    for (int i = 0; i <= SAMPLER_LAYERS; i++)
        cr_assert(fabsl(sampler_edge[i] - edge[i]) <= DBL_EPSILON * edge[i],
                  "edge %d: %.17g, not %.17Lg", i, sampler_edge[i], edge[i]);
}

static const uint64_t last_place = ((uint64_t)1 << 52) - 1;

/* A word with this layer and this place of 2^52. */
static uint64_t word(unsigned layer, uint64_t place)
{
    return place << 12 | layer;
}

static double place_uniform(uint64_t place)
{
    return ((double)place + 0.5) * 0x1p-52;
}

/* What comes of these words, of which it must use `used`. */
static double draw_from(const uint64_t words[], unsigned n, unsigned used)
{
    struct sampler sampler = {.next = SAMPLER_WORDS - n};
    for (unsigned i = 0; i < n; i++)
        sampler.words[sampler.next + i] = words[i];
    double x = sampler_exponential(&sampler, 1.0);
    cr_assert_eq(sampler.next, SAMPLER_WORDS - n + used);
    return x;
}

Test(sampler, exponential_inside_a_layer)
{
    for (unsigned layer = 0; layer < SAMPLER_LAYERS - 1; layer++) {
        double inside = sampler_edge[layer + 1] / sampler_edge[layer];
        uint64_t places[] = {0, 12345678, (uint64_t)(inside * 0x1p52) - 2};
        for (int i = 0; i < 3; i++) {
            uint64_t bits = word(layer, places[i]);
            double x = draw_from(&bits, 1, 1);
            cr_assert(x == place_uniform(places[i]) * sampler_edge[layer]);
            bits |= 0xf00; /* of no use to anybody */
            cr_assert(draw_from(&bits, 1, 1) == x);
        }
    }
}

/* A place between the two edges is taken as often as the curve is high there. */
Test(sampler, exponential_at_the_edge_of_a_layer)
{
    for (unsigned layer = 1; layer < SAMPLER_LAYERS; layer++) {
        double middle = (sampler_edge[layer] + sampler_edge[layer + 1]) / 2.0;
        uint64_t place = (uint64_t)(middle / sampler_edge[layer] * 0x1p52);
        double x = place_uniform(place) * sampler_edge[layer];
        double floor = exp(-sampler_edge[layer]);
        double share = (exp(-x) - floor) / (exp(-sampler_edge[layer + 1]) - floor);
        cr_assert(share > 0.3 && share < 0.5); /* the curve hangs below its chord */

        uint64_t under = (uint64_t)((share - 1e-9) * 0x1p52);
        uint64_t over = (uint64_t)((share + 1e-9) * 0x1p52);
        uint64_t words[] = {word(layer, place), word(7, under), word(9, 99)};
        cr_assert(draw_from(words, 3, 2) == x);
        words[1] = word(7, over);
        cr_assert(draw_from(words, 3, 3) == place_uniform(99) * sampler_edge[9]);
    }
}

/* Beyond the last edge it begins anew from there, as often as need be, and goes on as usual. */
Test(sampler, exponential_in_the_tail)
{
    uint64_t words[] = {word(0, last_place), word(0, last_place), word(5, 123456789)};
    double last = place_uniform(123456789) * sampler_edge[5];
    cr_assert(draw_from(words, 3, 3) == sampler_edge[1] + sampler_edge[1] + last);
    cr_assert(draw_from(words + 1, 2, 2) == sampler_edge[1] + last);
    uint64_t edge[] = {word(0, last_place), word(255, last_place / 2), word(3, 0)};
    double x = place_uniform(last_place / 2) * sampler_edge[255];
    cr_assert(draw_from(edge, 3, 3) == sampler_edge[1] + x);
}

/* From another implementation of the whole, with 50 digits: among the 5000 are some fifty from
 * outside the layers above, and some from the tail. */
Test(sampler, exponential_known_answers)
{
    static const double known[] = {1.1371025095734569, 0.13274877396974396, 5.400210259135667,
                                   0.99874023523169432};
    const struct stream stream = {.seed = 11, .replication = 22, .domain = 33};
    struct sampler sampler;
    double sum = 0.0;
    sampler_init(&sampler, &stream, 44);
    for (int i = 0; i < 5000; i++) {
        double x = sampler_exponential(&sampler, 3.0) / 3.0;
        if (i < 4)
            assert_near(x, known[i], 1e-15);
        sum += x;
    }
    assert_near(sum, 4924.8049164616137, 1e-13);
    cr_assert(sampler_exponential(&sampler, 0.0) == 0.0);
}

Test(sampler, exponential_of_a_negative_mean_asserts, .signal = SIGABRT)
{
    struct sampler sampler;
    sampler_init(&sampler, &base, 1);
    sampler_exponential(&sampler, -1.0);
}

static double exponential_cdf(double x)
{
    return gsl_cdf_exponential_P(x, 1.0);
}

/* The i with edge[i] > x >= edge[i + 1]; 0 also beyond. */
static int interval_of(double x)
{
    int low = 0;
    int high = SAMPLER_LAYERS;
    while (high - low > 1) {
        int middle = low + (high - low) / 2;
        if (x < sampler_edge[middle])
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Of n cells of equal probability. */
static int cell_of(double x, int n)
{
    return (int)fmin(-expm1(-x) * n, n - 1);
}

/* Each interval between two edges in 16 parts of equal probability; the tail is the last part of
 * the first sixteen, whose others are not used. */
enum { PARTS = 16, TAIL = PARTS - 1, ALL_PARTS = SAMPLER_LAYERS * PARTS };

static int part_of(double x)
{
    int i = interval_of(x);
    if (i == 0)
        return TAIL;
    double from = sampler_edge[i + 1];
    double share = expm1(from - x) / expm1(from - sampler_edge[i]);
    return i * PARTS + (int)fmin(share * PARTS, PARTS - 1);
}

static double part_probability(int part)
{
    int i = part / PARTS;
    if (i == 0)
        return exp(-sampler_edge[1]);
    return (exp(-sampler_edge[i + 1]) - exp(-sampler_edge[i])) / PARTS;
}

/* Over cells of equal probability, over the parts, where the curve cuts the layers, and beyond the
 * last edge. */
Test(sampler, exponential_by_chi_square_in_layers_and_tail)
{
    enum { N = 5000000, CELLS = 256, TAILS = N / 1000 };
    static double cell[CELLS];
    static double part[ALL_PARTS];
    static double tail[TAILS];
    static double expected[ALL_PARTS];
    size_t tails = 0;
    struct sampler sampler;
    sampler_init(&sampler, &base, 2);
    for (int i = 0; i < N; i++) {
        double x = sampler_exponential(&sampler, 1.0);
        cell[cell_of(x, CELLS)]++;
        part[part_of(x)]++;
        if (x >= sampler_edge[1] && tails < TAILS)
            tail[tails++] = x - sampler_edge[1];
    }
    for (int i = 0; i < CELLS; i++)
        expected[i] = N / (double)CELLS;
    double p = chi_square(cell, expected, CELLS);
    cr_assert_not(is_rare(p), "cells: p = %g", p);

    for (int i = TAIL; i < ALL_PARTS; i++)
        expected[i] = N * part_probability(i);
    p = chi_square(part + TAIL, expected + TAIL, ALL_PARTS - TAIL);
    cr_assert_not(is_rare(p), "parts: p = %g", p);
    p = two_sided(((double)tails - expected[TAIL]) / sqrt(expected[TAIL]));
    cr_assert_not(is_rare(p), "%zu in the tail: p = %g", tails, p);
    p = smirnov(tail, tails, exponential_cdf);
    cr_assert_not(is_rare(p), "tail: p = %g", p);
}

/* ---- every distribution as a whole ---- */

static double draw_exponential(struct sampler *sampler)
{
    return sampler_exponential(sampler, 1.0);
}

static double draw_lognormal(struct sampler *sampler)
{
    return exp(1.0 + 0.5 * sampler_normal(sampler));
}

static double draw_gamma(struct sampler *sampler)
{
    gsl_rng rng = sampler_gsl(sampler);
    return gsl_ran_gamma(&rng, 2.5, 1.0);
}

static double draw_small_gamma(struct sampler *sampler)
{
    gsl_rng rng = sampler_gsl(sampler);
    return gsl_ran_gamma(&rng, 0.7, 1.0);
}

static double uniform_cdf(double x)
{
    return x;
}

static double normal_cdf(double x)
{
    return gsl_cdf_ugaussian_P(x);
}

static double lognormal_cdf(double x)
{
    return gsl_cdf_lognormal_P(x, 1.0, 0.5);
}

static double gamma_cdf(double x)
{
    return gsl_cdf_gamma_P(x, 2.5, 1.0);
}

static double small_gamma_cdf(double x)
{
    return gsl_cdf_gamma_P(x, 0.7, 1.0);
}

/* With s = 0.25: exp(1 + s/2), (exp(s) - 1) exp(2 + s), exp(4s) + 2 exp(3s) + 3 exp(2s) - 3. */
static const double lognormal_mean = 3.0802168489180312;
static const double lognormal_variance = 2.6947581243449477;
static const double lognormal_kurtosis = 8.8984456737847790;

static const struct distribution {
    const char *name;
    double (*draw)(struct sampler *);
    double (*cdf)(double);
    double mean;
    double variance;
    double kurtosis; /* 3 for a normal */
} distributions[] = {
    {"uniform", sampler_uniform, uniform_cdf, 0.5, 1.0 / 12.0, 1.8},
    {"exponential", draw_exponential, exponential_cdf, 1.0, 1.0, 9.0},
    {"normal", sampler_normal, normal_cdf, 0.0, 1.0, 3.0},
    {"lognormal", draw_lognormal, lognormal_cdf, lognormal_mean, lognormal_variance,
     lognormal_kurtosis},
    {"gamma of shape 2.5", draw_gamma, gamma_cdf, 2.5, 2.5, 3.0 + 6.0 / 2.5},
    {"gamma of shape 0.7", draw_small_gamma, small_gamma_cdf, 0.7, 0.7, 3.0 + 6.0 / 0.7},
};

enum { SAMPLE = 200000 };

static void assert_distribution(const struct distribution *which, double sample[SAMPLE])
{
    double mean = gsl_stats_mean(sample, 1, SAMPLE);
    double p = two_sided((mean - which->mean) / sqrt(which->variance / SAMPLE));
    cr_assert_not(is_rare(p), "mean of %s: p = %g", which->name, p);
    double variance = gsl_stats_variance_with_fixed_mean(sample, 1, SAMPLE, which->mean);
    double sd = which->variance * sqrt((which->kurtosis - 1.0) / SAMPLE);
    p = two_sided((variance - which->variance) / sd);
    cr_assert_not(is_rare(p), "variance of %s: p = %g", which->name, p);
    p = smirnov(sample, SAMPLE, which->cdf);
    cr_assert_not(is_rare(p), "%s: p = %g", which->name, p);
}

Test(sampler, distributions_by_kolmogorov_smirnov_mean_and_variance)
{
    static double sample[SAMPLE];
    for (size_t which = 0; which < sizeof distributions / sizeof distributions[0]; which++) {
        struct sampler sampler;
        sampler_init(&sampler, &base, 100 + which);
        for (int i = 0; i < SAMPLE; i++)
            sample[i] = distributions[which].draw(&sampler);
        assert_distribution(&distributions[which], sample);
        /* And it would notice a scale that is 5% off. */
        for (int i = 0; i < SAMPLE; i++)
            sample[i] *= 1.05;
        cr_assert(is_rare(smirnov(sample, SAMPLE, distributions[which].cdf)));
    }
}

/* ---- independence ---- */

enum { PAIRS = 100000, GRID = 16 };

/* Of pairs of words by four of their bits each, against 16 x 16 equal cells. */
static double grid(const uint64_t a[], const uint64_t b[], int a_shift, int b_shift)
{
    double count[GRID * GRID] = {0.0};
    double expected[GRID * GRID];
    for (int i = 0; i < PAIRS; i++)
        count[(a[i] >> a_shift) % GRID * GRID + (b[i] >> b_shift) % GRID]++;
    for (int i = 0; i < GRID * GRID; i++)
        expected[i] = (double)PAIRS / (GRID * GRID);
    return chi_square(count, expected, GRID * GRID);
}

/* The least p of three tests: of the uniforms' correlation, and of the highest and the lowest bits,
 * which make uniforms and layers. */
static double independence(const uint64_t a[PAIRS], const uint64_t b[PAIRS])
{
    static double x[PAIRS];
    static double y[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
        x[i] = stream_uniform(a[i]);
        y[i] = stream_uniform(b[i]);
    }
    double p = two_sided(gsl_stats_correlation(x, 1, y, 1, PAIRS) * sqrt(PAIRS));
    return fmin(p, fmin(grid(a, b, 60, 60), grid(a, b, 0, 0)));
}

/* A series of words: a sequence from `skip` on, or what stream_bits() gives for block after
 * block. */
struct source {
    const char *name;
    struct stream stream;
    uint64_t entity;
    int skip;
    bool blocks;
};

static void read_words(const struct source *source, uint64_t words[PAIRS])
{
    struct sampler sampler;
    sampler_init(&sampler, &source->stream, source->entity);
    for (int i = 0; i < source->skip; i++)
        sampler_bits(&sampler);
    for (int i = 0; i < PAIRS; i++)
        words[i] = sampler_bits(&sampler);
    for (uint64_t i = 0; source->blocks && i < PAIRS / STREAM_LANES; i++)
        stream_bits(&source->stream, source->entity, i, words + i * STREAM_LANES);
}

#define FAR ((uint64_t)1 << 40)

Test(sampler, neighbours_are_independent)
{
    static const struct source here = {"itself", {1, 1, 1}, 1, 0, false};
    static const struct source neighbours[] = {
        {"the next entity", {1, 1, 1}, 2, 0, false},
        {"the entity before", {1, 1, 1}, 0, 0, false},
        {"an entity far away", {1, 1, 1}, 1 + FAR, 0, false},
        {"the next replication", {1, 2, 1}, 1, 0, false},
        {"a replication far away", {1, 1 + FAR, 1}, 1, 0, false},
        {"the next seed", {2, 1, 1}, 1, 0, false},
        {"a seed far away", {1 + FAR, 1, 1}, 1, 0, false},
        {"the next domain", {1, 1, 2}, 1, 0, false},
        {"the next lane", {1, 1, 1}, 1, 1, false},
        {"two lanes on", {1, 1, 1}, 1, 2, false},
        {"three lanes on", {1, 1, 1}, 1, 3, false},
        {"the next block", {1, 1, 1}, 1, STREAM_LANES, false},
        {"the next refill", {1, 1, 1}, 1, SAMPLER_WORDS, false},
        {"the blocks of the entity", {1, 1, 1}, 1, 0, true},
        {"the blocks of the next entity", {1, 1, 1}, 2, 0, true},
    };
    static uint64_t a[PAIRS];
    static uint64_t b[PAIRS];
    read_words(&here, a);
    for (size_t i = 0; i < sizeof neighbours / sizeof neighbours[0]; i++) {
        read_words(&neighbours[i], b);
        double p = independence(a, b);
        cr_assert_not(is_rare(p), "%s: p = %g", neighbours[i].name, p);
    }
    /* And it would notice one word in twenty in common. */
    for (int i = 0; i < PAIRS; i += 20)
        b[i] = a[i];
    cr_assert(is_rare(independence(a, b)));
}

/* The layer and the place are parts of one word. */
Test(sampler, layer_and_place_are_independent)
{
    static uint64_t a[PAIRS];
    read_words(&(struct source){.stream = base, .entity = 3}, a);
    for (int layer_bit = 0; layer_bit <= 4; layer_bit += 4)
        for (int place_bit = 12; place_bit <= 60; place_bit += 16) {
            double p = grid(a, a, layer_bit, place_bit);
            cr_assert_not(is_rare(p), "bits %d and %d: p = %g", layer_bit, place_bit, p);
        }
}

Test(sampler, exponentials_in_a_row_are_independent)
{
    double count[GRID * GRID] = {0.0};
    double expected[GRID * GRID];
    struct sampler sampler;
    sampler_init(&sampler, &base, 4);
    for (int i = 0; i < 5 * PAIRS; i++) {
        int first = cell_of(sampler_exponential(&sampler, 1.0), GRID);
        int second = cell_of(sampler_exponential(&sampler, 1.0), GRID);
        count[first * GRID + second]++;
    }
    for (int i = 0; i < GRID * GRID; i++)
        expected[i] = 5.0 * PAIRS / (GRID * GRID);
    double p = chi_square(count, expected, GRID * GRID);
    cr_assert_not(is_rare(p), "p = %g", p);
}
