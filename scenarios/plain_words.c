#include "scenarios/plain_words.h"

#include <string.h>

const char *driver_words(enum driver driver, bool prevents)
{
    static const char *const words[DRIVERS + 1] = {"the journey",    "thrombolysis",
                                                   "thrombectomy",   "organised care",
                                                   "waits for beds", "everything else"};
    return prevents && driver == DRIVERS ? "strokes prevented" : words[driver];
}

const char *driver_words_of(const char *name, bool prevents)
{
    for (enum driver driver = 0; driver < DRIVERS; driver++)
        if (strcmp(driver_name(driver), name) == 0)
            return driver_words(driver, prevents);
    return strcmp(name, "other") == 0 ? driver_words(DRIVERS, prevents) : name;
}

static const char *const bill_words[BILL_ITEMS] = {
    [BILL_AMBULANCE_JOURNEY] = "Ambulance journeys",
    [BILL_EMERGENCY_DEPARTMENT] = "Emergency department",
    [BILL_SCAN] = "Brain scans",
    [BILL_THROMBOLYSIS] = "Clot-busting treatment",
    [BILL_THROMBECTOMY] = "Clot removal",
    [BILL_STROKE_BED_DAY] = "Days in a stroke bed",
    [BILL_HASU_UPLIFT_DAY_1] = "Extra for a first HASU day",
    [BILL_HASU_UPLIFT_DAY_2_3] = "Extra for HASU days 2 and 3",
    [BILL_REHAB_BED_DAY] = "Days in a rehabilitation bed",
    [BILL_WARD_BED_DAY] = "Days on a general ward",
    [BILL_TRANSFER] = "Moves between hospitals",
    [BILL_EARLY_SUPPORTED_DISCHARGE] = "Therapy at home after early discharge",
    [BILL_FOLLOW_UP_INDEPENDENT] = "After discharge: independent patients",
    [BILL_FOLLOW_UP_DEPENDENT] = "After discharge: dependent patients",
    [BILL_CARE_HOME_DAY] = "Days in a care home",
    [BILL_SETUP] = "Setting up the new service",
};

const char *bill_words_of(const char *name)
{
    for (enum bill_item item = 0; item < BILL_ITEMS; item++)
        if (strcmp(bill_item_name(item), name) == 0 && bill_words[item] != NULL)
            return bill_words[item];
    return name;
}
