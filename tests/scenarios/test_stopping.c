/* When a run by precision stops, and whether its interval still covers. */
#include <criterion/criterion.h>
#include <math.h>

#include "scenarios/stopping.h"
#include "sim/estimate.h"
#include "sim/sampler.h"

Test(stopping, looks_every_sixteen_from_thirty_on)
{
    static const uint64_t looks[] = {32, 48, 64, 992};
    static const uint64_t passes[] = {0, 1, 16, 30, 31, 33, 47, 999};
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        cr_expect(stopping_looks(looks[i]));
    for (size_t i = 0; i < sizeof passes / sizeof *passes; i++)
        cr_expect(!stopping_looks(passes[i]));
}

/* 4 and 6: mean 5, standard error 1, t(1) 12.706. */
Test(stopping, is_precise_at_the_half_width)
{
    struct tally tally = {0};
    cr_expect(stopping_is_precise(&tally, 0.1), "what does not apply holds nobody up");
    tally_add(&tally, 4);
    cr_expect(stopping_is_precise(&tally, 0.1));
    tally_add(&tally, 6);
    cr_expect(stopping_is_precise(&tally, 12.707));
    cr_expect(!stopping_is_precise(&tally, 12.706));
}

struct coverage {
    double covered, replications;
};

/* The share of runs whose interval, when they stop, has the true mean in it. */
static struct coverage measure(double half_width, bool skewed)
{
    enum { RUNS = 10000 };
    struct sampler sampler;
    const struct stream stream = {.seed = 1, .replication = skewed ? 2 : 1};
    struct coverage coverage = {0};
    sampler_init(&sampler, &stream, (uint64_t)(1000 * half_width));
    for (int run = 0; run < RUNS; run++) {
        struct tally tally = {0};
        while (tally.n < STOPPING_MOST &&
               !(stopping_looks(tally.n) && stopping_is_precise(&tally, half_width)))
            tally_add(&tally,
                      skewed ? sampler_exponential(&sampler, 1) - 1 : sampler_normal(&sampler));
        struct estimate estimate = estimate_from_tally(&tally, 0.95);
        coverage.covered += estimate.low <= 0 && estimate.high >= 0;
        coverage.replications += (double)tally.n;
    }
    coverage.covered /= RUNS;
    coverage.replications /= RUNS;
    return coverage;
}

/* Of 10,000 runs a share of .95 has a standard error of .0022, so .943 to .957 is three of them. A
 * figure that is one bell curve loses next to nothing, be it reached at the first look or at the
 * tenth; a skewed one, an exponential, loses up to three in a hundred. */
Test(stopping, hardly_costs_coverage)
{
    static const double half_widths[] = {0.5, 0.3, 0.2, 0.15};
    double before = 0;
    for (size_t i = 0; i < sizeof half_widths / sizeof *half_widths; i++) {
        struct coverage normal = measure(half_widths[i], false);
        struct coverage skewed = measure(half_widths[i], true);
        cr_log_info("half-width %g: %g after %g; skewed %g after %g", half_widths[i],
                    normal.covered, normal.replications, skewed.covered, skewed.replications);
        cr_expect(normal.covered > 0.938 && normal.covered < 0.957, "%g: %g", half_widths[i],
                  normal.covered);
        cr_expect(skewed.covered > 0.915 && skewed.covered < 0.957, "%g: %g", half_widths[i],
                  skewed.covered);
        cr_expect_geq(normal.replications, before);
        before = normal.replications;
    }
    cr_expect_gt(before, 160, "the rule went on: %g", before);
}
