#include "models/load.h"

#include <math.h>
#include <string.h>

/* Patients a year of one area by one way, taken to a hospital and, for some, on to a stroke unit.
 */
static void add_patients(const struct service *service, const struct route *route,
                         uint32_t treating, double strokes, struct offered_load load[])
{
    const double *p = service->parameters.value;
    double mimics = strokes * p[P_DEMAND_MIMIC_SHARE] / (1 - p[P_DEMAND_MIMIC_SHARE]);
    double first_days = strokes * p[P_STAY_HASU_MEAN_DAYS] + mimics * p[P_STAY_MIMIC_MEAN_DAYS];
    double later_days = strokes * p[P_STAY_SU_NEEDED_SHARE] * p[P_STAY_SU_MEAN_DAYS];
    load[treating].strokes += strokes;
    if (!hospital_is_hasu(&service->hospital[treating])) {
        load[treating].beds[BED_SU] += (first_days + later_days) / 365;
        return;
    }
    load[treating].beds[BED_HASU] += first_days / 365;
    if (route->own_su == NO_HOSPITAL)
        load[treating].beds[BED_HASU] += later_days / 365;
    else
        load[route->own_su].beds[BED_SU] += later_days / 365;
}

void load_offered(const struct service *service, const struct case_mix *mix,
                  struct offered_load load[])
{
    const double *p = service->parameters.value;
    double elsewhere = p[P_POLICY_ELSEWHERE_SHARE];
    memset(load, 0, service->hospitals * sizeof *load);
    for (size_t area = 0; area < service->region->areas; area++) {
        const struct route *route = &service->route[area];
        double strokes = case_mix_area_strokes(mix, area) * p[P_DEMAND_MULTIPLIER];
        add_patients(service, route, route->ambulance, strokes * (1 - elsewhere), load);
        add_patients(service, route, route->elsewhere, strokes * elsewhere, load);
    }
}

double load_share(const struct service *service, size_t hospital, enum bed_kind kind,
                  const struct offered_load *load)
{
    int beds = kind == BED_HASU ? service_hasu_beds(service, hospital)
                                : service_su_beds(service, hospital);
    return beds > 0 ? load->beds[kind] / beds : NAN;
}
