/* How the three answers to "how many beds?" are printed, wherever the simulated one comes from.
 * models/erlang.h and scenarios/sizing.h say what they mean. */
#ifndef SCENARIOS_CLI_BED_TABLE_H
#define SCENARIOS_CLI_BED_TABLE_H

#include <stdbool.h>
#include <stddef.h>

/* A number of beds of a unit, all others as they were sized. */
struct bed_row {
    int beds;
    double simulated; /* share that finds no bed free; NAN: nobody asked */
    bool unstable;    /* its queue grows for ever */
};

/* A unit and the rows to be shown of it. */
struct bed_unit {
    const char *name;
    double load; /* offered */
    int chosen;  /* the row with these beds is marked */
    size_t rows;
    const struct bed_row *row;
};

/* Says what the columns mean. units, unit: what has the beds, in words. `bound`: share asked for,
 * or NAN. */
void bed_table_begin(const char *units, const char *unit, double bound);
void bed_table_unit(const struct bed_unit *unit);

#endif
