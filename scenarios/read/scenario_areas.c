#include "scenarios/read/scenario_loader.h"

#include "scenarios/read/name.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const known[] = {"area",
                                    "group",
                                    "lat",
                                    "lon",
                                    "age_0_64",
                                    "age_65_79",
                                    "age_80_plus",
                                    "strokes_per_year",
                                    "deprivation_score"};
enum { KNOWN = sizeof known / sizeof *known };

/* Where the columns are; -1: not there. */
struct columns {
    int area, group, lat, lon, strokes, age[AGE_BANDS], deprivation;
};

static const double most_people = 1e9; /* and strokes, in one area */

static int need(struct loader *loader, const char *name)
{
    return loader_need_column(loader, loader->areas, known, KNOWN, name);
}

static struct columns find_columns(struct loader *loader)
{
    static const char *const ages[AGE_BANDS] = {"age_0_64", "age_65_79", "age_80_plus"};
    struct columns columns = {
        .area = need(loader, "area"),
        .group = need(loader, "group"),
        .lat = need(loader, "lat"),
        .lon = need(loader, "lon"),
        .strokes = table_column(loader->areas, "strokes_per_year"),
        .deprivation = table_column(loader->areas, "deprivation_score"),
    };
    bool any = false;
    for (size_t band = 0; band < AGE_BANDS; band++) {
        columns.age[band] = table_column(loader->areas, ages[band]);
        any = any || columns.age[band] >= 0;
    }
    if (any)
        for (size_t band = 0; band < AGE_BANDS; band++)
            columns.age[band] = need(loader, ages[band]);
    else if (columns.strokes < 0)
        need(loader, "strokes_per_year");
    return columns;
}

static void read_number(struct loader *loader, size_t row, int column, double min, double max,
                        double *value)
{
    if (column >= 0)
        table_number(loader->areas, row, (size_t)column, min, max, loader->diagnosis, value);
}

static char *copy_of(struct loader *loader, size_t row, int column)
{
    return loader_copy(loader, column >= 0 ? table_text(loader->areas, row, (size_t)column) : "");
}

static bool is_given(const struct loader *loader, size_t row, int column)
{
    return column >= 0 && table_given(loader->areas, row, (size_t)column);
}

/* People or strokes, or both: of what is left empty the other stands in. */
static void read_demand(struct loader *loader, const struct columns *columns, size_t row,
                        struct area *area)
{
    area->strokes_per_year = NAN;
    bool strokes = is_given(loader, row, columns->strokes), people = false;
    for (size_t band = 0; band < AGE_BANDS; band++)
        people = people || is_given(loader, row, columns->age[band]);
    if (strokes || (columns->strokes >= 0 && !people))
        read_number(loader, row, columns->strokes, 0, most_people, &area->strokes_per_year);
    for (size_t band = 0; band < AGE_BANDS; band++) {
        int column = columns->age[band];
        bool needed = people ? !strokes : columns->strokes < 0;
        if (needed || is_given(loader, row, column))
            read_number(loader, row, column, 0, most_people, &area->population[band]);
    }
}

static void read_area(struct loader *loader, const struct columns *columns, size_t row)
{
    const struct table *table = loader->areas;
    struct area *area = &loader->scenario->design.region.area[row];
    *area = (struct area){.name = copy_of(loader, row, columns->area),
                          .group = copy_of(loader, row, columns->group),
                          .deprivation_score = NAN};
    const char *ignored;
    if (columns->area >= 0)
        table_name(table, row, (size_t)columns->area, "area", loader->diagnosis, &ignored);
    if (columns->group >= 0 && table_given(table, row, (size_t)columns->group))
        table_name(table, row, (size_t)columns->group, "group", loader->diagnosis, &ignored);
    read_number(loader, row, columns->lat, -90, 90, &area->lat);
    read_number(loader, row, columns->lon, -180, 180, &area->lon);
    read_demand(loader, columns, row, area);
    if (columns->deprivation >= 0)
        table_number_or(table, row, (size_t)columns->deprivation, -INFINITY, INFINITY, NAN,
                        loader->diagnosis, &area->deprivation_score);
}

static const char *name_of(const void *context, size_t at)
{
    const struct region *region = context;
    return region->area[at].name;
}

static void check_unique(struct loader *loader, int column)
{
    const struct region *region = &loader->scenario->design.region;
    if (!name_index_init(&loader->area_index, region->areas, name_of, region)) {
        diagnosis_out_of_memory(loader->diagnosis);
        return;
    }
    for (size_t row = 0; column >= 0 && row < region->areas; row++) {
        const char *name = region->area[row].name;
        size_t first = name ? name_index_find(&loader->area_index, name) : row;
        if (first == row || !*name)
            continue;
        struct place place = table_place(loader->areas, row, (size_t)column);
        struct place before = table_place(loader->areas, first, (size_t)column);
        diagnosis_error(loader->diagnosis, &place, "give each area a name of its own",
                        "the area '%.60s' stands in line %zu already", name, before.line);
    }
}

void loader_read_areas(struct loader *loader)
{
    struct region *region = &loader->scenario->design.region;
    loader_need(loader, "areas", "the name of a file in the scenario's folder");
    const char *named = loader_file_of(loader, loader->root, "areas");
    if (named)
        loader->areas = loader_read_table(loader, named, &loader->areas_whole);
    if (!loader->areas)
        return;
    size_t rows = table_row_count(loader->areas);
    if (rows > MOST_AREAS) {
        const struct place place = {.file = table_file(loader->areas)};
        diagnosis_error(loader->diagnosis, &place, "join small areas into larger ones",
                        "there are %zu areas, more than %d", rows, MOST_AREAS);
        rows = 0;
        loader->areas_whole = false;
    }
    region->area = calloc(rows + 1, sizeof *region->area);
    if (!region->area) {
        diagnosis_out_of_memory(loader->diagnosis);
        return;
    }
    region->areas = rows;
    loader_check_columns(loader, loader->areas, known, KNOWN);
    const struct columns columns = find_columns(loader);
    for (size_t row = 0; row < rows; row++)
        read_area(loader, &columns, row);
    loader->areas_whole = loader->areas_whole && columns.area >= 0;
    check_unique(loader, columns.area);
}
