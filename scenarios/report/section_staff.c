/* Staff and visitors: nurses, ambulances, and the journeys of those who visit. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/report/before_after.h"
#include "scenarios/report/by_hospital.h"
#include "scenarios/report/page.h"

static const struct score rows[] = {
    {"nurses_wte", "Nurses for the stroke beds, full-time", "", false},
    {"ambulance_hours", "Ambulance hours for these patients, a year", "", false},
    {"fleet_utilisation", "Ambulances away from their stations, % of their hours", "share", false},
    {"response_min", "From the call to the crew's arrival, average minutes", "", false},
    {"visitor_travel_min", "Visitors' journey from home to the hospital, average minutes", "",
     false},
};

enum { ROWS = sizeof rows / sizeof *rows };

bool section_staff_applies(const struct page *page)
{
    for (size_t c = 1; c < page->results->configurations; c++)
        for (size_t i = 0; i < ROWS; i++)
            if (results_mean(page->results, c, rows[i].metric) > 0)
                return true;
    return false;
}

/* --- nurses ----------------------------------------------------------------------------------- */

static const struct chart_column nurse_columns[] = {
    {"hospital", "Hospital", NULL, CHART_TEXT},
    {"configuration", "Configuration", NULL, CHART_TEXT},
    {"value", "Full-time nurses", "", CHART_NUMBER},
};

static const char *const nurses[] = {"nurses_wte"};

/* A hospital without any under either is left out; all have the same place in every file. */
static bool has_nurses(const struct by_hospital by[], size_t configurations, size_t h)
{
    for (size_t c = 0; c < configurations; c++)
        if (h < by[c].hospitals && by_hospital_at(&by[c], h, 0)->mean > 0)
            return true;
    return false;
}

static void put_nurse(struct chart *chart, const struct page *page, const struct by_hospital *by,
                      size_t c, size_t h)
{
    double value = h < by->hospitals ? by_hospital_at(by, h, 0)->mean : NAN;
    if (isnan(value))
        return;
    chart_text(chart, by->name[h]);
    chart_text(chart, page->results->configuration[c].name);
    chart_number(chart, value);
}

static bool nurses_differ(const struct by_hospital by[], size_t configurations)
{
    for (size_t c = 1; c < configurations; c++)
        for (size_t h = 0; h < by[0].hospitals && h < by[c].hospitals; h++)
            if (by_hospital_at(&by[c], h, 0)->mean != by_hospital_at(&by[0], h, 0)->mean)
                return true;
    return false;
}

static void put_nurse_chart(struct page *page, const struct by_hospital by[])
{
    size_t configurations = page->results->configurations;
    struct chart *chart = chart_new(nurse_columns, sizeof nurse_columns / sizeof *nurse_columns);
    for (size_t h = 0; h < by[0].hospitals; h++)
        for (size_t c = 0; c < configurations && has_nurses(by, configurations, h); c++)
            put_nurse(chart, page, &by[c], c, h);
    struct chart_about about = {
        .name = "staff_nurses",
        .title = "Nurses by hospital",
        .description = "For each hospital a mark for every configuration, at the full-time nurses "
                       "that its stroke beds ask for, joined by a line. The table below has the "
                       "numbers.",
        .note = "Full-time nurses that the stroke beds ask for, by the nurses for each bed in the "
                "assumptions: the beds that are counted, or those in use where none are. A mark "
                "at 0: the hospital has no stroke beds then.",
    };
    page_chart(page, chart, &about);
}

static void put_nurses(struct page *page)
{
    size_t configurations = page->results->configurations, read = 0;
    struct by_hospital *by = calloc(configurations, sizeof *by);
    while (by != NULL && read < configurations &&
           by_hospital_read(&by[read], page->results, RESULTS_UNITS, read, nurses, 1))
        read++;
    if (read < configurations)
        page->failed = true;
    else if (nurses_differ(by, configurations))
        put_nurse_chart(page, by);
    else if (results_mean(page->results, 0, nurses[0]) > 0)
        html_put(page->html, "<p>The nurses needed at each hospital are the same under every "
                             "configuration.</p>"
                             "\n");
    while (read-- > 0)
        by_hospital_free(&by[read]);
    free(by);
}

/* --- visitors --------------------------------------------------------------------------------- */

enum { MOST_GROUPS = 16 };
#define LEAST_MIN 0.05 /* of a change that is worth a bar */

struct group {
    const char *name;
    double mean, low, high;
};

static int larger_change_first(const void *a, const void *b)
{
    double left = fabs(((const struct group *)a)->mean);
    double right = fabs(((const struct group *)b)->mean);
    return (left < right) - (left > right);
}

static int longer_first(const void *a, const void *b)
{
    double left = ((const struct group *)a)->mean, right = ((const struct group *)b)->mean;
    return (left < right) - (left > right);
}

/* Room for as many as the table has rows. */
static size_t take_groups(const struct results_read *results, size_t c, struct group group[])
{
    const struct table *table = results->table[RESULTS_GROUPS];
    size_t count = 0;
    for (size_t row = 0; row < table_row_count(table); row++) {
        double mean = results_number(table, row, "mean");
        if (isnan(mean) || strcmp(results_text(table, row, "metric"), "visitor_travel_min") != 0 ||
            strcmp(results_text(table, row, "configuration"), results->configuration[c].name) != 0)
            continue;
        group[count++] = (struct group){.name = results_text(table, row, "group"),
                                        .mean = mean,
                                        .low = results_number(table, row, "ci_low"),
                                        .high = results_number(table, row, "ci_high")};
    }
    return count;
}

static const struct chart_column group_columns[] = {
    {"group", "Group of areas", NULL, CHART_TEXT},
    {"change", "Change of the visitors' journey, minutes", "min", CHART_CHANGE},
    {"low", "Computed: from", "min", CHART_CHANGE},
    {"high", "to", "min", CHART_CHANGE},
};

static void put_group_chart(struct page *page, size_t c, const struct group group[], size_t count)
{
    struct chart *chart = chart_new(group_columns, sizeof group_columns / sizeof *group_columns);
    char id[40];
    snprintf(id, sizeof id, "visitors-%zu", c);
    for (size_t i = 0; i < count; i++) {
        chart_text(chart, group[i].name);
        chart_number(chart, group[i].mean);
        chart_number(chart, group[i].low);
        chart_number(chart, group[i].high);
    }
    struct chart_about about = {
        .name = "staff_visitors",
        .id = id,
        .title = "Where visitors' journeys change most",
        .description = "For each group of areas a bar as long as the change of the average "
                       "visitor's journey: to the right longer, to the left shorter. The table "
                       "below has the numbers.",
        .note = "Minutes one way, from home to the hospital where the patient stays longest, "
                "averaged over the group's strokes. A thin line is the 95% interval of the "
                "simulation.",
    };
    page_chart(page, chart, &about);
}

static void put_groups(struct page *page, size_t c)
{
    const struct table *table = page->results->table[RESULTS_GROUPS];
    if (table == NULL)
        return;
    struct group *group = calloc(table_row_count(table) + 1, sizeof *group);
    if (group == NULL) {
        page->failed = true;
        return;
    }
    size_t count = take_groups(page->results, c, group);
    qsort(group, count, sizeof *group, larger_change_first);
    size_t shown = 0;
    while (shown < count && shown < MOST_GROUPS && fabs(group[shown].mean) >= LEAST_MIN)
        shown++;
    if (shown > 0) {
        if (shown < count)
            html_put(page->html,
                     "<p>Of %s groups of areas, the chart shows %s, where visitors' journeys "
                     "change most.</p>\n",
                     figure_count((double)count).text, figure_count((double)shown).text);
        qsort(group, shown, sizeof *group, longer_first);
        put_group_chart(page, c, group, shown);
    }
    free(group);
}

static void put_visitor_words(struct page *page, size_t c)
{
    double before = results_mean(page->results, 0, "visitor_travel_min");
    double after = results_mean(page->results, c, "visitor_travel_min");
    if (isnan(before) || isnan(after))
        return;
    html_put(page->html,
             "<p>Visitors travel <strong>%s minutes</strong> one way on average under %s, %s under "
             "%s. It is the journey from the patient's area to the hospital of the longest stay; "
             "how visitors really travel is not simulated.</p>\n",
             figure_of(after, "").text, page->results->configuration[c].name,
             figure_of(before, "").text, page->results->configuration[0].name);
}

void section_staff(struct page *page)
{
    for (size_t c = 1; c < page->results->configurations; c++) {
        page_comparison(page, c);
        before_after_head(page, "Nurses, ambulances and visitors", c);
        before_after_rows(page, (struct scores){rows, ROWS}, c);
        before_after_end(page);
        put_visitor_words(page, c);
        put_groups(page, c);
    }
    put_nurses(page);
}
