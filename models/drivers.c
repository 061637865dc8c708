#include "models/drivers.h"

#include <math.h>
#include <string.h>

#include "models/treatment.h"

const char *driver_name(enum driver driver)
{
    static const char *const names[DRIVERS] = {"journey", "thrombolysis", "thrombectomy",
                                               "organised_care", "beds"};
    return names[driver];
}

struct driver_side driver_side_of(const struct patient *patient, const struct path *path)
{
    return (struct driver_side){.onset_to_door_min = path->door_min - patient->onset_min,
                                .treating = path->journey.treating,
                                .care_offered = path->care_offered,
                                .bed_in_time = path->bed_in_time};
}

/* Minutes from onset to needle and to puncture, by journey (second index) and unit (first). */
struct times {
    double ivt_min[2][2], mt_min[2][2];
};

static struct times all_times(const struct driver_services *services, const struct patient *patient,
                              const struct driver_side *side[2])
{
    struct times times;
    const struct service *service[2] = {services->baseline, services->configuration};
    for (int u = 0; u < 2; u++) {
        const struct unit *unit = &service[u]->unit[side[u]->treating];
        double scan_min = treatment_door_to_scan(service[u], unit, patient);
        for (int j = 0; j < 2; j++) {
            double door_min = side[j]->onset_to_door_min;
            times.ivt_min[u][j] = door_min + scan_min +
                                  treatment_needle(service[u], unit, patient, door_min, scan_min);
            times.mt_min[u][j] = door_min + scan_min +
                                 treatment_puncture(service[u], unit, patient, door_min, scan_min);
        }
    }
    return times;
}

static bool on(int setting, enum driver driver)
{
    return (setting >> driver & 1) != 0;
}

void drivers_add(const struct driver_services *services, const struct patient *patient,
                 const struct driver_side *baseline, const struct driver_side *configuration,
                 double deaths[DRIVER_SETTINGS])
{
    const struct driver_side *side[2] = {baseline, configuration};
    struct times times = all_times(services, patient, side);
    /* Most patients have few different paths among the 32, so deaths are kept by path. */
    struct treatment known[DRIVER_SETTINGS];
    double death[DRIVER_SETTINGS][2];
    int paths = 0;
    for (int setting = 0; setting < DRIVER_SETTINGS; setting++) {
        int j = on(setting, DRIVER_JOURNEY);
        struct treatment treatment = {.ivt_min = times.ivt_min[on(setting, DRIVER_THROMBOLYSIS)][j],
                                      .mt_min = times.mt_min[on(setting, DRIVER_THROMBECTOMY)][j]};
        bool care = side[on(setting, DRIVER_ORGANISED_CARE)]->care_offered &&
                    side[on(setting, DRIVER_BEDS)]->bed_in_time;
        int path = 0;
        while (path < paths &&
               (known[path].ivt_min != treatment.ivt_min || known[path].mt_min != treatment.mt_min))
            path++;
        if (path == paths) {
            known[paths] = treatment;
            death[paths][0] = death[paths][1] = NAN;
            paths++;
        }
        if (isnan(death[path][care]))
            death[path][care] = outcome_death(&services->configuration->outcome, services->level,
                                              patient, treatment, care);
        deaths[setting] += death[path][care];
    }
}

void drivers_split(const double deaths[DRIVER_SETTINGS], double saved[DRIVERS])
{
    /* |S|! (n - |S| - 1)! / n! for n = 5: the share of orders in which just S came before. */
    static const double weight[DRIVERS] = {1.0 / 5, 1.0 / 20, 1.0 / 30, 1.0 / 20, 1.0 / 5};
    for (enum driver driver = 0; driver < DRIVERS; driver++) {
        saved[driver] = 0;
        for (int setting = 0; setting < DRIVER_SETTINGS; setting++) {
            if (on(setting, driver))
                continue;
            int before = 0;
            for (enum driver other = 0; other < DRIVERS; other++)
                before += on(setting, other);
            saved[driver] += weight[before] * (deaths[setting] - deaths[setting | 1 << driver]);
        }
    }
}
