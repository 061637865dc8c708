#include "models/volume.h"

#include <math.h>
#include <stdlib.h>

#include "models/pilot.h"
#include "models/treatment.h"

static const double least_share = 0.1; /* of the minutes that are left, whatever is saved */

double volume_saves_min(const struct parameters *parameters, double thrombolyses_per_year)
{
    const double *p = parameters->value;
    return thrombolyses_per_year >= 50   ? p[P_TREATMENT_VOLUME_50_SAVES_MIN]
           : thrombolyses_per_year >= 25 ? p[P_TREATMENT_VOLUME_25_SAVES_MIN]
                                         : 0;
}

static bool has_effect(const struct service *service)
{
    return service->parameters.value[P_TREATMENT_VOLUME_EFFECT] >= 0.5;
}

/* Expected thrombolyses a year by hospital of a service. */
static void count_volumes(const struct patient *pilot, const struct case_mix *mix,
                          const struct service *service, const struct service *reference,
                          double *volume)
{
    double each = case_mix_strokes_per_year(mix) * service->parameters.value[P_DEMAND_MULTIPLIER] /
                  PILOT_PATIENTS;
    for (size_t h = 0; h < service->hospitals; h++)
        volume[h] = 0;
    for (size_t i = 0; i < PILOT_PATIENTS; i++) {
        uint32_t h;
        double door_min = pilot_onset_to_door(service, reference, &pilot[i], &h);
        const struct unit *unit = &service->unit[h];
        double scan_min = treatment_door_to_scan(service, unit, &pilot[i]);
        if (treatment_in_time(service, &pilot[i], door_min, scan_min))
            volume[h] += each * unit->treated_if_eligible[pilot[i].type];
    }
}

static double volume_at(const struct service *service, const double *volume, size_t site)
{
    for (size_t h = 0; h < service->hospitals; h++)
        if (service->hospital[h].site == site)
            return volume[h];
    return 0;
}

static void speed_up(struct unit *unit, double saved_min)
{
    for (enum stroke_type type = 0; type < ISCHAEMIC_TYPES; type++) {
        double needle_min = exp(unit->scan_mu[type]) + exp(unit->needle_mu[type]);
        double ln_ratio = log(fmax(least_share, 1 - saved_min / needle_min));
        unit->scan_mu[type] += ln_ratio;
        unit->needle_mu[type] += ln_ratio;
    }
}

static void apply_to(struct service *service, const double *volume, const struct service *first,
                     const double *first_volume)
{
    for (size_t h = 0; h < service->hospitals; h++) {
        double before = volume_at(first, first_volume, service->hospital[h].site);
        double saved_min = volume_saves_min(&service->parameters, volume[h]) -
                           volume_saves_min(&service->parameters, before);
        if (saved_min != 0)
            speed_up(&service->unit[h], saved_min);
    }
}

bool volume_apply(const struct patient *pilot, const struct case_mix *mix, struct service *written,
                  struct service *running, size_t services)
{
    size_t most = written[0].hospitals;
    bool any = false;
    for (size_t s = 0; s < services; s++) {
        any = any || has_effect(&written[s]) || has_effect(&running[s]);
        most = running[s].hospitals > most ? running[s].hospitals : most;
    }
    if (!any)
        return true;
    double *first_volume = calloc(2 * most, sizeof *first_volume);
    if (first_volume == NULL)
        return false;
    double *volume = first_volume + most;
    count_volumes(pilot, mix, &written[0], &written[0], first_volume);
    for (size_t s = 0; s < services; s++)
        if (has_effect(&running[s])) {
            struct service *phase = &running[s];
            for (; phase != NULL; phase = phase->next) {
                count_volumes(pilot, mix, phase, &running[0], volume);
                apply_to(phase, volume, &written[0], first_volume);
            }
        }
    free(first_volume);
    return true;
}
