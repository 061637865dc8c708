#include "scenarios/cli/beds_of_service.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/cli/bed_table.h"
#include "scenarios/cli/command.h"
#include "scenarios/cli/interrupt.h"
#include "scenarios/cli/progress.h"
#include "scenarios/cli/simulate.h"
#include "scenarios/service_sizing.h"

enum { ROWS_EACH_WAY = 2, ROWS = 2 * ROWS_EACH_WAY + 1, USUAL_REPLICATIONS = 16 };

/* A service whose beds are being looked for. */
struct bedding {
    const struct options *options;
    struct scenario *scenario;
    struct service_sizing sizing;
    int *beds;
    double *share;
    struct progress progress;
    struct bed_row (*row)[ROWS]; /* of each unit */
    size_t *rows;
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
    int chosen = bedding->beds[u], step = step_of(sizing->load[u]);
    for (int away = -ROWS_EACH_WAY; away <= ROWS_EACH_WAY; away++) {
        bedding->beds[u] = chosen + away * step;
        if (bedding->beds[u] < 1)
            continue;
        if (!service_sizing_simulate(sizing, bedding->beds, bedding->share))
            return false;
        bedding->row[u][bedding->rows[u]++] =
            (struct bed_row){bedding->beds[u], bedding->share[u], sizing->unstable};
    }
    bedding->beds[u] = chosen;
    return true;
}

static bool simulate_rows(struct bedding *bedding)
{
    bool simulated = true;
    progress_begin(&bedding->progress, true);
    for (size_t u = 0; simulated && u < bedding->sizing.units; u++) {
        simulated = simulate_unit(bedding, u);
        progress_show(&bedding->progress, (double)(u + 1) / (double)bedding->sizing.units);
    }
    progress_end(&bedding->progress);
    return simulated;
}

static void print_unit(const struct bedding *bedding, size_t u)
{
    const struct design *design = bedding->sizing.design;
    const struct service_unit *unit = &bedding->sizing.unit[u];
    const struct configuration *configuration =
        &design->configuration[bedding->sizing.configuration];
    char name[200];
    snprintf(name, sizeof name, "%.150s, %s beds",
             design->region.site[configuration->hospital[unit->hospital].site].name,
             bed_kind_words(unit->kind));
    struct bed_unit shown = {.name = name,
                             .load = bedding->sizing.load[u],
                             .chosen = bedding->beds[u],
                             .rows = bedding->rows[u],
                             .row = bedding->row[u]};
    bed_table_unit(&shown);
}

static void print_answer(const struct bedding *bedding)
{
    const struct service_sizing *sizing = &bedding->sizing;
    printf("%s: %s\n\n", bedding->scenario->title,
           sizing->design->configuration[sizing->configuration].name);
    bed_table_begin("hospitals", "one kind of bed at one hospital", bedding->options->delay);
    puts("All beds are counted. Who is sent on to another hospital's free bed has not waited, so\n"
         "where hospitals help each other fewer wait than by formula.");
    if (bedding->changes)
        puts("The service changes over time: these are beds for its first month, every day alike.");
    if (!isnan(bedding->options->delay))
        puts("None is sized below its own offered load.");
    for (size_t u = 0; u < sizing->units; u++)
        print_unit(bedding, u);
    printf("\n%llu replication%s of %g year%s each.\n", (unsigned long long)sizing->replications,
           sizing->replications == 1 ? "" : "s", sizing->design->years,
           sizing->design->years == 1 ? "" : "s");
}

static bool make_room(struct bedding *bedding)
{
    size_t units = bedding->sizing.units;
    bedding->beds = calloc(units + 1, sizeof *bedding->beds);
    bedding->share = calloc(units + 1, sizeof *bedding->share);
    bedding->row = calloc(units + 1, sizeof *bedding->row);
    bedding->rows = calloc(units + 1, sizeof *bedding->rows);
    if (bedding->beds && bedding->share && bedding->row && bedding->rows)
        return true;
    bedding->sizing.status = EXPERIMENT_NO_MEMORY;
    return false;
}

static int size_beds(struct bedding *bedding)
{
    if (!service_sizing_open(&bedding->sizing) || !make_room(bedding))
        return say_failure(bedding, SIZING_FAILED);
    enum sizing_status status = choose_beds(bedding);
    if (status == SIZING_OK && !simulate_rows(bedding))
        status = SIZING_FAILED;
    if (status != SIZING_OK)
        return say_failure(bedding, status);
    print_answer(bedding);
    return EXIT_DONE;
}

static bool changes_over_time(const struct configuration *configuration)
{
    bool changes = configuration->laters > 0;
    for (size_t h = 0; h < configuration->hospitals; h++)
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
            changes = changes || configuration->hospital[h].by_weekday[kind];
    return changes;
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
    int status = EXIT_WRONG;
    if (found >= 0) {
        bedding.changes = changes_over_time(&bedding.scenario->design.configuration[found]);
        bedding.sizing = (struct service_sizing){
            .design = &bedding.scenario->design,
            .configuration = (size_t)found,
            .replications = options->replications > 0 ? options->replications : USUAL_REPLICATIONS,
            .threads = options->threads,
            .stop = interrupt_watch(),
        };
        status = size_beds(&bedding);
        service_sizing_close(&bedding.sizing);
    }
    free(bedding.beds);
    free(bedding.share);
    free(bedding.row);
    free(bedding.rows);
    scenario_free(bedding.scenario);
    return status;
}
