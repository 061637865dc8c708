/* Scratch folders and whole files, for the tests of the writers. */
#ifndef STROKESIM_TESTS_SCENARIOS_FOLDERS_H
#define STROKESIM_TESTS_SCENARIOS_FOLDERS_H

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/write/path.h"

enum { SCRATCH_SIZE = 256 };

/* A new empty folder; scratch_remove ends it. */
static inline void scratch_make(char folder[SCRATCH_SIZE])
{
    strcpy(folder, "/tmp/strokesim-write-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
}

static inline void scratch_remove(const char *folder)
{
    cr_assert(path_remove_tree(folder, NULL));
}

/* The path of something in it: printf into a buffer, returned. */
static inline const char *in(char buffer[SCRATCH_SIZE], const char *folder, const char *name)
{
    int length = snprintf(buffer, SCRATCH_SIZE, "%s/%s", folder, name);
    cr_assert(length > 0 && length < SCRATCH_SIZE);
    return buffer;
}

/* A whole file as text, to be freed by the caller. */
static inline char *slurp(const char *path)
{
    FILE *stream = fopen(path, "rb");
    cr_assert_not_null(stream, "%s", path);
    char *text = calloc(1, 65536);
    size_t length = fread(text, 1, 65535, stream);
    text[length] = '\0';
    fclose(stream);
    return text;
}

static inline void expect_file(const char *path, const char *wanted)
{
    char *text = slurp(path);
    cr_assert_str_eq(text, wanted, "%s is:\n%s", path, text);
    free(text);
}

static inline void spill(const char *path, const char *text)
{
    FILE *stream = fopen(path, "wb");
    cr_assert_not_null(stream, "%s", path);
    fputs(text, stream);
    fclose(stream);
}

/* How many entries a folder has. */
static inline size_t entries_in(const char *folder)
{
    DIR *entries = opendir(folder);
    cr_assert_not_null(entries, "%s", folder);
    size_t count = 0;
    for (const struct dirent *entry; (entry = readdir(entries)) != NULL;)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(entries);
    return count;
}

#endif
