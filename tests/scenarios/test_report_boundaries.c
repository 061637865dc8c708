/* Boundaries for the map: what is taken, what is refused. */
#include <math.h>
#include <string.h>

#include "scenarios/report/boundaries.h"
#include "tests/scenarios/folders.h"

#define FILE_OF(geometry)                                                                          \
    "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"n\":"   \
    "\"</script>\"},\"geometry\":" geometry "}]}"

static struct boundaries_box london(void)
{
    struct boundaries_box box = boundaries_no_box();
    boundaries_box_add(&box, 51.3, -0.5);
    boundaries_box_add(&box, NAN, 9);
    boundaries_box_add(&box, 51.7, 0.3);
    return box;
}

/* What is read of a file of this text; said: the first problem, or nothing. */
static struct boundaries *read(const char *text, char said[600])
{
    char folder[SCRATCH_SIZE], path[SCRATCH_SIZE];
    struct boundaries_box box = london();
    struct diagnosis *diagnosis = diagnosis_new();
    scratch_make(folder);
    spill(in(path, folder, "b.json"), text);
    struct boundaries *boundaries = boundaries_read(path, &box, diagnosis);
    said[0] = '\0';
    cr_expect_eq(boundaries == NULL, diagnosis_errors(diagnosis) > 0);
    if (diagnosis_count(diagnosis) > 0)
        snprintf(said, 600, "%s; %s", diagnosis_at(diagnosis, 0)->message,
                 diagnosis_at(diagnosis, 0)->remedy);
    diagnosis_free(diagnosis);
    scratch_remove(folder);
    return boundaries;
}

Test(boundaries, box_spans_the_places)
{
    struct boundaries_box box = boundaries_no_box();
    cr_expect(isnan(box.west));
    box = london();
    cr_expect_eq(box.west, -0.5);
    cr_expect_eq(box.east, 0.3);
    cr_expect_eq(box.south, 51.3);
    cr_expect_eq(box.north, 51.7);
}

Test(boundaries, lines_of_every_kind_are_read)
{
    static const struct {
        const char *text;
        size_t lines, points;
    } cases[] = {
        {FILE_OF("{\"type\":\"LineString\",\"coordinates\":[[0,51.5],[0.1,51.5]]}"), 1, 2},
        {FILE_OF("{\"type\":\"Polygon\",\"coordinates\":[[[0,51.5],[0.1,51.5],[0,51.5]],"
                 "[[0,51.5],[0.1,51.6,12.5],[0,51.5]]]}"),
         2, 6},
        {FILE_OF("{\"type\":\"MultiLineString\",\"coordinates\":[[[0,51.5],[0.1,51.5]]]}"), 1, 2},
        {FILE_OF("{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0,51.5],[0.1,51.5]]],"
                 "[[[0,51.5],[0.1,51.5]]]]}"),
         2, 4},
        /* without what is far away: a line that leaves and comes back is two */
        {FILE_OF("{\"type\":\"LineString\",\"coordinates\":[[0,51.5],[0,52.5],[0.1,51.5],[0.1,51.6]"
                 "]}"),
         2, 3},
    };
    char said[600];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct boundaries *boundaries = read(cases[i].text, said);
        cr_assert_not_null(boundaries, "%zu: %s", i, said);
        cr_expect_eq(boundaries_lines(boundaries), cases[i].lines, "%zu", i);
        cr_expect_eq(boundaries_points(boundaries), cases[i].points, "%zu", i);
        boundaries_free(boundaries);
    }
}

Test(boundaries, what_cannot_be_drawn_is_refused)
{
    static const struct {
        const char *text, *said;
    } cases[] = {
        {"{\"type\":\"Topology\"}", "no GeoJSON collection"},
        {"{\"type\":\"FeatureCollection\"}", "no GeoJSON collection"},
        {"[1, 2]", "no GeoJSON collection"},
        {"{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\"}]}", "no geometry"},
        {FILE_OF("{\"type\":\"Point\",\"coordinates\":[0,51.5]}"), "'Point' is no boundary"},
        {FILE_OF("{\"type\":\"Polygon\"}"), "'Polygon' is no boundary"},
        {FILE_OF("{\"type\":\"Polygon\",\"coordinates\":7}"), "these are no coordinates"},
        {FILE_OF("{\"type\":\"LineString\",\"coordinates\":[[0]]}"), "no pair of coordinates"},
        {FILE_OF("{\"type\":\"LineString\",\"coordinates\":[[0,\"x\"]]}"),
         "no pair of coordinates"},
        {FILE_OF("{\"type\":\"LineString\",\"coordinates\":[[530000,180000]]}"),
         "530000, 180000 is no longitude and latitude; degrees"},
        {FILE_OF("{\"type\":\"LineString\",\"coordinates\":[[0,90.5]]}"),
         "0, 90.5 is no longitude"},
        {FILE_OF("{\"type\":\"LineString\",\"coordinates\":[[51.5,0],[51.6,0]]}"),
         "no boundary lies where the scenario's areas are"},
        {FILE_OF("null"), "no boundary lies where"},
        {"{\"type\":", ""},
    };
    char said[600];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_expect_null(read(cases[i].text, said), "%s", cases[i].text);
        cr_expect_not_null(strstr(said, cases[i].said), "%s\nis: %s", cases[i].text, said);
    }
}

Test(boundaries, too_large_a_file_is_refused)
{
    char *text = calloc(1, BOUNDARIES_LARGEST + 2), said[600];
    memset(text, ' ', BOUNDARIES_LARGEST + 1);
    cr_expect_null(read(text, said));
    cr_expect_not_null(strstr(said, "simplify"), "%s", said);
    free(text);
}

Test(boundaries, reach_the_page_as_lines_and_nothing_else)
{
    char folder[SCRATCH_SIZE], path[SCRATCH_SIZE], said[600];
    struct boundaries *boundaries =
        read(FILE_OF("{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0,51.5],[0.123456789,51.5]]],"
                     "[[[-0.1,51.4],[0,51.4]]]]}"),
             said);
    scratch_make(folder);
    struct html *html = html_open(in(path, folder, "page"), NULL);
    boundaries_put(boundaries, html);
    cr_assert(html_close(html, NULL));
    expect_file(path, "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\","
                      "\"properties\":{},\"geometry\":{\"type\":\"MultiLineString\","
                      "\"coordinates\":[[[0.00000,51.50000],[0.12346,51.50000]],\n"
                      "[[-0.10000,51.40000],[0.00000,51.40000]]]}}]}");
    boundaries_free(boundaries);
    scratch_remove(folder);
}
