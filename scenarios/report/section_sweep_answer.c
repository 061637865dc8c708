/* What a sweep says: lives saved over its points. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "scenarios/report/page.h"
#include "scenarios/report/sweep_read.h"

bool section_sweep_answer_applies(const struct page *page)
{
    return page->results->of == RESULTS_OF_SWEEP;
}

/* What was done, by the kind of design. */
static const char *design_words(const char *kind)
{
    static const struct {
        const char *kind, *words;
    } kinds[] = {
        {"psa",
         "All uncertain figures were drawn at random within their published ranges, jointly"},
        {"oat", "Each factor was set to the low and to the high end of its range, one at a time"},
        {"morris", "Factors were moved one at a time from many starting points (Morris screening)"},
        {"sobol_indices", "Factors were varied together, to split the variance of the result among "
                          "them (Sobol indices)"},
        {"grid", "All combinations of the factors' values were simulated"},
        {"list", "The points of a list were simulated"},
        {"lhs", "Factors were varied together over their ranges (a Latin hypercube)"},
        {"sobol", "Factors were varied together over their ranges (a Sobol sequence)"},
        {"halton", "Factors were varied together over their ranges (a Halton sequence)"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].kind, kind) == 0)
            return kinds[i].words;
    return "Points of a design were simulated";
}

static const char *points_words(const struct page *page)
{
    return strcmp(page->results->kind, "psa") == 0 ? "draws of the evidence" : "points";
}

/* --- in words --------------------------------------------------------------------------------- */

static void put_names(struct page *page)
{
    const struct results_read *results = page->results;
    html_put(page->html, " by <em>%s</em> instead of <em>%s</em>",
             results->configuration[sweep_analysed(results)].name, results->configuration[0].name);
}

static void put_evidence(struct page *page, size_t row, size_t points)
{
    const struct table *table = page->results->table[RESULTS_SENSITIVITY];
    double mean = results_number(table, row, "value");
    double low = results_number(table, row, "ci_low"), high = results_number(table, row, "ci_high");
    bool loses = mean < 0;
    char value[32];
    snprintf(value, sizeof value, "%.10g", mean);
    html_put(page->html,
             "<p class=\"headline\"><strong data-metric=\"lives_saved\" data-value=\"%s\">About %s "
             "lives a year %s</strong>",
             value, figure_people(fabs(mean)).text, loses ? "lost" : "saved");
    put_names(page);
    html_put(page->html,
             ", on average over %s draws of the evidence. 95 in 100 draws lie between %s and "
             "%s.</p>\n",
             figure_count((double)points).text, figure_people(loses ? -high : low).text,
             figure_people(loses ? -low : high).text);
}

static void put_span(struct page *page, const struct sweep_lives *lives, size_t least, size_t most)
{
    html_put(page->html,
             "<p class=\"headline\"><strong data-metric=\"lives_saved\">From %s to %s lives a year "
             "saved</strong>",
             figure_people(lives->at[least].lives).text, figure_people(lives->at[most].lives).text);
    put_names(page);
    html_put(page->html, ", over %s %s%s.</p>\n", figure_count((double)lives->points).text,
             points_words(page), lives->at[least].lives < 0 ? " (below nought: lives lost)" : "");
}

static void put_share(struct page *page, const struct sweep_lives *lives)
{
    size_t saving = 0;
    for (size_t i = 0; i < lives->points; i++)
        saving += lives->at[i].lives > 0;
    html_put(page->html, "<p>Lives are saved at <strong>%s of %s</strong> %s (%s%%).",
             figure_count((double)saving).text, figure_count((double)lives->points).text,
             points_words(page), figure_of((double)saving / (double)lives->points, "share").text);
    size_t noise = sweep_sensitivity(page->results, "", "lives_saved", "share_of_noise");
    if (noise != SIZE_MAX)
        html_put(
            page->html,
            " Of the differences between them %s%% are accident of the simulation, which more "
            "replications would settle.",
            figure_of(results_number(page->results->table[RESULTS_SENSITIVITY], noise, "value"),
                      "share")
                .text);
    html_put(page->html, "</p>\n");
}

static void put_words(struct page *page, const struct sweep_lives *lives)
{
    size_t least = 0, most = 0;
    for (size_t i = 1; i < lives->points; i++) {
        least = lives->at[i].lives < lives->at[least].lives ? i : least;
        most = lives->at[i].lives > lives->at[most].lives ? i : most;
    }
    size_t evidence = sweep_sensitivity(page->results, "", "lives_saved", "evidence");
    if (lives->points == 0)
        html_put(page->html, "<p class=\"headline\"><strong>No answer</strong>: no point has a "
                             "figure for lives saved.</p>\n");
    else if (evidence != SIZE_MAX)
        put_evidence(page, evidence, lives->points);
    else
        put_span(page, lives, least, most);
    html_put(page->html, "<p>%s: %s %s.", design_words(page->results->kind),
             figure_count((double)table_row_count(page->results->table[RESULTS_DESIGN])).text,
             points_words(page));
    if (lives->impossible > 0)
        html_put(page->html,
                 " At <strong>%s</strong> of them the values made the service "
                 "impossible, so they have no figures.",
                 figure_count((double)lives->impossible).text);
    html_put(page->html, "</p>\n");
    if (lives->points > 0)
        put_share(page, lives);
}

/* --- the chart -------------------------------------------------------------------------------- */

static const struct chart_column columns[] = {
    {"point", "Point", NULL, CHART_COUNT},
    {"lives", "Lives saved a year", NULL, CHART_CHANGE},
};

static void put_chart(struct page *page, const struct sweep_lives *lives)
{
    const struct table *design = page->results->table[RESULTS_DESIGN];
    struct chart *chart = chart_new(columns, sizeof columns / sizeof *columns);
    size_t step = sweep_step(lives->points, SWEEP_MOST_DRAWN);
    char note[200];
    for (size_t i = 0; i < lives->points; i += step) {
        chart_number(chart, results_number(design, lives->at[i].row, "point"));
        chart_number(chart, lives->at[i].lives);
    }
    snprintf(note, sizeof note,
             "The higher a bar, the more %s gave about that number of lives. The line marks "
             "nought.%s",
             points_words(page),
             step > 1 ? " Drawn from a part of them, evenly taken, to keep this page small." : "");
    struct chart_about about = {
        .name = "sweep_lives",
        .title = "Lives saved a year, over all points",
        .description = "A histogram of lives saved a year over the points of the sweep. The table "
                       "below has the figures.",
        .note = note,
    };
    page_chart(page, chart, &about);
}

void section_sweep_answer(struct page *page)
{
    struct sweep_lives lives;
    if (page->results->configurations < 2) {
        html_put(page->html, "<p>The sweep had one configuration, so there is nothing to compare. "
                             "sweep.csv has its figures at every point.</p>\n");
        return;
    }
    if (sweep_lives_read(page->results, &lives)) {
        put_words(page, &lives);
        put_chart(page, &lives);
    } else {
        page->failed = true;
    }
    sweep_lives_free(&lives);
}
