#include "models/treatment.h"

#include <math.h>

#include "sim/variate.h"

static const double last_scan_min = 1440; /* those who miss the limit are scanned within a day */

/* Logarithm of how much longer the unit takes at the patient's hour. */
static double ln_hour_ratio(const struct service *service, const struct unit *unit,
                            const struct patient *patient)
{
    return unit->hours_effect * service->week.ln_time[patient->hour_of_week];
}

double treatment_hour_ratio(const struct service *service, const struct unit *unit,
                            const struct patient *patient)
{
    return fmax(0, 1 + unit->hours_effect * (service->week.treated[patient->hour_of_week] - 1));
}

/* A scan within the limit. What was worked out beforehand holds as long as the unit is as fast as
 * it was then. */
static double scan_in_limit(const struct unit *unit, const struct patient *patient, double mu,
                            double limit_min, double uniform)
{
    double sigma = unit->scan_sigma[patient->type];
    if (unit->scans != NULL) {
        size_t bin = patient->hour_of_week * (size_t)WEEK_BINS / WEEK_HOURS;
        const struct lognormal_cut *cut = &unit->scans->cut[patient->type][bin];
        if (cut->mu == mu && cut->sigma == sigma && cut->limit == limit_min)
            return variate_lognormal_in_cut(uniform, cut);
    }
    return variate_lognormal_below(uniform, mu, sigma, limit_min);
}

double treatment_door_to_scan(const struct service *service, const struct unit *unit,
                              const struct patient *patient)
{
    const double *p = service->parameters.value;
    double mu = unit->scan_mu[patient->type] + ln_hour_ratio(service, unit, patient);
    double in_limit = unit->scanned_in_limit_share[patient->type];
    double limit_min = p[P_IVT_SCAN_LIMIT_MIN];
    if (patient->scan < in_limit)
        return scan_in_limit(unit, patient, mu, limit_min, patient->scan / in_limit);
    double beyond = (patient->scan - in_limit) / (1 - in_limit);
    return limit_min * pow(fmax(1, last_scan_min / fmax(1, limit_min)), beyond);
}

bool treatment_may_be_in_time(const struct service *service, const struct patient *patient,
                              double onset_to_door_min)
{
    return patient->onset_known && patient_is_ischaemic(patient) &&
           onset_to_door_min <= service->parameters.value[P_IVT_ARRIVAL_LIMIT_MIN];
}

bool treatment_in_time(const struct service *service, const struct patient *patient,
                       double onset_to_door_min, double door_to_scan_min)
{
    const double *p = service->parameters.value;
    double scan_limit_min = p[P_IVT_SCAN_LIMIT_MIN];
    return treatment_may_be_in_time(service, patient, onset_to_door_min) &&
           door_to_scan_min <= scan_limit_min &&
           onset_to_door_min + door_to_scan_min <= scan_limit_min;
}

/* Whether a patient in time is one of those whom the unit thrombolyses. */
static bool is_decided_for(const struct service *service, const struct unit *unit,
                           const struct patient *patient)
{
    return patient->ivt <
           unit->treated_if_eligible[patient->type] * treatment_hour_ratio(service, unit, patient);
}

/* Whether treatment so late after onset is to be withheld, because it makes matters worse. */
static bool is_withheld(const struct service *service, const struct patient *patient,
                        struct treatment treatment)
{
    return service->parameters.value[P_POLICY_TREAT_ONLY_IF_BENEFIT] >= 0.5 &&
           outcome_harm(&service->outcome, (enum stroke_type)patient->type, treatment).disables;
}

double treatment_needle(const struct service *service, const struct unit *unit,
                        const struct patient *patient, double onset_to_door_min,
                        double door_to_scan_min)
{
    const double *p = service->parameters.value;
    if (!treatment_in_time(service, patient, onset_to_door_min, door_to_scan_min) ||
        !is_decided_for(service, unit, patient))
        return INFINITY;
    double left_min = p[P_IVT_NEEDLE_LIMIT_MIN] + p[P_IVT_NEEDLE_OVERRUN_MIN] - onset_to_door_min -
                      door_to_scan_min;
    if (left_min <= 0)
        return INFINITY;
    double mu = unit->needle_mu[patient->type] + ln_hour_ratio(service, unit, patient);
    double needle_min =
        variate_lognormal_below(patient->needle, mu, unit->needle_sigma[patient->type], left_min);
    double onset_min = onset_to_door_min + door_to_scan_min + needle_min;
    return is_withheld(service, patient, (struct treatment){onset_min, INFINITY}) ? INFINITY
                                                                                  : needle_min;
}

/* Minutes from the door to leaving for a thrombectomy centre. */
static double door_to_leave(const struct service *service, const struct patient *patient,
                            double door_to_scan_min, double scan_to_needle_min)
{
    const double *p = service->parameters.value;
    double done_min = door_to_scan_min + (isfinite(scan_to_needle_min) ? scan_to_needle_min : 0);
    return fmax(done_min,
                variate_lognormal(patient->door_in_door_out, log(p[P_MT_DOOR_IN_DOOR_OUT_P50_MIN]),
                                  p[P_MT_DOOR_IN_DOOR_OUT_SIGMA]));
}

/* One of those in time at their scan to whom such a centre gives thrombectomy. */
static bool is_for_thrombectomy(const struct service *service, const struct unit *centre,
                                const struct patient *patient, double onset_to_scan_min)
{
    return patient->type == TYPE_LVO && patient->onset_known &&
           patient->mt < centre->mt_treated_if_eligible &&
           onset_to_scan_min <= service->parameters.value[P_MT_ARRIVAL_LIMIT_MIN];
}

/* As the limits have it, whether or not it does good. */
static double scan_to_puncture(const struct service *service, const struct unit *unit,
                               const struct patient *patient, double onset_to_door_min,
                               double door_to_scan_min, double scan_to_needle_min)
{
    const double *p = service->parameters.value;
    bool sent_on = unit->mt_centre != NO_HOSPITAL;
    const struct unit *centre = sent_on ? &service->unit[unit->mt_centre] : unit;
    if (!is_for_thrombectomy(service, centre, patient, onset_to_door_min + door_to_scan_min))
        return INFINITY;
    double left_min = p[P_MT_PUNCTURE_LIMIT_MIN] + p[P_MT_PUNCTURE_OVERRUN_MIN] -
                      onset_to_door_min - door_to_scan_min;
    if (!sent_on)
        return left_min <= 0 ? INFINITY
                             : variate_lognormal_below(patient->puncture, unit->puncture_mu,
                                                       p[P_MT_SCAN_TO_PUNCTURE_SIGMA], left_min);
    double before_min = door_to_leave(service, patient, door_to_scan_min, scan_to_needle_min) -
                        door_to_scan_min + unit->mt_transfer_min;
    if (left_min <= before_min)
        return INFINITY;
    return before_min +
           variate_lognormal_below(patient->puncture, log(p[P_MT_ARRIVAL_TO_PUNCTURE_P50_MIN]),
                                   p[P_MT_ARRIVAL_TO_PUNCTURE_SIGMA], left_min - before_min);
}

double treatment_puncture(const struct service *service, const struct unit *unit,
                          const struct patient *patient, double onset_to_door_min,
                          double door_to_scan_min, double scan_to_needle_min)
{
    double puncture_min = scan_to_puncture(service, unit, patient, onset_to_door_min,
                                           door_to_scan_min, scan_to_needle_min);
    double onset_min = onset_to_door_min + door_to_scan_min + puncture_min;
    bool withheld = isfinite(puncture_min) &&
                    is_withheld(service, patient, (struct treatment){INFINITY, onset_min});
    return withheld ? INFINITY : puncture_min;
}

struct reperfusion treatment_decide(const struct service *service, const struct unit *unit,
                                    const struct patient *patient, double onset_to_door_min)
{
    double scan_min = treatment_door_to_scan(service, unit, patient);
    double needle_min = treatment_needle(service, unit, patient, onset_to_door_min, scan_min);
    struct reperfusion reperfusion = {
        .door_to_scan_min = scan_min,
        .scan_to_needle_min = needle_min,
        .scan_to_puncture_min =
            treatment_puncture(service, unit, patient, onset_to_door_min, scan_min, needle_min),
        .door_to_leave_min = INFINITY,
        .centre = NO_HOSPITAL,
    };
    if (unit->mt_centre != NO_HOSPITAL && isfinite(reperfusion.scan_to_puncture_min)) {
        reperfusion.centre = unit->mt_centre;
        reperfusion.door_to_leave_min = door_to_leave(service, patient, scan_min, needle_min);
    }
    return reperfusion;
}

uint32_t treatment_ward(const struct reperfusion *reperfusion, uint32_t treating)
{
    return reperfusion->centre == NO_HOSPITAL ? treating : reperfusion->centre;
}

struct treatment treatment_times(const struct reperfusion *reperfusion, double onset_to_door_min)
{
    double scanned_min = onset_to_door_min + reperfusion->door_to_scan_min;
    return (struct treatment){.ivt_min = scanned_min + reperfusion->scan_to_needle_min,
                              .mt_min = scanned_min + reperfusion->scan_to_puncture_min};
}

/* What rules out reperfusion of any kind but for the time; REFUSAL_NO_TIME_LEFT: nothing does. */
static enum refusal refused_for_stroke(const struct patient *patient)
{
    return !patient_is_stroke(patient)      ? REFUSAL_NO_STROKE
           : !patient_is_ischaemic(patient) ? REFUSAL_HAEMORRHAGE
           : !patient->onset_known          ? REFUSAL_ONSET_UNKNOWN
                                            : REFUSAL_NO_TIME_LEFT;
}

enum refusal treatment_no_needle(const struct service *service, const struct unit *unit,
                                 const struct patient *patient, double onset_to_door_min,
                                 double door_to_scan_min)
{
    enum refusal refusal = refused_for_stroke(patient);
    if (refusal != REFUSAL_NO_TIME_LEFT)
        return refusal;
    if (onset_to_door_min > service->parameters.value[P_IVT_ARRIVAL_LIMIT_MIN])
        return REFUSAL_ARRIVED_LATE;
    if (!treatment_in_time(service, patient, onset_to_door_min, door_to_scan_min))
        return REFUSAL_SCANNED_LATE;
    if (unit->treated_if_eligible[patient->type] <= 0)
        return REFUSAL_NOT_DONE_HERE;
    return is_decided_for(service, unit, patient) ? REFUSAL_NO_TIME_LEFT : REFUSAL_DECIDED_AGAINST;
}

enum refusal treatment_no_puncture(const struct service *service, const struct unit *unit,
                                   const struct patient *patient, double onset_to_scan_min)
{
    enum refusal refusal = refused_for_stroke(patient);
    if (patient->type == TYPE_NLVO)
        return REFUSAL_NO_LARGE_VESSEL;
    if (refusal != REFUSAL_NO_TIME_LEFT)
        return refusal;
    if (unit->mt_treated_if_eligible <= 0)
        return REFUSAL_NOT_DONE_HERE;
    if (onset_to_scan_min > service->parameters.value[P_MT_ARRIVAL_LIMIT_MIN])
        return REFUSAL_SCANNED_LATE;
    return patient->mt < unit->mt_treated_if_eligible ? REFUSAL_NO_TIME_LEFT
                                                      : REFUSAL_DECIDED_AGAINST;
}
