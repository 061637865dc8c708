#include "scenarios/write/tables.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scenarios/target.h"
#include "scenarios/write/table_parts.h"

static const char *arm_name(const struct experiment *experiment, const struct arm *arm)
{
    return experiment->design->configuration[arm->configuration].name;
}

void tables_summary(struct csv_writer *table, const struct experiment *experiment)
{
    TABLE_COLUMNS(table, "configuration", "metric", "unit", "mean", "sd", "ci_low", "ci_high",
                  "replications");
    for (size_t a = 0; a < experiment->arms; a++) {
        const struct arm *arm = &experiment->arm[a];
        for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
            if (metric == METRIC_LIVES_SAVED)
                continue;
            struct estimate estimate = table_estimate(!arm->unstable, &arm->summary[metric]);
            csv_writer_text(table, arm_name(experiment, arm));
            csv_writer_text(table, metric_info(metric)->name);
            csv_writer_text(table, metric_info(metric)->unit);
            table_put_estimate(table, &estimate);
            csv_writer_integer(table, (int64_t)estimate.n);
            csv_writer_end_row(table);
        }
    }
}

void tables_differences(struct csv_writer *table, const struct experiment *experiment)
{
    TABLE_COLUMNS(table, "baseline", "configuration", "metric", "unit", "mean", "sd", "ci_low",
                  "ci_high", "year_low", "year_high", "evidence_low", "evidence_high",
                  "replications");
    for (size_t a = 1; a < experiment->arms; a++) {
        const struct arm *arm = &experiment->arm[a];
        for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
            bool quoted = experiment_quotes(experiment, arm, metric);
            struct estimate estimate = table_estimate(quoted, &arm->difference[metric]);
            double low, high;
            csv_writer_text(table, arm_name(experiment, &experiment->arm[0]));
            csv_writer_text(table, arm_name(experiment, arm));
            csv_writer_text(table, metric_info(metric)->name);
            csv_writer_text(table, metric_info(metric)->unit);
            table_put_estimate(table, &estimate);
            experiment_year_range(arm, metric, &low, &high);
            csv_writer_number(table, quoted ? low : NAN);
            csv_writer_number(table, quoted ? high : NAN);
            experiment_evidence_range(experiment, arm, metric, &low, &high);
            csv_writer_number(table, quoted ? low : NAN);
            csv_writer_number(table, quoted ? high : NAN);
            csv_writer_integer(table, (int64_t)estimate.n);
            csv_writer_end_row(table);
        }
    }
}

void tables_drivers(struct csv_writer *table, const struct experiment *experiment)
{
    TABLE_COLUMNS(table, "baseline", "configuration", "driver", "metric", "unit", "mean", "ci_low",
                  "ci_high");
    for (size_t a = 1; a < experiment->arms; a++) {
        const struct arm *arm = &experiment->arm[a];
        bool quoted = experiment_is_comparable(experiment, arm);
        for (enum driver driver = 0; driver <= DRIVERS; driver++) {
            struct estimate estimate = table_estimate(quoted, &arm->driver[driver]);
            csv_writer_text(table, arm_name(experiment, &experiment->arm[0]));
            csv_writer_text(table, arm_name(experiment, arm));
            csv_writer_text(table, driver == DRIVERS ? "other" : driver_name(driver));
            csv_writer_text(table, metric_info(METRIC_LIVES_SAVED)->name);
            csv_writer_text(table, metric_info(METRIC_LIVES_SAVED)->unit);
            table_put_interval(table, &estimate);
            csv_writer_end_row(table);
        }
    }
}

/* The roles of the first phase, and behind '>' those of the last, where they are others. */
static void put_role(struct csv_writer *table, const struct service *service, size_t h)
{
    char role[ROLES_TEXT], later[ROLES_TEXT], both[2 * sizeof role + 2];
    const struct service *last = service;
    while (last->next != NULL)
        last = last->next;
    const char *first = hospital_roles_text(service->hospital[h].roles, role);
    const char *changed = hospital_roles_text(last->hospital[h].roles, later);
    snprintf(both, sizeof both, "%s>%s", first, changed);
    csv_writer_text(table, strcmp(first, changed) == 0 ? first : both);
}

static void put_day_centiles(struct csv_writer *table, const struct unit_tallies *unit,
                             enum unit_metric metric, const struct service *service, size_t h)
{
    static const double points[] = {0.05, 0.5, 0.95, 0.99};
    unsigned place = metric < UNIT_METRIC_HASU_BEDS_IN_USE ? METRICS_OF_BEDS - 1
                                                           : metric - UNIT_METRIC_HASU_BEDS_IN_USE;
    enum bed_kind kind = (enum bed_kind)(place / METRICS_OF_BEDS);
    bool in_use = place % METRICS_OF_BEDS == 0, share = place % METRICS_OF_BEDS == 1;
    int beds = service_beds(service, h, kind);
    /* Of beds that change the share of a day is not known. */
    bool daily = service_beds_change(service, h, kind)
                     ? in_use && service_has_beds(service, h, kind)
                     : beds != 0 && (in_use || (share && beds != BEDS_UNLIMITED));
    for (size_t i = 0; i < 4; i++) {
        double level = table_day_centile(unit->days[kind], CENSUS_LEVELS, points[i]);
        csv_writer_number(table, !daily ? NAN : share ? level / beds : level);
    }
}

void tables_units(struct csv_writer *table, const struct experiment *experiment)
{
    TABLE_COLUMNS(table, "configuration", "hospital", "role", "metric", "unit", "mean", "ci_low",
                  "ci_high", "p05", "p50", "p95", "p99");
    for (size_t a = 0; a < experiment->arms; a++) {
        const struct arm *arm = &experiment->arm[a];
        const struct service *service = &experiment->model.service[arm->configuration];
        for (size_t h = 0; h < service->hospitals; h++)
            for (enum unit_metric metric = 0; metric < UNIT_METRICS; metric++) {
                struct estimate estimate = table_estimate(!arm->unstable, &arm->unit[h].of[metric]);
                csv_writer_text(table, arm_name(experiment, arm));
                csv_writer_text(table, service->region->site[service->hospital[h].site].name);
                put_role(table, service, h);
                csv_writer_text(table, unit_metric_name(metric));
                csv_writer_text(table, unit_metric_unit(metric));
                table_put_interval(table, &estimate);
                put_day_centiles(table, &arm->unit[h], metric, service, h);
                csv_writer_end_row(table);
            }
    }
}

/* Where a figure of a year belongs. */
struct year_place {
    const struct experiment *experiment;
    const struct arm *arm;
    const struct service *service;
    size_t year, place;
};

/* kind BED_KINDS: of no kind of bed. The estimate is divided by `by`, as a share of beds is. */
static void put_year(struct csv_writer *table, const struct year_place *at, enum bed_kind kind,
                     const char *metric, const char *unit, const struct tally *tally, double by)
{
    const struct service *service = at->service;
    struct estimate estimate = table_estimate(!at->arm->unstable, tally);
    csv_writer_text(table, arm_name(at->experiment, at->arm));
    csv_writer_text(table, at->place == service->hospitals
                               ? "all"
                               : service->region->site[service->hospital[at->place].site].name);
    csv_writer_text(table, kind == BED_KINDS ? NULL : bed_kind_name(kind));
    csv_writer_integer(table, at->experiment->design->start_year + (int)at->year);
    csv_writer_text(table, metric);
    csv_writer_text(table, unit);
    csv_writer_number(table, estimate.mean / by);
    csv_writer_number(table, estimate.low / by);
    csv_writer_number(table, estimate.high / by);
    csv_writer_end_row(table);
}

/* Whether the hospital, or any of all, has beds of a kind at all, counted or not. */
static bool has_beds(const struct service *service, size_t place, enum bed_kind kind)
{
    bool any = false;
    for (size_t h = 0; h < service->hospitals; h++) {
        any = any ||
              ((h == place || place == service->hospitals) && service_has_beds(service, h, kind));
    }
    return any;
}

static void put_year_beds(struct csv_writer *table, const struct year_place *at, enum bed_kind kind,
                          const struct year_tallies *of)
{
    double beds = yearly_beds_counted(at->service, at->place, kind, at->year);
    if (!has_beds(at->service, at->place, kind))
        return;
    put_year(table, at, kind, "beds_in_use", "beds", &of->in_use[kind], 1);
    put_year(table, at, kind, "beds_in_use_p95", "beds", &of->in_use_p95[kind], 1);
    if (isnan(beds))
        return;
    put_year(table, at, kind, "occupancy", "share of beds", &of->in_use[kind], beds);
    put_year(table, at, kind, "occupancy_p95", "share of beds", &of->in_use_p95[kind], beds);
}

static void put_years_of(struct csv_writer *table, struct year_place at)
{
    for (at.year = 0; at.year < at.experiment->years; at.year++) {
        const struct year_tallies *of =
            &at.arm->yearly[at.year * (at.service->hospitals + 1) + at.place];
        put_year(table, &at, BED_KINDS, "strokes", "a year", &of->strokes, 1);
        put_year(table, &at, BED_KINDS, "deaths_90d", "a year", &of->deaths_90d, 1);
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
            put_year_beds(table, &at, kind, of);
    }
}

void tables_years(struct csv_writer *table, const struct experiment *experiment)
{
    TABLE_COLUMNS(table, "configuration", "hospital", "kind", "year", "metric", "unit", "mean",
                  "ci_low", "ci_high");
    for (size_t a = 0; a < experiment->arms; a++) {
        struct year_place at = {.experiment = experiment, .arm = &experiment->arm[a]};
        at.service = &experiment->model.service[at.arm->configuration];
        for (at.place = 0; at.place <= at.service->hospitals; at.place++)
            put_years_of(table, at);
    }
}

static void put_census(struct csv_writer *table, const struct experiment *experiment,
                       const struct arm *arm, size_t place)
{
    static const double points[] = {0.05, 0.5, 0.95, 0.99};
    const struct kept_census *census = &arm->census;
    const struct service *service = &experiment->model.service[arm->configuration];
    size_t site = service->hospital[census->place[place].hospital].site;
    size_t every = kept_census_every((size_t)experiment->window_days);
    for (size_t day = 0; day < census->days; day++) {
        csv_writer_text(table, arm_name(experiment, arm));
        csv_writer_text(table, service->region->site[site].name);
        csv_writer_text(table, bed_kind_name(census->place[place].kind));
        csv_writer_integer(table, (int64_t)(1 + day * every));
        csv_writer_number(table, arm->unstable ? NAN : kept_census_mean(census, day, place));
        for (size_t i = 0; i < sizeof points / sizeof *points; i++)
            csv_writer_number(
                table, arm->unstable ? NAN : kept_census_quantile(census, day, place, points[i]));
        csv_writer_end_row(table);
    }
}

void tables_census(struct csv_writer *table, const struct experiment *experiment)
{
    TABLE_COLUMNS(table, "configuration", "hospital", "kind", "day", "mean", "p05", "p50", "p95",
                  "p99");
    for (size_t a = 0; a < experiment->arms; a++)
        for (size_t place = 0; place < experiment->arm[a].census.places; place++)
            put_census(table, experiment, &experiment->arm[a], place);
}

void tables_areas(struct csv_writer *table, const struct experiment *experiment)
{
    TABLE_COLUMNS(table, "configuration", "area", "group", "metric", "unit", "mean", "ci_low",
                  "ci_high");
    const struct region *region = &experiment->design->region;
    struct estimate_score known = {0, 0, 0}; /* there are tens of thousands of rows */
    for (size_t a = 0; a < experiment->arms; a++) {
        const struct arm *arm = &experiment->arm[a];
        for (size_t i = 0; i < region->areas; i++)
            for (enum area_metric metric = 0; metric < AREA_METRICS; metric++) {
                struct estimate estimate =
                    table_estimate_like(!arm->unstable, &arm->area[i].of[metric], &known);
                csv_writer_text(table, arm_name(experiment, arm));
                csv_writer_text(table, region->area[i].name);
                csv_writer_text(table, region->area[i].group);
                csv_writer_text(table, area_metric_name(metric));
                csv_writer_text(table, area_metric_unit(metric));
                table_put_interval(table, &estimate);
                csv_writer_end_row(table);
            }
    }
}

void tables_groups(struct csv_writer *table, const struct experiment *experiment)
{
    TABLE_COLUMNS(table, "baseline", "configuration", "group", "metric", "unit", "mean", "ci_low",
                  "ci_high");
    for (size_t a = 1; a < experiment->arms; a++) {
        const struct arm *arm = &experiment->arm[a];
        bool quoted = experiment_is_comparable(experiment, arm);
        for (size_t g = 0; g < experiment->groups.groups; g++)
            for (enum area_metric metric = 0; metric < AREA_METRICS; metric++) {
                struct estimate estimate =
                    table_estimate(quoted, &arm->group[g].difference[metric]);
                csv_writer_text(table, arm_name(experiment, &experiment->arm[0]));
                csv_writer_text(table, arm_name(experiment, arm));
                csv_writer_text(table, experiment->groups.name[g]);
                csv_writer_text(table, area_metric_name(metric));
                csv_writer_text(table, area_metric_unit(metric));
                table_put_interval(table, &estimate);
                csv_writer_end_row(table);
            }
    }
}

void tables_costs(struct csv_writer *table, const struct experiment *experiment)
{
    TABLE_COLUMNS(table, "configuration", "item", "quantity", "unit", "unit_cost_gbp", "mean_gbp",
                  "ci_low", "ci_high");
    for (size_t a = 0; a < experiment->arms; a++) {
        const struct arm *arm = &experiment->arm[a];
        const struct price_list *prices = &experiment->model.service[arm->configuration].prices;
        for (enum bill_item item = 0; item < BILL_ITEMS; item++) {
            struct estimate quantity = table_estimate(!arm->unstable, &arm->item[item]);
            double gbp = prices->gbp[item];
            csv_writer_text(table, arm_name(experiment, arm));
            csv_writer_text(table, bill_item_name(item));
            csv_writer_number(table, quantity.mean);
            csv_writer_text(table, bill_item_unit(item));
            csv_writer_number(table, gbp);
            csv_writer_number(table, quantity.mean * gbp);
            csv_writer_number(table, quantity.low * gbp);
            csv_writer_number(table, quantity.high * gbp);
            csv_writer_end_row(table);
        }
    }
}

static void put_target(struct csv_writer *table, const struct experiment *experiment, size_t a,
                       size_t t)
{
    const struct target *target = &experiment->target[t];
    struct target_verdict verdict = target_judge(experiment, a, t);
    if (!verdict.asked)
        return;
    csv_writer_text(table, arm_name(experiment, &experiment->arm[a]));
    csv_writer_text(table, target->name);
    csv_writer_text(table, target_metric_name(target));
    csv_writer_text(table, target->place != NULL ? target->place : "all");
    csv_writer_text(table,
                    target->against_baseline ? arm_name(experiment, &experiment->arm[0]) : NULL);
    csv_writer_text(table, target_bound_name(target->bound));
    csv_writer_number(table, target->limit);
    csv_writer_text(table, target_metric_unit(target));
    table_put_interval(table, &verdict.mean);
    csv_writer_text(table, verdict.known || verdict.unstable ? (verdict.met ? "yes" : "no") : NULL);
    csv_writer_number(table, verdict.years_met);
    csv_writer_number(table, verdict.evidence_met);
    csv_writer_end_row(table);
}

void tables_targets(struct csv_writer *table, const struct experiment *experiment)
{
    TABLE_COLUMNS(table, "configuration", "target", "metric", "place", "against", "bound", "limit",
                  "unit", "mean", "ci_low", "ci_high", "met", "years_met", "evidence_met");
    for (size_t a = 0; a < experiment->arms; a++)
        for (size_t t = 0; t < experiment->targets; t++)
            put_target(table, experiment, a, t);
}
