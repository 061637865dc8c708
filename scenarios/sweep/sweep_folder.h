/* The results folder of a sweep: it grows point by point, and survives being killed.
 *
 * manifest.json (partial), design.csv and the headers of sweep.csv and sweep_differences.csv are
 * there before the first point. A point is added to both tables, which are then brought to the
 * disk, and after that progress.csv says how long both are: what a crash leaves behind those
 * lengths is cut off when the run is resumed. So a run that was killed and resumed ends with the
 * same bytes as one that never was. When the last point is in, what can be made of all of them is
 * made from the tables (analysis.h), manifest.json says complete, and progress.csv goes.
 *
 * One process at a time: the folder is locked, where the file system has locks.
 */
#ifndef SCENARIOS_SWEEP_SWEEP_FOLDER_H
#define SCENARIOS_SWEEP_SWEEP_FOLDER_H

#include <stdbool.h>
#include <stdint.h>

#include "scenarios/sweep/sweep.h"
#include "scenarios/sweep/sweep_manifest.h"
#include "scenarios/write/fault.h"

struct sweep_folder;

enum sweep_folder_way {
    SWEEP_FOLDER_NEW,     /* it must not be there, or be empty */
    SWEEP_FOLDER_REPLACE, /* an earlier result may be there, which is removed */
    SWEEP_FOLDER_RESUME,  /* goes on with what is there, or begins if there is nothing */
};

/* Opens the folder and makes it ready. NULL and the fault. In a folder to be resumed that another
 * run, scenario or design made, every difference is reported to the diagnosis, and nothing is
 * changed. */
struct sweep_folder *sweep_folder_open(const char *path, enum sweep_folder_way way,
                                       const struct sweep *sweep, const struct sweep_about *about,
                                       struct diagnosis *diagnosis, struct write_fault *fault);

/* Points that were there already. */
uint64_t sweep_folder_done(const struct sweep_folder *folder);

/* Adds a point. False: a write failed, and sweep_folder_close() says why. */
bool sweep_folder_add(struct sweep_folder *folder, const struct sweep_point *point);

/* Closes and frees. complete: all points of the shard are in; then the rest is written. False and
 * the fault: something could not be written; what was added before stays and can be resumed. */
bool sweep_folder_close(struct sweep_folder *folder, bool complete, struct write_fault *fault);

#endif
