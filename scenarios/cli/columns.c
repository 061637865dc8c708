#include "scenarios/cli/columns.h"

#include <stdbool.h>
#include <string.h>

enum { GAP = 2, NARROWEST = 24, WIDEST = 44, MOST = 8 };

/* Bytes 10xxxxxx go on with a character of UTF-8. */
static bool begins_character(char byte)
{
    return ((unsigned char)byte & 0xC0) != 0x80;
}

static size_t characters(const char *text, size_t bytes)
{
    size_t count = 0;
    for (size_t i = 0; i < bytes; i++)
        count += begins_character(text[i]);
    return count;
}

/* Bytes of the first characters, at most so many. */
static size_t bytes_of(const char *text, size_t count)
{
    size_t bytes = 0;
    while (text[bytes] != '\0' && (count > 0 || !begins_character(text[bytes])))
        count -= begins_character(text[bytes++]);
    return bytes;
}

/* Bytes of the line that a text begins with: to its line break, or the words that fit, or the part
 * of a word that does. */
static size_t line_of(const char *text, size_t width)
{
    size_t line = strcspn(text, "\n");
    if (characters(text, line) <= width)
        return line;
    size_t most = bytes_of(text, width);
    for (size_t end = most; end > 0; end--)
        if (text[end] == ' ')
            return end;
    return most;
}

/* Prints a line padded to the width, and moves on to the next. */
static void print_line(const char **text, size_t width, bool pad, FILE *stream)
{
    size_t line = line_of(*text, width);
    fprintf(stream, "%.*s", (int)line, *text);
    if (pad)
        fprintf(stream, "%*s", (int)(width - characters(*text, line)), "");
    *text += line;
    if (**text == ' ' || **text == '\n')
        ++*text;
}

struct columns columns_fit(size_t wanted, size_t label)
{
    size_t room = COLUMNS_PAGE - label, most = room / (NARROWEST + GAP);
    size_t count = wanted < most ? wanted : most;
    count = count < 1 ? 1 : count > MOST ? MOST : count;
    size_t width = room / count - GAP;
    return (struct columns){count, label, width < WIDEST ? width : WIDEST};
}

/* Columns up to the last with anything on this line, so that no line ends in blanks. */
static size_t used_of(const char *const *text, size_t count)
{
    while (count > 0 && *text[count - 1] == '\0')
        count--;
    return count;
}

void columns_row(const struct columns *columns, const char *label, const char *const text[],
                 FILE *stream)
{
    const char *left[MOST];
    for (size_t i = 0; i < columns->count; i++)
        left[i] = text[i];
    do {
        size_t used = used_of(left, columns->count);
        print_line(&label, columns->label, used > 0, stream);
        for (size_t i = 0; i < used; i++) {
            fprintf(stream, "%*s", GAP, "");
            print_line(&left[i], columns->width, i + 1 < used, stream);
        }
        putc('\n', stream);
    } while (used_of(left, columns->count) > 0 || *label != '\0');
}

void columns_paragraph(const char *text, size_t indent, FILE *stream)
{
    size_t width = COLUMNS_PAGE;
    do {
        if (width < COLUMNS_PAGE)
            fprintf(stream, "%*s", (int)indent, "");
        print_line(&text, width, false, stream);
        putc('\n', stream);
        width = COLUMNS_PAGE - indent;
    } while (*text != '\0');
}
