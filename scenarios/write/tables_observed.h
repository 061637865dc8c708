/* observed.csv: what was observed beside what was predicted. Apart from the other tables, because
 * no other may know of it. */
#ifndef SCENARIOS_WRITE_TABLES_OBSERVED_H
#define SCENARIOS_WRITE_TABLES_OBSERVED_H

#include "scenarios/observed.h"
#include "scenarios/write/csv_writer.h"

/* A row for each figure that applies to the experiment. */
void tables_observed(struct csv_writer *table, const struct experiment *experiment,
                     const struct observed observed[], size_t count);

#endif
