#include "models/drivers.h"

#include <math.h>
#include <stddef.h>
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
    return (struct driver_side){.service = path->service,
                                .onset_to_door_min = path->door_min - patient->onset_min,
                                .treating = path->journey.treating,
                                .bed_in_time = path->bed_in_time};
}

/* Minutes from onset to needle, by unit and journey, and to puncture, by the unit of thrombectomy,
 * that of thrombolysis and journey: who is sent on for thrombectomy has the needle first. */
struct times {
    double ivt_min[2][2], mt_min[2][2][2];
};

/* Both services, the patient's unit in each. */
struct units {
    const struct service *service[2];
    const struct unit *unit[2];
};

static bool sends_on(const struct unit *unit)
{
    return unit->mt_centre != NO_HOSPITAL;
}

/* Minutes from scan to puncture at unit u after journey j, for one that sends on: what is added to
 * every journey is added to the transfer too. */
static double puncture_elsewhere(const struct units *of, const struct patient *patient, int u,
                                 int j, double door_min, double scan_min, double needle_min)
{
    struct unit unit = *of->unit[u];
    unit.mt_transfer_min += of->service[j]->parameters.value[P_JOURNEY_ADDED_MIN] -
                            of->service[u]->parameters.value[P_JOURNEY_ADDED_MIN];
    return treatment_puncture(of->service[u], &unit, patient, door_min, scan_min, needle_min);
}

static struct times all_times(const struct units *of, const struct patient *patient,
                              const struct driver_side *side[2])
{
    struct times times;
    double scan_min[2], needle_min[2][2];
    for (int u = 0; u < 2; u++) {
        scan_min[u] = treatment_door_to_scan(of->service[u], of->unit[u], patient);
        for (int j = 0; j < 2; j++) {
            double door_min = side[j]->onset_to_door_min;
            needle_min[u][j] =
                treatment_needle(of->service[u], of->unit[u], patient, door_min, scan_min[u]);
            times.ivt_min[u][j] = door_min + scan_min[u] + needle_min[u][j];
        }
    }
    for (int u = 0; u < 2; u++)
        for (int j = 0; j < 2; j++) {
            double door_min = side[j]->onset_to_door_min, since_min = door_min + scan_min[u];
            if (sends_on(of->unit[u]))
                for (int i = 0; i < 2; i++)
                    times.mt_min[u][i][j] =
                        since_min + puncture_elsewhere(of, patient, u, j, door_min, scan_min[u],
                                                       needle_min[i][j]);
            else
                times.mt_min[u][0][j] = times.mt_min[u][1][j] =
                    since_min + treatment_puncture(of->service[u], of->unit[u], patient, door_min,
                                                   scan_min[u], needle_min[u][j]);
        }
    return times;
}

static bool on(int setting, enum driver driver)
{
    return (setting >> driver & 1) != 0;
}

/* Whether service `by` gives organised care at a centre of the other one or its own; where it has
 * no such hospital, what the one that sends there has. */
static bool care_at_centre(const struct units *of, const struct patient *patient, int sender,
                           int by)
{
    const struct service *sending = of->service[sender], *giving = of->service[by];
    uint32_t centre = of->unit[sender]->mt_centre;
    const struct unit *unit = &sending->unit[centre];
    for (size_t h = 0; h < giving->hospitals; h++)
        if (giving->hospital[h].site == sending->hospital[centre].site)
            unit = &giving->unit[h];
    return patient->organised < unit->organised_care_share;
}

static bool care_offered(const struct units *of, const struct patient *patient, int setting,
                         double mt_min)
{
    int thrombectomy = on(setting, DRIVER_THROMBECTOMY), care = on(setting, DRIVER_ORGANISED_CARE);
    if (isfinite(mt_min) && sends_on(of->unit[thrombectomy]))
        return care_at_centre(of, patient, thrombectomy, care);
    return patient->organised < of->unit[care]->organised_care_share;
}

/* Whether nothing is switched: the same journey to units that do the same, under the same
 * parameters. Units compare byte by byte, so that one that differs nowhere but in the sign of a
 * zero counts as another, which costs time alone. Who may be sent on is looked at in full. */
static bool is_the_same(const struct units *of, const struct driver_side *side[2])
{
    return side[0]->onset_to_door_min == side[1]->onset_to_door_min &&
           side[0]->bed_in_time == side[1]->bed_in_time && !sends_on(of->unit[0]) &&
           memcmp(of->unit[0], of->unit[1], offsetof(struct unit, scans)) == 0;
}

/* Adds a patient for whom all settings are one. */
static void add_the_same(const struct outcome_level *level, const struct patient *patient,
                         const struct driver_side *side, const struct unit *unit,
                         double deaths[DRIVER_SETTINGS])
{
    const struct service *service = side->service;
    double door_min = side->onset_to_door_min;
    double scan_min = treatment_door_to_scan(service, unit, patient);
    double needle_min = treatment_needle(service, unit, patient, door_min, scan_min);
    double puncture_min =
        treatment_puncture(service, unit, patient, door_min, scan_min, needle_min);
    struct treatment treatment = {.ivt_min = door_min + scan_min + needle_min,
                                  .mt_min = door_min + scan_min + puncture_min};
    bool care = side->bed_in_time && patient->organised < unit->organised_care_share;
    double death = outcome_death(&service->outcome, level, patient, treatment, care);
    for (int setting = 0; setting < DRIVER_SETTINGS; setting++)
        deaths[setting] += death;
}

void drivers_add(const struct outcome_level *level, const struct patient *patient,
                 bool same_parameters, const struct driver_side *baseline,
                 const struct driver_side *configuration, double deaths[DRIVER_SETTINGS])
{
    const struct driver_side *side[2] = {baseline, configuration};
    const struct units of = {{baseline->service, configuration->service},
                             {&baseline->service->unit[baseline->treating],
                              &configuration->service->unit[configuration->treating]}};
    if (same_parameters && is_the_same(&of, side)) {
        add_the_same(level, patient, configuration, of.unit[1], deaths);
        return;
    }
    struct times times = all_times(&of, patient, side);
    /* Most patients have few different paths among the 32, so deaths are kept by path. */
    struct treatment known[DRIVER_SETTINGS];
    double death[DRIVER_SETTINGS][2];
    int paths = 0;
    for (int setting = 0; setting < DRIVER_SETTINGS; setting++) {
        int j = on(setting, DRIVER_JOURNEY), i = on(setting, DRIVER_THROMBOLYSIS);
        struct treatment treatment = {.ivt_min = times.ivt_min[i][j],
                                      .mt_min =
                                          times.mt_min[on(setting, DRIVER_THROMBECTOMY)][i][j]};
        bool care = side[on(setting, DRIVER_BEDS)]->bed_in_time &&
                    care_offered(&of, patient, setting, treatment.mt_min);
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
            death[path][care] =
                outcome_death(&configuration->service->outcome, level, patient, treatment, care);
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
