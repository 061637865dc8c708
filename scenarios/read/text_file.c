#include "scenarios/read/text_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* True when it is a regular file that is not too large; else reported. */
static bool check_status(const struct stat *status, size_t largest, const struct place *place,
                         struct diagnosis *diagnosis)
{
    if (S_ISDIR(status->st_mode)) {
        diagnosis_error(diagnosis, place, "name a file", "this is a folder");
        return false;
    }
    if (!S_ISREG(status->st_mode)) {
        diagnosis_error(diagnosis, place, "name a file", "this is not a regular file");
        return false;
    }
    if ((uintmax_t)status->st_size > largest) {
        diagnosis_error(diagnosis, place, NULL,
                        "the file has %ju bytes, more than the %zu that are read",
                        (uintmax_t)status->st_size, largest);
        return false;
    }
    return true;
}

/* Reads until the buffer is full or the file ends; -1 and errno on failure. A file that grows
   while it is read is read as it was. */
static ssize_t read_all(int descriptor, char *bytes, size_t size)
{
    size_t length = 0;
    while (length < size) {
        ssize_t got = read(descriptor, bytes + length, size - length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        length += (size_t)got;
    }
    return (ssize_t)length;
}

char *text_file_read(const char *path, const char *shown, size_t largest,
                     struct diagnosis *diagnosis, size_t *length)
{
    const struct place place = {.file = shown ? shown : path};
    char *bytes = NULL;
    struct stat status;
    /* Non-blocking, so that a named pipe is refused and not waited for. */
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0 || fstat(descriptor, &status) != 0) {
        int error = errno;
        diagnosis_error(diagnosis, &place, NULL, "cannot be opened: %s", strerror(error));
        goto out;
    }
    if (!check_status(&status, largest, &place, diagnosis))
        goto out;
    size_t size = (size_t)status.st_size;
    bytes = malloc(size + 1);
    if (!bytes) {
        diagnosis_out_of_memory(diagnosis);
        goto out;
    }
    ssize_t got = read_all(descriptor, bytes, size);
    if (got < 0) {
        int error = errno;
        diagnosis_error(diagnosis, &place, NULL, "cannot be read: %s", strerror(error));
        free(bytes);
        bytes = NULL;
        goto out;
    }
    bytes[got] = '\0';
    *length = (size_t)got;
out:
    if (descriptor >= 0)
        close(descriptor);
    return bytes;
}

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xc0u) == 0x80u;
}

size_t text_file_character(const char *bytes, size_t length)
{
    unsigned char first = (unsigned char)bytes[0];
    if (first < 0x80)
        return 1;
    size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || size > length)
        return 0;
    for (size_t i = 1; i < size; i++)
        if (!is_continuation(bytes[i]))
            return 0;
    unsigned char second = (unsigned char)bytes[1];
    bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
    bool surrogate = first == 0xed && second > 0x9f;
    bool beyond = first == 0xf4 && second > 0x8f;
    return overlong || surrogate || beyond ? 0 : size;
}

static const char mark[] = "\xef\xbb\xbf";

size_t text_file_mark(const char *bytes, size_t length)
{
    size_t size = sizeof mark - 1;
    return length >= size && memcmp(bytes, mark, size) == 0 ? size : 0;
}

/* A byte-order mark is reported, and reading can go on behind it; of UTF-16 nothing can be read. */
static bool is_utf_16(const char *bytes, size_t length, const char *shown,
                      struct diagnosis *diagnosis)
{
    const struct place start = {.file = shown, .line = 1, .column = 1};
    if (text_file_mark(bytes, length) > 0)
        diagnosis_error(diagnosis, &start, "save as UTF-8 without byte-order mark",
                        "the file begins with a byte-order mark");
    if (length >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0)) {
        diagnosis_error(diagnosis, &start, "save as UTF-8 without byte-order mark",
                        "the file is in UTF-16");
        return true;
    }
    return false;
}

bool text_file_check(const char *bytes, size_t length, const char *shown,
                     struct diagnosis *diagnosis)
{
    if (is_utf_16(bytes, length, shown, diagnosis))
        return false;
    struct place place = {.file = shown, .line = 1, .column = 1};
    for (size_t at = 0; at < length;) {
        size_t size = text_file_character(bytes + at, length - at);
        if (size == 0) {
            diagnosis_error(diagnosis, &place, "save the file as UTF-8", "byte 0x%02x is not UTF-8",
                            (unsigned)(unsigned char)bytes[at]);
            return false;
        }
        if (bytes[at] == '\0') {
            diagnosis_error(diagnosis, &place, "save the file as plain text",
                            "there is a NUL byte");
            return false;
        }
        place.column++;
        if (bytes[at] == '\n') {
            place.line++;
            place.column = 1;
        }
        at += size;
    }
    return true;
}
