#include "models/network_inside.h"

/* Where a patient is in bed and where one waits. */
static void count_visitor(struct network_worker *worker, const struct visitor *visitor)
{
    const struct claim *held = &visitor->claim[visitor->held];
    const struct claim *asked = &visitor->claim[1 - visitor->held];
    if (visitor->ward != OUTSIDE)
        worker->ward[visitor->ward].counted.in_beds += claim_is_granted(held);
    if (visitor->next != NETWORK_LEAVES) {
        worker->ward[visitor->next].counted.in_beds += claim_is_granted(asked);
        worker->ward[visitor->next].counted.waiting += claim_is_waiting(asked);
    }
}

/* The patients inside, one by one. Returns how many. */
static uint64_t count_visitors(struct network_worker *worker)
{
    uint64_t inside = 0;
    for (size_t w = 0; w < worker->run->network->wards; w++)
        worker->ward[w].counted = (struct ward_count){0};
    for (size_t c = 0; c < worker->chunks; c++)
        for (size_t i = 0; i < VISITORS_A_CHUNK; i++)
            if (worker->chunk[c][i].source != NULL) {
                count_visitor(worker, &worker->chunk[c][i]);
                inside++;
            }
    return inside;
}

static bool ward_balances(const struct ward_state *ward)
{
    const struct ward_balance *balance = &ward->balance;
    return resource_check(&ward->beds) && balance->in_beds == ward->counted.in_beds &&
           balance->waiting == ward->counted.waiting &&
           balance->came ==
               balance->turned_away + balance->went_on + balance->in_beds + balance->waiting;
}

bool network_balances(struct network_worker *worker)
{
    const struct network_balance *balance = &worker->balance;
    uint64_t blocked = 0, in_beds = 0, waiting = 0;
    if (count_visitors(worker) != balance->inside)
        return false;
    for (size_t w = 0; w < worker->run->network->wards; w++) {
        const struct ward_state *ward = &worker->ward[w];
        if (!ward_balances(ward))
            return false;
        in_beds += ward->balance.in_beds;
        waiting += ward->balance.waiting;
        blocked += (uint64_t)ward->blocked.value;
    }
    if (balance->came != balance->left + balance->lost + balance->inside)
        return false;
    /* Who blocks is in one bed and waits for another. A run that was stopped at an instant may have
     * patients between the two. */
    return worker->status != NETWORK_OK || balance->inside == in_beds + waiting - blocked;
}
