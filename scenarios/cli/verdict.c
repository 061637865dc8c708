#include "scenarios/cli/verdict.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scenarios/figure.h"

enum { MOST_RANKED = 64 };

static const struct configuration *configuration_of(const struct experiment *experiment,
                                                    const struct arm *arm)
{
    return &experiment->design->configuration[arm->configuration];
}

static double care_share(const struct experiment *experiment, const struct arm *arm)
{
    return configuration_of(experiment, arm)->parameters.value[P_UNIT_ORGANISED_CARE_SHARE];
}

static bool same_value(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static bool same_hospitals(const struct configuration *a, const struct configuration *b)
{
    if (a->hospitals != b->hospitals)
        return false;
    for (size_t h = 0; h < a->hospitals; h++) {
        const struct hospital *one = &a->hospital[h], *other = &b->hospital[h];
        if (one->site != other->site || one->roles != other->roles ||
            memcmp(one->beds, other->beds, sizeof one->beds) != 0)
            return false;
        for (int which = 0; which < UNIT_PARAMETERS; which++)
            if (!same_value(one->own[which], other->own[which]))
                return false;
    }
    return true;
}

bool verdict_only_care_differs(const struct experiment *experiment, const struct arm *a,
                               const struct arm *b)
{
    const struct configuration *one = configuration_of(experiment, a);
    const struct configuration *other = configuration_of(experiment, b);
    for (int id = 0; id < PARAMETER_COUNT; id++)
        if ((id == P_UNIT_ORGANISED_CARE_SHARE) ==
            same_value(one->parameters.value[id], other->parameters.value[id]))
            return false;
    return same_hospitals(one, other);
}

double verdict_turning_share(const struct experiment *experiment, const struct arm *a,
                             const struct arm *b, const struct arm *other)
{
    double deaths_a = a->summary[METRIC_DEATHS_90D].mean;
    double deaths_b = b->summary[METRIC_DEATHS_90D].mean;
    double way = (deaths_a - other->summary[METRIC_DEATHS_90D].mean) / (deaths_a - deaths_b);
    if (!(way >= 0 && way <= 1))
        return NAN;
    double share_a = care_share(experiment, a);
    return share_a + way * (care_share(experiment, b) - share_a);
}

static double saved(const struct arm *arm)
{
    return arm->difference[METRIC_LIVES_SAVED].mean;
}

/* Arms by lives saved, the most first. */
static size_t rank(const struct experiment *experiment, const struct arm *ranked[MOST_RANKED])
{
    size_t n = 0;
    for (size_t a = 1; a < experiment->arms && n < MOST_RANKED; a++) {
        const struct arm *arm = &experiment->arm[a];
        if (!experiment_is_comparable(experiment, arm))
            continue;
        size_t at = n++;
        for (; at > 0 && saved(ranked[at - 1]) < saved(arm); at--)
            ranked[at] = ranked[at - 1];
        ranked[at] = arm;
    }
    return n;
}

static const char *name_of(const struct experiment *experiment, const struct arm *arm)
{
    return configuration_of(experiment, arm)->name;
}

static void say_turning(const struct experiment *experiment, const struct arm *a,
                        const struct arm *b)
{
    bool begun = false;
    for (size_t o = 1; o < experiment->arms; o++) {
        const struct arm *other = &experiment->arm[o];
        double share = other == a || other == b || !experiment_is_comparable(experiment, other)
                           ? NAN
                           : verdict_turning_share(experiment, a, b, other);
        if (isnan(share))
            continue;
        if (!begun)
            printf(
                "  %s and %s differ in organised care alone\n"
                "  (%s%% and %s%% of their patients are offered it). The verdict turns where as\n"
                "  many die as in the other:\n",
                name_of(experiment, a), name_of(experiment, b),
                figure_of(care_share(experiment, a), "share").text,
                figure_of(care_share(experiment, b), "share").text);
        begun = true;
        printf("    at %s%% against %s\n", figure_of(share, "share").text,
               name_of(experiment, other));
    }
}

void verdict_say(const struct experiment *experiment)
{
    const struct arm *ranked[MOST_RANKED];
    size_t n = rank(experiment, ranked);
    if (n < 2)
        return;
    printf("Of these %s saves the most lives, %s a year against %s; then",
           name_of(experiment, ranked[0]), figure_change(saved(ranked[0]), "a year").text,
           name_of(experiment, &experiment->arm[0]));
    for (size_t i = 1; i < n; i++)
        printf("%s\n  %s (%s)", i > 1 ? "," : "", name_of(experiment, ranked[i]),
               figure_change(saved(ranked[i]), "a year").text);
    printf(".\n");
    for (size_t a = 1; a < experiment->arms; a++)
        for (size_t b = a + 1; b < experiment->arms; b++)
            if (experiment_is_comparable(experiment, &experiment->arm[a]) &&
                experiment_is_comparable(experiment, &experiment->arm[b]) &&
                verdict_only_care_differs(experiment, &experiment->arm[a], &experiment->arm[b]))
                say_turning(experiment, &experiment->arm[a], &experiment->arm[b]);
    putchar('\n');
}
