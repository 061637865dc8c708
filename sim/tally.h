/*
 * Adding up: observations one by one (tally), and a level that changes over time (level).
 *
 * Both keep running figures, never the observations, so a replication of any length takes the same
 * memory. Mean and variance are updated by Welford's recurrence (Technometrics 4, 1962, 419) and
 * merged by that of Chan, Golub and LeVeque (1979); the textbook sum of squares loses all digits
 * when the mean is large beside the spread.
 *
 * The average of a level weighs each value by how long it lasted, so it needs to know when to end:
 * level_average() takes the time up to which the last value is to be counted. Forgetting that last
 * stretch is the classic error, and here it cannot be left out.
 */
#ifndef SIM_TALLY_H
#define SIM_TALLY_H

#include <stdint.h>

/* All zero is an empty tally. */
struct tally {
    uint64_t n;
    double mean; /* 0 when empty */
    double m2;   /* sum of squared deviations from the mean */
    double min;  /* 0 when empty, and max */
    double max;
};

static inline void tally_add(struct tally *tally, double value)
{
    if (tally->n == 0) {
        tally->min = value;
        tally->max = value;
    }
    tally->n++;
    double before = value - tally->mean;
    tally->mean += before / (double)(int64_t)tally->n; /* a signed one converts at once */
    tally->m2 += before * (value - tally->mean);
    tally->min = value < tally->min ? value : tally->min;
    tally->max = value > tally->max ? value : tally->max;
}

/* As if every value added to `from` had been added to `into`, but for rounding. */
void tally_merge(struct tally *into, const struct tally *from);

double tally_variance(const struct tally *tally); /* divided by n - 1; NaN below two */
double tally_sd(const struct tally *tally);       /* its root */
double tally_sum(const struct tally *tally);

struct level {
    double value; /* at present */
    double since; /* minutes: the area is counted up to here */
    double area;  /* value x minutes since start */
    double start; /* minutes: where counting began */
    double min;   /* since start, the value at start included */
    double max;
};

void level_init(struct level *level, double value, double now);
void level_set(struct level *level, double value, double now); /* now never goes back */

/* Counting begins anew at `now` with the value as it is: the end of a warm-up. */
void level_reset(struct level *level, double now);

double level_area(const struct level *level, double now);    /* value x minutes, start to now */
double level_average(const struct level *level, double now); /* NaN when no time has passed */

#endif
