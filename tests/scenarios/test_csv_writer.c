#include "scenarios/read/table.h"
#include "scenarios/write/csv_writer.h"
#include "tests/scenarios/folders.h"

#include <math.h>
#include <stdint.h>

Test(csv_writer, quotes_only_what_must_be)
{
    char folder[SCRATCH_SIZE];
    char path[SCRATCH_SIZE];
    struct write_fault fault = {0};
    scratch_make(folder);
    struct csv_writer *writer = csv_writer_open(in(path, folder, "a.csv"), &fault);
    cr_assert_not_null(writer);
    static const char *const header[] = {"name", "value, mean"};
    csv_writer_header(writer, header, 2);
    static const char *const texts[] = {"plain",  "King's", "a,b",   "say \"x\"", "two\nlines",
                                        "cr\rlf", " lead",  "tail ", "#note",     "caf\xc3\xa9",
                                        "a;b",    "\"",     "a#b"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        csv_writer_text(writer, texts[i]);
        csv_writer_integer(writer, (int64_t)i);
        csv_writer_end_row(writer);
    }
    cr_assert(csv_writer_close(writer, &fault));
    cr_assert_str_eq(fault.text, "");
    expect_file(path, "name,\"value, mean\"\nplain,0\nKing's,1\n\"a,b\",2\n\"say \"\"x\"\"\",3\n"
                      "\"two\nlines\",4\n\"cr\rlf\",5\n\" lead\",6\n\"tail \",7\n\"#note\",8\n"
                      "caf\xc3\xa9,9\na;b,10\n\"\"\"\",11\na#b,12\n");
    /* What is written is what is read. */
    struct diagnosis *diagnosis = diagnosis_new();
    struct table *table = table_read_file(path, NULL, TABLE_NEEDS_ROWS, diagnosis);
    cr_assert_not_null(table);
    cr_assert_eq(table_row_count(table), sizeof texts / sizeof *texts);
    for (size_t i = 0; i < table_row_count(table); i++)
        cr_assert_str_eq(table_text(table, i, 0), texts[i]);
    cr_assert_eq(diagnosis_errors(diagnosis), 0);
    table_free(table);
    diagnosis_free(diagnosis);
    scratch_remove(folder);
}

Test(csv_writer, numbers_and_empty_fields)
{
    char folder[SCRATCH_SIZE];
    char path[SCRATCH_SIZE];
    scratch_make(folder);
    struct csv_writer *writer = csv_writer_open(in(path, folder, "a.csv"), NULL);
    static const double values[] = {0.1, 1.0 / 3.0, -0.0, NAN, INFINITY, -INFINITY, 1e15, 2.0};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        csv_writer_number(writer, values[i]);
    csv_writer_end_row(writer);
    csv_writer_integer(writer, INT64_MIN);
    csv_writer_empty(writer);
    csv_writer_text(writer, NULL);
    csv_writer_end_row(writer);
    csv_writer_empty(writer); /* alone in its row */
    csv_writer_end_row(writer);
    csv_writer_number(writer, NAN);
    csv_writer_end_row(writer);
    csv_writer_empty(writer);
    csv_writer_empty(writer);
    csv_writer_end_row(writer);
    cr_assert(csv_writer_close(writer, NULL));
    expect_file(path, "0.1,0.3333333333,0,,,,1e+15,2\n-9223372036854775808,,\n\"\"\n\"\"\n,\n");
    scratch_remove(folder);
}

/* /dev/full takes the opening and refuses every byte, as a full disk does. */
Test(csv_writer, a_full_disk_shows_at_close)
{
    for (int rows = 1; rows <= 100000; rows *= 100000) { /* within and beyond a buffer */
        struct write_fault fault = {0};
        struct csv_writer *writer = csv_writer_open("/dev/full", &fault);
        cr_assert_not_null(writer);
        for (int i = 0; i < rows; i++) {
            csv_writer_text(writer, "text, text");
            csv_writer_number(writer, 1.5);
            csv_writer_end_row(writer);
        }
        cr_assert_not(csv_writer_close(writer, &fault));
        cr_assert_str_eq(fault.text, "cannot write /dev/full: No space left on device");
    }
}

Test(csv_writer, cannot_be_opened)
{
    struct write_fault fault = {0};
    cr_assert_null(csv_writer_open("/dev/null/a.csv", &fault));
    cr_assert_str_eq(fault.text, "cannot write /dev/null/a.csv: Not a directory");
    cr_assert_null(csv_writer_open("/tmp", &fault));
    cr_assert_str_eq(fault.text, "cannot write /tmp: Is a directory");
    csv_writer_abandon(NULL);
    csv_writer_abandon(csv_writer_open("/dev/full", &fault));
}
