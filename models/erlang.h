/* Three answers to "how many beds?", of which two are formulas.
 *
 * With Poisson arrivals, an offered load of a (arrivals a day times days of stay) and n beds:
 *
 *   - loss:  the share of arrivals that find all beds taken if those who do go away at once, which
 *            is also P(N = n) / P(N <= n) of the number N that would be in beds if these were
 *            unlimited: what capacity models publish as the probability of delay (Monks et al.,
 *            BMC Health Services Research 16:530, 2016). Erlang B.
 *   - wait:  the share that would wait if all who find no bed wait for one, in turn, and stays were
 *            exponential. Erlang C. Always more than the loss, often several times as much.
 *
 * The third, the share that waits when wards are full, block each other and take in by their own
 * rules, has no formula: it is simulated (scenarios/sizing.h).
 *
 * A. K. Erlang, "Solution of some problems in the theory of probabilities of significance in
 * automatic telephone exchanges", 1917. Loads are >= 0, beds >= 0.
 */
#ifndef MODELS_ERLANG_H
#define MODELS_ERLANG_H

/* By the recurrence 1 / B(n) = 1 + n / (a B(n - 1)), exact to rounding for any number of beds. */
double erlang_loss(double load, int beds);

/* 1 where the load is as much as the beds or more. */
double erlang_wait(double load, int beds);

/* The fewest beds that keep the share that would wait at most at `share` (0 < share). */
int erlang_beds_for_wait(double load, double share);

/* Beds of two wards of which `shared` may be used by either: own beds are filled first. */
struct erlang_pool {
    double load[2]; /* offered to each */
    int own[2];
    int shared;
};

/* The tail by which such pools are published: the probability, were all beds unlimited, that ward
 * `of` (0 or 1) has no own bed left and that what both have above their own fills the shared ones,
 * P(A >= own_A + shared) + sum over k = 1..shared of P(A = own_A + shared - k) P(R >= own_R + k)
 * with A and R independent and Poisson. With nothing shared it is P(A >= own_A). */
double erlang_pool_tail(const struct erlang_pool *pool, int of);

#endif
