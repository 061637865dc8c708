/* How a network of wards is put together from its files; for network_scenario.c and the network_*.c
 * here alone. Every step reports what it finds wrong and goes on with what it has. */
#ifndef STROKESIM_SCENARIOS_READ_NETWORK_LOADER_H
#define STROKESIM_SCENARIOS_READ_NETWORK_LOADER_H

#include "scenarios/network_scenario.h"
#include "scenarios/read/scenario_loader.h"

enum { MOST_WARDS = 500, MOST_ROUTES = 20000, MOST_BEDS = 100000 };

/* Parameters of a network; the last are the scenario's alone. */
enum network_parameter {
    NP_DEMAND_MULTIPLIER,
    NP_STAY_MULTIPLIER,
    NP_DELAY_MULTIPLIER,
    NP_MAX_INSIDE,
    NETWORK_PARAMETERS
};

/* A patients file, read once however many configurations name it. */
struct patients_file {
    const char *named;
    const struct table *table;
    struct network_source *source;
    size_t *row; /* of each source */
    size_t sources;
    bool whole;
};

struct routes_file {
    const char *named;
    const struct table *table;
    struct network_route *route;
    size_t *row;
    size_t routes;
    bool whole;
};

struct hours_file {
    const char *named;
    int (*beds)[NETWORK_WEEK_HOURS]; /* ward by ward */
    bool *given;                     /* whether it has the ward */
};

struct network_draft {
    const struct yaml_node *node;
    const char *name;
    struct network_draft *from;
    const struct patients_file *patients;
    const struct routes_file *routes;
    const struct hours_file *hours;       /* its own; NULL: none */
    double parameter[NETWORK_PARAMETERS]; /* NAN: as `from` says */
    struct network_ward *ward;            /* when resolved */
    bool resolving;
};

struct network_loader {
    struct loader base; /* the head, the files, the command line */
    struct network_scenario *scenario;
    struct table *wards, *pools; /* the scenario's; NULL: unreadable, or none */
    bool wards_whole;
    struct network_ward *ward; /* as in the table */
    size_t ward_count;
    struct network_pool *pool;
    struct network_pool_member *member;
    size_t pool_count, members;
    struct patients_file *patients;
    struct routes_file *routes;
    struct hours_file *hours;
    size_t patients_files, routes_files, hours_files;
    bool classes_whole;
    double parameter[NETWORK_PARAMETERS];
    struct network_draft *draft;
    size_t drafts;
};

/* network_wards.c */
void network_read_wards(struct network_loader *loader);
void network_read_pools(struct network_loader *loader);
/* The ward of a name; reports, with the nearest, and returns -1. NULL place: does not report. */
int network_find_ward(const struct network_loader *loader, const char *name,
                      const struct place *place);
/* Sets a column of a ward from text. False: reported. */
bool network_set_ward(struct network_loader *loader, struct network_ward *ward, const char *field,
                      const char *text, const struct place *place);

/* network_flows.c: who comes and where they go. Files are found or read. NULL: unreadable. */
const struct patients_file *network_read_patients(struct network_loader *loader, const char *named);
const struct routes_file *network_read_routes(struct network_loader *loader, const char *named);
/* A table of the scenario, kept until it is freed. NULL: unreadable. */
struct table *network_read_table(struct network_loader *loader, const char *named, bool *whole);
/* Whether a word says that a patient leaves. */
bool network_is_way_out(const char *word);

/* network_hours.c: beds by the hour of the week. */
const struct hours_file *network_read_hours(struct network_loader *loader, const char *named);

/* network_drafts.c: parameters and configurations as written, and what holds in each. */
void network_read_parameters(struct network_loader *loader);
void network_read_drafts(struct network_loader *loader);
void network_resolve(struct network_loader *loader);

/* network_check.c: what only the whole shows. */
void network_check(struct network_loader *loader);

#endif
