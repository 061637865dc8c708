#include <criterion/criterion.h>
#include <math.h>

#include "models/erlang.h"
#include "scenarios/sizing.h"

/* Units whose shares are known: Erlang's formula, at a load that grows as the next unit is short of
 * beds, as blocking would have it. */
struct formula {
    double load[3], factor; /* of the load that is told: less if patients are lost on the way */
    size_t units;
    int calls, fails_at;
};

static bool by_formula(void *context, const int beds[], double share[])
{
    struct formula *formula = context;
    double blocked = 0;
    if (++formula->calls == formula->fails_at)
        return false;
    for (size_t u = formula->units; u-- > 0;) {
        share[u] = formula->load[u] > 0
                       ? erlang_wait(formula->factor * formula->load[u] + blocked, beds[u])
                       : (double)NAN;
        blocked = formula->load[u] > 0 ? 2 * share[u] : blocked;
    }
    return true;
}

static void assert_no_bed_to_spare(double factor)
{
    for (double bound = .02; bound < .5; bound += .06) {
        struct formula formula = {.load = {6, 0, 9}, .factor = factor, .units = 3};
        struct sizing sizing = {.units = 3,
                                .load = formula.load,
                                .bound = bound,
                                .simulate = by_formula,
                                .context = &formula};
        int beds[3];
        double share[3], fewer[3];
        cr_assert_eq(sizing_find(&sizing, beds, share), SIZING_OK);
        for (size_t u = 0; u < 3; u += 2) {
            cr_expect_leq(share[u], bound);
            beds[u]--;
            by_formula(&formula, beds, fewer);
            cr_expect(fewer[0] > bound || fewer[2] > bound, "%zu could do with %d", u, beds[u]);
            beds[u]++;
        }
        /* Blocking asks for more in the first than it would need alone. */
        if (factor == 1)
            cr_expect_geq(beds[0], erlang_beds_for_wait(6, bound));
    }
}

/* Beginning with too few, and with too many. */
Test(sizing, keeps_the_bound_with_no_bed_to_spare)
{
    assert_no_bed_to_spare(1);
    assert_no_bed_to_spare(.7);
}

Test(sizing, says_when_it_cannot)
{
    struct formula formula = {.load = {2 * SIZING_MOST_BEDS}, .factor = 1, .units = 1};
    struct sizing sizing = {
        .units = 1, .load = formula.load, .bound = .1, .simulate = by_formula, .context = &formula};
    int beds[1];
    double share[1];
    cr_expect_eq(sizing_find(&sizing, beds, share), SIZING_NOT_FOUND);
    formula = (struct formula){.load = {5}, .factor = 1, .units = 1, .fails_at = 1};
    cr_expect_eq(sizing_find(&sizing, beds, share), SIZING_FAILED);
    formula = (struct formula){.load = {5}, .factor = 1, .units = 1, .fails_at = 2};
    cr_expect_eq(sizing_find(&sizing, beds, share), SIZING_FAILED);
}
