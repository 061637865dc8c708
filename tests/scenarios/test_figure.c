/* Figures as a reader would round them. */
#include <criterion/criterion.h>
#include <math.h>

#include "scenarios/figure.h"

struct rounded {
    double value;
    const char *unit, *wanted;
};

Test(figure, has_the_decimals_its_size_asks_for)
{
    static const struct rounded cases[] = {
        {0, "min", "0.00"},
        {0.004, "min", "0.00"},
        {1.234, "min", "1.23"},
        {1.236, "min", "1.24"},
        {12.34, "min", "12.3"},
        {99.94, "min", "99.9"},
        {123.4, "min", "123"},
        {1234.5, "GBP", "1,234"},
        {12345678, "GBP", "12,345,678"},
        {999.6, "GBP", "1,000"},
        {-12.34, "min", "-12.3"},
        {-0.001, "min", "0.00"},
        {NAN, "min", "-"},
        {0.2, "share", "20.0"},
        {0.0004, "share", "0.0"},
        {1, "share", "100.0"},
        {0.12345, "share", "12.3"},
        {0.9996, "share of beds", "100.0"},
        {-1234567, "", "-1,234,567"},
        {9.999, "min", "10.0"},
        {99.97, "min", "100"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_str_eq(figure_of(cases[i].value, cases[i].unit).text, cases[i].wanted, "%g %s",
                         cases[i].value, cases[i].unit);
}

/* A change of nothing has no sign, also when it is only shown as nothing. */
Test(figure, of_a_change_has_its_sign)
{
    static const struct rounded cases[] = {
        {0, "min", "0.00"},          {-0.0, "min", "0.00"},       {0.001, "min", "0.00"},
        {-0.001, "min", "0.00"},     {0.01, "min", "+0.01"},      {-1.5, "min", "-1.50"},
        {1234.4, "GBP", "+1,234"},   {-1234.4, "GBP", "-1,234"},  {-0.0104, "share", "-1.04"},
        {0.31, "share", "+31.0"},    {-0.00001, "share", "0.00"}, {NAN, "share", "-"},
        {100000, "GBP", "+100,000"}, {0.09999, "share", "+10.0"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_str_eq(figure_change(cases[i].value, cases[i].unit).text, cases[i].wanted,
                         "%g %s", cases[i].value, cases[i].unit);
}

Test(figure, of_a_count_is_whole)
{
    static const struct rounded cases[] = {
        {0, "", "0"},       {0.4, "", "0"},        {-0.4, "", "0"},
        {97.6, "", "98"},   {9440.8, "", "9,441"}, {1234567.2, "", "1,234,567"},
        {-38.4, "", "-38"}, {NAN, "", "-"},        {999.5, "", "1,000"},
        {100, "", "100"},   {1000, "", "1,000"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_str_eq(figure_count(cases[i].value).text, cases[i].wanted, "%g", cases[i].value);
    cr_expect_str_eq(figure_count_change(-1234.4).text, "-1,234");
    cr_expect_str_eq(figure_count_change(0.6).text, "+1");
    cr_expect_str_eq(figure_count_change(-0.4).text, "0");
    cr_expect_str_eq(figure_count_change(NAN).text, "-");
    cr_expect_str_eq(figure_unit("share"), "%");
    cr_expect_str_eq(figure_unit("share of beds"), "%");
    cr_expect_str_eq(figure_unit("GBP a stroke"), "GBP a stroke");
}

Test(figure, of_people_is_whole_but_for_few)
{
    static const struct {
        double value;
        const char *plain, *change;
    } cases[] = {
        {76.98, "77", "+77"},  {-3.05, "-3.0", "-3.0"},        {-0.01, "0.0", "0.0"},
        {0.06, "0.1", "+0.1"}, {9.94, "9.9", "+9.9"},          {9.96, "10", "+10"},
        {-9.96, "-10", "-10"}, {1234.5678, "1,235", "+1,235"}, {NAN, "-", "-"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_expect_str_eq(figure_people(cases[i].value).text, cases[i].plain);
        cr_expect_str_eq(figure_people_change(cases[i].value).text, cases[i].change);
    }
}

Test(figure, knows_a_share)
{
    cr_expect(figure_is_share("share") && figure_is_share("share of beds"));
    cr_expect_not(figure_is_share("") || figure_is_share("shar") || figure_is_share("% share"));
    cr_expect_str_eq(figure_unit_rest("share"), "");
    cr_expect_str_eq(figure_unit_rest("share of beds"), " of beds");
    cr_expect_str_eq(figure_unit_rest("GBP a stroke"), "GBP a stroke");
}
