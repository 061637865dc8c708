#include "scenarios/cli/beds_answer.h"

#include <math.h>
#include <stdio.h>

#include "models/erlang.h"
#include "scenarios/cli/choice.h"
#include "scenarios/cli/command.h"
#include "scenarios/figure.h"
#include "scenarios/write/bed_results.h"

struct output_folder *beds_folder(const char *scenario, const struct options *options)
{
    struct write_fault fault = {0};
    struct output_folder *folder = choice_open_folder(scenario, options, &fault);
    if (folder == NULL)
        fprintf(stderr, "strokesim: %s\n", fault.text);
    return folder;
}

/* Says what the columns mean. */
static void print_columns(const struct bed_figures *figures)
{
    bool wards = figures->service == NULL;
    const char *changed = wards ? "one ward's beds" : "one kind of bed at one hospital";
    printf(
        "Three different figures, in %% of those who ask for a bed:\n"
        "  loss       by formula, who would be delayed if nobody ever waited: P(N = n)/P(N <= n),\n"
        "             as capacity models publish it (Erlang B at the offered load)\n"
        "  would wait by formula, who would wait if all waited in turn (Erlang C)\n"
        "  waits      simulated: who finds no bed free, with the beds of all %s finite, "
        "patients\n"
        "             blocking beds, and the scenario's own queues\n",
        wards ? "wards" : "hospitals");
    if (isnan(figures->bound))
        printf("The beds marked > are the configuration's; a row changes %s alone.\n", changed);
    else
        printf("The beds marked > were sized together so that 'waits' is at most %s%% everywhere;\n"
               "a row changes %s alone.\n",
               figure_of(figures->bound, "share").text, changed);
}

static void print_row(const struct bed_unit *unit, const struct bed_row *row)
{
    printf("%c %5d %12s %12s ", row->beds == unit->chosen ? '>' : ' ', row->beds,
           figure_of(erlang_loss(unit->load, row->beds), "share").text,
           figure_of(erlang_wait(unit->load, row->beds), "share").text);
    if (row->unstable)
        printf("%12s\n", "unstable");
    else
        printf("%12s\n", figure_of(row->simulated, "share").text);
}

static void print_unit(const struct bed_figures *figures, const struct bed_unit *unit)
{
    printf("\n%s", unit->hospital);
    if (figures->service != NULL)
        printf(", %s beds", bed_kind_words(unit->kind));
    printf(", offered load %.4g beds\n  %5s %12s %12s %12s\n", unit->load, "beds", "loss %",
           "would wait %", "waits %");
    for (size_t i = 0; i < unit->rows; i++)
        print_row(unit, &unit->row[i]);
}

static void print_figures(const struct bed_figures *figures, const char *const notes[])
{
    printf("%s: %s\n\n", figures->scenario->title, figures->configuration);
    print_columns(figures);
    for (; *notes != NULL; notes++)
        puts(*notes);
    for (size_t u = 0; u < figures->units; u++)
        print_unit(figures, &figures->unit[u]);
    printf("\n%llu replication%s of %g year%s each.\n", (unsigned long long)figures->replications,
           figures->replications == 1 ? "" : "s", figures->years, figures->years == 1 ? "" : "s");
}

int beds_answer(const struct bed_figures *figures, const char *const notes[], time_t start,
                struct output_folder *folder, const struct options *options)
{
    struct write_fault fault = {0};
    struct bed_results_about about = {.version = STROKESIM_VERSION,
                                      .command = options->command_line,
                                      .start = start,
                                      .end = time(NULL)};
    bool written = bed_results_write(folder, figures, &about, &fault);
    if (!choice_keep_folder(folder, options, written, &fault))
        return EXIT_FAILED;
    if (!options->quiet) {
        print_figures(figures, notes);
        printf("The results are in %s\n", output_folder_path(folder));
    }
    return EXIT_DONE;
}
