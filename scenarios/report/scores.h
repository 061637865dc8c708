/* The figures that a reader is shown first, and what they are called there. */
#ifndef SCENARIOS_REPORT_SCORES_H
#define SCENARIOS_REPORT_SCORES_H

#include <stdbool.h>
#include <stddef.h>

/* A figure: summary.csv's name, what a reader calls it, and the unit that decides how it is
 * rounded. */
struct score {
    const char *metric, *label, *unit;
    bool millions; /* shown in millions */
};

struct scores {
    const struct score *score;
    size_t count;
};

/* Deaths, disability, treatment, safety; then cost, beds, ambulances and staff. */
struct scores scores_of_quality(void);
struct scores scores_of_productivity(void);

#endif
