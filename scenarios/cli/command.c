#include "scenarios/cli/command.h"

#include <stdio.h>

void command_parse(const struct argp *argp, int argc, char **argv, void *input)
{
    char *given = argv[0], name[64];
    snprintf(name, sizeof name, "strokesim %s", given);
    argv[0] = name; /* what argp calls the program */
    argp_err_exit_status = EXIT_WRONG;
    argp_parse(argp, argc, argv, 0, NULL, input);
    argv[0] = given;
}
