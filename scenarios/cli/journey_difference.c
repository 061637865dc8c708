#include "scenarios/cli/journey_difference.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/figure.h"

/* Two journeys, and the sentence on them so far. */
struct comparison {
    const struct told *baseline, *other;
    FILE *out;
    int clauses;
};

static void begin_clause(struct comparison *comparison)
{
    if (comparison->clauses++ > 0)
        fputs("; ", comparison->out);
}

/* Where the journey goes first, and where that is another hospital or further. */
static void compare_first(struct comparison *comparison)
{
    const struct told *before = comparison->baseline, *after = comparison->other;
    const char *from = journey_hospital(before, before->path->journey.first);
    const char *to = journey_hospital(after, after->path->journey.first);
    double before_min = before->path->journey.travel_min;
    double after_min = after->path->journey.travel_min;
    bool moved = strcmp(from, to) != 0;
    if (!moved && floor(before_min) == floor(after_min))
        return;
    begin_clause(comparison);
    fprintf(comparison->out, "goes to %s", to);
    if (moved)
        fprintf(comparison->out, " and not to %s", from);
    fprintf(comparison->out, ", a journey of %.0f min and not %.0f", floor(after_min),
            floor(before_min));
}

/* To the hospital that treats, where that is another one than before after a transfer. */
static void compare_transfer(struct comparison *comparison)
{
    const struct told *before = comparison->baseline, *after = comparison->other;
    const struct journey *was = &before->path->journey, *is = &after->path->journey;
    if ((was->first == was->treating && is->first == is->treating) ||
        strcmp(journey_hospital(before, was->treating), journey_hospital(after, is->treating)) == 0)
        return;
    begin_clause(comparison);
    if (is->first == is->treating)
        fputs("needs no transfer", comparison->out);
    else
        fprintf(comparison->out, "is transferred to %s", journey_hospital(after, is->treating));
}

static void tell_length_of_wait(double min, FILE *out)
{
    fputs(min < 1 ? "at once" : "after ", out);
    if (min >= 1)
        journey_tell_length(min, out);
}

static void compare_wait(struct comparison *comparison)
{
    const struct path *before = comparison->baseline->path, *after = comparison->other->path;
    if (floor(before->bed_wait_min) == floor(after->bed_wait_min))
        return;
    begin_clause(comparison);
    fputs(isnan(after->bed_min) ? "dies while waiting for a stroke bed, " : "has a stroke bed ",
          comparison->out);
    tell_length_of_wait(after->bed_wait_min, comparison->out);
    fprintf(comparison->out, " (under %s: %s", comparison->baseline->configuration,
            isnan(before->bed_min) ? "dies while waiting for one, " : "");
    tell_length_of_wait(before->bed_wait_min, comparison->out);
    putc(')', comparison->out);
}

/* What a step that was not says after "no: ", in brackets. False: out of memory. */
static bool tell_reason(const struct journey_step *step, const struct told *told, FILE *out)
{
    static const char no[] = "no: ";
    char *text = NULL;
    size_t size;
    FILE *stream = step->tell == NULL ? NULL : open_memstream(&text, &size);
    if (stream == NULL)
        return step->tell == NULL;
    step->tell(told, stream);
    if (fclose(stream) != 0) {
        free(text);
        return false;
    }
    if (strncmp(text, no, sizeof no - 1) == 0)
        fprintf(out, " (under %s: %s)", told->configuration, text + sizeof no - 1);
    free(text);
    return true;
}

static bool compare_only_one(struct comparison *comparison, const struct journey_step *step,
                             bool by_other)
{
    FILE *out = comparison->out;
    begin_clause(comparison);
    fprintf(out, "%s under %s only", step->does,
            (by_other ? comparison->other : comparison->baseline)->configuration);
    return tell_reason(step, by_other ? comparison->baseline : comparison->other, out);
}

/* A step of both journeys, or of one of them. */
static bool compare_step(struct comparison *comparison, const struct journey_step *step)
{
    double before = journey_step_min(step, comparison->baseline->path);
    double after = journey_step_min(step, comparison->other->path);
    if (isnan(before) && isnan(after))
        return true;
    if (isnan(before) != isnan(after))
        return compare_only_one(comparison, step, isnan(before));
    double later_min = floor(after) - floor(before);
    if (later_min == 0)
        return true;
    begin_clause(comparison);
    fprintf(comparison->out, "%s ", step->does);
    journey_tell_length(fabs(later_min), comparison->out);
    fputs(later_min > 0 ? " later" : " earlier", comparison->out);
    return true;
}

static bool compare_care(struct comparison *comparison)
{
    bool before = comparison->baseline->path->organised_care;
    bool after = comparison->other->path->organised_care;
    if (before == after)
        return true;
    begin_clause(comparison);
    fprintf(comparison->out, "has organised stroke-unit care under %s only",
            (after ? comparison->other : comparison->baseline)->configuration);
    for (size_t s = 0; s < journey_steps(); s++)
        if (strcmp(journey_step(s)->label, "organised care") == 0)
            return tell_reason(journey_step(s), after ? comparison->baseline : comparison->other,
                               comparison->out);
    return true;
}

static void compare_chance(const char *what, double before, double after, FILE *out)
{
    fprintf(out, "%s ", what);
    if (fabs(after - before) < 5e-5) {
        fprintf(out, "stays at %s%%", figure_of(after, "share").text);
        return;
    }
    fprintf(out, "%s from %s%% to %s%%", after > before ? "rises" : "falls",
            figure_of(before, "share").text, figure_of(after, "share").text);
}

static void compare_outcome(const struct comparison *comparison)
{
    const struct path *before = comparison->baseline->path, *after = comparison->other->path;
    FILE *out = comparison->out;
    compare_chance(" The chance of death by day 90", before->death_probability,
                   after->death_probability, out);
    compare_chance(", that of independence (mRS 0-2)", before->mrs_0_2_probability,
                   after->mrs_0_2_probability, out);
    fprintf(out, "; as luck has it here, the outcome is %s (mRS %d)%s",
            journey_mrs_words(after->mrs), after->mrs, before->mrs == after->mrs ? " in both" : "");
    if (before->mrs != after->mrs)
        fprintf(out, " and not %s (mRS %d)", journey_mrs_words(before->mrs), before->mrs);
    putc('.', out);
}

bool journey_tell_difference(const struct told *baseline, const struct told *other, FILE *out)
{
    struct comparison comparison = {.baseline = baseline, .other = other, .out = out};
    bool told = true;
    fprintf(out, "%s instead of %s: the patient ", other->configuration, baseline->configuration);
    compare_first(&comparison);
    compare_transfer(&comparison);
    for (size_t s = 0; told && s < journey_steps(); s++)
        if (journey_step(s)->does != NULL)
            told = compare_step(&comparison, journey_step(s));
    compare_wait(&comparison);
    told = told && compare_care(&comparison);
    if (comparison.clauses == 0)
        fputs("has the same journey and the same care", out);
    putc('.', out);
    if (patient_is_stroke(baseline->patient))
        compare_outcome(&comparison);
    double more_gbp = other->path->cost_gbp - baseline->path->cost_gbp;
    if (fabs(more_gbp) >= 0.5)
        fprintf(out, " The first 90 days cost GBP %s %s.", figure_count(fabs(more_gbp)).text,
                more_gbp > 0 ? "more" : "less");
    return told;
}
