#include "scenarios/report/chart.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "scenarios/figure.h"
#include "scenarios/report/page_file.h"

struct cell {
    const char *text; /* NULL: a number */
    double number;
};

struct chart {
    const struct chart_column *column;
    size_t columns;
    struct cell *cell;
    size_t cells, room;
    bool failed;
};

struct chart *chart_new(const struct chart_column *columns, size_t count)
{
    struct chart *chart = calloc(1, sizeof *chart);
    if (chart == NULL)
        return NULL;
    chart->column = columns;
    chart->columns = count;
    return chart;
}

void chart_free(struct chart *chart)
{
    if (chart == NULL)
        return;
    free(chart->cell);
    free(chart);
}

static void put_cell(struct chart *chart, struct cell cell)
{
    if (chart == NULL || chart->failed)
        return;
    if (chart->cells == chart->room) {
        size_t room = 2 * chart->room + 64;
        struct cell *more = realloc(chart->cell, room * sizeof *more);
        if (more == NULL) {
            chart->failed = true;
            return;
        }
        chart->cell = more;
        chart->room = room;
    }
    chart->cell[chart->cells++] = cell;
}

void chart_text(struct chart *chart, const char *text)
{
    put_cell(chart, (struct cell){.text = text});
}

void chart_number(struct chart *chart, double value)
{
    put_cell(chart, (struct cell){.number = value});
}

size_t chart_rows(const struct chart *chart)
{
    return chart == NULL ? 0 : chart->cells / chart->columns;
}

/* --- for drawing ------------------------------------------------------------------------------ */

static void put_datum(struct html *html, const struct chart_column *column, const struct cell *cell)
{
    html_json_text(html, column->key);
    html_put(html, ":");
    if (cell->text != NULL)
        html_json_text(html, cell->text);
    else
        html_json_number(html, cell->number);
}

/* Numbers for drawing alone may be there for some rows only; left out, a large map stays small. */
static bool is_left_out(const struct chart_column *column, const struct cell *cell)
{
    return column->cell == CHART_HIDDEN && cell->text == NULL && isnan(cell->number);
}

static void put_rows(struct html *html, const struct chart *chart)
{
    for (size_t row = 0; row < chart_rows(chart); row++) {
        const char *before = row == 0 ? "{" : ",\n{";
        for (size_t i = 0; i < chart->columns; i++) {
            const struct cell *cell = &chart->cell[row * chart->columns + i];
            if (is_left_out(&chart->column[i], cell))
                continue;
            html_put(html, "%s", before);
            put_datum(html, &chart->column[i], cell);
            before = ",";
        }
        html_put(html, "}");
    }
}

/* The specification as its file has it, with the rows and the description put in front. */
static void put_specification(struct html *html, const struct chart *chart,
                              const struct page_file *file, const struct chart_about *about)
{
    html_put(html, "<script type=\"application/json\">{\"description\":");
    html_json_text(html, about->description);
    html_put(html, ",\"datasets\":{\"rows\":[");
    put_rows(html, chart);
    html_put(html, "]},");
    const char *brace = file->bytes;
    while (*brace != '{')
        brace++;
    html_raw(html, brace + 1, file->length - (size_t)(brace + 1 - file->bytes));
    html_put(html, "</script>\n");
}

/* --- for reading ------------------------------------------------------------------------------ */

static struct figure shown(const struct chart_column *column, double number)
{
    const char *unit = column->unit == NULL ? "" : column->unit;
    switch (column->cell) {
    case CHART_CHANGE:
        return figure_change(number, unit);
    case CHART_COUNT:
        return figure_count(number);
    case CHART_TEXT:
    case CHART_NUMBER:
    case CHART_HIDDEN:
        break;
    }
    return figure_of(number, unit);
}

static void put_table(struct html *html, const struct chart *chart, const char *title)
{
    html_put(html, "<details class=\"figures\"><summary>Show figures</summary>\n");
    html_table_begin(html, NULL, "Figures: %s", title);
    html_table_head(html);
    for (size_t i = 0; i < chart->columns; i++)
        if (chart->column[i].cell != CHART_HIDDEN)
            html_put(html, "<th scope=\"col\" class=\"%s\">%s</th>",
                     chart->column[i].cell == CHART_TEXT ? "text" : "number",
                     chart->column[i].heading);
    html_table_body(html);
    for (size_t row = 0; row < chart_rows(chart); row++) {
        html_put(html, "<tr>");
        for (size_t i = 0; i < chart->columns; i++) {
            const struct cell *cell = &chart->cell[row * chart->columns + i];
            if (chart->column[i].cell == CHART_HIDDEN)
                continue;
            if (cell->text != NULL)
                html_put(html, "<td>%s</td>", cell->text);
            else
                html_put(html, "<td class=\"number\">%s</td>",
                         shown(&chart->column[i], cell->number).text);
        }
        html_put(html, "</tr>\n");
    }
    html_put(html, "</tbody></table></div></details>\n");
}

static bool write_figure(const struct chart *chart, struct html *html,
                         const struct chart_about *about)
{
    char name[80], rows[24];
    snprintf(name, sizeof name, "charts/%s.json", about->name);
    snprintf(rows, sizeof rows, "%zu", chart_rows(chart));
    const struct page_file *file = page_file(name);
    if (file == NULL)
        return false;
    html_put(html,
             "<figure class=\"chart-of-%s\" data-chart=\"%s\" data-rows=\"%s\">\n"
             "<figcaption><strong>%s</strong>",
             about->name, about->id == NULL ? about->name : about->id, rows, about->title);
    if (about->note != NULL)
        html_put(html, "<br>%s", about->note);
    html_put(html, "</figcaption>\n<div class=\"chart\"></div>\n");
    put_specification(html, chart, file, about);
    put_table(html, chart, about->title);
    html_put(html, "</figure>\n");
    return true;
}

bool chart_write(struct chart *chart, struct html *html, const struct chart_about *about)
{
    bool written = chart != NULL && !chart->failed;
    assert(!written || chart->cells % chart->columns == 0);
    if (written && chart_rows(chart) > 0)
        written = write_figure(chart, html, about);
    chart_free(chart);
    return written;
}
