/*
 * Measuring on a machine that does other things too.
 *
 * Candidates take turns, A B C A B C ..., so that whatever disturbs the machine for a while
 * disturbs all of them. A candidate's value is its median over the rounds; its ratio to its floor
 * is the median of the ratios within each round, which is steadier than the ratio of two medians
 * (and may differ from it in the last figure).
 *
 * This is also the one place that prints rows: benchmark,variant,value,unit,floor,ratio.
 */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include <stdbool.h>
#include <stddef.h>

enum { MEASURE_ROUNDS = 9, MEASURE_MOST_ROUNDS = 32 };

/* One round: returns how many seconds it took, so that preparations do not count, or a negative
 * number: it failed, and has said why on standard error. */
typedef double measure_fn(void *context);

struct candidate {
    const char *variant;
    measure_fn *run;
    void *context;
    double items;                  /* in one round: customers, events; the time is divided by it */
    const struct candidate *floor; /* what it is measured against; NULL: it is a floor itself */
    double round[MEASURE_MOST_ROUNDS]; /* seconds an item */
};

struct contest {
    const char *benchmark;
    const char *unit;
    double a_second; /* how many of the unit are a second: 1e9 for ns */
    int rounds;      /* 0: MEASURE_ROUNDS */
    struct candidate *candidate;
    size_t count;
};

/* Runs all rounds. False: one failed. */
bool measure(struct contest *contest);

/* One row a candidate. */
void measure_print(const struct contest *contest);

double measure_median(const struct contest *contest, const struct candidate *candidate);

/* How many times as long `candidate` takes as `other`, of the same contest. */
double measure_ratio(const struct contest *contest, const struct candidate *candidate,
                     const struct candidate *other);

/* A row of its own; NaN leaves `floor` and `ratio` empty. Names and units have no comma, quote or
 * line end: rows are read as they stand, by bench/targets too. */
void measure_row(const char *benchmark, const char *variant, double value, const char *unit,
                 double floor, double ratio);

/* Seconds of processor time of this process: other programs hardly disturb it. */
double measure_cpu_s(void);
/* Seconds on the clock on the wall: for what runs on several threads or processes. */
double measure_wall_s(void);

/* Seconds on the wall until `processes` of them, each of which runs its share (0, 1, ...) and
 * nothing else, have all ended. Negative: one failed. */
double measure_processes(unsigned processes, bool (*run)(void *context, unsigned share),
                         void *context);

/* Middle of n values, which are reordered; n >= 1. */
double measure_middle(double values[], size_t n);

/* Do two results agree but for rounding? If not, says so on standard error. */
bool measure_agree(const char *what, double a, double b, double tolerance);

#endif
