#include "scenarios/write/output_folder.h"

#include "scenarios/write/path.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct output_folder {
    enum output_existing existing;
    char *wanted;  /* what the caller asked for, without slashes at its end */
    char *path;    /* what it will be, or is */
    char *partial; /* where files are written until then */
    char *made;    /* topmost parent that was created for it, or NULL */
    bool is_committed;
};

enum { MOST_NUMBERS = 1000000 };

static bool exists(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0;
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* A folder of this program's making holds a manifest. */
static bool has_manifest(const char *folder)
{
    struct stat status;
    char *manifest = path_join(folder, "manifest.json");
    bool has = manifest && lstat(manifest, &status) == 0 && S_ISREG(status.st_mode);
    free(manifest);
    return has;
}

/* NAME, NAME-2, NAME-3, ...: new memory, or NULL. */
char *output_numbered(const char *wanted, unsigned number)
{
    size_t size = strlen(wanted) + 16;
    char *path = malloc(size);
    if (path && number == 1)
        snprintf(path, size, "%s", wanted);
    else if (path)
        snprintf(path, size, "%s-%u", wanted, number);
    return path;
}

/* Whether the results may go to folder->path as things are. */
static bool check_target(const struct output_folder *folder, struct write_fault *fault)
{
    struct stat status;
    if (lstat(folder->path, &status) != 0)
        return errno == ENOENT || write_fault_set(fault, errno, "cannot write %s", folder->path);
    if (!is_folder(folder->path))
        return write_fault_set(fault, 0, "%s is there and is not a folder", folder->path);
    if (path_is_empty_folder(folder->path))
        return true;
    if (folder->existing == OUTPUT_NEW || folder->existing == OUTPUT_REFUSE)
        return write_fault_set(
            fault, 0, "%s is there and is not empty; choose another folder%s", folder->path,
            folder->existing == OUTPUT_NEW ? "" : ", or --force to replace earlier results");
    if (!has_manifest(folder->path))
        return write_fault_set(fault, 0,
                               "%s is not replaced: it has no manifest.json, so it does not hold "
                               "results of strokesim",
                               folder->path);
    return true;
}

/* The path that the results are meant for: the next free number, or what a link leads to, so
   that `--out results/latest` replaces the results and not the link. */
static bool choose_path(struct output_folder *folder, struct write_fault *fault)
{
    struct stat status;
    bool is_link = lstat(folder->wanted, &status) == 0 && S_ISLNK(status.st_mode);
    if (folder->existing == OUTPUT_NUMBERED) {
        for (unsigned number = 1; number < MOST_NUMBERS; number++) {
            folder->path = output_numbered(folder->wanted, number);
            if (!folder->path || !exists(folder->path))
                break;
            free(folder->path);
            folder->path = NULL;
        }
    } else if (is_link) {
        folder->path = path_resolve(folder->wanted);
        if (!folder->path)
            return write_fault_set(fault, errno, "%s is a link that leads nowhere", folder->wanted);
    } else {
        folder->path = strdup(folder->wanted);
    }
    return folder->path || write_fault_set(fault, ENOMEM, "cannot write %s", folder->wanted);
}

static bool check_name(const char *wanted, struct write_fault *fault)
{
    const char *name = path_name(wanted);
    if (*name != '\0' && strcmp(name, ".") != 0 && strcmp(name, "..") != 0)
        return true;
    return write_fault_set(fault, 0, "'%s' does not name a new folder for results", wanted);
}

static bool prepare(struct output_folder *folder, struct write_fault *fault)
{
    if (!check_name(folder->wanted, fault) || !choose_path(folder, fault))
        return false;
    if (folder->existing != OUTPUT_NUMBERED && !check_target(folder, fault))
        return false;
    char *parent = path_parent(folder->path);
    if (!parent)
        return write_fault_set(fault, ENOMEM, "cannot write %s", folder->path);
    bool good = path_make_folders(parent, &folder->made, fault);
    free(parent);
    if (!good)
        return false;
    bool is_numbered = folder->existing == OUTPUT_NUMBERED; /* the number may yet change */
    folder->partial =
        path_make_sibling(is_numbered ? folder->wanted : folder->path, "partial", fault);
    return folder->partial != NULL;
}

struct output_folder *output_folder_new(const char *target, enum output_existing existing,
                                        struct write_fault *fault)
{
    struct output_folder *folder = calloc(1, sizeof *folder);
    if (!folder || !(folder->wanted = path_trim(target))) {
        write_fault_set(fault, ENOMEM, "cannot write %s", target);
        free(folder);
        return NULL;
    }
    folder->existing = existing;
    if (!prepare(folder, fault)) {
        output_folder_free(folder);
        return NULL;
    }
    return folder;
}

const char *output_folder_partial(const struct output_folder *folder)
{
    return folder->partial;
}

char *output_folder_file(const struct output_folder *folder, const char *name)
{
    return path_join(folder->is_committed ? folder->path : folder->partial, name);
}

const char *output_folder_path(const struct output_folder *folder)
{
    return folder->path;
}

static bool move_in(const struct output_folder *folder, struct write_fault *fault)
{
    if (rename(folder->partial, folder->path) == 0)
        return true;
    return write_fault_set(fault, errno, "cannot rename %s to %s", folder->partial, folder->path);
}

/* Another run may take the number first: then the next is tried. */
static bool commit_numbered(struct output_folder *folder, struct write_fault *fault)
{
    for (;;) {
        char *chosen = folder->path;
        folder->path = NULL;
        bool good = choose_path(folder, fault);
        if (!good) {
            folder->path = chosen;
            return false;
        }
        free(chosen);
        if (move_in(folder, fault)) {
            *fault = (struct write_fault){0}; /* of a number that was taken */
            return true;
        }
        if (!exists(folder->path))
            return false;
    }
}

/* The old results are moved aside, not removed, until the new ones stand in their place. */
static bool commit_replacing(struct output_folder *folder, struct write_fault *fault)
{
    char *aside = path_make_sibling(folder->path, "old", fault);
    if (!aside)
        return false;
    if (rename(folder->path, aside) != 0) {
        write_fault_set(fault, errno, "cannot move %s aside", folder->path);
        rmdir(aside);
        free(aside);
        return false;
    }
    bool good = move_in(folder, fault);
    if (!good)
        (void)rename(aside, folder->path); /* as it was; the fault is told already */
    else
        (void)path_remove_tree(aside, fault); /* a warning, see the header */
    free(aside);
    return good;
}

bool output_folder_commit(struct output_folder *folder, struct write_fault *fault)
{
    assert(!folder->is_committed);
    struct write_fault trouble = {0};
    path_sync_folder(folder->partial);
    if (folder->existing == OUTPUT_NUMBERED)
        folder->is_committed = commit_numbered(folder, &trouble);
    else if (!check_target(folder, &trouble))
        folder->is_committed = false;
    else if (exists(folder->path) && !path_is_empty_folder(folder->path))
        folder->is_committed = commit_replacing(folder, &trouble);
    else
        folder->is_committed = move_in(folder, &trouble);
    if (fault)
        *fault = trouble;
    char *parent = path_parent(folder->path);
    if (parent)
        path_sync_folder(parent);
    free(parent);
    return folder->is_committed;
}

void output_folder_free(struct output_folder *folder)
{
    if (!folder)
        return;
    if (!folder->is_committed) {
        if (folder->partial)
            (void)path_remove_tree(folder->partial, NULL);
        char *parent = folder->made && folder->path ? path_parent(folder->path) : NULL;
        if (parent)
            path_remove_made(parent, folder->made);
        free(parent);
    }
    free(folder->wanted);
    free(folder->path);
    free(folder->partial);
    free(folder->made);
    free(folder);
}

/* Creates a link of a new name and renames it to `latest`. */
static bool replace_link(const char *latest, const char *name, struct write_fault *fault)
{
    char suffix[7];
    size_t size = strlen(latest) + sizeof ".partial-" + sizeof suffix;
    char *temporary = malloc(size);
    if (!temporary)
        return write_fault_set(fault, ENOMEM, "cannot write %s", latest);
    path_random_suffix(suffix, 0);
    snprintf(temporary, size, "%s.partial-%s", latest, suffix);
    bool good = symlink(name, temporary) == 0;
    if (!good) {
        write_fault_set(fault, errno, "cannot create the link %s", temporary);
    } else if (rename(temporary, latest) != 0) {
        good = write_fault_set(fault, errno, "cannot write the link %s", latest);
        unlink(temporary);
    }
    free(temporary);
    return good;
}

bool output_link_latest(const char *path, struct write_fault *fault)
{
    struct stat status;
    char *parent = path_parent(path);
    char *latest = parent ? path_join(parent, "latest") : NULL;
    bool good = false;
    if (!latest)
        write_fault_set(fault, ENOMEM, "cannot write the link to %s", path);
    else if (lstat(latest, &status) == 0 && !S_ISLNK(status.st_mode))
        write_fault_set(fault, 0, "%s is there and is not a link", latest);
    else
        good = replace_link(latest, path_name(path), fault);
    free(latest);
    free(parent);
    return good;
}

bool output_folder_link_latest(const struct output_folder *folder, struct write_fault *fault)
{
    assert(folder->is_committed);
    return output_link_latest(folder->path, fault);
}
