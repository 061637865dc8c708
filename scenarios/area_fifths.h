/* Fifths of areas by deprivation: 1 the most deprived, 5 the least.
 *
 * A fifth has a fifth of the expected strokes, not of the areas, so that what is said of a fifth
 * rests on as many patients as of any other. Areas are taken from the highest score (most deprived)
 * down; those of one score stay together, in the fifth in which the middle of their strokes lies.
 * So fifths are as equal as the scores allow, and scores that are ranks or tenths do as well.
 */
#ifndef SCENARIOS_AREA_FIFTHS_H
#define SCENARIOS_AREA_FIFTHS_H

#include <stdbool.h>
#include <stddef.h>

enum { AREA_FIFTHS = 5 };

/* Puts the fifth of each area into fifth[]: 1 to 5, or 0 of an area without a score (NAN), whose
 * strokes count nowhere. strokes: expected, a year, from 0. False: out of memory. */
bool area_fifths_find(const double score[], const double strokes[], size_t areas, int fifth[]);

#endif
