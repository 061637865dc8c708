/* Numbers as a reader would round them. */
#ifndef SCENARIOS_FIGURE_H
#define SCENARIOS_FIGURE_H

#include <stdbool.h>

struct figure {
    char text[40];
};

/* Whether a unit is that of a share of 1 ("share", "share of beds"). */
bool figure_is_share(const char *unit);

/* With thousands separated and as many decimals as the size asks for; "-" for NAN. A share is shown
 * as a percentage. */
struct figure figure_of(double value, const char *unit);

/* The same with a sign; of a share in points of a percentage. */
struct figure figure_change(double value, const char *unit);

/* The unit that goes with them: "%" for a share. */
const char *figure_unit(const char *unit);

/* What a unit says behind that "%": " of beds" for "share of beds"; all of it, if it is no share's.
 */
const char *figure_unit_rest(const char *unit);

/* A whole number with thousands separated; and with a sign. */
struct figure figure_count(double value);
struct figure figure_count_change(double value);

/* Lives, deaths, people: whole, but for few; and with a sign. */
struct figure figure_people(double value);
struct figure figure_people_change(double value);

#endif
