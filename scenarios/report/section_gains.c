/* Who gains and who loses: by group of areas, by fifth of deprivation, and the areas that lose
 * most. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "scenarios/report/page.h"

enum {
    MOST_GROUPS = 60, /* of more, only half as many at each end */
    TEN = 10
};

/* Journeys that change by less are called the same. */
static const double same_min = 1;

bool section_gains_applies(const struct page *page)
{
    if (page->by == NULL)
        return false;
    for (size_t c = 1; c < page->results->configurations; c++)
        if (page_comparable(page, c))
            return true;
    return false;
}

/* What is shown of either. */
struct gain {
    const char *chart, *of_groups, *of_fifths, *worst, *before, *after, *change;
    enum by_metric metric;
    double factor;
};

static const struct gain gains[] = {
    {"gains_journey", "Change in the mean ambulance journey, by group",
     "Change in the mean ambulance journey, by deprivation",
     "The areas whose ambulance journey becomes longer by most", "Journey before, min",
     "after, min", "Change, min", BY_TRAVEL, 1},
    {"gains_deaths", "Change in expected deaths within 90 days, by group",
     "Change in expected deaths within 90 days, by deprivation",
     "The areas whose expected outcome becomes worse by most", "Deaths per 1,000 strokes before",
     "after", "Change, deaths per 1,000", BY_DEATHS, 1000},
};

/* --- shares of everyone ----------------------------------------------------------------------- */

struct shares {
    double all, longer, shorter, better, worse;
    size_t areas;
};

static struct shares share_out(const struct by_area *by, size_t c)
{
    struct shares shares = {0};
    for (size_t a = 0; a < by->areas; a++) {
        double strokes = by_area_value(by, c, a, BY_STROKES).mean;
        struct by_figure journey = by_area_change(by, c, a, BY_TRAVEL);
        struct by_figure deaths = by_area_change(by, c, a, BY_DEATHS);
        if (!(strokes > 0))
            continue;
        shares.areas++;
        shares.all += strokes;
        shares.longer += journey.mean >= same_min ? strokes : 0;
        shares.shorter += journey.mean <= -same_min ? strokes : 0;
        shares.better += by_surely_below(deaths) ? strokes : 0;
        shares.worse += by_surely_above(deaths) ? strokes : 0;
    }
    return shares;
}

static struct figure percent(double part, double all)
{
    struct figure figure;
    double share = 100 * part / all;
    snprintf(figure.text, sizeof figure.text, "%.*f",
             (share > 0 && share < 1) || (share > 99 && share < 100) ? 1 : 0, share);
    return figure;
}

static bool has_intervals(const struct by_area *by, size_t c)
{
    for (size_t a = 0; a < by->areas; a++)
        if (!isnan(by_area_change(by, c, a, BY_DEATHS).low))
            return true;
    return false;
}

static void put_shares(struct page *page, size_t c)
{
    struct shares of = share_out(page->by, c);
    if (of.all == 0)
        return;
    html_put(page->html,
             "<p>Of %s strokes a year, <strong>%s%%</strong> happen where the mean ambulance "
             "journey becomes longer by a minute or more, <strong>%s%%</strong> where it becomes "
             "shorter by as much, and %s%% where it stays about the same.",
             figure_count(of.all).text, percent(of.longer, of.all).text,
             percent(of.shorter, of.all).text,
             percent(of.all - of.longer - of.shorter, of.all).text);
    if (has_intervals(page->by, c))
        html_put(page->html,
                 " <strong>%s%%</strong> happen where the expected outcome becomes better (fewer "
                 "deaths expected within 90 days), <strong>%s%%</strong> where it becomes worse, "
                 "and %s%% where the simulation cannot tell one from the other.",
                 percent(of.better, of.all).text, percent(of.worse, of.all).text,
                 percent(of.all - of.better - of.worse, of.all).text);
    html_put(page->html, "</p>\n");
}

/* --- bars ------------------------------------------------------------------------------------- */

enum { BEFORE = 1, AFTER, CHANGE, COLUMNS = 7 };

static const struct chart_column shared_columns[COLUMNS] = {
    {"place", "Where", NULL, CHART_TEXT},
    [BEFORE] = {"before", NULL, NULL, CHART_NUMBER},
    [AFTER] = {"after", NULL, NULL, CHART_NUMBER},
    [CHANGE] = {"change", NULL, NULL, CHART_CHANGE},
    {"low", "95% interval from", NULL, CHART_CHANGE},
    {"high", "to", NULL, CHART_CHANGE},
    {"strokes", "Strokes a year", NULL, CHART_COUNT},
};

static void name_columns(struct chart_column columns[COLUMNS], const struct gain *gain)
{
    for (size_t i = 0; i < COLUMNS; i++)
        columns[i] = shared_columns[i];
    columns[BEFORE].heading = gain->before;
    columns[AFTER].heading = gain->after;
    columns[CHANGE].heading = gain->change;
}

static void put_figure(struct chart *chart, const struct by_figure *change)
{
    chart_number(chart, change->mean);
    chart_number(chart, change->low);
    chart_number(chart, change->high);
}

/* A place and how it changes, for sorting. */
struct ranked {
    size_t at;
    double change;
};

/* The worst first, then in the order of the results. */
static int compare_ranked(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    return a->change > b->change   ? -1
           : a->change < b->change ? 1
           : a->at < b->at         ? -1
                                   : a->at > b->at;
}

static void put_group(struct page *page, struct chart *chart, const struct gain *gain, size_t c,
                      size_t g)
{
    const struct by_area *by = page->by;
    struct by_figure change = by_times(by_group_change(by, c, g, gain->metric), gain->factor);
    chart_text(chart, by->group[g].name);
    chart_number(chart, gain->factor * by_group_value(by, 0, g, gain->metric).mean);
    chart_number(chart, gain->factor * by_group_value(by, c, g, gain->metric).mean);
    put_figure(chart, &change);
    chart_number(chart, by_group_value(by, c, g, BY_STROKES).mean);
}

static size_t rank_groups(const struct by_area *by, const struct gain *gain, size_t c,
                          struct ranked ranked[])
{
    size_t count = 0;
    for (size_t g = 0; g < by->groups; g++) {
        double change = by_group_change(by, c, g, gain->metric).mean;
        if (!isnan(change))
            ranked[count++] = (struct ranked){g, change};
    }
    qsort(ranked, count, sizeof *ranked, compare_ranked);
    return count;
}

static void put_groups(struct page *page, const struct gain *gain, size_t c)
{
    struct chart_column columns[COLUMNS];
    struct ranked *ranked = calloc(page->by->groups + 1, sizeof *ranked);
    size_t count = ranked == NULL ? 0 : rank_groups(page->by, gain, c, ranked);
    bool many = count > MOST_GROUPS;
    char id[64];
    snprintf(id, sizeof id, "%s-groups-%zu", gain->chart, c);
    name_columns(columns, gain);
    struct chart *chart = ranked == NULL ? NULL : chart_new(columns, COLUMNS);
    for (size_t i = 0; i < count; i++)
        if (!many || i < MOST_GROUPS / 2 || i >= count - MOST_GROUPS / 2)
            put_group(page, chart, gain, c, ranked[i].at);
    free(ranked);
    struct chart_about about = {
        .name = gain->chart,
        .id = id,
        .title = gain->of_groups,
        .description = "Bars, one for each group of areas, the worst first: to the right is worse, "
                       "to the left is better. A line across the end of a bar is its 95% interval.",
        .note = many
                    ? "The thirty groups that lose most, and the thirty that gain most; groups.csv "
                      "has all. To the right is worse. The thin line is the 95% interval of the "
                      "simulation's mean."
                    : "To the right of the line at 0 is worse, to the left better. The thin line "
                      "is the 95% interval of the simulation's mean."};
    page_chart(page, chart, &about);
}

static void put_fifths(struct page *page, const struct gain *gain, size_t c)
{
    static const char *const name[BY_FIFTHS] = {"1: most deprived", "2", "3", "4",
                                                "5: least deprived"};
    struct chart_column columns[COLUMNS];
    char id[64];
    snprintf(id, sizeof id, "%s-deprivation-%zu", gain->chart, c);
    name_columns(columns, gain);
    columns[BEFORE].cell = columns[AFTER].cell = CHART_HIDDEN;
    columns[COLUMNS - 1].cell = CHART_HIDDEN;
    struct chart *chart = chart_new(columns, COLUMNS);
    for (size_t fifth = 0; fifth < BY_FIFTHS; fifth++) {
        struct by_figure change =
            by_times(by_fifth_change(page->by, c, fifth, gain->metric), gain->factor);
        if (isnan(change.mean))
            continue;
        chart_text(chart, name[fifth]);
        chart_number(chart, NAN);
        chart_number(chart, NAN);
        put_figure(chart, &change);
        chart_number(chart, NAN);
    }
    struct chart_about about = {
        .name = gain->chart,
        .id = id,
        .title = gain->of_fifths,
        .description = "Five bars, from the most deprived areas to the least deprived: to the "
                       "right is worse, to the left is better.",
        .note = "Areas in order of their deprivation, cut so that each fifth has a fifth of the "
                "strokes. To the right of the line at 0 is worse, to the left better. The thin "
                "line is the 95% interval of the simulation's mean."};
    page_chart(page, chart, &about);
}

/* --- the ten that lose most ------------------------------------------------------------------- */

/* Areas that lose surely: the interval lies above 0. Those of others may have lost by chance. */
static size_t rank_losers(const struct by_area *by, const struct gain *gain, size_t c,
                          struct ranked ranked[])
{
    size_t count = 0;
    for (size_t a = 0; a < by->areas; a++) {
        struct by_figure change = by_area_change(by, c, a, gain->metric);
        if (by_surely_above(change))
            ranked[count++] = (struct ranked){a, change.mean};
    }
    qsort(ranked, count, sizeof *ranked, compare_ranked);
    return count;
}

static void put_loser(struct page *page, const struct gain *gain, size_t c, size_t a)
{
    const struct by_area *by = page->by;
    size_t group = by->area[a].group;
    struct by_figure change = by_times(by_area_change(by, c, a, gain->metric), gain->factor);
    html_put(page->html,
             "<tr><th scope=\"row\">%s</th><td>%s</td><td class=\"number\">%s</td>"
             "<td class=\"number\">%s</td><td class=\"number\">%s</td><td class=\"number\">%s</td>"
             "<td class=\"number\">%s</td></tr>\n",
             by->area[a].name, group < by->groups ? by->group[group].name : "",
             figure_of(by_area_value(by, c, a, BY_STROKES).mean, "").text,
             figure_of(gain->factor * by_area_value(by, 0, a, gain->metric).mean, "").text,
             figure_of(gain->factor * by_area_value(by, c, a, gain->metric).mean, "").text,
             figure_change(change.mean, "").text,
             page_change_range(change.low, change.high, "").text);
}

static void put_losers_head(struct page *page, const struct gain *gain)
{
    html_table_begin(page->html, NULL, "%s", gain->worst);
    html_put(page->html, "<caption>The largest first, ten at most</caption>");
    html_table_head(page->html);
    html_table_heading(page->html, "Area");
    html_table_heading(page->html, "Group");
    html_table_number_heading(page->html, "Strokes a year");
    html_table_number_heading(page->html, gain->before);
    html_table_number_heading(page->html, gain->after);
    html_table_number_heading(page->html, gain->change);
    html_table_number_heading(page->html, "95% interval");
    html_table_body(page->html);
}

/* How many there are in all, and how far to believe a list of the worst. */
static void put_caution(struct page *page, const struct gain *gain, size_t count, size_t areas)
{
    bool journey = gain->metric == BY_TRAVEL;
    double false_alarms = floor(0.025 * (double)areas); /* intervals of 95% that lie above 0 */
    if (count == 0) {
        html_put(page->html,
                 "<p>In no area does %s: nowhere does the 95%% interval of the change lie above 0."
                 "</p>\n",
                 journey ? "the ambulance journey surely become longer"
                         : "the expected outcome surely become worse");
        return;
    }
    html_put(page->html,
             "<p class=\"quiet\">Of %s areas, %s %s surely: the whole 95%% interval lies above 0. "
             "Only those are ranked.",
             figure_count((double)areas).text, figure_count((double)count).text,
             journey ? "have a longer journey" : "have a worse expected outcome");
    if (false_alarms >= 1)
        html_put(page->html,
                 " If nothing changed anywhere, chance would still bring about %s of so many onto "
                 "such a list, and the first of a list look worse than they are; more replications "
                 "tell.",
                 figure_count(false_alarms).text);
    html_put(page->html, "</p>\n");
}

static void put_losers(struct page *page, const struct gain *gain, size_t c)
{
    const struct by_area *by = page->by;
    struct ranked *ranked = calloc(by->areas + 1, sizeof *ranked);
    if (ranked == NULL) {
        page->failed = true;
        return;
    }
    size_t count = rank_losers(by, gain, c, ranked);
    html_put(page->html, "<h3>%s</h3>\n", gain->worst);
    if (count > 0) {
        put_losers_head(page, gain);
        for (size_t i = 0; i < count && i < TEN; i++)
            put_loser(page, gain, c, ranked[i].at);
        html_table_end(page->html);
    }
    put_caution(page, gain, count, by->areas);
    free(ranked);
}

static void put_gain(struct page *page, const struct gain *gain, size_t c)
{
    put_groups(page, gain, c);
    put_fifths(page, gain, c);
    if (has_intervals(page->by, c))
        put_losers(page, gain, c);
}

void section_gains(struct page *page)
{
    enum { GAINS = sizeof gains / sizeof *gains };
    for (size_t c = 1; c < page->results->configurations; c++) {
        if (!page_comparable(page, c))
            continue;
        page_comparison(page, c);
        put_shares(page, c);
        for (size_t i = 0; i < GAINS; i++)
            if (by_changes(page->by, c, gains[i].metric))
                put_gain(page, &gains[i], c);
    }
}
