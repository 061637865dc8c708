/* A psa's money: cost against health, how likely it is worth it, and what knowing more would be. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scenarios/report/page.h"
#include "scenarios/report/sweep_read.h"

bool section_sweep_worth_applies(const struct page *page)
{
    return page->results->table[RESULTS_SWEEP_PLANE] != NULL ||
           page->results->table[RESULTS_CEAC] != NULL || page->results->table[RESULTS_EVPI] != NULL;
}

/* --- the plane -------------------------------------------------------------------------------- */

static const struct chart_column plane_columns[] = {
    {"draw", "Draw", NULL, CHART_COUNT},
    {"qalys", "QALYs gained a year", NULL, CHART_CHANGE},
    {"cost", "More cost, GBP a year", NULL, CHART_CHANGE},
};

static void put_plane(struct page *page, const struct table *table)
{
    struct chart *chart = chart_new(plane_columns, sizeof plane_columns / sizeof *plane_columns);
    size_t step = sweep_step(table_row_count(table), SWEEP_MOST_DRAWN);
    for (size_t row = 0; row < table_row_count(table); row += step) {
        if (isnan(results_number(table, row, "qalys")))
            continue;
        chart_number(chart, results_number(table, row, "draw"));
        chart_number(chart, results_number(table, row, "qalys"));
        chart_number(chart, results_number(table, row, "cost_gbp"));
    }
    struct chart_about about = {
        .name = "sweep_plane",
        .title = "Health gained against cost, over the patients' lives",
        .description =
            "Each point is a draw of the evidence: years of life in full health gained, "
            "to the right, and additional cost, upwards. A line shows GBP 20,000 a QALY. "
            "The table below has the figures.",
        .note = step > 1 ? "Each point is a draw of the evidence (a part of them, evenly taken). "
                           "Points below the line are worth their money at GBP 20,000 a QALY."
                         : "Each point is a draw of the evidence. Points below the line are worth "
                           "their money at GBP 20,000 a QALY.",
    };
    page_chart(page, chart, &about);
}

/* --- how likely ------------------------------------------------------------------------------- */

static const struct chart_column ceac_columns[] = {
    {"threshold", "GBP that a QALY is worth", NULL, CHART_COUNT},
    {"probability", "Best choice, % of draws", "share", CHART_NUMBER},
};

static void put_ceac(struct page *page, const struct table *table)
{
    struct chart *chart = chart_new(ceac_columns, sizeof ceac_columns / sizeof *ceac_columns);
    for (size_t row = 0; row < table_row_count(table); row++) {
        double gbp = results_number(table, row, "threshold_gbp");
        double probability = results_number(table, row, "probability");
        if (gbp == SWEEP_USUAL_GBP)
            html_put(page->html,
                     "<p>At GBP %s for a QALY, <em>%s</em> is the best choice in <strong>%s%%"
                     "</strong> of the draws.</p>\n",
                     figure_count(gbp).text,
                     page->results->configuration[sweep_analysed(page->results)].name,
                     figure_of(probability, "share").text);
        chart_number(chart, gbp);
        chart_number(chart, probability);
    }
    struct chart_about about = {
        .name = "ceac",
        .title = "How likely it is to be the best choice",
        .description = "A line: the share of draws of the evidence in which the configuration has "
                       "the highest net benefit, against what a QALY is held to be worth.",
        .note = "The more a year in full health is held to be worth, the further to the right.",
    };
    page_chart(page, chart, &about);
}

/* --- what better evidence would be worth ------------------------------------------------------ */

static const struct chart_column evpi_columns[] = {
    {"threshold", "GBP that a QALY is worth", NULL, CHART_COUNT},
    {"value", "Worth of knowing everything, GBP a year", NULL, CHART_COUNT},
};

static const struct chart_column group_columns[] = {
    {"group", "Figures known exactly", NULL, CHART_TEXT},
    {"value", "Worth, GBP a year", NULL, CHART_COUNT},
};

static void put_all(struct page *page, const struct table *table)
{
    struct chart *chart = chart_new(evpi_columns, sizeof evpi_columns / sizeof *evpi_columns);
    for (size_t row = 0; row < table_row_count(table); row++)
        if (strcmp(results_text(table, row, "parameter_group"), "all") == 0) {
            chart_number(chart, results_number(table, row, "threshold_gbp"));
            chart_number(chart, results_number(table, row, "value_gbp"));
        }
    struct chart_about about = {
        .name = "evpi",
        .title = "What it would be worth to know everything before deciding",
        .description = "A line: the expected worth of perfect information in GBP a year, against "
                       "what a QALY is held to be worth.",
        .note = "Nothing, where no draw of the evidence would change the decision. No research can "
                "be worth more than this.",
    };
    page_chart(page, chart, &about);
}

static void put_groups(struct page *page, const struct table *table)
{
    struct chart *chart = chart_new(group_columns, sizeof group_columns / sizeof *group_columns);
    double most = 0;
    for (size_t row = 0; row < table_row_count(table); row++) {
        const char *group = results_text(table, row, "parameter_group");
        double value = results_number(table, row, "value_gbp");
        if (results_number(table, row, "threshold_gbp") != SWEEP_USUAL_GBP || isnan(value) ||
            (strncmp(group, "all", 3) == 0 && group[3] != '\0'))
            continue;
        most = fmax(most, value);
        chart_text(chart, strcmp(group, "all") == 0 ? "everything" : group);
        chart_number(chart, value);
    }
    if (!(most > 0)) {
        html_put(page->html,
                 "<p>At GBP %s a QALY no draw of the evidence would change the "
                 "decision, so knowing more before deciding would be worth "
                 "nothing.</p>\n",
                 figure_count(SWEEP_USUAL_GBP).text);
        chart_free(chart);
        return;
    }
    struct chart_about about = {
        .name = "evpi_groups",
        .title = "What it would be worth to know some figures exactly, at GBP 20,000 a QALY",
        .description =
            "A bar for each group of uncertain figures: what knowing them exactly before "
            "deciding would be worth in GBP a year.",
        .note = "Groups are the first part of the figures' names (cost., outcome., ...). Their "
                "worths do not add up.",
    };
    page_chart(page, chart, &about);
}

void section_sweep_worth(struct page *page)
{
    const struct results_read *results = page->results;
    if (results->table[RESULTS_SWEEP_PLANE] != NULL)
        put_plane(page, results->table[RESULTS_SWEEP_PLANE]);
    if (results->table[RESULTS_CEAC] != NULL)
        put_ceac(page, results->table[RESULTS_CEAC]);
    if (results->table[RESULTS_EVPI] != NULL) {
        put_all(page, results->table[RESULTS_EVPI]);
        put_groups(page, results->table[RESULTS_EVPI]);
    }
}
