#include "scenarios/read/scenario_loader.h"

#include "scenarios/read/suggest.h"
#include "scenarios/write/path.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

char *loader_copy(struct loader *loader, const char *text)
{
    char *copy = strdup(text);
    if (!copy)
        diagnosis_out_of_memory(loader->diagnosis);
    return copy;
}

/* What is in the folder is called by it in messages, so that the name can be opened; what is in
   the current folder needs none. */
static char *path_in_folder(struct loader *loader, const char *name)
{
    const char *folder = loader->scenario->folder;
    bool bare = name[0] == '/' || strcmp(folder, ".") == 0;
    char *path = bare ? strdup(name) : path_join(folder, name);
    if (!path)
        diagnosis_out_of_memory(loader->diagnosis);
    return path;
}

bool loader_add_input(struct loader *loader, const char *name, const char *path)
{
    struct scenario *scenario = loader->scenario;
    for (size_t i = 0; i < scenario->inputs; i++)
        if (strcmp(scenario->input[i].name, name) == 0)
            return true;
    struct scenario_input *grown =
        realloc(scenario->input, (scenario->inputs + 1) * sizeof *scenario->input);
    if (!grown) {
        diagnosis_out_of_memory(loader->diagnosis);
        return false;
    }
    scenario->input = grown;
    struct scenario_input *input = &grown[scenario->inputs++];
    *input = (struct scenario_input){.name = strdup(name), .path = strdup(path)};
    if (input->name && input->path)
        return true;
    diagnosis_out_of_memory(loader->diagnosis);
    free(input->name);
    free(input->path);
    scenario->inputs--;
    return false;
}

bool loader_locate(struct loader *loader, const char *path)
{
    struct scenario *scenario = loader->scenario;
    struct stat status;
    char *trimmed = path_trim(path);
    bool is_folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
    if (trimmed && is_folder) {
        scenario->folder = trimmed;
        loader->yaml_path = path_in_folder(loader, "scenario.yaml");
        return loader->yaml_path && loader_add_input(loader, "scenario.yaml", loader->yaml_path);
    }
    if (trimmed)
        scenario->folder = path_parent(trimmed);
    loader->yaml_path = trimmed;
    if (!scenario->folder) {
        diagnosis_out_of_memory(loader->diagnosis);
        return false;
    }
    return loader_add_input(loader, path_name(trimmed), trimmed);
}

struct table *loader_read_table(struct loader *loader, const char *named, bool *whole)
{
    char *path = path_in_folder(loader, named);
    size_t before = diagnosis_errors(loader->diagnosis);
    struct table *table = NULL;
    if (path && loader_add_input(loader, named, path))
        table = table_read_file(path, NULL, TABLE_NEEDS_ROWS, loader->diagnosis);
    *whole = diagnosis_errors(loader->diagnosis) == before;
    free(path);
    return table;
}

struct place loader_whole_place(const struct loader *loader, const char *key)
{
    return (struct place){.file = loader->yaml_path, .key = key};
}

const char *loader_file_of(struct loader *loader, const struct yaml_node *parent, const char *key)
{
    const struct yaml_node *node = yaml_find(parent, key);
    const char *named = NULL;
    if (!node)
        return NULL;
    if (yaml_is_empty(node) || (yaml_is_scalar(node) && !*yaml_text(node)))
        yaml_error(loader->diagnosis, node, "the name of a file in the scenario's folder",
                   "no value is given");
    else
        yaml_read_text(node, loader->diagnosis, &named);
    return named;
}

static bool is_among(const char *name, const char *const *known, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(name, known[i]) == 0)
            return true;
    return false;
}

bool loader_is_misspelled(const struct yaml_node *mapping, const char *const *known, size_t count,
                          const char *wanted)
{
    for (size_t i = 0; i < yaml_count(mapping) && i < DIAGNOSIS_REPEATS; i++) {
        const char *key = yaml_text(yaml_key(mapping, i));
        const char *meant =
            key && !is_among(key, known, count) ? suggest_nearest(key, known, count) : NULL;
        if (meant && strcmp(meant, wanted) == 0)
            return true;
    }
    return false;
}

void loader_check_columns(struct loader *loader, const struct table *table,
                          const char *const *known, size_t count)
{
    char buffer[256];
    for (size_t c = 0; c < table_column_count(table); c++) {
        const char *name = table_header(table, c);
        if (!*name || is_among(name, known, count))
            continue;
        struct place place = table_header_place(table, c);
        diagnosis_error(loader->diagnosis, &place,
                        suggest_remedy(name, known, count, buffer, sizeof buffer),
                        "no column of this name is known");
    }
}

int loader_need_column(struct loader *loader, const struct table *table, const char *const *known,
                       size_t count, const char *name)
{
    int column = table_column(table, name);
    if (column >= 0)
        return column;
    for (size_t c = 0; c < table_column_count(table); c++) {
        const char *header = table_header(table, c);
        if (is_among(header, known, count))
            continue;
        const char *meant = suggest_nearest(header, known, count);
        if (meant && strcmp(meant, name) == 0)
            return -1;
    }
    return table_require_column(table, name, loader->diagnosis);
}
