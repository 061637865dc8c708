#include "scenarios/cli/answer.h"
#include "scenarios/cli/command.h"
#include "scenarios/cli/network_simulate.h"
#include "scenarios/cli/simulate.h"

int command_compare(int argc, char **argv)
{
    static const struct options_command command = {
        .name = "compare",
        .arguments = "SCENARIO [NAME...]",
        .purpose =
            "Compares the named configurations of a scenario (all, if none is named) with its "
            "first, or with --baseline NAME, on the same patients.\v"
            "Writes CSV files and a manifest into a folder of its own, and says in words what came "
            "out and how sure it is.",
        .most_names = 1000,
        .baseline = true,
        .reports = true,
    };
    struct options options;
    if (!options_parse(&options, &command, argc, argv))
        return EXIT_FAILED;
    options.counts_beds = true;
    int status = network_scenario_is(options.scenario_path)
                     ? network_simulate(&options, true)
                     : simulate(&options, true, answer_compare);
    options_fini(&options);
    return status;
}
