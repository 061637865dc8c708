#include "models/network.h"

#include <gsl/gsl_linalg.h>
#include <stdlib.h>
#include <string.h>

/* By class and ward, else as they were written, so that results do not hang on the sort. */
static void sort_routes(struct network *network)
{
    for (size_t i = 1; i < network->routes; i++) {
        struct network_route route = network->route[i];
        size_t at = network_at(network, route.class, route.ward), to = i;
        for (; to > 0; to--) {
            const struct network_route *before = &network->route[to - 1];
            if (network_at(network, before->class, before->ward) <= at)
                break;
            network->route[to] = *before;
        }
        network->route[to] = route;
    }
}

static void index_routes(struct network *network)
{
    size_t places = network->classes * network->wards, r = 0;
    for (size_t at = 0; at < places; at++) {
        network->first_route[at] = r;
        double sum = 0;
        for (; r < network->routes; r++) {
            const struct network_route *route = &network->route[r];
            if (network_at(network, route->class, route->ward) != at)
                break;
            network->up_to[r] = sum += route->share;
        }
    }
    network->first_route[places] = r;
}

/* Whether ward `to` can be reached from `from` by moves of any class. */
static bool leads_to(const struct network *network, size_t from, size_t to, bool seen[])
{
    for (size_t r = 0; r < network->routes; r++) {
        const struct network_route *route = &network->route[r];
        if (route->ward != from || route->next < 0 || (size_t)route->next == from)
            continue;
        size_t next = (size_t)route->next;
        if (next == to)
            return true;
        if (seen[next])
            continue;
        seen[next] = true;
        if (leads_to(network, next, to, seen))
            return true;
    }
    return false;
}

bool network_prepare(struct network *network)
{
    bool *seen = calloc(network->wards + 1, sizeof *seen);
    network->first_route =
        calloc(network->classes * network->wards + 1, sizeof *network->first_route);
    network->up_to = calloc(network->routes + 1, sizeof *network->up_to);
    if (seen == NULL || network->first_route == NULL || network->up_to == NULL) {
        free(seen);
        return false;
    }
    sort_routes(network);
    index_routes(network);
    for (size_t w = 0; w < network->wards && !network->loops; w++) {
        memset(seen, 0, network->wards * sizeof *seen);
        network->loops = leads_to(network, w, w, seen);
    }
    free(seen);
    return true;
}

void network_fini(struct network *network)
{
    free(network->ward);
    free(network->source);
    free(network->route);
    free(network->pool);
    free(network->member);
    free(network->first_route);
    free(network->up_to);
    *network = (struct network){0};
}

void network_reach(const struct network *network, bool reached[])
{
    memset(reached, 0, network->classes * network->wards * sizeof *reached);
    for (size_t s = 0; s < network->sources; s++)
        reached[network_at(network, network->source[s].class, network->source[s].ward)] = true;
    for (bool more = true; more;) {
        more = false;
        for (size_t r = 0; r < network->routes; r++) {
            const struct network_route *route = &network->route[r];
            if (route->next < 0 || !(route->share > 0) ||
                !reached[network_at(network, route->class, route->ward)])
                continue;
            bool *next = &reached[network_at(network, route->class, (size_t)route->next)];
            more = more || !*next;
            *next = true;
        }
    }
}

void network_ways_out(const struct network *network, bool out[])
{
    memset(out, 0, network->classes * network->wards * sizeof *out);
    for (bool more = true; more;) {
        more = false;
        for (size_t r = 0; r < network->routes; r++) {
            const struct network_route *route = &network->route[r];
            bool *here = &out[network_at(network, route->class, route->ward)];
            bool leads =
                route->next < 0 || out[network_at(network, route->class, (size_t)route->next)];
            if (!leads || *here || !(route->share > 0))
                continue;
            *here = more = true;
        }
    }
}

/* Rates v with v = e + v P: what comes from outside, and what other wards send. */
static bool solve_class(const struct network *network, size_t class, const bool reached[],
                        gsl_matrix *system, gsl_vector *rate)
{
    gsl_matrix_set_identity(system);
    gsl_vector_set_zero(rate);
    for (size_t s = 0; s < network->sources; s++) {
        const struct network_source *source = &network->source[s];
        if (source->class == class)
            *gsl_vector_ptr(rate, source->ward) += 1 / source->between.mean;
    }
    for (size_t r = 0; r < network->routes; r++) {
        const struct network_route *route = &network->route[r];
        if (route->class == class && route->next >= 0 &&
            reached[network_at(network, class, route->ward)])
            *gsl_matrix_ptr(system, (size_t)route->next, route->ward) -= route->share;
    }
    gsl_permutation *permutation = gsl_permutation_alloc(network->wards);
    int sign;
    bool solved = permutation != NULL && gsl_linalg_LU_decomp(system, permutation, &sign) == 0 &&
                  gsl_linalg_LU_det(system, sign) != 0 &&
                  gsl_linalg_LU_svx(system, permutation, rate) == 0;
    gsl_permutation_free(permutation);
    return solved;
}

static bool all_can_leave(const struct network *network, const bool reached[])
{
    size_t places = network->classes * network->wards;
    bool *out = calloc(places + 1, sizeof *out), all = out != NULL;
    if (all)
        network_ways_out(network, out);
    for (size_t at = 0; all && at < places; at++)
        all = !reached[at] || out[at];
    free(out);
    return all;
}

bool network_traffic(const struct network *network, double per_min[])
{
    size_t wards = network->wards;
    bool *reached = calloc(network->classes * wards + 1, sizeof *reached);
    gsl_matrix *system = gsl_matrix_alloc(wards, wards);
    gsl_vector *rate = gsl_vector_alloc(wards);
    bool solved = reached != NULL && system != NULL && rate != NULL;
    if (solved) {
        network_reach(network, reached);
        solved = all_can_leave(network, reached);
    }
    for (size_t class = 0; solved && class < network->classes; class ++) {
        solved = solve_class(network, class, reached, system, rate);
        for (size_t w = 0; solved && w < wards; w++)
            per_min[network_at(network, class, w)] = gsl_vector_get(rate, w);
    }
    gsl_vector_free(rate);
    gsl_matrix_free(system);
    free(reached);
    return solved;
}

bool network_loads(const struct network *network, double load[])
{
    double *per_min = calloc(network->classes * network->wards + 1, sizeof *per_min);
    bool solved = per_min != NULL && network_traffic(network, per_min);
    for (size_t w = 0; w < network->wards; w++)
        load[w] = 0;
    for (size_t r = 0; solved && r < network->routes; r++) {
        const struct network_route *route = &network->route[r];
        load[route->ward] += per_min[network_at(network, route->class, route->ward)] *
                             route->share * (route->stay.mean + route->delay_mean_min);
    }
    free(per_min);
    return solved;
}
