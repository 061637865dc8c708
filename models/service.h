/* A service: one configuration made ready to run.
 *
 * What the configuration says (its hospitals with their roles and beds, its policy, its values of
 * the parameters) and what follows from it and never changes during a run: which hospital each
 * area's patients go to, how each unit performs, the outcome model and the unit costs.
 */
#ifndef MODELS_SERVICE_H
#define MODELS_SERVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/bill.h"
#include "models/lifetime.h"
#include "models/outcome.h"
#include "models/parameters.h"
#include "models/region.h"

enum hospital_role {
    ROLE_HASU = 1,   /* hyper-acute stroke unit */
    ROLE_SU = 2,     /* stroke unit after the hyper-acute days */
    ROLE_STROKE = 4, /* a local stroke unit that does both */
    ROLE_MT = 8,     /* thrombectomy */
    ROLE_REHAB = 16,
};

enum { BEDS_UNLIMITED = -1, NO_SECTOR = -1 };

/* Columns of a hospital's table that are parameters of its own; the value is NAN where it has none.
 * Which dictionary row stands in depends on whether the hospital is a HASU. */
enum unit_parameter {
    UNIT_ORGANISED_CARE_SHARE,
    UNIT_TREATED_IF_ELIGIBLE,
    UNIT_DOOR_TO_SCAN_P50_MIN,
    UNIT_SCAN_TO_NEEDLE_P50_MIN,
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
    int hasu_beds, su_beds; /* BEDS_UNLIMITED or a count; a stroke unit's beds are su_beds */
    double own[UNIT_PARAMETERS];
};

/* How a unit performs, its own values or the dictionary's. */
struct unit {
    double organised_care_share, treated_if_eligible, mt_treated_if_eligible;
    double scan_mu, needle_mu, puncture_mu; /* logarithms of the median minutes */
};

enum policy { POLICY_NEAREST, POLICY_NEAREST_HASU };

/* For an area, hospitals by their place in the service's list. */
struct route {
    uint32_t nearest;   /* of all, for those who make their own way */
    uint32_t ambulance; /* where the policy sends an ambulance */
    uint32_t elsewhere; /* nearest stroke unit that is not a HASU; = ambulance if there is none */
    uint32_t own_su;    /* nearest stroke unit after a HASU; NO_HOSPITAL if there is none */
};

#define NO_HOSPITAL UINT32_MAX

struct service {
    struct parameters parameters;
    const struct region *region;
    size_t hospitals;
    const struct hospital *hospital; /* the caller's */
    struct unit *unit;               /* one a hospital */
    struct route *route;             /* one an area */
    struct outcome_model outcome;
    struct price_list prices;
    const struct lifetime_table *lifetime; /* the model's; NULL in a service of its own */
    double ln_response_p50, ln_scene_p50;
    bool beds_limited;
};

enum service_problem { SERVICE_OK, SERVICE_NO_MEMORY, SERVICE_NO_UNIT };

/* Makes a service of a configuration's hospitals and parameters; hospital and region must outlive
 * it. SERVICE_NO_UNIT: the policy finds no hospital to send strokes to. After any problem the
 * service needs no fini. */
enum service_problem service_init(struct service *service, const struct region *region,
                                  const struct hospital *hospital, size_t hospitals,
                                  const struct parameters *parameters);
void service_fini(struct service *service);

bool hospital_is_hasu(const struct hospital *hospital);
bool service_has_hasu(const struct service *service);

/* Gives the units without a share of their own the solved one: for a local unit, for a HASU. */
void service_set_treated_if_eligible(struct service *service, double local, double hasu);

/* Beds of a kind as the run sees them: a count, or BEDS_UNLIMITED. */
int service_hasu_beds(const struct service *service, size_t hospital);
int service_su_beds(const struct service *service, size_t hospital);

/* Whether any bed is counted, so that later patients matter to earlier ones. */
bool service_counts_beds(const struct service *service);

#endif
