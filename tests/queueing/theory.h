/*
 * Queues that have closed forms. Times are minutes, rates are per minute; `queue` counts those who
 * wait, `in_use` the busy servers, both on average over time.
 */
#ifndef TESTS_QUEUEING_THEORY_H
#define TESTS_QUEUEING_THEORY_H

#include <stddef.h>

struct theory {
    double wait_min; /* in the queue, of those who are served; zeros included */
    double queue;
    double in_use;
    double blocked; /* share of arrivals turned away; not of machines */
};

/* Rises and falls by one: queues whose times are all exponential, by the number inside.
 * rise[n]: n to n + 1; fall[n]: n to n - 1. rise[states - 1] and fall[0] are 0. */
enum { BIRTH_DEATH_STATES = 4096 };
struct birth_death {
    size_t states;
    double rise[BIRTH_DEATH_STATES];
    double fall[BIRTH_DEATH_STATES];
};

/* M/M/c, with room for `most` inside (0: for all who come) and mean service 1. */
void theory_many_servers(struct birth_death *model, int servers, double arrivals_per_min, int most);

/* M/M/r//N: `machines` run for `up_min` on average until they fail; mean repair 1. */
void theory_repair(struct birth_death *model, int crews, int machines, double up_min);

/* The distribution over states (Kleinrock, "Queueing Systems", vol. 1, 1975, section 3.1), and the
 * mean of f over it. */
void theory_distribution(const struct birth_death *model, double share[]);
double theory_mean(const struct birth_death *model, const double f[]);

/* rise_by[n] = h(n + 1) - h(n), where h solves Poisson's equation for f: how much more of f is to
 * come from n + 1 than from n (Henderson and Glynn, "Approximating martingales for variance
 * reduction in Markov process simulation", Mathematics of Operations Research 27, 2002, 253). */
void theory_poisson(const struct birth_death *model, const double f[], double rise_by[]);

/* M/M/c (Erlang, 1917; Gross and Harris, "Fundamentals of Queueing Theory", 1985, section 2.3);
 * mean service 1. theory_erlang_c is the share who wait. */
double theory_erlang_c(int servers, double offered);
struct theory theory_mmc(int servers, double arrivals_per_min);

/* The same from the distribution over states, for those whose number inside is limited. */
struct theory theory_from_states(const struct birth_death *model, int servers);

/* What M/G/1 needs of a service time: E S, E S^2, E S^3. */
struct moments {
    double first;
    double second;
    double third;
};

/* Pollaczek and Khinchine (Kleinrock, section 5.6), and the second moment of the wait by Takacs
 * (section 5.7: his recurrence). */
struct theory theory_mg1(double arrivals_per_min, struct moments service);
double theory_mg1_wait_squared(double arrivals_per_min, struct moments service);

/* Mean wait of class k of those that a single server takes in this order, not interrupting whom it
 * serves (Cobham, "Priority assignment in waiting line problems", Operations Research 2, 1954, 70;
 * Kleinrock, vol. 2, 1976, equation 3.31). */
double theory_cobham(const double arrivals_per_min[], const struct moments service[],
                     size_t classes, size_t k);

#endif
