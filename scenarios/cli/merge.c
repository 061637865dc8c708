/* strokesim merge: joins the shards of a sweep. */
#include <argp.h>
#include <stdio.h>
#include <stdlib.h>

#include "scenarios/cli/command.h"
#include "scenarios/cli/options.h"
#include "scenarios/cli/reporting.h"
#include "scenarios/cli/sweep_answer.h"
#include "scenarios/sweep/merge.h"
#include "scenarios/write/output_folder.h"

struct merging {
    const char *out;
    const char **folder;
    size_t folders;
    bool quiet, force;
    char *command_line;
};

enum { KEY_OUT = 256, KEY_QUIET, KEY_FORCE };

static error_t parse_option(int key, char *text, struct argp_state *state)
{
    struct merging *merging = state->input;
    switch (key) {
    case KEY_OUT:
        merging->out = text;
        return 0;
    case KEY_QUIET:
        merging->quiet = true;
        return 0;
    case KEY_FORCE:
        merging->force = true;
        return 0;
    case ARGP_KEY_ARG:
        merging->folder[merging->folders++] = text;
        return 0;
    case ARGP_KEY_END:
        if (merging->folders == 0)
            argp_error(state, "which folders? Name every shard's");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static bool are_shards(const struct merging *merging)
{
    struct diagnosis *diagnosis = diagnosis_new();
    if (diagnosis == NULL)
        return false;
    bool good = merge_check(merging->folder, merging->folders, diagnosis);
    diagnosis_print(diagnosis, stderr);
    diagnosis_free(diagnosis);
    return good;
}

static int merge(const struct merging *merging)
{
    struct write_fault fault = {0};
    if (!are_shards(merging))
        return EXIT_WRONG;
    enum output_existing existing = merging->force         ? OUTPUT_REPLACE
                                    : merging->out != NULL ? OUTPUT_REFUSE
                                                           : OUTPUT_NUMBERED;
    const char *to = merging->out != NULL ? merging->out : "results/sweep-merged";
    struct output_folder *folder = output_folder_new(to, existing, &fault);
    bool kept =
        folder != NULL && merge_write(merging->folder, merging->folders,
                                      output_folder_partial(folder), merging->command_line, &fault);
    bool reported = kept && reporting_add(output_folder_partial(folder),
                                          &(struct report_options){0}) == REPORT_WRITTEN;
    kept = kept && output_folder_commit(folder, &fault);
    if (kept && merging->out == NULL)
        output_folder_link_latest(folder, &fault);
    if (fault.text[0] != '\0')
        fprintf(stderr, "strokesim: %s\n", fault.text);
    if (kept && !merging->quiet)
        sweep_answer(output_folder_path(folder), false, reported);
    output_folder_free(folder);
    return kept ? EXIT_DONE : EXIT_FAILED;
}

int command_merge(int argc, char **argv)
{
    static const struct argp_option option[] = {
        {"out", KEY_OUT, "DIR", 0, "folder for the results (results/sweep-merged, numbered)", 0},
        {"quiet", KEY_QUIET, NULL, 0, "print nothing but errors", 0},
        {"force", KEY_FORCE, NULL, 0, "write over an earlier run", 0},
        {0}};
    static const struct argp argp = {
        .options = option,
        .parser = parse_option,
        .args_doc = "DIR...",
        .doc = "Joins the folders of all shards of a sweep (sweep --shard I/N) into the one that a "
               "single machine would have written, to the byte.\vSays what is missing or differs."};
    struct merging merging = {.folder = calloc((size_t)argc, sizeof *merging.folder),
                              .command_line = options_join(argc, argv)};
    int status = EXIT_FAILED;
    if (merging.folder != NULL && merging.command_line != NULL) {
        command_parse(&argp, argc, argv, &merging);
        status = merge(&merging);
    }
    free(merging.folder);
    free(merging.command_line);
    return status;
}
