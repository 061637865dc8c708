// Preloaded into a program, sends it SIGKILL, or the signal of the number KILLED_WITH, just before
// its n-th change of the file system, n being KILLED_AT: opening a file to write, bringing one to
// the disk, cutting it, renaming, removing, making a folder. Between two of these nothing else on
// the disk changes but how much of a file that is being written is there. And where NO_LOCKS is set
// no file can be locked, as on some clusters. For tests/sweep_survives and tests/slurm_array.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_long changes;

static void *next(const char *name)
{
    const char *at = getenv("KILLED_AT"), *with = getenv("KILLED_WITH");
    if (at != NULL && atomic_fetch_add(&changes, 1) + 1 == atol(at))
        raise(with != NULL ? atoi(with) : SIGKILL);
    return dlsym(RTLD_NEXT, name);
}

int fsync(int file)
{
    int (*real)(int) = next("fsync");
    return real(file);
}

int ftruncate(int file, off_t length)
{
    int (*real)(int, off_t) = next("ftruncate");
    return real(file, length);
}

int rename(const char *from, const char *to)
{
    int (*real)(const char *, const char *) = next("rename");
    return real(from, to);
}

int remove(const char *path)
{
    int (*real)(const char *) = next("remove");
    return real(path);
}

int unlinkat(int folder, const char *path, int flags)
{
    int (*real)(int, const char *, int) = next("unlinkat");
    return real(folder, path, flags);
}

int mkdir(const char *path, mode_t mode)
{
    int (*real)(const char *, mode_t) = next("mkdir");
    return real(path, mode);
}

FILE *fopen(const char *path, const char *mode)
{
    bool writes = strpbrk(mode, "wa+") != NULL;
    FILE *(*real)(const char *, const char *) = writes ? next("fopen") : dlsym(RTLD_NEXT, "fopen");
    return real(path, mode);
}

// The program asks for nothing but locks.
int fcntl(int file, int command, ...)
{
    va_list rest;
    va_start(rest, command);
    void *lock = va_arg(rest, void *);
    va_end(rest);
    if (command == F_SETLK && getenv("NO_LOCKS") != NULL) {
        errno = ENOSYS;
        return -1;
    }
    int (*real)(int, int, ...) = dlsym(RTLD_NEXT, "fcntl");
    return real(file, command, lock);
}

int open(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    int (*real)(const char *, int, ...) =
        (flags & O_CREAT) != 0 ? next("open") : dlsym(RTLD_NEXT, "open");
    return real(path, flags, mode);
}
