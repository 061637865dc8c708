/* A CSV file in memory: a header row, and rows of text fields that remember where they stood.
 *
 * Tables come from spreadsheets and data portals. What those get wrong is reported with line,
 * column and what would be right, all of it at once: ragged rows, columns named twice or not at
 * all, quotes that never close, byte-order marks, code pages. Fields stay text until someone who
 * knows the column asks for a number. Spaces around unquoted fields are dropped, blank lines are
 * skipped, line ends may be LF or CRLF.
 *
 * Lines that begin with '#' above the header are comments: the shipped data say there where they
 * come from. Below the header a '#' is text like any other.
 *
 * A travel-time table has tens of thousands of rows and more than a hundred columns, so fields
 * live in one arena and cost 12 bytes each besides their text.
 *
 * Rows and columns are numbered from 0 here, and the header is not a row.
 */
#ifndef STROKESIM_SCENARIOS_READ_TABLE_H
#define STROKESIM_SCENARIOS_READ_TABLE_H

#include "scenarios/read/diagnosis.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    TABLE_MOST_COLUMNS = 16384, /* as many as a spreadsheet holds */
    TABLE_LARGEST = 1 << 30     /* bytes */
};

enum table_rows {
    TABLE_NEEDS_ROWS, /* a table without a row of data is an error */
    TABLE_MAY_BE_EMPTY
};

struct table;

/* Read a file, or text in memory. `shown` is the name in messages (NULL for a file: its path).
   NULL when there is nothing to go on with; then at least one error was reported. A table may be
   returned although errors were reported (ragged rows are left out, of columns with one name the
   first counts), so that the reader can look for more; ask diagnosis_errors before believing it. */
struct table *table_read_file(const char *path, const char *shown, enum table_rows rows,
                              struct diagnosis *diagnosis);
struct table *table_read_text(const char *text, size_t length, const char *shown,
                              enum table_rows rows, struct diagnosis *diagnosis);
void table_free(struct table *table); /* NULL is legal */

const char *table_file(const struct table *table); /* the name in messages */
size_t table_row_count(const struct table *table);
size_t table_column_count(const struct table *table);

/* The name of a column; the number of the column with this name, or -1. */
const char *table_header(const struct table *table, size_t column);
int table_column(const struct table *table, const char *name);

/* As table_column, but a missing column is reported, with the nearest that there is. */
int table_require_column(const struct table *table, const char *name, struct diagnosis *diagnosis);

/* A field's text (never NULL, "" when not given), and whether anything stands in it. */
const char *table_text(const struct table *table, size_t row, size_t column);
bool table_given(const struct table *table, size_t row, size_t column);

/* Where a field or a column's name stands; the key is the name of the column. */
struct place table_place(const struct table *table, size_t row, size_t column);
struct place table_header_place(const struct table *table, size_t column);

/* Numbers within bounds (inclusive). Each returns true and sets *value, or reports an error at
   the field, returns false and leaves *value alone. A field that is not given is an error; with
   the `_or` forms it stands for `fallback`, which need not be within the bounds. */
bool table_number(const struct table *table, size_t row, size_t column, double min, double max,
                  struct diagnosis *diagnosis, double *value);
bool table_number_or(const struct table *table, size_t row, size_t column, double min, double max,
                     double fallback, struct diagnosis *diagnosis, double *value);
bool table_integer(const struct table *table, size_t row, size_t column, int64_t min, int64_t max,
                   struct diagnosis *diagnosis, int64_t *value);
bool table_integer_or(const struct table *table, size_t row, size_t column, int64_t min,
                      int64_t max, int64_t fallback, struct diagnosis *diagnosis, int64_t *value);

/* A name that name_check accepts. `what` is what it names ("area"). */
bool table_name(const struct table *table, size_t row, size_t column, const char *what,
                struct diagnosis *diagnosis, const char **value);

#endif
