/* What differs between a patient's journeys under two configurations, and why, in a few sentences:
 * which steps were earlier or later, treatments and care, and what that does to the chances. */
#ifndef SCENARIOS_CLI_JOURNEY_DIFFERENCE_H
#define SCENARIOS_CLI_JOURNEY_DIFFERENCE_H

#include "scenarios/cli/journey_words.h"

/* Under `other` instead of `baseline`, of the same patient. False: out of memory. */
bool journey_tell_difference(const struct told *baseline, const struct told *other, FILE *out);

#endif
