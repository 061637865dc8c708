#include "scenarios/figure.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char share[] = "share";

bool figure_is_share(const char *unit)
{
    return strncmp(unit, share, sizeof share - 1) == 0;
}

const char *figure_unit(const char *unit)
{
    return figure_is_share(unit) ? "%" : unit;
}

const char *figure_unit_rest(const char *unit)
{
    return figure_is_share(unit) ? unit + sizeof share - 1 : unit;
}

/* Puts a comma before every third digit left of the point. */
static void separate(const char *plain, char *out, size_t size)
{
    size_t digits = strspn(plain, "0123456789"), at = 0;
    for (size_t i = 0; plain[i] != '\0' && at + 2 < size; i++) {
        if (i > 0 && i < digits && (digits - i) % 3 == 0)
            out[at++] = ',';
        out[at++] = plain[i];
    }
    out[at] = '\0';
}

static struct figure format(double value, int decimals, const char *sign)
{
    char plain[40], separated[40];
    struct figure figure;
    snprintf(plain, sizeof plain, "%.*f", decimals, fabs(value));
    separate(plain, separated, sizeof separated);
    bool nothing = strspn(plain, "0.") == strlen(plain);
    snprintf(figure.text, sizeof figure.text, "%.2s%.37s", nothing ? "" : sign, separated);
    return figure;
}

static int decimals_of(double size)
{
    /* By what it rounds to: 9.999 is 10.0. */
    return size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
}

static struct figure unknown(void)
{
    return (struct figure){"-"};
}

struct figure figure_of(double value, const char *unit)
{
    if (isnan(value))
        return unknown();
    double shown = figure_is_share(unit) ? 100 * value : value;
    int decimals = figure_is_share(unit) ? 1 : decimals_of(fabs(shown));
    return format(shown, decimals, shown < 0 ? "-" : "");
}

struct figure figure_change(double value, const char *unit)
{
    if (isnan(value))
        return unknown();
    double shown = figure_is_share(unit) ? 100 * value : value;
    return format(shown, decimals_of(fabs(shown)), shown < 0 ? "-" : "+");
}

static struct figure with_decimals(double value, int decimals, const char *plus)
{
    return isnan(value) ? unknown() : format(value, decimals, value < 0 ? "-" : plus);
}

struct figure figure_count(double value)
{
    return with_decimals(value, 0, "");
}

struct figure figure_count_change(double value)
{
    return with_decimals(value, 0, "+");
}

/* Of fewer than ten the first decimal counts. */
static int decimals_of_people(double value)
{
    return fabs(value) < 9.95 ? 1 : 0;
}

struct figure figure_people(double value)
{
    return with_decimals(value, decimals_of_people(value), "");
}

struct figure figure_people_change(double value)
{
    return with_decimals(value, decimals_of_people(value), "+");
}
