#include <criterion/criterion.h>
#include <string.h>

#include "scenarios/write/manifest.h"
#include "scenarios/write/sha256.h"
#include "tests/models/small_region.h"
#include "tests/scenarios/folders.h"

/* A run of the small design that is one of its kind. */
struct kind {
    uint64_t asked;
    bool alone, unstable;
    bool observed; /* its input is what was observed */
    const char *variant;
};

/* The manifest of such a run, to be freed; inputs: where it reads them, or NULL. */
static char *manifest_of(const struct kind *kind, const char *input)
{
    static const size_t both[] = {LOCAL, CENTRAL};
    char folder[SCRATCH_SIZE], path[SCRATCH_SIZE], name[] = "small", title[] = "Small";
    char input_name[] = "areas.csv", input_path[SCRATCH_SIZE];
    scratch_make(folder);
    struct scenario scenario = {.name = name, .title = title};
    small_design(&scenario.design);
    struct design *design = &scenario.design;
    design->years = 0.25;
    design->seed = UINT64_MAX;
    design->configuration[CENTRAL].title = strdup("With \"eight\" units");
    small_design_write(design, BOTH, P_RUN_WARMUP_DAYS, 20);
    small_design_write(design, CENTRAL, P_BEDS_LIMITED, 0);
    small_design_push(design, CENTRAL, P_OUTCOME_ORGANISED_CARE_OR, 0.7);
    spread_default(P_OUTCOME_ORGANISED_CARE_OR,
                   &design->configuration[LOCAL].spread[P_OUTCOME_ORGANISED_CARE_OR]);
    spread_default(P_OUTCOME_ORGANISED_CARE_OR,
                   &design->configuration[CENTRAL].spread[P_OUTCOME_ORGANISED_CARE_OR]);
    design->configuration[CENTRAL].set_by_hand[P_OUTCOME_ORGANISED_CARE_OR] = true;
    if (kind->unstable)
        small_design_write(design, BOTH, P_RUN_MAX_INSIDE, 10);
    struct experiment_options options = {.configurations = both,
                                         .count = kind->alone ? 1 : 2,
                                         .replications = kind->asked,
                                         .precision_metric = METRIC_LIVES_SAVED,
                                         .precision_half_width = 1e9,
                                         .threads = 1};
    struct experiment experiment;
    enum model_status status;
    cr_assert_eq(experiment_run(&experiment, design, &options, &status), EXPERIMENT_OK);
    struct scenario_input inputs[] = {
        {.name = input_name, .path = input_path, .observed = kind->observed}};
    if (input != NULL) {
        spill(in(input_path, folder, "read.csv"), input);
        scenario.input = inputs;
        scenario.inputs = 1;
    }
    struct results_about about = {.scenario = &scenario,
                                  .version = "1.2.3",
                                  .command = "strokesim compare 'a b' --set x=\"1\"",
                                  .variant = kind->variant,
                                  .start = 0,
                                  .end = 86399};
    struct write_fault fault = {0};
    cr_assert(manifest_write(in(path, folder, "manifest.json"), &experiment, &about, &fault), "%s",
              fault.text);
    char *text = slurp(path);
    experiment_fini(&experiment);
    design_fini(design);
    scratch_remove(folder);
    return text;
}

static void expect_in(const char *text, const char *wanted)
{
    cr_expect_not_null(strstr(text, wanted), "no %s in %s", wanted, text);
}

Test(manifest, says_how_to_make_it_again)
{
    struct kind kind = {.asked = 3};
    char *text = manifest_of(&kind, "area,group\n");
    char hex[SHA256_HEX_SIZE];
    expect_in(text, "\"version\": \"1.2.3\",\n");
    expect_in(text, "\"command\": \"strokesim compare 'a b' --set x=\\\"1\\\"\",\n");
    expect_in(text, "\"kind\": \"comparison\",\n  \"scenario\": \"small\",\n"
                    "  \"title\": \"Small\",\n  \"baseline\": \"local\",\n"
                    "  \"variant\": null,\n");
    expect_in(text, "\"seed\": 18446744073709551615,\n  \"years\": 0.25,\n");
    expect_in(text, "\"replications_asked\": 3,\n  \"replications\": 3,\n");
    expect_in(text, "\"warm_up_days\": 20,\n  \"warm_up_by\": \"hand\",\n");
    expect_in(text, "\"status\": \"complete\",\n");
    expect_in(text, "\"title\": \"With \\\"eight\\\" units\",\n");
    expect_in(text, "\"unstable\": false,");
    expect_in(text,
              "\"start\": \"1970-01-01T00:00:00Z\",\n  \"end\": \"1970-01-01T23:59:59Z\"\n}\n");
    expect_in(text, "\"c_library\": \"glibc 2.");
    char path[] = "/tmp/strokesim-manifest-XXXXXX";
    int descriptor = mkstemp(path);
    cr_assert_geq(descriptor, 0);
    spill(path, "area,group\n");
    cr_assert(sha256_file(path, hex, NULL));
    remove(path);
    expect_in(text, hex);
    expect_in(text, "\"file\": \"areas.csv\"");
    cr_expect_null(strstr(text, "/tmp/"), "no path of the machine: %s", text);
    free(text);
}

/* Parameters that differ from the dictionary, and those that are uncertain; not what is solved. */
Test(manifest, lists_what_differs_and_what_is_uncertain)
{
    struct kind kind = {.asked = 2, .variant = "low"};
    char *text = manifest_of(&kind, NULL);
    expect_in(text, "\"variant\": \"low\"");
    char *central = strstr(text, "\"name\": \"central\"");
    cr_assert_not_null(central);
    expect_in(central, "\"outcome.organised_care_or\": 0.7");
    expect_in(central, "\"uncertain\": []");
    expect_in(central, "\"policy.name\": 1");
    expect_in(central, "\"policy\": \"nearest_hasu\",\n      \"beds_limited\": false,\n");
    *central = '\0';
    expect_in(text, "\"policy\": \"nearest\",\n      \"beds_limited\": true,\n");
    expect_in(text, "\"uncertain\": [\n        \"outcome.organised_care_or\"\n      ]");
    expect_in(text, "\"parameters\": {\n        \"run.warmup_days\": 20\n      },");
    cr_expect_null(strstr(text, "treated_if_eligible\": null"));
    free(text);
}

/* One configuration is compared with nothing. What was observed is no input of a result. */
Test(manifest, of_a_run_alone)
{
    struct kind kind = {.asked = 2, .alone = true, .observed = true};
    char *text = manifest_of(&kind, "measure\n");
    expect_in(text, "\"kind\": \"run\",\n");
    expect_in(text, "\"baseline\": null,\n");
    expect_in(text, "\"inputs\": [],\n");
    cr_expect_null(strstr(text, "\"central\""));
    free(text);
}

Test(manifest, tells_precision_and_instability)
{
    struct kind kind = {.asked = 0};
    char *text = manifest_of(&kind, NULL);
    expect_in(text, "\"replications_asked\": \"by precision\",\n  \"replications\": 32,\n");
    free(text);
    kind = (struct kind){.asked = 2, .unstable = true};
    text = manifest_of(&kind, NULL);
    expect_in(text, "\"unstable\": true,");
    cr_expect_null(strstr(text, "\"unstable\": false,"));
    free(text);
}
