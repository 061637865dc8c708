#include "scenarios/read/table.h"

#include "scenarios/read/name.h"
#include "scenarios/read/suggest.h"
#include "scenarios/read/table_store.h"
#include "scenarios/read/value.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void table_free(struct table *table)
{
    if (!table)
        return;
    free(table->file);
    free(table->arena);
    free(table->cells);
    free(table);
}

const char *table_file(const struct table *table)
{
    return table->file;
}

size_t table_row_count(const struct table *table)
{
    return table->rows;
}

size_t table_column_count(const struct table *table)
{
    return table->columns;
}

const char *table_header(const struct table *table, size_t column)
{
    assert(column < table->columns);
    return table->arena + table->cells[column].text;
}

int table_column(const struct table *table, const char *name)
{
    for (size_t i = 0; i < table->columns; i++)
        if (strcmp(table_header(table, i), name) == 0)
            return (int)i;
    return -1;
}

int table_require_column(const struct table *table, const char *name, struct diagnosis *diagnosis)
{
    int column = table_column(table, name);
    if (column >= 0)
        return column;
    const char **headers = calloc(table->columns, sizeof *headers);
    char buffer[256];
    const char *remedy = "add it to the header and to every row";
    for (size_t i = 0; headers && i < table->columns; i++)
        headers[i] = table_header(table, i);
    const char *near = headers ? suggest_nearest(name, headers, table->columns) : NULL;
    if (near) {
        snprintf(buffer, sizeof buffer, "is it the one named '%.100s'?", near);
        remedy = buffer;
    }
    struct place place = table_header_place(table, 0);
    place.column = 0; /* the whole line */
    place.key = name;
    diagnosis_error(diagnosis, &place, remedy, "there is no column of this name");
    free(headers);
    return -1;
}

static const struct table_cell *cell_at(const struct table *table, size_t row, size_t column)
{
    assert(row < table->rows && column < table->columns);
    return &table->cells[(row + 1) * table->columns + column];
}

const char *table_text(const struct table *table, size_t row, size_t column)
{
    return table->arena + cell_at(table, row, column)->text;
}

bool table_given(const struct table *table, size_t row, size_t column)
{
    return *table_text(table, row, column) != '\0';
}

struct place table_place(const struct table *table, size_t row, size_t column)
{
    const struct table_cell *cell = cell_at(table, row, column);
    return (struct place){.file = table->file,
                          .line = cell->line,
                          .column = cell->column,
                          .key = table_header(table, column)};
}

struct place table_header_place(const struct table *table, size_t column)
{
    assert(column < table->columns);
    const struct table_cell *cell = &table->cells[column];
    return (struct place){.file = table->file,
                          .line = cell->line,
                          .column = cell->column,
                          .key = table_header(table, column)};
}

bool table_number(const struct table *table, size_t row, size_t column, double min, double max,
                  struct diagnosis *diagnosis, double *value)
{
    struct place place = table_place(table, row, column);
    return value_number(table_text(table, row, column), min, max, &place, diagnosis, value);
}

bool table_number_or(const struct table *table, size_t row, size_t column, double min, double max,
                     double fallback, struct diagnosis *diagnosis, double *value)
{
    if (table_given(table, row, column))
        return table_number(table, row, column, min, max, diagnosis, value);
    *value = fallback;
    return true;
}

bool table_integer(const struct table *table, size_t row, size_t column, int64_t min, int64_t max,
                   struct diagnosis *diagnosis, int64_t *value)
{
    struct place place = table_place(table, row, column);
    return value_integer(table_text(table, row, column), min, max, &place, diagnosis, value);
}

bool table_integer_or(const struct table *table, size_t row, size_t column, int64_t min,
                      int64_t max, int64_t fallback, struct diagnosis *diagnosis, int64_t *value)
{
    if (table_given(table, row, column))
        return table_integer(table, row, column, min, max, diagnosis, value);
    *value = fallback;
    return true;
}

bool table_name(const struct table *table, size_t row, size_t column, const char *what,
                struct diagnosis *diagnosis, const char **value)
{
    const char *name = table_text(table, row, column);
    struct place place = table_place(table, row, column);
    if (!name_check(name, what, &place, diagnosis))
        return false;
    *value = name;
    return true;
}
