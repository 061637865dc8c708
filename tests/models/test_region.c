#include <criterion/criterion.h>
#include <math.h>

#include "tests/models/small_region.h"

struct point {
    double lat, lon;
};

static const struct point middle = {51.5084, -0.1281};

static double estimate(const struct parameters *parameters, struct point a, struct point b)
{
    return region_estimate_min(parameters, a.lat, a.lon, b.lat, b.lon);
}

/* By the angle between two vectors, on a sphere of 6371.0088 km. */
Test(region, distance_known_answers)
{
    static const struct {
        struct point a, b;
        double km;
    } known[] = {
        {{51.5074, -0.1278}, {55.9533, -3.1883}, 533.6529374508184}, /* London to Edinburgh */
        {{51, 0}, {52, 0}, 111.1950802335333},
        {{51.5, 179.9}, {51.5, -179.9}, 13.844108688648785},
        {{0, 0}, {0, 180}, 20015.114442035923},
        {{51.5, -0.1}, {51.5, -0.1}, 0},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct point a = known[i].a, b = known[i].b;
        cr_expect(near(region_distance_km(a.lat, a.lon, b.lat, b.lon), known[i].km, 1e-9),
                  "case %zu: %.12g km", i, region_distance_km(a.lat, a.lon, b.lat, b.lon));
    }
}

/* london.md: n = -1.4899 + 3.5957 sqrt(d) + 0.8739 d - 0.0020 d m - 0.0738 sqrt(d) m, d below 25,
 * never below 0, and then 5.8 + 1.0741 n; beyond 25 km 1.285 free-flow minutes a km. */
Test(region, estimate_known_answers)
{
    static const struct {
        struct point a, b;
        double min;
    } known[] = {
        {{51.5084, -0.1281}, {51.5084, -0.1281}, 5.8},
        {{51.5084, -0.1281}, {51.4, -0.1}, 27.304725355}, /* d 12.21, m 6.10 */
        {{51.35, 0.2}, {51.3, 0.25}, 14.816258697},       /* d 6.56, m cut at 25 */
        {{51.6, -0.4}, {51.45, 0.1}, 64.400287534},       /* d 38.4, m 2.39 */
        {{51.95, -0.6}, {51.57, -0.3}, 66.130349053},     /* both cut */
        {{52.5, -1.9}, {51.5, -0.13}, 228.197785417},
    };
    struct parameters parameters;
    parameters_default(&parameters);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        cr_expect(near(estimate(&parameters, known[i].a, known[i].b), known[i].min, 1e-8),
                  "case %zu: %.12g min", i, estimate(&parameters, known[i].a, known[i].b));
}

Test(region, estimate_is_symmetric_and_never_below_the_fixed_minutes)
{
    struct parameters parameters;
    parameters_default(&parameters);
    for (int i = 0; i < 400; i++)
        for (int j = 0; j < 400; j += 7) {
            struct point a = {51.2 + .002 * i, -0.6 + .002 * j}, b = {51.5 + .0007 * j, .001 * i};
            double there = estimate(&parameters, a, b), back = estimate(&parameters, b, a);
            cr_assert(there >= 5.8 && near(back, there, 1e-12), "%g there, %g back", there, back);
        }
}

/* Going away on a straight line the minutes rise, without a step at 25 km or anywhere else. */
Test(region, estimate_is_continuous)
{
    struct parameters parameters;
    parameters_default(&parameters);
    static const struct point from[] = {{51.5084, -0.1281}, {51.3, 0.2}, {51.9, -0.7}};
    for (size_t f = 0; f < 3; f++) {
        double before = 5.8;
        bool past_the_fit = false;
        for (double east = 1e-6; east < 1.2; east += 1e-4) {
            struct point to = {from[f].lat, from[f].lon + east};
            double min = estimate(&parameters, from[f], to);
            cr_assert(fabs(min - before) < (east < .02 ? .5 : .05), "step of %g min at %g degrees",
                      min - before, east);
            before = min;
            past_the_fit |= region_distance_km(from[f].lat, from[f].lon, to.lat, to.lon) > 25;
        }
        cr_assert(past_the_fit);
    }
    /* At 25 km sharp. */
    double east = 25 / (111.1950802335333 * cos(middle.lat * 3.14159265358979323846 / 180));
    double before =
        estimate(&parameters, middle, (struct point){middle.lat, middle.lon + east - 1e-7});
    double after =
        estimate(&parameters, middle, (struct point){middle.lat, middle.lon + east + 1e-7});
    cr_expect(after > before && after - before < 1e-4, "%g and %g", before, after);
}

Test(region, tables_of_minutes)
{
    struct design design;
    small_design(&design);
    const struct region *region = &design.region;
    const struct parameters *parameters = &design.configuration[0].parameters;
    for (size_t s = 0; s < region->sites; s++) {
        struct point site = {region->site[s].lat, region->site[s].lon};
        for (size_t a = 0; a < region->areas; a++) {
            struct point area = {region->area[a].lat, region->area[a].lon};
            cr_expect_eq(region_minutes(region, a, s), estimate(parameters, area, site));
        }
        for (size_t other = 0; other < region->sites; other++) {
            struct point to = {region->site[other].lat, region->site[other].lon};
            double want = other == s ? 0 : estimate(parameters, site, to);
            cr_expect_eq(region_transfer_min(region, s, other), want);
        }
    }
    design_fini(&design);
    cr_expect(design.region.area == NULL && design.configuration == NULL);
    design_fini(&design); /* an empty one is legal */
}
