/* The commands of the program, one short file each; main.c has the table. A command gets its own
 * arguments (argv[0] is its name) and returns the exit status. */
#ifndef SCENARIOS_CLI_COMMAND_H
#define SCENARIOS_CLI_COMMAND_H

#include <argp.h>

enum exit_status {
    EXIT_DONE = 0,
    EXIT_FAILED = 1, /* the run failed */
    EXIT_WRONG = 2,  /* the command line or the scenario is wrong */
    EXIT_INTERRUPTED = 130
};

/* Parses a command's arguments: says what is wrong with them and exits with EXIT_WRONG, or prints
 * help and exits with EXIT_DONE. argv[0] is the command's name; argp sorts the others. */
void command_parse(const struct argp *argp, int argc, char **argv, void *input);

int command_compare(int argc, char **argv);
int command_whatif(int argc, char **argv);
int command_run(int argc, char **argv);
int command_sweep(int argc, char **argv);
int command_merge(int argc, char **argv);
int command_report(int argc, char **argv);
int command_beds(int argc, char **argv);
int command_trace(int argc, char **argv);
int command_check(int argc, char **argv);
int command_params(int argc, char **argv);
int command_new(int argc, char **argv);

#endif
