#include "scenarios/sweep/decision.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

double *decision_net_benefit(const struct draws *draws, double threshold_gbp)
{
    size_t cells = draws->n * draws->options;
    double *benefit = calloc(cells + 1, sizeof *benefit);
    for (size_t i = 0; benefit != NULL && i < cells; i++) {
        benefit[i] = threshold_gbp * draws->qalys[i] - draws->cost_gbp[i];
        assert(isfinite(benefit[i]));
    }
    return benefit;
}

bool decision_begin(struct decision *decision, const double benefit[], const double guide[],
                    size_t n, size_t options)
{
    *decision = (struct decision){.n = n, .options = options};
    decision->table = calloc(n + 1, (options + 1) * sizeof *decision->table);
    decision->sum = calloc(options + 1, sizeof *decision->sum);
    if (decision->table == NULL || decision->sum == NULL)
        return false;
    for (size_t d = 0; d < n; d++) {
        double *row = &decision->table[d * (options + 1)];
        size_t best = 0;
        for (size_t o = 0; o < options; o++) {
            row[o] = benefit[d * options + o];
            if (guide[d * options + o] > guide[d * options + best])
                best = o;
        }
        row[options] = row[best];
    }
    return true;
}

void decision_end(struct decision *decision)
{
    free(decision->table);
    free(decision->sum);
}

double decision_gain(struct decision *decision, const size_t place[], size_t n)
{
    size_t columns = decision->options + 1;
    double *sum = decision->sum, highest = -INFINITY;
    for (size_t c = 0; c < columns; c++)
        sum[c] = 0;
    for (size_t d = 0; d < n; d++) {
        const double *row = &decision->table[(place != NULL ? place[d] : d) * columns];
        for (size_t c = 0; c < columns; c++)
            sum[c] += row[c];
    }
    for (size_t o = 0; o < decision->options; o++)
        highest = fmax(highest, sum[o]);
    return n > 0 ? (sum[decision->options] - highest) / (double)n : NAN;
}

bool decision_resample(struct decision *decision, uint64_t seed, double resampled[])
{
    size_t *place = calloc(decision->n + 1, sizeof *place);
    for (size_t r = 0; place != NULL && r < RESAMPLES; r++) {
        resample_places(seed, r, decision->n, place);
        resampled[r] = decision_gain(decision, place, decision->n);
    }
    bool made = place != NULL;
    free(place);
    return made;
}
