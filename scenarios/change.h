/* A change of a scenario: one configuration more, made of another by what the command line says.
 *
 * Hospitals or roles of theirs close and open, a policy or a parameter changes, and the beds of
 * what closes move. The new configuration is appended to the scenario's design, beside the one
 * that it started from, so both meet the same patients. Levels are solved for as the scenario's
 * files say, so a change moves the treatment rate and the mortality as --set does.
 *
 * What patients, treatment and the published levels are like is the same under every
 * configuration and cannot change in one alone: change_part_sets() tells such parameters, which
 * are the scenario's to read, from those of a service or a unit.
 */
#ifndef SCENARIOS_CHANGE_H
#define SCENARIOS_CHANGE_H

#include <stdbool.h>
#include <stddef.h>

#include "scenarios/scenario.h"

enum change_kind { CHANGE_CLOSE, CHANGE_OPEN, CHANGE_ROLE };

/* One hospital's change as typed: UNIT or UNIT:ROLE to close or open, UNIT=ROLE for a role. UNIT
 * is a name of the configuration's, or a part of one that no other has. With @MONTH at its end it
 * holds from that month of the window on; without, or with @1, from the beginning. */
struct change_request {
    enum change_kind kind;
    const char *text;
};

/* What becomes of counted beds where a kind of bed closes. */
enum change_beds {
    CHANGE_BEDS_MOVE,  /* to those that take its patients, by how many more fill theirs */
    CHANGE_BEDS_STAY,  /* they close, and no others open */
    CHANGE_BEDS_SCALE, /* they close, and everywhere else beds change as patients do */
};

struct change_options {
    const char *from;                     /* a configuration; NULL: the first */
    const struct change_request *request; /* in the order in which they are made */
    size_t requests;
    const char *policy;     /* in all months; NULL: as it is */
    const char *const *set; /* KEY=VALUE, of a service or a unit; in all months */
    size_t sets;
    enum change_beds beds;
};

/* What one hospital's beds became by closing, opening, moving and scaling; --set comes later. */
struct bed_change {
    int before[BED_KINDS], after[BED_KINDS]; /* as the hospitals file counts them */
};

/* What changes with one month. */
struct change_stage {
    int month;               /* 1: the beginning */
    struct bed_change *beds; /* one a hospital, against the stage before or the start */
    int closed[BED_KINDS];   /* counted beds that closed, ... */
    int moved[BED_KINDS];    /* ... and of those, that others got */
};

/* What was done. Strings and arrays are its own. */
struct change {
    size_t from, to;            /* configurations of the design */
    char *words;                /* the question in one line */
    char *slug;                 /* the changes for the name of a folder: a-z, 0-9 and - */
    struct change_stage *stage; /* one a phase: the beginning, then by month */
    size_t stages;
};

/* Whether KEY=VALUE is for change_options: of a service, a unit or a hospital, which one
 * configuration may have alone, or not known, which change_make() reports. False of what holds in
 * all, which scenario_read() takes. */
bool change_is_of_one(const char *set);

/* Appends the configuration to the scenario's design, which design_prepare() has made ready. False:
 * the diagnosis says why (everything that is wrong at once), and there is nothing to free. */
bool change_make(struct change *change, struct scenario *scenario,
                 const struct change_options *options, struct diagnosis *diagnosis);
void change_fini(struct change *change);

#endif
