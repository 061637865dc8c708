#include "scenarios/sizing.h"

#include <stdlib.h>
#include <string.h>

#include "models/erlang.h"

static int fewest_of(const struct sizing *sizing, size_t u)
{
    return sizing->fewest == NULL ? 1 : sizing->fewest[u];
}

static void begin(const struct sizing *sizing, int beds[])
{
    for (size_t u = 0; u < sizing->units; u++) {
        int wanted = sizing->load[u] > 0 ? erlang_beds_for_wait(sizing->load[u], sizing->bound) : 1;
        if (wanted < fewest_of(sizing, u))
            wanted = fewest_of(sizing, u);
        beds[u] = wanted < SIZING_MOST_BEDS ? wanted : SIZING_MOST_BEDS;
    }
}

static bool keeps_bound(const struct sizing *sizing, const double share[])
{
    for (size_t u = 0; u < sizing->units; u++)
        if (share[u] > sizing->bound)
            return false;
    return true;
}

/* More beds for each unit above the bound: one, of large units some. False: none can have one. */
static bool raise_beds(const struct sizing *sizing, int beds[], const double share[])
{
    bool raised = false;
    for (size_t u = 0; u < sizing->units; u++)
        if (share[u] > sizing->bound && beds[u] < SIZING_MOST_BEDS) {
            int more = beds[u] + 1 + beds[u] / 20;
            beds[u] = more < SIZING_MOST_BEDS ? more : SIZING_MOST_BEDS;
            raised = true;
        }
    return raised;
}

static enum sizing_status find_enough(const struct sizing *sizing, int beds[], double share[])
{
    for (;;) {
        if (!sizing->simulate(sizing->context, beds, share))
            return SIZING_FAILED;
        if (keeps_bound(sizing, share))
            return SIZING_OK;
        if (!raise_beds(sizing, beds, share))
            return SIZING_NOT_FOUND;
    }
}

/* Takes beds from one unit while all keep the bound; *less says whether it could. */
static bool lower_unit(const struct sizing *sizing, size_t u, int beds[], double share[],
                       double tried[], bool *less)
{
    while (beds[u] > fewest_of(sizing, u)) {
        beds[u]--;
        if (!sizing->simulate(sizing->context, beds, tried))
            return false;
        if (!keeps_bound(sizing, tried)) {
            beds[u]++;
            return true;
        }
        *less = true;
        memcpy(share, tried, sizing->units * sizeof *share);
    }
    return true;
}

static enum sizing_status find_fewest(const struct sizing *sizing, int beds[], double share[])
{
    double *tried = calloc(sizing->units + 1, sizeof *tried);
    bool less = true, simulated = tried != NULL;
    while (simulated && less) {
        less = false;
        for (size_t u = 0; simulated && u < sizing->units; u++)
            if (sizing->load[u] > 0)
                simulated = lower_unit(sizing, u, beds, share, tried, &less);
    }
    free(tried);
    return simulated ? SIZING_OK : SIZING_FAILED;
}

enum sizing_status sizing_find(const struct sizing *sizing, int beds[], double share[])
{
    begin(sizing, beds);
    enum sizing_status status = find_enough(sizing, beds, share);
    return status == SIZING_OK ? find_fewest(sizing, beds, share) : status;
}
