#include "scenarios/report/page.h"

#include <math.h>
#include <stdio.h>

void page_chart(struct page *page, struct chart *chart, const struct chart_about *about)
{
    if (!chart_write(chart, page->html, about))
        page->failed = true;
}

void page_comparison(struct page *page, size_t configuration)
{
    const struct results_read *results = page->results;
    if (results->configurations > 2)
        html_put(page->html, "<h3>%s instead of %s</h3>\n",
                 results->configuration[configuration].name, results->configuration[0].name);
}

static struct page_range range_of(struct figure low, struct figure high, bool known)
{
    struct page_range range = {"not known"};
    if (known)
        snprintf(range.text, sizeof range.text, "%s to %s", low.text, high.text);
    return range;
}

struct page_range page_range(double low, double high, const char *unit)
{
    return range_of(figure_of(low, unit), figure_of(high, unit), !isnan(low) && !isnan(high));
}

struct page_range page_change_range(double low, double high, const char *unit)
{
    return range_of(figure_change(low, unit), figure_change(high, unit),
                    !isnan(low) && !isnan(high));
}

/* Three figures are as many as anybody remembers. */
static double to_three_figures(double value)
{
    if (value < 1000)
        return round(value);
    double place = pow(10, floor(log10(value)) - 2);
    return round(value / place) * place;
}

struct figure page_gbp(double gbp)
{
    double size = fabs(gbp), rounded = to_three_figures(size);
    struct figure number = rounded < 1e6 ? figure_count(rounded) : figure_of(size / 1e6, ""),
                  figure = {"not known"};
    if (!isnan(gbp))
        snprintf(figure.text, sizeof figure.text, "GBP %.25s%s", number.text,
                 rounded < 1e6 ? "" : " million");
    return figure;
}

bool page_comparable(const struct page *page, size_t configuration)
{
    const struct read_configuration *of = page->results->configuration;
    return !of[0].unstable && !of[configuration].unstable;
}

double page_rounded(double value, int decimals)
{
    double scale = pow(10, decimals);
    return round(scale * value) / scale;
}

const char *page_focus(const struct page *page)
{
    const struct place_found *focus = &page->focus;
    return focus->kind == PLACE_NONE    ? ""
           : focus->kind == PLACE_GROUP ? page->by->group[focus->at].name
                                        : page->by->area[focus->at].name;
}
