#include "scenarios/read/scenario_loader.h"

#include "scenarios/read/suggest.h"

#include <stdlib.h>
#include <string.h>

static const char *const known[] = {"area", "hospital"};
enum { KNOWN = sizeof known / sizeof *known };

/* More names than this to choose from, and looking for the meant one takes too long. */
enum { MOST_CANDIDATES = 5000 };

/* A catchment being read. */
struct reading {
    const struct table *table;
    struct catchment *catchment;
    size_t area_column, hospital_column, strangers;
    const char **area_name, **site_name;
    bool *meant; /* areas, by a row of a misspelled name */
};

static void report_area(struct loader *loader, struct reading *reading, size_t row)
{
    const struct region *region = &loader->scenario->design.region;
    const char *name = table_text(reading->table, row, reading->area_column);
    bool suggest = reading->strangers++ < DIAGNOSIS_REPEATS && region->areas <= MOST_CANDIDATES;
    const char *meant = suggest ? suggest_nearest(name, reading->area_name, region->areas) : NULL;
    size_t at = meant ? name_index_find(&loader->area_index, meant) : NAME_NOT_FOUND;
    if (at != NAME_NOT_FOUND)
        reading->meant[at] = true;
    if (!loader->areas_whole)
        return;
    char buffer[512];
    struct place place = table_place(reading->table, row, reading->area_column);
    diagnosis_error(loader->diagnosis, &place,
                    meant ? suggest_remedy(name, &meant, 1, buffer, sizeof buffer) : NULL,
                    "the scenario has no area of the name '%.60s'", name);
}

static size_t read_site(struct loader *loader, const struct reading *reading, size_t row)
{
    const struct region *region = &loader->scenario->design.region;
    const char *name = table_text(reading->table, row, reading->hospital_column);
    size_t site = loader_find_site(loader, name);
    if (site != NAME_NOT_FOUND || !loader->rosters_whole)
        return site;
    char buffer[512];
    struct place place = table_place(reading->table, row, reading->hospital_column);
    diagnosis_error(loader->diagnosis, &place,
                    suggest_remedy(name, reading->site_name, region->sites, buffer, sizeof buffer),
                    "the scenario has no hospital of the name '%.60s'", name);
    return NAME_NOT_FOUND;
}

static void read_row(struct loader *loader, struct reading *reading, size_t row)
{
    const char *name = table_text(reading->table, row, reading->area_column);
    size_t area = name_index_find(&loader->area_index, name);
    struct place place = table_place(reading->table, row, reading->area_column);
    if (area == NAME_NOT_FOUND) {
        report_area(loader, reading, row);
        return;
    }
    size_t *line = &reading->catchment->line[area];
    if (*line > 0) {
        diagnosis_error(loader->diagnosis, &place, "remove one of them",
                        "'%.60s' stands in line %zu already", name, *line);
        return;
    }
    *line = place.line;
    reading->catchment->site[area] = read_site(loader, reading, row);
}

static void check_all_there(struct loader *loader, const struct reading *reading)
{
    const struct place place = {.file = table_file(reading->table), .key = "area"};
    for (size_t area = 0; area < loader->scenario->design.region.areas; area++) {
        const char *name = reading->area_name[area];
        bool first = name && *name && name_index_find(&loader->area_index, name) == area;
        if (first && reading->catchment->line[area] == 0 && !reading->meant[area])
            diagnosis_error(loader->diagnosis, &place, "add a row",
                            "there is no row of the area '%.60s'", name);
    }
}

static void read_rows(struct loader *loader, struct reading *reading, bool whole)
{
    const struct table *table = reading->table;
    loader_check_columns(loader, table, known, KNOWN);
    int area = loader_need_column(loader, table, known, KNOWN, "area");
    int hospital = loader_need_column(loader, table, known, KNOWN, "hospital");
    if (area < 0 || hospital < 0)
        return;
    reading->area_column = (size_t)area;
    reading->hospital_column = (size_t)hospital;
    for (size_t row = 0; row < table_row_count(table); row++)
        read_row(loader, reading, row);
    if (whole)
        check_all_there(loader, reading);
}

static bool make_reading(struct loader *loader, struct reading *reading)
{
    const struct region *region = &loader->scenario->design.region;
    struct catchment *catchment = reading->catchment;
    catchment->site = malloc((region->areas + 1) * sizeof *catchment->site);
    catchment->line = calloc(region->areas + 1, sizeof *catchment->line);
    catchment->said = calloc(region->sites + 1, sizeof *catchment->said);
    reading->area_name = calloc(region->areas + 1, sizeof *reading->area_name);
    reading->site_name = calloc(region->sites + 1, sizeof *reading->site_name);
    reading->meant = calloc(region->areas + 1, sizeof *reading->meant);
    if (!catchment->site || !catchment->line || !catchment->said || !reading->area_name ||
        !reading->site_name || !reading->meant) {
        diagnosis_out_of_memory(loader->diagnosis);
        return false;
    }
    for (size_t area = 0; area < region->areas; area++) {
        catchment->site[area] = NAME_NOT_FOUND;
        reading->area_name[area] = region->area[area].name;
    }
    for (size_t site = 0; site < region->sites; site++)
        reading->site_name[site] = region->site[site].name;
    return true;
}

static void read_catchment(struct loader *loader, struct draft *draft)
{
    bool whole;
    struct table *table = loader_read_table(loader, draft->catchment_named, &whole);
    if (!table)
        return;
    struct reading reading = {.table = table, .catchment = &draft->catchment};
    draft->catchment.shown = loader_copy(loader, table_file(table));
    if (make_reading(loader, &reading) && draft->catchment.shown)
        read_rows(loader, &reading, whole);
    free(reading.area_name);
    free(reading.site_name);
    free(reading.meant);
    table_free(table);
}

const struct draft *loader_catchment_of(const struct loader *loader, size_t configuration)
{
    const struct draft *draft = &loader->draft[configuration];
    while (draft && !draft->catchment_named)
        draft = draft->from;
    return draft;
}

/* The place of each area's hospital among those of a configuration. */
static void place_hospitals(struct loader *loader, size_t c)
{
    const struct draft *draft = loader_catchment_of(loader, c);
    struct configuration *configuration = &loader->scenario->design.configuration[c];
    size_t areas = loader->scenario->design.region.areas;
    if (!draft || !draft->catchment.site)
        return;
    configuration->catchment = malloc((areas + 1) * sizeof *configuration->catchment);
    if (!configuration->catchment) {
        diagnosis_out_of_memory(loader->diagnosis);
        return;
    }
    for (size_t area = 0; area < areas; area++) {
        configuration->catchment[area] = NO_HOSPITAL;
        for (size_t h = 0; h < configuration->hospitals; h++)
            if (configuration->hospital[h].site == draft->catchment.site[area])
                configuration->catchment[area] = (uint32_t)h;
    }
}

void loader_read_catchments(struct loader *loader)
{
    for (size_t d = 0; d < loader->drafts; d++)
        if (loader->draft[d].catchment_named)
            read_catchment(loader, &loader->draft[d]);
    for (size_t c = 0; c < loader->scenario->design.configurations; c++)
        place_hospitals(loader, c);
}
