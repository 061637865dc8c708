/* What changes for the people of one place, which the reader asked for. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scenarios/report/destinations.h"
#include "scenarios/report/page.h"

bool section_place_applies(const struct page *page)
{
    return page->focus.kind != PLACE_NONE && page->results->configurations > 1;
}

/* --- the place -------------------------------------------------------------------------------- */

static struct by_figure value_of(const struct page *page, size_t c, enum by_metric metric)
{
    return (page->focus.kind == PLACE_GROUP ? by_group_value
                                            : by_area_value)(page->by, c, page->focus.at, metric);
}

static struct by_figure change_of(const struct page *page, size_t c, enum by_metric metric)
{
    return (page->focus.kind == PLACE_GROUP ? by_group_change
                                            : by_area_change)(page->by, c, page->focus.at, metric);
}

/* --- sentences -------------------------------------------------------------------------------- */

/* A figure that is said of a place: "<begins> 20.8 <middle> 13.7<ends>: 7.1 <more>". */
struct said {
    enum by_metric metric;
    const char *everyone; /* the metric of differences.csv */
    const char *label;    /* in the table */
    const char *begins, *middle, *ends, *more, *less;
    double factor;
    const char *kind; /* of number, for figure_of() */
};

static const struct said saying[] = {
    {BY_TRAVEL, "travel_min", "Ambulance journey, mean, min", "The ambulance journey takes",
     "minutes on average instead of", "", "minutes longer", "minutes less", 1, ""},
    {BY_IVT, "ivt_rate", "Treated with a clot-busting drug, % of strokes",
     "A clot-busting drug (thrombolysis) is given to", "% of people with a stroke instead of", "%",
     "points more", "points fewer", 1, "share"},
    {BY_ORGANISED, "organised_care", "Cared for on a stroke unit, % of strokes",
     "A stroke unit cares for", "% of people with a stroke instead of", "%", "points more",
     "points fewer", 1, "share"},
    {BY_DEATHS, "mortality_90d", "Deaths within 90 days, of 1,000 strokes",
     "Of 1,000 people with a stroke,", "are expected to die within 90 days instead of", "", "more",
     "fewer", 1000, ""},
};

enum { SAYINGS = sizeof saying / sizeof *saying };

/* To one decimal: a second one is beyond what anybody can feel. */
static struct figure rough(double value)
{
    struct figure figure = figure_of(value, "");
    if (fabs(value) < 99.95)
        snprintf(figure.text, sizeof figure.text, "%.1f", value);
    return figure;
}

/* In the unit of the sentence: minutes, points, people of 1,000. */
static double in_words(const struct said *said, double change)
{
    return (strcmp(said->kind, "share") == 0 ? 100 : 1) * said->factor * change;
}

/* "7.1 minutes longer"; "no change". */
static void put_change(struct page *page, const struct said *said, double by)
{
    if (fabs(by) < 0.05)
        html_put(page->html, "no change");
    else
        html_put(page->html, "%s %s", rough(fabs(by)).text, by > 0 ? said->more : said->less);
}

static void put_interval(struct page *page, const struct said *said, struct by_figure change)
{
    bool turned = change.mean < 0;
    double low = in_words(said, turned ? -change.high : change.low);
    double high = in_words(said, turned ? -change.low : change.high);
    if (!isnan(low) && !isnan(high) && fabs(in_words(said, change.mean)) >= 0.05)
        html_put(page->html, " (95%% interval %s to %s)", rough(low).text, rough(high).text);
}

static void put_sentence(struct page *page, const struct said *said, size_t c)
{
    struct by_figure before = value_of(page, 0, said->metric);
    struct by_figure after = value_of(page, c, said->metric);
    struct by_figure change = change_of(page, c, said->metric);
    double everyone = results_difference(page->results, c, said->everyone).mean;
    if (isnan(before.mean) || isnan(after.mean) || isnan(change.mean))
        return;
    html_put(page->html, "<li>%s %s%s%s %s%s: <strong>", said->begins,
             figure_of(said->factor * after.mean, said->kind).text,
             said->middle[0] == '%' ? "" : " ", said->middle,
             figure_of(said->factor * before.mean, said->kind).text, said->ends);
    put_change(page, said, in_words(said, change.mean));
    html_put(page->html, "</strong>");
    put_interval(page, said, change);
    if (!isnan(everyone)) {
        html_put(page->html, ". For everyone together: ");
        put_change(page, said, in_words(said, everyone));
    }
    html_put(page->html, ".</li>\n");
}

/* "King's College Hospital (12.4 minutes away)"; of several "King's College Hospital (62.0% of
 * strokes), ... and others (2.0%)". */
static void put_hospitals(struct page *page, const struct destination found[], size_t count)
{
    double others = 1;
    for (size_t i = 0; i < count; i++) {
        others -= found[i].share;
        html_put(page->html, "%s<em>%s</em>", i == 0 ? "" : ", ", found[i].hospital);
        if (count > 1)
            html_put(page->html, " (%s%%%s)", figure_of(found[i].share, "share").text,
                     i == 0 ? " of strokes" : "");
        else
            html_put(page->html, " (%s minutes away)", rough(found[i].minutes).text);
    }
    if (others > 0.0005)
        html_put(page->html, " and others (%s%%)", figure_of(others, "share").text);
}

static bool same_hospitals(const struct destination one[], size_t ones,
                           const struct destination other[], size_t others)
{
    bool same = ones == others;
    for (size_t i = 0; same && i < ones; i++)
        same = strcmp(one[i].hospital, other[i].hospital) == 0 &&
               fabs(one[i].share - other[i].share) < 0.0005;
    return same;
}

static void put_destinations(struct page *page, size_t c)
{
    struct destination before[DESTINATIONS], after[DESTINATIONS];
    size_t befores = destinations_of(page->results, page->by, &page->focus, 0, before);
    size_t afters = destinations_of(page->results, page->by, &page->focus, c, after);
    if (befores == 0 || afters == 0)
        return;
    html_put(page->html, "<li>Ambulances usually go to ");
    put_hospitals(page, after, afters);
    if (same_hospitals(before, befores, after, afters)) {
        html_put(page->html, ", as before.</li>\n");
        return;
    }
    html_put(page->html, " instead of ");
    put_hospitals(page, before, befores);
    html_put(page->html, ".</li>\n");
}

static void put_headline(struct page *page, size_t c, double strokes)
{
    const struct read_configuration *of = page->results->configuration;
    struct by_figure deaths = by_times(change_of(page, c, BY_DEATHS), strokes);
    html_put(page->html,
             "<p class=\"headline\">About %s people who live in <em>%s</em> have a stroke each "
             "year. Under <em>%s</em> instead of <em>%s</em>",
             figure_people(strokes).text, page_focus(page), of[c].name, of[0].name);
    if (isnan(deaths.mean) || fabs(deaths.mean) < 0.05)
        html_put(page->html,
                 " as many of them are expected to die within 90 days as before.</p>\n");
    else
        html_put(page->html,
                 " <strong>about %s %s of them are expected to die</strong> within 90 days."
                 "</p>\n",
                 figure_people(fabs(deaths.mean)).text, deaths.mean < 0 ? "fewer" : "more");
}

/* --- the same as a table ---------------------------------------------------------------------- */

static void put_row(struct page *page, const struct said *said, size_t c)
{
    struct by_figure change = change_of(page, c, said->metric);
    double everyone = results_difference(page->results, c, said->everyone).mean;
    if (isnan(change.mean))
        return;
    html_put(
        page->html,
        "<tr><th scope=\"row\">%s</th><td class=\"number\">%s</td><td class=\"number\">%s</td>"
        "<td class=\"number\">%s</td><td class=\"number\">%s</td><td class=\"number\">%s</td>"
        "</tr>\n",
        said->label,
        figure_of(said->factor * value_of(page, 0, said->metric).mean, said->kind).text,
        figure_of(said->factor * value_of(page, c, said->metric).mean, said->kind).text,
        figure_change(said->factor * change.mean, said->kind).text,
        page_change_range(said->factor * change.low, said->factor * change.high, said->kind).text,
        figure_change(said->factor * everyone, said->kind).text);
}

static void put_table(struct page *page, size_t c)
{
    const struct read_configuration *of = page->results->configuration;
    const char *name = page_focus(page);
    html_table_begin(page->html, NULL, "Figures of %s", name);
    html_put(page->html, "<caption>People who live in %s</caption>", name);
    html_table_head(page->html);
    html_table_heading(page->html, "Figure");
    html_table_number_heading(page->html, of[0].name);
    html_table_number_heading(page->html, of[c].name);
    html_table_number_heading(page->html, "Change");
    html_table_number_heading(page->html, "95% interval");
    html_table_number_heading(page->html, "Change for everyone");
    html_table_body(page->html);
    for (size_t i = 0; i < SAYINGS; i++)
        put_row(page, &saying[i], c);
    html_table_end(page->html);
}

static void put_note(struct page *page)
{
    const struct by_area *by = page->by;
    size_t group = page->focus.kind == PLACE_AREA ? by->area[page->focus.at].group : by->groups;
    html_put(page->html, "<p class=\"quiet\">");
    if (group < by->groups)
        html_put(page->html, "%s is a part of %s. ", page_focus(page), by->group[group].name);
    html_put(page->html,
             "The intervals say how well the simulation knows its mean, not how sure the evidence "
             "is, which is said below for everyone together.%s</p>\n",
             page->focus.kind == PLACE_AREA ? " A single area has few strokes a year, so its "
                                              "figures are rough."
                                            : "");
}

void section_place(struct page *page)
{
    for (size_t c = 1; c < page->results->configurations; c++) {
        page_comparison(page, c);
        if (!page_comparable(page, c)) {
            html_put(page->html, "<p>More patients come than its beds can take, so there is "
                                 "nothing to compare.</p>\n");
            continue;
        }
        put_headline(page, c, value_of(page, c, BY_STROKES).mean);
        html_put(page->html, "<ul>\n");
        put_destinations(page, c);
        for (size_t i = 0; i < SAYINGS; i++)
            put_sentence(page, &saying[i], c);
        html_put(page->html, "</ul>\n");
        put_table(page, c);
    }
    put_note(page);
}
