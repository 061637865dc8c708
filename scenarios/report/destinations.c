#include "scenarios/report/destinations.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/read/name_index.h"

#define NO_ROW SIZE_MAX

/* All hospitals that are met, before the most used are taken. */
struct meeting {
    struct destination *hospital; /* share: strokes, minutes: times strokes, until all are met */
    size_t hospitals, room;
    double strokes;
};

static const char *area_name(const void *context, size_t area)
{
    return ((const struct by_area *)context)->area[area].name;
}

/* The last row of each area, which holds at the end; NO_ROW where there is none. NULL: out of
 * memory. */
static size_t *rows_of(const struct table *table, const char *configuration,
                       const struct by_area *by)
{
    struct name_index index;
    size_t *row_of = calloc(by->areas + 1, sizeof *row_of);
    if (row_of == NULL || !name_index_init(&index, by->areas, area_name, by)) {
        free(row_of);
        return NULL;
    }
    for (size_t a = 0; a < by->areas; a++)
        row_of[a] = NO_ROW;
    for (size_t row = 0; row < table_row_count(table); row++) {
        bool is_of = strcmp(results_text(table, row, "configuration"), configuration) == 0;
        size_t a =
            is_of ? name_index_find(&index, results_text(table, row, "area")) : NAME_NOT_FOUND;
        if (a != NAME_NOT_FOUND)
            row_of[a] = row;
    }
    name_index_fini(&index);
    return row_of;
}

static void meet(struct meeting *meeting, const struct table *table, size_t row, double strokes)
{
    const char *name = results_text(table, row, "hospital");
    size_t h = 0;
    while (h < meeting->hospitals && strcmp(meeting->hospital[h].hospital, name) != 0)
        h++;
    if (h == meeting->room)
        return; /* not a hospital of these results */
    if (h == meeting->hospitals)
        meeting->hospital[meeting->hospitals++] = (struct destination){.hospital = name};
    meeting->hospital[h].share += strokes;
    meeting->hospital[h].minutes += strokes * results_number(table, row, "minutes");
    meeting->strokes += strokes;
}

/* Most used first; of equals by name. */
static int by_share(const void *a, const void *b)
{
    const struct destination *one = a, *other = b;
    if (one->share != other->share)
        return one->share > other->share ? -1 : 1;
    return strcmp(one->hospital, other->hospital);
}

static size_t take(struct meeting *meeting, struct destination found[DESTINATIONS])
{
    size_t count = meeting->hospitals < DESTINATIONS ? meeting->hospitals : DESTINATIONS;
    qsort(meeting->hospital, meeting->hospitals, sizeof *meeting->hospital, by_share);
    for (size_t i = 0; i < count; i++) {
        found[i] = meeting->hospital[i];
        found[i].minutes /= found[i].share;
        found[i].share /= meeting->strokes;
    }
    return count;
}

static bool is_in(const struct by_area *by, size_t area, const struct place_found *place)
{
    return place->kind == PLACE_AREA ? area == place->at : by->area[area].group == place->at;
}

/* Meets the hospitals of every area of the place that has strokes. */
static void meet_all(struct meeting *meeting, const struct table *table, const size_t row_of[],
                     const struct by_area *by, const struct place_found *place,
                     size_t configuration)
{
    for (size_t a = 0; a < by->areas; a++) {
        double strokes = by_area_value(by, configuration, a, BY_STROKES).mean;
        if (is_in(by, a, place) && strokes > 0 && row_of[a] != NO_ROW)
            meet(meeting, table, row_of[a], strokes);
    }
}

size_t destinations_of(const struct results_read *results, const struct by_area *by,
                       const struct place_found *place, size_t configuration,
                       struct destination found[DESTINATIONS])
{
    const struct table *table = results->table[RESULTS_DESTINATIONS];
    if (table == NULL)
        return 0;
    struct meeting meeting = {.room = by->hospitals,
                              .hospital = calloc(by->hospitals + 1, sizeof *meeting.hospital)};
    size_t *row_of = rows_of(table, results->configuration[configuration].name, by);
    if (meeting.hospital != NULL && row_of != NULL)
        meet_all(&meeting, table, row_of, by, place, configuration);
    size_t count = meeting.hospitals > 0 ? take(&meeting, found) : 0;
    free(row_of);
    free(meeting.hospital);
    return count;
}
