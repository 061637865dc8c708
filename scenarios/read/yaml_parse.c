#include "scenarios/read/text_file.h"
#include "scenarios/read/yaml_store.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Builds a tree from libyaml's events, with the mappings and sequences that are open on a stack
   of its own: nesting is bounded, and so is the C stack. */
struct builder {
    struct yaml_tree *tree;
    struct diagnosis *diagnosis;
    struct yaml_node *open[YAML_TREE_DEEPEST];
    struct yaml_node *pending[YAML_TREE_DEEPEST]; /* key that waits for its value, or NULL */
    size_t depth;
    size_t documents;
    bool has_alias; /* the tree would be a wrong one */
    bool stopped;   /* nothing more can be taken in; reported */
    bool done;
};

void yaml_tree_free(struct yaml_tree *tree)
{
    if (!tree)
        return;
    while (tree->made_last) {
        struct yaml_node *node = tree->made_last;
        tree->made_last = node->made_before;
        free(node->keys);
        free(node->items);
        free(node);
    }
    free(tree->file);
    free(tree);
}

static struct place mark_place(const struct builder *builder, const yaml_mark_t *mark)
{
    return (struct place){
        .file = builder->tree->file, .line = mark->line + 1, .column = mark->column + 1};
}

static void stop_without_memory(struct builder *builder)
{
    diagnosis_out_of_memory(builder->diagnosis);
    builder->stopped = true;
}

static struct yaml_node *node_new(struct builder *builder, enum yaml_kind kind,
                                  const yaml_mark_t *mark, const char *text, size_t length)
{
    struct yaml_tree *tree = builder->tree;
    if (tree->made == YAML_TREE_MOST_NODES) {
        struct place place = mark_place(builder, mark);
        diagnosis_error(builder->diagnosis, &place, "put data into a table",
                        "there are more than %d values", YAML_TREE_MOST_NODES);
        builder->stopped = true;
        return NULL;
    }
    struct yaml_node *node = calloc(1, sizeof *node + length + 1);
    if (!node) {
        stop_without_memory(builder);
        return NULL;
    }
    node->kind = kind;
    node->line = mark->line + 1;
    node->column = mark->column + 1;
    node->tree = tree;
    if (length > 0)
        memcpy(node->text, text, length);
    node->made_before = tree->made_last;
    tree->made_last = node;
    tree->made++;
    return node;
}

static bool grow(struct yaml_node *node)
{
    if (node->count < node->room)
        return true;
    size_t room = node->room ? node->room * 2 : 4;
    struct yaml_node **items = realloc(node->items, room * sizeof(struct yaml_node *));
    if (!items)
        return false;
    node->items = items;
    if (node->kind == YAML_KIND_MAPPING) {
        struct yaml_node **keys = realloc(node->keys, room * sizeof(struct yaml_node *));
        if (!keys)
            return false;
        node->keys = keys;
    }
    node->room = room;
    return true;
}

static void take_key(struct builder *builder, struct yaml_node *parent, struct yaml_node *node)
{
    const struct place place = {
        .file = builder->tree->file, .line = node->line, .column = node->column};
    if (node->kind != YAML_KIND_SCALAR) {
        diagnosis_error(builder->diagnosis, &place, "write a word before the ':'",
                        "a key must be a text");
        builder->stopped = true;
        return;
    }
    if (node->text[0] == '\0')
        diagnosis_error(builder->diagnosis, &place, "write a word before the ':'",
                        "the key is empty");
    node->parent = parent;
    node->key = node;
    node->index = parent->count;
    builder->pending[builder->depth - 1] = node;
}

/* Puts a new node where it belongs: the root, a key, a value or an item. */
static void place_node(struct builder *builder, struct yaml_node *node)
{
    if (builder->depth == 0) {
        builder->tree->root = node;
        return;
    }
    struct yaml_node *parent = builder->open[builder->depth - 1];
    struct yaml_node *key = builder->pending[builder->depth - 1];
    if (parent->kind == YAML_KIND_MAPPING && !key) {
        take_key(builder, parent, node);
        return;
    }
    if (!grow(parent)) {
        stop_without_memory(builder);
        return;
    }
    node->parent = parent;
    node->key = key;
    node->index = parent->count;
    if (key)
        parent->keys[parent->count] = key;
    parent->items[parent->count++] = node;
    builder->pending[builder->depth - 1] = NULL;
}

/* Anchors and tags are reported and otherwise ignored, to go on looking for problems. */
static void check_plain(struct builder *builder, const yaml_char_t *anchor, const yaml_char_t *tag,
                        const yaml_mark_t *mark)
{
    struct place place = mark_place(builder, mark);
    if (anchor)
        diagnosis_error(builder->diagnosis, &place,
                        "remove it, or put a text that begins with '&' in quotes",
                        "anchors ('&') are not used in scenarios");
    if (tag)
        diagnosis_error(builder->diagnosis, &place,
                        "remove it, or put a text that begins with '!' in quotes",
                        "tags ('!') are not used in scenarios");
}

static void take_scalar(struct builder *builder, const yaml_event_t *event)
{
    const char *text = (const char *)event->data.scalar.value;
    size_t length = event->data.scalar.length;
    check_plain(builder, event->data.scalar.anchor, event->data.scalar.tag, &event->start_mark);
    if (memchr(text, '\0', length)) {
        struct place place = mark_place(builder, &event->start_mark);
        diagnosis_error(builder->diagnosis, &place, "remove the '\\0'", "the text holds a NUL");
    }
    struct yaml_node *node = node_new(builder, YAML_KIND_SCALAR, &event->start_mark, text, length);
    if (!node)
        return;
    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    place_node(builder, node);
}

static void take_alias(struct builder *builder, const yaml_event_t *event)
{
    struct place place = mark_place(builder, &event->start_mark);
    diagnosis_error(builder->diagnosis, &place,
                    "write the value out, or put a text that begins with '*' in quotes",
                    "aliases ('*') are not used in scenarios");
    builder->has_alias = true;
    struct yaml_node *node = node_new(builder, YAML_KIND_SCALAR, &event->start_mark, "*", 1);
    if (node)
        place_node(builder, node);
}

static void open_container(struct builder *builder, enum yaml_kind kind, const yaml_mark_t *mark)
{
    if (builder->depth == YAML_TREE_DEEPEST) {
        struct place place = mark_place(builder, mark);
        diagnosis_error(builder->diagnosis, &place, NULL, "values are nested more than %d deep",
                        YAML_TREE_DEEPEST);
        builder->stopped = true;
        return;
    }
    struct yaml_node *node = node_new(builder, kind, mark, NULL, 0);
    if (!node)
        return;
    place_node(builder, node);
    builder->open[builder->depth] = node;
    builder->pending[builder->depth] = NULL;
    builder->depth++;
}

static int compare_keys(const void *left, const void *right)
{
    const struct yaml_node *a = *(struct yaml_node *const *)left;
    const struct yaml_node *b = *(struct yaml_node *const *)right;
    int order = strcmp(a->text, b->text);
    if (order != 0)
        return order;
    return a->index < b->index ? -1 : a->index > b->index;
}

/* Sorted, so that a mapping with very many keys takes no quadratic time. */
static void check_duplicates(struct builder *builder, const struct yaml_node *mapping)
{
    if (mapping->count < 2)
        return;
    struct yaml_node **sorted = malloc(mapping->count * sizeof(struct yaml_node *));
    if (!sorted) {
        stop_without_memory(builder);
        return;
    }
    memcpy(sorted, mapping->keys, mapping->count * sizeof(struct yaml_node *));
    qsort(sorted, mapping->count, sizeof(struct yaml_node *), compare_keys);
    for (size_t i = 1, first = 0; i < mapping->count; i++) {
        if (strcmp(sorted[i]->text, sorted[first]->text) != 0)
            first = i;
        else
            yaml_error(builder->diagnosis, sorted[i], "remove one of them",
                       "the key stands in line %zu already", sorted[first]->line);
    }
    free(sorted);
}

static void close_container(struct builder *builder)
{
    assert(builder->depth > 0);
    builder->depth--;
    const struct yaml_node *node = builder->open[builder->depth];
    if (node->kind == YAML_KIND_MAPPING)
        check_duplicates(builder, node);
}

static void begin_document(struct builder *builder, const yaml_event_t *event)
{
    if (++builder->documents == 1)
        return;
    struct place place = mark_place(builder, &event->start_mark);
    diagnosis_error(builder->diagnosis, &place, "remove the line '---' and what follows",
                    "the file holds several documents");
    builder->stopped = true;
}

static void take_event(struct builder *builder, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        begin_document(builder, event);
        break;
    case YAML_ALIAS_EVENT:
        take_alias(builder, event);
        break;
    case YAML_SCALAR_EVENT:
        take_scalar(builder, event);
        break;
    case YAML_SEQUENCE_START_EVENT:
        check_plain(builder, event->data.sequence_start.anchor, event->data.sequence_start.tag,
                    &event->start_mark);
        open_container(builder, YAML_KIND_SEQUENCE, &event->start_mark);
        break;
    case YAML_MAPPING_START_EVENT:
        check_plain(builder, event->data.mapping_start.anchor, event->data.mapping_start.tag,
                    &event->start_mark);
        open_container(builder, YAML_KIND_MAPPING, &event->start_mark);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_container(builder);
        break;
    case YAML_STREAM_END_EVENT:
        builder->done = true;
        break;
    default:
        break;
    }
}

static void build(struct builder *builder, const char *text, size_t length)
{
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) {
        stop_without_memory(builder);
        return;
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, length);
    while (!builder->done && !builder->stopped) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            yaml_report_syntax(&parser, text, length, builder->tree->file, builder->diagnosis);
            builder->stopped = true;
            break;
        }
        take_event(builder, &event);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
}

struct yaml_tree *yaml_tree_read_text(const char *text, size_t length, const char *shown,
                                      struct diagnosis *diagnosis)
{
    if (!text_file_check(text, length, shown, diagnosis))
        return NULL;
    size_t mark = text_file_mark(text, length);
    text += mark;
    length -= mark;
    struct yaml_tree *tree = calloc(1, sizeof *tree);
    if (!tree || !(tree->file = strdup(shown ? shown : ""))) {
        diagnosis_out_of_memory(diagnosis);
        yaml_tree_free(tree);
        return NULL;
    }
    struct builder builder = {.tree = tree, .diagnosis = diagnosis};
    build(&builder, text, length);
    if (!builder.stopped && yaml_is_empty(tree->root)) {
        const struct place place = {.file = tree->file};
        diagnosis_error(diagnosis, &place, NULL, "the file is empty");
        builder.stopped = true;
    }
    if (builder.stopped || builder.has_alias) {
        yaml_tree_free(tree);
        return NULL;
    }
    return tree;
}

struct yaml_tree *yaml_tree_read_file(const char *path, const char *shown,
                                      struct diagnosis *diagnosis)
{
    size_t length = 0;
    const char *name = shown ? shown : path;
    char *text = text_file_read(path, name, YAML_TREE_LARGEST, diagnosis, &length);
    if (!text)
        return NULL;
    struct yaml_tree *tree = yaml_tree_read_text(text, length, name, diagnosis);
    free(text);
    return tree;
}
