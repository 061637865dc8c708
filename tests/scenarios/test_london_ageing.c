/* London's next twenty years as shipped: its strokes follow the projections, and the need for beds
 * the strokes. */
#include <criterion/criterion.h>
#include <math.h>

#include "models/load.h"
#include "scenarios/experiment.h"
#include "scenarios/filling.h"
#include "scenarios/scenario.h"
#include "tests/models/small_region.h"
#include "tests/scenarios/said.h"

enum { AS_IT_IS, PREVENTION, YEARS_AHEAD = 20, RUNS = 3 };

static struct scenario *read_ageing(void)
{
    struct scenario_options options = {.years = NAN};
    struct diagnosis *diagnosis = diagnosis_new();
    struct scenario *scenario =
        scenario_read(STROKESIM_ROOT "/scenarios/london-ageing", &options, diagnosis);
    expect_said(diagnosis, "");
    cr_assert_not_null(scenario);
    size_t configuration;
    enum parameter_id which;
    cr_assert(design_prepare(&scenario->design, &configuration, &which));
    return scenario;
}

/* Strokes of a year by the projections, from the areas' own and their ages, without the model's
 * demand: 1 to 1.121, 1.61 and 1.70 in straight lines over 23 years. */
static double projected(const struct design *design, const struct case_mix *mix, size_t year)
{
    static const double after_23_years[AGE_BANDS] = {1.121, 1.61, 1.70};
    double strokes = 0;
    for (size_t area = 0; area < design->region.areas; area++)
        for (enum age_band band = 0; band < AGE_BANDS; band++)
            strokes += case_mix_area_strokes(mix, area) * case_mix_band_share(mix, area, band) *
                       (1 + (after_23_years[band] - 1) * ((double)year + .5) / 23);
    return strokes;
}

static void expect_beds(const struct scenario *scenario)
{
    double beds[BED_KINDS] = {0};
    for (size_t h = 0; h < scenario->design.configuration[AS_IT_IS].hospitals; h++) {
        const struct hospital *hospital = &scenario->design.configuration[AS_IT_IS].hospital[h];
        beds[BED_HASU] += hospital->beds[BED_HASU] > 0 ? hospital->beds[BED_HASU] : 0;
        beds[BED_SU] += hospital->beds[BED_SU] > 0 ? hospital->beds[BED_SU] : 0;
    }
    cr_expect_eq(beds[BED_HASU], 116);
    cr_expect_eq(beds[BED_SU], 487);
}

/* Counts of each of the 20 years, in both configurations, within chance (99% for all 40), which
 * would notice growth left out. */
static void expect_strokes(const struct experiment *experiment)
{
    double score = family_score(2 * YEARS_AHEAD);
    for (size_t c = 0; c < 2; c++) {
        const struct service *service = &experiment->model.service[c];
        double left = c == PREVENTION ? .9 : 1;
        for (size_t year = 0; year < YEARS_AHEAD; year++) {
            double want = left * projected(experiment->design, experiment->model.mix, year);
            double error = score * sqrt(want / RUNS);
            const struct year_tallies *all =
                &experiment->arm[c].yearly[year * (service->hospitals + 1) + service->hospitals];
            cr_expect_lt(fabs(all->strokes.mean - want), error, "year %zu: %g, not %g", year,
                         all->strokes.mean, want);
            cr_expect(year < 3 || want - left * 9440.8 > error, "too few to tell");
        }
    }
}

/* Beds in use of a kind, of all hospitals: as many times more in the last year as the strokes and
 * the mimics, but for chance. */
static void expect_need(const struct experiment *experiment)
{
    const struct service *service = &experiment->model.service[AS_IT_IS];
    size_t places = service->hospitals + 1;
    const struct arm *arm = &experiment->arm[AS_IT_IS];
    double times = projected(experiment->design, experiment->model.mix, YEARS_AHEAD - 1) /
                   projected(experiment->design, experiment->model.mix, 0);
    cr_expect(near(times, 1.38, .03), "%g", times);
    for (enum bed_kind kind = 0; kind <= BED_SU; kind++) {
        double first = arm->yearly[places - 1].in_use[kind].mean;
        double last = arm->yearly[YEARS_AHEAD * places - 1].in_use[kind].mean;
        cr_expect(near(last, first * times, .04), "%g beds, then %g", first, last);
        struct filling all = filling_of(experiment, arm, places - 1, kind, .9);
        struct filling fewer =
            filling_of(experiment, &experiment->arm[PREVENTION], places - 1, kind, .9);
        cr_expect(all.year != FILLING_NEVER && fewer.year > all.year, "%d, then %d", all.year,
                  fewer.year);
        cr_expect(all.earliest <= all.year &&
                  (all.latest == FILLING_NEVER || all.latest >= all.year));
        cr_expect_eq(filling_of(experiment, arm, places - 1, kind, 10).year, FILLING_NEVER);
        cr_expect_eq(filling_of(experiment, arm, places - 1, kind, 0).year, 0);
    }
}

Test(london_ageing, follows_its_projections)
{
    static const size_t both[] = {AS_IT_IS, PREVENTION};
    struct scenario *scenario = read_ageing();
    expect_beds(scenario);
    struct experiment_options options = {
        .configurations = both, .count = 2, .replications = RUNS, .threads = 2};
    struct experiment experiment;
    enum model_status status;
    cr_assert_eq(experiment_run(&experiment, &scenario->design, &options, &status), EXPERIMENT_OK);
    cr_assert_eq(experiment.years, YEARS_AHEAD);
    expect_strokes(&experiment);
    expect_need(&experiment);
    experiment_fini(&experiment);
    scenario_free(scenario);
}
