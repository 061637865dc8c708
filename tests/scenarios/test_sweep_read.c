/* A sweep's tables, read back for its report. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "scenarios/report/sweep_read.h"
#include "tests/scenarios/folders.h"

#define MANIFEST(status, analyse)                                                                  \
    "{\"program\": \"strokesim\", \"version\": \"" STROKESIM_VERSION "\", \"command\": \"c\", "    \
    "\"scenario\": \"s\", \"status\": \"" status "\", \"configurations\": [\"a\", \"b\", \"c\"], " \
    "\"design\": {\"kind\": \"oat\", \"analyse\": " analyse "}}"

#define HEAD "point,baseline,configuration,metric,unit,mean,sd,ci_low,ci_high,replications\n"
#define LIVES(point, configuration, figures)                                                       \
    point ",a," configuration ",lives_saved,a year," figures "\n"

#define SENSITIVITY                                                                                \
    "parameter,metric,index,value,ci_low,ci_high\nk,lives_saved,low,1,,\n"                         \
    "k,lives_saved,high,2,,\n,lives_saved,share_of_noise,0.5,,\n"

struct folder {
    char path[SCRATCH_SIZE];
    struct diagnosis *diagnosis;
    struct results_read *results;
};

static struct folder make(const char *manifest, const char *design, const char *differences,
                          const char *sensitivity)
{
    struct folder folder = {.diagnosis = diagnosis_new()};
    char path[SCRATCH_SIZE];
    scratch_make(folder.path);
    spill(in(path, folder.path, "manifest.json"), manifest);
    spill(in(path, folder.path, "design.csv"), design);
    spill(in(path, folder.path, "sweep_differences.csv"), differences);
    if (sensitivity != NULL)
        spill(in(path, folder.path, "sensitivity.csv"), sensitivity);
    folder.results = results_read(folder.path, folder.diagnosis);
    return folder;
}

static void done(struct folder *folder)
{
    results_read_free(folder->results);
    diagnosis_free(folder->diagnosis);
    scratch_remove(folder->path);
}

static const char differences[] = HEAD LIVES("1", "b", "7,1,6,8,2")
    LIVES("1", "c", "1,1,0,2,2") "1,a,c,deaths_90d,,5,,,,2\n" LIVES("3", "c", "-4,1,-5,-3,2")
        LIVES("4", "b", "9,1,8,10,2") LIVES("4", "c", ",,,,0");

/* Of the configuration that the design is about, each point with its own row of the design, also
   where points are missing; what could not be run is counted. */
Test(sweep_read, gives_lives_at_each_point)
{
    struct folder folder =
        make(MANIFEST("partial", "null"), "point,k\n1,10\n2,20\n3,30\n4,40\n", differences, NULL);
    struct sweep_lives lives;
    cr_assert_not_null(folder.results);
    cr_expect_eq(folder.results->of, RESULTS_OF_SWEEP);
    cr_expect_str_eq(folder.results->kind, "oat");
    cr_expect_eq(sweep_analysed(folder.results), 2);
    cr_assert(sweep_lives_read(folder.results, &lives));
    cr_assert_eq(lives.points, 2);
    cr_expect_eq(lives.impossible, 1);
    cr_expect_eq(lives.at[0].lives, 1);
    cr_expect_eq(lives.at[0].row, 0);
    cr_expect_eq(lives.at[1].lives, -4);
    cr_expect_eq(lives.at[1].low, -5);
    cr_expect_eq(lives.at[1].high, -3);
    cr_expect_eq(lives.at[1].row, 2);
    sweep_lives_free(&lives);
    done(&folder);
}

Test(sweep_read, takes_the_configuration_that_the_design_names)
{
    struct folder folder =
        make(MANIFEST("partial", "\"b\""), "point,k\n1,10\n4,40\n", differences, NULL);
    struct sweep_lives lives;
    cr_assert_eq(sweep_analysed(folder.results), 1);
    cr_assert(sweep_lives_read(folder.results, &lives));
    cr_assert_eq(lives.points, 2);
    cr_expect_eq(lives.at[1].lives, 9);
    cr_expect_eq(lives.at[1].row, 1);
    sweep_lives_free(&lives);
    done(&folder);
}

Test(sweep_read, finds_rows_of_the_analysis)
{
    struct folder folder =
        make(MANIFEST("complete", "null"), "point,k\n1,10\n", differences, SENSITIVITY);
    cr_assert_not_null(folder.results);
    cr_expect_eq(diagnosis_count(folder.diagnosis), 0);
    cr_expect_eq(sweep_sensitivity(folder.results, "k", "lives_saved", "high"), 1);
    cr_expect_eq(sweep_sensitivity(folder.results, "", "lives_saved", "share_of_noise"), 2);
    cr_expect_eq(sweep_sensitivity(folder.results, "k", "strokes", "high"), SIZE_MAX);
    done(&folder);
}

/* An analysis is missed where the design makes one, and not before all points are in. */
Test(sweep_read, misses_what_should_be_there)
{
    static const struct {
        const char *manifest;
        size_t warnings;
    } cases[] = {{MANIFEST("complete", "null"), 1}, {MANIFEST("partial", "null"), 1}};
    static const char *const says[] = {"what drives the result", "stopped before its last point"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct folder folder = make(cases[i].manifest, "point,k\n1,10\n", differences, NULL);
        cr_assert_not_null(folder.results);
        cr_assert_eq(diagnosis_count(folder.diagnosis), cases[i].warnings);
        cr_expect(strstr(diagnosis_at(folder.diagnosis, 0)->message, says[i]) != NULL);
        done(&folder);
    }
}

/* Only lives saved are held of the differences, and names are as they were. */
Test(sweep_read, holds_lives_alone)
{
    struct folder folder = make(MANIFEST("partial", "null"), "point,k\n1,10\n",
                                HEAD "1,a,\"c, \"\"d\"\"\",lives_saved,a year,1,,,,2\n"
                                     "1,a,c,strokes,a year,500,,,,2\n",
                                NULL);
    cr_assert_not_null(folder.results);
    const struct table *table = folder.results->table[RESULTS_SWEEP_DIFFERENCES];
    cr_assert_eq(table_row_count(table), 1);
    cr_expect_str_eq(results_text(table, 0, "configuration"), "c, \"d\"");
    cr_expect_eq(results_number(table, 0, "mean"), 1);
    done(&folder);
}

/* The last row may be torn, as a machine without power leaves it; one within is a damaged file. */
Test(sweep_read, leaves_out_a_torn_row_at_the_end_alone)
{
    static const char *const after[] = {"", "\n" LIVES("3", "c", "1,1,0,2,2")};
    static const char whole[] = HEAD LIVES("1", "c", "1,1,0,2,2") "2,a,c,lives_saved,a y";
    for (size_t i = 0; i < 2; i++) {
        char text[sizeof whole + 80];
        snprintf(text, sizeof text, "%s%s", whole, after[i]);
        struct folder folder =
            make(MANIFEST("complete", "null"), "point,k\n1,10\n", text, SENSITIVITY);
        cr_assert_eq(folder.results != NULL, i == 0);
        cr_assert_eq(diagnosis_count(folder.diagnosis), i);
        if (i == 1)
            cr_expect_eq(diagnosis_at(folder.diagnosis, 0)->line, 3);
        done(&folder);
    }
}

/* Never more than asked for, from the first on, and no fewer than half. */
Test(sweep_read, thins_evenly)
{
    static const size_t counts[] = {0, 1, 1999, 2000, 2001, 3999, 4000, 4001, 100000, 1000001};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        size_t step = sweep_step(counts[i], SWEEP_MOST_DRAWN), drawn = 0;
        for (size_t at = 0; at < counts[i]; at += step)
            drawn++;
        cr_expect(step >= 1 && drawn <= SWEEP_MOST_DRAWN);
        cr_expect(counts[i] <= SWEEP_MOST_DRAWN ? drawn == counts[i]
                                                : drawn > SWEEP_MOST_DRAWN / 2);
    }
}

Test(sweep_read, knows_factors_by_their_words)
{
    cr_expect_str_eq(sweep_factor_words("demand.multiplier"),
                     "strokes a year relative to the areas file; fewer are a subset of more");
    cr_expect_str_eq(sweep_factor_words("hospital.\"A\".hasu_beds"), "");
}
