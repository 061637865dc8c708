/* Lives saved at each point against each factor, for designs that vary factors together. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scenarios/report/page.h"
#include "scenarios/report/sweep_read.h"

enum { MOST_CHARTS = 24, MOST_CELLS = 4000, FEWEST_DRAWN = 150 };

bool section_sweep_points_applies(const struct page *page)
{
    static const char *const kinds[] = {"grid", "list", "lhs", "sobol", "halton"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i], page->results->kind) == 0)
            return page->results->table[RESULTS_SWEEP_DIFFERENCES] != NULL;
    return false;
}

/* Words (a policy's name) have no axis of numbers; an empty field is the scenario's own value. */
static bool is_numeric(const struct table *design, size_t column)
{
    const char *name = table_header(design, column);
    for (size_t row = 0; row < table_row_count(design); row++)
        if (isnan(results_number(design, row, name)))
            return false;
    return true;
}

static const struct chart_column number_columns[] = {
    {"value", "Value of the factor", NULL, CHART_NUMBER},
    {"lives", "Lives saved a year", NULL, CHART_CHANGE},
};

static const struct chart_column word_columns[] = {
    {"value", "Value of the factor", NULL, CHART_TEXT},
    {"lives", "Lives saved a year", NULL, CHART_CHANGE},
};

/* Every step-th point is drawn, so that all charts together keep the page small. */
static size_t step_of(const struct table *design, const struct sweep_lives *lives)
{
    size_t share = MOST_CELLS / table_column_count(design);
    return sweep_step(lives->points, share > FEWEST_DRAWN ? share : FEWEST_DRAWN);
}

static void put_points(struct page *page, struct chart *chart, const struct sweep_lives *lives,
                       size_t column, bool numeric)
{
    const struct table *design = page->results->table[RESULTS_DESIGN];
    size_t step = step_of(design, lives);
    for (size_t i = 0; i < lives->points; i += step) {
        const char *text = table_text(design, lives->at[i].row, column);
        if (numeric)
            chart_number(chart,
                         results_number(design, lives->at[i].row, table_header(design, column)));
        else
            chart_text(chart, text[0] == '\0' ? "as in the scenario" : text);
        chart_number(chart, lives->at[i].lives);
    }
}

static void put_factor(struct page *page, const struct sweep_lives *lives, size_t column)
{
    const struct table *design = page->results->table[RESULTS_DESIGN];
    bool numeric = is_numeric(design, column);
    struct chart *chart = chart_new(numeric ? number_columns : word_columns, 2);
    const char *words = sweep_factor_words(table_header(design, column));
    char id[40];
    snprintf(id, sizeof id, "factor-%zu", column);
    put_points(page, chart, lives, column, numeric);
    struct chart_about about = {
        .name = numeric ? "sweep_numbers" : "sweep_words",
        .id = id,
        .title = table_header(design, column),
        .description = "Each mark is a point of the sweep: the factor's value, and the lives saved "
                       "a year there. The table below has the figures.",
        .note = words[0] == '\0' ? NULL : words,
    };
    page_chart(page, chart, &about);
}

static void put_words(struct page *page, bool some_factors, bool some_points)
{
    html_put(
        page->html,
        "<p>Each mark is a point of the sweep. All factors move at once, so a cloud that rises "
        "or falls shows a factor that matters, and a flat one a factor that does not.%s%s</p>\n"
        "<div class=\"small-multiples\">\n",
        some_factors ? " The first factors only; design.csv has all." : "",
        some_points ? " Of the points a part is drawn, evenly taken, to keep this page small."
                    : "");
}

void section_sweep_points(struct page *page)
{
    const struct table *design = page->results->table[RESULTS_DESIGN];
    size_t columns = table_column_count(design);
    size_t last = columns > MOST_CHARTS + 1 ? MOST_CHARTS + 1 : columns;
    struct sweep_lives lives;
    if (!sweep_lives_read(page->results, &lives)) {
        page->failed = true;
        return;
    }
    put_words(page, columns > last, step_of(design, &lives) > 1);
    for (size_t column = 0; column < last; column++)
        if (strcmp(table_header(design, column), "point") != 0)
            put_factor(page, &lives, column);
    html_put(page->html, "</div>\n");
    sweep_lives_free(&lives);
}
