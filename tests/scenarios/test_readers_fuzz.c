/* Files that went wrong at random. Whatever a reader is given, it must not crash (the build with
 * sanitizers sees to that), and it must either read it or say at least one thing about it. */
#include "scenarios/read/table.h"
#include "scenarios/read/yaml_tree.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { MUTATIONS = 2000, LARGEST = 2048 };

static const char yaml[] = "name: London\n"
                           "title: \"Stroke care, \\\"2010\\\"\"\n"
                           "start: 2010-01-01\n"
                           "years: 5\n"
                           "parameters:\n"
                           "  demand.multiplier: 1.25 # more\n"
                           "  outcome.organised_care_or: 0.81\n"
                           "configurations:\n"
                           "  - name: before\n"
                           "    policy: nearest\n"
                           "  - {name: after, from: before, hospitals: {\"King's\": {hasu_beds: "
                           "12}}, list: [1, 2, 'x']}\n"
                           "note: |\n"
                           "  several\n"
                           "  lines \xc3\xa9\n";

static const char csv[] = "# source: somewhere\n"
                          "area,group,lat,lon,minutes\n"
                          "A,inner,51.5,-0.12,12\r\n"
                          "\"B, \"\"north\"\"\",outer,51.6,0.1,\n"
                          "caf\xc3\xa9,,51.4,-1e-3,\"7\"\n"
                          "\"two\nlines\",outer,51,0,9.5\n";

static uint64_t draw(uint64_t *state, uint64_t below)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (*state >> 33) % below;
}

/* Changes, removes, doubles or puts in a few bytes; mostly those that mean something. */
static size_t mutate(char *text, size_t length, uint64_t *state)
{
    static const char telling[] = "\"',:-[]{}#&*!|>%@`\n\r\t \\?~\0\xff\xef\xbb\xc3=0";
    for (uint64_t times = 1 + draw(state, 4); times > 0; times--) {
        size_t at = (size_t)draw(state, length);
        size_t run = (size_t)draw(state, length - at < 40 ? length - at : 40) + 1;
        char byte =
            draw(state, 4) == 0 ? (char)draw(state, 256) : telling[draw(state, sizeof telling - 1)];
        switch (draw(state, 4)) {
        case 0:
            text[at] = byte;
            break;
        case 1:
            memmove(text + at, text + at + run, length - at - run);
            length -= run;
            break;
        case 2:
            if (length + run > LARGEST)
                break;
            memmove(text + at + run, text + at, length - at);
            length += run;
            break;
        default:
            if (length + 1 > LARGEST)
                break;
            memmove(text + at + 1, text + at, length - at);
            text[at] = byte;
            length++;
            break;
        }
        if (length == 0)
            break;
    }
    return length;
}

static void visit(const struct yaml_node *node, struct diagnosis *diagnosis)
{
    char path[64];
    double number = 0.0;
    (void)yaml_path(node, path, sizeof path);
    cr_assert_gt(yaml_place(node).line, 0);
    if (yaml_is_scalar(node))
        (void)yaml_read_number(node, -INFINITY, INFINITY, diagnosis, &number);
    for (size_t i = 0; i < yaml_count(node); i++)
        visit(yaml_item(node, i), diagnosis);
}

/* A copy of just the length, so that the sanitizer sees any step beyond its end. */
static char *exact(const char *text, size_t length)
{
    char *copy = malloc(length > 0 ? length : 1);
    cr_assert_not_null(copy);
    memcpy(copy, text, length);
    return copy;
}

Test(readers_fuzz, yaml)
{
    uint64_t state = 2024;
    size_t read = 0;
    for (int i = 0; i < MUTATIONS; i++) {
        char text[LARGEST] = {0};
        memcpy(text, yaml, sizeof yaml - 1);
        size_t length = mutate(text, sizeof yaml - 1, &state);
        char *copy = exact(text, length);
        struct diagnosis *diagnosis = diagnosis_new();
        struct yaml_tree *tree = yaml_tree_read_text(copy, length, "f", diagnosis);
        free(copy); /* the tree must not lean on it */
        cr_assert(tree || diagnosis_errors(diagnosis) > 0, "mutation %d", i);
        if (tree && diagnosis_errors(diagnosis) == 0)
            read++;
        if (tree)
            visit(yaml_tree_root(tree), diagnosis);
        yaml_tree_free(tree);
        diagnosis_free(diagnosis);
    }
    /* Both outcomes must have been seen often, or the mutations are no test. */
    cr_assert(read > MUTATIONS / 20 && read < MUTATIONS * 19 / 20, "%zu read", read);
}

Test(readers_fuzz, table)
{
    uint64_t state = 1066;
    size_t read = 0;
    for (int i = 0; i < MUTATIONS; i++) {
        char text[LARGEST] = {0};
        memcpy(text, csv, sizeof csv - 1);
        size_t length = mutate(text, sizeof csv - 1, &state);
        char *copy = exact(text, length);
        struct diagnosis *diagnosis = diagnosis_new();
        struct table *table = table_read_text(copy, length, "f", TABLE_NEEDS_ROWS, diagnosis);
        free(copy);
        cr_assert(table || diagnosis_errors(diagnosis) > 0, "mutation %d", i);
        if (table && diagnosis_errors(diagnosis) == 0)
            read++;
        size_t rows = table ? table_row_count(table) : 0;
        for (size_t row = 0; row < rows; row++)
            for (size_t column = 0; column < table_column_count(table); column++) {
                double number = 0.0;
                cr_assert_gt(table_place(table, row, column).line, 0);
                (void)table_number(table, row, column, 0, 1, diagnosis, &number);
            }
        table_free(table);
        diagnosis_free(diagnosis);
    }
    cr_assert(read > MUTATIONS / 20 && read < MUTATIONS * 19 / 20, "%zu read", read);
}
