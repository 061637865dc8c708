/* A change by month: the beginning, then each later month that a request names, made of the stage
 * before it. */
#include <stdlib.h>
#include <string.h>

#include "scenarios/change_inside.h"

/* The earliest month of a request after this one; 0: none. */
static int next_month(const struct changing *changing, int month)
{
    int next = 0;
    for (size_t r = 0; r < changing->options->requests; r++) {
        int at = changing->parted[r].month;
        if (at > month && (next == 0 || at < next))
            next = at;
    }
    return next;
}

static size_t count_months(const struct changing *changing)
{
    size_t months = 1;
    for (int month = next_month(changing, 1); month > 0; month = next_month(changing, month))
        months++;
    return months;
}

/* Levels are solved for as the start's files say, so that as written it stays the start. */
static bool add_phase(struct changing *changing, int month)
{
    struct configuration *to = changing->to;
    struct later_phase *phase = &to->later[to->laters++];
    size_t size = (to->hospitals + 1) * sizeof *phase->hospital;
    phase->month = month;
    phase->from_day = loader_month_day(changing->loader, month, phase->date);
    phase->hospital = malloc(size);
    phase->written_hospital = malloc(size);
    if (phase->hospital == NULL || phase->written_hospital == NULL)
        return false;
    size -= sizeof *phase->hospital;
    memcpy(phase->hospital, configuration_phase(to, to->laters - 1), size);
    memcpy(phase->written_hospital, to->written_hospital, size);
    return true;
}

static void begin_stage(struct changing *changing, int month)
{
    struct change *change = changing->change;
    const struct configuration *from = changing->from, *to = changing->to;
    bool first = month == 1;
    changing->stage = &change->stage[change->stages++];
    changing->stage->month = month;
    changing->before = first ? from->hospital : configuration_phase(to, to->laters - 1);
    changing->parameters_before = first ? &from->parameters : &to->parameters;
    changing->hospital = configuration_phase(to, to->laters);
}

void change_stages(struct changing *changing)
{
    size_t before = diagnosis_errors(changing->diagnosis), months = count_months(changing);
    struct change *change = changing->change;
    change->stage = calloc(months, sizeof *change->stage);
    changing->to->later = calloc(months, sizeof *changing->to->later);
    bool memory = change->stage != NULL && changing->to->later != NULL;
    for (int month = 1; memory && month > 0; month = next_month(changing, month)) {
        if (month > 1 && !add_phase(changing, month)) {
            memory = false;
            break;
        }
        begin_stage(changing, month);
        change_units(changing);
        if (diagnosis_errors(changing->diagnosis) == before && !change_beds(changing))
            return;
    }
    if (!memory)
        diagnosis_out_of_memory(changing->diagnosis);
}
