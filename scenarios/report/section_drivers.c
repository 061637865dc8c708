/* What drives the result: the lives saved, split among what changes. */
#include <math.h>
#include <stdio.h>

#include "scenarios/report/driver_list.h"
#include "scenarios/report/page.h"

bool section_drivers_applies(const struct page *page)
{
    for (size_t c = 1; c < page->results->configurations; c++)
        if (driver_list_read(page->results, c).count > 0)
            return true;
    return false;
}

static const struct chart_column columns[] = {
    {"driver", "What changes", NULL, CHART_TEXT},
    {"lives", "Lives saved a year", "", CHART_CHANGE},
    {"low", "Computed: from", "", CHART_CHANGE},
    {"high", "to", "", CHART_CHANGE},
};

static void put_chart(struct page *page, const struct driver_list *list, size_t c)
{
    struct chart *chart = chart_new(columns, sizeof columns / sizeof *columns);
    char id[40];
    snprintf(id, sizeof id, "drivers-%zu", c);
    for (size_t i = 0; i < list->count; i++) {
        chart_text(chart, list->share[i].words);
        chart_number(chart, list->share[i].mean);
        chart_number(chart, list->share[i].ci_low);
        chart_number(chart, list->share[i].ci_high);
    }
    struct chart_about about = {
        .name = "drivers",
        .id = id,
        .title = "What the lives saved come from",
        .description = "For each thing that changes a bar as long as the lives a year that it "
                       "saves, to the right, or costs, to the left. The table below has the "
                       "numbers.",
        .note = "To the right: lives saved by this change. To the left: lives lost. The bars add "
                "up to the whole. A thin line is the 95% interval of the simulation.",
    };
    page_chart(page, chart, &about);
}

/* The drivers of one direction: "Saved by organised care (+77), thrombolysis (+24)." */
static void put_direction(struct page *page, const struct driver_list *list, bool saved)
{
    size_t said = 0;
    for (size_t i = 0; i < list->count; i++)
        if ((list->share[i].mean > 0) == saved)
            html_put(page->html, "%s %s (%s)",
                     said++ > 0 ? ","
                     : saved    ? " Lives are saved by"
                                : " Lives are lost by",
                     list->share[i].words, figure_people_change(list->share[i].mean).text);
    html_put(page->html, "%s", said > 0 ? "." : "");
}

static void put_words(struct page *page, const struct driver_list *list, size_t c)
{
    double lives = results_difference(page->results, c, "lives_saved").mean;
    html_put(page->html, "<p>Lives saved a year by %s: <strong>%s</strong> in all.",
             page->results->configuration[c].name, figure_people_change(lives).text);
    put_direction(page, list, true);
    put_direction(page, list, false);
    html_put(page->html, "</p>\n");
}

void section_drivers(struct page *page)
{
    for (size_t c = 1; c < page->results->configurations; c++) {
        struct driver_list list = driver_list_read(page->results, c);
        if (list.count == 0)
            continue;
        page_comparison(page, c);
        put_words(page, &list, c);
        put_chart(page, &list, c);
    }
    html_put(
        page->html,
        "<p class=\"quiet\">Each part is switched on and off for the same patients with the "
        "same luck, in every order; what it adds, averaged over the orders, is its share (its "
        "Shapley value). <em>The journey</em>: minutes until the treating hospital's door. "
        "<em>Thrombolysis</em> (clot-busting treatment) and <em>thrombectomy</em> (clot "
        "removal): how often and how fast the units give it. <em>Organised care</em>: being "
        "cared for on a stroke unit. <em>Waits for beds</em>: whether a stroke bed was reached "
        "in time.</p>\n");
}
