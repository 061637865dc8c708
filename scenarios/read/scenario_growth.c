#include "scenarios/read/scenario_loader.h"

#include <stdlib.h>

static const char *const known[] = {"year", "age_0_64", "age_65_79", "age_80_plus"};
enum { KNOWN = sizeof known / sizeof *known };

enum { FIRST_YEAR = 1900, LAST_YEAR = 9999 };
static const double most_times = 1000;

/* Whether it is later than the row before, by which the years between are found. */
static bool check_order(struct loader *loader, const struct table *table, size_t row, size_t column,
                        int64_t year, int64_t before)
{
    if (row == 0 || year > before)
        return true;
    struct place place = table_place(table, row, column);
    diagnosis_error(loader->diagnosis, &place, "each year once, the earlier ones first",
                    "%lld comes after %lld", (long long)year, (long long)before);
    return false;
}

/* False: something of it was reported. */
static bool read_row(struct loader *loader, const struct table *table, const int column[KNOWN],
                     size_t row, int64_t *year)
{
    struct design *design = &loader->scenario->design;
    struct growth_row *to = &design->growth.row[row];
    int64_t before = *year;
    bool good = table_integer(table, row, (size_t)column[0], FIRST_YEAR, LAST_YEAR,
                              loader->diagnosis, year) &&
                check_order(loader, table, row, (size_t)column[0], *year, before);
    to->year = (double)(*year - design->start_year);
    for (size_t band = 0; band < AGE_BANDS; band++)
        good = table_number(table, row, (size_t)column[1 + band], 0, most_times, loader->diagnosis,
                            &to->factor[band]) &&
               good;
    return good;
}

/* What the table leaves open before its first row or after its last. */
static void check_span(struct loader *loader, const struct table *table, size_t column)
{
    const struct design *design = &loader->scenario->design;
    size_t last = table_row_count(table) - 1;
    struct place place = table_place(table, 0, column);
    if (design->growth.row[0].year > 0)
        diagnosis_error(loader->diagnosis, &place, "begin with the year of 'start' or an earlier",
                        "the run begins in %d, before the first row", design->start_year);
    place = table_place(table, last, column);
    if (design->growth.row[last].year < design->years)
        diagnosis_error(loader->diagnosis, &place, "add later years, or run fewer",
                        "the run of %g years from %d goes on after the last row", design->years,
                        design->start_year);
}

static void read_rows(struct loader *loader, const struct table *table, bool whole)
{
    struct growth_table *growth = &loader->scenario->design.growth;
    int column[KNOWN];
    bool good = whole;
    loader_check_columns(loader, table, known, KNOWN);
    for (size_t i = 0; i < KNOWN; i++) {
        column[i] = loader_need_column(loader, table, known, KNOWN, known[i]);
        good = good && column[i] >= 0;
    }
    for (size_t i = 0; i < KNOWN; i++)
        if (column[i] < 0)
            return;
    growth->row = calloc(table_row_count(table) + 1, sizeof *growth->row);
    if (!growth->row) {
        diagnosis_out_of_memory(loader->diagnosis);
        return;
    }
    int64_t year = 0;
    growth->rows = table_row_count(table);
    for (size_t row = 0; row < growth->rows; row++)
        good = read_row(loader, table, column, row, &year) && good;
    if (good && growth->rows > 0 && loader->scenario->start)
        check_span(loader, table, (size_t)column[0]);
}

void loader_read_growth(struct loader *loader)
{
    const char *named = loader_file_of(loader, loader->root, "growth");
    bool whole;
    struct table *table = named ? loader_read_table(loader, named, &whole) : NULL;
    if (!table)
        return;
    read_rows(loader, table, whole);
    table_free(table);
}
