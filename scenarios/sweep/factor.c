#include "scenarios/sweep/factor.h"

#include <math.h>
#include <stdlib.h>

void factor_fini(struct factor *factor)
{
    for (size_t v = 0; v < factor->values; v++)
        free(factor->value[v]);
    free(factor->value);
    free(factor->key);
}

static double number_at(const struct factor *factor, double unit, bool ends)
{
    if (factor->kind == FACTOR_EVIDENCE)
        return fitted_inverse(&factor->fitted, ends ? 0.025 + 0.95 * unit : unit);
    if (factor->kind == FACTOR_LOG)
        return factor->low * pow(factor->high / factor->low, unit);
    return factor->low + (factor->high - factor->low) * unit;
}

const char *factor_text(const struct factor *factor, double unit, bool ends,
                        char buffer[NUMBER_TEXT_SIZE])
{
    if (factor->kind == FACTOR_VALUES) {
        size_t at = (size_t)(unit * (double)factor->values);
        return factor->value[at < factor->values ? at : factor->values - 1];
    }
    double number = number_at(factor, unit, ends);
    if (factor->whole) /* every count from low to high as often as any other */
        number = fmin(factor->high, floor(factor->low + (factor->high - factor->low + 1) * unit));
    number_format(number, buffer);
    return buffer;
}
