#include "scenarios/cli/traced.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "scenarios/cli/columns.h"
#include "scenarios/cli/journey_difference.h"
#include "scenarios/cli/journey_words.h"

enum { LABEL = 20 };

static size_t count_of(const struct traced *traced)
{
    return traced->scenario->design.configurations;
}

static struct told told_of(const struct traced *traced, size_t c)
{
    return (struct told){.configuration = traced->scenario->design.configuration[c].name,
                         .service = traced->stable[c] ? traced->path[c].service
                                                      : &traced->experiment->model.service[c],
                         .level = &traced->experiment->model.calibration.level,
                         .patient = traced->patient,
                         .path = &traced->path[c],
                         .start_weekday = traced->scenario->design.start_weekday,
                         .window_start_min = traced->experiment->warm_up_days * 1440};
}

static void free_texts(char **text, size_t count)
{
    for (size_t i = 0; text != NULL && i < count; i++)
        free(text[i]);
    free(text);
}

/* A text a configuration, or NULL: out of memory. */
static char **texts_of_step(const struct traced *traced, const struct journey_step *step)
{
    char **text = calloc(count_of(traced), sizeof *text);
    bool told = text != NULL;
    for (size_t c = 0; told && c < count_of(traced); c++) {
        size_t size;
        FILE *stream = open_memstream(&text[c], &size);
        if (stream == NULL) {
            told = false;
            break;
        }
        struct told of = told_of(traced, c);
        if (traced->stable[c])
            journey_tell_step(step, &of, stream);
        told = fclose(stream) == 0;
    }
    if (told)
        return text;
    free_texts(text, count_of(traced));
    return NULL;
}

/* The places of a block's columns: the first configuration and those that follow `from`. */
static size_t place_in_block(size_t from, size_t column)
{
    return column == 0 ? 0 : from + column - 1;
}

static bool print_step(const struct traced *traced, const struct columns *block, size_t from,
                       const struct journey_step *step)
{
    char **text = texts_of_step(traced, step);
    const char *cell[COLUMNS_PAGE];
    bool any = false;
    if (text == NULL)
        return false;
    for (size_t c = 0; c < count_of(traced); c++)
        any = any || text[c][0] != '\0';
    for (size_t i = 0; i < block->count; i++) {
        size_t c = place_in_block(from, i);
        cell[i] = text[c][0] == '\0' && traced->stable[c] ? "-" : text[c];
    }
    if (any)
        columns_row(block, step->label, cell, stdout);
    free_texts(text, count_of(traced));
    return true;
}

static bool is_prevented(const struct traced *traced, size_t c)
{
    const struct service *service = &traced->experiment->model.service[c];
    return patient_is_prevented(traced->patient,
                                service->parameters.value[P_DEMAND_PREVENTED_SHARE]);
}

static bool print_block(const struct traced *traced, const struct columns *block, size_t from)
{
    const char *name[COLUMNS_PAGE], *trouble[COLUMNS_PAGE];
    bool stable = true;
    for (size_t i = 0; i < block->count; i++) {
        size_t c = place_in_block(from, i);
        name[i] = traced->scenario->design.configuration[c].name;
        trouble[i] = traced->stable[c]         ? ""
                     : is_prevented(traced, c) ? "the stroke is prevented"
                                               : "beyond its capacity: the replication was stopped";
        stable = stable && traced->stable[c];
    }
    putchar('\n');
    columns_row(block, "", name, stdout);
    if (!stable)
        columns_row(block, "", trouble, stdout);
    for (size_t s = 0; s < journey_steps(); s++)
        if (!print_step(traced, block, from, journey_step(s)))
            return false;
    return true;
}

/* Where not all fit side by side, every block begins with the first configuration again. */
static bool print_blocks(const struct traced *traced)
{
    struct columns columns = columns_fit(count_of(traced), LABEL);
    size_t from = 1;
    do {
        struct columns block = columns;
        if (block.count > count_of(traced) - from + 1)
            block.count = count_of(traced) - from + 1;
        if (!print_block(traced, &block, from))
            return false;
        from += columns.count - 1;
    } while (from < count_of(traced));
    return true;
}

static bool print_differences(const struct traced *traced)
{
    for (size_t c = 1; c < count_of(traced); c++) {
        struct told baseline = told_of(traced, 0), other = told_of(traced, c);
        char *text = NULL;
        size_t size;
        if (!traced->stable[0] || !traced->stable[c])
            continue;
        FILE *stream = open_memstream(&text, &size);
        if (stream == NULL)
            return false;
        bool told = journey_tell_difference(&baseline, &other, stream);
        if (fclose(stream) == 0 && told) {
            putchar('\n');
            columns_paragraph(text, 2, stdout);
        }
        free(text);
        if (!told)
            return false;
    }
    return true;
}

static bool print_patient(const struct traced *traced)
{
    struct told told = told_of(traced, 0);
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    if (stream == NULL)
        return false;
    fprintf(stream, "Patient %" PRIu64 " of replication %" PRIu64 ": ", traced->patient->number,
            traced->replication);
    journey_tell_patient(&told, stream);
    bool written = fclose(stream) == 0;
    if (written)
        columns_paragraph(text, 2, stdout);
    free(text);
    return written;
}

bool traced_print(const struct traced *traced)
{
    printf("%s\n\n", traced->scenario->title);
    if (!print_patient(traced))
        return false;
    printf("\nTimes: the clock's, and minutes since onset.\n");
    return print_blocks(traced) && print_differences(traced);
}
