/* A scenario: a folder of files, read and checked into a design that the models can run.
 *
 * scenario.yaml and its tables are read whole; every problem goes to the diagnosis with its file,
 * line, column and key, and with what would be right. What comes out is resolved: configurations
 * that build on another have what that one says, hospitals and parameters have one value each.
 *
 * Values are set in this order, the later over the earlier: the dictionary's default; the
 * scenario's `parameters`; the chosen variant; the configuration it is `from`; the configuration's
 * own `parameters`; --set on the command line, which holds in every configuration.
 * A value given as a number is certain; given as {value, low, high} it has that range; the
 * dictionary's default has the dictionary's.
 */
#ifndef SCENARIOS_SCENARIO_H
#define SCENARIOS_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/model.h"
#include "scenarios/read/diagnosis.h"

/* What the command line says of a scenario. */
struct scenario_options {
    const char *const *set; /* KEY=VALUE */
    size_t sets;
    const char *set_from; /* where those come from, in messages; NULL: --set */
    const char *variant;  /* NULL: none */
    double years;         /* NAN: the scenario's */
    bool seed_given;
    uint64_t seed;
};

struct scenario_input {
    char *name;    /* as the user knows it: relative to the scenario's folder */
    char *path;    /* to open it */
    bool observed; /* figures to hold results against: no part of what makes them */
};

struct observed; /* scenarios/observed.h */
struct target;   /* scenarios/target.h */

struct scenario {
    char *name, *title, *folder, *start; /* start: YYYY-MM-DD */
    struct design design;
    struct target *target; /* no part of the model: they change nothing that is simulated */
    size_t targets;
    struct observed *observed; /* likewise */
    size_t observations;
    struct scenario_input *input; /* every file read */
    size_t inputs;
    char **source; /* of values, as the files give them; configurations point here */
    size_t sources;
};

/* Reads the scenario of a folder, or of a YAML file. NULL when the diagnosis has errors (or memory
 * ran out, which the diagnosis says too). Warnings alone do not prevent it. */
struct scenario *scenario_read(const char *path, const struct scenario_options *options,
                               struct diagnosis *diagnosis);
void scenario_free(struct scenario *scenario); /* legal with NULL */

/* The place of a configuration by name, or -1. */
int scenario_find_configuration(const struct scenario *scenario, const char *name);

/* The word of a policy, as in scenario.yaml. */
const char *policy_word(enum policy policy);

#endif
