#include "scenarios/read/scenario_loader.h"

#include "scenarios/observed.h"
#include "scenarios/read/suggest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum column { MEASURE, COMPARISON, CONFIGURATION, METRIC, ROLE, UNIT, ESTIMATE, LOW, HIGH, SOURCE };

static const char *const known[] = {[MEASURE] = "measure",
                                    [COMPARISON] = "comparison",
                                    [CONFIGURATION] = "configuration",
                                    [METRIC] = "metric",
                                    [ROLE] = "role",
                                    [UNIT] = "unit",
                                    [ESTIMATE] = "estimate",
                                    [LOW] = "low",
                                    [HIGH] = "high",
                                    [SOURCE] = "source"};
enum { KNOWN = sizeof known / sizeof *known };

/* A row that is being read, and where its columns are. */
struct reading {
    struct loader *loader;
    const struct table *table;
    size_t row;
    int column[KNOWN];
    struct observed *observed;
};

static const char *text_at(const struct reading *reading, enum column column)
{
    return table_text(reading->table, reading->row, (size_t)reading->column[column]);
}

static struct place place_at(const struct reading *reading, enum column column)
{
    return table_place(reading->table, reading->row, (size_t)reading->column[column]);
}

/* Reports that what stands there is none of the words. */
static void report_word(const struct reading *reading, enum column column, const char *noun,
                        const char *const words[], size_t count, const char *remedy)
{
    char buffer[256];
    struct place place = place_at(reading, column);
    const char *text = text_at(reading, column);
    const char *near = suggest_remedy(text, words, count, buffer, sizeof buffer);
    if (*text == '\0')
        diagnosis_error(reading->loader->diagnosis, &place, remedy, "no %s is given", noun);
    else
        diagnosis_error(reading->loader->diagnosis, &place, near ? near : remedy,
                        "there is no %s '%.60s'", noun, text);
}

static bool read_comparison(const struct reading *reading)
{
    const char *names[OBSERVED_COMPARISONS];
    int found = observed_comparison_find(text_at(reading, COMPARISON));
    for (int i = 0; i < OBSERVED_COMPARISONS; i++)
        names[i] = observed_comparison_name((enum observed_comparison)i);
    if (found < 0)
        report_word(reading, COMPARISON, "comparison", names, OBSERVED_COMPARISONS,
                    "value, difference or relative");
    else
        reading->observed->comparison = (enum observed_comparison)found;
    return found >= 0;
}

static bool read_configuration(const struct reading *reading)
{
    const struct design *design = &reading->loader->scenario->design;
    const char *names[MOST_CONFIGURATIONS];
    bool nameless = design->configurations < reading->loader->drafts;
    size_t found = 0;
    for (size_t c = 0; c < design->configurations; c++) {
        names[c] = design->configuration[c].name;
        nameless = nameless || !reading->loader->draft[c].name;
    }
    while (found < design->configurations &&
           strcmp(names[found], text_at(reading, CONFIGURATION)) != 0)
        found++;
    reading->observed->configuration = found;
    if (found == design->configurations && !nameless)
        report_word(reading, CONFIGURATION, "configuration", names, design->configurations,
                    "the name of one of the scenario's");
    return found < design->configurations;
}

/* Before the metric, which is of hospitals where there is a role. */
static bool read_role(const struct reading *reading)
{
    struct hospital hospital = {0};
    struct place place = place_at(reading, ROLE);
    if (*text_at(reading, ROLE) == '\0')
        return true;
    if (!hospital_set(&hospital, "role", text_at(reading, ROLE), &place,
                      reading->loader->diagnosis))
        return false;
    reading->observed->roles = hospital.roles;
    if (hospital.roles != 0)
        return true;
    diagnosis_error(reading->loader->diagnosis, &place, "a role, or nothing for all together",
                    "hospitals without a role have no figures");
    return false;
}

/* The figures of a kind of place: of hospitals, or of all. */
static bool read_metric(const struct reading *reading)
{
    const char *names[METRIC_COUNT + UNIT_METRICS], *name = text_at(reading, METRIC);
    struct observed *observed = reading->observed;
    bool of_units = observed->roles != 0;
    size_t count = 0;
    int found = of_units ? unit_metric_find(name) : metric_find(name);
    for (enum unit_metric metric = 0; of_units && metric < UNIT_METRICS; metric++)
        names[count++] = unit_metric_name(metric);
    for (enum metric metric = 0; !of_units && metric < METRIC_COUNT; metric++)
        names[count++] = metric_info(metric)->name;
    if (found < 0)
        report_word(reading, METRIC, "metric", names, count,
                    of_units ? "a metric of units.csv" : "a metric of summary.csv or lives_saved");
    else if (of_units)
        observed->unit_metric = (enum unit_metric)found;
    else
        observed->metric = (enum metric)found;
    return found >= 0;
}

/* Whether the comparison is one that can be made. */
static bool check(const struct reading *reading)
{
    const struct observed *observed = reading->observed;
    struct diagnosis *diagnosis = reading->loader->diagnosis;
    struct place place = place_at(reading, COMPARISON);
    bool of_first = observed->comparison != OBSERVED_VALUE && observed->configuration == 0;
    bool saved = observed->roles == 0 && observed->metric == METRIC_LIVES_SAVED;
    if (observed->roles != 0 && observed->comparison != OBSERVED_VALUE)
        diagnosis_error(diagnosis, &place, "value, or no role", "figures of hospitals are values");
    else if (saved && observed->comparison != OBSERVED_DIFFERENCE)
        diagnosis_error(diagnosis, &place, "difference", "lives saved are a difference");
    else if (of_first)
        diagnosis_error(diagnosis, &place, "value, or another configuration",
                        "the first configuration does not differ from itself");
    else
        return true;
    return false;
}

/* As results have it, so that nobody compares per cent with shares. */
static bool check_unit(const struct reading *reading)
{
    const char *unit = observed_unit(reading->observed);
    struct place place = place_at(reading, UNIT);
    if (strcmp(text_at(reading, UNIT), unit) == 0)
        return true;
    diagnosis_error(reading->loader->diagnosis, &place, unit, "'%.60s' is not the unit of '%.60s'",
                    text_at(reading, UNIT), observed_metric_name(reading->observed));
    return false;
}

static bool read_figures(const struct reading *reading)
{
    struct observed *observed = reading->observed;
    double *const to[] = {&observed->estimate, &observed->low, &observed->high};
    bool good = true;
    for (size_t i = 0; i < 3; i++)
        good = table_number_or(reading->table, reading->row, (size_t)reading->column[ESTIMATE + i],
                               -INFINITY, INFINITY, NAN, reading->loader->diagnosis, to[i]) &&
               good;
    struct place place = place_at(reading, ESTIMATE);
    if (good && isnan(observed->estimate) && isnan(observed->low) && isnan(observed->high)) {
        diagnosis_error(reading->loader->diagnosis, &place, "an estimate, or low and high",
                        "nothing was observed");
        return false;
    }
    place = place_at(reading, LOW);
    if (!good || !(observed->low > observed->high))
        return good;
    diagnosis_error(reading->loader->diagnosis, &place, "the lower one first",
                    "low, %g, is above high, %g", observed->low, observed->high);
    return false;
}

static void read_row(const struct reading *reading)
{
    const char *measure = "", *source = "";
    bool good = table_name(reading->table, reading->row, (size_t)reading->column[MEASURE],
                           "measure", reading->loader->diagnosis, &measure);
    good = read_comparison(reading) && good;
    good = read_configuration(reading) && good;
    good = read_role(reading) && read_metric(reading) && good;
    if (table_given(reading->table, reading->row, (size_t)reading->column[SOURCE]))
        table_name(reading->table, reading->row, (size_t)reading->column[SOURCE], "source",
                   reading->loader->diagnosis, &source);
    read_figures(reading);
    if (good && check(reading))
        check_unit(reading);
    reading->observed->measure = loader_copy(reading->loader, measure);
    reading->observed->source = loader_copy(reading->loader, source);
}

static void read_rows(struct loader *loader, const struct table *table)
{
    struct scenario *scenario = loader->scenario;
    struct reading reading = {.loader = loader, .table = table};
    bool all = true;
    loader_check_columns(loader, table, known, KNOWN);
    for (size_t i = 0; i < KNOWN; i++) {
        reading.column[i] = loader_need_column(loader, table, known, KNOWN, known[i]);
        all = all && reading.column[i] >= 0;
    }
    if (!all)
        return;
    scenario->observed = calloc(table_row_count(table) + 1, sizeof *scenario->observed);
    if (!scenario->observed) {
        diagnosis_out_of_memory(loader->diagnosis);
        return;
    }
    for (; reading.row < table_row_count(table); reading.row++) {
        reading.observed = &scenario->observed[scenario->observations++];
        read_row(&reading);
    }
}

/* The file is no part of what made a result, so a manifest does not list it. */
void loader_read_observed(struct loader *loader)
{
    const char *named = loader_file_of(loader, loader->root, "observed");
    size_t inputs = loader->scenario->inputs;
    bool whole;
    struct table *table = named ? loader_read_table(loader, named, &whole) : NULL;
    for (; inputs < loader->scenario->inputs; inputs++)
        loader->scenario->input[inputs].observed = true;
    if (!table)
        return;
    read_rows(loader, table);
    table_free(table);
}
