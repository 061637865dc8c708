/* The answer to "how many beds?" of one configuration: figures for a few numbers of beds of every
 * unit, wherever they come from. models/erlang.h and scenarios/sizing.h say what they mean. */
#ifndef SCENARIOS_BED_FIGURES_H
#define SCENARIOS_BED_FIGURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "scenarios/network_scenario.h"
#include "scenarios/scenario.h"

enum { BED_ROWS = 7 };

/* A number of beds of a unit, all others as they were chosen. */
struct bed_row {
    int beds;
    double simulated; /* share that finds no bed free; NAN: nobody asked */
    bool unstable;    /* its queue grows for ever */
};

/* Beds of a kind at a hospital, or a ward of a network. */
struct bed_unit {
    const char *hospital; /* or the ward */
    enum bed_kind kind;   /* of a ward: none */
    double load;          /* offered, beds */
    int chosen;           /* the configuration's own, or what was found */
    size_t rows;
    struct bed_row row[BED_ROWS]; /* of rising beds */
};

struct bed_figures {
    const struct scenario *scenario; /* what all kinds of scenario have */
    const char *configuration;
    const struct configuration *service; /* NULL: a network of wards ... */
    const double *multiplier;            /* ... of which these were changed; else NULL */
    double bound;                        /* share that may wait; NAN: none was asked for */
    uint64_t replications, seed;
    double years;
    size_t units;
    struct bed_unit *unit; /* whoever fills it owns it */
};

#endif
