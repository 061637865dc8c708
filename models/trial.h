/* A trial: one replication of every configuration on the same patients.
 *
 * A pure function of (model, replication, domain): the cohort is drawn once, every service runs
 * over it, and each is compared patient by patient with the baseline. A worker keeps its memory
 * from trial to trial, but nothing else, so results do not depend on who ran what.
 */
#ifndef MODELS_TRIAL_H
#define MODELS_TRIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/drivers.h"
#include "models/ledger.h"
#include "models/model.h"
#include "models/yearly.h"

enum { CENSUS_LEVELS = 512 }; /* beds in use from which a day counts as that many */

/* Days on which so many beds were in use, by hospital and kind. */
struct day_counts {
    uint32_t days[BED_KINDS][CENSUS_LEVELS];
};

/* What a trial says of one service. */
struct trial_result {
    enum pathway_status status;
    struct ledger ledger;
    double driver_deaths[DRIVER_SETTINGS]; /* against the baseline */
    struct day_counts *day_counts;         /* one a hospital; NULL: not wanted */
    struct year_account *year;             /* years x (hospitals + 1); NULL: not wanted */
    uint16_t (*census)[BED_KINDS];         /* days asked for x hospitals; NULL: not wanted */
    struct path *path;                     /* a copy of every path; NULL: not wanted */
};

/* What a trial is to give; every result is the caller's memory, made by trial_results_new(). */
struct trial_results {
    size_t services;
    struct trial_result *service;
    bool places;                      /* areas, units and day counts */
    bool years;                       /* the accounts of each year */
    bool patients;                    /* the cohort and its paths */
    size_t census_days, census_every; /* every so many days, from the first; 0: not wanted */
    struct cohort cohort;
    uint64_t events; /* of all services */
};

/* places, patients: whether those parts are wanted. NULL: out of memory. */
struct trial_results *trial_results_new(const struct design *design, bool places, bool patients);

/* Makes room for the accounts of each of so many years. False: out of memory. */
bool trial_results_want_years(struct trial_results *results, const struct design *design,
                              size_t years);

/* Makes room for the beds in use at midnight of so many days, each `every` days after the last.
 * False: out of memory. */
bool trial_results_want_census(struct trial_results *results, const struct design *design,
                               size_t days, size_t every);
void trial_results_free(struct trial_results *results); /* legal with NULL */

/* One worker's memory. */
struct trial_worker;
struct trial_worker *trial_worker_new(const struct design *design, double most_days);
void trial_worker_free(struct trial_worker *worker); /* legal with NULL */

struct trial {
    const struct model *model;
    const size_t *run; /* the services to run, by place; run[0] is the baseline */
    size_t runs;
    enum stream_domain domain;
    double warm_up_days, window_days;
    bool drivers; /* whether driver_deaths are wanted */
};

/* False: out of memory. A system beyond its capacity is a result, by status. */
bool trial_run(const struct trial *trial, struct trial_worker *worker, uint64_t replication,
               struct trial_results *results);

/* Patients between the treating door and discharge at each midnight of the window, of the service
 * that ran last; for finding the warm-up. days: the window's. */
void trial_present_series(const struct trial_worker *worker, size_t days, double series[]);

/* For the same purpose: draws the replication's cohort, and runs one service alone over what was
 * drawn last. False: out of memory. */
bool trial_draw(const struct trial *trial, struct trial_worker *worker, uint64_t replication);
bool trial_run_drawn(const struct trial *trial, struct trial_worker *worker, size_t service,
                     uint64_t replication, enum pathway_status *status);

/* Both at once. */
bool trial_run_service(const struct trial *trial, struct trial_worker *worker, size_t service,
                       uint64_t replication, enum pathway_status *status);

#endif
