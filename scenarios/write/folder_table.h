/* A table of a results folder. */
#ifndef SCENARIOS_WRITE_FOLDER_TABLE_H
#define SCENARIOS_WRITE_FOLDER_TABLE_H

#include "scenarios/write/csv_writer.h"
#include "scenarios/write/output_folder.h"

/* Opens the table of this name in the folder. NULL and the fault. */
struct csv_writer *output_folder_table(const struct output_folder *folder, const char *name,
                                       struct write_fault *fault);

#endif
