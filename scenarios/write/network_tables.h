/* The result tables of a network of wards. */
#ifndef SCENARIOS_WRITE_NETWORK_TABLES_H
#define SCENARIOS_WRITE_NETWORK_TABLES_H

#include "scenarios/network_experiment.h"
#include "scenarios/write/csv_writer.h"

/* That grow with the replications. */
void network_table_replications_header(struct csv_writer *table);
void network_table_replications_add(struct csv_writer *table,
                                    const struct network_experiment *experiment,
                                    uint64_t replication, const struct network_trial *trial);
void network_table_balance_header(struct csv_writer *table);
void network_table_balance_add(struct csv_writer *table,
                               const struct network_experiment *experiment, uint64_t replication,
                               const struct network_trial *trial);

/* Header and rows at the end. */
void network_table_summary(struct csv_writer *table, const struct network_experiment *experiment);
void network_table_differences(struct csv_writer *table,
                               const struct network_experiment *experiment);
void network_table_units(struct csv_writer *table, const struct network_experiment *experiment);
void network_table_delay(struct csv_writer *table, const struct network_experiment *experiment);
void network_table_pools(struct csv_writer *table, const struct network_experiment *experiment);

#endif
