#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/write/results.h"
#include "scenarios/write/tables.h"
#include "tests/models/small_region.h"
#include "tests/scenarios/folders.h"

/* A table read back: fields by row and column, quotes taken off. */
struct grid {
    char *text;
    char **field;
    size_t rows, columns; /* the header is row 0 */
};

/* Ends the field that begins at `from`; what it ends with goes to *separator. */
static char *end_field(char *from, char *separator)
{
    char *to = from;
    bool quoted = *from == '"';
    for (from += quoted; *from != '\0'; from++) {
        if (quoted && *from == '"' && *++from != '"')
            quoted = false;
        if (!quoted && (*from == ',' || *from == '\n'))
            break;
        *to++ = *from;
    }
    *separator = *from;
    *to = '\0';
    return from + 1;
}

static struct grid grid_read(const char *path)
{
    FILE *stream = fopen(path, "rb");
    cr_assert_not_null(stream, "%s", path);
    struct grid grid = {.text = calloc(1, 1 << 20), .field = calloc(1 << 17, sizeof(char *))};
    size_t length = fread(grid.text, 1, (1 << 20) - 1, stream), n = 0;
    fclose(stream);
    cr_assert(length > 0 && length < (1 << 20) - 1 && grid.text[length - 1] == '\n');
    for (char *at = grid.text, separator; *at != '\0' && at < grid.text + length;) {
        cr_assert_lt(n, 1 << 17);
        grid.field[n++] = at;
        at = end_field(at, &separator);
        if (separator == '\n') {
            grid.columns = grid.rows++ == 0 ? n : grid.columns;
            cr_assert_eq(n, grid.rows * grid.columns, "%s: row %zu is ragged", path, grid.rows);
        }
    }
    return grid;
}

static void grid_free(struct grid *grid)
{
    free(grid->text);
    free(grid->field);
}

static const char *text_at(const struct grid *grid, size_t row, const char *column)
{
    for (size_t c = 0; c < grid->columns; c++)
        if (strcmp(grid->field[c], column) == 0)
            return grid->field[row * grid->columns + c];
    cr_assert_fail("no column %s", column);
    return NULL;
}

/* NAN for an empty field. */
static double number_at(const struct grid *grid, size_t row, const char *column)
{
    const char *text = text_at(grid, row, column);
    char *end;
    double value = strtod(text, &end);
    cr_assert(*end == '\0' && (*text == '\0' || isfinite(value)), "'%s'", text);
    return *text == '\0' ? NAN : value;
}

static bool is_at(const struct grid *grid, size_t row, const char *column, const char *wanted)
{
    return strcmp(text_at(grid, row, column), wanted) == 0;
}

/* --- an experiment to write ------------------------------------------------------------------- */

struct written {
    struct design design;
    struct experiment experiment;
    char folder[SCRATCH_SIZE];
};

static void rename_site(struct site *site, const char *name)
{
    free(site->name);
    site->name = strdup(name);
}

static void written_open(struct written *written, uint64_t replications, bool limited)
{
    static const size_t both[] = {LOCAL, CENTRAL};
    static const double scores[SMALL_AREAS] = {5, 4, 3, 2, 1, NAN};
    scratch_make(written->folder);
    small_design_busy(&written->design);
    small_design_write(&written->design, BOTH, P_BEDS_LIMITED, limited);
    for (size_t a = 0; a < SMALL_AREAS; a++) {
        written->design.region.area[a].group = strdup(a < 3 ? "one, two" : "\"rest\"");
        written->design.region.area[a].deprivation_score = scores[a];
    }
    rename_site(&written->design.region.site[SITE_ASH], "Ash, \"the old\"");
    struct experiment_options options = {.configurations = both,
                                         .count = 2,
                                         .replications = replications,
                                         .threads = 2,
                                         .census = true};
    enum model_status status;
    cr_assert_eq(experiment_run(&written->experiment, &written->design, &options, &status),
                 EXPERIMENT_OK);
}

static void written_close(struct written *written)
{
    experiment_fini(&written->experiment);
    design_fini(&written->design);
    scratch_remove(written->folder);
}

static struct grid write_table(const struct written *written,
                               void (*write)(struct csv_writer *, const struct experiment *))
{
    char path[SCRATCH_SIZE];
    struct write_fault fault = {0};
    struct csv_writer *table = csv_writer_open(in(path, written->folder, "table.csv"), &fault);
    cr_assert_not_null(table);
    write(table, &written->experiment);
    cr_assert(csv_writer_close(table, &fault));
    return grid_read(path);
}

/* Ten significant digits. */
static bool agrees(double written, double value)
{
    return isnan(value) ? isnan(written) : fabs(written - value) <= 1e-9 * fabs(value) + 1e-300;
}

/* --- the tables ------------------------------------------------------------------------------- */

/* Each year of each hospital and of all: what the tallies hold, shares of the beds as they are. */
Test(tables, a_row_a_year_and_place)
{
    static const size_t both[] = {LOCAL, CENTRAL};
    struct written written;
    scratch_make(written.folder);
    small_design_busy(&written.design);
    small_design_write(&written.design, BOTH, P_BEDS_LIMITED, 0);
    small_design_write(&written.design, BOTH, P_DEMAND_GROWTH, .1);
    written.design.years = 2.5;
    written.design.start_year = 2031;
    struct experiment_options options = {
        .configurations = both, .count = 2, .replications = 3, .threads = 2};
    enum model_status status;
    cr_assert_eq(experiment_run(&written.experiment, &written.design, &options, &status),
                 EXPERIMENT_OK);
    cr_assert_eq(written.experiment.years, 2);
    struct grid grid = write_table(&written, tables_years);
    size_t shares = 0, all = 0;
    double strokes = 0;
    for (size_t row = 1; row < grid.rows; row++) {
        size_t a = is_at(&grid, row, "configuration", "central");
        double year = number_at(&grid, row, "year");
        cr_assert(year == 2031 || year == 2032);
        size_t place = 0;
        while (place < SMALL_HOSPITALS &&
               !is_at(&grid, row, "hospital", written.design.region.site[place].name))
            place++;
        cr_assert(place < SMALL_HOSPITALS || is_at(&grid, row, "hospital", "all"));
        all += place == SMALL_HOSPITALS;
        const struct year_tallies *of =
            &written.experiment.arm[a]
                 .yearly[(size_t)(year - 2031) * (SMALL_HOSPITALS + 1) + place];
        double mean = number_at(&grid, row, "mean"), low = number_at(&grid, row, "ci_low");
        cr_expect(low <= mean && mean <= number_at(&grid, row, "ci_high"));
        if (is_at(&grid, row, "metric", "strokes")) {
            cr_expect(agrees(mean, of->strokes.mean) && is_at(&grid, row, "kind", ""));
            strokes += a == 1 && place == SMALL_HOSPITALS ? mean : 0;
        }
        if (is_at(&grid, row, "metric", "deaths_90d"))
            cr_expect(agrees(mean, of->deaths_90d.mean));
        if (is_at(&grid, row, "metric", "occupancy") && is_at(&grid, row, "kind", "hasu")) {
            double beds = place == SITE_ASH ? 5 : place == SITE_CEDAR ? 4 : 9;
            cr_expect(agrees(mean, of->in_use[BED_HASU].mean / beds));
            shares++;
        }
        if (is_at(&grid, row, "metric", "beds_in_use_p95") && is_at(&grid, row, "kind", "su"))
            cr_expect(agrees(mean, of->in_use_p95[BED_SU].mean));
    }
    cr_expect_eq(shares, 2 * 3, "two HASUs and all, in two years");
    cr_expect_eq(all, 2 * (2 + 4) + 2 * (2 + 4 + 4), "local units have no hyper-acute beds");
    /* The half year belongs to none of them: 2.5 years have more strokes than the two. */
    double window = written.experiment.arm[1].summary[METRIC_STROKES].mean * 2.5;
    cr_expect(strokes < .9 * window && strokes > .7 * window);
    grid_free(&grid);
    written_close(&written);
}

Test(tables, a_summary_row_a_configuration_and_metric)
{
    struct written written;
    written_open(&written, 5, true);
    struct grid grid = write_table(&written, tables_summary);
    cr_assert_eq(grid.rows, 1 + 2 * (METRIC_COUNT - 1)); /* lives saved: in differences only */
    for (size_t row = 1; row < grid.rows; row++) {
        size_t a = is_at(&grid, row, "configuration", "central");
        int metric = metric_find(text_at(&grid, row, "metric"));
        cr_assert(metric >= 0 && metric != METRIC_LIVES_SAVED);
        const struct tally *tally = &written.experiment.arm[a].summary[metric];
        const char *name = metric_info((enum metric)metric)->name;
        double mean = number_at(&grid, row, "mean");
        cr_expect(agrees(mean, tally->n > 0 ? tally->mean : NAN), "%s", name);
        cr_expect_eq(number_at(&grid, row, "replications"), (double)tally->n, "%s", name);
        cr_expect(is_at(&grid, row, "unit", metric_info((enum metric)metric)->unit), "%s", name);
        cr_expect(tally->n < 2 || (number_at(&grid, row, "ci_low") <= mean &&
                                   mean <= number_at(&grid, row, "ci_high")),
                  "%s", name);
        cr_expect(agrees(number_at(&grid, row, "sd"), tally->n < 2 ? NAN : tally_sd(tally)), "%s",
                  name);
    }
    grid_free(&grid);
    written_close(&written);
}

/* What a reader takes from two files must agree: the means' difference and the mean difference. */
Test(tables, differences_agree_with_the_summary)
{
    struct written written;
    written_open(&written, 5, true);
    struct grid summary = write_table(&written, tables_summary);
    struct grid grid = write_table(&written, tables_differences);
    cr_assert_eq(grid.rows, 1 + METRIC_COUNT);
    size_t compared = 0;
    for (size_t row = 1; row < grid.rows; row++) {
        const char *metric = text_at(&grid, row, "metric");
        cr_expect(is_at(&grid, row, "baseline", "local") &&
                  is_at(&grid, row, "configuration", "central"));
        double before = NAN, after = NAN, mean = number_at(&grid, row, "mean");
        for (size_t s = 1; s < summary.rows; s++)
            if (strcmp(text_at(&summary, s, "metric"), metric) == 0)
                *(is_at(&summary, s, "configuration", "central") ? &after : &before) =
                    number_at(&summary, s, "mean");
        if (number_at(&grid, row, "replications") < 5 || isnan(before) || isnan(after))
            continue;
        cr_expect(fabs(mean - (after - before)) <= 2e-9 * (fabs(before) + fabs(after)), "%s",
                  metric);
        cr_expect(number_at(&grid, row, "year_low") <= number_at(&grid, row, "year_high"), "%s",
                  metric);
        cr_expect(isnan(number_at(&grid, row, "evidence_low")), "%s: no draws were made", metric);
        compared++;
    }
    cr_expect_gt(compared, 25);
    grid_free(&summary);
    grid_free(&grid);
    written_close(&written);
}

/* A point a draw, in the order of the draws, as the evidence ranges are made of; none of a draw
 * without a figure, nor of a configuration of whose QALYs nothing is said. */
Test(tables, a_point_of_the_plane_a_draw)
{
    static double qalys[] = {1.5, NAN, -2, 4}, gbp[] = {100, 5, -7.25, NAN};
    struct written written;
    written_open(&written, 2, true);
    struct arm *arm = &written.experiment.arm[1];
    double *kept[] = {arm->evidence[METRIC_QALYS_LIFETIME],
                      arm->evidence[METRIC_COST_LIFETIME_GBP]};
    arm->evidence[METRIC_QALYS_LIFETIME] = qalys;
    arm->evidence[METRIC_COST_LIFETIME_GBP] = gbp;
    written.experiment.draws = 4;
    struct grid grid = write_table(&written, tables_ce_plane);
    cr_assert_eq(grid.rows, 1 + 2);
    for (size_t row = 1; row < grid.rows; row++) {
        size_t draw = row == 1 ? 0 : 2;
        cr_expect(is_at(&grid, row, "baseline", "local"));
        cr_expect(is_at(&grid, row, "configuration", "central"));
        cr_expect_eq(number_at(&grid, row, "draw"), (double)draw + 1);
        cr_expect_eq(number_at(&grid, row, "qalys"), qalys[draw]);
        cr_expect_eq(number_at(&grid, row, "cost_gbp"), gbp[draw]);
    }
    grid_free(&grid);
    arm->unstable = true;
    grid = write_table(&written, tables_ce_plane);
    cr_expect_eq(grid.rows, 1);
    grid_free(&grid);
    arm->evidence[METRIC_QALYS_LIFETIME] = kept[0];
    arm->evidence[METRIC_COST_LIFETIME_GBP] = kept[1];
    written_close(&written);
}

Test(tables, drivers_add_up_to_the_lives_saved)
{
    struct written written;
    written_open(&written, 4, true);
    struct grid grid = write_table(&written, tables_drivers);
    cr_assert_eq(grid.rows, 1 + DRIVERS + 1);
    double sum = 0;
    for (size_t row = 1; row < grid.rows; row++) {
        sum += number_at(&grid, row, "mean");
        cr_expect(is_at(&grid, row, "metric", "lives_saved"));
    }
    cr_expect_float_eq(sum, written.experiment.arm[1].difference[METRIC_LIVES_SAVED].mean, 1e-6);
    grid_free(&grid);
    written_close(&written);
}

/* Names that hold commas and quotes come back as they were. */
Test(tables, units_add_up_and_their_days_are_in_order)
{
    static const char *const points[] = {"p05", "p50", "p95", "p99"};
    for (int limited = 0; limited < 2; limited++) {
        struct written written;
        written_open(&written, 4, limited);
        struct grid grid = write_table(&written, tables_units);
        cr_assert_eq(grid.rows, 1 + 2 * SMALL_HOSPITALS * UNIT_METRICS);
        double strokes[2] = {0}, beds = 0;
        for (size_t row = 1; row < grid.rows; row++) {
            size_t a = is_at(&grid, row, "configuration", "central");
            const char *metric = text_at(&grid, row, "metric");
            double mean = number_at(&grid, row, "mean"), last = -1;
            if (strcmp(metric, "strokes") == 0)
                strokes[a] += mean;
            if (strcmp(metric, "hasu_beds") == 0 && !isnan(mean))
                beds += mean;
            bool occupancy = strstr(metric, "_occupancy") != NULL;
            bool daily = occupancy || strstr(metric, "_beds_in_use") != NULL;
            for (int i = 0; i < 4; i++) {
                double level = number_at(&grid, row, points[i]);
                cr_expect_eq(isnan(level), !daily || isnan(mean), "%s %s", metric, points[i]);
                cr_expect(isnan(level) || level >= last, "%s %s", metric, points[i]);
                cr_expect(!occupancy || isnan(level) || level <= 1, "%s %s", metric, points[i]);
                last = level;
            }
            cr_expect(!occupancy || limited || isnan(mean), "a share of unlimited beds");
            cr_expect(a == 1 || strncmp(metric, "hasu_", 5) != 0 || isnan(mean),
                      "a hyper-acute figure without a hyper-acute unit");
        }
        cr_expect_eq(beds, 5 + 4, "counted whether or not they are limited");
        cr_expect(is_at(&grid, 1, "hospital", "Ash, \"the old\""));
        cr_expect(is_at(&grid, 1, "role", "stroke"));
        cr_expect(is_at(&grid, 1 + SMALL_HOSPITALS * UNIT_METRICS, "role", "hasu+su+mt"));
        cr_expect(is_at(&grid, SMALL_HOSPITALS * UNIT_METRICS, "role", "none"));
        for (size_t a = 0; a < 2; a++)
            cr_expect_float_eq(strokes[a], written.experiment.arm[a].summary[METRIC_STROKES].mean,
                               1e-6);
        grid_free(&grid);
        written_close(&written);
    }
}

Test(tables, areas_add_up)
{
    struct written written;
    written_open(&written, 4, true);
    struct grid grid = write_table(&written, tables_areas);
    cr_assert_eq(grid.rows, 1 + 2 * SMALL_AREAS * AREA_METRICS);
    double strokes[2] = {0}, deaths[2] = {0};
    for (size_t row = 1; row < grid.rows; row++) {
        size_t a = is_at(&grid, row, "configuration", "central");
        double mean = number_at(&grid, row, "mean");
        if (is_at(&grid, row, "metric", "strokes"))
            strokes[a] += mean;
        if (is_at(&grid, row, "metric", "deaths_90d"))
            deaths[a] += mean;
        cr_expect(!is_at(&grid, row, "unit", "share") || (mean >= 0 && mean <= 1));
    }
    cr_expect(is_at(&grid, 1, "group", "one, two"));
    cr_expect(is_at(&grid, grid.rows - 1, "group", "\"rest\""));
    for (size_t a = 0; a < 2; a++) {
        const struct tally *summary = written.experiment.arm[a].summary;
        cr_expect_float_eq(strokes[a], summary[METRIC_STROKES].mean, 1e-6);
        cr_expect_float_eq(deaths[a], summary[METRIC_DEATHS_90D].mean, 1e-6);
    }
    grid_free(&grid);
    written_close(&written);
}

/* The nearest of the hospitals that a policy has to choose from, by hand. */
static size_t nearest(const struct region *region, const struct configuration *configuration,
                      size_t area, unsigned roles)
{
    size_t nearest = SIZE_MAX;
    for (size_t h = 0; h < configuration->hospitals; h++) {
        size_t site = configuration->hospital[h].site;
        if ((configuration->hospital[h].roles & roles) != 0 &&
            (nearest == SIZE_MAX ||
             region_minutes(region, area, site) < region_minutes(region, area, nearest)))
            nearest = site;
    }
    return nearest;
}

Test(tables, destinations_are_the_nearest_that_the_policy_allows)
{
    struct written written;
    written_open(&written, 2, true);
    const struct region *region = &written.design.region;
    struct grid grid = write_table(&written, tables_destinations);
    cr_assert_eq(grid.rows, 1 + 2 * SMALL_AREAS);
    for (size_t c = 0; c < 2; c++)
        for (size_t a = 0; a < SMALL_AREAS; a++) {
            const struct configuration *configuration = &written.design.configuration[c];
            size_t row = 1 + c * SMALL_AREAS + a;
            size_t site = nearest(region, configuration, a,
                                  c == CENTRAL ? ROLE_HASU : ROLE_HASU | ROLE_STROKE);
            cr_expect(is_at(&grid, row, "configuration", configuration->name));
            cr_expect(is_at(&grid, row, "area", region->area[a].name));
            cr_expect(is_at(&grid, row, "group", region->area[a].group));
            cr_expect(is_at(&grid, row, "hospital", region->site[site].name), "row %zu", row);
            cr_expect(agrees(number_at(&grid, row, "minutes"), region_minutes(region, a, site)));
            cr_expect_eq(number_at(&grid, row, "from_day"), 0);
        }
    grid_free(&grid);
    written_close(&written);
}

/* What a reader takes from areas.csv and from the differences must agree; groups and fifths have
 * the strokes and deaths of their areas; and each table says whose they are. */
Test(tables, differences_of_places_agree_with_the_areas)
{
    static const struct {
        void (*write)(struct csv_writer *, const struct experiment *);
        const char *place, *names[SMALL_AREAS];
        size_t count, of[SMALL_AREAS]; /* the place of each area; none: count */
    } tables[] = {
        {tables_area_differences,
         "area",
         {"North", "East", "South", "West", "Middle", "Far"},
         SMALL_AREAS,
         {0, 1, 2, 3, 4, 5}},
        {tables_groups, "group", {"one, two", "\"rest\""}, 2, {0, 0, 0, 1, 1, 1}},
        {tables_deprivation, "fifth", {"1", "2", "3", "4", "5"}, 5, {0, 1, 2, 3, 4, 5}},
    };
    struct written written;
    written_open(&written, 3, true);
    struct grid areas = write_table(&written, tables_areas);
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
        struct grid grid = write_table(&written, tables[t].write);
        cr_assert_eq(grid.rows, 1 + tables[t].count * AREA_METRICS);
        for (size_t row = 1; row < grid.rows; row++) {
            size_t place = (row - 1) / AREA_METRICS, metric = (row - 1) % AREA_METRICS;
            double sum = 0, mean = number_at(&grid, row, "mean");
            cr_expect(is_at(&grid, row, "baseline", "local"));
            cr_expect(is_at(&grid, row, "configuration", "central"));
            cr_expect(is_at(&grid, row, tables[t].place, tables[t].names[place]));
            cr_expect(is_at(&grid, row, "metric", area_metric_name((enum area_metric)metric)));
            cr_expect(is_at(&grid, row, "unit", area_metric_unit((enum area_metric)metric)));
            cr_expect(number_at(&grid, row, "ci_low") <= mean &&
                      mean <= number_at(&grid, row, "ci_high"));
            for (size_t a = 0; a < SMALL_AREAS; a++)
                for (size_t c = 0; c < 2 && tables[t].of[a] == place; c++) {
                    size_t at = 1 + (c * SMALL_AREAS + a) * AREA_METRICS + metric;
                    sum += (c == 0 ? -1 : 1) * number_at(&areas, at, "mean");
                }
            bool adds_up = t == 0 || metric == AREA_STROKES || metric == AREA_DEATHS_90D;
            cr_expect(!adds_up || fabs(mean - sum) < 1e-6, "%s %s: %g, not %g", tables[t].place,
                      tables[t].names[place], mean, sum);
        }
        grid_free(&grid);
    }
    grid_free(&areas);
    written_close(&written);
}

/* The row of a parameter that is of a configuration ("" of all); 0: there is none. */
static size_t row_of(const struct grid *grid, enum parameter_id id, const char *configuration)
{
    size_t found = 0;
    for (size_t row = 1; row < grid->rows; row++)
        if (is_at(grid, row, "parameter", parameter_info(id)->key) &&
            is_at(grid, row, "configuration", configuration)) {
            cr_expect_eq(found, 0, "twice");
            found = row;
        }
    return found;
}

/* One row a parameter, and one more where a configuration says something else: another value,
 * range or source. What is set by hand is certain; another value without a source is assumed. */
Test(tables, parameters_as_they_ran)
{
    static const struct {
        enum parameter_id id;
        const char *configuration;
        double value, low, high;
        const char *distribution, *source, *standing; /* source NULL: the dictionary's */
        double changed;
    } wanted[] = {
        {P_DEMAND_HAEMORRHAGE_SHARE, "", .114, .109, .119, "beta", NULL, "verified", 0},
        {P_DEMAND_GROWTH, "", 0, NAN, NAN, "fixed", NULL, "assumed", 0},
        {P_POLICY_NAME, "", 0, NAN, NAN, "fixed", NULL, "assumed", 0},
        {P_POLICY_NAME, "central", 1, NAN, NAN, "fixed", "", "assumed", 1},
        {P_COST_TRANSFER_GBP, "", 77, 60, 90, "gamma", "a report, 2009", "scenario", 1},
        {P_COST_TRANSFER_GBP, "central", 77, 60, 91, "gamma", "a report, 2009", "scenario", 1},
        {P_UNIT_TREATED_IF_ELIGIBLE, "", NAN, NAN, NAN, "fixed", NULL, NULL, 0},
        {P_OUTCOME_ORGANISED_CARE_OR, "central", .7, NAN, NAN, "fixed", "", "assumed", 1},
    };
    struct written written;
    written_open(&written, 1, true);
    for (size_t c = 0; c < 2; c++) {
        struct configuration *of = &written.design.configuration[c];
        for (enum parameter_id id = 0; id < PARAMETER_COUNT; id++)
            spread_default(id, &of->spread[id]);
        of->parameters.value[P_COST_TRANSFER_GBP] = 77;
        of->spread[P_COST_TRANSFER_GBP] = (struct spread){FAMILY_GAMMA, 60, c == 0 ? 90 : 91, 0};
        of->source[P_COST_TRANSFER_GBP] = c == 0 ? "a report, 2009" : strdup("a report, 2009");
    }
    struct configuration *central = &written.design.configuration[CENTRAL];
    central->parameters.value[P_OUTCOME_ORGANISED_CARE_OR] = .7;
    central->source[P_OUTCOME_ORGANISED_CARE_OR] = "no longer";
    central->set_by_hand[P_OUTCOME_ORGANISED_CARE_OR] = true;
    struct grid grid = write_table(&written, tables_parameters);
    size_t others = 1; /* in its range alone */
    for (enum parameter_id id = 0; id < PARAMETER_COUNT; id++) {
        double first = written.design.configuration[LOCAL].parameters.value[id];
        others += first != central->parameters.value[id] && !isnan(first);
    }
    cr_expect_eq(grid.rows, 1 + PARAMETER_COUNT + others, "%zu rows, %zu of central", grid.rows,
                 others);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const struct parameter_info *info = parameter_info(wanted[i].id);
        size_t row = row_of(&grid, wanted[i].id, wanted[i].configuration);
        cr_assert_gt(row, 0, "%s", info->key);
        cr_expect(agrees(number_at(&grid, row, "value"), wanted[i].value), "%s", info->key);
        cr_expect(agrees(number_at(&grid, row, "low"), wanted[i].low), "%s", info->key);
        cr_expect(agrees(number_at(&grid, row, "high"), wanted[i].high), "%s", info->key);
        cr_expect(is_at(&grid, row, "unit", info->unit) &&
                  is_at(&grid, row, "meaning", info->meaning));
        cr_expect(is_at(&grid, row, "distribution", wanted[i].distribution), "%s", info->key);
        cr_expect(
            is_at(&grid, row, "source", wanted[i].source != NULL ? wanted[i].source : info->source),
            "%s", info->key);
        cr_expect(is_at(&grid, row, "standing",
                        wanted[i].standing != NULL ? wanted[i].standing
                                                   : parameter_standing_name(info->standing)),
                  "%s", info->key);
        cr_expect_eq(number_at(&grid, row, "changed"), wanted[i].changed, "%s", info->key);
    }
    free((char *)central->source[P_COST_TRANSFER_GBP]);
    grid_free(&grid);
    written_close(&written);
}

/* Every area with its strokes and fifth, and every hospital that a configuration has. */
Test(tables, places_are_all_there)
{
    struct written written;
    written_open(&written, 2, true);
    written.design.region.site[SITE_BIRCH].sector = strdup("East, far");
    for (size_t c = 0; c < 2; c++) /* Elm, the last, is in no configuration */
        written.design.configuration[c].hospitals--;
    struct grid grid = write_table(&written, tables_places);
    cr_assert_eq(grid.rows, 1 + SMALL_AREAS + SMALL_HOSPITALS - 1);
    double strokes = 0;
    for (size_t a = 0; a < SMALL_AREAS; a++) {
        const struct area *area = &written.design.region.area[a];
        size_t row = 1 + a;
        cr_expect(is_at(&grid, row, "place", area->name) && is_at(&grid, row, "kind", "area"));
        cr_expect(is_at(&grid, row, "group", area->group));
        cr_expect_eq(number_at(&grid, row, "lat"), area->lat);
        cr_expect_eq(number_at(&grid, row, "lon"), area->lon);
        strokes += number_at(&grid, row, "strokes_per_year");
    }
    cr_expect_float_eq(strokes, case_mix_strokes_per_year(written.experiment.model.mix), 1e-6);
    cr_expect(is_at(&grid, 1, "deprivation_fifth", "1"), "the highest score");
    cr_expect(is_at(&grid, 5, "deprivation_fifth", "5"), "the lowest");
    cr_expect(is_at(&grid, 6, "deprivation_fifth", ""), "no score");
    for (size_t s = 0; s < SMALL_HOSPITALS - 1; s++) {
        const struct site *site = &written.design.region.site[s];
        size_t row = 1 + SMALL_AREAS + s;
        cr_expect(is_at(&grid, row, "place", site->name) && is_at(&grid, row, "kind", "hospital"));
        cr_expect(is_at(&grid, row, "group", s == SITE_BIRCH ? "East, far" : ""));
        cr_expect_eq(number_at(&grid, row, "lat"), site->lat);
        cr_expect(is_at(&grid, row, "strokes_per_year", ""));
        cr_expect(is_at(&grid, row, "deprivation_fifth", ""));
    }
    grid_free(&grid);
    written_close(&written);
}

Test(tables, costs_add_up_to_the_cost)
{
    struct written written;
    written_open(&written, 4, true);
    struct grid grid = write_table(&written, tables_costs);
    cr_assert_eq(grid.rows, 1 + 2 * BILL_ITEMS);
    double total[2] = {0};
    for (size_t row = 1; row < grid.rows; row++) {
        double gbp = number_at(&grid, row, "mean_gbp");
        double quantity = number_at(&grid, row, "quantity");
        cr_expect(agrees(gbp, quantity * number_at(&grid, row, "unit_cost_gbp")) ||
                  fabs(gbp - quantity * number_at(&grid, row, "unit_cost_gbp")) < 1e-8 * gbp);
        cr_expect(number_at(&grid, row, "ci_low") <= gbp &&
                  gbp <= number_at(&grid, row, "ci_high"));
        total[is_at(&grid, row, "configuration", "central")] += gbp;
    }
    for (size_t a = 0; a < 2; a++) {
        double cost = written.experiment.arm[a].summary[METRIC_COST_90D_GBP].mean;
        cr_expect_float_eq(total[a], cost, 1e-7 * cost);
    }
    grid_free(&grid);
    written_close(&written);
}

/* Beds in use of 1 to 100 on a day each: the levels that so many of 100 days do not pass, of the
 * right kind of bed, and as shares of the 5 and 4 beds at Ash. */
Test(tables, days_of_a_unit)
{
    static const char *const points[] = {"p05", "p50", "p95", "p99"};
    static const double level[] = {5, 50, 95, 99};
    struct written written;
    written_open(&written, 2, true);
    struct unit_tallies *ash = &written.experiment.arm[1].unit[SITE_ASH];
    memset(ash->days, 0, sizeof ash->days);
    for (int day = 1; day <= 100; day++) {
        ash->days[BED_HASU][day] = 1;
        ash->days[BED_SU][2 * day] = 1;
    }
    struct grid grid = write_table(&written, tables_units);
    static const struct {
        const char *metric;
        double times;
    } rows[] = {{"hasu_beds_in_use", 1},
                {"hasu_occupancy", 1.0 / 5},
                {"su_beds_in_use", 2},
                {"su_occupancy", 2.0 / 4}};
    size_t found = 0;
    for (size_t row = 1; row < grid.rows; row++)
        for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
            if (!is_at(&grid, row, "configuration", "central") ||
                !is_at(&grid, row, "hospital", "Ash, \"the old\"") ||
                !is_at(&grid, row, "metric", rows[r].metric))
                continue;
            found++;
            for (int i = 0; i < 4; i++)
                cr_expect(agrees(number_at(&grid, row, points[i]), rows[r].times * level[i]),
                          "%s %s: %g", rows[r].metric, points[i], number_at(&grid, row, points[i]));
        }
    cr_expect_eq(found, 4);
    grid_free(&grid);
    written_close(&written);
}

/* The days of a place average to the mean of its beds in use at midnight, by the days counted for
 * units.csv. */
Test(tables, census_is_of_the_days_of_units)
{
    static const char *const points[] = {"p05", "p50", "p95", "p99"};
    struct written written;
    written_open(&written, 4, true);
    struct grid grid = write_table(&written, tables_census);
    size_t days = (size_t)written.experiment.window_days, row = 1;
    for (size_t a = 0; a < 2; a++) {
        const struct arm *arm = &written.experiment.arm[a];
        for (size_t p = 0; p < arm->census.places; p++) {
            const struct census_place *place = &arm->census.place[p];
            const uint64_t *counted = arm->unit[place->hospital].days[place->kind];
            double sum = 0, want = 0;
            for (size_t day = 1; day <= days; day++, row++) {
                double last = 0;
                cr_assert(is_at(&grid, row, "kind", bed_kind_name(place->kind)));
                cr_assert_eq(number_at(&grid, row, "day"), (double)day);
                sum += number_at(&grid, row, "mean");
                for (int i = 0; i < 4; i++) {
                    cr_expect_geq(number_at(&grid, row, points[i]), last);
                    last = number_at(&grid, row, points[i]);
                }
            }
            for (int level = 0; level < CENSUS_LEVELS; level++)
                want += (double)(counted[level] * (uint64_t)level);
            cr_expect_float_eq(4 * sum, want, 1e-5 * want + 1e-9, "%zu, %zu: %g, not %g", a, p,
                               4 * sum, want);
        }
    }
    cr_assert_eq(grid.rows, row);
    grid_free(&grid);
    written_close(&written);
}

/* Of a configuration that was called unstable no table quotes a figure that is computed, though
 * there were replications before; nor of a difference from an unstable baseline. */
Test(tables, nothing_is_quoted_of_what_is_unstable)
{
    static const struct {
        void (*write)(struct csv_writer *, const struct experiment *);
        const char *columns[8];
    } tables[] = {
        {tables_summary, {"mean", "sd", "ci_low", "ci_high"}},
        {tables_differences,
         {"mean", "sd", "ci_low", "ci_high", "year_low", "year_high", "evidence_low",
          "evidence_high"}},
        {tables_drivers, {"mean", "ci_low", "ci_high"}},
        {tables_units, {"mean", "ci_low", "ci_high"}},
        {tables_census, {"mean", "p05", "p50", "p95", "p99"}},
        {tables_areas, {"mean", "ci_low", "ci_high"}},
        {tables_area_differences, {"mean", "ci_low", "ci_high"}},
        {tables_groups, {"mean", "ci_low", "ci_high"}},
        {tables_deprivation, {"mean", "ci_low", "ci_high"}},
        {tables_costs, {"quantity", "mean_gbp", "ci_low", "ci_high"}},
    };
    for (size_t unstable = 0; unstable < 2; unstable++) {
        struct written written;
        written_open(&written, 3, true);
        written.experiment.arm[unstable].unstable = true;
        for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
            struct grid grid = write_table(&written, tables[t].write);
            bool compares = strcmp(grid.field[0], "baseline") == 0;
            const char *name = unstable == 0 ? "local" : "central";
            size_t empty = 0, quoted = 0, others = 0;
            for (size_t row = 1; row < grid.rows; row++)
                for (size_t c = 0; c < 8 && tables[t].columns[c] != NULL; c++) {
                    bool is_empty = is_at(&grid, row, tables[t].columns[c], "");
                    bool of_it = compares || is_at(&grid, row, "configuration", name);
                    empty += of_it && is_empty;
                    quoted += of_it && !is_empty;
                    others += !of_it && !is_empty;
                }
            cr_expect(empty > 0 && quoted == 0, "table %zu: %zu figures", t, quoted);
            cr_expect(compares || others > 0, "table %zu: nothing of what is stable", t);
            grid_free(&grid);
        }
        written_close(&written);
    }
}

/* --- the tables that grow --------------------------------------------------------------------- */

static bool add(void *context, const struct experiment *experiment, uint64_t replication,
                const struct trial_results *trial)
{
    return results_add(context, experiment, replication, trial);
}

/* A run that failed leaves its folder uncommitted and its fault to others; one that is done writes
 * a row a replication and configuration, and every patient of the window. */
Test(tables, replications_and_patients_are_written_as_they_finish)
{
    static const size_t both[] = {LOCAL, CENTRAL};
    char root[SCRATCH_SIZE], target[SCRATCH_SIZE], path[SCRATCH_SIZE];
    struct write_fault fault = {0};
    struct written written = {0};
    written_open(&written, 1, true);
    scratch_make(root);
    struct output_folder *folder =
        output_folder_new(in(target, root, "out"), OUTPUT_REFUSE, &fault);
    cr_assert_not_null(folder);
    char name[] = "small", title[] = "Small";
    struct scenario scenario = {.name = name, .title = title, .design = written.design};
    struct results *results = results_open(folder, &scenario, true, &fault);
    cr_assert_not_null(results);
    struct experiment_options options = {.configurations = both,
                                         .count = 2,
                                         .replications = 6,
                                         .threads = 2,
                                         .patients = true,
                                         .replication_done = add,
                                         .context = results};
    struct experiment experiment;
    enum model_status status;
    cr_assert_eq(experiment_run(&experiment, &written.design, &options, &status), EXPERIMENT_OK);
    struct results_about about = {.scenario = &scenario, .version = "0", .command = "test"};
    cr_assert(results_close(results, &experiment, &about, &fault), "%s", fault.text);
    cr_assert(output_folder_commit(folder, &fault));

    struct grid grid = grid_read(in(path, target, "replications.csv"));
    cr_assert_eq(grid.rows, 1 + 6 * 2);
    for (size_t row = 1; row < grid.rows; row++) {
        size_t a = (row - 1) % 2;
        cr_expect_eq(number_at(&grid, row, "replication"), (double)((row + 1) / 2));
        cr_expect(is_at(&grid, row, "configuration", a == 0 ? "local" : "central"));
        cr_expect_eq(number_at(&grid, row, "deaths_90d"),
                     floor(number_at(&grid, row, "deaths_90d")), "deaths as drawn are whole");
        cr_expect_gt(number_at(&grid, row, "deaths_90d_expected"), 30);
    }
    double expected = 0, drawn = 0;
    for (size_t row = 1; row < grid.rows; row += 2) {
        expected += number_at(&grid, row, "deaths_90d_expected") / 6;
        drawn += number_at(&grid, row, "strokes") / 6;
    }
    cr_expect_float_eq(expected, experiment.arm[0].summary[METRIC_DEATHS_90D].mean, 1e-6);
    cr_expect_float_eq(drawn, experiment.arm[0].summary[METRIC_STROKES].mean, 1e-6);
    grid_free(&grid);
    output_folder_free(folder);
    experiment_fini(&experiment);
    scratch_remove(root);
    written_close(&written);
}
