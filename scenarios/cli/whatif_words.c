#include "scenarios/cli/whatif_words.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/cli/columns.h"
#include "scenarios/figure.h"
#include "scenarios/write/changed_scenario.h"
#include "sim/estimate.h"

/* --- the question ----------------------------------------------------------------------------- */

static const struct configuration *changed(const struct scenario *scenario,
                                           const struct change *change)
{
    return &scenario->design.configuration[change->to];
}

static const char *site_name(const struct scenario *scenario, const struct change *change, size_t h)
{
    const struct design *design = &scenario->design;
    return design->region.site[changed(scenario, change)->hospital[h].site].name;
}

/* What a hospital that keeps beds of a kind, or gets them, has more; 0: as many, or no number. */
static int more(const struct bed_change *beds, enum bed_kind kind)
{
    bool counted = beds->before[kind] >= 0 && beds->after[kind] > 0;
    return counted ? beds->after[kind] - beds->before[kind] : 0;
}

/* "A 5, B 7": how many more or, with a sign, how they change. */
static void put_beds(FILE *out, const struct scenario *scenario, const struct change *change,
                     const struct change_stage *stage, enum bed_kind kind)
{
    const char *separator = "";
    for (size_t h = 0; h < changed(scenario, change)->hospitals; h++) {
        const struct bed_change *beds = &stage->beds[h];
        if (more(beds, kind) == 0)
            continue;
        fprintf(out, "%s%s %+d", separator, site_name(scenario, change, h), more(beds, kind));
        separator = ", ";
    }
}

static bool any_more(const struct scenario *scenario, const struct change *change,
                     const struct change_stage *stage, enum bed_kind kind)
{
    for (size_t h = 0; h < changed(scenario, change)->hospitals; h++)
        if (more(&stage->beds[h], kind) != 0)
            return true;
    return false;
}

/* Where the beds of a kind go; nothing where none do. */
static void put_kind(FILE *out, const struct scenario *scenario, const struct change *change,
                     const struct change_stage *stage, enum bed_kind kind)
{
    int closed = stage->closed[kind];
    bool elsewhere = any_more(scenario, change, stage, kind);
    if (closed == 0 && !elsewhere)
        return;
    if (closed == 0)
        fprintf(out, "%s beds: ", bed_kind_words(kind));
    else if (stage->moved[kind] > 0)
        fprintf(out, "%d %s bed%s move: ", closed, bed_kind_words(kind), closed == 1 ? "" : "s");
    else
        fprintf(out, "%d %s bed%s close%s", closed, bed_kind_words(kind), closed == 1 ? "" : "s",
                elsewhere ? "; elsewhere " : "");
    put_beds(out, scenario, change, stage, kind);
    fputs(". ", out);
}

/* A paragraph of what a function writes; what cannot be written for want of memory is left out. */
struct paragraph {
    char *text;
    size_t size;
    FILE *out;
};

static bool paragraph_open(struct paragraph *paragraph)
{
    *paragraph = (struct paragraph){0};
    paragraph->out = open_memstream(&paragraph->text, &paragraph->size);
    return paragraph->out != NULL;
}

static void paragraph_print(struct paragraph *paragraph, size_t indent)
{
    if (fclose(paragraph->out) == 0 && paragraph->size > 0)
        columns_paragraph(paragraph->text, indent, stdout);
    free(paragraph->text);
}

/* A kind of bed that opened without a number. */
static bool is_unlimited(const struct change_stage *stage, size_t h, enum bed_kind kind)
{
    return stage->beds[h].before[kind] == 0 && stage->beds[h].after[kind] == BEDS_UNLIMITED;
}

static bool changes_beds(const struct scenario *scenario, const struct change *change,
                         const struct change_stage *stage)
{
    bool any = false;
    for (enum bed_kind kind = 0; kind < BED_KINDS; kind++) {
        any = any || stage->closed[kind] > 0 || any_more(scenario, change, stage, kind);
        for (size_t h = 0; h < changed(scenario, change)->hospitals; h++)
            any = any || is_unlimited(stage, h, kind);
    }
    return any;
}

static void put_stage(FILE *out, const struct scenario *scenario, const struct change *change,
                      const struct change_stage *stage)
{
    if (stage->month > 1 && changes_beds(scenario, change, stage))
        fprintf(out, "From month %d: ", stage->month);
    for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
        put_kind(out, scenario, change, stage, kind);
    for (size_t h = 0; h < changed(scenario, change)->hospitals; h++)
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
            if (is_unlimited(stage, h, kind))
                fprintf(out, "%s gets %s beds without a limit. ", site_name(scenario, change, h),
                        bed_kind_words(kind));
}

static void say_beds(const struct scenario *scenario, const struct change *change)
{
    struct paragraph paragraph;
    if (!paragraph_open(&paragraph))
        return;
    for (size_t s = 0; s < change->stages; s++)
        put_stage(paragraph.out, scenario, change, &change->stage[s]);
    bool any = ftell(paragraph.out) > 0;
    if (any && changed(scenario, change)->parameters.value[P_BEDS_LIMITED] < 0.5)
        fputs("In this run nobody waits for them: --set beds.limited=1 has patients wait.",
              paragraph.out);
    paragraph_print(&paragraph, 2);
}

/* What comes with a month is thinned by the months before it. */
static void say_months(const struct scenario *scenario, const struct change *change)
{
    const struct configuration *to = changed(scenario, change);
    struct paragraph paragraph;
    if (to->laters == 0 || !paragraph_open(&paragraph))
        return;
    fprintf(paragraph.out,
            "Figures are of the whole run of %g year%s, the time before a change included.",
            scenario->design.years, scenario->design.years == 1 ? "" : "s");
    paragraph_print(&paragraph, 2);
}

static void say_both_sides(const struct options *options)
{
    struct paragraph paragraph;
    const char *separator = "The same on both sides: ";
    if (!paragraph_open(&paragraph))
        return;
    for (size_t i = 0; i < options->scenario.sets; i++) {
        if (strncmp(options->scenario.set[i], "run.", 4) == 0)
            continue; /* how the run is made has no sides */
        fprintf(paragraph.out, "%s%s", separator, options->scenario.set[i]);
        separator = ", ";
    }
    if (ftell(paragraph.out) > 0)
        fputc('.', paragraph.out);
    paragraph_print(&paragraph, 2);
}

void whatif_say_question(const struct scenario *scenario, const struct change *change,
                         const struct options *options)
{
    struct paragraph paragraph;
    if (paragraph_open(&paragraph)) {
        fprintf(paragraph.out, "What if: %s? %s is compared with %s.", change->words,
                changed(scenario, change)->name, scenario->design.configuration[change->from].name);
        paragraph_print(&paragraph, 2);
    }
    say_beds(scenario, change);
    say_months(scenario, change);
    say_both_sides(options);
    putchar('\n');
}

/* --- who gains and who loses ------------------------------------------------------------------ */

/* A group's change, as it is sorted. */
struct ranked {
    size_t group;
    double deaths, minutes; /* sizes of the changes */
};

static int by_change(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->deaths != y->deaths)
        return x->deaths > y->deaths ? -1 : 1;
    if (x->minutes != y->minutes)
        return x->minutes > y->minutes ? -1 : 1;
    return x->group < y->group ? -1 : 1;
}

static double size_of(const struct tally *difference)
{
    return difference->n == 0 ? 0 : fabs(difference->mean);
}

/* Those in which anything changes, the most first. */
static size_t sort_groups(const struct experiment *experiment, struct ranked *place)
{
    size_t count = 0;
    for (size_t g = 0; g < experiment->groups.groups; g++) {
        const struct tally *difference = experiment->arm[1].group[g].difference;
        struct ranked at = {g, size_of(&difference[AREA_DEATHS_90D]),
                            size_of(&difference[AREA_TRAVEL_MIN])};
        if (at.deaths > 0 || at.minutes > 0)
            place[count++] = at;
    }
    qsort(place, count, sizeof *place, by_change);
    return count;
}

static struct figure mean_of(const struct tally *tally, const char *unit)
{
    return figure_of(tally->n == 0 ? NAN : tally->mean, unit);
}

static void print_group(const struct experiment *experiment, size_t g)
{
    const struct area_tallies *before = &experiment->arm[0].group[g];
    const struct area_tallies *after = &experiment->arm[1].group[g];
    const struct tally *difference = after->difference;
    struct estimate deaths = estimate_from_tally(&difference[AREA_DEATHS_90D], 0.95);
    char range[90];
    snprintf(range, sizeof range, "%s to %s", figure_change(deaths.low, "a year").text,
             figure_change(deaths.high, "a year").text);
    printf("%-24.24s %10s %11s %11s %12s  %16s %11s\n", experiment->groups.name[g],
           mean_of(&before->of[AREA_STROKES], "a year").text,
           mean_of(&before->of[AREA_TRAVEL_MIN], "min").text,
           mean_of(&after->of[AREA_TRAVEL_MIN], "min").text,
           figure_change(deaths.mean, "a year").text, range,
           figure_change(
               difference[AREA_MORTALITY_90D].n == 0 ? NAN : difference[AREA_MORTALITY_90D].mean,
               "share")
               .text);
}

void whatif_say_groups(const struct experiment *experiment)
{
    enum { MOST = 12 };
    size_t groups = experiment->groups.groups;
    if (groups == 0 || !experiment_is_comparable(experiment, &experiment->arm[1]))
        return;
    struct ranked *place = calloc(groups, sizeof *place);
    if (place == NULL)
        return;
    size_t changing = sort_groups(experiment, place);
    if (changing == 0)
        printf("\nFor no group of areas does anything change.\n");
    else
        printf(
            "\nWho gains and who loses, by group of areas\n%-24s %10s %11s %11s %12s  %16s %11s\n"
            "%-24s %10s %11s %11s %12s  %16s %11s\n",
            "", "strokes", "journey,", "journey,", "deaths", "how well", "mortality", "", "a year",
            "min before", "min after", "a year", "computed", "points");
    for (size_t i = 0; i < changing && i < MOST; i++)
        print_group(experiment, place[i].group);
    if (changing > MOST)
        printf("These %d change most; %zu more do, and groups.csv has all.\n", MOST,
               changing - MOST);
    else if (changing > 0 && changing < groups)
        printf("For the other %zu nothing changes.\n", groups - changing);
    free(place);
}

/* --- asking again ----------------------------------------------------------------------------- */

/* An argument as a shell takes it. */
static void put_argument(FILE *out, const char *text)
{
    bool plain =
        *text != '\0' && strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                      "0123456789_-./=+:,%@") == strlen(text);
    fputc(' ', out);
    if (!plain)
        fputc('\'', out);
    for (; *text != '\0'; text++)
        if (*text == '\'')
            fputs("'\\''", out);
        else
            fputc(*text, out);
    if (!plain)
        fputc('\'', out);
}

static void put_option(FILE *out, const char *option, const char *value)
{
    fprintf(out, " %s", option);
    put_argument(out, value);
}

/* Everything of this command line that the scenario's files do not say. */
static void put_shared(FILE *out, const struct options *options, uint64_t draws)
{
    char number[40];
    if (options->scenario.variant != NULL)
        put_option(out, "--variant", options->scenario.variant);
    if (options->scenario.seed_given)
        fprintf(out, " --seed %" PRIu64, options->scenario.seed);
    if (!isnan(options->scenario.years)) {
        snprintf(number, sizeof number, "%.17g", options->scenario.years);
        put_option(out, "--years", number);
    }
    if (options->replications > 0)
        fprintf(out, " --replications %" PRIu64, options->replications);
    if (options->precision_given) {
        snprintf(number, sizeof number, "%.17g", options->precision_half_width);
        fprintf(out, " --precision %s=%s", metric_info(options->precision_metric)->name, number);
    }
    for (size_t i = 0; i < options->scenario.sets; i++)
        put_option(out, "--set", options->scenario.set[i]);
    if (draws > 0)
        fprintf(out, " --set run.evidence_draws=%" PRIu64, draws);
}

void whatif_say_saved(const struct scenario *scenario, const struct change *change,
                      const struct options *options)
{
    const struct configuration *first = &scenario->design.configuration[0];
    const struct configuration *from = &scenario->design.configuration[change->from];
    printf("The changed scenario is in %s. This gives the same answer%s:\n  strokesim compare",
           options->save,
           changed_scenario_solves_anew(scenario, change)
               ? ", but for published\nthrombolysis rates, which are solved for as written there"
               : "");
    put_argument(stdout, options->save);
    put_argument(stdout, from->name);
    put_argument(stdout, changed(scenario, change)->name);
    put_option(stdout, "--baseline", from->name);
    put_shared(stdout, options, options_own_draws(options, first) ? options->draws : 0);
    putchar('\n');
}
