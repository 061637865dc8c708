/* An experiment: configurations of a scenario compared on the same patients, and how sure that is.
 *
 * Replications run in parallel and are taken in their order, so every figure is the same for any
 * number of threads. Three ranges are kept apart (they answer different questions): the 95%
 * interval of a mean over replications (how well computed), the 5 to 95% range over replications
 * as drawn (how much one year differs from the next), and the 2.5 to 97.5% range over draws of the
 * uncertain parameters (how sure the evidence is).
 *
 * A draw of the evidence runs one replication that the central run had too, and counts how far it
 * moved that replication's difference from the central one: the noise of the year cancels.
 */
#ifndef SCENARIOS_EXPERIMENT_H
#define SCENARIOS_EXPERIMENT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/trial.h"
#include "scenarios/area_groups.h"
#include "scenarios/kept.h"
#include "scenarios/kept_census.h"
#include "sim/tally.h"

enum {
    EXPERIMENT_KEPT = KEPT_MOST, /* replications kept for ranges over years */
};

/* Figures of an area or a hospital, tallied over replications. */
enum area_metric {
    AREA_STROKES,
    AREA_TRAVEL_MIN,
    AREA_WITHIN_30_MIN,
    AREA_IVT_RATE,
    AREA_ORGANISED_CARE,
    AREA_DEATHS_90D,
    AREA_MORTALITY_90D,
    AREA_MRS_0_2_90D,
    AREA_AMBULANCE_HOURS,
    AREA_VISITOR_TRAVEL_MIN,
    AREA_METRICS
};

enum unit_metric {
    UNIT_METRIC_ADMISSIONS,
    UNIT_METRIC_STROKES,
    UNIT_METRIC_IVT_RATE,
    UNIT_METRIC_DOOR_TO_NEEDLE_MIN,
    UNIT_METRIC_TRAVEL_MIN,
    UNIT_METRIC_ORGANISED_CARE,
    UNIT_METRIC_DEATHS_90D,
    UNIT_METRIC_OUTLIERS,
    UNIT_METRIC_DIVERTED,
    UNIT_METRIC_BLOCKED_BED_DAYS,
    UNIT_METRIC_NURSES_WTE,
    UNIT_METRIC_HASU_BEDS_IN_USE, /* of each kind of bed: in use, ... */
    UNIT_METRIC_HASU_OCCUPANCY,
    UNIT_METRIC_HASU_WAIT_HOURS,
    UNIT_METRIC_HASU_WAITED,
    UNIT_METRIC_SU_BEDS_IN_USE,
    UNIT_METRIC_SU_OCCUPANCY,
    UNIT_METRIC_SU_WAIT_DAYS,
    UNIT_METRIC_SU_WAITED,
    UNIT_METRIC_REHAB_BEDS_IN_USE,
    UNIT_METRIC_REHAB_OCCUPANCY,
    UNIT_METRIC_REHAB_WAIT_DAYS,
    UNIT_METRIC_REHAB_WAITED,
    UNIT_METRIC_HASU_BEDS, /* as the hospitals file counts them, by kind */
    UNIT_METRIC_SU_BEDS,
    UNIT_METRIC_REHAB_BEDS,
    UNIT_METRICS
};

/* Of a kind of bed: 0 in use, 1 occupancy, 2 wait, 3 the share who waited. */
enum { METRICS_OF_BEDS = 4 };
enum unit_metric unit_metric_of_beds(enum bed_kind kind, unsigned which);

/* Of an area or a group of them, and how it differs from the baseline on the same patients. */
struct area_tallies {
    struct tally of[AREA_METRICS], difference[AREA_METRICS];
};

struct unit_tallies {
    struct tally of[UNIT_METRICS];
    uint64_t days[BED_KINDS][CENSUS_LEVELS]; /* days with so many beds in use */
};

/* Figures of one year at one place (models/yearly.h). */
struct year_tallies {
    struct tally strokes, deaths_90d;
    struct tally in_use[BED_KINDS], in_use_p95[BED_KINDS];
};

/* What is known of a target (scenarios/target.h) in one configuration. */
struct target_tally {
    struct tally value;        /* as expected */
    uint64_t years, years_met; /* replications that have the figure; of these as drawn */
    uint64_t draws, draws_met; /* of the evidence; an unstable one does not meet it */
};

/* What is known of one configuration. */
struct arm {
    size_t configuration;                   /* its place in the design */
    bool unstable;                          /* loaded beyond its capacity: no mean is quoted */
    struct tally summary[METRIC_COUNT];     /* as expected */
    struct tally difference[METRIC_COUNT];  /* from the baseline, as expected */
    struct kept_values year[METRIC_COUNT];  /* differences as drawn */
    struct kept_values qalys, lifetime_gbp; /* lifetime differences as expected, in pairs */
    double *evidence[METRIC_COUNT];         /* differences over draws of the evidence */
    struct tally driver[DRIVERS + 1];       /* lives saved; the last: everything else */
    struct tally item[BILL_ITEMS];          /* quantities a year */
    struct area_tallies *area;  /* differences are 0 in the baseline's own, here and in the next */
    struct area_tallies *group; /* one a group of areas */
    struct area_tallies *fifth; /* one a fifth by deprivation */
    struct unit_tallies *unit;
    struct year_tallies *yearly; /* years x (hospitals + 1); NULL: no years */
    struct kept_census census;   /* no days: not wanted */
    struct target_tally *target; /* one a target of the experiment */
};

/* Where the warm-up comes from. */
enum warm_up {
    WARM_UP_FOUND,  /* by MSER-5 */
    WARM_UP_NO_CUT, /* MSER-5 found none in some configuration: half the pilot */
    WARM_UP_BY_HAND,
};

struct target;

struct experiment {
    const struct design *design;
    struct model model; /* central; its services have the unit costs and beds */
    struct arm *arm;    /* the baseline first */
    size_t arms;
    struct area_groups groups, fifths; /* as the areas file names them; by deprivation */
    /* Of one replication by group, and by fifth: the baseline's, then another's. */
    struct area_account *pooled, *pooled_fifths;
    const struct target *target; /* as in the options */
    size_t targets;
    double warm_up_days, window_days;
    size_t years; /* that are told apart: whole years of a window of two or more, or 0 */
    enum warm_up warm_up;
    uint64_t replications, replications_asked; /* asked 0: by precision */
    uint64_t draws;
    bool complete;
    const char *failed_step; /* "replication", "pilot replication" or "draw of the evidence" */
    uint64_t failed;         /* the number of that which failed; 0: none */
    double seconds;          /* of simulating */
    uint64_t patients, events;
};

struct experiment_options {
    const size_t *configurations; /* places in the design; the baseline first */
    size_t count;
    uint64_t replications; /* 0: until the precision is met */
    uint64_t first;        /* the number of the first; 0: 1, which draws of the evidence need */
    enum metric precision_metric;
    double precision_half_width;
    unsigned threads;
    uint64_t draws;              /* of the evidence */
    uint64_t draw;               /* run this draw of the evidence; 0: the central model */
    bool whole_only;             /* figures of the whole: no areas, hospitals, years or drivers */
    const struct target *target; /* to be counted; not with whole_only */
    size_t targets;
    const double *warm_up_days; /* found before; NULL: to be found, or as set by hand */
    bool patients;              /* whether replication_done wants the patients */
    bool census;                /* whether the beds in use by day are wanted */
    const atomic_bool *stop;    /* true: finish at the next replication. Or NULL. */
    /* Called in the caller's thread for each replication in turn. False: give up. Or NULL. */
    bool (*replication_done)(void *context, const struct experiment *experiment,
                             uint64_t replication, const struct trial_results *results);
    /* Called now and then with the share of the work that is done. Or NULL. */
    void (*progress)(void *context, double share);
    void *context;
};

enum experiment_status {
    EXPERIMENT_OK,
    EXPERIMENT_STOPPED, /* what was finished stands; complete is false */
    EXPERIMENT_NO_MEMORY,
    EXPERIMENT_MODEL,   /* the model could not be made: model_status says why */
    EXPERIMENT_DRAW,    /* a draw of the evidence could not be made */
    EXPERIMENT_GAVE_UP, /* replication_done said so */
};

/* Runs an experiment. After any status but OK and STOPPED there is nothing to free, and `failed`
 * says where it failed if it was in a replication, whose number and the seed make it again. */
enum experiment_status experiment_run(struct experiment *experiment, const struct design *design,
                                      const struct experiment_options *options,
                                      enum model_status *model_status);
void experiment_fini(struct experiment *experiment);

/* Finds the warm-up of a design alone: one number for all its configurations, replications and
 * sweep points. Status as of experiment_run(); nothing to free. */
enum experiment_status experiment_warm_up(const struct design *design, unsigned threads,
                                          double *days, enum model_status *model_status);

/* Whether an arm can be compared: neither it nor the baseline is unstable. */
bool experiment_is_comparable(const struct experiment *experiment, const struct arm *arm);

/* Whether a metric's difference is one of service: where only one of the two prevents strokes, the
 * QALYs of the strokes that do not happen are counted nowhere, and nothing is said of them. */
bool experiment_quotes(const struct experiment *experiment, const struct arm *arm,
                       enum metric metric);

/* Range of a metric's difference over years as drawn (5 to 95%), or over the evidence (2.5 to
 * 97.5%). NAN where nothing is known. */
void experiment_year_range(const struct arm *arm, enum metric metric, double *low, double *high);
void experiment_evidence_range(const struct experiment *experiment, const struct arm *arm,
                               enum metric metric, double *low, double *high);

/* The middle (median) of the draws; NAN without draws. It need not be the central estimate, which
 * takes every parameter at its stated value, wherever that lies in its range. */
double experiment_evidence_middle(const struct experiment *experiment, const struct arm *arm,
                                  enum metric metric);

/* Share of draws in which a metric's difference is above 0; NAN without draws. */
double experiment_evidence_above_zero(const struct experiment *experiment, const struct arm *arm,
                                      enum metric metric);

/* The difference of a metric between two ledgers: lives_saved is baseline deaths less the other's.
 * as_drawn: of the drawn values, otherwise of the expected. */
double experiment_difference(const struct ledger *baseline, const struct ledger *other,
                             enum metric metric, bool as_drawn);

/* Names and units of the figures of areas and hospitals. */
const char *area_metric_name(enum area_metric metric);
const char *area_metric_unit(enum area_metric metric);
const char *unit_metric_name(enum unit_metric metric);
const char *unit_metric_unit(enum unit_metric metric);
int unit_metric_find(const char *name); /* or -1 */

#endif
