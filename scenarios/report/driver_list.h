/* Where the lives of a comparison come from: drivers.csv, the largest first. */
#ifndef SCENARIOS_REPORT_DRIVER_LIST_H
#define SCENARIOS_REPORT_DRIVER_LIST_H

#include <stddef.h>

#include "scenarios/report/results_read.h"

enum { DRIVER_LIST_MOST = 16 };

struct driver_share {
    const char *words;
    double mean, ci_low, ci_high; /* lives saved a year */
};

struct driver_list {
    struct driver_share share[DRIVER_LIST_MOST];
    size_t count;
};

/* What is nothing when rounded is left out. */
struct driver_list driver_list_read(const struct results_read *results, size_t configuration);

#endif
