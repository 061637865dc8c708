/* The small scenario of fixtures/small, as it stands or with something in it changed. */
#ifndef STROKESIM_TESTS_SCENARIOS_SMALL_H
#define STROKESIM_TESTS_SCENARIOS_SMALL_H

#include "scenarios/scenario.h"
#include "tests/scenarios/folders.h"
#include "tests/scenarios/said.h"

#include <math.h>
#include <unistd.h>

static const char small[] = STROKESIM_ROOT "/tests/scenarios/fixtures/small";

/* Reads a scenario in which nothing is wrong. */
static inline struct scenario *read_good(const char *path, const char *variant,
                                         const char *const *set, size_t sets)
{
    const struct scenario_options options = {
        .set = set, .sets = sets, .variant = variant, .years = NAN};
    struct diagnosis *diagnosis = diagnosis_new();
    struct scenario *scenario = scenario_read(path, &options, diagnosis);
    expect_said(diagnosis, "");
    cr_assert_not_null(scenario);
    return scenario;
}

/* Puts a copy of the small scenario into the current folder, with one text in one of its files
   changed for another. */
static inline void copy_small(const char *file, const char *from, const char *to)
{
    static const char *const files[] = {"scenario.yaml",         "areas.csv",  "hospitals.csv",
                                        "hospitals-central.csv", "travel.csv", "transfers.csv"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[SCRATCH_SIZE];
        char *text = slurp(in(path, small, files[i]));
        if (file && strcmp(file, files[i]) == 0) {
            char *at = strstr(text, from);
            cr_assert_not_null(at, "%s has no '%s'", file, from);
            char *changed = calloc(1, strlen(text) + strlen(to) + 1);
            sprintf(changed, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
            free(text);
            text = changed;
        }
        spill(files[i], text);
        free(text);
    }
}

/* A scratch folder to be the current one, and the way out of it. */
static inline void enter(char folder[SCRATCH_SIZE])
{
    scratch_make(folder);
    cr_assert_eq(chdir(folder), 0);
}

static inline void leave(const char *folder)
{
    cr_assert_eq(chdir("/"), 0);
    scratch_remove(folder);
}

/* What is said of the scenario in the current folder; the result agrees with it. */
static inline void expect_here(const struct scenario_options *options, const char *wanted)
{
    struct diagnosis *diagnosis = diagnosis_new();
    struct scenario *scenario = scenario_read(".", options, diagnosis);
    cr_assert_eq(scenario == NULL, diagnosis_errors(diagnosis) > 0);
    scenario_free(scenario);
    expect_said(diagnosis, wanted);
}

struct fault {
    const char *file, *from, *to, *wanted;
};

static inline void expect_faults(const struct fault *faults, size_t count)
{
    char folder[SCRATCH_SIZE];
    enter(folder);
    for (size_t i = 0; i < count; i++) {
        copy_small(faults[i].file, faults[i].from, faults[i].to);
        expect_here(NULL, faults[i].wanted);
    }
    leave(folder);
}

#endif
