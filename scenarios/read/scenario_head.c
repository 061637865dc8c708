#include "scenarios/read/scenario_loader.h"

#include "scenarios/read/name.h"
#include "scenarios/read/suggest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double least_years = 0.01;
static const double most_years = 100;

const char *const loader_service_keys[] = {
    "kind",       "name",      "title",          "start",     "years",  "seed",
    "areas",      "hospitals", "travel",         "transfers", "growth", "fleet",
    "parameters", "variants",  "configurations", "targets",   "beds",   "observed"};
const size_t loader_service_key_count = sizeof loader_service_keys / sizeof *loader_service_keys;

/* A parameter that stands one level too high is a slip of its own. */
static void check_keys(struct loader *loader)
{
    char buffer[256];
    for (size_t i = 0; i < yaml_count(loader->root); i++) {
        const struct yaml_node *key = yaml_key(loader->root, i);
        const char *text = yaml_text(key);
        bool known = false;
        for (size_t k = 0; k < loader->key_count; k++)
            known = known || strcmp(text, loader->keys[k]) == 0;
        if (known)
            continue;
        const char *remedy =
            parameter_find(text) >= 0
                ? "put it below 'parameters:'"
                : suggest_remedy(text, loader->keys, loader->key_count, buffer, sizeof buffer);
        yaml_error(loader->diagnosis, key, remedy, "there is no such key");
    }
}

const struct yaml_node *loader_need(struct loader *loader, const char *key, const char *remedy)
{
    const struct yaml_node *node = yaml_find(loader->root, key);
    if (!node && !loader_is_misspelled(loader->root, loader->keys, loader->key_count, key)) {
        struct place place = loader_whole_place(loader, key);
        diagnosis_error(loader->diagnosis, &place, remedy, "this key is missing");
    }
    return node;
}

/* The name becomes part of a folder's. */
static void read_name(struct loader *loader)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    static const char remedy[] = "letters, digits, - and _, as in london-2010";
    enum { LONGEST = 100 };
    const struct yaml_node *node = loader_need(loader, "name", remedy);
    const char *name = NULL;
    if (!node || !yaml_read_text(node, loader->diagnosis, &name))
        return;
    if (!*name || *name == '-' || name[strspn(name, letters)] != '\0' || strlen(name) > LONGEST)
        yaml_error(loader->diagnosis, node, remedy, "'%.60s' will not do as a scenario's name",
                   name);
    loader->scenario->name = loader_copy(loader, name);
}

/* Titles stand in result tables too, so what holds for names holds for them. */
char *loader_read_title(struct loader *loader, const struct yaml_node *mapping,
                        const char *otherwise)
{
    const struct yaml_node *node = yaml_find(mapping, "title");
    const char *title = otherwise;
    if (node && yaml_read_text(node, loader->diagnosis, &title)) {
        const char *fault = name_fault(title);
        if (fault)
            yaml_error(loader->diagnosis, node, "choose another title", "the title %s", fault);
    }
    return loader_copy(loader, title);
}

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool loader_read_date(const char *text, int *weekday, int date[3])
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int part[3] = {0};
    for (size_t i = 0, p = 0; i < 10; i++) {
        if (i == 4 || i == 7) {
            if (text[i] != '-')
                return false;
            p++;
        } else if (text[i] < '0' || text[i] > '9') {
            return false;
        } else {
            part[p] = part[p] * 10 + (text[i] - '0');
        }
    }
    int year = part[0], month = part[1], day = part[2];
    if (text[10] != '\0' || year < 1900 || month < 1 || month > 12 || day < 1 ||
        day > days[month - 1] + (month == 2 && is_leap(year)))
        return false;
    int passed = day - 1; /* since 1900-01-01, a Monday */
    for (int y = 1900; y < year; y++)
        passed += is_leap(y) ? 366 : 365;
    for (int m = 1; m < month; m++)
        passed += days[m - 1] + (m == 2 && is_leap(year));
    *weekday = passed % 7;
    memcpy(date, part, sizeof part);
    return true;
}

static void read_start(struct loader *loader)
{
    static const char remedy[] = "a date as in 2010-01-04";
    const struct yaml_node *node = loader_need(loader, "start", remedy);
    const char *start = NULL;
    if (!node || !yaml_read_text(node, loader->diagnosis, &start))
        return;
    struct design *design = &loader->scenario->design;
    bool read = loader_read_date(start, &design->start_weekday, loader->start_date);
    design->start_year = loader->start_date[0];
    if (!read)
        yaml_error(loader->diagnosis, node, remedy, "'%.60s' is not a date from 1900 on", start);
    else
        loader->scenario->start = loader_copy(loader, start);
}

static void read_years(struct loader *loader)
{
    struct design *design = &loader->scenario->design;
    const struct yaml_node *node = loader_need(loader, "years", "a number of years, as in 1");
    if (node)
        yaml_read_number(node, least_years, most_years, loader->diagnosis, &design->years);
    double years = loader->options ? loader->options->years : (double)NAN;
    if (isnan(years))
        return;
    if (!(years >= least_years && years <= most_years)) {
        const struct place place = {.file = "--years"};
        diagnosis_error(loader->diagnosis, &place, "a number from 0.01 to 100",
                        "%g years cannot be simulated", years);
    }
    design->years = years;
}

static void read_seed(struct loader *loader)
{
    const struct yaml_node *node = yaml_find(loader->root, "seed");
    int64_t seed = 1;
    if (node)
        yaml_read_integer(node, 0, INT64_MAX, loader->diagnosis, &seed);
    bool given = loader->options && loader->options->seed_given;
    loader->scenario->design.seed = given ? loader->options->seed : (uint64_t)seed;
}

/* Who asks for a network has said so already (network_scenario_is). */
static void check_kind(struct loader *loader)
{
    static const char *const kinds[] = {"service", "network"};
    char buffer[64];
    const char *kind = NULL;
    const struct yaml_node *node = yaml_find(loader->root, "kind");
    if (!node || !yaml_read_text(node, loader->diagnosis, &kind))
        return;
    const char *remedy = suggest_remedy(kind, kinds, 2, buffer, sizeof buffer);
    if (strcmp(kind, kinds[0]) != 0 && strcmp(kind, kinds[1]) != 0)
        yaml_error(loader->diagnosis, node, remedy ? remedy : "service (as without it) or network",
                   "there is no kind of scenario '%.60s'", kind);
}

void loader_read_head(struct loader *loader)
{
    check_keys(loader);
    check_kind(loader);
    read_name(loader);
    const char *name = loader->scenario->name;
    loader->scenario->title = loader_read_title(loader, loader->root, name ? name : "");
    read_start(loader);
    read_years(loader);
    read_seed(loader);
}
