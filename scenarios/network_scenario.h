/* A scenario that is a network of wards: `kind: network` in its scenario.yaml.
 *
 * Wards, patients and their routes are tables; configurations change beds, demand or whole tables.
 * Every problem goes to the diagnosis, as with a stroke service (scenarios/scenario.h), whose head
 * (name, title, start, years, seed, the files that were read) it shares.
 */
#ifndef SCENARIOS_NETWORK_SCENARIO_H
#define SCENARIOS_NETWORK_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/network.h"
#include "scenarios/read/table.h"
#include "scenarios/read/yaml_tree.h"
#include "scenarios/scenario.h"

/* What is multiplied in a configuration; the configuration itself is as multiplied. */
enum network_multiplier {
    NETWORK_MULTIPLIER_DEMAND,
    NETWORK_MULTIPLIER_STAY,
    NETWORK_MULTIPLIER_DELAY,
    NETWORK_MULTIPLIERS
};

struct network_scenario {
    struct scenario *about; /* of its design years, seed and start_weekday alone */
    struct network *configuration;
    double (*multiplier)[NETWORK_MULTIPLIERS]; /* of each configuration */
    size_t configurations;
    const char **class_name; /* the same in all configurations, as wards and pools are */
    size_t classes;
    double warm_up_days, max_inside;
    uint64_t replications;  /* that the scenario asks for */
    struct yaml_tree *tree; /* names are kept in these */
    struct table **table;
    size_t tables;
};

/* Whether the scenario of a folder or file says that it is one; false too when it cannot be read.
 */
bool network_scenario_is(const char *path);

/* NULL when the diagnosis has errors. */
struct network_scenario *network_scenario_read(const char *path,
                                               const struct scenario_options *options,
                                               struct diagnosis *diagnosis);
void network_scenario_free(struct network_scenario *scenario); /* legal with NULL */

/* The place of a configuration by name, or -1. */
int network_scenario_find(const struct network_scenario *scenario, const char *name);

#endif
