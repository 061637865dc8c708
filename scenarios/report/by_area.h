/* The results by area, by group of areas and by fifth of deprivation, and where hospitals are and
 * what they do: every table of places read once.
 *
 * What a table does not say is NAN; names are those of the results, borrowed. A group's value
 * under one configuration is that of its areas, each counted by its strokes; its change is what
 * groups.csv says.
 */
#ifndef SCENARIOS_REPORT_BY_AREA_H
#define SCENARIOS_REPORT_BY_AREA_H

#include <stdbool.h>
#include <stddef.h>

#include "scenarios/report/results_read.h"

enum by_metric {
    BY_STROKES,   /* a year, as simulated */
    BY_TRAVEL,    /* mean ambulance journey, min */
    BY_IVT,       /* share of strokes treated with thrombolysis */
    BY_ORGANISED, /* share of strokes cared for on a stroke unit */
    BY_DEATHS,    /* expected share dead within 90 days */
    BY_METRICS
};

enum { BY_FIFTHS = 5 };

/* A mean over replications and its 95% interval. */
struct by_figure {
    double mean, low, high;
};

struct by_place {
    const char *name;
    double lat, lon; /* degrees; of a group its strokes-weighted centre */
    size_t group;    /* of an area; `groups` where it has none */
};

struct by_area {
    size_t configurations, areas, groups, hospitals;
    struct by_place *area, *group, *hospital;
    bool located; /* at least one area has coordinates */

    /* [configuration][place][metric]; changes are configuration less baseline. */
    struct by_figure *area_value, *group_value, *area_change, *group_change, *fifth_change;

    /* [configuration][hospital]: the role as units.csv has it (NULL: not in this configuration),
     * and strokes treated there first, a year. */
    const char **role;
    double *treated;
};

/* NULL: out of memory, or no area has results (there is no areas.csv); *failed tells which. */
struct by_area *by_area_read(const struct results_read *results, bool *failed);
void by_area_free(struct by_area *by); /* NULL is legal */

struct by_figure by_area_value(const struct by_area *by, size_t configuration, size_t area,
                               enum by_metric metric);
struct by_figure by_group_value(const struct by_area *by, size_t configuration, size_t group,
                                enum by_metric metric);

/* Where area_differences.csv is missing, the difference of the values, without an interval. */
struct by_figure by_area_change(const struct by_area *by, size_t configuration, size_t area,
                                enum by_metric metric);
struct by_figure by_group_change(const struct by_area *by, size_t configuration, size_t group,
                                 enum by_metric metric);
/* fifth: from 0, the most deprived. */
struct by_figure by_fifth_change(const struct by_area *by, size_t configuration, size_t fifth,
                                 enum by_metric metric);

/* Times a factor: deaths per 1,000 strokes of a share. */
struct by_figure by_times(struct by_figure figure, double factor);

/* Whether the interval lies on one side of 0. */
bool by_surely_above(struct by_figure figure);
bool by_surely_below(struct by_figure figure);

/* Whether a figure changes anywhere at all. */
bool by_changes(const struct by_area *by, size_t configuration, enum by_metric metric);

/* The share of strokes that live where the mean journey takes at most so many minutes; NAN where
 * no area has one. */
double by_share_within(const struct by_area *by, size_t configuration, double minutes);

#endif
