/* Boundaries for the map: the outlines of a GeoJSON file (RFC 7946), checked to be where the
 * scenario is. Properties and anything else are left behind; only lines of numbers reach the page.
 */
#ifndef SCENARIOS_REPORT_BOUNDARIES_H
#define SCENARIOS_REPORT_BOUNDARIES_H

#include <stddef.h>

#include "scenarios/read/diagnosis.h"
#include "scenarios/report/html.h"

enum { BOUNDARIES_LARGEST = 2 << 20 }; /* bytes of the file: it is copied into the report */

/* What the places of a scenario span, in degrees; with no place, west is NAN. */
struct boundaries_box {
    double west, south, east, north;
};

/* An empty box, and one that holds a place more; coordinates that are NAN change nothing. */
struct boundaries_box boundaries_no_box(void);
void boundaries_box_add(struct boundaries_box *box, double lat, double lon);

struct boundaries; /* lines of longitudes and latitudes */

/* Reads the lines within a margin around the box. NULL: the diagnosis says what is wrong. */
struct boundaries *boundaries_read(const char *path, const struct boundaries_box *box,
                                   struct diagnosis *diagnosis);
void boundaries_free(struct boundaries *boundaries); /* NULL is legal */

/* How many lines there are, and points in all. */
size_t boundaries_lines(const struct boundaries *boundaries);
size_t boundaries_points(const struct boundaries *boundaries);

/* Writes them as one GeoJSON FeatureCollection of lines, to five decimals (a metre). Lines rather
 * than polygons, because which side of a ring is inside is told by its direction, and files and
 * programs differ in it. */
void boundaries_put(const struct boundaries *boundaries, struct html *html);

#endif
