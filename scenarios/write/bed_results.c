#include "scenarios/write/bed_results.h"

#include <math.h>
#include <stdlib.h>

#include "models/erlang.h"
#include "scenarios/write/folder_table.h"
#include "scenarios/write/json_writer.h"
#include "scenarios/write/manifest_parts.h"
#include "scenarios/write/table_parts.h"

/* Of a queue that grows for ever no share is quoted. */
static void put_row(struct csv_writer *table, const struct bed_figures *figures,
                    const struct bed_unit *unit, const struct bed_row *row)
{
    csv_writer_text(table, figures->configuration);
    csv_writer_text(table, unit->hospital);
    csv_writer_text(table, figures->service == NULL ? NULL : bed_kind_name(unit->kind));
    csv_writer_number(table, unit->load);
    csv_writer_integer(table, row->beds);
    csv_writer_integer(table, row->beds == unit->chosen);
    csv_writer_number(table, erlang_loss(unit->load, row->beds));
    csv_writer_number(table, erlang_wait(unit->load, row->beds));
    csv_writer_number(table, row->unstable ? NAN : row->simulated);
    csv_writer_integer(table, row->unstable);
    csv_writer_end_row(table);
}

static bool write_table(const struct output_folder *folder, const struct bed_figures *figures,
                        struct write_fault *fault)
{
    struct csv_writer *table = output_folder_table(folder, "beds.csv", fault);
    if (table == NULL)
        return false;
    TABLE_COLUMNS(table, "configuration", "hospital", "kind", "offered_load", "beds", "chosen",
                  "loss", "would_wait", "waited", "unstable");
    for (size_t u = 0; u < figures->units; u++)
        for (size_t i = 0; i < figures->unit[u].rows; i++)
            put_row(table, figures, &figures->unit[u], &figures->unit[u].row[i]);
    return csv_writer_close(table, fault);
}

static void put_configuration(struct json_writer *json, const struct bed_figures *figures)
{
    json_writer_key(json, "configurations");
    json_writer_begin_array(json);
    json_writer_begin_object(json);
    json_writer_text_at(json, "name", figures->configuration);
    if (figures->service != NULL)
        manifest_put_parameters(json, &figures->service->parameters);
    else
        manifest_put_multipliers(json, figures->multiplier);
    json_writer_end_object(json);
    json_writer_end_array(json);
}

static bool write_manifest(const char *path, const struct bed_figures *figures,
                           const struct bed_results_about *about, struct write_fault *fault)
{
    struct json_writer *json = json_writer_open(path, fault);
    if (json == NULL)
        return false;
    manifest_begin(json, about->version, about->command);
    json_writer_text_at(json, "kind", "beds");
    json_writer_text_at(json, "scenario", figures->scenario->name);
    json_writer_text_at(json, "title", figures->scenario->title);
    json_writer_unsigned_at(json, "seed", figures->seed);
    json_writer_number_at(json, "years", figures->years);
    json_writer_unsigned_at(json, "replications", figures->replications);
    json_writer_number_at(json, "delay", figures->bound);
    json_writer_text_at(json, "status", "complete");
    put_configuration(json, figures);
    return manifest_close(
        json, manifest_end(json, figures->scenario, about->start, about->end, fault), fault);
}

bool bed_results_write(const struct output_folder *folder, const struct bed_figures *figures,
                       const struct bed_results_about *about, struct write_fault *fault)
{
    char *path = output_folder_file(folder, "manifest.json");
    if (path == NULL)
        return write_fault_set(fault, 0, "out of memory");
    bool written =
        write_table(folder, figures, fault) && write_manifest(path, figures, about, fault);
    free(path);
    return written;
}
