/* A run of one configuration, with nothing to compare it with: its figures. */
#include <math.h>
#include <string.h>

#include "scenarios/report/page.h"
#include "scenarios/report/scores.h"

bool section_alone_applies(const struct page *page)
{
    return page->results->of == RESULTS_OF_RUN && page->results->configurations == 1;
}

/* Where summary.csv has a metric of the one configuration; the number of rows: nowhere. */
static size_t row_of(const struct table *summary, const char *metric)
{
    size_t row = 0;
    while (row < table_row_count(summary) &&
           strcmp(results_text(summary, row, "metric"), metric) != 0)
        row++;
    return row;
}

static void put_headline(struct page *page)
{
    const struct read_configuration *of = page->results->configuration;
    double dead = results_mean(page->results, 0, "mortality_90d");
    double independent = results_mean(page->results, 0, "mrs_0_2_90d");
    if (of->unstable) {
        html_put(page->html,
                 "<p class=\"headline\"><strong>%s cannot keep up</strong>: more patients come "
                 "than its beds can take.</p>\n",
                 of->name);
        return;
    }
    html_put(page->html, "<p class=\"headline\">Under <em>%s</em>, of %s strokes a year ", of->name,
             figure_count(results_mean(page->results, 0, "strokes")).text);
    html_put(page->html,
             "<strong data-metric=\"mortality_90d\">%s%% are followed by death within 90 days"
             "</strong>; after %s%% of them the patient lives and is independent.</p>\n",
             figure_of(dead, "share").text, figure_of(independent, "share").text);
    if (of->title[0] != '\0')
        html_put(page->html, "<p>%s: %s.</p>\n", of->name, of->title);
    html_put(page->html, "<p>One configuration was simulated, so nothing here says whether another "
                         "would be better: <code>strokesim compare</code> does.</p>\n");
}

static void put_score(struct page *page, const struct table *summary, const struct score *score)
{
    size_t row = row_of(summary, score->metric);
    double mean = row < table_row_count(summary) ? results_number(summary, row, "mean") : NAN;
    double by = score->millions ? 1e6 : 1;
    if (isnan(mean) || mean == 0)
        return;
    html_put(page->html,
             "<tr><th scope=\"row\">%s</th><td class=\"number\">%s</td><td class=\"number\">%s</td>"
             "</tr>\n",
             score->label, figure_of(mean / by, score->unit).text,
             page_range(results_number(summary, row, "ci_low") / by,
                        results_number(summary, row, "ci_high") / by, score->unit)
                 .text);
}

static void put_scores(struct page *page, const char *caption, struct scores scores)
{
    const struct table *summary = page->results->table[RESULTS_SUMMARY];
    html_table_begin(page->html, "scores", "%s", caption);
    html_put(page->html, "<caption>%s</caption>", caption);
    html_table_head(page->html);
    html_table_heading(page->html, "Figure");
    html_table_number_heading(page->html, page->results->configuration[0].name);
    html_table_number_heading(page->html, "95% interval of the mean");
    html_table_body(page->html);
    for (size_t i = 0; i < scores.count; i++)
        put_score(page, summary, &scores.score[i]);
    html_table_end(page->html);
}

void section_alone(struct page *page)
{
    put_headline(page);
    answer_people(page);
    put_scores(page, "Deaths, disability, time to treatment, safety", scores_of_quality());
    put_scores(page, "Cost, beds, ambulances and staff", scores_of_productivity());
    html_put(page->html, "<p>The interval says how well the mean is computed; more computing "
                         "narrows it. It says nothing about how sure the evidence is.</p>\n");
}
