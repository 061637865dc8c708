#include "scenarios/write/table_parts.h"
#include "scenarios/write/tables.h"
#include "scenarios/write/tables_inside.h"

static void put_area(struct csv_writer *table, const struct experiment *experiment, size_t a)
{
    const struct area *area = &experiment->design->region.area[a];
    csv_writer_text(table, area->name);
    csv_writer_text(table, "area");
    csv_writer_text(table, area->group);
    csv_writer_number(table, area->lat);
    csv_writer_number(table, area->lon);
    csv_writer_number(table, case_mix_area_strokes(experiment->model.mix, a));
    if (experiment->fifths.of_area[a] < experiment->fifths.groups)
        csv_writer_text(table, experiment->fifths.name[experiment->fifths.of_area[a]]);
    else
        csv_writer_empty(table);
    csv_writer_end_row(table);
}

static void put_site(struct csv_writer *table, const struct site *site)
{
    csv_writer_text(table, site->name);
    csv_writer_text(table, "hospital");
    csv_writer_text(table, site->sector);
    csv_writer_number(table, site->lat);
    csv_writer_number(table, site->lon);
    csv_writer_empty(table);
    csv_writer_empty(table);
    csv_writer_end_row(table);
}

static bool is_used(const struct design *design, size_t site)
{
    for (size_t c = 0; c < design->configurations; c++)
        for (size_t h = 0; h < design->configuration[c].hospitals; h++)
            if (design->configuration[c].hospital[h].site == site)
                return true;
    return false;
}

void tables_places(struct csv_writer *table, const struct experiment *experiment)
{
    TABLE_COLUMNS(table, "place", "kind", "group", "lat", "lon", "strokes_per_year",
                  "deprivation_fifth");
    const struct region *region = &experiment->design->region;
    for (size_t a = 0; a < region->areas; a++)
        put_area(table, experiment, a);
    for (size_t s = 0; s < region->sites; s++)
        if (is_used(experiment->design, s))
            put_site(table, &region->site[s]);
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
                csv_writer_text(table, tables_arm_name(experiment, arm));
                csv_writer_text(table, region->area[i].name);
                csv_writer_text(table, region->area[i].group);
                csv_writer_text(table, area_metric_name(metric));
                csv_writer_text(table, area_metric_unit(metric));
                table_put_interval(table, &estimate);
                csv_writer_end_row(table);
            }
    }
}

static void put_destination(struct csv_writer *table, const struct experiment *experiment,
                            const struct arm *arm, const struct service *phase, size_t a)
{
    const struct region *region = &experiment->design->region;
    size_t site = phase->hospital[phase->route[a].ambulance].site;
    csv_writer_text(table, tables_arm_name(experiment, arm));
    csv_writer_text(table, region->area[a].name);
    csv_writer_text(table, region->area[a].group);
    csv_writer_number(table, phase->from_day);
    csv_writer_text(table, region->site[site].name);
    csv_writer_number(table, region_minutes(region, a, site));
    csv_writer_end_row(table);
}

void tables_destinations(struct csv_writer *table, const struct experiment *experiment)
{
    TABLE_COLUMNS(table, "configuration", "area", "group", "from_day", "hospital", "minutes");
    for (size_t i = 0; i < experiment->arms; i++) {
        const struct arm *arm = &experiment->arm[i];
        const struct service *first = &experiment->model.service[arm->configuration];
        for (size_t a = 0; a < experiment->design->region.areas; a++)
            for (const struct service *phase = first; phase != NULL; phase = phase->next)
                put_destination(table, experiment, arm, phase, a);
    }
}

/* How areas, or groups of them, of one arm differ from the baseline's. */
struct differing {
    const struct experiment *experiment;
    const struct arm *arm;
    const struct area_tallies *tallies;
    size_t count;
    const char *(*name)(const struct experiment *experiment, size_t at);
    const char *(*group)(const struct experiment *experiment, size_t at); /* NULL: no such column */
};

static void put_difference(struct csv_writer *table, const struct differing *of, size_t at,
                           enum area_metric metric, struct estimate_score *known)
{
    struct estimate estimate =
        table_estimate_like(experiment_is_comparable(of->experiment, of->arm),
                            &of->tallies[at].difference[metric], known);
    csv_writer_text(table, tables_arm_name(of->experiment, &of->experiment->arm[0]));
    csv_writer_text(table, tables_arm_name(of->experiment, of->arm));
    csv_writer_text(table, of->name(of->experiment, at));
    if (of->group != NULL)
        csv_writer_text(table, of->group(of->experiment, at));
    csv_writer_text(table, area_metric_name(metric));
    csv_writer_text(table, area_metric_unit(metric));
    table_put_interval(table, &estimate);
    csv_writer_end_row(table);
}

static void put_differences(struct csv_writer *table, const struct differing *of)
{
    struct estimate_score known = {0, 0, 0};
    for (size_t at = 0; at < of->count; at++)
        for (enum area_metric metric = 0; metric < AREA_METRICS; metric++)
            put_difference(table, of, at, metric, &known);
}

static const char *area_name(const struct experiment *experiment, size_t a)
{
    return experiment->design->region.area[a].name;
}

static const char *area_group(const struct experiment *experiment, size_t a)
{
    return experiment->design->region.area[a].group;
}

static const char *group_name(const struct experiment *experiment, size_t g)
{
    return experiment->groups.name[g];
}

static const char *fifth_name(const struct experiment *experiment, size_t f)
{
    return experiment->fifths.name[f];
}

void tables_area_differences(struct csv_writer *table, const struct experiment *experiment)
{
    TABLE_COLUMNS(table, "baseline", "configuration", "area", "group", "metric", "unit", "mean",
                  "ci_low", "ci_high");
    for (size_t a = 1; a < experiment->arms; a++)
        put_differences(table, &(struct differing){.experiment = experiment,
                                                   .arm = &experiment->arm[a],
                                                   .tallies = experiment->arm[a].area,
                                                   .count = experiment->design->region.areas,
                                                   .name = area_name,
                                                   .group = area_group});
}

void tables_groups(struct csv_writer *table, const struct experiment *experiment)
{
    TABLE_COLUMNS(table, "baseline", "configuration", "group", "metric", "unit", "mean", "ci_low",
                  "ci_high");
    for (size_t a = 1; a < experiment->arms; a++)
        put_differences(table, &(struct differing){.experiment = experiment,
                                                   .arm = &experiment->arm[a],
                                                   .tallies = experiment->arm[a].group,
                                                   .count = experiment->groups.groups,
                                                   .name = group_name});
}

void tables_deprivation(struct csv_writer *table, const struct experiment *experiment)
{
    TABLE_COLUMNS(table, "baseline", "configuration", "fifth", "metric", "unit", "mean", "ci_low",
                  "ci_high");
    for (size_t a = 1; a < experiment->arms; a++)
        put_differences(table, &(struct differing){.experiment = experiment,
                                                   .arm = &experiment->arm[a],
                                                   .tallies = experiment->arm[a].fifth,
                                                   .count = experiment->fifths.groups,
                                                   .name = fifth_name});
}
