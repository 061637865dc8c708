#include "models/calibration.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_qrng.h>
#include <gsl/gsl_roots.h>
#include <math.h>
#include <stdlib.h>

#include "models/journey.h"
#include "models/treatment.h"

enum { PILOT_PATIENTS = 16384 };

/* Sobol points are the more even the lower the dimension, so what decides about treatment and
 * mortality has the first ones. */
static const enum draw dimension[] = {
    DRAW_ONSET_TO_ARRIVAL,
    DRAW_NIHSS,
    DRAW_SCAN,
    DRAW_ONSET_KNOWN,
    DRAW_AREA,
    DRAW_AMBULANCE,
    DRAW_TYPE,
    DRAW_AGE,
    DRAW_ELSEWHERE,
    DRAW_ORGANISED,
    DRAW_IVT,
    DRAW_NEEDLE,
    DRAW_RESPONSE,
    DRAW_SCENE,
    DRAW_MT,
    DRAW_PUNCTURE,
    DRAW_MRS,
    DRAW_STAY_HASU,
    DRAW_STAY_SU,
    DRAW_SU_NEEDED,
    DRAW_DEATH_TIME,
    DRAW_CARE_HOME,
    DRAW_GAP,
    DRAW_THINNING,
    DRAW_SEX,
};

_Static_assert(sizeof dimension / sizeof *dimension == DRAW_COUNT, "every purpose has a dimension");

static struct patient *draw_pilot(const struct case_mix *mix)
{
    struct patient *pilot = calloc(PILOT_PATIENTS, sizeof *pilot);
    gsl_qrng *sobol = gsl_qrng_alloc(gsl_qrng_sobol, DRAW_COUNT);
    if (pilot != NULL && sobol != NULL) {
        for (size_t i = 0; i < PILOT_PATIENTS; i++) {
            double point[DRAW_COUNT], uniform[DRAW_COUNT];
            gsl_qrng_get(sobol, point);
            for (size_t d = 0; d < DRAW_COUNT; d++)
                uniform[dimension[d]] = point[d];
            patient_draw(mix, uniform, false, &pilot[i]);
        }
    } else {
        free(pilot);
        pilot = NULL;
    }
    if (sobol != NULL)
        gsl_qrng_free(sobol);
    return pilot;
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

static double onset_to_door(const struct service *service, const struct service *reference,
                            const struct patient *patient, uint32_t *treating)
{
    struct journey way =
        journey_plan(service, patient, service->parameters.value[P_JOURNEY_ADDED_MIN]);
    struct journey usual = journey_plan(reference, patient, 0);
    *treating = way.treating;
    return journey_delay_to_call_min(patient, journey_to_door_min(&usual)) +
           journey_to_door_min(&way);
}

static enum unit_kind kind_of(const struct service *service, uint32_t hospital)
{
    return hospital_is_hasu(&service->hospital[hospital]) ? KIND_HASU : KIND_LOCAL;
}

/* Of the strokes treated at units of a kind that have no share of their own: how many, and how many
 * in time for thrombolysis. */
static void count_in_time(const struct patient *pilot, const struct service *service,
                          const struct service *reference, enum unit_kind kind, double *strokes,
                          double *in_time)
{
    *strokes = *in_time = 0;
    for (size_t i = 0; i < PILOT_PATIENTS; i++) {
        uint32_t hospital;
        double door_min = onset_to_door(service, reference, &pilot[i], &hospital);
        if (kind_of(service, hospital) != kind ||
            !isnan(service->unit[hospital].treated_if_eligible))
            continue;
        ++*strokes;
        *in_time +=
            treatment_in_time(service, &pilot[i], door_min,
                              treatment_door_to_scan(service, &service->unit[hospital], &pilot[i]));
    }
}

static enum calibration_status solve_treated(struct calibration *calibration,
                                             const struct patient *pilot,
                                             const struct service *service, size_t services,
                                             enum unit_kind kind)
{
    static const enum parameter_id rate[] = {P_UNIT_THROMBOLYSIS_RATE, P_HASU_THROMBOLYSIS_RATE};
    calibration->treated_if_eligible[kind] = NAN;
    calibration->in_time_share[kind] = NAN;
    for (size_t s = 0; s < services; s++) {
        double strokes, in_time;
        count_in_time(pilot, &service[s], &service[0], kind, &strokes, &in_time);
        if (strokes < 1)
            continue;
        double wanted = service[s].parameters.value[rate[kind]];
        calibration->in_time_share[kind] = in_time / strokes;
        if (wanted * strokes > in_time)
            return CALIBRATION_RATE_TOO_HIGH;
        calibration->treated_if_eligible[kind] = wanted == 0 ? 0 : wanted * strokes / in_time;
        break;
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

static void survival_without_level(const struct calibration *calibration,
                                   const struct patient *pilot, const struct service *service,
                                   struct mortality *mortality)
{
    for (size_t i = 0; i < PILOT_PATIENTS; i++) {
        uint32_t hospital;
        double door_min = onset_to_door(service, service, &pilot[i], &hospital);
        const struct unit *unit = &service->unit[hospital];
        struct reperfusion reperfusion = treatment_decide(service, unit, &pilot[i], door_min);
        double row[MRS_CUTS];
        outcome_row(&service->outcome, pilot[i].type, treatment_times(&reperfusion, door_min), row);
        mortality->odds_log[i] =
            row[5] + outcome_shift(&service->outcome, &calibration->level, &pilot[i],
                                   pilot[i].organised < unit->organised_care_share);
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
                                           const struct patient *pilot,
                                           const struct service *service)
{
    struct mortality *mortality = malloc(sizeof *mortality);
    if (mortality == NULL)
        return CALIBRATION_NO_MEMORY;
    mortality->stated = service->parameters.value[P_OUTCOME_MORTALITY_90D];
    survival_without_level(calibration, pilot, service, mortality);
    enum calibration_status status = find_level(mortality, &calibration->level.log_odds);
    free(mortality);
    return status;
}

enum calibration_status calibration_solve(struct calibration *calibration,
                                          const struct case_mix *mix, struct service *service,
                                          size_t services)
{
    struct patient *pilot = draw_pilot(mix);
    if (pilot == NULL)
        return CALIBRATION_NO_MEMORY;
    centre_case_mix(pilot, &calibration->level);
    enum calibration_status status = CALIBRATION_OK;
    for (enum unit_kind kind = 0; kind < UNIT_KINDS && status == CALIBRATION_OK; kind++)
        status = solve_treated(calibration, pilot, service, services, kind);
    lend_share(calibration, &service[0]);
    for (size_t s = 0; s < services; s++)
        service_set_treated_if_eligible(&service[s], calibration->treated_if_eligible[KIND_LOCAL],
                                        calibration->treated_if_eligible[KIND_HASU]);
    if (status == CALIBRATION_OK)
        status = solve_level(calibration, pilot, &service[0]);
    free(pilot);
    return status;
}
