#include "models/calibration.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_roots.h>
#include <math.h>
#include <stdlib.h>

#include "models/journey.h"
#include "models/treatment.h"
#include "models/volume.h"

/* How the pilot patients reach the first service, which calibration mostly looks at, and when they
 * call, which is the same under every service. */
struct pilot_way {
    double delay_to_call_min, door_min; /* after onset; the treating hospital's door */
    uint32_t hospital;
};

struct pilot {
    struct patient *patient; /* PILOT_PATIENTS */
    struct pilot_way *way;
    const struct service *first; /* as written */
};

static void pilot_fini(struct pilot *pilot)
{
    free(pilot->patient);
    free(pilot->way);
}

/* False: out of memory. */
static bool pilot_init(struct pilot *pilot, const struct pilot_people *people,
                       const struct case_mix *mix, const struct service *first)
{
    *pilot = (struct pilot){.patient = pilot_draw(people, mix),
                            .way = malloc(PILOT_PATIENTS * sizeof *pilot->way),
                            .first = first};
    if (pilot->patient == NULL || pilot->way == NULL) {
        pilot_fini(pilot);
        return false;
    }
    bool is_usual = first->parameters.value[P_JOURNEY_ADDED_MIN] == 0;
    for (size_t i = 0; i < PILOT_PATIENTS; i++) {
        const struct patient *patient = &pilot->patient[i];
        struct pilot_way *way = &pilot->way[i];
        double to_door_min = pilot_call_to_door(first, patient, &way->hospital);
        way->delay_to_call_min = is_usual ? journey_delay_to_call_min(patient, to_door_min)
                                          : pilot_delay_to_call(first, patient);
        way->door_min = way->delay_to_call_min + to_door_min;
    }
    return true;
}

/* Minutes from onset to the treating hospital's door. */
static double pilot_to_door(const struct pilot *pilot, const struct service *service, size_t i,
                            uint32_t *hospital)
{
    const struct pilot_way *way = &pilot->way[i];
    if (service != pilot->first)
        return way->delay_to_call_min + pilot_call_to_door(service, &pilot->patient[i], hospital);
    *hospital = way->hospital;
    return way->door_min;
}

static void centre_case_mix(const struct patient *pilot, struct outcome_level *level)
{
    double n[3] = {0};
    *level = (struct outcome_level){0};
    for (size_t i = 0; i < PILOT_PATIENTS; i++) {
        n[pilot[i].type]++;
        level->mean_age[pilot[i].type] += pilot[i].age;
        level->mean_nihss[pilot[i].type] += pilot[i].nihss;
    }
    for (int type = 0; type < 3; type++)
        if (n[type] > 0) {
            level->mean_age[type] /= n[type];
            level->mean_nihss[type] /= n[type];
        }
}

static enum unit_kind kind_of(const struct service *service, uint32_t hospital)
{
    return hospital_is_hasu(&service->hospital[hospital]) ? KIND_HASU : KIND_LOCAL;
}

/* Whether the share of a unit for a type of stroke is that of its kind. */
static bool takes_share_of_kind(const struct unit *unit, enum stroke_type type)
{
    return isnan(unit->treated_if_eligible[type]) && !unit_has_own_rate(unit, type);
}

/* Strokes, and those of them in time for thrombolysis, by type; of those, each counts by how often
 * such a one is treated at the hour, relative to all. */
struct counts {
    double strokes[3], in_time[3];
};

static double weight_in_time(const struct service *service, const struct unit *unit,
                             const struct patient *patient, double door_min)
{
    if (!treatment_may_be_in_time(service, patient, door_min))
        return 0; /* without working out the scan, which is most of the work */
    double scan_min = treatment_door_to_scan(service, unit, patient);
    return treatment_in_time(service, patient, door_min, scan_min)
               ? treatment_hour_ratio(service, unit, patient)
               : 0;
}

static bool has_kind(const struct service *service, enum unit_kind kind)
{
    for (uint32_t h = 0; h < service->hospitals; h++)
        if (kind_of(service, h) == kind)
            return true;
    return false;
}

/* At the units of a kind that take its share. */
static struct counts count_in_time(const struct pilot *pilot, const struct service *service,
                                   enum unit_kind kind)
{
    struct counts counts = {0};
    for (size_t i = 0; has_kind(service, kind) && i < PILOT_PATIENTS; i++) {
        uint32_t hospital;
        const struct patient *patient = &pilot->patient[i];
        double door_min = pilot_to_door(pilot, service, i, &hospital);
        const struct unit *unit = &service->unit[hospital];
        enum stroke_type type = (enum stroke_type)patient->type;
        if (kind_of(service, hospital) != kind ||
            !takes_share_of_kind(unit, type < ISCHAEMIC_TYPES ? type : TYPE_NLVO))
            continue;
        counts.strokes[type]++;
        counts.in_time[type] += weight_in_time(service, unit, patient, door_min);
    }
    return counts;
}

/* The share of those in time that makes this rate of the strokes; `of` says whose it is. */
static enum calibration_status solve_share(struct calibration *calibration,
                                           struct impossible_rate of, double strokes,
                                           double in_time, double *share)
{
    if (of.rate * strokes > in_time) {
        calibration->impossible = of;
        calibration->impossible.most = in_time / strokes;
        return CALIBRATION_RATE_TOO_HIGH;
    }
    *share = of.rate == 0 ? 0 : of.rate * strokes / in_time;
    return CALIBRATION_OK;
}

/* The rate of all strokes, and those by type where they are given. */
static enum calibration_status solve_treated(struct calibration *calibration,
                                             const struct pilot *pilot,
                                             const struct service *service, size_t services,
                                             enum unit_kind kind)
{
    static const enum parameter_id rate[] = {P_UNIT_THROMBOLYSIS_RATE, P_HASU_THROMBOLYSIS_RATE};
    static const enum parameter_id by_type[] = {P_UNIT_THROMBOLYSIS_RATE_NLVO,
                                                P_HASU_THROMBOLYSIS_RATE_NLVO};
    calibration->treated_if_eligible[kind] = NAN;
    calibration->in_time_share[kind] = NAN;
    calibration->treated_by_type[kind][TYPE_NLVO] = NAN;
    calibration->treated_by_type[kind][TYPE_LVO] = NAN;
    for (size_t s = 0; s < services; s++) {
        const double *p = service[s].parameters.value;
        struct counts counts = count_in_time(pilot, &service[s], kind);
        double strokes = counts.strokes[0] + counts.strokes[1] + counts.strokes[2];
        double in_time = counts.in_time[0] + counts.in_time[1];
        if (strokes < 1)
            continue;
        enum calibration_status status = CALIBRATION_OK;
        for (enum stroke_type type = 0; type < ISCHAEMIC_TYPES && status == CALIBRATION_OK; type++)
            if (!isnan(p[by_type[kind] + (unsigned)type]))
                status = solve_share(calibration,
                                     (struct impossible_rate){p[by_type[kind] + (unsigned)type],
                                                              NAN, kind, SIZE_MAX, type},
                                     counts.strokes[type], counts.in_time[type],
                                     &calibration->treated_by_type[kind][type]);
        calibration->in_time_share[kind] = in_time / strokes;
        bool all_by_type = !isnan(calibration->treated_by_type[kind][TYPE_NLVO]) &&
                           !isnan(calibration->treated_by_type[kind][TYPE_LVO]);
        if (status != CALIBRATION_OK || all_by_type)
            return status;
        return solve_share(
            calibration, (struct impossible_rate){p[rate[kind]], NAN, kind, SIZE_MAX, STROKE_TYPES},
            strokes, in_time, &calibration->treated_if_eligible[kind]);
    }
    return CALIBRATION_OK;
}

/* Where units of a kind treat nobody as written, a change on the command line may still send them
 * patients: then the share in time is taken from the other kind. */
static void lend_share(struct calibration *calibration, const struct service *first)
{
    static const enum parameter_id rate[] = {P_UNIT_THROMBOLYSIS_RATE, P_HASU_THROMBOLYSIS_RATE};
    for (enum unit_kind kind = 0; kind < UNIT_KINDS; kind++) {
        double lent = calibration->in_time_share[1 - kind];
        if (isnan(calibration->treated_if_eligible[kind]) && lent > 0)
            calibration->treated_if_eligible[kind] =
                fmin(1, first->parameters.value[rate[kind]] / lent);
    }
}

double calibration_treated(const struct calibration *calibration, enum unit_kind kind,
                           enum stroke_type type)
{
    double own = calibration->treated_by_type[kind][type];
    return isnan(own) ? calibration->treated_if_eligible[kind] : own;
}

static void give_shares_of_kind(const struct calibration *calibration, struct service *service)
{
    for (; service != NULL; service = service->next)
        for (enum stroke_type type = 0; type < ISCHAEMIC_TYPES; type++)
            service_set_treated_if_eligible(service, type,
                                            calibration_treated(calibration, KIND_LOCAL, type),
                                            calibration_treated(calibration, KIND_HASU, type));
}

/* Everybody at one hospital, at the reference journey. */
static struct counts count_at_reference(const struct pilot *pilot, const struct service *service,
                                        size_t hospital)
{
    struct counts counts = {0};
    for (size_t i = 0; i < PILOT_PATIENTS; i++) {
        const struct patient *patient = &pilot->patient[i];
        counts.strokes[patient->type]++;
        if (patient_is_ischaemic(patient))
            counts.in_time[patient->type] +=
                weight_in_time(service, &service->unit[hospital], patient, pilot->way[i].door_min);
    }
    return counts;
}

static enum calibration_status solve_own_rate(struct calibration *calibration,
                                              const struct counts *counts, struct service *service,
                                              size_t h)
{
    struct unit *unit = &service->unit[h];
    struct impossible_rate of = {.kind = kind_of(service, (uint32_t)h),
                                 .site = service->hospital[h].site};
    enum calibration_status status = CALIBRATION_OK;
    for (enum stroke_type type = 0; type < ISCHAEMIC_TYPES && status == CALIBRATION_OK; type++) {
        if (!isnan(unit->treated_if_eligible[type]) || !unit_has_own_rate(unit, type))
            continue;
        bool of_all = isnan(unit->thrombolysis_rate[type]);
        of.type = of_all ? STROKE_TYPES : type;
        of.rate = of_all ? unit->thrombolysis_rate_all : unit->thrombolysis_rate[type];
        double strokes = of_all ? counts->strokes[0] + counts->strokes[1] + counts->strokes[2]
                                : counts->strokes[type];
        double in_time = of_all ? counts->in_time[0] + counts->in_time[1] : counts->in_time[type];
        status = solve_share(calibration, of, strokes, in_time, &unit->treated_if_eligible[type]);
    }
    return status;
}

static bool wants_own_rate(const struct unit *unit)
{
    return unit_has_own_rate(unit, TYPE_NLVO) || unit_has_own_rate(unit, TYPE_LVO);
}

/* One phase of a service, as written and as it runs: its hospitals with a rate of their own. */
static enum calibration_status solve_phase(struct calibration *calibration,
                                           const struct pilot *pilot, struct service *written,
                                           struct service *running)
{
    enum calibration_status status = CALIBRATION_OK;
    for (size_t h = 0; h < written->hospitals && status == CALIBRATION_OK; h++) {
        if (!wants_own_rate(&written->unit[h]) && !wants_own_rate(&running->unit[h]))
            continue;
        struct counts counts = count_at_reference(pilot, written, h);
        status = solve_own_rate(calibration, &counts, written, h);
        if (status == CALIBRATION_OK)
            status = solve_own_rate(calibration, &counts, running, h);
    }
    return status;
}

/* The hospitals with a rate of their own: solved with their times as written, for both. */
static enum calibration_status solve_hospitals(struct calibration *calibration,
                                               const struct pilot *pilot, struct service *written,
                                               struct service *running, size_t services)
{
    enum calibration_status status = CALIBRATION_OK;
    for (size_t s = 0; s < services; s++) {
        struct service *of[2] = {&written[s], &running[s]};
        for (; of[0] != NULL && status == CALIBRATION_OK; of[0] = of[0]->next, of[1] = of[1]->next)
            status = solve_phase(calibration, pilot, of[0], of[1]);
    }
    return status;
}

/* For the root finder: mortality less the stated one at a level. */
struct mortality {
    double odds_log[PILOT_PATIENTS]; /* of survival, without the level */
    double stated;
};

static double excess_mortality(double level, void *context)
{
    const struct mortality *mortality = context;
    double dead = 0;
    for (size_t i = 0; i < PILOT_PATIENTS; i++)
        dead += 1 / (1 + exp(mortality->odds_log[i] + level));
    return dead / PILOT_PATIENTS - mortality->stated;
}

static void survival_without_level(const struct calibration *calibration, const struct pilot *pilot,
                                   struct mortality *mortality)
{
    const struct service *service = pilot->first;
    for (size_t i = 0; i < PILOT_PATIENTS; i++) {
        const struct patient *patient = &pilot->patient[i];
        const struct pilot_way *way = &pilot->way[i];
        struct treatment treatment = {INFINITY, INFINITY};
        const struct unit *ward = &service->unit[way->hospital];
        if (patient->onset_known && patient_is_ischaemic(patient)) {
            struct reperfusion reperfusion =
                treatment_decide(service, &service->unit[way->hospital], patient, way->door_min);
            ward = &service->unit[treatment_ward(&reperfusion, way->hospital)];
            treatment = treatment_times(&reperfusion, way->door_min);
        }
        double row[MRS_CUTS];
        outcome_row(&service->outcome, patient->type, treatment, row);
        mortality->odds_log[i] =
            row[5] + outcome_shift(&service->outcome, &calibration->level, patient,
                                   patient->organised < ward->organised_care_share);
    }
}

static enum calibration_status find_level(struct mortality *mortality, double *level)
{
    double low = -20, high = 20;
    gsl_function function = {.function = excess_mortality, .params = mortality};
    if (excess_mortality(low, mortality) < 0 || excess_mortality(high, mortality) > 0)
        return CALIBRATION_MORTALITY;
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    if (solver == NULL)
        return CALIBRATION_NO_MEMORY;
    int status = gsl_root_fsolver_set(solver, &function, low, high);
    for (int i = 0; i < 100 && status == GSL_SUCCESS; i++) {
        status = gsl_root_fsolver_iterate(solver);
        low = gsl_root_fsolver_x_lower(solver);
        high = gsl_root_fsolver_x_upper(solver);
        if (status != GSL_SUCCESS || gsl_root_test_interval(low, high, 1e-10, 0) == GSL_SUCCESS)
            break;
    }
    *level = gsl_root_fsolver_root(solver);
    gsl_root_fsolver_free(solver);
    return status == GSL_SUCCESS ? CALIBRATION_OK : CALIBRATION_MORTALITY;
}

static enum calibration_status solve_level(struct calibration *calibration,
                                           const struct pilot *pilot)
{
    struct mortality *mortality = malloc(sizeof *mortality);
    if (mortality == NULL)
        return CALIBRATION_NO_MEMORY;
    mortality->stated = pilot->first->parameters.value[P_OUTCOME_MORTALITY_90D];
    survival_without_level(calibration, pilot, mortality);
    enum calibration_status status = find_level(mortality, &calibration->level.log_odds);
    free(mortality);
    return status;
}

static enum calibration_status solve(struct calibration *calibration, const struct pilot *pilot,
                                     const struct case_mix *mix, struct service *written,
                                     struct service *running, size_t services)
{
    centre_case_mix(pilot->patient, &calibration->level);
    enum calibration_status status = CALIBRATION_OK;
    for (enum unit_kind kind = 0; kind < UNIT_KINDS && status == CALIBRATION_OK; kind++)
        status = solve_treated(calibration, pilot, written, services, kind);
    lend_share(calibration, &written[0]);
    if (status == CALIBRATION_OK)
        status = solve_hospitals(calibration, pilot, written, running, services);
    for (size_t s = 0; s < services; s++) {
        give_shares_of_kind(calibration, &written[s]);
        give_shares_of_kind(calibration, &running[s]);
    }
    if (status == CALIBRATION_OK && !volume_apply(pilot->patient, mix, written, running, services))
        status = CALIBRATION_NO_MEMORY;
    return status == CALIBRATION_OK ? solve_level(calibration, pilot) : status;
}

/* The same people as before if they would be drawn again, otherwise others. NULL: out of memory. */
static const struct pilot_people *find_people(const struct pilot_people *known,
                                              const struct case_mix *mix, const struct week *week,
                                              struct pilot_people **drawn)
{
    if (known != NULL && pilot_people_are_of(known, mix, week))
        return known;
    return *drawn = pilot_people_new(mix, week);
}

enum calibration_status calibration_solve(struct calibration *calibration,
                                          const struct pilot_people *known,
                                          const struct case_mix *mix, struct service *written,
                                          struct service *running, size_t services)
{
    struct week week;
    if (!week_init(&week, written[0].parameters.value, 0))
        return CALIBRATION_NO_WEEK;
    struct pilot_people *drawn = NULL;
    const struct pilot_people *people = find_people(known, mix, &week, &drawn);
    struct pilot pilot;
    enum calibration_status status = CALIBRATION_NO_MEMORY;
    if (people != NULL && pilot_init(&pilot, people, mix, &written[0])) {
        status = solve(calibration, &pilot, mix, written, running, services);
        pilot_fini(&pilot);
    }
    pilot_people_free(drawn);
    return status;
}
