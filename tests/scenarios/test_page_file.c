#include "scenarios/report/page_file.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const libraries[] = {"vega.min.js", "vega-lite.min.js", "vega-embed.min.js"};
enum { LIBRARIES = sizeof libraries / sizeof *libraries };

/* Whether a file of the program is, byte by byte, that of the source tree. */
static void must_be_the_tree_s(const char *name)
{
    const struct page_file *file = page_file(name);
    cr_assert_not_null(file, "%s", name);
    cr_assert_str_eq(file->name, name);
    char path[4096];
    snprintf(path, sizeof path, STROKESIM_ROOT "/scenarios/report/page/%s", name);
    FILE *stream = fopen(path, "rb");
    cr_assert_not_null(stream, "%s", path);
    char *bytes = malloc(file->length + 2);
    cr_assert_not_null(bytes);
    size_t length = fread(bytes, 1, file->length + 2, stream);
    cr_expect_eq(length, file->length, "%s: %zu bytes and not %zu", name, file->length, length);
    cr_expect_eq(memcmp(bytes, file->bytes, file->length), 0, "%s", name);
    cr_expect_eq(file->bytes[file->length], '\0');
    free(bytes);
    fclose(stream);
}

Test(page_file, is_that_of_the_source_tree)
{
    must_be_the_tree_s("page.css");
    must_be_the_tree_s("page.js");
}

Test(page_file, there_is_no_other)
{
    static const char *const none[] = {"", "page", "page.css ", "package.json", "charts/none.json"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        cr_expect_null(page_file(none[i]), "%s", none[i]);
}

Test(page_file, libraries_come_all_or_none)
{
    for (size_t i = 0; i < LIBRARIES; i++)
        cr_expect_eq(page_file(libraries[i]) != NULL, page_libraries(), "%s", libraries[i]);
    cr_expect_eq(page_file("licences.txt") != NULL, page_libraries());
}

Test(page_file, libraries_may_stand_in_a_page)
{
    if (!page_libraries())
        cr_skip_test("built without npm");
    static const char *const global[] = {".vega={}", ".vegaLite={}", ".vegaEmbed="};
    for (size_t i = 0; i < LIBRARIES; i++) {
        const struct page_file *file = page_file(libraries[i]);
        cr_expect_eq(strlen(file->bytes), file->length, "%s holds a NUL", file->name);
        cr_expect_not_null(strstr(file->bytes, global[i]), "%s sets no %s", file->name, global[i]);
        cr_expect_null(strstr(file->bytes, "</script"), "%s", file->name);
        cr_expect_null(strstr(file->bytes, "<!--"), "%s", file->name);
        cr_expect_null(strstr(file->bytes, "sourceMappingURL"), "%s", file->name);
    }
}

/* The licences ask for it. */
Test(page_file, licences_name_what_is_in_the_libraries)
{
    if (!page_libraries())
        cr_skip_test("built without npm");
    static const char *const said[] = {"vega 6.",
                                       "vega-lite 6.",
                                       "vega-embed 7.",
                                       "d3-scale 4.",
                                       "University of Washington",
                                       "Mike Bostock",
                                       "Redistributions in binary form must reproduce"};
    const struct page_file *licences = page_file("licences.txt");
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        cr_expect_not_null(strstr(licences->bytes, said[i]), "%s", said[i]);
}
