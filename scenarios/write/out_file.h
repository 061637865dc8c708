/* A file being written, whose first error is kept until it is closed.
 *
 * A disk that is full shows at some write, at the flush, at fsync or only at close. Checking each
 * write would bury what is being written, so errors stick: writing goes on as if nothing were
 * wrong, and out_file_close says whether every byte reached the disk. Everything that writes a
 * result goes through here.
 */
#ifndef STROKESIM_SCENARIOS_WRITE_OUT_FILE_H
#define STROKESIM_SCENARIOS_WRITE_OUT_FILE_H

#include "scenarios/write/fault.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct out_file;

/* Creates or empties the file. NULL, and the reason in *fault, when that cannot be done. */
struct out_file *out_file_open(const char *path, struct write_fault *fault);

/* Opens a file that is there, cut to its first `size` bytes, to go on behind them. NULL, and the
   reason in *fault: it is not there, or shorter. */
struct out_file *out_file_append(const char *path, uint64_t size, struct write_fault *fault);

/* Brings what was put so far to the disk, and returns the size of the file; an error sticks. */
uint64_t out_file_sync(struct out_file *file);

void out_file_put(struct out_file *file, const char *bytes, size_t length);
void out_file_text(struct out_file *file, const char *text);
__attribute__((format(printf, 2, 3))) void out_file_print(struct out_file *file, const char *format,
                                                          ...);

/* Makes the file fail at close with this errno, unless it has failed already. */
void out_file_fail(struct out_file *file, int error);
bool out_file_failed(const struct out_file *file);

/* Flushes, syncs and closes, and frees the object whatever happens. False, and the reason in
 *fault, when anything since the opening went wrong. */
bool out_file_close(struct out_file *file, struct write_fault *fault);

/* Closes without looking, for a caller that gives up. NULL is legal. */
void out_file_abandon(struct out_file *file);

#endif
