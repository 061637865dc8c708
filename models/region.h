/* A region: the areas people live in, the hospital sites, and the minutes between them.
 *
 * Minutes come from a table where the scenario gives one, and otherwise from an estimate by
 * straight-line distance d (km) and the distance m (km) of the midpoint from the middle of London:
 * free-flow minutes n = a + b sqrt(d) + c d + e d m + f sqrt(d) m, never below 0, and then
 * 5.8 + 1.0741 n. The coefficients are parameters (journey.*), fitted to London's road matrix.
 */
#ifndef MODELS_REGION_H
#define MODELS_REGION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/parameters.h"

enum age_band { BAND_0_64, BAND_65_79, BAND_80_PLUS, AGE_BANDS };

struct area {
    char *name, *group;
    double lat, lon;              /* degrees, population-weighted centre */
    double population[AGE_BANDS]; /* 0 where not given */
    double strokes_per_year;      /* NAN: from the population and demand.rate_* */
    double deprivation_score;     /* NAN: not given */
};

struct site {
    char *name;
    double lat, lon;
    char *sector; /* as the first hospitals file says that has one for it; NULL: none */
};

/* Owns its strings and arrays; all NULL and 0 is an empty region. */
struct region {
    size_t areas;
    struct area *area;
    size_t sites;
    struct site *site;
    double *minutes;          /* areas x sites: from an area to a site */
    double *transfer_minutes; /* sites x sites */
};

void region_fini(struct region *region);

/* Straight-line (great-circle) distance in km between two points in degrees. */
double region_distance_km(double lat_a, double lon_a, double lat_b, double lon_b);

/* Estimated minutes between two points. */
double region_estimate_min(const struct parameters *parameters, double lat_a, double lon_a,
                           double lat_b, double lon_b);

/* Allocates and fills `minutes`, or `transfer_minutes`, by the estimate. False: out of memory. */
bool region_estimate_journeys(struct region *region, const struct parameters *parameters);
bool region_estimate_transfers(struct region *region, const struct parameters *parameters);

static inline double region_minutes(const struct region *region, size_t area, size_t site)
{
    return region->minutes[area * region->sites + site];
}

static inline double region_transfer_min(const struct region *region, size_t from, size_t to)
{
    return region->transfer_minutes[from * region->sites + to];
}

#endif
