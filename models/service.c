#include "models/service.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The rows behind a unit's own values; what is given by type of stroke has the row of them all. */
static const struct {
    enum unit_parameter first, last;
    enum parameter_id local, hasu;
} rows[] = {
    {UNIT_ORGANISED_CARE_SHARE, UNIT_ORGANISED_CARE_SHARE, P_UNIT_ORGANISED_CARE_SHARE,
     P_HASU_ORGANISED_CARE_SHARE},
    {UNIT_TREATED_IF_ELIGIBLE, UNIT_TREATED_IF_ELIGIBLE_LVO, P_UNIT_TREATED_IF_ELIGIBLE,
     P_HASU_TREATED_IF_ELIGIBLE},
    {UNIT_THROMBOLYSIS_RATE, UNIT_THROMBOLYSIS_RATE_LVO, P_UNIT_THROMBOLYSIS_RATE,
     P_HASU_THROMBOLYSIS_RATE},
    {UNIT_DOOR_TO_SCAN_P50_MIN, UNIT_DOOR_TO_SCAN_P50_MIN_HAEMORRHAGE, P_UNIT_DOOR_TO_SCAN_P50_MIN,
     P_HASU_DOOR_TO_SCAN_P50_MIN},
    {UNIT_DOOR_TO_SCAN_SIGMA, UNIT_DOOR_TO_SCAN_SIGMA_HAEMORRHAGE, P_TREATMENT_DOOR_TO_SCAN_SIGMA,
     P_TREATMENT_DOOR_TO_SCAN_SIGMA},
    {UNIT_SCANNED_IN_LIMIT_SHARE, UNIT_SCANNED_IN_LIMIT_SHARE_HAEMORRHAGE,
     P_TREATMENT_SCANNED_IN_LIMIT_SHARE, P_TREATMENT_SCANNED_IN_LIMIT_SHARE},
    {UNIT_SCAN_TO_NEEDLE_P50_MIN, UNIT_SCAN_TO_NEEDLE_P50_MIN_LVO, P_UNIT_SCAN_TO_NEEDLE_P50_MIN,
     P_HASU_SCAN_TO_NEEDLE_P50_MIN},
    {UNIT_SCAN_TO_NEEDLE_SIGMA, UNIT_SCAN_TO_NEEDLE_SIGMA_LVO, P_TREATMENT_SCAN_TO_NEEDLE_SIGMA,
     P_TREATMENT_SCAN_TO_NEEDLE_SIGMA},
    {UNIT_HOURS_EFFECT, UNIT_HOURS_EFFECT, P_UNIT_HOURS_EFFECT, P_HASU_HOURS_EFFECT},
    {UNIT_MT_TREATED_IF_ELIGIBLE, UNIT_MT_TREATED_IF_ELIGIBLE, P_MT_TREATED_IF_ELIGIBLE,
     P_MT_TREATED_IF_ELIGIBLE},
    {UNIT_MT_SCAN_TO_PUNCTURE_P50_MIN, UNIT_MT_SCAN_TO_PUNCTURE_P50_MIN,
     P_MT_SCAN_TO_PUNCTURE_P50_MIN, P_MT_SCAN_TO_PUNCTURE_P50_MIN},
};

enum parameter_id unit_parameter_id(enum unit_parameter which, bool hasu)
{
    size_t row = 0;
    while (which > rows[row].last)
        row++;
    return hasu ? rows[row].hasu : rows[row].local;
}

bool hospital_is_hasu(const struct hospital *hospital)
{
    return (hospital->roles & ROLE_HASU) != 0;
}

enum bed_kind hospital_first_bed(const struct hospital *hospital)
{
    return hospital_is_hasu(hospital) ? BED_HASU : BED_SU;
}

const char *hospital_roles_text(unsigned roles, char text[ROLES_TEXT])
{
    static const struct {
        unsigned role;
        const char *name;
    } names[] = {{ROLE_HASU, "hasu"},
                 {ROLE_SU, "su"},
                 {ROLE_STROKE, "stroke"},
                 {ROLE_MT, "mt"},
                 {ROLE_REHAB, "rehab"}};
    int length = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (roles & names[i].role)
            length += snprintf(text + length, ROLES_TEXT - (size_t)length, "%s%s",
                               length > 0 ? "+" : "", names[i].name);
    return length > 0 ? text : "none";
}

const char *bed_kind_name(enum bed_kind kind)
{
    static const char *const names[BED_KINDS] = {"hasu", "su", "rehab"};
    return names[kind];
}

const char *bed_kind_words(enum bed_kind kind)
{
    static const char *const words[BED_KINDS] = {"hyper-acute", "stroke-unit", "rehabilitation"};
    return words[kind];
}

bool service_has_hasu(const struct service *service)
{
    for (; service != NULL; service = service->next)
        for (size_t h = 0; h < service->hospitals; h++)
            if (hospital_is_hasu(&service->hospital[h]))
                return true;
    return false;
}

bool unit_has_own_rate(const struct unit *unit, enum stroke_type type)
{
    return !isnan(unit->thrombolysis_rate[type]) || !isnan(unit->thrombolysis_rate_all);
}

void service_set_treated_if_eligible(struct service *service, enum stroke_type type, double local,
                                     double hasu)
{
    for (size_t h = 0; h < service->hospitals; h++) {
        struct unit *unit = &service->unit[h];
        if (isnan(unit->treated_if_eligible[type]) && !unit_has_own_rate(unit, type))
            unit->treated_if_eligible[type] =
                hospital_is_hasu(&service->hospital[h]) ? hasu : local;
    }
}

/* A kind of hospital to look for: any of these roles, all of those, none of the last. */
struct wanted {
    unsigned any, all, none;
};

static const unsigned stroke_unit = ROLE_HASU | ROLE_SU | ROLE_STROKE;
static const struct wanted any_hospital = {0, 0, 0};
static const struct wanted not_hasu = {ROLE_SU | ROLE_STROKE, 0, ROLE_HASU};
static const struct wanted after_hasu = {ROLE_SU, 0, 0};
static const struct wanted rehabilitation = {ROLE_REHAB, 0, 0};

static struct wanted wanted_by(enum policy policy)
{
    switch (policy) {
    case POLICY_NEAREST_HASU:
        return (struct wanted){ROLE_HASU, 0, 0};
    case POLICY_NEAREST_MT:
        return (struct wanted){stroke_unit, ROLE_MT, 0};
    case POLICY_DRIP_AND_SHIP:
    case POLICY_MOTHERSHIP:
        return (struct wanted){ROLE_HASU | ROLE_STROKE, 0, 0};
    default:
        return (struct wanted){stroke_unit, 0, 0};
    }
}

/* A hospital that has beds of the kind it is wanted for; a count of 0 is no destination. */
static bool suits(const struct hospital *hospital, struct wanted wanted)
{
    if (wanted.any == 0)
        return true;
    if ((hospital->roles & wanted.any) == 0 || (hospital->roles & wanted.all) != wanted.all ||
        (hospital->roles & wanted.none) != 0)
        return false;
    unsigned as = hospital->roles & wanted.any;
    return hospital->beds[as & ROLE_HASU ? BED_HASU : as & ROLE_REHAB ? BED_REHAB : BED_SU] != 0;
}

bool hospital_suits(const struct hospital *hospital, enum policy policy)
{
    return suits(hospital, wanted_by(policy));
}

static uint32_t find_nearest(const struct service *service, size_t area, struct wanted wanted)
{
    uint32_t nearest = NO_HOSPITAL;
    double least = INFINITY;
    for (size_t h = 0; h < service->hospitals; h++) {
        double min = region_minutes(service->region, area, service->hospital[h].site);
        if (min < least && suits(&service->hospital[h], wanted)) {
            least = min;
            nearest = (uint32_t)h;
        }
    }
    return nearest;
}

static enum policy policy_of(const struct service *service)
{
    return (enum policy)service->parameters.value[P_POLICY_NAME];
}

static bool within_bypass_limit(const struct service *service, size_t hospital, size_t area)
{
    const struct region *region = service->region;
    uint32_t usual = service->route[area].ambulance;
    return region_minutes(region, area, service->hospital[hospital].site) -
               region_minutes(region, area, service->hospital[usual].site) <=
           service->parameters.value[P_POLICY_BYPASS_LIMIT_MIN];
}

bool service_takes(const struct service *service, size_t hospital, size_t area, enum way way)
{
    const struct hospital *to = &service->hospital[hospital];
    if (way == WAY_ELSEWHERE && policy_of(service) == POLICY_NEAREST_HASU)
        return suits(to, not_hasu);
    if (way == WAY_CENTRE)
        return suits(to, wanted_by(POLICY_NEAREST_MT)) &&
               within_bypass_limit(service, hospital, area);
    return suits(to, wanted_by(policy_of(service)));
}

static uint32_t find_ambulance(const struct service *service, size_t area,
                               const uint32_t *catchment)
{
    enum policy policy = policy_of(service);
    if (policy != POLICY_CATCHMENT)
        return find_nearest(service, area, wanted_by(policy));
    bool takes = catchment != NULL && catchment[area] < service->hospitals &&
                 service_takes(service, catchment[area], area, WAY_USUAL);
    return takes ? catchment[area] : NO_HOSPITAL;
}

static uint32_t find_centre(const struct service *service, size_t area)
{
    uint32_t usual = service->route[area].ambulance;
    if (policy_of(service) != POLICY_MOTHERSHIP)
        return usual;
    uint32_t centre = find_nearest(service, area, wanted_by(POLICY_NEAREST_MT));
    return centre != NO_HOSPITAL && within_bypass_limit(service, centre, area) ? centre : usual;
}

static bool is_anywhere(const struct service *service, struct wanted wanted)
{
    for (size_t h = 0; h < service->hospitals; h++)
        if (suits(&service->hospital[h], wanted))
            return true;
    return false;
}

static bool find_routes(struct service *service, const uint32_t *catchment)
{
    bool any_su = is_anywhere(service, after_hasu);
    bool any_rehab = is_anywhere(service, rehabilitation);
    for (size_t area = 0; area < service->region->areas; area++) {
        struct route *route = &service->route[area];
        route->nearest = find_nearest(service, area, any_hospital);
        route->ambulance = find_ambulance(service, area, catchment);
        if (route->ambulance == NO_HOSPITAL)
            return false;
        route->elsewhere = policy_of(service) == POLICY_NEAREST_HASU
                               ? find_nearest(service, area, not_hasu)
                               : NO_HOSPITAL;
        if (route->elsewhere == NO_HOSPITAL)
            route->elsewhere = route->ambulance;
        route->centre = find_centre(service, area);
        route->own_su = any_su ? find_nearest(service, area, after_hasu) : NO_HOSPITAL;
        route->own_rehab = any_rehab ? find_nearest(service, area, rehabilitation) : NO_HOSPITAL;
    }
    return true;
}

/* Where a hospital sends its patients for thrombectomy: to the nearest centre, unless it does them
 * itself or does not transfer. */
static void find_mt_centre(struct service *service, size_t h)
{
    enum policy policy = policy_of(service);
    bool transfers = policy == POLICY_DRIP_AND_SHIP || policy == POLICY_MOTHERSHIP ||
                     service->parameters.value[P_MT_TRANSFER] >= 0.5;
    struct unit *unit = &service->unit[h];
    unit->mt_centre = NO_HOSPITAL;
    unit->mt_transfer_min = INFINITY;
    if (!transfers || (service->hospital[h].roles & ROLE_MT) != 0)
        return;
    for (size_t to = 0; to < service->hospitals; to++) {
        double min = region_transfer_min(service->region, service->hospital[h].site,
                                         service->hospital[to].site) +
                     service->parameters.value[P_JOURNEY_ADDED_MIN];
        if (min < unit->mt_transfer_min &&
            hospital_suits(&service->hospital[to], POLICY_NEAREST_MT)) {
            unit->mt_transfer_min = min;
            unit->mt_centre = (uint32_t)to;
        }
    }
}

static void read_score(struct service *service)
{
    const double *p = service->parameters.value;
    if (policy_of(service) != POLICY_MOTHERSHIP)
        return; /* 0: nobody is picked out */
    service->picked_out[TYPE_LVO] = p[P_SCORE_SENSITIVITY];
    service->picked_out[TYPE_NLVO] = 1 - p[P_SCORE_SPECIFICITY];
    service->picked_out[TYPE_HAEMORRHAGE] = p[P_SCORE_HAEMORRHAGE_POSITIVE];
    service->picked_out[TYPE_MIMIC] = p[P_SCORE_MIMIC_POSITIVE];
    service->picked_out[TYPE_TIA] = p[P_SCORE_TIA_POSITIVE];
}

/* A hospital's own value for a type of stroke, else its own for all, times how the type differs;
 * else the configuration's, likewise. */
static double value_of(const struct service *service, size_t h, enum unit_parameter which,
                       enum stroke_type type, double ratio)
{
    const struct hospital *hospital = &service->hospital[h];
    if (type < STROKES_END && !isnan(hospital->own[which + 1 + type]))
        return hospital->own[which + 1 + type];
    if (!isnan(hospital->own[which]))
        return ratio * hospital->own[which];
    return ratio * service->parameters.value[unit_parameter_id(which, hospital_is_hasu(hospital))];
}

static double value_of_all(const struct service *service, size_t h, enum unit_parameter which)
{
    return value_of(service, h, which, TYPE_MIMIC, 1);
}

static void read_treatment(struct service *service, size_t h)
{
    const struct hospital *hospital = &service->hospital[h];
    const double *p = service->parameters.value;
    struct unit *unit = &service->unit[h];
    unit->thrombolysis_rate_all = hospital->own[UNIT_THROMBOLYSIS_RATE];
    for (enum stroke_type type = 0; type < ISCHAEMIC_TYPES; type++) {
        double ratio = p[P_TREATMENT_SCAN_TO_NEEDLE_RATIO_NLVO + type];
        unit->treated_if_eligible[type] = value_of(service, h, UNIT_TREATED_IF_ELIGIBLE, type, 1);
        unit->thrombolysis_rate[type] = hospital->own[UNIT_THROMBOLYSIS_RATE + 1 + type];
        unit->needle_mu[type] = log(value_of(service, h, UNIT_SCAN_TO_NEEDLE_P50_MIN, type, ratio));
        unit->needle_sigma[type] = value_of(service, h, UNIT_SCAN_TO_NEEDLE_SIGMA, type, 1);
    }
}

static void read_unit(struct service *service, size_t h)
{
    const double *p = service->parameters.value;
    struct unit *unit = &service->unit[h];
    *unit = (struct unit){
        .organised_care_share = value_of_all(service, h, UNIT_ORGANISED_CARE_SHARE),
        .mt_treated_if_eligible = service->hospital[h].roles & ROLE_MT
                                      ? value_of_all(service, h, UNIT_MT_TREATED_IF_ELIGIBLE)
                                      : 0,
        .hours_effect = value_of_all(service, h, UNIT_HOURS_EFFECT),
        .puncture_mu = log(value_of_all(service, h, UNIT_MT_SCAN_TO_PUNCTURE_P50_MIN)),
    };
    for (enum stroke_type type = 0; type < STROKE_TYPES; type++) {
        double ratio = type >= STROKES_END ? 1 : p[P_TREATMENT_DOOR_TO_SCAN_RATIO_NLVO + type];
        unit->scan_mu[type] = log(value_of(service, h, UNIT_DOOR_TO_SCAN_P50_MIN, type, ratio));
        unit->scan_sigma[type] = value_of(service, h, UNIT_DOOR_TO_SCAN_SIGMA, type, 1);
        unit->scanned_in_limit_share[type] =
            value_of(service, h, UNIT_SCANNED_IN_LIMIT_SHARE, type, 1);
    }
    read_treatment(service, h);
    find_mt_centre(service, h);
}

static bool scans_alike(const struct unit *unit, const struct scan_pattern *pattern)
{
    return memcmp(unit->scan_mu, pattern->mu, sizeof pattern->mu) == 0 &&
           memcmp(unit->scan_sigma, pattern->sigma, sizeof pattern->sigma) == 0 &&
           unit->hours_effect == pattern->hours_effect;
}

static void make_pattern(const struct service *service, const struct unit *unit,
                         struct scan_pattern *pattern)
{
    pattern->hours_effect = unit->hours_effect;
    memcpy(pattern->mu, unit->scan_mu, sizeof pattern->mu);
    memcpy(pattern->sigma, unit->scan_sigma, sizeof pattern->sigma);
    for (enum stroke_type type = 0; type < STROKE_TYPES; type++)
        for (size_t bin = 0; bin < WEEK_BINS; bin++) {
            double ln_ratio =
                unit->hours_effect * service->week.ln_time[bin * WEEK_HOURS / WEEK_BINS];
            pattern->cut[type][bin] =
                variate_lognormal_cut(unit->scan_mu[type] + ln_ratio, unit->scan_sigma[type],
                                      service->parameters.value[P_IVT_SCAN_LIMIT_MIN]);
        }
}

/* False: out of memory. */
static bool make_scans(struct service *service)
{
    size_t made = 0;
    struct scan_pattern *scans = malloc(service->hospitals * sizeof *scans + 1);
    for (size_t h = 0; scans != NULL && h < service->hospitals; h++) {
        struct unit *unit = &service->unit[h];
        size_t at = 0;
        while (at < made && !scans_alike(unit, &scans[at]))
            at++;
        if (at == made)
            make_pattern(service, unit, &scans[made++]);
        unit->scans = &scans[at];
    }
    service->scans = scans;
    return scans != NULL;
}

enum service_problem service_init(struct service *service, const struct region *region,
                                  const struct hospital *hospital, size_t hospitals,
                                  const struct parameters *parameters, const uint32_t *catchment)
{
    *service = (struct service){
        .parameters = *parameters,
        .region = region,
        .hospitals = hospitals,
        .hospital = hospital,
        .unit = calloc(hospitals, sizeof *service->unit),
        .route = calloc(region->areas, sizeof *service->route),
        .ln_response_p50 = log(parameters->value[P_AMBULANCE_RESPONSE_P50_MIN]),
        .ln_scene_p50 = log(parameters->value[P_AMBULANCE_SCENE_P50_MIN]),
        .beds_limited = parameters->value[P_BEDS_LIMITED] >= 0.5,
        .diverts = parameters->value[P_POLICY_DIVERT_WHEN_FULL] >= 0.5,
    };
    enum service_problem problem = SERVICE_OK;
    if (service->unit == NULL || service->route == NULL)
        problem = SERVICE_NO_MEMORY;
    else if (!find_routes(service, catchment))
        problem = SERVICE_NO_UNIT;
    if (problem != SERVICE_OK) {
        service_fini(service);
        return problem;
    }
    for (size_t h = 0; h < hospitals; h++)
        read_unit(service, h);
    read_score(service);
    week_performance_init(&service->week, parameters->value);
    if (!make_scans(service)) {
        service_fini(service);
        return SERVICE_NO_MEMORY;
    }
    outcome_model_init(&service->outcome, parameters);
    price_list_init(&service->prices, parameters);
    return SERVICE_OK;
}

/* Of one phase; the fleet is the first one's. */
static void fini_phase(struct service *service)
{
    free(service->unit);
    free(service->scans);
    free(service->route);
    service->unit = NULL;
    service->scans = NULL;
    service->route = NULL;
}

void service_fini(struct service *service)
{
    for (struct service *phase = service->next, *after; phase != NULL; phase = after) {
        after = phase->next;
        fini_phase(phase);
        free(phase);
    }
    fini_phase(service);
    fleet_plan_free(service->fleet);
    service->fleet = NULL;
    service->next = NULL;
}

enum service_problem service_add_phase(struct service *service, const struct hospital *hospital,
                                       double from_day, const uint32_t *catchment)
{
    struct service *last = service;
    while (last->next != NULL)
        last = last->next;
    struct service *phase = malloc(sizeof *phase);
    if (phase == NULL)
        return SERVICE_NO_MEMORY;
    enum service_problem problem = service_init(
        phase, service->region, hospital, service->hospitals, &service->parameters, catchment);
    if (problem != SERVICE_OK) {
        free(phase);
        return problem;
    }
    phase->lifetime = service->lifetime;
    phase->fleet = service->fleet;
    phase->start_weekday = service->start_weekday;
    phase->from_day = from_day;
    last->next = phase;
    return SERVICE_OK;
}

bool hospital_has_kind(const struct hospital *hospital, enum bed_kind kind)
{
    static const unsigned roles[BED_KINDS] = {ROLE_HASU, ROLE_SU | ROLE_STROKE, ROLE_REHAB};
    return (hospital->roles & roles[kind]) != 0;
}

int service_beds_counted(const struct service *service, size_t h, enum bed_kind kind)
{
    const struct hospital *hospital = &service->hospital[h];
    return hospital_has_kind(hospital, kind) ? hospital->beds[kind] : 0;
}

int service_beds(const struct service *service, size_t h, enum bed_kind kind)
{
    if (!hospital_has_kind(&service->hospital[h], kind))
        return 0;
    return service->beds_limited ? service->hospital[h].beds[kind] : BEDS_UNLIMITED;
}

bool service_has_beds(const struct service *service, size_t h, enum bed_kind kind)
{
    for (; service != NULL; service = service->next)
        if (service_beds(service, h, kind) != 0)
            return true;
    return false;
}

/* By weekday or always, as the hospitals file counts them. */
static int counted_on(const struct service *service, size_t h, enum bed_kind kind, int weekday)
{
    int beds = service_beds_counted(service, h, kind);
    const struct hospital *hospital = &service->hospital[h];
    return beds > 0 && hospital->by_weekday[kind] ? hospital->week_beds[kind][weekday] : beds;
}

int service_beds_on(const struct service *service, size_t h, enum bed_kind kind, int weekday)
{
    int beds = service_beds(service, h, kind);
    return beds > 0 ? counted_on(service, h, kind, weekday) : beds;
}

double service_week_beds(const struct service *service, size_t h, enum bed_kind kind)
{
    int beds = 0;
    if (service_beds(service, h, kind) == BEDS_UNLIMITED)
        return BEDS_UNLIMITED;
    for (int weekday = 0; weekday < WEEKDAYS; weekday++)
        beds += service_beds_on(service, h, kind, weekday);
    return (double)beds / WEEKDAYS;
}

/* Bed-days of one phase, from one day to another. */
static double bed_days(const struct service *phase, size_t h, enum bed_kind kind, double from_day,
                       double to_day)
{
    double total = 0;
    if (!phase->hospital[h].by_weekday[kind])
        return service_beds_counted(phase, h, kind) * (to_day - from_day);
    for (double day = floor(from_day); day < to_day; day++)
        total += counted_on(phase, h, kind, (phase->start_weekday + (int)day) % WEEKDAYS) *
                 (fmin(day + 1, to_day) - fmax(day, from_day));
    return total;
}

double service_mean_beds(const struct service *service, size_t h, enum bed_kind kind, bool counted,
                         double from_day, double to_day)
{
    double total = 0;
    if (!service_beds_change(service, h, kind))
        return counted ? service_beds_counted(service, h, kind) : service_beds(service, h, kind);
    for (; service != NULL; service = service->next) {
        double end = service->next == NULL ? to_day : fmin(to_day, service->next->from_day);
        double begin = fmax(from_day, service->from_day);
        if (begin >= end)
            continue;
        int beds =
            counted ? service_beds_counted(service, h, kind) : service_beds(service, h, kind);
        if (beds == BEDS_UNLIMITED)
            return BEDS_UNLIMITED;
        total += bed_days(service, h, kind, begin, end);
    }
    return total / (to_day - from_day);
}

bool service_beds_change(const struct service *service, size_t h, enum bed_kind kind)
{
    int first = service_beds_counted(service, h, kind);
    for (; service != NULL; service = service->next) {
        int beds = service_beds_counted(service, h, kind);
        if (beds != first || (beds > 0 && service->hospital[h].by_weekday[kind]))
            return true;
    }
    return false;
}

bool service_changes(const struct service *service)
{
    if (service->next != NULL)
        return true;
    for (size_t h = 0; service->beds_limited && h < service->hospitals; h++)
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
            if (service_beds_change(service, h, kind))
                return true;
    return false;
}

bool service_counts_beds(const struct service *service)
{
    for (; service != NULL; service = service->next)
        for (size_t h = 0; h < service->hospitals; h++)
            for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
                if (service_beds(service, h, kind) > 0)
                    return true;
    return false;
}

bool service_is_shared(const struct service *service)
{
    return service->fleet != NULL || service_counts_beds(service);
}
