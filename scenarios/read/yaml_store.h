/* How a YAML tree lies in memory, and the words for libyaml's errors; for the yaml_*.c here
 * alone. */
#ifndef STROKESIM_SCENARIOS_READ_YAML_STORE_H
#define STROKESIM_SCENARIOS_READ_YAML_STORE_H

#include "scenarios/read/yaml_tree.h"

#include <yaml.h>

struct yaml_node {
    enum yaml_kind kind;
    bool quoted;
    size_t line; /* from 1 */
    size_t column;
    const struct yaml_tree *tree;
    const struct yaml_node *parent; /* NULL for the root */
    const struct yaml_node *key;    /* of a value, and of a key itself; NULL in a sequence */
    size_t index;                   /* among the parent's children, from 0 */
    struct yaml_node **keys;        /* of a mapping */
    struct yaml_node **items;       /* of a sequence, or the values of a mapping */
    size_t count;
    size_t room;
    struct yaml_node *made_before; /* all nodes of a tree, for freeing */
    char text[];                   /* of a scalar */
};

struct yaml_tree {
    char *file;
    struct yaml_node *root;
    struct yaml_node *made_last;
    size_t made;
};

/* Reports why libyaml stopped, in words for someone who does not know YAML's grammar. */
void yaml_report_syntax(const yaml_parser_t *parser, const char *text, size_t length,
                        const char *file, struct diagnosis *diagnosis);

#endif
