/* The bill: what a patient's first 90 days cost, item by item.
 *
 * A quantity an item, priced at the unit costs of the dictionary (2013/14, Hunter 2018 table 2 for
 * the most part) brought to cost.price_year. Bed-days count from the door to day 90. A hyper-acute
 * bed-day costs the stroke-unit bed-day plus the uplift of its day; with
 * cost.hasu_uplift_replaces_bed_day the uplift stands instead of it on days 1 to 3.
 */
#ifndef MODELS_BILL_H
#define MODELS_BILL_H

#include <stdbool.h>

#include "models/parameters.h"

enum bill_item {
    BILL_AMBULANCE_JOURNEY,
    BILL_EMERGENCY_DEPARTMENT,
    BILL_SCAN,
    BILL_THROMBOLYSIS,
    BILL_THROMBECTOMY,
    BILL_STROKE_BED_DAY,
    BILL_HASU_UPLIFT_DAY_1,
    BILL_HASU_UPLIFT_DAY_2_3,
    BILL_REHAB_BED_DAY,
    BILL_WARD_BED_DAY,
    BILL_TRANSFER,
    BILL_EARLY_SUPPORTED_DISCHARGE,
    BILL_FOLLOW_UP_INDEPENDENT,
    BILL_FOLLOW_UP_DEPENDENT,
    BILL_CARE_HOME_DAY,
    BILL_SETUP,
    BILL_ITEMS
};

struct price_list {
    double gbp[BILL_ITEMS]; /* for one unit of the item, in prices of cost.price_year */
    bool uplift_replaces_bed_day;
    double care_home_share[6]; /* by mRS 0 to 5 */
};

struct bill {
    double quantity[BILL_ITEMS];
};

/* The words of costs.csv. */
const char *bill_item_name(enum bill_item item);
const char *bill_item_unit(enum bill_item item);

/* What a price of cost.unit_cost_year is worth in cost.price_year. */
double price_inflation(const struct parameters *parameters);

void price_list_init(struct price_list *prices, const struct parameters *parameters);

/* Adds a stay in a hyper-acute bed, or in a stroke-unit bed; days not negative. */
void bill_add_hasu_days(struct bill *bill, const struct price_list *prices, double days);
void bill_add_su_days(struct bill *bill, double days);

/* Adds what follows discharge for a survivor: care home or follow-up, by the patient's uniform.
 * days: from discharge to day 90; none are billed when not positive. */
void bill_add_after_discharge(struct bill *bill, const struct price_list *prices, int mrs,
                              double uniform, double days);

double bill_total_gbp(const struct bill *bill, const struct price_list *prices);

#endif
