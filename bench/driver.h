/*
 * How a benchmark is told to run one variant once, for whoever counts instructions:
 *
 *     bench_NAME --only VARIANT --items N
 */
#ifndef BENCH_DRIVER_H
#define BENCH_DRIVER_H

#include <stdbool.h>
#include <stdint.h>

struct selection {
    const char *only; /* NULL: the whole benchmark */
    uint64_t items;
};

/* False: not understood, and said so on standard error. */
bool driver_read(struct selection *driver, int argc, char *argv[]);

#endif
