/* When a run by precision stops: at least so many replications, looked at every so many whatever
 * the threads, until the 95% interval of a mean is narrow enough, and no more than so many.
 *
 * Looking repeatedly and stopping when the interval happens to be narrow makes it cover a little
 * less than it says; with at least 30 replications hardly (a test measures by how much).
 */
#ifndef SCENARIOS_STOPPING_H
#define SCENARIOS_STOPPING_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/tally.h"

enum { STOPPING_FEWEST = 30, STOPPING_MOST = 1000, STOPPING_LOOK = 16 };

/* Whether the precision is looked at after so many replications. */
bool stopping_looks(uint64_t replications);

/* Whether the 95% interval of the mean is at most so wide, on each side. What was never observed,
 * or once only, because it does not apply, holds nobody up. */
bool stopping_is_precise(const struct tally *tally, double half_width);

#endif
