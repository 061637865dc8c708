/* What the tables of an experiment have in common; for the tables*.c here alone. */
#ifndef SCENARIOS_WRITE_TABLES_INSIDE_H
#define SCENARIOS_WRITE_TABLES_INSIDE_H

#include "scenarios/experiment.h"

static inline const char *tables_arm_name(const struct experiment *experiment,
                                          const struct arm *arm)
{
    return experiment->design->configuration[arm->configuration].name;
}

#endif
