/* What the simulation says beside what was observed, and where the two disagree. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/report/page.h"

enum { MEASURES_A_CHART = 6 };

/* How a prediction stands to what was observed. */
enum fit { FIT_WITHIN, FIT_OVERLAPS, FIT_OUTSIDE, FIT_NO_RANGE, FIT_NOTHING, FITS };

struct three {
    double value, low, high;
};

struct measure {
    struct three predicted, observed;
    enum fit fit;
    char name[280], brief[240]; /* with its number and unit, unlike any other */
};

bool section_observed_applies(const struct page *page)
{
    const struct table *table = page->results->table[RESULTS_OBSERVED];
    return table != NULL && table_row_count(table) > 0;
}

/* --- what fits -------------------------------------------------------------------------------- */

static bool has_range(const struct three *of)
{
    return !isnan(of->low) && !isnan(of->high);
}

static bool is_known(const struct three *of)
{
    return !isnan(of->value) || has_range(of);
}

/* A prediction fits if it lies within the observed range; where only a range was observed, of
 * several hospitals, if all of its own range does. */
static enum fit fit_of(const struct three *predicted, const struct three *observed)
{
    if (!is_known(predicted) || !is_known(observed))
        return FIT_NOTHING;
    if (!has_range(observed))
        return FIT_NO_RANGE;
    bool whole = has_range(predicted) && (isnan(predicted->value) || isnan(observed->value));
    double low = whole ? predicted->low : predicted->value;
    double high = whole ? predicted->high : predicted->value;
    if (low >= observed->low && high <= observed->high)
        return FIT_WITHIN;
    bool overlaps = has_range(predicted) && predicted->high >= observed->low &&
                    predicted->low <= observed->high;
    return overlaps ? FIT_OVERLAPS : FIT_OUTSIDE;
}

static struct three three_of(const struct table *table, size_t row, const char *value,
                             const char *low, const char *high)
{
    return (struct three){results_number(table, row, value), results_number(table, row, low),
                          results_number(table, row, high)};
}

static bool is_share(const struct table *table, size_t row)
{
    return figure_is_share(results_text(table, row, "unit"));
}

/* "percentage points" of a difference between shares, "% of strokes" of a share of strokes. */
static void say_unit(const struct table *table, size_t row, char *text, size_t size)
{
    const char *unit = results_text(table, row, "unit");
    if (is_share(table, row) && strcmp(results_text(table, row, "comparison"), "difference") == 0)
        snprintf(text, size, "percentage points");
    else
        snprintf(text, size, "%s%.60s", is_share(table, row) ? "%" : "", figure_unit_rest(unit));
}

/* What stands in brackets behind a measure is for the table; a chart has no room for it. */
static void name(struct measure *measure, const char *words, size_t number, const char *unit)
{
    const char *bracket = strstr(words, " (");
    size_t brief = bracket == NULL ? strlen(words) : (size_t)(bracket - words);
    snprintf(measure->name, sizeof measure->name, "%zu. %.150s, %s", number, words, unit);
    snprintf(measure->brief, sizeof measure->brief, "%zu. %.*s, %s", number,
             (int)(brief < 100 ? brief : 100), words, unit);
}

static struct measure measure_of(const struct table *table, size_t row)
{
    struct measure measure = {
        .predicted = three_of(table, row, "predicted", "predicted_low", "predicted_high"),
        .observed = three_of(table, row, "observed", "observed_low", "observed_high")};
    char unit[80];
    measure.fit = fit_of(&measure.predicted, &measure.observed);
    say_unit(table, row, unit, sizeof unit);
    name(&measure, results_text(table, row, "measure"), row + 1, unit);
    return measure;
}

/* --- the chart -------------------------------------------------------------------------------- */

static const struct chart_column columns[] = {
    {"place", "", NULL, CHART_HIDDEN},
    {"measure", "Measure", NULL, CHART_TEXT},
    {"what", "Observed or predicted", NULL, CHART_TEXT},
    {"value", "Figure", NULL, CHART_NUMBER},
    {"low", "Range from", NULL, CHART_NUMBER},
    {"high", "Range to", NULL, CHART_NUMBER},
};

static void put_point(struct chart *chart, size_t place, const struct measure *measure,
                      const char *what, const struct three *of, bool share)
{
    double scale = share ? 100 : 1;
    if (!is_known(of))
        return;
    chart_number(chart, (double)place);
    chart_text(chart, measure->brief);
    chart_text(chart, what);
    chart_number(chart, scale * of->value);
    chart_number(chart, scale * of->low);
    chart_number(chart, scale * of->high);
}

/* Those of some rows, few enough for a sheet of paper. */
static void put_chart(struct page *page, const struct measure measure[], size_t from, size_t to)
{
    const struct table *table = page->results->table[RESULTS_OBSERVED];
    struct chart *chart = chart_new(columns, sizeof columns / sizeof *columns);
    char title[120], id[40];
    for (size_t row = from; row < to; row++) {
        bool share = is_share(table, row);
        if (measure[row].fit == FIT_NOTHING)
            continue;
        put_point(chart, row, &measure[row], "observed", &measure[row].observed, share);
        put_point(chart, row, &measure[row], "predicted", &measure[row].predicted, share);
    }
    snprintf(title, sizeof title,
             "What was observed, and what the simulation says: measures %zu to %zu", from + 1, to);
    snprintf(id, sizeof id, "observed-%zu", from / MEASURES_A_CHART + 1);
    struct chart_about about = {
        .name = "observed",
        .id = id,
        .title = title,
        .description = "For each measure two lines: what was observed, as a circle with its "
                       "published range, and what the simulation predicts, as a diamond with its "
                       "range. The table below has the numbers.",
        .note = "Upper line: observed, with its published range. Lower line: predicted, with its "
                "range. Each measure has a scale of its own, and its number is that in the table.",
    };
    page_chart(page, chart, &about);
}

static void put_charts(struct page *page, const struct measure measure[], size_t measures)
{
    for (size_t from = 0; from < measures; from += MEASURES_A_CHART)
        put_chart(page, measure, from,
                  from + MEASURES_A_CHART < measures ? from + MEASURES_A_CHART : measures);
}

/* --- the table -------------------------------------------------------------------------------- */

static const char *const fit_words[FITS] = {
    [FIT_WITHIN] = "within the observed range",
    [FIT_OVERLAPS] = "not within the observed range, though the ranges overlap",
    [FIT_OUTSIDE] = "outside the observed range",
    [FIT_NO_RANGE] = "no range was published to judge by",
    [FIT_NOTHING] = "not predicted by this run",
};

static void put_figure(struct page *page, const struct three *of, const char *unit)
{
    html_put(page->html, "<td class=\"number\">%s",
             isnan(of->value) ? "" : figure_of(of->value, unit).text);
    if (has_range(of))
        html_put(page->html, isnan(of->value) ? "%s" : " (%s)",
                 page_range(of->low, of->high, unit).text);
    else if (isnan(of->value))
        html_put(page->html, "-");
    html_put(page->html, "</td>");
}

static void put_row(struct page *page, size_t row, const struct measure *measure)
{
    const struct table *table = page->results->table[RESULTS_OBSERVED];
    const char *unit = results_text(table, row, "unit");
    html_put(page->html, "<tr><th scope=\"row\">%s<br><span class=\"quiet\">%s</span></th>",
             measure->name, results_text(table, row, "source"));
    put_figure(page, &measure->observed, unit);
    put_figure(page, &measure->predicted, unit);
    bool doubtful = measure->fit == FIT_OUTSIDE || measure->fit == FIT_OVERLAPS;
    html_put(page->html, doubtful ? "<td><strong>%s</strong></td></tr>\n" : "<td>%s</td></tr>\n",
             fit_words[measure->fit]);
}

static void put_table(struct page *page, const struct measure measure[])
{
    const struct table *table = page->results->table[RESULTS_OBSERVED];
    html_table_begin(page->html, "observed", "Predicted against observed");
    html_put(page->html,
             "<caption>In brackets: the range as published; of a predicted change the range of the "
             "evidence, of a level the 95%% interval of its mean, of several hospitals the lowest "
             "and the highest</caption>");
    html_table_head(page->html);
    html_table_heading(page->html, "Measure and source");
    html_table_number_heading(page->html, "Observed");
    html_table_number_heading(page->html, "Predicted");
    html_table_heading(page->html, "The prediction is");
    html_table_body(page->html);
    for (size_t row = 0; row < table_row_count(table); row++)
        put_row(page, row, &measure[row]);
    html_table_end(page->html);
}

/* --- in words --------------------------------------------------------------------------------- */

static void put_words(struct page *page, const size_t count[FITS], size_t measures)
{
    html_put(page->html,
             "<p>There are %s published observations. The prediction lies within the "
             "range of <strong>%s</strong> and outside that of <strong>%s</strong>; "
             "<strong>%s</strong> came without a range to judge by",
             figure_count((double)measures).text, figure_count((double)count[FIT_WITHIN]).text,
             figure_count((double)(count[FIT_OVERLAPS] + count[FIT_OUTSIDE])).text,
             figure_count((double)count[FIT_NO_RANGE]).text);
    if (count[FIT_NOTHING] > 0)
        html_put(page->html, ", and this run predicts nothing for <strong>%s</strong>",
                 figure_count((double)count[FIT_NOTHING]).text);
    html_put(page->html, ".");
    html_put(page->html, " Observations carry chance and method of their own, and some of them "
                         "contradict each other. Where the scenario was given the same figure (a "
                         "rate of treatment, say), agreement shows only that it was set up as "
                         "meant.</p>\n");
}

static void put_outside(struct page *page, const struct measure measure[], size_t measures)
{
    html_put(page->html, "<p>Where they disagree, trust the simulation less:</p>\n<ul>\n");
    for (size_t row = 0; row < measures; row++)
        if (measure[row].fit == FIT_OVERLAPS || measure[row].fit == FIT_OUTSIDE)
            html_put(page->html, "<li>%s: %s</li>\n", measure[row].name,
                     fit_words[measure[row].fit]);
    html_put(page->html, "</ul>\n");
}

void section_observed(struct page *page)
{
    const struct table *table = page->results->table[RESULTS_OBSERVED];
    size_t measures = table_row_count(table), count[FITS] = {0};
    struct measure *measure = calloc(measures, sizeof *measure);
    if (measure == NULL) {
        page->failed = true;
        return;
    }
    for (size_t row = 0; row < measures; row++) {
        measure[row] = measure_of(table, row);
        count[measure[row].fit]++;
    }
    put_words(page, count, measures);
    if (count[FIT_OVERLAPS] + count[FIT_OUTSIDE] > 0)
        put_outside(page, measure, measures);
    put_charts(page, measure, measures);
    put_table(page, measure);
    free(measure);
}
