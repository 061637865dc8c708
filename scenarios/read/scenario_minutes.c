#include "scenarios/read/scenario_loader.h"

#include "scenarios/read/suggest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* More names than this to choose from, and looking for the meant one takes too long. */
enum { MOST_CANDIDATES = 5000 };

/* A table of minutes being read: from each row's name to each column's hospital. Minutes that
   could not be read stay 0, so that nothing else is said to be out of reach because of them. */
struct matrix {
    struct table *table;
    const char *row_key; /* the column of the rows' names */
    size_t rows;
    const struct name_index *row_index;
    const char *const *row_name;
    const bool *row_wanted; /* NULL: all */
    bool rows_known;        /* all names that there are */
    bool needs_all;         /* an empty cell is an error; else it cannot be reached */
    double *minutes;        /* rows x sites */
    size_t *column_site;    /* a site, or NAME_NOT_FOUND */
    char *file;             /* the name of the table in messages; NULL: could not be read */
    size_t *line;           /* of each row that was seen, else 0 */
    bool *meant;            /* by a row of a misspelled name */
};

/* The hospitals that some configuration has. */
static bool *used_sites(struct loader *loader)
{
    const struct design *design = &loader->scenario->design;
    bool *used = calloc(design->region.sites + 1, sizeof *used);
    if (!used)
        diagnosis_out_of_memory(loader->diagnosis);
    for (size_t c = 0; used && c < design->configurations; c++)
        for (size_t h = 0; h < design->configuration[c].hospitals; h++)
            used[design->configuration[c].hospital[h].site] = true;
    return used;
}

static const char *site_name(const void *context, size_t at)
{
    const struct region *region = context;
    return region->site[at].name;
}

static const char *area_name(const void *context, size_t at)
{
    const struct region *region = context;
    return region->area[at].name;
}

static const char **names_of(struct loader *loader, size_t count,
                             const char *(*name_of)(const void *, size_t))
{
    const char **names = calloc(count + 1, sizeof *names);
    if (!names)
        diagnosis_out_of_memory(loader->diagnosis);
    for (size_t i = 0; names && i < count; i++)
        names[i] = name_of(&loader->scenario->design.region, i);
    return names;
}

/* A header that is no hospital's name is most likely a misspelled one, which then counts as there:
   sets said[site]. */
static void report_header(struct loader *loader, const struct matrix *matrix, size_t column,
                          const char *const *sites, bool suggest, bool *said)
{
    const struct region *region = &loader->scenario->design.region;
    const char *name = table_header(matrix->table, column);
    const char *meant = suggest ? suggest_nearest(name, sites, region->sites) : NULL;
    char buffer[512];
    for (size_t s = 0; meant && s < region->sites; s++)
        said[s] = said[s] || strcmp(region->site[s].name, meant) == 0;
    if (!loader->rosters_whole)
        return;
    struct place place = table_header_place(matrix->table, column);
    diagnosis_error(loader->diagnosis, &place,
                    meant ? suggest_remedy(name, sites, region->sites, buffer, sizeof buffer)
                          : NULL,
                    "the scenario has no hospital of this name");
}

static void find_columns(struct loader *loader, struct matrix *matrix, const char *const *sites,
                         const bool *used, bool *said)
{
    const struct region *region = &loader->scenario->design.region;
    size_t unknown = 0;
    for (size_t c = 0; c < table_column_count(matrix->table); c++) {
        const char *name = table_header(matrix->table, c);
        matrix->column_site[c] = NAME_NOT_FOUND;
        if (!*name || strcmp(name, matrix->row_key) == 0)
            continue;
        size_t site = loader_find_site(loader, name);
        if (site == NAME_NOT_FOUND)
            report_header(loader, matrix, c, sites, unknown++ < DIAGNOSIS_REPEATS, said);
        else if (said[site])
            continue; /* a second column of one name, which is reported already */
        else
            said[site] = true;
        matrix->column_site[c] = site;
    }
    for (size_t s = 0; s < region->sites; s++) {
        if (said[s] || !used[s])
            continue;
        struct place place = {
            .file = table_file(matrix->table), .line = 1, .key = region->site[s].name};
        place.line = table_header_place(matrix->table, 0).line;
        diagnosis_error(loader->diagnosis, &place, "add it, or take the hospital out",
                        "there is no column of this hospital");
    }
}

static void read_cell(struct loader *loader, struct matrix *matrix, size_t row, size_t column,
                      size_t at, size_t site)
{
    static const double most_min = 1440;
    double *minutes = &matrix->minutes[at * loader->scenario->design.region.sites + site];
    if (matrix->needs_all) {
        if (at != site)
            table_number(matrix->table, row, column, 0, most_min, loader->diagnosis, minutes);
    } else {
        table_number_or(matrix->table, row, column, 0, most_min, INFINITY, loader->diagnosis,
                        minutes);
    }
}

/* A row of a name that there is not is most likely that of a similar one, which is then not
   missing. */
static void report_stranger(struct loader *loader, struct matrix *matrix, const struct place *place,
                            const char *name, bool suggest)
{
    char buffer[512];
    const char *meant = suggest && matrix->rows <= MOST_CANDIDATES
                            ? suggest_nearest(name, matrix->row_name, matrix->rows)
                            : NULL;
    size_t at = meant ? name_index_find(matrix->row_index, meant) : NAME_NOT_FOUND;
    if (at != NAME_NOT_FOUND)
        matrix->meant[at] = true;
    if (matrix->rows_known)
        diagnosis_error(loader->diagnosis, place,
                        meant ? suggest_remedy(name, &meant, 1, buffer, sizeof buffer) : NULL,
                        "the scenario has no %s of the name '%.60s'", matrix->row_key, name);
}

static void read_row(struct loader *loader, struct matrix *matrix, size_t row, size_t at,
                     const struct place *place)
{
    if (matrix->line[at] > 0) {
        diagnosis_error(loader->diagnosis, place, "remove one of them",
                        "'%.60s' stands in line %zu already", matrix->row_name[at],
                        matrix->line[at]);
        return;
    }
    matrix->line[at] = place->line;
    for (size_t c = 0; c < table_column_count(matrix->table); c++)
        if (matrix->column_site[c] != NAME_NOT_FOUND)
            read_cell(loader, matrix, row, c, at, matrix->column_site[c]);
}

/* Rows that should be there; of names that stand for two, the first counts. */
static void check_rows(struct loader *loader, const struct matrix *matrix)
{
    const struct place place = {.file = table_file(matrix->table), .key = matrix->row_key};
    for (size_t at = 0; at < matrix->rows; at++) {
        const char *name = matrix->row_name[at];
        bool wanted = (!matrix->row_wanted || matrix->row_wanted[at]) && name && *name &&
                      name_index_find(matrix->row_index, name) == at;
        if (wanted && matrix->line[at] == 0 && !matrix->meant[at])
            diagnosis_error(loader->diagnosis, &place, "add a row",
                            "there is no row of the %s '%.60s'", matrix->row_key, name);
    }
}

static void read_rows(struct loader *loader, struct matrix *matrix, size_t key_column, bool whole)
{
    size_t strangers = 0;
    for (size_t row = 0; row < table_row_count(matrix->table); row++) {
        const char *name = table_text(matrix->table, row, key_column);
        struct place place = table_place(matrix->table, row, key_column);
        size_t at = name_index_find(matrix->row_index, name);
        if (at != NAME_NOT_FOUND)
            read_row(loader, matrix, row, at, &place);
        else
            report_stranger(loader, matrix, &place, name, strangers++ < DIAGNOSIS_REPEATS);
    }
    if (whole)
        check_rows(loader, matrix);
}

/* What no column was given for is out of reach; only hospitals that nobody uses can be. */
static void fill_unused(const struct loader *loader, struct matrix *matrix, const bool *used)
{
    size_t sites = loader->scenario->design.region.sites;
    for (size_t at = 0; at < matrix->rows; at++)
        for (size_t s = 0; s < sites; s++)
            if (!used[s])
                matrix->minutes[at * sites + s] = INFINITY;
}

static void read_matrix(struct loader *loader, struct matrix *matrix, const char *named,
                        const bool *used)
{
    size_t sites = loader->scenario->design.region.sites;
    bool whole;
    matrix->table = loader_read_table(loader, named, &whole);
    size_t columns = matrix->table ? table_column_count(matrix->table) : 0;
    const char **names = names_of(loader, sites, site_name);
    bool *said = calloc(sites + 1, sizeof *said);
    matrix->meant = calloc(matrix->rows + 1, sizeof *matrix->meant);
    matrix->column_site = calloc(columns + 1, sizeof *matrix->column_site);
    matrix->line = calloc(matrix->rows + 1, sizeof *matrix->line);
    if (!names || !said || !matrix->column_site || !matrix->line || !matrix->meant) {
        diagnosis_out_of_memory(loader->diagnosis);
    } else if (matrix->table && matrix->minutes) {
        matrix->file = loader_copy(loader, table_file(matrix->table));
        int key_column = table_require_column(matrix->table, matrix->row_key, loader->diagnosis);
        fill_unused(loader, matrix, used);
        if (key_column >= 0) {
            find_columns(loader, matrix, names, used, said);
            read_rows(loader, matrix, (size_t)key_column, whole);
        }
    }
    free(matrix->column_site);
    free(matrix->meant);
    free(said);
    free(names);
    table_free(matrix->table);
}

static double *new_minutes(struct loader *loader, size_t rows)
{
    double *minutes = calloc(rows * loader->scenario->design.region.sites + 1, sizeof *minutes);
    if (!minutes)
        diagnosis_out_of_memory(loader->diagnosis);
    return minutes;
}

static void read_travel(struct loader *loader, const char *named, const bool *used)
{
    struct region *region = &loader->scenario->design.region;
    const char **names = names_of(loader, region->areas, area_name);
    region->minutes = new_minutes(loader, region->areas);
    struct matrix matrix = {.row_key = "area",
                            .rows = region->areas,
                            .row_index = &loader->area_index,
                            .row_name = names,
                            .rows_known = loader->areas_whole,
                            .minutes = region->minutes};
    if (names)
        read_matrix(loader, &matrix, named, used);
    free(names);
    loader->travel_shown = matrix.file;
    loader->travel_line = matrix.line;
}

static void read_transfers(struct loader *loader, const char *named, const bool *used)
{
    struct region *region = &loader->scenario->design.region;
    const char **names = names_of(loader, region->sites, site_name);
    struct name_index index = {0};
    region->transfer_minutes = new_minutes(loader, region->sites);
    if (names && !name_index_init(&index, region->sites, site_name, region))
        diagnosis_out_of_memory(loader->diagnosis);
    struct matrix matrix = {.row_key = "hospital",
                            .rows = region->sites,
                            .row_index = &index,
                            .row_name = names,
                            .row_wanted = used,
                            .rows_known = loader->rosters_whole,
                            .needs_all = true,
                            .minutes = region->transfer_minutes};
    if (names)
        read_matrix(loader, &matrix, named, used);
    free(matrix.file);
    free(matrix.line);
    name_index_fini(&index);
    free(names);
}

void loader_read_minutes(struct loader *loader)
{
    struct design *design = &loader->scenario->design;
    struct region *region = &design->region;
    const char *travel = loader_file_of(loader, loader->root, "travel");
    const char *transfers = loader_file_of(loader, loader->root, "transfers");
    bool *used = used_sites(loader);
    bool estimated = true;
    if (used && travel && strcmp(travel, "estimate") != 0)
        read_travel(loader, travel, used);
    else if (design->configurations > 0 && region->areas > 0 && region->sites > 0)
        estimated = region_estimate_journeys(region, &design->configuration[0].parameters);
    if (used && transfers && strcmp(transfers, "estimate") != 0)
        read_transfers(loader, transfers, used);
    else if (design->configurations > 0 && region->sites > 0)
        estimated =
            region_estimate_transfers(region, &design->configuration[0].parameters) && estimated;
    if (!estimated)
        diagnosis_out_of_memory(loader->diagnosis);
    free(used);
}
