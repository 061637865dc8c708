/* Values kept one a replication, for ranges over replications: all of a few, every second, fourth,
 * ... of many, so memory does not grow with their number. */
#ifndef SCENARIOS_KEPT_H
#define SCENARIOS_KEPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { KEPT_MOST = 1024 };

/* All zero holds nothing and has no room. */
struct kept_values {
    double *value;
    size_t n;
    uint64_t every, seen;
};

/* Makes the room. False: out of memory. kept_close() is legal afterwards too. */
bool kept_open(struct kept_values *kept);
void kept_close(struct kept_values *kept);

/* NAN does not count. */
void kept_add(struct kept_values *kept, double value);

/* 5 and 95% of what is kept; NAN when nothing is. */
void kept_range(const struct kept_values *kept, double *low, double *high);

#endif
