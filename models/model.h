/* The model: a scenario made ready to run, centrally or at one draw of the evidence.
 *
 * A design is what a scenario says, checked and resolved: the region, and for each configuration
 * its hospitals, its values of the parameters and how uncertain they are. Values come twice: as the
 * scenario's files say, which is what calibration solves for, and as they stand after changes from
 * the command line, which is what runs. So a change moves the treatment rate and the mortality
 * instead of being solved away; only the calibrated levels themselves follow the command line.
 */
#ifndef MODELS_MODEL_H
#define MODELS_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/calibration.h"
#include "models/demand.h"
#include "models/evidence.h"
#include "models/region.h"
#include "models/service.h"

/* Uses of random numbers that never share one. */
enum stream_domain {
    DOMAIN_PATIENTS,
    DOMAIN_WARM_UP,
    DOMAIN_EVIDENCE,
    DOMAIN_BOOTSTRAP,
    DOMAIN_OTHER_CALLS,
    DOMAIN_OTHER_CALLS_WARM_UP,
    DOMAIN_DESIGN,  /* points of designed experiments */
    DOMAIN_RESAMPLE /* bootstraps over their points */
};

/* The hospitals as they are from a later month of the window on; owns its arrays, which are as long
 * as the configuration's and of the same sites in the same order. */
struct later_phase {
    int month;                         /* from 2; the first is the window's first */
    int date[3];                       /* year, month, day with which it begins; 0: not known */
    double from_day;                   /* of the window */
    struct hospital *written_hospital; /* as the files say */
    struct hospital *hospital;         /* as it runs */
};

/* What a configuration is made from; owns its arrays. */
struct configuration {
    char *name, *title;
    struct hospital *written_hospital; /* as the files say */
    struct hospital *hospital;         /* as it runs; the same length */
    size_t hospitals;
    struct later_phase *later; /* by month; NULL: none */
    size_t laters;
    uint32_t *catchment;             /* by area, its hospital's place; NULL: none given */
    const struct fleet_table *fleet; /* one of the design's; NULL: responses are drawn */
    struct parameters written, parameters;
    struct spread spread[PARAMETER_COUNT]; /* of both: what is set by hand is certain */
    bool set_by_hand[PARAMETER_COUNT];     /* on the command line: certain, drawn in neither */
    const char *source[PARAMETER_COUNT];   /* as the files give it; not its own; NULL: none */
    struct evidence evidence;              /* made ready by design_prepare() */
};

struct design {
    struct region region;
    struct configuration *configuration; /* the first is the reference */
    size_t configurations;
    struct fleet_table *fleet; /* those that configurations have */
    size_t fleets;
    struct growth_table growth; /* projections of demand; no rows: none */
    int start_weekday;          /* 0: Monday */
    int start_year;             /* of the calendar; 0: not known */
    double years;
    uint64_t seed;
};

void design_fini(struct design *design);
void configuration_fini(struct configuration *configuration); /* of those of no design */

/* The hospitals as they run in a phase; 0: the first, up to laters. */
static inline struct hospital *configuration_phase(const struct configuration *configuration,
                                                   size_t phase)
{
    return phase == 0 ? configuration->hospital : configuration->later[phase - 1].hospital;
}

/* Leaves a configuration as it is in its first month, every day of the week alike with the most
 * beds of any. */
void configuration_keep_first(struct configuration *configuration);

/* Makes the configurations' evidence ready. False: *which of *configuration has a spread that no
 * distribution of its family has. */
bool design_prepare(struct design *design, size_t *configuration, enum parameter_id *which);

/* A configuration's parameters as they run at a draw of the evidence (from 1; 0: central). The
 * design must be prepared. Levels that are solved for stay NAN. */
void design_draw(const struct design *design, size_t configuration, uint64_t draw,
                 struct parameters *drawn);

enum model_status {
    MODEL_OK,
    MODEL_NO_MEMORY,
    MODEL_NO_PATIENTS,   /* nobody falls ill, or a table of weights is all 0 */
    MODEL_DEMAND,        /* demand grows beyond DEMAND_MOST_LAYERS times the areas' own */
    MODEL_NO_UNIT,       /* a policy finds no hospital to send strokes to */
    MODEL_RATE_TOO_HIGH, /* calibration: more to be thrombolysed than are in time */
    MODEL_MORTALITY,     /* calibration: no level gives the stated mortality */
};

const char *model_status_text(enum model_status status);

/* The same with what is known of where, after model_init() has failed. */
enum { MODEL_EXPLANATION = 256 };
struct model;
void model_explain(const struct model *model, enum model_status status,
                   char text[MODEL_EXPLANATION]);

struct model {
    const struct design *design;
    struct case_mix *mix;
    struct demand *demand;
    struct service *service;          /* one a configuration */
    struct lifetime_table **lifetime; /* likewise; NULL where an earlier one serves */
    struct calibration calibration;
    double warm_up_days;
};

/* The central model (draw 0), or that of a draw of the evidence (from 1). warm_up_days is left 0.
 * After any problem the model needs no fini. */
enum model_status model_init(struct model *model, const struct design *design, uint64_t draw);
void model_fini(struct model *model);

/* What draws of the evidence have in common with the central model, worked out once: who the pilot
 * patients are, and how long lives last. */
struct model_basis;

/* The central model must be made and outlive it. NULL: out of memory. */
struct model_basis *model_basis_new(const struct model *central);
void model_basis_free(struct model_basis *basis); /* legal with NULL */

/* The same model as model_init() makes, to the last digit, sooner; the design is the basis's own.
 * basis may be NULL. Several threads may share one. */
enum model_status model_init_on(struct model *model, const struct design *design, uint64_t draw,
                                const struct model_basis *basis);

#endif
