/* What the files of a network's run share: the replication as it stands. Internal to them. */
#ifndef MODELS_NETWORK_INSIDE_H
#define MODELS_NETWORK_INSIDE_H

#include "models/network_run.h"
#include "sim/resource.h"
#include "sim/stream.h"
#include "sim/tally.h"

/* Places in a patient's numbers: block by visit, lane by purpose. */
enum network_lane { LANE_GAP, LANE_ROUTE, LANE_STAY, LANE_DELAY };

enum { OUTSIDE = -1, VISITORS_A_CHUNK = 256, MOST_CHUNKS = 65536 };

/* A patient on the way through. */
struct visitor {
    struct process process; /* first: the body casts */
    struct claim claim[2];  /* of the bed that is held and of the one that is asked for */
    unsigned held;          /* which of the two is the former */
    const struct network_source *source; /* NULL: nobody's, and free */
    const struct network_route *route;   /* on from the present ward */
    uint64_t entity;
    uint32_t visit;
    int ward;    /* in whose bed, or OUTSIDE */
    int next;    /* asked for, or NETWORK_LEAVES */
    bool blocks; /* counted as blocking its bed */
    double came_min, bed_since_min;
    double uniform[STREAM_LANES]; /* of this visit */
    struct visitor *next_free;
};

/* Who waited and how long, of a class at a ward. */
struct class_count {
    uint64_t asked, queued, turned_away, released;
    struct tally wait_min;
    double stay_min; /* of those released */
};

struct ward_count { /* patients inside, one by one */
    uint64_t in_beds, waiting;
};

struct ward_state {
    struct resource beds;
    struct level blocked, delayed;
    struct ward_balance balance;
    struct ward_count counted; /* by network_balances() */
};

struct source_clerk {
    struct process process; /* first: the body casts */
    const struct network_source *source;
    uint64_t entity; /* of the patient who comes next */
    double uniform[STREAM_LANES];
};

struct network_clerk {
    struct process process; /* first: the bodies cast */
    uint32_t day, hour;
};

struct network_worker {
    const struct network_run *run;
    struct network_result *result;
    enum network_status status;
    struct calendar *calendar;
    struct stream stream;
    struct ward_state *ward;
    struct class_count *count;        /* class by class, ward by ward */
    struct class_count *from_outside; /* one: first asks of all */
    struct source_clerk *source;
    struct network_clerk census, shifts;
    uint32_t *blocked_for; /* from ward by ward: patients in its beds who wait for another */
    int *came_by;          /* for finding circles of wards */
    size_t wards, counts, sources; /* room for so many */
    struct visitor *chunk[MOST_CHUNKS];
    size_t chunks;
    struct visitor *free_visitor;
    struct network_balance balance;
    uint64_t left_in_window;
    double time_inside_min; /* of those */
    struct level inside;
    uint64_t events;
};

/* network_steps.c: what happens to a patient. */

/* A patient comes. NULL: the replication was stopped, for want of memory or of an end. */
struct visitor *network_arrive(struct network_worker *worker, struct source_clerk *clerk);
/* Asks for a bed of visitor->next, waiting or granted. False: turned away, and gone. */
bool network_ask(struct network_worker *worker, struct visitor *visitor);
static inline struct claim *network_asked(struct visitor *visitor)
{
    return &visitor->claim[1 - visitor->held];
}
/* Into the bed that was granted, out of the one before. Returns the minutes of the stay. */
double network_settle(struct network_worker *worker, struct visitor *visitor);
double network_delay_min(const struct visitor *visitor);
void network_delayed(struct network_worker *worker, struct visitor *visitor, int by);
void network_leave(struct network_worker *worker, struct visitor *visitor);

/* network_swap.c: if those in beds wait for each other's in a circle that `visitor`, who waits for
 * a bed, closes, they change places. */
void network_change_places(struct network_worker *worker, const struct visitor *visitor);
/* The visitor whose claim it is. */
struct visitor *network_visitor_of(const struct claim *claim);
/* Gives the held bed back. */
void network_give_bed(struct network_worker *worker, struct visitor *visitor);

/* network_figures.c: what is counted, and when. */
void network_begin_window(struct network_worker *worker);
void network_take_census(struct network_worker *worker);
void network_end_window(struct network_worker *worker);

/* The invariant of network_balance.c: nobody is lost, at every ward and in all. Those in beds and
 * those who wait are counted among the patients inside, one by one. */
bool network_balances(struct network_worker *worker);

#endif
