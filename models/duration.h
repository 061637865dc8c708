/* How long something lasts: a family of distributions with a mean and a spread.
 *
 * Planners know means and standard deviations of stays, not the shape and scale that a formula
 * wants, so a duration is described by those two and made ready once. One uniform gives one
 * duration, rising with it (sim/variate.h), so whoever stays long in one configuration stays long
 * in another.
 */
#ifndef MODELS_DURATION_H
#define MODELS_DURATION_H

enum duration_family {
    DURATION_CONSTANT,
    DURATION_EXPONENTIAL,
    DURATION_GAMMA,
    DURATION_LOGNORMAL,
    DURATION_UNIFORM,
    DURATION_FAMILIES
};

struct duration {
    enum duration_family family;
    double mean, sd; /* in whatever unit of time the caller uses */
    double a, b;     /* made ready: mu and sigma, shape and scale, least and most */
};

const char *duration_name(enum duration_family family);
int duration_find(const char *name); /* or -1 */

/* Whether no such duration can be, given that `mean` is a number: NULL when it can, else what is
 * wrong, as the end of a sentence; `remedy` then says what would be right. An `sd` of NAN: not
 * given, which is right for a constant and an exponential. Constant strings. */
const char *duration_fault(enum duration_family family, double mean, double sd,
                           const char **remedy);

/* Makes one ready that has no fault. */
struct duration duration_of(enum duration_family family, double mean, double sd);

/* The same with every value multiplied by `factor` (>= 0). */
struct duration duration_scaled(const struct duration *duration, double factor);

/* `u` in (0, 1). Never negative. */
double duration_draw(const struct duration *duration, double u);

#endif
