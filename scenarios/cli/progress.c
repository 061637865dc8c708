#include "scenarios/cli/progress.h"

#include <stdio.h>
#include <unistd.h>

enum { WIDTH = 40 };

static double since(const struct timespec *then, struct timespec *now)
{
    clock_gettime(CLOCK_MONOTONIC, now);
    return (double)(now->tv_sec - then->tv_sec) + 1e-9 * (double)(now->tv_nsec - then->tv_nsec);
}

void progress_begin(struct progress *progress, bool wanted)
{
    progress->shown = wanted && isatty(STDERR_FILENO);
    clock_gettime(CLOCK_MONOTONIC, &progress->began);
    progress->last = progress->began;
}

void progress_show(struct progress *progress, double share)
{
    struct timespec now;
    if (!progress->shown || since(&progress->last, &now) < 0.1)
        return;
    progress->last = now;
    double passed = since(&progress->began, &now);
    int filled = (int)(share * WIDTH);
    fprintf(stderr, "\r  [%.*s%*s] %3.0f%%", filled, "########################################",
            WIDTH - filled, "", 100 * share);
    if (share > 0.02)
        fprintf(stderr, "  about %.0f s left ", passed / share - passed);
    fflush(stderr);
}

void progress_end(struct progress *progress)
{
    if (progress->shown)
        fprintf(stderr, "\r%*s\r", WIDTH + 40, "");
}
