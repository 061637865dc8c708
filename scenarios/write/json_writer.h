/* Writes a JSON document (RFC 8259), value by value, indented by two spaces.
 *
 * Strict: text is escaped, bytes that are not UTF-8 become U+FFFD, numbers have as few digits as
 * read back to the same value, and NaN and infinities, which JSON does not know, become null.
 *
 *     json_writer_begin_object(w);
 *     json_writer_key(w, "seed"); json_writer_integer(w, 7);
 *     json_writer_end_object(w);
 *
 * Calling out of order (a value without key in an object, an end without begin) is a fault of
 * the program and asserted; without assertions the document fails at close. Errors stick until
 * json_writer_close (see out_file.h).
 */
#ifndef STROKESIM_SCENARIOS_WRITE_JSON_WRITER_H
#define STROKESIM_SCENARIOS_WRITE_JSON_WRITER_H

#include "scenarios/write/fault.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { JSON_WRITER_DEEPEST = 32 };

struct json_writer;

/* NULL, and the reason in *fault, when the file cannot be created. */
struct json_writer *json_writer_open(const char *path, struct write_fault *fault);

void json_writer_begin_object(struct json_writer *writer);
void json_writer_end_object(struct json_writer *writer);
void json_writer_begin_array(struct json_writer *writer);
void json_writer_end_array(struct json_writer *writer);
void json_writer_key(struct json_writer *writer, const char *key);

void json_writer_text(struct json_writer *writer, const char *text); /* NULL: null */
void json_writer_number(struct json_writer *writer, double value);
void json_writer_integer(struct json_writer *writer, int64_t value);
void json_writer_unsigned(struct json_writer *writer, uint64_t value);
void json_writer_boolean(struct json_writer *writer, bool value);
void json_writer_null(struct json_writer *writer);

/* A key and its value in one call. */
void json_writer_text_at(struct json_writer *writer, const char *key, const char *text);
void json_writer_number_at(struct json_writer *writer, const char *key, double value);
void json_writer_integer_at(struct json_writer *writer, const char *key, int64_t value);
void json_writer_unsigned_at(struct json_writer *writer, const char *key, uint64_t value);
void json_writer_boolean_at(struct json_writer *writer, const char *key, bool value);

/* Writes text as a JSON string, quotes included, through `put(context, bytes, length)`; for
   documents, such as the report, that hold JSON inside something else. */
void json_escape(const char *text, void (*put)(void *context, const char *bytes, size_t length),
                 void *context);

/* Closes and frees. False, and the reason in *fault, when not everything reached the disk. */
bool json_writer_close(struct json_writer *writer, struct write_fault *fault);

/* Closes and frees without looking. NULL is legal. */
void json_writer_abandon(struct json_writer *writer);

#endif
