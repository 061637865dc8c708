#include "scenarios/read/table_store.h"
#include "scenarios/read/text_file.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

/* libcsv says what a field holds but not where it stood, and ends a field only at a comma or a
   line end. So it is fed the text in pieces that each end at one of these: when it reports a
   field, the field ended with this piece, and the next begins behind it. */
struct reader {
    struct table *table;
    struct diagnosis *diagnosis;
    const char *end; /* of the text */
    size_t cell_count;
    size_t cell_room;
    size_t arena_used;
    uint32_t line; /* of the next byte to be fed, with its column */
    uint32_t column;
    uint32_t field_line; /* where the current field began */
    uint32_t field_column;
    bool in_field; /* the current field has begun: something but spaces was fed */
    size_t row_cells;
    size_t row_first; /* cell_count when the row began */
    bool has_dropped; /* a ragged row */
    bool has_header;
    bool stopped; /* nothing more can be taken in; reported */
};

static bool is_line_end(char byte)
{
    return byte == '\n' || byte == '\r';
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static bool make_room(struct reader *reader)
{
    if (reader->cell_count < reader->cell_room)
        return true;
    size_t room = reader->cell_room ? reader->cell_room * 2 : 256;
    struct table_cell *cells = room <= SIZE_MAX / sizeof *cells
                                   ? realloc(reader->table->cells, room * sizeof *cells)
                                   : NULL;
    if (!cells) {
        diagnosis_out_of_memory(reader->diagnosis);
        reader->stopped = true;
        return false;
    }
    reader->table->cells = cells;
    reader->cell_room = room;
    return true;
}

/* Called by libcsv at the end of a field. The arena has a byte for each of the file and one more,
   and a field's text and NUL are never longer than the field and what ends it. */
static void take_field(void *text, size_t length, void *context)
{
    struct reader *reader = context;
    reader->in_field = false;
    if (reader->stopped)
        return;
    struct table *table = reader->table;
    if (reader->row_cells == 0)
        reader->row_first = reader->cell_count;
    /* Of a row that is too long, the first surplus field is kept, to say where it is. */
    size_t most = reader->has_header ? table->columns : TABLE_MOST_COLUMNS;
    if (reader->row_cells++ > most || !make_room(reader))
        return;
    table->cells[reader->cell_count++] = (struct table_cell){.text = (uint32_t)reader->arena_used,
                                                             .line = reader->field_line,
                                                             .column = reader->field_column};
    if (length > 0)
        memcpy(table->arena + reader->arena_used, text, length);
    table->arena[reader->arena_used + length] = '\0';
    reader->arena_used += length + 1;
}

static void check_header_cell(const struct reader *reader, size_t column)
{
    const struct table *table = reader->table;
    struct place place = table_header_place(table, column);
    if (*place.key == '\0') {
        diagnosis_error(reader->diagnosis, &place, "give the column a name or remove it",
                        "column %zu of the header has no name", column + 1);
        return;
    }
    int first = table_column(table, place.key);
    if ((size_t)first != column)
        diagnosis_error(reader->diagnosis, &place, "rename or remove one of them",
                        "columns %d and %zu have the same name", first + 1, column + 1);
}

static void end_header(struct reader *reader)
{
    struct table *table = reader->table;
    reader->has_header = true;
    table->columns = reader->row_cells;
    struct place place = table_header_place(table, 0);
    if (table->columns > TABLE_MOST_COLUMNS) {
        diagnosis_error(reader->diagnosis, &place, NULL,
                        "the header has %zu columns, more than the %d that are read",
                        table->columns, TABLE_MOST_COLUMNS);
        reader->stopped = true;
        return;
    }
    if (table->columns == 1 && strpbrk(place.key, ";\t"))
        diagnosis_error(reader->diagnosis, &place, "save as CSV with commas between fields",
                        "the fields are not separated by commas");
    for (size_t i = 0; i < table->columns; i++)
        check_header_cell(reader, i);
}

/* Reports a row with too many or too few fields, and takes it out again. */
static void drop_row(struct reader *reader)
{
    struct table *table = reader->table;
    size_t first = reader->row_first;
    bool surplus = reader->row_cells > table->columns;
    const struct table_cell *cell = &table->cells[first + (surplus ? table->columns : 0)];
    const struct place place = {
        .file = table->file, .line = cell->line, .column = surplus ? cell->column : 0};
    diagnosis_error(reader->diagnosis, &place,
                    surplus ? "put a field that holds a comma in quotes"
                            : "add commas for fields that are empty",
                    "the row has %zu field%s, the header %zu", reader->row_cells,
                    reader->row_cells == 1 ? "" : "s", table->columns);
    reader->has_dropped = true;
    reader->cell_count = first;
}

/* Called by libcsv at the end of a row; `end` is the byte that ended it. */
static void take_row(int end, void *context)
{
    (void)end;
    struct reader *reader = context;
    if (reader->stopped)
        return;
    if (!reader->has_header)
        end_header(reader);
    else if (reader->row_cells != reader->table->columns)
        drop_row(reader);
    else
        reader->table->rows++;
    reader->row_cells = 0;
}

/* Moves line and column past these bytes. A CR counts as a line end unless an LF follows. */
static void advance(struct reader *reader, const char *from, const char *to)
{
    for (; from < to; from++) {
        if (*from == '\n' || (*from == '\r' && (from + 1 == reader->end || from[1] != '\n'))) {
            reader->line++;
            reader->column = 1;
        } else if (((unsigned char)*from & 0xc0u) != 0x80u) {
            reader->column++; /* not the inside of a UTF-8 character */
        }
    }
}

static void report_parse_error(struct reader *reader, struct csv_parser *parser)
{
    if (csv_error(parser) != CSV_EPARSE) {
        diagnosis_out_of_memory(reader->diagnosis);
        return;
    }
    struct place place = {
        .file = reader->table->file, .line = reader->line, .column = reader->column};
    if (reader->line == reader->field_line)
        diagnosis_error(reader->diagnosis, &place,
                        "put the whole field in quotes and write each quote in it twice",
                        "a quote inside a field, or text after the closing quote");
    else
        diagnosis_error(reader->diagnosis, &place, "close the quote, or write it twice",
                        "text after a closing quote; the quote opened in line %u, column %u",
                        (unsigned)reader->field_line, (unsigned)reader->field_column);
}

/* Feeds one piece; the position of a fault is exact, as libcsv says how far it came. */
static void feed_piece(struct reader *reader, struct csv_parser *parser, const char *from,
                       size_t length)
{
    const char *start = from;
    const char *end = from + length;
    if (!reader->in_field) {
        while (start < end && is_blank(*start))
            start++;
        advance(reader, from, start);
        reader->field_line = reader->line;
        reader->field_column = reader->column;
        reader->in_field = start < end && !is_line_end(*start);
    }
    size_t eaten = csv_parse(parser, from, length, take_field, take_row, reader);
    if (eaten != length) {
        advance(reader, start, from + eaten > start ? from + eaten : start);
        report_parse_error(reader, parser);
        reader->stopped = true;
        return;
    }
    advance(reader, start, end);
}

/* The end of the file may end a field and a row too. */
static void feed_end(struct reader *reader, struct csv_parser *parser)
{
    if (!reader->in_field) {
        reader->field_line = reader->line;
        reader->field_column = reader->column;
    }
    if (csv_fini(parser, take_field, take_row, reader) == 0)
        return;
    reader->stopped = true;
    if (csv_error(parser) != CSV_EPARSE) {
        diagnosis_out_of_memory(reader->diagnosis);
        return;
    }
    const struct place place = {
        .file = reader->table->file, .line = reader->field_line, .column = reader->field_column};
    diagnosis_error(reader->diagnosis, &place, "close the quote, or write it twice",
                    "the quote that opens here is never closed");
}

static void feed(struct reader *reader, const char *text, size_t length)
{
    struct csv_parser parser;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        diagnosis_out_of_memory(reader->diagnosis);
        reader->stopped = true;
        return;
    }
    /* The default grows a field's buffer by 128 bytes at a time. */
    csv_set_blk_size(&parser, 4096);
    const char *end = text + length;
    while (text < end && !reader->stopped) {
        const char *piece = text;
        while (text < end && *text != ',' && !is_line_end(*text))
            text++;
        if (text < end)
            text++;
        feed_piece(reader, &parser, piece, (size_t)(text - piece));
    }
    if (!reader->stopped)
        feed_end(reader, &parser);
    csv_free(&parser);
}

/* How much of the text is comment and blank lines above the header. */
static size_t skip_comments(struct reader *reader, const char *text, size_t length)
{
    size_t at = 0;
    while (at < length && (text[at] == '#' || is_line_end(text[at]))) {
        size_t from = at;
        while (at < length && !is_line_end(text[at]))
            at++;
        if (at < length)
            at++;
        advance(reader, text + from, text + at);
    }
    return at;
}

static struct table *table_new(size_t length, const char *shown)
{
    struct table *table = calloc(1, sizeof *table);
    if (!table)
        return NULL;
    table->file = strdup(shown ? shown : "");
    table->arena = malloc(length + 2);
    if (!table->file || !table->arena) {
        table_free(table);
        return NULL;
    }
    return table;
}

/* What is left to say when all has been read; false when there is no table to speak of. */
static bool finish(struct reader *reader, enum table_rows rows)
{
    const struct place whole = {.file = reader->table->file};
    if (reader->stopped)
        return false;
    if (!reader->has_header) {
        diagnosis_error(reader->diagnosis, &whole, "begin with a row of column names",
                        "the table is empty");
        return false;
    }
    if (rows == TABLE_NEEDS_ROWS && reader->table->rows == 0 && !reader->has_dropped)
        diagnosis_error(reader->diagnosis, &whole, NULL, "there are no rows below the header");
    return true;
}

struct table *table_read_text(const char *text, size_t length, const char *shown,
                              enum table_rows rows, struct diagnosis *diagnosis)
{
    if (length > TABLE_LARGEST) {
        const struct place place = {.file = shown};
        diagnosis_error(diagnosis, &place, NULL, "the table has more than %d bytes", TABLE_LARGEST);
        return NULL;
    }
    if (!text_file_check(text, length, shown, diagnosis))
        return NULL;
    size_t mark = text_file_mark(text, length);
    text += mark;
    length -= mark;
    struct table *table = table_new(length, shown);
    if (!table) {
        diagnosis_out_of_memory(diagnosis);
        return NULL;
    }
    struct reader reader = {
        .table = table, .diagnosis = diagnosis, .end = text + length, .line = 1, .column = 1};
    size_t skipped = skip_comments(&reader, text, length);
    feed(&reader, text + skipped, length - skipped);
    if (!finish(&reader, rows)) {
        table_free(table);
        return NULL;
    }
    return table;
}

struct table *table_read_file(const char *path, const char *shown, enum table_rows rows,
                              struct diagnosis *diagnosis)
{
    size_t length = 0;
    const char *name = shown ? shown : path;
    char *text = text_file_read(path, name, TABLE_LARGEST, diagnosis, &length);
    if (!text)
        return NULL;
    struct table *table = table_read_text(text, length, name, rows, diagnosis);
    free(text);
    return table;
}
