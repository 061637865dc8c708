#include "scenarios/filling.h"

#include "sim/estimate.h"

static void note(int *first, int year, double beds, double passed)
{
    if (*first == FILLING_NEVER && beds > passed)
        *first = year;
}

struct filling filling_of(const struct experiment *experiment, const struct arm *arm, size_t place,
                          enum bed_kind kind, double share)
{
    const struct service *service = &experiment->model.service[arm->configuration];
    struct filling filling = {FILLING_NEVER, FILLING_NEVER, FILLING_NEVER};
    for (size_t year = 0; year < experiment->years; year++) {
        const struct year_tallies *of = &arm->yearly[year * (service->hospitals + 1) + place];
        struct estimate beds = estimate_from_tally(&of->in_use[kind], 0.95);
        double passed = share * yearly_beds_counted(service, place, kind, year);
        note(&filling.year, (int)year, beds.mean, passed);
        note(&filling.earliest, (int)year, beds.high, passed);
        note(&filling.latest, (int)year, beds.low, passed);
    }
    return filling;
}
