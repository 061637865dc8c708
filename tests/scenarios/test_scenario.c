/* The loader of scenarios: what fixtures/small resolves to, and files that are not as they should
   be as a whole. What is said of single faults: test_scenario_faults.c. */
#include "tests/scenarios/small.h"

static const struct configuration *configuration(const struct scenario *scenario, const char *name)
{
    int place = scenario_find_configuration(scenario, name);
    cr_assert_geq(place, 0, "%s", name);
    return &scenario->design.configuration[place];
}

static void expect_spread(const struct configuration *in, enum parameter_id id,
                          enum parameter_family family, double low, double high)
{
    const struct spread *spread = &in->spread[id];
    cr_assert(spread->family == family && spread->low == low && spread->high == high,
              "%s: %s from %g to %g", parameter_info(id)->key,
              parameter_family_name(spread->family), spread->low, spread->high);
}

/* A parameter as written and as it runs. */
static void expect_value(const struct configuration *in, enum parameter_id id, double written,
                         double value)
{
    cr_assert(in->written.value[id] == written && in->parameters.value[id] == value,
              "%s in %s: %g, runs as %g", parameter_info(id)->key, in->name, in->written.value[id],
              in->parameters.value[id]);
}

Test(scenario, head_and_inputs)
{
    struct scenario *scenario = read_good(small, NULL, NULL, 0);
    cr_assert_str_eq(scenario->name, "small");
    cr_assert_str_eq(scenario->title, "A small region");
    cr_assert_str_eq(scenario->folder, small);
    cr_assert_str_eq(scenario->start, "2010-01-06");
    cr_assert_eq(scenario->design.start_weekday, 2);
    cr_assert_eq(scenario->design.years, 2);
    cr_assert_eq(scenario->design.seed, 7);
    static const char *const inputs[] = {"scenario.yaml",         "areas.csv",  "hospitals.csv",
                                         "hospitals-central.csv", "travel.csv", "transfers.csv"};
    cr_assert_eq(scenario->inputs, sizeof inputs / sizeof *inputs);
    for (size_t i = 0; i < scenario->inputs; i++) {
        char path[SCRATCH_SIZE];
        cr_assert_str_eq(scenario->input[i].name, inputs[i]);
        cr_assert_str_eq(scenario->input[i].path, in(path, small, inputs[i]));
        cr_assert_eq(access(scenario->input[i].path, R_OK), 0);
    }
    cr_assert_eq(scenario_find_configuration(scenario, "local"), 0);
    cr_assert_eq(scenario_find_configuration(scenario, "central"), 2);
    cr_assert_eq(scenario_find_configuration(scenario, "locl"), -1);
    scenario_free(scenario);
    scenario_free(NULL);
}

Test(scenario, options_over_the_head)
{
    const struct scenario_options options = {.years = 0.5, .seed_given = true, .seed = 99};
    struct diagnosis *diagnosis = diagnosis_new();
    struct scenario *scenario = scenario_read(small, &options, diagnosis);
    expect_said(diagnosis, "");
    cr_assert(scenario->design.years == 0.5 && scenario->design.seed == 99);
    scenario_free(scenario);
    /* No options at all, the file itself, and a slash at the end of the folder. */
    static const char *const paths[] = {STROKESIM_ROOT
                                        "/tests/scenarios/fixtures/small/scenario.yaml",
                                        STROKESIM_ROOT "/tests/scenarios/fixtures/small/"};
    for (size_t i = 0; i < 2; i++) {
        diagnosis = diagnosis_new();
        scenario = scenario_read(paths[i], NULL, diagnosis);
        expect_said(diagnosis, "");
        cr_assert_str_eq(scenario->folder, small);
        cr_assert_str_eq(scenario->input[0].name, "scenario.yaml");
        cr_assert(scenario->design.years == 2 && scenario->design.seed == 7);
        scenario_free(scenario);
    }
}

Test(scenario, region_and_minutes)
{
    struct scenario *scenario = read_good(small, NULL, NULL, 0);
    const struct region *region = &scenario->design.region;
    cr_assert(region->areas == 3 && region->sites == 3);
    cr_assert_str_eq(region->area[2].name, "Lower, by the river");
    cr_assert_str_eq(region->area[0].group, "North");
    cr_assert_str_eq(region->area[2].group, "");
    cr_assert(region->area[0].strokes_per_year == 100 && isnan(region->area[1].strokes_per_year));
    cr_assert(region->area[2].strokes_per_year == 80.5);
    cr_assert(region->area[0].population[BAND_65_79] == 0);
    cr_assert(region->area[1].population[BAND_80_PLUS] == 2500);
    cr_assert(region->area[1].lat == 51.5 && region->area[1].lon == -0.12);
    cr_assert(region->area[0].deprivation_score == 21.5);
    cr_assert(isnan(region->area[1].deprivation_score));
    cr_assert_str_eq(region->site[1].name, "West");
    cr_assert_str_eq(region->site[1].sector, "B");
    cr_assert_null(region->site[2].sector, "no file gives it one");
    cr_assert(region->site[2].lat == 51.41 && region->site[2].lon == -0.11);
    static const double minutes[3][3] = {{12, 18, 31}, {9.5, 8, 14}, {22, INFINITY, 4}};
    static const double transfers[3][3] = {{0, 15, 20}, {16, 0, 19}, {21, 18, 0}};
    for (size_t a = 0; a < 3; a++)
        for (size_t s = 0; s < 3; s++) {
            cr_assert_eq(region_minutes(region, a, s), minutes[a][s]);
            cr_assert_eq(region_transfer_min(region, a, s), transfers[a][s]);
        }
    scenario_free(scenario);
}

Test(scenario, values_and_spreads)
{
    struct scenario *scenario = read_good(small, NULL, NULL, 0);
    const struct configuration *local = configuration(scenario, "local");
    const struct configuration *central = configuration(scenario, "central");
    cr_assert_str_eq(local->source[P_OUTCOME_MORTALITY_90D], "a judgement");
    cr_assert_str_eq(central->source[P_OUTCOME_MORTALITY_90D], "a judgement");
    cr_assert_str_eq(central->source[P_POLICY_ELSEWHERE_SHARE], "a report; two years on");
    cr_assert_null(local->source[P_POLICY_ELSEWHERE_SHARE], "given without one");
    cr_assert_null(local->source[P_COST_TRANSFER_GBP], "with a range, without one");
    cr_assert_null(local->source[P_OUTCOME_ORGANISED_CARE_OR], "the dictionary's is no own one");
    const struct configuration *tight = configuration(scenario, "tight");
    cr_assert_str_eq(local->title, "Every hospital on its own");
    cr_assert_str_eq(tight->title, "tight");
    expect_value(local, P_POLICY_NAME, POLICY_NEAREST, POLICY_NEAREST);
    expect_value(central, P_POLICY_NAME, POLICY_NEAREST_HASU, POLICY_NEAREST_HASU);
    expect_value(tight, P_POLICY_NAME, POLICY_NEAREST_HASU, POLICY_NEAREST_HASU);
    expect_value(local, P_BEDS_LIMITED, 0, 0);
    expect_value(tight, P_DEMAND_MULTIPLIER, 1.5, 1.5);
    expect_value(tight, P_UNIT_TREATED_IF_ELIGIBLE, 0.3, 0.3);
    expect_value(local, P_POLICY_ELSEWHERE_SHARE, 0.1, 0.1);
    expect_value(central, P_POLICY_ELSEWHERE_SHARE, 0.15, 0.15);
    expect_value(tight, P_POLICY_ELSEWHERE_SHARE, 0, 0);
    cr_assert(isnan(local->parameters.value[P_HASU_TREATED_IF_ELIGIBLE]));
    /* A range: the dictionary's family, or by unit; a plain number is certain; else the default. */
    expect_spread(local, P_OUTCOME_MORTALITY_90D, FAMILY_BETA, 0.15, 0.23);
    expect_spread(local, P_COST_TRANSFER_GBP, FAMILY_GAMMA, 80, 170);
    expect_spread(central, P_AMBULANCE_RESPONSE_P50_MIN, FAMILY_LOGNORMAL, 8, 11);
    expect_spread(central, P_POLICY_ELSEWHERE_SHARE, FAMILY_BETA, 0.07, 0.25);
    expect_spread(local, P_POLICY_ELSEWHERE_SHARE, FAMILY_FIXED, 0, 0);
    expect_spread(tight, P_POLICY_ELSEWHERE_SHARE, FAMILY_FIXED, 0, 0);
    expect_spread(local, P_OUTCOME_ORGANISED_CARE_OR, FAMILY_LOGNORMAL, 0.69, 0.94);
    cr_assert(local->spread[P_UNTREATED_ICH].family == FAMILY_DIRICHLET &&
              local->spread[P_UNTREATED_ICH].size == 263);
    for (int id = 0; id < PARAMETER_COUNT; id++)
        cr_assert_not(local->set_by_hand[id]);
    size_t which;
    enum parameter_id id;
    cr_assert(design_prepare(&scenario->design, &which, &id));
    scenario_free(scenario);
}

static void expect_hospital(const struct configuration *in, size_t h, unsigned roles, int hasu_beds,
                            int su_beds, double organised_care)
{
    const struct hospital *hospital = &in->hospital[h];
    double own = hospital->own[UNIT_ORGANISED_CARE_SHARE];
    cr_assert(hospital->site == h && hospital->roles == roles &&
                  hospital->beds[BED_HASU] == hasu_beds && hospital->beds[BED_SU] == su_beds &&
                  (own == organised_care || (isnan(own) && isnan(organised_care))),
              "%s, hospital %zu: roles %u, beds %d and %d, %g", in->name, h, hospital->roles,
              hospital->beds[BED_HASU], hospital->beds[BED_SU], own);
}

Test(scenario, hospitals_and_their_changes)
{
    struct scenario *scenario = read_good(small, NULL, NULL, 0);
    const struct configuration *local = configuration(scenario, "local");
    const struct configuration *central = configuration(scenario, "central");
    const struct configuration *tight = configuration(scenario, "tight");
    cr_assert(local->hospitals == 3 && central->hospitals == 2 && tight->hospitals == 2);
    expect_hospital(local, 0, ROLE_STROKE, BEDS_UNLIMITED, 20, 0.6);
    expect_hospital(local, 1, ROLE_STROKE | ROLE_REHAB, BEDS_UNLIMITED, 12, NAN);
    expect_hospital(local, 2, 0, BEDS_UNLIMITED, BEDS_UNLIMITED, NAN);
    cr_assert_eq(local->hospital[1].own[UNIT_TREATED_IF_ELIGIBLE], 0.4);
    expect_hospital(central, 0, ROLE_HASU | ROLE_SU | ROLE_MT, 12, 20, NAN);
    expect_hospital(central, 1, ROLE_SU, BEDS_UNLIMITED, 12, NAN);
    expect_hospital(tight, 0, ROLE_HASU | ROLE_SU | ROLE_MT, 3, 20, 0.9);
    expect_hospital(tight, 1, 0, BEDS_UNLIMITED, 0, NAN);
    cr_assert_eq(tight->hospital[0].own[UNIT_DOOR_TO_SCAN_P50_MIN], 14);
    for (size_t c = 0; c < 3; c++)
        for (size_t h = 0; h < scenario->design.configuration[c].hospitals; h++) {
            const struct configuration *each = &scenario->design.configuration[c];
            cr_assert_eq(memcmp(&each->hospital[h], &each->written_hospital[h],
                                offsetof(struct hospital, own)),
                         0);
        }
    scenario_free(scenario);
}

Test(scenario, a_variant_lies_over_the_scenario_and_under_the_configurations)
{
    struct scenario *scenario = read_good(small, "low", NULL, 0);
    const struct configuration *local = configuration(scenario, "local");
    expect_value(local, P_UNIT_ORGANISED_CARE_SHARE, 0.66, 0.66);
    expect_spread(local, P_UNIT_ORGANISED_CARE_SHARE, FAMILY_FIXED, 0, 0);
    expect_value(local, P_POLICY_ELSEWHERE_SHARE, 0.2, 0.2);
    expect_spread(local, P_POLICY_ELSEWHERE_SHARE, FAMILY_BETA, 0.1, 0.3);
    expect_value(configuration(scenario, "central"), P_POLICY_ELSEWHERE_SHARE, 0.15, 0.15);
    scenario_free(scenario);
    scenario = read_good(small, "high", NULL, 0);
    expect_value(configuration(scenario, "tight"), P_UNIT_ORGANISED_CARE_SHARE, 0.5, 0.5);
    scenario_free(scenario);
}

Test(scenario, the_command_line_holds_everywhere_and_is_not_written)
{
    static const char *const set[] = {"policy.elsewhere_share=0.5",
                                      "policy.elsewhere_share=0.3",
                                      "outcome.mortality_90d=0.18",
                                      "unit.organised_care_share=0.7",
                                      "beds.limited=yes",
                                      "demand.multiplier=2",
                                      "policy.name=nearest",
                                      "hospital.\"East\".su_beds=",
                                      "hospital.wes.role=stroke",
                                      "hospital.West.su_beds=5",
                                      "hospital.East.organised_care_share=0.8"};
    struct scenario *scenario = read_good(small, NULL, set, sizeof set / sizeof *set);
    const struct configuration *local = configuration(scenario, "local");
    const struct configuration *central = configuration(scenario, "central");
    const struct configuration *tight = configuration(scenario, "tight");
    expect_value(local, P_POLICY_ELSEWHERE_SHARE, 0.1, 0.3);
    expect_value(central, P_POLICY_ELSEWHERE_SHARE, 0.15, 0.3);
    expect_value(tight, P_POLICY_NAME, POLICY_NEAREST_HASU, POLICY_NEAREST);
    expect_value(tight, P_BEDS_LIMITED, 0, 1);
    expect_value(tight, P_DEMAND_MULTIPLIER, 1.5, 2);
    cr_assert(local->set_by_hand[P_POLICY_ELSEWHERE_SHARE] && !local->set_by_hand[P_COST_SCAN_GBP]);
    /* The range is that of what is written, and only a published level moves it. */
    expect_spread(central, P_POLICY_ELSEWHERE_SHARE, FAMILY_BETA, 0.07, 0.25);
    expect_spread(local, P_UNIT_ORGANISED_CARE_SHARE, FAMILY_BETA, 0.50, 0.66);
    expect_value(tight, P_OUTCOME_MORTALITY_90D, 0.18, 0.18);
    expect_spread(tight, P_OUTCOME_MORTALITY_90D, FAMILY_FIXED, 0, 0);
    cr_assert(tight->set_by_hand[P_OUTCOME_MORTALITY_90D]);
    expect_hospital(local, 0, ROLE_STROKE, BEDS_UNLIMITED, BEDS_UNLIMITED, 0.8);
    expect_hospital(local, 1, ROLE_STROKE, BEDS_UNLIMITED, 5, NAN);
    expect_hospital(tight, 0, ROLE_HASU | ROLE_SU | ROLE_MT, 3, BEDS_UNLIMITED, 0.8);
    expect_hospital(tight, 1, ROLE_STROKE, BEDS_UNLIMITED, 5, NAN);
    cr_assert(tight->written_hospital[0].beds[BED_SU] == 20 &&
              tight->written_hospital[1].roles == 0);
    cr_assert_eq(tight->written_hospital[0].own[UNIT_ORGANISED_CARE_SHARE], 0.9);
    scenario_free(scenario);
}

Test(scenario, what_is_not_there)
{
    struct diagnosis *diagnosis = diagnosis_new();
    cr_assert_null(scenario_read("nowhere/at/all", NULL, diagnosis));
    expect_said(diagnosis, "nowhere/at/all: error: cannot be opened: No such file or directory\n");
    char folder[SCRATCH_SIZE];
    scratch_make(folder);
    cr_assert_eq(chdir(folder), 0);
    expect_here(NULL, "scenario.yaml: error: cannot be opened: No such file or directory\n");
    spill("scenario.yaml", "- 1\n");
    expect_here(NULL, "scenario.yaml:1:1: error: a list stands here; lines of 'key: value', "
                      "indented below it\n");
    cr_assert_eq(chdir("/"), 0);
    scratch_remove(folder);
}

/* Journeys by estimate take the first configuration's values, as it runs. */
Test(scenario, estimates_of_minutes)
{
    char folder[SCRATCH_SIZE];
    scratch_make(folder);
    cr_assert_eq(chdir(folder), 0);
    copy_small("scenario.yaml", "travel: travel.csv\ntransfers: transfers.csv\n",
               "transfers: estimate\n");
    static const char *const set[] = {"journey.fixed_min=7"};
    struct scenario *scenario = read_good(folder, NULL, set, 1);
    const struct region *region = &scenario->design.region;
    const struct parameters *first = &scenario->design.configuration[0].parameters;
    cr_assert_eq(first->value[P_JOURNEY_FIXED_MIN], 7);
    double upper_to_east = region_estimate_min(first, 51.60, -0.10, 51.52, -0.05);
    double east_to_west = region_estimate_min(first, 51.52, -0.05, 51.49, -0.20);
    cr_assert_gt(upper_to_east, 7.0);
    cr_assert_eq(region_minutes(region, 0, 0), upper_to_east);
    cr_assert_eq(region_transfer_min(region, 0, 1), east_to_west);
    cr_assert_eq(scenario->inputs, 4);
    scenario_free(scenario);
    cr_assert_eq(chdir("/"), 0);
    scratch_remove(folder);
}

/* A hospital that no configuration has may be missing from the tables of minutes. */
Test(scenario, an_unused_hospital_needs_no_minutes)
{
    char folder[SCRATCH_SIZE];
    scratch_make(folder);
    cr_assert_eq(chdir(folder), 0);
    copy_small("scenario.yaml", "    policy: nearest\n",
               "    policy: nearest\n    hospitals: hospitals-central.csv\n");
    spill("travel.csv", "area,West,East\nMiddle,8,9.5\nUpper,18,12\n\"Lower, by the river\",,22\n");
    spill("transfers.csv", "hospital,West,East\nWest,,16\nEast,15,\n");
    struct scenario *scenario = read_good(".", NULL, NULL, 0);
    const struct region *region = &scenario->design.region;
    cr_assert_eq(region->sites, 3);
    cr_assert_eq(region_minutes(region, 0, 0), 12);
    cr_assert(isinf(region_minutes(region, 0, 2)) && isinf(region_minutes(region, 2, 1)));
    cr_assert_eq(region_transfer_min(region, 1, 0), 16);
    cr_assert_str_eq(scenario->folder, ".");
    cr_assert_str_eq(scenario->input[1].path, "areas.csv");
    scenario_free(scenario);
    cr_assert_eq(chdir("/"), 0);
    scratch_remove(folder);
}

/* Hospitals of one sector are those whose rows name it; none where the cell or the column is not.
 */
Test(scenario, sectors)
{
    char folder[SCRATCH_SIZE];
    scratch_make(folder);
    cr_assert_eq(chdir(folder), 0);
    for (int together = 0; together < 2; together++) {
        copy_small("hospitals.csv", "South,51.41,-0.11,,",
                   together ? "South,51.41,-0.11,A," : "South,51.41,-0.11,,");
        struct scenario *scenario = read_good(".", NULL, NULL, 0);
        const struct hospital *local = configuration(scenario, "local")->hospital;
        const struct hospital *central = configuration(scenario, "central")->hospital;
        cr_expect(local[0].sector != NO_SECTOR && local[1].sector != NO_SECTOR);
        cr_expect_neq(local[0].sector, local[1].sector);
        cr_expect_eq(local[2].sector, together ? local[0].sector : NO_SECTOR);
        cr_expect(central[0].sector == NO_SECTOR && central[1].sector == NO_SECTOR);
        scenario_free(scenario);
    }
    cr_assert_eq(chdir("/"), 0);
    scratch_remove(folder);
}

/* A fault in many rows is said of the first twenty and counted. */
Test(scenario, many_faults_of_one_kind_are_counted)
{
    char folder[SCRATCH_SIZE];
    scratch_make(folder);
    cr_assert_eq(chdir(folder), 0);
    copy_small(NULL, NULL, NULL);
    FILE *travel = fopen("travel.csv", "a");
    for (int i = 0; i < 30; i++)
        fprintf(travel, "Nowhere in particular %d,1,2,3\n", i);
    fclose(travel);
    struct diagnosis *diagnosis = diagnosis_new();
    cr_assert_null(scenario_read(".", NULL, diagnosis));
    cr_assert(diagnosis_errors(diagnosis) == 30 && diagnosis_count(diagnosis) == 20);
    diagnosis_free(diagnosis);
    cr_assert_eq(chdir("/"), 0);
    scratch_remove(folder);
}

/* Files that end too early or have a byte changed are refused or read, and nothing breaks. */
Test(scenario, mangled_files)
{
    static const char *const files[] = {"scenario.yaml", "areas.csv", "hospitals.csv", "travel.csv",
                                        "transfers.csv"};
    static const char bytes[] = "\"',:{-[\n0=";
    char folder[SCRATCH_SIZE];
    scratch_make(folder);
    cr_assert_eq(chdir(folder), 0);
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        char path[SCRATCH_SIZE];
        copy_small(NULL, NULL, NULL);
        char *text = slurp(in(path, small, files[f]));
        size_t length = strlen(text);
        for (size_t at = 0; at < length; at += 7) {
            char kept = text[at];
            text[at] = at % 2 == 0 ? bytes[at % (sizeof bytes - 1)] : '\0';
            spill(files[f], text);
            text[at] = kept;
            struct diagnosis *diagnosis = diagnosis_new();
            struct scenario *scenario = scenario_read(".", NULL, diagnosis);
            cr_assert_eq(scenario == NULL, diagnosis_errors(diagnosis) > 0);
            scenario_free(scenario);
            diagnosis_free(diagnosis);
        }
        free(text);
    }
    cr_assert_eq(chdir("/"), 0);
    scratch_remove(folder);
}
