/* The files that a report is made of, as built into the program: page.css, page.js, theme.json and
 * charts/NAME.json of the folder page/, and what npm fetched for them: vega.min.js,
 * vega-lite.min.js, vega-embed.min.js and licences.txt, the licences of these and of what they
 * contain, which have to go where they go.
 *
 * No text of a library contains "</script" or "<!--" (the build sees to it), so that it may stand
 * in an HTML script element as it is. */
#ifndef STROKESIM_SCENARIOS_REPORT_PAGE_FILE_H
#define STROKESIM_SCENARIOS_REPORT_PAGE_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct page_file {
    const char *name;
    const char *bytes; /* UTF-8; a NUL follows the last, for convenience */
    size_t length;     /* without that NUL */
};

/* The file of that name, as "charts/map.json", or NULL: no such file, or a build without npm, which
 * has none of the libraries. */
const struct page_file *page_file(const char *name);

/* Whether the libraries are here, without which there is no report. */
bool page_libraries(void);

#endif
