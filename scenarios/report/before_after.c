#include "scenarios/report/before_after.h"

#include <math.h>
#include <string.h>

void before_after_head(struct page *page, const char *caption, size_t configuration)
{
    const struct read_configuration *of = page->results->configuration;
    html_put(page->html,
             "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\"><table "
             "class=\"scores\"><caption>%s</caption>\n<thead><tr><th scope=\"col\">Figure</th>"
             "<th scope=\"col\" class=\"number\">%s</th><th scope=\"col\" class=\"number\">%s</th>",
             caption, caption, of[0].name, of[configuration].name);
    html_put(page->html,
             "<th scope=\"col\" class=\"number\">Change</th><th scope=\"col\" class=\"number\">"
             "Evidence allows</th></tr></thead>\n<tbody>\n");
}

void before_after_end(struct page *page)
{
    html_put(page->html, "</tbody></table></div>\n");
}

static void put_row(struct page *page, const struct before_after *row, size_t c)
{
    double before = results_mean(page->results, 0, row->metric);
    double after = results_mean(page->results, c, row->metric);
    double per = strcmp(row->unit, BEFORE_AFTER_MILLIONS) == 0 ? 1e6 : 1;
    struct read_difference change = results_difference(page->results, c, row->metric);
    if ((isnan(before) || before == 0) && (isnan(after) || after == 0))
        return;
    html_put(
        page->html,
        "<tr><th scope=\"row\">%s</th><td class=\"number\">%s</td><td class=\"number\">%s</td>"
        "<td class=\"number\">%s</td><td class=\"number\">%s</td></tr>\n",
        row->label, figure_of(before / per, row->unit).text, figure_of(after / per, row->unit).text,
        figure_change(change.mean / per, row->unit).text,
        page_change_range(change.evidence_low / per, change.evidence_high / per, row->unit).text);
}

void before_after_rows(struct page *page, const struct before_after rows[], size_t count,
                       size_t configuration)
{
    for (size_t i = 0; i < count; i++)
        put_row(page, &rows[i], configuration);
}
