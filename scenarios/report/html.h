/* Writes HTML. Markup is the program's own and written as it is; names and numbers go in by %s and
 * are escaped, always, so that a hospital called <script> is a hospital of that name.
 *
 *     html_put(html, "<td class=\"name\">%s</td>", name);
 *
 * Errors stick until html_close() (write/out_file.h).
 */
#ifndef SCENARIOS_REPORT_HTML_H
#define SCENARIOS_REPORT_HTML_H

#include <stdbool.h>
#include <stddef.h>

#include "scenarios/write/fault.h"

struct html;

/* NULL, and the reason in *fault, when the file cannot be created. */
struct html *html_open(const char *path, struct write_fault *fault);

/* Markup with texts in it. %s and %% are all that a format may have; a text is escaped for content
 * and for attributes in double quotes alike. No text may be
 * NULL. */
__attribute__((format(printf, 2, 3))) void html_put(struct html *html, const char *markup, ...);

/* A table in a region that is scrolled by itself, with the keyboard too, where the page is
 * narrower. The label is what the region is called, put together as by html_put(); the class is the
 * table's, or NULL. In this order: begin, a <caption> if there is to be one, head, headings, body,
 * rows, end. */
__attribute__((format(printf, 3, 4))) void html_table_begin(struct html *html, const char *class,
                                                            const char *label, ...);
void html_table_head(struct html *html);
void html_table_heading(struct html *html, const char *text);
void html_table_number_heading(struct html *html, const char *text); /* above numbers */
void html_table_body(struct html *html);
void html_table_end(struct html *html); /* and its line */

/* A text on its own, escaped. */
void html_text(struct html *html, const char *text);

/* What stands inside <script> or <style>: nothing is escaped, so it must be the program's own. */
void html_raw(struct html *html, const char *bytes, size_t length);

/* JSON values inside <script>: < and > are escaped too, so no text can end the element; a number
 * that is none is null. */
void html_json_text(struct html *html, const char *text);
void html_json_number(struct html *html, double value);

/* Closes and frees. False, and the reason in *fault, when not everything reached the disk. */
bool html_close(struct html *html, struct write_fault *fault);

/* Closes and frees without looking. NULL is legal. */
void html_abandon(struct html *html);

#endif
