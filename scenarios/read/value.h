/* A number or a yes-or-no from text, with a problem reported when it is not one.
 *
 * A YAML value, a table's field and a `--set` on the command line mean the same and go wrong in
 * the same ways, so they share the rules and the words. Each function returns true and sets
 * *value, or reports one error at `place`, returns false and leaves *value alone. Bounds are
 * inclusive; -INFINITY and INFINITY (INT64_MIN and INT64_MAX) leave an end open.
 */
#ifndef STROKESIM_SCENARIOS_READ_VALUE_H
#define STROKESIM_SCENARIOS_READ_VALUE_H

#include "scenarios/read/diagnosis.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool value_number(const char *text, double min, double max, const struct place *place,
                  struct diagnosis *diagnosis, double *value);

/* Takes "12.0" too: spreadsheets write it. */
bool value_integer(const char *text, int64_t min, int64_t max, const struct place *place,
                   struct diagnosis *diagnosis, int64_t *value);

/* true/false, yes/no, on/off, in any letter case. */
bool value_boolean(const char *text, const struct place *place, struct diagnosis *diagnosis,
                   bool *value);

/* "a number from 0 to 1", "a number of at least 0", "a number"; the same for whole numbers. What
   the remedies say; writes into buffer and returns it. */
enum { VALUE_BOUNDS_SIZE = 128 };
const char *value_number_bounds(double min, double max, char buffer[VALUE_BOUNDS_SIZE]);
const char *value_integer_bounds(int64_t min, int64_t max, char buffer[VALUE_BOUNDS_SIZE]);

#endif
