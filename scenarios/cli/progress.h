/* A bar with the time left, on a terminal; nothing on a pipe. */
#ifndef SCENARIOS_CLI_PROGRESS_H
#define SCENARIOS_CLI_PROGRESS_H

#include <stdbool.h>
#include <time.h>

struct progress {
    bool shown;
    struct timespec began, last;
};

void progress_begin(struct progress *progress, bool wanted);
void progress_show(struct progress *progress, double share);
void progress_end(struct progress *progress); /* wipes the line */

#endif
