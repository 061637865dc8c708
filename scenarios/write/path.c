/* realpath is of X/Open's part of POSIX. */
#define _XOPEN_SOURCE 700

#include "scenarios/write/path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

char *path_join(const char *folder, const char *name)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);
    const char *slash = folder[0] == '/' && folder[1] == '\0' ? "" : "/";
    if (path)
        snprintf(path, size, "%s%s%s", folder, slash, name);
    return path;
}

char *path_trim(const char *path)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    return strndup(path, length);
}

char *path_parent(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return strdup(".");
    while (slash > path && slash[-1] == '/')
        slash--;
    return slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
}

char *path_resolve(const char *path)
{
    return realpath(path, NULL);
}

const char *path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* Creates one folder; *created says whether it was new. */
static bool make_folder(const char *path, bool *created, struct write_fault *fault)
{
    struct stat status;
    *created = mkdir(path, 0777) == 0;
    if (*created)
        return true;
    int error = errno;
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return true;
    return write_fault_set(fault, error == EEXIST ? ENOTDIR : error, "cannot create the folder %s",
                           path);
}

bool path_make_folders(const char *path, char **made, struct write_fault *fault)
{
    *made = NULL;
    char *part = strdup(path);
    if (!part)
        return write_fault_set(fault, ENOMEM, "cannot create the folder %s", path);
    bool good = true;
    char *latest = NULL; /* the folder created last, from which to undo */
    for (char *slash = part + 1; good && slash[-1] != '\0'; slash++) {
        if (*slash != '/' && *slash != '\0')
            continue;
        bool is_end = *slash == '\0';
        bool created = false;
        *slash = '\0';
        good = make_folder(part, &created, fault);
        if (created) {
            free(latest);
            latest = strdup(part);
            if (!*made)
                *made = strdup(part);
            if (!latest || !*made)
                good = write_fault_set(fault, ENOMEM, "cannot create the folder %s", path);
        }
        if (is_end)
            break;
        *slash = '/';
    }
    if (!good && latest && *made)
        path_remove_made(latest, *made);
    if (!good) {
        free(*made);
        *made = NULL;
    }
    free(latest);
    free(part);
    return good;
}

void path_remove_made(const char *path, const char *made)
{
    char *folder = strdup(path);
    while (folder && rmdir(folder) == 0 && strcmp(folder, made) != 0) {
        char *parent = path_parent(folder);
        free(folder);
        folder = parent;
    }
    free(folder);
}

void path_random_suffix(char suffix[7], unsigned attempt)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    struct timespec now = {0};
    clock_gettime(CLOCK_REALTIME, &now);
    uint64_t mix =
        (uint64_t)now.tv_nsec ^ ((uint64_t)now.tv_sec << 30) ^ ((uint64_t)getpid() << 44) ^ attempt;
    for (size_t i = 0; i < 6; i++) {
        /* The multiplier of Knuth's MMIX generator; the upper bits are the good ones. */
        mix = mix * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        suffix[i] = letters[(mix >> 33) % (sizeof letters - 1)];
    }
    suffix[6] = '\0';
}

char *path_make_sibling(const char *path, const char *mark, struct write_fault *fault)
{
    enum { ATTEMPTS = 100 };
    size_t size = strlen(path) + strlen(mark) + 9;
    char *sibling = malloc(size);
    if (!sibling) {
        write_fault_set(fault, ENOMEM, "cannot create a folder beside %s", path);
        return NULL;
    }
    int error = EEXIST;
    for (unsigned i = 0; i < ATTEMPTS && error == EEXIST; i++) {
        char suffix[7];
        path_random_suffix(suffix, i);
        snprintf(sibling, size, "%s.%s-%s", path, mark, suffix);
        /* Not mkdtemp, whose folders only their owner can read: this one is renamed to stay. */
        error = mkdir(sibling, 0777) == 0 ? 0 : errno;
    }
    if (error == 0)
        return sibling;
    write_fault_set(fault, error, "cannot create the folder %s", sibling);
    free(sibling);
    return NULL;
}

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

bool path_is_empty_folder(const char *path)
{
    DIR *entries = opendir(path);
    if (!entries)
        return false;
    bool is_empty = true;
    for (const struct dirent *entry; is_empty && (entry = readdir(entries)) != NULL;)
        is_empty = is_dots(entry->d_name);
    closedir(entries);
    return is_empty;
}

static int remove_at(int folder, const char *name, unsigned depth);

/* Removes what is in an open folder, and closes it; 0 or an errno. */
static int remove_entries(int descriptor, unsigned depth)
{
    DIR *entries = fdopendir(descriptor);
    if (!entries) {
        int error = errno;
        close(descriptor);
        return error;
    }
    int error = 0;
    for (const struct dirent *entry; error == 0 && (entry = readdir(entries)) != NULL;)
        if (!is_dots(entry->d_name))
            error = remove_at(descriptor, entry->d_name, depth);
    closedir(entries);
    return error;
}

/* Removes a file, a link, or a folder with all in it; 0 or an errno. */
static int remove_at(int folder, const char *name, unsigned depth)
{
    enum { DEEPEST = 64 }; /* each level holds a descriptor; results are one level deep */
    struct stat status;
    if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return errno;
    if (!S_ISDIR(status.st_mode))
        return unlinkat(folder, name, 0) == 0 ? 0 : errno;
    if (depth == DEEPEST)
        return ELOOP;
    int descriptor = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor < 0)
        return errno;
    int error = remove_entries(descriptor, depth + 1);
    if (error == 0 && unlinkat(folder, name, AT_REMOVEDIR) != 0)
        error = errno;
    return error;
}

bool path_remove_tree(const char *path, struct write_fault *fault)
{
    int error = remove_at(AT_FDCWD, path, 0);
    if (error == 0)
        return true;
    return write_fault_set(fault, error, "cannot remove %s", path);
}

void path_sync_folder(const char *path)
{
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    (void)fsync(descriptor); /* not every file system can; nothing is lost if it cannot */
    close(descriptor);
}
