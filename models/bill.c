#include "models/bill.h"

#include <math.h>

struct item_info {
    const char *name, *unit;
    enum parameter_id price;
};

static const struct item_info info[BILL_ITEMS] = {
    [BILL_AMBULANCE_JOURNEY] = {"ambulance_journey", "journeys", P_COST_AMBULANCE_JOURNEY_GBP},
    [BILL_EMERGENCY_DEPARTMENT] = {"emergency_department", "attendances",
                                   P_COST_EMERGENCY_DEPARTMENT_GBP},
    [BILL_SCAN] = {"scan", "scans", P_COST_SCAN_GBP},
    [BILL_THROMBOLYSIS] = {"thrombolysis", "treatments", P_COST_THROMBOLYSIS_GBP},
    [BILL_THROMBECTOMY] = {"thrombectomy", "treatments", P_COST_THROMBECTOMY_GBP},
    [BILL_STROKE_BED_DAY] = {"stroke_bed_day", "days", P_COST_SU_BED_DAY_GBP},
    [BILL_HASU_UPLIFT_DAY_1] = {"hasu_uplift_day_1", "days", P_COST_HASU_UPLIFT_DAY_1_GBP},
    [BILL_HASU_UPLIFT_DAY_2_3] = {"hasu_uplift_day_2_3", "days", P_COST_HASU_UPLIFT_DAY_2_3_GBP},
    [BILL_REHAB_BED_DAY] = {"rehab_bed_day", "days", P_COST_REHAB_BED_DAY_GBP},
    [BILL_WARD_BED_DAY] = {"ward_bed_day", "days", P_COST_WARD_BED_DAY_GBP},
    [BILL_TRANSFER] = {"transfer", "transfers", P_COST_TRANSFER_GBP},
    [BILL_EARLY_SUPPORTED_DISCHARGE] = {"early_supported_discharge", "patients",
                                        P_COST_EARLY_SUPPORTED_GBP},
    [BILL_FOLLOW_UP_INDEPENDENT] = {"follow_up_independent", "patients",
                                    P_COST_FOLLOW_UP_INDEPENDENT_GBP},
    [BILL_FOLLOW_UP_DEPENDENT] = {"follow_up_dependent", "patients",
                                  P_COST_FOLLOW_UP_DEPENDENT_GBP},
    [BILL_CARE_HOME_DAY] = {"care_home_day", "days", P_COST_CARE_HOME_DAY_GBP},
    [BILL_SETUP] = {"setup", "strokes", P_COST_SETUP_PER_PATIENT_GBP},
};

const char *bill_item_name(enum bill_item item)
{
    return info[item].name;
}

const char *bill_item_unit(enum bill_item item)
{
    return info[item].unit;
}

double price_inflation(const struct parameters *parameters)
{
    const double *p = parameters->value;
    return pow(1 + p[P_COST_INFLATION_PER_YEAR], p[P_COST_PRICE_YEAR] - p[P_COST_UNIT_COST_YEAR]);
}

void price_list_init(struct price_list *prices, const struct parameters *parameters)
{
    const double *p = parameters->value;
    double inflation = price_inflation(parameters);
    for (enum bill_item item = 0; item < BILL_ITEMS; item++)
        prices->gbp[item] = p[info[item].price] * inflation;
    for (int mrs = 0; mrs < 6; mrs++)
        prices->care_home_share[mrs] = p[P_CARE_HOME_SHARE_MRS_0 + mrs];
    prices->uplift_replaces_bed_day = p[P_COST_HASU_UPLIFT_REPLACES] >= 0.5;
}

void bill_add_hasu_days(struct bill *bill, const struct price_list *prices, double days)
{
    bill->quantity[BILL_HASU_UPLIFT_DAY_1] += fmin(days, 1);
    bill->quantity[BILL_HASU_UPLIFT_DAY_2_3] += fmin(fmax(days - 1, 0), 2);
    bill->quantity[BILL_STROKE_BED_DAY] +=
        prices->uplift_replaces_bed_day ? fmax(days - 3, 0) : days;
}

void bill_add_su_days(struct bill *bill, double days)
{
    bill->quantity[BILL_STROKE_BED_DAY] += days;
}

void bill_add_after_discharge(struct bill *bill, const struct price_list *prices, int mrs,
                              double uniform, double days)
{
    if (days <= 0)
        return;
    if (uniform < prices->care_home_share[mrs])
        bill->quantity[BILL_CARE_HOME_DAY] += days;
    else if (mrs <= 3)
        bill->quantity[BILL_FOLLOW_UP_INDEPENDENT] += 1;
    else
        bill->quantity[BILL_FOLLOW_UP_DEPENDENT] += 1;
}

double bill_total_gbp(const struct bill *bill, const struct price_list *prices)
{
    double total = 0;
    for (enum bill_item item = 0; item < BILL_ITEMS; item++)
        total += bill->quantity[item] * prices->gbp[item];
    return total;
}
