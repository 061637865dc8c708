/* What a sweep's tables say, point by point. */
#ifndef SCENARIOS_REPORT_SWEEP_READ_H
#define SCENARIOS_REPORT_SWEEP_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "scenarios/report/results_read.h"

enum {
    SWEEP_MOST_DRAWN = 2000, /* points in a chart; of more every second, third, ... */
    SWEEP_USUAL_GBP = 20000  /* a QALY, as in words: NICE's lower threshold, and the chart's line */
};

struct sweep_at {
    size_t row; /* of design.csv */
    double lives, low, high;
};

/* Points with a figure, in their order. */
struct sweep_lives {
    struct sweep_at *at;
    size_t points, impossible; /* those without a figure are not among them */
};

/* The configuration that the sweep is about: the design's, or the last. */
size_t sweep_analysed(const struct results_read *results);

/* Lives saved by that configuration at every point, in one pass over the tables. Freed by
 * sweep_lives_free(). False: out of memory. */
bool sweep_lives_read(const struct results_read *results, struct sweep_lives *lives);
void sweep_lives_free(struct sweep_lives *lives);

/* So that at most `most` of `count` are drawn: every step-th. At least 1. */
size_t sweep_step(size_t count, size_t most);

/* A row of sensitivity.csv, or SIZE_MAX. parameter: "" for what is said of all together. */
size_t sweep_sensitivity(const struct results_read *results, const char *parameter,
                         const char *metric, const char *index);

/* What a factor is, in words; "" where nobody knows. */
const char *sweep_factor_words(const char *factor);

#endif
