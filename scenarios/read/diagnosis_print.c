#include "scenarios/read/diagnosis.h"
#include "scenarios/read/text_file.h"

#include <stdlib.h>
#include <string.h>

/* A scenario's text may hold what a terminal would obey, and a text that a message cut short may
   end inside a character. */
static void print_text(const char *text, FILE *stream)
{
    size_t left = strlen(text);
    while (left > 0) {
        size_t size = text_file_character(text, left);
        unsigned char first = (unsigned char)text[0];
        bool control = first < 0x20 || first == 0x7f ||
                       (first == 0xc2 && size == 2 && (unsigned char)text[1] < 0xa0);
        if (size == 0 || control)
            fputc('?', stream);
        else
            fwrite(text, 1, size, stream);
        size = size == 0 ? 1 : size;
        text += size;
        left -= size;
    }
}

static void print_problem(const struct diagnosis_problem *problem, FILE *stream)
{
    if (problem->file[0]) {
        print_text(problem->file, stream);
        if (problem->line > 0)
            fprintf(stream, ":%zu", problem->line);
        if (problem->line > 0 && problem->column > 0)
            fprintf(stream, ":%zu", problem->column);
        fputs(": ", stream);
    }
    fputs(problem->severity == DIAGNOSIS_ERROR ? "error: " : "warning: ", stream);
    if (problem->key[0]) {
        print_text(problem->key, stream);
        fputs(": ", stream);
    }
    print_text(problem->message, stream);
    if (problem->remedy[0]) {
        fputs("; ", stream);
        print_text(problem->remedy, stream);
    }
    fputc('\n', stream);
}

/* A problem and how many were added before it, which breaks ties as they came. */
struct item {
    const struct diagnosis_problem *problem;
    size_t index;
};

static int compare_items(const void *left, const void *right)
{
    const struct item *a = left;
    const struct item *b = right;
    int files = strcmp(a->problem->file, b->problem->file);
    if (files != 0)
        return files;
    if (a->problem->line != b->problem->line)
        return a->problem->line < b->problem->line ? -1 : 1;
    if (a->problem->column != b->problem->column)
        return a->problem->column < b->problem->column ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

static void print_item(const struct diagnosis *diagnosis, size_t index, FILE *stream)
{
    const struct diagnosis_problem *problem = diagnosis_at(diagnosis, index);
    print_problem(problem, stream);
    size_t more = diagnosis_unkept_after(diagnosis, index);
    if (more == 0)
        return;
    if (problem->file[0]) {
        print_text(problem->file, stream);
        fputs(": ", stream);
    }
    fprintf(stream, "... and %zu more like this\n", more);
}

void diagnosis_print(const struct diagnosis *diagnosis, FILE *stream)
{
    size_t count = diagnosis_count(diagnosis);
    struct item *items = malloc((count + 1) * sizeof *items);
    for (size_t i = 0; items && i < count; i++)
        items[i] = (struct item){diagnosis_at(diagnosis, i), i};
    if (items)
        qsort(items, count, sizeof *items, compare_items);
    /* Without memory for an order, as they came is better than not at all. */
    for (size_t i = 0; i < count; i++)
        print_item(diagnosis, items ? items[i].index : i, stream);
    if (diagnosis_ran_out_of_memory(diagnosis))
        fputs("error: out of memory while reading; there may be more problems\n", stream);
    free(items);
}
