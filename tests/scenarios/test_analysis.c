/* What is made of all points of a sweep, from tables written by hand. */
#include <criterion/criterion.h>

#include "scenarios/sweep/analysis.h"
#include "scenarios/sweep/merge.h"
#include "scenarios/sweep/sweep_manifest.h"
#include "tests/scenarios/folders.h"
#include "tests/scenarios/said.h"

static const char manifest[] = "{\n"
                               "  \"program\": \"strokesim\",\n"
                               "  \"command\": \"%s\",\n"
                               "  \"status\": \"%s\",\n"
                               "  \"points\": %d,\n"
                               "%s"
                               "  \"configurations\": [\"now\", \"then\"],\n"
                               "  \"design\": {\n"
                               "    \"file\": \"d.yaml\", \"sha256\": \"%s\",\n"
                               "    \"kind\": \"%s\", \"size\": %d, \"morris_levels\": 0,\n"
                               "    \"seed\": 1, \"analyse\": null, \"factors\": [%s],\n"
                               "    \"metrics\": [\"lives_saved\"],\n"
                               "    \"thresholds_gbp\": [0, 100]\n"
                               "  }\n"
                               "}\n";

static void spill_manifest(const char *folder, const char *command, const char *status, int points,
                           const char *shard, const char *sha256, const char *kind,
                           const char *factors)
{
    char path[SCRATCH_SIZE], text[2048];
    sprintf(text, manifest, command, status, points, shard, sha256, kind, points, factors);
    spill(in(path, folder, "manifest.json"), text);
}

#define HEADER "point,baseline,configuration,metric,unit,mean,sd,ci_low,ci_high,replications\n"

/* Two draws of a psa: lives, QALYs and cost of each, as the fields from the mean on. */
static void spill_draws(const char *folder, const char *const first[3], const char *const second[3])
{
    static const char row[] = "%d,now,then,lives_saved,a year,%s\n"
                              "%d,now,then,qalys_lifetime,a year,%s\n"
                              "%d,now,then,cost_lifetime_gbp,GBP a year,%s\n";
    char path[SCRATCH_SIZE], text[1024] = HEADER;
    sprintf(text + strlen(text), row, 1, first[0], 1, first[1], 1, first[2]);
    sprintf(text + strlen(text), row, 2, second[0], 2, second[1], 2, second[2]);
    spill(in(path, folder, "sweep_differences.csv"), text);
    spill(in(path, folder, "design.csv"), "point,x.y\n1,0.5\n2,0.7\n");
    spill_manifest(folder, "c", "complete", 2, "", "0", "psa", "");
}

static void expect_written(const char *folder)
{
    struct write_fault fault = {0};
    cr_expect(analysis_write(folder, &fault), "%s", fault.text);
}

/* y is 10 in the middle, 8 and 15 at the ends of the first factor, and does not hang on the second;
 * each with a standard error of 1.5 / sqrt(9) = 0.5, so a difference has sqrt(0.5). */
Test(analysis, one_at_a_time_is_ends_less_centre)
{
    char folder[SCRATCH_SIZE], path[SCRATCH_SIZE];
    scratch_make(folder);
    spill_manifest(folder, "c", "complete", 5, "", "0", "oat", "\"a.b\", \"c.d\"");
    spill(in(path, folder, "sweep_differences.csv"),
          HEADER "1,now,then,lives_saved,a year,10,1.5,,,9\n"
                 "2,now,then,lives_saved,a year,8,1.5,,,9\n"
                 "3,now,then,lives_saved,a year,15,1.5,,,9\n"
                 "4,now,then,lives_saved,a year,10,1.5,,,9\n"
                 "5,now,then,lives_saved,a year,10,1.5,,,9\n");
    expect_written(folder);
    char *text = slurp(in(path, folder, "sensitivity.csv"));
    cr_expect_not_null(strstr(text, "a.b,lives_saved,low,-2,-3.38590"), "%s", text);
    cr_expect_not_null(strstr(text, "a.b,lives_saved,high,5,3.61409"), "%s", text);
    cr_expect_not_null(strstr(text, "a.b,lives_saved,swing,7,5.61409"), "%s", text);
    cr_expect_not_null(strstr(text, "c.d,lives_saved,swing,0,-1.38590"), "%s", text);
    /* mean se^2 0.25, variance of 10 8 15 10 10: 6.8 */
    cr_expect_not_null(strstr(text, ",lives_saved,share_of_noise,0.0367647"), "%s", text);
    free(text);
    scratch_remove(folder);
}

/* Two draws, a QALY more and a QALY less for nothing: at GBP 100 a QALY one would take it in the
 * first and leave it in the second, worth 50 on average, and without knowing it is worth nothing.
 */
Test(analysis, of_draws_the_plane_the_curve_and_perfect_information)
{
    char folder[SCRATCH_SIZE], path[SCRATCH_SIZE];
    scratch_make(folder);
    spill_draws(folder, (const char *[]){"3,0,,,4", "1,0,,,4", "0,0,,,4"},
                (const char *[]){"5,0,,,4", "-1,0,,,4", "0,0,,,4"});
    expect_written(folder);
    expect_file(in(path, folder, "ce_plane.csv"), "draw,qalys,cost_gbp\n1,1,0\n2,-1,0\n");
    expect_file(in(path, folder, "ceac.csv"), "threshold_gbp,probability\n0,0\n100,0.5\n");
    char *text = slurp(in(path, folder, "evpi.csv"));
    cr_expect_not_null(strstr(text, "\n0,all,0,0,0\n"), "%s", text);
    cr_expect_not_null(strstr(text, "\n100,all,50,"), "%s", text);
    cr_expect_not_null(strstr(text, "\n100,all: simulation noise alone,0,,\n"), "%s", text);
    cr_expect_not_null(strstr(text, "\n100,x,"), "%s", text);
    free(text);
    text = slurp(in(path, folder, "sensitivity.csv"));
    cr_expect_not_null(strstr(text, "\n,lives_saved,evidence,4,3.05,4.95\n"), "%s", text);
    free(text);
    scratch_remove(folder);
}

/* A draw without figures is left out; a folder without a manifest is refused with its name. */
Test(analysis, what_has_no_figures_is_left_out)
{
    char folder[SCRATCH_SIZE], path[SCRATCH_SIZE];
    struct write_fault fault = {0};
    scratch_make(folder);
    cr_expect(!analysis_write(folder, &fault));
    cr_expect_not_null(strstr(fault.text, "manifest.json is not the manifest of a sweep"));
    spill_draws(folder, (const char *[]){",,,,0", ",,,,0", ",,,,0"},
                (const char *[]){"5,0,,,4", "2,0,,,4", "30,0,,,4"});
    expect_written(folder);
    expect_file(in(path, folder, "ce_plane.csv"), "draw,qalys,cost_gbp\n2,2,30\n");
    expect_file(in(path, folder, "ceac.csv"), "threshold_gbp,probability\n0,0\n100,1\n");
    scratch_remove(folder);
}

/* What differs between two manifests is named; a changed file by its name; what may differ is not;
 * another machine is a warning. */
Test(analysis, manifests_of_one_run_differ_in_nothing_that_matters)
{
    char one[SCRATCH_SIZE], two[SCRATCH_SIZE], a[SCRATCH_SIZE], b[SCRATCH_SIZE];
    static const struct {
        const char *command, *status, *shard, *sha256;
        int points;
        enum sweep_manifest_sameness sameness;
        bool same;
    } cases[] = {
        {"c", "complete", "", "0", 3, SWEEP_SAME_RUN, true},
        {"other", "partial", "", "0", 3, SWEEP_SAME_RUN, true},
        {"c", "complete", "", "1", 3, SWEEP_SAME_RUN, false},
        {"c", "complete", "", "0", 4, SWEEP_SAME_RUN, false},
        {"c", "complete", "  \"shard\": 2,\n", "0", 3, SWEEP_SAME_RUN, false},
        {"c", "complete", "  \"shard\": 2,\n", "0", 3, SWEEP_SAME_SWEEP, true},
        {"c", "complete", "  \"c_library\": \"other\",\n", "0", 3, SWEEP_SAME_RUN, true},
    };
    scratch_make(one);
    scratch_make(two);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct diagnosis *diagnosis = diagnosis_new();
        const char *first =
            strstr(cases[i].shard, "c_library") ? "  \"c_library\": \"here\",\n" : "";
        spill_manifest(one, "c", "complete", 3, first, "0", "lhs", "");
        spill_manifest(two, cases[i].command, cases[i].status, cases[i].points, cases[i].shard,
                       cases[i].sha256, "lhs", "");
        bool same = sweep_manifest_compare(in(a, one, "manifest.json"), in(b, two, "manifest.json"),
                                           cases[i].sameness, diagnosis);
        cr_expect_eq(same, cases[i].same, "case %zu", i);
        cr_expect_eq(diagnosis_warnings(diagnosis), *first != '\0', "case %zu", i);
        if (*cases[i].sha256 == '1')
            cr_expect_str_eq(diagnosis_at(diagnosis, 0)->key, "d.yaml");
        diagnosis_free(diagnosis);
    }
    scratch_remove(one);
    scratch_remove(two);
}
