/* What was varied, and over which ranges. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scenarios/report/page.h"
#include "scenarios/report/sweep_read.h"

enum { MOST_WORDS = 6 };

bool section_sweep_design_applies(const struct page *page)
{
    return page->results->table[RESULTS_DESIGN] != NULL &&
           table_column_count(page->results->table[RESULTS_DESIGN]) > 1;
}

struct span {
    double low, high;
    bool words, own; /* there are fields that are no numbers; that leave it to the scenario */
};

static struct span span_of(const struct table *design, size_t column)
{
    const char *name = table_header(design, column);
    struct span span = {INFINITY, -INFINITY, false, false};
    for (size_t row = 0; row < table_row_count(design); row++) {
        double value = results_number(design, row, name);
        bool empty = !table_given(design, row, column);
        span.own = span.own || empty;
        span.words = span.words || (!empty && isnan(value));
        if (!isnan(value)) {
            span.low = fmin(span.low, value);
            span.high = fmax(span.high, value);
        }
    }
    return span;
}

/* Its words, each once, as they come: "nearest, nearest_hasu". */
static void put_words(struct page *page, const struct table *design, size_t column)
{
    const char *said[MOST_WORDS];
    size_t count = 0;
    for (size_t row = 0; row < table_row_count(design) && count < MOST_WORDS; row++) {
        const char *text = table_text(design, row, column);
        size_t same = 0;
        while (same < count && strcmp(said[same], text) != 0)
            same++;
        if (same < count)
            continue;
        said[count++] = text;
        html_put(page->html, "%s%s", count == 1 ? "" : ", ",
                 text[0] == '\0' ? "as in the scenario" : text);
    }
    if (count == MOST_WORDS)
        html_put(page->html, ", ...");
}

static void put_factor(struct page *page, const struct table *design, size_t column)
{
    const char *name = table_header(design, column), *words = sweep_factor_words(name);
    struct span span = span_of(design, column);
    char range[80];
    html_put(page->html, "<tr><th scope=\"row\">%s%s<code>%s</code></th><td>", words,
             words[0] == '\0' ? "" : " ", name);
    if (span.words || span.low > span.high)
        put_words(page, design, column);
    else {
        snprintf(range, sizeof range, span.low < span.high ? "%.4g to %.4g" : "%.4g", span.low,
                 span.high);
        html_put(page->html, "%s%s", range, span.own ? ", or as in the scenario" : "");
    }
    html_put(page->html, "</td></tr>\n");
}

void section_sweep_design(struct page *page)
{
    const struct table *design = page->results->table[RESULTS_DESIGN];
    size_t columns = table_column_count(design);
    html_put(page->html,
             "<details class=\"prints\" id=\"factors\"><summary>%s figures, and the range over "
             "which each was "
             "simulated</summary>\n<table class=\"facts\"><thead><tr><th scope=\"col\">Factor</th>"
             "<th scope=\"col\">From, to</th></tr></thead><tbody>\n",
             figure_count((double)(columns - 1)).text);
    for (size_t column = 0; column < columns; column++)
        if (strcmp(table_header(design, column), "point") != 0)
            put_factor(page, design, column);
    html_put(page->html, "</tbody></table></details>\n");
}
