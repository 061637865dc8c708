#include "scenarios/read/name_index.h"

#include <stdlib.h>
#include <string.h>

/* Of equal names the earlier comes first. */
static int compare_entries(const void *left, const void *right)
{
    const struct name_index_entry *a = left;
    const struct name_index_entry *b = right;
    int order = strcmp(a->name, b->name);
    return order != 0 ? order : a->at < b->at ? -1 : a->at > b->at;
}

bool name_index_init(struct name_index *index, size_t count,
                     const char *(*name_of)(const void *context, size_t at), const void *context)
{
    *index = (struct name_index){.sorted = calloc(count + 1, sizeof *index->sorted)};
    if (!index->sorted)
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *name = name_of(context, i);
        if (name)
            index->sorted[index->count++] = (struct name_index_entry){name, i};
    }
    qsort(index->sorted, index->count, sizeof *index->sorted, compare_entries);
    return true;
}

void name_index_fini(struct name_index *index)
{
    free(index->sorted);
    *index = (struct name_index){0};
}

size_t name_index_find(const struct name_index *index, const char *name)
{
    size_t low = 0;
    size_t high = index->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(index->sorted[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < index->count && strcmp(index->sorted[low].name, name) == 0)
        return index->sorted[low].at;
    return NAME_NOT_FOUND;
}
