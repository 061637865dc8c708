/* Days of the week in tables: mon to sun, weekdays, weekends and all, joined by '+'. */
#ifndef STROKESIM_SCENARIOS_READ_WEEKDAYS_H
#define STROKESIM_SCENARIOS_READ_WEEKDAYS_H

#include "scenarios/read/table.h"

/* Which days a field means, a bit each from Monday; all if nothing stands there. False: reported.
 */
bool weekdays_read(const struct table *table, size_t row, size_t column,
                   struct diagnosis *diagnosis, unsigned *which);

/* mon to sun; 0 is Monday. */
const char *weekday_name(int weekday);

#endif
