/* A table of figures under the baseline and under a configuration, their difference, and what the
 * evidence allows. */
#ifndef SCENARIOS_REPORT_BEFORE_AFTER_H
#define SCENARIOS_REPORT_BEFORE_AFTER_H

#include <stdbool.h>
#include <stddef.h>

#include "scenarios/report/page.h"

/* How a figure is shown: summary.csv's name, what a reader calls it, the unit that decides how it
 * is rounded, and whether it is shown in millions. */
struct before_after {
    const char *metric, *label, *unit;
    bool millions;
};

/* One table: its head, its rows and its end. Of the rows, what is nothing under either
 * configuration is left out. */
void before_after_head(struct page *page, const char *caption, size_t configuration);
void before_after_rows(struct page *page, const struct before_after rows[], size_t count,
                       size_t configuration);
void before_after_end(struct page *page);

#endif
