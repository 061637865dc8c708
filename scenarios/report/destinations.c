#include "scenarios/report/destinations.h"

#include <stdlib.h>
#include <string.h>

/* All hospitals that are met, before the most used are taken. */
struct meeting {
    struct destination *hospital; /* share: strokes, minutes: times strokes, until all are met */
    size_t hospitals, room;
    double strokes;
};

/* The last row of an area, which holds at the end; rows of the table where there is none. */
static size_t row_of(const struct table *table, const char *configuration, const char *area)
{
    size_t found = table_row_count(table);
    for (size_t row = 0; row < table_row_count(table); row++)
        if (strcmp(results_text(table, row, "area"), area) == 0 &&
            strcmp(results_text(table, row, "configuration"), configuration) == 0)
            found = row;
    return found;
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

size_t destinations_of(const struct results_read *results, const struct by_area *by,
                       const struct place_found *place, size_t configuration,
                       struct destination found[DESTINATIONS])
{
    const struct table *table = results->table[RESULTS_DESTINATIONS];
    const char *name = results->configuration[configuration].name;
    struct meeting meeting = {.room = by->hospitals,
                              .hospital = calloc(by->hospitals + 1, sizeof *meeting.hospital)};
    size_t count = 0;
    if (table == NULL || meeting.hospital == NULL) {
        free(meeting.hospital);
        return 0;
    }
    for (size_t a = 0; a < by->areas; a++) {
        double strokes = by_area_value(by, configuration, a, BY_STROKES).mean;
        size_t row = is_in(by, a, place) && strokes > 0 ? row_of(table, name, by->area[a].name)
                                                        : table_row_count(table);
        if (row < table_row_count(table))
            meet(&meeting, table, row, strokes);
    }
    if (meeting.hospitals > 0)
        count = take(&meeting, found);
    free(meeting.hospital);
    return count;
}
