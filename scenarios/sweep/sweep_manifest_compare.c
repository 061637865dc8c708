#include <stdlib.h>
#include <string.h>

#include "scenarios/read/yaml_tree.h"
#include "scenarios/sweep/sweep_manifest.h"

/* A manifest is JSON, which YAML reads. */
struct comparing {
    const char *was_path, *is_path;
    enum sweep_manifest_sameness sameness;
    struct diagnosis *diagnosis;
};

static bool is_one_of(const char *key, const char *const *keys)
{
    for (; key != NULL && *keys != NULL; keys++)
        if (strcmp(key, *keys) == 0)
            return true;
    return false;
}

/* What two manifests of one run may differ in. */
static bool is_free(const struct comparing *comparing, const char *key)
{
    static const char *const always[] = {"command", "status", "host", "start", "end", NULL};
    static const char *const shard[] = {"shard", NULL};
    return is_one_of(key, always) ||
           (comparing->sameness == SWEEP_SAME_SWEEP && is_one_of(key, shard));
}

static const char *words(const struct yaml_node *node)
{
    if (yaml_is_scalar(node))
        return yaml_text(node);
    return node != NULL ? "something" : "nothing";
}

static const char *end_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot != NULL ? dot + 1 : path;
}

static void report(const struct comparing *comparing, const struct yaml_node *was,
                   const struct yaml_node *is)
{
    static const char *const machine[] = {"architecture", "c_library", NULL};
    char path[YAML_PATH_SIZE];
    yaml_path(was != NULL ? was : is, path, sizeof path);
    struct place place = {.file = comparing->was_path, .key = path};
    if (is_one_of(end_of(path), machine))
        diagnosis_warning(comparing->diagnosis, &place, NULL,
                          "was '%.100s', is '%.100s': results of different machines may differ in "
                          "their last digits",
                          words(was), words(is));
    else
        diagnosis_error(comparing->diagnosis, &place, NULL, "was '%.100s', is '%.100s'", words(was),
                        words(is));
}

static bool is_same_text(const struct yaml_node *was, const struct yaml_node *is)
{
    return strcmp(yaml_text(was), yaml_text(is)) == 0 && yaml_is_quoted(was) == yaml_is_quoted(is);
}

/* An input: its digest says little to a reader, its name more. */
static bool is_changed_file(const struct yaml_node *was, const struct yaml_node *is)
{
    const struct yaml_node *file = yaml_find(was, "file"), *same = yaml_find(is, "file");
    const struct yaml_node *before = yaml_find(was, "sha256"), *now = yaml_find(is, "sha256");
    return yaml_is_scalar(file) && yaml_is_scalar(same) && is_same_text(file, same) &&
           yaml_is_scalar(before) && yaml_is_scalar(now) && !is_same_text(before, now);
}

static void compare(const struct comparing *comparing, const struct yaml_node *was,
                    const struct yaml_node *is);

static void compare_mappings(const struct comparing *comparing, const struct yaml_node *was,
                             const struct yaml_node *is)
{
    if (is_changed_file(was, is)) {
        struct place place = {.file = comparing->was_path,
                              .key = yaml_text(yaml_find(was, "file"))};
        diagnosis_error(comparing->diagnosis, &place, NULL, "this file is not what it was");
    }
    for (size_t i = 0; i < yaml_count(was); i++) {
        const char *key = yaml_text(yaml_key(was, i));
        if (!is_free(comparing, key) && strcmp(key, "sha256") != 0)
            compare(comparing, yaml_item(was, i), yaml_find(is, key));
    }
    for (size_t i = 0; i < yaml_count(is); i++) {
        const char *key = yaml_text(yaml_key(is, i));
        if (!is_free(comparing, key) && yaml_find(was, key) == NULL)
            report(comparing, NULL, yaml_item(is, i));
    }
}

static void compare(const struct comparing *comparing, const struct yaml_node *was,
                    const struct yaml_node *is)
{
    if (was == NULL || is == NULL || yaml_kind(was) != yaml_kind(is)) {
        report(comparing, was, is);
    } else if (yaml_is_mapping(was)) {
        compare_mappings(comparing, was, is);
    } else if (yaml_is_sequence(was)) {
        size_t longest = yaml_count(was) > yaml_count(is) ? yaml_count(was) : yaml_count(is);
        for (size_t i = 0; i < longest; i++)
            compare(comparing, i < yaml_count(was) ? yaml_item(was, i) : NULL,
                    i < yaml_count(is) ? yaml_item(is, i) : NULL);
    } else if (!is_same_text(was, is)) {
        report(comparing, was, is);
    }
}

bool sweep_manifest_compare(const char *was_path, const char *is_path,
                            enum sweep_manifest_sameness sameness, struct diagnosis *diagnosis)
{
    size_t before = diagnosis_errors(diagnosis);
    struct comparing comparing = {was_path, is_path, sameness, diagnosis};
    struct yaml_tree *was = yaml_tree_read_file(was_path, NULL, diagnosis);
    struct yaml_tree *is = yaml_tree_read_file(is_path, NULL, diagnosis);
    if (was != NULL && is != NULL)
        compare(&comparing, yaml_tree_root(was), yaml_tree_root(is));
    yaml_tree_free(was);
    yaml_tree_free(is);
    return diagnosis_errors(diagnosis) == before;
}

bool sweep_manifest_is_complete(const char *path)
{
    struct diagnosis *diagnosis = diagnosis_new();
    struct yaml_tree *tree = diagnosis == NULL ? NULL : yaml_tree_read_file(path, NULL, diagnosis);
    const struct yaml_node *status =
        tree == NULL ? NULL : yaml_find(yaml_tree_root(tree), "status");
    bool complete = yaml_is_scalar(status) && strcmp(yaml_text(status), "complete") == 0;
    yaml_tree_free(tree);
    diagnosis_free(diagnosis);
    return complete;
}

uint64_t sweep_manifest_number(const struct yaml_node *of, const char *key)
{
    const struct yaml_node *value = yaml_find(of, key);
    return yaml_is_scalar(value) ? strtoull(yaml_text(value), NULL, 10) : 0;
}
