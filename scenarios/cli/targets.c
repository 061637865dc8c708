#include "scenarios/cli/targets.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scenarios/figure.h"
#include "scenarios/read/number.h"
#include "scenarios/target.h"

/* A figure, or a difference with its sign. */
static struct figure target_figure(const struct target *target, double value)
{
    const char *unit = target_metric_unit(target);
    return target->against_baseline ? figure_change(value, unit) : figure_of(value, unit);
}

/* The limit as it was written, but for shares, which are shown as percentages everywhere. */
static void put_limit(const struct target *target)
{
    const char *unit = figure_unit(target_metric_unit(target));
    bool share = strcmp(unit, "%") == 0;
    char limit[NUMBER_TEXT_SIZE];
    number_format(share ? 100 * target->limit : target->limit, limit);
    printf("%s %s%s%s", target->bound == TARGET_AT_LEAST ? "at least" : "at most", limit,
           share && !target->against_baseline ? "" : " ",
           share && target->against_baseline ? "percentage points" : unit);
}

/* What a target is, in a line. */
static void put_target(const struct target *target, const char *indent)
{
    printf("%s%s%s%s ", indent, target->named ? target->name : "", target->named ? ": " : "",
           target_metric_name(target));
    put_limit(target);
    if (target->against_baseline)
        printf(" against the baseline");
    printf(", %s%s\n", target->of == TARGET_OF_SECTOR ? "sector " : "",
           target->place != NULL ? target->place : "all");
}

/* Of computing: an interval that reaches past the limit leaves it open. */
static const char *met_words(const struct target_verdict *verdict)
{
    if (isnan(verdict->mean.low))
        return verdict->met ? "yes" : "no";
    if (verdict->surely)
        return verdict->met ? "yes, surely" : "no, surely";
    return verdict->met ? "probably" : "probably not";
}

struct share_text {
    char text[16];
};

static struct share_text share_text(double share)
{
    struct share_text text = {"-"};
    if (!isnan(share))
        snprintf(text.text, sizeof text.text, "%.0f%%", 100 * share);
    return text;
}

static void put_verdict(const struct experiment *experiment, size_t a, size_t t)
{
    const struct target *target = &experiment->target[t];
    struct target_verdict verdict = target_judge(experiment, a, t);
    if (!verdict.asked)
        return;
    printf("  %-36s", experiment->design->configuration[experiment->arm[a].configuration].name);
    if (verdict.unstable) {
        printf(" not met: unstable, more patients come than beds can take\n");
        return;
    }
    if (!verdict.known) {
        printf(" does not apply: there are no such patients or beds\n");
        return;
    }
    char range[90] = "-";
    if (!isnan(verdict.mean.low))
        snprintf(range, sizeof range, "%s to %s", target_figure(target, verdict.mean.low).text,
                 target_figure(target, verdict.mean.high).text);
    printf(" %10s  %18s  %-12s %6s %6s\n", target_figure(target, verdict.mean.mean).text, range,
           met_words(&verdict), share_text(verdict.years_met).text,
           share_text(verdict.evidence_met).text);
}

static bool is_asked(const struct experiment *experiment, size_t t)
{
    for (size_t a = 0; a < experiment->arms; a++)
        if (target_judge(experiment, a, t).asked)
            return true;
    return false;
}

void targets_say(const struct experiment *experiment)
{
    size_t said = 0;
    for (size_t t = 0; t < experiment->targets; t++) {
        if (!is_asked(experiment, t))
            continue;
        if (said++ == 0)
            printf("%-38s %10s  %18s  %-12s %6s %6s\n", "Targets", "mean", "how well computed",
                   "met", "years", "draws");
        put_target(&experiment->target[t], "");
        for (size_t a = 0; a < experiment->arms; a++)
            put_verdict(experiment, a, t);
    }
    if (said == 0)
        return;
    printf("Met by the mean: surely if its whole 95%% interval is on that side of the limit, else "
           "probably.\nYears: the share of the %s as drawn that meet it. Draws: of those of the "
           "evidence.\n\n",
           experiment->design->years == 1 ? "simulated years" : "simulated windows");
}

/* The configurations of a target that is not for all. */
static void put_configurations(const struct scenario *scenario, const struct target *target)
{
    size_t applies = 0, said = 0;
    for (size_t c = 0; c < target->configurations; c++)
        applies += target->applies[c];
    if (applies == target->configurations)
        return;
    for (size_t c = 0; c < target->configurations; c++) {
        if (!target->applies[c])
            continue;
        printf("%s%s", said == 0 ? "    of " : ", ", scenario->design.configuration[c].name);
        said++;
    }
    putchar('\n');
}

void targets_list(const struct scenario *scenario)
{
    if (scenario->targets > 0)
        printf("\nTargets:\n");
    for (size_t t = 0; t < scenario->targets; t++) {
        put_target(&scenario->target[t], "  ");
        put_configurations(scenario, &scenario->target[t]);
    }
}
