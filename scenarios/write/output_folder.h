/* A results folder that appears whole or not at all.
 *
 * A folder with half its files looks like a result and is not. So a run writes into a temporary
 * sibling, `<name>.partial-XXXXXX`, on the same file system, and the folder gets its name by a
 * rename when everything is on disk. Whatever goes wrong before, the sibling is removed, and so
 * are the parent folders that were made for it.
 *
 * Nothing of the user's is overwritten by accident. What happens to a folder that is already
 * there is the caller's choice, and even by force only a folder that holds a manifest.json, which
 * is to say results of this program, is replaced.
 */
#ifndef STROKESIM_SCENARIOS_WRITE_OUTPUT_FOLDER_H
#define STROKESIM_SCENARIOS_WRITE_OUTPUT_FOLDER_H

#include "scenarios/write/fault.h"

#include <stdbool.h>

enum output_existing {
    OUTPUT_NUMBERED, /* if it exists, take the next free of NAME-2, NAME-3, ... */
    OUTPUT_NEW,      /* as OUTPUT_REFUSE, for a caller who never replaces */
    OUTPUT_REFUSE,   /* if it exists and is not empty, refuse */
    OUTPUT_REPLACE   /* replace an earlier result; refuse any other folder that is not empty */
};

struct output_folder;

/* Prepares the folder, creating missing parents. Refusals come at once, before hours of
   simulation, and are looked at again at commit. NULL, and the reason in *fault, on failure. */
struct output_folder *output_folder_new(const char *target, enum output_existing existing,
                                        struct write_fault *fault);

/* The temporary folder into which files are to be written. */
const char *output_folder_partial(const struct output_folder *folder);

/* The path of a file in it, to be freed by the caller; NULL when out of memory. */
char *output_folder_file(const struct output_folder *folder, const char *name);

/* Gives the folder its name. After success, output_folder_path is where the results are; a
   non-empty fault->text then warns of an earlier folder that was moved aside and could not be
   removed. After failure the target is as it was, and output_folder_free removes the rest. */
bool output_folder_commit(struct output_folder *folder, struct write_fault *fault);

/* Where the results are (after commit) or are meant to be (before; numbering may change it). */
const char *output_folder_path(const struct output_folder *folder);

/* The name of the folder with this number: NAME, NAME-2, ... To be freed; NULL: out of memory. */
char *output_numbered(const char *wanted, unsigned number);

/* Frees; without a commit, removes all that was written. NULL is legal. */
void output_folder_free(struct output_folder *folder);

/* Points the symbolic link `latest`, beside the committed folder, to it: relative, so that the
   parent can be moved, and replaced by a rename, so that it is never missing. Refuses to replace
   a `latest` that is no link. */
bool output_link_latest(const char *path, struct write_fault *fault);
bool output_folder_link_latest(const struct output_folder *folder, struct write_fault *fault);

#endif
