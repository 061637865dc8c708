/* The figures under the four words of the NHS programme of 2010: quality, innovation, productivity,
 * prevention. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scenarios/report/page.h"

/* How a figure is shown: summary.csv's name, and what a reader calls it. */
struct score {
    const char *metric, *label, *unit;
    bool millions;
};

static const struct score quality[] = {
    {"deaths_90d", "Deaths within 90 days, a year", "", false},
    {"mortality_90d", "Dead within 90 days, % of strokes", "share", false},
    {"mrs_0_2_90d", "Alive and independent at 90 days, % of strokes", "share", false},
    {"qalys_lifetime", "Years of life in full health (QALYs) of a year's patients", "", false},
    {"ivt_rate", "Given clot-busting treatment, % of strokes", "share", false},
    {"mt_rate", "Clot removed through an artery, % of strokes", "share", false},
    {"onset_to_needle_min", "From first symptoms to clot-busting treatment, minutes", "", false},
    {"door_to_scan_p50_min", "From the hospital's door to the scan, typical minutes", "", false},
    {"organised_care", "Safety: cared for on a stroke unit, % of strokes", "share", false},
    {"outliers", "Safety: on a general ward for want of a stroke bed, a year", "", false},
    {"diverted", "Safety: ambulances sent on from a full unit, a year", "", false},
    {"within_60_min", "Safety: ambulance journey within 60 minutes, % of strokes", "share", false},
};

static const struct score productivity[] = {
    {"cost_per_patient_90d_gbp", "Cost of the first 90 days, GBP a stroke", "", false},
    {"cost_lifetime_gbp", "Cost over the lives of a year's patients, GBP million", "", true},
    {"net_monetary_benefit_gbp", "Health at its threshold price less cost, GBP million a year", "",
     true},
    {"los_days", "Days in hospital, a patient", "", false},
    {"hasu_beds_in_use", "Hyper-acute beds in use", "", false},
    {"su_beds_in_use", "Stroke-unit beds in use", "", false},
    {"rehab_beds_in_use", "Rehabilitation beds in use", "", false},
    {"hasu_occupancy", "Hyper-acute beds occupied, %", "share", false},
    {"su_occupancy", "Stroke-unit beds occupied, %", "share", false},
    {"blocked_bed_days", "Hyper-acute bed-days blocked, a year", "", false},
    {"transfers", "Moves between hospitals, a year", "", false},
    {"ambulance_hours", "Ambulance hours, a year", "", false},
    {"nurses_wte", "Nurses for the counted beds, full-time", "", false},
};

bool section_scorecard_applies(const struct page *page)
{
    return page->results->configurations > 1;
}

static void put_table_head(struct page *page, const char *caption, size_t c)
{
    const struct read_configuration *of = page->results->configuration;
    html_put(page->html,
             "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\"><table "
             "class=\"scores\"><caption>%s</caption>\n<thead><tr><th scope=\"col\">Figure</th>"
             "<th scope=\"col\" class=\"number\">%s</th><th scope=\"col\" class=\"number\">%s</th>",
             caption, caption, of[0].name, of[c].name);
    html_put(page->html,
             "<th scope=\"col\" class=\"number\">Change</th><th scope=\"col\" class=\"number\">"
             "Evidence allows</th></tr></thead>\n<tbody>\n");
}

static void put_table_end(struct page *page)
{
    html_put(page->html, "</tbody></table></div>\n");
}

/* What is nothing under either configuration is left out. */
static void put_score(struct page *page, const struct score *score, size_t c)
{
    double by = score->millions ? 1e6 : 1;
    double before = results_mean(page->results, 0, score->metric) / by;
    double after = results_mean(page->results, c, score->metric) / by;
    struct read_difference change = results_difference(page->results, c, score->metric);
    if ((isnan(before) || before == 0) && (isnan(after) || after == 0))
        return;
    html_put(page->html,
             "<tr><th scope=\"row\">%s</th><td class=\"number\">%s</td><td class=\"number\">%s</td>"
             "<td class=\"number\">%s</td><td class=\"number\">%s</td></tr>\n",
             score->label, figure_of(before, score->unit).text, figure_of(after, score->unit).text,
             figure_change(change.mean / by, score->unit).text,
             isnan(change.evidence_low) ? "-"
                                        : page_change_range(change.evidence_low / by,
                                                            change.evidence_high / by, score->unit)
                                              .text);
}

static void put_scores(struct page *page, const struct score score[], size_t count, size_t c)
{
    for (size_t i = 0; i < count; i++)
        put_score(page, &score[i], c);
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
        put_table_head(page, "Deaths, disability, time to treatment, safety", c);
        put_scores(page, quality, sizeof quality / sizeof *quality, c);
        put_table_end(page);
        if (page->results->table[RESULTS_UNITS] != NULL) {
            html_put(page->html, "<h3>Innovation: what changes</h3>\n");
            put_table_head(page, "Hospitals and what they do", c);
            put_hospitals(page, c);
            put_table_end(page);
        }
        html_put(page->html, "<h3>Productivity</h3>\n");
        put_table_head(page, "Cost, beds, ambulances and staff", c);
        put_scores(page, productivity, sizeof productivity / sizeof *productivity, c);
        put_table_end(page);
        put_prevention(page, c);
    }
}
