#include "tests/queueing/theory.h"

#include <assert.h>

void theory_many_servers(struct birth_death *model, int servers, double arrivals_per_min, int most)
{
    model->states = most > 0 ? (size_t)most + 1 : BIRTH_DEATH_STATES;
    assert(model->states <= BIRTH_DEATH_STATES);
    for (size_t n = 0; n < model->states; n++) {
        model->rise[n] = n + 1 < model->states ? arrivals_per_min : 0.0;
        model->fall[n] = n < (size_t)servers ? (double)n : (double)servers;
    }
}

void theory_repair(struct birth_death *model, int crews, int machines, double up_min)
{
    model->states = (size_t)machines + 1;
    assert(model->states <= BIRTH_DEATH_STATES);
    for (size_t n = 0; n < model->states; n++) {
        model->rise[n] = ((double)machines - (double)n) / up_min;
        model->fall[n] = n < (size_t)crews ? (double)n : (double)crews;
    }
}

void theory_distribution(const struct birth_death *model, double share[])
{
    double total = 1.0;
    share[0] = 1.0;
    for (size_t n = 1; n < model->states; n++) {
        share[n] = share[n - 1] * model->rise[n - 1] / model->fall[n];
        total += share[n];
    }
    for (size_t n = 0; n < model->states; n++)
        share[n] /= total;
}

double theory_mean(const struct birth_death *model, const double f[])
{
    static _Thread_local double share[BIRTH_DEATH_STATES];
    theory_distribution(model, share);
    double mean = 0.0;
    for (size_t n = 0; n < model->states; n++)
        mean += share[n] * f[n];
    return mean;
}

/* From above, where errors die out: rise[n] d[n] - fall[n] d[n - 1] = mean - f(n). */
void theory_poisson(const struct birth_death *model, const double f[], double rise_by[])
{
    double mean = theory_mean(model, f);
    rise_by[model->states - 1] = 0.0;
    for (size_t n = model->states - 1; n > 0; n--)
        rise_by[n - 1] = (f[n] - mean + model->rise[n] * rise_by[n]) / model->fall[n];
}

double theory_erlang_c(int servers, double offered)
{
    /* The inverse of Erlang's loss, by its recurrence. */
    double inverse = 1.0;
    for (int n = 1; n <= servers; n++)
        inverse = 1.0 + inverse * (double)n / offered;
    double load = offered / (double)servers;
    return 1.0 / (load + (1.0 - load) * inverse);
}

struct theory theory_mmc(int servers, double arrivals_per_min)
{
    double wait_min =
        theory_erlang_c(servers, arrivals_per_min) / ((double)servers - arrivals_per_min);
    return (struct theory){
        .wait_min = wait_min, .queue = arrivals_per_min * wait_min, .in_use = arrivals_per_min};
}

struct theory theory_from_states(const struct birth_death *model, int servers)
{
    static _Thread_local double share[BIRTH_DEATH_STATES];
    theory_distribution(model, share);
    struct theory theory = {.blocked = share[model->states - 1]};
    double served_per_min = 0.0;
    for (size_t n = 0; n < model->states; n++) {
        double in_use = n < (size_t)servers ? (double)n : (double)servers;
        theory.in_use += share[n] * in_use;
        theory.queue += share[n] * ((double)n - in_use);
        served_per_min += share[n] * model->rise[n];
    }
    theory.wait_min = theory.queue / served_per_min;
    return theory;
}

struct theory theory_mg1(double arrivals_per_min, struct moments service)
{
    double load = arrivals_per_min * service.first;
    double wait_min = arrivals_per_min * service.second / (2.0 * (1.0 - load));
    return (struct theory){
        .wait_min = wait_min, .queue = arrivals_per_min * wait_min, .in_use = load};
}

double theory_mg1_wait_squared(double arrivals_per_min, struct moments service)
{
    double wait_min = theory_mg1(arrivals_per_min, service).wait_min;
    return 2.0 * wait_min * wait_min +
           arrivals_per_min * service.third / (3.0 * (1.0 - arrivals_per_min * service.first));
}

double theory_cobham(const double arrivals_per_min[], const struct moments service[],
                     size_t classes, size_t k)
{
    double in_service = 0.0; /* what is left of the service that is found going on */
    double before = 0.0;     /* load of the classes that go first */
    for (size_t i = 0; i < classes; i++)
        in_service += arrivals_per_min[i] * service[i].second / 2.0;
    for (size_t i = 0; i < k; i++)
        before += arrivals_per_min[i] * service[i].first;
    double with = before + arrivals_per_min[k] * service[k].first;
    return in_service / ((1.0 - before) * (1.0 - with));
}
