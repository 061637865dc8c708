/* A hospitals file, written from a configuration as it runs, with a row for every month in which a
 * hospital changes. */
#ifndef SCENARIOS_WRITE_HOSPITALS_TABLE_H
#define SCENARIOS_WRITE_HOSPITALS_TABLE_H

#include <stdbool.h>

#include "models/model.h"
#include "scenarios/write/fault.h"

/* Beds by weekday are written as their most; the names of sectors are new. What is asked of
 * thrombectomy where there is none is left out. */
bool hospitals_table_write(const char *path, const struct region *region,
                           const struct configuration *configuration, struct write_fault *fault);

#endif
