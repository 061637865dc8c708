#include "scenarios/sweep/sweep_design.h"

#include <stdio.h>
#include <stdlib.h>

#include "scenarios/write/csv_writer.h"

static void put_psa_header(struct csv_writer *table, const struct sweep *sweep,
                           const struct sweep_column column[], size_t columns)
{
    const struct design *design = &sweep->scenario->design;
    csv_writer_text(table, "point");
    for (size_t c = 0; c < columns; c++) {
        char name[400];
        size_t place = sweep->configuration[column[c].configuration];
        const char *key = parameter_info(column[c].id)->key;
        if (column[c].shared)
            snprintf(name, sizeof name, "%s", key);
        else
            snprintf(name, sizeof name, "%s (%.200s)", key, design->configuration[place].name);
        csv_writer_text(table, name);
    }
    csv_writer_end_row(table);
}

static bool put_psa(const struct sweep *sweep, const struct sweep_about *about,
                    struct csv_writer *table)
{
    size_t most = sweep->configurations * PARAMETER_COUNT;
    struct sweep_column *column = calloc(most, sizeof *column);
    struct parameters *drawn = calloc(sweep->configurations, sizeof *drawn);
    bool good = column != NULL && drawn != NULL;
    size_t columns = good ? sweep_psa_columns(sweep, column, most) : 0;
    if (good)
        put_psa_header(table, sweep, column, columns);
    uint64_t points = sweep_shard_points(sweep->points, about->shard, about->shards);
    for (uint64_t i = 0; good && i < points; i++) {
        uint64_t point = about->shard + i * about->shards;
        for (size_t a = 0; a < sweep->configurations; a++)
            design_draw(&sweep->scenario->design, sweep->configuration[a], point, &drawn[a]);
        csv_writer_integer(table, (int64_t)point);
        for (size_t c = 0; c < columns; c++)
            csv_writer_number(table, drawn[column[c].configuration].value[column[c].id]);
        csv_writer_end_row(table);
    }
    free(column);
    free(drawn);
    return good;
}

static bool put_points(const struct sweep *sweep, const struct sweep_about *about,
                       struct csv_writer *table)
{
    const struct sweep_plan *plan = sweep->plan;
    struct sampling *sampling = sweep_sampling(sweep);
    double *unit = calloc(plan->factors + 1, sizeof *unit);
    bool good = sampling != NULL && unit != NULL;
    csv_writer_text(table, "point");
    for (size_t f = 0; f < plan->factors; f++)
        csv_writer_text(table, plan->factor[f].key);
    csv_writer_end_row(table);
    uint64_t points = sweep_shard_points(sweep->points, about->shard, about->shards);
    for (uint64_t i = 0; good && i < points; i++) {
        uint64_t point = about->shard + i * about->shards;
        sampling_point(sampling, point, unit);
        csv_writer_integer(table, (int64_t)point);
        for (size_t f = 0; f < plan->factors; f++) {
            char buffer[NUMBER_TEXT_SIZE];
            csv_writer_text(table, plan_text(plan, point, f, unit, buffer));
        }
        csv_writer_end_row(table);
    }
    sampling_free(sampling);
    free(unit);
    return good;
}

bool sweep_design_write(const struct sweep *sweep, const struct sweep_about *about,
                        const char *path, struct write_fault *fault)
{
    struct csv_writer *table = csv_writer_open(path, fault);
    if (table == NULL)
        return false;
    bool good = sweep->plan->kind == SAMPLING_PSA ? put_psa(sweep, about, table)
                                                  : put_points(sweep, about, table);
    if (!good)
        write_fault_set(fault, 0, "out of memory");
    return csv_writer_close(table, good ? fault : NULL) && good;
}
