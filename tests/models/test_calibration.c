#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "models/treatment.h"
#include "tests/models/small_region.h"

/* Pooled over replications: strokes treated at a kind of unit. */
struct pooled {
    double strokes, in_time, thrombolysed, deaths, deaths_squared; /* deaths by probability */
};

static bool in_time(const struct service *service, const struct patient *patient,
                    const struct path *path)
{
    return treatment_in_time(service, patient, path->door_min - patient->onset_min,
                             path->scan_min - path->door_min);
}

/* By where they were treated (0: local units, 1: HASUs) and all (2). */
static void pool(const struct small_run *run, size_t s, struct pooled pooled[3])
{
    const struct service *service = &run->model.service[s];
    for (size_t i = 0; i < run->results->cohort.count; i++) {
        const struct patient *patient = &run->results->cohort.patient[i];
        const struct path *path = &run->results->service[s].path[i];
        if (!patient_is_stroke(patient) || !small_run_counts(run, patient))
            continue;
        int hasu = hospital_is_hasu(&service->hospital[path->journey.treating]);
        for (int k = hasu; k <= 2; k += 2 - hasu) {
            pooled[k].strokes++;
            pooled[k].in_time += in_time(service, patient, path);
            pooled[k].thrombolysed += !isnan(path->needle_min);
            pooled[k].deaths += path->death_probability;
            pooled[k].deaths_squared += path->death_probability * path->death_probability;
        }
    }
}

/* The rate is the share in time, which is what varies from patient to patient, times the share
 * treated among them; and those treated are that share of them, by the luck of the draw. */
static void expect_rate(const char *what, const struct pooled *pooled, double treated, double want,
                        double score)
{
    double share = pooled->in_time / pooled->strokes;
    double half_width = score * sqrt((1 - share) / (share * pooled->strokes));
    cr_expect(half_width < .01, "%s: half-width %g is too wide", what, half_width);
    cr_expect(near(share * treated, want, half_width + .005), "%s: %.5f, not %.5f +- %.2f%%", what,
              share * treated, want, 100 * half_width);
    double sd = sqrt(treated * (1 - treated) * pooled->in_time);
    cr_expect(fabs(pooled->thrombolysed - treated * pooled->in_time) < score * sd, "%s: %g of %g",
              what, pooled->thrombolysed, pooled->in_time);
}

/* With the random streams, not the points on which it was solved: 4% at local units in the first
 * configuration, 12% at HASUs in the second, and the stated mortality in the first. What is
 * allowed beyond chance is the error of the pilot points, half a per cent. */
Test(calibration, published_levels_come_out)
{
    struct design design;
    struct small_run run;
    small_design_busy(&design);
    small_design_unlimited(&design);
    small_design_grow(&design, 200);
    small_run_open(&run, &design, 1);
    run.trial.drivers = false;
    struct pooled local[3] = {{0}}, central[3] = {{0}};
    for (uint64_t replication = 1; replication <= 9; replication++) {
        small_run_replication(&run, replication);
        pool(&run, LOCAL, local);
        pool(&run, CENTRAL, central);
    }
    double score = family_score(5);
    const double *treated = run.model.calibration.treated_if_eligible;
    expect_rate("local units", &local[0], treated[KIND_LOCAL], .04, score);
    expect_rate("HASUs", &central[1], treated[KIND_HASU], .12, score);
    cr_expect_eq(local[1].strokes, 0);
    double n = local[2].strokes, mortality = local[2].deaths / n;
    double half_width =
        score * sqrt((local[2].deaths_squared / n - mortality * mortality) / n) / .20;
    cr_expect_lt(half_width, .01);
    cr_expect(near(mortality, .20, half_width + .005), "%.5f, not .2 +- %.2f%%", mortality,
              100 * half_width);
    small_run_close(&run);
    design_fini(&design);
}

/* Rates by type of stroke, of a kind of unit and of a hospital of its own. */
Test(calibration, rates_by_type_of_stroke)
{
    static const double kind[ISCHAEMIC_TYPES] = {.05, .2}, own[ISCHAEMIC_TYPES] = {.11, .3};
    struct design design;
    struct small_run run;
    small_design(&design);
    small_design_unlimited(&design);
    small_design_grow(&design, 200);
    small_design_write(&design, BOTH, P_UNIT_THROMBOLYSIS_RATE_NLVO, kind[TYPE_NLVO]);
    small_design_write(&design, BOTH, P_UNIT_THROMBOLYSIS_RATE_LVO, kind[TYPE_LVO]);
    for (enum stroke_type type = 0; type < ISCHAEMIC_TYPES; type++) {
        struct configuration *local = &design.configuration[LOCAL];
        local->hospital[SITE_ASH].own[UNIT_THROMBOLYSIS_RATE + 1 + (int)type] = own[type];
        local->written_hospital[SITE_ASH] = local->hospital[SITE_ASH];
    }
    small_run_open(&run, &design, 1);
    run.trial.drivers = false;
    small_run_replication(&run, 1);
    double strokes[2][ISCHAEMIC_TYPES] = {{0}}, treated[2][ISCHAEMIC_TYPES] = {{0}};
    for (size_t i = 0; i < run.results->cohort.count; i++) {
        const struct patient *patient = &run.results->cohort.patient[i];
        const struct path *path = &run.results->service[LOCAL].path[i];
        if (!small_run_counts(&run, patient) || !patient_is_ischaemic(patient))
            continue;
        int at_ash = path->journey.treating == SITE_ASH;
        strokes[at_ash][patient->type]++;
        treated[at_ash][patient->type] += !isnan(path->needle_min);
    }
    double score = family_score(4);
    for (enum stroke_type type = 0; type < ISCHAEMIC_TYPES; type++)
        for (int at_ash = 0; at_ash < 2; at_ash++) {
            double want = at_ash ? own[type] : kind[type], n = strokes[at_ash][type];
            double half_width = score * sqrt(want * (1 - want) / n) + .01 * want;
            cr_expect_lt(half_width, .2 * want, "type %d: too few, %g", type, n);
            cr_expect(fabs(treated[at_ash][type] / n - want) < half_width,
                      "type %d, at Ash %d: %.4f, not %.4f", type, at_ash, treated[at_ash][type] / n,
                      want);
        }
    small_run_close(&run);
    design_fini(&design);
}

/* Nothing random: the seed does not enter, and stated levels move what is solved the right way. */
Test(calibration, solved_without_chance)
{
    struct design design;
    struct model one, other;
    small_design_busy(&design);
    cr_assert_eq(model_init(&one, &design, 0), MODEL_OK);
    design.seed = 12345;
    cr_assert_eq(model_init(&other, &design, 0), MODEL_OK);
    cr_expect_eq(one.calibration.level.log_odds, other.calibration.level.log_odds);
    for (int kind = 0; kind < UNIT_KINDS; kind++)
        cr_expect_eq(one.calibration.treated_if_eligible[kind],
                     other.calibration.treated_if_eligible[kind]);
    model_fini(&other);
    small_design_write(&design, BOTH, P_OUTCOME_MORTALITY_90D, .128);
    small_design_write(&design, BOTH, P_HASU_THROMBOLYSIS_RATE, .10);
    cr_assert_eq(model_init(&other, &design, 0), MODEL_OK);
    cr_expect_gt(other.calibration.level.log_odds, one.calibration.level.log_odds);
    cr_expect(near(other.calibration.treated_if_eligible[KIND_HASU] * 1.2,
                   one.calibration.treated_if_eligible[KIND_HASU], 1e-9));
    cr_expect_eq(other.calibration.treated_if_eligible[KIND_LOCAL],
                 one.calibration.treated_if_eligible[KIND_LOCAL]);
    model_fini(&other);
    model_fini(&one);
    design_fini(&design);
}

/* A change on the command line moves the result instead of being solved away. */
Test(calibration, changes_are_not_solved_away)
{
    struct design design;
    struct model as_written, changed;
    small_design_busy(&design);
    cr_assert_eq(model_init(&as_written, &design, 0), MODEL_OK);
    small_design_push(&design, BOTH, P_OUTCOME_ORGANISED_CARE_OR, .5);
    small_design_push(&design, BOTH, P_JOURNEY_ADDED_MIN, 30);
    small_design_push(&design, BOTH, P_DEMAND_HAEMORRHAGE_SHARE, .5);
    cr_assert_eq(model_init(&changed, &design, 0), MODEL_OK);
    cr_expect_eq(changed.calibration.level.log_odds, as_written.calibration.level.log_odds);
    cr_expect_eq(changed.calibration.treated_if_eligible[KIND_HASU],
                 as_written.calibration.treated_if_eligible[KIND_HASU]);
    model_fini(&changed);
    model_fini(&as_written);
    design_fini(&design);
}

/* Nor is a hospital's, and the levels are not those of what runs. */
Test(calibration, changes_of_hospitals_are_not_solved_away)
{
    struct design design;
    struct model as_written, changed;
    small_design_busy(&design);
    cr_assert_eq(model_init(&as_written, &design, 0), MODEL_OK);
    for (size_t c = 0; c < 2; c++)
        for (size_t h = 0; h < SMALL_HOSPITALS; h++) {
            design.configuration[c].hospital[h].own[UNIT_ORGANISED_CARE_SHARE] = .2;
            design.configuration[c].hospital[h].own[UNIT_DOOR_TO_SCAN_P50_MIN] = 90;
        }
    cr_assert_eq(model_init(&changed, &design, 0), MODEL_OK);
    cr_expect_eq(changed.calibration.level.log_odds, as_written.calibration.level.log_odds);
    for (int kind = 0; kind < UNIT_KINDS; kind++)
        cr_expect_eq(changed.calibration.treated_if_eligible[kind],
                     as_written.calibration.treated_if_eligible[kind]);
    model_fini(&changed);
    model_fini(&as_written);
    design_fini(&design);
}

/* A share of a unit's own stands, and the rest is solved for. */
Test(calibration, shares_that_are_given)
{
    struct design design;
    struct model model;
    small_design_busy(&design);
    small_design_write(&design, BOTH, P_HASU_TREATED_IF_ELIGIBLE, .77);
    cr_assert_eq(model_init(&model, &design, 0), MODEL_OK);
    cr_expect_eq(model.service[CENTRAL].unit[SITE_ASH].treated_if_eligible[TYPE_LVO], .77);
    /* No HASU is without, so its share in time is borrowed from the local units. */
    cr_expect(isnan(model.calibration.in_time_share[KIND_HASU]));
    cr_expect_eq(model.calibration.treated_if_eligible[KIND_HASU],
                 .12 / model.calibration.in_time_share[KIND_LOCAL]);
    cr_expect_eq(model.service[CENTRAL].unit[SITE_BIRCH].treated_if_eligible[TYPE_LVO],
                 model.calibration.treated_if_eligible[KIND_LOCAL]);
    model_fini(&model);
    small_design_write(&design, BOTH, P_HASU_TREATED_IF_ELIGIBLE, NAN);
    small_design_write(&design, BOTH, P_UNIT_THROMBOLYSIS_RATE, 0);
    cr_assert_eq(model_init(&model, &design, 0), MODEL_OK);
    cr_expect_eq(model.calibration.treated_if_eligible[KIND_LOCAL], 0);
    model_fini(&model);
    design_fini(&design);
}

static const struct {
    const char *what;
    enum parameter_id id;
    double value;
    enum model_status status;
} impossible[] = {
    {"more thrombolysed than in time", P_UNIT_THROMBOLYSIS_RATE, .6, MODEL_RATE_TOO_HIGH},
    {"and at HASUs", P_HASU_THROMBOLYSIS_RATE, .6, MODEL_RATE_TOO_HIGH},
    {"nobody in time", P_IVT_ARRIVAL_LIMIT_MIN, 0, MODEL_RATE_TOO_HIGH},
    {"everybody dies", P_OUTCOME_MORTALITY_90D, 1, MODEL_MORTALITY},
    {"nobody dies", P_OUTCOME_MORTALITY_90D, 0, MODEL_MORTALITY},
    {"no strokes", P_DEMAND_RATE_0_64, 0, MODEL_OK}, /* the other bands are left */
};

Test(calibration, what_cannot_be_is_reported)
{
    for (size_t i = 0; i < sizeof impossible / sizeof *impossible; i++) {
        struct design design;
        struct model model;
        small_design(&design);
        small_design_write(&design, BOTH, impossible[i].id, impossible[i].value);
        enum model_status status = model_init(&model, &design, 0);
        cr_expect_eq(status, impossible[i].status, "%s: %s", impossible[i].what,
                     model_status_text(status));
        if (status == MODEL_OK)
            model_fini(&model);
        design_fini(&design);
    }
}

/* The most that can be thrombolysed is what it says: a rate just below is reached. */
Test(calibration, highest_rate)
{
    struct design design;
    struct model model;
    small_design(&design);
    cr_assert_eq(model_init(&model, &design, 0), MODEL_OK);
    double most = model.calibration.in_time_share[KIND_HASU];
    cr_expect(most > .12 && most < .5, "%g", most);
    model_fini(&model);
    small_design_write(&design, BOTH, P_HASU_THROMBOLYSIS_RATE, most * (1 + 1e-9));
    cr_expect_eq(model_init(&model, &design, 0), MODEL_RATE_TOO_HIGH);
    small_design_write(&design, BOTH, P_HASU_THROMBOLYSIS_RATE, most);
    cr_assert_eq(model_init(&model, &design, 0), MODEL_OK);
    cr_expect(near(model.calibration.treated_if_eligible[KIND_HASU], 1, 1e-12));
    model_fini(&model);
    design_fini(&design);
}

/* Draws of the evidence solve for the levels anew; what is set by hand keeps its value in what
 * runs, rows as a whole. */
Test(calibration, draws)
{
    struct design design;
    small_design_busy(&design);
    size_t configuration;
    enum parameter_id which;
    for (size_t c = 0; c < 2; c++) {
        struct configuration *of = &design.configuration[c];
        for (int id = 0; id < PARAMETER_COUNT; id++)
            spread_default((enum parameter_id)id, &of->spread[id]);
        of->spread[P_OUTCOME_AGE_OR].family = FAMILY_FIXED;
        of->set_by_hand[P_OUTCOME_AGE_OR] = true;
    }
    small_design_push(&design, BOTH, P_OUTCOME_AGE_OR, 1.06);
    cr_assert(design_prepare(&design, &configuration, &which));
    double level[3];
    for (uint64_t draw = 0; draw < 3; draw++) {
        struct model model;
        cr_assert_eq(model_init(&model, &design, draw), MODEL_OK);
        level[draw] = model.calibration.level.log_odds;
        for (size_t c = 0; c < 2; c++) {
            const double *p = model.service[c].parameters.value;
            cr_expect_eq(p[P_OUTCOME_AGE_OR], 1.06);
            cr_expect_eq(p[P_OUTCOME_ORGANISED_CARE_OR],
                         model.service[0].parameters.value[P_OUTCOME_ORGANISED_CARE_OR]);
            cr_expect(draw == 0 || p[P_OUTCOME_ORGANISED_CARE_OR] != .81);
        }
        model_fini(&model);
    }
    cr_expect(level[0] != level[1] && level[1] != level[2]);
    design_fini(&design);
}

/* Each configuration is drawn from its own ranges; of a row with a cell set on the command line no
 * cell is drawn. */
Test(calibration, draws_of_each_configuration)
{
    struct design design;
    size_t configuration;
    enum parameter_id which;
    small_design_busy(&design);
    for (size_t c = 0; c < 2; c++)
        for (int x = 0; x < 6; x++) {
            enum parameter_id id = (enum parameter_id)(P_UNTREATED_LVO + x);
            spread_default(id, &design.configuration[c].spread[id]);
        }
    design.configuration[CENTRAL].spread[P_COST_TRANSFER_GBP] =
        (struct spread){FAMILY_GAMMA, 80, 170, 0};
    design.configuration[CENTRAL].set_by_hand[P_UNTREATED_LVO + 3] = true;
    cr_assert(design_prepare(&design, &configuration, &which));
    for (uint64_t draw = 1; draw <= 3; draw++) {
        struct model model;
        cr_assert_eq(model_init(&model, &design, draw), MODEL_OK);
        const double *p[2] = {model.service[LOCAL].parameters.value,
                              model.service[CENTRAL].parameters.value};
        cr_expect_eq(p[LOCAL][P_COST_TRANSFER_GBP], 100);
        cr_expect_neq(p[CENTRAL][P_COST_TRANSFER_GBP], 100);
        for (int x = 0; x < 6; x++) {
            double central = design.configuration[CENTRAL].parameters.value[P_UNTREATED_LVO + x];
            cr_expect_eq(p[CENTRAL][P_UNTREATED_LVO + x], central, "cell %d", x);
            cr_expect_neq(p[LOCAL][P_UNTREATED_LVO + x], central, "cell %d", x);
        }
        model_fini(&model);
    }
    design_fini(&design);
}

static void expect_same_model(const struct model *got, const struct model *want, uint64_t draw)
{
    cr_expect_eq(
        memcmp(&got->calibration.level, &want->calibration.level, sizeof want->calibration.level),
        0, "draw %d", (int)draw);
    for (size_t c = 0; c < 2; c++) {
        const struct service *a = &got->service[c], *b = &want->service[c];
        cr_expect_eq(memcmp(&a->parameters, &b->parameters, sizeof b->parameters), 0);
        for (size_t h = 0; h < SMALL_HOSPITALS; h++)
            for (enum stroke_type type = 0; type < ISCHAEMIC_TYPES; type++)
                cr_expect_eq(a->unit[h].treated_if_eligible[type],
                             b->unit[h].treated_if_eligible[type]);
        for (int age = 20; age <= 100; age += 10)
            cr_expect_eq(memcmp(lifetime_table_row(a->lifetime, age, true),
                                lifetime_table_row(b->lifetime, age, true),
                                sizeof(struct lifetime_row)),
                         0, "age %d", age);
    }
}

/* What draws share with the central model changes nothing in them, and what a draw changes of it is
 * not shared: here prices, and then also the sex of patients and what mRS are worth. */
Test(calibration, draws_on_a_common_basis)
{
    for (int more = 0; more <= 1; more++) {
        struct design design;
        size_t configuration;
        enum parameter_id which;
        small_design_busy(&design);
        for (size_t c = 0; c < 2; c++) {
            struct spread *spread = design.configuration[c].spread;
            for (enum parameter_id id = 0; id < PARAMETER_COUNT; id++)
                spread_default(id, &spread[id]);
            if (more == 1) {
                spread[P_PATIENT_MALE_SHARE] = (struct spread){FAMILY_BETA, .3, .7, 0};
                spread[P_UTILITY_DIJKLAND_0 + 1] = (struct spread){FAMILY_BETA, .7, .9, 0};
            }
        }
        cr_assert(design_prepare(&design, &configuration, &which));
        struct model central;
        cr_assert_eq(model_init(&central, &design, 0), MODEL_OK);
        struct model_basis *basis = model_basis_new(&central);
        cr_assert_not_null(basis);
        for (uint64_t draw = 0; draw < 4; draw++) {
            struct model like, anew;
            cr_assert_eq(model_init_on(&like, &design, draw, basis), MODEL_OK);
            cr_assert_eq(model_init(&anew, &design, draw), MODEL_OK);
            expect_same_model(&like, &anew, draw);
            model_fini(&like);
            model_fini(&anew);
        }
        model_basis_free(basis);
        model_fini(&central);
        design_fini(&design);
    }
}
