#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "tests/models/small_region.h"

static struct price_list prices_with(enum parameter_id id, double value)
{
    struct parameters parameters;
    struct price_list prices;
    parameters_default(&parameters);
    parameters.value[id] = value;
    price_list_init(&prices, &parameters);
    return prices;
}

/* Hunter 2018 table 2: 238 a day, 665 more on day 1 and 399 more on days 2 and 3; or instead. */
Test(bill, hyper_acute_days)
{
    static const struct {
        double days, on_top, instead;
    } stay[] = {
        {0, 0, 0},
        {.25, .25 * (238 + 665), .25 * 665},
        {1, 238 + 665, 665},
        {1.5, 1.5 * 238 + 665 + .5 * 399, 665 + .5 * 399},
        {3, 3 * 238 + 665 + 2 * 399, 665 + 2 * 399},
        {4.1, 4.1 * 238 + 665 + 2 * 399, 1.1 * 238 + 665 + 2 * 399},
        {90, 90 * 238 + 665 + 2 * 399, 87 * 238 + 665 + 2 * 399},
    };
    for (int instead = 0; instead < 2; instead++) {
        struct price_list prices = prices_with(P_COST_HASU_UPLIFT_REPLACES, instead);
        for (size_t i = 0; i < sizeof stay / sizeof *stay; i++) {
            struct bill bill = {{0}};
            bill_add_hasu_days(&bill, &prices, stay[i].days);
            double want = instead ? stay[i].instead : stay[i].on_top;
            cr_expect(fabs(bill_total_gbp(&bill, &prices) - want) < 1e-9, "%g days: %g, not %g",
                      stay[i].days, bill_total_gbp(&bill, &prices), want);
        }
    }
}

Test(bill, stroke_unit_days_add_up)
{
    struct price_list prices = prices_with(P_COST_PRICE_YEAR, 2013);
    struct bill bill = {{0}};
    bill_add_su_days(&bill, 1.5);
    bill_add_su_days(&bill, 2.25);
    cr_expect_eq(bill.quantity[BILL_STROKE_BED_DAY], 3.75);
    cr_expect(near(bill_total_gbp(&bill, &prices), 3.75 * 238, 1e-12));
}

/* Barthel 10-20 is mRS 0-3; a care home by the patient's own number, for the days that are left. */
Test(bill, after_discharge)
{
    static const double home[6] = {.0079, .0098, .0091, .1009, .4561, .6341};
    struct price_list prices = prices_with(P_COST_PRICE_YEAR, 2013);
    for (int mrs = 0; mrs < 6; mrs++)
        for (int in_home = 0; in_home < 2; in_home++)
            for (double days = -3; days <= 60; days += 21) {
                struct bill bill = {{0}};
                double uniform = home[mrs] * (in_home ? .999 : 1);
                bill_add_after_discharge(&bill, &prices, mrs, uniform, days);
                double want = days <= 0 ? 0 : in_home ? 118.3 * days : mrs <= 3 ? 459 : 1926;
                cr_expect(fabs(bill_total_gbp(&bill, &prices) - want) < 1e-9, "mRS %d, %g days: %g",
                          mrs, days, bill_total_gbp(&bill, &prices));
            }
}

/* Prices are of the year that they are stated for, whichever it is. */
Test(bill, years_between_the_prices_and_their_source)
{
    static const double source_year[] = {2009, 2013, 2022};
    for (size_t i = 0; i < 3; i++) {
        struct parameters parameters;
        struct price_list prices;
        parameters_default(&parameters);
        parameters.value[P_COST_UNIT_COST_YEAR] = source_year[i];
        parameters.value[P_COST_PRICE_YEAR] = 2020;
        parameters.value[P_COST_INFLATION_PER_YEAR] = .05;
        price_list_init(&prices, &parameters);
        cr_expect(near(prices.gbp[BILL_SCAN], 90 * pow(1.05, 2020 - source_year[i]), 1e-12), "%g",
                  prices.gbp[BILL_SCAN]);
    }
}

/* Every item by its price, and the total the sum of its items. */
Test(bill, items_and_price_year)
{
    static const struct {
        enum bill_item item;
        const char *name;
        double gbp;
    } items[BILL_ITEMS] = {
        {BILL_AMBULANCE_JOURNEY, "ambulance_journey", 216},
        {BILL_EMERGENCY_DEPARTMENT, "emergency_department", 170.46},
        {BILL_SCAN, "scan", 90},
        {BILL_THROMBOLYSIS, "thrombolysis", 828},
        {BILL_THROMBECTOMY, "thrombectomy", 7943},
        {BILL_STROKE_BED_DAY, "stroke_bed_day", 238},
        {BILL_HASU_UPLIFT_DAY_1, "hasu_uplift_day_1", 665},
        {BILL_HASU_UPLIFT_DAY_2_3, "hasu_uplift_day_2_3", 399},
        {BILL_REHAB_BED_DAY, "rehab_bed_day", 300},
        {BILL_EARLY_SUPPORTED_DISCHARGE, "early_supported_discharge", 1250},
        {BILL_WARD_BED_DAY, "ward_bed_day", 218},
        {BILL_TRANSFER, "transfer", 100},
        {BILL_FOLLOW_UP_INDEPENDENT, "follow_up_independent", 459},
        {BILL_FOLLOW_UP_DEPENDENT, "follow_up_dependent", 1926},
        {BILL_CARE_HOME_DAY, "care_home_day", 118.3},
        {BILL_SETUP, "setup", 136},
    };
    for (double year = 2011; year <= 2023; year += 4) {
        struct parameters parameters;
        struct price_list prices;
        parameters_default(&parameters);
        parameters.value[P_COST_SETUP_PER_PATIENT_GBP] = 136;
        parameters.value[P_COST_PRICE_YEAR] = year;
        price_list_init(&prices, &parameters);
        struct bill all = {{0}};
        double sum = 0, inflation = pow(1.02, year - 2013);
        for (int i = 0; i < BILL_ITEMS; i++) {
            struct bill one = {{0}};
            one.quantity[items[i].item] = 2.5;
            all.quantity[items[i].item] = 1 + i;
            sum += (1 + i) * items[i].gbp * inflation;
            cr_expect(near(bill_total_gbp(&one, &prices), 2.5 * items[i].gbp * inflation, 1e-12),
                      "%s in %g: %g", items[i].name, year, bill_total_gbp(&one, &prices));
            cr_expect_str_eq(bill_item_name(items[i].item), items[i].name);
            cr_expect_gt(strlen(bill_item_unit(items[i].item)), 0);
        }
        cr_expect(near(bill_total_gbp(&all, &prices), sum, 1e-12));
    }
}
