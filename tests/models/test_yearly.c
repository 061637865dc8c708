#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

#include "sim/estimate.h"
#include "tests/models/small_region.h"

enum { YEARS = 3 };

/* A run of three years and a bit, with the accounts of each. */
static void open_years(struct small_run *run, const struct design *design)
{
    small_run_open(run, design, YEARS + .2);
    cr_assert(trial_results_want_years(run->results, design, YEARS));
    small_run_replication(run, 1);
}

static const struct year_account *account_of(const struct small_run *run, size_t service,
                                             size_t year, size_t place)
{
    return &run->results->service[service].year[year * (SMALL_HOSPITALS + 1) + place];
}

/* Strokes, deaths and bed-days added up again from the patients and their paths. */
Test(yearly, counted_again_from_the_patients)
{
    struct design design;
    struct small_run run;
    small_design_busy(&design);
    small_design_write(&design, BOTH, P_DEMAND_GROWTH, .1);
    small_design_write(&design, CENTRAL, P_DEMAND_PREVENTED_SHARE, .2);
    open_years(&run, &design);
    double start_min = run.trial.warm_up_days * 1440;
    for (size_t s = 0; s < 2; s++) {
        double strokes[YEARS][SMALL_HOSPITALS + 1] = {{0}}, deaths[YEARS] = {0};
        for (size_t i = 0; i < run.results->cohort.count; i++) {
            const struct patient *patient = &run.results->cohort.patient[i];
            const struct path *path = &run.results->service[s].path[i];
            double year = (patient->onset_min - start_min) / (365 * 1440.0);
            bool prevented = s == CENTRAL && patient->rank >= .8;
            if (!patient_is_stroke(patient) || prevented || !(year >= 0 && year < YEARS))
                continue;
            strokes[(size_t)year][path->journey.treating]++;
            strokes[(size_t)year][SMALL_HOSPITALS]++;
            deaths[(size_t)year] += path->death_probability;
        }
        for (size_t year = 0; year < YEARS; year++) {
            for (size_t place = 0; place <= SMALL_HOSPITALS; place++)
                cr_expect_eq(account_of(&run, s, year, place)->strokes, strokes[year][place]);
            cr_expect(near(account_of(&run, s, year, SMALL_HOSPITALS)->deaths, deaths[year], 1e-9));
        }
    }
    small_run_close(&run);
    design_fini(&design);
}

/* Beds at each midnight, from when patients had them: mean and centile, by hospital and in all. */
Test(yearly, beds_at_midnight)
{
    struct design design;
    struct small_run run;
    small_design_busy(&design);
    small_design_unlimited(&design);
    small_design_write(&design, BOTH, P_DEMAND_GROWTH, .2);
    open_years(&run, &design);
    const struct path *path = run.results->service[CENTRAL].path;
    double start_min = run.trial.warm_up_days * 1440;
    for (size_t year = 0; year < YEARS; year++) {
        static double held[SMALL_HOSPITALS + 1][365];
        double mean[SMALL_HOSPITALS + 1] = {0};
        for (size_t day = 0; day < 365; day++) {
            double midnight_min = start_min + (double)(year * 365 + day) * 1440;
            for (size_t place = 0; place <= SMALL_HOSPITALS; place++)
                held[place][day] = 0;
            for (size_t i = 0; i < run.results->cohort.count; i++)
                if (path[i].su_bed_min < midnight_min && path[i].discharge_min >= midnight_min) {
                    held[path[i].su][day]++;
                    held[SMALL_HOSPITALS][day]++;
                }
            for (size_t place = 0; place <= SMALL_HOSPITALS; place++)
                mean[place] += held[place][day] / 365;
        }
        /* In Birch and Dogwood some stay for their first days too, so Ash and Cedar are looked at:
           their later beds are those of su_bed_min alone. */
        for (size_t place = SITE_ASH; place <= SITE_CEDAR; place += SITE_CEDAR) {
            const struct year_beds *beds = &account_of(&run, CENTRAL, year, place)->beds[BED_SU];
            cr_expect(near(beds->mean, mean[place], 1e-9), "year %zu: %g, not %g", year, beds->mean,
                      mean[place]);
            double p95 = estimate_quantile_in_place(held[place], 365, .95);
            cr_expect_float_eq(beds->p95, p95, 1e-9);
        }
        double all = 0;
        for (size_t h = 0; h < SMALL_HOSPITALS; h++)
            all += account_of(&run, CENTRAL, year, h)->beds[BED_SU].mean;
        const struct year_account *of_all = account_of(&run, CENTRAL, year, SMALL_HOSPITALS);
        cr_expect(near(of_all->beds[BED_SU].mean, all, 1e-9));
        cr_expect_gt(of_all->beds[BED_SU].p95, all);
    }
    small_run_close(&run);
    design_fini(&design);
}

Test(yearly, beds_as_they_are)
{
    struct design design;
    struct model model;
    small_design(&design);
    small_design_write(&design, BOTH, P_BEDS_LIMITED, 0);
    design.configuration[CENTRAL].hospital[SITE_DOGWOOD].beds[BED_SU] = BEDS_UNLIMITED;
    cr_assert_eq(model_init(&model, &design, 0), MODEL_OK);
    const struct service *local = &model.service[LOCAL], *central = &model.service[CENTRAL];
    cr_expect_eq(yearly_beds_counted(central, SITE_ASH, BED_HASU, 0), 5, "although unlimited");
    cr_expect_eq(yearly_beds_counted(central, SMALL_HOSPITALS, BED_HASU, 0), 9);
    cr_expect_eq(yearly_beds_counted(local, SMALL_HOSPITALS, BED_SU, 0), 28);
    cr_expect(isnan(yearly_beds_counted(local, SMALL_HOSPITALS, BED_HASU, 0)), "none has any");
    cr_expect(isnan(yearly_beds_counted(central, SITE_BIRCH, BED_HASU, 0)));
    cr_expect(isnan(yearly_beds_counted(central, SITE_DOGWOOD, BED_SU, 0)), "no number");
    cr_expect(isnan(yearly_beds_counted(central, SMALL_HOSPITALS, BED_SU, 0)), "one without");
    model_fini(&model);
    design_fini(&design);
    cr_expect_eq(yearly_years(364), 0);
    cr_expect_eq(yearly_years(365 * 2), 2);
    cr_expect_eq(yearly_years(365 * 2.9), 2);
}
