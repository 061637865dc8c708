#include "scenarios/cli/network_answer.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scenarios/figure.h"
#include "sim/estimate.h"

struct text {
    char text[96];
};

static struct text beds_of(const struct network_ward *ward)
{
    struct text beds;
    if (ward->by_hour)
        snprintf(beds.text, sizeof beds.text, "by hour");
    else if (ward->beds == NETWORK_UNLIMITED)
        snprintf(beds.text, sizeof beds.text, "any");
    else
        snprintf(beds.text, sizeof beds.text, "%d", ward->beds);
    return beds;
}

static struct figure ward_figure(const struct network_arm *arm, size_t w, enum ward_metric metric)
{
    const struct tally *tally = &arm->ward[w].of[metric];
    return figure_of(tally->n > 0 ? tally->mean : (double)NAN, ward_metric_unit(metric));
}

/* A ward a row, what a planner looks at in columns. */
static void print_wards(const struct network_arm *arm)
{
    static const struct {
        enum ward_metric metric;
        const char *heading;
    } column[] = {{WARD_BEDS_IN_USE, "in use"},   {WARD_OCCUPANCY, "occupied %"},
                  {WARD_BLOCKED_BEDS, "blocked"}, {WARD_DELAYED_BEDS, "delayed"},
                  {WARD_SHARE_WAITING, "wait %"}, {WARD_WAIT_DAYS, "wait days"},
                  {WARD_SHARE_LOST, "lost %"},    {WARD_ADMISSIONS, "a year"}};
    enum { COLUMNS = sizeof column / sizeof *column };
    const struct network *network = arm->network;
    printf("%-28s %8s", "ward", "beds");
    for (size_t i = 0; i < COLUMNS; i++)
        printf(" %10s", column[i].heading);
    putchar('\n');
    for (size_t w = 0; w < network->wards; w++) {
        printf("%-28.28s %8s", network->ward[w].name, beds_of(&network->ward[w]).text);
        for (size_t i = 0; i < COLUMNS; i++)
            printf(" %10s", ward_figure(arm, w, column[i].metric).text);
        putchar('\n');
    }
    putchar('\n');
}

static struct text range_of(const struct estimate *estimate, const char *unit, bool change)
{
    struct text range;
    struct figure low =
        change ? figure_change(estimate->low, unit) : figure_of(estimate->low, unit);
    struct figure high =
        change ? figure_change(estimate->high, unit) : figure_of(estimate->high, unit);
    if (isnan(estimate->low))
        snprintf(range.text, sizeof range.text, "-");
    else
        snprintf(range.text, sizeof range.text, "%s to %s", low.text, high.text);
    return range;
}

static void print_unstable(const struct network_experiment *experiment,
                           const struct network_arm *arm)
{
    printf("%s: unstable. More patients come than its beds can take: %s were inside when a\n"
           "  replication was stopped (run.max_inside), so no mean is quoted.\n\n",
           arm->network->name, figure_count(experiment->scenario->max_inside).text);
}

static void print_alone(const struct network_arm *arm)
{
    printf("%-24s %-10s %12s  %s\n", "all wards", "unit", "mean", "how well computed (95%)");
    for (int m = 0; m < NETWORK_METRICS; m++) {
        struct estimate estimate = estimate_from_tally(&arm->summary[m], 0.95);
        const char *unit = network_metric_unit((enum network_metric)m);
        if (estimate.n > 0)
            printf("%-24s %-10s %12s  %s\n", network_metric_name((enum network_metric)m),
                   figure_unit(unit), figure_of(estimate.mean, unit).text,
                   range_of(&estimate, unit, false).text);
    }
    putchar('\n');
}

static void print_difference(const struct network_experiment *experiment,
                             const struct network_arm *arm)
{
    const struct network_arm *baseline = &experiment->arm[0];
    printf("%-24s %-10s %11.11s %11.11s %11s  %s\n", "all wards", "unit", baseline->network->name,
           arm->network->name, "difference", "how well computed (95%)");
    for (int m = 0; m < NETWORK_METRICS; m++) {
        struct estimate estimate = estimate_from_tally(&arm->difference[m], 0.95);
        const char *unit = network_metric_unit((enum network_metric)m);
        if (estimate.n == 0)
            continue;
        printf("%-24s %-10s %11s %11s %11s  %s\n", network_metric_name((enum network_metric)m),
               figure_unit(unit), figure_of(baseline->summary[m].mean, unit).text,
               figure_of(arm->summary[m].mean, unit).text, figure_change(estimate.mean, unit).text,
               range_of(&estimate, unit, true).text);
    }
    putchar('\n');
}

static void print_method(const struct network_experiment *experiment)
{
    const struct scenario *about = experiment->scenario->about;
    printf(
        "%llu replication%s of %g years on the same patients, after a warm-up of %s days%s.\n"
        "In use, occupied, blocked (by patients who wait for another ward) and delayed (ready to\n"
        "leave) are averages over time; wait and lost are shares of those who asked for a bed.\n",
        (unsigned long long)experiment->replications, experiment->replications == 1 ? "" : "s",
        about->design.years, figure_count(experiment->scenario->warm_up_days).text,
        experiment->complete ? "" : "; INTERRUPTED, so this is partial");
}

void network_answer(const struct network_experiment *experiment)
{
    printf("%s\n\n", experiment->scenario->about->title);
    for (size_t a = 0; a < experiment->arms; a++) {
        const struct network_arm *arm = &experiment->arm[a];
        if (arm->unstable) {
            print_unstable(experiment, arm);
            continue;
        }
        printf("%s: %s\n", arm->network->name, arm->network->title);
        print_wards(arm);
    }
    if (experiment->arms == 1 && !experiment->arm[0].unstable)
        print_alone(&experiment->arm[0]);
    for (size_t a = 1; a < experiment->arms; a++)
        if (network_is_comparable(experiment, &experiment->arm[a]))
            print_difference(experiment, &experiment->arm[a]);
    print_method(experiment);
}
