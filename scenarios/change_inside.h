/* How a change is made; for the change*.c here alone. */
#ifndef SCENARIOS_CHANGE_INSIDE_H
#define SCENARIOS_CHANGE_INSIDE_H

#include "scenarios/change.h"
#include "scenarios/read/scenario_loader.h"

struct changing {
    struct change *change;
    struct scenario *scenario;
    const struct change_options *options;
    struct diagnosis *diagnosis;
    const struct configuration *from;
    struct configuration *to; /* not in the design yet */
};

static inline const char *changing_name(const struct changing *changing, size_t hospital)
{
    return changing->scenario->design.region.site[changing->to->hospital[hospital].site].name;
}

/* The option that a kind of request is given by, as messages show it. */
const char *change_option(enum change_kind kind);

/* change_units.c: the roles of hospitals. Every request, in order; what is wrong is reported. */
void change_units(struct changing *changing);
/* The hospital that a name or a part of one means; NAME_NOT_FOUND: reported at `place`. */
size_t change_find(const struct changing *changing, const char *name, const struct place *place);

/* change_beds.c: beds of the kinds that closed and opened. False: out of memory, reported. */
bool change_beds(struct changing *changing);

/* change_words.c: the words and the slug. False: out of memory. */
bool change_describe(struct changing *changing);

#endif
