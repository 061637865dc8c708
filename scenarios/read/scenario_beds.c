#include "scenarios/read/scenario_loader.h"

#include "scenarios/read/suggest.h"
#include "scenarios/read/weekdays.h"

#include <stdlib.h>
#include <string.h>

static const char *const fields[] = {"hospital", "kind", "days", "from_month", "beds"};
enum { FIELDS = sizeof fields / sizeof *fields, HOSPITAL = 0, KIND, DAYS, MONTH, BEDS };

enum { NOT_GIVEN = -1, MOST_BEDS_OF_A_KIND = 10000 };

void beds_file_fini(struct beds_file *file)
{
    table_free(file->table);
    free(file->week);
    *file = (struct beds_file){0};
}

static bool read_kind(struct loader *loader, const struct table *table, size_t row, size_t column,
                      enum bed_kind *kind)
{
    const char *names[BED_KINDS];
    char buffer[64];
    const char *text = table_text(table, row, column);
    for (enum bed_kind k = 0; k < BED_KINDS; k++) {
        names[k] = bed_kind_name(k);
        *kind = k;
        if (strcmp(text, names[k]) == 0)
            return true;
    }
    struct place place = table_place(table, row, column);
    const char *near = suggest_remedy(text, names, BED_KINDS, buffer, sizeof buffer);
    diagnosis_error(loader->diagnosis, &place, near ? near : "hasu, su or rehab",
                    "there is no kind of bed '%.60s'", text);
    return false;
}

static bool read_month(struct loader *loader, const struct table *table, size_t row, int column,
                       int *month)
{
    int64_t from = 1;
    *month = 1;
    if (column < 0)
        return true;
    if (!table_integer_or(table, row, (size_t)column, 1, MOST_MONTHS, 1, loader->diagnosis, &from))
        return false;
    *month = (int)from;
    struct place place = table_place(table, row, (size_t)column);
    if (from > 1)
        loader_check_month(loader, (int)from, &place);
    return true;
}

/* The week of a hospital's kind from a month on; weeks stand in the order of their months. */
static struct beds_week *find_week(struct beds_file *file, size_t site, enum bed_kind kind,
                                   int month, size_t row)
{
    for (size_t w = 0; w < file->weeks; w++) {
        struct beds_week *week = &file->week[w];
        if (week->site == site && week->kind == kind && week->month == month)
            return week;
    }
    size_t place = file->weeks++;
    for (; place > 0 && file->week[place - 1].month > month; place--)
        file->week[place] = file->week[place - 1];
    struct beds_week *week = &file->week[place];
    *week = (struct beds_week){.site = site, .kind = kind, .month = month, .row = row};
    for (int day = 0; day < WEEKDAYS; day++)
        week->beds[day] = NOT_GIVEN;
    return week;
}

static void report_site(struct loader *loader, const struct table *table, size_t row, int column)
{
    const struct region *region = &loader->scenario->design.region;
    const char *names[MOST_SITES];
    char buffer[512];
    const char *name = table_text(table, row, (size_t)column);
    struct place place = table_place(table, row, (size_t)column);
    for (size_t s = 0; s < region->sites; s++)
        names[s] = region->site[s].name;
    if (loader->rosters_whole)
        diagnosis_error(loader->diagnosis, &place,
                        suggest_remedy(name, names, region->sites, buffer, sizeof buffer),
                        "the scenario has no hospital of the name '%.60s'", name);
}

static void read_row(struct loader *loader, struct beds_file *file, size_t row,
                     const int column[FIELDS])
{
    const struct table *table = file->table;
    enum bed_kind kind;
    unsigned which = 0x7F;
    int month;
    int64_t beds = 0;
    size_t site = loader_find_site(loader, table_text(table, row, (size_t)column[HOSPITAL]));
    if (site == NAME_NOT_FOUND)
        report_site(loader, table, row, column[HOSPITAL]);
    bool read = read_kind(loader, table, row, (size_t)column[KIND], &kind);
    if (column[DAYS] >= 0)
        read &= weekdays_read(table, row, (size_t)column[DAYS], loader->diagnosis, &which);
    read &= read_month(loader, table, row, column[MONTH], &month);
    read &= table_integer(table, row, (size_t)column[BEDS], 0, MOST_BEDS_OF_A_KIND,
                          loader->diagnosis, &beds);
    if (!read || site == NAME_NOT_FOUND)
        return;
    struct beds_week *week = find_week(file, site, kind, month, row);
    bool twice = false;
    for (int day = 0; day < WEEKDAYS; day++)
        if (which >> day & 1) {
            twice = twice || week->beds[day] != NOT_GIVEN;
            week->beds[day] = (int)beds;
        }
    struct place place = table_place(table, row, 0);
    if (twice)
        diagnosis_error(loader->diagnosis, &place, "give each day of the week once",
                        "some of these days are given in a row above already");
}

/* Days without a value, named by the first of them. */
static void check_gaps(struct loader *loader, const struct beds_file *file,
                       const struct beds_week *week)
{
    int gaps = 0, first = 0;
    for (int day = WEEKDAYS - 1; day >= 0; day--)
        if (week->beds[day] == NOT_GIVEN) {
            gaps++;
            first = day;
        }
    struct place place = table_place(file->table, week->row, 0);
    if (gaps > 0)
        diagnosis_error(loader->diagnosis, &place,
                        "give every day of the week a row, with 0 beds where it is closed",
                        "'%.60s' has no %s beds given for %d day%s of the week, the first %s",
                        loader->scenario->design.region.site[week->site].name,
                        bed_kind_words(week->kind), gaps, gaps == 1 ? "" : "s",
                        weekday_name(first));
}

static void read_rows(struct loader *loader, struct beds_file *file)
{
    int column[FIELDS];
    bool complete = true;
    loader_check_columns(loader, file->table, fields, FIELDS);
    for (size_t f = 0; f < FIELDS; f++) {
        bool needed = f == HOSPITAL || f == KIND || f == BEDS;
        column[f] = needed ? loader_need_column(loader, file->table, fields, FIELDS, fields[f])
                           : table_column(file->table, fields[f]);
        complete = complete && (!needed || column[f] >= 0);
    }
    file->week = calloc(table_row_count(file->table) + 1, sizeof *file->week);
    if (!file->week)
        diagnosis_out_of_memory(loader->diagnosis);
    if (!file->week || !complete)
        return;
    size_t before = diagnosis_errors(loader->diagnosis);
    for (size_t row = 0; row < table_row_count(file->table); row++)
        read_row(loader, file, row, column);
    /* A row that could not be read would seem to be a gap. */
    bool all_read = diagnosis_errors(loader->diagnosis) == before;
    for (size_t w = 0; all_read && w < file->weeks; w++)
        check_gaps(loader, file, &file->week[w]);
    file->whole = diagnosis_errors(loader->diagnosis) == before;
}

/* A file, read once however many configurations name it. */
static struct beds_file *find_file(struct loader *loader, const char *named)
{
    for (size_t i = 0; i < loader->beds_files; i++)
        if (strcmp(loader->beds_file[i].named, named) == 0)
            return &loader->beds_file[i];
    struct beds_file *file = &loader->beds_file[loader->beds_files++];
    bool whole;
    *file = (struct beds_file){.named = named, .table = loader_read_table(loader, named, &whole)};
    if (file->table)
        read_rows(loader, file);
    file->whole = file->whole && whole;
    return file;
}

static void set_week(struct hospital *hospital, const struct beds_week *week)
{
    int *most = &hospital->beds[week->kind];
    hospital->by_weekday[week->kind] = false;
    *most = 0;
    for (int day = 0; day < WEEKDAYS; day++) {
        hospital->week_beds[week->kind][day] = week->beds[day];
        *most = week->beds[day] > *most ? week->beds[day] : *most;
        if (week->beds[day] != week->beds[0])
            hospital->by_weekday[week->kind] = true;
    }
}

static bool is_right(struct loader *loader, const struct draft *draft, size_t h,
                     const struct hospital *hospital, const struct place *place)
{
    bool later = timetable_has(&draft->later, h, 0);
    return hospital_check(hospital, place, loader->diagnosis) &&
           (later || hospital_check_rehabilitation(hospital, place, loader->diagnosis));
}

/* Where a hospital stands in a draft; reports one that is not there, and says `false`. */
static bool find_place(struct loader *loader, const struct draft *draft,
                       const struct beds_file *file, const struct beds_week *week, size_t *h)
{
    for (*h = 0; *h < draft->hospitals; ++*h)
        if (draft->hospital[*h].site == week->site)
            return true;
    struct place place = table_place(file->table, week->row, 0);
    diagnosis_error(loader->diagnosis, &place, "take it out, or name another file there",
                    "'%.60s' has no hospital of this name", draft->name ? draft->name : "");
    return false;
}

bool loader_apply_beds(struct loader *loader, struct draft *draft, const char *named)
{
    struct beds_file *file = find_file(loader, named);
    for (size_t w = 0; file->whole && draft->whole && w < file->weeks; w++) {
        struct beds_week *week = &file->week[w];
        struct place place = table_place(file->table, week->row, 0);
        struct hospital *hospital;
        size_t h, step = 0;
        if (week->said || !find_place(loader, draft, file, week, &h)) {
            week->said = true;
            continue;
        }
        if (!loader_begin_month(loader, &draft->later, draft->hospital, h, week->month))
            return false;
        while (!week->said &&
               (hospital = timetable_next(&draft->later, draft->hospital, h, week->month, &step))) {
            set_week(hospital, week);
            week->said = !is_right(loader, draft, h, hospital, &place);
        }
    }
    return true;
}
