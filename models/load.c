#include "models/load.h"

#include <math.h>
#include <string.h>

/* Patients a year: strokes and mimics who go the same way. */
struct flow {
    double strokes, mimics;
};

/* Patients of one area taken to a hospital and, for some, on to a stroke unit. */
static void add_patients(const struct service *service, const struct route *route,
                         uint32_t treating, struct flow flow, struct offered_load load[])
{
    const double *p = service->parameters.value;
    double first_days =
        flow.strokes * p[P_STAY_HASU_MEAN_DAYS] + flow.mimics * p[P_STAY_MIMIC_MEAN_DAYS];
    if (route->own_rehab != NO_HOSPITAL)
        load[route->own_rehab].beds[BED_REHAB] +=
            flow.strokes * p[P_STAY_REHAB_NEEDED_SHARE] * p[P_STAY_REHAB_MEAN_DAYS] / 365;
    double later_days = flow.strokes * p[P_STAY_SU_NEEDED_SHARE] * p[P_STAY_SU_MEAN_DAYS];
    load[treating].strokes += flow.strokes;
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

/* Of strokes and of mimics, the shares that the ambulance's score picks out for a centre. */
static struct flow picked_out(const struct service *service, const struct case_mix *mix)
{
    double tia = case_mix_tia_share(mix);
    double mimics =
        (1 - tia) * service->picked_out[TYPE_MIMIC] + tia * service->picked_out[TYPE_TIA];
    struct flow share = {0, case_mix_ambulance_share(mix, TYPE_MIMIC) * mimics};
    for (enum stroke_type type = 0; type < STROKES_END; type++)
        share.strokes += case_mix_ambulance_share(mix, type) * case_mix_type_share(mix, type) *
                         service->picked_out[type];
    return share;
}

/* Candidates a year of one area: its own demand as multiplied and grown. */
static double area_demand(const struct service *service, const struct case_mix *mix, size_t area,
                          const double growth[AGE_BANDS])
{
    double strokes =
        case_mix_area_strokes(mix, area) * service->parameters.value[P_DEMAND_MULTIPLIER];
    double times = 0;
    for (enum age_band band = 0; growth != NULL && band < AGE_BANDS; band++)
        times += case_mix_band_share(mix, area, band) * growth[band];
    return growth == NULL ? strokes : strokes * times;
}

void load_offered(const struct service *service, const struct case_mix *mix,
                  const double growth[AGE_BANDS], struct offered_load load[])
{
    const double *p = service->parameters.value;
    double elsewhere = p[P_POLICY_ELSEWHERE_SHARE];
    struct flow picked = picked_out(service, mix);
    memset(load, 0, service->hospitals * sizeof *load);
    for (size_t area = 0; area < service->region->areas; area++) {
        const struct route *route = &service->route[area];
        double demand = area_demand(service, mix, area, growth);
        double strokes = demand * (1 - p[P_DEMAND_PREVENTED_SHARE]);
        double mimics = demand * p[P_DEMAND_MIMIC_SHARE] / (1 - p[P_DEMAND_MIMIC_SHARE]);
        struct flow there = {strokes * elsewhere, mimics * elsewhere};
        struct flow here = {strokes * (1 - elsewhere), mimics * (1 - elsewhere)};
        struct flow centre = {here.strokes * picked.strokes, here.mimics * picked.mimics};
        here.strokes -= centre.strokes;
        here.mimics -= centre.mimics;
        add_patients(service, route, route->ambulance, here, load);
        add_patients(service, route, route->centre, centre, load);
        add_patients(service, route, route->elsewhere, there, load);
    }
}

double load_share(const struct service *service, size_t hospital, enum bed_kind kind,
                  const struct offered_load *load)
{
    double beds = service_week_beds(service, hospital, kind);
    return beds > 0 ? load->beds[kind] / beds : NAN;
}
