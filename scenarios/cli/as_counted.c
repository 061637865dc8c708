#include "scenarios/cli/as_counted.h"

#include <stdio.h>
#include <stdlib.h>

#include "scenarios/figure.h"
#include "sim/estimate.h"

static bool counts_beds(const struct service *service)
{
    for (size_t h = 0; h < service->hospitals; h++)
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
            if (service->hospital[h].beds[kind] > 0)
                return true;
    return false;
}

bool as_counted_applies(const struct experiment *comparison)
{
    bool counted = false;
    for (size_t a = 0; a < comparison->arms; a++) {
        size_t c = comparison->arm[a].configuration;
        const struct service *service = &comparison->model.service[c];
        if (service->beds_limited)
            return false;
        counted = counted || counts_beds(service);
    }
    return counted && comparison->arms > 1 && comparison->complete;
}

/* Sets the switch of every configuration and returns what they were, to be freed by unlimit(). */
static double *limit(struct design *design)
{
    double *was = calloc(design->configurations + 1, sizeof *was);
    for (size_t c = 0; was != NULL && c < design->configurations; c++) {
        was[c] = design->configuration[c].parameters.value[P_BEDS_LIMITED];
        design->configuration[c].parameters.value[P_BEDS_LIMITED] = 1;
    }
    return was;
}

static void unlimit(struct design *design, double *was)
{
    for (size_t c = 0; c < design->configurations; c++)
        design->configuration[c].parameters.value[P_BEDS_LIMITED] = was[c];
    free(was);
}

bool as_counted_run(struct experiment *counted, struct design *design,
                    const struct experiment *comparison, const struct experiment_options *like)
{
    uint64_t most = AS_COUNTED_REPLICATIONS;
    struct experiment_options options = {
        .configurations = like->configurations,
        .count = like->count,
        .replications = comparison->replications < most ? comparison->replications : most,
        .threads = like->threads,
        .stop = like->stop,
    };
    enum model_status model_status;
    double *was = limit(design);
    if (was == NULL)
        return false;
    enum experiment_status status = experiment_run(counted, design, &options, &model_status);
    unlimit(design, was);
    if (status == EXPERIMENT_STOPPED)
        experiment_fini(counted);
    return status == EXPERIMENT_OK;
}

void as_counted_say(const struct experiment *counted)
{
    const struct design *design = counted->design;
    for (size_t a = 1; a < counted->arms; a++) {
        const struct arm *arm = &counted->arm[a];
        const char *name = design->configuration[arm->configuration].name;
        struct estimate lives = estimate_from_tally(&arm->difference[METRIC_LIVES_SAVED], 0.95);
        if (!experiment_is_comparable(counted, arm)) {
            printf("With the beds that there are, more patients come than they can take.\n");
            continue;
        }
        printf("With the beds that there are, for which patients wait, %s saves %s lives a year\n"
               "(%s to %s; counted_units.csv has the waits).\n",
               name, figure_change(lives.mean, "").text, figure_change(lives.low, "").text,
               figure_change(lives.high, "").text);
    }
}
