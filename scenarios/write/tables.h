/* The result tables that are written when an experiment ends: a header and their rows. */
#ifndef SCENARIOS_WRITE_TABLES_H
#define SCENARIOS_WRITE_TABLES_H

#include "scenarios/experiment.h"
#include "scenarios/write/csv_writer.h"

void tables_summary(struct csv_writer *table, const struct experiment *experiment);
void tables_differences(struct csv_writer *table, const struct experiment *experiment);
void tables_ce_plane(struct csv_writer *table, const struct experiment *experiment);
void tables_drivers(struct csv_writer *table, const struct experiment *experiment);
void tables_units(struct csv_writer *table, const struct experiment *experiment);
void tables_census(struct csv_writer *table, const struct experiment *experiment);
void tables_years(struct csv_writer *table, const struct experiment *experiment);
void tables_costs(struct csv_writer *table, const struct experiment *experiment);
void tables_targets(struct csv_writer *table, const struct experiment *experiment);

/* tables_areas.c */
void tables_places(struct csv_writer *table, const struct experiment *experiment);
void tables_areas(struct csv_writer *table, const struct experiment *experiment);
void tables_destinations(struct csv_writer *table, const struct experiment *experiment);
void tables_area_differences(struct csv_writer *table, const struct experiment *experiment);
void tables_groups(struct csv_writer *table, const struct experiment *experiment);
void tables_deprivation(struct csv_writer *table, const struct experiment *experiment);

/* tables_parameters.c */
void tables_parameters(struct csv_writer *table, const struct experiment *experiment);

#endif
