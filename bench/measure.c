#include "bench/measure.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "sim/estimate.h"

static double clock_s(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

double measure_cpu_s(void)
{
    return clock_s(CLOCK_PROCESS_CPUTIME_ID);
}

double measure_wall_s(void)
{
    return clock_s(CLOCK_MONOTONIC);
}

double measure_middle(double values[], size_t n)
{
    return estimate_quantile_in_place(values, n, 0.5);
}

static int rounds_of(const struct contest *contest)
{
    return contest->rounds > 0 ? contest->rounds : MEASURE_ROUNDS;
}

bool measure(struct contest *contest)
{
    for (int round = 0; round < rounds_of(contest); round++) {
        for (size_t i = 0; i < contest->count; i++) {
            struct candidate *candidate = &contest->candidate[i];
            double seconds = candidate->run(candidate->context);
            if (!(seconds >= 0.0)) {
                fprintf(stderr, "%s: %s failed\n", contest->benchmark, candidate->variant);
                return false;
            }
            candidate->round[round] = seconds / candidate->items;
        }
    }
    return true;
}

double measure_median(const struct contest *contest, const struct candidate *candidate)
{
    double values[MEASURE_MOST_ROUNDS];
    memcpy(values, candidate->round, sizeof values);
    return contest->a_second * measure_middle(values, (size_t)rounds_of(contest));
}

double measure_ratio(const struct contest *contest, const struct candidate *candidate,
                     const struct candidate *other)
{
    double values[MEASURE_MOST_ROUNDS];
    for (int round = 0; round < rounds_of(contest); round++)
        values[round] = candidate->round[round] / other->round[round];
    return measure_middle(values, (size_t)rounds_of(contest));
}

static bool is_plain(const char *text)
{
    return strpbrk(text, ",\"\r\n") == NULL;
}

void measure_row(const char *benchmark, const char *variant, double value, const char *unit,
                 double floor, double ratio)
{
    assert(is_plain(benchmark) && is_plain(variant) && is_plain(unit));
    printf("%s,%s,%.4g,%s,", benchmark, variant, value, unit);
    if (!isnan(floor))
        printf("%.4g", floor);
    putchar(',');
    if (!isnan(ratio))
        printf("%.3g", ratio);
    putchar('\n');
    fflush(stdout); /* so that rows and messages come in order */
}

void measure_print(const struct contest *contest)
{
    for (size_t i = 0; i < contest->count; i++) {
        const struct candidate *candidate = &contest->candidate[i];
        double floor = NAN, ratio = NAN;
        if (candidate->floor) {
            floor = measure_median(contest, candidate->floor);
            ratio = measure_ratio(contest, candidate, candidate->floor);
        }
        measure_row(contest->benchmark, candidate->variant, measure_median(contest, candidate),
                    contest->unit, floor, ratio);
    }
}

bool measure_agree(const char *what, double a, double b, double tolerance)
{
    if (fabs(a - b) <= tolerance * fmax(fabs(a), fabs(b)))
        return true;
    fprintf(stderr, "%s: %.17g and %.17g should be the same\n", what, a, b);
    return false;
}

double measure_processes(unsigned processes, bool (*run)(void *context, unsigned share),
                         void *context)
{
    enum { MOST = 64 };
    pid_t child[MOST];
    bool ok = processes <= MOST;
    double start = measure_wall_s();
    unsigned begun = 0;
    for (; ok && begun < processes; begun++) {
        child[begun] = fork();
        if (child[begun] == 0)
            _exit(run(context, begun) ? 0 : 1);
        ok = child[begun] > 0;
    }
    for (unsigned i = 0; i < begun; i++) {
        int status = 1;
        ok = child[i] > 0 && waitpid(child[i], &status, 0) == child[i] && status == 0 && ok;
    }
    return ok ? measure_wall_s() - start : -1.0;
}
