/* A chart: rows of figures, drawn by one of the Vega-Lite specifications in page/charts/, and the
 * same rows as a table behind "Show figures", for those who want the numbers or do not see.
 *
 * Columns are declared once; cells are put row by row. What is not a number stays empty. The page
 * gets the whole specification with its rows as the dataset "rows", so that it can be taken out
 * and used elsewhere.
 */
#ifndef SCENARIOS_REPORT_CHART_H
#define SCENARIOS_REPORT_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "scenarios/report/html.h"

enum chart_cell {
    CHART_TEXT,
    CHART_NUMBER, /* shown as figure_of() does */
    CHART_CHANGE, /* shown with its sign, as figure_change() does */
    CHART_COUNT,  /* whole, with thousands separated */
    CHART_HIDDEN  /* for drawing alone (a coordinate, say), which no table shows; NAN: not there */
};

struct chart_column {
    const char *key;     /* in the specification */
    const char *heading; /* of the table's column, with its unit as a reader says it */
    const char *unit;    /* a result file's ("share", "min"), which decides how a number is shown */
    enum chart_cell cell;
};

struct chart;

/* What there is to say of a chart. */
struct chart_about {
    const char *name;        /* of the specification: page/charts/NAME.json */
    const char *id;          /* of the figure in the page; NULL: the name */
    const char *title;       /* what it shows, as a headline */
    const char *description; /* what is seen in it, for who does not see it */
    const char *note;        /* how to read it; NULL: nothing */
};

/* The columns are borrowed. NULL: out of memory. */
struct chart *chart_new(const struct chart_column *columns, size_t count);
void chart_free(struct chart *chart); /* NULL is legal */

/* The next cell; each row must be filled. The text is borrowed until the chart is written. A chart
 * that is NULL takes nothing. */
void chart_text(struct chart *chart, const char *text);
void chart_number(struct chart *chart, double value);

/* Whole rows so far. */
size_t chart_rows(const struct chart *chart);

/* Writes the figure and frees the chart; one without rows is nothing. False: out of memory on the
 * way, or there is no such specification. */
bool chart_write(struct chart *chart, struct html *html, const struct chart_about *about);

#endif
