#include "scenarios/report/boundaries.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "scenarios/read/number.h"
#include "scenarios/read/yaml_tree.h"

/* Of the places' span, on each side: areas are given by their centres, and reach beyond them. */
static const double margin = 0.15;

struct point {
    double lon, lat;
    bool begins; /* a line */
};

struct boundaries {
    struct point *point;
    size_t points, room, lines;
};

/* What a reading holds. */
struct reading {
    struct boundaries *boundaries;
    struct boundaries_box box; /* with its margin */
    struct diagnosis *diagnosis;
    bool inside; /* the point before was kept */
};

/* --- the box ---------------------------------------------------------------------------------- */

struct boundaries_box boundaries_no_box(void)
{
    return (struct boundaries_box){NAN, NAN, NAN, NAN};
}

void boundaries_box_add(struct boundaries_box *box, double lat, double lon)
{
    if (isnan(lat) || isnan(lon))
        return;
    box->west = fmin(box->west, lon); /* of a number and NAN: the number */
    box->east = fmax(box->east, lon);
    box->south = fmin(box->south, lat);
    box->north = fmax(box->north, lat);
}

/* At least a few kilometres, for a scenario of one place. */
static struct boundaries_box widened(const struct boundaries_box *box)
{
    double lon = fmax(margin * (box->east - box->west), 0.05);
    double lat = fmax(margin * (box->north - box->south), 0.05);
    return (struct boundaries_box){box->west - lon, box->south - lat, box->east + lon,
                                   box->north + lat};
}

static bool holds(const struct boundaries_box *box, double lon, double lat)
{
    return lon >= box->west && lon <= box->east && lat >= box->south && lat <= box->north;
}

/* --- the file --------------------------------------------------------------------------------- */

static bool keep_point(struct reading *reading, double lon, double lat)
{
    struct boundaries *boundaries = reading->boundaries;
    bool inside = holds(&reading->box, lon, lat), begins = !reading->inside;
    reading->inside = inside;
    if (!inside)
        return true;
    if (boundaries->points == boundaries->room) {
        size_t room = 2 * boundaries->room + 1024;
        struct point *more = realloc(boundaries->point, room * sizeof *more);
        if (more == NULL) {
            diagnosis_out_of_memory(reading->diagnosis);
            return false;
        }
        boundaries->point = more;
        boundaries->room = room;
    }
    boundaries->lines += begins;
    boundaries->point[boundaries->points++] = (struct point){lon, lat, begins};
    return true;
}

static bool read_point(struct reading *reading, const struct yaml_node *node)
{
    double at[2];
    for (size_t i = 0; i < 2; i++) {
        const struct yaml_node *item = yaml_is_sequence(node) ? yaml_item(node, i) : NULL;
        if (yaml_count(node) < 2 || !yaml_is_scalar(item) ||
            !number_parse(yaml_text(item), &at[i])) {
            yaml_error(reading->diagnosis, node, "[longitude, latitude]",
                       "this is no pair of coordinates");
            return false;
        }
    }
    if (fabs(at[0]) > 180 || fabs(at[1]) > 90) {
        yaml_error(reading->diagnosis, node,
                   "degrees (WGS 84), as GeoJSON asks for; metres of a national grid have to be "
                   "converted",
                   "%.10g, %.10g is no longitude and latitude", at[0], at[1]);
        return false;
    }
    return keep_point(reading, at[0], at[1]);
}

/* Coordinates nested so deep: 1 is a line. The first thing wrong ends it, as it would be repeated
 * a thousand times. */
static bool read_lines(struct reading *reading, const struct yaml_node *node, int depth)
{
    reading->inside = false;
    if (!yaml_is_sequence(node)) {
        yaml_error(reading->diagnosis, node, "a list, as its type asks for",
                   "these are no coordinates");
        return false;
    }
    for (size_t i = 0; i < yaml_count(node); i++)
        if (depth > 1 ? !read_lines(reading, yaml_item(node, i), depth - 1)
                      : !read_point(reading, yaml_item(node, i)))
            return false;
    return true;
}

static bool read_geometry(struct reading *reading, const struct yaml_node *geometry)
{
    static const struct {
        const char *type;
        int depth;
    } known[] = {{"LineString", 1}, {"MultiLineString", 2}, {"Polygon", 2}, {"MultiPolygon", 3}};
    const struct yaml_node *type = yaml_find(geometry, "type");
    const struct yaml_node *coordinates = yaml_find(geometry, "coordinates");
    for (size_t i = 0; yaml_is_scalar(type) && i < sizeof known / sizeof *known; i++)
        if (strcmp(yaml_text(type), known[i].type) == 0 && coordinates != NULL)
            return read_lines(reading, coordinates, known[i].depth);
    yaml_error(reading->diagnosis, geometry,
               "a Polygon, MultiPolygon, LineString or MultiLineString with its coordinates",
               "'%.40s' is no boundary", yaml_is_scalar(type) ? yaml_text(type) : "");
    return false;
}

static bool read_features(struct reading *reading, const struct yaml_node *root,
                          const struct place *place)
{
    const struct yaml_node *type = yaml_find(root, "type"), *list = yaml_find(root, "features");
    if (!yaml_is_scalar(type) || strcmp(yaml_text(type), "FeatureCollection") != 0 ||
        !yaml_is_sequence(list)) {
        diagnosis_error(reading->diagnosis, place,
                        "a file that begins with "
                        "{\"type\": \"FeatureCollection\", \"features\": [",
                        "this is no GeoJSON collection of boundaries");
        return false;
    }
    for (size_t i = 0; i < yaml_count(list); i++) {
        const struct yaml_node *geometry = yaml_find(yaml_item(list, i), "geometry");
        if (geometry == NULL) {
            yaml_error(reading->diagnosis, yaml_item(list, i), NULL, "it has no geometry");
            return false;
        }
        if (!yaml_is_empty(geometry) && !read_geometry(reading, geometry))
            return false;
    }
    return true;
}

/* Degrees the wrong way round are degrees, but somewhere else. */
static bool check_near(const struct reading *reading, const struct place *place)
{
    const struct boundaries_box *box = &reading->box;
    if (reading->boundaries->points > 0)
        return true;
    diagnosis_error(reading->diagnosis, place,
                    "boundaries of the scenario's region, each point as longitude, latitude",
                    "no boundary lies where the scenario's areas are: longitude %.2f to %.2f, "
                    "latitude %.2f to %.2f",
                    box->west, box->east, box->south, box->north);
    return false;
}

static bool is_small(const char *path, const struct place *place, struct diagnosis *diagnosis)
{
    struct stat about;
    if (stat(path, &about) != 0 || about.st_size <= BOUNDARIES_LARGEST)
        return true; /* the reader says what is wrong with a missing one */
    diagnosis_error(diagnosis, place,
                    "simplify its lines; to a hundred metres is more than a map of this size shows",
                    "the file has %.1f MB, and at most 2 go into a report",
                    (double)about.st_size / (1 << 20));
    return false;
}

static bool read_file(struct reading *reading, const char *path, const struct place *place)
{
    size_t errors = diagnosis_errors(reading->diagnosis);
    struct yaml_tree *tree = yaml_tree_read_file(path, path, reading->diagnosis);
    bool read = tree != NULL && read_features(reading, yaml_tree_root(tree), place) &&
                check_near(reading, place) && diagnosis_errors(reading->diagnosis) == errors;
    yaml_tree_free(tree);
    return read;
}

struct boundaries *boundaries_read(const char *path, const struct boundaries_box *box,
                                   struct diagnosis *diagnosis)
{
    struct place place = {.file = path};
    struct boundaries *boundaries = calloc(1, sizeof *boundaries);
    if (boundaries == NULL) {
        diagnosis_out_of_memory(diagnosis);
        return NULL;
    }
    struct reading reading = {
        .boundaries = boundaries, .box = widened(box), .diagnosis = diagnosis};
    if (is_small(path, &place, diagnosis) && read_file(&reading, path, &place))
        return boundaries;
    boundaries_free(boundaries);
    return NULL;
}

void boundaries_free(struct boundaries *boundaries)
{
    if (boundaries == NULL)
        return;
    free(boundaries->point);
    free(boundaries);
}

size_t boundaries_lines(const struct boundaries *boundaries)
{
    return boundaries->lines;
}

size_t boundaries_points(const struct boundaries *boundaries)
{
    return boundaries->points;
}

void boundaries_put(const struct boundaries *boundaries, struct html *html)
{
    html_put(html, "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\","
                   "\"properties\":{},\"geometry\":{\"type\":\"MultiLineString\","
                   "\"coordinates\":[");
    for (size_t i = 0; i < boundaries->points; i++) {
        const struct point *point = &boundaries->point[i];
        char text[64];
        snprintf(text, sizeof text, "%s[%.5f,%.5f]",
                 !point->begins ? ","
                 : i == 0       ? "["
                                : "],\n[",
                 point->lon, point->lat);
        html_put(html, "%s", text);
    }
    html_put(html, "%s]}}]}", boundaries->points > 0 ? "]" : "");
}
