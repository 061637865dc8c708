/*
 * A small region for the tests: six areas around London, five hospitals, two configurations.
 *
 *     site      local            central
 *     Ash       stroke unit      HASU, thrombectomy, stroke unit
 *     Birch     stroke unit      stroke unit
 *     Cedar     stroke unit      HASU, stroke unit
 *     Dogwood   stroke unit      stroke unit
 *     Elm       (no stroke care: only those who make their own way come first)
 *
 * About 370 strokes a year, enough beds for most days and too few for some. Parameters are the
 * dictionary's and certain, but for the policy of "central", until a test changes them. Minutes are
 * estimated from the coordinates; one area, Far, lies more than 25 km from every hospital.
 */
#ifndef TESTS_MODELS_SMALL_REGION_H
#define TESTS_MODELS_SMALL_REGION_H

#include "models/trial.h"

enum { SITE_ASH, SITE_BIRCH, SITE_CEDAR, SITE_DOGWOOD, SITE_ELM, SMALL_SITES };
enum { SMALL_AREAS = 6, SMALL_HOSPITALS = SMALL_SITES, LOCAL = 0, CENTRAL = 1, BOTH = 2 };

void small_design(struct design *design);

/* Beds of every hospital that has some: unlimited instead of counted. */
void small_design_unlimited(struct design *design);

/* So many rehabilitation beds at Elm, in both configurations. */
void small_design_rehab(struct design *design, int beds);

/* Ambulances in both configurations: two stations, north and south, with so many vehicles each at
 * all hours. */
void small_design_fleet(struct design *design, int vehicles);

/* Everything in it matters: HASU and other stroke units, thrombectomy, patients treated elsewhere,
 * beds short, prices of 2020, a set-up cost. */
void small_design_busy(struct design *design);

/* So many times the people, and so the strokes. */
void small_design_grow(struct design *design, double times);

/* Makes configuration `to` the same as `from`. */
void small_design_copy(struct design *design, size_t from, size_t to);

/* A value in one configuration or BOTH: as the files say (written and running), or as a change on
 * the command line (running only). */
void small_design_write(struct design *design, size_t configuration, enum parameter_id id,
                        double value);
void small_design_push(struct design *design, size_t configuration, enum parameter_id id,
                       double value);

/* Minutes again by the estimate, from the first configuration's running parameters. */
void small_design_estimate(struct design *design);

/* A model of the design, a worker, and the results of the replication that ran last. */
struct small_run {
    struct model model;
    struct trial trial;
    struct trial_worker *worker;
    struct trial_results *results;
};

/* The design must outlive the run. LOCAL is the baseline. Asserts that the model could be made. */
void small_run_open(struct small_run *run, const struct design *design, double years);
void small_run_replication(struct small_run *run, uint64_t replication);
void small_run_close(struct small_run *run);

/* A metric of the replication that ran last. */
double small_run_expected(const struct small_run *run, size_t service, enum metric metric);
double small_run_drawn(const struct small_run *run, size_t service, enum metric metric);

/* Whether a patient's onset lies in the window. */
bool small_run_counts(const struct small_run *run, const struct patient *patient);

/* The two-sided normal score at which `cells` intervals hold together with 99%. */
double family_score(size_t cells);

/* Whether got is want to within `relative`. */
bool near(double got, double want, double relative);

/* The same, or both NaN. */
bool same(double a, double b);

#endif
