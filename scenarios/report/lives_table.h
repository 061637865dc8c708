/* Lives saved out of a sweep's differences, which may be too large to be held whole. */
#ifndef SCENARIOS_REPORT_LIVES_TABLE_H
#define SCENARIOS_REPORT_LIVES_TABLE_H

#include "scenarios/read/diagnosis.h"
#include "scenarios/read/table.h"

/* The table of a file with only its rows of lives saved, read row by row. `shown` is its name in
 * messages. NULL, and at least one error: it cannot be read. */
struct table *lives_table_read(const char *path, const char *shown, struct diagnosis *diagnosis);

#endif
