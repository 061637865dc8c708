/* How many beds each unit needs so that at most a given share of its patients finds none free.
 *
 * Units block each other: who is to move on to a full one keeps the bed where they are. So beds are
 * found for all units together, and every candidate is simulated as a whole. Where the shares come
 * from is the caller's: a function that takes beds for all units and gives the share of each.
 *
 * It starts from the beds by which the formula for waiting (models/erlang.h) keeps the bound, adds
 * beds to every unit above the bound until none is, and then takes away, unit by unit, every bed
 * without which all still keep it. So no single bed fewer would do, with the same random numbers,
 * but for units that are at their fewest.
 */
#ifndef SCENARIOS_SIZING_H
#define SCENARIOS_SIZING_H

#include <stdbool.h>
#include <stddef.h>

/* Simulates with beds[u] beds in unit u and sets share[u]: of those who asked for a bed of it, who
 * found none free. False: it could not be done. */
typedef bool sizing_simulate(void *context, const int beds[], double share[]);

enum { SIZING_MOST_BEDS = 1000 };

/* What is to be sized. */
struct sizing {
    size_t units;
    const double *load; /* offered to each; 0: nobody comes, and it is left alone */
    double bound;       /* share, in (0, 1) */
    const int *fewest;  /* beds below which no unit goes; NULL: 1 each */
    sizing_simulate *simulate;
    void *context;
};

enum sizing_status {
    SIZING_OK,
    SIZING_NOT_FOUND, /* not with SIZING_MOST_BEDS in every unit */
    SIZING_FAILED,    /* simulate() did */
};

/* Sets beds[] and the share[] that they give. */
enum sizing_status sizing_find(const struct sizing *sizing, int beds[], double share[]);

#endif
