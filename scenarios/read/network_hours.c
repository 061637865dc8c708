#include "scenarios/read/network_loader.h"

#include "scenarios/read/weekdays.h"

#include <stdlib.h>
#include <string.h>

static const char *const fields[] = {"ward", "days", "from_hour", "to_hour", "beds"};
enum { FIELDS = sizeof fields / sizeof *fields, WARD = 0, DAYS, FROM, TO, BEDS };

enum { NOT_GIVEN = -1 };

/* What a row says: of these days (a bit each, Monday's the lowest), from an hour to before another.
 */
struct hours {
    unsigned days;
    int64_t from, to, beds;
};

static void fill(struct network_loader *loader, const struct table *table, size_t row,
                 int week[NETWORK_WEEK_HOURS], const struct hours *hours)
{
    bool twice = false;
    for (int64_t day = 0; day < 7; day++)
        for (int64_t hour = hours->from; (hours->days >> day & 1) && hour < hours->to; hour++) {
            int *at = &week[day * 24 + hour];
            twice = twice || *at != NOT_GIVEN;
            *at = (int)hours->beds;
        }
    if (!twice)
        return;
    struct place place = table_place(table, row, 0);
    diagnosis_error(loader->base.diagnosis, &place, "give each hour of the week once",
                    "some of these hours are given in a row above already");
}

static void read_row(struct network_loader *loader, const struct table *table,
                     struct hours_file *file, size_t row, const int column[FIELDS])
{
    struct diagnosis *diagnosis = loader->base.diagnosis;
    struct hours hours = {.from = 0, .to = 24};
    struct place place = table_place(table, row, (size_t)column[WARD]);
    int ward = network_find_ward(loader, table_text(table, row, (size_t)column[WARD]), &place);
    bool read = weekdays_read(table, row, (size_t)column[DAYS], diagnosis, &hours.days);
    read &= table_integer(table, row, (size_t)column[FROM], 0, 23, diagnosis, &hours.from);
    read &= table_integer(table, row, (size_t)column[TO], 1, 24, diagnosis, &hours.to);
    read &= table_integer(table, row, (size_t)column[BEDS], 0, MOST_BEDS, diagnosis, &hours.beds);
    if (ward >= 0)
        file->given[ward] = true;
    if (read && hours.from >= hours.to) {
        place = table_place(table, row, (size_t)column[TO]);
        diagnosis_error(diagnosis, &place,
                        "two rows for a night: from_hour 20 to_hour 24, and from_hour 0 to_hour 8",
                        "hour %d is not after hour %d", (int)hours.to, (int)hours.from);
    } else if (read && ward >= 0) {
        fill(loader, table, row, file->beds[ward], &hours);
    }
}

/* An hour without a value, named by the first of them. */
static void check_gaps(struct network_loader *loader, const struct table *table,
                       const struct hours_file *file, size_t ward)
{
    const int *week = file->beds[ward];
    int gaps = 0, first = 0, most = 0;
    for (int hour = NETWORK_WEEK_HOURS - 1; hour >= 0; hour--) {
        most = week[hour] > most ? week[hour] : most;
        if (week[hour] == NOT_GIVEN) {
            gaps++;
            first = hour;
        }
    }
    size_t row = 0;
    while (strcmp(table_text(table, row, (size_t)table_column(table, "ward")),
                  loader->ward[ward].name) != 0)
        row++;
    struct place place = table_place(table, row, (size_t)table_column(table, "ward"));
    if (gaps > 0)
        diagnosis_error(loader->base.diagnosis, &place,
                        "give every hour of the week a row, with 0 beds where it is closed",
                        "the ward '%.60s' has no beds given for %d hours of the week, the first "
                        "%s %02d:00",
                        loader->ward[ward].name, gaps, weekday_name(first / 24), first % 24);
    else if (most == 0)
        diagnosis_error(loader->base.diagnosis, &place, "some beds at some hour",
                        "the ward '%.60s' never has a bed", loader->ward[ward].name);
}

static void read_rows(struct network_loader *loader, const struct table *table,
                      struct hours_file *file, const int column[FIELDS])
{
    size_t before = diagnosis_errors(loader->base.diagnosis);
    for (size_t w = 0; w < loader->ward_count; w++)
        for (int hour = 0; hour < NETWORK_WEEK_HOURS; hour++)
            file->beds[w][hour] = NOT_GIVEN;
    for (size_t row = 0; row < table_row_count(table); row++)
        read_row(loader, table, file, row, column);
    /* A row that could not be read would seem to be a gap. */
    bool all_read = diagnosis_errors(loader->base.diagnosis) == before;
    for (size_t w = 0; w < loader->ward_count; w++)
        if (file->given[w] && all_read)
            check_gaps(loader, table, file, w);
}

const struct hours_file *network_read_hours(struct network_loader *loader, const char *named)
{
    for (size_t i = 0; i < loader->hours_files; i++)
        if (strcmp(loader->hours[i].named, named) == 0)
            return &loader->hours[i];
    bool whole, complete = true;
    const struct table *table = network_read_table(loader, named, &whole);
    if (!table)
        return NULL;
    struct hours_file *file = &loader->hours[loader->hours_files++];
    *file = (struct hours_file){.named = named,
                                .beds = calloc(loader->ward_count + 1, sizeof *file->beds),
                                .given = calloc(loader->ward_count + 1, sizeof *file->given)};
    if (!file->beds || !file->given) {
        diagnosis_out_of_memory(loader->base.diagnosis);
        return file;
    }
    int column[FIELDS];
    loader_check_columns(&loader->base, table, fields, FIELDS);
    for (size_t f = 0; f < FIELDS; f++) {
        column[f] = loader_need_column(&loader->base, table, fields, FIELDS, fields[f]);
        complete = complete && column[f] >= 0;
    }
    if (complete)
        read_rows(loader, table, file, column);
    return file;
}
