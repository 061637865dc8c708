/* The beds of a stroke service, by hospital and kind, as units to be sized together.
 *
 * Every candidate is the whole service simulated with these beds: all of them counted, patients
 * waiting for them and blocking them, on the same random numbers and over the same window. The
 * share of a unit is of those who asked for that bed there: who was not given one at once. Who is
 * sent to another hospital's free bed instead has not waited, so the share of a stroke unit with
 * neighbours is far below any formula's, which knows of none.
 */
#ifndef SCENARIOS_SERVICE_SIZING_H
#define SCENARIOS_SERVICE_SIZING_H

#include "scenarios/experiment.h"
#include "scenarios/sizing.h"

/* Beds of a kind at a hospital of the configuration, to which patients come. */
struct service_unit {
    size_t hospital;
    enum bed_kind kind;
};

struct service_sizing {
    struct design *design; /* whose beds are changed */
    size_t configuration;
    uint64_t replications;
    unsigned threads;
    const atomic_bool *stop;

    /* Made by service_sizing_open(): */
    size_t units;
    struct service_unit *unit;
    double *load; /* offered, at the start */
    int *own;     /* beds by the hospitals file; where unlimited, enough by the formula */
    /* Whole beds above the load: no unit is sized to live on its neighbours' beds. */
    int *fewest;
    bool unstable; /* whether the candidate simulated last was */
    /* Why something failed, as of experiment_run(). */
    struct experiment experiment;
    enum experiment_status status;
    enum model_status model_status;
};

/* Finds the units; the first five members are the caller's. The design must be prepared, and from
 * now on has the beds of the configuration counted. False: `status` says why. */
bool service_sizing_open(struct service_sizing *sizing);
void service_sizing_close(struct service_sizing *sizing); /* also after a failure */

/* A sizing_simulate on a struct service_sizing. An unstable candidate has a share of 1 everywhere;
 * NAN: nobody asked. */
bool service_sizing_simulate(void *context, const int beds[], double share[]);

#endif
