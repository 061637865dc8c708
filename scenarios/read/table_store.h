/* How a table lies in memory; for table.c and table_read.c alone. */
#ifndef STROKESIM_SCENARIOS_READ_TABLE_STORE_H
#define STROKESIM_SCENARIOS_READ_TABLE_STORE_H

#include "scenarios/read/table.h"

struct table_cell {
    uint32_t text; /* where its text begins in the arena */
    uint32_t line; /* where it stands in the file, both from 1 */
    uint32_t column;
};

struct table {
    char *file;
    char *arena;              /* the texts, each ended by a NUL */
    struct table_cell *cells; /* the header, then row by row */
    size_t columns;
    size_t rows; /* without the header */
};

#endif
