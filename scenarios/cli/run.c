#include "scenarios/cli/answer.h"
#include "scenarios/cli/command.h"
#include "scenarios/cli/network_simulate.h"
#include "scenarios/cli/simulate.h"

int command_run(int argc, char **argv)
{
    static const struct options_command command = {
        .name = "run",
        .arguments = "SCENARIO NAME",
        .purpose = "Runs one configuration of a scenario on its own.\v"
                   "Onset-to-arrival times are still those of the scenario's first configuration, "
                   "moved by the difference in journeys. A network of wards runs as it stands.",
        .fewest_names = 1,
        .most_names = 1,
    };
    struct options options;
    if (!options_parse(&options, &command, argc, argv))
        return EXIT_FAILED;
    int status = network_scenario_is(options.scenario_path) ? network_simulate(&options, false)
                                                            : simulate(&options, false, answer_run);
    options_fini(&options);
    return status;
}
