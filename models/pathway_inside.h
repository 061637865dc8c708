/* What the files of the pathway share: a visit (a patient on the way), and the state of a run.
 * Internal to models/pathway*.c; everybody else wants models/pathway.h. */
#ifndef MODELS_PATHWAY_INSIDE_H
#define MODELS_PATHWAY_INSIDE_H

#include "models/fleet.h"
#include "models/pathway.h"
#include "models/treatment.h"
#include "sim/calendar.h"
#include "sim/process.h"
#include "sim/resource.h"

enum { VISITS_A_CHUNK = 512, MOST_CHUNKS = 32768, DAY_MIN = 1440 };

/* A patient on the way through: what lives only while the process does. */
struct visit {
    struct process process; /* first, so that one can be cast to the other */
    struct call call;       /* for an ambulance, where there is a fleet */
    struct claim bed, su_bed, rehab_bed;
    const struct patient *patient;
    struct path *path;
    struct claim *held; /* the bed the patient is in, and what it is one of; NULL: none */
    struct resource *held_of;
    struct reperfusion reperfusion;
    struct visit *next_free;
    bool moves;         /* to a stroke unit after the hyper-acute days */
    bool rehabilitates; /* needs a rehabilitation bed, and there are some */
};

struct clerk { /* a process of the simulation itself: midnight */
    struct process process;
    size_t next;
};

struct bed_count { /* patients on the way, of one kind of bed at a hospital */
    int in_beds, waiting;
};

struct pathway {
    const struct pathway_run *run;
    const struct service *phase; /* in force */
    struct calendar *calendar;
    struct clerk midnight, beds_clerk;
    struct fleet fleet; /* runs where the service has one */
    double fleet_utilisation;
    size_t hospitals, days, census_days;
    struct resource (*beds)[BED_KINDS]; /* one pair a hospital */
    struct bed_use (*use)[BED_KINDS];
    uint16_t (*census)[BED_KINDS];          /* days x hospitals */
    struct bed_count (*counted)[BED_KINDS]; /* by pathway_balances() */
    double *present; /* patients between door and discharge at each midnight */
    struct path *path;
    size_t paths;
    size_t next; /* to fall ill, by place in the cohort's order */
    struct visit *chunk[MOST_CHUNKS];
    size_t chunks;
    struct visit *free_visit;
    size_t inside;     /* from onset to discharge */
    size_t admitted;   /* from the door to discharge */
    size_t idle_days;  /* midnights in a row, where beds change, at which nothing was to come */
    size_t waited_for; /* of the window's patients, those not yet done */
    enum pathway_status status;
    uint64_t events;
};

/* A visit to use, or NULL when memory ran out; and back. */
struct visit *pathway_take_visit(struct pathway *pathway);
void pathway_give_visit(struct pathway *pathway, struct visit *visit);

/* Ends the run early. */
void pathway_stop(struct pathway *pathway, enum pathway_status status);

/* The processes, in pathway.c; the last where the service changes. */
process_body pathway_midnight, pathway_change_beds;

/* The patients fall ill, and everything takes its course. False: out of memory. */
bool pathway_let_pass(struct pathway *pathway);

/* What midnight does, in pathway_run.c: the window opens, the beds are counted, it closes. */
void pathway_begin_window(struct pathway *pathway);
void pathway_take_census(struct pathway *pathway, size_t day);
void pathway_end_window(struct pathway *pathway);

/* The phase that holds at a time of the run. */
const struct service *pathway_phase_at(const struct pathway *pathway, double min);

/* The phase and the beds of the day that begins now; the day's number is of simulated time. */
void pathway_begin_day(struct pathway *pathway, size_t day);

/* The invariant of pathway_balance.c: nobody is lost. Who asked for a bed, at every hospital and of
 * every kind, was granted it and gave it back, gave up waiting, is in it or waits; those in it and
 * those who wait are counted among the patients who are on the way, one by one. */
bool pathway_balances(struct pathway *pathway);

#endif
