#include "scenarios/cli/beds_of_service.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "scenarios/cli/beds_answer.h"
#include "scenarios/cli/command.h"
#include "scenarios/cli/interrupt.h"
#include "scenarios/cli/progress.h"
#include "scenarios/cli/simulate.h"
#include "scenarios/service_sizing.h"

enum { ROWS_EACH_WAY = 2, USUAL_REPLICATIONS = 16 };

static_assert(2 * ROWS_EACH_WAY + 1 <= BED_ROWS, "there is room for the rows of a unit");

/* A service whose beds are being looked for. */
struct bedding {
    const struct options *options;
    struct scenario *scenario;
    struct service_sizing sizing;
    int *beds;
    double *share;
    struct progress progress;
    struct bed_figures figures;
    bool changes; /* the service, over time */
};

static int say_failure(const struct bedding *bedding, enum sizing_status status)
{
    const struct service_sizing *sizing = &bedding->sizing;
    if (atomic_load(interrupt_watch()))
        return EXIT_INTERRUPTED;
    if (status == SIZING_NOT_FOUND)
        fprintf(stderr,
                "strokesim: not even %d beds of every kind keep the share that waits at %g\n",
                SIZING_MOST_BEDS, bedding->options->delay);
    else
        simulate_say_failure(bedding->scenario, &sizing->experiment, sizing->status,
                             sizing->model_status);
    return sizing->status == EXPERIMENT_MODEL ? EXIT_WRONG : EXIT_FAILED;
}

static enum sizing_status choose_beds(struct bedding *bedding)
{
    struct service_sizing *service = &bedding->sizing;
    struct sizing sizing = {
        .units = service->units,
        .load = service->load,
        .bound = bedding->options->delay,
        .fewest = service->fewest,
        .simulate = service_sizing_simulate,
        .context = service,
    };
    if (!isnan(sizing.bound))
        return sizing_find(&sizing, bedding->beds, bedding->share);
    memcpy(bedding->beds, service->own, service->units * sizeof *bedding->beds);
    return service_sizing_simulate(service, bedding->beds, bedding->share) ? SIZING_OK
                                                                           : SIZING_FAILED;
}

/* From row to row about half the spread of the beds that a load fills (Poisson's). */
static int step_of(double load)
{
    int step = (int)lround(sqrt(load) / 2);
    return step > 1 ? step : 1;
}

/* The rows of a unit, all others as they were chosen. False: the run failed. */
static bool simulate_unit(struct bedding *bedding, size_t u)
{
    struct service_sizing *sizing = &bedding->sizing;
    const struct hospital *hospital = sizing->design->configuration[sizing->configuration].hospital;
    struct bed_unit *unit = &bedding->figures.unit[u];
    int step = step_of(sizing->load[u]);
    *unit = (struct bed_unit){
        .hospital = sizing->design->region.site[hospital[sizing->unit[u].hospital].site].name,
        .kind = sizing->unit[u].kind,
        .load = sizing->load[u],
        .chosen = bedding->beds[u]};
    for (int away = -ROWS_EACH_WAY; away <= ROWS_EACH_WAY; away++) {
        bedding->beds[u] = unit->chosen + away * step;
        if (bedding->beds[u] < 1)
            continue;
        if (!service_sizing_simulate(sizing, bedding->beds, bedding->share))
            return false;
        unit->row[unit->rows++] =
            (struct bed_row){bedding->beds[u], bedding->share[u], sizing->unstable};
    }
    bedding->beds[u] = unit->chosen;
    return true;
}

static bool simulate_rows(struct bedding *bedding)
{
    bool simulated = true;
    progress_begin(&bedding->progress, !bedding->options->quiet);
    for (size_t u = 0; simulated && u < bedding->sizing.units; u++) {
        simulated = simulate_unit(bedding, u);
        progress_show(&bedding->progress, (double)(u + 1) / (double)bedding->sizing.units);
    }
    progress_end(&bedding->progress);
    return simulated;
}

/* What is to be said of the figures besides what their columns are. */
static void note(const struct bedding *bedding, const char *notes[4])
{
    size_t n = 0;
    notes[n++] = "All beds are counted. Who is sent on to another hospital's free bed has not "
                 "waited, so\nwhere hospitals help each other fewer wait than by formula.";
    if (bedding->changes)
        notes[n++] = "The service changes over time: these are beds for its first month, every "
                     "day alike.";
    if (!isnan(bedding->options->delay))
        notes[n++] = "None is sized below its own offered load.";
    notes[n] = NULL;
}

static bool make_room(struct bedding *bedding)
{
    size_t units = bedding->sizing.units;
    bedding->beds = calloc(units + 1, sizeof *bedding->beds);
    bedding->share = calloc(units + 1, sizeof *bedding->share);
    bedding->figures.unit = calloc(units + 1, sizeof *bedding->figures.unit);
    bedding->figures.units = units;
    if (bedding->beds && bedding->share && bedding->figures.unit)
        return true;
    bedding->sizing.status = EXPERIMENT_NO_MEMORY;
    return false;
}

static int size_beds(struct bedding *bedding, struct output_folder *folder)
{
    time_t start = time(NULL);
    const char *notes[4];
    if (!service_sizing_open(&bedding->sizing) || !make_room(bedding))
        return say_failure(bedding, SIZING_FAILED);
    enum sizing_status status = choose_beds(bedding);
    if (status == SIZING_OK && !simulate_rows(bedding))
        status = SIZING_FAILED;
    if (status != SIZING_OK)
        return say_failure(bedding, status);
    note(bedding, notes);
    return beds_answer(&bedding->figures, notes, start, folder, bedding->options);
}

static bool changes_over_time(const struct configuration *configuration)
{
    bool changes = configuration->laters > 0;
    for (size_t h = 0; h < configuration->hospitals; h++)
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
            changes = changes || configuration->hospital[h].by_weekday[kind];
    return changes;
}

/* Of the configuration in this place; the figures and the sizing begin here. */
static int size_configuration(struct bedding *bedding, size_t found)
{
    const struct options *options = bedding->options;
    struct design *design = &bedding->scenario->design;
    bedding->changes = changes_over_time(&design->configuration[found]);
    bedding->sizing = (struct service_sizing){
        .design = design,
        .configuration = found,
        .replications = options->replications > 0 ? options->replications : USUAL_REPLICATIONS,
        .threads = options->threads,
        .stop = interrupt_watch(),
    };
    bedding->figures = (struct bed_figures){
        .scenario = bedding->scenario,
        .configuration = design->configuration[found].name,
        .service = &design->configuration[found],
        .bound = options->delay,
        .replications = bedding->sizing.replications,
        .seed = design->seed,
        .years = design->years,
    };
    struct output_folder *folder = beds_folder(bedding->scenario->name, options);
    int status = folder == NULL ? EXIT_FAILED : size_beds(bedding, folder);
    output_folder_free(folder);
    service_sizing_close(&bedding->sizing);
    return status;
}

int beds_of_service(const struct options *options)
{
    struct bedding bedding = {
        .options = options, .scenario = simulate_read(options->scenario_path, &options->scenario)};
    if (bedding.scenario == NULL)
        return EXIT_WRONG;
    struct named named = simulate_names(bedding.scenario);
    int found = named.name == NULL ? -1 : choice_find(&named, options->name[0]);
    free(named.name);
    int status = found < 0 ? EXIT_WRONG : size_configuration(&bedding, (size_t)found);
    free(bedding.beds);
    free(bedding.share);
    free(bedding.figures.unit);
    scenario_free(bedding.scenario);
    return status;
}
