/* A factor of a designed experiment: something of a scenario that differs from point to point.
 *
 * Its key is what --set takes: a parameter's, or hospital."NAME".COLUMN. A coordinate from 0 to 1
 * becomes the text of a value: the text that is run, and that design.csv shows.
 */
#ifndef SCENARIOS_SWEEP_FACTOR_H
#define SCENARIOS_SWEEP_FACTOR_H

#include <stdbool.h>
#include <stddef.h>

#include "models/evidence.h"
#include "scenarios/read/number.h"

enum factor_kind {
    FACTOR_VALUES,   /* a list, each with an equal share of the coordinates */
    FACTOR_RANGE,    /* a straight line from low to high */
    FACTOR_LOG,      /* likewise of the logarithm */
    FACTOR_EVIDENCE, /* the quantile of its stated uncertainty */
};

struct factor {
    char *key;
    enum factor_kind kind;
    char **value; /* of FACTOR_VALUES */
    size_t values;
    double low, high;
    bool whole; /* counts: beds */
    struct fitted fitted;
};

void factor_fini(struct factor *factor);

/* The value's text: one of the factor's own, or written into the buffer. Coordinates 0 and 1 are
 * the ends; of the evidence, the 2.5 and 97.5% points (`ends`), otherwise they lie between. */
const char *factor_text(const struct factor *factor, double unit, bool ends,
                        char buffer[NUMBER_TEXT_SIZE]);

#endif
