#include "scenarios/write/json_writer.h"
#include "tests/scenarios/folders.h"

#include <math.h>
#include <signal.h>
#include <stdint.h>

Test(json_writer, a_document)
{
    char folder[SCRATCH_SIZE];
    char path[SCRATCH_SIZE];
    struct write_fault fault = {0};
    scratch_make(folder);
    struct json_writer *writer = json_writer_open(in(path, folder, "a.json"), &fault);
    json_writer_begin_object(writer);
    json_writer_text_at(writer, "command", "strokesim compare \"x\"");
    json_writer_integer_at(writer, "least", INT64_MIN);
    json_writer_key(writer, "most");
    json_writer_unsigned(writer, UINT64_MAX);
    json_writer_number_at(writer, "tenth", 0.1);
    json_writer_number_at(writer, "sum", 0.1 + 0.2);
    json_writer_number_at(writer, "none", NAN);
    json_writer_boolean_at(writer, "complete", true);
    json_writer_key(writer, "inputs");
    json_writer_begin_array(writer);
    json_writer_begin_object(writer);
    json_writer_text_at(writer, "file", "a.csv");
    json_writer_end_object(writer);
    json_writer_null(writer);
    json_writer_boolean(writer, false);
    json_writer_begin_array(writer);
    json_writer_end_array(writer);
    json_writer_begin_object(writer);
    json_writer_end_object(writer);
    json_writer_end_array(writer);
    json_writer_end_object(writer);
    cr_assert(json_writer_close(writer, &fault), "%s", fault.text);
    expect_file(path, "{\n"
                      "  \"command\": \"strokesim compare \\\"x\\\"\",\n"
                      "  \"least\": -9223372036854775808,\n"
                      "  \"most\": 18446744073709551615,\n"
                      "  \"tenth\": 0.1,\n"
                      "  \"sum\": 0.30000000000000004,\n"
                      "  \"none\": null,\n"
                      "  \"complete\": true,\n"
                      "  \"inputs\": [\n"
                      "    {\n"
                      "      \"file\": \"a.csv\"\n"
                      "    },\n"
                      "    null,\n"
                      "    false,\n"
                      "    [],\n"
                      "    {}\n"
                      "  ]\n"
                      "}\n");
    scratch_remove(folder);
}

static void collect(void *context, const char *bytes, size_t length)
{
    strncat(context, bytes, length);
}

Test(json_writer, escapes)
{
    static const struct {
        const char *text;
        const char *wanted;
    } table[] = {{"", "\"\""},
                 {"plain", "\"plain\""},
                 {"\"\\/", "\"\\\"\\\\/\""},
                 {"\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\""},
                 {"\x01\x1f\x7f", "\"\\u0001\\u001f\\u007f\""},
                 {"caf\xc3\xa9 \xf0\x9f\x98\x80", "\"caf\xc3\xa9 \xf0\x9f\x98\x80\""},
                 {"a\xff\xc3", "\"a\xef\xbf\xbd\xef\xbf\xbd\""},
                 {"\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char text[128] = "";
        json_escape(table[i].text, collect, text);
        cr_assert_str_eq(text, table[i].wanted);
    }
}

Test(json_writer, errors_stick)
{
    struct write_fault fault = {0};
    struct json_writer *writer = json_writer_open("/dev/full", &fault);
    json_writer_begin_array(writer);
    for (int i = 0; i < 100000; i++)
        json_writer_integer(writer, i);
    json_writer_end_array(writer);
    cr_assert_not(json_writer_close(writer, &fault));
    cr_assert_str_eq(fault.text, "cannot write /dev/full: No space left on device");
    cr_assert_null(json_writer_open("/dev/null/a.json", &fault));
    cr_assert_str_eq(fault.text, "cannot write /dev/null/a.json: Not a directory");
    json_writer_abandon(NULL);
    json_writer_abandon(json_writer_open("/dev/null", &fault));
}

/* With assertions the program stops; without, the document fails at close: never a good end. */
static void must_not_end_well(struct json_writer *writer)
{
    struct write_fault fault = {0};
    if (!json_writer_close(writer, &fault) && strstr(fault.text, "Invalid argument"))
        raise(SIGABRT);
}

Test(json_writer, value_without_key, .signal = SIGABRT)
{
    struct json_writer *writer = json_writer_open("/dev/null", NULL);
    json_writer_begin_object(writer);
    json_writer_integer(writer, 1);
    json_writer_end_object(writer);
    must_not_end_well(writer);
}

Test(json_writer, key_in_an_array, .signal = SIGABRT)
{
    struct json_writer *writer = json_writer_open("/dev/null", NULL);
    json_writer_begin_array(writer);
    json_writer_key(writer, "a");
    json_writer_end_array(writer);
    must_not_end_well(writer);
}

Test(json_writer, end_of_another_kind, .signal = SIGABRT)
{
    struct json_writer *writer = json_writer_open("/dev/null", NULL);
    json_writer_begin_array(writer);
    json_writer_end_object(writer);
    must_not_end_well(writer);
}

Test(json_writer, unfinished, .signal = SIGABRT)
{
    struct json_writer *writer = json_writer_open("/dev/null", NULL);
    json_writer_begin_array(writer);
    must_not_end_well(writer);
}

Test(json_writer, two_documents, .signal = SIGABRT)
{
    struct json_writer *writer = json_writer_open("/dev/null", NULL);
    json_writer_null(writer);
    json_writer_null(writer);
    must_not_end_well(writer);
}

Test(json_writer, too_deep, .signal = SIGABRT)
{
    struct json_writer *writer = json_writer_open("/dev/null", NULL);
    for (int i = 0; i <= JSON_WRITER_DEEPEST; i++)
        json_writer_begin_array(writer);
    must_not_end_well(writer);
}
