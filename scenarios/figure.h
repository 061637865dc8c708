/* Numbers as a reader would round them. */
#ifndef SCENARIOS_FIGURE_H
#define SCENARIOS_FIGURE_H

#include <stdbool.h>

struct figure {
    char text[40];
};

/* With thousands separated and as many decimals as the size asks for; "-" for NAN. A share (unit
 * "share...") is shown as a percentage. */
struct figure figure_of(double value, const char *unit);

/* The same with a sign; of a share in points of a percentage. */
struct figure figure_change(double value, const char *unit);

/* The unit that goes with them: "%" for a share. */
const char *figure_unit(const char *unit);

/* A whole number with thousands separated. */
struct figure figure_count(double value);

#endif
