/* The year in which each hospital's beds are full, in words. */
#ifndef SCENARIOS_CLI_FULL_YEARS_H
#define SCENARIOS_CLI_FULL_YEARS_H

#include "scenarios/experiment.h"

/* Prints nothing unless demand changes over two years or more, and some beds are counted. */
void full_years_say(const struct experiment *experiment);

#endif
