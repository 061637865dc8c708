#include "scenarios/unit_figure.h"

#include <math.h>

/* Sums of a kind of bed over the hospitals that have such beds. */
struct bed_sums {
    size_t hospitals;
    double in_use, asked, waited, wait_min;
    double beds; /* NAN: somebody's have no number */
};

static struct bed_sums sum_beds(const struct service *service, const struct unit_account unit[],
                                const size_t hospital[], size_t hospitals, enum bed_kind kind,
                                double years)
{
    struct bed_sums sums = {0};
    for (size_t i = 0; i < hospitals; i++) {
        const struct unit_account *of = &unit[hospital[i]];
        double beds = service_mean_beds(service, hospital[i], kind, false, 0, 365 * years);
        if (beds == 0)
            continue;
        sums.hospitals++;
        sums.in_use += of->use[kind].in_use;
        sums.beds += beds == BEDS_UNLIMITED ? (double)NAN : beds;
        sums.asked += of->asked[kind];
        sums.waited += of->waited[kind];
        sums.wait_min += of->wait_min[kind];
    }
    return sums;
}

static double bed_figure(const struct bed_sums *sums, enum bed_kind kind, unsigned which)
{
    static const double wait_unit_min[BED_KINDS] = {60, 1440, 1440};
    if (sums->hospitals == 0)
        return NAN;
    const double figure[METRICS_OF_BEDS] = {sums->in_use, sums->in_use / sums->beds,
                                            sums->wait_min / sums->asked / wait_unit_min[kind],
                                            sums->waited / sums->asked};
    return figure[which];
}

/* As the hospitals file counts them, whether or not the run has patients wait for them. */
static double counted_beds(const struct service *service, const size_t hospital[], size_t hospitals,
                           enum bed_kind kind, double years)
{
    double sum = 0;
    for (size_t i = 0; i < hospitals; i++) {
        double beds = service_mean_beds(service, hospital[i], kind, true, 0, 365 * years);
        sum += beds == BEDS_UNLIMITED ? (double)NAN : beds;
    }
    return sum > 0 ? sum : NAN;
}

static struct unit_account sum_patients(const struct unit_account unit[], const size_t hospital[],
                                        size_t hospitals)
{
    struct unit_account sums = {0};
    for (size_t i = 0; i < hospitals; i++) {
        const struct unit_account *of = &unit[hospital[i]];
        sums.admissions += of->admissions;
        sums.strokes += of->strokes;
        sums.thrombolysed += of->thrombolysed;
        sums.door_to_needle_min += of->door_to_needle_min;
        sums.travel_min += of->travel_min;
        sums.by_ambulance += of->by_ambulance;
        sums.organised += of->organised;
        sums.deaths += of->deaths;
        sums.outliers += of->outliers;
        sums.diverted += of->diverted;
        sums.blocked_min += of->blocked_min;
        sums.nurses_wte += of->nurses_wte;
    }
    return sums;
}

static double patient_figure(const struct unit_account *sums, enum unit_metric metric, double years)
{
    switch (metric) {
    case UNIT_METRIC_ADMISSIONS:
        return sums->admissions / years;
    case UNIT_METRIC_STROKES:
        return sums->strokes / years;
    case UNIT_METRIC_DEATHS_90D:
        return sums->deaths / years;
    case UNIT_METRIC_IVT_RATE:
        return sums->thrombolysed / sums->strokes;
    case UNIT_METRIC_DOOR_TO_NEEDLE_MIN:
        return sums->door_to_needle_min / sums->thrombolysed;
    case UNIT_METRIC_TRAVEL_MIN:
        return sums->travel_min / sums->by_ambulance;
    case UNIT_METRIC_ORGANISED_CARE:
        return sums->organised / sums->strokes;
    case UNIT_METRIC_OUTLIERS:
        return sums->outliers / years;
    case UNIT_METRIC_DIVERTED:
        return sums->diverted / years;
    case UNIT_METRIC_BLOCKED_BED_DAYS:
        return sums->blocked_min / 1440 / years;
    case UNIT_METRIC_NURSES_WTE:
        return sums->nurses_wte;
    default:
        return NAN;
    }
}

double unit_figure(const struct service *service, const struct unit_account unit[],
                   const size_t hospital[], size_t hospitals, enum unit_metric metric, double years)
{
    if (hospitals == 0)
        return NAN;
    if (metric < UNIT_METRIC_HASU_BEDS_IN_USE) {
        struct unit_account sums = sum_patients(unit, hospital, hospitals);
        return patient_figure(&sums, metric, years);
    }
    if (metric >= UNIT_METRIC_HASU_BEDS)
        return counted_beds(service, hospital, hospitals,
                            (enum bed_kind)(metric - UNIT_METRIC_HASU_BEDS), years);
    unsigned place = metric - UNIT_METRIC_HASU_BEDS_IN_USE;
    enum bed_kind kind = (enum bed_kind)(place / METRICS_OF_BEDS);
    struct bed_sums sums = sum_beds(service, unit, hospital, hospitals, kind, years);
    return bed_figure(&sums, kind, place % METRICS_OF_BEDS);
}
