/* patients.csv: a row a patient and configuration, with every time stamp. */
#ifndef SCENARIOS_WRITE_PATIENT_TABLE_H
#define SCENARIOS_WRITE_PATIENT_TABLE_H

#include "scenarios/experiment.h"
#include "scenarios/write/csv_writer.h"

void patient_table_header(struct csv_writer *table);

/* Adds the patients of one replication whose onset lies in the window; times are minutes since the
 * window began. */
void patient_table_add(struct csv_writer *table, const struct experiment *experiment,
                       size_t configuration, uint64_t replication, const struct cohort *cohort,
                       const struct path *path);

#endif
