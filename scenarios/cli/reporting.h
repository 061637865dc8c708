/* Makes the report of a results folder. */
#ifndef SCENARIOS_CLI_REPORTING_H
#define SCENARIOS_CLI_REPORTING_H

#include "scenarios/report/report.h"

/* Prints whatever there is to say of the folder. */
enum report_status reporting_make(const char *folder, const struct report_options *options);

/* For a folder that was just written: prints only why there is no report. */
enum report_status reporting_add(const char *folder, const struct report_options *options);

#endif
