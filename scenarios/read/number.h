/* Decimal numbers to and from text, the same wherever the program runs.
 *
 * The C library reads and writes numbers by the user's locale, where "0,5" may be a half and
 * "0.5" an error, and it takes "nan", "inf" and hexadecimal. A scenario must mean the same on
 * every machine, so YAML values, table fields and the command line are all read here, and
 * everything that is written is formatted here.
 */
#ifndef STROKESIM_SCENARIOS_READ_NUMBER_H
#define STROKESIM_SCENARIOS_READ_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Long enough for every text that number_format and number_format_shortest write. */
enum { NUMBER_TEXT_SIZE = 32 };

/* True and *value, when the whole of text is a finite decimal number: an optional sign, digits
   with at most one point, an optional exponent. No spaces, no separators of thousands. What is
   too large for a double is refused; what is too small becomes zero. Otherwise false and *value
   is untouched. */
bool number_parse(const char *text, double *value);

/* True and *value, when text is an optional sign and digits that fit. */
bool number_parse_integer(const char *text, int64_t *value);

/* Writes a finite value with ten significant digits (negative zero as "0"), or an empty text for
   NaN and infinities. Returns the length. */
size_t number_format(double value, char text[NUMBER_TEXT_SIZE]);

/* The same with as few digits as read back to exactly this value (up to 17). */
size_t number_format_shortest(double value, char text[NUMBER_TEXT_SIZE]);

#endif
