#include "scenarios/read/number.h"

#include <assert.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *skip_digits(const char *text)
{
    while (*text >= '0' && *text <= '9')
        text++;
    return text;
}

static const char *skip_sign(const char *text)
{
    return *text == '+' || *text == '-' ? text + 1 : text;
}

/* The grammar is checked here and not left to strtod, which also takes spaces, hexadecimal,
   infinities and NaN. */
static bool is_decimal(const char *text)
{
    const char *whole = skip_sign(text);
    const char *end = skip_digits(whole);
    bool digits = end > whole;
    if (*end == '.') {
        const char *fraction = end + 1;
        end = skip_digits(fraction);
        digits = digits || end > fraction;
    }
    if (!digits)
        return false;
    if (*end == 'e' || *end == 'E') {
        const char *exponent = skip_sign(end + 1);
        end = skip_digits(exponent);
        if (end == exponent)
            return false;
    }
    return *end == '\0';
}

/* Up to 15 digits and a power of ten up to 1e15 are exact doubles, so one division rounds once and
   gives what strtod would (Clinger, PLDI 1990). Tables are made of such numbers, and this is
   several times as fast. */
static bool parse_short(const char *text, double *value)
{
    static const double powers[] = {1.0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    bool negative = *text == '-';
    int64_t digits = 0;
    size_t count = 0;
    size_t decimals = 0;
    bool point = false;
    for (text = skip_sign(text); *text; text++) {
        if (*text == '.') {
            point = true;
            continue;
        }
        if (*text == 'e' || *text == 'E' || ++count > 15)
            return false;
        digits = digits * 10 + (*text - '0');
        decimals += point;
    }
    double magnitude = (double)digits / powers[decimals];
    *value = negative ? -magnitude : magnitude;
    return true;
}

/* strtod with a decimal point, whatever the user's locale. The locale of this thread alone is
   set and put back: setlocale would change it for the others. */
static bool parse_long(const char *text, double *value)
{
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (plain == (locale_t)0)
        return false;
    locale_t users = uselocale(plain);
    double parsed = strtod(text, NULL);
    uselocale(users);
    freelocale(plain);
    if (!isfinite(parsed))
        return false;
    *value = parsed;
    return true;
}

bool number_parse(const char *text, double *value)
{
    if (!is_decimal(text))
        return false;
    return parse_short(text, value) || parse_long(text, value);
}

bool number_parse_integer(const char *text, int64_t *value)
{
    bool negative = *text == '-';
    const char *digit = skip_sign(text);
    if (*digit == '\0')
        return false;
    /* Counted downwards, as the negative range is the longer one. */
    int64_t parsed = 0;
    for (; *digit; digit++) {
        if (*digit < '0' || *digit > '9')
            return false;
        int figure = *digit - '0';
        if (parsed < (INT64_MIN + figure) / 10)
            return false;
        parsed = parsed * 10 - figure;
    }
    if (!negative && parsed == INT64_MIN)
        return false;
    *value = negative ? parsed : -parsed;
    return true;
}

/* Whatever the user's locale puts between whole and fraction is made a point: nothing but digits,
   signs and the exponent's letter is left besides. */
static size_t mend_point(char *text)
{
    static const char plain[] = "+-0123456789e";
    char *mark = text + strspn(text, plain);
    if (*mark == '\0')
        return (size_t)(mark - text);
    size_t wide = strcspn(mark, plain);
    *mark = '.';
    memmove(mark + 1, mark + wide, strlen(mark + wide) + 1);
    return strlen(text);
}

static size_t format_digits(double value, int digits, char text[NUMBER_TEXT_SIZE])
{
    if (!isfinite(value)) {
        text[0] = '\0';
        return 0;
    }
    /* Adding zero turns the negative zero into the plain one. */
    int length = snprintf(text, NUMBER_TEXT_SIZE, "%.*g", digits, value + 0.0);
    assert(length > 0 && length < NUMBER_TEXT_SIZE);
    (void)length;
    return mend_point(text);
}

enum { DIGITS = 10, MOST_DECIMALS = 13 };

/* Writes ten digits, of which the last so many are decimals, without zeros at their end. */
static size_t put_decimal(bool negative, uint64_t digits, int decimals, char text[NUMBER_TEXT_SIZE])
{
    while (decimals > 0 && digits % 10 == 0) {
        digits /= 10;
        decimals--;
    }
    char backwards[NUMBER_TEXT_SIZE];
    size_t count = 0, length = 0;
    for (int place = 0; digits > 0 || place <= decimals; place++, digits /= 10) {
        if (place == decimals && decimals > 0)
            backwards[count++] = '.';
        backwards[count++] = (char)('0' + digits % 10);
    }
    if (negative)
        text[length++] = '-';
    while (count > 0)
        text[length++] = backwards[--count];
    text[length] = '\0';
    return length;
}

/* What snprintf writes with ten digits, in a tenth of the time, for numbers that need no exponent.
 * The number times a power of ten has ten digits before the point, and is off by 2e-6 at most; so
 * where its fraction is further than that from a half, it is clear which way to round. 0: it is
 * not, or needs an exponent. */
static size_t format_quickly(double value, char text[NUMBER_TEXT_SIZE])
{
    static const double powers[] = {1.0, 1e1, 1e2, 1e3,  1e4,  1e5,  1e6,
                                    1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13};
    static const double fewest = 1e9, most = 9999999999.0, unsure = 1e-5;
    double magnitude = fabs(value);
    int decimals = 0;
    if (!(magnitude >= 1e-4 && magnitude < most))
        return 0;
    while (magnitude * powers[decimals] < fewest && decimals < MOST_DECIMALS)
        decimals++;
    double scaled = magnitude * powers[decimals];
    if (scaled < fewest || scaled >= most)
        return 0;
    uint64_t digits = (uint64_t)scaled;
    double fraction = scaled - (double)digits;
    if (fabs(fraction - 0.5) < unsure)
        return 0;
    return put_decimal(value < 0, digits + (fraction > 0.5), decimals, text);
}

size_t number_format(double value, char text[NUMBER_TEXT_SIZE])
{
    size_t length = format_quickly(value, text);
    return length > 0 ? length : format_digits(value, DIGITS, text);
}

size_t number_format_shortest(double value, char text[NUMBER_TEXT_SIZE])
{
    size_t length = 0;
    for (int digits = 15; digits <= 17; digits++) {
        double back = 0.0;
        length = format_digits(value, digits, text);
        if (length == 0 || (number_parse(text, &back) && back == value))
            break;
    }
    return length;
}
