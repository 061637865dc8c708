/* The tables that the build makes of the files themselves (page/embed.cmake); for page_file.c
 * alone. Each ends with a row without a name. */
#ifndef STROKESIM_SCENARIOS_REPORT_PAGE_FILE_INSIDE_H
#define STROKESIM_SCENARIOS_REPORT_PAGE_FILE_INSIDE_H

#include "scenarios/report/page_file.h"

extern const struct page_file page_files_of_npm[]; /* empty where npm or its network was missing */
extern const struct page_file page_files_of_ours[];

#endif
