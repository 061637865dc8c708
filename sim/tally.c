#include "sim/tally.h"

#include <assert.h>
#include <math.h>

void tally_merge(struct tally *into, const struct tally *from)
{
    if (from->n == 0)
        return;
    if (into->n == 0) {
        *into = *from;
        return;
    }
    double n = (double)into->n;
    double m = (double)from->n;
    double apart = from->mean - into->mean;
    into->mean += apart * m / (n + m);
    into->m2 += from->m2 + apart * apart * n * m / (n + m);
    into->n += from->n;
    into->min = fmin(into->min, from->min);
    into->max = fmax(into->max, from->max);
}

double tally_variance(const struct tally *tally)
{
    return tally->n < 2 ? NAN : tally->m2 / (double)(tally->n - 1);
}

double tally_sd(const struct tally *tally)
{
    return sqrt(tally_variance(tally));
}

double tally_sum(const struct tally *tally)
{
    return tally->mean * (double)tally->n;
}

void level_init(struct level *level, double value, double now)
{
    *level = (struct level){.value = value};
    level_reset(level, now);
}

void level_set(struct level *level, double value, double now)
{
    assert(now >= level->since);
    level->area += level->value * (now - level->since);
    level->since = now;
    level->value = value;
    if (value < level->min)
        level->min = value;
    if (value > level->max)
        level->max = value;
}

void level_reset(struct level *level, double now)
{
    assert(now >= level->since);
    level->start = now;
    level->since = now;
    level->area = 0.0;
    level->min = level->value;
    level->max = level->value;
}

double level_area(const struct level *level, double now)
{
    assert(now >= level->since);
    return level->area + level->value * (now - level->since);
}

double level_average(const struct level *level, double now)
{
    return now > level->start ? level_area(level, now) / (now - level->start) : NAN;
}
