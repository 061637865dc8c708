#include "models/week.h"

#include <math.h>

#include "models/parameters.h"

static double weight_of_bin(const double *value, size_t day, size_t bin)
{
    return value[P_DEMAND_DAY_mon + day] * value[P_DEMAND_HOUR_00 + bin];
}

bool week_init(struct week *week, const double *value, int start_weekday)
{
    double total = 0;
    week->before[0] = 0;
    for (size_t i = 0; i < WEEK_BINS; i++) {
        size_t day = (i / WEEK_BINS_A_DAY + (size_t)start_weekday) % WEEK_DAYS;
        total += weight_of_bin(value, day, i % WEEK_BINS_A_DAY);
        week->before[i + 1] = total;
    }
    for (size_t i = 1; i <= WEEK_BINS; i++)
        week->before[i] /= total;
    return total > 0;
}

double week_minute(const struct week *week, double passed)
{
    size_t bin = 0;
    while (bin < WEEK_BINS - 1 && passed >= week->before[bin + 1])
        bin++;
    double width = week->before[bin + 1] - week->before[bin];
    double within = width > 0 ? (passed - week->before[bin]) / width : 0;
    return ((double)bin + within) * (WEEK_MIN / (double)WEEK_BINS);
}

static double needle_min_at(const double *value, size_t day, size_t hour)
{
    return value[P_TREATMENT_NEEDLE_AT_00 + hour / 3] * value[P_TREATMENT_NEEDLE_ON_mon + day];
}

static double treated_at(const double *value, size_t day, size_t hour)
{
    bool by_day = hour >= 8 && hour < 20, weekday = day < 5;
    return value[weekday
                     ? by_day ? P_TREATMENT_TREATED_WEEKDAY_DAY : P_TREATMENT_TREATED_WEEKDAY_NIGHT
                 : by_day ? P_TREATMENT_TREATED_WEEKEND_DAY
                          : P_TREATMENT_TREATED_WEEKEND_NIGHT];
}

static double ratio(double part, double whole)
{
    return whole > 0 ? part / whole : 1;
}

void week_performance_init(struct week_performance *performance, const double *value)
{
    double needle = 0, treated = 0, weights = 0;
    for (size_t hour = 0; hour < WEEK_HOURS; hour++) {
        double weight = weight_of_bin(value, hour / 24, hour % 24 / 3);
        needle += weight * needle_min_at(value, hour / 24, hour % 24);
        treated += weight * treated_at(value, hour / 24, hour % 24);
        weights += weight;
    }
    for (size_t hour = 0; hour < WEEK_HOURS; hour++) {
        double needle_here = needle_min_at(value, hour / 24, hour % 24);
        double treated_here = treated_at(value, hour / 24, hour % 24);
        performance->ln_time[hour] = log(ratio(needle_here * weights, needle));
        performance->treated[hour] = ratio(treated_here * weights, treated);
    }
}

uint8_t week_hour(double time_min, int start_weekday)
{
    uint64_t hour = (uint64_t)(time_min / 60) + 24 * (uint64_t)start_weekday;
    return (uint8_t)(hour % WEEK_HOURS);
}
