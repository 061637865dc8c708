/* Networks of wards for tests, written in a few lines. */
#ifndef TESTS_MODELS_SMALL_NETWORK_H
#define TESTS_MODELS_SMALL_NETWORK_H

#include "models/network_run.h"

enum { SMALL_WARDS = 4, SMALL_CLASSES = 2, SMALL_ROUTES = 12, SMALL_SOURCES = 4 };

/* A network with `wards` wards (named A, B, ...) of unlimited beds and queues, and no patients. */
void small_network(struct network *network, size_t wards);
/* `per_day` patients of a class (0 or 1), in exponential gaps. */
void small_source(struct network *network, size_t class, size_t ward, double per_day, int priority);
/* Exponential stays of `mean_days`, then on to `next`. */
void small_route(struct network *network, size_t class, size_t ward, int next, double share,
                 double mean_days);
/* Prepares and runs replications 1.. of it; asserts that each is of this status and that nobody is
 * lost from the books; returns the last result, to be freed by network_result_free(). */
struct network_result *small_run(struct network *network, unsigned replications, double years,
                                 enum network_status wanted);

#endif
