#include "scenarios/sweep/merge.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/read/yaml_tree.h"
#include "scenarios/sweep/analysis.h"
#include "scenarios/sweep/sweep_manifest.h"
#include "scenarios/write/json_writer.h"
#include "scenarios/write/out_file.h"
#include "scenarios/write/path.h"

/* --- checking --------------------------------------------------------------------------------- */

struct checking {
    const char *const *folder;
    size_t folders;
    struct diagnosis *diagnosis;
    bool *there; /* shards met so far */
};

static void check_shard(const struct checking *checking, const char *path)
{
    struct yaml_tree *tree = yaml_tree_read_file(path, NULL, checking->diagnosis);
    if (tree == NULL)
        return;
    const struct yaml_node *root = yaml_tree_root(tree);
    uint64_t shard = sweep_manifest_number(root, "shard"),
             shards = sweep_manifest_number(root, "shards");
    struct place place = {.file = path, .key = "shard"};
    if (shards == 0)
        diagnosis_error(checking->diagnosis, &place, "a folder that sweep --shard wrote",
                        "this is no shard of a sweep");
    else if (shards != checking->folders)
        diagnosis_error(checking->diagnosis, &place, "name them all",
                        "it is one of %" PRIu64 " shards, and %zu folders are named", shards,
                        checking->folders);
    else if (shard < 1 || shard > shards || checking->there[shard - 1])
        diagnosis_error(checking->diagnosis, &place, "each shard once",
                        "shard %" PRIu64 " is there already", shard);
    else
        checking->there[shard - 1] = true;
    if (shards > 0 && !sweep_manifest_is_complete(path)) {
        place.key = "status";
        diagnosis_error(checking->diagnosis, &place, "sweep --resume ends it",
                        "the shard is not complete");
    }
    yaml_tree_free(tree);
}

bool merge_check(const char *const folder[], size_t folders, struct diagnosis *diagnosis)
{
    size_t before = diagnosis_errors(diagnosis);
    struct checking checking = {folder, folders, diagnosis, calloc(folders, sizeof(bool))};
    char *first = path_join(folder[0], "manifest.json");
    for (size_t i = 0; i < folders && checking.there != NULL && first != NULL; i++) {
        char *path = path_join(folder[i], "manifest.json");
        if (path != NULL)
            check_shard(&checking, path);
        if (path != NULL && i > 0 && diagnosis_errors(diagnosis) == before)
            sweep_manifest_compare(path, first, SWEEP_SAME_SWEEP, diagnosis);
        free(path);
    }
    if (checking.there == NULL || first == NULL)
        diagnosis_out_of_memory(diagnosis);
    free(checking.there);
    free(first);
    return diagnosis_errors(diagnosis) == before;
}

/* --- joining tables --------------------------------------------------------------------------- */

/* A table of a shard: the line that comes next. Names have no line breaks, so a line is a row. */
struct part {
    FILE *stream;
    char *line;
    size_t room;
    bool ended;
};

static void next_line(struct part *part)
{
    part->ended = getline(&part->line, &part->room, part->stream) <= 0;
}

static bool open_parts(struct part part[], const char *const folder[], size_t folders,
                       const char *name, struct write_fault *fault)
{
    for (size_t i = 0; i < folders; i++) {
        char *path = path_join(folder[i], name);
        if (path != NULL)
            part[i].stream = fopen(path, "rb");
        if (part[i].stream == NULL) {
            write_fault_set(fault, errno, "cannot read %s", path != NULL ? path : name);
            free(path);
            return false;
        }
        free(path);
        next_line(&part[i]);
    }
    return true;
}

static void close_parts(struct part part[], size_t folders)
{
    for (size_t i = 0; i < folders; i++) {
        if (part[i].stream != NULL)
            fclose(part[i].stream);
        free(part[i].line);
    }
}

/* Rows in the order of their points: always from the part whose next point is lowest. */
static void join_rows(struct part part[], size_t folders, struct out_file *to)
{
    out_file_text(to, part[0].line); /* the header, alike in all */
    for (size_t i = 0; i < folders; i++)
        next_line(&part[i]);
    while (true) {
        struct part *lowest = NULL;
        uint64_t point = UINT64_MAX;
        for (size_t i = 0; i < folders; i++) {
            uint64_t own = part[i].ended ? UINT64_MAX : strtoull(part[i].line, NULL, 10);
            if (own < point) {
                lowest = &part[i];
                point = own;
            }
        }
        if (lowest == NULL)
            return;
        for (; !lowest->ended && strtoull(lowest->line, NULL, 10) == point; next_line(lowest))
            out_file_text(to, lowest->line);
    }
}

static bool join_table(const char *const folder[], size_t folders, const char *to, const char *name,
                       struct write_fault *fault)
{
    struct part *part = calloc(folders, sizeof *part);
    char *path = path_join(to, name);
    bool good = part != NULL && path != NULL;
    if (!good)
        write_fault_set(fault, 0, "out of memory");
    good = good && open_parts(part, folder, folders, name, fault);
    struct out_file *table = good ? out_file_open(path, fault) : NULL;
    if (table != NULL) {
        join_rows(part, folders, table);
        good = out_file_close(table, fault);
    }
    if (part != NULL)
        close_parts(part, folders);
    free(part);
    free(path);
    return good && table != NULL;
}

/* --- the manifest ----------------------------------------------------------------------------- */

static void put_bytes(void *file, const char *bytes, size_t length)
{
    out_file_put(file, bytes, length);
}

static bool begins(const char *line, const char *with)
{
    return strncmp(line, with, strlen(with)) == 0;
}

/* That of the first shard, which is no shard any more, with this command. */
static bool join_manifest(const char *first, const char *to, const char *command,
                          struct write_fault *fault)
{
    char *from_path = path_join(first, "manifest.json"), *to_path = path_join(to, "manifest.json");
    FILE *from = from_path == NULL ? NULL : fopen(from_path, "rb");
    struct out_file *file = from == NULL || to_path == NULL ? NULL : out_file_open(to_path, fault);
    char *line = NULL;
    size_t room = 0;
    bool good = file != NULL;
    while (good && getline(&line, &room, from) > 0) {
        if (begins(line, "  \"shard\":") || begins(line, "  \"shards\":"))
            continue;
        if (!begins(line, "  \"command\":")) {
            out_file_text(file, line);
            continue;
        }
        out_file_text(file, "  \"command\": ");
        json_escape(command, put_bytes, file);
        out_file_text(file, ",\n");
    }
    if (file == NULL)
        write_fault_set(fault, errno, "cannot copy the manifest of %s", first);
    else
        good = out_file_close(file, fault);
    if (from != NULL)
        fclose(from);
    free(line);
    free(from_path);
    free(to_path);
    return good;
}

bool merge_write(const char *const folder[], size_t folders, const char *to, const char *command,
                 struct write_fault *fault)
{
    return join_table(folder, folders, to, "design.csv", fault) &&
           join_table(folder, folders, to, "sweep.csv", fault) &&
           join_table(folder, folders, to, "sweep_differences.csv", fault) &&
           join_manifest(folder[0], to, command, fault) && analysis_write(to, fault);
}
