/* strokesim report: writes report.html into a results folder. */
#include <argp.h>
#include <stdio.h>

#include "scenarios/cli/command.h"
#include "scenarios/cli/reporting.h"

struct report_arguments {
    const char *folder;
    struct report_options options;
};

enum { KEY_FOCUS = 256, KEY_BOUNDARIES };

static error_t parse(int key, char *text, struct argp_state *state)
{
    struct report_arguments *arguments = state->input;
    switch (key) {
    case KEY_FOCUS:
        arguments->options.focus = text;
        return 0;
    case KEY_BOUNDARIES:
        arguments->options.boundaries = text;
        return 0;
    case ARGP_KEY_ARG:
        if (arguments->folder != NULL)
            argp_error(state, "one folder at a time");
        arguments->folder = text;
        return 0;
    case ARGP_KEY_END:
        if (arguments->folder == NULL)
            argp_error(state, "which results? Give the folder that compare, "
                              "whatif, run or sweep wrote");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

int command_report(int argc, char **argv)
{
    static const struct argp_option options[] = {
        {"focus", KEY_FOCUS, "PLACE", 0, "Begin with what changes for this area or group", 0},
        {"boundaries", KEY_BOUNDARIES, "FILE", 0,
         "Draw these boundaries on the map: GeoJSON in longitude and latitude", 0},
        {0},
    };
    static const struct argp argp = {
        .options = options,
        .parser = parse,
        .args_doc = "DIR",
        .doc = "Writes report.html into a results folder: one file that opens offline and prints.\v"
               "compare, whatif and sweep write it as they end; this makes it anew, from the "
               "folder's files alone."};
    struct report_arguments arguments = {0};
    command_parse(&argp, argc, argv, &arguments);
    switch (reporting_make(arguments.folder, &arguments.options)) {
    case REPORT_WRITTEN:
        printf("The report is %s/report.html\n", arguments.folder);
        return EXIT_DONE;
    case REPORT_REFUSED:
        return EXIT_WRONG;
    case REPORT_NOT_BUILT:
    case REPORT_NOT_WRITTEN:
        break;
    }
    return EXIT_FAILED;
}
