/* Targets: which are met, and how surely. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "models/metric.h"
#include "scenarios/report/page.h"

/* Sure is what the 95% ranges on both sides leave no doubt about. */
static const double sure_share = 0.975;

/* A row of targets.csv. */
struct verdict {
    const char *target, *metric, *place, *against, *unit;
    bool at_least, applies, met, known;
    double limit, mean, ci_low, ci_high, years_met, evidence_met;
};

static struct verdict verdict_at(const struct table *table, size_t row)
{
    const char *met = results_text(table, row, "met");
    struct verdict verdict = {
        .target = results_text(table, row, "target"),
        .metric = results_text(table, row, "metric"),
        .place = results_text(table, row, "place"),
        .against = results_text(table, row, "against"),
        .unit = results_text(table, row, "unit"),
        .at_least = strcmp(results_text(table, row, "bound"), "at_least") == 0,
        .applies = met[0] != '\0',
        .met = strcmp(met, "yes") == 0,
        .limit = results_number(table, row, "limit"),
        .mean = results_number(table, row, "mean"),
        .ci_low = results_number(table, row, "ci_low"),
        .ci_high = results_number(table, row, "ci_high"),
        .years_met = results_number(table, row, "years_met"),
        .evidence_met = results_number(table, row, "evidence_met"),
    };
    verdict.known = !isnan(verdict.mean);
    return verdict;
}

bool section_targets_applies(const struct page *page)
{
    const struct table *targets = page->results->table[RESULTS_TARGETS];
    return targets != NULL && table_row_count(targets) > 0;
}

/* --- how surely ------------------------------------------------------------------------------- */

static bool computed_surely(const struct verdict *verdict)
{
    if (isnan(verdict->ci_low) || isnan(verdict->ci_high))
        return true;
    return verdict->ci_low >= verdict->limit || verdict->ci_high <= verdict->limit;
}

static bool evidence_agrees(const struct verdict *verdict)
{
    if (isnan(verdict->evidence_met))
        return true;
    return verdict->met ? verdict->evidence_met >= sure_share
                        : verdict->evidence_met <= 1 - sure_share;
}

/* A mark and words, so that neither colour nor the mark alone has to say it. */
static const char *mark_of(const struct verdict *verdict)
{
    if (!verdict->applies)
        return "\u2013\u00a0Does not apply";
    if (!verdict->known)
        return "\u2717\u00a0Not\u00a0met: more patients than beds can take";
    if (computed_surely(verdict) && evidence_agrees(verdict))
        return verdict->met ? "\u2713\u00a0Met" : "\u2717\u00a0Not\u00a0met";
    return verdict->met ? "?\u00a0Probably met" : "?\u00a0Probably not met";
}

/* --- what is asked ---------------------------------------------------------------------------- */

/* What the metrics of hospitals alone are called. */
static const char *metric_words(const char *name)
{
    static const struct {
        const char *name, *words;
    } of_units[] = {
        {"hasu_waited", "patients who wait for a hyper-acute bed"},
        {"su_waited", "patients who wait for a stroke-unit bed"},
        {"rehab_waited", "patients who wait for a rehabilitation bed"},
        {"hasu_beds", "hyper-acute beds"},
        {"su_beds", "stroke-unit beds"},
        {"rehab_beds", "rehabilitation beds"},
    };
    for (size_t i = 0; i < sizeof of_units / sizeof *of_units; i++)
        if (strcmp(of_units[i].name, name) == 0)
            return of_units[i].words;
    return metric_meaning(name);
}

static bool is_share(const struct verdict *verdict)
{
    return figure_is_share(verdict->unit);
}

/* "at least 95%", "at most 1,500 a year", "at most -1.5 percentage points" */
static void put_limit(struct page *page, const struct verdict *verdict)
{
    bool difference = verdict->against[0] != '\0';
    char limit[40];
    snprintf(limit, sizeof limit, "%.6g",
             is_share(verdict) ? 100 * verdict->limit : verdict->limit);
    bool large = !is_share(verdict) && fabs(verdict->limit) >= 1000;
    html_put(page->html, "%s %s%s%s", verdict->at_least ? "at least" : "at most",
             large ? figure_count(verdict->limit).text : limit,
             is_share(verdict) && !difference ? "" : " ",
             is_share(verdict) && difference ? "percentage points" : figure_unit(verdict->unit));
    if (difference)
        html_put(page->html, " against %s", verdict->against);
}

/* A target without a name of its own is called by what it asks. */
static bool has_name(const struct verdict *verdict)
{
    size_t length = strlen(verdict->metric);
    return strncmp(verdict->target, verdict->metric, length) != 0 ||
           strncmp(verdict->target + length, " at ", 4) != 0;
}

static void put_target(struct page *page, const struct verdict *verdict)
{
    if (has_name(verdict))
        html_put(page->html, "<strong>%s</strong><br>", verdict->target);
    html_put(page->html, "%s", metric_words(verdict->metric));
    if (strcmp(verdict->place, "all") != 0)
        html_put(page->html, " (%s)", verdict->place);
    html_put(page->html, ": ");
    put_limit(page, verdict);
}

/* --- the tables ------------------------------------------------------------------------------- */

static struct figure figure_with_unit(const struct verdict *verdict, double value)
{
    bool difference = verdict->against[0] != '\0';
    struct figure figure =
        difference ? figure_change(value, verdict->unit) : figure_of(value, verdict->unit);
    size_t length = strlen(figure.text);
    if (is_share(verdict) && !difference && !isnan(value))
        snprintf(figure.text + length, sizeof figure.text - length, "%%");
    return figure;
}

static void put_share(struct page *page, double share)
{
    html_put(page->html, "<td class=\"number\">%s%s</td>",
             isnan(share) ? "-" : figure_count(100 * share).text, isnan(share) ? "" : "%");
}

static void put_row(struct page *page, const struct verdict *verdict)
{
    html_put(page->html, "<tr><th scope=\"row\">");
    put_target(page, verdict);
    html_put(page->html, "</th><td>%s</td><td class=\"number\">%s</td>", mark_of(verdict),
             figure_with_unit(verdict, verdict->mean).text);
    put_share(page, verdict->years_met);
    put_share(page, verdict->evidence_met);
    html_put(page->html, "</tr>\n");
}

/* How many of a configuration's targets come out how. */
struct count {
    size_t asked, met, open;
};

static struct count count_of(const struct table *targets, const char *configuration)
{
    struct count count = {0};
    for (size_t row = 0; row < table_row_count(targets); row++) {
        if (strcmp(results_text(targets, row, "configuration"), configuration) != 0)
            continue;
        struct verdict verdict = verdict_at(targets, row);
        bool sure = !verdict.known || (computed_surely(&verdict) && evidence_agrees(&verdict));
        count.asked += verdict.applies;
        count.met += verdict.applies && verdict.met && sure;
        count.open += verdict.applies && !sure;
    }
    return count;
}

static void put_words(struct page *page, const char *configuration, const struct count *count)
{
    if (count->asked == 0) {
        html_put(page->html, "<p>None of the targets applies to <strong>%s</strong>.</p>\n",
                 configuration);
        return;
    }
    html_put(page->html, "<p><strong>%s</strong> surely meets %s of %s target%s", configuration,
             count->met == 0 ? "none" : figure_count((double)count->met).text,
             figure_count((double)count->asked).text, count->asked == 1 ? "" : "s");
    if (count->open > 0)
        html_put(page->html, "; of %s it is uncertain", figure_count((double)count->open).text);
    html_put(page->html, ".</p>\n");
}

static void put_table(struct page *page, const char *configuration)
{
    const struct table *targets = page->results->table[RESULTS_TARGETS];
    html_table_begin(page->html, NULL, "Targets: %s", configuration);
    html_put(page->html, "<caption>Targets: %s</caption>", configuration);
    html_table_head(page->html);
    html_table_heading(page->html, "Target");
    html_table_heading(page->html, "Met?");
    html_table_number_heading(page->html, "Result");
    html_table_number_heading(page->html, "Years that meet it");
    html_table_number_heading(page->html, "Draws of the evidence that meet it");
    html_table_body(page->html);
    for (size_t row = 0; row < table_row_count(targets); row++) {
        struct verdict verdict = verdict_at(targets, row);
        if (strcmp(results_text(targets, row, "configuration"), configuration) == 0)
            put_row(page, &verdict);
    }
    html_table_end(page->html);
}

static bool is_asked(const struct table *targets, const char *configuration)
{
    for (size_t row = 0; row < table_row_count(targets); row++)
        if (strcmp(results_text(targets, row, "configuration"), configuration) == 0)
            return true;
    return false;
}

void section_targets(struct page *page)
{
    const struct table *targets = page->results->table[RESULTS_TARGETS];
    for (size_t c = 0; c < page->results->configurations; c++) {
        const char *name = page->results->configuration[c].name;
        if (!is_asked(targets, name))
            continue;
        struct count count = count_of(targets, name);
        put_words(page, name, &count);
        put_table(page, name);
    }
    html_put(page->html,
             "<p class=\"quiet\"><strong>\u2713</strong> or <strong>\u2717</strong>: the "
             "simulation's mean and nearly all the evidence are on that side of the limit. "
             "<strong>?</strong>: the 95%% interval of the mean, or the range of the evidence, "
             "reaches past it. Years: how many of the simulated years meet the target, by chance "
             "alone. Draws: how many draws of the uncertain evidence do.</p>\n");
}
