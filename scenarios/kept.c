#include "scenarios/kept.h"

#include <math.h>
#include <stdlib.h>

#include "sim/estimate.h"

bool kept_open(struct kept_values *kept)
{
    *kept = (struct kept_values){.every = 1, .value = calloc(KEPT_MOST, sizeof *kept->value)};
    return kept->value != NULL;
}

void kept_close(struct kept_values *kept)
{
    free(kept->value);
    *kept = (struct kept_values){0};
}

/* Replications are alike in law, so any regular choice of them has the same range. */
void kept_add(struct kept_values *kept, double value)
{
    if (isnan(value))
        return;
    if (kept->seen++ % kept->every != 0)
        return;
    if (kept->n == KEPT_MOST) {
        for (size_t i = 0; i < kept->n / 2; i++)
            kept->value[i] = kept->value[2 * i];
        kept->n /= 2;
        kept->every *= 2;
        if ((kept->seen - 1) % kept->every != 0)
            return;
    }
    kept->value[kept->n++] = value;
}

void kept_range(const struct kept_values *kept, double *low, double *high)
{
    double scratch[KEPT_MOST];
    *low = estimate_quantile(kept->value, kept->n, 0.05, scratch);
    *high = estimate_quantile(kept->value, kept->n, 0.95, scratch);
}
