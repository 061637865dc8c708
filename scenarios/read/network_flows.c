#include "scenarios/read/network_loader.h"

#include "scenarios/read/name.h"
#include "scenarios/read/suggest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Times may stand in whichever unit is usual for them. */
static const struct {
    const char *word;
    double min;
} units[] = {{"days", 1440}, {"hours", 60}, {"min", 1}};
enum { UNITS = sizeof units / sizeof *units };

static const char *const patient_fields[] = {
    "patient",          "first_ward",       "mean_days_between", "mean_hours_between",
    "mean_min_between", "per_year",         "priority",          "between",
    "sd_days_between",  "sd_hours_between", "sd_min_between"};
enum { PATIENT_FIELDS = sizeof patient_fields / sizeof *patient_fields };

static const char *const route_fields[] = {
    "patient",          "ward",          "next",    "share",    "distribution", "mean_days",
    "mean_hours",       "mean_min",      "sd_days", "sd_hours", "sd_min",       "delay_mean_days",
    "delay_mean_hours", "delay_mean_min"};
enum { ROUTE_FIELDS = sizeof route_fields / sizeof *route_fields };

static const double year_min = 365 * 1440.0, longest_min = 100 * 365 * 1440.0;

struct table *network_read_table(struct network_loader *loader, const char *named, bool *whole)
{
    struct network_scenario *scenario = loader->scenario;
    struct table **grown =
        realloc(scenario->table, (scenario->tables + 1) * sizeof *scenario->table);
    if (!grown) {
        diagnosis_out_of_memory(loader->base.diagnosis);
        return NULL;
    }
    scenario->table = grown;
    struct table *table = loader_read_table(&loader->base, named, whole);
    if (table)
        scenario->table[scenario->tables++] = table;
    return table;
}

bool network_is_way_out(const char *word)
{
    return strcmp(word, "leaves") == 0 || strcmp(word, "home") == 0;
}

/* --- a time ----------------------------------------------------------------------------------- */

struct time_column {
    int column; /* or -1 */
    double min; /* a unit of it */
};

/* PREFIX_days, PREFIX_hours or PREFIX_min, whichever there is, with an ending. */
static struct time_column find_time(struct network_loader *loader, const struct table *table,
                                    const char *prefix, const char *ending)
{
    struct time_column found = {-1, 0};
    char name[64];
    for (size_t u = 0; u < UNITS; u++) {
        snprintf(name, sizeof name, "%s_%s%s", prefix, units[u].word, ending);
        int column = table_column(table, name);
        if (column < 0)
            continue;
        if (found.column >= 0) {
            struct place place = table_header_place(table, (size_t)column);
            diagnosis_error(loader->base.diagnosis, &place, "keep one of them",
                            "the same time stands in column '%s' already",
                            table_header(table, (size_t)found.column));
            continue;
        }
        found = (struct time_column){column, units[u].min};
    }
    return found;
}

/* Minutes, or `otherwise` when nothing is given. False: reported. */
static bool read_time(struct network_loader *loader, const struct table *table, size_t row,
                      struct time_column time, double otherwise, double *minutes)
{
    double value;
    if (time.column < 0 || !table_given(table, row, (size_t)time.column)) {
        *minutes = otherwise;
        return true;
    }
    if (!table_number(table, row, (size_t)time.column, 0, longest_min / time.min,
                      loader->base.diagnosis, &value))
        return false;
    *minutes = value * time.min;
    return true;
}

/* The distribution that a column names. False: reported. */
static bool read_family(struct network_loader *loader, const struct table *table, size_t row,
                        int column, enum duration_family *family)
{
    const char *names[DURATION_FAMILIES];
    char buffer[128];
    *family = DURATION_EXPONENTIAL;
    if (column < 0 || !table_given(table, row, (size_t)column))
        return true;
    const char *name = table_text(table, row, (size_t)column);
    int found = duration_find(name);
    if (found >= 0) {
        *family = (enum duration_family)found;
        return true;
    }
    for (int f = 0; f < DURATION_FAMILIES; f++)
        names[f] = duration_name((enum duration_family)f);
    const char *near = suggest_remedy(name, names, DURATION_FAMILIES, buffer, sizeof buffer);
    struct place place = table_place(table, row, (size_t)column);
    diagnosis_error(loader->base.diagnosis, &place,
                    near ? near : "exponential, lognormal, gamma, uniform or constant",
                    "there is no distribution '%.60s'", name);
    return false;
}

struct duration_columns {
    int family;
    struct time_column mean, sd;
};

/* A distribution whose mean and spread are checked against each other. `mean_min` > 0: given by
 * another column. */
static bool read_duration(struct network_loader *loader, const struct table *table, size_t row,
                          const struct duration_columns *columns, double mean_min,
                          struct duration *duration)
{
    enum duration_family family;
    double sd_min;
    const char *remedy;
    bool read = read_family(loader, table, row, columns->family, &family);
    if (!(mean_min > 0) && columns->mean.column >= 0 &&
        !table_given(table, row, (size_t)columns->mean.column)) {
        struct place place = table_place(table, row, (size_t)columns->mean.column);
        diagnosis_error(loader->base.diagnosis, &place, "how long it lasts on average",
                        "no value is given");
        read = false;
    } else if (!(mean_min > 0)) {
        read &= read_time(loader, table, row, columns->mean, 0, &mean_min);
    }
    read &= read_time(loader, table, row, columns->sd, NAN, &sd_min);
    if (!read)
        return false;
    const char *fault = duration_fault(family, mean_min, sd_min, &remedy);
    if (!fault) {
        *duration = duration_of(family, mean_min, sd_min);
        return true;
    }
    int at = columns->sd.column >= 0 ? columns->sd.column : columns->family;
    at = at < 0 ? columns->mean.column : at;
    struct place place =
        at < 0 ? (struct place){.file = table_file(table)} : table_place(table, row, (size_t)at);
    diagnosis_error(loader->base.diagnosis, &place, remedy, "%s %s", duration_name(family), fault);
    return false;
}

/* --- who comes -------------------------------------------------------------------------------- */

static size_t class_of(const struct network_loader *loader, const char *name)
{
    size_t class = 0;
    while (class < loader->scenario->classes &&
           strcmp(loader->scenario->class_name[class], name) != 0)
        class ++;
    return class;
}

/* The class of a patients row, new or met before. False: out of memory. */
static bool enter_class(struct network_loader *loader, const char *name, size_t *class)
{
    struct network_scenario *scenario = loader->scenario;
    *class = class_of(loader, name);
    if (*class < scenario->classes)
        return true;
    const char **grown =
        realloc(scenario->class_name, (scenario->classes + 1) * sizeof *scenario->class_name);
    if (!grown) {
        diagnosis_out_of_memory(loader->base.diagnosis);
        return false;
    }
    scenario->class_name = grown;
    scenario->class_name[scenario->classes++] = name;
    return true;
}

struct patient_columns {
    int patient, first_ward, per_year, priority;
    struct duration_columns between;
};

static struct patient_columns find_patient_columns(struct network_loader *loader,
                                                   const struct table *table)
{
    struct patient_columns columns = {
        .patient =
            loader_need_column(&loader->base, table, patient_fields, PATIENT_FIELDS, "patient"),
        .first_ward =
            loader_need_column(&loader->base, table, patient_fields, PATIENT_FIELDS, "first_ward"),
        .per_year = table_column(table, "per_year"),
        .priority = table_column(table, "priority"),
        .between = {.family = table_column(table, "between"),
                    .mean = find_time(loader, table, "mean", "_between"),
                    .sd = find_time(loader, table, "sd", "_between")},
    };
    if (columns.between.mean.column < 0 && columns.per_year < 0)
        loader_need_column(&loader->base, table, patient_fields, PATIENT_FIELDS,
                           "mean_days_between");
    return columns;
}

/* Minutes between arrivals by per_year; 0: it stands in the other column. False: reported. */
static bool read_rate(struct network_loader *loader, const struct table *table, size_t row,
                      const struct patient_columns *columns, double *mean_min)
{
    double per_year;
    int mean = columns->between.mean.column;
    bool by_mean = mean >= 0 && table_given(table, row, (size_t)mean);
    bool by_year = columns->per_year >= 0 && table_given(table, row, (size_t)columns->per_year);
    *mean_min = 0;
    if (by_mean && by_year) {
        struct place place = table_place(table, row, (size_t)columns->per_year);
        diagnosis_error(loader->base.diagnosis, &place, "leave one of them empty",
                        "how often patients come is said twice");
        return false;
    }
    if (!by_year && (by_mean || mean >= 0))
        return true;
    if (columns->per_year < 0 || !table_number(table, row, (size_t)columns->per_year, 0.001, 1e8,
                                               loader->base.diagnosis, &per_year))
        return false;
    *mean_min = year_min / per_year;
    return true;
}

/* A stream of arrivals. False: reported. */
static bool read_source(struct network_loader *loader, const struct patients_file *file, size_t row,
                        const struct patient_columns *columns, struct network_source *source)
{
    const struct table *table = file->table;
    struct diagnosis *diagnosis = loader->base.diagnosis;
    const char *name;
    int64_t priority = 1;
    double mean_min;
    if (!table_name(table, row, (size_t)columns->patient, "patient", diagnosis, &name)) {
        loader->classes_whole = false; /* it may be any that the routes name */
        return false;
    }
    if (!enter_class(loader, name, &source->class))
        return false;
    struct place place = table_place(table, row, (size_t)columns->first_ward);
    int ward =
        network_find_ward(loader, table_text(table, row, (size_t)columns->first_ward), &place);
    bool read = ward >= 0;
    source->ward = (size_t)ward;
    if (columns->priority >= 0)
        read &= table_integer_or(table, row, (size_t)columns->priority, 1, 1000, 1, diagnosis,
                                 &priority);
    source->priority = (int)priority;
    if (!read_rate(loader, table, row, columns, &mean_min) ||
        !read_duration(loader, table, row, &columns->between, mean_min, &source->between))
        return false;
    if (read && source->between.mean <= 0) {
        place = table_place(table, row, (size_t)columns->between.mean.column);
        diagnosis_error(diagnosis, &place, "a time above 0", "patients cannot come all at once");
        return false;
    }
    return read;
}

static void read_sources(struct network_loader *loader, struct patients_file *file)
{
    const struct table *table = file->table;
    size_t rows = table_row_count(table);
    file->source = calloc(rows + 1, sizeof *file->source);
    file->row = calloc(rows + 1, sizeof *file->row);
    if (!file->source || !file->row) {
        diagnosis_out_of_memory(loader->base.diagnosis);
        return;
    }
    loader_check_columns(&loader->base, table, patient_fields, PATIENT_FIELDS);
    struct patient_columns columns = find_patient_columns(loader, table);
    if (columns.patient < 0 || columns.first_ward < 0 ||
        (columns.per_year < 0 && columns.between.mean.column < 0)) {
        loader->classes_whole = file->whole = false;
        return;
    }
    for (size_t row = 0; row < rows; row++) {
        file->row[file->sources] = row;
        if (read_source(loader, file, row, &columns, &file->source[file->sources]))
            file->sources++;
        else
            file->whole = false;
    }
}

const struct patients_file *network_read_patients(struct network_loader *loader, const char *named)
{
    for (size_t i = 0; i < loader->patients_files; i++)
        if (strcmp(loader->patients[i].named, named) == 0)
            return &loader->patients[i];
    bool whole;
    const struct table *table = network_read_table(loader, named, &whole);
    loader->classes_whole = loader->classes_whole && table && whole;
    if (!table)
        return NULL;
    struct patients_file *file = &loader->patients[loader->patients_files++];
    *file = (struct patients_file){.named = named, .table = table, .whole = whole};
    read_sources(loader, file);
    return file;
}

/* --- where they go ---------------------------------------------------------------------------- */

struct route_columns {
    int patient, ward, next, share;
    struct duration_columns stay;
    struct time_column delay;
};

static struct route_columns find_route_columns(struct network_loader *loader,
                                               const struct table *table)
{
    static const char *const needed[] = {"patient", "ward", "next", "share"};
    int column[4];
    for (size_t i = 0; i < 4; i++)
        column[i] = loader_need_column(&loader->base, table, route_fields, ROUTE_FIELDS, needed[i]);
    struct route_columns columns = {
        .patient = column[0],
        .ward = column[1],
        .next = column[2],
        .share = column[3],
        .stay = {.family = table_column(table, "distribution"),
                 .mean = find_time(loader, table, "mean", ""),
                 .sd = find_time(loader, table, "sd", "")},
        .delay = find_time(loader, table, "delay_mean", ""),
    };
    if (columns.stay.mean.column < 0)
        loader_need_column(&loader->base, table, route_fields, ROUTE_FIELDS, "mean_days");
    return columns;
}

static bool read_class(struct network_loader *loader, const struct table *table, size_t row,
                       int column, size_t *class)
{
    const struct network_scenario *scenario = loader->scenario;
    char buffer[256];
    const char *name = table_text(table, row, (size_t)column);
    *class = class_of(loader, name);
    if (*class < scenario->classes)
        return true;
    struct place place = table_place(table, row, (size_t)column);
    const char *near =
        suggest_remedy(name, scenario->class_name, scenario->classes, buffer, sizeof buffer);
    if (loader->classes_whole)
        diagnosis_error(loader->base.diagnosis, &place,
                        near ? near : "a name of the patients table",
                        "no patients of the name '%.60s' come", name);
    return false;
}

/* A ward, or the word for none. False: reported. */
static bool read_next(struct network_loader *loader, const struct table *table, size_t row,
                      int column, int *next)
{
    const char *name = table_text(table, row, (size_t)column);
    struct place place = table_place(table, row, (size_t)column);
    *next = NETWORK_LEAVES;
    if (network_is_way_out(name))
        return true;
    if (!*name) {
        diagnosis_error(loader->base.diagnosis, &place, "a ward, or leaves", "no value is given");
        return false;
    }
    *next = network_find_ward(loader, name, &place);
    return *next >= 0;
}

static bool read_route(struct network_loader *loader, const struct routes_file *file, size_t row,
                       const struct route_columns *columns, struct network_route *route)
{
    const struct table *table = file->table;
    bool read = read_class(loader, table, row, columns->patient, &route->class);
    struct place place = table_place(table, row, (size_t)columns->ward);
    int ward = network_find_ward(loader, table_text(table, row, (size_t)columns->ward), &place);
    route->ward = (size_t)ward;
    read &= ward >= 0;
    read &= read_next(loader, table, row, columns->next, &route->next);
    read &= table_number(table, row, (size_t)columns->share, 0, 1, loader->base.diagnosis,
                         &route->share);
    read &= read_duration(loader, table, row, &columns->stay, 0, &route->stay);
    read &= read_time(loader, table, row, columns->delay, 0, &route->delay_mean_min);
    return read;
}

/* What a row says of who is where and goes where, and how long that takes. */
static bool is_same(const struct network_route *a, const struct network_route *b)
{
    return a->class == b->class && a->ward == b->ward && a->next == b->next &&
           a->stay.family == b->stay.family && a->stay.mean == b->stay.mean &&
           a->stay.sd == b->stay.sd && a->delay_mean_min == b->delay_mean_min;
}

/* Two rows of one way with different stays are a mixture; with the same stay, a slip. */
static void check_repeat(struct network_loader *loader, const struct routes_file *file, size_t r)
{
    for (size_t i = 0; i < r; i++)
        if (is_same(&file->route[i], &file->route[r])) {
            struct place place = table_place(file->table, file->row[r], 0);
            struct place before = table_place(file->table, file->row[i], 0);
            diagnosis_error(loader->base.diagnosis, &place, "join their shares in one row",
                            "this way stands in line %zu already", before.line);
            return;
        }
}

static void read_routes(struct network_loader *loader, struct routes_file *file)
{
    const struct table *table = file->table;
    size_t rows = table_row_count(table);
    file->route = calloc(rows + 1, sizeof *file->route);
    file->row = calloc(rows + 1, sizeof *file->row);
    if (!file->route || !file->row) {
        diagnosis_out_of_memory(loader->base.diagnosis);
        return;
    }
    loader_check_columns(&loader->base, table, route_fields, ROUTE_FIELDS);
    struct route_columns columns = find_route_columns(loader, table);
    if (columns.patient < 0 || columns.ward < 0 || columns.next < 0 || columns.share < 0 ||
        columns.stay.mean.column < 0 || rows > MOST_ROUTES) {
        file->whole = false;
        return;
    }
    for (size_t row = 0; row < rows; row++) {
        file->row[file->routes] = row;
        if (read_route(loader, file, row, &columns, &file->route[file->routes]))
            check_repeat(loader, file, file->routes++);
        else
            file->whole = false;
    }
}

const struct routes_file *network_read_routes(struct network_loader *loader, const char *named)
{
    for (size_t i = 0; i < loader->routes_files; i++)
        if (strcmp(loader->routes[i].named, named) == 0)
            return &loader->routes[i];
    bool whole;
    const struct table *table = network_read_table(loader, named, &whole);
    if (!table)
        return NULL;
    struct routes_file *file = &loader->routes[loader->routes_files++];
    *file = (struct routes_file){.named = named, .table = table, .whole = whole};
    read_routes(loader, file);
    return file;
}
