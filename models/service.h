/* A service: one configuration made ready to run.
 *
 * What the configuration says (its hospitals with their roles and beds, its policy, its values of
 * the parameters) and what follows from it and never changes during a run: which hospital each
 * area's patients go to, where each hospital sends those for thrombectomy, how each unit performs,
 * the outcome model and the unit costs.
 *
 * Where units open, close or change in a later month, a service is a chain of phases: each is a
 * whole service over the same hospitals in the same order, and begins on a day of the window. The
 * first phase stands for the service; it holds in the warm-up too, and calibration and the
 * reference know it alone. Functions that say "of all phases" look along the chain, the others at
 * the phase they are given.
 */
#ifndef MODELS_SERVICE_H
#define MODELS_SERVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/bill.h"
#include "models/fleet_plan.h"
#include "models/lifetime.h"
#include "models/outcome.h"
#include "models/parameters.h"
#include "models/patient.h"
#include "models/region.h"
#include "models/week.h"
#include "sim/variate.h"

enum hospital_role {
    ROLE_HASU = 1,   /* hyper-acute stroke unit */
    ROLE_SU = 2,     /* stroke unit after the hyper-acute days */
    ROLE_STROKE = 4, /* a local stroke unit that does both */
    ROLE_MT = 8,     /* thrombectomy */
    ROLE_REHAB = 16,
};

/* Beds by kind; a local stroke unit's are stroke-unit beds. */
enum bed_kind { BED_HASU, BED_SU, BED_REHAB, BED_KINDS };

const char *bed_kind_name(enum bed_kind kind);  /* as in columns: hasu, su, rehab */
const char *bed_kind_words(enum bed_kind kind); /* hyper-acute, stroke-unit, rehabilitation */

enum { BEDS_UNLIMITED = -1, NO_SECTOR = -1, WEEKDAYS = 7 };

/* Columns of a hospital's table that are parameters of its own; the value is NAN where it has none.
 * Which dictionary row stands in depends on whether the hospital is a HASU. */
enum unit_parameter {
    UNIT_ORGANISED_CARE_SHARE,
    /* Each for all types of stroke, then for one: in the order of enum stroke_type. */
    UNIT_TREATED_IF_ELIGIBLE,
    UNIT_TREATED_IF_ELIGIBLE_NLVO,
    UNIT_TREATED_IF_ELIGIBLE_LVO,
    UNIT_THROMBOLYSIS_RATE,
    UNIT_THROMBOLYSIS_RATE_NLVO,
    UNIT_THROMBOLYSIS_RATE_LVO,
    UNIT_DOOR_TO_SCAN_P50_MIN,
    UNIT_DOOR_TO_SCAN_P50_MIN_NLVO,
    UNIT_DOOR_TO_SCAN_P50_MIN_LVO,
    UNIT_DOOR_TO_SCAN_P50_MIN_HAEMORRHAGE,
    UNIT_DOOR_TO_SCAN_SIGMA,
    UNIT_DOOR_TO_SCAN_SIGMA_NLVO,
    UNIT_DOOR_TO_SCAN_SIGMA_LVO,
    UNIT_DOOR_TO_SCAN_SIGMA_HAEMORRHAGE,
    UNIT_SCANNED_IN_LIMIT_SHARE,
    UNIT_SCANNED_IN_LIMIT_SHARE_NLVO,
    UNIT_SCANNED_IN_LIMIT_SHARE_LVO,
    UNIT_SCANNED_IN_LIMIT_SHARE_HAEMORRHAGE,
    UNIT_SCAN_TO_NEEDLE_P50_MIN,
    UNIT_SCAN_TO_NEEDLE_P50_MIN_NLVO,
    UNIT_SCAN_TO_NEEDLE_P50_MIN_LVO,
    UNIT_SCAN_TO_NEEDLE_SIGMA,
    UNIT_SCAN_TO_NEEDLE_SIGMA_NLVO,
    UNIT_SCAN_TO_NEEDLE_SIGMA_LVO,
    UNIT_HOURS_EFFECT,
    UNIT_MT_TREATED_IF_ELIGIBLE,
    UNIT_MT_SCAN_TO_PUNCTURE_P50_MIN,
    UNIT_PARAMETERS
};

/* The dictionary row behind a unit's parameter. */
enum parameter_id unit_parameter_id(enum unit_parameter which, bool hasu);

/* A hospital as a configuration has it. */
struct hospital {
    size_t site; /* in the region */
    int sector;  /* equal for hospitals that help each other first; or NO_SECTOR */
    unsigned roles;
    int beds[BED_KINDS];        /* BEDS_UNLIMITED or a count; a local stroke unit's are of BED_SU */
    bool by_weekday[BED_KINDS]; /* then `beds` is the most of a week */
    int week_beds[BED_KINDS][WEEKDAYS]; /* from Monday; counts */
    double own[UNIT_PARAMETERS];
};

/* Minutes to the scan within the limit, worked out by type of stroke for every three hours of the
 * week, which units that scan alike share. */
struct scan_pattern {
    double mu[STROKE_TYPES], sigma[STROKE_TYPES], hours_effect;
    struct lognormal_cut cut[STROKE_TYPES][WEEK_BINS];
};

/* How a unit performs, its own values or the dictionary's, by type of stroke. */
struct unit {
    double organised_care_share, mt_treated_if_eligible;
    double treated_if_eligible[ISCHAEMIC_TYPES];
    double thrombolysis_rate[ISCHAEMIC_TYPES]; /* its own published one; NAN: of its kind */
    double thrombolysis_rate_all;              /* likewise, of all strokes */
    double scan_mu[STROKE_TYPES], scan_sigma[STROKE_TYPES]; /* of the logarithm of minutes */
    double scanned_in_limit_share[STROKE_TYPES];
    double needle_mu[ISCHAEMIC_TYPES], needle_sigma[ISCHAEMIC_TYPES];
    double puncture_mu;
    double hours_effect; /* how far it follows the pattern of the week */
    uint32_t mt_centre;  /* sends those for thrombectomy there; NO_HOSPITAL: does it, or nobody */
    double mt_transfer_min;           /* the way there */
    const struct scan_pattern *scans; /* last: follows from the rest; NULL: none made */
};

enum policy {
    POLICY_NEAREST,
    POLICY_NEAREST_HASU,
    POLICY_NEAREST_MT,
    POLICY_DRIP_AND_SHIP,
    POLICY_MOTHERSHIP,
    POLICY_CATCHMENT,
    POLICIES
};

/* The ways on which a policy sends ambulances. */
enum way {
    WAY_USUAL,
    WAY_ELSEWHERE, /* those who are not taken to a HASU although the policy says so */
    WAY_CENTRE,    /* those whom the score before hospital picks out, under mothership */
};

/* For an area, hospitals by their place in the service's list. */
struct route {
    uint32_t nearest;   /* of all, for those who make their own way */
    uint32_t ambulance; /* where the policy sends an ambulance */
    uint32_t elsewhere; /* nearest stroke unit that is not a HASU; = ambulance if there is none */
    uint32_t centre;    /* nearest thrombectomy centre within the bypass limit; else = ambulance */
    uint32_t own_su;    /* nearest stroke unit after a HASU; NO_HOSPITAL if there is none */
    uint32_t own_rehab; /* nearest with rehabilitation beds; NO_HOSPITAL if there is none */
};

#define NO_HOSPITAL UINT32_MAX

struct service {
    struct parameters parameters;
    const struct region *region;
    size_t hospitals;
    const struct hospital *hospital; /* the caller's */
    struct unit *unit;               /* one a hospital */
    struct scan_pattern *scans;      /* what units point at: at most one a hospital */
    struct route *route;             /* one an area */
    struct outcome_model outcome;
    struct price_list prices;
    const struct lifetime_table *lifetime; /* the model's; NULL in a service of its own */
    struct week_performance week;          /* of a unit with a hours_effect of 1 */
    double ln_response_p50, ln_scene_p50;
    double picked_out[STROKE_TYPES]; /* share that the score before hospital sends to a centre */
    struct fleet_plan *fleet;        /* NULL: responses are drawn */
    bool beds_limited, diverts;
    int start_weekday;    /* of simulated time; 0: Monday */
    struct service *next; /* the phase after this one, owned by it; NULL: none */
    double from_day;      /* of the window, with which a later phase begins, at midnight */
};

enum service_problem { SERVICE_OK, SERVICE_NO_MEMORY, SERVICE_NO_UNIT };

/* Makes a service of a configuration's hospitals and parameters; hospital and region must outlive
 * it. catchment: the hospital of each area, which the policy of this name asks for; or NULL.
 * SERVICE_NO_UNIT: the policy finds no hospital to send strokes to. After any problem the service
 * needs no fini. */
enum service_problem service_init(struct service *service, const struct region *region,
                                  const struct hospital *hospital, size_t hospitals,
                                  const struct parameters *parameters, const uint32_t *catchment);
void service_fini(struct service *service); /* with its later phases */

/* Adds a phase at the end of the chain: hospitals of the same sites in the same order. After any
 * problem the chain is as before. */
enum service_problem service_add_phase(struct service *service, const struct hospital *hospital,
                                       double from_day, const uint32_t *catchment);

/* The phase in force on a day of the window; a fraction is a time of that day, and before the
 * window it is the first. */
static inline const struct service *service_phase(const struct service *service, double day)
{
    while (service->next != NULL && service->next->from_day <= day)
        service = service->next;
    return service;
}

/* Roles as in a hospitals file, joined by '+'; "none" without any. Writes into text, or returns a
 * constant. */
enum { ROLES_TEXT = 32 };
const char *hospital_roles_text(unsigned roles, char text[ROLES_TEXT]);

/* Whether its roles bring beds of a kind. */
bool hospital_has_kind(const struct hospital *hospital, enum bed_kind kind);

bool hospital_is_hasu(const struct hospital *hospital);

/* The kind of bed into which strokes go first. */
enum bed_kind hospital_first_bed(const struct hospital *hospital);

/* Whether a policy may send ambulances on their usual way to such a hospital: by its roles, and
 * with a bed of the kind (a count of 0 is no destination). */
bool hospital_suits(const struct hospital *hospital, enum policy policy);

/* Whether a hospital may take an ambulance from this area that goes this way. */
bool service_takes(const struct service *service, size_t hospital, size_t area, enum way way);

bool service_has_hasu(const struct service *service); /* of all phases */

/* Whether a unit has a published thrombolysis rate of its own for a type. */
bool unit_has_own_rate(const struct unit *unit, enum stroke_type type);

/* Gives the units that have neither a share nor a rate of their own for a type the solved one: for
 * a local unit, for a HASU. */
void service_set_treated_if_eligible(struct service *service, enum stroke_type type, double local,
                                     double hasu);

/* Beds of a kind as the run sees them: a count, or BEDS_UNLIMITED. */
int service_beds(const struct service *service, size_t hospital, enum bed_kind kind);

/* The same as the hospitals file counts them, whether or not beds.limited has patients wait. */
int service_beds_counted(const struct service *service, size_t hospital, enum bed_kind kind);

/* Whether there are such beds at any time, of all phases. */
bool service_has_beds(const struct service *service, size_t hospital, enum bed_kind kind);

/* Beds as the run sees them on a weekday, 0 is Monday. */
int service_beds_on(const struct service *service, size_t hospital, enum bed_kind kind,
                    int weekday);

/* The mean of a week; BEDS_UNLIMITED where they are. */
double service_week_beds(const struct service *service, size_t hospital, enum bed_kind kind);

/* The mean over time of all phases, between two days of the window; BEDS_UNLIMITED where they ever
 * are. The window begins on the weekday of simulated time 0, as after a warm-up of whole weeks.
 * counted: as the hospitals file counts them; else as the run sees them. */
double service_mean_beds(const struct service *service, size_t hospital, enum bed_kind kind,
                         bool counted, double from_day, double to_day);

/* Whether the beds of a kind ever change, of all phases. */
bool service_beds_change(const struct service *service, size_t hospital, enum bed_kind kind);

/* Whether any bed changes as the run sees them, or a phase follows. */
bool service_changes(const struct service *service);

/* Whether any bed is counted, of all phases. */
bool service_counts_beds(const struct service *service);

/* Whether patients meet, at beds or at ambulances, so that later ones matter to earlier ones; of
 * all phases. */
bool service_is_shared(const struct service *service);

#endif
