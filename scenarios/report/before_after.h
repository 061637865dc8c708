/* A table of figures under the baseline and under a configuration, their difference, and what the
 * evidence allows. */
#ifndef SCENARIOS_REPORT_BEFORE_AFTER_H
#define SCENARIOS_REPORT_BEFORE_AFTER_H

#include <stddef.h>

#include "scenarios/report/page.h"
#include "scenarios/report/scores.h"

/* One table: its head, its rows and its end. Of the rows, what is nothing under either
 * configuration is left out. */
void before_after_head(struct page *page, const char *caption, size_t configuration);
void before_after_rows(struct page *page, struct scores scores, size_t configuration);
void before_after_end(struct page *page);

#endif
