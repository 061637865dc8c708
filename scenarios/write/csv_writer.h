/* Writes tables of results as CSV (RFC 4180), field by field.
 *
 * A field is quoted only when it must be. Numbers have ten significant digits and a point,
 * whatever the locale; NaN and infinities, which stand for "does not apply", become an empty
 * field, and negative zero is 0. Lines end in LF, not in the CRLF of the RFC: every reader takes
 * both, and results stay easy to compare with the usual tools.
 *
 *     csv_writer_text(w, "London"); csv_writer_number(w, 12.5); csv_writer_end_row(w);
 *
 * Errors stick until csv_writer_close (see out_file.h).
 */
#ifndef STROKESIM_SCENARIOS_WRITE_CSV_WRITER_H
#define STROKESIM_SCENARIOS_WRITE_CSV_WRITER_H

#include "scenarios/write/fault.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct csv_writer;

/* NULL, and the reason in *fault, when the file cannot be created. */
struct csv_writer *csv_writer_open(const char *path, struct write_fault *fault);

/* Goes on with a table behind its first `size` bytes, which end a row (out_file_append). */
struct csv_writer *csv_writer_append(const char *path, uint64_t size, struct write_fault *fault);

/* Brings the rows so far to the disk; the size of the file. */
uint64_t csv_writer_sync(struct csv_writer *writer);

/* A whole header row. Later rows are asserted to have as many fields. */
void csv_writer_header(struct csv_writer *writer, const char *const *names, size_t count);

void csv_writer_text(struct csv_writer *writer, const char *text); /* NULL: an empty field */
void csv_writer_number(struct csv_writer *writer, double value);
void csv_writer_integer(struct csv_writer *writer, int64_t value);
void csv_writer_empty(struct csv_writer *writer);
void csv_writer_end_row(struct csv_writer *writer);

/* Whether something has gone wrong already; csv_writer_close says what. */
bool csv_writer_failed(const struct csv_writer *writer);

/* Closes and frees. False, and the reason in *fault, when not everything reached the disk. */
bool csv_writer_close(struct csv_writer *writer, struct write_fault *fault);

/* Closes and frees without looking. NULL is legal. */
void csv_writer_abandon(struct csv_writer *writer);

#endif
