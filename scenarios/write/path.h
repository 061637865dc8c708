/* Paths and folders: the few operations that an output folder is made of.
 *
 * Functions that return text return new memory, to be freed by the caller, or NULL when memory
 * ran out. Functions with a fault put into it what the system refused.
 */
#ifndef STROKESIM_SCENARIOS_WRITE_PATH_H
#define STROKESIM_SCENARIOS_WRITE_PATH_H

#include "scenarios/write/fault.h"

#include <stdbool.h>

char *path_join(const char *folder, const char *name);

/* The path without slashes at its end ("/" stays). */
char *path_trim(const char *path);

/* The folder that holds it: "." for a bare name. The path must be trimmed. */
char *path_parent(const char *path);

/* Where a path leads when every symbolic link is followed; NULL and errno when nowhere. */
char *path_resolve(const char *path);

/* The last part of a trimmed path: a pointer into it. */
const char *path_name(const char *path);

/* Creates the folder and what is missing above it. *made becomes the topmost folder that was
   created (new memory), or NULL when all were there; on failure nothing created is left. */
bool path_make_folders(const char *path, char **made, struct write_fault *fault);

/* Removes the folder and those above it, up to and including `made`, as far as they are empty. */
void path_remove_made(const char *path, const char *made);

/* Creates an empty folder `<path>.<mark>-XXXXXX` with X chosen so that it is new, and returns its
   path; NULL, with the fault set, on failure. */
char *path_make_sibling(const char *path, const char *mark, struct write_fault *fault);

/* Six characters that differ from call to call and from process to process; for names that are
   then created exclusively, not for secrets. */
void path_random_suffix(char suffix[7], unsigned attempt);

/* True for a folder without entries; false for any other folder and for what cannot be opened. */
bool path_is_empty_folder(const char *path);

/* Removes a folder and all in it, never following a symbolic link. */
bool path_remove_tree(const char *path, struct write_fault *fault);

/* Makes renames within the folder last through a power failure, where the system can. */
void path_sync_folder(const char *path);

#endif
