/* The clock on the wall, for how long something took: it never goes back. */
#ifndef SCENARIOS_CLOCK_H
#define SCENARIOS_CLOCK_H

double clock_seconds(void);

#endif
