#include "scenarios/report/results_read.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scenarios/read/number.h"
#include "scenarios/report/lives_table.h"
#include "scenarios/write/path.h"

enum { MOST_COLUMNS = 10 };

/* What a report takes from each file; a folder of an older version may lack some. */
static const struct file_info {
    const char *name, *shows; /* what is left out without it; NULL: nothing works without it */
    const char *column[MOST_COLUMNS];
} info[RESULTS_FILES] = {
    [RESULTS_SUMMARY] = {"summary.csv", NULL, {"configuration", "metric", "unit", "mean"}},
    [RESULTS_DIFFERENCES] = {"differences.csv",
                             NULL,
                             {"baseline", "configuration", "metric", "mean", "ci_low", "ci_high",
                              "year_low", "year_high", "evidence_low", "evidence_high"}},
    [RESULTS_DRIVERS] = {"drivers.csv",
                         "where the lives come from",
                         {"configuration", "driver", "mean", "ci_low", "ci_high"}},
    [RESULTS_UNITS] = {"units.csv",
                       "hospitals and beds",
                       {"configuration", "hospital", "role", "metric", "mean"}},
    [RESULTS_AREAS] = {"areas.csv",
                       "journeys before and after",
                       {"configuration", "area", "group", "metric", "mean"}},
    [RESULTS_AREA_DIFFERENCES] = {"area_differences.csv",
                                  "the map and who gains or loses most",
                                  {"configuration", "area", "group", "metric", "mean", "ci_low",
                                   "ci_high"}},
    [RESULTS_GROUPS] = {"groups.csv",
                        "gains and losses by group of areas",
                        {"configuration", "group", "metric", "mean", "ci_low", "ci_high"}},
    [RESULTS_DEPRIVATION] = {"deprivation.csv",
                             "gains and losses by deprivation",
                             {"configuration", "fifth", "metric", "mean", "ci_low", "ci_high"}},
    [RESULTS_COSTS] = {"costs.csv",
                       "the bill",
                       {"configuration", "item", "quantity", "unit", "unit_cost_gbp", "mean_gbp"}},
    [RESULTS_TARGETS] = {"targets.csv", "targets", {"configuration", "target", "met"}},
    [RESULTS_PLACES] = {"places.csv", "the map", {"place", "kind", "group", "lat", "lon"}},
    [RESULTS_DESTINATIONS] = {"destinations.csv",
                              "where ambulances go",
                              {"configuration", "area", "group", "from_day", "hospital",
                               "minutes"}},
    [RESULTS_CE_PLANE] = {"ce_plane.csv",
                          "the cost-effectiveness plane",
                          {"configuration", "draw", "qalys", "cost_gbp"}},
    [RESULTS_PARAMETERS] = {"parameters.csv",
                            "the table of assumptions",
                            {"parameter", "configuration", "value", "unit", "meaning", "source",
                             "standing"}},
    [RESULTS_OBSERVED] = {"observed.csv",
                          "what was observed",
                          {"measure", "predicted", "observed", "source"}},
    [RESULTS_COUNTED_UNITS] = {"counted_units.csv",
                               "how full the beds are that there are",
                               {"configuration", "hospital", "role", "metric", "mean"}},
    [RESULTS_COUNTED_DIFFERENCES] = {"counted_differences.csv",
                                     "the answer with the beds that there are",
                                     {"configuration", "metric", "mean", "ci_low", "ci_high"}},
    [RESULTS_DESIGN] = {"design.csv", NULL, {"point"}},
    [RESULTS_SWEEP_DIFFERENCES] = {"sweep_differences.csv",
                                   NULL,
                                   {"point", "configuration", "metric", "mean", "ci_low", "ci_high",
                                    "replications"}},
    [RESULTS_SENSITIVITY] = {"sensitivity.csv",
                             "what drives the result",
                             {"parameter", "metric", "index", "value", "ci_low", "ci_high"}},
    [RESULTS_SWEEP_PLANE] = {"ce_plane.csv",
                             "the cost-effectiveness plane",
                             {"draw", "qalys", "cost_gbp"}},
    [RESULTS_CEAC] = {"ceac.csv",
                      "how likely it is worth its money",
                      {"threshold_gbp", "probability"}},
    [RESULTS_EVPI] = {"evpi.csv",
                      "what better evidence would be worth",
                      {"threshold_gbp", "parameter_group", "value_gbp"}},
};

static bool is_psa_only(enum results_file file)
{
    return file == RESULTS_SWEEP_PLANE || file == RESULTS_CEAC || file == RESULTS_EVPI;
}

/* What a sweep's design makes; a sweep that was stopped has made nothing of its points yet. */
static bool sweep_has(const struct results_read *results, enum results_file file)
{
    bool psa = strcmp(results->kind, "psa") == 0;
    bool analysed = strcmp(results->status, "complete") == 0;
    if (file == RESULTS_DESIGN)
        return true;
    if (results->configurations < 2)
        return false;
    if (is_psa_only(file))
        return analysed && psa;
    if (file == RESULTS_SENSITIVITY)
        return analysed &&
               (psa || strcmp(results->kind, "oat") == 0 || strcmp(results->kind, "morris") == 0 ||
                strcmp(results->kind, "sobol_indices") == 0);
    return file == RESULTS_SWEEP_DIFFERENCES;
}

/* Not every run has these, and their absence says nothing. */
static bool may_be_absent(enum results_file file)
{
    return file == RESULTS_TARGETS || file == RESULTS_OBSERVED || file == RESULTS_GROUPS ||
           file == RESULTS_DEPRIVATION || file == RESULTS_CE_PLANE ||
           file == RESULTS_COUNTED_UNITS || file == RESULTS_COUNTED_DIFFERENCES;
}

const char *results_file_name(enum results_file file)
{
    return info[file].name;
}

static bool is_true(const struct yaml_node *node, const char *key)
{
    return strcmp(yaml_text_at(node, key), "true") == 0;
}

/* --- the manifest ----------------------------------------------------------------------------- */

/* Of a sweep there are names alone. */
static bool take_configurations(struct results_read *results, const struct yaml_node *list)
{
    size_t count = yaml_count(list);
    results->configuration = calloc(count + 1, sizeof *results->configuration);
    if (results->configuration == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct yaml_node *item = yaml_item(list, i);
        results->configuration[results->configurations++] = (struct read_configuration){
            .name = yaml_is_scalar(item) ? yaml_text(item) : yaml_text_at(item, "name"),
            .title = yaml_text_at(item, "title"),
            .policy = yaml_text_at(item, "policy"),
            .unstable = is_true(item, "unstable"),
            .beds_limited = is_true(item, "beds_limited"),
        };
    }
    return true;
}

static void say_what_is_odd(const struct results_read *results, const struct place *place,
                            struct diagnosis *diagnosis)
{
    if (strcmp(results->version, STROKESIM_VERSION) != 0)
        diagnosis_warning(diagnosis, place, "run it again with this version",
                          "the results are of strokesim %.40s, the report of %s", results->version,
                          STROKESIM_VERSION);
    if (strcmp(results->status, "complete") == 0)
        return;
    if (results->of == RESULTS_OF_SWEEP)
        diagnosis_warning(diagnosis, place, "strokesim sweep --resume goes on with it",
                          "the sweep was stopped before its last point, so this shows only the "
                          "points that were finished");
    else
        diagnosis_warning(diagnosis, place, NULL,
                          "the run was stopped before it was finished, so its figures are less "
                          "certain than asked for");
}

/* Results of this program, but of a kind that no report is made of. */
static bool has_no_report(const struct results_read *results, const struct yaml_node *root,
                          const struct place *place, struct diagnosis *diagnosis)
{
    if (strcmp(results->kind, "network") == 0)
        diagnosis_error(diagnosis, place, "its tables are CSV files for a spreadsheet",
                        "these are results of a network of wards, which have no report yet");
    else if (strcmp(results->kind, "beds") == 0)
        diagnosis_error(diagnosis, place, "beds.csv is a table for a spreadsheet",
                        "these are numbers of beds by strokesim beds, which have no report");
    else if (yaml_find(root, "shard") != NULL)
        diagnosis_error(diagnosis, place, "strokesim merge joins the shards, with a report",
                        "this is only one shard of a sweep");
    else
        return false;
    return true;
}

static bool take_manifest(struct results_read *results, const struct place *place,
                          struct diagnosis *diagnosis)
{
    const struct yaml_node *root = yaml_tree_root(results->manifest);
    const struct yaml_node *list = yaml_find(root, "configurations");
    results->scenario = yaml_text_at(root, "scenario");
    results->title = yaml_text_at(root, "title");
    results->version = yaml_text_at(root, "version");
    results->command = yaml_text_at(root, "command");
    results->status = yaml_text_at(root, "status");
    const struct yaml_node *design = yaml_find(root, "design");
    results->of = yaml_is_mapping(design) ? RESULTS_OF_SWEEP : RESULTS_OF_RUN;
    results->kind = yaml_text_at(results->of == RESULTS_OF_SWEEP ? design : root, "kind");
    if (strcmp(yaml_text_at(root, "program"), "strokesim") != 0 || !yaml_is_sequence(list) ||
        yaml_count(list) == 0) {
        diagnosis_error(diagnosis, place, "a folder that compare, whatif, run or sweep wrote",
                        "this is no manifest of a run of strokesim");
        return false;
    }
    if (has_no_report(results, root, place, diagnosis))
        return false;
    if (!take_configurations(results, list)) {
        diagnosis_out_of_memory(diagnosis);
        return false;
    }
    say_what_is_odd(results, place, diagnosis);
    return true;
}

/* --- the tables ------------------------------------------------------------------------------- */

/* A table without a column that the report needs is as good as none. */
static bool has_columns(const struct table *table, enum results_file file,
                        struct diagnosis *diagnosis)
{
    bool all = true;
    struct place place = {.file = info[file].name, .line = 1};
    for (size_t i = 0; i < MOST_COLUMNS && info[file].column[i] != NULL; i++) {
        if (table_column(table, info[file].column[i]) >= 0)
            continue;
        all = false;
        if (info[file].shows == NULL)
            diagnosis_error(diagnosis, &place, "run it again with this version",
                            "there is no column '%s'", info[file].column[i]);
        else
            diagnosis_warning(diagnosis, &place, "run it again with this version",
                              "there is no column '%s', so the report leaves out %s",
                              info[file].column[i], info[file].shows);
    }
    return all;
}

static void say_missing(enum results_file file, struct diagnosis *diagnosis)
{
    struct place place = {.file = info[file].name};
    if (info[file].shows == NULL)
        diagnosis_error(diagnosis, &place, "run it again", "the file is missing");
    else
        diagnosis_warning(diagnosis, &place, "run it again",
                          "the file is missing, so the report leaves out %s", info[file].shows);
}

/* A table without a row shows nothing; a chart of it would be blank. */
static bool has_rows(const struct table *table, enum results_file file, struct diagnosis *diagnosis)
{
    struct place place = {.file = info[file].name};
    if (table_row_count(table) > 0)
        return true;
    if (info[file].shows == NULL)
        diagnosis_error(diagnosis, &place, "run it again", "the table is empty");
    else if (!may_be_absent(file))
        diagnosis_warning(diagnosis, &place, "run it again",
                          "the table is empty, so the report leaves out %s", info[file].shows);
    return false;
}

static void read_table(struct results_read *results, enum results_file file,
                       struct diagnosis *diagnosis)
{
    char *path = path_join(results->folder, info[file].name);
    if (path == NULL) {
        diagnosis_out_of_memory(diagnosis);
        return;
    }
    bool there = access(path, F_OK) == 0;
    if (there && file == RESULTS_SWEEP_DIFFERENCES)
        results->table[file] = lives_table_read(path, info[file].name, diagnosis);
    else if (there)
        results->table[file] =
            table_read_file(path, info[file].name, TABLE_MAY_BE_EMPTY, diagnosis);
    else if (!may_be_absent(file))
        say_missing(file, diagnosis);
    free(path);
    if (results->table[file] != NULL && (!has_columns(results->table[file], file, diagnosis) ||
                                         !has_rows(results->table[file], file, diagnosis))) {
        table_free(results->table[file]);
        results->table[file] = NULL;
    }
}

/* A run of one configuration has nothing to compare, and no file that would. */
static bool compares_only(enum results_file file)
{
    return file == RESULTS_DIFFERENCES || file == RESULTS_DRIVERS || file == RESULTS_GROUPS ||
           file == RESULTS_AREA_DIFFERENCES || file == RESULTS_DEPRIVATION ||
           file == RESULTS_CE_PLANE;
}

static bool is_wanted(const struct results_read *results, enum results_file file)
{
    if (results->of == RESULTS_OF_SWEEP)
        return file >= RESULTS_DESIGN && sweep_has(results, file);
    return file < RESULTS_DESIGN && (results->configurations > 1 || !compares_only(file));
}

/* --- the folder ------------------------------------------------------------------------------- */

/* NULL: there is no manifest to read, and it was said why. */
static struct yaml_tree *read_manifest(const char *folder, const char *path,
                                       struct diagnosis *diagnosis)
{
    static const char remedy[] = "a folder that compare, whatif, run or sweep wrote";
    struct place place = {.file = folder};
    struct stat status;
    if (stat(folder, &status) != 0)
        diagnosis_error(diagnosis, &place, remedy, "there is no such folder");
    else if (!S_ISDIR(status.st_mode))
        diagnosis_error(diagnosis, &place, remedy, "this is a file, not a folder of results");
    else if (access(path, F_OK) != 0)
        diagnosis_error(diagnosis, &place, remedy,
                        "there is no manifest.json, so these are no results");
    else
        return yaml_tree_read_file(path, "manifest.json", diagnosis);
    return NULL;
}

struct results_read *results_read(const char *folder, struct diagnosis *diagnosis)
{
    struct results_read *results = calloc(1, sizeof *results);
    char *path = path_join(folder, "manifest.json");
    size_t errors = diagnosis_errors(diagnosis);
    if (results == NULL || path == NULL) {
        free(results);
        free(path);
        diagnosis_out_of_memory(diagnosis);
        return NULL;
    }
    results->folder = folder;
    struct place place = {.file = "manifest.json"};
    results->manifest = read_manifest(folder, path, diagnosis);
    free(path);
    if (results->manifest != NULL && take_manifest(results, &place, diagnosis))
        for (enum results_file file = 0; file < RESULTS_FILES; file++)
            if (is_wanted(results, file))
                read_table(results, file, diagnosis);
    if (diagnosis_errors(diagnosis) > errors) {
        results_read_free(results);
        return NULL;
    }
    return results;
}

void results_read_free(struct results_read *results)
{
    if (results == NULL)
        return;
    for (enum results_file file = 0; file < RESULTS_FILES; file++)
        table_free(results->table[file]);
    yaml_tree_free(results->manifest);
    free(results->configuration);
    free(results);
}

/* --- figures ---------------------------------------------------------------------------------- */

const char *results_text(const struct table *table, size_t row, const char *column)
{
    int at = table_column(table, column);
    return at < 0 ? "" : table_text(table, row, (size_t)at);
}

double results_number(const struct table *table, size_t row, const char *column)
{
    double value;
    return number_parse(results_text(table, row, column), &value) ? value : NAN;
}

static bool is_row_of(const struct table *table, size_t row, const char *configuration,
                      const char *metric)
{
    return strcmp(results_text(table, row, "metric"), metric) == 0 &&
           strcmp(results_text(table, row, "configuration"), configuration) == 0;
}

struct read_estimate results_estimate(const struct results_read *results, size_t configuration,
                                      const char *metric)
{
    const struct table *table = results->table[RESULTS_SUMMARY];
    const char *name = results->configuration[configuration].name;
    for (size_t row = 0; row < table_row_count(table); row++)
        if (is_row_of(table, row, name, metric))
            return (struct read_estimate){
                .mean = results_number(table, row, "mean"),
                .ci_low = results_number(table, row, "ci_low"),
                .ci_high = results_number(table, row, "ci_high"),
            };
    return (struct read_estimate){NAN, NAN, NAN};
}

double results_mean(const struct results_read *results, size_t configuration, const char *metric)
{
    return results_estimate(results, configuration, metric).mean;
}

static struct read_difference difference_in(const struct results_read *results,
                                            enum results_file file, size_t configuration,
                                            const char *metric)
{
    const struct table *table = results->table[file];
    const char *name = results->configuration[configuration].name;
    for (size_t row = 0; table != NULL && row < table_row_count(table); row++)
        if (is_row_of(table, row, name, metric))
            return (struct read_difference){
                .mean = results_number(table, row, "mean"),
                .ci_low = results_number(table, row, "ci_low"),
                .ci_high = results_number(table, row, "ci_high"),
                .year_low = results_number(table, row, "year_low"),
                .year_high = results_number(table, row, "year_high"),
                .evidence_low = results_number(table, row, "evidence_low"),
                .evidence_high = results_number(table, row, "evidence_high"),
            };
    return (struct read_difference){NAN, NAN, NAN, NAN, NAN, NAN, NAN};
}

struct read_difference results_difference(const struct results_read *results, size_t configuration,
                                          const char *metric)
{
    return difference_in(results, RESULTS_DIFFERENCES, configuration, metric);
}

struct read_difference results_counted_difference(const struct results_read *results,
                                                  size_t configuration, const char *metric)
{
    return difference_in(results, RESULTS_COUNTED_DIFFERENCES, configuration, metric);
}

size_t results_configuration(const struct results_read *results, const char *name)
{
    size_t c = 0;
    while (c < results->configurations && strcmp(results->configuration[c].name, name) != 0)
        c++;
    return c;
}

const char *results_manifest_text(const struct results_read *results, const char *key)
{
    return yaml_text_at(yaml_tree_root(results->manifest), key);
}

double results_manifest_number(const struct results_read *results, const char *key)
{
    double value;
    return number_parse(results_manifest_text(results, key), &value) ? value : NAN;
}
