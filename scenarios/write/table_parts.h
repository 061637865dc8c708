/* What the result tables have in common. */
#ifndef SCENARIOS_WRITE_TABLE_PARTS_H
#define SCENARIOS_WRITE_TABLE_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "scenarios/write/csv_writer.h"
#include "sim/estimate.h"

/* A header of these names. */
#define TABLE_COLUMNS(table, ...)                                                                  \
    do {                                                                                           \
        static const char *const names[] = {__VA_ARGS__};                                          \
        csv_writer_header(table, names, sizeof names / sizeof *names);                             \
    } while (0)

/* At 95%. Of a configuration called unstable no mean is quoted, nor of a difference from one. */
struct estimate table_estimate(bool quoted, const struct tally *tally);

/* The same for many rows (estimate_from_tally_like). */
struct estimate table_estimate_like(bool quoted, const struct tally *tally,
                                    struct estimate_score *known);

void table_put_interval(struct csv_writer *table, const struct estimate *estimate); /* 3 fields */
void table_put_estimate(struct csv_writer *table, const struct estimate *estimate); /* sd too */

/* Beds in use on the quietest to the busiest days: the level that a share of days does not pass.
 * NAN: there are no days. */
double table_day_centile(const uint64_t days[], int levels, double p);

#endif
