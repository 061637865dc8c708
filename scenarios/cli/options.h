/* The options shared by the commands that simulate. */
#ifndef SCENARIOS_CLI_OPTIONS_H
#define SCENARIOS_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/metric.h"
#include "scenarios/change.h"
#include "scenarios/scenario.h"

struct options {
    const char *command; /* its name */
    char *command_line;  /* as it was typed */
    const char *scenario_path;
    const char **name; /* what follows the scenario: configurations, or a sweep's design */
    size_t names;
    const char *baseline;          /* NULL: the scenario's first configuration */
    const char *out;               /* NULL: results/<scenario>-<command> */
    uint64_t replication, patient; /* of the one to be told of */
    uint64_t replications;         /* 0: by precision */
    enum metric precision_metric;
    double precision_half_width;
    bool precision_given;
    double delay; /* share that may find no bed; NAN: not given */
    unsigned threads;
    const char **set;
    struct change_request *request; /* changes of hospitals, in their order */
    size_t requests;
    const char *from, *policy; /* NULL: not given */
    const char *save;          /* folder for the changed scenario; NULL: none */
    const char *focus;         /* the place that the report begins with; NULL: none */
    const char *boundaries;    /* a GeoJSON file for the report's map; NULL: none */
    enum change_beds beds;
    uint64_t draws;   /* of the evidence, the command's own usual number; 0: the dictionary's */
    bool counts_beds; /* the command's choice: unlimited beds are run once more as counted */
    struct scenario_options scenario;
    bool patients, quiet, force;
    uint64_t shard, shards; /* 1 of 1 */
    bool resume, yes;
};

/* What may stand on a command's line besides the shared options. */
struct options_command {
    const char *name, *arguments, *purpose; /* for --help */
    size_t fewest_names, most_names;        /* after the scenario */
    bool baseline;                          /* whether --baseline is for it */
    bool one_patient; /* it tells of one and writes nothing: --replication and --patient */
    bool sweeps;      /* its second argument is a design: --shard, --resume and --yes */
    bool sizes_beds;  /* its replications are not by precision: --delay */
    bool changes;     /* it changes a configuration: --close and the like */
    bool reports;     /* its report is by place: --focus and --boundaries */
};

/* Parses a command line; says what is wrong with it and exits with status 2, or prints help and
 * exits with 0. False: out of memory. */
bool options_parse(struct options *options, const struct options_command *command, int argc,
                   char **argv);

/* Whether the command's usual number of draws holds: neither the scenario nor --set says another.
 */
bool options_own_draws(const struct options *options, const struct configuration *first);

void options_fini(struct options *options);

/* A command line as it was typed, before argp sorts it; to be freed. NULL: out of memory. */
char *options_join(int argc, char **argv);

#endif
