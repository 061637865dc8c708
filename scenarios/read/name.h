/* What may be a name: of a hospital, an area, a group, a configuration.
 *
 * Names end up in result tables that planners open in a spreadsheet, and a spreadsheet runs a
 * cell that begins with '=', '+', '-' or '@' as a formula (CWE-1236). A name with a control
 * character breaks a terminal or a line of a table. Both are refused where they come in, so that
 * nothing that is written needs to be mangled.
 */
#ifndef STROKESIM_SCENARIOS_READ_NAME_H
#define STROKESIM_SCENARIOS_READ_NAME_H

#include "scenarios/read/diagnosis.h"

#include <stdbool.h>

enum { NAME_LONGEST = 200 }; /* bytes */

/* NULL when the name will do, else what is wrong with it as the end of a sentence that begins
   with the name ("begins with '=', which a spreadsheet would run"). A constant string. */
const char *name_fault(const char *name);

/* As name_fault, and reports an error at `place`. `what` is what it names ("hospital"). */
bool name_check(const char *name, const char *what, const struct place *place,
                struct diagnosis *diagnosis);

/* Whether a part stands somewhere in a name, in any letter case; an empty part is in none. */
bool name_has_part(const char *name, const char *part);

#endif
