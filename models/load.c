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

/* Strokes and mimics of an area, a year. */
static struct flow area_flow(const struct service *service, const struct case_mix *mix, size_t area,
                             const double growth[AGE_BANDS])
{
    const double *p = service->parameters.value;
    double demand = area_demand(service, mix, area, growth);
    return (struct flow){demand * (1 - p[P_DEMAND_PREVENTED_SHARE]),
                         demand * p[P_DEMAND_MIMIC_SHARE] / (1 - p[P_DEMAND_MIMIC_SHARE])};
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
        struct flow all = area_flow(service, mix, area, growth);
        struct flow there = {all.strokes * elsewhere, all.mimics * elsewhere};
        struct flow here = {all.strokes * (1 - elsewhere), all.mimics * (1 - elsewhere)};
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

/* Of strokes and of mimics, the shares that come by ambulance. */
static struct flow ambulance_shares(const struct case_mix *mix)
{
    double tia = case_mix_tia_share(mix);
    struct flow share = {0, (1 - tia) * case_mix_ambulance_share(mix, TYPE_MIMIC) +
                                tia * case_mix_ambulance_share(mix, TYPE_TIA)};
    for (enum stroke_type type = 0; type < STROKES_END; type++)
        share.strokes += case_mix_ambulance_share(mix, type) * case_mix_type_share(mix, type);
    return share;
}

static size_t nearest_station(const struct fleet_plan *plan, size_t area)
{
    size_t station = 0;
    while (fleet_plan_to_area_min(plan, station, area) > plan->nearest_min[area])
        station++;
    return station;
}

/* Mean of a lognormal with this median's logarithm. */
static double lognormal_mean(double ln_p50, double sigma)
{
    return exp(ln_p50 + sigma * sigma / 2);
}

/* Minutes for which a patient of an area, taken to a hospital, takes a vehicle. */
static double task_min(const struct service *service, size_t area, uint32_t hospital)
{
    const double *p = service->parameters.value;
    const struct fleet_plan *plan = service->fleet;
    return plan->nearest_min[area] +
           lognormal_mean(service->ln_scene_p50, p[P_AMBULANCE_SCENE_SIGMA]) +
           region_minutes(service->region, area, service->hospital[hospital].site) +
           p[P_JOURNEY_ADDED_MIN] + p[P_AMBULANCE_AT_HOSPITAL_MIN] +
           fleet_plan_to_base_min(plan, hospital, nearest_station(plan, area));
}

/* Vehicle minutes a year that the patients of an area take. */
static double patients_min(const struct service *service, size_t area, struct flow all,
                           const struct flow *by_ambulance, const struct flow *picked)
{
    const struct route *route = &service->route[area];
    double elsewhere = service->parameters.value[P_POLICY_ELSEWHERE_SHARE];
    double called = all.strokes * by_ambulance->strokes + all.mimics * by_ambulance->mimics;
    double centre = all.strokes * picked->strokes + all.mimics * picked->mimics;
    return elsewhere * called * task_min(service, area, route->elsewhere) +
           (1 - elsewhere) * ((called - centre) * task_min(service, area, route->ambulance) +
                              centre * task_min(service, area, route->centre));
}

/* Vehicle minutes that another call of an area takes, on average. */
static double other_min(const struct fleet_plan *plan, size_t area)
{
    return plan->nearest_min[area] + lognormal_mean(plan->other_mu, plan->other_sigma);
}

static double mean_on_duty(const struct fleet_table *table)
{
    double vehicle_hours = 0;
    for (size_t s = 0; s < table->stations; s++)
        for (size_t hour = 0; hour < DAY_HOURS; hour++)
            vehicle_hours += table->station[s].vehicles[hour];
    return vehicle_hours / DAY_HOURS;
}

struct fleet_load load_fleet(const struct service *service, const struct case_mix *mix,
                             const double growth[AGE_BANDS])
{
    static const double week_min = WEEK_MIN, year_min = 365 * 1440.0;
    const struct fleet_plan *plan = service->fleet;
    struct flow by_ambulance = ambulance_shares(mix), picked = picked_out(service, mix);
    double before = 0, whole = plan->area_cumulative[plan->areas - 1];
    struct fleet_load load = {.on_duty = mean_on_duty(plan->table)};
    for (size_t area = 0; area < plan->areas; area++) {
        double others = plan->others_a_week * (plan->area_cumulative[area] - before) / whole;
        struct flow all = area_flow(service, mix, area, growth);
        load.out += patients_min(service, area, all, &by_ambulance, &picked) / year_min +
                    others * other_min(plan, area) / week_min;
        before = plan->area_cumulative[area];
    }
    return load;
}
