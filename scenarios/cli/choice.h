/* Which configurations a command is about, by the names on its command line, and the folder that
 * its results go to: alike for every kind of scenario. */
#ifndef SCENARIOS_CLI_CHOICE_H
#define SCENARIOS_CLI_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

#include "scenarios/cli/options.h"
#include "scenarios/write/output_folder.h"

/* A scenario's configurations by name; names are the scenario's. */
struct named {
    const char *scenario;
    const char **name; /* to be freed */
    size_t count;
};

/* The place of the configuration, or -1, which is printed with the nearest name. */
int choice_find(const struct named *of, const char *name);

/* The baseline first if comparing, then those named on the command line, or all, each once: places
 * are written to `chosen`, which has room for them all, and counted. False: a name is unknown,
 * which is printed. */
bool choice_make(const struct named *of, const struct options *options, bool comparing,
                 size_t chosen[], size_t *count);

/* The folder that --out and --force ask for. NULL and the fault: it cannot be made. */
struct output_folder *choice_open_folder(const char *scenario, const struct options *options,
                                         struct write_fault *fault);

/* Gives the folder its name, if its tables are whole, and prints the fault if there is one. */
bool choice_keep_folder(struct output_folder *folder, const struct options *options, bool whole,
                        struct write_fault *fault);

#endif
