/* The report: one HTML file that shows what a results folder says, opens offline and prints.
 *
 * It is made of the folder's files alone (results_read.h) and of the page's own (page_file.h). What
 * a reader sees, in which order, is the table of sections in report.c; each section is a file of
 * its own, section_*.c.
 */
#ifndef SCENARIOS_REPORT_REPORT_H
#define SCENARIOS_REPORT_REPORT_H

#include <stdbool.h>

#include "scenarios/read/diagnosis.h"
#include "scenarios/write/fault.h"

struct report_options {
    const char *focus;      /* the area or group to begin with; NULL: none */
    const char *boundaries; /* a GeoJSON file for the map; NULL: none */
};

enum report_status {
    REPORT_WRITTEN,
    REPORT_REFUSED,    /* the diagnosis says why */
    REPORT_NOT_BUILT,  /* this program was built without the charts' libraries */
    REPORT_NOT_WRITTEN /* the fault says why */
};

/* Writes report.html into the folder. It appears whole or not at all, and replaces an earlier one.
 * Warnings of the diagnosis stand at the top of the report too. */
enum report_status report_write(const char *folder, const struct report_options *options,
                                struct diagnosis *diagnosis, struct write_fault *fault);

#endif
