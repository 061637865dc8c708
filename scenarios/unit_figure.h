/* The figures of hospitals in one replication: of one alone, or of several together. */
#ifndef SCENARIOS_UNIT_FIGURE_H
#define SCENARIOS_UNIT_FIGURE_H

#include <stddef.h>

#include "scenarios/experiment.h"

/* Ratios are sums over sums: all patients of these hospitals together, all their beds together.
 * unit: one a hospital of the service; years: of the window. NAN: does not apply. */
double unit_figure(const struct service *service, const struct unit_account unit[],
                   const size_t hospital[], size_t hospitals, enum unit_metric metric,
                   double years);

#endif
