/* Makes the report of a results folder and prints what is wrong with it. */
#ifndef SCENARIOS_CLI_REPORTING_H
#define SCENARIOS_CLI_REPORTING_H

#include "scenarios/report/report.h"

enum report_status reporting_make(const char *folder, const struct report_options *options);

#endif
