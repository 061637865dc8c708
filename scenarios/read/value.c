#include "scenarios/read/value.h"

#include "scenarios/read/number.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static const char *bounds_text(const char *what, const char *low, const char *high,
                               char buffer[VALUE_BOUNDS_SIZE])
{
    if (*low && *high)
        snprintf(buffer, VALUE_BOUNDS_SIZE, "%s from %s to %s", what, low, high);
    else if (*low)
        snprintf(buffer, VALUE_BOUNDS_SIZE, "%s of at least %s", what, low);
    else if (*high)
        snprintf(buffer, VALUE_BOUNDS_SIZE, "%s of at most %s", what, high);
    else
        snprintf(buffer, VALUE_BOUNDS_SIZE, "%s", what);
    return buffer;
}

const char *value_number_bounds(double min, double max, char buffer[VALUE_BOUNDS_SIZE])
{
    char low[NUMBER_TEXT_SIZE];
    char high[NUMBER_TEXT_SIZE];
    number_format(min, low); /* empty for an open end */
    number_format(max, high);
    return bounds_text("a number", low, high, buffer);
}

const char *value_integer_bounds(int64_t min, int64_t max, char buffer[VALUE_BOUNDS_SIZE])
{
    char low[NUMBER_TEXT_SIZE] = "";
    char high[NUMBER_TEXT_SIZE] = "";
    if (min != INT64_MIN)
        snprintf(low, sizeof low, "%" PRId64, min);
    if (max != INT64_MAX)
        snprintf(high, sizeof high, "%" PRId64, max);
    return bounds_text("a whole number", low, high, buffer);
}

/* "0,5" where the decimal mark is a comma, "1,200" where it parts thousands. */
static bool is_number_with_comma(const char *text)
{
    char copy[NUMBER_TEXT_SIZE];
    double ignored = 0.0;
    size_t length = strlen(text);
    if (length >= sizeof copy || !strchr(text, ','))
        return false;
    size_t kept = 0;
    for (size_t i = 0; i <= length; i++)
        if (text[i] != ',')
            copy[kept++] = text[i];
    return number_parse(copy, &ignored);
}

static void report_not_a(const char *what, const char *text, const char *bounds,
                         const struct place *place, struct diagnosis *diagnosis)
{
    if (*text == '\0')
        diagnosis_error(diagnosis, place, bounds, "no value is given");
    else if (is_number_with_comma(text))
        diagnosis_error(diagnosis, place,
                        "write '.' for the decimal point and nothing between thousands",
                        "'%.60s' has a comma", text);
    else
        diagnosis_error(diagnosis, place, bounds, "'%.60s' is not %s", text, what);
}

bool value_number(const char *text, double min, double max, const struct place *place,
                  struct diagnosis *diagnosis, double *value)
{
    char bounds[VALUE_BOUNDS_SIZE];
    char bound[NUMBER_TEXT_SIZE];
    double parsed = 0.0;
    if (!number_parse(text, &parsed)) {
        report_not_a("a number", text, value_number_bounds(min, max, bounds), place, diagnosis);
        return false;
    }
    if (parsed < min || parsed > max) {
        number_format(parsed < min ? min : max, bound);
        diagnosis_error(diagnosis, place, value_number_bounds(min, max, bounds), "%.60s is %s %s",
                        text, parsed < min ? "below" : "above", bound);
        return false;
    }
    *value = parsed;
    return true;
}

static bool parse_whole(const char *text, int64_t *value)
{
    /* Beyond this a double no longer tells neighbouring whole numbers apart. */
    static const double exact = 9007199254740992.0;
    double parsed = 0.0;
    if (number_parse_integer(text, value))
        return true;
    if (!number_parse(text, &parsed) || parsed != floor(parsed) || fabs(parsed) > exact)
        return false;
    *value = (int64_t)parsed;
    return true;
}

bool value_integer(const char *text, int64_t min, int64_t max, const struct place *place,
                   struct diagnosis *diagnosis, int64_t *value)
{
    char bounds[VALUE_BOUNDS_SIZE];
    int64_t parsed = 0;
    if (!parse_whole(text, &parsed)) {
        report_not_a("a whole number", text, value_integer_bounds(min, max, bounds), place,
                     diagnosis);
        return false;
    }
    if (parsed < min || parsed > max) {
        diagnosis_error(diagnosis, place, value_integer_bounds(min, max, bounds),
                        "%.60s is %s %" PRId64, text, parsed < min ? "below" : "above",
                        parsed < min ? min : max);
        return false;
    }
    *value = parsed;
    return true;
}

bool value_boolean(const char *text, const struct place *place, struct diagnosis *diagnosis,
                   bool *value)
{
    static const char *const words[] = {"false", "true", "no", "yes", "off", "on"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcasecmp(text, words[i]) == 0) {
            *value = i % 2 == 1;
            return true;
        }
    }
    if (*text == '\0')
        diagnosis_error(diagnosis, place, "yes or no", "no value is given");
    else
        diagnosis_error(diagnosis, place, "yes or no", "'%.60s' is neither yes nor no", text);
    return false;
}
