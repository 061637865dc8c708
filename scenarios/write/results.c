#include "scenarios/write/results.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "scenarios/write/csv_writer.h"
#include "scenarios/write/folder_table.h"
#include "scenarios/write/manifest.h"
#include "scenarios/write/patient_table.h"
#include "scenarios/write/tables.h"
#include "scenarios/write/tables_observed.h"

struct results {
    const struct output_folder *folder;
    const struct scenario *scenario;
    struct csv_writer *replications;
    struct csv_writer *patients; /* NULL: not wanted */
};

static void replications_header(struct csv_writer *table)
{
    const char *name[2 + 2 * METRIC_COUNT];
    char expected[METRIC_COUNT][64];
    size_t n = 0;
    name[n++] = "replication";
    name[n++] = "configuration";
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++)
        if (metric != METRIC_LIVES_SAVED)
            name[n++] = metric_info(metric)->name;
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++)
        if (metric != METRIC_LIVES_SAVED && metric_info(metric)->by_probability) {
            snprintf(expected[metric], sizeof expected[metric], "%s_expected",
                     metric_info(metric)->name);
            name[n++] = expected[metric];
        }
    csv_writer_header(table, name, n);
}

struct results *results_open(const struct output_folder *folder, const struct scenario *scenario,
                             bool patients, struct write_fault *fault)
{
    struct results *results = calloc(1, sizeof *results);
    if (results == NULL) {
        write_fault_set(fault, 0, "out of memory");
        return NULL;
    }
    results->folder = folder;
    results->scenario = scenario;
    results->replications = output_folder_table(folder, "replications.csv", fault);
    if (results->replications != NULL && patients)
        results->patients = output_folder_table(folder, "patients.csv", fault);
    if (results->replications == NULL || (patients && results->patients == NULL)) {
        csv_writer_abandon(results->replications);
        free(results);
        return NULL;
    }
    replications_header(results->replications);
    if (patients)
        patient_table_header(results->patients);
    return results;
}

static void add_replication(struct csv_writer *table, const char *configuration,
                            uint64_t replication, const struct trial_result *result)
{
    bool stable = result->status == PATHWAY_OK;
    csv_writer_integer(table, (int64_t)replication);
    csv_writer_text(table, configuration);
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++)
        if (metric != METRIC_LIVES_SAVED)
            csv_writer_number(table, stable ? result->ledger.drawn[metric] : NAN);
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++)
        if (metric != METRIC_LIVES_SAVED && metric_info(metric)->by_probability)
            csv_writer_number(table, stable ? result->ledger.expected[metric] : NAN);
    csv_writer_end_row(table);
}

bool results_add(struct results *results, const struct experiment *experiment, uint64_t replication,
                 const struct trial_results *trial)
{
    for (size_t a = 0; a < experiment->arms; a++) {
        size_t c = experiment->arm[a].configuration;
        const struct trial_result *result = &trial->service[c];
        const char *name = results->scenario->design.configuration[c].name;
        add_replication(results->replications, name, replication, result);
        if (results->patients != NULL && result->status == PATHWAY_OK)
            patient_table_add(results->patients, experiment, c, replication, &trial->cohort,
                              result->path);
    }
    return !csv_writer_failed(results->replications) &&
           (results->patients == NULL || !csv_writer_failed(results->patients));
}

static bool compares(const struct experiment *experiment)
{
    return experiment->arms > 1;
}

static bool has_plane(const struct experiment *experiment)
{
    bool any = false;
    for (size_t a = 1; a < experiment->arms; a++)
        any = any || experiment_quotes(experiment, &experiment->arm[a], METRIC_QALYS_LIFETIME);
    return any && experiment->draws > 0;
}

static bool has_years(const struct experiment *experiment)
{
    return experiment->years > 0;
}

static bool has_census(const struct experiment *experiment)
{
    return experiment->arm[0].census.days > 0;
}

static bool compares_groups(const struct experiment *experiment)
{
    return compares(experiment) && experiment->groups.groups > 0;
}

static bool compares_fifths(const struct experiment *experiment)
{
    return compares(experiment) && experiment->fifths.groups > 0;
}

static bool has_targets(const struct experiment *experiment)
{
    return experiment->targets > 0;
}

static bool write_table(const struct results *results, const char *name,
                        void (*write)(struct csv_writer *table,
                                      const struct experiment *experiment),
                        const struct experiment *experiment, struct write_fault *fault)
{
    struct csv_writer *table = output_folder_table(results->folder, name, fault);
    if (table == NULL)
        return false;
    write(table, experiment);
    return csv_writer_close(table, fault);
}

static bool write_tables(const struct results *results, const struct experiment *experiment,
                         struct write_fault *fault)
{
    static const struct {
        const char *name;
        void (*write)(struct csv_writer *table, const struct experiment *experiment);
        bool (*applies)(const struct experiment *experiment); /* NULL: always */
    } tables[] = {
        {"summary.csv", tables_summary, NULL},
        {"differences.csv", tables_differences, compares},
        {"ce_plane.csv", tables_ce_plane, has_plane},
        {"drivers.csv", tables_drivers, compares},
        {"units.csv", tables_units, NULL},
        {"census.csv", tables_census, has_census},
        {"years.csv", tables_years, has_years},
        {"places.csv", tables_places, NULL},
        {"areas.csv", tables_areas, NULL},
        {"destinations.csv", tables_destinations, NULL},
        {"area_differences.csv", tables_area_differences, compares},
        {"groups.csv", tables_groups, compares_groups},
        {"deprivation.csv", tables_deprivation, compares_fifths},
        {"costs.csv", tables_costs, NULL},
        {"targets.csv", tables_targets, has_targets},
        {"parameters.csv", tables_parameters, NULL},
    };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if ((tables[i].applies == NULL || tables[i].applies(experiment)) &&
            !write_table(results, tables[i].name, tables[i].write, experiment, fault))
            return false;
    return true;
}

static bool write_observed(const struct results *results, const struct experiment *experiment,
                           struct write_fault *fault)
{
    const struct scenario *scenario = results->scenario;
    bool any = false;
    for (size_t i = 0; i < scenario->observations; i++)
        any = any || observed_applies(&scenario->observed[i], experiment);
    if (!any)
        return true;
    struct csv_writer *table = output_folder_table(results->folder, "observed.csv", fault);
    if (table == NULL)
        return false;
    tables_observed(table, experiment, scenario->observed, scenario->observations);
    return csv_writer_close(table, fault);
}

/* The comparison with beds counted has two tables: that of hospitals, and what it says in all. */
static bool write_counted(const struct results *results, const struct experiment *counted,
                          struct write_fault *fault)
{
    return counted == NULL ||
           (write_table(results, "counted_units.csv", tables_units, counted, fault) &&
            write_table(results, "counted_differences.csv", tables_differences, counted, fault));
}

static bool write_manifest(const struct results *results, const struct experiment *experiment,
                           const struct results_about *about, struct write_fault *fault)
{
    char *path = output_folder_file(results->folder, "manifest.json");
    if (path == NULL)
        return write_fault_set(fault, 0, "out of memory");
    bool written = manifest_write(path, experiment, about, fault);
    free(path);
    return written;
}

bool results_close(struct results *results, const struct experiment *experiment,
                   const struct results_about *about, struct write_fault *fault)
{
    bool good = csv_writer_close(results->replications, fault);
    if (results->patients != NULL)
        good = csv_writer_close(results->patients, fault) && good;
    good = good && experiment != NULL && write_tables(results, experiment, fault) &&
           write_observed(results, experiment, fault) &&
           write_counted(results, about->counted, fault) &&
           write_manifest(results, experiment, about, fault);
    free(results);
    return good;
}
