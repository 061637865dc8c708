/* The week: when patients come, and how units do by the hour at which they come.
 *
 * Weeks begin on Monday; simulated time begins at midnight of some weekday.
 */
#ifndef MODELS_WEEK_H
#define MODELS_WEEK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    WEEK_DAYS = 7,
    WEEK_HOURS = WEEK_DAYS * 24,
    WEEK_MIN = WEEK_HOURS * 60,
    WEEK_BINS_A_DAY = 8, /* of three hours, as arrivals were published */
    WEEK_BINS = WEEK_DAYS * WEEK_BINS_A_DAY,
};

/* When patients come. */
struct week {
    double before[WEEK_BINS + 1]; /* share of a week's arrivals before each three hours */
};

/* value: parameters by id; start_weekday: of simulated time, 0 is a Monday; from then on shares are
 * counted. False: the week has no weight. */
bool week_init(struct week *week, const double *value, int start_weekday);

/* Minutes from the start (0 to WEEK_MIN) by which the share `passed` of a week has come. */
double week_minute(const struct week *week, double passed);

/* How a unit that follows the published pattern does for those who come at an hour, relative to its
 * mean over all who come. */
struct week_performance {
    double ln_time[WEEK_HOURS]; /* logarithm of the ratio of minutes to scan and needle */
    double treated[WEEK_HOURS]; /* ratio of the share treated among those in time */
};

void week_performance_init(struct week_performance *performance, const double *value);

/* The hour of the week, from Monday 0 h, at a simulated time, which is not negative. */
uint8_t week_hour(double time_min, int start_weekday);

#endif
