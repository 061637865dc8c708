#include <criterion/criterion.h>
#include <math.h>

#include "models/parameters.h"
#include "models/week.h"

static const double hour_weight[8] = {9890, 7367, 15871, 52049, 48687, 39838, 32200, 20918};
static const double day_weight[7] = {35509, 33378, 33031, 32813, 33162, 29423, 29504};

static struct parameters defaults(void)
{
    struct parameters parameters;
    parameters_default(&parameters);
    return parameters;
}

Test(week, minutes_at_the_published_shares)
{
    struct parameters parameters = defaults();
    struct week week;
    cr_assert(week_init(&week, parameters.value, 2)); /* simulated time begins on a Wednesday */
    double days = 0, hours = 0, passed = 0;
    for (int i = 0; i < 8; i++)
        hours += hour_weight[i];
    for (int i = 0; i < 7; i++)
        days += day_weight[i];
    for (int bin = 0; bin < 56; bin++) {
        double share = day_weight[(bin / 8 + 2) % 7] / days * hour_weight[bin % 8] / hours;
        cr_expect(fabs(week_minute(&week, passed + 1e-12) - 180 * bin) < 1e-4);
        cr_expect(fabs(week_minute(&week, passed + share / 2) - 180 * (bin + .5)) < 1e-6);
        passed += share;
    }
    cr_expect(fabs(week_minute(&week, 1) - 10080) < 1e-6);
    for (int i = 0; i < 7; i++)
        parameters.value[P_DEMAND_DAY_mon + i] = 0;
    cr_expect_not(week_init(&week, parameters.value, 0), "a week without weight");
}

Test(week, the_hour_of_a_simulated_time)
{
    static const struct {
        double min;
        int start_weekday;
        size_t hour;
    } cases[] = {{0, 0, 0},     {59.9, 0, 0},    {60, 0, 1},          {1439, 0, 23},
                 {1440, 0, 24}, {10079, 0, 167}, {10080, 0, 0},       {0, 4, 96},
                 {0, 6, 144},   {1440, 6, 0},    {1e6 * 10080, 3, 72}};
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++)
        cr_expect_eq(week_hour(cases[c].min, cases[c].start_weekday), cases[c].hour, "case %zu", c);
}

/* evidence.md section 4: door to needle 68, 68, 64, 54, 54, 55, 64, 69 min by three hours, 59, 57,
 * 57, 56, 57, 63, 62 from Monday to Sunday; treated if eligible .81, .80, .76, .76. */
Test(week, performance_by_the_hour)
{
    static const double at[8] = {68, 68, 64, 54, 54, 55, 64, 69};
    static const double on[7] = {59, 57, 57, 56, 57, 63, 62};
    struct parameters parameters = defaults();
    struct week_performance performance;
    week_performance_init(&performance, parameters.value);
    double weights = 0, time = 0, treated = 0;
    for (size_t h = 0; h < WEEK_HOURS; h++) {
        double weight = day_weight[h / 24] * hour_weight[h % 24 / 3];
        weights += weight;
        time += weight * exp(performance.ln_time[h]);
        treated += weight * performance.treated[h];
        double ratio = exp(performance.ln_time[h] - performance.ln_time[10]);
        cr_expect(fabs(ratio - at[h % 24 / 3] * on[h / 24] / (at[3] * on[0])) < 1e-12);
        bool by_day = h % 24 >= 8 && h % 24 < 20, weekend = h / 24 >= 5;
        double share = !by_day ? .76 : weekend ? .80 : .81;
        cr_expect(fabs(performance.treated[h] / performance.treated[10] - share / .81) < 1e-12,
                  "hour %zu", h);
    }
    cr_expect(fabs(time / weights - 1) < 1e-12, "the mean of who comes is kept");
    cr_expect(fabs(treated / weights - 1) < 1e-12);
}
