#include "scenarios/target.h"

#include <math.h>
#include <stdlib.h>

#include "scenarios/unit_figure.h"

void target_fini(struct target *target)
{
    for (size_t c = 0; target->units != NULL && c < target->configurations; c++)
        free(target->units[c].hospital);
    free(target->units);
    free(target->applies);
    free(target->place);
    free(target->name);
    *target = (struct target){0};
}

const char *target_metric_name(const struct target *target)
{
    return target->of == TARGET_OF_ALL ? metric_info(target->metric)->name
                                       : unit_metric_name(target->unit_metric);
}

const char *target_metric_unit(const struct target *target)
{
    return target->of == TARGET_OF_ALL ? metric_info(target->metric)->unit
                                       : unit_metric_unit(target->unit_metric);
}

const char *target_bound_name(enum target_bound bound)
{
    return bound == TARGET_AT_LEAST ? "at_least" : "at_most";
}

bool target_is_met(const struct target *target, double value)
{
    return target->bound == TARGET_AT_LEAST ? value >= target->limit : value <= target->limit;
}

bool target_any_of_units(const struct target target[], size_t targets)
{
    for (size_t t = 0; t < targets; t++)
        if (target[t].of != TARGET_OF_ALL)
            return true;
    return false;
}

double target_value(const struct target *target, const struct target_run *run, bool as_drawn)
{
    if (target->of != TARGET_OF_ALL) {
        const struct target_units *units = &target->units[run->configuration];
        return unit_figure(run->service, run->ledger->unit, units->hospital, units->hospitals,
                           target->unit_metric, run->years);
    }
    if (target->against_baseline)
        return experiment_difference(run->baseline, run->ledger, target->metric, as_drawn);
    return as_drawn ? run->ledger->drawn[target->metric] : run->ledger->expected[target->metric];
}

/* NAN if there is nothing to share. */
static double share(uint64_t some, uint64_t all)
{
    return (double)some / (double)all;
}

/* On which side of the limit the interval lies whole; false too while there is no interval. */
static bool is_surely(const struct target *target, const struct estimate *mean)
{
    bool low = target_is_met(target, mean->low), high = target_is_met(target, mean->high);
    return !isnan(mean->low) && !isnan(mean->high) && low == high;
}

struct target_verdict target_judge(const struct experiment *experiment, size_t arm, size_t target)
{
    const struct arm *of = &experiment->arm[arm];
    const struct target *asked = &experiment->target[target];
    const struct target_tally *tally = &of->target[target];
    struct target_verdict verdict = {
        .asked = asked->applies[of->configuration] && !(asked->against_baseline && arm == 0),
        .unstable = of->unstable || (asked->against_baseline && experiment->arm[0].unstable),
        .mean = {.mean = NAN, .sd = NAN, .low = NAN, .high = NAN},
        .years_met = NAN,
        .evidence_met = NAN};
    bool quoted = !asked->against_baseline || verdict.unstable ||
                  experiment_quotes(experiment, of, asked->metric);
    verdict.known = verdict.asked && !verdict.unstable && quoted && tally->value.n > 0;
    if (!verdict.known)
        return verdict;
    verdict.mean = estimate_from_tally(&tally->value, 0.95);
    verdict.met = target_is_met(asked, verdict.mean.mean);
    verdict.surely = is_surely(asked, &verdict.mean);
    verdict.years_met = share(tally->years_met, tally->years);
    verdict.evidence_met = share(tally->draws_met, tally->draws);
    return verdict;
}
