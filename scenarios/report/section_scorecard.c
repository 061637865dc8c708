/* The figures under the four words of the NHS programme of 2010: quality, innovation, productivity,
 * prevention. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scenarios/report/before_after.h"
#include "scenarios/report/page.h"
#include "scenarios/report/scores.h"

bool section_scorecard_applies(const struct page *page)
{
    return page->results->configurations > 1;
}

/* --- innovation: what changes ----------------------------------------------------------------- */

/* Hospitals of a configuration whose roles contain a word; NULL: that have any role. */
static double hospitals_with(const struct page *page, size_t c, const char *role)
{
    const struct table *units = page->results->table[RESULTS_UNITS];
    const char *name = page->results->configuration[c].name;
    double count = 0;
    for (size_t row = 0; row < table_row_count(units); row++) {
        const char *roles = results_text(units, row, "role");
        if (strcmp(results_text(units, row, "configuration"), name) == 0 &&
            strcmp(results_text(units, row, "metric"), "strokes") == 0 &&
            strcmp(roles, "none") != 0 && (role == NULL || strstr(roles, role) != NULL))
            count++;
    }
    return count;
}

static void put_hospitals(struct page *page, size_t c)
{
    static const struct {
        const char *role, *label;
    } kinds[] = {
        {NULL, "Hospitals with any part in it"},
        {"hasu", "Hyper-acute stroke units (HASUs)"},
        {"stroke", "Hospitals that take acute strokes themselves"},
        {"csc", "Centres that remove clots (thrombectomy)"},
        {"rehab", "Hospitals with rehabilitation"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        double before = hospitals_with(page, 0, kinds[i].role);
        double after = hospitals_with(page, c, kinds[i].role);
        if (before == 0 && after == 0)
            continue;
        char change[16];
        snprintf(change, sizeof change, "%+.0f", after - before);
        html_put(page->html,
                 "<tr><th scope=\"row\">%s</th><td class=\"number\">%s</td><td class=\"number\">"
                 "%s</td><td class=\"number\">%s</td><td class=\"number\">-</td></tr>\n",
                 kinds[i].label, figure_count(before).text, figure_count(after).text,
                 after == before ? "0" : change);
    }
}

/* --- prevention: what fewer strokes would do -------------------------------------------------- */

static void put_prevention(struct page *page, size_t c)
{
    const struct results_read *results = page->results;
    double mortality = results_mean(results, c, "mortality_90d");
    double cost = results_mean(results, c, "cost_per_patient_90d_gbp");
    double days = results_mean(results, c, "los_days");
    double strokes = results_mean(results, c, "strokes");
    double saved = results_difference(results, c, "lives_saved").mean;
    html_put(page->html,
             "<h3>Prevention: what fewer strokes would do</h3>\n<p>Every 100 strokes that do not "
             "happen spare about %s deaths within 90 days, %s days in hospital and GBP %s in those "
             "90 days, as things are under %s.",
             figure_count(100 * mortality).text, figure_count(100 * days).text,
             figure_count(100 * cost).text, results->configuration[c].name);
    double before = results_mean(results, 0, "mortality_90d");
    if (saved > 0 && before > 0 && strokes > 0)
        html_put(page->html,
                 " To save as many lives as this change does, prevention under %s would have to "
                 "avoid %s strokes a year, %s%% of all.",
                 results->configuration[0].name, figure_count(saved / before).text,
                 figure_of(saved / before / strokes, "share").text);
    html_put(page->html, " This is arithmetic with the averages above, not a simulation.</p>\n");
}

void section_scorecard(struct page *page)
{
    for (size_t c = 1; c < page->results->configurations; c++) {
        page_comparison(page, c);
        html_put(page->html, "<h3>Quality</h3>\n");
        before_after_head(page, "Deaths, disability, time to treatment, safety", c);
        before_after_rows(page, scores_of_quality(), c);
        before_after_end(page);
        if (page->results->table[RESULTS_UNITS] != NULL) {
            html_put(page->html, "<h3>Innovation: what changes</h3>\n");
            before_after_head(page, "Hospitals and what they do", c);
            put_hospitals(page, c);
            before_after_end(page);
        }
        html_put(page->html, "<h3>Productivity</h3>\n");
        before_after_head(page, "Cost, beds, ambulances and staff", c);
        before_after_rows(page, scores_of_productivity(), c);
        before_after_end(page);
        put_prevention(page, c);
    }
}
