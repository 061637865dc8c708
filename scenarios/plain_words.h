/* Plain words for what the model calls by its own names: what a reader of an answer, a report or a
 * bill is told. */
#ifndef SCENARIOS_PLAIN_WORDS_H
#define SCENARIOS_PLAIN_WORDS_H

#include <stdbool.h>

#include "models/bill.h"
#include "models/drivers.h"

/* A cause of lives saved; DRIVERS stands for the rest, which is mainly the strokes prevented where
 * a configuration prevents some. */
const char *driver_words(enum driver driver, bool prevents);

/* The same by the name in drivers.csv; a name that is none stands for itself. */
const char *driver_words_of(const char *name, bool prevents);

/* An item of the bill, by its name in costs.csv; a name that is none stands for itself. */
const char *bill_words_of(const char *name);

#endif
