/* How a change is made; for the change*.c here alone. */
#ifndef SCENARIOS_CHANGE_INSIDE_H
#define SCENARIOS_CHANGE_INSIDE_H

#include "scenarios/change.h"
#include "scenarios/read/scenario_loader.h"

/* A request parted into its unit, its role (NULL: none was given) and its month. */
struct parted {
    const struct change_request *request;
    char *unit, *role; /* one text, which unit owns */
    int month;         /* 0: wrong, which is reported */
};

struct changing {
    struct change *change;
    struct scenario *scenario;
    const struct change_options *options;
    struct diagnosis *diagnosis;
    struct loader *loader; /* for what reading and changing have in common */
    struct parted *parted; /* one a request */
    const struct configuration *from;
    struct configuration *to; /* not in the design yet */
    /* The stage that is being made. */
    struct change_stage *stage;
    const struct hospital *before; /* hospitals as they are before it; its parameters: */
    const struct parameters *parameters_before;
    struct hospital *hospital;
};

static inline const char *changing_name(const struct changing *changing, size_t hospital)
{
    return changing->scenario->design.region.site[changing->to->hospital[hospital].site].name;
}

/* The option that a kind of request is given by, as messages show it. */
const char *change_option(enum change_kind kind);

/* change_units.c: the roles of hospitals. Parts every request, into what change_unpart() frees.
 * What is wrong is reported. */
void change_part(struct changing *changing);
void change_unpart(struct changing *changing);
/* Every request of the stage's month, in order; what is wrong is reported. */
void change_units(struct changing *changing);
/* The hospital that a name or a part of one means; NAME_NOT_FOUND: reported at `place`. */
size_t change_find(const struct changing *changing, const char *name, const struct place *place);

/* change_stages.c: the beginning and every later month that a request names, with the beds; what is
 * wrong is reported. */
void change_stages(struct changing *changing);

/* change_beds.c: the stage's beds of the kinds that closed and opened. False: out of memory,
 * reported. */
bool change_beds(struct changing *changing);

/* change_words.c: the words and the slug. False: out of memory. */
bool change_describe(struct changing *changing);

#endif
