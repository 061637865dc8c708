/* A YAML file as a tree of nodes that remember where they stood.
 *
 * A scenario uses the plain part of YAML: mappings, sequences, scalars. What surprises people is
 * refused and named: duplicate keys (the later would win silently), anchors, aliases and tags,
 * several documents in one file, keys that are not plain text. Scalars stay text: it is the
 * reader of a key who knows whether "no" is a boolean or the code of Norway, so nothing is
 * guessed here. Every problem has the line and the column of what is wrong, both from 1.
 *
 * The tree owns everything: nodes and their texts live until yaml_tree_free. Functions with
 * `node` may be given NULL, which behaves as a node that is not there, so that lookups chain:
 *     yaml_find(yaml_find(root, "travel"), "file")
 */
#ifndef STROKESIM_SCENARIOS_READ_YAML_TREE_H
#define STROKESIM_SCENARIOS_READ_YAML_TREE_H

#include "scenarios/read/diagnosis.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    YAML_TREE_DEEPEST = 32,
    YAML_TREE_LARGEST = 64 << 20,   /* bytes */
    YAML_TREE_MOST_NODES = 1 << 20, /* what is larger is data and belongs in a table */
    YAML_PATH_SIZE = 512            /* room for any sensible path */
};

enum yaml_kind { YAML_KIND_SCALAR, YAML_KIND_SEQUENCE, YAML_KIND_MAPPING };

struct yaml_tree;
struct yaml_node;

/* Read a file, or text in memory. `shown` is the name in messages (NULL for a file: its path).
   NULL when the tree could not be built; then at least one error was reported. A tree may be
   returned although errors were reported (after a duplicate key, where yaml_find finds the first),
   so that the reader can look for more; ask diagnosis_errors before believing it. */
struct yaml_tree *yaml_tree_read_file(const char *path, const char *shown,
                                      struct diagnosis *diagnosis);
struct yaml_tree *yaml_tree_read_text(const char *text, size_t length, const char *shown,
                                      struct diagnosis *diagnosis);
void yaml_tree_free(struct yaml_tree *tree); /* NULL is legal */

const struct yaml_node *yaml_tree_root(const struct yaml_tree *tree);

/* What a node is. yaml_kind must not be given NULL; the others say false. */
enum yaml_kind yaml_kind(const struct yaml_node *node);
bool yaml_is_scalar(const struct yaml_node *node);
bool yaml_is_sequence(const struct yaml_node *node);
bool yaml_is_mapping(const struct yaml_node *node);
/* Nothing was written after the key, or `null` or `~`. */
bool yaml_is_empty(const struct yaml_node *node);

/* The text of a scalar (NULL for other kinds), and whether it stood in quotes. */
const char *yaml_text(const struct yaml_node *node);
bool yaml_is_quoted(const struct yaml_node *node);

/* Items of a sequence or pairs of a mapping, in the order of the file; 0 for a scalar. */
size_t yaml_count(const struct yaml_node *node);
const struct yaml_node *yaml_item(const struct yaml_node *node, size_t index);    /* or value */
const struct yaml_node *yaml_key(const struct yaml_node *node, size_t index);     /* mappings */
const struct yaml_node *yaml_find(const struct yaml_node *node, const char *key); /* or NULL */

/* The text of the value of a key; "" where there is none, or it is empty or no scalar. */
const char *yaml_text_at(const struct yaml_node *node, const char *key);

/* Where a node stands; the key of the place is the node's own, not its path: the text of its
   key in the mapping, or NULL in a sequence. Valid as long as the tree. */
struct place yaml_place(const struct yaml_node *node);

/* Writes the path from the root ("configurations[2].parameters.demand.multiplier", numbering
   from 1 as people count) and returns buffer. The path of a key is that of its value. Cut short
   when the buffer is too small. */
const char *yaml_path(const struct yaml_node *node, char *buffer, size_t size);

/* Report at a node, with its path as the key. */
__attribute__((format(printf, 4, 5))) void yaml_error(struct diagnosis *diagnosis,
                                                      const struct yaml_node *node,
                                                      const char *remedy, const char *format, ...);
__attribute__((format(printf, 4, 5))) void yaml_warning(struct diagnosis *diagnosis,
                                                        const struct yaml_node *node,
                                                        const char *remedy, const char *format,
                                                        ...);

/* Report every key of a mapping that is not among the known ones, with the nearest known. */
bool yaml_check_keys(const struct yaml_node *mapping, const char *const *known, size_t count,
                     struct diagnosis *diagnosis);

/* Report a node that is not of the wanted kind (an empty one included); true when it is. */
bool yaml_expect(const struct yaml_node *node, enum yaml_kind wanted, struct diagnosis *diagnosis);

/* Typed values. Each returns true and sets *value, or reports an error at the node, returns false
   and leaves *value alone. The node must not be NULL. Bounds are inclusive. Numbers and booleans
   must not be in quotes; booleans are true/false, yes/no, on/off in any letter case. */
bool yaml_read_number(const struct yaml_node *node, double min, double max,
                      struct diagnosis *diagnosis, double *value);
bool yaml_read_integer(const struct yaml_node *node, int64_t min, int64_t max,
                       struct diagnosis *diagnosis, int64_t *value);
bool yaml_read_boolean(const struct yaml_node *node, struct diagnosis *diagnosis, bool *value);
bool yaml_read_text(const struct yaml_node *node, struct diagnosis *diagnosis, const char **value);

#endif
