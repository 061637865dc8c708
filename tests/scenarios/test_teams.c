/*
 * The thrombolysis of named teams: a region whose hospitals all perform as one team did, at the
 * reference journey, against the product of the team's published shares. The team's figures are
 * read from outside the project and are not part of it (SSNAP 2016-18 by team and type of stroke,
 * SAMueL); without them the test is skipped.
 *
 * STROKESIM_TEAMS_TABLE=FILE writes the table that results/reference/ keeps.
 */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "scenarios/read/table.h"
#include "tests/models/small_region.h"

enum { MOST_TEAMS = 200, REPLICATIONS = 2 };

static const char data[] = STROKESIM_ROOT "/../shared/data/ssnap/"
                                          "hospital_performance_thrombectomy.csv";

/* A team's row for one type of stroke. */
struct performance {
    double rate; /* the product of the published shares */
    double scanned_share, scan_mu, scan_sigma, needle_mu, needle_sigma;
};

struct team {
    const char *name;
    struct performance of[ISCHAEMIC_TYPES];
};

static double field(const struct table *table, size_t row, const char *name)
{
    int column = table_column(table, name);
    cr_assert_geq(column, 0, "%s", name);
    return atof(table_text(table, row, (size_t)column));
}

static struct performance read_performance(const struct table *table, size_t row)
{
    static const char *const shares[] = {
        "proportion1_of_all_with_onset_known_ivt",
        "proportion2_of_mask1_with_onset_to_arrival_on_time_ivt",
        "proportion3_of_mask2_with_arrival_to_scan_on_time_ivt",
        "proportion4_of_mask3_with_onset_to_scan_on_time_ivt",
        "proportion5_of_mask4_with_enough_time_to_treat_ivt",
        "proportion6_of_mask5_with_treated_ivt",
    };
    struct performance performance = {
        .rate = 1,
        .scanned_share = field(table, row, shares[2]),
        .scan_mu = field(table, row, "lognorm_mu_arrival_scan_arrival_mins_ivt"),
        .scan_sigma = field(table, row, "lognorm_sigma_arrival_scan_arrival_mins_ivt"),
        .needle_mu = field(table, row, "lognorm_mu_scan_needle_mins_ivt"),
        .needle_sigma = field(table, row, "lognorm_sigma_scan_needle_mins_ivt"),
    };
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++)
        performance.rate *= field(table, row, shares[i]);
    return performance;
}

static size_t read_teams(const struct table *table, struct team team[MOST_TEAMS])
{
    size_t teams = 0;
    int name = table_column(table, "stroke_team"), type = table_column(table, "stroke_type");
    cr_assert(name >= 0 && type >= 0);
    for (size_t row = 0; row < table_row_count(table); row++) {
        const char *of = table_text(table, row, (size_t)type);
        if (strcmp(of, "other") == 0)
            continue;
        const char *who = table_text(table, row, (size_t)name);
        if (teams == 0 || strcmp(team[teams - 1].name, who) != 0) {
            cr_assert_lt(teams, MOST_TEAMS);
            team[teams++].name = who;
        }
        enum stroke_type which = strcmp(of, "lvo") == 0 ? TYPE_LVO : TYPE_NLVO;
        team[teams - 1].of[which] = read_performance(table, row);
    }
    return teams;
}

static void perform_as(struct design *design, const struct team *team)
{
    for (size_t h = 0; h < SMALL_HOSPITALS; h++) {
        struct hospital *hospital = &design->configuration[LOCAL].hospital[h];
        for (enum stroke_type type = 0; type < ISCHAEMIC_TYPES; type++) {
            const struct performance *as = &team->of[type];
            hospital->own[UNIT_THROMBOLYSIS_RATE + 1 + (int)type] = as->rate;
            hospital->own[UNIT_SCANNED_IN_LIMIT_SHARE + 1 + (int)type] = as->scanned_share;
            hospital->own[UNIT_DOOR_TO_SCAN_P50_MIN + 1 + (int)type] = exp(as->scan_mu);
            hospital->own[UNIT_DOOR_TO_SCAN_SIGMA + 1 + (int)type] = as->scan_sigma;
            hospital->own[UNIT_SCAN_TO_NEEDLE_P50_MIN + 1 + (int)type] = exp(as->needle_mu);
            hospital->own[UNIT_SCAN_TO_NEEDLE_SIGMA + 1 + (int)type] = as->needle_sigma;
        }
        design->configuration[LOCAL].written_hospital[h] = *hospital;
    }
}

/* What was simulated, of one type of stroke. */
struct simulated {
    double strokes, thrombolysed;
};

static void simulate(const struct design *design, struct simulated simulated[ISCHAEMIC_TYPES])
{
    struct small_run run;
    small_run_open(&run, design, 1);
    run.trial.runs = 1;
    run.trial.drivers = false;
    memset(simulated, 0, ISCHAEMIC_TYPES * sizeof *simulated);
    for (uint64_t replication = 1; replication <= REPLICATIONS; replication++) {
        small_run_replication(&run, replication);
        for (size_t i = 0; i < run.results->cohort.count; i++) {
            const struct patient *patient = &run.results->cohort.patient[i];
            if (!small_run_counts(&run, patient) || !patient_is_ischaemic(patient))
                continue;
            simulated[patient->type].strokes++;
            simulated[patient->type].thrombolysed +=
                !isnan(run.results->service[LOCAL].path[i].needle_min);
        }
    }
    small_run_close(&run);
}

static void large_region(struct design *design)
{
    small_design(design);
    small_design_unlimited(design);
    small_design_grow(design, 36);
}

/* Within chance, at 99% over all cells, and half a per cent for the pilot points. */
static void expect_rates(const char *who, const struct simulated simulated[ISCHAEMIC_TYPES],
                         const double rate[ISCHAEMIC_TYPES], double score)
{
    for (enum stroke_type type = 0; type < ISCHAEMIC_TYPES; type++) {
        double n = simulated[type].strokes, got = simulated[type].thrombolysed / n;
        double half_width = score * sqrt(rate[type] * (1 - rate[type]) / n) + .005 * rate[type];
        cr_expect_leq(fabs(got - rate[type]), half_width, "%s, %s: %.4f, not %.4f +- %.4f", who,
                      stroke_type_name(type), got, rate[type], half_width);
        cr_expect_leq(half_width, .15 * rate[type] + .01, "%s: too few strokes", who);
    }
}

static void write_row(FILE *table, const char *who, enum stroke_type type, double published,
                      const struct simulated *simulated)
{
    if (table)
        fprintf(table, "\"%s\",%s,%.4f,%.4f,%.0f\n", who, stroke_type_name(type), published,
                simulated->thrombolysed / simulated->strokes, simulated->strokes);
}

/* The products of the national shares (facts of the published pathway model): large-vessel
 * occlusion .271, others .086, as rates of the kinds of unit. */
Test(teams, national_rates_by_type)
{
    static const double rate[ISCHAEMIC_TYPES] = {.654 * .511 * .938 * .840 * .326,
                                                 .722 * .746 * .984 * .938 * .546};
    cr_assert(near(rate[TYPE_LVO], .271, .002) && near(rate[TYPE_NLVO], .086, .003));
    struct design design;
    large_region(&design);
    small_design_write(&design, BOTH, P_UNIT_THROMBOLYSIS_RATE_NLVO, rate[TYPE_NLVO]);
    small_design_write(&design, BOTH, P_UNIT_THROMBOLYSIS_RATE_LVO, rate[TYPE_LVO]);
    small_design_write(&design, BOTH, P_UNIT_DOOR_TO_SCAN_P50_MIN, 1);
    small_design_write(&design, BOTH, P_HASU_DOOR_TO_SCAN_P50_MIN, 1);
    small_design_write(&design, BOTH, P_TREATMENT_DOOR_TO_SCAN_RATIO_NLVO, exp(3.358));
    small_design_write(&design, BOTH, P_TREATMENT_DOOR_TO_SCAN_RATIO_LVO, exp(2.994));
    struct simulated simulated[ISCHAEMIC_TYPES];
    simulate(&design, simulated);
    expect_rates("nationally", simulated, rate, family_score(2));
    design_fini(&design);
}

Test(teams, rates_by_type_of_each_named_team)
{
    if (access(data, R_OK) != 0)
        cr_skip_test("no figures of named teams here");
    struct diagnosis *diagnosis = diagnosis_new();
    struct table *table = table_read_file(data, NULL, TABLE_NEEDS_ROWS, diagnosis);
    cr_assert_not_null(table);
    static struct team team[MOST_TEAMS];
    size_t teams = read_teams(table, team);
    cr_assert_geq(teams, 20);
    const char *wanted = getenv("STROKESIM_TEAMS_TABLE");
    FILE *written = wanted ? fopen(wanted, "w") : NULL;
    if (written)
        fputs("team,type,published_share_thrombolysed,simulated_share_thrombolysed,"
              "simulated_strokes\n",
              written);
    struct design design;
    large_region(&design);
    for (size_t t = 0; t < teams; t++) {
        struct simulated simulated[ISCHAEMIC_TYPES];
        const double rate[ISCHAEMIC_TYPES] = {team[t].of[0].rate, team[t].of[1].rate};
        perform_as(&design, &team[t]);
        simulate(&design, simulated);
        expect_rates(team[t].name, simulated, rate, family_score(ISCHAEMIC_TYPES * teams));
        for (enum stroke_type type = 0; type < ISCHAEMIC_TYPES; type++)
            write_row(written, team[t].name, type, rate[type], &simulated[type]);
    }
    if (written)
        fclose(written);
    design_fini(&design);
    table_free(table);
    diagnosis_free(diagnosis);
}
