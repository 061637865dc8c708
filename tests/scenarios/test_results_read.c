/* A results folder, read back for the report. */
#include <math.h>
#include <string.h>

#include "scenarios/report/results_read.h"
#include "tests/scenarios/folders.h"

#define MANIFEST(version, status)                                                                  \
    "{\"program\": \"strokesim\", \"version\": \"" version "\", \"command\": \"c\", "              \
    "\"scenario\": \"s\", \"title\": \"T\", \"years\": 2.5, \"status\": \"" status                 \
    "\", \"configurations\": [{\"name\": \"a\", \"title\": null, \"unstable\": false}, "           \
    "{\"name\": \"b\", \"title\": \"B\", \"unstable\": true}]}"

#define SUMMARY                                                                                    \
    "configuration,metric,unit,mean,sd,ci_low,ci_high,replications\n"                              \
    "a,strokes,a year,10,1,9,11,4\nb,strokes,a year,,,,,4\nb,mortality_90d,share,0.5,,,,4\n"
#define DIFFERENCES                                                                                \
    "baseline,configuration,metric,unit,mean,sd,ci_low,ci_high,year_low,year_high,evidence_low,"   \
    "evidence_high,replications\na,b,lives_saved,a year,7,1,6,8,5,9,-1,,4\n"

struct folder {
    char path[SCRATCH_SIZE];
    struct diagnosis *diagnosis;
};

static struct folder make(const char *manifest, const char *summary, const char *differences)
{
    struct folder folder = {.diagnosis = diagnosis_new()};
    char path[SCRATCH_SIZE];
    scratch_make(folder.path);
    if (manifest != NULL)
        spill(in(path, folder.path, "manifest.json"), manifest);
    if (summary != NULL)
        spill(in(path, folder.path, "summary.csv"), summary);
    if (differences != NULL)
        spill(in(path, folder.path, "differences.csv"), differences);
    return folder;
}

static void done(struct folder *folder)
{
    diagnosis_free(folder->diagnosis);
    scratch_remove(folder->path);
}

static bool says(const struct folder *folder, const char *what)
{
    for (size_t i = 0; i < diagnosis_count(folder->diagnosis); i++)
        if (strstr(diagnosis_at(folder->diagnosis, i)->message, what) != NULL)
            return true;
    return false;
}

Test(results_read, says_what_the_files_say)
{
    struct folder folder = make(MANIFEST(STROKESIM_VERSION, "complete"), SUMMARY, DIFFERENCES);
    struct results_read *results = results_read(folder.path, folder.diagnosis);
    cr_assert_not_null(results);
    cr_expect_str_eq(results->title, "T");
    cr_expect_eq(results->configurations, 2);
    cr_expect_str_eq(results->configuration[0].title, "");
    cr_expect_str_eq(results->configuration[1].title, "B");
    cr_expect(!results->configuration[0].unstable && results->configuration[1].unstable);
    cr_expect_eq(results_mean(results, 0, "strokes"), 10);
    cr_expect(isnan(results_mean(results, 1, "strokes")), "an empty field is no number");
    cr_expect_eq(results_mean(results, 1, "mortality_90d"), 0.5);
    cr_expect(isnan(results_mean(results, 0, "mortality_90d")));
    struct read_difference lives = results_difference(results, 1, "lives_saved");
    cr_expect(lives.mean == 7 && lives.ci_low == 6 && lives.ci_high == 8 && lives.year_low == 5 &&
              lives.year_high == 9 && lives.evidence_low == -1 && isnan(lives.evidence_high));
    cr_expect(isnan(results_difference(results, 1, "strokes").mean));
    cr_expect_eq(results_configuration(results, "b"), 1);
    cr_expect_eq(results_configuration(results, "c"), 2);
    cr_expect_eq(results_manifest_number(results, "years"), 2.5);
    cr_expect(isnan(results_manifest_number(results, "title")));
    results_read_free(results);
    done(&folder);
}

/* What is missing is said; what nothing works without is refused. */
Test(results_read, refuses_what_it_cannot_show)
{
    static const struct {
        const char *manifest, *summary, *differences, *said;
    } cases[] = {
        {NULL, SUMMARY, DIFFERENCES, "there is no manifest.json"},
        {"{}", SUMMARY, DIFFERENCES, "no manifest of a run"},
        {"{\"program\": \"strokesim\", \"configurations\": []}", SUMMARY, DIFFERENCES,
         "no manifest of a run"},
        {"not json: [", SUMMARY, DIFFERENCES, ""},
        {MANIFEST(STROKESIM_VERSION, "complete"), NULL, DIFFERENCES, "the file is missing"},
        {MANIFEST(STROKESIM_VERSION, "complete"), SUMMARY, NULL, "the file is missing"},
        {MANIFEST(STROKESIM_VERSION, "complete"), SUMMARY, "baseline,configuration\na,b\n",
         "there is no column 'metric'"},
        {MANIFEST(STROKESIM_VERSION, "complete"), "a,b\n1\n", DIFFERENCES, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct folder folder = make(cases[i].manifest, cases[i].summary, cases[i].differences);
        cr_expect_null(results_read(folder.path, folder.diagnosis), "case %zu", i);
        cr_expect_gt(diagnosis_errors(folder.diagnosis), 0, "case %zu", i);
        cr_expect(says(&folder, cases[i].said), "case %zu: %s", i, cases[i].said);
        done(&folder);
    }
}

Test(results_read, warns_of_what_a_reader_should_know)
{
    struct folder folder = make(MANIFEST("0.0.1", "partial"), SUMMARY, DIFFERENCES);
    char path[SCRATCH_SIZE];
    spill(in(path, folder.path, "drivers.csv"), "configuration,driver\na,b\n");
    struct results_read *results = results_read(folder.path, folder.diagnosis);
    cr_assert_not_null(results);
    cr_expect_eq(diagnosis_errors(folder.diagnosis), 0);
    cr_expect(says(&folder, "of strokesim 0.0.1"));
    cr_expect(says(&folder, "stopped before it was finished"));
    cr_expect(
        says(&folder, "no column 'mean', so the report leaves out where the lives come from"));
    cr_expect(says(&folder, "the file is missing, so the report leaves out the bill"));
    cr_expect_null(results->table[RESULTS_DRIVERS]);
    results_read_free(results);
    done(&folder);
}
