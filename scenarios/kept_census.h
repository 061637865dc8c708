/* Beds in use at midnight, hospital by hospital and day by day, over replications: the mean of all
 * of them, and the counts of at most KEPT_CENSUS_MOST for centiles (every second, fourth, ... of
 * more), so memory does not grow with their number. */
#ifndef SCENARIOS_KEPT_CENSUS_H
#define SCENARIOS_KEPT_CENSUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/service.h"

enum {
    KEPT_CENSUS_MOST = 128,
    KEPT_CENSUS_DAILY = 2 * 365, /* days of the longest window with every day */
    KEPT_CENSUS_WEEKLY = 7,
};

/* Days from one that is kept to the next, and how many are, of a window of so many. */
size_t kept_census_every(size_t window_days);
size_t kept_census_days(size_t window_days);

/* Where beds are: a kind of which a hospital has some, counted or not. */
struct census_place {
    size_t hospital;
    enum bed_kind kind;
};

/* All zero holds nothing and has no room. */
struct kept_census {
    size_t places, days, hospitals;
    struct census_place *place;
    double *sum;     /* days x places */
    uint16_t *count; /* kept x days x places */
    size_t n;
    uint64_t every, seen; /* replications */
};

/* Makes the room. False: out of memory. kept_census_close() is legal afterwards too. */
bool kept_census_open(struct kept_census *census, const struct service *service, size_t days);
void kept_census_close(struct kept_census *census);

/* Adds a replication: beds in use, days x hospitals. */
void kept_census_add(struct kept_census *census, uint16_t in_use[][BED_KINDS]);

/* NAN when no replication was added. */
double kept_census_mean(const struct kept_census *census, size_t day, size_t place);
double kept_census_quantile(const struct kept_census *census, size_t day, size_t place, double p);

#endif
