/* London as shipped: its map, beds and demand, and that it reproduces the figures it was solved
 * for. What was observed is in test_validation.c's hands. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "models/load.h"
#include "scenarios/experiment.h"
#include "scenarios/scenario.h"
#include "tests/models/small_region.h"
#include "tests/scenarios/said.h"

enum { DISTRIBUTED, CENTRALISED };

static struct scenario *read_london(const char *variant)
{
    struct scenario_options options = {.years = NAN, .variant = variant};
    struct diagnosis *diagnosis = diagnosis_new();
    struct scenario *scenario =
        scenario_read(STROKESIM_ROOT "/scenarios/london-2010", &options, diagnosis);
    expect_said(diagnosis, "");
    cr_assert_not_null(scenario);
    size_t configuration;
    enum parameter_id which;
    cr_assert(design_prepare(&scenario->design, &configuration, &which));
    return scenario;
}

static double area_strokes(const struct design *design, size_t area)
{
    return design->region.area[area].strokes_per_year;
}

/* --- the files -------------------------------------------------------------------------------- */

Test(london, has_its_areas_hospitals_and_beds)
{
    struct scenario *scenario = read_london(NULL);
    const struct design *design = &scenario->design;
    cr_expect_eq(design->region.areas, 983);
    cr_expect_eq(design->region.sites, 30);
    cr_expect_eq(design->configurations, 2);
    cr_expect_str_eq(design->configuration[DISTRIBUTED].name, "distributed");
    cr_expect_str_eq(design->configuration[CENTRALISED].name, "centralised");
    double strokes = 0, people = 0;
    for (size_t a = 0; a < design->region.areas; a++) {
        cr_expect_gt(area_strokes(design, a), 0, "%s", design->region.area[a].name);
        cr_expect_gt(strlen(design->region.area[a].group), 0, "%s", design->region.area[a].name);
        strokes += area_strokes(design, a);
        for (enum age_band band = 0; band < AGE_BANDS; band++)
            people += design->region.area[a].population[band];
    }
    cr_expect_float_eq(strokes, 9440.8, 1, "%g strokes a year", strokes);
    cr_expect(near(people, 8.9e6, 0.02), "%g people", people); /* mid-2018 */
    size_t boroughs = 0;
    for (size_t a = 0; a < design->region.areas; a++) {
        size_t b = 0;
        while (b < a && strcmp(design->region.area[a].group, design->region.area[b].group) != 0)
            b++;
        boroughs += b == a;
    }
    cr_expect_eq(boroughs, 33);
    static const struct {
        int hospitals, hasus, hasu_beds, su_beds;
    } wanted[] = {{30, 0, 0, 487 + 116}, {30, 8, 116, 487}};
    for (size_t c = 0; c < 2; c++) {
        const struct configuration *configuration = &design->configuration[c];
        int hasus = 0, hasu_beds = 0, su_beds = 0;
        for (size_t h = 0; h < configuration->hospitals; h++) {
            const struct hospital *hospital = &configuration->hospital[h];
            bool has_su = hospital->roles & (ROLE_SU | ROLE_STROKE);
            hasus += hospital_is_hasu(hospital);
            hasu_beds += hospital_is_hasu(hospital) ? hospital->beds[BED_HASU] : 0;
            su_beds += has_su ? hospital->beds[BED_SU] : 0;
        }
        cr_expect_eq(configuration->hospitals, (size_t)wanted[c].hospitals);
        cr_expect_eq(hasus, wanted[c].hasus);
        cr_expect_eq(hasu_beds, wanted[c].hasu_beds, "%d hyper-acute beds", hasu_beds);
        cr_expect_eq(su_beds, wanted[c].su_beds, "%d stroke-unit beds", su_beds);
        cr_expect_eq(configuration->parameters.value[P_MT_TREATED_IF_ELIGIBLE], 0, "came later");
    }
    scenario_free(scenario);
}

/* The figures are official statistics, which must say so wherever they go. */
Test(london, says_where_its_figures_come_from)
{
    static const struct {
        const char *file, *words;
    } wanted[] = {{"areas.csv", "Office for National Statistics"},
                  {"areas.csv", "Open Government Licence v3.0"},
                  {"hospitals-before.csv", "(assumed)"},
                  {"hospitals-after.csv", "(assumed)"},
                  {"observed.csv", "Morris 2014"},
                  {"scenario.yaml", "inputs were fixed before anything was run"}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        char path[300], text[4096] = "";
        snprintf(path, sizeof path, STROKESIM_ROOT "/scenarios/london-2010/%s", wanted[i].file);
        FILE *stream = fopen(path, "r");
        cr_assert_not_null(stream, "%s", path);
        cr_assert_gt(fread(text, 1, sizeof text - 1, stream), 0);
        fclose(stream);
        cr_expect_not_null(strstr(text, wanted[i].words), "%s: %s", wanted[i].file,
                           wanted[i].words);
    }
}

/* --- journeys --------------------------------------------------------------------------------- */

/* Minutes to the nearest of a configuration's hospitals of these roles, weighted by strokes. */
static double mean_to_nearest(const struct design *design, size_t c, unsigned roles)
{
    double minutes = 0, strokes = 0;
    for (size_t a = 0; a < design->region.areas; a++) {
        double nearest = INFINITY;
        for (size_t h = 0; h < design->configuration[c].hospitals; h++) {
            const struct hospital *hospital = &design->configuration[c].hospital[h];
            if (hospital->roles & roles)
                nearest = fmin(nearest, region_minutes(&design->region, a, hospital->site));
        }
        minutes += nearest * area_strokes(design, a);
        strokes += area_strokes(design, a);
    }
    return minutes / strokes;
}

Test(london, journeys_to_the_nearest_unit_are_as_long_as_published)
{
    struct scenario *scenario = read_london(NULL);
    double to_hasu = mean_to_nearest(&scenario->design, CENTRALISED, ROLE_HASU);
    double to_any = mean_to_nearest(&scenario->design, DISTRIBUTED, ROLE_STROKE);
    cr_expect_float_eq(to_hasu, 16.7, 0.3, "%.2f min to the nearest of 8", to_hasu);
    cr_expect_float_eq(to_any, 11.4, 0.3, "%.2f min to the nearest of 30", to_any);
    scenario_free(scenario);
}

/* A table of the research data that the estimate was fitted to: not part of the project. */
#define DATA STROKESIM_ROOT "/../shared/data/london/"

enum { MOST_UNITS = 40, LONGEST = 1024 };

struct unit_place {
    char name[16];
    double lat, lon;
    bool by_road; /* its column is of road minutes, not itself an estimate */
};

/* The next field of a line without quotes, in place; NULL after the last. */
static char *next_field(char **rest)
{
    char *field = *rest;
    if (field == NULL)
        return NULL;
    char *end = field + strcspn(field, ",\r\n");
    *rest = *end == ',' ? end + 1 : NULL;
    *end = '\0';
    return field;
}

static void split(char *line, char *field[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        field[i] = next_field(&line);
}

static size_t read_units(struct unit_place unit[MOST_UNITS])
{
    char line[LONGEST], *field[14];
    size_t n = 0;
    FILE *stream = fopen(DATA "london_units.csv", "r");
    cr_assert_not_null(stream);
    cr_assert_not_null(fgets(line, sizeof line, stream));
    while (fgets(line, sizeof line, stream) != NULL && n < MOST_UNITS) {
        split(line, field, 14);
        snprintf(unit[n].name, sizeof unit[n].name, "%s", field[1]);
        unit[n].lat = atof(field[5]);
        unit[n].lon = atof(field[6]);
        unit[n++].by_road = strcmp(field[13], "matrix") == 0;
    }
    fclose(stream);
    return n;
}

/* Sums over the pairs of an area and a unit: estimate x, table y. */
struct pairs {
    double n, x, y, xx, yy, xy, squares;
};

static void add_pair(struct pairs *pairs, double x, double y)
{
    pairs->n++;
    pairs->x += x;
    pairs->y += y;
    pairs->xx += x * x;
    pairs->yy += y * y;
    pairs->xy += x * y;
    pairs->squares += (x - y) * (x - y);
}

/* Both files list the areas in the same order. */
static struct pairs compare_with_table(const struct parameters *parameters)
{
    struct unit_place unit[MOST_UNITS];
    struct pairs pairs = {0};
    size_t units = read_units(unit), column[MOST_UNITS], columns = 0;
    char line[LONGEST], area_line[LONGEST], *area[6], *field;
    FILE *table = fopen(DATA "london_travel_calibrated_minutes.csv", "r");
    FILE *areas = fopen(DATA "london_lsoa.csv", "r");
    cr_assert(table != NULL && areas != NULL);
    cr_assert(fgets(line, sizeof line, table) && fgets(area_line, sizeof area_line, areas));
    char *rest = line;
    next_field(&rest);
    while ((field = next_field(&rest)) != NULL && columns < MOST_UNITS) {
        size_t u = 0;
        while (u < units && strcmp(unit[u].name, field) != 0)
            u++;
        column[columns++] = u;
    }
    while (fgets(line, sizeof line, table) && fgets(area_line, sizeof area_line, areas)) {
        split(area_line, area, 6);
        double lat = atof(area[4]), lon = atof(area[5]);
        rest = line;
        cr_assert_str_eq(next_field(&rest), area[0]);
        for (size_t c = 0; c < columns; c++) {
            const struct unit_place *to = &unit[column[c] % MOST_UNITS];
            double minutes = atof(next_field(&rest));
            if (column[c] < units && to->by_road &&
                region_distance_km(lat, lon, to->lat, to->lon) < 25)
                add_pair(&pairs, region_estimate_min(parameters, lat, lon, to->lat, to->lon),
                         minutes);
        }
    }
    fclose(table);
    fclose(areas);
    return pairs;
}

Test(london, estimated_minutes_agree_with_the_road_table)
{
    if (access(DATA "london_travel_calibrated_minutes.csv", R_OK) != 0)
        cr_skip_test("the road table is not here");
    struct parameters parameters;
    parameters_default(&parameters);
    struct pairs p = compare_with_table(&parameters);
    cr_assert_gt(p.n, 50000);
    double bias = (p.x - p.y) / p.n, error = sqrt(p.squares / p.n);
    double correlation =
        (p.n * p.xy - p.x * p.y) / sqrt((p.n * p.xx - p.x * p.x) * (p.n * p.yy - p.y * p.y));
    cr_expect_lt(fabs(bias), 0.5, "%.3f min too long on average", bias);
    cr_expect_lt(error, 2.35 * 1.0741 * 1.05, "%.3f min root mean square error", error);
    cr_expect_gt(correlation, 0.95, "%.4f", correlation);
}

/* --- simulated -------------------------------------------------------------------------------- */

static void simulate(struct experiment *experiment, const struct design *design,
                     uint64_t replications)
{
    static const size_t both[] = {DISTRIBUTED, CENTRALISED};
    struct experiment_options options = {
        .configurations = both, .count = 2, .replications = replications, .threads = 2};
    enum model_status status;
    cr_assert_eq(experiment_run(experiment, design, &options, &status), EXPERIMENT_OK);
}

/* Share thrombolysed of the strokes treated at HASUs. */
static double rate_at_hasus(const struct experiment *experiment)
{
    const struct configuration *configuration = &experiment->design->configuration[CENTRALISED];
    const struct arm *arm = &experiment->arm[CENTRALISED];
    double strokes = 0, treated = 0;
    for (size_t h = 0; h < configuration->hospitals; h++)
        if (hospital_is_hasu(&configuration->hospital[h])) {
            const struct tally *of = arm->unit[h].of;
            strokes += of[UNIT_METRIC_STROKES].mean;
            treated += of[UNIT_METRIC_STROKES].mean * of[UNIT_METRIC_IVT_RATE].mean;
        }
    return treated / strokes;
}

/* Strokes at every hospital against those that the arithmetic of `check` expects there; counts are
 * Poisson, so their means over the replications have these errors. */
static void expect_catchments(const struct experiment *experiment, size_t c)
{
    const struct service *service = &experiment->model.service[c];
    struct offered_load load[30];
    double all = 0, score = family_score(60);
    cr_assert_eq(service->hospitals, 30);
    load_offered(service, experiment->model.mix, NULL, load);
    for (size_t h = 0; h < service->hospitals; h++) {
        double got = experiment->arm[c].unit[h].of[UNIT_METRIC_STROKES].mean;
        double error = score * sqrt(load[h].strokes / (double)experiment->replications);
        const char *name = service->region->site[service->hospital[h].site].name;
        cr_expect(fabs(got - load[h].strokes) <= error + 1e-9, "%s: %.1f, not %.1f", name, got,
                  load[h].strokes);
        /* Published for the eight: 775 to 1,288 strokes a year. */
        if (hospital_is_hasu(&service->hospital[h]))
            cr_expect(got > 600 && got < 1900, "%s: %.0f strokes a year", name, got);
        all += got;
    }
    cr_expect_float_eq(all, experiment->arm[c].summary[METRIC_STROKES].mean, 1e-6);
}

/* The published levels that were solved for come out in the simulation. */
Test(london, simulates_the_levels_it_was_solved_for)
{
    enum { REPLICATIONS = 8 };
    struct scenario *scenario = read_london(NULL);
    struct experiment experiment;
    simulate(&experiment, &scenario->design, REPLICATIONS);
    const struct tally *before = experiment.arm[DISTRIBUTED].summary;
    const struct tally *after = experiment.arm[CENTRALISED].summary;
    double n = 9440.8 * REPLICATIONS, score = family_score(4);
    double strokes = before[METRIC_STROKES].mean, rate = before[METRIC_IVT_RATE].mean;
    double at_hasus = rate_at_hasus(&experiment);
    cr_expect_float_eq(strokes, 9440.8, score * sqrt(9440.8 / REPLICATIONS), "%.1f strokes",
                       strokes);
    cr_expect_float_eq(rate, 0.04, score * sqrt(0.04 * 0.96 / n), "%.4f thrombolysed before", rate);
    cr_expect_float_eq(at_hasus, 0.12, score * sqrt(0.12 * 0.88 / (0.85 * n)),
                       "%.4f thrombolysed at HASUs", at_hasus);
    cr_expect(near(before[METRIC_MORTALITY_90D].mean, 0.2, 0.01), "%.4f dead by day 90",
              before[METRIC_MORTALITY_90D].mean);
    cr_expect(near(after[METRIC_STROKES].mean, strokes, 0), "the same patients");
    cr_expect_float_eq(before[METRIC_TRAVEL_MIN].mean, 11.4, 0.3);
    cr_expect_eq(before[METRIC_MT_RATE].mean + after[METRIC_MT_RATE].mean, 0);
    cr_expect_eq(before[METRIC_DIRECT_TO_HASU].n, 0);
    cr_expect(after[METRIC_DIRECT_TO_HASU].mean > 0.6 && after[METRIC_DIRECT_TO_HASU].mean < 0.86,
              "15%% are treated elsewhere, and not all come by ambulance");
    cr_expect_gt(experiment.arm[CENTRALISED].difference[METRIC_LIVES_SAVED].min, 0);
    for (size_t c = 0; c < 2; c++)
        expect_catchments(&experiment, c);
    experiment_fini(&experiment);
    scenario_free(scenario);
}

/* The corners were chosen to bracket the central case. */
Test(london, low_and_high_lie_on_either_side)
{
    static const char *const variants[] = {"low", NULL, "high"};
    double last = -INFINITY;
    for (size_t i = 0; i < 3; i++) {
        struct scenario *scenario = read_london(variants[i]);
        struct experiment experiment;
        simulate(&experiment, &scenario->design, 1);
        double saved = experiment.arm[CENTRALISED].difference[METRIC_LIVES_SAVED].mean;
        cr_expect_gt(saved, last + 10, "%s: %.1f lives", variants[i] ? variants[i] : "central",
                     saved);
        last = saved;
        experiment_fini(&experiment);
        scenario_free(scenario);
    }
}
