#include "scenarios/write/table_parts.h"

#include <math.h>

struct estimate table_estimate(bool quoted, const struct tally *tally)
{
    struct estimate_score none = {0, 0, 0};
    return table_estimate_like(quoted, tally, &none);
}

struct estimate table_estimate_like(bool quoted, const struct tally *tally,
                                    struct estimate_score *known)
{
    struct estimate estimate = estimate_from_tally_like(tally, 0.95, known);
    if (!quoted || tally->n == 0)
        estimate.mean = estimate.sd = estimate.low = estimate.high = NAN;
    return estimate;
}

void table_put_interval(struct csv_writer *table, const struct estimate *estimate)
{
    csv_writer_number(table, estimate->mean);
    csv_writer_number(table, estimate->low);
    csv_writer_number(table, estimate->high);
}

void table_put_estimate(struct csv_writer *table, const struct estimate *estimate)
{
    csv_writer_number(table, estimate->mean);
    csv_writer_number(table, estimate->sd);
    csv_writer_number(table, estimate->low);
    csv_writer_number(table, estimate->high);
}

double table_day_centile(const uint64_t days[], int levels, double p)
{
    uint64_t total = 0, passed = 0;
    for (int level = 0; level < levels; level++)
        total += days[level];
    if (total == 0)
        return NAN;
    for (int level = 0; level < levels; level++) {
        passed += days[level];
        if ((double)passed >= p * (double)total)
            return level;
    }
    return levels - 1;
}
