#include "scenarios/read/number.h"
#include "scenarios/read/value.h"
#include "tests/scenarios/said.h"

#include <float.h>
#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

Test(number, parses_decimals_and_nothing_else)
{
    static const struct {
        const char *text;
        double value;
    } good[] = {{"0", 0.0},
                {"-0", -0.0},
                {"+1", 1.0},
                {"1.", 1.0},
                {".5", 0.5},
                {"-12.75", -12.75},
                {"1e3", 1000.0},
                {"1E-3", 0.001},
                {"0.1", 0.1},
                {"123456789012345", 123456789012345.0},
                {"1234567890123456789", 1234567890123456789.0},
                {"0.000000000000001", 1e-15},
                {"0.30000000000000004", 0.1 + 0.2},
                {"1.7976931348623157e308", DBL_MAX},
                {"4.9406564584124654e-324", 4.9406564584124654e-324},
                {"1e-400", 0.0}};
    static const char *const bad[] = {
        "",     " ",     "1 ",     " 1",  "nan",   "NaN",   "inf", "-inf",  "infinity",
        "0x10", "1e",    "1e+",    "e5",  ".",     "-",     "+",   "--1",   "1.2.3",
        "1,5",  "1e999", "-1e999", "12a", "1_000", "1e5.0", "+-1", "0x1p3", "1d5"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        double value = NAN;
        cr_assert(number_parse(good[i].text, &value), "%s", good[i].text);
        cr_assert(value == good[i].value, "%s gave %.17g", good[i].text, value);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        double value = 7.0;
        cr_assert_not(number_parse(bad[i], &value), "%s", bad[i]);
        cr_assert(value == 7.0);
    }
}

/* The short way must round as strtod does. */
Test(number, agrees_with_the_c_library)
{
    uint64_t state = 11;
    char text[40];
    for (int i = 0; i < 100000; i++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        int decimals = (int)((state >> 60) % 16);
        double drawn = (double)(int64_t)state / 1e6;
        snprintf(text, sizeof text, "%.*f", decimals, drawn);
        double value = NAN;
        cr_assert(number_parse(text, &value), "%s", text);
        cr_assert(value == strtod(text, NULL), "%s", text);
    }
}

Test(number, parses_integers)
{
    static const struct {
        const char *text;
        int64_t value;
    } good[] = {{"0", 0},
                {"-1", -1},
                {"+7", 7},
                {"007", 7},
                {"9223372036854775807", INT64_MAX},
                {"-9223372036854775808", INT64_MIN}};
    static const char *const bad[] = {"",
                                      "-",
                                      "1.0",
                                      " 1",
                                      "1e3",
                                      "0x1",
                                      "9223372036854775808",
                                      "-9223372036854775809",
                                      "99999999999999999999999"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        int64_t value = 5;
        cr_assert(number_parse_integer(good[i].text, &value), "%s", good[i].text);
        cr_assert_eq(value, good[i].value, "%s gave %" PRId64, good[i].text, value);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t value = 5;
        cr_assert_not(number_parse_integer(bad[i], &value), "%s", bad[i]);
        cr_assert_eq(value, 5);
    }
}

Test(number, formats_ten_digits)
{
    static const struct {
        double value;
        const char *text;
        const char *shortest;
    } table[] = {{0.0, "0", "0"},
                 {-0.0, "0", "0"},
                 {0.1, "0.1", "0.1"},
                 {1.0 / 3.0, "0.3333333333", "0.3333333333333333"},
                 {-12345678901.0, "-1.23456789e+10", "-12345678901"},
                 {0.1 + 0.2, "0.3", "0.30000000000000004"},
                 {1e-7, "1e-07", "1e-07"},
                 {DBL_MAX, "1.797693135e+308", "1.7976931348623157e+308"},
                 {-DBL_MIN, "-2.225073859e-308", "-2.2250738585072014e-308"},
                 {NAN, "", ""},
                 {INFINITY, "", ""},
                 {-INFINITY, "", ""}};
    char text[NUMBER_TEXT_SIZE];
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        cr_assert_eq(number_format(table[i].value, text), strlen(table[i].text));
        cr_assert_str_eq(text, table[i].text);
        cr_assert_eq(number_format_shortest(table[i].value, text), strlen(table[i].shortest));
        cr_assert_str_eq(text, table[i].shortest);
    }
}

static void expect_as_snprintf(double value)
{
    char got[NUMBER_TEXT_SIZE], want[40];
    snprintf(want, sizeof want, "%.10g", value + 0.0);
    number_format(value, got);
    cr_assert_str_eq(got, want, "%.17g", value);
}

/* Of every size, close to halves of the tenth digit, and around powers of ten. */
Test(number, formats_as_the_c_library_does)
{
    uint64_t state = 5;
    for (int i = 0; i < 200000; i++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        double digits = (double)(state >> 30), power = pow(10, (double)(state % 24) - 18);
        expect_as_snprintf(digits * power);
        expect_as_snprintf((floor(digits) + 0.5) * power);
        expect_as_snprintf(-floor(digits / 1000) / 8);
        expect_as_snprintf((double)(state >> 55));
    }
    for (int exponent = -8; exponent <= 16; exponent++)
        for (int step = -40; step <= 40; step++) {
            double power = pow(10, exponent);
            expect_as_snprintf(power + step * power * DBL_EPSILON);
            expect_as_snprintf(power + step * power * 1e-10);
            expect_as_snprintf(power + step * power * 0.5e-10);
        }
}

static void check_points(void)
{
    char text[NUMBER_TEXT_SIZE];
    double value = NAN;
    cr_assert(number_parse("1234567890123456789.5e-3", &value));
    cr_assert(value == 1234567890123456.7895);
    cr_assert(number_parse("0.5", &value) && value == 0.5);
    cr_assert_not(number_parse("0,5", &value));
    number_format(-1234.5, text);
    cr_assert_str_eq(text, "-1234.5");
    number_format_shortest(2.5e-300, text);
    cr_assert_str_eq(text, "2.5e-300");
}

/* Machines without a locale that has a decimal comma skip what cannot be shown there. */
Test(number, is_the_same_in_every_locale)
{
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "fr_FR.utf8"};
    check_points();
    bool has_comma = false;
    for (size_t i = 0; i < sizeof names / sizeof *names && !has_comma; i++)
        has_comma = setlocale(LC_ALL, names[i]) && strcmp(localeconv()->decimal_point, ",") == 0;
    if (!has_comma)
        cr_skip_test("no locale with a decimal comma here");
    check_points();
}

Test(value, numbers_say_what_is_wrong)
{
    static const struct {
        const char *text;
        double min;
        double max;
        const char *wanted;
    } table[] = {
        {"0.5", 0, 1, ""},
        {"0", 0, 1, ""},
        {"1", 0, 1, ""},
        {"1.2", 0, 1, "f: error: k: 1.2 is above 1; a number from 0 to 1\n"},
        {"-0.001", 0, INFINITY, "f: error: k: -0.001 is below 0; a number of at least 0\n"},
        {"9", -INFINITY, 8.5, "f: error: k: 9 is above 8.5; a number of at most 8.5\n"},
        {"nan", -INFINITY, INFINITY, "f: error: k: 'nan' is not a number; a number\n"},
        {"", 0, 1, "f: error: k: no value is given; a number from 0 to 1\n"},
        {"0,5", 0, 1,
         "f: error: k: '0,5' has a comma; write '.' for the decimal point and nothing between "
         "thousands\n"},
        {"1,200.5", 0, 1,
         "f: error: k: '1,200.5' has a comma; write '.' for the decimal point and nothing between "
         "thousands\n"},
        {"a,b", 0, 1, "f: error: k: 'a,b' is not a number; a number from 0 to 1\n"},
    };
    const struct place place = {.file = "f", .key = "k"};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct diagnosis *diagnosis = diagnosis_new();
        double value = 77.0;
        bool good =
            value_number(table[i].text, table[i].min, table[i].max, &place, diagnosis, &value);
        cr_assert_eq(good, table[i].wanted[0] == '\0', "%s", table[i].text);
        cr_assert(good || value == 77.0);
        expect_said(diagnosis, table[i].wanted);
    }
}

Test(value, integers_and_booleans)
{
    const struct place place = {.file = "f"};
    struct diagnosis *diagnosis = diagnosis_new();
    int64_t whole = 0;
    cr_assert(value_integer("12.0", 0, 20, &place, diagnosis, &whole) && whole == 12);
    cr_assert(value_integer("1e3", 0, INT64_MAX, &place, diagnosis, &whole) && whole == 1000);
    cr_assert_not(value_integer("12.5", 0, 20, &place, diagnosis, &whole));
    cr_assert_not(value_integer("21", 0, 20, &place, diagnosis, &whole));
    cr_assert_not(value_integer("-1", 0, INT64_MAX, &place, diagnosis, &whole));
    cr_assert_not(value_integer("1e300", 0, INT64_MAX, &place, diagnosis, &whole));
    cr_assert_eq(whole, 1000);
    bool flag = false;
    cr_assert(value_boolean("Yes", &place, diagnosis, &flag) && flag);
    cr_assert(value_boolean("off", &place, diagnosis, &flag) && !flag);
    cr_assert(value_boolean("TRUE", &place, diagnosis, &flag) && flag);
    cr_assert(value_boolean("no", &place, diagnosis, &flag) && !flag);
    cr_assert_not(value_boolean("1", &place, diagnosis, &flag));
    cr_assert_not(value_boolean("", &place, diagnosis, &flag));
    expect_said(diagnosis, "f: error: '12.5' is not a whole number; a whole number from 0 to 20\n"
                           "f: error: 21 is above 20; a whole number from 0 to 20\n"
                           "f: error: -1 is below 0; a whole number of at least 0\n"
                           "f: error: '1e300' is not a whole number; a whole number of at least 0\n"
                           "f: error: '1' is neither yes nor no; yes or no\n"
                           "f: error: no value is given; yes or no\n");
}
