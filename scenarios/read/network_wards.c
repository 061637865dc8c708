#include "scenarios/read/network_loader.h"

#include "scenarios/read/name.h"
#include "scenarios/read/suggest.h"
#include "scenarios/read/value.h"

#include <stdlib.h>
#include <string.h>

static const char *const fields[] = {"ward", "beds", "queue_limit", "transfers_when_full"};
enum { FIELDS = sizeof fields / sizeof *fields };

static const char *const pool_fields[] = {"pool", "shared_beds", "ward", "own_beds"};
enum { POOL_FIELDS = sizeof pool_fields / sizeof *pool_fields };

int network_find_ward(const struct network_loader *loader, const char *name,
                      const struct place *place)
{
    const char *names[MOST_WARDS];
    char buffer[256];
    for (size_t w = 0; w < loader->ward_count; w++) {
        if (strcmp(loader->ward[w].name, name) == 0)
            return (int)w;
        names[w] = loader->ward[w].name;
    }
    if (place && loader->wards_whole)
        diagnosis_error(loader->base.diagnosis, place,
                        suggest_remedy(name, names, loader->ward_count, buffer, sizeof buffer),
                        "there is no ward '%.60s'", name);
    return -1;
}

static bool set_count(struct network_loader *loader, const char *text, int64_t most,
                      const struct place *place, int *count)
{
    int64_t value;
    if (!*text || strcmp(text, "unlimited") == 0) {
        *count = NETWORK_UNLIMITED;
        return true;
    }
    if (!value_integer(text, 0, most, place, loader->base.diagnosis, &value))
        return false;
    *count = (int)value;
    return true;
}

static bool set_transfer(struct network_loader *loader, struct network_ward *ward, const char *text,
                         const struct place *place)
{
    static const char *const words[] = {"wait", "wait_outside", "leave"};
    char buffer[64];
    for (size_t i = 0; i < 3; i++)
        if (strcmp(text, words[i]) == 0 || (i == 0 && !*text)) {
            ward->transfer = (enum network_transfer)i;
            return true;
        }
    const char *near = suggest_remedy(text, words, 3, buffer, sizeof buffer);
    diagnosis_error(loader->base.diagnosis, place, near ? near : "wait, wait_outside or leave",
                    "'%.60s' is not what those from other wards can do", text);
    return false;
}

bool network_set_ward(struct network_loader *loader, struct network_ward *ward, const char *field,
                      const char *text, const struct place *place)
{
    char buffer[128];
    if (strcmp(field, "beds") == 0) {
        if (!set_count(loader, text, MOST_BEDS, place, &ward->beds))
            return false;
        ward->by_hour = false;
        return true;
    }
    if (strcmp(field, "queue_limit") == 0)
        return set_count(loader, text, MOST_BEDS, place, &ward->queue_limit);
    if (strcmp(field, "transfers_when_full") == 0)
        return set_transfer(loader, ward, text, place);
    diagnosis_error(loader->base.diagnosis, place,
                    suggest_remedy(field, fields + 1, FIELDS - 1, buffer, sizeof buffer),
                    "there is no column '%.60s' of a ward that can be changed", field);
    return false;
}

static void check_name(struct network_loader *loader, size_t row, size_t column)
{
    const char *name;
    struct place place = table_place(loader->wards, row, column);
    if (!table_name(loader->wards, row, column, "ward", loader->base.diagnosis, &name))
        return;
    if (network_is_way_out(name))
        diagnosis_error(loader->base.diagnosis, &place, "choose another name",
                        "'%s' says that a patient leaves", name);
    for (size_t w = 0; w < row; w++)
        if (strcmp(loader->ward[w].name, name) == 0) {
            diagnosis_error(loader->base.diagnosis, &place, "give each ward a name of its own",
                            "there are two wards of the name '%.60s'", name);
            return;
        }
}

static void read_ward(struct network_loader *loader, size_t row, const int column[FIELDS])
{
    struct network_ward *ward = &loader->ward[row];
    *ward = (struct network_ward){.name = table_text(loader->wards, row, (size_t)column[0]),
                                  .beds = NETWORK_UNLIMITED,
                                  .queue_limit = NETWORK_UNLIMITED};
    check_name(loader, row, (size_t)column[0]);
    for (size_t f = 1; f < FIELDS; f++) {
        if (column[f] < 0)
            continue;
        struct place place = table_place(loader->wards, row, (size_t)column[f]);
        network_set_ward(loader, ward, fields[f], table_text(loader->wards, row, (size_t)column[f]),
                         &place);
    }
}

void network_read_wards(struct network_loader *loader)
{
    loader_need(&loader->base, "wards", "the name of a file in the scenario's folder");
    const char *named = loader_file_of(&loader->base, loader->base.root, "wards");
    loader->wards = named ? network_read_table(loader, named, &loader->wards_whole) : NULL;
    if (!loader->wards)
        return;
    loader_check_columns(&loader->base, loader->wards, fields, FIELDS);
    int column[FIELDS];
    for (size_t f = 0; f < FIELDS; f++)
        column[f] =
            f < 2 ? loader_need_column(&loader->base, loader->wards, fields, FIELDS, fields[f])
                  : table_column(loader->wards, fields[f]);
    size_t rows = table_row_count(loader->wards);
    if (rows > MOST_WARDS) {
        const struct place place = {.file = table_file(loader->wards)};
        diagnosis_error(loader->base.diagnosis, &place, "join some of them",
                        "there are %zu wards, more than %d", rows, MOST_WARDS);
    }
    loader->wards_whole = loader->wards_whole && column[0] >= 0 && rows <= MOST_WARDS;
    if (column[0] < 0 || rows > MOST_WARDS)
        return;
    loader->ward = calloc(rows + 1, sizeof *loader->ward);
    if (!loader->ward) {
        diagnosis_out_of_memory(loader->base.diagnosis);
        return;
    }
    for (size_t row = 0; row < rows; row++, loader->ward_count++)
        read_ward(loader, row, column);
}

/* Rows of one pool stand together, as rows of one name do in a sorted table. */
static void read_pool_row(struct network_loader *loader, size_t row, const int column[POOL_FIELDS])
{
    const struct table *table = loader->pools;
    struct diagnosis *diagnosis = loader->base.diagnosis;
    const char *name = NULL;
    int64_t shared = 0, own = 0;
    bool read = table_name(table, row, (size_t)column[0], "pool", diagnosis, &name);
    read &= table_integer(table, row, (size_t)column[1], 0, MOST_BEDS, diagnosis, &shared);
    read &= table_integer(table, row, (size_t)column[3], 0, MOST_BEDS, diagnosis, &own);
    struct place place = table_place(table, row, (size_t)column[2]);
    int ward = network_find_ward(loader, table_text(table, row, (size_t)column[2]), &place);
    if (!read || ward < 0)
        return;
    struct network_pool *pool = loader->pool_count ? &loader->pool[loader->pool_count - 1] : NULL;
    if (!pool || strcmp(pool->name, name) != 0) {
        pool = &loader->pool[loader->pool_count++];
        *pool =
            (struct network_pool){.name = name, .shared = (int)shared, .first = loader->members};
    } else if (pool->shared != shared) {
        place = table_place(table, row, (size_t)column[1]);
        diagnosis_error(diagnosis, &place, "say the same in all rows of a pool",
                        "the pool has %d shared beds in the row above", pool->shared);
    }
    loader->member[loader->members++] =
        (struct network_pool_member){.ward = (size_t)ward, .own = (int)own};
    pool->members++;
}

void network_read_pools(struct network_loader *loader)
{
    const char *named = loader_file_of(&loader->base, loader->base.root, "pools");
    bool whole, complete = true;
    loader->pools = named ? network_read_table(loader, named, &whole) : NULL;
    if (!loader->pools)
        return;
    size_t rows = table_row_count(loader->pools);
    loader->pool = calloc(rows + 1, sizeof *loader->pool);
    loader->member = calloc(rows + 1, sizeof *loader->member);
    if (!loader->pool || !loader->member) {
        diagnosis_out_of_memory(loader->base.diagnosis);
        return;
    }
    int column[POOL_FIELDS];
    loader_check_columns(&loader->base, loader->pools, pool_fields, POOL_FIELDS);
    for (size_t f = 0; f < POOL_FIELDS; f++) {
        column[f] = loader_need_column(&loader->base, loader->pools, pool_fields, POOL_FIELDS,
                                       pool_fields[f]);
        complete = complete && column[f] >= 0;
    }
    for (size_t row = 0; complete && row < rows; row++)
        read_pool_row(loader, row, column);
}
