/* Which factors move the result most (sensitivity.csv). */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/metric.h"
#include "scenarios/report/page.h"
#include "scenarios/report/sweep_read.h"

enum { MOST_FACTORS = 15, MOST_METRICS = 8 };

/* How a kind of design says what matters. */
static const struct method {
    const char *kind, *rank; /* the index that factors are ordered by */
    const char *index[2], *words[2], *chart, *note;
} methods[] = {
    {"oat",
     "swing",
     {"low", "high"},
     {"low end of its range", "high end of its range"},
     "tornado",
     "Each bar: what changes against the central values when this factor alone goes to that end "
     "of its range. The longest bars matter most."},
    {"morris",
     "mu_star",
     {"mu_star", "sigma"},
     {"size of its effect", "how much that varies"},
     "sensitivity",
     "Circles: by how much the result moves over the factor's range, on average. Diamonds: how "
     "much "
     "that differs from place to place, because factors work together or bend. Lines: 95% "
     "intervals."},
    {"sobol_indices",
     "total",
     {"first", "total"},
     {"alone", "together with others"},
     "sensitivity",
     "The share of the result's variance that goes back to a factor: circles alone, diamonds "
     "together with the others. Lines: 95% intervals."},
};

static const struct method *method_of(const struct page *page)
{
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (strcmp(methods[i].kind, page->results->kind) == 0)
            return &methods[i];
    return NULL;
}

bool section_sweep_drivers_applies(const struct page *page)
{
    return page->results->table[RESULTS_SENSITIVITY] != NULL && method_of(page) != NULL;
}

/* --- the most important ----------------------------------------------------------------------- */

struct ranked {
    double size;
    const char *factor;
};

static int by_size(const void *a, const void *b)
{
    const struct ranked *one = a, *two = b;
    return (one->size < two->size) - (one->size > two->size);
}

/* Factors of a metric that move it at all, the most important first; NULL: out of memory. */
static struct ranked *rank(const struct table *table, const char *metric, const char *index,
                           size_t *count)
{
    struct ranked *ranked = calloc(table_row_count(table) + 1, sizeof *ranked);
    *count = 0;
    for (size_t row = 0; ranked != NULL && row < table_row_count(table); row++) {
        double value = results_number(table, row, "value");
        if (strcmp(results_text(table, row, "metric"), metric) == 0 &&
            strcmp(results_text(table, row, "index"), index) == 0 && fabs(value) > 0)
            ranked[(*count)++] =
                (struct ranked){fabs(value), results_text(table, row, "parameter")};
    }
    if (ranked != NULL)
        qsort(ranked, *count, sizeof *ranked, by_size);
    return ranked;
}

/* --- a chart ---------------------------------------------------------------------------------- */

static void put_rows(struct page *page, struct chart *chart, const struct method *method,
                     const char *metric, const char *factor)
{
    const struct table *table = page->results->table[RESULTS_SENSITIVITY];
    for (size_t i = 0; i < 2; i++) {
        size_t row = sweep_sensitivity(page->results, factor, metric, method->index[i]);
        if (row == SIZE_MAX)
            continue;
        chart_text(chart, factor);
        chart_text(chart, method->words[i]);
        chart_number(chart, results_number(table, row, "value"));
        chart_number(chart, results_number(table, row, "ci_low"));
        chart_number(chart, results_number(table, row, "ci_high"));
    }
}

/* A share of the variance is one of any metric; other indices are in the metric's unit. */
static const char *unit_of(const struct method *method, const char *metric)
{
    return strcmp(method->kind, "sobol_indices") == 0 ? "" : metric_unit(metric);
}

static void put_figure(struct page *page, const struct method *method, const char *metric,
                       const struct ranked ranked[], size_t count)
{
    const char *unit = unit_of(method, metric);
    const struct chart_column columns[] = {
        {"factor", "Factor", NULL, CHART_TEXT},  {"index", "What", NULL, CHART_TEXT},
        {"value", "Figure", unit, CHART_NUMBER}, {"low", "95% interval from", unit, CHART_NUMBER},
        {"high", "to", unit, CHART_NUMBER},
    };
    struct chart *chart = chart_new(columns, sizeof columns / sizeof *columns);
    char title[200], id[80];
    for (size_t i = 0; i < count && i < MOST_FACTORS; i++)
        put_rows(page, chart, method, metric, ranked[i].factor);
    snprintf(title, sizeof title, "What moves the result most: %.100s%s%.20s",
             metric_meaning(metric), unit[0] == '\0' ? "" : ", ", unit);
    snprintf(id, sizeof id, "drivers-%.60s", metric);
    struct chart_about about = {
        .name = method->chart,
        .id = id,
        .title = title,
        .description =
            "For each factor, the most important first, two figures of how much it moves "
            "the result. The table below has them.",
        .note = method->note,
    };
    page_chart(page, chart, &about);
}

static void put_metric(struct page *page, const struct method *method, const char *metric)
{
    const struct table *table = page->results->table[RESULTS_SENSITIVITY];
    size_t count, noise = sweep_sensitivity(page->results, "", metric, "share_of_noise");
    struct ranked *ranked = rank(table, metric, method->rank, &count);
    if (ranked == NULL) {
        page->failed = true;
        return;
    }
    put_figure(page, method, metric, ranked, count);
    if (count == 0)
        html_put(page->html, "<p>Nothing that was varied moves this: %s.</p>\n",
                 metric_meaning(metric));
    else if (noise != SIZE_MAX)
        html_put(page->html,
                 "<p class=\"quiet\">%s%% of the variance between points is accident of the "
                 "simulation.%s</p>\n",
                 figure_of(results_number(table, noise, "value"), "share").text,
                 count > MOST_FACTORS ? " Further factors are in sensitivity.csv." : "");
    free(ranked);
}

static bool is_first_of_its_metric(const struct table *table, size_t row)
{
    const char *metric = results_text(table, row, "metric");
    for (size_t before = 0; before < row; before++)
        if (strcmp(results_text(table, before, "metric"), metric) == 0)
            return false;
    return true;
}

void section_sweep_drivers(struct page *page)
{
    const struct table *table = page->results->table[RESULTS_SENSITIVITY];
    const struct method *method = method_of(page);
    size_t metrics = 0;
    for (size_t row = 0; row < table_row_count(table) && metrics < MOST_METRICS; row++)
        if (is_first_of_its_metric(table, row)) {
            put_metric(page, method, results_text(table, row, "metric"));
            metrics++;
        }
}
