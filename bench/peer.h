/*
 * Programs of others that run beside ours: a peer is a script of bench/peers/, run by Debian's own
 * Python (the one that Debian's packages are for, whichever comes first on the path), that prints
 * what it spent in nanoseconds an item, and one result.
 */
#ifndef BENCH_PEER_H
#define BENCH_PEER_H

#include <stdbool.h>

struct peer {
    const char *command; /* script and arguments, from bench/peers/ */
    double items;        /* that it is told to do */
    double result;       /* of the last round */
};

/* Can SimPy be imported? If not, says so on standard error. */
bool peer_is_here(void);

/* For struct candidate. */
double peer_run(void *peer);

#endif
