#include "scenarios/read/scenario_loader.h"

#include <stdlib.h>
#include <string.h>

static const char *const known[] = {"station", "lat", "lon", "from_hour", "to_hour", "vehicles"};
enum { KNOWN = sizeof known / sizeof *known };
enum { STATION, LAT, LON, FROM, TO, VEHICLES };

static const int64_t most_vehicles = 1000;

/* A shift table being read. */
struct reading {
    const struct table *table;
    struct fleet_table *fleet;
    size_t column[KNOWN];
    size_t (*said)[DAY_HOURS]; /* by station: 1 + the row that says its vehicles at an hour, or 0 */
    size_t *first_row;         /* by station */
    bool good;                 /* all rows so far */
};

static struct place place_of(const struct reading *reading, size_t row, size_t column)
{
    return table_place(reading->table, row, reading->column[column]);
}

static size_t find_station(const struct fleet_table *fleet, const char *name)
{
    size_t at = 0;
    while (at < fleet->stations && strcmp(fleet->station[at].name, name) != 0)
        at++;
    return at;
}

/* The station of a row, new or known. False: reported. */
static bool read_station(struct loader *loader, struct reading *reading, size_t row, size_t *at)
{
    struct fleet_table *fleet = reading->fleet;
    const char *name;
    struct station read = {0};
    if (!table_name(reading->table, row, reading->column[STATION], "station", loader->diagnosis,
                    &name) ||
        !table_number(reading->table, row, reading->column[LAT], -90, 90, loader->diagnosis,
                      &read.lat) ||
        !table_number(reading->table, row, reading->column[LON], -180, 180, loader->diagnosis,
                      &read.lon))
        return false;
    *at = find_station(fleet, name);
    if (*at == fleet->stations) {
        read.name = loader_copy(loader, name);
        if (!read.name)
            return false;
        reading->first_row[*at] = row;
        fleet->station[fleet->stations++] = read;
        return true;
    }
    if (fleet->station[*at].lat == read.lat && fleet->station[*at].lon == read.lon)
        return true;
    struct place place = place_of(reading, row, LAT);
    diagnosis_error(loader->diagnosis, &place, "the same place in every row of a station",
                    "'%.60s' lies elsewhere in line %zu", name,
                    place_of(reading, reading->first_row[*at], LAT).line);
    return false;
}

/* The hours of a row's shift. False: reported. */
static bool read_hours(struct loader *loader, const struct reading *reading, size_t row,
                       int64_t *from, int64_t *to)
{
    bool good = table_integer(reading->table, row, reading->column[FROM], 0, DAY_HOURS - 1,
                              loader->diagnosis, from);
    good = table_integer(reading->table, row, reading->column[TO], 1, DAY_HOURS, loader->diagnosis,
                         to) &&
           good;
    if (!good || *to > *from)
        return good;
    struct place place = place_of(reading, row, TO);
    diagnosis_error(loader->diagnosis, &place, "a row until 24 and another one from 0",
                    "the shift from %lld to %lld ends before it begins", (long long)*from,
                    (long long)*to);
    return false;
}

/* False: another row speaks of the same hours, which is reported. */
static bool take_hours(struct loader *loader, struct reading *reading, size_t row, size_t at,
                       int64_t from, int64_t to)
{
    for (int64_t hour = from; hour < to; hour++) {
        size_t *said = &reading->said[at][hour];
        if (*said > 0) {
            struct place place = place_of(reading, row, FROM);
            diagnosis_error(loader->diagnosis, &place, "each hour of a station in one row",
                            "line %zu says already what '%.60s' has at %lld h",
                            place_of(reading, *said - 1, FROM).line,
                            reading->fleet->station[at].name, (long long)hour);
            return false;
        }
        *said = row + 1;
    }
    return true;
}

static bool read_row(struct loader *loader, struct reading *reading, size_t row)
{
    size_t at = 0;
    int64_t from = 0, to = 0, vehicles = 0;
    bool named = read_station(loader, reading, row, &at);
    bool good = read_hours(loader, reading, row, &from, &to) && named;
    good = table_integer(reading->table, row, reading->column[VEHICLES], 0, most_vehicles,
                         loader->diagnosis, &vehicles) &&
           good;
    if (!good || !take_hours(loader, reading, row, at, from, to))
        return false;
    for (int64_t hour = from; hour < to; hour++)
        reading->fleet->station[at].vehicles[hour] = (int)vehicles;
    return true;
}

/* Hours of which no row speaks, at the shift that ends too early or the station's first row. */
static void check_gaps(struct loader *loader, const struct reading *reading, size_t at)
{
    const size_t *said = reading->said[at];
    for (int from = 0; from < DAY_HOURS; from++) {
        int to = from;
        while (to < DAY_HOURS && said[to] == 0)
            to++;
        if (to == from)
            continue;
        struct place place = from > 0 ? place_of(reading, said[from - 1] - 1, TO)
                                      : place_of(reading, reading->first_row[at], FROM);
        diagnosis_error(loader->diagnosis, &place, "add a row, of 0 vehicles if there are none",
                        "no row says what '%.60s' has from %d to %d h",
                        reading->fleet->station[at].name, from, to);
        from = to;
    }
}

static void read_rows(struct loader *loader, struct reading *reading)
{
    for (size_t row = 0; row < table_row_count(reading->table); row++)
        reading->good = read_row(loader, reading, row) && reading->good;
    if (!reading->good)
        return;
    for (size_t at = 0; at < reading->fleet->stations; at++)
        check_gaps(loader, reading, at);
    const struct place place = {.file = table_file(reading->table), .key = "vehicles"};
    if (!fleet_table_has_vehicles(reading->fleet))
        diagnosis_error(loader->diagnosis, &place, "give a station vehicles at some hour",
                        "no station ever has a vehicle, and a call would wait for ever");
}

static bool find_columns(struct loader *loader, struct reading *reading)
{
    bool all = true;
    loader_check_columns(loader, reading->table, known, KNOWN);
    for (size_t i = 0; i < KNOWN; i++) {
        int column = loader_need_column(loader, reading->table, known, KNOWN, known[i]);
        all = all && column >= 0;
        reading->column[i] = column < 0 ? 0 : (size_t)column;
    }
    return all;
}

static void read_table(struct loader *loader, const struct table *table, bool whole,
                       struct fleet_table *fleet)
{
    size_t rows = table_row_count(table);
    struct reading reading = {.table = table, .fleet = fleet, .good = whole};
    fleet->station = calloc(rows + 1, sizeof *fleet->station);
    reading.said = calloc(rows + 1, sizeof *reading.said);
    reading.first_row = calloc(rows + 1, sizeof *reading.first_row);
    if (!fleet->station || !reading.said || !reading.first_row)
        diagnosis_out_of_memory(loader->diagnosis);
    else if (find_columns(loader, &reading))
        read_rows(loader, &reading);
    free(reading.said);
    free(reading.first_row);
}

/* A file is read once, however many configurations name it. */
static const struct fleet_table *read_fleet(struct loader *loader, const char *named)
{
    struct design *design = &loader->scenario->design;
    for (size_t f = 0; f < design->fleets; f++)
        if (strcmp(loader->fleet_named[f], named) == 0)
            return &design->fleet[f];
    struct fleet_table *fleet = &design->fleet[design->fleets];
    bool whole;
    loader->fleet_named[design->fleets++] = named;
    struct table *table = loader_read_table(loader, named, &whole);
    if (table)
        read_table(loader, table, whole, fleet);
    table_free(table);
    return fleet;
}

/* The file that holds for a configuration: its own, that of what it builds on, the scenario's. */
static const char *fleet_of(const struct draft *draft, const char *common)
{
    while (draft && !draft->fleet_named)
        draft = draft->from;
    return draft ? draft->fleet_named : common;
}

void loader_read_fleets(struct loader *loader)
{
    struct design *design = &loader->scenario->design;
    const char *common = loader_file_of(loader, loader->root, "fleet");
    design->fleet = calloc(loader->drafts + 1, sizeof *design->fleet);
    loader->fleet_named = calloc(loader->drafts + 1, sizeof *loader->fleet_named);
    if (!design->fleet || !loader->fleet_named) {
        diagnosis_out_of_memory(loader->diagnosis);
        return;
    }
    for (size_t c = 0; c < design->configurations; c++) {
        const char *named = fleet_of(&loader->draft[c], common);
        if (named)
            design->configuration[c].fleet = read_fleet(loader, named);
    }
}
