/* The cost-effectiveness plane: what each draw of the uncertain evidence makes of health gained and
 * money spent over the patients' lives. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scenarios/report/page.h"

/* The draws of a comparison, counted. */
struct plane {
    size_t draws, worth, gains, dearer; /* worth: at the threshold, more than it costs */
    double threshold_gbp;               /* a QALY; NAN: not known */
    double qalys, gbp;                  /* the main result */
};

static bool is_draw_of(const struct page *page, size_t row, size_t c)
{
    const struct table *table = page->results->table[RESULTS_CE_PLANE];
    return strcmp(results_text(table, row, "configuration"),
                  page->results->configuration[c].name) == 0 &&
           !isnan(results_number(table, row, "qalys")) &&
           !isnan(results_number(table, row, "cost_gbp"));
}

static bool has_draws(const struct page *page, size_t c)
{
    const struct table *table = page->results->table[RESULTS_CE_PLANE];
    for (size_t row = 0; table != NULL && row < table_row_count(table); row++)
        if (is_draw_of(page, row, c))
            return true;
    return false;
}

bool section_plane_applies(const struct page *page)
{
    for (size_t c = 1; c < page->results->configurations; c++)
        if (has_draws(page, c))
            return true;
    return false;
}

/* What a QALY is held to be worth: net benefit is that, for all QALYs, less the cost, and so the
 * price is in every summary. */
static double threshold_of(const struct results_read *results, size_t c)
{
    double benefit = results_mean(results, c, "net_monetary_benefit_gbp");
    double cost = results_mean(results, c, "cost_lifetime_gbp");
    double qalys = results_mean(results, c, "qalys_lifetime");
    return qalys > 0 ? (benefit + cost) / qalys : NAN;
}

static struct plane plane_read(const struct page *page, size_t c)
{
    const struct results_read *results = page->results;
    const struct table *table = results->table[RESULTS_CE_PLANE];
    struct plane plane = {
        .threshold_gbp = threshold_of(results, c),
        .qalys = results_difference(results, c, "qalys_lifetime").mean,
        .gbp = results_difference(results, c, "cost_lifetime_gbp").mean,
    };
    for (size_t row = 0; row < table_row_count(table); row++) {
        if (!is_draw_of(page, row, c))
            continue;
        double qalys = results_number(table, row, "qalys");
        double gbp = results_number(table, row, "cost_gbp");
        plane.draws++;
        plane.worth += plane.threshold_gbp * qalys > gbp;
        plane.gains += qalys > 0;
        plane.dearer += gbp > 0;
    }
    return plane;
}

/* --- in words --------------------------------------------------------------------------------- */

/* Who gains or loses health, for more money or less. */
static void put_ratio(struct page *page, const struct plane *plane, const char *name)
{
    html_put(page->html,
             "<p>Over the lives of each year's patients, %s brings <strong>%s years in full health "
             "(QALYs) %s</strong> and costs <strong>%s %s</strong>",
             name, figure_people(fabs(plane->qalys)).text, plane->qalys < 0 ? "less" : "more",
             page_gbp(plane->gbp).text, plane->gbp < 0 ? "less" : "more");
    if (plane->qalys > 0 && plane->gbp > 0)
        html_put(page->html, ": GBP %s for each QALY gained.",
                 figure_count(plane->gbp / plane->qalys).text);
    else if (plane->qalys < 0 && plane->gbp < 0)
        html_put(page->html, ": GBP %s saved for each QALY lost.",
                 figure_count(plane->gbp / plane->qalys).text);
    else if (plane->qalys == 0 && plane->gbp == 0)
        html_put(page->html, ": no difference.");
    else if (plane->qalys >= 0)
        html_put(page->html, ": no less health for no more money, so it is better on both counts.");
    else
        html_put(page->html, ": no more health for no less money, so it is worse on both counts.");
    html_put(page->html, "</p>\n");
}

static struct figure share_of(size_t part, size_t whole)
{
    return figure_count(100 * (double)part / (double)whole);
}

static void put_shares(struct page *page, const struct plane *plane)
{
    html_put(page->html,
             "<p>Of %s draws of the uncertain evidence, %s%% gain health and %s%% cost more.",
             figure_count((double)plane->draws).text, share_of(plane->gains, plane->draws).text,
             share_of(plane->dearer, plane->draws).text);
    if (!isnan(plane->threshold_gbp))
        html_put(page->html,
                 " If a QALY is worth GBP %s, <strong>%s%% of the draws are worth their "
                 "money</strong>: they lie below the sloping line.",
                 figure_count(plane->threshold_gbp).text,
                 share_of(plane->worth, plane->draws).text);
    html_put(page->html, "</p>\n");
}

static void put_benefit(struct page *page, const struct plane *plane, size_t c)
{
    struct read_difference benefit =
        results_difference(page->results, c, "net_monetary_benefit_gbp");
    if (isnan(benefit.mean) || isnan(plane->threshold_gbp))
        return;
    html_put(
        page->html,
        "<p>At that price the health gained, less the cost, is worth <strong>%s%s</strong> for "
        "each year's patients (the net benefit)",
        benefit.mean < 0 ? "minus " : "", page_gbp(benefit.mean).text);
    if (!isnan(benefit.evidence_low))
        html_put(
            page->html, "; the evidence allows %s million GBP",
            page_change_range(benefit.evidence_low / 1e6, benefit.evidence_high / 1e6, "").text);
    html_put(page->html, ".</p>\n");
}

/* --- the chart -------------------------------------------------------------------------------- */

static const struct chart_column columns[] = {
    {"what", "What it is", NULL, CHART_TEXT},
    {"qalys", "Years in full health (QALYs) gained", "", CHART_CHANGE},
    {"cost", "Extra cost, GBP million", "", CHART_CHANGE},
    {"threshold", "", NULL, CHART_HIDDEN},
};

static void put_point(struct chart *chart, const struct plane *plane, const char *what,
                      double qalys, double gbp)
{
    chart_text(chart, what);
    chart_number(chart, qalys);
    chart_number(chart, gbp / 1e6);
    chart_number(chart, plane->threshold_gbp);
}

static struct chart *plane_chart(const struct page *page, const struct plane *plane, size_t c)
{
    const struct table *table = page->results->table[RESULTS_CE_PLANE];
    struct chart *chart = chart_new(columns, sizeof columns / sizeof *columns);
    if (!isnan(plane->qalys) && !isnan(plane->gbp))
        put_point(chart, plane, "The main result", plane->qalys, plane->gbp);
    for (size_t row = 0; row < table_row_count(table); row++)
        if (is_draw_of(page, row, c))
            put_point(chart, plane, "A draw of the evidence", results_number(table, row, "qalys"),
                      results_number(table, row, "cost_gbp"));
    return chart;
}

static void put_chart(struct page *page, const struct plane *plane, size_t c)
{
    char id[40], note[500];
    snprintf(id, sizeof id, "plane-%zu", c);
    snprintf(note, sizeof note,
             "Each dot is one draw of the uncertain figures of medicine and cost. Right of the "
             "upright line: health gained. Above the level line: costs more.%s%s%s",
             isnan(plane->threshold_gbp) ? "" : " Below the sloping line: worth its money at GBP ",
             isnan(plane->threshold_gbp) ? "" : figure_count(plane->threshold_gbp).text,
             isnan(plane->threshold_gbp) ? "" : " a QALY.");
    struct chart_about about = {
        .name = "plane",
        .id = id,
        .title = "Health gained and money spent, over the patients' lives",
        .description = "A cloud of dots, one for each draw of the uncertain evidence, by the QALYs "
                       "gained and the extra cost, with the main result as a diamond and a sloping "
                       "line where a QALY costs just what it is held to be worth. The table below "
                       "has the numbers.",
        .note = note,
    };
    page_chart(page, plane_chart(page, plane, c), &about);
}

static void put_quadrants(struct page *page)
{
    html_put(page->html,
             "<dl><dt>Lower right: more health, less money</dt><dd>better on both counts</dd>"
             "<dt>Upper right: more health, more money</dt><dd>a matter of price: below the "
             "sloping line it is worth it</dd>"
             "<dt>Lower left: less health, less money</dt><dd>a matter of price: below the sloping "
             "line the money saved outweighs the health lost</dd>"
             "<dt>Upper left: less health, more money</dt><dd>worse on both counts</dd></dl>\n");
}

void section_plane(struct page *page)
{
    for (size_t c = 1; c < page->results->configurations; c++) {
        if (!has_draws(page, c))
            continue;
        struct plane plane = plane_read(page, c);
        page_comparison(page, c);
        if (!isnan(plane.qalys) && !isnan(plane.gbp))
            put_ratio(page, &plane, page->results->configuration[c].name);
        put_shares(page, &plane);
        put_benefit(page, &plane, c);
        put_chart(page, &plane, c);
    }
    html_put(page->html, "<h3>What the four corners mean</h3>\n");
    put_quadrants(page);
}
