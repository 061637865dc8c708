/*
 * An experiment on 1, 2 and 8 threads: every result file has the same bytes, whether replications
 * come in batches of sixteen or, with their patients, of four, and with draws of the evidence.
 * A plain program, so that it runs under the thread sanitizer too.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/experiment.h"
#include "scenarios/scenario.h"
#include "scenarios/write/path.h"
#include "scenarios/write/results.h"

static int failures = 0;

static void check(bool holds, const char *what)
{
    printf("%s - %s\n", holds ? "ok" : "not ok", what);
    failures += !holds;
}

static const char *const files[][2] = {
    {"scenario.yaml", "name: small\n"
                      "title: Small\n"
                      "start: 2025-01-06\n"
                      "years: 0.2\n"
                      "areas: areas.csv\n"
                      "hospitals: hospitals.csv\n"
                      "travel: estimate\n"
                      "transfers: estimate\n"
                      "parameters:\n"
                      "  beds.limited: 1\n"
                      "  run.warmup_days: 20\n"
                      "  fleet.other_calls_per_day: 12\n"
                      "configurations:\n"
                      "  - name: today\n"
                      "    policy: nearest\n"
                      "  - name: central\n"
                      "    from: today\n"
                      "    policy: nearest_hasu\n"
                      "    fleet: fleet.csv\n"
                      "    hospitals:\n"
                      "      North: {role: hasu+su, hasu_beds: 4}\n"
                      "      South: {role: su}\n"},
    {"areas.csv", "area,group,lat,lon,age_0_64,age_65_79,age_80_plus\n"
                  "Upper,A,52.30,-1.20,48000,8500,3200\n"
                  "Lower,B,52.10,-1.10,34000,6000,2100\n"},
    {"hospitals.csv", "hospital,lat,lon,role,hasu_beds,su_beds\n"
                      "North,52.31,-1.21,stroke,,12\n"
                      "South,52.09,-1.11,stroke,,8\n"},
    {"fleet.csv", "station,lat,lon,from_hour,to_hour,vehicles\n"
                  "North,52.30,-1.20,0,8,1\n"
                  "North,52.30,-1.20,8,24,2\n"},
};

static const char *const tables[] = {"summary.csv",  "differences.csv", "drivers.csv",
                                     "units.csv",    "areas.csv",       "costs.csv",
                                     "patients.csv", "replications.csv"};

enum { TABLES = sizeof tables / sizeof *tables, WITHOUT_PATIENTS = 6 };

static bool write_scenario(const char *folder)
{
    bool written = true;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *path = path_join(folder, files[i][0]);
        FILE *stream = fopen(path, "w");
        written = written && stream != NULL && fputs(files[i][1], stream) >= 0;
        if (stream != NULL)
            written = fclose(stream) == 0 && written;
        free(path);
    }
    return written;
}

static struct scenario *read_scenario(const char *folder)
{
    struct scenario_options options = {.years = NAN};
    struct diagnosis *diagnosis = diagnosis_new();
    struct scenario *scenario = scenario_read(folder, &options, diagnosis);
    diagnosis_print(diagnosis, stdout);
    diagnosis_free(diagnosis);
    size_t configuration;
    enum parameter_id which;
    if (scenario != NULL && !design_prepare(&scenario->design, &configuration, &which)) {
        scenario_free(scenario);
        scenario = NULL;
    }
    return scenario;
}

struct job {
    struct scenario *scenario;
    struct results *results;
};

static bool add(void *context, const struct experiment *experiment, uint64_t replication,
                const struct trial_results *trial)
{
    struct job *job = context;
    return results_add(job->results, experiment, replication, trial);
}

/* Runs the experiment into a folder of this name. */
static bool run(struct scenario *scenario, unsigned threads, bool patients, const char *target)
{
    static const size_t both[] = {0, 1};
    struct write_fault fault = {0};
    struct output_folder *folder = output_folder_new(target, OUTPUT_REFUSE, &fault);
    if (folder == NULL)
        return false;
    struct job job = {scenario, results_open(folder, scenario, patients, &fault)};
    struct experiment_options options = {.configurations = both,
                                         .count = 2,
                                         .replications = 35,
                                         .threads = threads,
                                         .draws = 19,
                                         .patients = patients,
                                         .replication_done = add,
                                         .context = &job};
    struct experiment experiment;
    enum model_status status;
    struct results_about about = {.scenario = scenario, .version = "0", .command = "test"};
    bool done = job.results != NULL &&
                experiment_run(&experiment, &scenario->design, &options, &status) == EXPERIMENT_OK;
    if (job.results != NULL)
        done = results_close(job.results, done ? &experiment : NULL, &about, &fault) && done;
    if (done)
        experiment_fini(&experiment);
    done = done && output_folder_commit(folder, &fault);
    output_folder_free(folder);
    return done;
}

/* A whole file; *length 0 when it cannot be read. */
static char *read_whole(const char *folder, const char *name, size_t *length)
{
    enum { MOST = 8 << 20 };
    char *path = path_join(folder, name), *text = malloc(MOST);
    FILE *stream = fopen(path, "rb");
    *length = stream == NULL ? 0 : fread(text, 1, MOST, stream);
    if (stream != NULL)
        fclose(stream);
    free(path);
    return text;
}

static bool same_tables(const char *a, const char *b, size_t count)
{
    bool same = true;
    for (size_t i = 0; i < count; i++) {
        size_t of_a, of_b;
        char *text_a = read_whole(a, tables[i], &of_a), *text_b = read_whole(b, tables[i], &of_b);
        bool equal = of_a > 100 && of_a == of_b && memcmp(text_a, text_b, of_a) == 0;
        if (!equal)
            printf("# %s: %zu and %zu bytes\n", tables[i], of_a, of_b);
        same = same && equal;
        free(text_a);
        free(text_b);
    }
    return same;
}

int main(void)
{
    static const unsigned threads[] = {1, 2, 8};
    char root[] = "/tmp/strokesim-threads-XXXXXX", target[64], first[64];
    if (mkdtemp(root) == NULL || !write_scenario(root)) {
        puts("not ok - a folder for the test");
        return EXIT_FAILURE;
    }
    snprintf(first, sizeof first, "%s/1-patients", root);
    struct scenario *scenario = read_scenario(root);
    check(scenario != NULL, "the scenario is read");
    for (size_t i = 0; scenario != NULL && i < sizeof threads / sizeof *threads; i++) {
        printf("# %u threads\n", threads[i]);
        snprintf(target, sizeof target, "%s/%u-patients", root, threads[i]);
        check(run(scenario, threads[i], true, target), "runs with patients");
        check(same_tables(first, target, TABLES), "every table has the same bytes");
        snprintf(target, sizeof target, "%s/%u", root, threads[i]);
        check(run(scenario, threads[i], false, target), "runs without patients");
        check(same_tables(first, target, WITHOUT_PATIENTS), "in larger batches too");
    }
    scenario_free(scenario);
    check(path_remove_tree(root, NULL), "nothing stays behind");
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
