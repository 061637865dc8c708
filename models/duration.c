#include "models/duration.h"

#include <math.h>
#include <string.h>

#include "sim/variate.h"

static const char *const names[DURATION_FAMILIES] = {
    [DURATION_CONSTANT] = "constant", [DURATION_EXPONENTIAL] = "exponential",
    [DURATION_GAMMA] = "gamma",       [DURATION_LOGNORMAL] = "lognormal",
    [DURATION_UNIFORM] = "uniform",
};

const char *duration_name(enum duration_family family)
{
    return names[family];
}

int duration_find(const char *name)
{
    for (int family = 0; family < DURATION_FAMILIES; family++)
        if (strcmp(names[family], name) == 0)
            return family;
    return -1;
}

/* Beyond these spreads, in means, quantiles are not to be told from 0 or from one another. */
static const double least_spread = 1e-6, greatest_spread = 1e3;

/* Of those that have a spread of their own. */
static const char *fault_of_spread(enum duration_family family, double mean, double sd,
                                   const char **remedy)
{
    if (isnan(sd)) {
        *remedy = "give its standard deviation, or call it exponential or constant";
        return "needs a standard deviation";
    }
    if (!(mean > 0) || !(sd > 0)) {
        *remedy = "a mean and a standard deviation above 0; without spread it is constant";
        return "needs a mean and a standard deviation above 0";
    }
    if (!(sd >= least_spread * mean && sd <= greatest_spread * mean)) {
        *remedy = "a standard deviation from a millionth to a thousand times the mean; without "
                  "spread it is constant";
        return "has a spread that cannot be drawn from";
    }
    *remedy = "a standard deviation of at most 0.577 of the mean (the mean by the root of 3)";
    if (family == DURATION_UNIFORM && sd * sqrt(3) > mean * (1 + 1e-9))
        return "would begin below 0";
    return NULL;
}

const char *duration_fault(enum duration_family family, double mean, double sd, const char **remedy)
{
    *remedy = "a mean and a standard deviation of at least 0";
    if (!(mean >= 0) || sd < 0)
        return "cannot be negative";
    switch (family) {
    case DURATION_CONSTANT:
        *remedy = "leave it empty, or name a distribution that spreads, such as lognormal";
        return isnan(sd) || sd == 0 ? NULL : "has no standard deviation";
    case DURATION_EXPONENTIAL:
        *remedy = "leave it empty, or name a distribution with a spread of its own, such as gamma";
        return isnan(sd) || fabs(sd - mean) <= 1e-9 * mean
                   ? NULL
                   : "has its mean as its standard deviation";
    default:
        return fault_of_spread(family, mean, sd, remedy);
    }
}

struct duration duration_of(enum duration_family family, double mean, double sd)
{
    struct duration duration = {.family = family, .mean = mean, .sd = sd};
    switch (family) {
    case DURATION_CONSTANT:
        duration.sd = 0;
        break;
    case DURATION_EXPONENTIAL:
        duration.sd = mean;
        break;
    case DURATION_GAMMA:
        duration.a = mean / sd * (mean / sd);
        duration.b = sd / mean * sd;
        break;
    case DURATION_LOGNORMAL:
        variate_lognormal_moments(mean, sd, &duration.a, &duration.b);
        break;
    default:
        duration.a = fmax(0, mean - sd * sqrt(3));
        duration.b = mean + sd * sqrt(3);
    }
    return duration;
}

/* Multiplied by nothing, what takes time takes none, whatever its distribution was. */
struct duration duration_scaled(const struct duration *duration, double factor)
{
    return factor > 0
               ? duration_of(duration->family, duration->mean * factor, duration->sd * factor)
               : duration_of(DURATION_CONSTANT, 0, NAN);
}

double duration_draw(const struct duration *duration, double u)
{
    switch (duration->family) {
    case DURATION_CONSTANT:
        return duration->mean;
    case DURATION_EXPONENTIAL:
        return variate_exponential(u, duration->mean);
    case DURATION_GAMMA:
        return variate_gamma(u, duration->a, duration->b);
    case DURATION_LOGNORMAL:
        return variate_lognormal(u, duration->a, duration->b);
    default:
        return duration->a + u * (duration->b - duration->a);
    }
}
