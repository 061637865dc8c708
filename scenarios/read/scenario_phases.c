#include "scenarios/read/scenario_loader.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void timetable_fini(struct timetable *timetable)
{
    free(timetable->row);
    *timetable = (struct timetable){0};
}

bool loader_copy_timetable(struct loader *loader, const struct timetable *from,
                           struct timetable *to)
{
    *to = (struct timetable){0};
    if (from->rows == 0)
        return true;
    to->row = malloc(from->rows * sizeof *to->row);
    if (!to->row) {
        diagnosis_out_of_memory(loader->diagnosis);
        return false;
    }
    memcpy(to->row, from->row, from->rows * sizeof *to->row);
    to->rows = from->rows;
    return true;
}

bool timetable_has(const struct timetable *timetable, size_t at, int month)
{
    for (size_t r = 0; r < timetable->rows; r++)
        if (timetable->row[r].at == at && (month == 0 || timetable->row[r].month == month))
            return true;
    return false;
}

bool loader_add_row(struct loader *loader, struct timetable *timetable, size_t at, int month,
                    const struct hospital *hospital)
{
    struct hospital_row *row =
        realloc(timetable->row, (timetable->rows + 1) * sizeof *timetable->row);
    if (!row) {
        diagnosis_out_of_memory(loader->diagnosis);
        return false;
    }
    timetable->row = row;
    size_t place = timetable->rows++;
    for (; place > 0 && row[place - 1].month > month; place--)
        row[place] = row[place - 1];
    row[place] = (struct hospital_row){at, month, *hospital};
    return true;
}

bool loader_begin_month(struct loader *loader, struct timetable *timetable,
                        const struct hospital first[], size_t at, int month)
{
    if (month <= 1 || timetable_has(timetable, at, month))
        return true;
    struct hospital hospital = first[at];
    for (size_t r = 0; r < timetable->rows && timetable->row[r].month < month; r++)
        if (timetable->row[r].at == at)
            hospital = timetable->row[r].hospital;
    return loader_add_row(loader, timetable, at, month, &hospital);
}

struct hospital *timetable_next(struct timetable *timetable, struct hospital first[], size_t at,
                                int month, size_t *step)
{
    if (*step == 0) {
        ++*step;
        if (month <= 1)
            return &first[at];
    }
    for (; *step <= timetable->rows; ++*step) {
        struct hospital_row *row = &timetable->row[*step - 1];
        if (row->at == at && row->month >= month) {
            ++*step;
            return &row->hospital;
        }
    }
    return NULL;
}

/* --- months ----------------------------------------------------------------------------------- */

static int days_since_1900(int year, int month, int day)
{
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int whole = year - 1900;
    int leaps = (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400 - 460; /* 1900 had none */
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return whole * 365 + leaps + before[month - 1] + (leap && month > 2) + day - 1;
}

static int days_of_month(int year, int month)
{
    int next_year = year + month / 12, next = month % 12 + 1;
    return days_since_1900(next_year, next, 1) - days_since_1900(year, month, 1);
}

double loader_month_day(const struct loader *loader, int month, int date[3])
{
    const int *start = loader->start_date;
    memset(date, 0, 3 * sizeof *date);
    if (start[0] == 0)
        return floor((month - 1) * 365 / 12.0);
    int passed = start[1] - 1 + month - 1;
    date[0] = start[0] + passed / 12;
    date[1] = passed % 12 + 1;
    int last = days_of_month(date[0], date[1]);
    date[2] = start[2] < last ? start[2] : last;
    return days_since_1900(date[0], date[1], date[2]) -
           days_since_1900(start[0], start[1], start[2]);
}

void loader_check_month(struct loader *loader, int month, const struct place *place)
{
    double years = loader->scenario->design.years;
    int date[3];
    if (years > 0 && loader_month_day(loader, month, date) >= years * 365)
        diagnosis_warning(loader->diagnosis, place, "run more years, or begin earlier",
                          "month %d begins after the run of %g year%s, so this never holds", month,
                          years, years == 1 ? "" : "s");
}

/* --- phases ----------------------------------------------------------------------------------- */

static bool make_phase(struct loader *loader, const struct draft *draft,
                       const struct hospital before[], int month, struct later_phase *phase)
{
    size_t size = (draft->hospitals + 1) * sizeof *phase->hospital;
    phase->month = month;
    phase->from_day = loader_month_day(loader, month, phase->date);
    phase->hospital = malloc(size);
    phase->written_hospital = malloc(size);
    if (!phase->hospital || !phase->written_hospital) {
        diagnosis_out_of_memory(loader->diagnosis);
        return false;
    }
    memcpy(phase->hospital, before, size);
    for (size_t r = 0; r < draft->later.rows; r++)
        if (draft->later.row[r].month == month)
            phase->hospital[draft->later.row[r].at] = draft->later.row[r].hospital;
    memcpy(phase->written_hospital, phase->hospital, size);
    return true;
}

bool loader_make_phases(struct loader *loader, const struct draft *draft,
                        struct configuration *configuration)
{
    if (draft->later.rows == 0)
        return true;
    configuration->later = calloc(draft->later.rows, sizeof *configuration->later);
    if (!configuration->later) {
        diagnosis_out_of_memory(loader->diagnosis);
        return false;
    }
    const struct hospital *before = configuration->written_hospital;
    int month = 0;
    for (size_t r = 0; r < draft->later.rows; r++) {
        if (draft->later.row[r].month == month)
            continue;
        month = draft->later.row[r].month;
        struct later_phase *phase = &configuration->later[configuration->laters++];
        if (!make_phase(loader, draft, before, month, phase))
            return false;
        before = phase->written_hospital;
    }
    return true;
}
