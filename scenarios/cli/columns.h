/* Texts side by side: a label, then a column each, broken into lines where they are too long. */
#ifndef SCENARIOS_CLI_COLUMNS_H
#define SCENARIOS_CLI_COLUMNS_H

#include <stddef.h>
#include <stdio.h>

enum { COLUMNS_PAGE = 100 }; /* characters of a line, of UTF-8, on any terminal and in a file */

struct columns {
    size_t count;        /* side by side */
    size_t label, width; /* of the label, and of a column */
};

/* How `wanted` columns fit on a page: all, or fewer of which several blocks are printed. */
struct columns columns_fit(size_t wanted, size_t label);

/* Prints a row: `count` texts, in which a line break is one. */
void columns_row(const struct columns *columns, const char *label, const char *const text[],
                 FILE *stream);

/* Prints a text as a paragraph as wide as the page, its further lines indented. */
void columns_paragraph(const char *text, size_t indent, FILE *stream);

#endif
