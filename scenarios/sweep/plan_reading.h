/* How a design is read; for plan_read.c, plan_factors.c and plan_list.c alone. */
#ifndef SCENARIOS_SWEEP_PLAN_READING_H
#define SCENARIOS_SWEEP_PLAN_READING_H

#include "scenarios/read/yaml_tree.h"
#include "scenarios/sweep/plan.h"

struct reading {
    struct sweep_plan *plan;
    const struct yaml_node *root;
    struct diagnosis *diagnosis;
    bool no_memory;
};

/* The memory; NULL is reported, once. */
void *reading_need(struct reading *reading, void *memory);
char *reading_copy(struct reading *reading, const char *text);

/* A key that must be there and is not; one that this kind of design has no use for. */
void reading_missing(struct reading *reading, const char *key, const char *remedy);
void reading_refuse(struct reading *reading, const char *key, const char *remedy);

/* plan_factors.c: `parameters`, each with its values. */
void reading_factors(struct reading *reading);

/* plan_list.c: the points of a list, one under the other or in a file. */
void reading_list(struct reading *reading);

#endif
