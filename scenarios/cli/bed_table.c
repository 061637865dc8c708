#include "scenarios/cli/bed_table.h"

#include <math.h>
#include <stdio.h>

#include "models/erlang.h"
#include "scenarios/figure.h"

void bed_table_begin(const char *units, const char *changed, double bound)
{
    printf(
        "Three different figures, in %% of those who ask for a bed:\n"
        "  loss       by formula, who would be delayed if nobody ever waited: P(N = n)/P(N <= n),\n"
        "             as capacity models publish it (Erlang B at the offered load)\n"
        "  would wait by formula, who would wait if all waited in turn (Erlang C)\n"
        "  waits      simulated: who finds no bed free, with the beds of all %s finite, "
        "patients\n"
        "             blocking beds, and the scenario's own queues\n",
        units);
    if (isnan(bound))
        printf("The beds marked > are the configuration's; a row changes %s alone.\n", changed);
    else
        printf("The beds marked > were sized together so that 'waits' is at most %s%% everywhere;\n"
               "a row changes %s alone.\n",
               figure_of(bound, "share").text, changed);
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

void bed_table_unit(const struct bed_unit *unit)
{
    printf("\n%s, offered load %.4g beds\n  %5s %12s %12s %12s\n", unit->name, unit->load, "beds",
           "loss %", "would wait %", "waits %");
    for (size_t i = 0; i < unit->rows; i++)
        print_row(unit, &unit->row[i]);
}
