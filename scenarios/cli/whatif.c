/* strokesim whatif: a change made on the command line, against the configuration it starts from. */
#include <stdio.h>
#include <stdlib.h>

#include "scenarios/change.h"
#include "scenarios/cli/answer.h"
#include "scenarios/cli/command.h"
#include "scenarios/cli/interrupt.h"
#include "scenarios/cli/places_asked.h"
#include "scenarios/cli/simulate.h"
#include "scenarios/cli/whatif_words.h"
#include "scenarios/network_scenario.h"
#include "scenarios/write/changed_scenario.h"

/* Of the evidence, three eighths of what compare has: an answer while the question is still on the
 * table. */
enum { DRAWS = 40 };

static void answer(const struct scenario *scenario, const struct experiment *experiment)
{
    answer_compare(scenario, experiment);
    if (experiment->draws == DRAWS)
        printf("With --set run.evidence_draws=128 the evidence is drawn as often as by compare.\n");
    whatif_say_groups(experiment);
}

/* Parts the --set of one configuration from those that hold on both sides, which stay with the
 * options and go to the reader. False: out of memory. */
static bool part_sets(struct options *options, const char ***own, size_t *owns)
{
    size_t kept = 0;
    *owns = 0;
    *own = calloc(options->scenario.sets + 1, sizeof **own);
    for (size_t i = 0; *own != NULL && i < options->scenario.sets; i++)
        if (change_is_of_one(options->set[i]))
            (*own)[(*owns)++] = options->set[i];
        else
            options->set[kept++] = options->set[i];
    if (*own != NULL)
        options->scenario.sets = kept;
    return *own != NULL;
}

static bool make_change(struct change *change, struct scenario *scenario,
                        const struct change_options *options)
{
    struct diagnosis *diagnosis = diagnosis_new();
    if (diagnosis == NULL) {
        fputs("strokesim: out of memory\n", stderr);
        return false;
    }
    bool made = change_make(change, scenario, options, diagnosis);
    diagnosis_print(diagnosis, stderr);
    diagnosis_free(diagnosis);
    return made;
}

/* Writes the changed scenario into a folder that is not kept yet. False: printed. */
static bool save(const struct options *options, const struct scenario *scenario,
                 const struct change *change, struct output_folder **folder)
{
    struct write_fault fault = {0};
    *folder = output_folder_new(options->save, OUTPUT_NEW, &fault);
    if (*folder != NULL &&
        changed_scenario_write(*folder, scenario, &options->scenario, change, &fault))
        return true;
    fprintf(stderr, "strokesim: --save: %s\n", fault.text);
    return false;
}

static int keep_saved(const struct options *options, const struct scenario *scenario,
                      const struct change *change, struct output_folder *folder, int status)
{
    struct write_fault fault = {0};
    if (status != EXIT_DONE && status != EXIT_INTERRUPTED)
        return status;
    if (!output_folder_commit(folder, &fault)) {
        fprintf(stderr, "strokesim: --save: %s\n", fault.text);
        return EXIT_FAILED;
    }
    if (!options->quiet)
        whatif_say_saved(scenario, change, options);
    return status;
}

static int run(struct options *options, struct scenario *scenario, const struct change *change)
{
    const size_t both[] = {change->from, change->to};
    struct output_folder *folder = NULL;
    char command[160];
    snprintf(command, sizeof command, "whatif-%.120s", change->slug);
    options->command = command; /* the folder's name */
    if (options->save != NULL && !save(options, scenario, change, &folder)) {
        output_folder_free(folder);
        return EXIT_FAILED;
    }
    if (!options->quiet)
        whatif_say_question(scenario, change, options);
    int status = simulate_chosen(options, scenario, both, 2, answer);
    if (folder != NULL)
        status = keep_saved(options, scenario, change, folder, status);
    output_folder_free(folder);
    return status;
}

static int ask(struct options *options)
{
    const char **own;
    size_t owns;
    if (!part_sets(options, &own, &owns)) {
        fputs("strokesim: out of memory\n", stderr);
        return EXIT_FAILED;
    }
    const struct change_options changes = {.from = options->from,
                                           .request = options->request,
                                           .requests = options->requests,
                                           .policy = options->policy,
                                           .set = own,
                                           .sets = owns,
                                           .beds = options->beds};
    struct change change;
    int status = EXIT_WRONG;
    struct scenario *scenario = simulate_read(options->scenario_path, &options->scenario);
    if (scenario != NULL && places_asked_check(options, scenario) &&
        make_change(&change, scenario, &changes)) {
        status = run(options, scenario, &change);
        change_fini(&change);
    }
    scenario_free(scenario);
    free(own);
    return status;
}

int command_whatif(int argc, char **argv)
{
    static const struct options_command command = {
        .name = "whatif",
        .arguments = "SCENARIO",
        .purpose =
            "Closes, opens or changes hospitals, the policy or any parameter of a service, and "
            "compares with the configuration it started from, patient by patient.\v"
            "UNIT is a hospital's name or a part of it that no other has. Beds of what closes move "
            "to those that take its patients. What has @MONTH holds from that month of the run on. "
            "A "
            "--set of what patients, treatment or published "
            "levels are like holds on both sides. The ranges of the evidence come from 40 draws, "
            "where compare takes 128, so they are rougher; --set run.evidence_draws=128 takes as "
            "many.",
        .changes = true,
        .reports = true,
    };
    struct options options;
    if (!options_parse(&options, &command, argc, argv))
        return EXIT_FAILED;
    options.draws = DRAWS;
    interrupt_watch(); /* before there is a folder to leave behind */
    int status = EXIT_WRONG;
    if (network_scenario_is(options.scenario_path))
        fputs("strokesim: whatif changes the hospitals of a stroke service; this is a network of "
              "wards, which check, run, compare and beds work on\n",
              stderr);
    else
        status = ask(&options);
    options_fini(&options);
    return status;
}
