#include "scenarios/write/json_writer.h"

#include "scenarios/read/number.h"
#include "scenarios/read/text_file.h"
#include "scenarios/write/out_file.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct json_writer {
    struct out_file *file;
    char open[JSON_WRITER_DEEPEST];    /* '{' or '[' for each level */
    bool is_used[JSON_WRITER_DEEPEST]; /* something stands in it */
    size_t depth;
    bool has_key;   /* a value must come next */
    bool has_value; /* the document's one value has begun */
};

struct json_writer *json_writer_open(const char *path, struct write_fault *fault)
{
    struct json_writer *writer = calloc(1, sizeof *writer);
    if (!writer) {
        write_fault_set(fault, ENOMEM, "cannot write %s", path);
        return NULL;
    }
    writer->file = out_file_open(path, fault);
    if (!writer->file) {
        free(writer);
        return NULL;
    }
    return writer;
}

/* Asserts that the program is in order here; without assertions the document fails at close. */
static void require(struct json_writer *writer, bool in_order)
{
    assert(in_order);
    if (!in_order)
        out_file_fail(writer->file, EINVAL);
}

static bool is_in(const struct json_writer *writer, char kind)
{
    return writer->depth > 0 && writer->open[writer->depth - 1] == kind;
}

static void new_line(struct json_writer *writer)
{
    out_file_put(writer->file, "\n", 1);
    for (size_t i = 0; i < writer->depth; i++)
        out_file_put(writer->file, "  ", 2);
}

/* The comma and the line break before an item or a key. */
static void part(struct json_writer *writer)
{
    if (writer->is_used[writer->depth - 1])
        out_file_put(writer->file, ",", 1);
    writer->is_used[writer->depth - 1] = true;
    new_line(writer);
}

static void begin_value(struct json_writer *writer)
{
    if (writer->depth == 0) {
        require(writer, !writer->has_value);
        writer->has_value = true;
    } else if (is_in(writer, '[')) {
        part(writer);
    } else {
        require(writer, writer->has_key);
        writer->has_key = false;
    }
}

static void begin(struct json_writer *writer, char kind)
{
    begin_value(writer);
    require(writer, writer->depth < JSON_WRITER_DEEPEST);
    if (writer->depth == JSON_WRITER_DEEPEST)
        return;
    out_file_put(writer->file, &kind, 1);
    writer->open[writer->depth] = kind;
    writer->is_used[writer->depth] = false;
    writer->depth++;
}

static void end(struct json_writer *writer, char kind, const char *mark)
{
    bool in_order = is_in(writer, kind) && !writer->has_key;
    require(writer, in_order);
    if (!in_order)
        return;
    writer->depth--;
    if (writer->is_used[writer->depth])
        new_line(writer);
    out_file_put(writer->file, mark, 1);
}

void json_writer_begin_object(struct json_writer *writer)
{
    begin(writer, '{');
}

void json_writer_end_object(struct json_writer *writer)
{
    end(writer, '{', "}");
}

void json_writer_begin_array(struct json_writer *writer)
{
    begin(writer, '[');
}

void json_writer_end_array(struct json_writer *writer)
{
    end(writer, '[', "]");
}

static void put_escape(unsigned char byte, void (*put)(void *, const char *, size_t), void *context)
{
    static const char plain[] = "\"\\\b\f\n\r\t";
    static const char letters[] = "\"\\bfnrt";
    char text[8];
    const char *found = byte ? strchr(plain, byte) : NULL;
    int length = found ? snprintf(text, sizeof text, "\\%c", letters[found - plain])
                       : snprintf(text, sizeof text, "\\u%04x", (unsigned)byte);
    put(context, text, (size_t)length);
}

void json_escape(const char *text, void (*put)(void *context, const char *bytes, size_t length),
                 void *context)
{
    size_t left = strlen(text);
    put(context, "\"", 1);
    while (left > 0) {
        size_t size = text_file_character(text, left);
        unsigned char first = (unsigned char)text[0];
        if (size == 0)
            put(context, "\xef\xbf\xbd", 3); /* U+FFFD, for a byte that is not UTF-8 */
        else if (first < 0x20 || first == 0x7f || first == '"' || first == '\\')
            put_escape(first, put, context);
        else
            put(context, text, size);
        size = size == 0 ? 1 : size;
        text += size;
        left -= size;
    }
    put(context, "\"", 1);
}

static void put_to_file(void *context, const char *bytes, size_t length)
{
    out_file_put(context, bytes, length);
}

void json_writer_key(struct json_writer *writer, const char *key)
{
    bool in_order = is_in(writer, '{') && !writer->has_key;
    require(writer, in_order);
    if (!in_order)
        return;
    part(writer);
    json_escape(key, put_to_file, writer->file);
    out_file_put(writer->file, ": ", 2);
    writer->has_key = true;
}

void json_writer_text(struct json_writer *writer, const char *text)
{
    begin_value(writer);
    if (text)
        json_escape(text, put_to_file, writer->file);
    else
        out_file_text(writer->file, "null");
}

void json_writer_number(struct json_writer *writer, double value)
{
    char text[NUMBER_TEXT_SIZE];
    begin_value(writer);
    size_t length = number_format_shortest(value, text);
    out_file_text(writer->file, length > 0 ? text : "null");
}

void json_writer_integer(struct json_writer *writer, int64_t value)
{
    begin_value(writer);
    out_file_print(writer->file, "%" PRId64, value);
}

void json_writer_unsigned(struct json_writer *writer, uint64_t value)
{
    begin_value(writer);
    out_file_print(writer->file, "%" PRIu64, value);
}

void json_writer_boolean(struct json_writer *writer, bool value)
{
    begin_value(writer);
    out_file_text(writer->file, value ? "true" : "false");
}

void json_writer_null(struct json_writer *writer)
{
    json_writer_text(writer, NULL);
}

void json_writer_text_at(struct json_writer *writer, const char *key, const char *text)
{
    json_writer_key(writer, key);
    json_writer_text(writer, text);
}

void json_writer_number_at(struct json_writer *writer, const char *key, double value)
{
    json_writer_key(writer, key);
    json_writer_number(writer, value);
}

void json_writer_integer_at(struct json_writer *writer, const char *key, int64_t value)
{
    json_writer_key(writer, key);
    json_writer_integer(writer, value);
}

void json_writer_unsigned_at(struct json_writer *writer, const char *key, uint64_t value)
{
    json_writer_key(writer, key);
    json_writer_unsigned(writer, value);
}

void json_writer_boolean_at(struct json_writer *writer, const char *key, bool value)
{
    json_writer_key(writer, key);
    json_writer_boolean(writer, value);
}

bool json_writer_close(struct json_writer *writer, struct write_fault *fault)
{
    require(writer, out_file_failed(writer->file) || (writer->depth == 0 && writer->has_value));
    out_file_put(writer->file, "\n", 1);
    bool good = out_file_close(writer->file, fault);
    free(writer);
    return good;
}

void json_writer_abandon(struct json_writer *writer)
{
    if (!writer)
        return;
    out_file_abandon(writer->file);
    free(writer);
}
