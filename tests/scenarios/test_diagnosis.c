#include "tests/scenarios/said.h"

#include <string.h>

static struct place at(const char *file, size_t line, size_t column, const char *key)
{
    return (struct place){.file = file, .line = line, .column = column, .key = key};
}

Test(diagnosis, starts_empty)
{
    struct diagnosis *diagnosis = diagnosis_new();
    cr_assert_eq(diagnosis_errors(diagnosis), 0);
    cr_assert_eq(diagnosis_warnings(diagnosis), 0);
    cr_assert_eq(diagnosis_count(diagnosis), 0);
    expect_said(diagnosis, "");
    diagnosis_free(NULL);
}

Test(diagnosis, says_as_much_of_the_place_as_is_known)
{
    struct diagnosis *diagnosis = diagnosis_new();
    struct place full = at("scenario.yaml", 12, 5, "outcome.organised_care_or");
    struct place line = at("areas.csv", 3, 0, NULL);
    struct place file = at("areas.csv", 0, 9, NULL);
    diagnosis_error(diagnosis, &full, "0 to 1", "%g is above %d", 1.2, 1);
    diagnosis_error(diagnosis, &line, NULL, "line only");
    diagnosis_error(diagnosis, &file, NULL, "file only");
    diagnosis_warning(diagnosis, NULL, "look again", "nowhere");
    expect_said(diagnosis, "warning: nowhere; look again\n"
                           "areas.csv: error: file only\n"
                           "areas.csv:3: error: line only\n"
                           "scenario.yaml:12:5: error: outcome.organised_care_or: "
                           "1.2 is above 1; 0 to 1\n");
}

Test(diagnosis, sorts_stably)
{
    struct diagnosis *diagnosis = diagnosis_new();
    static const struct {
        const char *file;
        size_t line;
        size_t column;
        const char *message;
    } added[] = {{"b", 1, 1, "seventh"}, {"a", 10, 1, "sixth"}, {"a", 9, 2, "fourth"},
                 {"a", 9, 2, "fifth"},   {"a", 9, 1, "third"},  {"a", 0, 0, "first"},
                 {"a", 2, 5, "second"}};
    for (size_t i = 0; i < sizeof added / sizeof *added; i++) {
        struct place place = at(added[i].file, added[i].line, added[i].column, "");
        diagnosis_error(diagnosis, &place, NULL, "%s", added[i].message);
    }
    expect_said(diagnosis, "a: error: first\na:2:5: error: second\na:9:1: error: third\n"
                           "a:9:2: error: fourth\na:9:2: error: fifth\na:10:1: error: sixth\n"
                           "b:1:1: error: seventh\n");
}

Test(diagnosis, keeps_copies)
{
    struct diagnosis *diagnosis = diagnosis_new();
    char text[] = "gone";
    struct place place = at(text, 1, 1, text);
    diagnosis_warning(diagnosis, &place, text, "%s", text);
    memset(text, 'x', sizeof text - 1);
    const struct diagnosis_problem *problem = diagnosis_at(diagnosis, 0);
    cr_assert_str_eq(problem->file, "gone");
    cr_assert_str_eq(problem->key, "gone");
    cr_assert_str_eq(problem->message, "gone");
    cr_assert_str_eq(problem->remedy, "gone");
    cr_assert_eq(problem->severity, DIAGNOSIS_WARNING);
    cr_assert_eq(diagnosis_errors(diagnosis), 0);
    cr_assert_eq(diagnosis_warnings(diagnosis), 1);
    diagnosis_free(diagnosis);
}

Test(diagnosis, caps_repeats_of_a_kind_in_a_file)
{
    struct diagnosis *diagnosis = diagnosis_new();
    for (int i = 0; i < 143; i++) {
        struct place place = at("a.csv", (size_t)i + 2, 1, NULL);
        diagnosis_error(diagnosis, &place, NULL, "'%d' is odd", i);
    }
    for (int i = 0; i < DIAGNOSIS_REPEATS; i++) {
        struct place place = at("b.csv", (size_t)i + 2, 1, NULL);
        diagnosis_error(diagnosis, &place, NULL, "'%d' is odd", i);
    }
    struct place other = at("a.csv", 500, 1, NULL);
    diagnosis_warning(diagnosis, &other, NULL, "'%d' is odd", 1); /* another severity */
    cr_assert_eq(diagnosis_errors(diagnosis), 163);
    cr_assert_eq(diagnosis_count(diagnosis), 2 * DIAGNOSIS_REPEATS + 1);
    char *text = said(diagnosis);
    cr_assert_not_null(strstr(text, "a.csv:21:1: error: '19' is odd\n"
                                    "a.csv: ... and 123 more like this\n"
                                    "a.csv:500:1: warning: '1' is odd\n"
                                    "b.csv:2:1:"));
    cr_assert_null(strstr(strstr(text, "more like this") + 1, "more like this"));
    free(text);
    diagnosis_free(diagnosis);
}

/* With the format "%s" it is the message that makes the kind. */
Test(diagnosis, bare_messages_differ_in_kind)
{
    struct diagnosis *diagnosis = diagnosis_new();
    char message[32];
    for (int i = 0; i < 100; i++) {
        snprintf(message, sizeof message, "message %d", i);
        diagnosis_error(diagnosis, NULL, NULL, "%s", message);
    }
    cr_assert_eq(diagnosis_count(diagnosis), 100);
    for (int i = 0; i < 100; i++)
        diagnosis_error(diagnosis, NULL, NULL, "%s", "the same");
    cr_assert_eq(diagnosis_count(diagnosis), 100 + DIAGNOSIS_REPEATS);
    cr_assert_eq(diagnosis_errors(diagnosis), 200);
    cr_assert_eq(diagnosis_unkept_after(diagnosis, 119), 80);
    cr_assert_eq(diagnosis_unkept_after(diagnosis, 118), 0);
    diagnosis_free(diagnosis);
}

Test(diagnosis, prints_nothing_that_a_terminal_obeys)
{
    struct diagnosis *diagnosis = diagnosis_new();
    struct place place = at("a\nb", 1, 1, "k\x1b[2J");
    diagnosis_error(diagnosis, &place, "r\x7f", "m\t\xc2\x9b\xff \xc3\xa9 \xe2\x82\xac \xe2\x82");
    expect_said(diagnosis, "a?b:1:1: error: k?[2J: m??? \xc3\xa9 \xe2\x82\xac ??; r?\n");
}

Test(diagnosis, no_memory_is_an_error_of_its_own)
{
    struct diagnosis *diagnosis = diagnosis_new();
    diagnosis_out_of_memory(diagnosis);
    cr_assert_eq(diagnosis_errors(diagnosis), 1);
    cr_assert(diagnosis_ran_out_of_memory(diagnosis));
    expect_said(diagnosis, "error: out of memory while reading; there may be more problems\n");
}
