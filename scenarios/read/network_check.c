#include "scenarios/read/network_loader.h"

#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Shares with a few decimals that are meant to add up to 1. */
static const double share_tolerance = 1e-6;

/* --- one routes file -------------------------------------------------------------------------- */

static void check_shares(struct network_loader *loader, const struct routes_file *file)
{
    for (size_t r = 0; r < file->routes; r++) {
        const struct network_route *route = &file->route[r];
        double sum = 0;
        bool first = true;
        for (size_t i = 0; i < file->routes; i++)
            if (file->route[i].class == route->class && file->route[i].ward == route->ward) {
                sum += file->route[i].share;
                first = first && i >= r;
            }
        if (!first || fabs(sum - 1) <= share_tolerance)
            continue;
        int column = table_column(file->table, "share");
        struct place place = table_place(file->table, file->row[r], (size_t)column);
        diagnosis_error(loader->base.diagnosis, &place,
                        "shares of a patient's ways on from a ward add up to 1; what is missing "
                        "may leave",
                        "the shares of '%.60s' at %.60s add up to %g",
                        loader->scenario->class_name[route->class], loader->ward[route->ward].name,
                        sum);
    }
}

/* --- patients and routes together ------------------------------------------------------------- */

/* What a configuration has, before it is sorted. */
struct pairing {
    struct network_loader *loader;
    const struct patients_file *patients;
    const struct routes_file *routes;
    struct network network; /* borrows their arrays */
    bool *reached, *out, *has_routes;
};

static bool pair(struct pairing *pairing, struct network_loader *loader,
                 const struct network_draft *draft)
{
    size_t places = loader->scenario->classes * loader->ward_count + 1;
    *pairing = (struct pairing){.loader = loader,
                                .patients = draft->patients,
                                .routes = draft->routes,
                                .network = {.source = draft->patients->source,
                                            .sources = draft->patients->sources,
                                            .route = draft->routes->route,
                                            .routes = draft->routes->routes,
                                            .classes = loader->scenario->classes,
                                            .wards = loader->ward_count},
                                .reached = calloc(places, sizeof(bool)),
                                .out = calloc(places, sizeof(bool)),
                                .has_routes = calloc(places, sizeof(bool))};
    if (!pairing->reached || !pairing->out || !pairing->has_routes) {
        diagnosis_out_of_memory(loader->base.diagnosis);
        return false;
    }
    network_reach(&pairing->network, pairing->reached);
    network_ways_out(&pairing->network, pairing->out);
    for (size_t r = 0; r < draft->routes->routes; r++)
        pairing->has_routes[network_at(&pairing->network, draft->routes->route[r].class,
                                       draft->routes->route[r].ward)] = true;
    return true;
}

static void unpair(struct pairing *pairing)
{
    free(pairing->reached);
    free(pairing->out);
    free(pairing->has_routes);
}

/* Where it is said that a class comes to a ward: as the first, or from another. */
static struct place arrival_place(const struct pairing *pairing, size_t class, size_t ward)
{
    const struct patients_file *patients = pairing->patients;
    const struct routes_file *routes = pairing->routes;
    for (size_t s = 0; s < patients->sources; s++)
        if (patients->source[s].class == class && patients->source[s].ward == ward)
            return table_place(patients->table, patients->row[s],
                               (size_t)table_column(patients->table, "first_ward"));
    for (size_t r = 0; r < routes->routes; r++)
        if (routes->route[r].class == class && routes->route[r].next == (int)ward)
            return table_place(routes->table, routes->row[r],
                               (size_t)table_column(routes->table, "next"));
    return (struct place){.file = table_file(routes->table)};
}

/* True: none. */
static bool check_dead_ends(const struct pairing *pairing, size_t class)
{
    const struct network_loader *loader = pairing->loader;
    bool none = true;
    for (size_t w = 0; w < loader->ward_count; w++) {
        size_t at = network_at(&pairing->network, class, w);
        if (!pairing->reached[at] || pairing->has_routes[at])
            continue;
        none = false;
        struct place place = arrival_place(pairing, class, w);
        diagnosis_error(loader->base.diagnosis, &place,
                        "a row in the routes table: where they go from there, or leaves",
                        "'%.60s' come to %.60s and have nowhere to go",
                        loader->scenario->class_name[class], loader->ward[w].name);
    }
    return none;
}

/* Reported once for a class, where the loop begins. */
static void check_ways_out(const struct pairing *pairing, size_t class)
{
    const struct network_loader *loader = pairing->loader;
    const struct routes_file *routes = pairing->routes;
    for (size_t r = 0; r < routes->routes; r++) {
        const struct network_route *route = &routes->route[r];
        size_t at = network_at(&pairing->network, class, route->ward);
        if (route->class != class || !pairing->reached[at] || pairing->out[at])
            continue;
        struct place place =
            table_place(routes->table, routes->row[r], (size_t)table_column(routes->table, "next"));
        diagnosis_error(loader->base.diagnosis, &place,
                        "give some of them a row with next leaves somewhere on the way round",
                        "'%.60s' who come to %.60s go round for ever: there is no way out",
                        loader->scenario->class_name[class], loader->ward[route->ward].name);
        return;
    }
}

/* Rows that no patient ever follows are slips more often than not. */
static void warn_unused(const struct pairing *pairing)
{
    const struct network_loader *loader = pairing->loader;
    const struct routes_file *routes = pairing->routes;
    for (size_t r = 0; r < routes->routes; r++) {
        const struct network_route *route = &routes->route[r];
        if (pairing->reached[network_at(&pairing->network, route->class, route->ward)])
            continue;
        struct place place =
            table_place(routes->table, routes->row[r], (size_t)table_column(routes->table, "ward"));
        diagnosis_warning(loader->base.diagnosis, &place, NULL, "no '%.60s' ever come to %.60s",
                          loader->scenario->class_name[route->class],
                          loader->ward[route->ward].name);
    }
}

static void check_pairing(struct network_loader *loader, const struct network_draft *draft,
                          bool ward_reached[])
{
    struct pairing pairing;
    if (pair(&pairing, loader, draft)) {
        for (size_t class = 0; class < loader->scenario->classes; class ++)
            if (check_dead_ends(&pairing, class))
                check_ways_out(&pairing, class);
        warn_unused(&pairing);
        for (size_t at = 0; at < pairing.network.classes * loader->ward_count; at++)
            ward_reached[at % loader->ward_count] |= pairing.reached[at];
    }
    unpair(&pairing);
}

static bool is_whole(const struct network_draft *draft)
{
    return draft->patients && draft->patients->whole && draft->routes && draft->routes->whole;
}

/* Each pair of files is looked at where it first comes. */
static bool is_new_pair(const struct network_loader *loader, const struct network_draft *draft)
{
    for (const struct network_draft *other = loader->draft; other < draft; other++)
        if (other->patients == draft->patients && other->routes == draft->routes)
            return false;
    return true;
}

/* --- wards ------------------------------------------------------------------------------------ */

static struct place ward_place(const struct network_loader *loader, size_t ward, const char *column)
{
    int at = table_column(loader->wards, column);
    return table_place(loader->wards, ward, (size_t)(at < 0 ? 0 : at));
}

static void check_wards(struct network_loader *loader, const bool ward_reached[])
{
    for (size_t w = 0; w < loader->ward_count; w++) {
        struct place place = ward_place(loader, w, "ward");
        if (!ward_reached[w])
            diagnosis_warning(loader->base.diagnosis, &place,
                              "a route with this ward as next, or patients who begin here",
                              "nobody ever comes to %.60s", loader->ward[w].name);
        place = ward_place(loader, w, "beds");
        for (size_t d = 0; ward_reached[w] && d < loader->drafts; d++) {
            const struct network_ward *ward = &loader->draft[d].ward[w];
            if (ward->by_hour || ward->beds != 0)
                continue;
            diagnosis_error(loader->base.diagnosis, &place,
                            "at least 1 bed; empty: unlimited; to close it, give other routes",
                            "%.60s has no bed in '%.60s', and patients come to it", ward->name,
                            loader->draft[d].name ? loader->draft[d].name : "");
            break;
        }
    }
}

/* The census of a pool is of beds that never run out. */
static void check_pools(struct network_loader *loader)
{
    for (size_t m = 0; m < loader->members; m++) {
        size_t w = loader->member[m].ward;
        for (size_t d = 0; d < loader->drafts; d++) {
            const struct network_ward *ward = &loader->draft[d].ward[w];
            if (!ward->by_hour && ward->beds == NETWORK_UNLIMITED)
                continue;
            const struct place place = {.file = table_file(loader->pools), .key = "ward"};
            diagnosis_warning(loader->base.diagnosis, &place,
                              "leave the beds of its wards empty where pools are looked at",
                              "a pool is counted as if beds were unlimited, and those of %.60s in "
                              "'%.60s' are not",
                              ward->name, loader->draft[d].name ? loader->draft[d].name : "");
            return;
        }
    }
}

/* --- what comes of it ------------------------------------------------------------------------- */

static void *copy_of(const void *from, size_t count, size_t size)
{
    void *copy = calloc(count + 1, size);
    if (copy && count > 0)
        memcpy(copy, from, count * size);
    return copy;
}

static void scale(struct network *network, const double parameter[NETWORK_PARAMETERS])
{
    for (size_t s = 0; s < network->sources; s++)
        network->source[s].between =
            duration_scaled(&network->source[s].between, 1 / parameter[NP_DEMAND_MULTIPLIER]);
    for (size_t r = 0; r < network->routes; r++) {
        struct network_route *route = &network->route[r];
        route->stay = duration_scaled(&route->stay, parameter[NP_STAY_MULTIPLIER]);
        route->delay_mean_min *= parameter[NP_DELAY_MULTIPLIER];
    }
}

static bool make(struct network_loader *loader, const struct network_draft *draft,
                 struct network *network)
{
    const struct yaml_node *title = yaml_find(draft->node, "title");
    *network = (struct network){
        .name = draft->name,
        .title = title && yaml_text(title) ? yaml_text(title) : draft->name,
        .ward = copy_of(draft->ward, loader->ward_count, sizeof *draft->ward),
        .source = copy_of(draft->patients->source, draft->patients->sources,
                          sizeof *draft->patients->source),
        .route = copy_of(draft->routes->route, draft->routes->routes, sizeof *draft->routes->route),
        .pool = copy_of(loader->pool, loader->pool_count, sizeof *loader->pool),
        .member = copy_of(loader->member, loader->members, sizeof *loader->member),
        .class_name = loader->scenario->class_name,
        .wards = loader->ward_count,
        .sources = draft->patients->sources,
        .routes = draft->routes->routes,
        .pools = loader->pool_count,
        .members = loader->members,
        .classes = loader->scenario->classes,
    };
    if (!network->ward || !network->source || !network->route || !network->pool || !network->member)
        return false;
    scale(network, draft->parameter);
    return network_prepare(network);
}

static void make_all(struct network_loader *loader)
{
    struct network_scenario *scenario = loader->scenario;
    scenario->configuration = calloc(loader->drafts + 1, sizeof *scenario->configuration);
    scenario->multiplier = calloc(loader->drafts + 1, sizeof *scenario->multiplier);
    if (!scenario->configuration || !scenario->multiplier) {
        diagnosis_out_of_memory(loader->base.diagnosis);
        return;
    }
    for (size_t d = 0; d < loader->drafts; d++) {
        const double *parameter = loader->draft[d].parameter;
        scenario->multiplier[d][NETWORK_MULTIPLIER_DEMAND] = parameter[NP_DEMAND_MULTIPLIER];
        scenario->multiplier[d][NETWORK_MULTIPLIER_STAY] = parameter[NP_STAY_MULTIPLIER];
        scenario->multiplier[d][NETWORK_MULTIPLIER_DELAY] = parameter[NP_DELAY_MULTIPLIER];
        scenario->configurations++;
        if (!make(loader, &loader->draft[d], &scenario->configuration[d])) {
            diagnosis_out_of_memory(loader->base.diagnosis);
            return;
        }
    }
}

static void check_titles(struct network_loader *loader)
{
    for (size_t d = 0; d < loader->drafts; d++)
        free(loader_read_title(&loader->base, loader->draft[d].node, ""));
}

void network_check(struct network_loader *loader)
{
    gsl_set_error_handler_off(); /* GSL's default aborts; its results are checked instead */
    bool whole = loader->wards_whole && loader->drafts > 0;
    bool *ward_reached = calloc(loader->ward_count + 1, sizeof *ward_reached);
    if (!ward_reached) {
        diagnosis_out_of_memory(loader->base.diagnosis);
        return;
    }
    check_titles(loader);
    for (size_t f = 0; f < loader->routes_files; f++)
        if (loader->routes[f].whole)
            check_shares(loader, &loader->routes[f]);
    for (size_t d = 0; d < loader->drafts; d++) {
        struct network_draft *draft = &loader->draft[d];
        whole = whole && is_whole(draft) && draft->ward;
        if (is_whole(draft) && is_new_pair(loader, draft))
            check_pairing(loader, draft, ward_reached);
    }
    if (whole) {
        check_wards(loader, ward_reached);
        check_pools(loader);
    }
    free(ward_reached);
    if (whole && diagnosis_errors(loader->base.diagnosis) == 0)
        make_all(loader);
}
