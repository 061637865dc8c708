#include "scenarios/service_sizing.h"

#include <math.h>
#include <stdlib.h>

#include "models/erlang.h"
#include "models/load.h"

static bool make_room(struct service_sizing *sizing, size_t most)
{
    sizing->unit = calloc(most + 1, sizeof *sizing->unit);
    sizing->load = calloc(most + 1, sizeof *sizing->load);
    sizing->own = calloc(most + 1, sizeof *sizing->own);
    sizing->fewest = calloc(most + 1, sizeof *sizing->fewest);
    return sizing->unit && sizing->load && sizing->own && sizing->fewest;
}

static void add_unit(struct service_sizing *sizing, const struct service *service, size_t hospital,
                     enum bed_kind kind, double load)
{
    static const double usual_share = 0.1;
    size_t u = sizing->units++;
    int counted = service_beds_counted(service, hospital, kind);
    sizing->unit[u] = (struct service_unit){hospital, kind};
    sizing->load[u] = load;
    sizing->own[u] = counted > 0 ? counted : erlang_beds_for_wait(load, usual_share);
    sizing->fewest[u] = (int)fmin(floor(load) + 1, SIZING_MOST_BEDS);
}

static bool find_units(struct service_sizing *sizing, const struct model *model)
{
    const struct service *service = &model->service[sizing->configuration];
    struct offered_load *load = calloc(service->hospitals + 1, sizeof *load);
    if (load == NULL || !make_room(sizing, service->hospitals * BED_KINDS)) {
        free(load);
        return false;
    }
    load_offered(service, model->mix, NULL, load);
    for (size_t h = 0; h < service->hospitals; h++)
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
            if (load[h].beds[kind] > 0)
                add_unit(sizing, service, h, kind, load[h].beds[kind]);
    free(load);
    return true;
}

bool service_sizing_open(struct service_sizing *sizing)
{
    struct design *design = sizing->design;
    configuration_keep_first(&design->configuration[sizing->configuration]);
    design->configuration[sizing->configuration].parameters.value[P_BEDS_LIMITED] = 1;
    struct model *model = &sizing->experiment.model;
    sizing->status = EXPERIMENT_MODEL;
    sizing->model_status = model_init(model, design, 0);
    if (sizing->model_status != MODEL_OK)
        return false;
    bool found = find_units(sizing, model);
    model_fini(model);
    sizing->status = found ? EXPERIMENT_OK : EXPERIMENT_NO_MEMORY;
    return found;
}

void service_sizing_close(struct service_sizing *sizing)
{
    free(sizing->unit);
    free(sizing->load);
    free(sizing->own);
    free(sizing->fewest);
    sizing->units = 0;
}

static void set_beds(const struct service_sizing *sizing, const int beds[])
{
    struct configuration *configuration = &sizing->design->configuration[sizing->configuration];
    for (size_t u = 0; u < sizing->units; u++) {
        const struct service_unit *unit = &sizing->unit[u];
        configuration->hospital[unit->hospital].beds[unit->kind] = beds[u];
    }
}

static void take_shares(struct service_sizing *sizing, double share[])
{
    const struct arm *arm = &sizing->experiment.arm[0];
    sizing->unstable = arm->unstable;
    for (size_t u = 0; u < sizing->units; u++) {
        const struct service_unit *unit = &sizing->unit[u];
        const struct tally *waited =
            &arm->unit[unit->hospital].of[unit_metric_of_beds(unit->kind, 3)];
        share[u] = arm->unstable ? 1 : waited->n > 0 ? waited->mean : (double)NAN;
    }
}

bool service_sizing_simulate(void *context, const int beds[], double share[])
{
    struct service_sizing *sizing = context;
    struct experiment_options options = {
        .configurations = &sizing->configuration,
        .count = 1,
        .replications = sizing->replications,
        .threads = sizing->threads,
        .stop = sizing->stop,
    };
    set_beds(sizing, beds);
    sizing->status =
        experiment_run(&sizing->experiment, sizing->design, &options, &sizing->model_status);
    if (sizing->status == EXPERIMENT_STOPPED)
        experiment_fini(&sizing->experiment);
    if (sizing->status != EXPERIMENT_OK)
        return false;
    take_shares(sizing, share);
    /* All later candidates count the same window, and spare themselves the pilots. */
    sizing->design->configuration[0].parameters.value[P_RUN_WARMUP_DAYS] =
        sizing->experiment.warm_up_days;
    experiment_fini(&sizing->experiment);
    return true;
}
