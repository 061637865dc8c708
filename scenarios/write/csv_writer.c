#include "scenarios/write/csv_writer.h"

#include "scenarios/read/number.h"
#include "scenarios/write/out_file.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct csv_writer {
    struct out_file *file;
    size_t fields;  /* in this row so far */
    size_t columns; /* of the header; 0 without one */
    bool is_blank;  /* the row is one empty field so far */
};

/* Of a file that was opened, or was not. */
static struct csv_writer *writer_of(struct out_file *file, const char *path,
                                    struct write_fault *fault)
{
    if (!file)
        return NULL;
    struct csv_writer *writer = calloc(1, sizeof *writer);
    if (!writer) {
        write_fault_set(fault, ENOMEM, "cannot write %s", path);
        out_file_abandon(file);
        return NULL;
    }
    writer->file = file;
    return writer;
}

struct csv_writer *csv_writer_open(const char *path, struct write_fault *fault)
{
    return writer_of(out_file_open(path, fault), path, fault);
}

struct csv_writer *csv_writer_append(const char *path, uint64_t size, struct write_fault *fault)
{
    return writer_of(out_file_append(path, size, fault), path, fault);
}

uint64_t csv_writer_sync(struct csv_writer *writer)
{
    assert(writer->fields == 0);
    return out_file_sync(writer->file);
}

/* What parts this field from the one before. */
static void begin_field(struct csv_writer *writer, bool is_empty)
{
    writer->is_blank = writer->fields == 0 && is_empty;
    if (writer->fields++ > 0)
        out_file_put(writer->file, ",", 1);
}

static void put_quoted(struct out_file *file, const char *text)
{
    out_file_put(file, "\"", 1);
    for (const char *quote; (quote = strchr(text, '"')) != NULL; text = quote + 1) {
        out_file_put(file, text, (size_t)(quote - text));
        out_file_put(file, "\"\"", 2);
    }
    out_file_text(file, text);
    out_file_put(file, "\"", 1);
}

/* Besides what RFC 4180 wants: spaces at the ends, which some readers drop, and a '#' at the
   start, which some take for a comment. */
static bool needs_quotes(const char *text)
{
    size_t length = strlen(text);
    if (length == 0)
        return false;
    return text[strcspn(text, ",\"\r\n")] != '\0' || text[0] == ' ' || text[length - 1] == ' ' ||
           text[0] == '\t' || text[length - 1] == '\t' || text[0] == '#';
}

void csv_writer_text(struct csv_writer *writer, const char *text)
{
    if (!text)
        text = "";
    begin_field(writer, *text == '\0');
    if (needs_quotes(text))
        put_quoted(writer->file, text);
    else
        out_file_text(writer->file, text);
}

void csv_writer_number(struct csv_writer *writer, double value)
{
    char text[NUMBER_TEXT_SIZE];
    size_t length = number_format(value, text);
    begin_field(writer, length == 0);
    out_file_put(writer->file, text, length);
}

void csv_writer_integer(struct csv_writer *writer, int64_t value)
{
    char text[NUMBER_TEXT_SIZE];
    int length = snprintf(text, sizeof text, "%" PRId64, value);
    begin_field(writer, false);
    out_file_put(writer->file, text, (size_t)length);
}

void csv_writer_empty(struct csv_writer *writer)
{
    begin_field(writer, true);
}

void csv_writer_end_row(struct csv_writer *writer)
{
    assert(writer->fields > 0);
    assert(writer->columns == 0 || writer->fields == writer->columns);
    /* A row of one empty field would be a blank line, which readers skip. */
    if (writer->is_blank && writer->fields == 1)
        out_file_put(writer->file, "\"\"", 2);
    out_file_put(writer->file, "\n", 1);
    writer->fields = 0;
}

void csv_writer_header(struct csv_writer *writer, const char *const *names, size_t count)
{
    assert(writer->columns == 0 && writer->fields == 0 && count > 0);
    for (size_t i = 0; i < count; i++)
        csv_writer_text(writer, names[i]);
    csv_writer_end_row(writer);
    writer->columns = count;
}

bool csv_writer_failed(const struct csv_writer *writer)
{
    return out_file_failed(writer->file);
}

bool csv_writer_close(struct csv_writer *writer, struct write_fault *fault)
{
    bool good = out_file_close(writer->file, fault);
    free(writer);
    return good;
}

void csv_writer_abandon(struct csv_writer *writer)
{
    if (!writer)
        return;
    out_file_abandon(writer->file);
    free(writer);
}
