/* What is written into a page: names are text, wherever they stand. */
#include <math.h>
#include <string.h>

#include "scenarios/report/chart.h"
#include "scenarios/report/html.h"
#include "tests/scenarios/folders.h"

#define HOSTILE "<script>alert(\"1\")</script> & 'x' \x01"

struct page_of_test {
    char folder[SCRATCH_SIZE], path[SCRATCH_SIZE];
    struct html *html;
};

static struct page_of_test begin(void)
{
    struct page_of_test page;
    struct write_fault fault = {0};
    scratch_make(page.folder);
    page.html = html_open(in(page.path, page.folder, "page.html"), &fault);
    cr_assert_not_null(page.html, "%s", fault.text);
    return page;
}

/* The page as text, to be freed. */
static char *end(struct page_of_test *page)
{
    struct write_fault fault = {0};
    cr_assert(html_close(page->html, &fault), "%s", fault.text);
    char *text = slurp(page->path);
    scratch_remove(page->folder);
    return text;
}

Test(report_html, texts_are_escaped_and_markup_is_not)
{
    struct page_of_test page = begin();
    html_put(page.html, "<p title=\"%s\">%s, 5%% of %s</p>", "\"&'", HOSTILE, "");
    html_text(page.html, "a<b");
    html_raw(page.html, "<br>tail", 4);
    char *text = end(&page);
    cr_expect_str_eq(text, "<p title=\"&quot;&amp;&#39;\">&lt;script&gt;alert(&quot;1&quot;)"
                           "&lt;/script&gt; &amp; &#39;x&#39; \x01, 5% of </p>a&lt;b<br>");
    free(text);
}

/* The region has a name and is reached by the keyboard, whatever the table is called. */
Test(report_html, a_table_scrolls_by_itself)
{
    struct page_of_test page = begin();
    html_table_begin(page.html, NULL, "%s: %s", "Beds", "\"A\"");
    html_table_head(page.html);
    html_table_heading(page.html, "<Hospital>");
    html_table_number_heading(page.html, "5% & more");
    html_table_body(page.html);
    html_table_end(page.html);
    html_table_begin(page.html, "bill", "100%%");
    char *text = end(&page);
    static const char region[] = "<div class=\"scroll\" tabindex=\"0\" role=\"region\" ";
    cr_expect_not_null(strstr(text, region));
    cr_expect_not_null(strstr(text, " aria-label=\"Beds: &quot;A&quot;\"><table>\n<thead><tr>"
                                    "<th scope=\"col\">&lt;Hospital&gt;</th>"
                                    "<th scope=\"col\" class=\"number\">5% &amp; more</th></tr>"
                                    "</thead>\n<tbody>\n</tbody></table></div>\n"));
    cr_expect_not_null(strstr(text, " aria-label=\"100%\"><table class=\"bill\">"));
    free(text);
}

Test(report_html, json_cannot_end_its_element)
{
    struct page_of_test page = begin();
    html_json_text(page.html, HOSTILE);
    html_json_number(page.html, 0.1);
    html_put(page.html, ",");
    html_json_number(page.html, NAN);
    char *text = end(&page);
    cr_expect_str_eq(text, "\"\\u003cscript\\u003ealert(\\\"1\\\")\\u003c/script\\u003e & 'x' "
                           "\\u0001\"0.1,null");
    free(text);
}

Test(report_html, a_page_that_cannot_be_written_says_why)
{
    struct write_fault fault = {0};
    cr_expect_null(html_open("/dev/null/page.html", &fault));
    cr_expect(strstr(fault.text, "/dev/null/page.html") != NULL, "%s", fault.text);
}

/* --- charts ----------------------------------------------------------------------------------- */

static const struct chart_column columns[] = {
    {"configuration", "Who", NULL, CHART_TEXT}, {"from", "", NULL, CHART_HIDDEN},
    {"to", "Share", "share", CHART_NUMBER},     {"people", "People", NULL, CHART_COUNT},
    {"outcome", "Change", NULL, CHART_CHANGE},
};

static struct chart *two_rows(void)
{
    struct chart *chart = chart_new(columns, sizeof columns / sizeof *columns);
    static const double row[2][4] = {{1, 0.25, 1234.4, 2}, {NAN, NAN, NAN, NAN}};
    for (size_t i = 0; i < 2; i++) {
        chart_text(chart, i == 0 ? HOSTILE : "Bexley");
        for (size_t j = 0; j < 4; j++)
            chart_number(chart, row[i][j]);
    }
    cr_assert_eq(chart_rows(chart), 2);
    return chart;
}

static const struct chart_about about = {.name = "people",
                                         .id = "one",
                                         .title = "A < B",
                                         .description = "Of </script>",
                                         .note = "N & M"};

/* The specification has the rows, whole but for what is not there and would only be drawn; the
 * table has them as a reader rounds, without what is for drawing alone. */
Test(report_html, a_chart_is_its_specification_and_its_figures)
{
    struct page_of_test page = begin();
    cr_assert(chart_write(two_rows(), page.html, &about));
    char *text = end(&page);
    static const char *const wanted[] = {
        "<figure class=\"chart-of-people\" data-chart=\"one\" data-rows=\"2\">",
        "<strong>A &lt; B</strong><br>N &amp; M</figcaption>",
        "{\"description\":\"Of \\u003c/script\\u003e\",\"datasets\":{\"rows\":[{\"configuration\":",
        ",\"from\":1,\"to\":0.25,\"people\":1234.4,\"outcome\":2},\n{\"configuration\":\"Bexley\","
        "\"to\":null,\"people\":null,\"outcome\":null}]},",
        "\"data\": {\"name\": \"rows\"}",
        "<th scope=\"col\" class=\"text\">Who</th><th scope=\"col\" class=\"number\">Share</th>",
        "<td class=\"number\">25.0</td><td class=\"number\">1,234</td><td class=\"number\">+2.00"
        "</td></tr>",
        "<tr><td>Bexley</td><td class=\"number\">-</td>",
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        cr_expect(strstr(text, wanted[i]) != NULL, "not there: %s", wanted[i]);
    cr_expect_null(strstr(text, "<script>"));
    free(text);
}

Test(report_html, a_chart_without_rows_is_nothing)
{
    struct page_of_test page = begin();
    cr_expect(chart_write(chart_new(columns, 5), page.html, &about));
    struct chart_about unknown = about;
    unknown.name = "no-such";
    cr_expect_not(chart_write(two_rows(), page.html, &unknown));
    cr_expect_not(chart_write(NULL, page.html, &about));
    char *text = end(&page);
    cr_expect_str_eq(text, "");
    free(text);
}
