#include "scenarios/read/name.h"
#include "scenarios/read/table.h"
#include "scenarios/read/text_file.h"
#include "tests/scenarios/said.h"

#include <math.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static struct table *read_text(const char *text, struct diagnosis *diagnosis)
{
    return table_read_text(text, strlen(text), "t.csv", TABLE_NEEDS_ROWS, diagnosis);
}

/* A table from text in which nothing is wrong. */
static struct table *read_good(const char *text)
{
    struct diagnosis *diagnosis = diagnosis_new();
    struct table *table = read_text(text, diagnosis);
    expect_said(diagnosis, "");
    cr_assert_not_null(table);
    return table;
}

static void expect_place(struct place place, size_t line, size_t column, const char *key)
{
    cr_assert_str_eq(place.file, "t.csv");
    cr_assert_str_eq(place.key, key);
    cr_assert(place.line == line && place.column == column, "%zu:%zu, not %zu:%zu", place.line,
              place.column, line, column);
}

Test(table, reads_fields_with_their_places)
{
    struct table *table = read_good("# from: somewhere\n"
                                    "# with, commas \"and quotes\n"
                                    "\n"
                                    "area,group, minutes\n"
                                    "\"Ken, \"\"N\"\"\",caf\xc3\xa9,  12.5 \n"
                                    "\"two\nlines\",,x\n"
                                    "#not a comment,b,\"\"\n"
                                    "\n"
                                    "last,,");
    cr_assert_str_eq(table_file(table), "t.csv");
    cr_assert_eq(table_row_count(table), 4);
    cr_assert_eq(table_column_count(table), 3);
    cr_assert_str_eq(table_header(table, 2), "minutes");
    cr_assert_eq(table_column(table, "minutes"), 2);
    cr_assert_eq(table_column(table, "Minutes"), -1);
    cr_assert_str_eq(table_text(table, 0, 0), "Ken, \"N\"");
    cr_assert_str_eq(table_text(table, 0, 1), "caf\xc3\xa9");
    cr_assert_str_eq(table_text(table, 0, 2), "12.5");
    cr_assert_str_eq(table_text(table, 1, 0), "two\nlines");
    cr_assert_str_eq(table_text(table, 2, 0), "#not a comment");
    cr_assert_str_eq(table_text(table, 3, 0), "last");
    cr_assert(table_given(table, 0, 2) && !table_given(table, 1, 1) && !table_given(table, 2, 2));
    cr_assert(!table_given(table, 3, 1) && !table_given(table, 3, 2));
    expect_place(table_header_place(table, 2), 4, 13, "minutes");
    expect_place(table_place(table, 0, 0), 5, 1, "area");
    expect_place(table_place(table, 0, 1), 5, 14, "group");
    expect_place(table_place(table, 0, 2), 5, 21, "minutes");
    expect_place(table_place(table, 1, 0), 6, 1, "area");
    expect_place(table_place(table, 1, 1), 7, 8, "group");
    expect_place(table_place(table, 1, 2), 7, 9, "minutes");
    expect_place(table_place(table, 2, 2), 8, 18, "minutes");
    expect_place(table_place(table, 3, 2), 10, 7, "minutes");
    table_free(table);
    table_free(NULL);
}

Test(table, line_ends_of_every_kind)
{
    static const char *const texts[] = {"a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n",
                                        "a,b\r1,2\r3,4\r", "a,b\n1,2\n3,4",
                                        "#c\r\na,b\r\n1,2\r\n\r\n3,4"};
    static const size_t lines[] = {3, 3, 3, 3, 5};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct table *table = read_good(texts[i]);
        cr_assert_eq(table_row_count(table), 2);
        cr_assert_str_eq(table_text(table, 1, 1), "4");
        expect_place(table_place(table, 1, 1), lines[i], 3, "b");
        table_free(table);
    }
}

/* The text need not end in a NUL; the sanitizer sees a step beyond it. */
Test(table, text_that_ends_in_a_bare_line_end)
{
    char *text = malloc(4);
    memcpy(text, "a\r1\r", 4);
    struct diagnosis *diagnosis = diagnosis_new();
    struct table *table = table_read_text(text, 4, "t.csv", TABLE_NEEDS_ROWS, diagnosis);
    free(text);
    cr_assert_not_null(table);
    expect_place(table_place(table, 0, 0), 2, 1, "a");
    table_free(table);
    expect_said(diagnosis, "");
}

static const struct {
    const char *text;
    bool has_table;
    const char *wanted;
} faulty[] = {
    {"", false, "t.csv: error: the table is empty; begin with a row of column names\n"},
    {"# a\n\n#b", false, "t.csv: error: the table is empty; begin with a row of column names\n"},
    {"a,b\n", true, "t.csv: error: there are no rows below the header\n"},
    {"a,b,c\n1,2\n1,2,3\n1,2,3,4,5\n", true,
     "t.csv:2: error: the row has 2 fields, the header 3; add commas for fields that are empty\n"
     "t.csv:4:7: error: the row has 5 fields, the header 3; put a field that holds a comma in "
     "quotes\n"},
    {"a,b\n1\n", true, /* and not that there are no rows */
     "t.csv:2: error: the row has 1 field, the header 2; add commas for fields that are empty\n"},
    {"a,b,a\n1,2,3\n", true,
     "t.csv:1:5: error: a: columns 1 and 3 have the same name; rename or remove one of them\n"},
    {"a,,c\n1,2,3\n", true,
     "t.csv:1:3: error: column 2 of the header has no name; give the column a name or remove it\n"},
    {"a;b;c\n1;2;3\n", true,
     "t.csv:1:1: error: a;b;c: the fields are not separated by commas; save as CSV with commas "
     "between fields\n"},
    {"a,b\n1,\"x\n2,3\n", false,
     "t.csv:2:3: error: the quote that opens here is never closed; close the quote, or write it "
     "twice\n"},
    {"a,b\n1,\"x\n2,\"y\"\n", false,
     "t.csv:3:4: error: text after a closing quote; the quote opened in line 2, column 3; close "
     "the quote, or write it twice\n"},
    {"a,b\n1,5\" wide\n", false,
     "t.csv:2:4: error: a quote inside a field, or text after the closing quote; put the whole "
     "field in quotes and write each quote in it twice\n"},
    {"a,b\n1,\"x\"y\n", false,
     "t.csv:2:6: error: a quote inside a field, or text after the closing quote; put the whole "
     "field in quotes and write each quote in it twice\n"},
    {"\xef\xbb\xbf"
     "a,b\n1,2\n",
     true,
     "t.csv:1:1: error: the file begins with a byte-order mark; save as UTF-8 without byte-order "
     "mark\n"},
    {"a,b\n\xc3\xa9,caf\xe9\n", false,
     "t.csv:2:6: error: byte 0xe9 is not UTF-8; save the file as UTF-8\n"},
};

Test(table, says_what_is_wrong)
{
    for (size_t i = 0; i < sizeof faulty / sizeof *faulty; i++) {
        struct diagnosis *diagnosis = diagnosis_new();
        struct table *table = read_text(faulty[i].text, diagnosis);
        cr_expect_eq(table != NULL, faulty[i].has_table, "%s", faulty[i].text);
        table_free(table);
        expect_said(diagnosis, faulty[i].wanted);
    }
}

Test(table, nul_bytes_and_empty_tables)
{
    struct diagnosis *diagnosis = diagnosis_new();
    cr_assert_null(table_read_text("a\n1\n\0002\n", 7, "t.csv", TABLE_NEEDS_ROWS, diagnosis));
    struct table *table = table_read_text("a,b\n", 4, "t.csv", TABLE_MAY_BE_EMPTY, diagnosis);
    cr_assert_not_null(table);
    cr_assert_eq(table_row_count(table), 0);
    table_free(table);
    expect_said(diagnosis, "t.csv:3:1: error: there is a NUL byte; save the file as plain text\n");
}

Test(table, ragged_rows_are_left_out_of_a_table_that_goes_on)
{
    struct diagnosis *diagnosis = diagnosis_new();
    struct table *table = read_text("a,b\n1,2\n3\n4,5,6,7\n8,9\n", diagnosis);
    cr_assert_eq(diagnosis_errors(diagnosis), 2);
    cr_assert_eq(table_row_count(table), 2);
    cr_assert_str_eq(table_text(table, 1, 0), "8");
    cr_assert_str_eq(table_text(table, 1, 1), "9");
    table_free(table);
    diagnosis_free(diagnosis);
}

Test(table, numbers)
{
    struct table *table = read_good("n,beds,share\nA,12,0.5\nB,,\nC,x,1.5\n");
    struct diagnosis *diagnosis = diagnosis_new();
    double share = 7.0;
    int64_t beds = 7;
    cr_assert(table_number(table, 0, 2, 0, 1, diagnosis, &share) && share == 0.5);
    cr_assert(table_integer(table, 0, 1, 0, 99, diagnosis, &beds) && beds == 12);
    cr_assert(table_number_or(table, 1, 2, 0, 1, -1, diagnosis, &share) && share == -1);
    cr_assert(table_integer_or(table, 1, 1, 0, 99, -5, diagnosis, &beds) && beds == -5);
    cr_assert(table_number_or(table, 0, 2, 0, 1, -1, diagnosis, &share) && share == 0.5);
    cr_assert(table_integer_or(table, 0, 1, 0, 99, -5, diagnosis, &beds) && beds == 12);
    cr_assert_eq(diagnosis_errors(diagnosis), 0);
    cr_assert_not(table_number(table, 1, 2, 0, 1, diagnosis, &share));
    cr_assert_not(table_integer(table, 2, 1, 0, 99, diagnosis, &beds));
    cr_assert_not(table_number_or(table, 2, 2, 0, 1, -1, diagnosis, &share));
    cr_assert(share == 0.5 && beds == 12);
    expect_said(diagnosis,
                "t.csv:3:4: error: share: no value is given; a number from 0 to 1\n"
                "t.csv:4:3: error: beds: 'x' is not a whole number; a whole number from 0 to 99\n"
                "t.csv:4:5: error: share: 1.5 is above 1; a number from 0 to 1\n");
    table_free(table);
}

Test(table, columns_that_are_needed)
{
    struct table *table = read_good("# note\nhospital,hasu_bed\nA,1\n");
    struct diagnosis *diagnosis = diagnosis_new();
    cr_assert_eq(table_require_column(table, "hospital", diagnosis), 0);
    cr_assert_eq(table_require_column(table, "hasu_beds", diagnosis), -1);
    cr_assert_eq(table_require_column(table, "lat", diagnosis), -1);
    expect_said(diagnosis, "t.csv:2: error: hasu_beds: there is no column of this name; is it the "
                           "one named 'hasu_bed'?\n"
                           "t.csv:2: error: lat: there is no column of this name; add it to the "
                           "header and to every row\n");
    table_free(table);
}

Test(table, names)
{
    static const char *const good[] = {
        "A", "King's College", "St. Mary's (W2)", "caf\xc3\xa9", "a-b", "1", "a=b"};
    static const char *const bad[] = {"",     "=1+1",    "+a", "-a", "@a",       "a\nb",
                                      "a\tb", "\x1b[2J", " a", "a ", "\xc2\x85", "a\x7f"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        cr_assert_null(name_fault(good[i]), "%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        cr_assert_not_null(name_fault(bad[i]), "%zu", i);
    char longest[NAME_LONGEST + 2];
    memset(longest, 'a', sizeof longest);
    longest[NAME_LONGEST + 1] = '\0';
    cr_assert_str_eq(name_fault(longest), "is longer than 200 bytes");
    longest[NAME_LONGEST] = '\0';
    cr_assert_null(name_fault(longest));
}

Test(table, names_in_fields)
{
    struct table *table = read_good("area,n\nA,1\n=HYPERLINK(1),2\n,3\n");
    struct diagnosis *diagnosis = diagnosis_new();
    const char *name = NULL;
    cr_assert(table_name(table, 0, 0, "area", diagnosis, &name));
    cr_assert_str_eq(name, "A");
    cr_assert_not(table_name(table, 1, 0, "area", diagnosis, &name));
    cr_assert_not(table_name(table, 2, 0, "area", diagnosis, &name));
    cr_assert_str_eq(name, "A");
    expect_said(diagnosis,
                "t.csv:3:1: error: area: the name '=HYPERLINK(1)' of the area begins with '=', "
                "which a spreadsheet would run; choose another name\n"
                "t.csv:4:1: error: area: the name of the area is empty; give it a name\n");
    table_free(table);
}

Test(table, more_columns_than_a_spreadsheet_holds)
{
    size_t length = 2 * ((size_t)TABLE_MOST_COLUMNS + 1);
    char *text = malloc(length);
    for (size_t i = 0; i < length; i += 2) {
        text[i] = 'a';
        text[i + 1] = i + 2 < length ? ',' : '\n';
    }
    struct diagnosis *diagnosis = diagnosis_new();
    cr_assert_null(table_read_text(text, length, "t.csv", TABLE_NEEDS_ROWS, diagnosis));
    expect_said(diagnosis, "t.csv:1:1: error: a: the header has 16385 columns, more than the "
                           "16384 that are read\n");
    free(text);
}

static void refuse_file(const char *path, const char *wanted)
{
    struct diagnosis *diagnosis = diagnosis_new();
    cr_assert_null(table_read_file(path, "shown.csv", TABLE_NEEDS_ROWS, diagnosis));
    expect_said(diagnosis, wanted);
}

Test(table, files)
{
    char path[] = "/tmp/strokesim-table-XXXXXX";
    int descriptor = mkstemp(path);
    cr_assert_geq(descriptor, 0);
    cr_assert_eq(write(descriptor, "a\n1\n", 4), 4);
    close(descriptor);
    struct diagnosis *diagnosis = diagnosis_new();
    struct table *table = table_read_file(path, NULL, TABLE_NEEDS_ROWS, diagnosis);
    cr_assert_not_null(table);
    cr_assert_str_eq(table_file(table), path);
    table_free(table);
    expect_said(diagnosis, "");
    unlink(path);
    refuse_file(path, "shown.csv: error: cannot be opened: No such file or directory\n");
    refuse_file("/tmp", "shown.csv: error: this is a folder; name a file\n");
}

/* A travel table of the size of the largest scenario; the bound is slack for slow machines and
   sanitizers, and still fails for anything quadratic. */
Test(table, large)
{
    enum { ROWS = 35000, COLUMNS = 130, WIDTH = 6 };
    char *text = malloc((size_t)(ROWS + 1) * COLUMNS * WIDTH);
    size_t length = 0;
    for (unsigned row = 0; row <= ROWS; row++)
        for (unsigned column = 0; column < COLUMNS; column++) {
            unsigned value = row == 0 ? column : (row * 31 + column * 17) % 10000;
            static const char figures[] = "0123456789";
            text[length++] = row == 0 ? 'c' : figures[value / 1000];
            text[length++] = figures[value / 100 % 10];
            text[length++] = figures[value / 10 % 10];
            text[length++] = row == 0 ? '_' : '.';
            text[length++] = figures[value % 10];
            text[length++] = column + 1 < COLUMNS ? ',' : '\n';
        }
    struct diagnosis *diagnosis = diagnosis_new();
    clock_t start = clock();
    struct table *table = table_read_text(text, length, "t.csv", TABLE_NEEDS_ROWS, diagnosis);
    cr_assert_not_null(table);
    double sum = 0.0;
    for (size_t row = 0; row < ROWS; row++)
        for (size_t column = 0; column < COLUMNS; column++) {
            double value = NAN;
            cr_assert(table_number(table, row, column, 0, 1000, diagnosis, &value));
            sum += value;
        }
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    cr_assert(sum > 2e9 && sum < 2.5e9, "%g", sum);
    cr_assert_lt(seconds, 20.0, "%g s", seconds);
    expect_place(table_place(table, ROWS - 1, COLUMNS - 1), ROWS + 1, 6 * (COLUMNS - 1) + 1,
                 table_header(table, COLUMNS - 1));
    table_free(table);
    diagnosis_free(diagnosis);
    free(text);
}

Test(text_file, characters)
{
    static const struct {
        const char *bytes;
        size_t size;
    } table[] = {{"a", 1},
                 {"\xc3\xa9", 2},
                 {"\xe2\x82\xac", 3},
                 {"\xf0\x9f\x98\x80", 4},
                 {"\xf4\x8f\xbf\xbf", 4},
                 {"\x80", 0},
                 {"\xc0\x80", 0},         /* overlong */
                 {"\xe0\x9f\xbf", 0},     /* overlong */
                 {"\xe0\xa0\x80", 3},     /* the first that is not */
                 {"\xf0\x80\x80\x80", 0}, /* overlong */
                 {"\xed\xa0\x80", 0},     /* surrogate */
                 {"\xf4\x90\x80\x80", 0}, /* above U+10FFFF */
                 {"\xf5\x80\x80\x80", 0},
                 {"\xe2\x82", 0},
                 {"\xc3(", 0},
                 {"\xff", 0}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        cr_assert_eq(text_file_character(table[i].bytes, strlen(table[i].bytes)), table[i].size,
                     "%zu", i);
}
