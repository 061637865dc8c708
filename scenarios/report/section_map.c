/* Where things change: areas as circles, hospitals and what becomes of them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_sort_double.h>

#include "scenarios/report/page.h"

enum {
    MOST_CIRCLES = 3000, /* of all comparisons together: with more areas, groups are drawn, so that
                            a report stays of a size that can be mailed and opens quickly */
    MOST_GROUP_LABELS = 60,
    MOST_AREA_LABELS = 12,     /* with so few, their names are shown and not their groups' */
    MOST_HOSPITAL_LABELS = 12, /* with more, only those that matter most */
    MOST_LABELS = 30           /* with more of those, none: they would hide each other */
};

bool section_map_applies(const struct page *page)
{
    return page->by != NULL && page->by->located && page->results->configurations > 1;
}

enum { BEFORE = 6, AFTER, CHANGE, COLUMNS = 13 };

/* Three headings are the map's own. */
static const struct chart_column shared_columns[COLUMNS] = {
    {"kind", "", NULL, CHART_HIDDEN},
    {"place", "Name", NULL, CHART_TEXT},
    {"group", "Group; of a hospital what becomes of it", NULL, CHART_TEXT},
    {"lon", "", NULL, CHART_HIDDEN},
    {"lat", "", NULL, CHART_HIDDEN},
    {"strokes", "Strokes a year (of a hospital: treated there first, after)", NULL, CHART_NUMBER},
    [BEFORE] = {"before", NULL, NULL, CHART_NUMBER},
    [AFTER] = {"after", NULL, NULL, CHART_NUMBER},
    [CHANGE] = {"change", NULL, NULL, CHART_CHANGE},
    {"low", "95% interval from", NULL, CHART_CHANGE},
    {"high", "to", NULL, CHART_CHANGE},
    {"label", "", NULL, CHART_HIDDEN},
    {"step", "", NULL, CHART_HIDDEN},
};

/* One map. */
struct map {
    const char *name, *title, *nothing, *before, *after, *change, *description;
    enum by_metric metric;
    double factor; /* from the results' unit to the map's */
    int decimals;
};

static const struct map maps[] = {
    {"map_journey", "How the ambulance journey changes, in minutes",
     "No ambulance journey changes.", "Journey before, min", "after, min", "change, min",
     "A map with a circle for each area, larger where more strokes happen, coloured by how the "
     "mean ambulance journey changes, and a symbol for each hospital by what becomes of it. The "
     "table below has the figures of each.",
     BY_TRAVEL, 1, 1},
    {"map_deaths", "How expected deaths within 90 days change, per 1,000 strokes",
     "No expected outcome changes.", "Deaths per 1,000 before", "after", "change",
     "A map with a circle for each area, larger where more strokes happen, coloured by how many "
     "of 1,000 people with a stroke are expected to die within 90 days, more or fewer than "
     "before, and a symbol for each hospital. The table below has the figures of each.",
     BY_DEATHS, 1000, 1},
};

static const char note[] =
    "Each circle is an area, at the centre of where its people live; a larger circle has more "
    "strokes. Blue is better, orange and a dark outline are worse, pale grey about the same. "
    "Point at anything for its figures.";
static const char note_of_groups[] =
    "Each circle is a group of areas, at the centre of where its strokes happen; a larger circle "
    "has more strokes. Blue is better, orange and a dark outline are worse, pale grey about the "
    "same. Point at anything for its figures.";

/* --- circles ---------------------------------------------------------------------------------- */

/* A round step (1, 2 or 5 times a power of ten) with which three classes on each side hold nearly
 * all changes. */
static double step_of(double *size, size_t count)
{
    if (count == 0)
        return 1;
    gsl_sort(size, 1, count);
    double third = size[(size_t)(0.95 * (double)(count - 1))] / 2.5;
    if (!(third > 1e-6))
        return 1;
    double power = pow(10, floor(log10(third)));
    double lead = third / power;
    return power * (lead >= 7 ? 10 : lead >= 3.5 ? 5 : lead >= 1.5 ? 2 : 1);
}

static void put_figures(struct chart *chart, const struct map *map, struct by_figure before,
                        struct by_figure after, struct by_figure change)
{
    chart_number(chart, page_rounded(map->factor * before.mean, map->decimals));
    chart_number(chart, page_rounded(map->factor * after.mean, map->decimals));
    chart_number(chart, page_rounded(map->factor * change.mean, map->decimals));
    chart_number(chart, page_rounded(map->factor * change.low, map->decimals));
    chart_number(chart, page_rounded(map->factor * change.high, map->decimals));
}

static void put_place(struct chart *chart, const char *kind, const struct by_place *place,
                      const char *group, double strokes)
{
    chart_text(chart, kind);
    chart_text(chart, place->name);
    chart_text(chart, group);
    chart_number(chart, page_rounded(place->lon, 4));
    chart_number(chart, page_rounded(place->lat, 4));
    chart_number(chart, page_rounded(strokes, 1));
}

/* A label of 0 is none. The step is the same for all, and stands in the first row. */
static void put_end(struct chart *chart, double label, double step)
{
    bool first = chart_rows(chart) == 0;
    chart_number(chart, label > 0 ? label : NAN);
    chart_number(chart, first ? step : NAN);
}

static void put_areas(struct page *page, struct chart *chart, const struct map *map, size_t c,
                      double step)
{
    const struct by_area *by = page->by;
    for (size_t a = 0; a < by->areas; a++) {
        const struct by_place *area = &by->area[a];
        if (isnan(area->lat) || isnan(area->lon))
            continue;
        put_place(chart, "area", area, area->group < by->groups ? by->group[area->group].name : "",
                  by_area_value(by, c, a, BY_STROKES).mean);
        put_figures(chart, map, by_area_value(by, 0, a, map->metric),
                    by_area_value(by, c, a, map->metric), by_area_change(by, c, a, map->metric));
        put_end(chart, by->areas <= MOST_AREA_LABELS, step);
    }
}

/* As circles where areas are too many, else as labels. */
static void put_groups(struct page *page, struct chart *chart, const struct map *map, size_t c,
                       bool circles, double step)
{
    const struct by_area *by = page->by;
    bool labels = by->groups <= MOST_GROUP_LABELS && by->areas > MOST_AREA_LABELS;
    for (size_t g = 0; g < by->groups; g++) {
        if (isnan(by->group[g].lat))
            continue;
        put_place(chart, circles ? "area" : "group", &by->group[g], "(all of it)",
                  by_group_value(by, c, g, BY_STROKES).mean);
        put_figures(chart, map, by_group_value(by, 0, g, map->metric),
                    by_group_value(by, c, g, map->metric), by_group_change(by, c, g, map->metric));
        put_end(chart, labels, step);
    }
}

/* --- hospitals -------------------------------------------------------------------------------- */

/* The last of the roles that a hospital has over the months ("stroke>none"). */
static const char *last_role(const char *role)
{
    const char *last = role == NULL ? NULL : strrchr(role, '>');
    return last == NULL ? role : last + 1;
}

static bool has(const char *roles, const char *role)
{
    return roles != NULL && strstr(roles, role) != NULL;
}

static bool takes_part(const char *roles)
{
    return roles != NULL && roles[0] != '\0' && strcmp(roles, "none") != 0;
}

/* What becomes of a hospital, as the map's key has it; NULL: nothing to show. */
static const char *becomes(const char *before, const char *after)
{
    if (!takes_part(before) && !takes_part(after))
        return NULL;
    if (!takes_part(after))
        return "closes for stroke";
    if (has(after, "hasu"))
        return has(before, "hasu")   ? "stays a HASU"
               : !takes_part(before) ? "opens"
                                     : "becomes a HASU";
    if (!takes_part(before))
        return "opens";
    return has(after, "stroke") ? "takes emergencies, no HASU" : "stroke unit, no emergencies";
}

static bool matters(const char *role)
{
    return strcmp(role, "stroke unit, no emergencies") != 0 &&
           strcmp(role, "takes emergencies, no HASU") != 0;
}

static const char *role_of(const struct by_area *by, size_t c, size_t h)
{
    return becomes(last_role(by->role[h]), last_role(by->role[c * by->hospitals + h]));
}

enum naming { NAME_NONE, NAME_THOSE_THAT_MATTER, NAME_ALL };

/* Which hospitals have their names on the map; the others', and all, are told where one points. */
static enum naming naming_of(const struct by_area *by, size_t c)
{
    size_t shown = 0, mattering = 0;
    for (size_t h = 0; h < by->hospitals; h++) {
        const char *role = role_of(by, c, h);
        shown += role != NULL;
        mattering += role != NULL && matters(role);
    }
    return shown <= MOST_HOSPITAL_LABELS ? NAME_ALL
           : mattering <= MOST_LABELS    ? NAME_THOSE_THAT_MATTER
                                         : NAME_NONE;
}

/* The mean longitude of the hospitals shown: labels stand on the outer side of their symbols. */
static double middle_of(const struct by_area *by, size_t c)
{
    double sum = 0, count = 0;
    for (size_t h = 0; h < by->hospitals; h++)
        if (role_of(by, c, h) != NULL && !isnan(by->hospital[h].lon)) {
            sum += by->hospital[h].lon;
            count++;
        }
    return count > 0 ? sum / count : 0;
}

/* As the specifications know it: 0 no label, 1 to the right, 2 to the left. */
static double label_of(double lon, double middle, bool labelled)
{
    return !labelled ? 0 : lon < middle ? 2 : 1;
}

static void put_hospitals(struct page *page, struct chart *chart, size_t c, double step)
{
    static const struct by_figure none = {NAN, NAN, NAN};
    const struct by_area *by = page->by;
    enum naming naming = naming_of(by, c);
    double middle = middle_of(by, c);
    for (size_t h = 0; h < by->hospitals; h++) {
        const char *role = role_of(by, c, h);
        if (role == NULL || isnan(by->hospital[h].lat))
            continue;
        put_place(chart, "hospital", &by->hospital[h], role, by->treated[c * by->hospitals + h]);
        put_figures(chart, &maps[0], (struct by_figure){.mean = NAN}, none, none);
        bool named = naming == NAME_ALL || (naming == NAME_THOSE_THAT_MATTER && matters(role));
        put_end(chart, label_of(by->hospital[h].lon, middle, named), step);
    }
}

/* --- a map ------------------------------------------------------------------------------------ */

static double map_step(const struct by_area *by, const struct map *map, size_t c, bool groups,
                       bool *enough)
{
    size_t places = groups ? by->groups : by->areas, count = 0;
    double *size = calloc(places + 1, sizeof *size);
    *enough = size != NULL;
    for (size_t i = 0; *enough && i < places; i++) {
        double change = (groups ? by_group_change : by_area_change)(by, c, i, map->metric).mean;
        if (!isnan(change))
            size[count++] = fabs(map->factor * change);
    }
    double step = *enough ? step_of(size, count) : 1;
    free(size);
    return step;
}

static bool too_many_areas(const struct by_area *by)
{
    return by->areas * (by->configurations - 1) > MOST_CIRCLES;
}

static void put_map(struct page *page, const struct map *map, size_t c)
{
    const struct by_area *by = page->by;
    bool enough, groups = too_many_areas(by);
    double step = map_step(by, map, c, groups, &enough);
    struct chart_column columns[COLUMNS];
    char id[64];
    memcpy(columns, shared_columns, sizeof columns);
    columns[BEFORE].heading = map->before;
    columns[AFTER].heading = map->after;
    columns[CHANGE].heading = map->change;
    struct chart *chart = enough ? chart_new(columns, COLUMNS) : NULL;
    snprintf(id, sizeof id, "%s-%zu", map->name, c);
    if (!groups)
        put_areas(page, chart, map, c, step);
    put_groups(page, chart, map, c, groups, step);
    put_hospitals(page, chart, c, step);
    struct chart_about about = {.name = map->name,
                                .id = id,
                                .title = map->title,
                                .description = map->description,
                                .note = groups ? note_of_groups : note};
    page_chart(page, chart, &about);
}

void section_map(struct page *page)
{
    if (too_many_areas(page->by) && page->by->groups == 0) {
        html_put(page->html, "<p>There are too many areas to draw each, and they have no groups."
                             "</p>\n");
        return;
    }
    for (size_t c = 1; c < page->results->configurations; c++) {
        if (!page_comparable(page, c))
            continue;
        page_comparison(page, c);
        for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
            if (by_changes(page->by, c, maps[i].metric))
                put_map(page, &maps[i], c);
            else
                html_put(page->html, "<p>%s</p>\n", maps[i].nothing);
    }
}
