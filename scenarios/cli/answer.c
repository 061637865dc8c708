#include "scenarios/cli/answer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/load.h"
#include "scenarios/cli/full_years.h"
#include "scenarios/cli/journeys.h"
#include "scenarios/cli/targets.h"
#include "scenarios/cli/verdict.h"
#include "scenarios/figure.h"
#include "scenarios/plain_words.h"
#include "scenarios/worth.h"
#include "sim/estimate.h"

/* What the table shows, in a reader's order; everything else is in the files. */
static const enum metric shown[] = {
    METRIC_STROKES,
    METRIC_DEATHS_90D,
    METRIC_MORTALITY_90D,
    METRIC_LIVES_SAVED,
    METRIC_MRS_0_2_90D,
    METRIC_IVT_RATE,
    METRIC_ORGANISED_CARE,
    METRIC_TRAVEL_MIN,
    METRIC_WITHIN_30_MIN,
    METRIC_CALL_TO_DOOR_MIN,
    METRIC_DOOR_TO_NEEDLE_P50_MIN,
    METRIC_ONSET_TO_NEEDLE_MIN,
    METRIC_DIRECT_TO_HASU,
    METRIC_HASU_BEDS_IN_USE,
    METRIC_SU_BEDS_IN_USE,
    METRIC_HASU_WAIT_HOURS,
    METRIC_SU_WAIT_DAYS,
    METRIC_TRANSFERS,
    METRIC_LOS_DAYS,
    METRIC_COST_PER_PATIENT_90D_GBP,
    METRIC_COST_LIFETIME_GBP,
    METRIC_QALYS_90D,
    METRIC_QALYS_LIFETIME,
    METRIC_NET_MONETARY_BENEFIT_GBP,
};

enum { SHOWN = sizeof shown / sizeof *shown };

static const char *name_of(const struct experiment *experiment, const struct arm *arm)
{
    return experiment->design->configuration[arm->configuration].name;
}

/* --- in words --------------------------------------------------------------------------------- */

/* Chance alone, in the direction of the sentence; of too few replications nothing can be said. */
static void say_years(const struct experiment *experiment, const struct arm *arm, bool loses)
{
    enum { FEWEST = 20 };
    double low, high, years = experiment->design->years;
    experiment_year_range(arm, METRIC_LIVES_SAVED, &low, &high);
    if (experiment->replications < FEWEST || isnan(low))
        return;
    if (years == 1)
        printf("  Between single years,");
    else
        printf("  Between windows of %g years,", years);
    printf(" chance alone makes it %s to %s %s.\n", figure_people(loses ? -high : low).text,
           figure_people(loses ? -low : high).text, loses ? "lost" : "saved");
}

static void say_lives(const struct experiment *experiment, const struct arm *arm)
{
    double saved = arm->difference[METRIC_LIVES_SAVED].mean, low, high, middle;
    double points = arm->difference[METRIC_MORTALITY_90D].mean;
    bool loses = saved < 0;
    experiment_evidence_range(experiment, arm, METRIC_LIVES_SAVED, &low, &high);
    middle = experiment_evidence_middle(experiment, arm, METRIC_LIVES_SAVED);
    printf("%s instead of %s: ", name_of(experiment, arm),
           name_of(experiment, &experiment->arm[0]));
    if (saved == 0 && (isnan(low) || (low == 0 && high == 0))) {
        printf("no life saved or lost.\n");
        return;
    }
    printf("about %s lives a year %s", figure_people(fabs(saved)).text, loses ? "lost" : "saved");
    if (!isnan(low))
        printf("\n  (the evidence allows %s to %s, its middle is %s)",
               figure_people(loses ? -high : low).text, figure_people(loses ? -low : high).text,
               figure_people(loses ? -middle : middle).text);
    printf(", of %s strokes a year;\n  deaths within 90 days change by %s percentage points.\n",
           figure_count(arm->summary[METRIC_STROKES].mean).text,
           figure_change(points, "share").text);
    if (!isnan(low))
        printf("  %.0f%% of %llu draws of the uncertain evidence save lives.\n",
               100 * experiment_evidence_above_zero(experiment, arm, METRIC_LIVES_SAVED),
               (unsigned long long)experiment->draws);
    say_years(experiment, arm, loses);
}

/* Whether an arm prevents other strokes than the baseline. */
static bool prevents(const struct experiment *experiment, const struct arm *arm)
{
    return !experiment_quotes(experiment, arm, METRIC_QALYS_LIFETIME);
}

/* Where the lives come from, the largest first; what is nothing is left out. */
static void say_drivers(const struct experiment *experiment, const struct arm *arm)
{
    bool said[DRIVERS + 1] = {false};
    int count = 0;
    for (;;) {
        int largest = -1;
        for (enum driver driver = 0; driver <= DRIVERS; driver++)
            if (!said[driver] && fabs(arm->driver[driver].mean) >= 0.05 &&
                (largest < 0 || fabs(arm->driver[driver].mean) > fabs(arm->driver[largest].mean)))
                largest = (int)driver;
        if (largest < 0)
            break;
        printf("%s%s %s", count == 0 ? "  Of these " : ", ",
               driver_words((enum driver)largest, prevents(experiment, arm)),
               figure_change(arm->driver[largest].mean, "a year").text);
        said[largest] = true;
        count++;
    }
    if (count > 0)
        printf(" lives a year.\n");
}

static void say_journeys(const struct experiment *experiment, const struct arm *arm)
{
    struct journeys journeys = journeys_compare(experiment, arm);
    if (isnan(journeys.longer_share))
        return; /* nobody came by ambulance */
    double before = experiment->arm[0].summary[METRIC_TRAVEL_MIN].mean;
    double after = arm->summary[METRIC_TRAVEL_MIN].mean;
    if (journeys.longer_share == 0 && fabs(after - before) < 0.05) {
        printf("  The ambulance journey stays at %s min on average.\n",
               figure_of(after, "min").text);
        return;
    }
    printf("  The ambulance journey is %s min on average, not %s;", figure_of(after, "min").text,
           figure_of(before, "min").text);
    printf(" longer by over a minute for\n  %s%% of strokes",
           figure_of(journeys.longer_share, "share").text);
    if (journeys.most_group != NULL && journeys.most_min > 0)
        printf(", most in %s (%s min)", journeys.most_group,
               figure_change(journeys.most_min, "min").text);
    printf(".\n");
}

/* What a fleet of ambulances has to do with it; said only where both sides have one. */
static void say_fleet(const struct experiment *experiment, const struct arm *arm)
{
    const struct tally *before = experiment->arm[0].summary, *after = arm->summary;
    if (before[METRIC_FLEET_UTILISATION].n == 0 || after[METRIC_FLEET_UTILISATION].n == 0)
        return;
    printf("  Ambulances are away for %s hours a year on the stroke pathway, not %s,\n",
           figure_count(after[METRIC_AMBULANCE_HOURS].mean).text,
           figure_count(before[METRIC_AMBULANCE_HOURS].mean).text);
    printf("  and with all their work for %s%% of their hours, not %s%%;\n",
           figure_of(after[METRIC_FLEET_UTILISATION].mean, "share").text,
           figure_of(before[METRIC_FLEET_UTILISATION].mean, "share").text);
    printf("  a crew arrives %s min after the call on average, not %s.\n",
           figure_of(after[METRIC_RESPONSE_MIN].mean, "min").text,
           figure_of(before[METRIC_RESPONSE_MIN].mean, "min").text);
}

static void say_cost(const struct experiment *experiment, const struct arm *arm)
{
    enum metric metric = METRIC_COST_PER_PATIENT_90D_GBP;
    double low, high, cost = arm->difference[metric].mean;
    experiment_evidence_range(experiment, arm, metric, &low, &high);
    printf("  Cost of the first 90 days: GBP %s a stroke", figure_change(cost, "GBP").text);
    if (!isnan(low))
        printf(" (the evidence allows %s to %s)", figure_change(low, "GBP").text,
               figure_change(high, "GBP").text);
    printf(",\n  GBP %s million a year.\n",
           figure_change(arm->difference[METRIC_COST_90D_GBP].mean / 1e6, "GBP").text);
}

/* The ratio in words, or who dominates; and how well that is computed. */
static void say_ratio(const struct worth *worth)
{
    switch (worth->side) {
    case WORTH_SAME:
        break;
    case WORTH_DOMINATES:
        printf(",\n  so it dominates: no fewer QALYs for no more money");
        break;
    case WORTH_DOMINATED:
        printf(",\n  so it is dominated: no more QALYs for no less money");
        break;
    case WORTH_GAIN_AT_COST:
        printf(",\n  GBP %s for each QALY gained", figure_count(worth->ratio_gbp).text);
        break;
    case WORTH_LOSS_SAVING:
        printf(",\n  GBP %s saved for each QALY lost", figure_count(worth->ratio_gbp).text);
        break;
    }
    if (!isnan(worth->low))
        printf(" (bootstrap %s to %s)", figure_count(worth->low).text,
               figure_count(worth->high).text);
    else if (!isnan(worth->resampled_alike) && worth->side != WORTH_SAME)
        printf(" (in %.0f%% of bootstrap resamples)", 100 * worth->resampled_alike);
}

static void say_worth(const struct experiment *experiment, const struct arm *arm)
{
    enum metric benefit = METRIC_NET_MONETARY_BENEFIT_GBP;
    const struct service *service = &experiment->model.service[arm->configuration];
    struct worth worth = worth_of(arm, experiment->design->seed);
    double low, high;
    experiment_evidence_range(experiment, arm, benefit, &low, &high);
    printf("  Over lifetimes: %s QALYs and GBP %s million a year",
           figure_change(worth.qalys, "a year").text, figure_change(worth.gbp / 1e6, "GBP").text);
    say_ratio(&worth);
    printf(".\n  At GBP %s a QALY the net benefit is GBP %s million a year",
           figure_count(service->parameters.value[P_LIFETIME_THRESHOLD_GBP]).text,
           figure_change(arm->difference[benefit].mean / 1e6, "GBP").text);
    if (!isnan(low))
        printf("\n  (the evidence allows %s to %s; above 0 in %.0f%% of its draws)",
               figure_change(low / 1e6, "GBP").text, figure_change(high / 1e6, "GBP").text,
               100 * experiment_evidence_above_zero(experiment, arm, benefit));
    printf(".\n");
}

/* The largest demand of the run is that of its last year, or of its first if it falls. */
static void offer_most(const struct experiment *experiment, const struct service *service,
                       struct offered_load *load)
{
    const struct demand *demand = experiment->model.demand;
    double first[AGE_BANDS], last[AGE_BANDS], most[AGE_BANDS];
    demand_growth(demand, 0, first);
    demand_growth(demand, experiment->design->years, last);
    for (size_t band = 0; band < AGE_BANDS; band++)
        most[band] = fmax(first[band], last[band]);
    load_offered(service, experiment->model.mix, demand_grows(demand) ? most : NULL, load);
}

/* The largest share of a hospital's beds that its patients would fill, of all kinds and phases; NAN
 * where none are counted. */
static double fullest(const struct experiment *experiment, const struct service *first, size_t h)
{
    double share = NAN;
    struct offered_load *load = calloc(first->hospitals, sizeof *load);
    for (const struct service *phase = first; load != NULL && phase != NULL; phase = phase->next) {
        offer_most(experiment, phase, load);
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
            share = fmax(share, load_share(phase, h, kind, &load[h]));
    }
    free(load);
    return share;
}

/* Beds that are offered more than they can take make every other figure doubtful. */
static void say_load(const struct experiment *experiment, const struct arm *arm)
{
    const struct service *first = &experiment->model.service[arm->configuration];
    double most = 0;
    int high = 0;
    for (size_t h = 0; h < first->hospitals; h++) {
        double share = fullest(experiment, first, h);
        high += share > LOAD_HIGH;
        most = fmax(most, share);
    }
    if (high > 0)
        printf("  WARNING: in %s the patients of %d hospital%s would fill over %.0f%% of its beds\n"
               "  (%.0f%% at most). Queues grow and every figure depends on them; strokesim check\n"
               "  lists them.\n",
               name_of(experiment, arm), high, high == 1 ? "" : "s", 100 * LOAD_HIGH, 100 * most);
}

static void say(const struct experiment *experiment, const struct arm *arm)
{
    if (!experiment_is_comparable(experiment, arm)) {
        printf("%s: unstable. More patients come than its beds can take, so no mean is quoted.\n\n",
               name_of(experiment, arm->unstable ? arm : &experiment->arm[0]));
        return;
    }
    say_lives(experiment, arm);
    say_drivers(experiment, arm);
    say_journeys(experiment, arm);
    say_fleet(experiment, arm);
    say_cost(experiment, arm);
    if (prevents(experiment, arm))
        printf("  What a life without the stroke is worth is not counted, so of QALYs nothing is "
               "said.\n");
    else
        say_worth(experiment, arm);
    say_load(experiment, &experiment->arm[0]);
    say_load(experiment, arm);
    putchar('\n');
}

struct label {
    char text[64];
};

/* --- the table -------------------------------------------------------------------------------- */

/* Sums of money of a whole year are shown in millions. */
static struct figure shown_as(struct figure (*form)(double, const char *), double value,
                              const char *unit)
{
    if (strcmp(unit, "GBP a year") != 0 || isnan(value))
        return form(value, unit);
    struct figure millions = form(value / 1e6, unit), figure;
    snprintf(figure.text, sizeof figure.text, "%.30sm", millions.text);
    return figure;
}

static struct figure summary_figure(const struct arm *arm, enum metric metric)
{
    double value = arm->unstable || arm->summary[metric].n == 0 ? NAN : arm->summary[metric].mean;
    return shown_as(figure_of, value, metric_info(metric)->unit);
}

static bool worth_showing(const struct experiment *experiment, enum metric metric)
{
    if (metric == METRIC_LIVES_SAVED)
        return experiment->arms > 1;
    for (size_t a = 0; a < experiment->arms; a++)
        if (experiment->arm[a].summary[metric].n > 0)
            return true;
    return false;
}

/* The metric's name with what it does not say of its unit. */
static struct label label_of(enum metric metric)
{
    const struct metric_info *info = metric_info(metric);
    struct label label;
    bool a_year = strcmp(info->unit, "a year") == 0;
    bool share = figure_is_share(info->unit);
    snprintf(label.text, sizeof label.text, "%s%s", info->name,
             a_year  ? " a year"
             : share ? " %"
                     : "");
    return label;
}

static void print_range(double low, double high, const char *unit)
{
    char text[90];
    if (isnan(low) || isnan(high))
        snprintf(text, sizeof text, "-");
    else
        snprintf(text, sizeof text, "%s to %s", shown_as(figure_change, low, unit).text,
                 shown_as(figure_change, high, unit).text);
    printf("  %18s", text);
}

static void print_row(const struct experiment *experiment, const struct arm *arm,
                      enum metric metric)
{
    const char *unit = metric_info(metric)->unit;
    struct estimate difference = estimate_from_tally(&arm->difference[metric], 0.95);
    bool quoted = experiment_quotes(experiment, arm, metric);
    if (!quoted || difference.n == 0)
        difference.mean = difference.low = difference.high = NAN;
    bool saved = metric == METRIC_LIVES_SAVED;
    printf("%-24s %11s %11s %10s", label_of(metric).text,
           saved ? "" : summary_figure(&experiment->arm[0], metric).text,
           saved ? "" : summary_figure(arm, metric).text,
           shown_as(figure_change, difference.mean, unit).text);
    print_range(difference.low, difference.high, unit);
    double low, high;
    experiment_evidence_range(experiment, arm, metric, &low, &high);
    print_range(quoted ? low : NAN, high, unit);
    putchar('\n');
}

static void print_table(const struct experiment *experiment, const struct arm *arm)
{
    printf("%-24s %11.11s %11.11s %10s  %18s  %18s\n", "", name_of(experiment, &experiment->arm[0]),
           name_of(experiment, arm), "difference", "how well computed", "how sure evidence");
    for (size_t i = 0; i < SHOWN; i++)
        if (worth_showing(experiment, shown[i]))
            print_row(experiment, arm, shown[i]);
    putchar('\n');
}

static void print_method(const struct experiment *experiment)
{
    printf("%llu replication%s of %g year%s on the same patients, after a warm-up of %s days%s.\n",
           (unsigned long long)experiment->replications, experiment->replications == 1 ? "" : "s",
           experiment->design->years, experiment->design->years == 1 ? "" : "s",
           figure_count(experiment->warm_up_days).text,
           experiment->complete ? "" : "; INTERRUPTED, so this is partial");
}

/* One configuration on its own: every metric that applies. */
static void print_alone(const struct experiment *experiment)
{
    const struct arm *arm = &experiment->arm[0];
    if (arm->unstable)
        printf("Unstable: more patients come than its beds can take, so no mean is quoted.\n\n");
    printf("%-24s %-14s %12s  %s\n", "metric", "unit", "mean", "how well computed (95%)");
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        struct estimate estimate = estimate_from_tally(&arm->summary[metric], 0.95);
        const char *unit = metric_info(metric)->unit;
        if (metric == METRIC_LIVES_SAVED || estimate.n == 0 || arm->unstable)
            continue;
        printf("%-24s %-14s %12s  %s to %s\n", metric_info(metric)->name, figure_unit(unit),
               figure_of(estimate.mean, unit).text, figure_of(estimate.low, unit).text,
               figure_of(estimate.high, unit).text);
    }
    putchar('\n');
    print_method(experiment);
}

void answer_compare(const struct scenario *scenario, const struct experiment *experiment)
{
    printf("%s\n\n", scenario->title);
    if (experiment->arms < 2) {
        printf("There is no other configuration to compare with.\n\n");
        targets_say(experiment);
        print_alone(experiment);
        return;
    }
    for (size_t a = 1; a < experiment->arms; a++)
        say(experiment, &experiment->arm[a]);
    verdict_say(experiment);
    targets_say(experiment);
    full_years_say(experiment);
    for (size_t a = 1; a < experiment->arms; a++)
        print_table(experiment, &experiment->arm[a]);
    print_method(experiment);
    printf(
        "How well computed: 95%% interval of the mean over replications. How sure evidence: 2.5 "
        "to\n"
        "97.5%% over %llu draws of the uncertain parameters. Differences of %% are in points; m is "
        "a\n"
        "million; bed figures are of the calendar, all others of the patients who fell ill in the\n"
        "window.\n",
        (unsigned long long)experiment->draws);
}

void answer_run(const struct scenario *scenario, const struct experiment *experiment)
{
    printf("%s: %s\n\n", scenario->title, name_of(experiment, &experiment->arm[0]));
    targets_say(experiment);
    full_years_say(experiment);
    print_alone(experiment);
}
