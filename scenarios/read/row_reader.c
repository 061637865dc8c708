#include "scenarios/read/row_reader.h"

#include <csv.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    bool (*take)(void *context, const char *const field[], size_t fields);
    void *context;
    char *text[ROW_READER_MOST_FIELDS]; /* of the row so far, kept from row to row */
    size_t room[ROW_READER_MOST_FIELDS];
    size_t fields;
    bool stopped, broken;
};

static void take_field(void *text, size_t length, void *context)
{
    struct reader *reader = context;
    if (reader->stopped || reader->broken)
        return;
    if (reader->fields == ROW_READER_MOST_FIELDS) {
        reader->broken = true;
        return;
    }
    size_t at = reader->fields++;
    if (length + 1 > reader->room[at]) {
        char *grown = realloc(reader->text[at], length + 32);
        if (grown == NULL) {
            reader->broken = true;
            return;
        }
        reader->text[at] = grown;
        reader->room[at] = length + 32;
    }
    if (length > 0)
        memcpy(reader->text[at], text, length);
    reader->text[at][length] = '\0';
}

static void take_row(int ending, void *context)
{
    (void)ending;
    struct reader *reader = context;
    if (!reader->stopped && !reader->broken)
        reader->stopped =
            !reader->take(reader->context, (const char *const *)reader->text, reader->fields);
    reader->fields = 0;
}

static bool read_stream(FILE *stream, struct csv_parser *parser, struct reader *reader)
{
    char piece[65536];
    size_t length;
    while (!reader->stopped && !reader->broken &&
           (length = fread(piece, 1, sizeof piece, stream)) > 0)
        if (csv_parse(parser, piece, length, take_field, take_row, reader) != length)
            return false;
    if (reader->stopped)
        return true;
    return !ferror(stream) && csv_fini(parser, take_field, take_row, reader) == 0 &&
           !reader->broken;
}

bool row_reader_file(const char *path,
                     bool (*take)(void *context, const char *const field[], size_t fields),
                     void *context, struct write_fault *fault)
{
    struct reader reader = {.take = take, .context = context};
    struct csv_parser parser;
    FILE *stream = fopen(path, "rb");
    if (stream == NULL)
        return write_fault_set(fault, errno, "cannot read %s", path);
    bool good = csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) == 0;
    if (good) {
        good = read_stream(stream, &parser, &reader);
        csv_free(&parser);
    }
    fclose(stream);
    for (size_t i = 0; i < ROW_READER_MOST_FIELDS; i++)
        free(reader.text[i]);
    if (!good)
        write_fault_set(fault, 0, "%s is not a table as this program writes them", path);
    return good;
}
