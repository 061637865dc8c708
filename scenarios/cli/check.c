/* strokesim check: reads everything, reports every problem, runs nothing; prints offered load. */
#include <argp.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "models/load.h"
#include "scenarios/cli/command.h"
#include "scenarios/cli/network_simulate.h"
#include "scenarios/cli/simulate.h"
#include "scenarios/cli/targets.h"
#include "scenarios/figure.h"

enum { KEY_SET = 256, KEY_VARIANT };

struct check_options {
    const char *path;
    const char **set;
    struct scenario_options scenario;
};

static error_t parse(int key, char *text, struct argp_state *state)
{
    struct check_options *options = state->input;
    switch (key) {
    case KEY_SET:
        options->set[options->scenario.sets++] = text;
        return 0;
    case KEY_VARIANT:
        options->scenario.variant = text;
        return 0;
    case ARGP_KEY_ARG:
        if (options->path != NULL)
            argp_error(state, "one scenario at a time");
        options->path = text;
        return 0;
    case ARGP_KEY_END:
        if (options->path == NULL)
            argp_error(state, "which scenario? Name its folder");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* beds: on average over a week. */
static void print_kind(double load, double beds)
{
    char share[24];
    if (load == 0 && beds == 0)
        printf("  %9s %6s %6s", "-", "-", "-");
    else if (beds == BEDS_UNLIMITED)
        printf("  %9.1f %6s %6s", load, "any", "-");
    else {
        snprintf(share, sizeof share, "%.0f%%", 100 * load / beds);
        printf("  %9.1f %6.*f %6s", load, beds == floor(beds) ? 0 : 1, beds, share);
    }
}

/* Where patients will queue; the answer of compare points here. */
static void print_high(const struct service *service, const struct offered_load *load)
{
    for (size_t h = 0; h < service->hospitals; h++)
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++) {
            double share = load_share(service, h, kind, &load[h]);
            if (share > LOAD_HIGH)
                printf("warning: %s: its own patients would fill %.0f%% of its %s beds\n",
                       service->region->site[service->hospital[h].site].name, 100 * share,
                       bed_kind_words(kind));
        }
}

static void print_weeks(const struct service *service)
{
    for (size_t h = 0; h < service->hospitals; h++)
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++) {
            const struct hospital *hospital = &service->hospital[h];
            if (!hospital->by_weekday[kind] || service_beds(service, h, kind) <= 0)
                continue;
            printf("%s, %s beds from Monday to Sunday:", service->region->site[hospital->site].name,
                   bed_kind_words(kind));
            for (int weekday = 0; weekday < WEEKDAYS; weekday++)
                printf(" %d", hospital->week_beds[kind][weekday]);
            putchar('\n');
        }
}

/* When a phase begins, after a configuration's name; "" for the first. */
struct phase_words {
    char text[80];
};

static struct phase_words words_of(const struct configuration *configuration, size_t phase)
{
    struct phase_words words = {""};
    if (phase == 0)
        return words;
    const struct later_phase *later = &configuration->later[phase - 1];
    snprintf(words.text, sizeof words.text, " from month %d (%d-%02d-%02d)", later->month,
             later->date[0], later->date[1], later->date[2]);
    return words;
}

/* Calls times the time that each takes a vehicle, by the vehicles on duty. */
static void print_fleet(const struct service *service, const struct case_mix *mix,
                        const double *growth)
{
    struct fleet_load load = load_fleet(service, mix, growth);
    double share = load.out / load.on_duty;
    printf("ambulances: %.1f of %.1f on duty would be out on average (%.0f%%), if the nearest "
           "always\nhad one free\n",
           load.out, load.on_duty, 100 * share);
    if (share > LOAD_HIGH)
        printf("warning: calls would take %.0f%% of the ambulances' time\n", 100 * share);
}

/* growth: the demand of each age band against the start's; NULL: as at the start. */
static void print_load(const struct configuration *configuration, const struct service *service,
                       const struct case_mix *mix, const double *growth, const char *when)
{
    struct offered_load *load = calloc(service->hospitals, sizeof *load);
    if (load == NULL)
        return;
    load_offered(service, mix, growth, load);
    bool shown[BED_KINDS] = {true, true, false};
    for (size_t h = 0; h < service->hospitals; h++)
        shown[BED_REHAB] = shown[BED_REHAB] || service_has_beds(service, h, BED_REHAB);
    printf("\n%s%s: %s\n%-34s %8s", configuration->name, when, configuration->title, "hospital",
           "strokes");
    for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
        if (shown[kind])
            printf("%6s load %6s %6s", bed_kind_name(kind), "beds", "filled");
    putchar('\n');
    for (size_t h = 0; h < service->hospitals; h++) {
        printf("%-34s %8s", service->region->site[service->hospital[h].site].name,
               figure_count(load[h].strokes).text);
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
            if (shown[kind])
                print_kind(load[h].beds[kind], service_week_beds(service, h, kind));
        putchar('\n');
    }
    print_weeks(service);
    print_high(service, load);
    if (service->fleet != NULL)
        print_fleet(service, mix, growth);
    free(load);
}

/* The middle of the last year, when demand is what it is on average over it. */
static void print_last_year(const struct scenario *scenario, const struct model *model, size_t c)
{
    const struct design *design = &scenario->design;
    double growth[AGE_BANDS];
    char when[40];
    demand_growth(model->demand, fmax(0, design->years - 0.5), growth);
    snprintf(when, sizeof when, " in the last year, %d",
             design->start_year + (int)fmax(0, ceil(design->years) - 1));
    print_load(&design->configuration[c],
               service_phase(&model->service[c], fmax(0, design->years - 0.5) * 365), model->mix,
               growth, when);
}

static int print_scenario(const struct scenario *scenario)
{
    struct model model;
    enum model_status status = model_init(&model, &scenario->design, 0);
    if (status != MODEL_OK) {
        char why[MODEL_EXPLANATION];
        model_explain(&model, status, why);
        fprintf(stderr, "%s: error: %s\n", scenario->name, why);
        return EXIT_WRONG;
    }
    printf("%s: %s. %zu areas, %zu hospitals, %zu configurations; %s strokes a year. No errors.\n",
           scenario->name, scenario->title, scenario->design.region.areas,
           scenario->design.region.sites, scenario->design.configurations,
           figure_count(case_mix_strokes_per_year(model.mix)).text);
    targets_list(scenario);
    if (scenario->observations > 0)
        printf("\n%zu observed figure%s to hold results against, in observed.csv.\n",
               scenario->observations, scenario->observations == 1 ? "" : "s");
    printf("\nOffered load: beds filled on average if nobody waits and nobody dies early.\n");
    for (size_t c = 0; c < scenario->design.configurations; c++) {
        const struct configuration *configuration = &scenario->design.configuration[c];
        const struct service *service = &model.service[c];
        for (size_t phase = 0; service != NULL; phase++, service = service->next)
            print_load(configuration, service, model.mix, NULL,
                       words_of(configuration, phase).text);
        if (demand_grows(model.demand))
            print_last_year(scenario, &model, c);
    }
    model_fini(&model);
    return EXIT_DONE;
}

static int check_service(const struct check_options *options)
{
    struct scenario *scenario = simulate_read(options->path, &options->scenario);
    int status = scenario == NULL ? EXIT_WRONG : print_scenario(scenario);
    scenario_free(scenario);
    return status;
}

int command_check(int argc, char **argv)
{
    static const struct argp_option argp_options[] = {
        {"set", KEY_SET, "KEY=VALUE", 0, "change a parameter first; repeatable", 0},
        {"variant", KEY_VARIANT, "NAME", 0, "a set of parameters that the scenario names", 0},
        {0}};
    static const struct argp argp = {
        .options = argp_options,
        .parser = parse,
        .args_doc = "SCENARIO",
        .doc = "Reads a scenario and all its files, reports every problem at once with its place "
               "and what would be right, and runs nothing.\v"
               "Without errors it prints the offered load of every hospital by kind of bed, or of "
               "every ward of a network."};
    struct check_options options = {.set = calloc((size_t)argc, sizeof *options.set),
                                    .scenario = {.years = NAN}};
    if (options.set == NULL)
        return EXIT_FAILED;
    command_parse(&argp, argc, argv, &options);
    options.scenario.set = options.set;
    int status = network_scenario_is(options.path)
                     ? network_check_print(options.path, &options.scenario)
                     : check_service(&options);
    free(options.set);
    return status;
}
