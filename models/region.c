#include "models/region.h"

#include <math.h>
#include <stdlib.h>

static const double earth_radius_km = 6371.0088; /* mean radius, IUGG */

void region_fini(struct region *region)
{
    for (size_t i = 0; i < region->areas; i++) {
        free(region->area[i].name);
        free(region->area[i].group);
    }
    for (size_t i = 0; i < region->sites; i++) {
        free(region->site[i].name);
        free(region->site[i].sector);
    }
    free(region->area);
    free(region->site);
    free(region->minutes);
    free(region->transfer_minutes);
    *region = (struct region){0};
}

static double radians(double degrees)
{
    return degrees * (3.14159265358979323846 / 180);
}

double region_distance_km(double lat_a, double lon_a, double lat_b, double lon_b)
{
    double south = sin(radians(lat_b - lat_a) / 2);
    double east = sin(radians(lon_b - lon_a) / 2);
    double h = south * south + cos(radians(lat_a)) * cos(radians(lat_b)) * east * east;
    return 2 * earth_radius_km * asin(sqrt(fmin(1, h)));
}

double region_estimate_min(const struct parameters *parameters, double lat_a, double lon_a,
                           double lat_b, double lon_b)
{
    const double *p = parameters->value;
    double km = region_distance_km(lat_a, lon_a, lat_b, lon_b);
    double fitted_km = fmin(km, p[P_JOURNEY_ROAD_FIT_KM]);
    double centre_km =
        fmin(p[P_JOURNEY_ROAD_CENTRE_KM],
             region_distance_km((lat_a + lat_b) / 2, (lon_a + lon_b) / 2,
                                p[P_JOURNEY_ROAD_CENTRE_LAT], p[P_JOURNEY_ROAD_CENTRE_LON]));
    double root = sqrt(fitted_km);
    double freeflow = p[P_JOURNEY_ROAD_CONSTANT] + p[P_JOURNEY_ROAD_SQRT_D] * root +
                      p[P_JOURNEY_ROAD_D] * fitted_km +
                      p[P_JOURNEY_ROAD_D_M] * fitted_km * centre_km +
                      p[P_JOURNEY_ROAD_SQRT_D_M] * root * centre_km;
    freeflow = fmax(0, freeflow) + p[P_JOURNEY_ROAD_FAR_MIN_PER_KM] * (km - fitted_km);
    return p[P_JOURNEY_FIXED_MIN] + p[P_JOURNEY_PER_FREEFLOW_MIN] * freeflow;
}

bool region_estimate_journeys(struct region *region, const struct parameters *parameters)
{
    region->minutes = calloc(region->areas * region->sites, sizeof *region->minutes);
    if (region->minutes == NULL)
        return false;
    for (size_t a = 0; a < region->areas; a++)
        for (size_t s = 0; s < region->sites; s++)
            region->minutes[a * region->sites + s] =
                region_estimate_min(parameters, region->area[a].lat, region->area[a].lon,
                                    region->site[s].lat, region->site[s].lon);
    return true;
}

bool region_estimate_transfers(struct region *region, const struct parameters *parameters)
{
    region->transfer_minutes = calloc(region->sites * region->sites, sizeof(double));
    if (region->transfer_minutes == NULL)
        return false;
    for (size_t a = 0; a < region->sites; a++)
        for (size_t b = 0; b < region->sites; b++)
            if (a != b)
                region->transfer_minutes[a * region->sites + b] =
                    region_estimate_min(parameters, region->site[a].lat, region->site[a].lon,
                                        region->site[b].lat, region->site[b].lon);
    return true;
}
