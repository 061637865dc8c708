/* strokesim beds: how many beds, by two formulas and by simulation. */
#include "scenarios/cli/beds_of_network.h"
#include "scenarios/cli/beds_of_service.h"
#include "scenarios/cli/command.h"
#include "scenarios/cli/interrupt.h"
#include "scenarios/network_scenario.h"

int command_beds(int argc, char **argv)
{
    static const struct options_command command = {
        .name = "beds",
        .arguments = "SCENARIO NAME",
        .purpose = "Says for each hospital and kind of bed, or each ward of a network, over a few "
                   "numbers of beds, the published loss figure, the share that would wait, and "
                   "the share that waits in simulation, and writes them as beds.csv.\v"
                   "With --delay P it first finds the beds of all of them together with which at "
                   "most P of those who ask for a bed find none free. It counts the beds of a "
                   "stroke service whatever beds.limited says.",
        .fewest_names = 1,
        .most_names = 1,
        .sizes_beds = true,
    };
    struct options options;
    if (!options_parse(&options, &command, argc, argv))
        return EXIT_FAILED;
    interrupt_watch(); /* before there is a folder to leave behind */
    int status = network_scenario_is(options.scenario_path) ? beds_of_network(&options)
                                                            : beds_of_service(&options);
    options_fini(&options);
    return status;
}
