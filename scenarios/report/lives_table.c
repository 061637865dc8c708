#include "scenarios/report/lives_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/read/row_reader.h"

struct taking {
    FILE *text;
    size_t metric, columns; /* the column of that name; how many there are */
    size_t rows, torn;      /* so far, with the header; the first of too few fields, from 1 */
};

/* Quotes around everything, so that whatever a name holds stands as it was. */
static void put_row(FILE *text, const char *const field[], size_t fields)
{
    for (size_t i = 0; i < fields; i++) {
        fputs(i == 0 ? "\"" : ",\"", text);
        for (const char *c = field[i]; *c != '\0'; c++) {
            if (*c == '"')
                fputc('"', text);
            fputc(*c, text);
        }
        fputc('"', text);
    }
    fputc('\n', text);
}

static void take_header(struct taking *taking, const char *const field[], size_t fields)
{
    taking->columns = fields;
    while (taking->metric < fields && strcmp(field[taking->metric], "metric") != 0)
        taking->metric++;
    put_row(taking->text, field, fields);
}

/* A sweep that was killed may have left a part of its last row: the point was not finished. */
static bool take_row(void *context, const char *const field[], size_t fields)
{
    struct taking *taking = context;
    taking->rows++;
    if (taking->torn > 0)
        return false;
    if (taking->rows == 1)
        take_header(taking, field, fields);
    else if (fields != taking->columns)
        taking->torn = taking->rows;
    else if (taking->metric < fields && strcmp(field[taking->metric], "lives_saved") == 0)
        put_row(taking->text, field, fields);
    return true;
}

struct table *lives_table_read(const char *path, const char *shown, struct diagnosis *diagnosis)
{
    char *bytes = NULL;
    size_t size = 0;
    struct table *table = NULL;
    struct write_fault fault = {0};
    struct taking taking = {.text = open_memstream(&bytes, &size)};
    bool read = taking.text != NULL && row_reader_file(path, take_row, &taking, &fault);
    bool whole = taking.text != NULL && fclose(taking.text) == 0;
    if (taking.torn > 0 && taking.rows > taking.torn)
        diagnosis_error(diagnosis, &(struct place){.file = shown, .line = taking.torn},
                        "run it again", "the row has fewer fields than there are columns, or more");
    else if (read && whole)
        table = table_read_text(bytes, size, shown, TABLE_MAY_BE_EMPTY, diagnosis);
    else if (fault.text[0] != '\0')
        diagnosis_error(diagnosis, &(struct place){.file = shown}, "run it again", "%s",
                        fault.text);
    else
        diagnosis_out_of_memory(diagnosis);
    free(bytes);
    return table;
}
