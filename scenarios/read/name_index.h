/* Finds names fast: areas come by the tens of thousands, and tables refer to them by name. */
#ifndef STROKESIM_SCENARIOS_READ_NAME_INDEX_H
#define STROKESIM_SCENARIOS_READ_NAME_INDEX_H

#include <stdbool.h>
#include <stddef.h>

#define NAME_NOT_FOUND ((size_t)-1)

struct name_index_entry {
    const char *name; /* borrowed */
    size_t at;
};

/* All zero is an empty index. */
struct name_index {
    struct name_index_entry *sorted;
    size_t count;
};

/* Indexes `count` names: name_of(context, i) for each i, which may be NULL for one to leave out.
   False: out of memory, and the index is empty. */
bool name_index_init(struct name_index *index, size_t count,
                     const char *(*name_of)(const void *context, size_t at), const void *context);
void name_index_fini(struct name_index *index);

/* The place of the first of this name, or NAME_NOT_FOUND. */
size_t name_index_find(const struct name_index *index, const char *name);

#endif
