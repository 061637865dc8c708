#include "models/yearly.h"

#include <math.h>
#include <string.h>

#include "sim/estimate.h"

static const double day_min = 1440;

size_t yearly_years(double window_days)
{
    return (size_t)(window_days / YEAR_DAYS);
}

static void count_patients(struct year_account *account, size_t years,
                           const struct pathway *pathway, const struct pathway_run *run)
{
    size_t hospitals = run->service->hospitals;
    const struct path *path = pathway_paths(pathway);
    for (size_t i = 0; i < run->cohort->count; i++) {
        const struct patient *patient = &run->cohort->patient[i];
        if (!pathway_counts(run, patient) || !patient_is_stroke(patient))
            continue;
        size_t year =
            (size_t)((patient->onset_min - run->window_start_min) / (YEAR_DAYS * day_min));
        if (year >= years)
            continue;
        struct year_account *of = account + year * (hospitals + 1);
        size_t place[2] = {path[i].journey.treating, hospitals};
        for (size_t k = 0; k < 2; k++) {
            of[place[k]].strokes++;
            of[place[k]].deaths += path[i].death_probability;
        }
    }
}

static double beds_in_use(const struct pathway *pathway, size_t day, size_t place, size_t hospitals,
                          enum bed_kind kind)
{
    double beds = 0;
    if (place < hospitals)
        return pathway_census(pathway, day, place, kind);
    for (size_t h = 0; h < hospitals; h++)
        beds += pathway_census(pathway, day, h, kind);
    return beds;
}

static struct year_beds beds_of_year(const struct pathway *pathway, size_t year, size_t place,
                                     size_t hospitals, enum bed_kind kind)
{
    struct year_beds beds = {0};
    double in_use[YEAR_DAYS];
    for (size_t day = 0; day < YEAR_DAYS; day++) {
        in_use[day] = beds_in_use(pathway, year * YEAR_DAYS + day, place, hospitals, kind);
        beds.mean += in_use[day] / YEAR_DAYS;
    }
    beds.p95 = estimate_quantile_in_place(in_use, YEAR_DAYS, 0.95);
    return beds;
}

void yearly_fill(struct year_account *account, const struct pathway *pathway,
                 const struct pathway_run *run)
{
    size_t hospitals = run->service->hospitals;
    size_t years = yearly_years((run->window_end_min - run->window_start_min) / day_min + 0.5);
    memset(account, 0, years * (hospitals + 1) * sizeof *account);
    count_patients(account, years, pathway, run);
    for (size_t year = 0; year < years; year++)
        for (size_t place = 0; place <= hospitals; place++)
            for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
                account[year * (hospitals + 1) + place].beds[kind] =
                    beds_of_year(pathway, year, place, hospitals, kind);
}

double yearly_beds_counted(const struct service *service, size_t place, enum bed_kind kind,
                           size_t year)
{
    double begin = (double)(year * YEAR_DAYS);
    double beds = 0;
    for (size_t h = 0; h < service->hospitals; h++)
        if (h == place || place == service->hospitals) {
            double counted = service_mean_beds(service, h, kind, true, begin, begin + YEAR_DAYS);
            beds += counted == BEDS_UNLIMITED ? (double)NAN : counted;
        }
    return beds > 0 ? beds : NAN;
}
