/* A results folder, read back: the manifest and the tables, with what is missing or strange said.
 *
 * The report knows nothing but these files, so it can be made again years later and elsewhere. A
 * table that is not there is NULL, and the report leaves out what it would show; what no report can
 * do without is an error. Warnings are for the top of the report as well as for the terminal.
 */
#ifndef SCENARIOS_REPORT_RESULTS_READ_H
#define SCENARIOS_REPORT_RESULTS_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "models/metric.h"
#include "scenarios/read/diagnosis.h"
#include "scenarios/read/table.h"
#include "scenarios/read/yaml_tree.h"

enum results_file {
    RESULTS_SUMMARY,
    RESULTS_DIFFERENCES,
    RESULTS_DRIVERS,
    RESULTS_UNITS,
    RESULTS_AREAS,
    RESULTS_AREA_DIFFERENCES,
    RESULTS_GROUPS,
    RESULTS_DEPRIVATION,
    RESULTS_COSTS,
    RESULTS_TARGETS,
    RESULTS_PLACES,
    RESULTS_DESTINATIONS,
    RESULTS_CE_PLANE,
    RESULTS_PARAMETERS,
    RESULTS_OBSERVED,
    RESULTS_COUNTED_UNITS, /* the same run with the beds that are counted */
    RESULTS_COUNTED_DIFFERENCES,
    RESULTS_DESIGN,            /* from here on of sweeps */
    RESULTS_SWEEP_DIFFERENCES, /* of lives saved alone */
    RESULTS_SENSITIVITY,
    RESULTS_SWEEP_PLANE,
    RESULTS_CEAC,
    RESULTS_EVPI,
    RESULTS_FILES
};

enum results_of { RESULTS_OF_RUN, RESULTS_OF_SWEEP };

struct read_configuration {
    const char *name, *title, *policy; /* title and policy may be empty */
    bool unstable, beds_limited;
};

struct results_read {
    const char *folder; /* as given */
    enum results_of of;
    const char *scenario, *title, *version, *command, *status;
    const char *kind; /* of a run, as the manifest has it; of a sweep, its design's ("psa") */
    struct yaml_tree *manifest;
    struct table *table[RESULTS_FILES];
    struct read_configuration *configuration; /* the first is the baseline */
    size_t configurations;
};

/* Every figure of one metric of a pair: what differences.csv says. NAN where it says nothing. */
struct read_difference {
    double mean, ci_low, ci_high, year_low, year_high, evidence_low, evidence_high;
};

/* A mean with the interval of the computing (95%). NAN where there is none. */
struct read_estimate {
    double mean, ci_low, ci_high;
};

/* NULL: there is nothing to report on, and at least one error says why. The folder's name is
 * borrowed. */
struct results_read *results_read(const char *folder, struct diagnosis *diagnosis);
void results_read_free(struct results_read *results); /* NULL is legal */

const char *results_file_name(enum results_file file);

/* The text of a field of a table's column by name ("" where there is no such column), and its
 * number (NAN where there is none). */
const char *results_text(const struct table *table, size_t row, const char *column);
double results_number(const struct table *table, size_t row, const char *column);

/* A configuration's mean of a metric (summary.csv), or NAN. */
double results_mean(const struct results_read *results, size_t configuration, const char *metric);

/* The same with its interval. */
struct read_estimate results_estimate(const struct results_read *results, size_t configuration,
                                      const char *metric);

/* What a configuration changes against the baseline (differences.csv). */
struct read_difference results_difference(const struct results_read *results, size_t configuration,
                                          const char *metric);

/* The same with the beds that are counted, where the run had them unlimited; else NAN. */
struct read_difference results_counted_difference(const struct results_read *results,
                                                  size_t configuration, const char *metric);

/* The configuration of a name, or `configurations`. */
size_t results_configuration(const struct results_read *results, const char *name);

/* A text of the manifest at its top level, or ""; a number, or NAN. */
const char *results_manifest_text(const struct results_read *results, const char *key);
double results_manifest_number(const struct results_read *results, const char *key);

#endif
