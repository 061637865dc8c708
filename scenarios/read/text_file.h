/* The bytes of an input file, checked to be text.
 *
 * Scenario files come out of editors and spreadsheets, which add byte-order marks, write UTF-16
 * or Windows code pages, or leave a NUL behind. The parsers stumble over these in ways that name
 * the wrong place, so they are found here, once, before anything is parsed.
 */
#ifndef STROKESIM_SCENARIOS_READ_TEXT_FILE_H
#define STROKESIM_SCENARIOS_READ_TEXT_FILE_H

#include "scenarios/read/diagnosis.h"

#include <stdbool.h>
#include <stddef.h>

/* Reads a whole file of at most `largest` bytes. `shown` is its name in messages (NULL: path).
   Returns the bytes, with a NUL after the last, to be freed by the caller, and *length; or NULL
   when one error has been reported: missing, unreadable, a folder, not a file, too large. */
char *text_file_read(const char *path, const char *shown, size_t largest,
                     struct diagnosis *diagnosis, size_t *length);

/* The bytes of a byte-order mark at the start: what to skip. */
size_t text_file_mark(const char *bytes, size_t length);

/* True when the bytes are UTF-8 without NUL; else one error is reported at the first place that is
   not. A byte-order mark is reported too, but is no reason not to read on behind it. */
bool text_file_check(const char *bytes, size_t length, const char *shown,
                     struct diagnosis *diagnosis);

/* The length of the UTF-8 character at bytes[0] (1 to 4), or 0 when it is not valid UTF-8
   (overlong forms, surrogates and what lies above U+10FFFF included). `length` is what is left
   and must not be 0. */
size_t text_file_character(const char *bytes, size_t length);

#endif
