#include "scenarios/write/hospitals_table.h"

#include <stdio.h>
#include <string.h>

#include "scenarios/read/number.h"
#include "scenarios/read/scenario_loader.h"
#include "scenarios/write/csv_writer.h"

enum { FIRST_COLUMNS = 4, LAST_COLUMNS = 2 + BED_KINDS };
enum { COLUMNS = FIRST_COLUMNS + UNIT_PARAMETERS + LAST_COLUMNS };

/* So that it reads back as it is; NAN is an empty field. */
static void put_number(struct csv_writer *table, double value)
{
    char text[NUMBER_TEXT_SIZE];
    number_format_shortest(value, text);
    csv_writer_text(table, text);
}

static void put_header(struct csv_writer *table)
{
    static const char *const first[FIRST_COLUMNS] = {"hospital", "lat", "lon", "sector"};
    const char *names[COLUMNS];
    size_t at = 0;
    for (size_t i = 0; i < FIRST_COLUMNS; i++)
        names[at++] = first[i];
    for (size_t i = UNIT_PARAMETERS; i < HOSPITAL_FIELDS; i++)
        names[at++] = hospital_fields()[i]; /* role, beds and month */
    for (size_t which = 0; which < UNIT_PARAMETERS; which++)
        names[at++] = hospital_fields()[which];
    csv_writer_header(table, names, at);
}

/* A sector has the number of its first hospital. */
static void put_sector(struct csv_writer *table, const struct hospital hospital[], size_t h)
{
    char text[40];
    size_t first = 0;
    while (hospital[first].sector != hospital[h].sector)
        first++;
    snprintf(text, sizeof text, "sector %zu", first + 1);
    csv_writer_text(table, hospital[h].sector == NO_SECTOR ? "" : text);
}

static void put_row(struct csv_writer *table, const struct region *region,
                    const struct hospital hospitals[], size_t h, int month)
{
    const struct hospital *hospital = &hospitals[h];
    const struct site *site = &region->site[hospital->site];
    char roles[ROLES_TEXT];
    csv_writer_text(table, site->name);
    put_number(table, site->lat);
    put_number(table, site->lon);
    put_sector(table, hospitals, h);
    csv_writer_text(table, hospital_roles_text(hospital->roles, roles));
    for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
        if (hospital->beds[kind] == BEDS_UNLIMITED)
            csv_writer_empty(table);
        else
            csv_writer_integer(table, hospital->beds[kind]);
    csv_writer_integer(table, month);
    for (enum unit_parameter which = 0; which < UNIT_PARAMETERS; which++)
        if (which >= UNIT_MT_TREATED_IF_ELIGIBLE && (hospital->roles & ROLE_MT) == 0)
            csv_writer_empty(table);
        else
            put_number(table, hospital->own[which]);
    csv_writer_end_row(table);
}

bool hospitals_table_write(const char *path, const struct region *region,
                           const struct configuration *configuration, struct write_fault *fault)
{
    struct csv_writer *table = csv_writer_open(path, fault);
    if (table == NULL)
        return false;
    put_header(table);
    for (size_t h = 0; h < configuration->hospitals; h++)
        put_row(table, region, configuration->hospital, h, 1);
    for (size_t phase = 1; phase <= configuration->laters; phase++) {
        const struct hospital *before = configuration_phase(configuration, phase - 1);
        const struct hospital *now = configuration_phase(configuration, phase);
        for (size_t h = 0; h < configuration->hospitals; h++)
            if (memcmp(&before[h], &now[h], sizeof *now) != 0)
                put_row(table, region, now, h, configuration->later[phase - 1].month);
    }
    return csv_writer_close(table, fault);
}
