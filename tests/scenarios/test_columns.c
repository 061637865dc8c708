/* Texts side by side. The command line is no library, so its file is taken in whole here. */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "scenarios/cli/columns.c"

static void expect_printed(FILE *stream, char *const *text, const char *wanted)
{
    cr_assert_eq(fclose(stream), 0);
    cr_expect_str_eq(*text, wanted, "printed:\n%swanted:\n%s", *text, wanted);
    free(*text);
}

static void expect_row(size_t width, const char *left, const char *right, const char *wanted)
{
    struct columns columns = {.count = 2, .label = 4, .width = width};
    const char *const cell[] = {left, right};
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    columns_row(&columns, "row", cell, stream);
    expect_printed(stream, &text, wanted);
}

Test(columns, break_lines_between_words)
{
    expect_row(8, "a", "b", "row   a         b\n");
    expect_row(8, "one two three", "four", "row   one two   four\n      three\n");
    expect_row(8, "one", "two three four",
               "row   one       two\n                three\n"
               "                four\n");
    expect_row(8, "12345678", "12345678 9", "row   12345678  12345678\n                9\n");
    expect_row(8, "one\ntwo", "-", "row   one       -\n      two\n");
    expect_row(8, "", "", "row\n");
    expect_row(8, "", "x", "row             x\n");
}

/* A word that is too long is cut, and never within a character; what counts is characters. */
Test(columns, count_characters_and_cut_long_words)
{
    expect_row(4, "abcdefghij", "x", "row   abcd  x\n      efgh\n      ij\n");
    expect_row(4, "\u00e9\u00e9\u00e9\u00e9\u00e9", "x",
               "row   \u00e9\u00e9\u00e9\u00e9  x\n      \u00e9\n");
    expect_row(4, "\u00e9\u00e9 \u20ac", "x", "row   \u00e9\u00e9 \u20ac  x\n");
}

/* No line is longer than the page, however many columns are wanted. */
Test(columns, fit_on_the_page)
{
    static const size_t wanted[] = {1, 2, 3, 4, 9}, count[] = {1, 2, 3, 3, 3},
                        width[] = {44, 38, 24, 24, 24};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        struct columns columns = columns_fit(wanted[i], 20);
        cr_expect_eq(columns.count, count[i], "%zu", wanted[i]);
        cr_expect_eq(columns.width, width[i], "%zu", wanted[i]);
        cr_expect_leq(columns.label + columns.count * (columns.width + 2), COLUMNS_PAGE);
    }
}

Test(columns, paragraphs_are_as_wide_as_the_page)
{
    char words[300] = "", *text = NULL;
    for (int i = 0; i < 25; i++)
        strcat(words, "123456789 ");
    words[249] = '\0';
    size_t size, lines = 0;
    FILE *stream = open_memstream(&text, &size);
    columns_paragraph(words, 2, stream);
    cr_assert_eq(fclose(stream), 0);
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n"), lines++) {
        cr_expect_leq(strlen(line), 100);
        cr_expect_eq(strncmp(line, "  1", 3) == 0, lines > 0);
        cr_expect_neq(line[strlen(line) - 1], ' ');
    }
    cr_expect_eq(lines, 3);
    free(text);
}
