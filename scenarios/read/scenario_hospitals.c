#include "scenarios/read/scenario_loader.h"

#include "scenarios/read/name.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { KNOWN = HOSPITAL_FIELDS + 4 };

static const char *const *known_columns(const char *known[KNOWN])
{
    static const char *const first[] = {"hospital", "lat", "lon", "sector"};
    for (size_t i = 0; i < 4; i++)
        known[i] = first[i];
    for (size_t i = 0; i < HOSPITAL_FIELDS; i++)
        known[4 + i] = hospital_fields()[i];
    return known;
}

size_t loader_find_site(const struct loader *loader, const char *name)
{
    const struct region *region = &loader->scenario->design.region;
    for (size_t s = 0; s < region->sites; s++)
        if (strcmp(region->site[s].name, name) == 0)
            return s;
    return NAME_NOT_FOUND;
}

static size_t add_site(struct loader *loader, const char *name, double lat, double lon)
{
    struct region *region = &loader->scenario->design.region;
    if (region->sites == MOST_SITES)
        return NAME_NOT_FOUND;
    if (!region->site && !(region->site = calloc(MOST_SITES, sizeof *region->site))) {
        diagnosis_out_of_memory(loader->diagnosis);
        return NAME_NOT_FOUND;
    }
    struct site *site = &region->site[region->sites];
    *site = (struct site){.name = loader_copy(loader, name), .lat = lat, .lon = lon};
    if (!site->name)
        return NAME_NOT_FOUND;
    if (++region->sites == MOST_SITES) {
        struct place place = loader_whole_place(loader, "hospitals");
        diagnosis_error(loader->diagnosis, &place, NULL, "there are %d hospitals or more",
                        MOST_SITES);
    }
    return region->sites - 1;
}

static bool is_in(const struct roster *roster, size_t site)
{
    for (size_t h = 0; h < roster->hospitals; h++)
        if (roster->hospital[h].site == site)
            return true;
    return false;
}

/* The coordinates of a row; NAN where they cannot be read, or are left out of a later row. */
static double coordinate(struct loader *loader, const struct table *table, size_t row, int column,
                         double most, bool again)
{
    double value = NAN;
    if (column >= 0 && (!again || table_given(table, row, (size_t)column)))
        table_number(table, row, (size_t)column, -most, most, loader->diagnosis, &value);
    return value;
}

struct columns {
    int hospital, lat, lon, sector, month;
};

/* A name stands for one place in all files. */
static size_t site_of_row(struct loader *loader, const struct roster *roster,
                          const struct columns *columns, size_t row)
{
    const struct table *table = roster->table;
    struct region *region = &loader->scenario->design.region;
    const char *name = table_text(table, row, (size_t)columns->hospital);
    struct place place = table_place(table, row, (size_t)columns->hospital);
    size_t found = loader_find_site(loader, name);
    bool again = found != NAME_NOT_FOUND && is_in(roster, found);
    double lat = coordinate(loader, table, row, columns->lat, 90, again);
    double lon = coordinate(loader, table, row, columns->lon, 180, again);
    if (found == NAME_NOT_FOUND)
        return add_site(loader, name, lat, lon);
    struct site *site = &region->site[found];
    if (again && columns->month < 0)
        return found; /* a second hospital of the name, which is said of it as a whole */
    if (isnan(site->lat) || isnan(site->lon)) {
        site->lat = lat;
        site->lon = lon;
    } else if ((!isnan(lat) && lat != site->lat) || (!isnan(lon) && lon != site->lon)) {
        diagnosis_error(loader->diagnosis, &place,
                        again ? "the same coordinates in every row"
                              : "the same coordinates in every file",
                        "'%.60s' stands at %.8g, %.8g in another %s", name, site->lat, site->lon,
                        again ? "row" : "file");
    }
    return found;
}

/* A sector is the first row of the file that names it. */
static int sector_of_row(const struct table *table, size_t column, size_t row)
{
    const char *sector = table_text(table, row, column);
    size_t first = 0;
    while (first < row && strcmp(table_text(table, first, column), sector) != 0)
        first++;
    return (int)first;
}

/* Keeps the sector's name for the tables of results: the first that any file gives the site. */
static void name_sector(struct loader *loader, const struct hospital *hospital,
                        const struct table *table, int column)
{
    struct site *site = &loader->scenario->design.region.site[hospital->site];
    if (hospital->sector != NO_SECTOR && site->sector == NULL)
        site->sector =
            loader_copy(loader, table_text(table, (size_t)hospital->sector, (size_t)column));
}

/* The month from which a row holds. */
static int month_of_row(struct loader *loader, const struct table *table, int column, size_t row)
{
    int64_t month = 1;
    if (column < 0 || !table_given(table, row, (size_t)column) ||
        !table_integer(table, row, (size_t)column, 1, MOST_MONTHS, loader->diagnosis, &month))
        return 1;
    struct place place = table_place(table, row, (size_t)column);
    loader_check_month(loader, (int)month, &place);
    return (int)month;
}

/* Where a hospital stands in the list, which it joins with its first row: at first as one that has
 * not opened. */
static size_t place_in(struct roster *roster, const struct hospital *hospital)
{
    size_t at = 0;
    while (at < roster->hospitals && roster->hospital[at].site != hospital->site)
        at++;
    if (at < roster->hospitals)
        return at;
    struct hospital *closed = &roster->hospital[roster->hospitals++];
    *closed = (struct hospital){.site = hospital->site, .sector = hospital->sector};
    for (size_t which = 0; which < UNIT_PARAMETERS; which++)
        closed->own[which] = NAN;
    return at;
}

/* Rows of one hospital are of different months. */
static void add_row(struct loader *loader, struct roster *roster, const struct columns *columns,
                    size_t row, struct hospital *hospital)
{
    int month = month_of_row(loader, roster->table, columns->month, row);
    size_t at = place_in(roster, hospital);
    if (timetable_has(&roster->later, at, month)) {
        struct place place = table_place(roster->table, row, (size_t)columns->hospital);
        const char *name = table_text(roster->table, row, (size_t)columns->hospital);
        if (month == 1)
            diagnosis_error(loader->diagnosis, &place, "give each hospital a name of its own",
                            "there are two hospitals of the name '%.60s'", name);
        else
            diagnosis_error(loader->diagnosis, &place, "each month once",
                            "there are two rows of '%.60s' from month %d on", name, month);
        return;
    }
    if (hospital->sector == NO_SECTOR)
        hospital->sector = roster->hospital[at].sector;
    loader_add_row(loader, &roster->later, at, month, hospital);
}

/* Rows of the first month, which stand first, go where they belong. */
static void part_rows(struct roster *roster)
{
    struct timetable *later = &roster->later;
    size_t first = 0;
    while (first < later->rows && later->row[first].month == 1)
        first++;
    for (size_t r = 0; r < first; r++)
        roster->hospital[later->row[r].at] = later->row[r].hospital;
    later->rows -= first;
    if (later->rows > 0)
        memmove(later->row, later->row + first, later->rows * sizeof *later->row);
}

static void read_sector(struct loader *loader, const struct table *table, int column, size_t row,
                        struct hospital *hospital)
{
    const char *ignored;
    if (column < 0 || !table_given(table, row, (size_t)column))
        return;
    table_name(table, row, (size_t)column, "sector", loader->diagnosis, &ignored);
    hospital->sector = sector_of_row(table, (size_t)column, row);
}

static void read_fields(struct loader *loader, const struct table *table,
                        const struct columns *columns, size_t row, struct hospital *hospital)
{
    for (size_t f = 0; f < HOSPITAL_FIELDS; f++) {
        int column = table_column(table, hospital_fields()[f]);
        if (column < 0 || column == columns->month)
            continue;
        struct place place = table_place(table, row, (size_t)column);
        hospital_set(hospital, hospital_fields()[f], table_text(table, row, (size_t)column), &place,
                     loader->diagnosis);
    }
}

/* What fields say together, at the field that is most likely to be wrong. */
static void check_fields(struct loader *loader, const struct table *table, size_t row,
                         const struct hospital *hospital)
{
    static const struct {
        const char *field;
        bool (*check)(const struct hospital *, const struct place *, struct diagnosis *);
    } checks[] = {{"role", hospital_check_role},
                  {"hasu_beds", hospital_check},
                  {"rehab_beds", hospital_check_rehabilitation}};
    for (enum unit_parameter which = UNIT_MT_TREATED_IF_ELIGIBLE; which < UNIT_PARAMETERS;
         which++) {
        int column = table_column(table, hospital_fields()[which]);
        if (column < 0)
            continue;
        struct place place = table_place(table, row, (size_t)column);
        hospital_check_thrombectomy(hospital, which, &place, loader->diagnosis);
    }
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        int column = table_column(table, checks[i].field);
        if (column < 0)
            continue;
        struct place place = table_place(table, row, (size_t)column);
        checks[i].check(hospital, &place, loader->diagnosis);
    }
}

static void read_hospital(struct loader *loader, struct roster *roster,
                          const struct columns *columns, size_t row)
{
    const struct table *table = roster->table;
    const char *ignored;
    struct hospital hospital = {
        .sector = NO_SECTOR, .beds = {[BED_HASU] = BEDS_UNLIMITED, BEDS_UNLIMITED, BEDS_UNLIMITED}};
    for (size_t which = 0; which < UNIT_PARAMETERS; which++)
        hospital.own[which] = NAN;
    table_name(table, row, (size_t)columns->hospital, "hospital", loader->diagnosis, &ignored);
    read_sector(loader, table, columns->sector, row, &hospital);
    read_fields(loader, table, columns, row, &hospital);
    check_fields(loader, table, row, &hospital);
    hospital.site = site_of_row(loader, roster, columns, row);
    if (hospital.site == NAME_NOT_FOUND)
        return;
    name_sector(loader, &hospital, table, columns->sector);
    add_row(loader, roster, columns, row, &hospital);
}

static void read_rows(struct loader *loader, struct roster *roster)
{
    const struct table *table = roster->table;
    const char *names[KNOWN];
    const char *const *known = known_columns(names);
    loader_check_columns(loader, table, known, KNOWN);
    const struct columns columns = {
        .hospital = loader_need_column(loader, table, known, KNOWN, "hospital"),
        .lat = loader_need_column(loader, table, known, KNOWN, "lat"),
        .lon = loader_need_column(loader, table, known, KNOWN, "lon"),
        .sector = table_column(table, "sector"),
        .month = table_column(table, "from_month"),
    };
    bool has_role = loader_need_column(loader, table, known, KNOWN, "role") >= 0;
    roster->whole = roster->whole && has_role && columns.hospital >= 0;
    roster->hospital = calloc(table_row_count(table) + 1, sizeof *roster->hospital);
    if (!roster->hospital) {
        diagnosis_out_of_memory(loader->diagnosis);
        return;
    }
    for (size_t row = 0; columns.hospital >= 0 && row < table_row_count(table); row++)
        read_hospital(loader, roster, &columns, row);
    part_rows(roster);
}

const struct roster *loader_read_roster(struct loader *loader, const char *named)
{
    for (size_t r = 0; r < loader->rosters; r++)
        if (strcmp(loader->roster[r].named, named) == 0)
            return &loader->roster[r];
    struct roster *roster = &loader->roster[loader->rosters++];
    *roster = (struct roster){.named = named};
    roster->table = loader_read_table(loader, named, &roster->whole);
    if (roster->table)
        read_rows(loader, roster);
    else
        roster->whole = false;
    loader->rosters_whole = loader->rosters_whole && roster->whole;
    return roster;
}
