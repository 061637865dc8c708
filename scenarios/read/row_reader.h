/* A CSV file row by row, for tables too large to be held: those that this program wrote itself.
 *
 * Such a table is well-formed; what is not is a fault with its line, and reading ends there. Tables
 * from elsewhere are read with table.h, which explains what is wrong with them.
 */
#ifndef STROKESIM_SCENARIOS_READ_ROW_READER_H
#define STROKESIM_SCENARIOS_READ_ROW_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "scenarios/write/fault.h"

enum { ROW_READER_MOST_FIELDS = 2048 };

/* Hands each row to `take`, the header first; fields are valid during the call. take says false to
   stop, which is no fault. False and the fault: not everything could be read. */
bool row_reader_file(const char *path,
                     bool (*take)(void *context, const char *const field[], size_t fields),
                     void *context, struct write_fault *fault);

#endif
