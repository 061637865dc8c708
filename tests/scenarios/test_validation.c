/* What was observed in London is for comparison only. It stands in one file, and nothing that is
 * computed may depend on it. */
#include <criterion/criterion.h>
#include <ctype.h>
#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scenarios/write/results.h"
#include "tests/scenarios/folders.h"
#include "tests/scenarios/said.h"

/* A whole file of any length; *length without the end mark. */
static char *read_whole(const char *path, size_t *length)
{
    struct stat status;
    cr_assert_eq(stat(path, &status), 0, "%s", path);
    *length = (size_t)status.st_size;
    char *text = calloc(1, *length + 1);
    FILE *stream = fopen(path, "rb");
    cr_assert_not_null(stream);
    cr_assert_eq(fread(text, 1, *length, stream), *length);
    fclose(stream);
    return text;
}

static void copy_london(const char *target)
{
    static const char london[] = STROKESIM_ROOT "/scenarios/london-2010";
    cr_assert_eq(mkdir(target, 0777), 0);
    DIR *entries = opendir(london);
    cr_assert_not_null(entries);
    for (const struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        char from[SCRATCH_SIZE + 300], to[SCRATCH_SIZE + 300];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(from, sizeof from, "%s/%s", london, entry->d_name);
        struct stat status;
        if (stat(from, &status) != 0 || !S_ISREG(status.st_mode))
            continue; /* designs are no part of the scenario */
        snprintf(to, sizeof to, "%s/%s", target, entry->d_name);
        size_t length;
        char *text = read_whole(from, &length);
        spill(to, text);
        free(text);
    }
    closedir(entries);
}

/* Halves every figure of the estimate, low and high columns; how many there were. */
static size_t halve(const char *path)
{
    size_t length, halved = 0;
    char *text = read_whole(path, &length);
    FILE *stream = fopen(path, "wb");
    cr_assert_not_null(stream);
    int column = 0;
    bool in_remark = *text == '#', quoted = false;
    for (char *at = text; *at != '\0';) {
        char *end = at;
        bool starts = at == text || at[-1] == ',' || at[-1] == '\n';
        double value =
            starts && !in_remark && column >= 6 && column <= 8 && (isdigit(*at) || *at == '-')
                ? strtod(at, &end)
                : 0;
        if (end > at && (*end == ',' || *end == '\n')) {
            fprintf(stream, "%g", value / 2);
            halved++;
            at = end;
            continue;
        }
        quoted = quoted != (*at == '"' && !in_remark);
        column = *at == ',' && !quoted ? column + 1 : *at == '\n' ? 0 : column;
        in_remark = *at == '\n' ? at[1] == '#' : in_remark;
        fputc(*at++, stream);
    }
    fclose(stream);
    free(text);
    return halved;
}

static bool add(void *context, const struct experiment *experiment, uint64_t replication,
                const struct trial_results *trial)
{
    return results_add(context, experiment, replication, trial);
}

/* The results of the scenario in a folder, at a length that takes a moment. */
static void run_into(const char *path, const char *target)
{
    static const size_t both[] = {0, 1};
    struct scenario_options scenario_options = {.years = 15.0 / 365};
    struct diagnosis *diagnosis = diagnosis_new();
    struct scenario *scenario = scenario_read(path, &scenario_options, diagnosis);
    expect_said(diagnosis, "");
    cr_assert_not_null(scenario);
    for (size_t i = 0; i < scenario->inputs; i++)
        cr_expect_eq(scenario->input[i].observed,
                     strcmp(scenario->input[i].name, "observed.csv") == 0);
    size_t configuration;
    enum parameter_id which;
    cr_assert(design_prepare(&scenario->design, &configuration, &which));
    for (size_t c = 0; c < 2; c++)
        scenario->design.configuration[c].parameters.value[P_RUN_WARMUP_DAYS] = 5;
    struct write_fault fault = {0};
    struct output_folder *folder = output_folder_new(target, OUTPUT_REFUSE, &fault);
    struct results *results = results_open(folder, scenario, true, &fault);
    struct experiment_options options = {.configurations = both,
                                         .count = 2,
                                         .replications = 2,
                                         .draws = 2,
                                         .threads = 2,
                                         .patients = true,
                                         .replication_done = add,
                                         .context = results};
    struct experiment experiment;
    enum model_status status;
    cr_assert_eq(experiment_run(&experiment, &scenario->design, &options, &status), EXPERIMENT_OK);
    struct results_about about = {.scenario = scenario, .version = "0", .command = "test"};
    cr_assert(results_close(results, &experiment, &about, &fault), "%s", fault.text);
    cr_assert(output_folder_commit(folder, &fault), "%s", fault.text);
    output_folder_free(folder);
    experiment_fini(&experiment);
    scenario_free(scenario);
}

static const char *const files[] = {
    "areas.csv",       "costs.csv",    "differences.csv",  "groups.csv",
    "drivers.csv",     "patients.csv", "replications.csv", "summary.csv",
    "manifest.json",   "units.csv",    "places.csv",       "area_differences.csv",
    "deprivation.csv", "ce_plane.csv", "parameters.csv",   "destinations.csv"};

enum { FILES = sizeof files / sizeof *files };

/* How many result files differ between two folders, observed.csv aside. */
static size_t different(const char *a, const char *b)
{
    size_t count = 0;
    cr_assert_eq(entries_in(a), FILES + 1);
    for (size_t i = 0; i < FILES; i++) {
        char path[SCRATCH_SIZE];
        size_t of_a, of_b;
        char *text_a = read_whole(in(path, a, files[i]), &of_a);
        char *text_b = read_whole(in(path, b, files[i]), &of_b);
        cr_assert_gt(of_a, 100);
        count += of_a != of_b || memcmp(text_a, text_b, of_a) != 0;
        free(text_a);
        free(text_b);
    }
    return count;
}

/* Whether the two folders' observed.csv agree in all but what was observed: in every field of every
 * row before it. */
static void expect_same_predictions(const char *a, const char *b, size_t rows)
{
    char path[SCRATCH_SIZE];
    size_t length, found = 0;
    char *text_a = read_whole(in(path, a, "observed.csv"), &length);
    char *text_b = read_whole(in(path, b, "observed.csv"), &length);
    cr_expect_str_neq(text_a, text_b, "half of each figure is another figure");
    char *next_a, *next_b, *row_b = strtok_r(text_b, "\n", &next_b);
    for (char *row_a = strtok_r(text_a, "\n", &next_a); row_a != NULL && row_b != NULL;
         row_a = strtok_r(NULL, "\n", &next_a), row_b = strtok_r(NULL, "\n", &next_b), found++) {
        size_t before = 0;
        bool quoted = false;
        for (int column = 0; column < 9 && row_a[before] != '\0'; before++) {
            quoted = quoted != (row_a[before] == '"');
            column += row_a[before] == ',' && !quoted;
        }
        cr_expect_eq(strncmp(row_a, row_b, before), 0, "%s\n%s", row_a, row_b);
    }
    cr_expect_eq(found, 1 + rows);
    free(text_a);
    free(text_b);
}

Test(validation, what_was_observed_changes_no_result)
{
    char root[SCRATCH_SIZE], copy[SCRATCH_SIZE], path[SCRATCH_SIZE], observed[SCRATCH_SIZE];
    char out[4][SCRATCH_SIZE];
    scratch_make(root);
    in(copy, root, "london");
    for (int i = 0; i < 4; i++) {
        char name[8];
        snprintf(name, sizeof name, "out-%d", i);
        in(out[i], root, name);
    }
    copy_london(copy);
    run_into(copy, out[0]);
    in(observed, copy, "observed.csv");
    cr_assert_geq(halve(observed), 17);
    run_into(copy, out[1]);
    cr_expect_eq(different(out[0], out[1]), 0);
    expect_same_predictions(out[0], out[1], 12);
    /* Fewer figures are as little to any other result. */
    spill(observed, "measure,comparison,configuration,metric,role,unit,estimate,low,high,source\n"
                    "few,value,distributed,strokes,,a year,1,,,nobody\n");
    run_into(copy, out[2]);
    cr_expect_eq(different(out[0], out[2]), 0);
    /* What is read does change results: the comparison can fail. */
    size_t length;
    char *text = read_whole(in(path, copy, "scenario.yaml"), &length);
    char *central = strstr(text, "value: 0.15");
    cr_assert_not_null(central);
    memcpy(central, "value: 0.12", 11);
    spill(path, text);
    free(text);
    run_into(copy, out[3]);
    cr_expect_gt(different(out[0], out[3]), 5);
    scratch_remove(root);
}
