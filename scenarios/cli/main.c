/* strokesim: the command line. Finds the command; everything else is the command's. */
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "scenarios/cli/command.h"
#include "scenarios/read/suggest.h"

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *purpose;
} commands[] = {
    {"compare", command_compare, "configurations of a scenario against its baseline"},
    {"whatif", command_whatif, "a change made here, against what it started from"},
    {"run", command_run, "one configuration on its own"},
    {"sweep", command_sweep, "a designed experiment over parameters, hospitals and beds"},
    {"merge", command_merge, "join the shards of a sweep"},
    {"report", command_report, "a results folder as one page that opens offline and prints"},
    {"beds", command_beds, "how many beds each unit or ward needs, in three figures"},
    {"trace", command_trace, "one patient's journey under every configuration"},
    {"check", command_check, "read a scenario, report every problem, run nothing"},
    {"params", command_params, "the parameter dictionary, with sources"},
    {"new", command_new, "write a small scenario to start one's own from"},
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static void print_help(FILE *stream)
{
    fputs("Usage: strokesim COMMAND [ARGUMENT...]\n\n"
          "Sends the same simulated stroke patients through different stroke services and\n"
          "compares lives, disability, journeys and cost.\n\n",
          stream);
    for (size_t i = 0; i < COMMANDS; i++)
        fprintf(stream, "  %-8s  %s\n", commands[i].name, commands[i].purpose);
    fputs("\nstrokesim COMMAND --help explains each. To begin:\n\n"
          "  strokesim compare scenarios/london-2010\n\n"
          "Exit status: 0 done, 1 the run failed, 2 the command line or the scenario is wrong,\n"
          "130 interrupted.\n",
          stream);
}

static int unknown_command(const char *name)
{
    const char *names[COMMANDS];
    for (size_t i = 0; i < COMMANDS; i++)
        names[i] = commands[i].name;
    const char *nearest = suggest_nearest(name, names, COMMANDS);
    fprintf(stderr, "strokesim: there is no command '%s'", name);
    if (nearest != NULL)
        fprintf(stderr, "; did you mean '%s'?", nearest);
    fputs("\nstrokesim --help lists the commands.\n", stderr);
    return EXIT_WRONG;
}

static int run(int argc, char **argv)
{
    setlocale(LC_CTYPE, "");
    if (argc < 2) {
        print_help(stderr);
        return EXIT_WRONG;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        print_help(stdout);
        return EXIT_DONE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("strokesim " STROKESIM_VERSION);
        return EXIT_DONE;
    }
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    return unknown_command(argv[1]);
}

/* What could not be printed is an error too: the reader of a pipe or a file would miss it. */
int main(int argc, char **argv)
{
    int status = run(argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fprintf(stderr, "strokesim: cannot print: %s\n", strerror(errno));
        if (status == EXIT_DONE)
            status = EXIT_FAILED;
    }
    return status;
}
