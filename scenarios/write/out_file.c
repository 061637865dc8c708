#include "scenarios/write/out_file.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct out_file {
    FILE *stream;
    char *path;
    int error; /* the first errno, or 0 */
};

static struct out_file *open_as(const char *path, const char *mode, struct write_fault *fault)
{
    struct out_file *file = calloc(1, sizeof *file);
    if (!file || !(file->path = strdup(path))) {
        write_fault_set(fault, ENOMEM, "cannot write %s", path);
        free(file);
        return NULL;
    }
    file->stream = fopen(path, mode);
    if (!file->stream) {
        write_fault_set(fault, errno, "cannot write %s", path);
        free(file->path);
        free(file);
        return NULL;
    }
    return file;
}

struct out_file *out_file_open(const char *path, struct write_fault *fault)
{
    return open_as(path, "wb", fault);
}

struct out_file *out_file_append(const char *path, uint64_t size, struct write_fault *fault)
{
    struct out_file *file = open_as(path, "rb+", fault);
    if (!file)
        return NULL;
    off_t end = fseeko(file->stream, 0, SEEK_END) == 0 ? ftello(file->stream) : -1;
    if (end < 0 || (uint64_t)end < size) {
        write_fault_set(fault, end < 0 ? errno : 0, "%s is shorter than it was", path);
        out_file_abandon(file);
        return NULL;
    }
    if (ftruncate(fileno(file->stream), (off_t)size) != 0 ||
        fseeko(file->stream, (off_t)size, SEEK_SET) != 0)
        out_file_fail(file, errno);
    return file;
}

void out_file_fail(struct out_file *file, int error)
{
    if (file->error == 0)
        file->error = error != 0 ? error : EIO;
}

bool out_file_failed(const struct out_file *file)
{
    return file->error != 0;
}

void out_file_put(struct out_file *file, const char *bytes, size_t length)
{
    if (file->error == 0 && length > 0 && fwrite(bytes, 1, length, file->stream) != length)
        out_file_fail(file, errno);
}

void out_file_text(struct out_file *file, const char *text)
{
    out_file_put(file, text, strlen(text));
}

void out_file_print(struct out_file *file, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (file->error == 0 && vfprintf(file->stream, format, arguments) < 0)
        out_file_fail(file, errno);
    va_end(arguments);
}

/* Pipes and devices cannot be synced, and need not be. */
static bool sync_stream(FILE *stream)
{
    if (fsync(fileno(stream)) == 0)
        return true;
    return errno == EINVAL || errno == ENOTSUP || errno == EROFS;
}

uint64_t out_file_sync(struct out_file *file)
{
    if (fflush(file->stream) != 0)
        out_file_fail(file, errno);
    if (file->error == 0 && !sync_stream(file->stream))
        out_file_fail(file, errno);
    off_t at = ftello(file->stream);
    if (at < 0)
        out_file_fail(file, errno);
    return at < 0 ? 0 : (uint64_t)at;
}

bool out_file_close(struct out_file *file, struct write_fault *fault)
{
    if (fflush(file->stream) != 0)
        out_file_fail(file, errno);
    if (file->error == 0 && !sync_stream(file->stream))
        out_file_fail(file, errno);
    if (fclose(file->stream) != 0)
        out_file_fail(file, errno);
    bool good = file->error == 0;
    if (!good)
        write_fault_set(fault, file->error, "cannot write %s", file->path);
    free(file->path);
    free(file);
    return good;
}

void out_file_abandon(struct out_file *file)
{
    if (!file)
        return;
    fclose(file->stream);
    free(file->path);
    free(file);
}
