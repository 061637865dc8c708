#include "scenarios/cli/choice.h"

#include <stdio.h>
#include <string.h>

#include "scenarios/read/suggest.h"

int choice_find(const struct named *of, const char *name)
{
    char remedy[300];
    for (size_t c = 0; c < of->count; c++)
        if (strcmp(of->name[c], name) == 0)
            return (int)c;
    const char *nearest = suggest_remedy(name, of->name, of->count, remedy, sizeof remedy);
    fprintf(stderr, "strokesim: %s has no configuration '%s'%s%s\n", of->scenario, name,
            nearest == NULL ? "" : "; ", nearest == NULL ? "" : nearest);
    return -1;
}

static void choose(size_t configuration, size_t chosen[], size_t *count)
{
    for (size_t i = 0; i < *count; i++)
        if (chosen[i] == configuration)
            return;
    chosen[(*count)++] = configuration;
}

bool choice_make(const struct named *of, const struct options *options, bool comparing,
                 size_t chosen[], size_t *count)
{
    *count = 0;
    if (comparing) {
        int baseline = options->baseline == NULL ? 0 : choice_find(of, options->baseline);
        if (baseline < 0)
            return false;
        choose((size_t)baseline, chosen, count);
    }
    for (size_t i = 0; i < options->names; i++) {
        int found = choice_find(of, options->name[i]);
        if (found < 0)
            return false;
        choose((size_t)found, chosen, count);
    }
    for (size_t c = 0; options->names == 0 && c < of->count; c++)
        choose(c, chosen, count);
    return true;
}

struct output_folder *choice_open_folder(const char *scenario, const struct options *options,
                                         struct write_fault *fault)
{
    char usual[512];
    snprintf(usual, sizeof usual, "results/%.200s-%s", scenario, options->command);
    enum output_existing existing = options->force         ? OUTPUT_REPLACE
                                    : options->out != NULL ? OUTPUT_REFUSE
                                                           : OUTPUT_NUMBERED;
    return output_folder_new(options->out != NULL ? options->out : usual, existing, fault);
}

bool choice_keep_folder(struct output_folder *folder, const struct options *options, bool whole,
                        struct write_fault *fault)
{
    bool kept = whole && output_folder_commit(folder, fault);
    if (kept && options->out == NULL)
        output_folder_link_latest(folder, fault);
    if (fault->text[0] != '\0')
        fprintf(stderr, "strokesim: %s\n", fault->text);
    return kept;
}
