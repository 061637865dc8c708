#include "scenarios/report/by_area.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/read/name_index.h"
#include "scenarios/read/number.h"

static const char *const metric_name[BY_METRICS] = {
    [BY_STROKES] = "strokes",          [BY_TRAVEL] = "travel_min",    [BY_IVT] = "ivt_rate",
    [BY_ORGANISED] = "organised_care", [BY_DEATHS] = "mortality_90d",
};

static const struct by_figure unknown = {NAN, NAN, NAN};

/* --- tables with a row a figure --------------------------------------------------------------- */

/* Where the columns of such a table are; -1: it has no such column. */
struct columns {
    const struct table *table;
    int configuration, place, metric, mean, low, high;
};

static struct columns columns_of(const struct table *table, const char *place)
{
    return (struct columns){
        .table = table,
        .configuration = table_column(table, "configuration"),
        .place = table_column(table, place),
        .metric = table_column(table, "metric"),
        .mean = table_column(table, "mean"),
        .low = table_column(table, "ci_low"),
        .high = table_column(table, "ci_high"),
    };
}

static const char *text(const struct columns *columns, size_t row, int column)
{
    return column < 0 ? "" : table_text(columns->table, row, (size_t)column);
}

static double number(const struct columns *columns, size_t row, int column)
{
    double value;
    return number_parse(text(columns, row, column), &value) ? value : NAN;
}

static enum by_metric metric_of(const char *name)
{
    enum by_metric metric = 0;
    while (metric < BY_METRICS && strcmp(metric_name[metric], name) != 0)
        metric++;
    return metric;
}

static struct by_figure *new_figures(size_t configurations, size_t places)
{
    size_t count = configurations * places * BY_METRICS;
    struct by_figure *figure = calloc(count + 1, sizeof *figure);
    for (size_t i = 0; figure != NULL && i < count; i++)
        figure[i] = unknown;
    return figure;
}

static size_t at(size_t places, size_t configuration, size_t place, enum by_metric metric)
{
    return (configuration * places + place) * BY_METRICS + metric;
}

/* Puts every row of a known configuration, place and metric where it belongs. */
static void read_figures(const struct results_read *results, const struct columns *columns,
                         const struct name_index *index, size_t places, struct by_figure *into)
{
    for (size_t row = 0; row < table_row_count(columns->table); row++) {
        enum by_metric metric = metric_of(text(columns, row, columns->metric));
        if (metric == BY_METRICS)
            continue;
        size_t c = results_configuration(results, text(columns, row, columns->configuration));
        size_t place = name_index_find(index, text(columns, row, columns->place));
        if (c < results->configurations && place != NAME_NOT_FOUND)
            into[at(places, c, place, metric)] = (struct by_figure){
                number(columns, row, columns->mean), number(columns, row, columns->low),
                number(columns, row, columns->high)};
    }
}

static const char *place_name(const void *context, size_t place)
{
    return ((const struct by_place *)context)[place].name;
}

/* Reads one table's figures of places. False: out of memory. */
static bool read_places(const struct results_read *results, enum results_file file,
                        const char *column, const struct by_place *place, size_t places,
                        struct by_figure **into)
{
    struct name_index index;
    *into = new_figures(results->configurations, places);
    if (*into == NULL || !name_index_init(&index, places, place_name, place))
        return false;
    if (results->table[file] != NULL) {
        struct columns columns = columns_of(results->table[file], column);
        read_figures(results, &columns, &index, places, *into);
    }
    name_index_fini(&index);
    return true;
}

/* --- who there is ----------------------------------------------------------------------------- */

/* The areas are those of the first configuration's rows. */
static bool begins_area(const struct results_read *results, const struct columns *columns,
                        size_t row)
{
    return metric_of(text(columns, row, columns->metric)) == BY_STROKES &&
           results_configuration(results, text(columns, row, columns->configuration)) == 0;
}

static bool list_areas(struct by_area *by, const struct results_read *results)
{
    struct columns columns = columns_of(results->table[RESULTS_AREAS], "area");
    size_t rows = table_row_count(columns.table), count = 0;
    for (size_t row = 0; row < rows; row++)
        count += begins_area(results, &columns, row);
    by->area = calloc(count + 1, sizeof *by->area);
    for (size_t row = 0; by->area != NULL && row < rows; row++)
        if (begins_area(results, &columns, row))
            by->area[by->areas++] = (struct by_place){
                .name = text(&columns, row, columns.place), .lat = NAN, .lon = NAN};
    return by->area != NULL;
}

/* The text of each area's group: NULL where it has none. */
static const char **group_texts(const struct by_area *by, const struct results_read *results,
                                const struct name_index *areas)
{
    const struct table *table = results->table[RESULTS_AREAS];
    const char **group = calloc(by->areas + 1, sizeof *group);
    int area = table_column(table, "area"), column = table_column(table, "group");
    for (size_t row = 0; group != NULL && column >= 0 && row < table_row_count(table); row++) {
        size_t place = name_index_find(areas, table_text(table, row, (size_t)area));
        const char *name = table_text(table, row, (size_t)column);
        if (place != NAME_NOT_FOUND && name[0] != '\0')
            group[place] = name;
    }
    return group;
}

static const char *text_of(const void *context, size_t i)
{
    return ((const char *const *)context)[i];
}

/* Numbers the groups in the order in which areas name them. */
static bool number_groups(struct by_area *by, const char *const group[])
{
    struct name_index index;
    size_t *of_first = calloc(by->areas + 1, sizeof *of_first);
    by->group = calloc(by->areas + 1, sizeof *by->group);
    bool made =
        of_first != NULL && by->group != NULL && name_index_init(&index, by->areas, text_of, group);
    for (size_t a = 0; made && a < by->areas; a++) {
        size_t first = group[a] == NULL ? a : name_index_find(&index, group[a]);
        if (first == a && group[a] != NULL) {
            of_first[a] = by->groups;
            by->group[by->groups++] = (struct by_place){.name = group[a], .lat = NAN, .lon = NAN};
        }
        by->area[a].group = group[a] == NULL ? NAME_NOT_FOUND : of_first[first];
    }
    for (size_t a = 0; made && a < by->areas; a++)
        if (by->area[a].group == NAME_NOT_FOUND)
            by->area[a].group = by->groups;
    if (made)
        name_index_fini(&index);
    free(of_first);
    return made;
}

/* places.csv: areas' coordinates, and the hospitals with theirs. */
static bool read_coordinates(struct by_area *by, const struct results_read *results,
                             const struct name_index *areas)
{
    const struct table *table = results->table[RESULTS_PLACES];
    size_t rows = table == NULL ? 0 : table_row_count(table);
    by->hospital = calloc(rows + 1, sizeof *by->hospital);
    for (size_t row = 0; by->hospital != NULL && row < rows; row++) {
        const char *name = results_text(table, row, "place");
        double lat = results_number(table, row, "lat"), lon = results_number(table, row, "lon");
        size_t a = name_index_find(areas, name);
        if (strcmp(results_text(table, row, "kind"), "hospital") == 0)
            by->hospital[by->hospitals++] = (struct by_place){.name = name, .lat = lat, .lon = lon};
        else if (a != NAME_NOT_FOUND) {
            by->area[a].lat = lat;
            by->area[a].lon = lon;
            by->located |= !isnan(lat) && !isnan(lon);
        }
    }
    return by->hospital != NULL;
}

static bool read_who(struct by_area *by, const struct results_read *results)
{
    struct name_index areas;
    if (!list_areas(by, results) || !name_index_init(&areas, by->areas, place_name, by->area))
        return false;
    const char **group = group_texts(by, results, &areas);
    bool made = group != NULL && number_groups(by, group) && read_coordinates(by, results, &areas);
    free(group);
    name_index_fini(&areas);
    return made;
}

/* --- what there is to say of them ------------------------------------------------------------- */

/* Of a group: its areas' figures, each counted by its strokes. */
static void pool_values(struct by_area *by, size_t c, enum by_metric metric, double *weight)
{
    memset(weight, 0, (by->groups + 1) * sizeof *weight);
    struct by_figure *group = by->group_value;
    for (size_t a = 0; a < by->areas; a++) {
        size_t g = by->area[a].group;
        double strokes = by_area_value(by, c, a, BY_STROKES).mean;
        double value = by_area_value(by, c, a, metric).mean;
        if (g == by->groups || !(strokes > 0) || isnan(value))
            continue;
        struct by_figure *into = &group[at(by->groups, c, g, metric)];
        into->mean = (weight[g] == 0 ? 0 : into->mean) + strokes * value;
        weight[g] += strokes;
    }
    for (size_t g = 0; g < by->groups; g++)
        if (weight[g] > 0)
            group[at(by->groups, c, g, metric)].mean /= weight[g];
}

static void sum_strokes(struct by_area *by, size_t c)
{
    for (size_t a = 0; a < by->areas; a++) {
        double strokes = by_area_value(by, c, a, BY_STROKES).mean;
        if (by->area[a].group == by->groups || isnan(strokes))
            continue;
        double *sum = &by->group_value[at(by->groups, c, by->area[a].group, BY_STROKES)].mean;
        *sum = isnan(*sum) ? strokes : *sum + strokes;
    }
}

/* The strokes-weighted centre of each group. */
static void find_centres(struct by_area *by, double *weight)
{
    memset(weight, 0, (by->groups + 1) * sizeof *weight);
    for (size_t a = 0; a < by->areas; a++) {
        const struct by_place *area = &by->area[a];
        double strokes = by_area_value(by, 0, a, BY_STROKES).mean;
        if (area->group == by->groups || isnan(area->lat) || isnan(area->lon) || !(strokes > 0))
            continue;
        struct by_place *group = &by->group[area->group];
        double before = weight[area->group];
        double share = strokes / (before + strokes);
        group->lat = before == 0 ? area->lat : group->lat + share * (area->lat - group->lat);
        group->lon = before == 0 ? area->lon : group->lon + share * (area->lon - group->lon);
        weight[area->group] += strokes;
    }
}

static bool pool_groups(struct by_area *by)
{
    double *weight = calloc(by->groups + 1, sizeof *weight);
    by->group_value = new_figures(by->configurations, by->groups);
    bool made = weight != NULL && by->group_value != NULL;
    for (size_t c = 0; made && c < by->configurations; c++) {
        sum_strokes(by, c);
        for (enum by_metric metric = BY_STROKES + 1; metric < BY_METRICS; metric++)
            pool_values(by, c, metric, weight);
    }
    if (made)
        find_centres(by, weight);
    free(weight);
    return made;
}

/* Without area_differences.csv: what the values say. */
static void take_differences(struct by_area *by)
{
    for (size_t c = 1; c < by->configurations; c++)
        for (size_t a = 0; a < by->areas; a++)
            for (enum by_metric metric = 0; metric < BY_METRICS; metric++) {
                struct by_figure *change = &by->area_change[at(by->areas, c, a, metric)];
                if (isnan(change->mean))
                    change->mean =
                        by_area_value(by, c, a, metric).mean - by_area_value(by, 0, a, metric).mean;
            }
}

static bool read_roles(struct by_area *by, const struct results_read *results)
{
    const struct table *table = results->table[RESULTS_UNITS];
    struct name_index index;
    size_t count = by->configurations * by->hospitals;
    by->role = calloc(count + 1, sizeof *by->role);
    by->treated = calloc(count + 1, sizeof *by->treated);
    if (by->role == NULL || by->treated == NULL ||
        !name_index_init(&index, by->hospitals, place_name, by->hospital))
        return false;
    for (size_t row = 0; table != NULL && row < table_row_count(table); row++) {
        size_t c = results_configuration(results, results_text(table, row, "configuration"));
        size_t h = name_index_find(&index, results_text(table, row, "hospital"));
        if (strcmp(results_text(table, row, "metric"), "strokes") != 0 ||
            c == results->configurations || h == NAME_NOT_FOUND)
            continue;
        by->role[c * by->hospitals + h] = results_text(table, row, "role");
        by->treated[c * by->hospitals + h] = results_number(table, row, "mean");
    }
    name_index_fini(&index);
    return true;
}

static bool read_fifths(struct by_area *by, const struct results_read *results)
{
    static const struct by_place fifth[BY_FIFTHS] = {
        {.name = "1"}, {.name = "2"}, {.name = "3"}, {.name = "4"}, {.name = "5"}};
    return read_places(results, RESULTS_DEPRIVATION, "fifth", fifth, BY_FIFTHS, &by->fifth_change);
}

static bool read_all(struct by_area *by, const struct results_read *results)
{
    if (!read_who(by, results) ||
        !read_places(results, RESULTS_AREAS, "area", by->area, by->areas, &by->area_value) ||
        !read_places(results, RESULTS_AREA_DIFFERENCES, "area", by->area, by->areas,
                     &by->area_change) ||
        !read_places(results, RESULTS_GROUPS, "group", by->group, by->groups, &by->group_change) ||
        !read_fifths(by, results) || !pool_groups(by) || !read_roles(by, results))
        return false;
    take_differences(by);
    return true;
}

struct by_area *by_area_read(const struct results_read *results, bool *failed)
{
    *failed = false;
    if (results->table[RESULTS_AREAS] == NULL)
        return NULL;
    struct by_area *by = calloc(1, sizeof *by);
    *failed = by == NULL;
    if (by == NULL)
        return NULL;
    by->configurations = results->configurations;
    *failed = !read_all(by, results);
    if (*failed || by->areas == 0) {
        by_area_free(by);
        return NULL;
    }
    return by;
}

void by_area_free(struct by_area *by)
{
    if (by == NULL)
        return;
    free(by->area);
    free(by->group);
    free(by->hospital);
    free(by->area_value);
    free(by->group_value);
    free(by->area_change);
    free(by->group_change);
    free(by->fifth_change);
    free(by->role);
    free(by->treated);
    free(by);
}

/* --- asked for -------------------------------------------------------------------------------- */

struct by_figure by_area_value(const struct by_area *by, size_t configuration, size_t area,
                               enum by_metric metric)
{
    return by->area_value[at(by->areas, configuration, area, metric)];
}

struct by_figure by_group_value(const struct by_area *by, size_t configuration, size_t group,
                                enum by_metric metric)
{
    return by->group_value[at(by->groups, configuration, group, metric)];
}

struct by_figure by_area_change(const struct by_area *by, size_t configuration, size_t area,
                                enum by_metric metric)
{
    return by->area_change[at(by->areas, configuration, area, metric)];
}

struct by_figure by_group_change(const struct by_area *by, size_t configuration, size_t group,
                                 enum by_metric metric)
{
    return by->group_change[at(by->groups, configuration, group, metric)];
}

struct by_figure by_fifth_change(const struct by_area *by, size_t configuration, size_t fifth,
                                 enum by_metric metric)
{
    return by->fifth_change[at(BY_FIFTHS, configuration, fifth, metric)];
}

struct by_figure by_times(struct by_figure figure, double factor)
{
    return (struct by_figure){factor * figure.mean, factor * figure.low, factor * figure.high};
}

bool by_surely_above(struct by_figure figure)
{
    return figure.low > 0;
}

bool by_surely_below(struct by_figure figure)
{
    return figure.high < 0;
}

bool by_changes(const struct by_area *by, size_t configuration, enum by_metric metric)
{
    for (size_t a = 0; a < by->areas; a++)
        if (fabs(by_area_change(by, configuration, a, metric).mean) > 1e-9)
            return true;
    return false;
}

double by_share_within(const struct by_area *by, size_t configuration, double minutes)
{
    double all = 0, within = 0;
    for (size_t a = 0; a < by->areas; a++) {
        double strokes = by_area_value(by, configuration, a, BY_STROKES).mean;
        double travel = by_area_value(by, configuration, a, BY_TRAVEL).mean;
        if (!(strokes > 0) || isnan(travel))
            continue;
        all += strokes;
        if (travel <= minutes)
            within += strokes;
    }
    return all > 0 ? within / all : NAN;
}
