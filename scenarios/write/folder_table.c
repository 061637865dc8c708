#include "scenarios/write/folder_table.h"

#include <stdlib.h>

struct csv_writer *output_folder_table(const struct output_folder *folder, const char *name,
                                       struct write_fault *fault)
{
    char *path = output_folder_file(folder, name);
    if (path == NULL) {
        write_fault_set(fault, 0, "out of memory");
        return NULL;
    }
    struct csv_writer *table = csv_writer_open(path, fault);
    free(path);
    return table;
}
