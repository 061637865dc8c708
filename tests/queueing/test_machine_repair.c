/*
 * Machines that fail and are repaired by so many crews, M/M/r//N: a closed queue, against the
 * distribution over states (Kleinrock, vol. 1, section 3.8). A machine is one process for ever.
 */
#include <criterion/criterion.h>

#include "tests/queueing/states.h"

/* The load is that of the crews if no machine ever stood still. */
static void assert_repair(const char *model, int crews, int machines, double load)
{
    static struct states like;
    like.servers = crews;
    like.machines = machines;
    like.rate = load * (double)crews / (double)machines;
    states_prepare(&like);
    struct theory truth = theory_from_states(&like.model, crews);
    cr_assert_eq(states_assert(model, load, &like, truth), CELLS_REPAIR / 2);
}

QUEUEING_TABLE(machine_repair, one_crew)
{
    assert_repair("M/M/1//6", 1, 6, *load);
}

QUEUEING_TABLE(machine_repair, three_crews)
{
    assert_repair("M/M/3//20", 3, 20, *load);
}
