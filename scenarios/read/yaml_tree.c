#include "scenarios/read/yaml_tree.h"

#include "scenarios/read/suggest.h"
#include "scenarios/read/value.h"
#include "scenarios/read/yaml_store.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

const struct yaml_node *yaml_tree_root(const struct yaml_tree *tree)
{
    return tree->root;
}

enum yaml_kind yaml_kind(const struct yaml_node *node)
{
    assert(node);
    return node->kind;
}

bool yaml_is_scalar(const struct yaml_node *node)
{
    return node && node->kind == YAML_KIND_SCALAR;
}

bool yaml_is_sequence(const struct yaml_node *node)
{
    return node && node->kind == YAML_KIND_SEQUENCE;
}

bool yaml_is_mapping(const struct yaml_node *node)
{
    return node && node->kind == YAML_KIND_MAPPING;
}

bool yaml_is_empty(const struct yaml_node *node)
{
    if (!node)
        return true;
    if (node->kind != YAML_KIND_SCALAR || node->quoted)
        return false;
    return node->text[0] == '\0' || strcmp(node->text, "~") == 0 ||
           strcasecmp(node->text, "null") == 0;
}

const char *yaml_text(const struct yaml_node *node)
{
    return yaml_is_scalar(node) ? node->text : NULL;
}

bool yaml_is_quoted(const struct yaml_node *node)
{
    return node && node->quoted;
}

size_t yaml_count(const struct yaml_node *node)
{
    return node ? node->count : 0;
}

const struct yaml_node *yaml_item(const struct yaml_node *node, size_t index)
{
    return index < yaml_count(node) ? node->items[index] : NULL;
}

const struct yaml_node *yaml_key(const struct yaml_node *node, size_t index)
{
    return yaml_is_mapping(node) && index < node->count ? node->keys[index] : NULL;
}

const struct yaml_node *yaml_find(const struct yaml_node *node, const char *key)
{
    for (size_t i = 0; yaml_is_mapping(node) && i < node->count; i++)
        if (strcmp(node->keys[i]->text, key) == 0)
            return node->items[i];
    return NULL;
}

const char *yaml_text_at(const struct yaml_node *node, const char *key)
{
    const struct yaml_node *value = yaml_find(node, key);
    return yaml_is_scalar(value) && !yaml_is_empty(value) ? yaml_text(value) : "";
}

struct place yaml_place(const struct yaml_node *node)
{
    if (!node)
        return (struct place){0};
    return (struct place){.file = node->tree->file,
                          .line = node->line,
                          .column = node->column,
                          .key = node->key ? node->key->text : NULL};
}

/* Appends to a text in a buffer, as far as it fits. */
__attribute__((format(printf, 4, 5))) static void append(char *buffer, size_t size, size_t *used,
                                                         const char *format, ...)
{
    if (*used + 1 >= size)
        return;
    va_list arguments;
    va_start(arguments, format);
    int wanted = vsnprintf(buffer + *used, size - *used, format, arguments);
    va_end(arguments);
    if (wanted > 0)
        *used += (size_t)wanted;
}

/* A key that would be misread in a dotted path stands in quotes there. */
static bool is_plain_key(const char *key)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";
    return *key && key[strspn(key, plain)] == '\0';
}

const char *yaml_path(const struct yaml_node *node, char *buffer, size_t size)
{
    const struct yaml_node *steps[YAML_TREE_DEEPEST + 1];
    size_t count = 0;
    size_t used = 0;
    assert(size > 0);
    buffer[0] = '\0';
    for (; node && node->parent && count < YAML_TREE_DEEPEST + 1; node = node->parent)
        steps[count++] = node;
    while (count-- > 0) {
        const struct yaml_node *step = steps[count];
        const char *dot = used > 0 ? "." : "";
        if (!step->key)
            append(buffer, size, &used, "[%zu]", step->index + 1);
        else if (is_plain_key(step->key->text))
            append(buffer, size, &used, "%s%s", dot, step->key->text);
        else
            append(buffer, size, &used, "%s\"%s\"", dot, step->key->text);
    }
    return buffer;
}

/* The place with the whole path as its key. */
static struct place path_place(const struct yaml_node *node, char buffer[YAML_PATH_SIZE])
{
    struct place place = yaml_place(node);
    place.key = yaml_path(node, buffer, YAML_PATH_SIZE);
    return place;
}

void yaml_error(struct diagnosis *diagnosis, const struct yaml_node *node, const char *remedy,
                const char *format, ...)
{
    char path[YAML_PATH_SIZE];
    struct place place = path_place(node, path);
    va_list arguments;
    va_start(arguments, format);
    diagnosis_add(diagnosis, DIAGNOSIS_ERROR, &place, remedy, format, arguments);
    va_end(arguments);
}

void yaml_warning(struct diagnosis *diagnosis, const struct yaml_node *node, const char *remedy,
                  const char *format, ...)
{
    char path[YAML_PATH_SIZE];
    struct place place = path_place(node, path);
    va_list arguments;
    va_start(arguments, format);
    diagnosis_add(diagnosis, DIAGNOSIS_WARNING, &place, remedy, format, arguments);
    va_end(arguments);
}

bool yaml_check_keys(const struct yaml_node *mapping, const char *const *known, size_t count,
                     struct diagnosis *diagnosis)
{
    bool all = true;
    for (size_t i = 0; yaml_is_mapping(mapping) && i < mapping->count; i++) {
        const char *key = mapping->keys[i]->text;
        bool found = false;
        for (size_t j = 0; j < count && !found; j++)
            found = strcmp(key, known[j]) == 0;
        if (found)
            continue;
        char buffer[256];
        const char *remedy = suggest_remedy(key, known, count, buffer, sizeof buffer);
        yaml_error(diagnosis, mapping->keys[i], remedy, "there is no such key");
        all = false;
    }
    return all;
}

bool yaml_expect(const struct yaml_node *node, enum yaml_kind wanted, struct diagnosis *diagnosis)
{
    static const char *const names[] = {
        [YAML_KIND_SCALAR] = "a single value",
        [YAML_KIND_SEQUENCE] = "a list, each item on a line that begins with '- '",
        [YAML_KIND_MAPPING] = "lines of 'key: value', indented below it"};
    static const char *const found[] = {[YAML_KIND_SCALAR] = "a single value stands here",
                                        [YAML_KIND_SEQUENCE] = "a list stands here",
                                        [YAML_KIND_MAPPING] = "lines of 'key: value' stand here"};
    if (yaml_is_empty(node))
        yaml_error(diagnosis, node, names[wanted], "no value is given");
    else if (node->kind != wanted)
        yaml_error(diagnosis, node, names[wanted], "%s", found[node->kind]);
    else
        return true;
    return false;
}

/* A scalar that is given and does not stand in quotes. */
static bool expect_plain(const struct yaml_node *node, struct diagnosis *diagnosis)
{
    if (!yaml_expect(node, YAML_KIND_SCALAR, diagnosis))
        return false;
    if (!node->quoted)
        return true;
    yaml_error(diagnosis, node, "remove the quotes", "'%.60s' in quotes is a text", node->text);
    return false;
}

bool yaml_read_number(const struct yaml_node *node, double min, double max,
                      struct diagnosis *diagnosis, double *value)
{
    char path[YAML_PATH_SIZE];
    struct place place = path_place(node, path);
    return expect_plain(node, diagnosis) &&
           value_number(node->text, min, max, &place, diagnosis, value);
}

bool yaml_read_integer(const struct yaml_node *node, int64_t min, int64_t max,
                       struct diagnosis *diagnosis, int64_t *value)
{
    char path[YAML_PATH_SIZE];
    struct place place = path_place(node, path);
    return expect_plain(node, diagnosis) &&
           value_integer(node->text, min, max, &place, diagnosis, value);
}

bool yaml_read_boolean(const struct yaml_node *node, struct diagnosis *diagnosis, bool *value)
{
    char path[YAML_PATH_SIZE];
    struct place place = path_place(node, path);
    return expect_plain(node, diagnosis) && value_boolean(node->text, &place, diagnosis, value);
}

bool yaml_read_text(const struct yaml_node *node, struct diagnosis *diagnosis, const char **value)
{
    if (!yaml_expect(node, YAML_KIND_SCALAR, diagnosis))
        return false;
    *value = node->text;
    return true;
}
