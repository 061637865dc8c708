#include "scenarios/report/before_after.h"

#include <math.h>

void before_after_head(struct page *page, const char *caption, size_t configuration)
{
    const struct read_configuration *of = page->results->configuration;
    html_table_begin(page->html, "scores", "%s: %s", caption, of[configuration].name);
    html_put(page->html, "<caption>%s</caption>", caption);
    html_table_head(page->html);
    html_table_heading(page->html, "Figure");
    html_table_number_heading(page->html, of[0].name);
    html_table_number_heading(page->html, of[configuration].name);
    html_table_number_heading(page->html, "Change");
    html_table_number_heading(page->html, "Evidence allows");
    html_table_body(page->html);
}

void before_after_end(struct page *page)
{
    html_table_end(page->html);
}

static void put_row(struct page *page, const struct score *row, size_t c)
{
    double by = row->millions ? 1e6 : 1;
    double before = results_mean(page->results, 0, row->metric) / by;
    double after = results_mean(page->results, c, row->metric) / by;
    struct read_difference change = results_difference(page->results, c, row->metric);
    if ((isnan(before) || before == 0) && (isnan(after) || after == 0))
        return;
    html_put(page->html,
             "<tr><th scope=\"row\">%s</th><td class=\"number\">%s</td><td class=\"number\">%s</td>"
             "<td class=\"number\">%s</td><td class=\"number\">%s</td></tr>\n",
             row->label, figure_of(before, row->unit).text, figure_of(after, row->unit).text,
             figure_change(change.mean / by, row->unit).text,
             isnan(change.evidence_low)
                 ? "-"
                 : page_change_range(change.evidence_low / by, change.evidence_high / by, row->unit)
                       .text);
}

void before_after_rows(struct page *page, struct scores scores, size_t configuration)
{
    for (size_t i = 0; i < scores.count; i++)
        put_row(page, &scores.score[i], configuration);
}
