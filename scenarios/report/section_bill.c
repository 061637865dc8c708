/* The bill: what the first 90 days cost, item by item, and the cost over lives. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/plain_words.h"
#include "scenarios/report/before_after.h"
#include "scenarios/report/page.h"

static const struct score totals[] = {
    {"cost_90d_gbp", "First 90 days of a year's patients, GBP million", "", true},
    {"cost_per_patient_90d_gbp", "First 90 days, GBP a stroke", "", false},
    {"cost_lifetime_gbp", "Over the lives of a year's patients, GBP million", "", true},
};

/* An item of the bill of one configuration or of two. */
struct item {
    const char *name, *unit;
    double quantity[2], price[2], total_gbp[2]; /* before, after */
};

struct bills {
    struct item *item;
    size_t items;
};

bool section_bill_applies(const struct page *page)
{
    const struct table *costs = page->results->table[RESULTS_COSTS];
    for (size_t row = 0; costs != NULL && row < table_row_count(costs); row++)
        if (results_number(costs, row, "mean_gbp") > 0)
            return true;
    return false;
}

/* --- the two bills, item by item -------------------------------------------------------------- */

static struct item *item_of(struct bills *bill, const char *name, const char *unit)
{
    for (size_t i = 0; i < bill->items; i++)
        if (strcmp(bill->item[i].name, name) == 0)
            return &bill->item[i];
    struct item *item = &bill->item[bill->items++];
    *item = (struct item){.name = name, .unit = unit};
    return item;
}

static void take_side(struct bills *bill, const struct results_read *results, size_t c, size_t side)
{
    const struct table *costs = results->table[RESULTS_COSTS];
    const char *name = results->configuration[c].name;
    for (size_t row = 0; row < table_row_count(costs); row++) {
        if (strcmp(results_text(costs, row, "configuration"), name) != 0)
            continue;
        struct item *item =
            item_of(bill, results_text(costs, row, "item"), results_text(costs, row, "unit"));
        item->quantity[side] = results_number(costs, row, "quantity");
        item->price[side] = results_number(costs, row, "unit_cost_gbp");
        item->total_gbp[side] = results_number(costs, row, "mean_gbp");
    }
}

static double change_of(const struct item *item)
{
    return item->total_gbp[1] - item->total_gbp[0];
}

static bool is_nothing(const struct item *item)
{
    return !(item->total_gbp[0] > 0) && !(item->total_gbp[1] > 0);
}

/* From the largest rise to the largest fall. */
static int dearer_first(const void *a, const void *b)
{
    double left = change_of(a), right = change_of(b);
    return (left < right) - (left > right);
}

static int larger_first(const void *a, const void *b)
{
    double left = ((const struct item *)a)->total_gbp[1];
    double right = ((const struct item *)b)->total_gbp[1];
    return (left < right) - (left > right);
}

/* Of the baseline and a configuration; of the baseline alone both sides are its own. */
static bool bill_read(struct bills *bill, const struct results_read *results, size_t c)
{
    bill->items = 0;
    bill->item = calloc(table_row_count(results->table[RESULTS_COSTS]) + 1, sizeof *bill->item);
    if (bill->item == NULL)
        return false;
    take_side(bill, results, 0, 0);
    take_side(bill, results, c, 1);
    size_t kept = 0;
    for (size_t i = 0; i < bill->items; i++)
        if (!is_nothing(&bill->item[i]))
            bill->item[kept++] = bill->item[i];
    bill->items = kept;
    qsort(bill->item, kept, sizeof *bill->item, c == 0 ? larger_first : dearer_first);
    return true;
}

static double total_gbp(const struct bills *bill, size_t side)
{
    double total = 0;
    for (size_t i = 0; i < bill->items; i++)
        total += bill->item[i].total_gbp[side];
    return total;
}

/* --- the waterfall ---------------------------------------------------------------------------- */

static const struct chart_column waterfall_columns[] = {
    {"item", "What is paid for", NULL, CHART_TEXT},
    {"kind", "", NULL, CHART_TEXT},
    {"amount", "GBP million a year", "", CHART_NUMBER},
};

static void put_bar(struct chart *chart, const char *item, const char *kind, double gbp)
{
    chart_text(chart, item);
    chart_text(chart, kind);
    chart_number(chart, gbp / 1e6);
}

static void put_waterfall(struct page *page, const struct bills *bill, size_t c)
{
    const struct read_configuration *of = page->results->configuration;
    struct chart *chart =
        chart_new(waterfall_columns, sizeof waterfall_columns / sizeof *waterfall_columns);
    char id[40], before[120], after[120];
    snprintf(id, sizeof id, "bill-%zu", c);
    snprintf(before, sizeof before, "Total: %.100s", of[0].name);
    snprintf(after, sizeof after, "Total: %.100s", of[c].name);
    put_bar(chart, before, "total", total_gbp(bill, 0));
    for (size_t i = 0; i < bill->items; i++) {
        double change = change_of(&bill->item[i]);
        if (fabs(change) >= 1)
            put_bar(chart, bill_words_of(bill->item[i].name), change > 0 ? "more" : "less", change);
    }
    put_bar(chart, after, "total", total_gbp(bill, 1));
    struct chart_about about = {
        .name = "bill",
        .id = id,
        .title = "From one bill to the other: the first 90 days",
        .description = "A waterfall from the yearly total of the baseline to that of the other "
                       "configuration. Each item that costs more moves the bar to the right, each "
                       "that costs less to the left. The table below has the numbers.",
        .note = "GBP a year (m: million, k: thousand). Read from the top: each bar begins where "
                "the one above it ended. The scale does not begin at 0, so compare the bars with "
                "each other, not with the totals.",
    };
    page_chart(page, chart, &about);
}

/* --- the table -------------------------------------------------------------------------------- */

static void put_named_heading(struct page *page, const char *what, const char *configuration)
{
    html_put(page->html, "<th scope=\"col\" class=\"number\">%s: %s</th>", what, configuration);
}

static void put_table_head(struct page *page, size_t c)
{
    const struct read_configuration *of = page->results->configuration;
    html_table_begin(page->html, "bill", "The bill, item by item: %s", of[c].name);
    html_put(page->html, "<caption>The bill of the first 90 days, a year</caption>");
    html_table_head(page->html);
    html_table_heading(page->html, "What is paid for");
    html_table_heading(page->html, "Counted in");
    if (c > 0)
        put_named_heading(page, "How many", of[0].name);
    put_named_heading(page, "How many", of[c].name);
    html_table_number_heading(page->html, "GBP for one");
    if (c > 0)
        put_named_heading(page, "GBP", of[0].name);
    put_named_heading(page, "GBP", of[c].name);
    if (c > 0)
        html_table_number_heading(page->html, "Change, GBP");
    html_table_body(page->html);
}

static void put_number(struct page *page, struct figure figure)
{
    html_put(page->html, "<td class=\"number\">%s</td>", figure.text);
}

/* Two prices where the configurations have their own. */
static void put_price(struct page *page, const struct item *item)
{
    if (item->price[0] == item->price[1] || !(item->total_gbp[0] > 0))
        put_number(page, figure_of(item->price[1], ""));
    else if (!(item->total_gbp[1] > 0))
        put_number(page, figure_of(item->price[0], ""));
    else
        html_put(page->html, "<td class=\"number\">%s, then %s</td>",
                 figure_of(item->price[0], "").text, figure_of(item->price[1], "").text);
}

static void put_table_rows(struct page *page, const struct bills *bill, size_t c)
{
    for (size_t i = 0; i < bill->items; i++) {
        const struct item *item = &bill->item[i];
        html_put(page->html, "<tr><th scope=\"row\">%s</th><td>%s</td>", bill_words_of(item->name),
                 item->unit);
        if (c > 0)
            put_number(page, figure_count(item->quantity[0]));
        put_number(page, figure_count(item->quantity[1]));
        put_price(page, item);
        if (c > 0)
            put_number(page, figure_count(item->total_gbp[0]));
        put_number(page, figure_count(item->total_gbp[1]));
        if (c > 0)
            put_number(page, figure_count_change(change_of(item)));
        html_put(page->html, "</tr>\n");
    }
}

static void put_table_total(struct page *page, const struct bills *bill, size_t c)
{
    html_put(page->html, "<tr class=\"total\"><th scope=\"row\"><strong>Total</strong></th>"
                         "<td></td><td></td><td></td>");
    if (c > 0) {
        html_put(page->html, "<td></td>");
        put_number(page, figure_count(total_gbp(bill, 0)));
    }
    put_number(page, figure_count(total_gbp(bill, 1)));
    if (c > 0)
        put_number(page, figure_count_change(total_gbp(bill, 1) - total_gbp(bill, 0)));
    html_put(page->html, "</tr>\n");
    html_table_end(page->html);
}

static void put_table(struct page *page, const struct bills *bill, size_t c)
{
    put_table_head(page, c);
    put_table_rows(page, bill, c);
    put_table_total(page, bill, c);
}

/* --- in words --------------------------------------------------------------------------------- */

/* "GBP 8,234 a stroke under centralised, GBP 1,528 more than under distributed". */
static void put_words(struct page *page, size_t c)
{
    const struct read_configuration *of = page->results->configuration;
    double after = results_mean(page->results, c, "cost_per_patient_90d_gbp");
    double change = results_difference(page->results, c, "cost_per_patient_90d_gbp").mean;
    double year = results_difference(page->results, c, "cost_90d_gbp").mean;
    if (isnan(after) || isnan(change))
        return;
    html_put(page->html, "<p>The first 90 days cost <strong>GBP %s a stroke</strong> under %s, ",
             figure_count(after).text, of[c].name);
    if (fabs(change) < 0.5)
        html_put(page->html, "as much as under %s", of[0].name);
    else
        html_put(page->html, "GBP %s %s than under %s", figure_count(fabs(change)).text,
                 change < 0 ? "less" : "more", of[0].name);
    if (fabs(year) >= 0.5)
        html_put(page->html, ": %s a year %s in all", page_gbp(year).text,
                 year < 0 ? "less" : "more");
    html_put(page->html, ".</p>\n");
}

static void put_totals(struct page *page, size_t c)
{
    before_after_head(page, "What a year's patients cost", c);
    before_after_rows(page, (struct scores){totals, sizeof totals / sizeof *totals}, c);
    before_after_end(page);
}

static void put_bill(struct page *page, size_t c)
{
    struct bills bill;
    if (!bill_read(&bill, page->results, c)) {
        page->failed = true;
        return;
    }
    if (bill.items > 0) {
        if (c > 0 && !isnan(total_gbp(&bill, 0)) && !isnan(total_gbp(&bill, 1)))
            put_waterfall(page, &bill, c);
        put_table(page, &bill, c);
    }
    free(bill.item);
}

void section_bill(struct page *page)
{
    if (page->results->configurations == 1)
        put_bill(page, 0);
    for (size_t c = 1; c < page->results->configurations; c++) {
        page_comparison(page, c);
        put_words(page, c);
        put_totals(page, c);
        put_bill(page, c);
    }
    html_put(page->html,
             "<p class=\"quiet\">Everyone's first 90 days, also of patients who turn out to have "
             "had no stroke. The prices are in the table of assumptions. Who pays each item "
             "(ambulance service, hospital, council or family) is not part of the "
             "simulation.</p>\n");
}
