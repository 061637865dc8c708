/* How long ambulance journeys are, before and after. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "scenarios/report/page.h"

enum { MOST_BINS = 40 };

bool section_journeys_applies(const struct page *page)
{
    return page->by != NULL && !isnan(by_share_within(page->by, 0, INFINITY));
}

/* --- the distribution ------------------------------------------------------------------------- */

static const struct chart_column columns[] = {
    {"configuration", "Configuration", NULL, CHART_TEXT},
    {"from", "Journey from, min", NULL, CHART_NUMBER},
    {"to", "to under, min", NULL, CHART_NUMBER},
    {"strokes", "Strokes a year", NULL, CHART_COUNT},
    {"share", "Share of strokes, %", "share", CHART_NUMBER},
};

static double longest_journey(const struct by_area *by)
{
    double longest = 0;
    for (size_t c = 0; c < by->configurations; c++)
        for (size_t a = 0; a < by->areas; a++)
            longest = fmax(longest, by_area_value(by, c, a, BY_TRAVEL).mean);
    return longest;
}

/* Minutes with which all journeys fall into a number of bins that can be told apart. */
static double bin_width(double longest)
{
    static const double width[] = {1, 2, 5, 10, 15, 30, 60};
    size_t i = 0;
    while (i + 1 < sizeof width / sizeof *width && longest / width[i] >= MOST_BINS)
        i++;
    return width[i];
}

/* Strokes a year of each bin. What is longer than the last goes into the last. */
static double fill_bins(const struct by_area *by, size_t c, double width, size_t bins,
                        double strokes[])
{
    double all = 0;
    for (size_t i = 0; i < bins; i++)
        strokes[i] = 0;
    for (size_t a = 0; a < by->areas; a++) {
        double journey = by_area_value(by, c, a, BY_TRAVEL).mean;
        double more = by_area_value(by, c, a, BY_STROKES).mean;
        if (isnan(journey) || !(more > 0))
            continue;
        size_t bin = (size_t)fmax(0, floor(journey / width));
        strokes[bin < bins ? bin : bins - 1] += more;
        all += more;
    }
    return all;
}

static void put_bins(struct page *page, struct chart *chart, size_t c, double width, size_t bins)
{
    double strokes[MOST_BINS + 2];
    double all = fill_bins(page->by, c, width, bins, strokes);
    for (size_t i = 0; i < bins && all > 0; i++) {
        chart_text(chart, page->results->configuration[c].name);
        chart_number(chart, width * (double)i);
        chart_number(chart, width * (double)(i + 1));
        chart_number(chart, page_rounded(strokes[i], 1));
        chart_number(chart, page_rounded(strokes[i] / all, 4));
    }
}

static void put_distribution(struct page *page)
{
    struct chart *chart = chart_new(columns, sizeof columns / sizeof *columns);
    double longest = longest_journey(page->by), width = bin_width(longest);
    size_t bins = (size_t)fmin(MOST_BINS, floor(longest / width)) + 2; /* the last one empty */
    for (size_t c = 0; c < page->results->configurations; c++)
        if (!page->results->configuration[c].unstable)
            put_bins(page, chart, c, width, bins);
    struct chart_about about = {
        .name = "journeys",
        .title = "Strokes a year by the length of their ambulance journey",
        .description = "A stepped line for each configuration: strokes a year by minutes of the "
                       "ambulance journey. A line further to the right means longer journeys.",
        .note = "Each area counts with its strokes at its mean ambulance journey. The more a line "
                "lies to the right, the longer the journeys."};
    page_chart(page, chart, &about);
}

/* --- tables ----------------------------------------------------------------------------------- */

static void put_head(struct page *page, const char *caption)
{
    html_table_begin(page->html, NULL, "%s", caption);
    html_put(page->html, "<caption>%s</caption>", caption);
    html_table_head(page->html);
    html_table_heading(page->html, "Figure");
    for (size_t c = 0; c < page->results->configurations; c++)
        html_table_number_heading(page->html, page->results->configuration[c].name);
    html_table_body(page->html);
}

static void put_value(struct page *page, double value, const char *unit)
{
    html_put(page->html, "<td class=\"number\">%s</td>", figure_of(value, unit).text);
}

/* As the simulation counts them, patient by patient. */
static void put_patients(struct page *page)
{
    static const struct {
        const char *metric, *label, *unit;
    } row[] = {
        {"travel_min", "Ambulance journey, mean, min", ""},
        {"travel_p95_min", "Ambulance journey that 95 of 100 stay within, min", ""},
        {"within_30_min", "Journey within 30 minutes, % of strokes", "share"},
        {"within_60_min", "Journey within 60 minutes, % of strokes", "share"},
        {"call_to_door_min", "From the call to the hospital's door, mean, min", ""},
    };
    put_head(page, "Journeys by ambulance, patient by patient");
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        if (isnan(results_mean(page->results, 0, row[i].metric)))
            continue;
        html_put(page->html, "<tr><th scope=\"row\">%s</th>", row[i].label);
        for (size_t c = 0; c < page->results->configurations; c++)
            put_value(page, results_mean(page->results, c, row[i].metric), row[i].unit);
        html_put(page->html, "</tr>\n");
    }
    html_table_end(page->html);
}

/* As people see it where they live. */
static void put_areas(struct page *page)
{
    static const double limit[] = {15, 30, 45, 60};
    put_head(page, "Strokes in areas whose mean journey is within a limit, % of all");
    for (size_t i = 0; i < sizeof limit / sizeof *limit; i++) {
        html_put(page->html, "<tr><th scope=\"row\">within %s minutes</th>",
                 figure_count(limit[i]).text);
        for (size_t c = 0; c < page->results->configurations; c++)
            put_value(page, by_share_within(page->by, c, limit[i]), "share");
        html_put(page->html, "</tr>\n");
    }
    html_table_end(page->html);
}

void section_journeys(struct page *page)
{
    put_distribution(page);
    put_patients(page);
    put_areas(page);
}
