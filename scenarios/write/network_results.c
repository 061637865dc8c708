#include "scenarios/write/network_results.h"

#include <stdlib.h>

#include "scenarios/write/folder_table.h"
#include "scenarios/write/json_writer.h"
#include "scenarios/write/manifest_parts.h"
#include "scenarios/write/network_tables.h"

struct network_results {
    const struct output_folder *folder;
    struct csv_writer *replications, *balance;
};

struct network_results *network_results_open(const struct output_folder *folder,
                                             struct write_fault *fault)
{
    struct network_results *results = calloc(1, sizeof *results);
    if (results == NULL) {
        write_fault_set(fault, 0, "out of memory");
        return NULL;
    }
    results->folder = folder;
    results->replications = output_folder_table(folder, "replications.csv", fault);
    if (results->replications != NULL)
        results->balance = output_folder_table(folder, "balance.csv", fault);
    if (results->balance == NULL) {
        csv_writer_abandon(results->replications);
        free(results);
        return NULL;
    }
    network_table_replications_header(results->replications);
    network_table_balance_header(results->balance);
    return results;
}

bool network_results_add(struct network_results *results,
                         const struct network_experiment *experiment, uint64_t replication,
                         const struct network_trial *trial)
{
    network_table_replications_add(results->replications, experiment, replication, trial);
    network_table_balance_add(results->balance, experiment, replication, trial);
    return !csv_writer_failed(results->replications) && !csv_writer_failed(results->balance);
}

static bool write_tables(const struct network_results *results,
                         const struct network_experiment *experiment, struct write_fault *fault)
{
    static const struct {
        const char *name;
        void (*write)(struct csv_writer *table, const struct network_experiment *experiment);
        bool compares, pools; /* only where there is something to compare with; where there are */
    } tables[] = {
        {"summary.csv", network_table_summary, false, false},
        {"differences.csv", network_table_differences, true, false},
        {"units.csv", network_table_units, false, false},
        {"delay.csv", network_table_delay, false, false},
        {"pools.csv", network_table_pools, false, true},
    };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        if ((tables[i].compares && experiment->arms < 2) ||
            (tables[i].pools && experiment->arm[0].network->pools == 0))
            continue;
        struct csv_writer *table = output_folder_table(results->folder, tables[i].name, fault);
        if (table == NULL)
            return false;
        tables[i].write(table, experiment);
        if (!csv_writer_close(table, fault))
            return false;
    }
    return true;
}

static void put_configurations(struct json_writer *json,
                               const struct network_experiment *experiment)
{
    json_writer_key(json, "configurations");
    json_writer_begin_array(json);
    for (size_t a = 0; a < experiment->arms; a++) {
        json_writer_begin_object(json);
        json_writer_text_at(json, "name", experiment->arm[a].network->name);
        json_writer_text_at(json, "title", experiment->arm[a].network->title);
        json_writer_boolean_at(json, "unstable", experiment->arm[a].unstable);
        manifest_put_multipliers(
            json, experiment->scenario->multiplier[experiment->arm[a].configuration]);
        json_writer_end_object(json);
    }
    json_writer_end_array(json);
}

static bool write_manifest(const char *path, const struct network_experiment *experiment,
                           const struct network_results_about *about, struct write_fault *fault)
{
    const struct scenario *scenario = experiment->scenario->about;
    struct json_writer *json = json_writer_open(path, fault);
    if (json == NULL)
        return false;
    manifest_begin(json, about->version, about->command);
    json_writer_text_at(json, "kind", "network");
    json_writer_text_at(json, "scenario", scenario->name);
    json_writer_unsigned_at(json, "seed", experiment->seed);
    json_writer_number_at(json, "years", scenario->design.years);
    json_writer_unsigned_at(json, "replications_asked", experiment->replications_asked);
    json_writer_unsigned_at(json, "replications", experiment->replications);
    json_writer_number_at(json, "warm_up_days", experiment->scenario->warm_up_days);
    json_writer_text_at(json, "warm_up_by", "hand");
    json_writer_number_at(json, "max_inside", experiment->scenario->max_inside);
    json_writer_text_at(json, "status", experiment->complete ? "complete" : "partial");
    put_configurations(json, experiment);
    return manifest_close(json, manifest_end(json, scenario, about->start, about->end, fault),
                          fault);
}

static bool put_manifest(const struct network_results *results,
                         const struct network_experiment *experiment,
                         const struct network_results_about *about, struct write_fault *fault)
{
    char *path = output_folder_file(results->folder, "manifest.json");
    if (path == NULL)
        return write_fault_set(fault, 0, "out of memory");
    bool written = write_manifest(path, experiment, about, fault);
    free(path);
    return written;
}

bool network_results_close(struct network_results *results,
                           const struct network_experiment *experiment,
                           const struct network_results_about *about, struct write_fault *fault)
{
    bool good = csv_writer_close(results->replications, fault);
    good = csv_writer_close(results->balance, fault) && good;
    good = good && experiment != NULL && write_tables(results, experiment, fault) &&
           put_manifest(results, experiment, about, fault);
    free(results);
    return good;
}
