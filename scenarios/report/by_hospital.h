/* What units.csv or counted_units.csv says of the hospitals of one configuration, gathered in one
 * pass. */
#ifndef SCENARIOS_REPORT_BY_HOSPITAL_H
#define SCENARIOS_REPORT_BY_HOSPITAL_H

#include <stdbool.h>
#include <stddef.h>

#include "scenarios/report/results_read.h"

/* NAN where there is none. The centiles are over days. */
struct hospital_figure {
    double mean, ci_low, ci_high, p05, p50, p95;
};

struct by_hospital {
    size_t hospitals, metrics;
    const char **name, **role;      /* of each hospital, borrowed from the results */
    struct hospital_figure *figure; /* hospitals x metrics */
};

/* The figures of some metrics, with hospitals in the order of the file (either of the two). Where
 * the results have no such table there are no hospitals. False: out of memory, and nothing to free.
 */
bool by_hospital_read(struct by_hospital *by, const struct results_read *results,
                      enum results_file file, size_t configuration, const char *const metric[],
                      size_t metrics);
void by_hospital_free(struct by_hospital *by);

/* metric: the place in the list that was asked for. */
const struct hospital_figure *by_hospital_at(const struct by_hospital *by, size_t hospital,
                                             size_t metric);

#endif
